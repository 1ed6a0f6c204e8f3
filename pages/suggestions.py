"""Wat kan de school doen?: packages over the four pillars, each with its reason."""

import streamlit as st

from wellbeing.ui import cache, components, parcels, session, side_by_side, suggesting

if side_by_side.is_all_there_is():
    side_by_side.suggestions()
    st.stop()

analysis = session.require_analysis()

st.title("Wat kan de school doen?", anchor=False)
st.write(
    "Een thema komt op tafel om een reden: een cijfer, een wens van de school of een signaal. "
    "De school kiest; dit is het begin van een gesprek."
)
suggesting.show(analysis)
parcels.agreed()
components.safety_net(cache.codebook(analysis))
