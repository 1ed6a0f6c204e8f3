"""The parts of Checklist welbevinden: the questions per pillar, last year beside it, and what to do with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from html import escape

import streamlit as st

from wellbeing.model.conversation import Need
from wellbeing.model.reference import Pillar
from wellbeing.model.school_work import Checklist, ChecklistItem, Filling, State
from wellbeing.presentation import formats, inspiration, markup, packages
from wellbeing.presentation.palette import Tone
from wellbeing.stages import checklist as reading
from wellbeing.store.database import Store
from wellbeing.ui import cache, navigation, rooms, table
from wellbeing.ui.asking import plain
from wellbeing.ui.rooms import Place, Room

INTRO = (
    "Hoe staat jullie school ervoor? Vul de lijst samen in, eerlijk en zonder haast. "
    "Nog niet alles op orde? Dat is gewoon. De lijst helpt u kiezen waar u begint."
)
ORIGIN = (
    "De vragen van de landelijke checklist zijn niet openbaar. Deze lijst maakten we van de criteria van Gezonde "
    "School. Bij elke vraag staat waar die vandaan komt."
)
TONES = {State.GOOD: Tone.FAVOURABLE, State.BETTER: Tone.NEUTRAL, State.NOT_YET: Tone.UNFAVOURABLE}
ABOUT = {
    Pillar.POLICY: "Wat is afgesproken en opgeschreven.",
    Pillar.ENVIRONMENT: "Het gebouw, de sfeer en de mensen om leerlingen heen.",
    Pillar.EDUCATION: "Wat leerlingen, ouders en medewerkers leren.",
    Pillar.SIGNALLING: "Zien dat het niet goed gaat, en weten wie dan helpt.",
}
"""What each pillar is about, for who does not know the word."""

OBLIGED = "Dit moet volgens de wet."
TO_CONVERSATION = "Neem de lijst mee naar het gesprek"
TABLE = (
    "Bij Wat kan de school doen? staat een tabel: wat doet de school al, per thema en per pijler? Deze lijst vult die "
    "tabel voor u in. Is alles goed, dan komt er een vinkje. Wat beter kan of nog niet lukt, wordt een leeg vak."
)
ON_TABLE = "{theme} ligt op tafel in het gesprek."
TAKE_OVER = "Neem over"
TAKEN = "Overgenomen. U ziet het bij Wat kan de school doen?, onder Wat doet de school al?"
NOTHING_NEW = "De tabel klopt al met deze lijst."
NO_YEAR_BEFORE = "Van {year} is geen lijst bewaard. Volgend jaar staat deze lijst ernaast."
FIRST_SHOWN = 3
MOST_EXAMPLES = 2


def show(store: Store, place: Place) -> None:
    """Show the checklist of this school and year."""
    room = rooms.enter(store, Checklist(), place)
    items = cache.reference().lists.checklist
    before = store.work(Checklist, place.school, place.year_before)
    st.html(markup.quiet(rooms.SAVED))
    rooms.trouble(room)
    _conclusion(room.content, before.content if before else None, items)
    rooms.pick(room, "Hoe vult u de lijst in?", list(Filling), room.content.filling, _with_filling)
    for pillar in Pillar:
        _pillar(room, pillar, [item for item in items if item.pillar is pillar])
    _open_places(store, room, items)
    _last_year(room.content, before.content if before else None, items, place)
    st.html(markup.quiet(ORIGIN))


def _conclusion(now: Checklist, before: Checklist | None, items: Sequence[ChecklistItem]) -> None:
    counted = reading.tally(now, items)
    answered = sum(counted.values())
    if not answered:
        return
    good = counted[State.GOOD]
    filled = formats.counted(answered, "vraag", "vragen")
    said = [f"U vulde {filled} in. Daarvan {'is' if good == 1 else 'zijn'} er **{good} goed**."]
    if before:
        better = sum(course.step > 0 for course in reading.follow(now, before, items))
        said.append(f"Bij {formats.counted(better, 'vraag', 'vragen')} staat u er beter voor dan vorig jaar.")
    if answered < len(items):
        said.append(f"Nog {formats.counted(len(items) - answered, 'vraag', 'vragen')} te gaan.")
    st.html(markup.conclusion(said))


# --------------------------------------------------------------------------- the questions


def _pillar(room: Room[Checklist], pillar: Pillar, items: Sequence[ChecklistItem]) -> None:
    st.header(pillar.value, anchor=False)
    st.html(markup.quiet(ABOUT[pillar]))
    counted = reading.tally(room.content, items)
    labels = [markup.badge(f"{number} {state.value}", TONES[state]) for state, number in counted.items() if number]
    if labels:
        st.html(f"<p>{' '.join(labels)}</p>")
    for item in items:
        _question(room, item)
    note = room.content.notes.get(pillar, "")
    rooms.text(room, f"Toelichting bij {pillar.value}", note, lambda content, typed: _with_note(content, pillar, typed))


def _question(room: Room[Checklist], item: ChecklistItem) -> None:
    def made(content: Checklist, chosen: State | None) -> Checklist:
        others = {name: state for name, state in content.answers.items() if name != item.id}
        return replace(content, answers=others if chosen is None else {**others, item.id: State(chosen)})

    with st.container(gap=None):
        rooms.pick(room, plain(item.question), list(State), room.content.answers.get(item.id), made)
        obliged = f"<strong>{OBLIGED}</strong> " if item.is_obliged else ""
        st.html(f'<p class="wb-facts">{obliged}Uit: {_origin(item)}</p>')


def _origin(item: ChecklistItem) -> str:
    """Say where a question comes from; one link with words of its own, where the source has an address."""
    source = item.owned.source
    link = packages.link(source, item.origin)
    return link if link.startswith("<a") else f"{escape(item.origin)} · {link}"


def _with_filling(content: Checklist, chosen: Filling | None) -> Checklist:
    return replace(content, filling=Filling(chosen) if chosen else None)


def _with_note(content: Checklist, pillar: Pillar, typed: str) -> Checklist:
    return replace(content, notes={**content.notes, pillar: typed})


# --------------------------------------------------------------------------- what to do with it


def _open_places(store: Store, room: Room[Checklist], items: Sequence[ChecklistItem]) -> None:
    found = reading.open_items(room.content, items)
    st.header("Waar kunt u beginnen?", anchor=False)
    if not found:
        st.html(markup.quiet("Nog geen lege plekken. Kiest u 'kan beter' of 'nog niet', dan staat de vraag hier."))
    for item in found[:FIRST_SHOWN]:
        _place_to_begin(store, room, item)
    if found[FIRST_SHOWN:]:
        with st.expander(f"Nog {len(found) - FIRST_SHOWN} lege plekken"):
            for item in found[FIRST_SHOWN:]:
                _place_to_begin(store, room, item)
    _take_over(store, room, items)


def _place_to_begin(store: Store, room: Room[Checklist], item: ChecklistItem) -> None:
    catalogue, state = cache.reference().catalogue, room.content.answers[item.id]
    themes = formats.listing([catalogue.theme(theme).label for theme in item.themes])
    badge = markup.badge(state.value, TONES[state])
    st.html(
        f'<p class="wb-line">{markup.text(f"**{item.question}**")} {badge}<br>'
        f'<span class="wb-facts">{escape(item.pillar.value)} · {escape(themes)}</span></p>'
    )
    rows = inspiration.examples(inspiration.card_rows(catalogue), item.pillar, item.themes)[:MOST_EXAMPLES]
    if rows:
        with st.expander("Zo doen andere scholen het", key=f"examples-{item.id}"):
            st.html(inspiration.cards(rows, catalogue))
    _put_on_table(store, room, item)


def _put_on_table(store: Store, room: Room[Checklist], item: ChecklistItem) -> None:
    """Offer to work on the first theme of an empty place; the school chooses, so nothing happens by itself."""
    if not item.themes:
        return
    theme, school = item.themes[0], room.work.school
    label = plain(cache.reference().catalogue.theme(theme).label)
    if any(need.theme == theme for need in table.newest_record(store, school).needs):
        st.success(ON_TABLE.format(theme=label), icon=":material/check:")
        return
    st.button(
        f"Zet op tafel: {label}",
        key=f"need-{item.id}",
        icon=":material/lightbulb:",
        on_click=table.put_on_table,
        args=(store, school, Need(theme, item.question)),
    )


def _take_over(store: Store, room: Room[Checklist], items: Sequence[ChecklistItem]) -> None:
    """Offer to fill the table of themes and pillars of the conversation with what this list says."""
    record = table.newest_record(store, room.work.school)
    after = reading.take_over(record, room.content, items)
    st.subheader(TO_CONVERSATION, anchor=False)
    st.html(markup.quiet(TABLE))
    if after == record:
        st.html(markup.quiet(NOTHING_NEW if room.content.answers else "Vul eerst de lijst in."))
        return
    ticked, emptied = after.already_done - record.already_done, record.already_done - after.already_done
    for words, cells in (("Wordt aangevinkt", ticked), ("Wordt leeg", emptied)):
        if cells:
            st.html(f"<p>{markup.text(f'**{words}:** {_named(cells)}.')}</p>")
    st.button(
        TAKE_OVER, icon=":material/checklist:", type="primary", on_click=_taken, args=(store, room, items), key="take"
    )


def _taken(store: Store, room: Room[Checklist], items: Sequence[ChecklistItem]) -> None:
    if table.change(store, room.work.school, lambda record: reading.take_over(record, room.content, items)):
        st.toast(TAKEN, icon=":material/check:")


def _named(cells: frozenset[reading.Cell]) -> str:
    catalogue = cache.reference().catalogue
    return formats.listing(sorted(f"{catalogue.theme(theme).label} ({pillar.value})" for theme, pillar in cells))


# --------------------------------------------------------------------------- last year


def _last_year(now: Checklist, before: Checklist | None, items: Sequence[ChecklistItem], place: Place) -> None:
    st.header("Vergeleken met vorig jaar", anchor=False)
    if before is None:
        st.html(markup.quiet(NO_YEAR_BEFORE.format(year=place.year_before)))
        return
    rows = [
        [course.item.question, _state(course.before), _state(course.now), _step(course.step)]
        for course in reading.follow(now, before, items)
    ]
    st.html(markup.table("De checklist van twee jaren", ["Vraag", place.year_before, place.year, "Verandering"], rows))


def _state(state: State | None) -> str:
    return state.value if state else "niet ingevuld"


def _step(step: int) -> str:
    if step == 0:
        return "–"
    return "▲ beter" if step > 0 else "▼ minder goed"


def next_steps() -> None:
    """Lead on to the table and the suggestions."""
    st.page_link(navigation.SUGGESTIONS.file, label="Wat kan de school doen?", icon=":material/lightbulb:")
