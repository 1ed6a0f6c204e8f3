"""After a conversation: how the agreements stand, needs without offer, and the minutes as a Word document."""

from __future__ import annotations

import datetime as dt
import functools
from dataclasses import replace

import streamlit as st

from wellbeing import pipeline
from wellbeing.model.conversation import Conversation, Progress, UnmetNeed
from wellbeing.model.reference import Pillar
from wellbeing.model.report import Format
from wellbeing.model.results import Analysis
from wellbeing.presentation import agenda, markup
from wellbeing.store.database import Store
from wellbeing.ui import agreeing, cache, components, navigation, preparing, recording

UNMET = "Waar de school iets nodig heeft en niets passends is. Op Mijn scholen ziet u dit van alle scholen samen."
NO_CHOICES = "Er is nog niets gekozen. Dat doet u bij Wat kan de school doen?"


def show(analysis: Analysis, store: Store, sheet: recording.Sheet) -> None:
    """Show agreements with their state, what was chosen, what is missing in the offer, and the minutes."""
    _agreements(analysis, store, sheet)
    _choices(sheet)
    _unmet(store, sheet)
    _minutes(analysis, store, sheet)


def _agreements(analysis: Analysis, store: Store, sheet: recording.Sheet) -> None:
    st.header("Afspraken", anchor=False)
    if not sheet.record.agreements:
        st.html(markup.quiet("Er zijn nog geen afspraken. Leg ze hieronder vast, of tijdens het gesprek bij Voeren."))
    for at, item in enumerate(sheet.record.agreements):
        with st.container(border=True, key=f"agreed-{at}"):
            st.html(agreeing.described(item))
            if item.indicator:
                st.html(markup.quiet(f"Nu: {preparing.figure_now(analysis, item)}."))
            _progress(store, sheet, at)
            _outcome(store, sheet, at)
    with st.expander("Een afspraak toevoegen, wijzigen of weghalen", expanded=sheet.changing is not None):
        agreeing.show(store, sheet)
        agreeing.ask(analysis, store, sheet)


def _progress(store: Store, sheet: recording.Sheet, at: int) -> None:
    name = recording.key(f"progress-{at}-{sheet.record.agreements[at].what}")

    def keep() -> None:
        chosen = Progress(st.session_state[name])
        recording.change(
            store,
            lambda record: replace(record, agreements=recording.with_item(record.agreements, at, progress=chosen)),
            chosen.value,
        )

    st.segmented_control(
        "Hoe staat het ermee?",
        list(Progress),
        default=sheet.record.agreements[at].progress,
        required=True,
        format_func=lambda item: Progress(item).value,
        key=name,
        on_change=keep,
    )


def _outcome(store: Store, sheet: recording.Sheet, at: int) -> None:
    """Ask what came of an agreement, once something was done."""
    item = sheet.record.agreements[at]
    if item.progress is Progress.OPEN:
        return
    recording.text(
        store,
        f"Wat kwam ervan? (afspraak {at + 1})",
        item.outcome,
        lambda record, typed: replace(record, agreements=recording.with_item(record.agreements, at, outcome=typed)),
        height=70,
    )


def _choices(sheet: recording.Sheet) -> None:
    """Show what the school chose and dropped, with the reason; that is written down where the offer stands."""
    st.header("Wat de school kiest", anchor=False)
    lines = [agenda.choice(made, cache.reference().catalogue) for made in sheet.record.choices]
    st.html(markup.remarks(lines) if lines else markup.quiet(NO_CHOICES))
    st.page_link(navigation.SUGGESTIONS.file, label="Wat kan de school doen?", icon=":material/lightbulb:")


# --------------------------------------------------------------------------- needs without offer


def _unmet(store: Store, sheet: recording.Sheet) -> None:
    st.header("Behoefte zonder aanbod", anchor=False)
    st.html(markup.quiet(UNMET))
    labels = recording.theme_names()
    found = list(dict.fromkeys(item.theme for item in sheet.record.unmet))
    recording.choose(store, "Bij welk thema ontbreekt passend aanbod?", labels, found, _with_themes)
    for at, item in enumerate(sheet.record.unmet):
        pillar, note = st.columns([1, 2])
        with pillar:
            _pillar(store, sheet, at, labels.get(item.theme, item.theme))
        with note:
            _note(store, at, item, labels.get(item.theme, item.theme))


def _with_themes(record: Conversation, themes: tuple[str, ...]) -> Conversation:
    kept = tuple(item for item in record.unmet if item.theme in themes)
    new = tuple(UnmetNeed(theme) for theme in themes if theme not in {item.theme for item in kept})
    return replace(record, unmet=(*kept, *new))


def _pillar(store: Store, sheet: recording.Sheet, at: int, label: str) -> None:
    name = recording.key(f"unmet-pillar-{at}-{sheet.record.unmet[at].theme}")
    old = sheet.record.unmet[at].pillar

    def keep() -> None:
        chosen = st.session_state[name]
        recording.change(
            store, lambda record: replace(record, unmet=recording.with_item(record.unmet, at, pillar=chosen))
        )

    st.selectbox(
        f"{label}: op welke pijler?",
        list(Pillar),
        index=list(Pillar).index(old) if old else None,
        format_func=lambda item: Pillar(item).value,
        key=name,
        on_change=keep,
        placeholder="Kies",
    )


def _note(store: Store, at: int, item: UnmetNeed, label: str) -> None:
    recording.text(
        store,
        f"{label}: wat zou passen? ({at + 1})",
        item.note,
        lambda record, typed: replace(record, unmet=recording.with_item(record.unmet, at, note=typed)),
        height=70,
    )


# --------------------------------------------------------------------------- on paper


def _minutes(analysis: Analysis, store: Store, sheet: recording.Sheet) -> None:
    st.header("Verslag", anchor=False)
    report = pipeline.compose_minutes(preparing.meeting(analysis, store, sheet.record), dt.date.today())
    st.download_button(
        "Download het verslag (Word)",
        functools.partial(pipeline.write_report, report, Format.DOCUMENT),
        f"verslag-{components.file_name(analysis)}.{Format.DOCUMENT.value}",
        mime=Format.DOCUMENT.media_type,
        type="primary",
        on_click="ignore",
        icon=":material/description:",
    )
    st.html(markup.quiet("U kunt het verslag in Word nog aanpassen. Er staan functies in, geen namen."))
