"""Checklist welbevinden: how the school stands, pillar by pillar, beside last year."""

import streamlit as st

from wellbeing.ui import keeping, rooms, school_checklist

st.title("Checklist welbevinden", anchor=False)
st.write(school_checklist.INTRO)
store = keeping.require_store()
school_checklist.show(store, rooms.choose(store))
school_checklist.next_steps()
