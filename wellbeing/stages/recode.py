"""From text cells to typed answers, by the codebook and never by guessing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Any, NamedTuple

import narwhals as nw
import pandas as pd

from wellbeing.model.imports import Ambiguity, Doubt, Problem, Severity, question_id
from wellbeing.model.reference import Codebook, Question, RespondentField, Role
from wellbeing.model.survey import Answers, Column, Dataset, Links, RawTable
from wellbeing.reference.meaning import (
    KEYED,
    KeyT,
    Reading,
    fold,
    possible_dates,
    read_answers,
    read_keys,
    whole_number,
    yes_and_no,
)
from wellbeing.reference.notations import bare_year, before_excel, number
from wellbeing.reference.spellings import Spellings

NOBODY: Mapping[str, str] = MappingProxyType({})
POSSIBLE_NUMBERS = tuple(map(str, range(100)))
CELLS_NAMED = 5
EXAMPLES = 4
SHOWN_FROM = 5  # a value that fewer pupils wrote could be one pupil's own words
MISSING, YES_REPLY, NO_REPLY = "ontbreekt", "ja", "nee"
CODES = "codes"
LEFT_EMPTY = "leeg"
NOT_ANSWERED = "Niet ingevuld: telt niet mee"
DECIMAL, THOUSANDS = "decimaal", "duizend"
NEGATIVE = (
    "In deze kolom staan gewichten kleiner dan nul. Een gewicht is nul of meer. Herstel de kolom, of koppel hem los."
)

_THREE_DIGITS = re.compile(r"[1-9]\d{0,2}[.,]\d{3}")
_STEM = re.compile(r"(.+?)(?: [–-] .+| ?\[[^\[\]]+\])")


def recode_answers(
    table: RawTable, codebook: Codebook, links: Links, spellings: Spellings, replies: Mapping[str, str] = NOBODY
) -> tuple[Answers, tuple[Problem, ...]]:
    """Give the typed answers of an export, and a remark for everything that could not be read.

    A value that no answer of its question fits becomes missing and is counted in a remark, with
    the addresses of a few cells; where the user can settle it, the remark holds a question.
    ``replies`` are the answers to such questions, by their id. Nothing is dropped in silence.
    """
    questions = {question.id: question for question in codebook.questions}
    columns: dict[str, pd.Series] = {}
    labels: dict[str, Mapping[str, str]] = {}
    problems: list[Problem] = []
    for position, name in links.questions.items():
        series, remarks = _read_question(table, position, questions[name], replies)
        problems += remarks
        if series is not None:
            columns[name] = series
    for role, positions in _field_positions(codebook, links).items():
        read = {}
        for position in positions:
            heading = table.columns[position].heading
            read[heading], labels[role], remarks = _read_field(
                table, position, links.fields[position], spellings, replies
            )
            problems += remarks
        columns[role] = _of_own_year(read, columns.get(Role.YEAR))
    if Role.LEVEL not in columns and Role.LEERJAAR in columns:
        problems += _level_from_class(table, links, spellings, replies, into=(columns, labels))
    return Answers(codebook, pd.DataFrame(columns, index=table.frame.index), labels), tuple(problems)


# --------------------------------------------------------------------------- answers


def _read_question(
    table: RawTable, position: int, question: Question, replies: Mapping[str, str]
) -> tuple[pd.Series | None, list[Problem]]:
    """Give the codes of one column, or nothing where it cannot count, and what is to be said about it."""
    column, cells = table.columns[position], table.frame.iloc[:, position]
    swapped = _swapped_labels(column, question)
    if swapped:
        return None, [swapped]
    written = _written(cells)
    reading = read_answers(written, question)
    tick = _only_ticked(column, written, reading, question)
    if tick is not None and (problem := _fill_blanks(column, written, reading, question, replies)):
        return None, [problem]
    _apply_replies(column, reading, replies, {str(answer.code): answer.code for answer in question.answers})
    options = tuple((str(answer.code), answer.label) for answer in question.answers)
    problems = _mixed(column, written, reading, question, replies)
    problems += _restored(column, reading, question)
    problems += _unread_values(table, position, reading.unread, options, question)
    return cells.map(reading.keys).astype("Int64"), problems


def _written(cells: pd.Series) -> dict[str, int]:
    return {str(value): int(times) for value, times in cells.value_counts().items()}


def _apply_replies(
    column: Column, reading: Reading[KeyT], replies: Mapping[str, str], keys: Mapping[str, KeyT]
) -> None:
    """Let texts that were not understood mean what the user replied."""
    for text in list(reading.unread):
        reply = next(
            (
                replies[ident]
                for doubt in (Doubt.VALUE, Doubt.DATE)
                if (ident := question_id(doubt, column.heading, text)) in replies
            ),
            None,
        )
        if reply is not None and (reply == MISSING or reply in keys):
            reading.keys[text] = keys.get(reply)
            del reading.unread[text]


def _only_ticked(column: Column, written: Mapping[str, int], reading: Reading[int], question: Question) -> str | None:
    """Give the one text of a column that holds nothing but ticks and empty cells, if it is that."""
    pair = yes_and_no(question)
    filled = [text for text in written if text]
    if pair is None or len(filled) != 1 or not written.get(""):
        return None
    (tick,) = filled
    is_answer = tick in {str(pair[0]), next(answer.label for answer in question.answers if answer.code == pair[0])}
    if is_answer and min(written[tick], written[""]) < SHOWN_FROM:
        return None  # a few pupils who all said yes, and some who said nothing
    is_option = fold(column.heading).rstrip("]").endswith(fold(tick)) and len(tick) > 1
    if is_option:
        reading.keys[tick] = pair[0]
        reading.unread.pop(tick, None)
    return tick if reading.keys.get(tick) == pair[0] else None


def _fill_blanks(
    column: Column, written: Mapping[str, int], reading: Reading[int], question: Question, replies: Mapping[str, str]
) -> Problem | None:
    """Let empty cells of a column with ticks mean what the user replied; without a reply, ask."""
    match = _STEM.fullmatch(column.heading)
    stem = match[1] if match else column.heading
    reply = replies.get(question_id(Doubt.BLANK, stem))
    pair = yes_and_no(question)
    if reply == NO_REPLY and pair:
        reading.keys[""] = pair[1]
    if reply in {NO_REPLY, LEFT_EMPTY}:
        return None
    ask = Ambiguity(
        Doubt.BLANK,
        stem,
        f"Bij '{stem}' staan alleen aangekruiste antwoorden; de andere cellen zijn leeg. Wat betekent een lege cel?",
        ((NO_REPLY, "Nee: niet aangekruist"), (LEFT_EMPTY, NOT_ANSWERED)),
        written[""],
    )
    sentence = "Lege cellen kunnen hier 'nee' zijn of 'niet ingevuld'. De kolom telt mee zodra u dat zegt."
    return Problem(Severity.CHECK, sentence, heading=column.heading, rows=written[""], question=ask)


def _mixed(
    column: Column,
    written: Mapping[str, int],
    reading: Reading[int],
    question: Question,
    replies: Mapping[str, str],
) -> list[Problem]:
    """Tell that codes and words stand through each other, and leave the codes out where the user says so."""
    read = [text for text in written if text and reading.keys.get(text) is not None]
    codes = [
        text for text in read if whole_number(text) is not None and reading.keys[text] not in question.not_applicable
    ]
    if min(sum(written[text] for text in codes), sum(written[text] for text in set(read) - set(codes))) < SHOWN_FROM:
        return []
    ident = question_id(Doubt.VALUE, column.heading, CODES)
    if ident in replies:
        if replies[ident] == NO_REPLY:
            reading.keys.update(dict.fromkeys(codes))
        return []
    rows = sum(written[text] for text in codes)
    meanings = ", ".join(f"{answer.code} = {answer.label}" for answer in question.answers)
    ask = Ambiguity(
        Doubt.VALUE,
        column.heading,
        f"In deze kolom staan woorden en cijfers door elkaar. Betekenen de cijfers: {meanings}?",
        ((YES_REPLY, "Ja"), (NO_REPLY, "Nee, laat de cijfers weg")),
        rows,
        about=CODES,
    )
    sentence = f"In kolom '{column.heading}' staan woorden en cijfers door elkaar. Gelezen als: {meanings}."
    return [Problem(Severity.NOTE, sentence, heading=column.heading, rows=rows, question=ask)]


def _restored(column: Column, reading: Reading[int], question: Question) -> list[Problem]:
    """Tell what was put back that a spreadsheet had changed, and which zeros were read as "no"."""
    labels = {answer.code: answer.label for answer in question.answers}
    problems = []
    for text, times in reading.restored.items():
        label = labels[reading.keys[text] or 0]
        sentence = f"Excel maakte in kolom '{column.heading}' een datum van '{label}'. Dat is teruggezet: {times} keer."
        problems.append(Problem(Severity.NOTE, sentence, heading=column.heading, rows=times))
    if reading.no_as_zero:
        sentence = f"In kolom '{column.heading}' staan enen en nullen; 1 is gelezen als 'ja' en 0 als 'nee'."
        problems.append(Problem(Severity.NOTE, sentence, heading=column.heading, rows=reading.no_as_zero))
    return problems


def _swapped_labels(column: Column, question: Question) -> Problem | None:
    """Refuse a column whose own labels give a code the meaning of another code."""
    codes = {fold(answer.label): answer.code for answer in question.answers}
    for value, label in column.value_labels.items():
        code = whole_number(fold(value))
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
    table: RawTable, position: int, field: RespondentField, spellings: Spellings, replies: Mapping[str, str]
) -> tuple[pd.Series, Mapping[str, str], list[Problem]]:
    """Give the keys of one column, their labels, and what is to be said about it."""
    column, cells = table.columns[position], table.frame.iloc[:, position]
    if field.role is Role.WEIGHT:
        return _read_weights(table, position, replies)
    reading = read_keys(_written(cells), field, column.value_labels, spellings)
    options = spellings.options(field) if field.role in KEYED else {}
    _apply_replies(column, reading, replies, {key: key for key in options})
    found = set(reading.keys.values())
    reading.labels.update({key: options[key] for key in set(options) - set(reading.labels) if key in found})
    problems = _unread_values(table, position, reading.unread, tuple(options.items()))
    if field.role is Role.YEAR:
        problems += _bare_years(column, _written(cells), reading, replies)
    return cells.map(reading.keys).astype("object"), reading.labels, problems


def _read_weights(
    table: RawTable, position: int, replies: Mapping[str, str]
) -> tuple[pd.Series, Mapping[str, str], list[Problem]]:
    cells = table.frame.iloc[:, position]
    column, written = table.columns[position], _written(cells)
    numbers = {text: number(text) for text in written}
    doubtful = _three_digits(written)
    reply = replies.get(question_id(Doubt.VALUE, column.heading, DECIMAL))
    if reply == THOUSANDS:
        numbers |= {text: number(re.sub(r"[.,]", "", text)) for text in doubtful}
    usable = {text: value for text, value in numbers.items() if value is not None and value >= 0}
    unread = {text: times for text, times in _written(cells).items() if text and text not in usable}
    problems = [
        replace(problem, severity=Severity.STOP, message=NEGATIVE) if (numbers[text] or 0) < 0 else problem
        for text, problem in zip(unread, _unread_values(table, position, unread), strict=True)
    ]
    if doubtful and reply is None:
        problems.append(_decimal_or_thousands(column, doubtful[0], sum(written[text] for text in doubtful)))
    return cells.map(usable).astype("float64"), {}, problems


def _three_digits(written: Mapping[str, int]) -> list[str]:
    """Give the numbers whose sign may stand between thousands ("1,234"), if no other number tells what it is."""
    signed = sorted(text for text in written if re.search(r"\d[.,]\d", text))
    doubtful = [text for text in signed if _THREE_DIGITS.fullmatch(text)]
    return doubtful if len(doubtful) == len(signed) else []


def _decimal_or_thousands(column: Column, text: str, rows: int) -> Problem:
    whole = re.sub(r"[.,]", "", text)
    ask = Ambiguity(
        Doubt.VALUE,
        column.heading,
        f"Hoeveel is '{text}' in deze kolom?",
        ((DECIMAL, f"Ongeveer {whole[:-3]}: er staat een komma voor de decimalen"), (THOUSANDS, f"{whole} heel")),
        rows,
        about=DECIMAL,
    )
    sentence = "In deze kolom kan de komma of punt ook een teken voor duizendtallen zijn. Gelezen als decimalen."
    return Problem(Severity.CHECK, sentence, heading=column.heading, rows=rows, question=ask)


def _bare_years(
    column: Column, written: Mapping[str, int], reading: Reading[str], replies: Mapping[str, str]
) -> list[Problem]:
    """Ask which school year a bare year is, where the same column writes school years too."""
    years = {text: name for text, name in reading.keys.items() if name}
    bare = [text for text, name in years.items() if bare_year(name) == name]
    if not bare or len(bare) == len(years):
        return []
    problems = []
    for text in bare:
        year = int(years[text])
        options = {
            f"{year}-{year + 1}": f"Schooljaar {year}-{year + 1}",
            f"{year - 1}-{year}": f"Schooljaar {year - 1}-{year}",
        }
        reply = replies.get(question_id(Doubt.YEAR, column.heading, text))
        if reply in options:
            reading.keys[text] = reply
            reading.labels = {name: name for name in reading.keys.values() if name}
            continue
        ask = Ambiguity(
            Doubt.YEAR,
            column.heading,
            f"Welk schooljaar is '{text}'?",
            tuple(options.items()),
            written[text],
            about=text,
        )
        sentence = f"Naast schooljaren staat er ook '{text}'. Dat telt nu als een apart schooljaar."
        problems.append(Problem(Severity.CHECK, sentence, heading=column.heading, rows=written[text], question=ask))
    return problems


def _level_from_class(
    table: RawTable,
    links: Links,
    spellings: Spellings,
    replies: Mapping[str, str],
    *,
    into: tuple[dict[str, pd.Series], dict[str, Mapping[str, str]]],
) -> list[Problem]:
    """Offer to read the level in the codes of classes, where the export has no level of its own."""
    position = min(at for at, field in links.fields.items() if field.role is Role.LEERJAAR)
    column, cells = table.columns[position], table.frame.iloc[:, position]
    written = _written(cells)
    levels = {text: value for text in written if (value := spellings.level_of_class(text))}
    rows = sum(written[text] for text in levels)
    if rows * 2 < len(cells):
        return []
    reply = replies.get(question_id(Doubt.CLASS, column.heading))
    if reply == YES_REPLY:
        columns, labels = into
        columns[Role.LEVEL] = cells.map({text: value.key for text, value in levels.items()}).astype("object")
        labels[Role.LEVEL] = {value.key: value.label for value in levels.values()}
    if reply is not None:
        return []
    examples = ", ".join(f"{text} = {value.label}" for text, value in sorted(levels.items())[:EXAMPLES])
    ask = Ambiguity(
        Doubt.CLASS,
        column.heading,
        f"In het bestand staat geen schoolniveau, maar wel in de klas: {examples}. Klopt dat?",
        ((YES_REPLY, "Ja, lees het niveau uit de klas"), (NO_REPLY, "Nee")),
        rows,
    )
    sentence = "Het schoolniveau staat alleen in de code van de klas. Dat telt pas als u zegt dat het klopt."
    return [Problem(Severity.CHECK, sentence, heading=column.heading, rows=rows, question=ask)]


# --------------------------------------------------------------------------- datasets on an engine


class _Cells(NamedTuple):
    """One column of a dataset, as its texts or as its numbers."""

    values: nw.Expr
    are_numbers: bool

    def among(self, texts: Iterable[str]) -> nw.Expr:
        """Tell whether a cell holds one of these."""
        return self.values.is_in([float(text) if self.are_numbers else text for text in texts if text])

    def translated(self, reading: Reading[KeyT], dtype: nw.dtypes.DType) -> nw.Expr:
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

    def unread(self, reading: Reading[KeyT]) -> nw.Expr:
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
) -> dict[int, Reading[Any]]:
    questions = {question.id: question for question in codebook.questions}
    found = _distinct_texts(dataset, {at: column for at, column in cells.items() if not column.are_numbers})
    readings: dict[int, Reading[Any]] = {}
    for at in cells:
        texts = dict.fromkeys(found.get(at, POSSIBLE_NUMBERS), 1)
        if at in links.questions:
            readings[at] = read_answers(texts, questions[links.questions[at]])
        else:
            readings[at] = read_keys(texts, links.fields[at], dataset.columns[at].value_labels, spellings)
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
    usable = [
        nw.col(name).is_between(0.0, float("inf"), closed="left") for name in headings
    ]  # not a number is no weight
    weights = [nw.when(fits).then(nw.col(name).cast(nw.Float64)) for fits, name in zip(usable, headings, strict=True)]
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


def _unread_values(
    table: RawTable,
    position: int,
    unread: Mapping[str, int],
    options: tuple[tuple[str, str], ...] = (),
    question: Question | None = None,
) -> list[Problem]:
    """Say which values were not understood, without repeating what a single pupil may have written.

    What enough pupils wrote is asked: which of the answers (``options``) it is.
    """
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
                question=_what_is(column, value, times, options, question) if times >= SHOWN_FROM else None,
            )
        )
    return problems


def _what_is(
    column: Column, value: str, times: int, options: tuple[tuple[str, str], ...], question: Question | None
) -> Ambiguity | None:
    """Ask which answer a value is; of a date, what stood there before a spreadsheet changed it."""
    if not options:
        return None
    typed = before_excel(value)
    likely = {str(code) for code in possible_dates(value, question)} if question else set()
    options = tuple(option for option in options if option[0] in likely) or options
    text = f"Wat betekent '{value}' in deze kolom?"
    if typed:
        text = f"Excel maakte hier een datum van ('{value}'). Misschien stond er '{typed[0]}'. Welk antwoord is het?"
    doubt = Doubt.DATE if typed else Doubt.VALUE
    return Ambiguity(doubt, column.heading, text, (*options, (MISSING, NOT_ANSWERED)), times, about=value)
