"""The parts of Mijn scholen: the list with the state of every school, opening one, and needs without offer."""

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
from wellbeing.ui import cache, keeping, navigation, recording, session

STEP, FIRST_STEP = "conversation-step", "Voorbereiden"
MOST_LINES = 40
AT_A_GLANCE = 5  # schools among which nobody has to search
NOBODY = "Hier staan straks uw scholen. Voeg het bestand van een school toe, of zet een school op de lijst."
MORE = "Er zijn er nog {number}. Zoek op naam om ze te zien."
KEPT_BY_ITSELF = "Een school die u toevoegt bij Gegevens toevoegen, komt vanzelf op deze lijst."
NO_FIGURES = "nog geen cijfers"
INVENTED = "verzonnen voorbeeld"
NOT_KEPT = "{school} ({year}) staat nu open, maar is nog niet bewaard."
UNMET = "Waar scholen iets nodig hebben en niets passends is. Zo ziet u wat de GGD kan ontwikkelen."
NOTHING_UNMET = "Nog niets. U vult dit per school in bij Adviesgesprek, Afspraken en verslag."
TONES = {Status.OPEN: Tone.UNFAVOURABLE, Status.CLOSED: Tone.FAVOURABLE}


@dataclass(frozen=True, slots=True)
class Line:
    """One school on the list: its last year, whether there are figures of it, its record, and the one before."""

    school: str
    year: str
    has_figures: bool
    record: Conversation
    before: Conversation | None = None


def show(store: Store) -> None:
    """Show the schools with what can be done for each; the one that is open now can be added."""
    with keeping.telling():
        records = store.conversations()
        found = lines(store.measured(), records)
        _keep_current(store)
        _list(store, found)
        _add(store)
        _unmet(records)


def lines(measured: Sequence[tuple[str, str]], records: Sequence[Conversation]) -> list[Line]:
    """Give per school its last year, by name; a school may have figures, a record or both."""
    years: dict[str, set[str]] = {}
    for school, year in (*measured, *((record.school, record.year) for record in records)):
        years.setdefault(school, set()).add(year)
    kept = {(record.school, record.year): record for record in records}
    return [
        _line_of(school, max(found), (school, max(found)) in measured, kept)
        for school, found in sorted(years.items(), key=lambda item: item[0].casefold())
    ]


def _line_of(school: str, year: str, has_figures: bool, kept: Mapping[tuple[str, str], Conversation]) -> Line:
    earlier = [record for (name, when), record in sorted(kept.items()) if name == school and when < year]
    record = kept.get((school, year), Conversation(school, year, is_invented=any(item.is_invented for item in earlier)))
    return Line(school, year, has_figures, record, earlier[-1] if earlier else None)


# --------------------------------------------------------------------------- the list


def _list(store: Store, found: Sequence[Line]) -> None:
    if not found:
        st.html(markup.quiet(NOBODY))
        st.page_link(navigation.ADD_DATA.file, label="Gegevens toevoegen", icon=":material/upload_file:")
        return
    chosen = _chosen(found)
    for line in chosen[:MOST_LINES]:
        _line(store, line)
    if not chosen:
        st.html(markup.quiet("Geen school op de lijst past hierbij."))
    elif len(chosen) > MOST_LINES:
        st.html(markup.quiet(MORE.format(number=len(chosen) - MOST_LINES)))


def _chosen(found: Sequence[Line]) -> list[Line]:
    """Let the user search by name and choose states, where there are more schools than one sees at once."""
    if len(found) <= AT_A_GLANCE:
        return list(found)
    tally = {status: sum(line.record.status is status for line in found) for status in Status}
    left, right = st.columns([1, 2], vertical_alignment="bottom")
    wanted = left.text_input("Zoek een school", key="schools-search").strip().casefold()
    states = right.pills(
        "Toon alleen",
        [status for status, number in tally.items() if number],
        selection_mode="multi",
        format_func=lambda status: f"{Status(status).value} ({tally[status]})",
        key="schools-states",
    )
    chosen = [line for line in found if wanted in line.school.casefold()]
    return [line for line in chosen if not states or line.record.status in states]


def _line(store: Store, line: Line) -> None:
    key = cache.fingerprint(line.school)[:8]
    with st.container(border=True, horizontal=True, vertical_alignment="center", key=f"school-{key}"):
        status = line.record.status
        badges = markup.badge(status.value, TONES.get(status, Tone.NEUTRAL))
        badges += f" {markup.badge(INVENTED)}" if line.record.is_invented else ""
        name = markup.text(f"**{line.school}**")
        st.html(f'<p class="wb-line">{name}<br>{badges} {markup.text(_about(line))}</p>', width="stretch")
        if status is Status.NOT_YET:
            st.button("Gesprek aangeboden", key=f"offer-{key}", on_click=_offered, args=(store, line.record))
        if line.has_figures and st.button("Cijfers", key=f"figures-{key}"):
            open_school(store, line.school, line.year)
            st.switch_page(navigation.PROFILE.file)
        if line.has_figures and st.button("Voorbereiden", key=f"prepare-{key}", type="primary"):
            open_school(store, line.school, line.year)
            st.session_state[STEP] = FIRST_STEP
            st.switch_page(navigation.CONVERSATION.file)


def _about(line: Line) -> str:
    record, parts = line.record, [line.year]
    if record.held_on:
        parts.append(f"gesprek op {formats.date(record.held_on)}")
    elif record.planned_on:
        parts.append(f"gepland op {formats.date(record.planned_on)}")
    if not line.has_figures:
        parts.append(NO_FIGURES)
    if line.before is not None and line.before.status is not Status.NOT_YET:
        parts.append(f"vorige keer ({line.before.year}): {line.before.status.value}")
    return ", ".join(parts)


