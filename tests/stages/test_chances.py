"""Groups of one school beside each other: each number from SciPy and statsmodels, and nothing of a hidden group."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import replace
from functools import cache
from itertools import combinations

import numpy as np
import pytest
from scipy.stats import binom, hypergeom
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import confint_proportions_2indep

from benchmarks import audit
from tests.builders import TOTAL, benchmark, cell, codebook, havo, indicator, measurement, place, policy, question
from wellbeing import pipeline
from wellbeing.model.benchmark import Breakdown
from wellbeing.model.chances import Chances, GroupDifference
from wellbeing.model.reference import Codebook, Direction
from wellbeing.model.results import Certainty, Dimension, Measurement, Proportion, Suppressed
from wellbeing.pipeline import Reference
from wellbeing.stages.chances import compare_groups, standing_out

BOY, GIRL, OTHER = ((Dimension.GENDER, key) for key in ("jongen", "meisje", "anders"))
FOUR, FIVE = ((Dimension.LEERJAAR, key) for key in ("4", "5"))


def book(*names: str, higher_is: Direction = Direction.UNFAVOURABLE) -> Codebook:
    made = [indicator(name, higher_is=higher_is) for name in names]
    return codebook(made, [question(name) for name in names])


def reference(made: Codebook) -> Reference:
    return replace(_delivered(), codebooks=(made,), policy=policy())


@cache
def _delivered() -> Reference:
    return pipeline.load_reference()


def compared(counted: Measurement, made: Codebook, region: object = None) -> Chances:
    known = reference(made)
    return compare_groups(pipeline.analyse(counted, region, known), made, known.policy)


def school(**subjects: tuple[tuple[int, int], tuple[int, int]]) -> Measurement:
    """A school of boys and girls; per subject (cases, total) of both."""
    boys, girls = ({name: pair[at] for name, pair in subjects.items()} for at in (0, 1))
    both = {name: tuple(map(sum, zip(*pair, strict=True))) for name, pair in subjects.items()}
    return measurement({TOTAL: both, BOY: boys, GIRL: girls})


def mid_p(more: float, total: int, less: float, other: int) -> float:
    """Fisher's exact test in its mid-p form, from SciPy's tables of the same totals."""
    tables = hypergeom(total + other, round(more + less), total)
    return min(1.0, 2 * (tables.sf(round(more)) + tables.pmf(round(more)) / 2))


# --------------------------------------------------------------------------- two groups by hand


def test_two_groups_by_hand() -> None:
    """40% of 200 boys and 60% of 200 girls: at the closest those print for 81 and 119 pupils."""
    found = compared(school(a=((80, 200), (120, 200))), book("a"))
    (row,) = found.differences
    assert (row.more.group.key, row.more.percentage, row.more.pupils) == ("meisje", 60, 200)
    assert (row.less.group.key, row.less.percentage, row.points) == ("jongen", 40, 20)
    assert row.p_value == pytest.approx(mid_p(119, 200, 81, 200))
    lower, upper = confint_proportions_2indep(120, 200, 80, 200, compare="diff", method="newcomb")
    assert (row.interval.lower, row.interval.upper) == pytest.approx((lower, upper))
    assert row.certainty is Certainty.CLEAR


@pytest.mark.parametrize(("boys", "girls"), [((80, 200), (100, 200)), ((30, 100), (58, 200)), ((61, 100), (52, 100))])
def test_the_p_value_is_that_of_the_numbers_closest_together(boys: tuple[int, int], girls: tuple[int, int]) -> None:
    """Every pair of counts that prints as these percentages has a p-value no larger than the one we use."""
    (row,) = compared(school(a=(boys, girls)), book("a")).differences
    low, high = sorted(((row.more.percentage, row.more.pupils), (row.less.percentage, row.less.pupils)))
    possible = [
        [k for k in range(n + 1) if math.floor(100 * k / n + 0.5) == percentage] for percentage, n in (low, high)
    ]
    assert row.p_value >= mid_p(min(possible[1]), high[1], max(possible[0]), low[1]) - 1e-9


def test_all_subjects_and_dimensions_are_one_family() -> None:
    rates = {"a": (80, 120), "b": (90, 110), "c": (95, 105), "d": (100, 100)}
    genders = {name: ((boys, 200), (girls, 200)) for name, (boys, girls) in rates.items()}
    counted = school(**genders)
    years = measurement(
        {TOTAL: {}, FOUR: dict.fromkeys(rates, (90, 200)), FIVE: {n: (sum(p) - 90, 200) for n, p in rates.items()}}
    )
    counted = replace(counted, groups=(*counted.groups, *years.groups[1:]))
    found = compared(counted, book(*rates))
    assert len(found.differences) == 8
    plain = [row.p_value for row in found.differences]
    expected = multipletests(plain, method="fdr_bh")[1]
    assert [row.p_adjusted for row in found.differences] == pytest.approx(list(expected))


def test_a_difference_of_four_points_is_no_difference_whoever_many_answered() -> None:
    (row,) = compared(school(a=((6000, 20000), (6800, 20000))), book("a")).differences
    assert row.p_value < 1e-9
    assert row.certainty is Certainty.NONE


def test_a_rare_subject_needs_three_points_in_both_groups() -> None:
    rare, common = ((800, 20000), (1400, 20000)), ((1500, 20000), (2100, 20000))
    assert compared(school(a=rare), book("a")).differences[0].certainty is Certainty.CLEAR
    assert compared(school(a=common), book("a")).differences[0].certainty is Certainty.NONE


def test_what_is_sure_and_large_comes_first_and_each_subject_once() -> None:
    counted = school(a=((80, 200), (120, 200)), b=((60, 200), (140, 200)), c=((100, 200), (101, 200)))
    neutral = indicator("b", higher_is=Direction.NEUTRAL)
    made = replace(book("a", "b", "c"), indicators=(*book("a").indicators, neutral, *book("c").indicators))
    found = compared(counted, made)
    assert [row.indicator for row in found.differences] == ["b", "a", "c"]
    assert [row.indicator for row in standing_out(found.differences, made, 3)] == ["a"]


def test_too_few_answers_give_no_labels() -> None:
    counted = replace(school(a=((80, 200), (120, 200))), could_have_answered=1100)
    (row,) = compared(counted, book("a")).differences
    assert row.certainty is None
    assert standing_out((row,), book("a"), 3) == ()


# --------------------------------------------------------------------------- what is hidden stays out


def test_a_hidden_group_takes_no_part_and_is_not_taken_from_the_total() -> None:
    """Ten others hide one of the two as well: what boys and the whole school leave is no group to compare."""
    groups = {TOTAL: {"a": (64, 130)}, OTHER: {"a": (3, 10)}, BOY: {"a": (24, 60)}, GIRL: {"a": (37, 60)}}
    known = reference(book("a"))
    analysis = pipeline.analyse(measurement(groups), None, known)
    shown = [item for item in analysis.published.groups[1:] if isinstance(item.figures["a"], Proportion)]
    assert len(shown) == 1
    found = compare_groups(analysis, book("a"), known.policy)
    assert found.differences == ()
    assert found.single == (Dimension.GENDER,)
    assert not {group.key for group in found.hidden} & {item.group.key for item in shown}


def test_every_count_behind_the_same_print_gets_the_same_answer() -> None:
    """As 0016 says of labels: a difference tells no more than the two percentages and the rounded sizes."""
    first = compared(school(a=((80, 199), (120, 201))), book("a"))
    for boys, girls in [((81, 201), (121, 202)), ((79, 198), (119, 198))]:
        assert compared(school(a=(boys, girls)), book("a")).differences == first.differences


def test_what_is_printed_is_printed_elsewhere() -> None:
    """Over invented schools: every figure is a shown one of that group, and no pair has a hidden side."""
    told = 0
    for seed in range(0, 40, 2):
        made = audit.invent(seed)
        (own,) = made.reference.codebooks
        analysis = pipeline.analyse(made.measurement, made.region, made.reference)
        groups = {item.group: item.figures for item in analysis.published.groups}
        for row in compare_groups(analysis, own, made.reference.policy).differences:
            for side in (row.more, row.less):
                figure = groups[side.group][row.indicator]
                assert not isinstance(figure, Suppressed)
                assert (side.percentage, side.pupils % 5) == (figure.percentage, 0)
                told += 1
    assert told > 50


def test_a_school_reads_the_same_from_a_parcel() -> None:
    for seed in (11, 23):
        made = audit.invent(seed)
        (own,) = made.reference.codebooks
        analysis = pipeline.analyse(made.measurement, made.region, made.reference)
        parcel = pipeline.pack_parcel([analysis], pipeline.Packing(dt.date(2026, 1, 1), "1"), made.reference)
        unpacked = pipeline.unpack_parcel(parcel, made.reference)
        found = compare_groups(analysis, own, made.reference.policy)
        assert found.differences
        assert compare_groups(unpacked, own, made.reference.policy) == found


def test_a_leerjaar_that_is_a_level_is_compared_once() -> None:
    level = {havo(): {"a": (80, 200)}, havo("vwo"): {"a": (120, 200)}}
    years = {FOUR: {"a": (80, 200)}, FIVE: {"a": (120, 200)}}
    strata = {"havo|4|": {"a": 200}, "vwo|5|": {"a": 200}}
    found = compared(measurement({TOTAL: {"a": (200, 400)}, **level, **years}, strata=strata), book("a"))
    assert [row.more.group.key for row in found.differences] == ["vwo"]
    assert [(one.key, other.key) for one, other in found.alike] == [("havo", "4"), ("vwo", "5")]


# --------------------------------------------------------------------------- what numbers can show


def test_the_smallest_difference_shown_is_the_smallest_that_is_found() -> None:
    """One point less is no possible difference any more, for 200 boys beside 30% of 200 girls."""
    (reach,) = compared(school(a=((60, 200), (60, 200))), book("a")).reaches
    assert reach.sizes == (200, 200)
    for points, expected in ((reach.least.possible, True), (reach.least.possible - 1, False)):
        (row,) = compared(school(a=((60 + 2 * points, 200), (60, 200))), book("a")).differences
        assert (row.certainty is not Certainty.NONE) is expected


def test_groups_that_do_not_differ_rarely_get_a_clear_label() -> None:
    """200 schools of 150 pupils, 20 subjects, two genders and three leerjaren drawn alike."""
    draw, names = np.random.default_rng(7), [f"s{at}" for at in range(20)]
    made, shares = book(*names), np.linspace(0.15, 0.7, 20)
    loud = sum(_is_loud(_alike_school(draw, names, shares), made) for _ in range(200))
    assert loud <= binom.ppf(0.999, 200, 0.05)


def _alike_school(draw: np.random.Generator, names: list[str], shares: np.ndarray) -> Measurement:
    genders, years = draw.integers(0, 2, 150), draw.integers(0, 3, 150)
    answers = draw.random((150, len(names))) < shares

    def counted(chosen: np.ndarray) -> dict[str, tuple[int, int]]:
        return {name: (int(answers[chosen, at].sum()), int(chosen.sum())) for at, name in enumerate(names)}

    groups = {TOTAL: counted(np.full(150, fill_value=True)), BOY: counted(genders == 0), GIRL: counted(genders == 1)}
    return measurement(groups | {(Dimension.LEERJAAR, str(year)): counted(years == year) for year in range(3)})


def _is_loud(counted: Measurement, made: Codebook) -> bool:
    return any(row.certainty is Certainty.CLEAR for row in compared(counted, made).differences)


def test_each_pair_of_a_dimension_is_tested() -> None:
    groups = {(Dimension.LEERJAAR, str(at)): {"a": (50 + 10 * at, 150)} for at in range(4)}
    found = compared(measurement({TOTAL: {"a": (260, 600)}, **groups}), book("a"))
    pairs = {frozenset({row.more.group.key, row.less.group.key}) for row in found.differences}
    assert pairs == {frozenset(pair) for pair in combinations("0123", 2)}


# --------------------------------------------------------------------------- a level beside its region


def region(whole: tuple[int, int], level: tuple[int, int]) -> object:
    return benchmark({place(): cell({"a": whole}), place(Breakdown.LEVEL, "vmbo-bk"): cell({"a": level})})


def of_level(cases: int, total: int = 200) -> Measurement:
    return measurement({TOTAL: {"a": (cases, total)}, havo("vmbo-bk"): {"a": (cases, total)}})


def test_a_level_that_looks_as_usual_but_lies_far_from_the_region_is_named() -> None:
    found = compared(of_level(84), book("a"), region((1200, 4000), (420, 1000)))
    (gap,) = found.level_gaps
    assert (gap.school, gap.same_level, gap.region, gap.points) == (42, 42, 30, 12)


@pytest.mark.parametrize(
    ("cases", "whole", "level", "why"),
    [
        (84, (1680, 4000), (420, 1000), "the level is like the region"),
        (84, (2400, 4000), (420, 1000), "the level is better off"),
        (130, (1200, 4000), (420, 1000), "the school differs from its own level"),
        (84, (1520, 4000), (420, 1000), "four points are no difference"),
    ],
)
def test_other_levels_are_not_named(cases: int, whole: tuple[int, int], level: tuple[int, int], why: str) -> None:
    assert compared(of_level(cases), book("a"), region(whole, level)).level_gaps == (), why


def test_of_a_favourable_subject_lower_is_the_harder_side() -> None:
    made = book("a", higher_is=Direction.FAVOURABLE)
    assert compared(of_level(84), made, region((1200, 4000), (420, 1000))).level_gaps == ()
    (gap,) = compared(of_level(84), made, region((2400, 4000), (420, 1000))).level_gaps
    assert gap.points == -18


def test_a_hidden_school_figure_says_nothing_about_its_level() -> None:
    assert compared(of_level(3), book("a"), region((1200, 4000), (420, 1000))).level_gaps == ()


def test_a_difference_is_rounded_minus_rounded() -> None:
    rows: tuple[GroupDifference, ...] = compared(school(a=((67, 150), (99, 149))), book("a")).differences
    assert [row.points for row in rows] == [66 - 45]
