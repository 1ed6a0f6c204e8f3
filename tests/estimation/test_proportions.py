"""Wilson's interval beside printed tables, other people's programs, and statsmodels."""

from __future__ import annotations

import csv
from pathlib import Path
from statistics import NormalDist

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.proportion import proportion_confint

from wellbeing.estimation.proportions import Z95, wilson_interval

shares = st.integers(1, 5000).flatmap(lambda total: st.tuples(st.integers(0, total), st.just(total)))


@pytest.mark.parametrize(
    ("cases", "total", "lower", "upper"),
    [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0000, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_the_table_of_newcombe(cases: int, total: int, lower: float, upper: float) -> None:
    """Newcombe (1998) Stat Med 17:857, table I, method 3."""
    found = wilson_interval(cases, total)
    assert np.round(found, 4).tolist() == [lower, upper]


def test_the_tests_of_public_health_england(oracles: Path) -> None:
    with (oracles / "wilson_phe.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 46
    for row in rows:
        z = NormalDist().inv_cdf(0.5 + float(row["confidence"]) / 2)
        limits = np.multiply(wilson_interval(float(row["x"]), float(row["n"]), z=z), float(row["multiplier"]))
        assert limits == pytest.approx([float(row["lower"]), float(row["upper"])], abs=1e-9, rel=1e-9), row


def test_the_r_package_binom(oracles: Path) -> None:
    with (oracles / "proportion_ci_r_binom.csv").open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["method"] == "wilson"]
    assert len(rows) == 8
    for row in rows:
        for found, printed in zip(
            wilson_interval(int(row["x"]), int(row["n"])), (row["lower"], row["upper"]), strict=True
        ):
            digits = min(len(printed.partition(".")[2]), 9)  # some rows are printed in seven digits
            assert found == pytest.approx(float(printed), abs=10**-digits), row


@given(shares)
def test_it_is_the_interval_of_statsmodels(share: tuple[int, int]) -> None:
    expected = proportion_confint(*share, method="wilson")
    assert wilson_interval(*share) == pytest.approx(expected, abs=1e-12)


@given(shares)
def test_it_holds_the_share_and_stays_between_nothing_and_all(share: tuple[int, int]) -> None:
    cases, total = share
    lower, upper = wilson_interval(cases, total)
    assert 0 <= lower <= cases / total <= upper <= 1


@given(shares)
def test_pupils_with_and_without_mirror(share: tuple[int, int]) -> None:
    cases, total = share
    lower, upper = wilson_interval(cases, total)
    assert wilson_interval(total - cases, total) == pytest.approx((1 - upper, 1 - lower), abs=1e-12)


def test_nobody_and_everybody_touch_the_edge_exactly() -> None:
    assert wilson_interval(0, 37)[0] == 0.0
    assert wilson_interval(37, 37)[1] == 1.0


def test_arrays_give_what_single_numbers_give() -> None:
    cases, total = np.array([[0, 3], [7, 20]]), np.array([[10, 11], [12, 20]])
    lower, upper = wilson_interval(cases, total)
    for at in np.ndindex(2, 2):
        assert (lower[at], upper[at]) == wilson_interval(cases[at], total[at])


def test_the_quantile_is_not_rounded() -> None:
    assert pytest.approx(1.959963984540054, abs=1e-14) == Z95


@pytest.mark.parametrize(("cases", "total"), [(0, 0), (-1, 10), (11, 10), ([1, 2], [5, 1])])
def test_what_is_no_share_is_refused(cases: object, total: object) -> None:
    with pytest.raises(ValueError, match="at least one pupil"):
        wilson_interval(cases, total)  # type: ignore[arg-type]
