"""From bytes to a screened table: everything that happens inside the reading process."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from wellbeing.intake import headers
from wellbeing.intake.guard import Refused
from wellbeing.intake.identifiers import Screened, screen
from wellbeing.intake.tables import Table, cell_text
from wellbeing.model.imports import FileKind


@dataclass(frozen=True, slots=True)
class Parsed:
    """A table without identifying columns, and where it stood in the file."""

    sheet: str
    header_row: int
    row_numbers: list[int]
    screened: Screened
    notes: list[str]


def parse_export(data: bytes, kind: FileKind, known: Collection[str], pick: str = "") -> Parsed:
    """Read an export, find its pupils, and drop what could name them.

    The readers are loaded one at a time: the process that parses a workbook loads no SPSS reader.

    Raises:
        Refused: if no table of pupils can be read without guessing.
    """
    match kind:
        case FileKind.XLSX:
            table = _from_workbook(data, known, pick)
        case FileKind.CSV:
            table = _from_text(data, known)
        case FileKind.SAV:
            table = _from_spss(data)
    screened = screen(table, known)
    return Parsed(table.sheet, table.header_row, table.row_numbers, screened, [*table.notes, *screened.notes])


def parse_sheets(data: bytes) -> dict[str, list[list[str]]]:
    """Read every sheet of a workbook as text cells: for workbooks without pupils that we wrote ourselves.

    Raises:
        Refused: if the workbook is damaged.
    """
    from wellbeing.intake import workbooks

    return {
        sheet.name: [[cell_text(cell) for cell in row] for row in sheet.rows]
        for sheet in workbooks.read_all_sheets(data)
    }


def _from_workbook(data: bytes, known: Collection[str], pick: str) -> Table:
    from wellbeing.intake import workbooks

    sheets = workbooks.read_sheets(data)
    visible = {sheet.name: sheet.rows for sheet in sheets if sheet.is_visible}
    hidden = len(sheets) - len(visible)
    notes = [f"Verborgen werkbladen: {hidden}. Die zijn niet gelezen."] if hidden else []
    name = headers.choose_sheet(visible, known, pick)
    if len(visible) > 1:
        notes.append(f"Gelezen is werkblad '{name}'; de andere werkbladen zijn niet gelezen.")
    return headers.find_table(name, visible[name], known, notes)


def _from_text(data: bytes, known: Collection[str]) -> Table:
    from wellbeing.intake import text

    rows, notes = text.read_rows(data)
    return headers.find_table("", rows, known, notes)


def _from_spss(data: bytes) -> Table:
    from wellbeing.intake import spss

    table = spss.read_table(data)
    if not table.row_numbers:
        raise Refused(headers.NO_PUPILS)
    headers.set_rows_apart(table)
    return table
