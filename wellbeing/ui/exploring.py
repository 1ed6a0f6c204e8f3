"""The parts of Probleemverkenning: from what people see, in four steps, to a goal and what may help."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import streamlit as st

from wellbeing.model.conversation import Agreement, Conversation, Need
from wellbeing.model.reference import Bouw, IndicatorId
from wellbeing.model.school_work import Exploration, Explorations, Scope
from wellbeing.presentation import formats, markup, wording
from wellbeing.store.database import Store
from wellbeing.ui import cache, navigation, recording, rooms, table
from wellbeing.ui.asking import plain
from wellbeing.ui.rooms import Place, Room

INTRO = (
    "Valt er iets op bij een groep leerlingen of op de hele school? Neem de tijd voordat u iets kiest. "
    "In vier stappen komt u van wat u ziet bij een doel: signaleren, verkennen, doel kiezen en aanpak zoeken."
)
ONE_PUPIL = (
    "Gaat het om één leerling? Dat hoort hier niet. Praat met de leerling en de ouders, en volg de "
    "ondersteuningsroute van de school."
)
ORIGIN = (
    "De vier stappen komen van de Praktijkkaart Probleemverkenning en doelstelling (EducationLab). "
    "De vragen zijn van ons."
)
WHAT = "Waar gaat het over? (in een paar woorden)"
STEPS = ("Signaleren", "Verkennen", "Doel kiezen", "Aanpak zoeken")
NO_FIGURES = "Van deze school zijn geen cijfers bewaard. Een doel zonder cijfer kan ook."
ON_TABLE = "Dit doel staat bij de afspraken."
ON_CALENDAR = "Dit doel staat bij de afspraken. Het staat ook op het Jaarplan."
TO_AGREEMENTS, TO_TABLE = "Zet het doel bij de afspraken", "Zet het thema op tafel"
THEME_ON_TABLE = "{theme} ligt op tafel. Kijk wat past bij Wat kan de school doen?"
TWICE = "Deze verkenning is er al. Kies die hierboven, of geef een andere naam."
AT = "exploration-at"
Figure = tuple[IndicatorId, Bouw]


def show(store: Store, place: Place) -> None:
    """Show the explorations of this school and year: choose one, or begin one."""
    room = rooms.enter(store, Explorations(), place)
    st.html(markup.quiet(rooms.SAVED))
    rooms.trouble(room)
    st.info(ONE_PUPIL, icon=":material/person:")
    st.page_link(navigation.ROUTE.file, label=navigation.ROUTE.title, icon=":material/arrow_forward:")
    at = _which(room)
    if at is not None:
        _signals(room, at)
        _behind(room, at)
        _goal(store, room, at)
        _approach(store, room, at)
    _begin(room)
    st.html(markup.quiet(ORIGIN))


def _which(room: Room[Explorations]) -> int | None:
    """Let people choose one of the explorations; the last one that was begun is open."""
    items = room.content.items
    if not items:
        return None
    if len(items) == 1:
        st.header(plain(items[0].title), anchor=False)
        return 0
    numbers = list(range(len(items)))
    name = f"{room.key(AT)}-{len(items)}"
    chosen = st.selectbox(
        "Welke verkenning?", numbers, index=numbers[-1], format_func=lambda at: items[at].title, key=name
    )
    return int(chosen)


def _begin(room: Room[Explorations]) -> None:
    label = "Nog een verkenning beginnen" if room.content.items else "Een verkenning beginnen"
    box = st.expander(label, expanded=not room.content.items, icon=":material/add:", key="begin-exploration")
    with box, st.form(f"begin-{len(room.content.items)}", border=False):
        title = st.text_input(WHAT, max_chars=80).strip()
        asked = st.form_submit_button("Begin", type="primary")
    if not asked or not title:
        return
    if title in {item.title for item in room.content.items}:
        st.warning(TWICE)
        return
    named = recording.may_name_somebody(title, room.work.school)
    if named:
        st.warning(f"Nog niet bewaard: {named}", icon=":material/privacy_tip:")
        return
    room.change(lambda content: Explorations((*content.items, Exploration(title))), title)
    st.rerun()


# --------------------------------------------------------------------------- the four steps


def _signals(room: Room[Explorations], at: int) -> None:
    item, themes = room.content.items[at], recording.theme_names()
    _heading(0)
    rooms.pick(room, _label(room, at, "Bij wie ziet u dit?"), list(Scope), item.scope, _setting(at, "scope"))
    name = room.key(f"theme {at}")
    choices = list(themes)

    def keep() -> None:
        chosen = st.session_state[name] or ""
        room.change(lambda content: _with(content, at, theme=chosen))

    st.selectbox(
        "Bij welk thema hoort het?",
        choices,
        index=choices.index(item.theme) if item.theme in themes else None,
        format_func=themes.__getitem__,
        key=name,
        on_change=keep,
        placeholder="Kies",
    )
    question = "Wat ziet u? Sinds wanneer, waar, en wie ziet het nog meer?"
    _note(room, at, question, "seen", item.seen)


def _behind(room: Room[Explorations], at: int) -> None:
    _heading(1)
    question = "Wat zit erachter? Wat zeggen leerlingen en ouders zelf, en waar gaat het juist goed?"
    _note(room, at, question, "behind", room.content.items[at].behind)


def _goal(store: Store, room: Room[Explorations], at: int) -> None:
    item = room.content.items[at]
    _heading(2)
    _note(room, at, "Wat is er anders als het gelukt is?", "goal", item.goal)
    _figure(store, room, at)
    name = room.key(f"by {at}")

    def keep() -> None:
        chosen = st.session_state[name]
        if room.change(lambda content: _with(content, at, by=chosen)):
            _give_day(store, room, at)

    st.date_input("Wanneer willen we daar zijn?", item.by, format="DD-MM-YYYY", key=name, on_change=keep)
    if item.goal and any(made.what == item.goal for made in table.newest_record(store, room.work.school).agreements):
        st.success(ON_CALENDAR if item.by else ON_TABLE, icon=":material/check:")
        st.page_link(navigation.YEAR_PLAN.file, label=navigation.YEAR_PLAN.title, icon=":material/event:")
    elif item.goal:
        st.button(TO_AGREEMENTS, key="goal", icon=":material/handshake:", on_click=_agree, args=(store, room, at))


def _approach(store: Store, room: Room[Explorations], at: int) -> None:
    item, school = room.content.items[at], room.work.school
    _heading(3)
    _note(room, at, "Wat doen jullie al, en wat hebben jullie nodig?", "approach", item.approach)
    if not item.theme:
        return
    if any(need.theme == item.theme for need in table.newest_record(store, school).needs):
        label = plain(formats.capital(recording.theme_names()[item.theme]))
        st.success(THEME_ON_TABLE.format(theme=label), icon=":material/check:")
        st.page_link(navigation.SUGGESTIONS.file, label=navigation.SUGGESTIONS.title, icon=":material/lightbulb:")
    else:
        need = Need(item.theme, item.title)
        st.button(
            TO_TABLE, key="need", icon=":material/lightbulb:", on_click=table.put_on_table, args=(store, school, need)
        )


def _heading(step: int) -> None:
    st.header(f"{step + 1}. {STEPS[step]}", anchor=False)


def _note(room: Room[Explorations], at: int, question: str, name: str, value: str) -> None:
    rooms.text(room, _label(room, at, question), value, _setting(at, name))


def _label(room: Room[Explorations], at: int, question: str) -> str:
    """Tell the questions of several explorations apart."""
    return question if len(room.content.items) == 1 else f"{question} ({room.content.items[at].title})"


def _setting(at: int, name: str) -> Any:
    """Give the change that fills one field of one exploration."""
    return lambda content, value: _with(content, at, **{name: value})


def _with(content: Explorations, at: int, **changes: Any) -> Explorations:
    return Explorations(recording.with_item(content.items, at, **changes))


# --------------------------------------------------------------------------- the figure, and back to the table


def _figure(store: Store, room: Room[Explorations], at: int) -> None:
    item, found = room.content.items[at], figures(store, room.work.school)
    if not found:
        st.html(markup.quiet(NO_FIGURES))
        return
    choices, name = list(found), room.key(f"figure {at}")
    now = (item.indicator, item.bouw)

    def keep() -> None:
        indicator, bouw = st.session_state[name] or (None, None)
        room.change(lambda content: _with(content, at, indicator=indicator, bouw=bouw))

    st.selectbox(
        "Naar welk cijfer kijken we volgende keer?",
        choices,
        index=next((place for place, choice in enumerate(choices) if choice == now), None),
        format_func=found.__getitem__,
        key=name,
        on_change=keep,
        placeholder="Kies",
    )


def figures(store: Store, school: str) -> Mapping[Figure, str]:
    """Give every subject of the last measurement of a school by name, per population."""
    measured = store.measurements(school)
    last = [item for item in measured if item.year == max(one.year for one in measured)]
    return {
        (IndicatorId(indicator.id), item.bouw): f"{indicator.label} ({wording.population(item.bouw)})"
        for item in last
        for indicator in cache.reference().codebook(item.codebook).indicators
    }


def _agree(store: Store, room: Room[Explorations], at: int) -> None:
    """Make an agreement of the goal, with the day that stands in the field: it may not be kept yet."""
    item = room.content.items[at]
    made = replace(item.agreement, due=st.session_state.get(room.key(f"by {at}"), item.by))
    table.change(store, room.work.school, lambda record: replace(record, agreements=(*record.agreements, made)))


def _give_day(store: Store, room: Room[Explorations], at: int) -> None:
    """Give the agreement of this goal the day that was filled in later; one that has a day keeps it."""
    goal = room.content.items[at].agreement

    def waits(made: Agreement) -> bool:
        return bool(goal.what) and made.what == goal.what and made.due is None

    def with_day(record: Conversation) -> Conversation:
        agreements = [replace(made, due=goal.due) if waits(made) else made for made in record.agreements]
        return replace(record, agreements=tuple(agreements))

    if goal.due and any(map(waits, table.newest_record(store, room.work.school).agreements)):
        table.change(store, room.work.school, with_day)
