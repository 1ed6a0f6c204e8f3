"""How people write school years, classes, dates that Excel made, numbers and ticks."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

SCHOOL_YEAR_BEGINS = 8  # on the first of August
CENTURY = 2000

_MONTHS = ("jan", "feb", "mrt|maa|mar", "apr", "mei|may", "jun", "jul", "aug", "sep", "okt|oct", "nov", "dec")
_MONTH_NUMBERS = {name: number for number, names in enumerate(_MONTHS, start=1) for name in names.split("|")}
_TWO_YEARS = re.compile(r"'?(?P<first>20\d\d|\d\d)(?:[-/]| t/?m )'?(?P<second>20\d\d|\d\d)")
_YEAR_WORDS = re.compile(r"^(?:school|cursus|studie)?jaar\b|\.0$")
_BARE_YEAR = re.compile(r"20\d\d")
_MOMENT = re.compile(r"(?P<year>20\d\d)-(?P<month>0[1-9]|1[0-2])(?:-\d\d(?:[ t]\d\d:\d\d.*)?)?")
_DATE_TEXT = re.compile(r"\d{1,2}[-/.](?P<month>\d{1,2})[-/.](?P<year>20\d\d)(?: \d{1,2}:\d\d.*)?")
_ISO_DATE = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
_DAY_MONTH = re.compile(r"(\d{1,2})-([a-z]{3})\.?")
_MONTH_YEAR = re.compile(r"([a-z]{3})\.?-(\d\d)")
_DASHES = re.compile(r"[\u2010-\u2015\u2212_]")
_NUMBER = re.compile(r"[-+]?(?:\d+|\d{1,3}(?:[.,]\d{3})+)(?:[.,]\d+)?")

YES = frozenset(
    [
        *("ja", "yes", "waar", "true", "x", "v", "✓", "✔", "☑"),
        *("aangekruist", "aangevinkt", "gekozen", "checked", "selected"),
    ]
)
NO = frozenset(
    [
        *("nee", "no", "onwaar", "false", "niet aangekruist", "niet aangevinkt", "niet gekozen"),
        *("not checked", "not selected"),
    ]
)

_DASHES_TO_SPACE = re.compile(r"[-_\u2010-\u2015\u2212]")
_AROUND_SLASH = re.compile(r"\s*/\s*")
_LEVEL_WORDS = "vmbo|mavo|havo|vwo|gymnasium|atheneum|praktijkonderwijs|pro"
_LEVEL_LETTERS = (
    f"{_LEVEL_WORDS}|basis|kader|gemengd|theoretisch|gym|ath|bbl|kbl|kgt|gtl|bb|kb|bk|gl|tl|gt|th|mh|hv|bl|kl|av|ag"
    "|mhv|tlh|b|k|g|t|m|h|v|a|p"
)
_LEVELS = rf"(?:vmbo )?(?:{_LEVEL_LETTERS})(?:[/ ](?:{_LEVEL_LETTERS}))*"
_CLASS_CODE = re.compile(
    r"(?P<first>[1-6])(?:e|de|ste)?(?: klas)?[ .]?"  # 1a, 3kb2, 4 havo
    rf"(?:(?P<levels>{_LEVELS})(?: ?[a-z])?\d{{0,2}}|[a-z]\d{{0,2}})"
    rf"|(?P<before>{_LEVELS}) ?(?P<last>[1-6])(?: ?[a-z]\d?)?"  # h4b, tl 3, havo/vwo 2
)
_FULL_LEVEL = re.compile(rf"\b(?:{_LEVEL_WORDS})\b")
_AROUND_CLASS = re.compile(r"^(?:klas|leerjaar|lj|jaar)\b[ :.]*|^(?:brug)?klas (?=[1-6])| klas$")


def plain(text: str) -> str:
    """Give a text in small letters, with one kind of dash and single spaces."""
    return " ".join(_DASHES.sub("-", unicodedata.normalize("NFC", text).casefold()).split())


def school_year(text: str) -> str | None:
    """Give the school year that a text means, or nothing where it names none for certain.

    A date or month belongs to the school year that began in the August before it. A bare year is
    not read: it can be the first or the second half of a school year.

    >>> [school_year(text) for text in ("schooljaar 25/26", "2025–2026", "2026-03", "1-8-2025 09:00", "2025")]
    ['2025-2026', '2025-2026', '2025-2026', '2025-2026', None]
    """
    written = _YEAR_WORDS.sub("", plain(text).replace(" - ", "-").replace(" / ", "/")).strip(" :")
    if match := _TWO_YEARS.fullmatch(written):
        first, second = (CENTURY + int(match[name][-2:]) for name in ("first", "second"))
        if second == first + 1:
            return f"{first}-{second}"
    if re.fullmatch(r"\d{4}", written) and not written.startswith(("19", "20")):
        return school_year(f"{written[:2]}-{written[2:]}")
    match = _MOMENT.fullmatch(written) or _DATE_TEXT.fullmatch(written)
    return school_year_of(int(match["year"]), int(match["month"])) if match else None


def school_year_of(year: int, month: int) -> str:
    """Give the school year in which a month falls.

    >>> school_year_of(2026, 7), school_year_of(2026, 8)
    ('2025-2026', '2026-2027')
    """
    first = year if month >= SCHOOL_YEAR_BEGINS else year - 1
    return f"{first}-{first + 1}"


def bare_year(text: str) -> str | None:
    """Give the year where a text is only that.

    >>> bare_year("2025"), bare_year("Schooljaar 2025"), bare_year("25")
    ('2025', '2025', None)
    """
    written = _YEAR_WORDS.sub("", plain(text)).strip(" :")
    return written if _BARE_YEAR.fullmatch(written) else None


def before_excel(text: str) -> tuple[str, ...]:
    """Give what may have been typed where Excel made a date of it, likeliest first.

    >>> before_excel("2026-04-02"), before_excel("2-apr"), before_excel("jan-12"), before_excel("vaak")
    (('2-4', '4-2'), ('2-4', '4-2'), ('1-12',), ())
    """
    written = plain(text)
    if match := _ISO_DATE.fullmatch(written):
        day, month = int(match[3]), int(match[2])
    elif (match := _DAY_MONTH.fullmatch(written)) and match[2] in _MONTH_NUMBERS:
        day, month = int(match[1]), _MONTH_NUMBERS[match[2]]
    elif (match := _MONTH_YEAR.fullmatch(written)) and match[1] in _MONTH_NUMBERS:
        return (f"{_MONTH_NUMBERS[match[1]]}-{int(match[2])}",)
    else:
        return ()
    return tuple(dict.fromkeys((f"{day}-{month}", f"{month}-{day}")))


def number(text: str) -> float | None:
    """Read a number with a decimal comma or a decimal point.

    Where both stand in it the last is the decimal sign; of one sign alone, it is.

    >>> [number(text) for text in ("0,5", "1.25", "1.234,5", "1,234.5", "12,5%", "5 a 6", "inf")]
    [0.5, 1.25, 1234.5, 1234.5, 0.125, None, None]
    """
    written = text.strip().replace(" ", "")
    if written.endswith("%"):
        part = number(written[:-1])
        return None if part is None else round(part / 100, 12)
    if not _NUMBER.fullmatch(written):
        return None
    whole, sign, decimals = _parted(written)
    return float(f"{whole}.{decimals}") if sign else float(whole)


def _parted(written: str) -> tuple[str, str, str]:
    at = max(written.rfind(","), written.rfind("."))
    if at < 0:
        return written, "", ""
    sign = written[at]
    if written.count(sign) > 1:  # 1.234.567: signs between thousands
        return written.replace(sign, ""), "", ""
    return written[:at].replace(",", "").replace(".", ""), sign, written[at + 1 :]


# --------------------------------------------------------------------------- classes


class ClassCode(NamedTuple):
    """What the code of a class says: its leerjaar, and the letters of its level where they are not its own letter."""

    leerjaar: str
    level: str


def fold(text: str) -> str:
    r"""Make texts that differ only in capitals, spaces, dashes or Unicode form the same.

    >>> fold("  VMBO\u00a0GL / TL ")
    'vmbo gl/tl'
    """
    plain = _DASHES_TO_SPACE.sub(" ", unicodedata.normalize("NFC", text).casefold())
    return _AROUND_SLASH.sub("/", " ".join(plain.split()))


def class_code(text: str) -> ClassCode | None:
    """Take the code of a class apart, or give nothing if this is no such code.

    One letter behind the leerjaar is the letter of the class ("2b" is class b, not basis).

    >>> class_code("3kb2"), class_code("klas 2B")
    (ClassCode(leerjaar='3', level='kb'), ClassCode(leerjaar='2', level=''))
    """
    written = _AROUND_CLASS.sub("", fold(text))
    match = _CLASS_CODE.fullmatch(written)
    if match is None:
        return None
    level = match["before"] or match["levels"] or ""
    is_own_letter = match["first"] and len(level) == 1 and written.rstrip("0123456789").endswith(level)
    return ClassCode(match["first"] or match["last"], "" if is_own_letter else level)


def leerjaar_of_class(text: str) -> str | None:
    """Give the leerjaar in the code of a class, or nothing if this is no such code.

    >>> leerjaar_of_class("3kb2"), leerjaar_of_class("klas 3 vmbo-t"), leerjaar_of_class("groep 8")
    ('3', '3', None)
    """
    found = class_code(text)
    return found.leerjaar if found else None


def is_written_out(level: str) -> bool:
    """Say whether a level is a word, and not letters that differ between schools.

    >>> is_written_out("vmbo t"), is_written_out("kgt")
    (True, False)
    """
    return bool(_FULL_LEVEL.search(level))
