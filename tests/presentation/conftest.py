"""A questionnaire of three subjects and an analysis of them, written out by hand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from wellbeing.model.reference import Bouw, Codebook, Direction, Indicator, Owned, Sensitivity, ShareRule, Theme
from wellbeing.model.results import (
    Analysis,
    BenchmarkFigure,
    Certainty,
    Comparator,
    ComparatorKind,
    Comparison,
    Count,
    Detectable,
    Difference,
    Dimension,
    Findings,
    Group,
    Interval,
    NotComparable,
    Proportion,
    PublishedGroup,
    PublishedMeasurement,
    Reason,
    Sense,
    Suppressed,
    Verdict,
)

DAY = dt.date(2026, 11, 22)
WHOLE = Group(Dimension.TOTAL, "totaal", "Hele school")
REGION = Comparator(ComparatorKind.REGION, "Demoregio", "2024-2025", without_school=False)
LEVEL = Comparator(ComparatorKind.OWN_LEVEL, "Demoregio", "2024-2025", without_school=False)
OTHER_QUESTION = NotComparable("De vraag was anders.")
SENSITIVE = Suppressed(Reason.SENSITIVE)
HIDDEN = Suppressed(Reason.NOT_SHOWN)


def an_indicator(name: str, direction: Direction, sensitivity: Sensitivity = Sensitivity.NORMAL) -> Indicator:
    return Indicator(
        id=name,
        theme="mentaal",
        label=f"Onderwerp {name} <b>",
        sentence="{leerlingen} heeft " + name + ".",
        rules=(ShareRule(kind="share", question="v1", cases=(1,)),),
        higher_is=direction,
        version="1",
        source="eigen voorbeeld",
        owner="GGD",
        reviewed_on=DAY,
        next_review=DAY,
        sensitivity=sensitivity,
    )


def a_comparison(name: str, school, benchmark, difference, *, comparator=LEVEL, group=WHOLE) -> Comparison:
    return Comparison(name, group, comparator, school, benchmark, difference)


def a_difference(points: int, verdict: Verdict | None) -> Difference:
    return Difference(points, Interval(0.01, 0.2), 0.0123456, 0.0234567, verdict)


def a_share(cases: int, total: int, lower: float, upper: float) -> Proportion:
    return Proportion(Count(cases, total), Interval(lower, upper))


def a_benchmark(cases: int, total: int) -> BenchmarkFigure:
    return BenchmarkFigure(cases / total, total, Interval(0.3, 0.4), Count(cases, total))


@pytest.fixture
def codebook() -> Codebook:
    return Codebook(
        id="proef",
        title="Proef",
        instrument="Proef",
        edition="2026",
        anonymous=True,
        is_example=True,
        notice="",
        owned=Owned("eigen voorbeeld", "GGD", DAY, DAY),
        themes=(Theme("mentaal", "Mentaal welbevinden"),),
        fields=(),
        questions=(),
        indicators=(
            an_indicator("veilig", Direction.FAVOURABLE),
            an_indicator("stress", Direction.UNFAVOURABLE),
            an_indicator("zelfdoding", Direction.UNFAVOURABLE, Sensitivity.REGION_ONLY),
            an_indicator("geheim", Direction.UNFAVOURABLE),
        ),
    )


@pytest.fixture
def comparisons() -> tuple[Comparison, ...]:
    clear = a_difference(14, Verdict(Certainty.CLEAR, Sense.UNFAVOURABLE))
    none = a_difference(-2, Verdict(Certainty.NONE, None))
    stress, safe = a_share(193, 412, 0.4216, 0.5174), a_share(325, 412, 0.7467, 0.8256)
    only_region = a_benchmark(153, 3012)
    return (
        a_comparison("veilig", safe, a_benchmark(2440, 3012), none),
        a_comparison(
            "veilig",
            safe,
            OTHER_QUESTION,
            OTHER_QUESTION,
            comparator=REGION,
        ),
        a_comparison("stress", stress, a_benchmark(994, 3012), clear),
        a_comparison("stress", stress, a_benchmark(1054, 3012), clear, comparator=REGION),
        a_comparison("zelfdoding", SENSITIVE, only_region, SENSITIVE, comparator=REGION),
        a_comparison("zelfdoding", SENSITIVE, HIDDEN, HIDDEN),
        a_comparison("geheim", HIDDEN, a_benchmark(777, 3012), HIDDEN),
        a_comparison("geheim", HIDDEN, a_benchmark(777, 3012), HIDDEN, comparator=REGION),
    )


@pytest.fixture
def analysis(comparisons: tuple[Comparison, ...]) -> Analysis:
    published = PublishedMeasurement(
        "Het Baken", "2025-2026", Bouw.UPPER, "proef", 412, 540, (PublishedGroup(WHOLE, {}),), ()
    )
    findings = Findings(ComparatorKind.OWN_LEVEL, (), (), (), {})
    return Analysis(published, comparisons, findings, Detectable(5, 7), {})


@pytest.fixture
def with_level_row() -> Callable[[Analysis], Analysis]:
    def add(analysis: Analysis) -> Analysis:
        group = Group(Dimension.LEVEL, "vwo", "Vwo")
        difference = a_difference(-9, Verdict(Certainty.CLEAR, Sense.FAVOURABLE))
        row = a_comparison("stress", a_share(31, 120, 0.18, 0.34), a_benchmark(400, 1200), difference, group=group)
        return Analysis(analysis.published, (*analysis.comparisons, row), analysis.findings, analysis.detectable, {})

    return add
