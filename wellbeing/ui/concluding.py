"""After a conversation: how the agreements stand, needs without offer, and the minutes as a Word document."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import streamlit as st

from wellbeing.model.conversation import Conversation, Progress, UnmetNeed
from wellbeing.model.results import Analysis
from wellbeing.presentation import formats, markup
from wellbeing.store.database import Store
from wellbeing.ui import cache, components, preparing, recording, suggesting

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def show(analysis: Analysis, store: Store, sheet: recording.Sheet) -> None:
    """Show agreements with their state, what is missing in the offer, and the minutes."""
    _agreements(analysis, store, sheet)
    _unmet(store, sheet)
    _minutes(analysis, store, sheet)


def _agreements(analysis: Analysis, store: Store, sheet: recording.Sheet) -> None:
    st.header("Afspraken", anchor=False)
    if not sheet.record.agreements:
        st.html(markup.quiet("Er zijn nog geen afspraken. Leg ze vast bij Voeren."))
    for at, item in enumerate(sheet.record.agreements):
        with st.container(border=True, key=f"agreed-{at}"):
            parts = [item.who.value if item.who else "", f"voor {formats.date(item.due)}" if item.due else ""]
            st.html(f"<p>{markup.text(f'**{item.what}**')}<br>{markup.text(', '.join(filter(None, parts)))}</p>")
            if item.indicator:
                st.html(markup.quiet(f"Het cijfer nu: {preparing.figure_now(analysis, item.indicator)}."))
            _progress(store, sheet, at)


def _progress(store: Store, sheet: recording.Sheet, at: int) -> None:
    key = f"progress-{at}-{sheet.edition}"

    def keep() -> None:
        recording.change(store, lambda record: _with_progress(record, at, Progress(st.session_state[key])))

    st.segmented_control(
        "Hoe staat het ermee?",
        list(Progress),
        default=sheet.record.agreements[at].progress,
        required=True,
        format_func=lambda item: Progress(item).value,
        key=key,
        on_change=keep,
    )


def _with_progress(record: Conversation, at: int, progress: Progress) -> Conversation:
    agreements = list(record.agreements)
    agreements[at] = replace(agreements[at], progress=progress)
    return replace(record, agreements=tuple(agreements))


def _unmet(store: Store, sheet: recording.Sheet) -> None:
    st.header("Behoefte zonder aanbod", anchor=False)
    st.html(
        markup.quiet("Waar de school iets nodig heeft en niets passends is. De GGD ziet dit over alle scholen samen.")
    )
    themes = {theme.id: theme.label for theme in cache.reference().catalogue.themes}
    key = f"unmet-{sheet.edition}"

    def keep() -> None:
        kept = {item.theme: item for item in sheet.record.unmet}
        found = tuple(kept.get(theme, UnmetNeed(theme)) for theme in st.session_state[key])
        recording.change(store, lambda record: replace(record, unmet=found))

    st.multiselect(
        "Bij welk thema ontbreekt passend aanbod?",
        list(themes),
        default=[item.theme for item in sheet.record.unmet],
        format_func=themes.__getitem__,
        key=key,
        on_change=keep,
        placeholder="Kies een thema",
    )


def _minutes(analysis: Analysis, store: Store, sheet: recording.Sheet) -> None:
    st.header("Verslag", anchor=False)
    shown = analysis.published
    earlier = [item for item in store.conversations() if item.school == shown.school and item.year < shown.year]
    made = cache.minutes(analysis, sheet.record, suggesting.found(analysis), earlier, dt.date.today())
    name = f"verslag-{components.file_name(analysis)}.docx"
    st.download_button("Download het verslag (Word)", made, name, mime=WORD, type="primary", on_click="ignore")
    st.html(markup.quiet("U kunt het verslag in Word nog aanpassen. Er staan geen namen in."))
