"""Inspiratiekaart: tips, tools and good examples per pillar."""

import streamlit as st

from wellbeing.ui import inspiring

st.title("Inspiratiekaart", anchor=False)
st.write(inspiring.INTRO)
inspiring.show()
