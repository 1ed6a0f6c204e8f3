"""Rows that a filter or a person hid in the file: only the user knows whether they count."""

from __future__ import annotations

from dataclasses import replace

from wellbeing.model.survey import RawTable

HIDDEN_ROWS = "Verborgen rijen, bijvoorbeeld door een filter"


def leave_out_hidden(table: RawTable) -> RawTable:
    """Give the table without its hidden rows; that they are gone stands in place of what was told of them."""
    hidden = set(table.hidden_rows)
    others = [note for note in table.notes if not note.startswith(HIDDEN_ROWS)]
    gone = [f"{HIDDEN_ROWS}: {len(hidden)}. Die tellen niet mee, zoals u koos."] if hidden else []
    shown = [number not in hidden for number in table.row_numbers]
    return replace(
        table,
        frame=table.frame[shown].reset_index(drop=True),
        row_numbers=tuple(number for number in table.row_numbers if number not in hidden),
        hidden_rows=(),
        notes=(*others, *gone),
    )
