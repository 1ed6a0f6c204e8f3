"""Text exports (CSV): encoding, separator and rows, with nothing repaired."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Collection

from wellbeing.intake import headers
from wellbeing.intake.guard import HEADER_ROWS, TOO_LARGE, Refused, check_extent
from wellbeing.intake.tables import Table

SEPARATORS = (";", ",", "\t", "|")
LONGEST_CELL = 32_767
MAX_LINES = 1_000_000  # far more than rows: an open answer may run over several lines
SAMPLE_ROWS = 60

_ONLY_WINDOWS = re.compile(rb"[\x80-\x9f]")
_PAIR = re.compile(r"[\u00c2-\u00c3][\u0080-\uffff]")

UNREADABLE = (
    "De tekens in dit bestand zijn niet te lezen. "
    "Open het in Excel, kies Opslaan als en dan 'CSV UTF-8', en voeg het nieuwe bestand toe."
)
SAVE_AGAIN = "Kijk de namen en antwoorden na. Kloppen ze niet: maak de export opnieuw als .xlsx of 'CSV UTF-8'."
LOOK_AT_LINE = "Open het bestand in Excel, kijk deze regel na en sla het op als .xlsx."


def read_table(data: bytes, known: Collection[str], _pick: object = "", _marks: object = None) -> Table:
    """Read the table of pupils in a text file, which has no sheets to pick from.

    Raises:
        Refused: see ``read_rows`` and ``headers.find_table``.
    """
    rows, notes = read_rows(data)
    return headers.find_table("", rows, known, notes)


def read_rows(data: bytes) -> tuple[list[list[str]], list[str]]:
    """Read the rows of a text file, all equally wide, with remarks about lines set apart.

    Lines of a title above the table, or of a remark below it, may be narrower: above, they are
    filled up with empty cells; below, they are left out and counted.

    Raises:
        Refused: if the file cannot be decoded, or a row has another number of cells; the sentence
            names the line.
    """
    text = decode(data)
    if text.count("\n") + text.count("\r") > MAX_LINES:
        raise Refused(TOO_LARGE)
    text, separator = _separator(text)
    rows, lines = _rows(text, separator)
    width = _width(rows)
    check_extent(len(rows), width)
    end = _end(rows, width)
    loose = sum(map(any, rows[end:]))
    notes = [f"Losse regels onder de tabel: {loose}. Die zijn overgeslagen."] if loose else []
    if garbled := _garbled(text):
        notes.append(
            f"Op {garbled} plekken in dit bestand lijken letters met een accent verkeerd bewaard. {SAVE_AGAIN}"
        )
    return _filled_up(rows[:end], lines, width), notes


def decode(data: bytes) -> str:
    """Decode a text file: UTF-8, UTF-16 with its mark, or else the Windows alphabet or its elder with a euro sign.

    Raises:
        Refused: if it is none of these.
    """
    for encoding in _encodings(data):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Refused(UNREADABLE)


def _encodings(data: bytes) -> tuple[str, ...]:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return ("utf-16",)
    has_old_euro = b"\xa4" in data and not _ONLY_WINDOWS.search(data)
    return ("utf-8-sig", "iso8859-15" if has_old_euro else "cp1252")


def _garbled(text: str) -> int:
    """Count the signs that another program took apart, as "é" into "Ã©"."""
    return sum(map(_is_garbled, _PAIR.findall(text)))


def _is_garbled(pair: str) -> bool:
    try:
        return len(pair.encode("cp1252").decode("utf-8")) == 1
    except UnicodeError:
        return False


def _separator(text: str) -> tuple[str, str]:
    first, _, rest = text.partition("\n")
    marked = first.strip().casefold()
    if marked.startswith("sep=") and len(marked) == len("sep=") + 1:
        return "\n" + rest, marked[-1]  # the line stays, empty, so that line numbers stay right
    sample = text.splitlines(keepends=True)[:SAMPLE_ROWS]
    return text, max(SEPARATORS, key=lambda separator: _agreement(sample, separator))


def _agreement(sample: list[str], separator: str) -> tuple[int, int]:
    """Give how many rows have the most common width, and that width: the right separator gives most."""
    try:
        widths = Counter(len(row) for row in csv.reader(sample, delimiter=separator))
    except csv.Error:
        return 0, 0
    width, times = max(widths.items(), key=lambda entry: (entry[1], entry[0]), default=(0, 0))
    return (times, width) if width > 1 else (0, width)


def _rows(text: str, separator: str) -> tuple[list[list[str]], list[int]]:
    """Give the rows, and per row the line on which it ends."""
    csv.field_size_limit(LONGEST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    rows, lines = [], []
    try:
        for row in reader:
            rows.append(row)
            lines.append(reader.line_num)
    except csv.Error:
        sentence = f"Bij regel {reader.line_num} klopt een aanhalingsteken of een cel niet. {LOOK_AT_LINE}"
        raise Refused(sentence) from None
    return rows, lines


def _width(rows: list[list[str]]) -> int:
    widths = Counter(len(row) for row in rows if any(row))
    return widths.most_common(1)[0][0] if widths else 0


def _end(rows: list[list[str]], width: int) -> int:
    """Give where the table ends: after it come only lines with one cell or none."""
    if width < 2:
        return len(rows)
    return max((place for place, row in enumerate(rows, start=1) if len(row) > 1), default=0)


def _filled_up(rows: list[list[str]], lines: list[int], width: int) -> list[list[str]]:
    first = next((place for place, row in enumerate(rows) if len(row) == width), 0)
    full = []
    for place, (row, line) in enumerate(zip(rows, lines, strict=False)):
        is_title = place < min(first, HEADER_ROWS) and len(row) <= max(2, width // 2)
        if len(row) != width and any(row) and not is_title:
            sentence = f"Regel {line} heeft {len(row)} cellen, maar de tabel heeft {width} kolommen. {LOOK_AT_LINE}"
            raise Refused(sentence)
        full.append(row + [""] * (width - len(row)))
    return full
