"""Leerlingen vragen: open questions for a group of pupils, and what they said beside the figures."""

import streamlit as st

from wellbeing.ui import keeping, pupils, rooms

st.title("Leerlingen vragen", anchor=False)
st.write(pupils.INTRO)
store = keeping.require_store()
pupils.show(store, rooms.choose(store))
