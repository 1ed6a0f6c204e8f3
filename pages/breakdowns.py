"""Uitsplitsingen: one subject for the fixed groups, how its answers are distributed, and the years."""

import streamlit as st

from wellbeing.ui import breakdowns, cache, components, session

analysis = session.require_analysis()

indicator = breakdowns.choose_subject(analysis)
breakdowns.title(analysis, indicator)
components.choose_population()
components.choose_together()
st.header("Per groep", anchor=False)
breakdowns.groups(analysis, indicator)
breakdowns.answers(analysis, indicator)
breakdowns.years(analysis, indicator)
components.limits(analysis)
components.safety_net(cache.codebook(analysis), indicator.theme)
