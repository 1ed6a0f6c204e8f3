"""From what somebody typed, in a form or in Excel, to what changes in the tables."""

from __future__ import annotations

import calendar
import datetime as dt
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from wellbeing.model.content import CellEdit, Cells, RowChange, RowEdit, tidy
from wellbeing.reference.content import Content, judged, row_of
from wellbeing.reference.schema import ReferenceDataError, duplicates
from wellbeing.reference.sheets import COLUMNS, LABELS, SHEETS, in_words
from wellbeing.reference.upkeep import CHECKED, DATES, written_date

OWN = "ggd-"  # how the key of a row begins that an organisation added
NOT_OURS = "In dit bestand staan geen bladen van Inhoud bijhouden. Download eerst de lijst als Excel, en verander die."
NOTHING = "In dit bestand staat niets wat hier nog niet staat."
NO_KEY = "geef de rij een kenmerk."
MOST_ROWS = 2000
TOO_MANY = f"hier staan meer dan {MOST_ROWS} rijen. Haal weg wat er niet bij hoort."
DOUBLE = "deze rij staat er twee keer in."

Sheets = Mapping[str, Sequence[Sequence[str]]]
Where = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Incoming:
    """What a file would change; nothing of it is kept while there are ``problems`` (in Dutch, with row and column)."""

    edits: tuple[RowEdit, ...] = ()
    problems: tuple[str, ...] = ()


# --------------------------------------------------------------------------- one row


def change_row(content: Content, table: str, row: str, cells: Cells) -> RowEdit | None:
    """Say what changes in a row when these cells become so; nothing where nothing does. It is not judged yet."""
    now = content.cells(table, row)
    known = dict.fromkeys(COLUMNS[table], "") if now is None else now
    wanted = {name: tidy(cells.get(name, known[name])) for name in known}
    differing = tuple(CellEdit(name, known[name], wanted[name]) for name in known if wanted[name] != known[name])
    if not differing:
        return None
    delivered = row_of(content.base, table, row)
    over = {name: cell for name, cell in wanted.items() if delivered is None or cell != delivered[name]}
    after = RowChange(table, row, over) if over else None
    return RowEdit(table, row, content.change(table, row), after, differing, is_new=now is None)


def take_back(content: Content, change: RowChange) -> RowEdit:
    """Say what changes when a row becomes as it was delivered; a row that was added goes."""
    delivered = row_of(content.base, change.table, change.row) or {}
    cells = tuple(CellEdit(name, cell, delivered.get(name, "")) for name, cell in change.cells.items())
    return RowEdit(change.table, change.row, change, None, cells)


def look_again(by: str, on: dt.date, months: int) -> Cells:
    """Give the cells of a row that somebody looked at on a day: it is looked at again so many months later."""
    return {"checked_by": by, "checked_on": on.isoformat(), "next_review": months_later(on, months).isoformat()}


