"""Rows under the headings that are no pupils: try-outs, totals, remarks. Set apart, and counted."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from statistics import fmean

from wellbeing.intake.guard import Refused
from wellbeing.intake.layouts import Layout, recognise, squash
from wellbeing.intake.tables import Cells, Table

NO_PUPILS = (
    "Onder de kolomkoppen staan geen leerlingen. Maak de export opnieuw, met de antwoorden van de leerlingen erin."
)

LONGEST_WORD = 60
FEW_TESTS, TEST_SHARE = 3, 0.1  # a word that more pupils wrote is an answer
ENOUGH_ROWS = 10  # fewer rows do not tell a sum from an answer
SEVERAL = 2
REMARK_WIDTH = 4  # beside so many filled columns one lonely text is a remark

_TEST_ROW = re.compile(r"test(?:rij|regel|leerling|persoon|invoer)?(?: ?\d{1,3})?|(?:survey )?preview")
_TOTAL_ROW = re.compile(
    r"(?:eind|sub)?tota(?:al|len)\b.*|gemiddelden?(?:\s*[:(].*)?|aantal(?: \w+)?\s*[:=].*|n\s*=\s*\d+|(?:grand )?total"
    r"|.{1,40}\btotaal"
)
_NUMBER = re.compile(r"[-+]?\d+(?:[.,]\d+)?")


def set_rows_apart(table: Table) -> None:
    """Take out of a table the rows that are no pupil, and note how many of which kind.

    Raises:
        Refused: if no pupil is left.
    """
    layout = recognise(heading.text for heading in table.headings)
    tests = _test_rows(table, layout)
    totals = (_total_rows(table) | _sum_row(table)) - tests
    remarks = _remarks_below(table, tests | totals)
    _note(table, "Testrijen", tests)
    _note(table, "Rijen met een totaal of gemiddelde", totals)
    _note(table, "Losse regels onder de tabel", remarks)
    apart = tests | totals | remarks
    if apart:
        table.keep([row for row in range(len(table.row_numbers)) if row not in apart])
    if not table.row_numbers:
        raise Refused(NO_PUPILS)
    _note_unfinished(table, layout)
    _note_codes(table, layout)


def _note(table: Table, what: str, rows: Iterable[int]) -> None:
    places = [str(table.row_numbers[row]) for row in sorted(rows)]
    if places:
        table.notes.append(f"{what}: {len(places)} (rij {', '.join(places[:5])}). Die tellen niet mee als leerling.")


# --------------------------------------------------------------------------- try-outs


def _test_rows(table: Table, layout: Layout | None) -> set[int]:
    few = max(FEW_TESTS, TEST_SHARE * len(table.row_numbers))
    found = {row for column in _own_columns(table, layout.tests if layout else ()) for row in column}
    for cells in table.columns:
        rows = cells.rows_with(_matching(cells, _TEST_ROW))
        if len(rows) <= few:
            found.update(rows)
    return found


def _own_columns(table: Table, rules: Sequence[tuple[str, frozenset[str]]]) -> list[list[int]]:
    """Give per column that a rule is about the rows with one of its values."""
    wanted = dict(rules)
    return [
        cells.rows_with(text for text in cells.texts if text.casefold() in wanted[squash(heading.text)])
        for heading, cells in zip(table.headings, table.columns, strict=True)
        if squash(heading.text) in wanted
    ]


def _note_unfinished(table: Table, layout: Layout | None) -> None:
    rows = {row for column in _own_columns(table, layout.unfinished if layout else ()) for row in column}
    table.unfinished_rows = tuple(table.row_numbers[row] for row in sorted(rows))
    if rows:
        table.notes.append(
            f"Leerlingen die halverwege stopten: {len(rows)}. Zij tellen mee bij de vragen die zij wel invulden."
        )


def _note_codes(table: Table, layout: Layout | None) -> None:
    """Say which export to make instead, where several columns hold nothing but codes of the program itself."""
    if layout is None or layout.codes is None:
        return
    coded = [
        cells
        for cells in table.columns
        if any(cells.texts) and all(layout.codes.fullmatch(text) for text in cells.texts if text)
    ]
    if len(coded) >= SEVERAL:
        kind = f"In {len(coded)} kolommen staan codes van {layout.name} in plaats van antwoorden, zoals A1 of Y."
        table.notes.append(f"{kind} {layout.again}")


# --------------------------------------------------------------------------- totals


def _matching(cells: Cells, pattern: re.Pattern[str]) -> list[str]:
    return [text for text in cells.texts if len(text) < LONGEST_WORD and pattern.fullmatch(text.casefold())]


def _total_rows(table: Table) -> set[int]:
    """Give the rows whose first filled cell says that they are a total."""
    found = set()
    for place, cells in enumerate(table.columns):
        for row in cells.rows_with(_matching(cells, _TOTAL_ROW)):
            if not any(before.at(row) for before in table.columns[:place]):
                found.add(row)
    return found


def _sum_row(table: Table) -> set[int]:
    """Give the last row, if it has no words where pupils have and its numbers are sums or means of those above."""
    last = len(table.row_numbers) - 1
    filled = [cells for cells in table.columns if cells.at(last)] if last >= ENOUGH_ROWS else []
    words_stop = any(
        not cells.at(last) and any(text and not _NUMBER.fullmatch(text) for text in cells.texts)
        for cells in table.columns
    )
    if len(filled) < 2 or not words_stop:
        return set()
    return {last} if all(_is_sum_or_mean(cells, last) for cells in filled) else set()


def _is_sum_or_mean(cells: Cells, last: int) -> bool:
    column = [cells.at(row).replace(",", ".") for row in range(last + 1)]
    if not all(_NUMBER.fullmatch(text) for text in column if text):
        return False
    *above, told = [float(text) for text in column if text]
    if len(above) < ENOUGH_ROWS:
        return False
    adds_up = told > max(above) and abs(told - sum(above)) < 0.01 * abs(told)
    return adds_up or (not told.is_integer() and abs(told - fmean(above)) < 0.051)


# --------------------------------------------------------------------------- remarks


def _remarks_below(table: Table, apart: set[int]) -> set[int]:
    """Give the rows at the end that hold one text only, found nowhere else in its column."""
    if sum(any(cells.texts) for cells in table.columns) < REMARK_WIDTH:
        return set()
    found: set[int] = set()
    for row in reversed(range(len(table.row_numbers))):
        if row in apart:
            continue
        filled = [cells for cells in table.columns if cells.at(row)]
        if len(filled) != 1 or _NUMBER.fullmatch(filled[0].at(row)) or filled[0].counts()[filled[0].at(row)] > 1:
            break
        found.add(row)
    return found
