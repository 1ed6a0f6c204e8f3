"""The steps of Adviesgesprek: prepare it, hold it, write down what was agreed."""

from __future__ import annotations

import streamlit as st

from wellbeing.model.results import Analysis
from wellbeing.store.database import Store
from wellbeing.ui import concluding, holding, preparing, recording

STEPS = {"Voorbereiden": preparing.show, "Voeren": holding.show, "Afspraken en verslag": concluding.show}


def show(analysis: Analysis, store: Store) -> None:
    """Show the step that was chosen of the conversation about this measurement."""
    sheet = recording.open_sheet(store, analysis.published.school, analysis.published.year)
    step = st.segmented_control(
        "Stap",
        list(STEPS),
        default="Voorbereiden",
        required=True,
        key="conversation-step",
        label_visibility="collapsed",
    )
    recording.trouble(sheet)
    STEPS[step](analysis, store, sheet)
