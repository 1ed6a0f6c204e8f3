"""Gelijke kansen: where groups of the school tell something else, and what the school can do for whom."""

import streamlit as st

from wellbeing.ui import equal_chances

st.title("Gelijke kansen", anchor=False)
st.write(equal_chances.INTRO)
equal_chances.groups()
equal_chances.levers()
equal_chances.reached_less()
