"""Eigen vragenlijst: a codebook made from a file, without programming."""

import streamlit as st

from wellbeing.ui import questionnaires

st.title("Eigen vragenlijst", anchor=False)
questionnaires.show()
