"""Schoolprofiel: who answered, what goes well, what to discuss, and the themes."""

import streamlit as st

from wellbeing.ui import cache, components, navigation, profile, session, side_by_side

if side_by_side.is_all_there_is():
    side_by_side.profile()
    st.stop()

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
