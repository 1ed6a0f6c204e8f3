"""Closed questions among the columns that came in: those whose answers may be shown."""

from __future__ import annotations

from wellbeing.intake.identifiers import MOST_ANSWERS, TIMES_EACH
from wellbeing.model.imports import UnknownColumn
from wellbeing.model.survey import RawTable


def closed_columns(table: RawTable) -> tuple[UnknownColumn, ...]:
    """Give every column of a table with its answers, and how often each was given, most given first.

    A column has answers only as a closed question: few of them, that each occur several times.
    """
    known = {column.heading: column for column in table.unknown}
    found: dict[str, UnknownColumn] = {}
    for position, column in enumerate(table.columns):
        found.setdefault(column.heading, known.get(column.heading) or _column(table, position))
    return (*found.values(), *(column for name, column in known.items() if name not in found))


def _column(table: RawTable, position: int) -> UnknownColumn:
    cells = table.frame.iloc[:, position]
    counts = cells[cells != ""].value_counts()
    is_closed = 0 < len(counts) <= MOST_ANSWERS and counts.min() >= TIMES_EACH
    answers = tuple((str(text), int(times)) for text, times in counts.items()) if is_closed else ()
    return UnknownColumn(table.columns[position].heading, answers)
