"""Vergelijkingscijfers: what a school is compared with, and where those figures come from."""

import streamlit as st

from wellbeing.ui import comparison_figures

st.title("Vergelijkingscijfers", anchor=False)
st.write("Een school staat naast de regio van de vorige meting en naast hetzelfde schoolniveau in de regio.")
comparison_figures.loaded()
comparison_figures.downloads()

st.subheader("Andere cijfers gebruiken", anchor=False)
comparison_figures.add()

st.subheader("Landelijke en andere gepubliceerde cijfers", anchor=False)
comparison_figures.national()
