"""The parts of Jaarplan: one calendar of agreements, checks and theme weeks, and a file of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from html import escape

import streamlit as st

from wellbeing.export.calendar import Day, write_calendar
from wellbeing.model.conversation import Conversation
from wellbeing.model.school_work import Moment, MomentKind, ThemeWeek, YearPlan
from wellbeing.presentation import formats, markup, packages
from wellbeing.stages import year_plan as planning
from wellbeing.stages.year_plan import AGREEMENT, Entry
from wellbeing.store.database import Store
from wellbeing.ui import cache, navigation, recording, rooms
from wellbeing.ui.rooms import Place, Room

INTRO = "Alles van dit schooljaar bij elkaar: wat is afgesproken, wat bekijkt u samen en welke themaweken doet u mee."
KICK_OFF = "Een themaweek is een aftrap of een herhaling, geen aanpak. Wat doen jullie ervoor en erna?"
DATES = "De datum verschilt per jaar. Zoek de datum van dit jaar op, en vul die zelf in."
EMPTY = "Er staat nog niets in dit schooljaar."
WITHOUT_DAY = "Nog zonder datum"
LAST_BEFORE_FIRST = "De laatste dag ligt voor de eerste."
OUTSIDE = "Kies een datum in schooljaar {year}."
NEEDED = "Vul in wat er gebeurt, en op welke dag."
USUAL_CHECKS = (
    "Checklist welbevinden opnieuw invullen",
    "Ondersteuningsroute samen bekijken",
    "Afspraken samen nalopen",
)
DONE = "afgerond"
ADDED = "year-plan-added"


def show(store: Store, place: Place) -> None:
    """Show the calendar of this school and year, and ask what is missing on it."""
    room = rooms.enter(store, YearPlan(), place)
    st.html(markup.quiet(rooms.SAVED))
    rooms.trouble(room)
    records = [record for record in store.conversations() if record.school == place.school]
    entries = planning.calendar(room.content, records, place.year)
    _calendar(entries, place)
    _without_day(records)
    _download(entries, place)
    st.header("Zet iets op de kalender", anchor=False)
    _add_week(room)
    _add_moment(room)
    _remove(room)


# --------------------------------------------------------------------------- the calendar


def _calendar(entries: Sequence[Entry], place: Place) -> None:
    if not entries:
        st.html(markup.quiet(EMPTY))
        return
    rows = [[escape(days(entry)), _what(entry), escape(entry.kind), escape(entry.who or "–")] for entry in entries]
    caption = f"Jaarplan van {place.school}, schooljaar {place.year}"
    st.html(markup.table_of_html(caption, ["Wanneer", "Wat", "Soort", "Wie"], rows))
    if any(entry.is_kick_off for entry in entries):
        st.html(markup.quiet(KICK_OFF))


def _what(entry: Entry) -> str:
    mark = f" {markup.badge(DONE)}" if entry.is_settled else ""
    mark += f" {markup.badge('aftrap, geen aanpak')}" if entry.is_kick_off else ""
    return f"{markup.text(entry.what)}{mark}"


def days(entry: Entry) -> str:
    """Write the day or the days of a line of the calendar."""
    if entry.first == entry.last:
        return formats.date(entry.first)
    return f"{formats.date(entry.first)} t/m {formats.date(entry.last)}"


def _without_day(records: Sequence[Conversation]) -> None:
    found = planning.without_day(records)
    if found:
        st.subheader(WITHOUT_DAY, anchor=False)
        st.html(markup.remarks([item.what for item in found]))
    st.page_link(navigation.CONVERSATION.file, label="Afspraken maken of wijzigen", icon=":material/handshake:")


def _download(entries: Sequence[Entry], place: Place) -> None:
    if not entries:
        return
    st.download_button(
        "Download voor uw agenda (.ics)",
        calendar_file(entries, place, dt.date.today()),
        f"jaarplan-{place.year}.ics",
        mime="text/calendar",
        on_click="ignore",
        icon=":material/event:",
        key="year-plan-download",
    )


def calendar_file(entries: Sequence[Entry], place: Place, on: dt.date) -> bytes:
    """Write the calendar as a file for Outlook, Google and others."""
    made = [Day(entry.first, entry.last, entry.what, _about(entry)) for entry in entries]
    return write_calendar(f"Jaarplan {place.school} {place.year}", made, on)


def _about(entry: Entry) -> str:
    if entry.kind == AGREEMENT:
        return f"Afspraak{f' voor: {entry.who}' if entry.who else ''}."
    return KICK_OFF if entry.is_kick_off else formats.capital(f"{entry.kind}.")


# --------------------------------------------------------------------------- adding and taking away


def _add_week(room: Room[YearPlan]) -> None:
    catalogue, weeks = cache.reference().catalogue, cache.reference().lists.weeks
    titles = {week.row: catalogue.row(week.row).title for week in weeks}
    with st.expander("Een themaweek toevoegen", icon=":material/campaign:", key="add-week"):
        st.html(markup.quiet(KICK_OFF))
        row = st.selectbox(
            "Welke week of dag?", list(titles), index=None, format_func=titles.__getitem__, placeholder="Kies"
        )
        week = next((item for item in weeks if item.row == row), None)
        if week is not None:
            st.html(usual(week))
            _dates(room, MomentKind.THEME_WEEK, titles[week.row], week.row)


def usual(week: ThemeWeek) -> str:
    """Say when a week usually is and where that was seen; it is no date to go by."""
    source = packages.link(week.owned.source)
    return (
        f'<p class="wb-line">{markup.text(f"**Meestal: {week.usually}.**")}<br><span class="wb-facts">'
        f"Eerder: {escape(week.seen)} · {source}</span><br>{escape(DATES)}</p>"
    )


def _add_moment(room: Room[YearPlan]) -> None:
    with st.expander("Samen bekijken of een activiteit toevoegen", icon=":material/event:", key="add-moment"):
        kind = st.segmented_control(
            "Wat voor moment?",
            [MomentKind.CHECK, MomentKind.ACTIVITY],
            default=MomentKind.CHECK,
            required=True,
            key="moment-kind",
        )
        if kind == MomentKind.CHECK:
            what = st.selectbox(
                "Wat bekijken jullie samen?", USUAL_CHECKS, index=None, placeholder="Kies of typ zelf",
                accept_new_options=True,
            )  # fmt: skip
        else:
            what = st.text_input("Wat gebeurt er?", max_chars=120, key=f"activity-{st.session_state.get(ADDED, 0)}")
        _dates(room, MomentKind(kind or MomentKind.CHECK), (what or "").strip())


def _dates(room: Room[YearPlan], kind: MomentKind, what: str, row: str = "") -> None:
    count = st.session_state.get(ADDED, 0)
    with st.form(f"dates-{kind.name}-{row}-{count}", border=False):
        left, right = st.columns(2)
        first = left.date_input("Eerste dag", None, format="DD-MM-YYYY")
        last = right.date_input("Laatste dag (mag leeg blijven)", None, format="DD-MM-YYYY")
        asked = st.form_submit_button("Zet op de kalender", type="primary")
    if asked:
        _keep(room, kind, what, (first, last or first), row)


def _keep(
    room: Room[YearPlan], kind: MomentKind, what: str, span: tuple[dt.date | None, dt.date | None], row: str
) -> None:
    first, last = span
    if not what or first is None or last is None:
        st.warning(NEEDED)
        return
    problem = _problem(room, what, first, last)
    if problem:
        st.warning(problem)
        return
    moment = Moment(kind, what, first, last, row)
    if room.change(lambda plan: planning.with_moment(plan, moment), what):
        st.session_state[ADDED] = st.session_state.get(ADDED, 0) + 1
    st.rerun()


def _problem(room: Room[YearPlan], what: str, first: dt.date, last: dt.date) -> str:
    """Say why something cannot stand on the calendar; empty where it can."""
    begin, end = planning.school_year_of(room.work.year)
    if last < first:
        return LAST_BEFORE_FIRST
    if not begin <= first <= last <= end:
        return OUTSIDE.format(year=room.work.year)
    named = recording.may_name_somebody(what, room.work.school)
    return f"Nog niet bewaard: {named}" if named else ""


def _remove(room: Room[YearPlan]) -> None:
    if not room.content.moments:
        return
    with st.expander("Iets van de kalender halen", icon=":material/close:", key="remove-moment"):
        for at, moment in enumerate(room.content.moments):
            st.button(
                f"Haal weg: {moment.what} ({formats.date(moment.first)})",
                key=room.key(f"remove-{at}"),
                on_click=_drop,
                args=(room, moment),
            )


def _drop(room: Room[YearPlan], moment: Moment) -> None:
    room.change(lambda plan: planning.without_moment(plan, moment))
