"""The parts of Inspiratiekaart: everything on it per pillar, and where the dashboard itself helps."""

from __future__ import annotations

import streamlit as st

from wellbeing.model.reference import Pillar
from wellbeing.presentation import formats, inspiration, markup
from wellbeing.ui import cache, navigation

INTRO = (
    "Tips, hulpmiddelen en voorbeelden uit de Inspiratiekaart Welbevinden in het voortgezet onderwijs, per pijler. "
    "Een goed voorbeeld laat zien wat een school deed. Het bewijst niet dat het werkt."
)
EVERYTHING = "Elk thema"
ONLY_EXAMPLES = "Alleen goede voorbeelden"
CHOOSING = (
    "Iets kiezen voor uw school doet u bij Wat kan de school doen? Daar staat ook hoe een programma is beoordeeld."
)


def show() -> None:
    """Show the rows of one pillar, for one theme where somebody chose one."""
    catalogue = cache.reference().catalogue
    labels = {theme.id: theme.label for theme in catalogue.themes}
    pillar = st.segmented_control(
        "Pijler",
        list(Pillar),
        default=Pillar.POLICY,
        required=True,
        format_func=lambda item: Pillar(item).value,
        key="inspiration-pillar",
    )
    left, right = st.columns([3, 2], vertical_alignment="bottom")
    theme = left.selectbox(
        "Thema",
        list(labels),
        index=None,
        format_func=labels.__getitem__,
        placeholder=EVERYTHING,
        key="inspiration-theme",
    )
    only = right.toggle(ONLY_EXAMPLES, key="inspiration-examples")
    rows = inspiration.of_pillar(inspiration.card_rows(catalogue), Pillar(pillar or Pillar.POLICY), theme)
    rows = tuple(row for row in rows if row.is_inspiration or not only)
    st.html(f'<p role="status">{formats.counted(len(rows), "kaart", "kaarten")}.</p>')
    st.html(inspiration.cards(rows, catalogue))
    _rooms()


def _rooms() -> None:
    """Lead on to where the dashboard itself helps with what is on the card."""
    st.header("Hiermee kunt u meteen aan de slag", anchor=False)
    st.html(markup.quiet(CHOOSING))
    with st.container(horizontal=True):
        for entry in (*navigation.SCHOOL_ROOMS, navigation.SUGGESTIONS):
            st.page_link(entry.file, label=entry.title, icon=":material/arrow_forward:")
