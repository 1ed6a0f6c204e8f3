"""Cells made coarser before they leave the reading process: a moment to its month, a class to its leerjaar."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable

from wellbeing.intake.tables import Cells
from wellbeing.reference.notations import class_code

MONTH = " (maand)"  # behind the heading of a column of moments that was made coarser
MOSTLY = 0.8
MOST_CLASSES = 300  # no school has more

_ISO = re.compile(r"(20\d\d)-(\d\d)-\d\d(?:[ T].*)?")
_SERIAL = re.compile(r"(4\d{4}|5[0-4]\d{3})(?:[.,]\d+)?")  # days since 1900: from 2009 to 2050
_DAY_ZERO = dt.date(1899, 12, 30)  # Excel counts a 29 February 1900 that never was
_WRITTEN = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](20\d\d)(?:,? .*)?")


def is_moments(cells: Cells) -> bool:
    """Say whether nearly every filled cell is a date, with or without a time, or the number Excel has for one."""
    texts = [text for text in cells.texts if text]
    return bool(texts) and sum(map(_is_moment, texts)) >= MOSTLY * len(texts)


def months(cells: Cells) -> Cells:
    """Give per cell only the month ("2025-10"); what is no moment becomes empty."""
    is_month_first = _is_month_first(cells.texts)
    return _mapped(cells, [_month(text, is_month_first=is_month_first) for text in cells.texts])


def _is_moment(text: str) -> bool:
    return bool(_ISO.fullmatch(text) or _WRITTEN.fullmatch(text) or _SERIAL.fullmatch(text))


def _is_month_first(texts: Iterable[str]) -> bool:
    """Say whether dates are written the American way: some day stands second, and none first."""
    parts = [(int(match[1]), int(match[2])) for text in texts if (match := _WRITTEN.fullmatch(text))]
    return any(second > 12 for _, second in parts) and not any(first > 12 for first, _ in parts)


def _month(text: str, *, is_month_first: bool) -> str:
    if match := _ISO.fullmatch(text):
        return f"{match[1]}-{match[2]}"
    if match := _WRITTEN.fullmatch(text):
        month = int(match[1] if is_month_first else match[2])
        return f"{match[3]}-{month:02}" if 1 <= month <= 12 else ""
    if match := _SERIAL.fullmatch(text):
        return f"{_DAY_ZERO + dt.timedelta(days=int(match[1])):%Y-%m}"
    return ""


def is_classes(cells: Cells) -> bool:
    """Say whether nearly every filled cell is the code of a class, and not only a leerjaar."""
    texts = [text for text in cells.texts if text]
    if len(texts) > MOST_CLASSES or all(map(str.isdigit, texts)):
        return False
    return sum(map(_is_class, texts)) >= MOSTLY * len(texts)


def _is_class(text: str) -> bool:
    return text in {"1", "2", "3", "4", "5", "6"} or class_code(text) is not None


def without_class_letters(cells: Cells) -> Cells:
    """Give of each class its leerjaar and level ("3kb2" becomes "kb 3", "2B" becomes "2"); no class stays as it is.

    >>> without_class_letters(Cells.of(["3kb2", "2B", "anders"])).texts
    ['kb 3', '2', 'anders']
    """
    found = [(text, class_code(text)) for text in cells.texts]
    return _mapped(cells, [f"{code.level} {code.leerjaar}".strip() if code else text for text, code in found])


def _mapped(cells: Cells, texts: list[str]) -> Cells:
    return Cells.of([texts[code] for code in cells.codes])
