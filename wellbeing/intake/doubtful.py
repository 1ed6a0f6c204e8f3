"""Rows of which only the user knows whether they count: pupils who stopped halfway, and pupils found twice."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

from wellbeing.model.imports import DOUBLE, UNFINISHED, Ambiguity, Doubt, Problem, Severity, question_id
from wellbeing.model.survey import RawTable

COUNT, LEAVE_OUT = "meetellen", "weglaten"
OFTEN = 0.02  # so large a share of the pupils twice is no slip of the hand

_TEXTS = {
    UNFINISHED: (
        "Sommige leerlingen stopten halverwege. Tellen zij mee bij de vragen die zij wel invulden?",
        "Leerlingen die halverwege stopten, tellen mee bij de vragen die zij wel invulden. Tenzij u anders kiest.",
    ),
    DOUBLE: (
        "Sommige leerlingen staan er vaker in. Tellen die rijen allemaal mee?",
        "Leerlingen die er vaker in staan, tellen nu vaker mee. Tenzij u anders kiest.",
    ),
}


def settle_rows(table: RawTable, replies: Mapping[str, str]) -> tuple[RawTable, tuple[Problem, ...]]:
    """Leave out the rows that the user said do not count, and ask about the others."""
    problems = []
    for kind, numbers in table.doubtful_rows.items():
        present = set(numbers).intersection(table.row_numbers)
        is_slip = kind == DOUBLE and len(present) <= OFTEN * len(table.row_numbers)
        reply = replies.get(question_id(Doubt.ROWS, "", kind))
        if reply == LEAVE_OUT:
            table = leave_out(table, present)
        elif reply is None and present and not is_slip:
            problems.append(_asked(kind, len(present)))
    return table, tuple(problems)


def leave_out(table: RawTable, numbers: Collection[int]) -> RawTable:
    """Give a table without these rows."""
    stays = [number not in numbers for number in table.row_numbers]
    return replace(
        table,
        frame=table.frame[stays].reset_index(drop=True),
        row_numbers=tuple(number for number in table.row_numbers if number not in numbers),
        hidden_rows=tuple(number for number in table.hidden_rows if number not in numbers),
    )


def _asked(kind: str, rows: int) -> Problem:
    question, sentence = _TEXTS[kind]
    options = ((COUNT, "Ja, tel ze mee"), (LEAVE_OUT, "Nee, laat ze weg"))
    return Problem(
        Severity.NOTE, sentence, rows=rows, question=Ambiguity(Doubt.ROWS, "", question, options, rows, about=kind)
    )
