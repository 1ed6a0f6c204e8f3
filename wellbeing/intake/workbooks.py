"""Excel workbooks, read with python-calamine."""

from __future__ import annotations

import io
from collections.abc import Collection
from dataclasses import dataclass

from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from wellbeing.intake.guard import DAMAGED, Refused
from wellbeing.intake.headers import Rows, choose_sheet, find_table
from wellbeing.intake.tables import Table, cell_text


@dataclass(frozen=True, slots=True)
class Sheet:
    """One worksheet with its raw cells; the first row is row 1 of the file."""

    name: str
    rows: Rows
    is_visible: bool


def read_table(data: bytes, known: Collection[str], pick: str = "") -> Table:
    """Read the table of pupils in a workbook; hidden sheets are never read.

    Raises:
        Refused: if the workbook is damaged, or it is not clear where the pupils are.
    """
    sheets = _sheets(data, with_hidden=False)
    visible = {sheet.name: sheet.rows for sheet in sheets if sheet.is_visible}
    hidden = len(sheets) - len(visible)
    notes = [f"Verborgen werkbladen: {hidden}. Die zijn niet gelezen."] if hidden else []
    name = choose_sheet(visible, known, pick)
    if len(visible) > 1:
        notes.append(f"Gelezen is werkblad '{name}'; de andere werkbladen zijn niet gelezen.")
    return find_table(name, visible[name], known, notes)


def read_texts(data: bytes) -> dict[str, list[list[str]]]:
    """Read every sheet as text cells, hidden ones too: for workbooks that this program wrote itself.

    Raises:
        Refused: if the workbook is damaged.
    """
    return {
        sheet.name: [[cell_text(cell) for cell in row] for row in sheet.rows]
        for sheet in _sheets(data, with_hidden=True)
    }


def _sheets(data: bytes, *, with_hidden: bool) -> list[Sheet]:
    found = []
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
        for about in workbook.sheets_metadata:
            if about.typ is not SheetTypeEnum.WorkSheet:
                continue
            is_visible = about.visible is SheetVisibleEnum.Visible
            rows: Rows = ()
            if is_visible or with_hidden:
                rows = workbook.get_sheet_by_name(about.name).to_python(skip_empty_area=False)
            found.append(Sheet(about.name, rows, is_visible))
    except Exception:  # every error of the parser means the same to the user, and its text may hold cell values
        raise Refused(DAMAGED) from None
    return found
