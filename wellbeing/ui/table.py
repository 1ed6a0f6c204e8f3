"""From a room of the school to the table: what it adds to the one record of the conversation."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from wellbeing.model.conversation import Conversation, Need
from wellbeing.store.database import Store
from wellbeing.store.failures import StoreError
from wellbeing.ui import my_schools, recording, rooms, session


def newest_record(store: Store, school: str) -> Conversation:
    """Give the record of the last measurement of a school, or a new one where there is none yet."""
    found = [line for line in my_schools.lines(store.measured(), store.conversations()) if line.school == school]
    return found[0].record if found else Conversation(school, rooms.this_year())


def change(store: Store, school: str, made: recording.Change) -> bool:
    """Change the newest record of a school and tell whether it was kept; pages that have it open see it too."""
    try:
        saved = store.save_conversation(made(newest_record(store, school)))
    except StoreError as error:
        st.toast(str(error), icon=":material/sync_problem:")
        return False
    sheet: recording.Sheet | None = st.session_state.get(recording.KEY)
    if sheet is not None and (sheet.record.school, sheet.record.year) == (saved.school, saved.year):
        session.state().wishes = replace(saved.wishes, focus=session.state().wishes.focus)
    return True


def put_on_table(store: Store, school: str, need: Need) -> None:
    """Add a theme that the school wants to work on."""
    change(store, school, lambda record: replace(record, needs=(*record.needs, need)))
