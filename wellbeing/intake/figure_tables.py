"""Tables of figures ("onderwerp | school % | regio %"): recognised by what stands in them, and read as they are.

This runs in the reading process, so that the cells of a file with pupils never leave it: only what is
recognised as a table of figures comes out. What is not certain to be one is none.
"""

from __future__ import annotations

import io
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from importlib import import_module
from typing import Any

from wellbeing.intake.guard import HEADER_ROWS
from wellbeing.intake.headers import normalise_heading
from wellbeing.intake.tables import cell_text, column_letter
from wellbeing.model.imports import FileKind
from wellbeing.model.stated import EMPTY, ColumnKind, StatedCell, StatedColumn, StatedRow, StatedTable

Grid = Sequence[Sequence[str]]

MOST_ROWS, MOST_COLUMNS = 600, 60
FEWEST_SUBJECTS = 2
PUPIL_HEADINGS = 3  # so many questions side by side: then rows are pupils
HEADERS_ABOVE = 4
MOSTLY = 0.8
DISTINCT = 0.9
MARKS = 10  # no percentage above this, and none said to be one: these may be marks for school

_NUMBER = re.compile(r"\+?(\d{1,3}(?:[.,]\d+)?)\s*(%)?(?:\s*\(\s*n\s*=\s*(\d[\d.]*)\s*\))?", re.IGNORECASE)
_COUNT = re.compile(r"(?:n\s*=\s*)?([1-9]\d{0,2}(?:\.\d{3})+|\d+)(?:\.0+)?", re.IGNORECASE)
_HIDDEN = re.compile(
    r"n?\s*[<>≤≥]\s*=?\s*\d+(?:[.,]\d+)?\s*%?|[-–—−]+|\*+|x|\.{1,3}|\(\.\)|n\.?\s?b\.?|n\.?\s?v\.?\s?t\.?"
    r"|te weinig.*|niet getoond|geen (?:gegevens|cijfer)|onbekend",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\b(20\d\d)(?:\s*[-/–]\s*(20)?(\d\d))?\b")
_ONLY_YEAR = re.compile(r"20\d\d(?:\s*[-/–]\s*(?:20)?\d\d)?")
_LETTERS = re.compile(r"[^\W\d_]{2}")
_PERCENT = re.compile(r"%|procent|percentage|\bperc\b|aandeel", re.IGNORECASE)
_SUBJECT = re.compile(
    r"(?:gezondheids)?(?:onderwerp|thema|indicator|vraag|stelling|omschrijving|kenmerk|onderdeel|item|uitkomst)"
    r"(?:en|'s|s|\(en\))?\b.*",
    re.IGNORECASE,
)
_PUPIL = re.compile(
    r".*\b(?:naam|leerling|leerlingnummer|respondent\w*|response id|id|school|schoolnaam|klas|e-?mail|datum|tijd\w*"
    r"|start\w*|nummer|geslacht|niveau|brin)\b.*",
    re.IGNORECASE,
)
_PLACE = re.compile(
    r"(?:(?:percentage|aandeel|gemiddelde?|onze|deze|eigen|jullie|uw|totaal|perc\.?|%)\s*(?:van |voor )?(?:de )?)*"
    r"(?:school|regio\w*|ggd|nederland|landelijk\w*|gemeente|vmbo\S*|havo\S*|vwo|mavo|praktijkonderwijs|referentie"
    r"|vergelijking|totaal|zelfde (?:school)?niveau|20\d\d)\b[^?]{0,40}",
    re.IGNORECASE,
)
_LEVEL = re.compile(r"\b(?:vmbo\S*|havo\S*|vwo|mavo|praktijkonderwijs|pro|(?:school)?niveau)\b", re.IGNORECASE)
_REGION = re.compile(r"\bregio(?:naal|nale)?\b|\bggd\b|\bgemeente\b|\breferentie\b", re.IGNORECASE)
_NATIONAL = re.compile(r"\bnederland\b|\blandelijk\w*\b|\bNL\b", re.IGNORECASE)
_SCHOOL = re.compile(r"\b(?:onze |deze |eigen )?school\b", re.IGNORECASE)
_PUPILS = re.compile(
    r"n(?:\s*[=:(].*)?|(?:totaal )?aantal(?: .*)?|respons|respondenten|deelnemers|leerlingen(?: \(n\))?", re.IGNORECASE
)
_NOT_USED = re.compile(
    r"verschil|toets|signific|\bsign\b|trend|\brang|p-waarde|betrouwbaar|marge|\bnorm\b", re.IGNORECASE
)
_N_STATED = re.compile(
    r"\bn\s*[=:]\s*(\d[\d.]*)|(\d[\d.]*)\s+(?:leerlingen|respondenten|deelnemers)\b"
    r"|(?:aantal (?:leerlingen|respondenten|deelnemers)|respons)\W+(\d[\d.]*)",
    re.IGNORECASE,
)


def read(data: bytes, kind: FileKind, readers: Mapping[FileKind, str], questions: Collection[str]) -> list[StatedTable]:
    """Give the tables of figures of a file, one per visible sheet that has one; none where rows are pupils.

    ``questions`` are the headings of all questions that codebooks know, normalised.
    """
    try:
        sheets = _grids(data, readers[kind])
    except Exception:  # the usual way of reading says what is wrong with the file
        return []
    grids = {name: _texts(grid) for name, grid in sheets.items()}
    if any(_asks_pupils(grid, questions) for grid in grids.values()):
        return []
    found = (_table(name, grid) for name, grid in grids.items() if _is_small(sheets[name]))
    return [table for table in found if table is not None]


def _grids(data: bytes, reader: str) -> dict[str, Sequence[Sequence[object]]]:
    module: Any = import_module(reader)
    if hasattr(module, "read_rows"):
        rows, _ = module.read_rows(data)
        return {"": rows}
    if not hasattr(module, "read_texts"):  # SPSS files have pupils only
        return {}
    calamine: Any = import_module("python_calamine")
    workbook = calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    visible = [
        about.name
        for about in workbook.sheets_metadata
        if about.typ is calamine.SheetTypeEnum.WorkSheet and about.visible is calamine.SheetVisibleEnum.Visible
    ]
    return {name: workbook.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in visible}


def _is_small(grid: Sequence[Sequence[object]]) -> bool:
    return FEWEST_SUBJECTS < len(grid) <= MOST_ROWS and max(map(len, grid)) <= MOST_COLUMNS


def _texts(grid: Sequence[Sequence[object]]) -> list[list[str]]:
    """Give the cells as text; of a sheet that is larger than any table of figures only the top."""
    rows = grid if _is_small(grid) else grid[:HEADER_ROWS]
    return [[cell_text(cell) for cell in row] for row in rows]


def _asks_pupils(grid: Grid, questions: Collection[str]) -> bool:
    return any(
        sum(normalise_heading(cell) in questions for cell in row if cell) >= PUPIL_HEADINGS
        for row in grid[:HEADER_ROWS]
    )


# --------------------------------------------------------------------------- cells


@dataclass(frozen=True, slots=True)
class _Cell:
    """A number as written, with its number of decimals and whether a percent sign follows it."""

    value: float
    decimals: int
    signed: bool
    pupils: int | None


def _number(text: str) -> _Cell | None:
    match = _NUMBER.fullmatch(text)
    if not match or _ONLY_YEAR.fullmatch(text):
        return None
    digits, sign, pupils = match.groups()
    value = round(float(digits.replace(",", ".")), 12)
    decimals = len(f"{value:.12f}".rstrip("0").partition(".")[2])
    written = len(re.split("[.,]", digits)[1]) if sign and re.search("[.,]", digits) else 0
    return _Cell(value, max(decimals, written), bool(sign), _count(pupils or ""))


def _count(text: str) -> int | None:
    match = _COUNT.fullmatch(text)
    return int(match.group(1).replace(".", "")) if match and not _ONLY_YEAR.fullmatch(text) else None


def _is_figure(text: str) -> bool:
    return _number(text) is not None or _count(text) is not None


def _is_hidden(text: str) -> bool:
    return _HIDDEN.fullmatch(text) is not None


def _is_text(text: str) -> bool:
    return bool(_LETTERS.search(text)) and not _is_hidden(text) and not _is_figure(text)


# --------------------------------------------------------------------------- layout


@dataclass(frozen=True, slots=True)
class _Layout:
    """Where everything stands: the first row with figures, the rows of headings, and which column is what."""

    first: int
    headers: tuple[int, ...]
    subject: int
    section: int | None
    figures: tuple[int, ...]


def _layout(grid: Grid) -> _Layout | None:
    anchor = next((at for at, row in enumerate(grid[:HEADER_ROWS]) if _is_header(row)), -1)
    first = next((at for at, row in enumerate(grid) if at > anchor and _is_body(row, counts=anchor >= 0)), None)
    if first is None:
        return None
    body = grid[first:]
    width = max(map(len, grid))
    numbers = [at for at in range(width) if _holds_figures(body, at)]
    texts = {at: sum(_is_text(cell) for cell in _column(body, at)) for at in range(width) if at not in numbers}
    before = {at: times for at, times in texts.items() if times and any(place > at for place in numbers)}
    if not before:
        return None
    subject = max(before, key=lambda at: (len(set(_column(body, at))), -at))
    figures = tuple(at for at in numbers if at > subject)
    beside = [at for at in before if at != subject and at < figures[0]]
    loose = [at for at, times in texts.items() if times > 1 and at > figures[0]]
    if len(beside) > 1 or len(loose) >= len(figures):
        return None
    headers = tuple(
        at
        for at in range(max(0, first - HEADERS_ABOVE), first)
        if any(_at(grid[at], place) for place in figures) and not _is_pair(grid[at])
    )
    return _Layout(first, headers, subject, beside[0] if beside else None, figures)


def _at(row: Sequence[str], place: int) -> str:
    return row[place] if place < len(row) else ""


def _column(rows: Grid, place: int) -> list[str]:
    return [_at(row, place) for row in rows]


def _is_header(row: Sequence[str]) -> bool:
    filled = [cell for cell in row if cell]
    return len(filled) > 1 and any(_SUBJECT.fullmatch(cell) for cell in filled[:2]) and not any(map(_is_figure, filled))


def _is_pair(row: Sequence[str]) -> bool:
    """Whether this line above a table only tells how many pupils there are."""
    return bool(_N_STATED.search(" ".join(row))) and sum(map(bool, row)) <= 2


def _is_body(row: Sequence[str], *, counts: bool) -> bool:
    """Whether a row has a text and right of it a figure; above the headings, a number of pupils is none."""
    start = next((at for at, cell in enumerate(row) if _is_text(cell)), None)
    if start is None or (not counts and _PUPILS.fullmatch(row[start])):
        return False
    return any(_is_figure(cell) or _is_hidden(cell) for cell in row[start + 1 :])


def _holds_figures(rows: Grid, place: int) -> bool:
    filled = [cell for cell in _column(rows, place) if cell]
    figures = sum(_is_figure(cell) or _is_hidden(cell) for cell in filled)
    return bool(filled) and figures >= MOSTLY * len(filled)


# --------------------------------------------------------------------------- one sheet


def _table(name: str, grid: Grid) -> StatedTable | None:
    layout = _layout(grid)
    if layout is None:
        return None
    headings = {place: _heading(grid, layout, place) for place in layout.figures}
    rows = _subject_rows(grid, layout)
    if not _are_subjects(rows) or not _is_evident(grid, layout, headings, rows):
        return None
    used = [place for place in layout.figures if not _NOT_USED.search(headings[place])]
    others = [place for place in range(layout.figures[0], max(map(len, grid))) if place not in used]
    named = {place: _heading(grid, layout, place) for place in others if any(_column(grid[layout.first :], place))}
    notes = [f"Kolom {column_letter(place)} ({heading}) is niet gebruikt." for place, heading in named.items()]
    return _read(name, grid, (layout, headings, used), rows, notes)


def _heading(grid: Grid, layout: _Layout, place: int) -> str:
    """Join the headings above a column; a heading over more columns holds until the next one."""
    parts: list[str] = []
    for at in layout.headers:
        text = _at(grid[at], place)
        if not text and at != layout.headers[-1]:
            left = [_at(grid[at], other) for other in range(layout.figures[0], place + 1)]
            text = next((cell for cell in reversed(left) if cell), "")
        if text and text not in parts:
            parts.append(text)
    return " ".join(parts)


_Found = tuple[int, str, str]
"""Row in the grid, subject, section."""


def _subject_rows(grid: Grid, layout: _Layout) -> list[_Found]:
    """Give the rows with figures; a text without figures is the section of what follows."""
    found, section = [], ""
    start = layout.headers[-1] + 1 if layout.headers else layout.first
    for at in range(start, len(grid)):
        row = grid[at]
        subject = _at(row, layout.subject)
        beside = _at(row, layout.section) if layout.section is not None else ""
        section = beside or section
        if any(_at(row, place) for place in layout.figures):
            found.append((at, subject, section))
        elif subject:
            section = subject
    return found


def _are_subjects(rows: Sequence[_Found]) -> bool:
    """Whether the rows are subjects and not pupils: each has its own text."""
    named = [(section.casefold(), subject.casefold()) for _, subject, section in rows if _is_text(subject)]
    enough = len(named) >= FEWEST_SUBJECTS and len(named) >= MOSTLY * len(rows)
    return enough and len(set(named)) >= DISTINCT * len(named)


def _is_evident(grid: Grid, layout: _Layout, headings: Mapping[int, str], rows: Sequence[_Found]) -> bool:
    """Whether the headings and the cells say that these are percentages about a school or a region."""
    top = grid[: layout.first]
    above = [_at(row, layout.subject) for at, row in enumerate(top) if at in layout.headers]
    header = next((cell for cell in reversed(above) if cell), "")
    is_subject = bool(_SUBJECT.fullmatch(header))
    is_place = any(_PLACE.fullmatch(heading.strip()) for heading in headings.values())
    if (_PUPIL.fullmatch(header) and not is_subject) or not (is_subject or is_place):
        return False
    cells = [_number(_at(grid[at], place)) for at, _, _ in rows for place in layout.figures]
    numbers = [cell for cell in cells if cell is not None]
    values = [cell.value for cell in numbers]
    said = any(cell.signed for cell in numbers) or any(_PERCENT.search(cell) for row in top for cell in row)
    if said or (values and max(values) <= 1 and any(value % 1 for value in values)):
        return bool(numbers) or any(_is_hidden(_at(grid[at], place)) for at, _, _ in rows for place in layout.figures)
    return is_subject and is_place and bool(values) and max(values) > MARKS


def _read(
    name: str,
    grid: Grid,
    where: tuple[_Layout, Mapping[int, str], Sequence[int]],
    rows: Sequence[_Found],
    notes: list[str],
) -> StatedTable | None:
    layout, headings, used = where
    counting = [(at, subject) for at, subject, _ in rows if _PUPILS.fullmatch(subject) and _has_counts(grid[at], used)]
    subjects = [found for found in rows if (found[0], found[1]) not in counting and _is_text(found[1])]
    columns, cells = [], []
    for place in used:
        texts = [_at(grid[at], place) for at, _, _ in subjects]
        column = _stated_column(headings[place], place, texts)
        counts = [_count(_at(grid[at], place)) for at, _ in counting]
        columns.append(replace(column, pupils=next(filter(None, counts), column.pupils)))
        made, note = _cells(texts, column)
        cells.append(made)
        notes += [note] if note else []
    top = [" ".join(filter(None, row)) for row in grid[: layout.first]]
    titles = [line for at, line in enumerate(top) if at not in layout.headers and line]
    return StatedTable(
        file_name="",
        sheet=name,
        columns=_settled(columns),
        rows=tuple(
            StatedRow(at + 1, subject, section, tuple(made[number] for made in cells))
            for number, (at, subject, section) in enumerate(subjects)
        ),
        year=next((year for line in titles if (year := _year(line))), ""),
        pupils=next(filter(None, map(_pupils, titles)), None),
        notes=tuple(notes),
    )


def _has_counts(row: Sequence[str], places: Sequence[int]) -> bool:
    return any(_count(_at(row, place)) for place in places) and not any("%" in _at(row, place) for place in places)


# --------------------------------------------------------------------------- one column


def _stated_column(heading: str, place: int, texts: Sequence[str]) -> StatedColumn:
    kind = _kind(heading)
    filled = [text for text in texts if text and not _is_hidden(text)]
    if kind is not ColumnKind.PUPILS and filled and all(_count(text) is not None for text in filled):
        shares = [_number(text) for text in filled]
        kind = ColumnKind.PUPILS if any(share is None or share.value > 100 for share in shares) else kind
    if kind is ColumnKind.PUPILS and not all(_count(text) is not None for text in filled):
        kind = ColumnKind.NAME
    return StatedColumn(heading, column_letter(place), kind, _year(heading), _pupils(heading))


def _kind(heading: str) -> ColumnKind:
    plain = _YEAR.sub("", heading).strip(" %()-–")
    if _PUPILS.fullmatch(plain) or re.search(
        r"(?:^|\s)(?:n|aantal(?: leerlingen)?|respondenten)$", plain, re.IGNORECASE
    ):
        return ColumnKind.PUPILS
    is_school = bool(_SCHOOL.search(plain))
    if _LEVEL.search(plain):
        return ColumnKind.NAME if is_school else ColumnKind.LEVEL
    for kind, pattern in ((ColumnKind.REGION, _REGION), (ColumnKind.NATIONAL, _NATIONAL)):
        if pattern.search(plain):
            return kind
    return ColumnKind.SCHOOL if is_school else ColumnKind.NAME


def _settled(columns: Iterable[StatedColumn]) -> tuple[StatedColumn, ...]:
    """Call columns the school that can be nothing else: years without a name, or the only name there is."""
    made = list(columns)
    if any(column.kind is ColumnKind.SCHOOL for column in made):
        return tuple(made)
    names = [at for at, column in enumerate(made) if column.kind is ColumnKind.NAME]
    years = [at for at in names if not _LETTERS.search(_YEAR.sub("", made[at].heading))]
    for at in names if len(names) == 1 else years:
        made[at] = replace(made[at], kind=ColumnKind.SCHOOL)
    return tuple(made)


def _year(text: str) -> str:
    match = _YEAR.search(text)
    if not match:
        return ""
    start, _, end = match.groups()
    return f"{start}-{int(start) + 1}" if end and int(end) == (int(start) + 1) % 100 else start


def _pupils(text: str) -> int | None:
    match = _N_STATED.search(text)
    return _count(next(filter(None, match.groups()))) if match else None


def _cells(texts: Sequence[str], column: StatedColumn) -> tuple[list[StatedCell], str]:
    """Give the cells of a column on the scale 0-100, and a remark where they were written as fractions."""
    if column.kind is ColumnKind.PUPILS:
        return [StatedCell(pupils=_count(text)) if _count(text) else EMPTY for text in texts], ""
    numbers = [_number(text) for text in texts]
    bare = [cell.value for cell in numbers if cell and not cell.signed]
    is_fraction = bool(bare) and max(bare) <= 1 and any(value % 1 for value in bare)
    decimals = {
        signed: max((_decimals(cell, is_fraction) for cell in numbers if cell and cell.signed is signed), default=0)
        for signed in (True, False)
    }
    cells = []
    for text, cell in zip(texts, numbers, strict=True):
        if cell is None:
            cells.append(StatedCell(hidden=True) if text else EMPTY)
            continue
        value = cell.value * 100 if is_fraction and not cell.signed else cell.value
        margin = 0.5 * 10.0 ** -decimals[cell.signed]
        ok = value <= 100
        cells.append(StatedCell(round(value, 10), margin, cell.pupils) if ok else EMPTY)
    note = f"Kolom {column.letter}: getallen als 0,25 zijn gelezen als 25%." if is_fraction else ""
    return cells, note


def _decimals(cell: _Cell, is_fraction: bool) -> int:
    return max(0, cell.decimals - 2) if is_fraction and not cell.signed else cell.decimals
