"""Holding a conversation: one point at a time in large type, a note, and the agreements at the side."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import streamlit as st

from wellbeing.model.conversation import Attendee, Conversation, DiscussionPoint, Status
from wellbeing.model.results import Analysis, Dimension, Point
from wellbeing.presentation import agenda, formats, markup
from wellbeing.store.database import Store
from wellbeing.ui import agreeing, cache, components, preparing, recording

NO_POINTS = "Kies eerst de punten bij Voorbereiden. U kunt hier wel al aantekeningen en afspraken maken."


def show(analysis: Analysis, store: Store, sheet: recording.Sheet) -> None:
    """Show the point on the table, with the agreements at its side."""
    left, right = st.columns([2, 1], gap="large")
    with left:
        _point(analysis, store, sheet)
    with right:
        st.subheader("Afspraken", anchor=False)
        agreeing.show(store, sheet)
        agreeing.ask(analysis, store, sheet)
        if preparing.before(store, sheet.record) is not None:
            with st.expander("Vorige keer afgesproken", icon=":material/history:"):
                preparing.last_time(analysis, store, sheet.record)
    _table(analysis, store, sheet)


def _point(analysis: Analysis, store: Store, sheet: recording.Sheet) -> None:
    points = preparing.up_to_date(analysis, sheet.record).points
    if not points:
        st.html(markup.quiet(NO_POINTS))
        return
    at = min(sheet.at, len(points) - 1)
    point = points[at]
    with st.container(key="wb-large"):
        st.html(markup.quiet(f"Punt {at + 1} van {len(points)}: {agenda.kind(point, cache.codebook(analysis))}"))
        _card(analysis, point)
        st.html(f"<p>{markup.text(f'**Vraag aan tafel:** {components.theme_prompt(analysis, point.theme)}')}</p>")
    with st.container(horizontal=True):
        st.button("Vorige", disabled=not at, on_click=_go, args=(sheet, at - 1), icon=":material/arrow_back:")
        st.button(
            "Volgende",
            disabled=at + 1 == len(points),
            on_click=_go,
            args=(sheet, at + 1),
            icon=":material/arrow_forward:",
        )
    recording.text(
        store,
        f"Aantekening bij punt {at + 1}: {agenda.title(point, cache.codebook(analysis))}",
        point.note,
        lambda record, typed: replace(record, points=recording.with_item(record.points, at, note=typed)),
    )


def _go(sheet: recording.Sheet, at: int) -> None:
    sheet.at = at


def _card(analysis: Analysis, point: DiscussionPoint) -> None:
    """Draw the figure as on the profile, with what its marks mean; without a figure a card with its reason."""
    found = preparing.analysis_of(analysis, point.bouw) if point.indicator else None
    rows = [
        row
        for row in (found.comparisons if found else ())
        if row.indicator == point.indicator and row.group.dimension is Dimension.TOTAL
    ]
    if found is None or not rows:
        st.html(markup.conversation_card(agenda.title(point, cache.codebook(analysis)), point.reason))
        return
    main = next((row for row in rows if row.comparator.kind is found.findings.main), rows[0])
    st.html(components.point_card(found, Point(point.kind, point.theme, point.indicator, main)))
    if found is not analysis:
        st.html(markup.quiet(f"Dit gaat over de {found.published.bouw.value}."))
    st.html(markup.legend(components.comparators(found)))


# --------------------------------------------------------------------------- around the table


def _table(analysis: Analysis, store: Store, sheet: recording.Sheet) -> None:
    """Ask who are there, what the school needs and which signals there are; and whether it was held."""
    st.header("Aan tafel", anchor=False)
    record = sheet.record
    recording.choose(
        store,
        "Wie zijn erbij? (functies, geen namen)",
        {item: item.value for item in Attendee},
        record.present,
        lambda old, new: replace(old, present=frozenset(new)),
    )
    left, right = st.columns(2)
    with left:
        recording.choose_themes(store, "Waar heeft de school behoefte aan?", "needs")
    with right:
        recording.choose_themes(store, "Welke signalen over groepen leerlingen zijn er?", "signals")
    recording.text(store, "Andere aantekeningen", record.notes, lambda old, typed: replace(old, notes=typed))
    st.html(markup.quiet(recording.ABOUT_PUPILS))
    _held(analysis, store, sheet)


def _held(analysis: Analysis, store: Store, sheet: recording.Sheet) -> None:
    """Let people say that the conversation was held, and put its day right."""
    if sheet.record.held_on is None:
        today = dt.date.today()
        st.button("Het gesprek is gevoerd", type="primary", on_click=_keep_held, args=(analysis, store, today))
        return
    name = recording.key("held")

    def keep() -> None:
        _keep_held(analysis, store, st.session_state[name])

    st.date_input(
        "Op welke dag was het gesprek?", sheet.record.held_on, key=name, on_change=keep, format="DD-MM-YYYY", width=260
    )
    st.html(markup.quiet(f"Gevoerd op {formats.date(sheet.record.held_on)}. De cijfers bij de punten staan nu vast."))


def _keep_held(analysis: Analysis, store: Store, on: dt.date | None) -> None:
    """Keep the day, and the figures as they were on the table; without a day it is still to come."""

    def made(record: Conversation) -> Conversation:
        if on is None:
            return replace(record, held_on=None, reached=Status.PREPARED)
        return replace(preparing.up_to_date(analysis, record), held_on=on, reached=Status.HELD)

    recording.change(store, made)
