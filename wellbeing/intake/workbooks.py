"""Excel workbooks, read with python-calamine."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass

from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from wellbeing.intake.guard import DAMAGED, Refused

Rows = Sequence[Sequence[object]]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One worksheet with its raw cells; row 1 of the file is the first row."""

    name: str
    rows: Rows
    is_visible: bool


def read_sheets(data: bytes) -> list[Sheet]:
    """Read the worksheets of a workbook; of a hidden one the cells stay unread.

    Raises:
        Refused: if the workbook is damaged.
    """
    return [sheet if sheet.is_visible else Sheet(sheet.name, (), False) for sheet in _sheets(data, hidden=False)]


def read_all_sheets(data: bytes) -> list[Sheet]:
    """Read every worksheet, hidden ones too: for workbooks that this program wrote itself.

    Raises:
        Refused: if the workbook is damaged.
    """
    return _sheets(data, hidden=True)


def _sheets(data: bytes, *, hidden: bool) -> list[Sheet]:
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
        found = []
        for about in workbook.sheets_metadata:
            if about.typ is not SheetTypeEnum.WorkSheet:
                continue
            is_visible = about.visible is SheetVisibleEnum.Visible
            wanted = is_visible or hidden
            rows: Rows = workbook.get_sheet_by_name(about.name).to_python(skip_empty_area=False) if wanted else ()
            found.append(Sheet(about.name, rows, is_visible))
    except Exception:  # every parser error means the same to the user, and its text may hold cell values
        raise Refused(DAMAGED) from None
    return found
