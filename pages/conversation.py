"""Adviesgesprek: prepare it, hold it, and write down what was agreed."""

import streamlit as st

from wellbeing.ui import conversing, keeping, session

analysis = session.require_analysis()

st.title("Adviesgesprek", anchor=False)
conversing.show(analysis, keeping.require_store())
