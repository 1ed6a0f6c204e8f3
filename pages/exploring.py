"""Probleemverkenning: in four steps from what people see to a goal, for a group or the school."""

import streamlit as st

from wellbeing.ui import exploring, keeping, rooms

st.title("Probleemverkenning", anchor=False)
st.write(exploring.INTRO)
store = keeping.require_store()
exploring.show(store, rooms.choose(store))
