"""What the rooms of the school share: which school and school year, and its work read, changed and kept.

A change is saved the moment it is made, as in the record of the conversation (``recording``). The copy of
this visitor carries the revision it was read with, so nothing of somebody else is overwritten.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Generic, TypeVar

import streamlit as st

from wellbeing.model.school_work import SchoolWork, WorkContent
from wellbeing.presentation import agenda, markup
from wellbeing.stages.count import WHOLE_FILE
from wellbeing.store.database import Store
from wellbeing.store.failures import StoreError, WorkConflictError
from wellbeing.ui import cache, navigation, recording, session
from wellbeing.ui.my_schools import school_year

NO_SCHOOL = "Er staat nog geen school op de lijst. Zet uw school eerst op de lijst bij Mijn scholen."
SAVED = "Elke wijziging wordt meteen bewaard. Schrijf geen namen op, en niets over één leerling."
SCHOOL, FOLLOWED = "room-school", "room-followed"
Option = TypeVar("Option")
Writing = Callable[[WorkContent, str], WorkContent]
Setting = Callable[[WorkContent, Option | None], WorkContent]


@dataclass(frozen=True, slots=True)
class Place:
    """A school in a school year."""

    school: str
    year: str

    @property
    def year_before(self) -> str:
        """The school year before this one."""
        first = int(self.year[:4])
        return f"{first - 1}-{first}"


@dataclass(slots=True)
class Room(Generic[WorkContent]):
    """One piece of work on screen, what went wrong last, and what was typed then.

    ``edition`` goes up when fields must show what somebody else saved: it is part of their keys.
    ``waiting`` holds, by its label, a note that may name a person and is not kept yet, with the reason.
    """

    store: Store
    work: SchoolWork[WorkContent]
    edition: int = 0
    trouble: str = ""
    typed: str = ""
    waiting: dict[str, tuple[str, str]] = field(default_factory=dict)

    @property
    def content(self) -> WorkContent:
        """The work as it is now."""
        return self.work.content

    def key(self, name: str) -> str:
        """Give the key of a field: of this work, this school and year, and this edition."""
        work = self.work
        parts = (name, type(work.content).__name__, work.school, work.year)
        return f"room-{cache.fingerprint(*parts)[:12]}-{self.edition}"

    def change(self, made: Callable[[WorkContent], WorkContent], typed: str = "") -> bool:
        """Keep one change and tell whether that was done; where it fails, remember why and what was typed."""
        self.trouble = self.typed = ""
        try:
            self.work = self.store.save_work(replace(self.work, content=made(self.work.content)))
        except StoreError as error:
            if isinstance(error, WorkConflictError):
                self.work, self.edition = error.newest or self.work, self.edition + 1
            self.trouble, self.typed = str(error), typed
            st.toast(self.trouble, icon=":material/sync_problem:")
        return not self.trouble


# --------------------------------------------------------------------------- which school, which year


def choose(store: Store) -> Place:
    """Let the visitor choose the school and the school year, or say how a school comes on the list."""
    schools = _schools(store)
    if not schools:
        st.write(NO_SCHOOL)
        st.page_link(navigation.MY_SCHOOLS.file, label="Mijn scholen", icon=":material/home_work:")
        st.stop()
    left, right = st.columns([3, 1])
    _follow(schools)
    school = left.selectbox("School", schools, key=SCHOOL, persist_state="session")
    years = _years(store, school)
    now = this_year()
    year = right.selectbox("Schooljaar", years, index=years.index(now), key="room-year", persist_state="session")
    if any(record.is_invented and record.school == school for record in store.conversations()):
        st.html(markup.quiet(agenda.INVENTED))
    return Place(school, year)


def _follow(schools: Sequence[str]) -> None:
    """Go along when the figures of another school are opened, so that nobody writes in the wrong one."""
    on_screen = _on_screen()
    if on_screen in schools and st.session_state.get(FOLLOWED) != on_screen:
        st.session_state[SCHOOL] = st.session_state[FOLLOWED] = on_screen


def this_year() -> str:
    """Give the school year of today."""
    return school_year(dt.date.today())


def _schools(store: Store) -> list[str]:
    known = {school for school, _ in (*store.measured(), *store.working())}
    known |= {record.school for record in store.conversations()} | {_on_screen()}
    return sorted(known - {"", WHOLE_FILE}, key=str.casefold)


def _on_screen() -> str:
    """Give the school of which the figures are open now; empty where there is none."""
    chosen = session.state()
    if chosen.parcel is not None:
        return chosen.parcel.about.school
    return chosen.measurement.school if chosen.measurement else ""


def _years(store: Store, school: str) -> list[str]:
    today = dt.date.today()
    around = {school_year(today.replace(day=1) + dt.timedelta(days=365 * step)) for step in (-1, 0, 1)}
    return sorted(around | {year for name, year in store.working() if name == school}, reverse=True)


def enter(store: Store, empty: WorkContent, place: Place) -> Room[WorkContent]:
    """Give the work of a school as it is kept now; ``empty`` where it did not begin.

    Where the store cannot be read for a moment, the copy of this visitor stays on screen.
    """
    kind = type(empty)
    name = f"room-{kind.__name__}"
    room: Room[WorkContent] | None = st.session_state.get(name)
    mine = room if room is not None and (room.work.school, room.work.year) == (place.school, place.year) else None
    try:
        newest = store.work(kind, place.school, place.year) or SchoolWork(place.school, place.year, empty)
    except StoreError as error:
        if mine is None:
            st.error(str(error))
            st.stop()
        mine.trouble = str(error)
        return mine
    if mine is None:
        mine = Room(store, newest)
        st.session_state[name] = mine
    elif newest.revision != mine.work.revision:
        mine.work, mine.edition = newest, mine.edition + 1
    return mine


def trouble(room: Room[Any]) -> None:
    """Say what was not kept, with what was typed, so that nothing is lost."""
    if not room.trouble:
        return
    st.warning(room.trouble, icon=":material/sync_problem:")
    if room.typed:
        st.write(recording.TYPED)
        st.code(room.typed, language=None, wrap_lines=True)


# --------------------------------------------------------------------------- fields


def text(room: Room[WorkContent], label: str, value: str, made: Writing[WorkContent]) -> None:
    """Ask for a note and keep it; a note that may name a person is kept only after it was looked at again."""
    name = room.key(label)

    def keep() -> None:
        typed = str(st.session_state[name]).strip()
        warning = recording.may_name_somebody(typed, room.work.school)
        if warning:
            room.waiting[label] = (typed, warning)
            return
        room.waiting.pop(label, None)
        room.change(lambda content: made(content, typed), typed)

    st.text_area(label, value, key=name, height=90, on_change=keep, help=recording.ABOUT_PUPILS)
    _warned(room, label, made)


def _warned(room: Room[WorkContent], label: str, made: Writing[WorkContent]) -> None:
    """Say what a note may give away; it is not kept yet."""
    if label not in room.waiting:
        return
    typed, warning = room.waiting[label]
    st.warning(f"Nog niet bewaard: {warning}", icon=":material/privacy_tip:")

    def keep_anyway() -> None:
        room.waiting.pop(label, None)
        room.change(lambda content: made(content, typed), typed)

    st.button("Er staat niets over een persoon. Bewaar.", key=f"{room.key(label)}-anyway", on_click=keep_anyway)


def pick(
    room: Room[WorkContent],
    label: str,
    options: Sequence[Option],
    value: Option | None,
    made: Setting[WorkContent, Option],
) -> None:
    """Ask for one of these and keep it; clicking it again takes the answer away."""
    name = room.key(label)

    def keep() -> None:
        chosen = st.session_state[name]
        room.change(lambda content: made(content, chosen))

    st.segmented_control(label, options, default=value, key=name, on_change=keep)


def several(
    room: Room[WorkContent],
    label: str,
    options: Mapping[Any, str],
    value: Sequence[Any],
    made: Callable[[WorkContent, tuple[Any, ...]], WorkContent],
) -> None:
    """Ask for several of these, by name, and keep them in the order of the list."""
    name = room.key(label)

    def keep() -> None:
        chosen = tuple(item for item in options if item in st.session_state[name])
        room.change(lambda content: made(content, chosen), ", ".join(options[item] for item in chosen))

    st.multiselect(
        label,
        list(options),
        default=list(value),
        format_func=options.__getitem__,
        key=name,
        on_change=keep,
        placeholder="Kies",
    )
