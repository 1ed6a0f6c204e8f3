"""The direction over the years beside R, Public Health England and scipy."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import chi2, linregress, pearsonr

from wellbeing.estimation.trends import Trend, cochran_armitage

Measured = list[tuple[int, int, int]]
measurement = st.integers(1, 80).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
measurements = st.lists(measurement, min_size=3, max_size=6)


def pupil_by_pupil(years: list[int], cases: list[int], total: list[int]) -> tuple[list[int], list[int]]:
    answers = [1] * 0
    when: list[int] = []
    for year, k, n in zip(years, cases, total, strict=True):
        when += [year] * n
        answers += [1] * k + [0] * (n - k)
    return when, answers


def test_the_smokers_on_the_help_page_of_r() -> None:
    """?prop.trend.test: X-squared = 8.2249, df = 1, p-value = 0.004132."""
    found = cochran_armitage([1, 2, 3, 4], [83, 90, 129, 70], [86, 93, 136, 82])
    assert (round(found.chi_square, 4), round(found.p_value, 6)) == (8.2249, 0.004132)
    assert found.slope < 0


def test_the_trends_of_fingertips(oracles: Path) -> None:
    cases = json.loads((oracles / "fingertips_trend.json").read_text(encoding="utf-8"))["cases"]
    up, _, level, _ = cases
    found = cochran_armitage(up["years"], up["count"], up["n"])
    assert found.chi_square == pytest.approx(up["chi2_rounded2"], abs=0.005)
    assert cochran_armitage(level["years"], level["count"], level["n"]).chi_square < chi2.ppf(0.998, 1)


@given(measurements, st.sampled_from([(2019, 2020, 2021, 2022, 2023, 2024), (2015, 2019, 2021, 2022, 2023, 2025)]))
def test_it_is_the_correlation_of_year_and_answer_over_all_pupils(
    made: list[tuple[int, int]], calendar: tuple[int, ...]
) -> None:
    """The chi-square is N r^2 and the slope that of a straight line through every pupil, with the real years."""
    years, cases, total = list(calendar[: len(made)]), [k for k, _ in made], [n for _, n in made]
    found = cochran_armitage(years, cases, total)
    when, answers = pupil_by_pupil(years, cases, total)
    if len(set(answers)) == 1:
        assert found == Trend(0.0, 0.0, 1.0)
        return
    assert found.chi_square == pytest.approx(len(answers) * float(pearsonr(when, answers).statistic) ** 2, abs=1e-8)
    assert found.slope == pytest.approx(float(linregress(when, answers).slope), abs=1e-10)
    assert found.p_value == pytest.approx(float(chi2.sf(found.chi_square, 1)), rel=1e-9)


def test_a_year_that_was_skipped_counts() -> None:
    even = cochran_armitage([2021, 2022, 2023], [10, 20, 30], [100, 100, 100])
    late = cochran_armitage([2021, 2022, 2025], [10, 20, 30], [100, 100, 100])
    assert even.slope == pytest.approx(0.10)
    assert late.slope < 0.06
    assert late.chi_square < even.chi_square


def test_effective_numbers_need_not_be_whole() -> None:
    found = cochran_armitage([1, 2, 3], [10.5, 20.25, 30.75], [100.5, 99.5, 100.0])
    assert found.slope == pytest.approx(0.10, abs=0.005)


def test_all_pupils_in_the_same_year_give_no_direction() -> None:
    assert cochran_armitage([2024, 2024, 2024], [1, 5, 9], [10, 10, 10]) == Trend(0.0, 0.0, 1.0)


@pytest.mark.parametrize("numbers", [([1, 2], [3, 4], [9, 9]), ([1, 2, 3], [0, 4, 5], [0, 9, 9])])
def test_two_years_or_an_empty_one_are_refused(numbers: tuple[list[int], list[int], list[int]]) -> None:
    with pytest.raises(ValueError, match="three measurements"):
        cochran_armitage(*numbers)


def test_arrays_are_taken_too() -> None:
    as_arrays = cochran_armitage(np.array([1, 2, 3]), np.array([1, 2, 3]), np.array([9, 9, 9]))
    assert as_arrays == cochran_armitage([1, 2, 3], [1, 2, 3], [9, 9, 9])
