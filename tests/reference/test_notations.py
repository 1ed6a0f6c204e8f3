"""School years, dates that Excel made, and numbers, as people write them."""

from __future__ import annotations

import pytest

from wellbeing.reference.notations import bare_year, before_excel, number, school_year


@pytest.mark.parametrize(
    "text",
    [
        "2025-2026",
        "2025/2026",
        "2025 - 2026",
        "2025–2026",
        "25-26",
        "25/26",
        "'25/'26",
        "2526",
        "2025-26",
        "schooljaar 2025-2026",
        "Schooljaar: 25/26",
        "2025 t/m 2026",
        "2025-08",
        "2025-08-01",
        "2026-07-31 23:59:59",
        "1-8-2025",
        "31/07/2026 9:00",
    ],
)
def test_school_year_has_one_form(text: str) -> None:
    assert school_year(text) == "2025-2026"


@pytest.mark.parametrize(
    "text", ["", "2025", "2024-2026", "2026-2025", "12-13-14", "vorig jaar", "1-2", "2025-13", "3000"]
)
def test_text_without_a_school_year_is_none(text: str) -> None:
    assert school_year(text) is None


def test_school_year_begins_on_the_first_of_august() -> None:
    assert school_year("31-7-2025") == "2024-2025"
    assert school_year("1-8-2025") == "2025-2026"


@pytest.mark.parametrize(("text", "year"), [("2025", "2025"), ("jaar 2025", "2025"), ("25", None), ("1999", None)])
def test_bare_year_stays_a_year(text: str, year: str | None) -> None:
    assert bare_year(text) == year


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("2026-04-02", ("2-4", "4-2")),
        ("2-apr", ("2-4", "4-2")),
        ("02-apr", ("2-4", "4-2")),
        ("1-mrt", ("1-3", "3-1")),
        ("okt-12", ("10-12",)),
        ("2026-05-05", ("5-5",)),
        ("2-4", ()),
        ("april", ()),
        ("2026-04-02 10:00:00", ()),
    ],
)
def test_date_tells_what_was_typed(text: str, typed: tuple[str, ...]) -> None:
    assert before_excel(text) == typed


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12,5", 12.5),
        ("12.5", 12.5),
        ("1.234,5", 1234.5),
        ("1,234.5", 1234.5),
        ("1.234.567", 1234567.0),
        ("12,5%", 0.125),
        ("100 %", 1.0),
        ("-3", -3.0),
        ("0", 0.0),
        ("inf", None),
        ("nan", None),
        ("1e308", None),
        ("", None),
        ("5 uur", None),
        ("1,2,3.4.5", None),
    ],
)
def test_number_is_read_with_comma_or_point(text: str, value: float | None) -> None:
    assert number(text) == value
