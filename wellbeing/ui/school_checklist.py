"""The parts of Checklist welbevinden: the questions per pillar, last year beside it, and what to do with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from html import escape

import streamlit as st

from wellbeing.model.reference import Pillar
from wellbeing.model.school_work import Checklist, ChecklistItem, Filling, State
from wellbeing.presentation import formats, inspiration, markup, packages
from wellbeing.presentation.palette import Tone
from wellbeing.stages import checklist as reading
from wellbeing.store.database import Store
from wellbeing.ui import cache, navigation, rooms, table
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
OBLIGED = "Dit moet volgens de wet."
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
    said = [f"Van de {answered} vragen die u invulde, {'is' if counted[State.GOOD] == 1 else 'zijn'} er "
            f"**{counted[State.GOOD]} goed**."]  # fmt: skip
    if before:
        better = sum(course.step > 0 for course in reading.follow(now, before, items))
        said.append(f"Bij {formats.counted(better, 'vraag', 'vragen')} staat u er beter voor dan vorig jaar.")
    if answered < len(items):
        said.append(f"Nog {formats.counted(len(items) - answered, 'vraag', 'vragen')} te gaan.")
    st.html(markup.conclusion(said))


# --------------------------------------------------------------------------- the questions


def _pillar(room: Room[Checklist], pillar: Pillar, items: Sequence[ChecklistItem]) -> None:
    st.header(pillar.value, anchor=False)
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
        rooms.pick(room, item.question, list(State), room.content.answers.get(item.id), made)
        obliged = f"<strong>{OBLIGED}</strong> " if item.is_obliged else ""
        source = packages.link(item.owned.source)
        st.html(f'<p class="wb-facts">{obliged}Uit: {escape(item.origin)} · {source}</p>')


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
        _place_to_begin(item, room.content.answers[item.id])
    if found[FIRST_SHOWN:]:
        with st.expander(f"Nog {len(found) - FIRST_SHOWN} lege plekken"):
            for item in found[FIRST_SHOWN:]:
                _place_to_begin(item, room.content.answers[item.id])
    _take_over(store, room, items)


def _place_to_begin(item: ChecklistItem, state: State) -> None:
    catalogue = cache.reference().catalogue
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


def _take_over(store: Store, room: Room[Checklist], items: Sequence[ChecklistItem]) -> None:
    """Offer to fill the table of themes and pillars of the conversation with what this list says."""
    record = table.newest_record(store, room.work.school)
    after = reading.take_over(record, room.content, items)
    st.subheader("Naar de tabel van thema's en pijlers", anchor=False)
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
