"""Counts rebuilt from rounded percentages, protected and compared; the numbers come from outside our code."""

import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import codebook, indicator, policy
from wellbeing.model.reference import Bouw, IndicatorId, Sensitivity
from wellbeing.model.results import (
    BenchmarkFigure,
    Certainty,
    ComparatorKind,
    Count,
    Difference,
    NotComparable,
    Proportion,
    Reason,
    Suppressed,
)
from wellbeing.model.stated import (
    ChosenComparator,
    ColumnKind,
    StatedCell,
    StatedChoice,
    StatedColumn,
    StatedRow,
    StatedTable,
)
from wellbeing.stages.protect import protect
from wellbeing.stages.stated import (
    add_hidden,
    common_subjects,
    compare_stated,
    hide_doubtful,
    measure_stated,
    rebuild,
    side_by_side,
    unfitting,
    variants,
)

BOOK = codebook(
    [
        indicator("a"),
        indicator("b"),
        indicator("streng", sensitivity=Sensitivity.STRICTER),
        indicator("regio", sensitivity=Sensitivity.REGION_ONLY),
    ],
    [],
)
SENSITIVITIES = {IndicatorId(item.id): item.sensitivity for item in BOOK.indicators}
HIDDEN = StatedCell(hidden=True)


def cell(value):
    return value if isinstance(value, StatedCell) else StatedCell(value)


def table(*rows, pupils=None):
    columns = (
        StatedColumn("School 2023", "B", ColumnKind.SCHOOL, "2023"),
        StatedColumn("Regio 2023", "C", ColumnKind.REGION, "2023", pupils),
        StatedColumn("School 2021", "D", ColumnKind.SCHOOL, "2021", 200),
    )
    made = tuple(StatedRow(at + 2, f"rij {at}", "", tuple(map(cell, values))) for at, values in enumerate(rows))
    return StatedTable("cijfers.xlsx", "", columns, made)


def choice(pupils, links=None, **changes):
    base = {
        "codebook": "klein", "school": "De Werf", "year": "2023", "bouw": Bouw.ALL, "column": 0, "pupils": pupils,
        "links": links or {0: IndicatorId("a"), 1: IndicatorId("b")},
        "comparators": (ChosenComparator(ComparatorKind.REGION, 1, "regio", "2023"),),
    }  # fmt: skip
    return StatedChoice(**(base | changes))


def analysed(stated_table, stated_choice):
    measurement = measure_stated(stated_table, stated_choice)[0]
    shown = hide_doubtful([protect(item, SENSITIVITIES, policy()) for item in variants(measurement)])
    rows = compare_stated(shown, measurement.stated, BOOK, policy())
    return shown, {row.indicator: row for row in rows}


# --------------------------------------------------------------------------- rounding


@given(st.integers(1, 5000), st.data(), st.integers(0, 2))
def test_the_true_count_always_lies_between_lowest_and_highest(pupils, data, decimals):
    cases = data.draw(st.integers(0, pupils))
    stated = round(100 * cases / pupils, decimals)
    made = rebuild(stated, 0.5 * 10.0**-decimals, pupils)
    assert made.fits
    assert made.lowest.cases <= cases <= made.highest.cases
    assert made.lowest.cases <= made.nearest.cases <= made.highest.cases


def test_a_small_school_has_one_count_per_percentage():
    made = rebuild(23, 0.5, 60)  # 13 of 60 is 21.7%, 14 is 23.3%, 15 is 25%
    assert (made.lowest, made.nearest, made.highest) == (Count(14, 60),) * 3


def test_a_percentage_that_no_count_gives_is_told():
    assert not rebuild(23, 0.5, 10).fits  # 2 of 10 is 20%, 3 is 30%
    stated = table([23, 20, 20], [30, 20, 20])
    assert unfitting(stated, choice(10)) == ("rij 0",)


def test_the_number_of_a_row_goes_before_that_of_the_school():
    stated = table([StatedCell(50, 0.5, 80), 20, 20], [50, 20, 20])
    figures = measure_stated(stated, choice(120))[0].total.figures
    assert figures == {"a": Count(40, 80), "b": Count(60, 120)}


def test_earlier_years_go_by_their_own_number():
    now, before = measure_stated(table([50, 20, 10], [50, 20, 20]), choice(120, earlier=(2,)))
    assert (now.year, before.year) == ("2023", "2021")
    assert before.total.figures == {"a": Count(20, 200), "b": Count(40, 200)}


# --------------------------------------------------------------------------- protection


def test_hidden_in_the_source_stays_hidden_and_is_no_zero():
    measurement = measure_stated(table([HIDDEN, 7, 5], [22, 7, 5]), choice(120))[0]
    assert "a" not in measurement.total.figures
    shown = add_hidden(protect(measurement, SENSITIVITIES, policy()), measurement.stated.hidden)
    assert shown.total.figures["a"] == Suppressed(Reason.NOT_SHOWN)
    assert isinstance(shown.total.figures["b"], Proportion)


