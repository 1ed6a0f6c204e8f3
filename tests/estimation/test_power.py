"""The smallest difference a school can show, beside a search that tries every one."""

from __future__ import annotations

import pytest
from scipy.stats import hypergeom

from wellbeing.estimation.power import detectable_between, detectable_points


def brute_force(pupils: int, region: int, alpha: float, at_least: int, percentage: int) -> int:
    """Every whole point that a school can lie above the region, with SciPy's tables of the same totals."""
    other = round(region * percentage / 100)
    seen = []
    for points in range(at_least, 100 - percentage + 1):
        cases = min(k for k in range(pupils + 1) if 100 * k / pupils + 0.5 >= percentage + points)
        tables = hypergeom(pupils + region, cases + other, pupils)
        if 2 * (tables.sf(cases) + tables.pmf(cases) / 2) < alpha:
            seen.append(points)
    return min(seen, default=100 - percentage)


@pytest.mark.parametrize("pupils", [30, 45, 60, 118, 250, 600, 3000])
@pytest.mark.parametrize("region", [100, 4000])
@pytest.mark.parametrize("alpha", [0.05, 0.001])
@pytest.mark.parametrize("percentage", [10, 30, 50])
def test_no_smaller_difference_shows(pupils: int, region: int, alpha: float, percentage: int) -> None:
    found = detectable_points(pupils, region, alpha=alpha, at_least=5, percentage=percentage)
    assert found == brute_force(pupils, region, alpha, 5, percentage)


def test_more_pupils_show_smaller_differences() -> None:
    found = [detectable_points(pupils, 4000, alpha=0.05, at_least=1) for pupils in range(30, 600, 15)]
    assert found == sorted(found, reverse=True)
    assert found[0] > found[-1]


def test_a_school_that_can_show_nothing_gets_the_whole_way() -> None:
    assert detectable_points(2, 4000, alpha=1e-9, at_least=5) == 70


@pytest.mark.parametrize("pupils", [200, 400, 1000])
@pytest.mark.parametrize("alpha", [0.05, 0.001])
def test_two_groups_of_one_school_by_search(pupils: int, alpha: float) -> None:
    """Sizes at which half a point is a whole number of pupils: 30.5% of 200 beside half a point less than printed."""

    def is_sure(points: int) -> bool:
        cases = pupils * (2 * (30 + points) - 1) // 200
        tables = hypergeom(pupils + 200, cases + 61, pupils)
        return bool(2 * (tables.sf(cases) + tables.pmf(cases) / 2) < alpha)

    found = detectable_between(pupils, 200, alpha=alpha, at_least=5)
    assert found == min(points for points in range(5, 70) if is_sure(points))


def test_two_groups_show_less_than_a_group_beside_a_whole_region() -> None:
    for pupils in (40, 120, 300):
        between = detectable_between(pupils, pupils, alpha=0.05, at_least=5)
        assert between > detectable_points(pupils, 4000, alpha=0.05, at_least=5)
    assert detectable_between(5, 5, alpha=1e-9, at_least=5) == 70
