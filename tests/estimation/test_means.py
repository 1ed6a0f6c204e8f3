"""Means of scales beside Public Health England's tests and scipy."""

from __future__ import annotations

import csv
import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from wellbeing.estimation.means import Mean, mean_interval, mean_of, t_below, t_quantile, welch

scales = st.lists(st.integers(0, 40), min_size=2, max_size=60).filter(lambda made: len(set(made)) > 1)


def test_the_tests_of_public_health_england(oracles: Path) -> None:
    with (oracles / "mean_phe_values.csv").open(encoding="utf-8") as file:
        values = [(row["area"], float(row["values"])) for row in csv.DictReader(file)]
    with (oracles / "mean_phe_expected.csv").open(encoding="utf-8") as file:
        expected = list(csv.DictReader(file))
    assert len(expected) == 3
    for row in expected:
        inside = [value for area, value in values if row["area"] in {area, "No grouping"}]
        found = mean_of(inside)
        assert found.total == int(row["value_count"])
        assert (found.mean, found.deviation) == pytest.approx((float(row["value"]), float(row["stdev"])), rel=1e-12)
        for confidence, name in ((0.95, "95_0cl"), (0.998, "99_8cl")):
            limits = float(row[f"lower{name}"]), float(row[f"upper{name}"])
            assert mean_interval(found, confidence=confidence) == pytest.approx(limits, rel=1e-9)


@given(scales, scales)
def test_welch_is_that_of_scipy(first: list[int], second: list[int]) -> None:
    found, expected = welch(mean_of(first), mean_of(second)), stats.ttest_ind(first, second, equal_var=False)
    assert found.p_value == pytest.approx(expected.pvalue, rel=1e-8, abs=1e-12)
    limits = expected.confidence_interval(0.95)
    assert (found.lower, found.upper) == pytest.approx((limits.low, limits.high), rel=1e-8, abs=1e-9)


@given(scales, scales)
def test_the_effect_is_the_t_of_equal_spread_without_its_numbers(first: list[int], second: list[int]) -> None:
    """Student's own t is d / sqrt(1/n + 1/m)."""
    student = stats.ttest_ind(first, second).statistic
    effect = welch(mean_of(first), mean_of(second)).effect
    assert effect == pytest.approx(student * math.sqrt(1 / len(first) + 1 / len(second)), rel=1e-9, abs=1e-12)


@given(st.floats(-60, 60).filter(lambda t: abs(t) > 1e-4), st.floats(1, 20_000))
def test_the_chance_below_is_that_of_scipy(t: float, freedom: float) -> None:
    assert t_below(t, freedom) == pytest.approx(float(stats.t.cdf(t, freedom)), abs=1e-10)


@given(st.floats(-60, 60))
def test_with_one_degree_of_freedom_it_is_an_arc_tangent(t: float) -> None:
    assert t_below(t, 1) == pytest.approx(0.5 + math.atan(t) / math.pi, abs=1e-13)


@given(st.floats(0.001, 0.999), st.floats(1, 20_000))
def test_the_quantile_is_that_of_scipy(chance: float, freedom: float) -> None:
    assert t_quantile(chance, freedom) == pytest.approx(float(stats.t.ppf(chance, freedom)), rel=1e-8, abs=1e-8)


def test_small_p_values_keep_their_digits() -> None:
    """R: 2 * pt(-12, 30) is 5.4e-13, far below what 1 - 0.9999... could hold."""
    assert t_below(-12, 30) == pytest.approx(float(stats.t.sf(12, 30)), rel=1e-9)


@pytest.mark.parametrize(("other", "p_value", "effect"), [(5.0, 1.0, 0.0), (4.0, 0.0, math.inf), (6.0, 0.0, -math.inf)])
def test_pupils_who_all_answer_the_same(other: float, p_value: float, effect: float) -> None:
    found = welch(Mean(10, 5.0, 0.0), Mean(10, other, 0.0))
    assert (found.p_value, found.effect, found.lower, found.upper) == (p_value, effect, 5.0 - other, 5.0 - other)


def test_swapping_mirrors() -> None:
    one, other = mean_of(np.arange(12)), mean_of([3, 9, 4, 1])
    there, back = welch(one, other), welch(other, one)
    assert (there.lower, there.upper, there.effect) == pytest.approx((-back.upper, -back.lower, -back.effect))
    assert there.p_value == pytest.approx(back.p_value)


@pytest.mark.parametrize("values", [[], [3.0]])
def test_a_mean_needs_two_pupils(values: list[float]) -> None:
    with pytest.raises(ValueError, match="two pupils"):
        mean_of(values)
