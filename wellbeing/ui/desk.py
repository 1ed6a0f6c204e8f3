"""The record of the school on screen, for pages that also work where nothing is kept.

Where keeping was chosen the record of the conversation is the one truth. Elsewhere it lasts as long as
this visit; whoever chooses to keep it later begins with what was said here.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import streamlit as st

from wellbeing.model.conversation import Conversation
from wellbeing.model.results import Analysis, Wishes
from wellbeing.stages.count import WHOLE_FILE
from wellbeing.store.database import Store
from wellbeing.ui import keeping, recording, session


@dataclass(frozen=True, slots=True)
class Desk:
    """The record on the table; without a store nothing of it is kept after this visit."""

    sheet: recording.Sheet
    store: Store | None

    @property
    def record(self) -> Conversation:
        """The record as it is now."""
        return self.sheet.record

    @property
    def wishes(self) -> Wishes:
        """What people brought to the table, with the focus of the region."""
        return replace(self.record.wishes, focus=session.state().wishes.focus)

    def change(self, made: recording.Change) -> None:
        """Make one change, and keep it where things are kept."""
        if recording.change(self.store, made):
            session.state().wishes = self.wishes

    def focus(self, themes: frozenset[str]) -> None:
        """Set what the region asks attention for; it belongs to no single school."""
        session.state().wishes = replace(session.state().wishes, focus=themes)


def opened(analysis: Analysis) -> Desk:
    """Give the record of a school with figures."""
    store = keeping.kept()
    if store is None or analysis.published.school == WHOLE_FILE:
        return of_this_visit(analysis.published.school, analysis.published.year)
    return Desk(recording.current(store, analysis), store)


def of_this_visit(school: str, year: str) -> Desk:
    """Give a record that nothing keeps."""
    wishes = session.state().wishes
    sheet: recording.Sheet | None = st.session_state.get(recording.KEY)
    if sheet is None or (sheet.record.school, sheet.record.year) != (school, year):
        sheet = recording.Sheet(Conversation(school, year, is_invented=session.state().is_demo))
        st.session_state[recording.KEY] = sheet
    sheet.record = sheet.record.with_wishes(wishes)
    return Desk(sheet, None)
