"""From text cells to typed answers, by the codebook and never by guessing."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping

import pandas as pd

from wellbeing.model.imports import Problem, Severity
from wellbeing.model.reference import Codebook, Question, RespondentField, Role
from wellbeing.model.survey import Answers, Column, Links, RawTable
from wellbeing.reference.spellings import Spellings

KEYED = (Role.LEVEL, Role.LEERJAAR, Role.GENDER)
CELLS_NAMED = 5
SHOWN_FROM = 5  # a value that fewer pupils wrote could be one pupil's own words


def recode_answers(
    table: RawTable, codebook: Codebook, links: Links, spellings: Spellings
) -> tuple[Answers, tuple[Problem, ...]]:
    """Give the typed answers of an export, and a remark for everything that could not be read.

    A value that no answer of its question fits becomes missing and is counted in a remark, with
    the addresses of a few cells. Nothing is dropped in silence.
    """
    questions = {question.id: question for question in codebook.questions}
    columns: dict[str, pd.Series] = {}
    labels: dict[str, Mapping[str, str]] = {}
    problems: list[Problem] = []
    for position, name in links.questions.items():
        column, cells = table.columns[position], table.frame.iloc[:, position]
        swapped = _swapped_labels(column, questions[name])
        if swapped:
            problems.append(swapped)
            continue
        codes, unread = _decode(cells, _answer_reader(questions[name]))
        columns[name] = codes.astype("Int64")
        problems += _unread_values(table, position, unread)
    for role, positions in _field_positions(codebook, links).items():
        read = {}
        for position in positions:
            column, cells = table.columns[position], table.frame.iloc[:, position]
            read[column.heading], labels[role], unread = _read_field(links.fields[position], column, cells, spellings)
            problems += _unread_values(table, position, unread)
        columns[role] = _of_own_year(read, columns.get(Role.YEAR))
    return Answers(codebook, pd.DataFrame(columns, index=table.frame.index), labels), tuple(problems)


# --------------------------------------------------------------------------- answers


def _answer_reader(question: Question) -> Callable[[str], int | None]:
    """Read a cell as a code, as a label, or as both ("1 = ja"); missing codes give -1.

    Raises (inside): KeyError for a cell that is none of these.
    """
    missing = set(question.missing)
    codes = {answer.code for answer in question.answers} | set(question.not_applicable)
    by_label = {fold(answer.label): answer.code for answer in question.answers}

    def read(cell: str) -> int | None:
        folded = fold(cell)
        if folded in by_label:
            return by_label[folded]
        code = _whole_number(folded)
        if code is not None:
            return _known_code(code)
        both = re.fullmatch(r"(\d+)\s*[=.):\-]\s*(.+)", folded)
        if both and by_label.get(both[2]) == int(both[1]):
            return int(both[1])
        raise KeyError(cell)

    def _known_code(code: int) -> int | None:
        if code in missing:
            return None
        if code in codes:
            return code
        raise KeyError(code)

    return read


def _whole_number(text: str) -> int | None:
    match = re.fullmatch(r"(-?\d{1,4})(?:[.,]0+)?", text)
    return int(match[1]) if match else None


def _decode(cells: pd.Series, read: Callable[[str], int | None]) -> tuple[pd.Series, dict[str, int]]:
    """Read each distinct value once. Gives the codes, and the values not understood with their counts."""
    known: dict[str, int | None] = {"": None}
    unread: dict[str, int] = {}
    for value, times in cells.value_counts().items():
        text = str(value)
        if not text:
            continue
        try:
            known[text] = read(text)
        except KeyError:
            known[text] = None
            unread[text] = int(times)
    return cells.map(known), unread


def _swapped_labels(column: Column, question: Question) -> Problem | None:
    """Refuse a column whose own labels give a code the meaning of another code."""
    codes = {fold(answer.label): answer.code for answer in question.answers}
    for value, label in column.value_labels.items():
        code = _whole_number(fold(value))
        if code is not None and codes.get(fold(label), code) != code:
            sentence = (
                f"In het bestand betekent {code} '{label}', maar volgens het codeboek hoort dat bij een andere code. "
                "Deze kolom telt niet mee. Kies het codeboek van het goede jaar."
            )
            return Problem(Severity.STOP, sentence, heading=column.heading)
    return None


# --------------------------------------------------------------------------- respondent fields


def _field_positions(codebook: Codebook, links: Links) -> dict[Role, list[int]]:
    """Give per role the column to use: one linked by hand, else the first field of the codebook.

    Only a field named after its year ("weegfactor2024") may be several columns. The year comes
    first, since those columns need it.
    """
    order = {id(field): place for place, field in enumerate(codebook.fields)}
    positions = sorted(links.fields, key=lambda at: (at not in links.by_hand, order.get(id(links.fields[at]), -1), at))
    chosen: dict[Role, list[int]] = {}
    for position in positions:
        of_role = chosen.setdefault(links.fields[position].role, [])
        if not of_role or (links.fields[position] is links.fields[of_role[0]] and _named_after_year(links, position)):
            of_role.append(position)
    return dict(sorted(chosen.items(), key=lambda item: item[0] is not Role.YEAR))


def _named_after_year(links: Links, position: int) -> bool:
    return any("{jaar}" in heading for heading in links.fields[position].headings)


def _of_own_year(read: Mapping[str, pd.Series], years: pd.Series | None) -> pd.Series:
    """Give each pupil the value of the column named after the pupil's own year; one column is for all."""
    columns = list(read.values())
    if len(columns) == 1 or years is None:
        return columns[0]
    value = pd.Series(float("nan"), index=years.index)
    for heading, column in read.items():
        value = value.mask(years.map(lambda year, heading=heading: bool(year) and str(year)[:4] in heading), column)
    return value


