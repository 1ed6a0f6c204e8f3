"""The rows that people keep up to date as a workbook: a sheet per table, read back by ``reference.edits``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from wellbeing.export.workbooks import Words, write_words
from wellbeing.model.content import Cells, LogLine
from wellbeing.presentation import formats
from wellbeing.reference.content import Content
from wellbeing.reference.sheets import ABOUT, COLUMNS, LABELS, LOG, SEVERAL, SHEETS

_WIDE, _NARROW, _PAGE = 48, 20, 100
_LONG = 60  # letters from which a column is wide
LOG_HEADINGS = ("Wanneer (UTC)", "Wie", "Blad", "Kenmerk", "Kolom", "Was", "Werd")
WHOLE = "Alle inhoud van het dashboard"
CHANGED = "Wat wij in de inhoud veranderden"
HOW = (
    "Verander een cel, of zet een nieuwe rij onderaan. Bewaar als .xlsx en lees het terug bij Inhoud bijhouden.",
    "Het dashboard laat eerst zien wat er verandert. Daarna kiest u of dat mag.",
    "Laat de namen van de bladen, de kolommen en de kenmerken staan. Een nieuwe rij krijgt vanzelf een kenmerk.",
    "Zet | tussen de waarden in een cel van deze kolommen: {several}.",
    "Rijen die niet in dit bestand staan, veranderen niet. Bij {fixed} kan geen rij bij.",
    "Zet hier nooit iets in over een leerling.",
)


def content_workbook(content: Content, log: Iterable[LogLine] = (), *, only_changed: bool = False) -> bytes:
    """Give the workbook: what to do with it, the rows of every table, and what was changed by whom."""
    return write_words(
        Words(title, rows, _widths(rows)) for title, rows in _sheets(content, log, only_changed=only_changed)
    )


def _sheets(
    content: Content, log: Iterable[LogLine], *, only_changed: bool
) -> Iterator[tuple[str, Sequence[Sequence[str]]]]:
    several = formats.listing([LABELS[name] for name in SEVERAL])
    fixed = formats.listing([sheet.title for sheet in SHEETS.values() if not sheet.grows])
    about = [CHANGED if only_changed else WHOLE, *(line.format(several=several, fixed=fixed) for line in HOW)]
    yield ABOUT, [(line,) for line in about]
    for file in SHEETS:
        rows = list(_rows(file, content, only_changed=only_changed))
        if rows or not only_changed:
            heads = [LABELS[name] for name in COLUMNS[file]]
            yield SHEETS[file].title, [heads, *([row[name] for name in COLUMNS[file]] for row in rows)]
    yield LOG, [LOG_HEADINGS, *map(log_row, log)]


def _rows(file: str, content: Content, *, only_changed: bool) -> Iterator[Cells]:
    changed = {change.row for change in content.changes if change.table == file}
    for cells in content.tables[file]:
        if not only_changed or SHEETS[file].key(cells) in changed:
            yield cells


def log_row(line: LogLine) -> tuple[str, ...]:
    """Give a line of the log as people read it."""
    sheet = SHEETS[line.table].title if line.table in SHEETS else line.table
    when = f"{formats.short_date(line.at.date())} {line.at:%H:%M}"
    return (when, line.by, sheet, line.row, LABELS.get(line.column, line.column), line.old, line.new)


def _widths(rows: Sequence[Sequence[str]]) -> list[int]:
    """Give each column the width that its texts need; one that stands alone gets a page."""
    if len(rows[0]) == 1:
        return [_PAGE]
    return [_WIDE if max(map(len, column)) > _LONG else _NARROW for column in zip(*rows, strict=True)]
