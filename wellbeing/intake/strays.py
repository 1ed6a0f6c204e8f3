"""Cells far away from the table, as add-ins of Excel and slips of the hand leave them.

A parser makes room for every cell between the first and the last one, so one such cell makes it
fall over. A few of them are left out, and counted; many mean that the table itself is too large.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Collection

from wellbeing.intake.guard import HEADER_ROWS, MAX_COLUMNS, MAX_ROWS
from wellbeing.intake.tables import column_letter

MOST = 20
LAST_ROW = MAX_ROWS + HEADER_ROWS
GRID = 1_048_576, 16_384  # rows and columns of a sheet in Excel: beyond them there are no cells

_LAST_COLUMN = column_letter(MAX_COLUMNS - 1).encode()
_EDGE = column_letter(GRID[1] - 1).encode()
_ROOT = re.compile(rb"<((?:\w+:)?)worksheet[\s>]")


def is_far(row: int, column: bytes) -> bool:
    """Say whether a cell, with the letters of its column, lies beyond the largest table that is read."""
    return row > LAST_ROW or (len(column), column) > (len(_LAST_COLUMN), _LAST_COLUMN)


def is_impossible(row: int, column: bytes) -> bool:
    """Say whether a cell lies beyond the edge of a sheet."""
    return row > GRID[0] or (len(column), column) > (len(_EDGE), _EDGE)


def prefix_of(start: bytes) -> bytes | None:
    """Give what stands before the names in a sheet, as "x:" in ``<x:row>``; none where its root is not there yet."""
    root = _ROOT.search(start)
    return root[1] if root else None


def cell_pattern(prefix: bytes) -> re.Pattern[bytes]:
    """Give the pattern of a cell: the letters of its column, its row, and what it holds."""
    return re.compile(rb"<%bc r=\"([A-Z]+)(\d+)\"[^>]*?(?:/>|>(.*?)</%bc>)" % (prefix, prefix), re.DOTALL)


def leave_out(data: bytes, parts: Collection[str]) -> bytes:
    """Give a workbook without the far cells in these parts."""
    memory = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(memory, "w") as new:
        for member in old.infolist():
            content = old.read(member)
            new.writestr(member.filename, _without(content) if member.filename in parts else content)
    return memory.getvalue()


def _without(sheet: bytes) -> bytes:
    return cell_pattern(prefix_of(sheet) or b"").sub(_keep, sheet)


def _keep(cell: re.Match[bytes]) -> bytes:
    return b"" if is_far(int(cell[2]), cell[1]) else cell[0]
