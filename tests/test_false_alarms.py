"""Labels on schools that do not differ, and on schools that do: smaller draws of ``benchmarks/false_alarms.py``."""

from __future__ import annotations

from statistics import mean

import numpy as np
import pytest
from scipy.stats import binom

from benchmarks import false_alarms
from benchmarks.false_alarms import Outcome, look_at_schools, one_deviation, three_points
from wellbeing.model.results import Certainty, ComparatorKind


def told(pattern: false_alarms.Pattern, size: int, lots: int, first_seed: int, schools: int = 20) -> list[Outcome]:
    """Give what schools are told, in lots that have a region of their own."""
    return [item for at in range(lots) for item in look_at_schools(pattern, schools, size, first_seed + at)]


def test_the_pupils_are_as_they_are_meant() -> None:
    pattern = false_alarms.usual_pattern()
    drawn = false_alarms.draw(pattern, 40, 500, "2025", np.random.default_rng(1)).frame
    shares = drawn[[name for name in drawn.columns if name.startswith("onderwerp")]].to_numpy().mean(axis=0)
    assert np.abs(shares - pattern.shares).max() < 4.5 * 0.5 / np.sqrt(20_000)
    moved = false_alarms.ten_that_differ().shares - pattern.shares
    assert np.count_nonzero(np.abs(np.abs(moved) - 0.10) < 1e-9) == 10
    assert np.count_nonzero(moved) == 10


def test_a_school_that_does_not_differ_rarely_gets_a_clear_label() -> None:
    """100 schools; more than 5% plus what chance brings to a hundred would be an alarm."""
    outcomes = told(false_alarms.usual_pattern(), 120, 5, 100)
    clear = sum(bool(item.clear) for item in outcomes)
    assert clear <= binom.ppf(0.999, 100, 0.05)
    assert mean(three_points(item) for item in outcomes) > 0.3, "the three-point rule cries wolf on the same schools"
    assert mean(one_deviation(outcomes)) > 0.25, "and so does one standard deviation"


def test_ten_subjects_that_differ_are_found() -> None:
    outcomes = told(false_alarms.ten_that_differ(), 250, 2, 200)
    real = frozenset(range(0, false_alarms.SUBJECTS, 5))
    assert mean(len(item.clear & real) for item in outcomes) >= 7
    assert mean(len(item.clear - real) for item in outcomes) <= 0.5


def test_a_small_school_that_does_not_differ_rarely_gets_a_clear_theme() -> None:
    outcomes = told(false_alarms.usual_pattern(), 60, 5, 300)
    clear = sum(Certainty.CLEAR in item.themes.values() for item in outcomes)
    assert clear <= binom.ppf(0.999, 100, 0.05)


def test_a_theme_of_seven_subjects_that_differ_is_found() -> None:
    outcomes = told(false_alarms.theme_that_differs(), 60, 3, 400)
    found = [item.themes.get(false_alarms.SEVEN) is Certainty.CLEAR for item in outcomes]
    assert mean(found) > 0.35, "half of all schools, minus what chance brings to sixty"


@pytest.mark.slow
def test_two_thousand_schools() -> None:
    """The whole promise: 2,000 schools like the region, of four sizes."""
    lots = [
        told(false_alarms.usual_pattern(), size, 20, 1000 * at, schools=25)
        for at, size in enumerate((60, 120, 250, 600), start=1)
    ]
    outcomes = [item for lot in lots for item in lot]
    assert mean(bool(item.clear) for item in outcomes) <= 0.05


def test_the_school_whose_raw_figures_mislead() -> None:
    labels = false_alarms.labels_of_de_werf()
    for name in ("roken_wekelijks", "vape_wekelijks", "roken_vapen_wekelijks"):
        assert labels[ComparatorKind.REGION][name].endswith(" ongunstiger")
        assert labels[ComparatorKind.OWN_LEVEL][name] == "geen aantoonbaar verschil"
        assert labels[ComparatorKind.EXPECTED][name] == "geen aantoonbaar verschil"
