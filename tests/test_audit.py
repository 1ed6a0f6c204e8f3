"""What the command line writes and the page shows, under attack: the demo and invented schools."""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from benchmarks import audit
from wellbeing import pipeline
from wellbeing.__main__ import BY, main
from wellbeing.estimation import protection
from wellbeing.model.benchmark import Benchmark
from wellbeing.model.reference import Bouw
from wellbeing.model.results import Measurement
from wellbeing.model.survey import Survey
from wellbeing.pipeline import Reference

DEMO = Path(__file__).parents[1] / "data" / "demo"
SCHOOLS = sorted(path.stem for path in DEMO.glob("*-2025-2026.xlsx") if not path.stem.startswith("regio"))
BOUWEN = (Bouw.UPPER, Bouw.LOWER)


@pytest.mark.parametrize("seed", range(20))
def test_nothing_hidden_follows_in_an_invented_school(seed: int) -> None:
    visible, hidden, found = audit.audit(seed)
    assert found == []
    assert hidden
    assert visible or audit.SIZES[seed % len(audit.SIZES)] < 60


@pytest.mark.slow
@pytest.mark.parametrize("part", range(1, 10))
def test_nothing_hidden_follows_in_two_hundred(part: int) -> None:
    assert [audit.audit(seed)[2] for seed in range(20 * part, 20 * part + 20)] == [[]] * 20


# --------------------------------------------------------------------------- the demo


@cache
def reference() -> Reference:
    return pipeline.load_reference()


def survey(name: str) -> Survey:
    path = DEMO / f"{name}.xlsx"
    table = pipeline.read_table(path.read_bytes(), path.name, reference())
    return pipeline.open_survey(table, reference(), pipeline.matching_codebooks(table, reference())[0])


@pytest.fixture(scope="module")
def region(tmp_path_factory: pytest.TempPathFactory) -> tuple[Benchmark, Path]:
    made = pipeline.build_benchmark(survey("regio-2024-2025"), "2024-2025", "Zandkust")
    path = tmp_path_factory.mktemp("audit") / "vergelijking.xlsx"
    path.write_bytes(pipeline.write_benchmark(made, reference()))
    return made, path


def write_all(name: str, school: str, bouw: Bouw, region_file: Path, folder: Path) -> list[audit.Row]:
    """Let the command line write the whole menu of one population: one file per way to group."""
    rows: list[audit.Row] = []
    for by in BY:
        out = folder / f"{name}-{bouw.value}-{by}.csv"
        options = ["--benchmark", str(region_file), "--by", by, "--bouw", bouw.value, "--school", school]
        assert main(["compare", str(DEMO / f"{name}.xlsx"), *options, "--out", str(out)]) == 0
        with out.open(encoding="utf-8", newline="") as file:
            rows += csv.DictReader(file)
    return rows


@pytest.mark.parametrize("name", SCHOOLS)
def test_nothing_hidden_follows_in_a_demo_school(name: str, region: tuple[Benchmark, Path], tmp_path: Path) -> None:
    for measurement in pipeline.measure(survey(name), BOUWEN):
        rows = write_all(name, measurement.school, measurement.bouw, region[1], tmp_path)
        answers = pipeline.analyse(measurement, region[0], reference()).answers
        assert audit.leaks(audit.Shown(rows, answers), measurement, reference(), real_years=False) == []
        assert _every_figure_keeps_the_limits(rows, measurement)


def _every_figure_keeps_the_limits(rows: list[audit.Row], measurement: Measurement) -> bool:
    groups = {(counts.group.dimension.value, counts.group.label): counts for counts in measurement.groups}
    groups["school", measurement.school] = measurement.total
    shown = [row for row in rows if row["percentage"]]
    counts = [
        {str(name): count for name, count in groups[row["group_by"], row["group"]].figures.items()}[row["indicator"]]
        for row in shown
    ]
    return all(count.total >= 30 and count.cases >= 5 and count.misses >= 5 for count in counts)


# --------------------------------------------------------------------------- mutations


def without_the_rule(monkeypatch: pytest.MonkeyPatch) -> None:
    """Forget that a reader knows that a shown count is at least five."""
    told = protection._told
    monkeypatch.setattr(protection, "_told", lambda cell, shown, rules: told(cell, shown, replace(rules, cases=0)))


def without_the_union(monkeypatch: pytest.MonkeyPatch) -> None:
    """Look at hidden groups one by one, not at all of them together."""
    monkeypatch.setattr(
        protection,
        "_leaks",
        lambda whole, table, known, shown, rules: any(
            protection._too_narrow(known[1][at], table[at].total, whole.total, rules)
            for at, seen in enumerate(shown)
            if not seen
        ),
    )


def without_nested_groups(monkeypatch: pytest.MonkeyPatch) -> None:
    """Forget that one group may lie inside another."""
    monkeypatch.setattr(protection, "_hide_nested", lambda *known: False)


def without_the_distribution(monkeypatch: pytest.MonkeyPatch) -> None:
    """Forget that the distribution of answers tells about the school as a whole."""
    monkeypatch.setattr(pipeline, "told_by_answers", lambda *known: {})
