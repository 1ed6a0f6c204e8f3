"""What an organisation changed in the tables of ``data/interventions``: laid over them, judged by the same schema."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from wellbeing.model.catalogue import Catalogue
from wellbeing.model.content import Cells, KeptRow, LeftOut, RowChange, Tables, tidy
from wellbeing.model.school_work import SchoolLists
from wellbeing.reference.interventions import build_catalogue, read_tables
from wellbeing.reference.schema import ReferenceDataError
from wellbeing.reference.school_lists import build_lists
from wellbeing.reference.sheets import CARD, COLUMNS, PROGRAMMES, SHEETS, THEMES
from wellbeing.reference.upkeep import CHECKED, take_upkeep

LONGEST, LONGEST_KEY, FULLEST = 1000, 150, 25_000  # letters of a cell, of a key, and of a row as it is kept
GONE = "deze rij past niet meer bij de lijst van dit dashboard."
FIXED = "hier kan geen rij bij: verander alleen de rijen die er al zijn."
TOO_LONG = "deze tekst is te lang; hoogstens {most} tekens."
TOO_FULL = "in deze rij staat te veel tekst bij elkaar."
UNREADABLE = "hier staan tekens die niemand kan zien; typ de tekst opnieuw."


@dataclass(frozen=True, slots=True)
class Content:
    """The tables as they were delivered, what lies over them, and what comes of that.

    ``left_out`` are the changes that do not fit (any more), each with its reason; they are not in ``tables``.
    """

    base: Tables = field(default_factory=dict)
    changes: tuple[RowChange, ...] = ()
    tables: Tables = field(default_factory=dict)
    left_out: tuple[LeftOut, ...] = ()

    def cells(self, table: str, row: str) -> Cells | None:
        """Give the cells of a row as they are now, if there is such a row."""
        return row_of(self.tables, table, row)

    def change(self, table: str, row: str) -> RowChange | None:
        """Give what was kept of a row, also where it was left out; absent where nothing was."""
        every = (*self.changes, *(item.change for item in self.left_out))
        return next((item for item in every if (item.table, item.row) == (table, row)), None)


def load_content(folder: Path) -> Content:
    """Read all tables as they are delivered; ``check`` judges them.

    Raises:
        ReferenceDataError: with every problem of every file that cannot be read.
    """
    base = read_tables(folder, COLUMNS)
    return Content(base, (), base)


def check(tables: Tables) -> tuple[Catalogue, SchoolLists]:
    """Make the catalogue and the lists of their tables: form, references, meaning.

    Raises:
        ReferenceDataError: with all problems, each naming file, row and what is wrong.
    """
    catalogue = build_catalogue(tables)
    return catalogue, build_lists(tables, catalogue)


def row_of(tables: Tables, table: str, row: str) -> Cells | None:
    """Give the cells of a row, if there is such a row."""
    return next((cells for cells in tables.get(table, ()) if SHEETS[table].key(cells) == row), None)


# --------------------------------------------------------------------------- who answers for what


def kept_rows(content: Content) -> tuple[KeptRow, ...]:
    """Give every row with who answers for it; first those that must be looked at first."""
    titles = row_titles(content.tables) | theme_titles(content.tables)
    changed = {(item.table, item.row) for item in content.changes if set(item.cells) - set(CHECKED)}
    found = [
        _kept_row(file, cells, content, titles, is_changed=(file, sheet.key(cells)) in changed)
        for file, sheet in SHEETS.items()
        for cells in content.tables[file]
    ]
    return tuple(sorted(found, key=lambda row: row.upkeep.next_review))


def _kept_row(file: str, cells: Cells, content: Content, titles: Mapping[str, str], *, is_changed: bool) -> KeptRow:
    sheet = SHEETS[file]
    key = sheet.key(cells)
    return KeptRow(
        table=file,
        row=key,
        name=", ".join(titles.get(cells[column], cells[column]) for column in sheet.named_by),
        source=cells.get("source", ""),
        upkeep=take_upkeep(cells, f"{file}, {key}")[0],
        is_changed=is_changed,
        is_new=is_changed and row_of(content.base, file, key) is None,
    )


def row_titles(tables: Tables) -> dict[str, str]:
    """Give what the rows that a school can choose are called, by key."""
    return {cells["id"]: cells["title"] for file in (CARD, PROGRAMMES) for cells in tables[file]}


def theme_titles(tables: Tables) -> dict[str, str]:
    """Give what the themes are called, by key."""
    return {cells["id"]: cells["label"] for cells in tables[THEMES]}


# --------------------------------------------------------------------------- laying changes over the tables


def overlay(base: Tables, changes: Sequence[RowChange]) -> Content:
    """Lay changes over the tables; what does not fit (any more) is left out, and told.

    A change may need another one, so those that did not fit are tried again as long as that helps.
    """
    tables, kept, waiting = _fitting(base, changes)
    is_helping = bool(waiting)
    while is_helping:
        tables, more, left = _fitting(tables, [item.change for item in waiting])
        is_helping, kept, waiting = bool(more and left), kept + more, left
    return Content(base, tuple(kept), tables, tuple(waiting))


def judged(tables: Tables, changes: Sequence[RowChange]) -> Tables:
    """Give the tables with all these changes.

    Raises:
        ReferenceDataError: with every problem, if they do not fit together.
    """
    for change in changes:
        tables = _with(tables, change)
    check(tables)
    return tables


def _fitting(tables: Tables, changes: Sequence[RowChange]) -> tuple[Tables, list[RowChange], list[LeftOut]]:
    """Lay over what fits; of what does not fit together each half is tried, so that one misfit costs a few tries."""
    try:
        return judged(tables, changes), list(changes), []
    except ReferenceDataError as error:
        if len(changes) == 1:
            return tables, [], [LeftOut(changes[0], error.problems)]
    half = len(changes) // 2
    tables, kept, left = _fitting(tables, changes[:half])
    tables, more, others = _fitting(tables, changes[half:])
    return tables, kept + more, left + others


def _with(tables: Tables, change: RowChange) -> Tables:
    """Give the tables with one change; a new row comes at the end.

    Raises:
        ReferenceDataError: if this cannot be a row of the table, whatever its cells mean.
    """
    where, columns = f"{change.table}, {change.row}", COLUMNS.get(change.table, ())
    now = row_of(tables, change.table, change.row)
    found = {**(now or {}), **change.cells}
    if not columns or set(found) != set(columns) or SHEETS[change.table].key(found) != change.row:
        raise ReferenceDataError([f"{where}: {GONE}"])
    sheet = SHEETS[change.table]
    problems = list(_unfit(found, sheet.keys, where))
    if now is None and not sheet.grows:
        problems = [f"{where}: {FIXED}"]
    if problems:
        raise ReferenceDataError(problems)
    made, rows = {name: found[name] for name in columns}, tables[change.table]
    if now is None:
        return {**tables, change.table: (*rows, made)}
    return {**tables, change.table: tuple(made if cells is now else cells for cells in rows)}


def _unfit(cells: Cells, keys: Sequence[str], where: str) -> Iterator[str]:
    """Say which texts are longer than anybody reads, or hold what nobody sees."""
    for name, text in cells.items():
        most = LONGEST_KEY if name in keys else LONGEST
        if len(text) > most:
            yield f"{where}: {name}: {TOO_LONG.format(most=most)}"
        elif text != tidy(text):
            yield f"{where}: {name}: {UNREADABLE}"
    if len(json.dumps(dict(cells))) > FULLEST:
        yield f"{where}: {TOO_FULL}"
