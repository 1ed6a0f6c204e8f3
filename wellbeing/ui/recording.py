"""The record of the conversation on screen: read, changed and kept field by field.

A change is saved the moment it is made. The copy of this visitor carries the revision it was read
with, so that the store notices when somebody else saved in between; then nothing is overwritten and
what was typed is shown again.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import streamlit as st

from wellbeing.intake.notes import personal_data_in
from wellbeing.model.conversation import Conversation, Need
from wellbeing.model.results import Analysis
from wellbeing.presentation import formats
from wellbeing.store.database import Store
from wellbeing.store.failures import ConflictError, StoreError
from wellbeing.ui import cache, session

KEY = "gespreksverslag"
ABOUT_PUPILS = (
    "Alleen over groepen leerlingen. Wat de jeugdverpleegkundige van één leerling weet, vertelt zij; "
    "het wordt niet opgeschreven."
)
TYPED = "Dit had u ingevuld. Kopieer het om het opnieuw in te vullen:"
NOTED = {"needs": "behoefte", "signals": "signaal"}

Change = Callable[[Conversation], Conversation]
WithText = Callable[[Conversation, str], Conversation]


@dataclass(slots=True)
class Sheet:
    """The copy of this visitor, what went wrong last, and what was typed then.

    ``edition`` goes up when fields must show what somebody else saved: it is part of their keys.
    ``waiting`` holds, by its label, a note that may name a person and is not kept yet, with the reason.
    ``at`` is the point on the table, ``changing`` the agreement that is being changed.
    """

    record: Conversation
    edition: int = 0
    trouble: str = ""
    typed: str = ""
    waiting: dict[str, tuple[str, str]] = field(default_factory=dict)
    at: int = 0
    changing: int | None = None


# --------------------------------------------------------------------------- reading and keeping


def current(store: Store, analysis: Analysis) -> Sheet:
    """Give the record of the school on screen; two years together belong to the last of them."""
    now = session.state().measurement
    return open_sheet(store, analysis.published.school, now.year if now else analysis.published.year)


def open_sheet(store: Store, school: str, year: str) -> Sheet:
    """Give the record of this school and measurement as it is kept now.

    Where the store cannot be read for a moment, the copy of this visitor stays on screen.
    """
    sheet: Sheet | None = st.session_state.get(KEY)
    mine = sheet if sheet is not None and (sheet.record.school, sheet.record.year) == (school, year) else None
    try:
        newest = store.conversation(school, year) or _new(school, year)
    except StoreError as error:
        if mine is None:
            st.error(str(error))
            st.stop()
        mine.trouble = str(error)
        return mine
    if mine is None:
        mine = Sheet(newest)
        st.session_state[KEY] = mine
    elif newest.revision != mine.record.revision:
        mine.record, mine.edition = newest, mine.edition + 1
    return mine


def _new(school: str, year: str) -> Conversation:
    """Begin a record with what this visitor already said on other pages."""
    chosen = session.state()
    return Conversation(school, year, is_invented=chosen.is_demo).with_wishes(chosen.wishes)


def change(store: Store | None, made: Change, typed: str = "") -> bool:
    """Keep one change and tell whether that was done; where it fails, remember why and what was typed.

    Without a store the change lasts as long as this visit.
    """
    sheet: Sheet = st.session_state[KEY]
    sheet.trouble = sheet.typed = ""
    try:
        changed = made(sheet.record)
        sheet.record = store.save_conversation(changed) if store else changed
    except ConflictError as error:
        sheet.record, sheet.edition = error.newest or sheet.record, sheet.edition + 1
        _remember(sheet, str(error), typed)
    except StoreError as error:
        _remember(sheet, str(error), typed)
    return not sheet.trouble


def _remember(sheet: Sheet, trouble: str, typed: str) -> None:
    sheet.trouble, sheet.typed = trouble, typed
    st.toast(trouble, icon=":material/sync_problem:")


def trouble(sheet: Sheet) -> None:
    """Say what was not kept, with what was typed, so that nothing is lost."""
    if not sheet.trouble:
        return
    st.warning(sheet.trouble, icon=":material/sync_problem:")
    if sheet.typed:
        st.write(TYPED)
        st.code(sheet.typed, language=None, wrap_lines=True)


# --------------------------------------------------------------------------- fields


def key(name: str) -> str:
    """Give the key of a field: of this school, this measurement, and this edition of the record."""
    sheet: Sheet = st.session_state[KEY]
    return f"record-{cache.fingerprint(name, sheet.record.school, sheet.record.year)[:12]}-{sheet.edition}"


def text(store: Store | None, label: str, value: str, made: WithText, *, height: int = 90) -> None:
    """Ask for a note and keep it; a note that may name a person is kept only after it was looked at again."""
    name, sheet = key(label), st.session_state[KEY]

    def keep() -> None:
        typed = str(st.session_state[name]).strip()
        warning = may_name_somebody(typed, sheet.record.school)
        if warning:
            sheet.waiting[label] = (typed, warning)
            return
        sheet.waiting.pop(label, None)
        change(store, lambda record: made(record, typed), typed)

    st.text_area(label, value, key=name, height=height, on_change=keep, help=ABOUT_PUPILS)
    _warned(store, label, name, made)


def _warned(store: Store | None, label: str, name: str, made: WithText) -> None:
    """Say what a note may give away; it is not kept yet."""
    sheet: Sheet = st.session_state[KEY]
    if label not in sheet.waiting:
        return
    typed, warning = sheet.waiting[label]
    st.warning(f"Nog niet bewaard: {warning}", icon=":material/privacy_tip:")
    if str(st.session_state[name]).strip() != typed:  # somebody else's version came in its place
        st.code(typed, language=None, wrap_lines=True)

    def keep_anyway() -> None:
        sheet.waiting.pop(label, None)
        change(store, lambda record: made(record, typed), typed)

    st.button("Er staat niets over een persoon. Bewaar.", key=f"{name}-anyway", on_click=keep_anyway)


def may_name_somebody(typed: str, school: str) -> str:
    """Say what in a note may tell who somebody is; empty where nothing does."""
    found = personal_data_in(typed, _known_names(school))
    if not found:
        return ""
    return f"hier staat misschien: {formats.listing(found, 'of')}. Haal weg wat over een persoon gaat."


def _known_names(school: str) -> Collection[str]:
    """Give names that may stand in a note: of the school, and of everything in the catalogue."""
    return frozenset({school, *(row.title for row in cache.reference().catalogue.rows)})


def choose(
    store: Store,
    label: str,
    options: Mapping[Any, str],
    value: Collection[Any],
    made: Callable[[Conversation, tuple[Any, ...]], Conversation],
) -> None:
    """Ask for several of these, by name, and keep them; ``value`` are those chosen before."""
    name = key(label)

    def keep() -> None:
        chosen = tuple(st.session_state[name])
        change(store, lambda record: made(record, chosen), formats.listing([options[item] for item in chosen]))

    st.multiselect(
        label,
        list(options),
        default=[item for item in options if item in value],
        format_func=options.__getitem__,
        key=name,
        on_change=keep,
        placeholder="Kies",
    )


def choose_themes(store: Store, label: str, name: str) -> None:
    """Ask for themes of the catalogue (``needs`` or ``signals``), and per theme a note; notes of themes stay."""
    sheet: Sheet = st.session_state[KEY]
    labels, found = theme_names(), getattr(sheet.record, name)

    def chosen(record: Conversation, themes: tuple[str, ...]) -> Conversation:
        notes = {need.theme: need for need in getattr(record, name)}
        return _with(record, name, tuple(notes.get(theme, Need(theme)) for theme in themes))

    choose(store, label, labels, [need.theme for need in found], chosen)
    for need in (item for item in found if item.theme in labels):
        question = f"Toelichting bij {labels[need.theme].lower()} ({NOTED[name]})"
        text(store, question, need.note, _noted(name, need.theme), height=70)


def _noted(name: str, theme: str) -> WithText:
    def made(record: Conversation, typed: str) -> Conversation:
        found = getattr(record, name)
        return _with(record, name, tuple(replace(n, note=typed) if n.theme == theme else n for n in found))

    return made


def _with(record: Conversation, name: str, items: tuple[Any, ...]) -> Conversation:
    changes: dict[str, Any] = {name: items}
    return replace(record, **changes)


def theme_names() -> dict[str, str]:
    """Give the themes of the catalogue by id."""
    return {theme.id: theme.label for theme in cache.reference().catalogue.themes}


def with_item(items: Sequence[Any], at: int, **changes: Any) -> tuple[Any, ...]:
    """Give the items with one of them changed."""
    return tuple(replace(item, **changes) if place == at else item for place, item in enumerate(items))
