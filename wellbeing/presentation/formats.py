"""Dutch numbers, dates and lists."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence

MINUS = "\u2212"
MONTHS = (
    "januari", "februari", "maart", "april", "mei", "juni",
    "juli", "augustus", "september", "oktober", "november", "december",
)  # fmt: skip


def number(value: int) -> str:
    """Write a whole number with a point per thousand.

    >>> number(3012), number(-40)
    ('3.012', '−40')
    """
    return f"{value:,}".replace(",", ".").replace("-", MINUS)


def whole(value: float) -> int:
    """Round to a whole number, half up; so 2.5 becomes 3 (Python itself rounds to even).

    >>> whole(2.5), whole(0.4999), whole(-1.5)
    (3, 0, -1)
    """
    return math.floor(value + 0.5)


def percentage(value: int) -> str:
    """Write a whole percentage.

    >>> percentage(47)
    '47%'
    """
    return f"{number(value)}%"


def published_percentage(value: float) -> str:
    """Write a percentage as its source published it, with at most one decimal.

    >>> published_percentage(88.0), published_percentage(13.5)
    ('88%', '13,5%')
    """
    return f"{value:.1f}".removesuffix(".0").replace(".", ",") + "%"


def points(value: int) -> str:
    """Write a difference in percentage points with its sign; the minus is a real one.

    >>> points(8), points(-3), points(0)
    ('+8', '−3', '0')
    """
    return f"+{number(value)}" if value > 0 else number(value)


def points_a_year(value: float) -> str:
    """Give a change per year in points, with a sign and one decimal.

    >>> points_a_year(-1.25), points_a_year(0.5)
    ('−1,2', '+0,5')
    """
    sign = "+" if value > 0 else MINUS if value < 0 else ""
    return f"{sign}{abs(value):.1f}".replace(".", ",")


def date(value: dt.date) -> str:
    """Write a date in words.

    >>> date(dt.date(2026, 3, 9))
    '9 maart 2026'
    """
    return f"{value.day} {MONTHS[value.month - 1]} {value.year}"


def short_date(value: dt.date) -> str:
    """Write a date in numbers, for in a table.

    >>> short_date(dt.date(2026, 3, 9))
    '09-03-2026'
    """
    return f"{value.day:02d}-{value.month:02d}-{value.year}"


def listing(words: Sequence[str], last: str = "en") -> str:
    """Write a list as people say it.

    >>> listing(["vmbo", "havo", "vwo"]), listing(["vwo"]), listing([])
    ('vmbo, havo en vwo', 'vwo', '')
    """
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


def counted(value: int, one: str, many: str) -> str:
    """Write a number with its noun.

    >>> counted(1, "onderwerp", "onderwerpen"), counted(1200, "leerling", "leerlingen")
    ('1 onderwerp', '1.200 leerlingen')
    """
    return f"{number(value)} {one if value == 1 else many}"


def capital(sentence: str) -> str:
    """Give the sentence a capital, and leave the rest as it is.

    >>> capital("bijna de helft doet mee aan MHI-5")
    'Bijna de helft doet mee aan MHI-5'
    """
    return sentence[:1].upper() + sentence[1:]
