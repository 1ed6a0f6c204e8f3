"""Vergelijken: all subjects of a theme beside the region and the same school level."""

import streamlit as st

from wellbeing.ui import cache, comparing, components, session, side_by_side

if side_by_side.is_all_there_is():
    side_by_side.compare()
    st.stop()

analysis = session.require_analysis()

choices, main = st.columns(2, vertical_alignment="bottom")
with choices:
    theme = comparing.choose_theme(analysis)
with main:
    comparing.choose_main()

comparing.title(analysis, theme)
comparing.subtitle(analysis)
components.choose_population()
components.choose_together()
components.legend(analysis)
comparing.table(analysis, theme)
comparing.cautions(analysis, theme)
components.limits(analysis)
comparing.levels(analysis, theme)
comparing.large_figure(analysis, theme)
comparing.download(analysis)
components.safety_net(cache.codebook(analysis), theme)
