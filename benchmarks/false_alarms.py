"""How often a label says something that is not there, and how often it says what is.

Run it from the root of the project with ``python -m benchmarks.false_alarms``. Pupils are drawn with
fixed seeds and go through the real stages, from scores to labels. Their answers go together as in the
demo: two tendencies (complaints and risk behaviour) lie behind fifty subjects in nine themes. The
region is a sample too, of a measurement a year earlier; every 25 schools get another one.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from statistics import NormalDist

import numpy as np
import pandas as pd
from numpy.random import Generator, default_rng
from numpy.typing import NDArray

from benchmarks.pupils import EARLIER, YEAR, reference
from wellbeing import pipeline
from wellbeing.model.benchmark import Benchmark
from wellbeing.model.reference import Bouw, Direction, Role, Theme
from wellbeing.model.results import (
    Analysis,
    BenchmarkFigure,
    Certainty,
    ComparatorKind,
    Comparison,
    Difference,
    Dimension,
    Measurement,
    Proportion,
)
from wellbeing.model.survey import Scores
from wellbeing.pipeline import Reference, ScoredDataset
from wellbeing.stages.count import count_measurements

DEMO = Path(__file__).parents[1] / "data" / "demo"
SEED = 20261122
SUBJECTS = 50
REGION_PUPILS, REGION_SCHOOLS, SCHOOLS_PER_REGION = 4000, 20, 25
# Per theme: subjects, and how strongly complaints and risk behaviour lie behind their answers, as in the demo.
THEMES = {
    "mentaal": (12, 0.6, 0.0),
    "weerbaarheid": (7, 0.4, 0.05),
    "school": (6, 0.3, 0.1),
    "middelen": (7, 0.1, 0.65),
    "media": (4, 0.3, 0.1),
    "slaap": (5, 0.2, 0.2),
    "pesten": (3, 0.4, 0.0),
    "thuis": (4, 0.15, 0.0),
    "gezondheid": (2, 0.55, 0.0),
}
SEVEN = "weerbaarheid"


@dataclass(frozen=True)
class Pattern:
    """How pupils answer: the share of each subject, and the loadings of the two tendencies."""

    shares: NDArray[np.float64]
    loadings: NDArray[np.float64]

    def shifted(self, points: Mapping[int, float]) -> Pattern:
        """Move some subjects by so many points."""
        shares = self.shares.copy()
        for at, size in points.items():
            shares[at] += size / 100
        return replace(self, shares=shares)


@dataclass(frozen=True)
class Outcome:
    """What one school was told: the subjects with a label, the labels of themes, and figures for other rules.

    ``clear`` and ``possible`` are the subjects (by number) of the school as a whole beside its own
    level; ``clear_anywhere`` tells of each wider set of rows whether one is clear.
    """

    clear: frozenset[int]
    possible: frozenset[int]
    clear_anywhere: Mapping[str, bool]
    themes: Mapping[str, Certainty]
    percentages: tuple[tuple[int, int] | None, ...]


# --------------------------------------------------------------------------- pupils


@cache
def fifty_subjects() -> Reference:
    """Give the reference data with a codebook of fifty subjects in nine themes; every third is favourable."""
    known = reference(SUBJECTS)
    (book,) = known.codebooks
    themes = [name for name, (size, _, _) in THEMES.items() for _ in range(size)]
    indicators = tuple(
        replace(item, theme=theme, higher_is=Direction.FAVOURABLE if at % 3 == 2 else Direction.UNFAVOURABLE)
        for at, (item, theme) in enumerate(zip(book.indicators, themes, strict=True))
    )
    labels = tuple(Theme(name, name) for name in THEMES)
    return replace(known, codebooks=(replace(book, indicators=indicators, themes=labels),))


def usual_pattern() -> Pattern:
    """Give the pattern of the region: shares from 6% to 80%, spread over the themes."""
    shares = default_rng(SEED).permutation(np.linspace(0.06, 0.80, SUBJECTS))
    sizes = [size for size, _, _ in THEMES.values()]
    loadings = np.repeat([pair for _, *pair in THEMES.values()], sizes, axis=0)
    return Pattern(shares, loadings * np.where(np.arange(SUBJECTS) % 3 == 2, -1.0, 1.0)[:, None])


def draw(pattern: Pattern, schools: int, size: int, year: str, chance: Generator) -> Scores:
    """Draw pupils of so many schools of this size, of two levels, two leerjaren and two genders."""
    (book,) = fifty_subjects().codebooks
    pupils = schools * size
    own = np.sqrt(1 - (pattern.loadings**2).sum(axis=1))
    tendency = chance.normal(size=(pupils, 2)) @ pattern.loadings.T + own * chance.normal(size=(pupils, SUBJECTS))
    limits = np.array([NormalDist().inv_cdf(1 - share) for share in pattern.shares])
    names = tuple(item.id for item in book.indicators)
    fields = {
        Role.SCHOOL.value: np.repeat([f"School {at + 1}" for at in range(schools)], size),
        Role.YEAR.value: year,
        Role.LEVEL.value: chance.choice(["havo", "vwo"], pupils),
        Role.LEERJAAR.value: chance.choice(["4", "5"], pupils),
        Role.GENDER.value: chance.choice(["jongen", "meisje"], pupils),
        "bouw": Bouw.UPPER.value,
    }
    answers = pd.DataFrame((tendency > limits).astype(float), columns=list(names))
    return Scores(book, pd.concat([pd.DataFrame(fields), answers], axis=1), names, {})


def draw_region(chance: Generator) -> Benchmark:
    """Draw the pupils of a region that answers as usual, and make comparison figures of them."""
    scores = draw(usual_pattern(), REGION_SCHOOLS, REGION_PUPILS // REGION_SCHOOLS, EARLIER, chance)
    return pipeline.build_dataset_benchmark(ScoredDataset("pandas", scores, (EARLIER,), ()), EARLIER, "regio")


# --------------------------------------------------------------------------- from pupils to labels


def look_at_schools(pattern: Pattern, schools: int, size: int, seed: int) -> list[Outcome]:
    """Draw a region as usual and schools of this pattern, and give what every school is told."""
    chance = default_rng([SEED, seed])
    region = draw_region(chance)
    measured = count_measurements(draw(pattern, schools, size, YEAR, chance), (Bouw.UPPER,))
    return [_outcome(item, region) for item in measured]


def _outcome(measurement: Measurement, region: Benchmark) -> Outcome:
    analysis = pipeline.analyse(measurement, region, fifty_subjects())
    main = list(_rows(analysis, ComparatorKind.OWN_LEVEL))
    return Outcome(
        clear=frozenset(at for at, row in enumerate(main) if _certainty(row) is Certainty.CLEAR),
        possible=frozenset(at for at, row in enumerate(main) if _certainty(row) is Certainty.POSSIBLE),
        clear_anywhere={
            "one of three comparators": any(
                _certainty(row) is Certainty.CLEAR for kind in ComparatorKind for row in _rows(analysis, kind)
            ),
            "also in a group": any(_certainty(row) is Certainty.CLEAR for row in analysis.comparisons),
        },
        themes={item.theme: item.verdict.certainty for item in analysis.findings.themes if item.verdict},
        percentages=tuple(map(_percentages, _rows(analysis, ComparatorKind.REGION))),
    )


def _rows(analysis: Analysis, kind: ComparatorKind) -> Iterator[Comparison]:
    for row in analysis.comparisons:
        if row.group.dimension is Dimension.TOTAL and row.comparator.kind is kind:
            yield row


def _certainty(row: Comparison) -> Certainty | None:
    if isinstance(row.difference, Difference) and row.difference.verdict:
        return row.difference.verdict.certainty
    return None


def _percentages(row: Comparison) -> tuple[int, int] | None:
    if isinstance(row.school, Proportion) and isinstance(row.benchmark, BenchmarkFigure):
        return row.school.percentage, row.benchmark.percentage
    return None


# --------------------------------------------------------------------------- the rules of others


def three_points(outcome: Outcome) -> float:
    """Give the share of shown subjects that the rule of the GGD's school reports calls higher or lower.

    Three points; two where both are below 10%; or a difference of 15% of the region.
    """
    pairs = [pair for pair in outcome.percentages if pair]
    called = sum(
        abs(own - other) >= (2 if max(own, other) < 10 else 3) or abs(own - other) >= 0.15 * other
        for own, other in pairs
        if own != other
    )
    return called / len(pairs)


def one_deviation(outcomes: Sequence[Outcome]) -> list[float]:
    """Give per school the share of shown subjects more than one standard deviation from the mean of the schools."""
    figures = np.array([[pair[0] if pair else np.nan for pair in item.percentages] for item in outcomes], float)
    often_shown = figures[:, np.isfinite(figures).sum(axis=0) >= 2]
    far = np.abs(often_shown - np.nanmean(often_shown, axis=0)) > np.nanstd(often_shown, axis=0, ddof=1)
    shares: list[float] = (far.sum(axis=1) / np.isfinite(often_shown).sum(axis=1)).tolist()
    return shares


# --------------------------------------------------------------------------- five questions


def identical_schools(schools: int, size: int, first_seed: int) -> list[list[Outcome]]:
    """Give what schools that do not differ from the region at all are told, per region."""
    return _spread_out(usual_pattern(), schools, size, first_seed)


def ten_that_differ() -> Pattern:
    """Give the pattern of a school in which every fifth subject lies ten points off, up and down in turn."""
    usual = usual_pattern()
    moves = {at: 10.0 if at % 2 == 0 or usual.shares[at] < 0.2 else -10.0 for at in range(0, SUBJECTS, 5)}
    return usual.shifted(moves)


def theme_that_differs(theme: str = SEVEN, points: float = 8.0) -> Pattern:
    """Give the pattern of a school with a theme of which every subject lies so many points off, unfavourably."""
    (book,) = fifty_subjects().codebooks
    inside = [at for at, item in enumerate(book.indicators) if item.theme == theme]
    signs = {at: 1 if book.indicators[at].higher_is is Direction.UNFAVOURABLE else -1 for at in inside}
    return usual_pattern().shifted({at: sign * points for at, sign in signs.items()})


def labels_of_de_werf() -> dict[ComparatorKind, dict[str, str]]:
    """Give the labels of the demo school whose raw figures mislead, on smoking, vaping and drinking."""
    known = pipeline.load_reference()
    region = pipeline.build_benchmark(_demo("regio-2024-2025", known), "2024-2025", "Zandkust")
    measured = pipeline.measure(_demo("de-werf-2025-2026", known), (Bouw.UPPER,))
    analysis = pipeline.analyse(measured[0], region, known)
    book = known.codebook(measured[0].codebook)
    return {
        kind: {
            row.indicator: str(row.difference.verdict)
            for row in _rows(analysis, kind)
            if isinstance(row.difference, Difference) and book.indicator(row.indicator).theme == "roken_alcohol_drugs"
        }
        for kind in ComparatorKind
    }


def _demo(name: str, known: Reference) -> pipeline.Survey:
    path = DEMO / f"{name}.xlsx"
    table = pipeline.read_table(path.read_bytes(), path.name, known)
    return pipeline.open_survey(table, known, pipeline.matching_codebooks(table, known)[0])


def _spread_out(pattern: Pattern, schools: int, size: int, first_seed: int) -> list[list[Outcome]]:
    """Look at schools in lots of one region each, on every core."""
    lots = schools // SCHOOLS_PER_REGION
    with ProcessPoolExecutor() as workers:
        jobs = [
            workers.submit(look_at_schools, pattern, SCHOOLS_PER_REGION, size, first_seed + at) for at in range(lots)
        ]
        return [job.result() for job in jobs]


# --------------------------------------------------------------------------- the table


def share(found: Sequence[bool]) -> float:
    """Give the share (0-1) for which it is so."""
    return sum(found) / len(found)


def main() -> None:
    """Print the whole table."""
    started = time.perf_counter()
    _print_identical()
    _print_ten()
    _print_themes()
    print("\n(e) De Werf (demo): labels on smoking, alcohol and drugs")
    for kind, labels in labels_of_de_werf().items():
        print(f"    {kind.value:13}", ", ".join(f"{name}: {text}" for name, text in labels.items()))
    print(f"\n{time.perf_counter() - started:.0f} seconds")


def _print_identical() -> None:
    print("(a) 2,000 schools identical to the region, 50 subjects: schools with at least one (share of subjects)")
    print(f"    {'pupils':>8} {'duidelijk':>10} {'3 comparators':>14} {'also groups':>12} {'mogelijk':>9}", end="")
    print(f" {'3 points':>16} {'1 deviation':>16}")
    every: list[list[Outcome]] = []
    for at, size in enumerate((60, 120, 250, 600)):
        lots = identical_schools(500, size, 1000 * (at + 1))
        every += lots
        _print_line(str(size), lots)
    _print_line("all", every)


def _print_line(name: str, lots: Sequence[Sequence[Outcome]]) -> None:
    outcomes = [item for lot in lots for item in lot]
    points = [three_points(item) for item in outcomes]
    deviation = [value for lot in lots for value in one_deviation(lot)]
    three, groups = (
        share([item.clear_anywhere[place] for item in outcomes])
        for place in ("one of three comparators", "also in a group")
    )
    print(
        f"    {name:>8} {share([bool(item.clear) for item in outcomes]):>10.1%} {three:>14.1%} {groups:>12.1%}"
        f" {share([bool(item.possible) for item in outcomes]):>9.1%}"
        f" {share([value > 0 for value in points]):>7.1%} ({np.mean(points):>6.1%})"
        f" {share([value > 0 for value in deviation]):>7.1%} ({np.mean(deviation):>6.1%})"
    )


def _print_ten() -> None:
    print("\n(b) ten of 50 subjects truly 10 points off, 300 schools: mean number found, and false ones")
    real = frozenset(range(0, SUBJECTS, 5))
    for at, size in enumerate((120, 250, 600)):
        outcomes = [item for lot in _spread_out(ten_that_differ(), 300, size, 6000 + 1000 * at) for item in lot]
        found = np.mean([len(item.clear & real) for item in outcomes])
        false = np.mean([len(item.clear - real) for item in outcomes])
        maybe = np.mean([len((item.clear | item.possible) & real) for item in outcomes])
        print(f"    {size:>8} pupils: {found:.2f} found, {false:.2f} false (with mogelijk {maybe:.2f} found)")


def _print_themes() -> None:
    print("\n(c) 2,000 identical schools of 60: share with a label on any theme")
    outcomes = [item for lot in identical_schools(2000, 60, 20_000) for item in lot]
    clear, either = _theme_labels(outcomes)
    print(f"    duidelijk {share(clear):.1%}, duidelijk or mogelijk {share(either):.1%}")
    print("\n(d) a theme of seven subjects 8 points off, 500 schools of 60: share in which it is found")
    outcomes = [item for lot in _spread_out(theme_that_differs(), 500, 60, 40_000) for item in lot]
    clear, either = _theme_labels(outcomes, SEVEN)
    print(f"    duidelijk {share(clear):.1%}, duidelijk or mogelijk {share(either):.1%}")


def _theme_labels(outcomes: Sequence[Outcome], theme: str = "") -> tuple[list[bool], list[bool]]:
    """Tell per school whether a theme (this one, or any) is clear, and whether it is clear or possible."""
    labels = [{certainty for name, certainty in item.themes.items() if theme in {"", name}} for item in outcomes]
    clear = [Certainty.CLEAR in found for found in labels]
    return clear, [bool(found & {Certainty.CLEAR, Certainty.POSSIBLE}) for found in labels]


if __name__ == "__main__":
    main()
