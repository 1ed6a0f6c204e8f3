"""The parts of Mijn scholen: the list with the state of every school, and opening one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import streamlit as st

from wellbeing.model.benchmark import Benchmark
from wellbeing.model.conversation import Conversation, Status
from wellbeing.model.reference import Bouw
from wellbeing.presentation import formats, markup
from wellbeing.presentation.palette import Tone
from wellbeing.stages.count import WHOLE_FILE
from wellbeing.store.database import Store
from wellbeing.ui import cache, keeping, navigation, session

NOBODY = "Hier staan straks uw scholen. Voeg het bestand van een school toe, of zet een school op de lijst."
NO_FIGURES = "nog geen cijfers"
TONES = {Status.OPEN: Tone.UNFAVOURABLE, Status.CLOSED: Tone.FAVOURABLE}


@dataclass(frozen=True, slots=True)
class Line:
    """One school on the list: its last year, whether there are figures of it, and the record."""

    school: str
    year: str
    has_figures: bool
    record: Conversation


def show(store: Store) -> None:
    """Show the schools with what can be done for each; the one that is open now can be added."""
    found = lines(store.measured(), store.conversations())
    _keep_current(store, found)
    _add(store)
    if not found:
        st.html(markup.quiet(NOBODY))
        return
    for line in _chosen(found):
        _line(store, line)


def lines(measured: Sequence[tuple[str, str]], records: Sequence[Conversation]) -> list[Line]:
    """Give per school its last year, by name; a school may have figures, a record or both."""
    last: dict[str, str] = {}
    for school, year in (*measured, *((record.school, record.year) for record in records)):
        last[school] = max(year, last.get(school, ""))
    kept = {(record.school, record.year): record for record in records}
    return [
        Line(school, year, (school, year) in set(measured), kept.get((school, year), Conversation(school, year)))
        for school, year in sorted(last.items(), key=lambda item: item[0].casefold())
    ]


def _chosen(found: Sequence[Line]) -> list[Line]:
    """Let the user search by name and choose states."""
    tally = _tally(found)
    left, right = st.columns([1, 2], vertical_alignment="bottom")
    wanted = left.text_input("Zoek een school", key="schools-search").strip().casefold()
    states = right.pills(
        "Toon alleen",
        list(tally),
        selection_mode="multi",
        format_func=lambda status: f"{Status(status).value} ({tally[status]})",
        key="schools-states",
    )
    chosen = [line for line in found if wanted in line.school.casefold()]
    return [line for line in chosen if not states or line.record.status in states]


def _tally(found: Sequence[Line]) -> Mapping[Status, int]:
    counts = {status: sum(line.record.status is status for line in found) for status in Status}
    return {status: number for status, number in counts.items() if number}


def _line(store: Store, line: Line) -> None:
    key = cache.fingerprint(line.school)[:8]
    with st.container(border=True, horizontal=True, vertical_alignment="center", key=f"school-{key}"):
        status = line.record.status
        badge = markup.badge(status.value, TONES.get(status, Tone.NEUTRAL))
        st.html(f"<p>{markup.text(f'**{line.school}**')}<br>{badge} {markup.text(_about(line))}</p>", width="stretch")
        if line.has_figures and st.button("Voorbereiden", key=f"prepare-{key}", type="primary"):
            open_school(store, line.school, line.year)
            st.switch_page(navigation.CONVERSATION.file)
        if line.has_figures and st.button("Cijfers", key=f"figures-{key}"):
            open_school(store, line.school, line.year)
            st.switch_page(navigation.PROFILE.file)


def _about(line: Line) -> str:
    record, parts = line.record, [line.year]
    if record.held_on:
        parts.append(f"gesprek op {formats.date(record.held_on)}")
    elif record.planned_on:
        parts.append(f"gepland op {formats.date(record.planned_on)}")
    if not line.has_figures:
        parts.append(NO_FIGURES)
    return ", ".join(parts)


# --------------------------------------------------------------------------- opening and adding


def open_school(store: Store, school: str, year: str) -> None:
    """Put a kept school on screen with its other years, beside the region of the measurement before."""
    measured = store.measurements(school)
    now = tuple(item for item in measured if item.year == year)
    benchmark = _benchmark(store, now[0].codebook, year)
    if benchmark is not None:
        session.use_benchmark(benchmark)
    could = {Bouw(item.bouw): item.could_have_answered for item in now}
    session.use_measurements(now, could, tuple(item for item in measured if item.year != year))


def _benchmark(store: Store, codebook: str, year: str) -> Benchmark | None:
    """Give the last comparison figures from before this year, of the same questionnaire."""
    instrument = cache.reference().codebook(codebook).instrument
    for key in store.benchmarks():  # newest first
        if key.year < year and cache.reference().codebook(key.codebook).instrument == instrument:
            return store.benchmark(key)
    return None


def _keep_current(store: Store, found: Sequence[Line]) -> None:
    """Offer to keep the school that is on screen, where it is not on the list yet."""
    chosen = session.state()
    now = chosen.measurement
    if now is None or now.school == WHOLE_FILE:
        return
    if any((line.school, line.year) == (now.school, now.year) and line.has_figures for line in found):
        return
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        st.write(f"{now.school} ({now.year}) staat nu open, maar is nog niet bewaard.")
        if st.button("Bewaar deze school"):
            with keeping.telling():
                store.save_measurements((*chosen.measurements, *chosen.history))
                if chosen.benchmark is not None:
                    store.save_benchmark(chosen.benchmark)
                st.rerun()


def _add(store: Store) -> None:
    """Put a school on the list before there are figures: the conversation was offered or planned."""
    with st.expander("Een school op de lijst zetten", icon=":material/add:"), st.form("add-school", border=False):
        name, year, planned = st.columns(3)
        school = name.text_input("Naam van de school").strip()
        chosen_year = year.text_input("Schooljaar van de meting", placeholder=_school_year(dt.date.today())).strip()
        day = planned.date_input("Gesprek gepland op (mag leeg blijven)", value=None, format="DD-MM-YYYY")
        if st.form_submit_button("Zet op de lijst") and school:
            of_year = chosen_year or _school_year(dt.date.today())
            record = keeping.record(school, of_year)
            status = Status.PLANNED if day and record.reached is Status.OFFERED else record.reached
            with keeping.telling():
                store.save_conversation(replace(record, reached=status, planned_on=day))
                st.rerun()


def _school_year(day: dt.date) -> str:
    """Give the school year of a day; it begins on the first of August.

    >>> _school_year(dt.date(2026, 7, 31)), _school_year(dt.date(2026, 8, 1))
    ('2025-2026', '2026-2027')
    """
    first = day.year if day.month >= 8 else day.year - 1
    return f"{first}-{first + 1}"
