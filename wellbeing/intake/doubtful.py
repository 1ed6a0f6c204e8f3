"""Rows of which only the user knows whether they count: pupils who stopped halfway, and pupils found twice."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

from wellbeing.model.imports import DOUBLE, UNFINISHED, Ambiguity, Doubt, Problem, Severity, question_id
from wellbeing.model.survey import RawTable

COUNT, LEAVE_OUT = "meetellen", "weglaten"
OFTEN = 0.02  # so large a share of the pupils twice is no slip of the hand

BEGINNINGS = {UNFINISHED: "Leerlingen die halverwege stopten", DOUBLE: "Leerlingen die er vaker in staan"}
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
    """Leave out the rows that the user said do not count, and ask about the others.

    What was told of them while reading gives way to the question, or to what the user said.
    """
    problems = []
    for kind, numbers in table.doubtful_rows.items():
        present = set(numbers).intersection(table.row_numbers)
        is_slip = kind == DOUBLE and len(present) <= OFTEN * len(table.row_numbers)
        reply = replies.get(question_id(Doubt.ROWS, "", kind))
        if not present or (reply is None and is_slip):
            continue
        if reply is None:
            table = _retold(table, kind)
            problems.append(_asked(kind, len(present)))
        elif reply == LEAVE_OUT:
            table = leave_out(_retold(table, kind, f"{len(present)}. Die tellen niet mee, zoals u koos."), present)
        else:
            table = _retold(table, kind, f"{len(present)}. Die tellen mee, zoals u koos.")
    return table, tuple(problems)


def _retold(table: RawTable, kind: str, now: str = "") -> RawTable:
    """Give a table with what is so now in place of what was told of these rows while reading."""
    others = [note for note in table.notes if not note.startswith(BEGINNINGS[kind])]
    return replace(table, notes=(*others, *([f"{BEGINNINGS[kind]}: {now}"] if now else [])))


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
