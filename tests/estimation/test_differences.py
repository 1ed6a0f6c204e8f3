"""Tests and intervals for a difference, beside print, R, scipy and statsmodels."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binom, chi2, chi2_contingency, fisher_exact, hypergeom
from statsmodels.stats.multitest import multipletests

from wellbeing.estimation.differences import (
    benjamini_hochberg,
    difference_interval,
    nearest_cases,
    one_sample_p,
    two_sample_p,
)
from wellbeing.estimation.proportions import wilson_interval
from wellbeing.model.results import whole_percentage

shares = st.integers(1, 400).flatmap(lambda total: st.tuples(st.integers(0, total), st.just(total)))
p_values = st.lists(st.floats(0, 1), max_size=60)

BH_1995 = (
    0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590,
    1.0000,
)  # fmt: skip


def expected_p(k1: int, n1: int, k2: int, n2: int) -> float:
    """The same test with SciPy's tables of the same totals; this table counts for half."""
    tables = hypergeom(n1 + n2, k1 + k2, n1)
    half = tables.pmf(k1) / 2
    return float(min(1.0, 2 * min(tables.cdf(k1) - half, tables.sf(k1) + half)))


def newcombe(first: tuple[int, int], second: tuple[int, int]) -> tuple[float, float]:
    lower, upper = difference_interval(
        first[0] / first[1], wilson_interval(*first), second[0] / second[1], wilson_interval(*second)
    )
    return float(lower), float(upper)


@given(shares, shares)
@settings(max_examples=300)
def test_the_p_value_is_that_of_scipy(first: tuple[int, int], second: tuple[int, int]) -> None:
    assert float(two_sample_p(*first, *second)) == pytest.approx(expected_p(*first, *second), rel=1e-9, abs=1e-12)


@given(shares, shares)
def test_it_lies_below_fishers_by_the_weight_of_this_table(first: tuple[int, int], second: tuple[int, int]) -> None:
    """Beside SciPy's own Fisher test, one side at a time: half of this very table is left out."""
    (k1, n1), (k2, n2) = first, second
    table = np.array([[k1, n1 - k1], [k2, n2 - k2]])
    sides = [float(fisher_exact(table, alternative=side).pvalue) for side in ("less", "greater")]
    half = float(hypergeom(n1 + n2, k1 + k2, n1).pmf(k1)) / 2
    assert float(two_sample_p(k1, n1, k2, n2)) == pytest.approx(min(1, 2 * (min(sides) - half)), rel=1e-6, abs=1e-9)


def test_for_many_pupils_it_is_the_ordinary_test() -> None:
    """Where numbers are large the chi-square test with (N-1)/N says the same."""
    for k1, n1, k2, n2 in [(400, 1000, 1500, 4000), (3000, 9000, 13_000, 40_000), (5100, 10_000, 2450, 5000)]:
        statistic, _, _, _ = chi2_contingency(np.array([[k1, n1 - k1], [k2, n2 - k2]]), correction=False)
        ordinary = float(chi2.sf(statistic * (n1 + n2 - 1) / (n1 + n2), 1))
        assert float(two_sample_p(k1, n1, k2, n2)) == pytest.approx(ordinary, rel=0.03)


def test_numbers_that_are_not_whole_lie_between_their_neighbours() -> None:
    whole = [float(two_sample_p(k, 80, 1200, 4000)) for k in (30, 31)]
    assert whole[1] < float(two_sample_p(30.4, 80, 1200, 4000)) < whole[0]
    effective = [float(two_sample_p(30, 80, 0.3 * n, n)) for n in (210.0, 210.5, 211.0)]
    assert effective[0] > effective[1] > effective[2]


def test_the_next_to_impossible_is_zero_and_no_warning() -> None:
    assert float(two_sample_p(5000, 5000, 0, 5000)) == 0.0
    assert float(two_sample_p(0, 40, 0, 4000)) == 1.0
    assert float(two_sample_p(40, 40, 4000, 4000)) == 1.0