def months_later(day: dt.date, months: int) -> dt.date:
    """Give the day so many months later; the last of the month where that day is not there.

    >>> months_later(dt.date(2027, 3, 31), 12), months_later(dt.date(2026, 12, 31), 2)
    (datetime.date(2028, 3, 31), datetime.date(2027, 2, 28))
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def new_key(title: str) -> str:
    """Give the key of a row that is added: the same name, the same key.

    >>> new_key("Café 'Ik & jij' – leerjaar 1")
    'ggd-cafe-ik-jij-leerjaar-1'
    """
    letters = unicodedata.normalize("NFKD", title.casefold()).encode("ascii", "ignore").decode()
    words = re.sub(r"[^a-z0-9]+", "-", letters).strip("-")
    return f"{OWN}{words}"[:100].rstrip("-")


def judge(content: Content, edits: Sequence[RowEdit], rows: Mapping[Where, int] | None = None) -> tuple[str, ...]:
    """Say what is wrong with edits when all of them are made; nothing where they may be made."""
    changed = {(edit.table, edit.row) for edit in edits}
    staying = [item for item in content.changes if (item.table, item.row) not in changed]
    try:
        judged(content.base, [*staying, *(edit.after for edit in edits if edit.after is not None)])
    except ReferenceDataError as error:
        return tuple(in_words(problem, rows) for problem in error.problems)
    return ()


# --------------------------------------------------------------------------- a workbook


def read_back(sheets: Sheets, content: Content) -> Incoming:
    """Say what a workbook would change: rows that are not in it stay as they are.

    Raises:
        ReferenceDataError: if it has no sheet of ours.
    """
    titles = {sheet.title: file for file, sheet in SHEETS.items()}
    ours = {titles[name]: rows for name, rows in sheets.items() if name in titles}
    if not ours:
        raise ReferenceDataError([NOT_OURS])
    edits: list[RowEdit] = []
    problems: list[str] = []
    places: dict[Where, int] = {}
    for file, rows in ours.items():
        try:
            found = _rows(file, rows)
        except ReferenceDataError as error:
            problems += error.problems
            continue
        places |= {(file, key): number for key, (number, _) in found.items()}
        made = (
            change_row(content, file, key, _newest_check(cells, content.cells(file, key)))
            for key, (_, cells) in found.items()
        )
        edits += [edit for edit in made if edit is not None]
    return Incoming(tuple(edits), tuple(problems) or judge(content, edits, places))


def _rows(file: str, rows: Sequence[Sequence[str]]) -> Mapping[str, tuple[int, Cells]]:
    """Give the rows of a sheet by key, with their numbers.

    Raises:
        ReferenceDataError: with every problem of the columns, or else of the rows.
    """
    headings = [cell.strip() for cell in rows[0]] if rows else []
    names = {LABELS[column]: column for column in COLUMNS[file]}
    problems = list(_heading_problems(file, headings, names))
    if len(rows) > MOST_ROWS:
        problems = [f"Blad {SHEETS[file].title}: {TOO_MANY}"]
    if problems:
        raise ReferenceDataError(problems)
    found: dict[str, tuple[int, Cells]] = {}
    for number, row in enumerate(rows[1:], start=2):
        padded = (*row, *[""] * len(headings))
        typed = {names[heading]: tidy(cell) for heading, cell in zip(headings, padded, strict=False)}
        if any(typed.values()):
            try:
                cells = _settled(file, typed)
                key = SHEETS[file].key(cells)
                if key in found:
                    raise ReferenceDataError([f"{file}, {key}: {DOUBLE}"])
                found[key] = number, cells
            except ReferenceDataError as error:
                problems += [_at(problem, number) for problem in error.problems]
    if problems:
        raise ReferenceDataError(problems)
    return found


def _newest_check(cells: Cells, now: Cells | None) -> Cells:
    """Give the cells of a file, but never with an older check than there is now: such a file was made before it."""
    if now is None or (cells["checked_on"], bool(cells["checked_by"])) >= (now["checked_on"], bool(now["checked_by"])):
        return cells
    return {**cells, **{name: now[name] for name in CHECKED}}


def _at(problem: str, number: int) -> str:
    """Say a problem with the number of its row in Excel."""
    file, _, rest = problem.partition(", ")
    key, _, _ = rest.partition(": ")
    return in_words(problem, {(file, key): number})


def _heading_problems(file: str, headings: Sequence[str], names: Mapping[str, str]) -> Iterator[str]:
    where = f"Blad {SHEETS[file].title}"
    yield from (f"{where}: de kolom '{name}' is onbekend." for name in headings if name not in names)
    yield from (f"{where}: de kolom '{name}' ontbreekt." for name in names if name not in headings)
    yield from (f"{where}: de kolom '{name}' staat er twee keer in." for name in duplicates(headings))


def _settled(file: str, cells: Cells) -> Cells:
    """Give a row its key where somebody added it by name only, and its dates in one way of writing.

    Raises:
        ReferenceDataError: if it has no key, or a date that is none.
    """
    sheet, where = SHEETS[file], f"{file}, {cells[SHEETS[file].named_by[0]] or 'rij zonder naam'}"
    if sheet.keys == ("id",) and not cells["id"] and cells[sheet.named_by[0]]:
        cells = {**cells, "id": new_key(cells[sheet.named_by[0]])}
    if not all(cells[column] for column in sheet.keys):
        raise ReferenceDataError([f"{where}: {NO_KEY}"])
    written = {name: written_date(cells[name], f"{file}, {sheet.key(cells)}", name) for name in DATES}
    return {**cells, **written}
