"""Common spellings of school level, leerjaar and gender, from ``data/codebooks/schrijfwijzen.csv``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from wellbeing.model.reference import FieldValue, RespondentField, Role
from wellbeing.reference.notations import class_code, fold, is_written_out, leerjaar_of_class
from wellbeing.reference.schema import ReferenceDataError, build, collect, read_table, split

COLUMNS = ("role", "key", "label", "written")
ROLES = (Role.LEVEL, Role.LEERJAAR, Role.GENDER)

_USUAL_LETTERS = {"h": "havo", "v": "vwo", "a": "atheneum", "m": "mavo", "t": "vmbo t", "g": "vmbo g"} | {
    "p": "praktijkonderwijs",
    "k": "kader",
    "b": "basis",
}


@dataclass(frozen=True, slots=True)
class Spellings:
    """Which value of a role a text means; the texts are folded (see ``fold``)."""

    values: Mapping[Role, Mapping[str, FieldValue]]

    def read(self, role: Role, text: str) -> FieldValue | None:
        """Give the value that this text means, or nothing where it is not certain.

        A class code ("3kb2", "H4b") is read as a leerjaar; as a level only where it is written out
        ("4 havo"), for what letters stand for differs between schools (see ``level_of_class``).
        """
        values = self.values.get(role, {})
        found = values.get(fold(text))
        if found is None and role is Role.LEERJAAR:
            return values.get(leerjaar_of_class(text) or "")
        if found is None and role is Role.LEVEL and (code := class_code(text)) and is_written_out(code.level):
            return values.get(fold(code.level))
        return found

    def options(self, field: RespondentField) -> Mapping[str, str]:
        """Give the keys and labels that a text of this field can mean: those of the codebook and the common ones."""
        common = {value.key: value.label for value in self.values.get(field.role, {}).values()}
        return common | {value.key: value.label for value in field.values}

    def level_of_class(self, text: str) -> FieldValue | None:
        """Give the level that the letters in the code of a class usually stand for; only to ask about."""
        code = class_code(text)
        if code is None or not code.level:
            return None
        return self.values.get(Role.LEVEL, {}).get(fold(_USUAL_LETTERS.get(code.level, code.level)))


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
