"""Schools side by side: who lies outside, and what is never told."""

from __future__ import annotations

import math

import numpy as np
import pytest

from tests.builders import TOTAL, codebook, indicator, measurement, policy, question
from wellbeing.model.reference import IndicatorId, Sensitivity
from wellbeing.model.results import Position, PublishedMeasurement, Spread
from wellbeing.stages.protect import protect
from wellbeing.stages.spread import spread_schools

BOOK = codebook([indicator("a"), indicator("b")], [question("a"), question("b")])
LEAST = 10


def school(name: str, **figures: tuple[int, int]) -> PublishedMeasurement:
    counted = measurement({TOTAL: figures}, school=name)
    return protect(counted, dict.fromkeys(map(IndicatorId, figures), Sensitivity.NORMAL), policy())


def spread(counts: list[tuple[int, int]]) -> tuple[Spread, ...]:
    return spread_schools([school(f"School {at:02}", a=pair) for at, pair in enumerate(counts)], BOOK, policy())


def test_the_least_number_of_schools_is_that_of_the_policy() -> None:
    assert policy().benchmark.funnel_schools == LEAST
    assert spread([(30, 100)] * (LEAST - 1)) == ()
    assert len(spread([(30, 100)] * LEAST)) == 1


def test_hidden_schools_are_counted_and_do_not_help_to_reach_it() -> None:
    hidden = [(2, 100), (98, 100), (3, 9)]
    assert spread([(30, 100)] * (LEAST - 1) + hidden) == ()
    (found,) = spread([(30, 100)] * LEAST + hidden)
    assert found.hidden == 3
    assert len(found.points) == LEAST
    assert found.centre == 30


def test_a_subject_that_few_schools_asked_has_no_funnel() -> None:
    schools = [school(f"School {at}", a=(30, 100), **({"b": (30, 100)} if at else {})) for at in range(LEAST)]
    assert [item.indicator for item in spread_schools(schools, BOOK, policy())] == ["a"]


def test_the_centre_is_that_of_all_pupils_together() -> None:
    (found,) = spread([(10, 100)] * 9 + [(450, 900)])
    assert found.centre == 30


def test_schools_stand_in_the_order_of_their_names_not_of_their_figures() -> None:
    """Never a ranking."""
    counts = [(10 + 7 * (at * 5 % 12), 120) for at in range(12)]
    (found,) = spread(counts)
    assert [point.school for point in found.points] == sorted(point.school for point in found.points)
    percentages = [point.percentage for point in found.points]
    assert percentages not in (sorted(percentages), sorted(percentages, reverse=True))


def test_where_a_school_lies_says_no_more_than_its_percentage() -> None:
    """Of 400 pupils 134 up to 137 print as 34%; one of them would lie outside the limits, and three inside."""
    others = [(120, 400)] * 24
    pages = {cases: spread([*others, (cases, 400)]) for cases in range(133, 139)}
    assert pages[134] == pages[135] == pages[136] == pages[137]
    assert pages[133] != pages[134]
    assert pages[137] != pages[138]


def test_without_spread_between_schools_a_school_outside_the_plain_limits_is_outside() -> None:
    """Twelve schools of 30% of 400 and one at 36%: z = 0.055 / sqrt(0.3 x 0.7 / 400) = 2.4."""
    (found,) = spread([(120, 400)] * 24 + [(144, 400), (160, 400)])
    centre = (24 * 120 + 144 + 160) / (26 * 400)
    error = math.sqrt(centre * (1 - centre) / 400)
    assert 1.96 < (0.36 - centre) / error < 3.09 < (0.40 - centre) / error
    positions = [point.position for point in found.points]
    assert positions == [Position.INSIDE] * 24 + [Position.OUTSIDE_95, Position.OUTSIDE_998]


def test_schools_that_all_differ_widen_the_limits() -> None:
    """Shares from 10% to 50% are usual here: nobody is far out any more."""
    (found,) = spread([(40 + 8 * at, 400) for at in range(21)])
    assert {point.position for point in found.points} <= {Position.INSIDE, Position.OUTSIDE_95}
    total, inner, outer = found.limits[0]
    assert total == 400
    assert outer.lower < inner.lower < 0.30 - 1.96 * math.sqrt(0.21 / 400)
    assert outer.upper > inner.upper > 0.30 + 1.96 * math.sqrt(0.21 / 400)


def test_limits_run_from_the_smallest_to_the_largest_school_and_narrow() -> None:
    (found,) = spread([(round(0.3 * size), size) for size in range(40, 640, 40)])
    sizes = [total for total, _, _ in found.limits]
    assert (sizes[0], sizes[-1]) == (40, 600)
    widths = [inner.upper - inner.lower for _, inner, _ in found.limits]
    assert widths == sorted(widths, reverse=True)


def test_percentiles_are_those_of_the_shown_schools() -> None:
    shares = [12, 18, 25, 31, 33, 38, 40, 47, 52, 61, 70]
    (found,) = spread([(share, 100) for share in shares] + [(2, 100)])
    expected = [int(value + 0.5) for value in np.percentile(shares, [10, 25, 50, 75, 90])]
    assert list(found.percentiles) == expected == [18, 28, 38, 50, 61]


@pytest.mark.parametrize(("total", "shown"), [(97, 95), (98, 100), (100, 100), (102, 100), (103, 105)])
def test_the_number_of_pupils_is_told_to_five(total: int, shown: int) -> None:
    (found,) = spread([(30, total)] * LEAST)
    assert {point.total for point in found.points} == {shown}


def test_no_schools_no_funnels() -> None:
    assert spread_schools([], BOOK, policy()) == ()
