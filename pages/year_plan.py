"""Jaarplan: agreements, checks and theme weeks on one calendar of the school year."""

import streamlit as st

from wellbeing.ui import keeping, rooms, year_plan

st.title("Jaarplan", anchor=False)
st.write(year_plan.INTRO)
store = keeping.require_store()
year_plan.show(store, rooms.choose(store))
