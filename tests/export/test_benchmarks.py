"""A benchmark to a workbook and back: nothing changes, nothing becomes a formula."""

from __future__ import annotations

import io
import random
from dataclasses import replace

import openpyxl
import pytest

from tests.builders import benchmark, cell, codebook, place
from wellbeing.export.benchmarks import CONFIDENTIAL, SHAREABLE, benchmark_workbook
from wellbeing.model.benchmark import Benchmark, BenchmarkCell, Breakdown, CellId
from wellbeing.model.reference import Bouw, IndicatorId
from wellbeing.model.results import Count, Weighted
from wellbeing.reference.benchmarks import parse_benchmark

BOOK = codebook()
Sheets = dict[str, list[list[str]]]


def read(data: bytes) -> Sheets:
    """Read a workbook with another program than the one that reads it in the dashboard."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    return {
        sheet.title: [
            ["" if value is None else str(value) for value in row] for row in sheet.iter_rows(values_only=True)
        ]
        for sheet in book
    }


def round_trip(made: Benchmark) -> Benchmark:
    return parse_benchmark(read(benchmark_workbook(made, BOOK)))


def full(seed: int) -> Benchmark:
    """Give a benchmark with everything in it. Excel keeps fifteen digits, so weights have no more."""
    random_ = random.Random(seed)

    def figures(place: CellId) -> BenchmarkCell:
        totals = {name: random_.randint(0, 90_000) for name in ("klachten", "eens", "geheim")}
        # Two groups of a breakdown fit in the whole, cases and others.
        more = 180_000 if place.breakdown is Breakdown.TOTAL else 0
        counts = {
            IndicatorId(name): Count(more + random_.randint(0, total), 2 * more + total)
            for name, total in totals.items()
        }
        sums = {name: Weighted(*(round(random_.random() * 10**at, 6) for at in range(4))) for name in counts}
        schools = random_.choice([None, {name: random_.randint(0, 60) for name in counts}])
        return BenchmarkCell(
            random_.choice(["Havo", "", "=SOM(A1)"]), max(totals.values()), schools, counts, random_.choice([{}, sums])
        )

    places = [
        CellId(bouw, breakdown, key)
        for bouw in Bouw
        for breakdown, key in (
            (Breakdown.TOTAL, "totaal"),
            (Breakdown.LEVEL, "havo"),
            (Breakdown.LEVEL, ""),
            (Breakdown.LEERJAAR, "4"),
            (Breakdown.CROSSED, "havo|4|"),
            (Breakdown.CROSSED, "||"),
        )
    ]
    return benchmark(
        {ident: figures(ident) for ident in places},
        region="+Duinrand & omstreken <2>",
        schools=("=1+1", "@School", "Het Baken", "0123", "-"),
        shareable=random_.random() < 0.5,
        correlations={Bouw.UPPER: {(IndicatorId("klachten"), IndicatorId("eens")): -0.3001}},
    )


@pytest.mark.parametrize("seed", range(8))
def test_what_is_written_is_read_back_the_same(seed: int) -> None:
    made = full(seed)
    assert round_trip(made) == made


def test_a_small_benchmark_is_read_back_the_same() -> None:
    made = benchmark({place(): cell({"klachten": (3, 10)}, schools=None)})
    assert round_trip(made) == made


def test_no_cell_is_a_formula() -> None:
    book = openpyxl.load_workbook(io.BytesIO(benchmark_workbook(full(1), BOOK)))
    cells = [c for sheet in book for row in sheet.iter_rows() for c in row]
    assert not [c for c in cells if c.data_type == "f"]
    assert [c.value for c in book["Scholen"]["A"]][:2] == ["school", "=1+1"]


def test_numbers_are_numbers_for_who_opens_it_in_excel() -> None:
    book = openpyxl.load_workbook(io.BytesIO(benchmark_workbook(benchmark({place(): cell({"eens": (3, 10)})}), BOOK)))
    row = [c.value for c in book["Cijfers"][2]]
    assert row[4:9] == [10, 10, "eens", 3, 10]
    assert [c.value for c in book["Onderwerpen"][2]] == ["eens", "2025", "Onderwerp eens"]


@pytest.mark.parametrize(("shareable", "text"), [(False, CONFIDENTIAL), (True, SHAREABLE)])
def test_the_first_sheet_says_to_whom_it_may_go(shareable: bool, text: str) -> None:
    made = replace(benchmark({place(): cell({"eens": (3, 10)})}), shareable=shareable)
    sheets = read(benchmark_workbook(made, BOOK))
    assert next(iter(sheets)) == "Lees mij"
    assert sheets["Lees mij"][1][0] == text


def test_a_subject_that_left_the_codebook_keeps_its_name() -> None:
    made = benchmark({place(): cell({"vroeger": (3, 10)})})
    assert read(benchmark_workbook(made, BOOK))["Onderwerpen"][1] == ["vroeger", "2025", "vroeger"]
