"""Stappenplan: the steps of the core team, and a short exercise towards a vision."""

import streamlit as st

from wellbeing.ui import keeping, rooms, step_plan

st.title("Stappenplan", anchor=False)
st.write(step_plan.INTRO)
store = keeping.require_store()
step_plan.show(store, rooms.choose(store))
