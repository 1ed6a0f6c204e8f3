"""Funnels and order of priority beside Public Health England, plain loops and statsmodels."""

from __future__ import annotations

import csv
import math
import warnings
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.meta_analysis import combine_effects

from wellbeing.estimation.proportions import Z95
from wellbeing.estimation.spread import Z998, between_schools, funnel_limits, shrink

schools = st.lists(
    st.integers(1, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), min_size=2, max_size=40
)
differences = st.lists(st.tuples(st.floats(-0.5, 0.5), st.floats(0.005, 0.2)), min_size=2, max_size=50)


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


# --------------------------------------------------------------------------- limits


@pytest.mark.parametrize("name", ["funnel_phe_limits.csv", "funnel_phe_limits_large.csv"])
def test_the_limits_of_public_health_england(oracles: Path, name: str) -> None:
    """Printed in percents with six digits, or eight; ours are shares."""
    rows = read(oracles / name)
    assert len(rows) == 100
    for row in rows:
        centre, total = float(row["Baseline"]) / 100, float(row["Population"])
        for z, place in ((Z95, "2s0025"), (Z998, "3s0001")):
            expected = float(row[f"Lower{place}limit"]) / 100, float(row[f"Upper{place}limit"]) / 100
            assert funnel_limits(centre, total, z=z) == pytest.approx(expected, abs=2e-8), row


def test_every_one_of_303_areas_gets_its_category(oracles: Path) -> None:
    rows = read(oracles / "funnel_phe_input_303_areas.csv")
    assert len(rows) == 303
    cases, totals = (np.array([float(row[name]) for row in rows]) for name in ("numerator", "denominator"))
    centre, shares = cases.sum() / totals.sum(), cases / totals
    (low, high), (lowest, highest) = (funnel_limits(centre, totals, z=z) for z in (Z95, Z998))
    found = np.select(
        [shares > highest, shares < lowest, shares > high, shares < low],
        ["High (0.001)", "Low (0.001)", "High (0.025)", "Low (0.025)"],
        "Not significant",
    )
    assert found.tolist() == [row["significance"] for row in rows]
    assert len(set(found)) == 5


def test_the_categories_of_fingertips(oracles: Path) -> None:
    rows = read(oracles / "fingertips_spc_proportion.csv")
    assert len(rows) == 10
    for row in rows:
        centre, share, n = float(row["benchmark"]) / 100, float(row["value"]) / 100, float(row["n"])
        low, high = funnel_limits(centre, n, z=float(row["z"]))
        found = "better" if share < low else "worse" if share > high else "same"
        assert found == row["low_is_good"], row


def test_limits_stay_between_nothing_and_all() -> None:
    for between in (0.0, 0.02):
        lower, upper = funnel_limits(0.03, np.array([1, 10, 40]), z=Z998, between=between)
        assert lower.min() == 0.0
        assert upper.max() <= 1.0
        assert funnel_limits(0.98, 5, between=between)[1] == 1.0


def test_a_little_spread_between_schools_widens_the_limits_by_what_it_adds() -> None:
    """On the arcsine scale: half width z sqrt(1/4n + t)."""
    lower, upper = funnel_limits(0.3, 200, z=Z95, between=0.003)
    half = Z95 * math.sqrt(1 / 800 + 0.003)
    middle = math.asin(math.sqrt(0.3))
    assert (lower, upper) == pytest.approx((math.sin(middle - half) ** 2, math.sin(middle + half) ** 2))
    plain = funnel_limits(0.3, 200, z=Z95)
    assert funnel_limits(0.3, 200, z=Z95, between=1e-12) == pytest.approx(plain, abs=0.003)


# --------------------------------------------------------------------------- between schools


def over_dispersion(made: list[tuple[int, int]]) -> float:
    """Spiegelhalter's additive model, school by school."""
    everyone, cases = sum(n for _, n in made), sum(k for k, _ in made)
    middle = math.asin(math.sqrt(cases / everyone))
    far = [(math.asin(math.sqrt(k / n)) - middle) * 2 * math.sqrt(n) for k, n in made]
    low, high = quantile(far, 0.1), quantile(far, 0.9)
    dispersion = sum(min(max(u, low), high) ** 2 for u in far) / len(far)
    weights = [4 * n for _, n in made]
    if len(made) * dispersion <= len(made) - 1:
        return 0.0
    scale = sum(weights) - sum(w * w for w in weights) / sum(weights)
    return (len(made) * dispersion - (len(made) - 1)) / scale


def quantile(values: list[float], chance: float) -> float:
    """R's type 7: a straight line between the two values around (n - 1) x chance."""
    ordered, place = sorted(values), (len(values) - 1) * chance
    below = math.floor(place)
    above = min(below + 1, len(values) - 1)
    return ordered[below] + (place - below) * (ordered[above] - ordered[below])


@given(schools)
def test_the_variance_between_schools_is_that_of_plain_loops(made: list[tuple[int, int]]) -> None:
    cases, totals = zip(*made, strict=True)
    assert between_schools(cases, totals) == pytest.approx(over_dispersion(made), abs=1e-12)


def test_it_finds_a_spread_that_was_put_in_and_none_where_there_is_none() -> None:
    chance = np.random.default_rng(3)
    totals = chance.integers(60, 400, 400)
    middle = math.asin(math.sqrt(0.3))
    same = chance.binomial(totals, 0.3)
    apart = chance.binomial(totals, np.sin(middle + chance.normal(0, 0.08, 400)) ** 2)
    assert between_schools(same, totals) < 0.0005
    assert 0.4 * 0.08**2 < between_schools(apart, totals) < 0.8 * 0.08**2  # winsorising takes the outer ones in


def test_one_school_has_no_spread() -> None:
    with pytest.raises(ValueError, match="two schools"):
        between_schools([3], [30])


# --------------------------------------------------------------------------- order of priority


@given(differences)
def test_drawing_together_follows_dersimonian_and_laird(made: list[tuple[float, float]]) -> None:
    sizes, errors = (np.array(column) for column in zip(*made, strict=True))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # statsmodels divides by zero where all differences are equal
        expected = combine_effects(sizes, errors**2, method_re="dl")
    between = max(float(expected.tau2), 0.0)
    middle = float(expected.mean_effect_re if between > 0 else expected.mean_effect_fe)
    found = shrink(sizes, errors)
    for at, (size, error) in enumerate(made):
        keep = between / (between + error**2)
        assert found.differences[at] == pytest.approx(middle + keep * (size - middle), abs=1e-8)
        assert found.errors[at] == pytest.approx(error * math.sqrt(keep), abs=1e-6)


@given(differences)
def test_a_difference_goes_towards_the_others_and_never_past(made: list[tuple[float, float]]) -> None:
    sizes, errors = (np.array(column) for column in zip(*made, strict=True))
    found = shrink(sizes, errors).differences
    assert sizes.min() - 1e-12 <= found.min()
    assert found.max() <= sizes.max() + 1e-12


def test_an_uncertain_difference_comes_after_a_smaller_certain_one() -> None:
    found = shrink([0.14, 0.10, 0.0, -0.05, 0.02], [0.12, 0.02, 0.02, 0.02, 0.02]).differences
    assert found.argmax() == 1


def test_one_difference_is_its_own_mean() -> None:
    assert shrink([0.1], [0.05]).differences.tolist() == pytest.approx([0.1])