def _offered(store: Store, record: Conversation) -> None:
    with keeping.telling():
        store.save_conversation(replace(record, reached=Status.OFFERED))


# --------------------------------------------------------------------------- opening and adding


def open_school(store: Store, school: str, year: str) -> None:
    """Put a kept school on screen with its other years, beside the region of the measurement before."""
    measured = store.measurements(school)
    now = tuple(item for item in measured if item.year == year)
    benchmark = _benchmark(store, now[0].codebook, year)
    if benchmark is not None:
        session.use_benchmark(benchmark)
    else:  # what stood beside another school is not for this one
        session.state().benchmark, session.state().region = None, ()
    could = {Bouw(item.bouw): item.could_have_answered for item in now}
    session.use_measurements(now, could, tuple(item for item in measured if item.year != year))
    records = (record for record in store.conversations() if record.school == school)
    session.state().is_demo = any(record.is_invented for record in records)


def _benchmark(store: Store, codebook: str, year: str) -> Benchmark | None:
    """Give the last comparison figures of the same questionnaire: from before this year, or else of this year."""
    known = {book.id: book.instrument for book in cache.reference().codebooks}
    same = [key for key in store.benchmarks() if key.codebook in known and known[key.codebook] == known.get(codebook)]
    earlier = [key for key in same if key.year < year]  # newest first
    fitting = earlier or [key for key in same if key.year == year]
    return store.benchmark(fitting[0]) if fitting else None


def _keep_current(store: Store) -> None:
    """Offer to keep the school that is on screen, where it is not on the list yet."""
    now = session.state().measurement
    if now is None or now.school == WHOLE_FILE or (now.school, now.year) in store.measured():
        return
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        st.write(NOT_KEPT.format(school=now.school, year=now.year))
        st.button("Bewaar deze school", on_click=keep_school, args=(store,))


def keep_school(store: Store) -> None:
    """Keep the school on screen with all its years, and what it was compared with; the demo is marked as invented."""
    chosen, now = session.state(), session.state().measurement
    if now is None:
        return
    every = (*chosen.region, *chosen.history, *chosen.measurements)  # of the same measurement the last stays
    with keeping.telling():
        store.save_measurements(item for item in every if item.school == now.school)
        if chosen.benchmark is not None:
            store.save_benchmark(chosen.benchmark)
        begun = recording.open_sheet(store, now.school, now.year).record
        if chosen.is_demo or begun.revision == 0:  # with what was said before there was a place to keep it
            recording.change(store, lambda record: replace(record, is_invented=chosen.is_demo))


def _add(store: Store) -> None:
    """Put a school on the list before there are figures: the conversation was offered or planned."""
    st.html(markup.quiet(KEPT_BY_ITSELF))
    with st.expander("Een school op de lijst zetten", icon=":material/add:"), st.form("add-school", border=False):
        name, year, planned = st.columns(3)
        school = name.text_input("Naam van de school").strip()
        usual = school_year(dt.date.today())
        of_year = year.text_input("Schooljaar van de meting", placeholder=usual).strip() or usual
        day = planned.date_input("Gesprek gepland op (mag leeg blijven)", value=None, format="DD-MM-YYYY")
        if st.form_submit_button("Zet op de lijst") and school:
            _put_on_list(store, school, of_year, day)


def _put_on_list(store: Store, school: str, year: str, day: dt.date | None) -> None:
    if found := recording.may_name_somebody(school, ""):
        st.warning(f"Nog niet bewaard: {found}")
        return
    record = store.conversation(school, year) or Conversation(school, year)
    first = record.reached in {Status.NOT_YET, Status.OFFERED}
    status = (Status.PLANNED if day else Status.OFFERED) if first else record.reached
    store.save_conversation(replace(record, reached=status, planned_on=day or record.planned_on))
    st.rerun()


def school_year(day: dt.date) -> str:
    """Give the school year of a day; it begins on the first of August.

    >>> school_year(dt.date(2026, 7, 31)), school_year(dt.date(2026, 8, 1))
    ('2025-2026', '2026-2027')
    """
    first = day.year if day.month >= 8 else day.year - 1
    return f"{first}-{first + 1}"


# --------------------------------------------------------------------------- needs without offer


def _unmet(records: Sequence[Conversation]) -> None:
    st.header("Behoefte zonder aanbod", anchor=False)
    st.html(markup.quiet(UNMET))
    rows = unmet_rows(records, recording.theme_names())
    headings = ["Thema", "Pijler", "Scholen", "Wat zou passen"]
    if rows:
        st.html(markup.table("Behoefte zonder aanbod, over alle scholen op de lijst", headings, rows))
    else:
        st.html(markup.quiet(NOTHING_UNMET))


def unmet_rows(records: Sequence[Conversation], labels: Mapping[str, str]) -> list[list[str]]:
    """Give per theme and pillar how many schools miss an offer and what they said, most schools first.

    Invented schools do not count.
    """
    schools: dict[tuple[str, str], set[str]] = {}
    notes: dict[tuple[str, str], list[str]] = {}
    for record in records:
        for item in () if record.is_invented else record.unmet:
            place = labels.get(item.theme, item.theme), item.pillar.value if item.pillar else "niet gekozen"
            schools.setdefault(place, set()).add(record.school)
            notes.setdefault(place, []).extend([f"{item.note} ({record.school})"] if item.note else [])
    order = sorted(schools, key=lambda place: (-len(schools[place]), place))
    return [[*place, formats.number(len(schools[place])), "; ".join(dict.fromkeys(notes[place]))] for place in order]
