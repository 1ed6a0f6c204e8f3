"""The parts of Ondersteuningsroute: four questions with roles, one A4, and looking at it once a year."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import streamlit as st

from wellbeing.model.report import Format
from wellbeing.model.school_work import Helper, Route, RoutePart, RouteStep, SchoolWork
from wellbeing.presentation import formats, inspiration, markup
from wellbeing.presentation.palette import Tone
from wellbeing.stages.route import IN_NEED, TOGETHER, compose_route
from wellbeing.store.database import Store
from wellbeing.ui import cache, rooms
from wellbeing.ui.rooms import Place, Room

INTRO = (
    "Wat gebeurt er als het met een leerling niet goed gaat? Vul met elkaar in wie wat doet, in functies. "
    "Het past op één blad, voor in de teamkamer en in de map van elke mentor."
)
ABOUT = (
    "De stappen van de landelijke route zijn niet openbaar. Deze vier vragen maakten we zelf, als begin van jullie "
    "gesprek. Jullie vullen ze in met de jeugdhulp en de jeugdgezondheidszorg."
)
HELP = {
    RoutePart.SEES: "Denk ook aan de conciërge, de sportdocent en leerlingen zelf. Waar gaat iemand met een zorg heen?",
    RoutePart.TALKS: "Binnen hoeveel dagen? Wie belt de ouders, en wat als een leerling dat niet wil?",
    RoutePart.DECIDES: "Gaat het om leren of om leven? Wie zit aan tafel, hoe vaak, en wie houdt overzicht?",
    RoutePart.HELPS: "Wat doet de school zelf, en wanneer komt hulp van buiten? Wie vraagt na of het helpt?",
}
FROM_BEFORE = "Neem de route van {year} over"
NOT_LOOKED = "In {year} nog niet samen bekeken."
LOOKED = "Samen bekeken op {day}."
WHO_LOOKS = (
    "Kijk er één keer per jaar naar met de zorgcoördinator, de jeugdverpleegkundige, de jeugdhulp en leerlingen."
)
THEME = "zorgstructuur"


def show(store: Store, place: Place) -> None:
    """Show the route of this school and year."""
    room = rooms.enter(store, Route(), place)
    st.html(markup.quiet(rooms.SAVED))
    rooms.trouble(room)
    _from_before(store, room, place)
    st.html(f'<div class="wb-conclusion"><p class="wb-rest">{markup.text(IN_NEED)}</p></div>')
    for number, part in enumerate(RoutePart, start=1):
        _part(room, number, part)
    st.html(markup.quiet(TOGETHER))
    _download(room)
    _evaluate(room)
    _examples()
    st.html(markup.quiet(ABOUT))


def _from_before(store: Store, room: Room[Route], place: Place) -> None:
    """Offer the last route that was kept, where this year has none yet."""
    if not room.content.is_empty:
        return
    earlier = [work for work in store.works(Route, place.school) if work.year < place.year]
    if earlier:
        last = earlier[-1]
        label = FROM_BEFORE.format(year=last.year)
        st.button(label, icon=":material/content_copy:", on_click=_take, args=(room, last), key="route-before")


def _take(room: Room[Route], before: SchoolWork[Route]) -> None:
    if room.change(lambda route: replace(route, steps=before.content.steps)):
        room.edition += 1


def _part(room: Room[Route], number: int, part: RoutePart) -> None:
    st.header(f"{number}. {part.value}", anchor=False)
    step = room.content.step(part)
    labels = {helper: helper.value for helper in Helper}

    def with_roles(route: Route, roles: tuple[Helper, ...]) -> Route:
        return _with(route, part, replace(route.step(part), roles=roles))

    def with_how(route: Route, typed: str) -> Route:
        return _with(route, part, replace(route.step(part), how=typed))

    st.html(markup.quiet(HELP[part]))
    rooms.several(room, f"Functies bij stap {number}", labels, step.roles, with_roles)
    rooms.text(room, f"Hoe doen jullie dat? (stap {number})", step.how, with_how)


def _with(route: Route, part: RoutePart, step: RouteStep) -> Route:
    return replace(route, steps={**route.steps, part: step})


def _download(room: Room[Route]) -> None:
    st.header("Op één blad", anchor=False)
    if room.content.is_empty:
        st.html(markup.quiet("Vul eerst iets in."))
        return
    wanted = cache.fingerprint(room.work)
    if st.button("Maak het A4", key="route-make", type="primary", icon=":material/description:"):
        st.session_state["route-made"] = wanted
    if st.session_state.get("route-made") == wanted:
        st.download_button(
            "Download de route (PDF)",
            cache.file_of(Format.PDF, compose_route(room.work, dt.date.today())),
            f"ondersteuningsroute-{room.work.year}.pdf",
            mime=Format.PDF.media_type,
            on_click="ignore",
            key="route-download",
            icon=":material/download:",
        )


def _evaluate(room: Room[Route]) -> None:
    st.header("Eén keer per jaar samen bekijken", anchor=False)
    day = room.content.evaluated_on
    said = LOOKED.format(day=formats.date(day)) if day else NOT_LOOKED.format(year=room.work.year)
    st.html(f"<p>{markup.badge(said, Tone.FAVOURABLE if day else Tone.NEUTRAL)}</p>")
    st.html(markup.quiet(WHO_LOOKS))
    name = room.key("evaluated")

    def keep() -> None:
        chosen = st.session_state[name]
        room.change(lambda route: replace(route, evaluated_on=chosen))

    st.date_input("Wanneer bekeken jullie de route?", day, format="DD-MM-YYYY", key=name, on_change=keep)
    rooms.text(room, "Wat werkt goed?", room.content.works, lambda route, typed: replace(route, works=typed))
    rooms.text(room, "Wat veranderen we?", room.content.changes, lambda route, typed: replace(route, changes=typed))


def _examples() -> None:
    catalogue = cache.reference().catalogue
    rows = [row for row in inspiration.card_rows(catalogue) if row.is_inspiration and THEME in row.themes]
    with st.expander("Zo doen andere scholen het", key="route-examples"):
        st.html(inspiration.cards(rows, catalogue))
