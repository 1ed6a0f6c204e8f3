"""From an uploaded file to a raw table: guard, reading process, table."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
from numpy.typing import NDArray
from pydantic import TypeAdapter

from wellbeing.intake import child
from wellbeing.intake.guard import Checked, Refused, check
from wellbeing.intake.headers import normalise_heading
from wellbeing.intake.inside import look_inside
from wellbeing.intake.marks import Marks
from wellbeing.intake.parsing import Pick
from wellbeing.model.imports import DroppedColumn, FileKind, UnknownColumn
from wellbeing.model.stated import StatedTable
from wellbeing.model.survey import Column, RawTable

NOT_A_WORKBOOK = "Dit is geen Excel-bestand. Kies het .xlsx-bestand met de vergelijkingscijfers."
LARGEST_FIGURE_TABLE = 2 * 1024 * 1024


def read_export(data: bytes, file_name: str, known_headings: Collection[str], *, pick: Pick = "") -> RawTable:
    """Read an export: what could name a pupil is gone before the table arrives here.

    ``known_headings`` are those of all codebooks (see ``matching.known_headings``): columns with
    other headings come only as far as they are closed questions. ``pick`` is the sheet that the
    user chose, or several sheets with the same headings that come below each other.

    Raises:
        Refused: if the file cannot be read without guessing; ``sentence`` says what to do, and
            ``sheets`` names the sheets where choosing one (or more) may help.
    """
    checked = check(data, file_name)
    known = sorted({normalise_heading(heading) for heading in known_headings})
    job = {"what": "export", "kind": checked.kind.value, "known": known, "pick": pick}
    try:
        told, numbers = _ask(data, checked.kind, job | {"strays": []})
    except _StraysError as found:
        told, numbers = _ask(data, checked.kind, job | {"strays": found.parts}, found.marks)
    try:
        return _raw_table(file_name, checked, told, numbers)
    except (KeyError, TypeError, ValueError, pa.ArrowException):
        raise Refused(child.BROKEN_OFF) from None


def read_workbook(data: bytes, file_name: str) -> dict[str, list[list[str]]]:
    """Read every sheet of a workbook that holds no pupils, such as our own comparison figures.

    Gives per sheet its rows of text cells, row 1 first.

    Raises:
        Refused: if it is not an Excel workbook, or cannot be read.
    """
    if check(data, file_name).kind is not FileKind.XLSX:
        raise Refused(NOT_A_WORKBOOK)
    with child.start() as process:
        job = {"what": "texts", "kind": FileKind.XLSX.value}
        told, _ = child.ask(process, job, data, lambda: look_inside(data, FileKind.XLSX))
    return {str(name): [[str(cell) for cell in row] for row in rows] for name, rows in told["sheets"].items()}


class _StraysError(Exception):
    """Some cells lie so far away that the file has to be read without them."""

    def __init__(self, marks: dict[str, Marks], parts: list[str]) -> None:
        super().__init__(len(parts))
        self.marks = marks
        self.parts = parts


def _ask(
    data: bytes, kind: FileKind, job: dict[str, Any], seen: dict[str, Marks] | None = None
) -> tuple[dict[str, Any], memoryview]:
    """Have a file read while it is looked inside, unless that has been done."""

    def inspect() -> dict[str, Marks]:
        if seen is not None:
            return seen
        marks = look_inside(data, kind)
        if parts := [part for part, found in marks.items() if found.strays]:
            raise _StraysError(marks, parts)
        return marks

    with child.start() as process:
        return child.ask(process, job, data, inspect)


def _raw_table(file_name: str, checked: Checked, told: dict[str, Any], numbers: memoryview) -> RawTable:
    columns = tuple(Column(text, letter, label, labels) for text, letter, label, labels in told["columns"])
    rows, *codes = np.frombuffer(numbers, np.int32).reshape(len(columns) + 1, told["rows"])
    return RawTable(
        file_name=file_name,
        kind=checked.kind,
        sheet=told["sheet"],
        header_row=told["header_row"],
        row_numbers=tuple(rows.tolist()),
        columns=columns,
        frame=_frame(told["texts"], codes),
        dropped=tuple(DroppedColumn(heading, reason) for heading, reason in told["dropped"]),
        unknown=tuple(
            UnknownColumn(heading, tuple((text, times) for text, times in answers))
            for heading, answers in told["unknown"]
        ),
        notes=(*checked.notes, *told["notes"]),
        hidden_rows=tuple(told["hidden_rows"]),
        doubtful_rows={str(kind): tuple(numbers) for kind, numbers in told["doubtful_rows"].items()},
        sheet_names=tuple(told["sheet_names"]),
    )


def _frame(texts: list[list[str]], codes: list[NDArray[np.int32]]) -> pd.DataFrame:
    """Make a column of text of each list of texts, by the numbers that say which of them stands in each row.

    Raises:
        ValueError: if they do not fit; the process that sent them is not trusted.
    """
    columns = {
        f"c{place}": pa.DictionaryArray.from_arrays(which, pa.array(own, pa.large_string())).cast(pa.large_string())
        for place, (own, which) in enumerate(zip(texts, codes, strict=True))
    }
    return pa.table(columns).to_pandas()  # type: ignore[no-any-return]


def read_figure_tables(data: bytes, file_name: str, questions: Collection[str]) -> tuple[StatedTable, ...]:
    """Read the tables of figures in a file; none where its rows are pupils, or where it cannot be read.

    ``questions`` are the headings of all questions that codebooks know. It is the reading process that
    recognises such a table: nothing else comes out of it.
    """
    if len(data) > LARGEST_FIGURE_TABLE:
        return ()
    known = sorted({normalise_heading(heading) for heading in questions})
    try:
        kind = check(data, file_name).kind
        with child.start() as process:
            job = {"what": "figures", "kind": kind.value, "known": known}
            told, _ = child.ask(process, job, data, lambda: look_inside(data, kind))
        tables = TypeAdapter(tuple[StatedTable, ...]).validate_python(told["tables"])
    except (Refused, KeyError, ValueError):
        return ()
    return tuple(replace(table, file_name=file_name) for table in tables)
