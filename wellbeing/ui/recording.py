"""The record of the conversation on screen: read, changed and kept field by field.

A change is saved the moment it is made. The copy of this visitor carries the revision it was read
with, so that the store notices when somebody else saved in between; then nothing is overwritten and
what was typed is shown again.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import streamlit as st

from wellbeing.intake.notes import personal_data_in
from wellbeing.model.conversation import Conversation, Need
from wellbeing.presentation import formats
from wellbeing.store.database import Store
from wellbeing.store.failures import ConflictError, StoreError
from wellbeing.ui import cache

KEY = "gespreksverslag"
ABOUT_PUPILS = (
    "Alleen over groepen leerlingen. Wat de jeugdverpleegkundige van één leerling weet, vertelt zij; "
    "het wordt niet opgeschreven."
)

Change = Callable[[Conversation], Conversation]


@dataclass(slots=True)
class Sheet:
    """The copy of this visitor, what went wrong last, and what was typed then.

    ``edition`` goes up when fields must show what somebody else saved: it is part of their keys.
    """

    record: Conversation
    edition: int = 0
    trouble: str = ""
    typed: str = ""


def open_sheet(store: Store, school: str, year: str) -> Sheet:
    """Give the record of this school and measurement as it is kept now."""
    newest = store.conversation(school, year) or Conversation(school, year)
    sheet: Sheet | None = st.session_state.get(KEY)
    if sheet is None or (sheet.record.school, sheet.record.year) != (school, year):
        sheet = Sheet(newest)
        st.session_state[KEY] = sheet
    elif newest.revision != sheet.record.revision:
        sheet.record, sheet.edition = newest, sheet.edition + 1
    return sheet


def change(store: Store, made: Change, typed: str = "") -> None:
    """Keep one change; where that fails, remember why and what was typed."""
    sheet: Sheet = st.session_state[KEY]
    sheet.trouble = sheet.typed = ""
    try:
        sheet.record = store.save_conversation(made(sheet.record))
    except ConflictError as error:
        sheet.trouble, sheet.typed = str(error), typed
        sheet.record, sheet.edition = error.newest or sheet.record, sheet.edition + 1
    except StoreError as error:
        sheet.trouble, sheet.typed = str(error), typed


def trouble(sheet: Sheet) -> None:
    """Say what was not kept, with what was typed, so that nothing is lost."""
    if not sheet.trouble:
        return
    st.warning(sheet.trouble, icon=":material/sync_problem:")
    if sheet.typed:
        st.write("Dit had u getypt. Kopieer het om het opnieuw in te vullen:")
        st.code(sheet.typed, language=None, wrap_lines=True)


def text(
    store: Store, label: str, value: str, made: Callable[[Conversation, str], Conversation], *, height: int = 90
) -> None:
    """Ask for a note and keep it; a note that may name a person is kept only after it was looked at again."""
    sheet: Sheet = st.session_state[KEY]
    key = f"note-{cache.fingerprint(label, sheet.record.school, sheet.record.year)[:10]}-{sheet.edition}"

    def keep() -> None:
        typed = str(st.session_state[key]).strip()
        if warning := may_name_somebody(typed, sheet.record.school):
            st.session_state[f"{key}-warned"] = (typed, warning)
            return
        st.session_state.pop(f"{key}-warned", None)
        change(store, lambda record: made(record, typed), typed)

    st.text_area(label, value, key=key, height=height, on_change=keep, help=ABOUT_PUPILS)
    _warned(store, key, made)


def _warned(store: Store, key: str, made: Callable[[Conversation, str], Conversation]) -> None:
    """Say what a note may give away; it is not kept yet."""
    waiting = st.session_state.get(f"{key}-warned")
    if waiting is None:
        return
    typed, warning = waiting
    st.warning(f"Nog niet bewaard: {warning}", icon=":material/privacy_tip:")

    def keep_anyway() -> None:
        st.session_state.pop(f"{key}-warned", None)
        change(store, lambda record: made(record, typed), typed)

    st.button("Er staat niets over een persoon. Bewaar.", key=f"{key}-anyway", on_click=keep_anyway)


def may_name_somebody(typed: str, school: str) -> str:
    """Say what in a note may tell who somebody is; empty where nothing does."""
    found = personal_data_in(typed, _known_names(school))
    if not found:
        return ""
    return f"hier staat misschien: {formats.listing(found, 'of')}. Haal weg wat over een persoon gaat."


@st.cache_resource(show_spinner=False)
def _known_names(school: str) -> Collection[str]:
    """Give names that may stand in a note: of the school, and of everything in the catalogue."""
    return frozenset({school, *(row.title for row in cache.reference().catalogue.rows)})


def choose(
    store: Store, label: str, options: Collection[Any], value: Any, made: Callable[[Conversation, Any], Conversation]
) -> None:
    """Ask for several of these and keep them; ``value`` are those chosen before."""
    sheet: Sheet = st.session_state[KEY]
    key = f"choose-{cache.fingerprint(label)[:10]}-{sheet.edition}"

    def keep() -> None:
        change(store, lambda record: made(record, tuple(st.session_state[key])))

    st.multiselect(
        label,
        list(options),
        default=[item for item in options if item in value],
        format_func=lambda item: str(getattr(item, "value", item)),
        key=key,
        on_change=keep,
        placeholder="Kies",
    )


def choose_themes(
    store: Store,
    label: str,
    themes: Mapping[str, str],
    value: Sequence[Need],
    made: Callable[[Conversation, tuple[Need, ...]], Conversation],
) -> None:
    """Ask for themes of the catalogue and keep them as needs; notes that were there stay."""
    sheet: Sheet = st.session_state[KEY]
    key = f"themes-{cache.fingerprint(label)[:10]}-{sheet.edition}"
    notes = {need.theme: need for need in value}

    def keep() -> None:
        chosen = tuple(notes.get(theme, Need(theme)) for theme in st.session_state[key])
        change(store, lambda record: made(record, chosen))

    st.multiselect(
        label,
        list(themes),
        default=list(notes),
        format_func=themes.__getitem__,
        key=key,
        on_change=keep,
        placeholder="Kies een thema",
    )


def set_point(record: Conversation, at: int, **changes: Any) -> Conversation:
    """Give the record with one point changed."""
    points = list(record.points)
    points[at] = replace(points[at], **changes)
    return replace(record, points=tuple(points))
