"""The parts of Leerlingen vragen: open questions for a group of pupils, and what they said beside the figures."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from wellbeing.model.conversation import Conversation, DiscussionPoint
from wellbeing.model.reference import Codebook, Sensitivity
from wellbeing.model.school_work import PupilTalk, TalkGroup, point_key
from wellbeing.presentation import agenda, markup
from wellbeing.store.database import Store
from wellbeing.ui import cache, navigation, rooms, table
from wellbeing.ui.asking import plain
from wellbeing.ui.rooms import Place, Room

INTRO = (
    "Wat vinden leerlingen zelf van de punten uit het Adviesgesprek? Praat met een groep, en breng terug wat ze zeiden."
)
RULES = (
    "Praat met minstens vijf leerlingen. Vraag naar leerlingen op school, niet naar henzelf of naar een ander.",
    "Laat alleen cijfers zien uit de deelversie van het rapport. Die maakt u bij Rapporten.",
    "Vertelt iemand iets over zichzelf? Praat later onder vier ogen verder, en betrek mentor of jeugdverpleegkundige.",
    "Zeg wat u met de antwoorden doet, en kom erop terug.",
)
QUESTIONS = (
    "Herkennen jullie dit bij leerlingen op deze school?",
    "Waar komt dat door, denken jullie?",
    "Wat zou helpen, en wat kunnen leerlingen daar zelf in doen?",
)
WHAT_GOES_WELL = (
    "Merken leerlingen op deze school dat dit goed gaat?",
    "Waar komt dat door, denken jullie?",
    "Wat moeten we vooral zo houden?",
)
SENSITIVE = "Dit onderwerp is gevoelig: praat er niet over in een groep. Vraag de jeugdverpleegkundige wat kan."
NO_POINTS = "Er zijn nog geen punten gekozen. Kies ze bij Adviesgesprek, Voorbereiden. Dan staan de vragen hier."
TO_CONVERSATION, DONE = "Zet bij het gesprek", "Staat bij dit punt in het Adviesgesprek."
PUPILS_SAY = "Leerlingen zeggen: {heard}"


def show(store: Store, place: Place) -> None:
    """Show the questions for this school, and ask what pupils said."""
    room = rooms.enter(store, PupilTalk(), place)
    record, codebook = table.newest_record(store, place.school), _codebook(store, place.school)
    st.html(markup.quiet(rooms.SAVED))
    rooms.trouble(room)
    st.html(markup.remarks(RULES))
    if not record.points or codebook is None:
        st.html(markup.quiet(NO_POINTS))
        st.page_link(navigation.CONVERSATION.file, label=navigation.CONVERSATION.title, icon=":material/forum:")
        return
    _when(room)
    for number, point in enumerate(record.points, start=1):
        _point(store, room, (number, point), codebook)


def _codebook(store: Store, school: str) -> Codebook | None:
    """Give the questionnaire of the last measurement of a school; none where there are no figures of it."""
    measured = store.measurements(school)
    return cache.reference().codebook(max(measured, key=lambda item: item.year).codebook) if measured else None


def _when(room: Room[PupilTalk]) -> None:
    rooms.pick(room, "Met wie praat u?", list(TalkGroup), room.content.group, _with_group)
    name = room.key("held")

    def keep() -> None:
        chosen = st.session_state[name]
        room.change(lambda talk: replace(talk, held_on=chosen))

    st.date_input("Wanneer was het gesprek?", room.content.held_on, format="DD-MM-YYYY", key=name, on_change=keep)


def _with_group(talk: PupilTalk, chosen: TalkGroup | None) -> PupilTalk:
    return replace(talk, group=chosen)


# --------------------------------------------------------------------------- one point


def _point(store: Store, room: Room[PupilTalk], numbered: tuple[int, DiscussionPoint], codebook: Codebook) -> None:
    number, point = numbered
    st.header(f"{number}. {plain(agenda.title(point, codebook))}", anchor=False)
    if is_sensitive(point, codebook):
        st.warning(SENSITIVE, icon=":material/privacy_tip:")
        return
    st.html(markup.remarks(WHAT_GOES_WELL if point.goes_well else QUESTIONS))
    heard, name = room.content.heard.get(point_key(point), ""), point_key(point)
    rooms.text(
        room,
        f"Wat zeiden leerlingen? (punt {number})",
        heard,
        lambda talk, typed: replace(talk, heard={**talk.heard, name: typed}),
    )
    if heard and PUPILS_SAY.format(heard=heard) in point.note:
        st.success(DONE, icon=":material/check:")
    elif heard:
        st.button(
            TO_CONVERSATION, key=f"said-{number}", icon=":material/forum:", on_click=_bring, args=(store, room, point)
        )


def is_sensitive(point: DiscussionPoint, codebook: Codebook) -> bool:
    """Whether a point is about a subject that does not belong in a group; of a theme, whether it holds one."""
    about = [
        item
        for item in codebook.indicators
        if (item.id == point.indicator if point.indicator else item.theme == point.theme)
    ]
    return any(item.sensitivity is not Sensitivity.NORMAL for item in about)


def _bring(store: Store, room: Room[PupilTalk], point: DiscussionPoint) -> None:
    said = PUPILS_SAY.format(heard=room.content.heard[point_key(point)])
    table.change(store, room.work.school, lambda record: with_said(record, point, said))


def with_said(record: Conversation, point: DiscussionPoint, said: str) -> Conversation:
    """Add what pupils said to the note of a point; what others wrote there stays."""
    points = [
        replace(item, note="\n".join(part for part in (item.note, said) if part))
        if point_key(item) == point_key(point)
        else item
        for item in record.points
    ]
    return replace(record, points=tuple(points))
