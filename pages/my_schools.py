"""Mijn scholen: the schools of the health promoter, and how far each of them is."""

import streamlit as st

from wellbeing.ui import keeping, my_schools

st.title("Mijn scholen", anchor=False)
my_schools.show(keeping.require_store())
