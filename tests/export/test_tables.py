"""The figures file: its columns, what a hidden row holds, and that no cell is a formula."""

from __future__ import annotations

import csv
import io
import re

import pytest

from tests.builders import TOTAL, benchmark, cell, codebook, havo, indicator, measurement, place, policy, question
from wellbeing.export.tables import EXACT_COLUMNS, FIGURE_COLUMNS, csv_bytes, exact_row, figure_row
from wellbeing.model.benchmark import Benchmark, Breakdown
from wellbeing.model.reference import Codebook, Sensitivity
from wellbeing.model.results import ComparatorKind, Comparison, Dimension, Measurement
from wellbeing.stages.compare import Setting, compare
from wellbeing.stages.protect import protect, unprotect

NAMES = ("a", "b")
BOOK = codebook([indicator(name) for name in NAMES], [question(name) for name in NAMES])
Row = dict[str, str]
NAME_COLUMNS = {"indicator", "theme", "group_by", "group", "comparator", "comparator_year", "hidden_reason"}

MADE = measurement(
    {
        TOTAL: {"a": (54, 123), "b": (3, 123)},
        havo(): {"a": (30, 61), "b": (2, 61)},
        havo("vmbo-bk"): {"a": (24, 62), "b": (1, 62)},
    }
)
NUMBERS = {"a": (1200, 4000), "b": (1200, 4000)}
REGION = benchmark({place(): cell(NUMBERS), place(Breakdown.LEVEL, "havo"): cell(NUMBERS)})


def comparisons(
    made: Measurement, region: Benchmark, book: Codebook = BOOK, *, exact: bool = False
) -> tuple[Comparison, ...]:
    published = unprotect(made) if exact else protect(made, dict.fromkeys(NAMES, Sensitivity.NORMAL), policy())
    return compare(published, Setting(made, region, book, policy(), unprotected=exact))


def written(made: Measurement = MADE, region: Benchmark = REGION, school: str = "De Werf") -> list[Row]:
    rows = [figure_row(row, BOOK, school) for row in comparisons(made, region)]
    return list(csv.DictReader(io.StringIO(csv_bytes(FIGURE_COLUMNS, rows).decode("utf-8"))))


def find(rows: list[Row], name: str, group: str, kind: ComparatorKind = ComparatorKind.REGION) -> Row:
    (found,) = [row for row in rows if (row["indicator"], row["group"], row["comparator"]) == (name, group, kind.value)]
    return found


def test_a_shown_row_by_hand() -> None:
    """54 of 123 is 43.9%: 44. Wilson at 44%: 35.5 to 52.8. The region: 30%."""
    row = find(written(), "a", "De Werf")
    assert list(row) == list(FIGURE_COLUMNS)
    assert row | {"difference_lower": "", "difference_upper": ""} == {
        "indicator": "a",
        "theme": "Welbevinden",
        "group_by": "school",
        "group": "De Werf",
        "total": "123",
        "percentage": "44",
        "lower": "36",
        "upper": "53",
        "comparator": "regio",
        "comparator_year": "2024-2025",
        "comparator_total": "4000",
        "comparator_percentage": "30",
        "difference": "14",
        "difference_lower": "",
        "difference_upper": "",
        "verdict": "duidelijk ongunstiger",
        "hidden_reason": "",
    }
    assert (row["difference_lower"], row["difference_upper"]) == ("5", "23")


def test_the_number_of_pupils_of_a_group_is_rounded_to_five() -> None:
    rows = written()
    assert find(rows, "a", "Havo")["total"] == "60"
    assert find(rows, "a", "De Werf")["total"] == "123"


def test_a_hidden_row_has_only_names_and_the_reason() -> None:
    hidden = [row for row in written() if row["indicator"] == "b"]
    assert len(hidden) == 7
    for row in hidden:
        assert {name for name, text in row.items() if text} == NAME_COLUMNS
        assert row["hidden_reason"] == "niet getoond"
        assert not re.search(r"\d", row["hidden_reason"])


def test_a_row_without_a_comparator_keeps_the_figure_of_the_school() -> None:
    row = find(written(region=benchmark({})), "a", "De Werf")
    assert (row["percentage"], row["comparator_percentage"], row["difference"], row["verdict"]) == ("44", "", "", "")
    assert "staat niet in de vergelijkingscijfers" in row["hidden_reason"]


def test_without_labels_the_verdict_is_empty() -> None:
    few = measurement({(Dimension.TOTAL, "totaal"): {"a": (54, 123), "b": (3, 123)}}, could_have_answered=1000)
    row = find(written(few), "a", "De Werf")
    assert (row["difference"], row["verdict"]) == ("14", "")


@pytest.mark.parametrize("name", ["=1+1", "+31 6", "-De Werf", "@School", "\tx"])
def test_no_cell_is_a_formula(name: str) -> None:
    rows = written(school=name)
    assert {row["group"] for row in rows if row["group_by"] == "school"} == {f"'{name}"}


def test_a_carriage_return_in_a_name_does_not_break_the_file() -> None:
    assert len(written(school="De\rWerf")) == len(written())


def test_negative_numbers_stay_numbers() -> None:
    lower = measurement({TOTAL: {"a": (10, 123), "b": (3, 123)}})
    assert find(written(lower), "a", "De Werf")["difference"] == "-22"


def test_the_epidemiologist_gets_exact_numbers_with_the_label_of_the_protected_row() -> None:
    rows = [
        exact_row(hidden, exact, BOOK, "De Werf")
        for hidden, exact in zip(comparisons(MADE, REGION), comparisons(MADE, REGION, exact=True), strict=True)
    ]
    data = csv_bytes((*FIGURE_COLUMNS, *EXACT_COLUMNS), rows).decode("utf-8")
    found = list(csv.DictReader(io.StringIO(data)))
    row = find(found, "a", "De Werf")
    assert (row["cases"], row["total"], row["comparator_cases"]) == ("54", "123", "1200")
    assert float(row["percentage"]) == pytest.approx(100 * 54 / 123)
    assert float(row["difference"]) == pytest.approx(100 * 54 / 123 - 30)
    assert row["verdict"] == "duidelijk ongunstiger"
    assert row["p_value"] == row["p_adjusted"]
    hidden = find(found, "b", "De Werf")
    assert (hidden["cases"], hidden["hidden_reason"], hidden["p_adjusted"]) == ("3", "niet getoond", "")
    assert float(hidden["p_value"]) < 0.001


def test_the_epidemiologist_gets_nothing_of_nobody() -> None:
    nobody = measurement({TOTAL: {"a": (0, 0), "b": (0, 0)}})
    hidden, exact = comparisons(nobody, REGION), comparisons(nobody, REGION, exact=True)
    row = exact_row(hidden[0], exact[0], BOOK, "De Werf")
    assert "cases" not in row
    assert row["hidden_reason"] == "te weinig leerlingen"
