"""Ours and an independent reader of .xlsx files agree on every cell of workbooks that were made up at random."""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import dataclass

import openpyxl
import pytest
import xlsxwriter
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from tests.oracles import plain_xml
from wellbeing.intake.guard import check
from wellbeing.intake.inside import look_inside
from wellbeing.intake.tables import cell_text
from wellbeing.intake.workbooks import read_visible

ERRORS = ("#N/A", "#DIV/0!", "#NAME?")
LETTERS = st.characters(exclude_categories=("Cs", "Cc", "Cn", "Cf"))  # signs that can be in XML and be seen


@dataclass(frozen=True)
class Error:
    """A cell with an error of Excel."""

    text: str


@dataclass(frozen=True)
class Formula:
    """A cell with a formula and the outcome that was stored with it."""

    outcome: float | str


CELLS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**9), 10**9),
    st.floats(-1e9, 1e9, allow_nan=False).filter(lambda value: abs(value) > 1e-6).map(lambda value: round(value, 6)),
    st.sampled_from(["Ja", "Nee", "NA", "None", "<5", "12,5%", " Zeer goed ", "1,234", "é", "Ja\nmaar", "a&b<c>\"d'"]),
    st.text(LETTERS, max_size=12),
    st.dates(dt.date(1950, 1, 1), dt.date(2049, 12, 31)),
    st.datetimes(dt.datetime(1950, 1, 1), dt.datetime(2049, 12, 31)).map(lambda value: value.replace(microsecond=0)),
    st.sampled_from(ERRORS).map(Error),
    st.one_of(st.integers(0, 99), st.just("uitkomst")).map(Formula),
)
ROWS = st.lists(st.lists(CELLS, min_size=1, max_size=7), min_size=1, max_size=9)
WIDTHS = st.integers(0, 3)


def _with_xlsxwriter(rows: list[list[object]], merged: int = 0, **options: bool) -> bytes:
    memory = io.BytesIO()
    with xlsxwriter.Workbook(memory, {"in_memory": True, **options}) as book:
        days = book.add_format({"num_format": "dd-mm-yyyy"})
        moments = book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
        sheet = book.add_worksheet("Export")
        for place, row in enumerate(rows):
            for at, cell in enumerate(row):
                _write(sheet, (place, at), cell, moments if isinstance(cell, dt.datetime) else days)
        if merged:
            sheet.merge_range(len(rows) + 1, 0, len(rows) + 1, merged, "Samengevoegd")
    return memory.getvalue()


def _write(sheet: Worksheet, place: tuple[int, int], cell: object, date_format: Format) -> None:
    match cell:
        case dt.date():
            sheet.write_datetime(*place, cell, date_format)
        case Error(text):
            sheet.write_formula(*place, "=NA()", None, text)
        case Formula(outcome):
            sheet.write_formula(*place, "=A1", None, outcome)
        case str():
            sheet.write_string(*place, cell)
        case bool() | int() | float():
            sheet.write(*place, cell)


def _with_openpyxl(rows: list[list[object]], merged: int) -> bytes:
    book = openpyxl.Workbook()
    for place, row in enumerate(rows, start=1):
        for at, cell in enumerate(row, start=1):
            target = book.active.cell(place, at)
            target.value = cell.text if isinstance(cell, Error) else None if isinstance(cell, Formula) else cell
            if isinstance(cell, str):
                target.data_type = "s"
    if merged:
        book.active.cell(len(rows) + 2, 1).value = "Samengevoegd"
        book.active.merge_cells(start_row=len(rows) + 2, start_column=1, end_row=len(rows) + 2, end_column=merged + 1)
    memory = io.BytesIO()
    book.save(memory)
    return memory.getvalue()


def _ours(data: bytes) -> dict[str, list[list[str]]]:
    look_inside(data, check(data, "x.xlsx").kind)
    return {
        sheet.name: _without_edge([[cell_text(cell) for cell in row] for row in sheet.rows])
        for sheet in read_visible(data)
    }


def _without_edge(rows: list[list[str]]) -> list[list[str]]:
    """Give the cells up to the last row and column with a text."""
    height = max((place for place, row in enumerate(rows, start=1) if any(row)), default=0)
    width = max((at for row in rows for at, text in enumerate(row, start=1) if text), default=0)
    return [row[:width] for row in rows[:height]]


def _agree(rows: list[list[object]], merged: int) -> None:
    for data in (
        _with_xlsxwriter(rows, merged),
        _with_xlsxwriter(rows, merged, constant_memory=True),
        _with_openpyxl(rows, merged),
    ):
        assert _ours(data) == plain_xml.read(data)


QUIET = settings(
    deadline=None,
    database=None,
    phases=[Phase.explicit, Phase.generate, Phase.shrink],
    suppress_health_check=[HealthCheck.too_slow],
)


@seed(4)
@settings(QUIET, max_examples=67)  # three workbooks each
@given(ROWS, WIDTHS)
def test_readers_agree(rows: list[list[object]], merged: int) -> None:
    _agree(rows, merged)


@pytest.mark.slow
@seed(1904)
@settings(QUIET, max_examples=334)
@given(ROWS, WIDTHS)
def test_readers_agree_on_a_thousand_workbooks(rows: list[list[object]], merged: int) -> None:
    _agree(rows, merged)


def test_second_reader_sees_what_was_written() -> None:
    rows = [["Ja", 3, 0.5, True], [None, dt.date(2025, 2, 1), dt.datetime(2025, 2, 1, 9, 30), Error("#N/A")]]
    assert plain_xml.read(_with_xlsxwriter(rows)) == {
        "Export": [["Ja", "3", "0.5", "WAAR"], ["", "2025-02-01", "2025-02-01 09:30:00", ""]]
    }


def test_readers_agree_on_days_counted_from_1904() -> None:
    data = _with_xlsxwriter([["Dag", dt.date(2025, 2, 1)]], date_1904=True)
    assert _ours(data) == plain_xml.read(data) == {"Export": [["Dag", "2025-02-01"]]}
