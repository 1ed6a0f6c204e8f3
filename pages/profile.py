"""Schoolprofiel: who answered, what goes well, what to discuss, and the themes."""

import streamlit as st

from wellbeing.ui import cache, components, navigation, profile, session

analysis = session.require_analysis()

components.school_title(analysis)
components.choose_together()
profile.conclusion(analysis)
profile.opening(analysis)
st.page_link(navigation.SUGGESTIONS.file, label="Wat kan de school doen?", icon=":material/lightbulb:")

st.header("Per thema", anchor=False)
profile.themes(analysis)
components.limits(analysis)
components.safety_net(cache.codebook(analysis))
