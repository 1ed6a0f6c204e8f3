"""Rapporten: what goes to the meeting or to the school, for one school or for all of a region."""

import streamlit as st

from wellbeing.ui import batching, house_style, reporting, session

if not batching.has_region():
    session.require_analysis()

st.title("Rapporten", anchor=False)
if reporting.has_school():
    reporting.one_school(session.require_analysis())
house_style.choose()
if batching.has_region():
    batching.all_schools()
