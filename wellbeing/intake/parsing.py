"""From bytes to a screened table: everything that happens inside the reading process."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Protocol, cast

from wellbeing.intake.identifiers import Screened, screen
from wellbeing.intake.marks import AskMarks
from wellbeing.intake.tables import Table
from wellbeing.model.imports import DOUBLE, UNFINISHED, FileKind

READERS = {
    FileKind.XLSX: "wellbeing.intake.workbooks",
    FileKind.XLSB: "wellbeing.intake.biff12",
    FileKind.XLS: "wellbeing.intake.biff8",
    FileKind.ODS: "wellbeing.intake.opendocument",
    FileKind.CSV: "wellbeing.intake.text",
    FileKind.SAV: "wellbeing.intake.spss",
}

Pick = str | Sequence[str]
"""The sheet or sheets that the user chose; the empty text where nobody chose."""


class Reader(Protocol):
    """What the module of one kind of file offers."""

    def read_table(self, data: bytes, known: Collection[str], pick: Pick = "", marks: AskMarks = dict, /) -> Table:
        """Read the table of pupils; raises ``Refused`` where that would take guessing."""


@dataclass(frozen=True, slots=True)
class Parsed:
    """A table without identifying columns, and where it stood in the file; see ``tables.Table``."""

    sheet: str
    sheet_names: tuple[str, ...]
    header_row: int
    row_numbers: list[int]
    hidden_rows: tuple[int, ...]
    doubtful_rows: dict[str, tuple[int, ...]]
    screened: Screened
    notes: list[str]


def load_reader(kind: FileKind) -> Reader:
    """Load the reader for one kind of file, and not the parsers of the others."""
    return cast("Reader", import_module(READERS[kind]))


def parse_export(
    data: bytes, kind: FileKind, known: Collection[str], pick: Pick = "", marks: AskMarks = dict
) -> Parsed:
    """Read an export, find its pupils, and drop what could name them.

    ``marks`` gives what was seen inside an .xlsx file; it is asked once the cells have been read.

    Raises:
        Refused: if no table of pupils can be read without guessing.
    """
    table = load_reader(kind).read_table(data, known, pick, marks)
    screened = screen(table, known)
    return Parsed(
        sheet=table.sheet,
        sheet_names=table.sheet_names,
        header_row=table.header_row,
        row_numbers=table.row_numbers,
        hidden_rows=table.hidden_rows,
        doubtful_rows={UNFINISHED: table.unfinished_rows, DOUBLE: screened.double_rows},
        screened=screened,
        notes=[*table.notes, *screened.notes],
    )
