"""Workbooks of LibreOffice (.ods): one stream of XML, in which a cell or a row may say that it stands there often.

So the size of each table is counted before calamine fills it in. Hidden rows and errors are found
on the way.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from xml.parsers import expat

from wellbeing.intake.guard import DAMAGED, LINKED, UNSAFE, Refused, check_extent
from wellbeing.intake.marks import AskMarks, Marks
from wellbeing.intake.parsing import Pick
from wellbeing.intake.tables import Table
from wellbeing.intake.workbooks import read_sheets, read_texts

__all__ = ["find_marks", "read_table", "read_texts"]

CHUNK = 1024 * 1024

_TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0 "
_OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0 "
_CALC = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0 "
_CELLS = (_TABLE + "table-cell", _TABLE + "covered-table-cell")
_ROWS, _COLUMNS = _TABLE + "number-rows-spanned", _TABLE + "number-columns-spanned"
_HIDDEN = ("collapse", "filter")


def read_table(data: bytes, known: Collection[str], pick: Pick = "", _marks: AskMarks = dict) -> Table:
    """Read the table of pupils in an .ods file.

    Raises:
        Refused: see ``workbooks.read_sheets``; also where a table is too large, or holds cells of another file.
    """
    found = find_marks(data)
    return read_sheets(data, known, pick, lambda _: found)


def find_marks(data: bytes) -> dict[str, Marks]:
    """Give the marks of each table by its name.

    Raises:
        Refused: if a table is larger than we read, or the file is damaged.
    """
    scan = _Scan()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = scan.start
    parser.EndElementHandler = scan.end
    parser.StartDoctypeDeclHandler = _refuse
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as container, container.open("content.xml") as stream:
            while piece := stream.read(CHUNK):
                parser.Parse(piece)
            parser.Parse(b"", True)
    except Exception as error:
        if isinstance(error, Refused):
            raise
        raise Refused(DAMAGED) from None
    return scan.found


def _refuse(*_: object) -> None:
    raise Refused(UNSAFE)


@dataclass(slots=True)
class _Scan:
    """Counts rows and columns of the table that is being read, and keeps its marks."""

    found: dict[str, Marks] = field(default_factory=dict)
    _marks: Marks | None = None
    _row: int = 0
    _last_row: int = 0
    _columns: int = 0
    _repeat: int = 1
    _column: int = 0
    _is_filled: bool = False
    _is_hidden: bool = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """Meet an opening tag."""
        if name == _TABLE + "table" and self._marks is None:
            self._marks = Marks()
            self.found[attributes.get(_TABLE + "name", "")] = self._marks
            self._row = self._last_row = self._columns = 0
        elif name == _TABLE + "table-source":
            raise Refused(LINKED)
        elif self._marks is not None:
            if name == _TABLE + "table-row":
                self._start_row(attributes)
            elif name in _CELLS:
                self._count_cell(self._marks, attributes)

    def end(self, name: str) -> None:
        """Meet a closing tag."""
        if name == _TABLE + "table-row" and self._marks is not None:
            self._end_row(self._marks)
        elif name == _TABLE + "table":
            self._marks = None

    def _start_row(self, attributes: Mapping[str, str]) -> None:
        self._repeat = int(attributes.get(_TABLE + "number-rows-repeated", 1))
        self._is_hidden = attributes.get(_TABLE + "visibility") in _HIDDEN
        self._column = 0
        self._is_filled = False

    def _count_cell(self, marks: Marks, attributes: Mapping[str, str]) -> None:
        repeat = int(attributes.get(_TABLE + "number-columns-repeated", 1))
        first, self._column = self._column, self._column + repeat
        if _ROWS in attributes or _COLUMNS in attributes:
            self._note_merged(marks, first, attributes)
        if _OFFICE + "value-type" not in attributes and _CALC + "value-type" not in attributes:
            return
        self._is_filled = True
        self._columns = max(self._columns, self._column)
        if attributes.get(_CALC + "value-type") == "error":
            marks.errors += repeat * self._repeat
        if "file:" in attributes.get(_TABLE + "formula", ""):
            raise Refused(LINKED)

    def _note_merged(self, marks: Marks, column: int, attributes: Mapping[str, str]) -> None:
        rows, columns = int(attributes.get(_ROWS, 1)), int(attributes.get(_COLUMNS, 1))
        if rows > 1 or columns > 1:
            marks.merged.append(((self._row, column), (self._row + rows - 1, column + columns - 1)))

    def _end_row(self, marks: Marks) -> None:
        first, self._row = self._row + 1, self._row + self._repeat
        if not self._is_filled:
            return
        self._last_row = self._row
        check_extent(self._last_row, self._columns)
        if self._is_hidden:
            marks.hidden_rows.extend(range(first, self._row + 1))