def test_arrays_give_what_single_numbers_give() -> None:
    generator = np.random.default_rng(1)
    totals = generator.integers(1, 300, (2, 4, 50))
    cases = generator.integers(0, totals // generator.choice([1, 40], totals.shape) + 1)
    together = two_sample_p(cases[0], totals[0], cases[1], totals[1])
    for at in np.ndindex(4, 50):
        numbers = (int(cases[0][at]), int(totals[0][at]), int(cases[1][at]), int(totals[1][at]))
        assert together[at] == pytest.approx(expected_p(*numbers), rel=1e-9, abs=1e-12), numbers


def test_one_benchmark_beside_many_schools() -> None:
    found = two_sample_p([10, 20], [40, 40], 1000, 4000)
    assert found.tolist() == [float(two_sample_p(10, 40, 1000, 4000)), float(two_sample_p(20, 40, 1000, 4000))]


@given(shares, shares)
def test_the_p_value_does_not_know_which_is_the_school(first: tuple[int, int], second: tuple[int, int]) -> None:
    p = float(two_sample_p(*first, *second))
    assert 0 <= p <= 1
    assert float(two_sample_p(*second, *first)) == pytest.approx(p, rel=1e-9)


# --------------------------------------------------------------------------- interval


@pytest.mark.parametrize(
    ("first", "second", "lower", "upper"),
    [
        ((56, 70), (48, 80), 0.0524, 0.3339),
        ((9, 10), (3, 10), 0.1705, 0.8090),
        ((6, 7), (2, 7), 0.0582, 0.8062),
        ((5, 56), (0, 29), -0.0381, 0.1926),
        ((0, 10), (0, 20), -0.1611, 0.2775),
        ((0, 10), (0, 10), -0.2775, 0.2775),
        ((10, 10), (0, 20), 0.6791, 1.0000),
        ((10, 10), (0, 10), 0.6075, 1.0000),
    ],
)
def test_the_table_of_newcombe(first: tuple[int, int], second: tuple[int, int], lower: float, upper: float) -> None:
    """Newcombe (1998) Stat Med 17:873, table II, contrasts (a) to (h), method 10."""
    assert newcombe(first, second) == pytest.approx((lower, upper), abs=5.1e-5)


@given(shares, shares)
def test_the_interval_holds_the_difference_and_mirrors(first: tuple[int, int], second: tuple[int, int]) -> None:
    lower, upper = newcombe(first, second)
    assert -1 <= lower <= first[0] / first[1] - second[0] / second[1] <= upper <= 1
    assert newcombe(second, first) == pytest.approx((-upper, -lower), abs=1e-12)


def test_intervals_of_arrays() -> None:
    first, second = np.array([56, 9]), np.array([70, 10])
    lower, upper = difference_interval(
        first / second, wilson_interval(first, second), [0.6, 0.3], wilson_interval([48, 3], [80, 10])
    )
    assert np.round(lower, 4).tolist() == [0.0524, 0.1705]
    assert np.round(upper, 4).tolist() == [0.3339, 0.8090]


# --------------------------------------------------------------------------- many subjects


def test_the_example_of_benjamini_and_hochberg() -> None:
    """BH (1995), section 4.1: at 0.05 Bonferroni rejects three of the fifteen, theirs four."""
    assert sum(benjamini_hochberg(BH_1995) <= 0.05) == 4
    assert sum(p <= 0.05 / 15 for p in BH_1995) == 3


def test_the_r_package_multtest(oracles: Path) -> None:
    sets: dict[str, list[tuple[float, float]]] = {}
    with (oracles / "multiplicity_r_multtest.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            sets.setdefault(row["set"], []).append((float(row["p"]), float(row["bh"])))
    assert len(sets) == 4
    for pairs in sets.values():
        plain, expected = zip(*pairs, strict=True)
        assert benjamini_hochberg(plain).tolist() == pytest.approx(expected, abs=1e-9)


@given(p_values.filter(bool))
def test_the_correction_is_that_of_statsmodels(plain: list[float]) -> None:
    expected = multipletests(plain, method="fdr_bh")[1]
    assert benjamini_hochberg(plain).tolist() == pytest.approx(expected.tolist(), abs=1e-12)


@given(p_values, st.randoms(use_true_random=False))
def test_the_correction_does_not_know_the_order(plain: list[float], random: object) -> None:
    places = list(range(len(plain)))
    random.shuffle(places)  # type: ignore[attr-defined]
    shuffled = benjamini_hochberg([plain[at] for at in places])
    assert shuffled.tolist() == benjamini_hochberg(plain)[places].tolist()


def test_no_tests_no_corrections() -> None:
    assert benjamini_hochberg([]).tolist() == []


# --------------------------------------------------------------------------- as printed


@given(shares, st.floats(0, 1))
def test_the_nearest_count_prints_the_same_and_no_other_is_nearer(school: tuple[int, int], share: float) -> None:
    cases, total = school
    printed = [k for k in range(total + 1) if whole_percentage(k, total) == whole_percentage(cases, total)]
    found = float(nearest_cases(cases, total, share))
    assert found in printed
    assert abs(found - share * total) == pytest.approx(min(abs(k - share * total) for k in printed))


@given(st.floats(1, 400), st.floats(0, 1), st.floats(0, 1))
def test_with_weights_it_is_the_nearest_share_that_prints_the_same(total: float, own: float, share: float) -> None:
    found = float(nearest_cases(own * total, total, share, whole=False)) / total
    percentage = int(100 * own + 0.5)
    assert (percentage - 0.5) / 100 - 1e-9 <= found <= (percentage + 0.5) / 100 + 1e-9
    assert found == pytest.approx(share) or abs(abs(100 * found - percentage) - 0.5) < 1e-6


# --------------------------------------------------------------------------- beside a share without a number


@given(shares, st.floats(0.01, 0.99))
def test_a_benchmark_without_a_number_is_taken_as_exact(school: tuple[int, int], share: float) -> None:
    cases, total = school
    draws = binom(total, share)
    half = draws.pmf(cases) / 2
    expected = min(1.0, 2 * min(draws.cdf(cases) - half, draws.sf(cases) + half))
    assert float(one_sample_p(cases, total, share)) == pytest.approx(float(expected), rel=1e-6, abs=1e-9)


def test_beside_nobody_one_pupil_settles_it() -> None:
    found = one_sample_p([0, 1, 20, 19], 20, [0.0, 0.0, 1.0, 1.0])
    assert found.tolist() == pytest.approx([1.0, 0.0, 1.0, 0.0], abs=1e-9)
