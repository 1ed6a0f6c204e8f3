"""Vergelijkingscijfers: what a school is compared with, and where those figures come from."""

import streamlit as st

from wellbeing.ui import comparison_figures

st.title("Vergelijkingscijfers")
st.write("Een school staat naast de regio van de vorige meting en naast hetzelfde schoolniveau in de regio.")
comparison_figures.loaded()
comparison_figures.downloads()

st.subheader("Andere cijfers gebruiken", anchor=False)
opened, made = st.tabs(["Ik heb een bestand met vergelijkingscijfers", "Ik heb de export van de hele regio"])
with opened:
    comparison_figures.open_workbook()
with made:
    comparison_figures.make_from_export()

st.subheader("Landelijke en andere gepubliceerde cijfers", anchor=False)
comparison_figures.national()