def test_a_small_group_is_hidden_as_always():
    shown, rows = analysed(table([40, 30, 30], [50, 30, 30]), choice(29))
    assert set(map(type, shown.total.figures.values())) == {Suppressed}
    assert isinstance(rows["a"].difference, Suppressed)


def test_a_figure_that_may_rest_on_too_few_pupils_is_hidden():
    # 1% of 480 is 3 to 7 pupils: the nearest, 5, may be shown, but 3 may not.
    shown, _ = analysed(table([1, 5, 5], [50, 30, 30]), choice(480))
    assert isinstance(shown.total.figures["a"], Suppressed)
    assert isinstance(shown.total.figures["b"], Proportion)


# --------------------------------------------------------------------------- comparison


def binomial_test(cases, share, pupils):
    """Twice the smaller tail of the binomial distribution, in which the count itself counts for half."""
    chances = [math.comb(pupils, k) * share**k * (1 - share) ** (pupils - k) for k in range(pupils + 1)]
    tails = sum(chances[:cases]), sum(chances[cases + 1 :])
    return 2 * min(tails) + chances[cases]


def test_beside_a_figure_without_pupils_the_figure_counts_as_exact():
    _, rows = analysed(table([40, 30, 30], [30, 30, 30]), choice(100))
    difference = rows["a"].difference
    assert isinstance(difference, Difference)
    assert difference.points == 10
    assert difference.p_value == pytest.approx(
        binomial_test(40, 0.30, 100), rel=1e-4
    )  # 40 of 100 is the only count of 40%
    assert rows["a"].benchmark.interval.lower == rows["a"].benchmark.interval.upper == 0.30
    assert rows["b"].difference.verdict.certainty is Certainty.NONE


def test_the_test_goes_by_the_most_careful_count_of_the_rounding():
    # 40% of 400 is 158 to 161 pupils (39.5% up to 40.5%): 158 lies nearest to 30%.
    _, rows = analysed(table([40, 30, 30], [30, 30, 30]), choice(400))
    assert rows["a"].difference.p_value == pytest.approx(binomial_test(158, 0.30, 400), rel=1e-4)


def test_pupils_of_the_comparator_make_its_margin_and_a_more_careful_test():
    _, known = analysed(table([40, 30, 30], [30, 30, 30], pupils=300), choice(100))
    _, exact = analysed(table([40, 30, 30], [30, 30, 30]), choice(100))
    assert known["a"].difference.p_value > exact["a"].difference.p_value
    assert known["a"].benchmark.interval.lower < 0.30 < known["a"].benchmark.interval.upper


def test_a_comparator_that_is_hidden_gives_no_difference():
    _, rows = analysed(table([40, HIDDEN, 30], [30, StatedCell(), 30]), choice(100))
    assert isinstance(rows["a"].difference, NotComparable)
    assert isinstance(rows["b"].difference, NotComparable)
    assert not isinstance(rows["a"].benchmark, BenchmarkFigure)


# --------------------------------------------------------------------------- without a number of pupils


LINKS = {place: IndicatorId(name) for place, name in enumerate(["a", "b", "streng", "regio"])}


def test_without_pupils_sensitive_subjects_have_no_figure_of_the_school():
    figures = side_by_side(
        table([40.5, 30, 0], [HIDDEN, 5, 0], [12, 11, 0], [3, 4, 0], [50, 51, 0]), choice(None, LINKS), BOOK
    )
    assert [(row.percentage, row.beside) for row in figures.rows] == [
        (41, (30,)),
        (None, (None,)),
        (None, (None,)),
        (None, (4,)),
        (50, (51,)),
    ]
    assert figures.rows[4].label == "rij 4"
    assert figures.comparators == ("regio, 2023",)


@pytest.mark.parametrize("stated", [0, 0.4, 99.5, 100])
def test_without_pupils_nobody_and_everybody_are_not_shown(stated):
    (row,) = side_by_side(table([stated, 30, 0]), choice(None, {0: IndicatorId("a")}), BOOK).rows
    assert (row.percentage, row.beside) == (None, (None,))
    assert row.hidden == "niet getoond: (bijna) niemand of (bijna) iedereen"


@pytest.mark.parametrize("stated", [0.5, 99.4])
def test_without_pupils_a_figure_of_some_is_shown(stated):
    (row,) = side_by_side(table([stated, 30, 0]), choice(None, {0: IndicatorId("a")}), BOOK).rows
    assert row.percentage in {1, 99}


def test_a_row_about_suicide_without_a_subject_is_hidden_too():
    base = table([12, 11, 0])
    delicate = replace(base, rows=(replace(base.rows[0], subject="Denkt weleens aan zelfdoding"),))
    (row,) = side_by_side(delicate, choice(None, {9: IndicatorId("a")}), BOOK).rows
    assert (row.percentage, row.hidden) == (None, "gevoelig onderwerp")


def test_common_is_what_most_pupils_have_and_hidden_is_not_common():
    figures = side_by_side(table([21, 30, 0], [60, 5, 0], [90, 11, 0]), choice(None, LINKS), BOOK)
    assert common_subjects(figures, BOOK, policy()) == (("b", 60), ("a", 21))
