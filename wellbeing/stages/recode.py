"""From text cells to typed answers, by the codebook and never by guessing."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Generic, NamedTuple, TypeVar

import narwhals as nw
import pandas as pd

from wellbeing.model.imports import Problem, Severity
from wellbeing.model.reference import Codebook, Question, RespondentField, Role
from wellbeing.model.survey import Answers, Column, Dataset, Links, RawTable
from wellbeing.reference.spellings import Spellings

KeyT = TypeVar("KeyT", int, str)

KEYED = (Role.LEVEL, Role.LEERJAAR, Role.GENDER)
POSSIBLE_NUMBERS = tuple(map(str, range(100)))
CELLS_NAMED = 5
SHOWN_FROM = 5  # a value that fewer pupils wrote could be one pupil's own words


class _Reading(NamedTuple, Generic[KeyT]):
    """What each distinct text of a column means; the labels of the keys; what was not understood, and how often."""

    keys: dict[str, KeyT | None]
    labels: dict[str, str]
    unread: dict[str, int]


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
        reading = _read_answers(_written(cells), questions[name])
        columns[name] = cells.map(reading.keys).astype("Int64")
        problems += _unread_values(table, position, reading.unread)
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


def _read_answers(written: Mapping[str, int], question: Question) -> _Reading[int]:
    """Read each distinct value once."""
    read = _answer_reader(question)
    reading: _Reading[int] = _Reading({"": None}, {}, {})
    for text, times in written.items():
        try:
            reading.keys[text] = read(text) if text else None
        except KeyError:
            reading.keys[text], reading.unread[text] = None, times
    return reading


def _written(cells: pd.Series) -> dict[str, int]:
    return {str(value): int(times) for value, times in cells.value_counts().items()}


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
    reading = _read_keys(_written(cells), field, column, spellings)
    return cells.map(reading.keys).astype("object"), reading.labels, reading.unread


def _read_keys(
    written: Mapping[str, int], field: RespondentField, column: Column, spellings: Spellings
) -> _Reading[str]:
    if field.role not in KEYED:
        return _read_names(written, field, column)
    exact = {fold(text): (value.key, value.label) for value in field.values for text in value.written}
    missing = {fold(text) for text in field.missing}
    reading: _Reading[str] = _Reading({"": None}, {}, {})
    for text, times in written.items():
        if not text or fold(text) in missing:
            reading.keys[text] = None
            continue
        found = exact.get(fold(text)) or _spelled(field.role, column.value_labels.get(text, text), spellings)
        if found is None:
            reading.keys[text], reading.unread[text] = None, times
            continue
        reading.keys[text] = found[0]
        own = column.value_labels.get(text, found[1])
        # Where the file divides a group further ("vmbo basis", "vmbo kader") its label is ours, not that of a part.
        reading.labels[found[0]] = own if reading.labels.get(found[0], own) == own else found[1]
    return reading


def _spelled(role: Role, text: str, spellings: Spellings) -> tuple[str, str] | None:
    found = spellings.read(role, text)
    return None if found is None else (found.key, found.label)


def _read_names(written: Mapping[str, int], field: RespondentField, column: Column) -> _Reading[str]:
    """Read school and year as the file writes them; an SPSS value label is the name."""
    missing = {fold(text) for text in ("", *field.missing)}
    names = {text: None if fold(text) in missing else column.value_labels.get(text, text) for text in ("", *written)}
    return _Reading(names, {name: name for name in names.values() if name}, {})


def _weights(cells: pd.Series) -> tuple[pd.Series, Mapping[str, str], dict[str, int]]:
    numbers = pd.to_numeric(cells.str.replace(",", ".", regex=False), errors="coerce")
    usable = (numbers >= 0) & (numbers < float("inf"))
    wrong = cells[~usable & (cells != "")]
    return numbers.where(usable).astype("float64"), {}, {str(k): int(v) for k, v in wrong.value_counts().items()}


# --------------------------------------------------------------------------- datasets on an engine


class _Cells(NamedTuple):
    """One column of a dataset, as its texts or as its numbers."""

    values: nw.Expr
    are_numbers: bool

    def among(self, texts: Iterable[str]) -> nw.Expr:
        """Tell whether a cell holds one of these."""
        return self.values.is_in([float(text) if self.are_numbers else text for text in texts if text])

    def translated(self, reading: _Reading[KeyT], dtype: nw.dtypes.DType) -> nw.Expr:
        """Give what each cell means; what is not understood becomes missing."""
        texts: dict[KeyT, list[str]] = {}
        same = []
        for text, key in reading.keys.items():
            if key is not None and str(key) == text and self.are_numbers is isinstance(key, int):
                same.append(text)
            elif key is not None:
                texts.setdefault(key, []).append(text)
        meaning = nw.when(self.among(same)).then(self.values) if same else nw.lit(None, dtype=dtype)
        for key, written in texts.items():
            meaning = nw.when(self.among(written)).then(nw.lit(key, dtype=dtype)).otherwise(meaning)
        return meaning

    def unread(self, reading: _Reading[KeyT]) -> nw.Expr:
        """Give 1 for each filled cell that was not understood."""
        understood = self.among(text for text in reading.keys if text not in reading.unread)
        is_filled = ~self.values.is_null() if self.are_numbers else ~self.values.is_null() & (self.values != "")
        return (is_filled & ~understood).cast(nw.Float64)


def recode_dataset(
    dataset: Dataset, codebook: Codebook, links: Links, spellings: Spellings, year: str = ""
) -> tuple[Answers[Any], tuple[Problem, ...]]:
    """Give the typed answers of a dataset, still on its engine, and a remark per column with unread cells.

    The rules are those of an export. The engine tells the distinct texts of columns of text, and
    names of schools and years; numbers are held against all that could be meant. Pupils stay there.
    ``year`` is used where the dataset itself has no year.
    """
    fields = _field_positions(codebook, links)
    weights = fields.pop(Role.WEIGHT, [])
    linked = {name: at for at, name in links.questions.items()}
    linked |= {role.value: positions[0] for role, positions in fields.items()}
    cells = {at: _cells(dataset, at, is_name=_is_name(links.fields.get(at))) for at in linked.values()}
    readings = _readings(dataset, cells, codebook, links, spellings)
    read = {
        name: cells[at].translated(readings[at], nw.Float64() if at in links.questions else nw.String())
        for name, at in linked.items()
    }
    labels = {name: readings[at].labels for name, at in linked.items() if at in links.fields}
    if year and not labels.get(Role.YEAR):
        read[Role.YEAR.value], labels[Role.YEAR.value] = nw.lit(year), {year: year}
    numbers = [dataset.columns[at].heading for at in weights if _is_number(dataset, at)]
    if numbers:
        years = labels.get(Role.YEAR, {})
        read[Role.WEIGHT.value] = _weight_of_own_year(numbers, years, read.get(Role.YEAR))
    frame = nw.from_native(dataset.frame).select(*(meaning.alias(name) for name, meaning in read.items()))
    problems = [_weight_as_text(dataset.columns[at]) for at in weights if not _is_number(dataset, at)]
    problems += _unread_cells(dataset, {at: cells[at].unread(reading) for at, reading in readings.items()})
    return Answers(codebook, frame.to_native(), labels), tuple(problems)


def _readings(
    dataset: Dataset, cells: Mapping[int, _Cells], codebook: Codebook, links: Links, spellings: Spellings
) -> dict[int, _Reading[Any]]:
    questions = {question.id: question for question in codebook.questions}
    found = _distinct_texts(dataset, {at: column for at, column in cells.items() if not column.are_numbers})
    readings: dict[int, _Reading[Any]] = {}
    for at in cells:
        texts = dict.fromkeys(found.get(at, POSSIBLE_NUMBERS), 1)
        if at in links.questions:
            readings[at] = _read_answers(texts, questions[links.questions[at]])
        else:
            readings[at] = _read_keys(texts, links.fields[at], dataset.columns[at], spellings)
    return readings


def _is_name(field: RespondentField | None) -> bool:
    return field is not None and field.role not in KEYED


def _is_number(dataset: Dataset, at: int) -> bool:
    heading = dataset.columns[at].heading
    return bool(nw.from_native(dataset.frame).collect_schema()[heading].is_numeric())


def _cells(dataset: Dataset, at: int, *, is_name: bool) -> _Cells:
    column = nw.col(dataset.columns[at].heading)
    if not _is_number(dataset, at):
        return _Cells(column.cast(nw.String), are_numbers=False)
    if is_name:  # 2025, also where the engine had to keep it as 2025.0
        return _Cells(column.cast(nw.String).str.replace_all(r"\.0$", ""), are_numbers=False)
    return _Cells(column.cast(nw.Float64), are_numbers=True)


def _distinct_texts(dataset: Dataset, cells: Mapping[int, _Cells]) -> dict[int, list[str]]:
    """Ask the engine, in one question, which texts stand in these columns."""
    if not cells:
        return {}
    frame = nw.from_native(dataset.frame).lazy()
    parts = [
        frame.select(column.values.alias("text")).unique().with_columns(nw.lit(at).alias("place"))
        for at, column in cells.items()
    ]
    found = nw.concat(parts).collect("pandas").to_native().dropna()
    return {at: sorted(found.loc[found["place"] == at, "text"]) for at in cells}


def _weight_of_own_year(headings: Sequence[str], years: Iterable[str], year: nw.Expr | None) -> nw.Expr:
    """Give the weight; of columns named after their year, the one of the pupil's own year."""
    weights = [nw.when(nw.col(name) >= 0).then(nw.col(name).cast(nw.Float64)) for name in headings]
    if len(headings) == 1 or year is None:
        return weights[0]
    chosen = nw.lit(None, dtype=nw.Float64())
    for heading, weight in zip(headings, weights, strict=True):
        own = [name for name in years if name[:4] in heading]
        chosen = nw.when(year.is_in(own)).then(weight).otherwise(chosen) if own else chosen
    return chosen


def _unread_cells(dataset: Dataset, unread: Mapping[int, nw.Expr]) -> list[Problem]:
    columns = {f"{at}": expression for at, expression in unread.items()}
    marked = nw.from_native(dataset.frame).lazy().select(*(each.alias(name) for name, each in columns.items()))
    sums = marked.select(nw.col(*columns).sum()).collect("pandas").to_native().iloc[0]
    return [
        Problem(
            Severity.CHECK,
            "In deze kolom staan waarden die niet bij het codeboek horen; die tellen als niet ingevuld.",
            heading=dataset.columns[int(name)].heading,
            rows=int(times),
        )
        for name, times in sums.items()
        if times > 0
    ]


def _weight_as_text(column: Column) -> Problem:
    sentence = "De weegfactor in deze kolom is tekst en telt niet mee. Bewaar de kolom als getallen."
    return Problem(Severity.CHECK, sentence, heading=column.heading)


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
