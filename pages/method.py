"""Verantwoording: how figures are made, what is hidden, where everything comes from."""

import streamlit as st

from wellbeing.ui import accounting

st.title("Verantwoording", anchor=False)
st.write("Hoe we rekenen, wat we wel en niet laten zien, en wie waarvoor instaat.")
accounting.method()
accounting.sources()
accounting.overdue()
