"""A table on its way through the reading process: columns of text, each distinct text once."""

from __future__ import annotations

import datetime as dt
import math
import re
import unicodedata
from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

_CONTROL = [sign for sign in range(0x20) if chr(sign) not in "\t\n\r"]
_HALF_SIGNS = range(0xD800, 0xE000)
_NUMBER = re.compile(r"-?\d+(?:[.,]\d+)?")
_INVISIBLE: dict[int, str | None] = (
    dict.fromkeys([*map(ord, "\ufeff\u200b\u200c\u200d\u2060\u00ad\x7f"), *_CONTROL, *_HALF_SIGNS])
) | {0xA0: " ", 0x202F: " "}

Range = tuple[tuple[int, int], tuple[int, int]]
"""Cells that were made one: row and column of the first and of the last of them, 0 = first."""


class _Places(dict[object, int]):
    """Distinct values in the order in which they are met, each with its place."""

    def __missing__(self, value: object) -> int:
        return self.setdefault(value, len(self))


@dataclass(slots=True)
class Cells:
    """The cells of one column: ``texts`` holds each distinct text once, ``codes`` says per row which.

    ``tidied`` tells of how many cells spaces or invisible signs were taken away, ``kept_as_text``
    how many numbers stood there as a text, as all of them do in a text file.
    """

    texts: list[str]
    codes: array[int]
    tidied: int = 0
    kept_as_text: int = 0

    @classmethod
    def of(cls, values: Sequence[object]) -> Cells:
        """Make every value a text; see ``cell_text``."""
        places = _Places()
        codes = array("i", list(map(places.__getitem__, values)))
        texts = [cell_text(value) for value in places]
        tidied, numbers = _told(dict(zip(places, texts, strict=True)), codes)
        mixed = (0 in places or 1 in places) and len(places) > 1 and bool in set(map(type, values))
        if mixed:  # True and 1 are one key, but not one answer
            return replace(cls.of([cell_text(value) for value in values]), tidied=tidied, kept_as_text=numbers)
        if len(set(texts)) < len(texts):  # spelled in more ways
            return replace(cls.of([texts[code] for code in codes]), tidied=tidied, kept_as_text=numbers)
        return cls(texts, codes, tidied, numbers)

    def counts(self) -> dict[str, int]:
        """Give how often each text occurs, without the empty one."""
        times = Counter(self.codes)
        return {text: times[place] for place, text in enumerate(self.texts) if text and times[place]}

    def at(self, row: int) -> str:
        """Give the text in a row (0 = first)."""
        return self.texts[self.codes[row]]

    def rows_with(self, texts: Iterable[str]) -> list[int]:
        """Give the rows that hold one of these texts."""
        wanted = set(texts)
        places = {place for place, text in enumerate(self.texts) if text in wanted}
        return [row for row, place in enumerate(self.codes) if place in places] if places else []

    def keep(self, rows: Sequence[int]) -> Cells:
        """Give these rows only; texts of other rows are gone."""
        codes = array("i", map(self.codes.__getitem__, rows))
        places = {code: place for place, code in enumerate(dict.fromkeys(codes))}
        if len(places) == len(self.texts):
            return Cells(self.texts, codes)
        return Cells([self.texts[code] for code in places], array("i", map(places.__getitem__, codes)))

    def without(self, texts: Iterable[str]) -> Cells:
        """Give the same cells with these texts made empty."""
        gone = set(texts)
        return Cells(["" if text in gone else text for text in self.texts], self.codes)


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands above a column; label and value labels come from SPSS files only."""

    text: str
    letter: str
    label: str = ""
    value_labels: Mapping[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Table:
    """A table as found in a file, with the identifying columns still in it.

    ``header_row`` is 0 where a file has no row of headings (SPSS). ``row_numbers`` are places in
    the file, 1 = first; ``hidden_rows`` are those that a filter or a person hid, ``unfinished_rows``
    those of pupils who stopped halfway. ``sheet_names`` are the visible sheets of the file.
    """

    sheet: str
    header_row: int
    headings: list[Heading]
    columns: list[Cells]
    row_numbers: list[int]
    notes: list[str]
    hidden_rows: tuple[int, ...] = ()
    sheet_names: tuple[str, ...] = ()
    unfinished_rows: tuple[int, ...] = ()

    def keep(self, rows: Sequence[int]) -> None:
        """Leave only these rows."""
        self.columns = [cells.keep(rows) for cells in self.columns]
        self.row_numbers = [self.row_numbers[row] for row in rows]


def cell_text(value: object) -> str:
    r"""Give a cell as the text that a person reads in it.

    >>> [cell_text(value) for value in (3.0, 0.5, True, None, "\u00a0Zeer  goed ", "NA")]
    ['3', '0.5', 'WAAR', '', 'Zeer  goed', 'NA']
    """
    return _AS_TEXT.get(type(value), str)(value)


def column_letter(position: int) -> str:
    """Give the letters of a column (0 = first).

    >>> column_letter(0), column_letter(25), column_letter(26), column_letter(701)
    ('A', 'Z', 'AA', 'ZZ')
    """
    letters = ""
    position += 1
    while position:
        position, rest = divmod(position - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _plain_text(text: str) -> str:
    return unicodedata.normalize("NFC", text.translate(_INVISIBLE)).strip()


def _told(values: Mapping[object, str], codes: array[int]) -> tuple[int, int]:
    """Count the cells that were tidied, and the numbers kept as text, by each distinct value with its text."""
    typed = [(place, value, text) for place, (value, text) in enumerate(values.items()) if isinstance(value, str)]
    untidy = [place for place, value, text in typed if value != text != unicodedata.normalize("NFC", value)]
    numbers = [place for place, _, text in typed if _NUMBER.fullmatch(text)]
    if not untidy and not numbers:
        return 0, 0
    times = Counter(codes)
    return sum(times[place] for place in untidy), sum(times[place] for place in numbers)


def _number_text(number: float) -> str:
    if math.isnan(number):  # how SPSS gives an empty cell
        return ""
    return str(int(number)) if number.is_integer() else repr(number)


def _moment_text(moment: dt.datetime) -> str:
    return moment.date().isoformat() if moment.time() == dt.time() else moment.isoformat(sep=" ", timespec="seconds")


_AS_TEXT: dict[type, Callable[[Any], str]] = {
    str: _plain_text,
    float: _number_text,
    bool: lambda value: "WAAR" if value else "ONWAAR",
    type(None): lambda _: "",
    dt.datetime: _moment_text,
    dt.date: dt.date.isoformat,
    dt.time: dt.time.isoformat,
}
