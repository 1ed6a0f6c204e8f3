"""Common spellings of school level, leerjaar and gender, from ``data/codebooks/schrijfwijzen.csv``."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from wellbeing.model.reference import FieldValue, Role
from wellbeing.reference.schema import ReferenceDataError, build, collect, read_table, split

COLUMNS = ("role", "key", "label", "written")
ROLES = (Role.LEVEL, Role.LEERJAAR, Role.GENDER)

_DASHES = re.compile(r"[-_\u2010-\u2015\u2212]")
_AROUND_SLASH = re.compile(r"\s*/\s*")
_LEVEL_LETTERS = (
    "pro|vmbo|mavo|havo|vwo|gym|ath|bbl|kbl|kgt|gtl|bb|kb|bk|gl|tl|gt|th|mh|hv|bl|kl|av|ag|mhv|tlh|b|k|g|t|m|h|v|a|p"
)
_CLASS_CODE = re.compile(
    rf"(?:(?P<first>[1-6])(?:(?:{_LEVEL_LETTERS})[a-z]?|[a-z])\d?"  # 1a, 3kb2, 4h, 2hvb
    rf"|(?:{_LEVEL_LETTERS})(?P<last>[1-6])(?:[a-z]\d?)?)"  # h4b, tl3, v5
)


@dataclass(frozen=True, slots=True)
class Spellings:
    """Which value of a role a text means; the texts are folded (see ``fold``)."""

    values: Mapping[Role, Mapping[str, FieldValue]]

    def read(self, role: Role, text: str) -> FieldValue | None:
        """Give the value that this text means, or nothing where it is not certain.

        A class code ("3kb2", "H4b") is read as a leerjaar; never as a level, for what the letters
        stand for differs between schools.
        """
        values = self.values.get(role, {})
        found = values.get(fold(text))
        if found is None and role is Role.LEERJAAR:
            return values.get(leerjaar_of_class(text) or "")
        return found


def fold(text: str) -> str:
    r"""Make texts that differ only in capitals, spaces, dashes or Unicode form the same.

    >>> fold("  VMBO\u00a0GL / TL ")
    'vmbo gl/tl'
    """
    plain = _DASHES.sub(" ", unicodedata.normalize("NFC", text).casefold())
    return _AROUND_SLASH.sub("/", " ".join(plain.split()))


def leerjaar_of_class(text: str) -> str | None:
    """Give the leerjaar in the code of a class, or nothing if this is no such code.

    >>> leerjaar_of_class("3kb2"), leerjaar_of_class("H4b"), leerjaar_of_class("groep 8")
    ('3', '4', None)
    """
    match = _CLASS_CODE.fullmatch(fold(text).replace(" ", "").replace("/", ""))
    return (match["first"] or match["last"]) if match else None


def load_spellings(path: Path) -> Spellings:
    """Read and check the table of spellings.

    Raises:
        ReferenceDataError: if a row is wrong, or a spelling could mean two values of one role.
    """
    rows = read_table(path, COLUMNS)
    named = [(row, f"{path.name}, rij {number}") for number, row in enumerate(rows, start=1)]
    entries = collect([lambda row=row, where=where: _entry(row, where) for row, where in named])  # type: ignore[misc]
    values: dict[Role, dict[str, FieldValue]] = {role: {} for role in ROLES}
    problems = []
    for role, value in entries:
        for spelling in map(fold, value.written):
            other = values[role].setdefault(spelling, value)
            if other.key != value.key:
                problems.append(f"{path.name}: '{spelling}' staat bij '{other.key}' en bij '{value.key}'; kies er één.")
    if problems:
        raise ReferenceDataError(problems)
    return Spellings(values)


def _entry(row: Mapping[str, str], where: str) -> tuple[Role, FieldValue]:
    if row["role"] not in ROLES:
        raise ReferenceDataError([f"{where}: role: '{row['role']}' mag hier niet; kies uit {_named(ROLES)}."])
    written = split(row["written"])
    if not written:
        raise ReferenceDataError([f"{where}: written: geef minstens één schrijfwijze."])
    value = build(FieldValue, {"key": row["key"], "label": row["label"], "written": written}, where)
    return Role(row["role"]), value


def _named(roles: Sequence[Role]) -> str:
    return ", ".join(roles)
