"""From an uploaded file to a raw table: guard, reading process, table."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import pandas as pd
import pyarrow as pa

from wellbeing.intake import child
from wellbeing.intake.guard import Refused, check
from wellbeing.intake.headers import normalise_heading
from wellbeing.model.imports import DroppedColumn, FileKind, UnknownColumn
from wellbeing.model.survey import Column, RawTable

NOT_A_WORKBOOK = "Dit is geen Excel-bestand. Kies het .xlsx-bestand met de vergelijkingscijfers."


def read_export(data: bytes, file_name: str, known_headings: Collection[str], *, pick: str = "") -> RawTable:
    """Read an export: what could name a pupil is gone before the table arrives here.

    ``known_headings`` are those of all codebooks (see ``matching.known_headings``): columns with
    other headings come only as far as they are closed questions. ``pick`` is the sheet that the
    user chose.

    Raises:
        Refused: if the file cannot be read without guessing; ``sentence`` says what to do.
    """
    known = sorted({normalise_heading(heading) for heading in known_headings})
    with child.start() as process:
        checked = check(data, file_name)
        job = {"what": "export", "kind": checked.kind.value, "known": known, "pick": pick}
        told, table = child.ask(process, job, data)
    try:
        return _raw_table(file_name, checked.kind, checked.notes, told, _frame(table))
    except (KeyError, TypeError, ValueError, pa.ArrowInvalid):
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
        told, _ = child.ask(process, {"what": "texts", "kind": FileKind.XLSX.value}, data)
    return {str(name): [[str(cell) for cell in row] for row in rows] for name, rows in told["sheets"].items()}


def _frame(stream: memoryview) -> pd.DataFrame:
    """Make text columns of the table, and hold its form: the process that sent it is not trusted."""
    table = pa.ipc.open_stream(stream).read_all()
    table.validate(full=True)
    plain = pa.schema([(name, pa.int32() if name == "row" else pa.large_string()) for name in table.column_names])
    return table.cast(plain).to_pandas()  # type: ignore[no-any-return]


def _raw_table(
    file_name: str, kind: FileKind, notes: tuple[str, ...], told: dict[str, Any], frame: pd.DataFrame
) -> RawTable:
    columns = tuple(Column(text, letter, label, labels) for text, letter, label, labels in told["columns"])
    row_numbers = tuple(frame.pop("row").tolist())
    if list(frame.columns) != [f"c{place}" for place in range(len(columns))]:
        raise Refused(child.BROKEN_OFF)
    return RawTable(
        file_name=file_name,
        kind=kind,
        sheet=told["sheet"],
        header_row=told["header_row"],
        row_numbers=row_numbers,
        columns=columns,
        frame=frame,
        dropped=tuple(DroppedColumn(heading, reason) for heading, reason in told["dropped"]),
        unknown=tuple(
            UnknownColumn(heading, tuple((text, times) for text, times in answers))
            for heading, answers in told["unknown"]
        ),
        notes=(*notes, *told["notes"]),
    )
