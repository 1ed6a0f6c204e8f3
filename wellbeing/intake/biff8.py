"""Old workbooks (.xls): one stream of records, each with a number and a size.

calamine reads their cells. What it does not tell is found here: hidden rows, cells with an error,
and links to other files. Going along millions of records takes long in Python, so a sheet is only
gone along where a search for the shape of such a record finds something.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Collection, Iterator

from wellbeing.intake.compound import CompoundFile
from wellbeing.intake.guard import DAMAGED, LINKED, Refused
from wellbeing.intake.marks import AskMarks, Marks
from wellbeing.intake.parsing import Pick
from wellbeing.intake.tables import Table
from wellbeing.intake.workbooks import read_sheets, read_texts

__all__ = ["find_marks", "read_table", "read_texts"]

_END, _SHEET, _BOOK = 0x0A, 0x85, 0x1AE
_FORMULA, _TRUE_OR_ERROR, _ROW = 0x06, 0x205, 0x208
_OWN_CELLS, _FUNCTIONS = 0x0401, 0x3A01  # signs for a book that is this one, or no book at all
_IS_HIDDEN = 0x20
_SUSPECT = re.compile(
    rb"\x08\x02\x10\x00.{12}[\x20-\x3f\x60-\x7f\xa0-\xbf\xe0-\xff]"  # a hidden row
    rb"|\x05\x02\x08\x00.{7}\x01"  # an error
    rb"|\x06\x00.{8}\x02.{5}\xff\xff",  # a formula with an error as its outcome
    re.DOTALL,
)


def read_table(data: bytes, known: Collection[str], pick: Pick = "", _marks: AskMarks = dict) -> Table:
    """Read the table of pupils in an .xls file.

    Raises:
        Refused: see ``workbooks.read_sheets``; also where it takes cells from another file.
    """
    return read_sheets(data, known, pick, lambda _: find_marks(data))


def find_marks(data: bytes) -> dict[str, Marks]:
    """Give the marks of each sheet by its name.

    Raises:
        Refused: if the file is damaged, or takes cells from another file.
    """
    try:
        stream = CompoundFile(data).stream("Workbook")
        return {name: _marks(stream, start) for name, start in _sheets(stream)}
    except (ValueError, struct.error) as error:
        if isinstance(error, Refused):
            raise
        raise Refused(DAMAGED) from None


def _records(stream: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    """Give number and content of the records of one part of the stream."""
    while at + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, at)
        if kind == _END:
            return
        yield kind, stream[at + 4 : at + 4 + size]
        at += 4 + size


def _sheets(stream: bytes) -> Iterator[tuple[str, int]]:
    """Give the name of each sheet and where its records begin."""
    for kind, body in _records(stream, 0):
        if kind == _BOOK and struct.unpack_from("<H", body, 2)[0] not in (_OWN_CELLS, _FUNCTIONS):
            raise Refused(LINKED)
        if kind == _SHEET:
            start, length, is_wide = struct.unpack_from("<I2xBB", body)
            name = (
                body[8 : 8 + 2 * length].decode("utf-16-le") if is_wide & 1 else body[8 : 8 + length].decode("cp1252")
            )
            yield name, start


def _marks(stream: bytes, start: int) -> Marks:
    marks = Marks()
    if not _SUSPECT.search(stream, start):
        return marks
    for kind, body in _records(stream, start):
        if kind == _ROW and body[12] & _IS_HIDDEN:
            marks.hidden_rows.append(struct.unpack_from("<H", body)[0] + 1)
        elif kind == _TRUE_OR_ERROR:
            marks.errors += body[7]
        elif kind == _FORMULA:
            marks.errors += body[6] == 2 and body[12:14] == b"\xff\xff"
    marks.hidden_rows.sort()
    return marks
