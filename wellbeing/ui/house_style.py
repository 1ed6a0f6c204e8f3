"""The house style of a GGD for slides: chosen once, kept for this visit, used for every deck."""

from __future__ import annotations

import streamlit as st

from wellbeing import pipeline
from wellbeing.export.pptx import WrongTemplateError
from wellbeing.intake.guard import Refused
from wellbeing.model.report import Template
from wellbeing.ui.asking import plain
from wellbeing.ui.uploading import MEGABYTES

KEY = "huisstijl"
WHAT = (
    "Kies een PowerPoint-bestand van uw eigen organisatie (.pptx). De dia's krijgen dan die opmaak. Er moeten drie "
    "indelingen in staan: een titel met een ondertitel, een titel met één vak voor tekst, en alleen een titel. "
    "Dia's die er al in staan, nemen we niet over."
)


def template() -> Template | None:
    """Give the house style of this visitor, where one was chosen."""
    kept: Template | None = st.session_state.get(KEY)
    return kept


def choose() -> None:
    """Let the user choose a house style, see which one is used, and put it away."""
    with st.expander("Dia's in uw huisstijl", icon=":material/palette:"):
        kept = template()
        if kept is None:
            _ask()
        else:
            st.write(f"De dia's krijgen de opmaak van **{plain(kept.name)}**, zolang u hier bent.")
            st.button("Gewone opmaak", key="house-style-away", on_click=_put_away, icon=":material/close:")


def _ask() -> None:
    st.write(WHAT)
    file = st.file_uploader("Sjabloon (.pptx)", type=["pptx"], key="house-style-file", max_upload_size=MEGABYTES)
    if file is None:
        return
    try:
        st.session_state[KEY] = pipeline.open_template(file.getvalue(), file.name)
    except (Refused, WrongTemplateError) as error:
        st.error(plain(str(error)))
    else:
        st.rerun()


def _put_away() -> None:
    st.session_state.pop(KEY, None)
