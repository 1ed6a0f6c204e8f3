"""What the parts of a container really hold: unpacked in pieces, counted, and never parsed or kept.

The sizes in a directory may lie, and parts may be damaged or hold markup that has no place in a
workbook. So every part is unpacked to its end, in memory, a piece at a time. That happens while the
reading process is at work, and nothing of what it reads is believed before this says so.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator

from wellbeing.intake import strays
from wellbeing.intake.guard import DAMAGED, MACROS, MAX_UNPACKED, PASSWORD, TOO_LARGE, UNSAFE, Refused
from wellbeing.intake.marks import Marks
from wellbeing.model.imports import FileKind

MAX_RATIO = 200
RATIO_FROM = 10 * 1024 * 1024
MAX_OTHER = 64 * 1024 * 1024  # parts that hold no cells, such as styles and pictures
MAX_ROW = 16 * 1024 * 1024
MAX_MERGED = 20_000
CHUNK = 1024 * 1024
OVERLAP = 64

SHUFFLED = (
    "In dit bestand staan rijen of cellen dubbel of door elkaar, zodat niet zeker is wat er staat. "
    "Open het in Excel, kijk de tabel na en sla het opnieuw op als .xlsx."
)

_ZIPPED = (FileKind.XLSX, FileKind.XLSB, FileKind.ODS)
_CELLS = ("xl/worksheets/", "xl/sharedstrings.", "content.xml")
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml")
_NUMBER = re.compile(rb"""\sr=["'](\d+)["']""")
_NO_STRING = b't="s"><v>-'
_REFERENCE = re.compile(rb"([A-Z]+)(\d+)\"")
_HIDDEN = re.compile(rb"""\shidden=["'](?:1|true)["']""")


def look_inside(data: bytes, kind: FileKind) -> dict[str, Marks]:
    """Unpack everything, and give the marks of each sheet of an .xlsx file by the name of its part.

    Raises:
        Refused: if a part is damaged or larger than it may be, or could harm or mislead.
    """
    if kind not in _ZIPPED:
        return {}
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as container:
            return _unpack(container, kind)
    except Exception as error:  # what zipfile and zlib raise on a damaged file has no end
        if isinstance(error, Refused):
            raise
        raise Refused(DAMAGED) from None


def _unpack(container: zipfile.ZipFile, kind: FileKind) -> dict[str, Marks]:
    found = {}
    unpacked = 0
    for member in container.infolist():
        name = member.filename.casefold()
        sheet = _SheetScan() if kind is FileKind.XLSX and _SHEET.fullmatch(name) else None
        largest = _largest(member, MAX_UNPACKED - unpacked)
        for tail, piece in _pieces(container, member, largest):
            unpacked += len(piece)
            if name.endswith((".xml", ".rels")):
                _check_markup(name, tail + piece, is_start=not tail)
            if sheet:
                sheet.look_at(piece)
        if sheet:
            found[member.filename] = sheet.finish()
    return found


def _largest(member: zipfile.ZipInfo, room: int) -> int:
    """Give how many bytes a part may hold."""
    largest = max(RATIO_FROM, MAX_RATIO * member.compress_size)
    if not member.filename.casefold().startswith(_CELLS):
        largest = min(largest, MAX_OTHER)
    return min(largest, room)


def _pieces(container: zipfile.ZipFile, member: zipfile.ZipInfo, largest: int) -> Iterator[tuple[bytes, bytes]]:
    """Give each piece with the end of the one before it, so that nothing hides on the border."""
    tail, size = b"", 0
    with container.open(member) as stream:
        while piece := stream.read(CHUNK):
            size += len(piece)
            if size > largest:
                raise Refused(TOO_LARGE)
            yield tail, piece
            tail = (tail + piece)[-OVERLAP:]


def _check_markup(name: str, text: bytes, *, is_start: bool) -> None:
    # One sign is found ten times faster than a word, and it hardly ever stands in a sheet.
    if b"!" in text and (b"<!DOCTYPE" in text or b"<!ENTITY" in text):
        raise Refused(UNSAFE)
    # Markup in another alphabet (UTF-16) would hide from the checks above.
    if is_start and b"\0" in text[:4096]:
        raise Refused(UNSAFE)
    if name == "meta-inf/manifest.xml" and b"encryption-data" in text:
        raise Refused(PASSWORD)
    if name == "[content_types].xml" and b"vbaProject" in text:
        raise Refused(MACROS)


class _SheetScan:
    """Goes along the raw rows of one sheet: which are hidden, which cells are filled, which read as empty."""

    def __init__(self) -> None:
        self._marks = Marks(filled=0)
        self._rest = b""
        self._row = 0
        self._learn(b"")

    def look_at(self, piece: bytes) -> None:
        """Take the next piece."""
        text = self._rest + piece
        if _NO_STRING in text:  # the parser would take the first text instead
            raise Refused(DAMAGED)
        if not self._row and (prefix := strays.prefix_of(text)) is not None:
            self._learn(prefix)
        *rows, self._rest = text.split(self._end)
        if len(self._rest) > MAX_ROW:
            raise Refused(UNSAFE)
        for row in rows:
            self._count(row)

    def finish(self) -> Marks:
        """Take what comes after the last row, and give the marks."""
        self._count(self._rest)
        if self._rest.count(b"mergeCell ") > MAX_MERGED:
            raise Refused(UNSAFE)
        return self._marks

    def _learn(self, prefix: bytes) -> None:
        """Make the patterns for a sheet whose names have this prefix, as in ``<x:row>``."""
        self._end = b"</" + prefix + b"row>"
        self._tag = re.compile(rb"<" + prefix + rb"row(?=[\s/>])[^>]*>")
        value = rb"(?:<" + prefix + rb"v\s*/>|<" + prefix + rb"v></" + prefix + rb"v>)?"
        formula = rb"(?:</" + prefix + rb"f>|<" + prefix + rb"f[^>]*/>)"
        self._uncalculated = re.compile(formula + value + rb"</" + prefix + rb"c>")
        self._formula = b"<" + prefix + b"f"
        self._cell = b"<" + prefix + b'c r="'
        self._end_of_cell = b"</" + prefix + b"c>"
        self._whole_cell = strays.cell_pattern(prefix)

    def _count(self, row: bytes) -> None:
        for tag in self._tag.findall(row):
            self._count_row(tag)
        last = _REFERENCE.match(row, row.rfind(self._cell) + len(self._cell))
        if last:
            self._row = max(self._row, int(last[2]))
            if strays.is_far(int(last[2]), last[1]):
                self._count_strays(row)
        uncalculated = 0
        if b"f" in row and self._formula in row:  # one letter is found ten times faster than two signs
            uncalculated = len(self._uncalculated.findall(row))
        errors = row.count(b' t="e"')
        self._marks.add(row.count(self._end_of_cell), uncalculated, errors)

    def _count_row(self, tag: bytes) -> None:
        number = _NUMBER.search(tag)
        row = int(number[1]) if number else self._row + 1
        if row <= self._row:
            raise Refused(SHUFFLED)
        self._row = row
        if _HIDDEN.search(tag):
            self._marks.hidden_rows.append(row)

    def _count_strays(self, row: bytes) -> None:
        for column, number, content in self._whole_cell.findall(row):
            if content and strays.is_far(int(number), column):
                self._marks.strays += 1
                if self._marks.strays > strays.MOST or strays.is_impossible(int(number), column):
                    raise Refused(TOO_LARGE)


def check_order(sheet: bytes) -> None:
    """Make sure that no two cells of a sheet have the same address, of which only one would be read.

    Raises:
        Refused: if they have, or stand in another order than spreadsheet programs write them.
    """
    prefix = strays.prefix_of(sheet) or b""
    before: tuple[int, int, bytes] = (0, 0, b"")
    for column, row in re.findall(rb"<" + prefix + rb'c r="([A-Z]+)(\d+)"', sheet):
        place = int(row), len(column), column
        if place <= before:
            raise Refused(SHUFFLED)
        before = place
