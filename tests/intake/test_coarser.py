"""Moments become months and classes their leerjaar."""

from __future__ import annotations

import pytest

from wellbeing.intake.coarser import is_classes, is_moments, months, without_class_letters
from wellbeing.intake.tables import Cells
from wellbeing.reference.notations import class_code


@pytest.mark.parametrize(
    ("written", "month"),
    [
        (["2025-10-03"], "2025-10"),
        (["2025-10-03 09:14:00"], "2025-10"),
        (["3-10-2025 9:14:05"], "2025-10"),
        (["03/10/2025"], "2025-10"),
        (["10/3/2025 9:14:05", "10/23/2025 9:14:05"], "2025-10"),
        (["3.10.2025, 09:14"], "2025-10"),
    ],
)
def test_moment_becomes_its_month(written: list[str], month: str) -> None:
    cells = Cells.of(written)
    assert is_moments(cells)
    assert months(cells).at(0) == month


def test_what_is_no_moment_becomes_empty() -> None:
    cells = months(Cells.of(["2025-10-03", "1980-01-01 00:00:00", "gisteren", ""]))
    assert [cells.at(row) for row in range(4)] == ["2025-10", "", "", ""]


@pytest.mark.parametrize("written", [["Goed", "Slecht"], ["2025", "2024"], [""], ["1-2", "3-4"]])
def test_answers_are_no_moments(written: list[str]) -> None:
    assert not is_moments(Cells.of(written))


@pytest.mark.parametrize(
    ("written", "left"),
    [
        ("2B", "2"),
        ("3kb2", "kb 3"),
        ("H4b", "h 4"),
        ("klas 3 vmbo-t", "vmbo t 3"),
        ("havo/vwo 2", "havo/vwo 2"),
        ("2e klas A", "2"),
    ],
)
def test_class_keeps_its_leerjaar_and_level(written: str, left: str) -> None:
    cells = Cells.of([written, "1A"])
    assert is_classes(cells)
    assert without_class_letters(cells).at(0) == left
    assert class_code(left if " " in left else written) == class_code(written)


@pytest.mark.parametrize("written", [["1", "2"], ["Goed", "2B", "Slecht"], ["2024", "2025"], []])
def test_answers_are_no_classes(written: list[str]) -> None:
    assert not is_classes(Cells.of(written))


def test_numbers_that_excel_has_for_dates_become_their_month() -> None:
    # Excel itself: 45931 is 1 October 2025, 45961 is 31 October 2025, 45962 is 1 November 2025.
    cells = Cells.of(["45931", "45961,9993", "45962.5", "12"])
    assert months(cells).texts == ["2025-10", "2025-11", ""]
    assert is_moments(Cells.of(["45931", "45962"]))
    assert not is_moments(Cells.of(["12", "39999", "55000"]))
