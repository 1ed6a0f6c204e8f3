"""Binary workbooks (.xlsb): parts that are records in a row, with numbers and sizes of one byte or more.

calamine reads their cells. What it does not tell is found here: hidden rows and cells with an error.
"""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Collection, Iterator

from wellbeing.intake.guard import DAMAGED, Refused
from wellbeing.intake.marks import AskMarks, Marks
from wellbeing.intake.parsing import Pick
from wellbeing.intake.tables import Table
from wellbeing.intake.workbooks import read_sheets, read_texts, sheet_parts

__all__ = ["find_marks", "read_table", "read_texts"]

_ROW, _ERROR, _FORMULA_ERROR, _END_OF_ROWS, _SHEET, _MERGED = 0, 3, 11, 146, 156, 176
_IS_HIDDEN = 0x10


def read_table(data: bytes, known: Collection[str], pick: Pick = "", _marks: AskMarks = dict) -> Table:
    """Read the table of pupils in an .xlsb file.

    Raises:
        Refused: see ``workbooks.read_sheets``.
    """
    return read_sheets(data, known, pick, lambda _: find_marks(data))


def find_marks(data: bytes) -> dict[str, Marks]:
    """Give the marks of each sheet by its name.

    Raises:
        Refused: if the file is damaged.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as container:
            parts = sheet_parts(container, "xl/_rels/workbook.bin.rels")
            book = container.read("xl/workbook.bin")
            return {name: _marks(container.read(parts[key])) for key, name in _sheets(book) if key in parts}
    except Exception:
        raise Refused(DAMAGED) from None


def _records(part: bytes) -> Iterator[tuple[int, int, int]]:
    """Give of each record its number, where its content begins, and where it ends."""
    at, end = 0, len(part)
    while at < end:
        kind = part[at]
        if kind & 0x80:
            at += 1
            kind = kind & 0x7F | part[at] << 7
        at += 1
        size = part[at] & 0x7F
        shift = 7
        while part[at] & 0x80:
            at += 1
            size |= (part[at] & 0x7F) << shift
            shift += 7
        at += 1
        yield kind, at, at + size
        at += size


def _sheets(book: bytes) -> Iterator[tuple[str, str]]:
    """Give of each sheet the key of its part, and its name."""
    for kind, start, _ in _records(book):
        if kind == _SHEET:
            key, at = _text(book, start + 8)
            yield key, _text(book, at)[0]


def _text(part: bytes, at: int) -> tuple[str, int]:
    (length,) = struct.unpack_from("<I", part, at)
    end = at + 4 + 2 * length
    return part[at + 4 : end].decode("utf-16-le"), end


def _marks(part: bytes) -> Marks:
    """Give the marks of one sheet: its rows come first, and behind them which cells were made one."""
    marks, in_rows = Marks(), True
    for kind, start, _ in _records(part):
        if kind == _MERGED:
            top, bottom, left, right = struct.unpack_from("<4I", part, start)
            marks.merged.append(((top, left), (bottom, right)))
        elif not in_rows:
            continue
        elif kind == _ROW:
            if part[start + 11] & _IS_HIDDEN:
                marks.hidden_rows.append(struct.unpack_from("<I", part, start)[0] + 1)
        elif kind in (_ERROR, _FORMULA_ERROR):
            marks.errors += 1
        elif kind == _END_OF_ROWS:
            in_rows = False
    return marks
