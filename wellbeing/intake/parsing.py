"""From bytes to a screened table: everything that happens inside the reading process."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from importlib import import_module
from typing import Protocol, cast

from wellbeing.intake.identifiers import Screened, screen
from wellbeing.intake.tables import Table
from wellbeing.model.imports import FileKind

READERS = {
    FileKind.XLSX: "wellbeing.intake.workbooks",
    FileKind.CSV: "wellbeing.intake.text",
    FileKind.SAV: "wellbeing.intake.spss",
}


class Reader(Protocol):
    """What the module of one kind of file offers."""

    def read_table(self, data: bytes, known: Collection[str], pick: str = "") -> Table:
        """Read the table of pupils; raises ``Refused`` where that would take guessing."""


@dataclass(frozen=True, slots=True)
class Parsed:
    """A table without identifying columns, and where it stood in the file."""

    sheet: str
    header_row: int
    row_numbers: list[int]
    screened: Screened
    notes: list[str]


def load_reader(kind: FileKind) -> Reader:
    """Load the reader for one kind of file, and not the parsers of the others."""
    return cast("Reader", import_module(READERS[kind]))


def parse_export(data: bytes, kind: FileKind, known: Collection[str], pick: str = "") -> Parsed:
    """Read an export, find its pupils, and drop what could name them.

    Raises:
        Refused: if no table of pupils can be read without guessing.
    """
    table = load_reader(kind).read_table(data, known, pick)
    screened = screen(table, known)
    return Parsed(table.sheet, table.header_row, table.row_numbers, screened, [*table.notes, *screened.notes])
