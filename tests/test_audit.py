"""What the command line writes and the page shows, under attack: the demo and invented schools."""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from benchmarks import audit
from tests.builders import TOTAL, Figures, Place, havo, measurement
from wellbeing import pipeline
from wellbeing.__main__ import BY, main
from wellbeing.estimation import protection
from wellbeing.model.benchmark import Benchmark
from wellbeing.model.reference import Bouw
from wellbeing.model.results import AnswerCounts, Dimension, Measurement
from wellbeing.model.survey import Survey
from wellbeing.pipeline import Reference
from wellbeing.stages import protect

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
    for made in pipeline.measure(survey(name), BOUWEN):
        rows = write_all(name, made.school, made.bouw, region[1], tmp_path)
        answers = pipeline.analyse(made, region[0], reference()).answers
        assert audit.leaks(audit.Shown(rows, answers), made, reference(), real_years=False) == []
        assert _every_figure_keeps_the_limits(rows, made)


def _every_figure_keeps_the_limits(rows: list[audit.Row], made: Measurement) -> bool:
    groups = {(counts.group.dimension.value, counts.group.label): counts for counts in made.groups}
    groups["school", made.school] = made.total
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
        protection.Sheet,
        "leaks",
        lambda sheet, table, bounds: any(sheet.is_open(at, bounds) for at in table if not sheet.shown[at]),
    )


def without_nested_groups(monkeypatch: pytest.MonkeyPatch) -> None:
    """Forget that one group may lie inside another."""
    monkeypatch.setattr(protection.Sheet, "open_remainders", lambda *known: ())


def without_the_distribution(monkeypatch: pytest.MonkeyPatch) -> None:
    """Forget that the distribution of answers tells about the school as a whole."""
    monkeypatch.setattr(pipeline, "told_by_answers", lambda *known: {})


def without_families(monkeypatch: pytest.MonkeyPatch) -> None:
    """Look at every subject by itself, also where one lies inside another."""
    monkeypatch.setattr(pipeline, "relate", lambda codebook: ())


def klas(key: str) -> Place:
    return (Dimension.LEERJAAR, key)


def subject(cases: int, total: int) -> Figures:
    return {audit.SUBJECTS[0]: (cases, total)}


def distribution(*numbers: int) -> tuple[AnswerCounts, ...]:
    rows = tuple((at, label, n) for at, (label, n) in enumerate(zip(audit.LABELS, numbers, strict=True), 1))
    return (AnswerCounts(audit.SUBJECTS[0], "Hoe vaak?", rows),)


STRATA = {"havo|4|": 83, "havo|5|": 70, "vwo|4|": 107, "vwo|5|": 97, "vwo|6|": 83}
TRAPS = {
    # 1% of 600 may be 3 to 8 by itself; a shown count is at least five, and that leaves 0 to 3 of 40
    without_the_rule: measurement({TOTAL: subject(5, 600), havo("vmbo"): subject(5, 560), havo(): subject(0, 40)}),
    # 31 - 29 cases among three times two pupils: of none is anything known, of the six together everything
    without_the_union: measurement(
        {TOTAL: subject(31, 106), klas("3"): subject(29, 100), klas("4"): subject(1, 2), klas("5"): subject(1, 2)}
        | {klas("6"): subject(0, 2)}
    ),
    # every pupil of klas 6 is in vwo: 10 of 287 and 6 of 83 leave 3 or 4 of the other 204
    without_nested_groups: measurement(
        {TOTAL: subject(60, 440), havo(): subject(50, 153), havo("vwo"): subject(10, 287)}
        | {klas("4"): subject(30, 190), klas("5"): subject(24, 167), klas("6"): subject(6, 83)},
        strata={key: {audit.SUBJECTS[0]: total} for key, total in STRATA.items()},
    ),
    # 27% of 316 may be 84 to 86; the answers tell 84 exactly, and klas 4 then leaves 1 to 3 of klas 5
    without_the_distribution: measurement(
        {TOTAL: subject(84, 316), klas("4"): subject(81, 283), klas("5"): subject(3, 33)},
        answers=distribution(29, 55, 18, 214),
    ),
    # 40 of 200 pupils have it, 37 of them often: 3 pupils have it, but not often
    without_families: measurement({TOTAL: {audit.SUBJECTS[0]: (40, 200), audit.OFTEN: (37, 200)}}),
}


@pytest.mark.parametrize("mutation", TRAPS, ids=lambda mutation: mutation.__name__)
def test_without_a_part_of_the_protection_something_follows(
    mutation: Callable[[pytest.MonkeyPatch], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    school = replace(audit.invent(1), measurement=TRAPS[mutation])

    def leaks() -> list[str]:
        return audit.leaks(audit.show(school), school.measurement, school.reference, real_years=True)

    assert leaks() == []
    mutation(monkeypatch)
    assert leaks()


def test_groups_inside_groups_tell_about_the_groups_beside_them(monkeypatch: pytest.MonkeyPatch) -> None:
    """In this school klas 5 is in havo and vwo, and so little is left for vmbo-bk."""
    assert audit.audit(81)[2] == []
    monkeypatch.setattr(protection.Sheet, "push_inside", lambda *known: False)
    assert audit.audit(81)[2]


def test_a_margin_that_follows_the_exact_count_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    school = audit.invent(11)
    exact = protect._proportions
    monkeypatch.setattr(
        protect, "_proportions", lambda counts, idents, *, rounded: exact(counts, idents, rounded=False)
    )
    shown = audit.show(school)
    found = audit.leaks(shown, school.measurement, school.reference, real_years=True)
    assert any("margins tell more" in name for name in found)
