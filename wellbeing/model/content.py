"""The rows of ``data/interventions`` as people keep them up to date: cells, changes, and who answers for them.

What is delivered with the dashboard is the base; what an organisation changes lies over it. A row is a
mapping of cells by column, exactly as it stands in its file, so that one schema judges both.
"""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass as plain
from enum import StrEnum

from pydantic.dataclasses import dataclass

from wellbeing.model.reference import STRICT, NonEmpty

Cells = Mapping[str, str]
Tables = Mapping[str, tuple[Cells, ...]]
"""Rows by the name of their file."""

SOON = dt.timedelta(days=60)
_UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn"}


class Due(StrEnum):
    """Whether a row must be looked at again."""

    OVERDUE = "te laat"
    SOON = "binnenkort"
    LATER = "later"


@dataclass(frozen=True, config=STRICT)
class Upkeep:
    """Who keeps a row up to date, who last looked at it, when, and when somebody must look again.

    ``checked_by`` is a role or a name that somebody gave; empty where nobody of the organisation
    looked at the row yet. ``checked_on`` is then the day on which the row was made from its source.
    """

    kept_by: NonEmpty
    checked_by: str
    checked_on: dt.date
    next_review: dt.date

    def due(self, on: dt.date) -> Due:
        """Say how it stands on a day; the day of the review itself is not too late."""
        if self.next_review < on:
            return Due.OVERDUE
        return Due.SOON if self.next_review <= on + SOON else Due.LATER


@plain(frozen=True, slots=True)
class KeptRow:
    """One row on the list of what must be kept up to date.

    ``row`` is the key by which it is found in its table; ``is_changed`` and ``is_new`` say what the
    organisation did with it besides looking at it.
    """

    table: str
    row: str
    name: str
    source: str
    upkeep: Upkeep
    is_changed: bool = False
    is_new: bool = False


@dataclass(frozen=True, config=STRICT)
class RowChange:
    """What lies over one row: every cell of a row that was added, of another row only the cells that differ.

    So an update of the other cells still comes through. It may come from outside, and is judged before
    it lies anywhere.
    """

    table: str
    row: str
    cells: Mapping[str, str]


@plain(frozen=True, slots=True)
class CellEdit:
    """One cell before and after."""

    column: str
    old: str
    new: str


@plain(frozen=True, slots=True)
class RowEdit:
    """One row that somebody wants to change: what lay over it, what will lie over it, and which cells differ.

    ``after`` is absent where the row becomes as it was delivered, or goes where it was added.
    """

    table: str
    row: str
    before: RowChange | None
    after: RowChange | None
    cells: tuple[CellEdit, ...]
    is_new: bool = False


@plain(frozen=True, slots=True)
class LogLine:
    """One cell that was changed: when (UTC), by whom as they called themselves, where, and from what to what."""

    at: dt.datetime
    by: str
    table: str
    row: str
    column: str
    old: str
    new: str


@plain(frozen=True, slots=True)
class LeftOut:
    """A change that does not fit the tables (any more), and why; the row is then as it was delivered."""

    change: RowChange
    problems: tuple[str, ...]


def tidy(text: str) -> str:
    r"""Give a text on one line, without signs that nobody sees.

    >>> tidy(" Twee\r\n regels\u200b,\u00a0en\x07 klaar ")
    'Twee regels, en klaar'
    """
    spaced = " ".join(unicodedata.normalize("NFC", text).split())
    return " ".join("".join(sign for sign in spaced if unicodedata.category(sign) not in _UNSEEN).split())