def _read_field(
    field: RespondentField, column: Column, cells: pd.Series, spellings: Spellings
) -> tuple[pd.Series, Mapping[str, str], dict[str, int]]:
    if field.role is Role.WEIGHT:
        return _weights(cells)
    if field.role not in KEYED:
        return _named(field, column, cells)
    written = {fold(text): (value.key, value.label) for value in field.values for text in value.written}
    missing = {fold(text) for text in field.missing}
    keys: dict[str, str | None] = {"": None}
    labels: dict[str, str] = {}
    unread: dict[str, int] = {}
    for value, times in cells.value_counts().items():
        text = str(value)
        if not text or fold(text) in missing:
            keys[text] = None
            continue
        found = written.get(fold(text)) or _spelled(field.role, column.value_labels.get(text, text), spellings)
        if found is None:
            keys[text], unread[text] = None, int(times)
            continue
        keys[text] = found[0]
        labels[found[0]] = column.value_labels.get(text, found[1])
    return cells.map(keys).astype("object"), labels, unread


def _spelled(role: Role, text: str, spellings: Spellings) -> tuple[str, str] | None:
    found = spellings.read(role, text)
    return None if found is None else (found.key, found.label)


def _named(
    field: RespondentField, column: Column, cells: pd.Series
) -> tuple[pd.Series, Mapping[str, str], dict[str, int]]:
    """Read school and year as the file writes them; an SPSS value label is the name."""
    missing = {fold(text) for text in field.missing}
    names = {
        str(value): None
        if not str(value) or fold(str(value)) in missing
        else column.value_labels.get(str(value), str(value))
        for value in cells.unique()
    }
    return cells.map(names).astype("object"), {name: name for name in names.values() if name}, {}


def _weights(cells: pd.Series) -> tuple[pd.Series, Mapping[str, str], dict[str, int]]:
    numbers = pd.to_numeric(cells.str.replace(",", ".", regex=False), errors="coerce")
    wrong = cells[(numbers.isna() | (numbers < 0)) & (cells != "")]
    return numbers.where(numbers >= 0).astype("float64"), {}, {str(k): int(v) for k, v in wrong.value_counts().items()}


# --------------------------------------------------------------------------- remarks


def _unread_values(table: RawTable, position: int, unread: Mapping[str, int]) -> list[Problem]:
    """Say which values were not understood, without repeating what a single pupil may have written."""
    column = table.columns[position]
    cells = table.frame.iloc[:, position]
    problems = []
    for value, times in unread.items():
        rows = [number for number, cell in zip(table.row_numbers, cells, strict=True) if cell == value][:CELLS_NAMED]
        what = f"De waarde '{value}'" if times >= SHOWN_FROM else "Een waarde"
        problems.append(
            Problem(
                Severity.CHECK,
                f"{what} hoort niet bij de antwoorden van deze vraag en telt als niet ingevuld.",
                heading=column.heading,
                rows=times,
                cells=tuple(f"{column.letter}{number}" for number in rows),
            )
        )
    return problems


def fold(text: str) -> str:
    r"""Give a text without differences that people do not see: case, spacing, composed letters.

    >>> fold("  Zeer\u00a0Vaak ")
    'zeer vaak'
    """
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())
