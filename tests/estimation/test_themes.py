"""The test over a theme beside plain loops and pupils drawn at random."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wellbeing.estimation.themes import mean_difference_p

subjects = st.lists(
    st.tuples(st.floats(-0.4, 0.4), st.floats(0.05, 0.95), st.integers(30, 600), st.integers(100, 5000)),
    min_size=1,
    max_size=8,
)


def in_loops(made: list[tuple[float, float, int, int]], correlation: np.ndarray) -> float:
    """The variance of a mean is the sum of all covariances over m squared."""
    variance = 0.0
    for i, (_, p, n, region) in enumerate(made):
        for j, (_, q, m, other) in enumerate(made):
            covariance = correlation[i][j] * math.sqrt(p * (1 - p)) * math.sqrt(q * (1 - q))
            variance += covariance / math.sqrt(n * m) + covariance / math.sqrt(region * other)
    mean = sum(d for d, *_ in made) / len(made)
    return math.erfc(abs(mean) / math.sqrt(2 * variance / len(made) ** 2))


def numbers(made: list[tuple[float, float, int, int]]) -> tuple[list[float], list[float], list[tuple[float, float]]]:
    return [d for d, *_ in made], [p for _, p, *_ in made], [(float(n), float(m)) for *_, n, m in made]


@given(subjects, st.floats(0, 0.9))
def test_the_p_value_is_that_of_plain_loops(made: list[tuple[float, float, int, int]], phi: float) -> None:
    correlation = np.full((len(made), len(made)), phi) + (1 - phi) * np.eye(len(made))
    assert mean_difference_p(*numbers(made), correlation) == pytest.approx(in_loops(made, correlation), rel=1e-9)


def test_a_theme_of_one_subject_is_that_subject() -> None:
    variance = 0.21 / 100 + 0.21 / 4000
    found = mean_difference_p([0.08], [0.3], [(100, 4000)], np.eye(1))
    assert found == pytest.approx(math.erfc(0.08 / math.sqrt(2 * variance)))


def test_subjects_that_say_the_same_count_once() -> None:
    one = mean_difference_p([0.08], [0.3], [(100, 4000)], np.eye(1))
    five = mean_difference_p([0.08] * 5, [0.3] * 5, [(100, 4000)] * 5, np.ones((5, 5)))
    assert five == pytest.approx(one)
    assert mean_difference_p([0.08] * 5, [0.3] * 5, [(100, 4000)] * 5, np.eye(5)) < one / 10


def test_subjects_that_cancel_out_show_no_difference() -> None:
    assert mean_difference_p([0.1, -0.1], [0.3, 0.3], [(100, 4000)] * 2, np.eye(2)) == 1.0


def test_a_benchmark_of_nobody_and_everybody_tells_nothing() -> None:
    assert mean_difference_p([0.1, -0.2], [0.0, 1.0], [(100, 4000)] * 2, np.eye(2)) == 1.0


def test_a_theme_without_subjects_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one subject"):
        mean_difference_p([], [], [], np.eye(0))


def draw(chance: np.random.Generator, pupils: int, limits: np.ndarray, loading: float) -> np.ndarray:
    """Pupils of whom the answers go together: one tendency behind all subjects."""
    tendency = loading * chance.normal(size=(pupils, 1))
    return tendency + math.sqrt(1 - loading**2) * chance.normal(size=(pupils, limits.size)) > limits


@pytest.mark.parametrize(("seed", "loading"), [(1, 0.0), (2, 0.5), (3, 0.75)])
def test_one_in_twenty_schools_that_do_not_differ_is_below_a_twentieth(seed: int, loading: float) -> None:
    """1,500 schools of 80 of a region of 2,000, seven subjects; phi comes from the region, as in the product."""
    chance = np.random.default_rng(seed)
    limits = np.linspace(-0.3, 1.2, 7)
    region = draw(chance, 2000, limits, loading)
    correlation = np.corrcoef(draw(chance, 20_000, limits, loading).T)
    rates, below = region.mean(axis=0), 0
    for _ in range(1500):
        own = draw(chance, 80, limits, loading)
        region_rates = draw(chance, 2000, limits, loading).mean(axis=0) if loading == 0 else rates
        gap = own.mean(axis=0) - region_rates
        below += mean_difference_p(gap, region_rates, [(80.0, 2000.0)] * 7, correlation) < 0.05
    assert 0.035 < below / 1500 < 0.065


def test_taking_the_subjects_as_independent_would_cry_wolf() -> None:
    chance = np.random.default_rng(4)
    limits = np.linspace(-0.3, 1.2, 7)
    rates = draw(chance, 50_000, limits, 0.75).mean(axis=0)
    gaps = [draw(chance, 80, limits, 0.75).mean(axis=0) - rates for _ in range(300)]
    below = [mean_difference_p(gap, rates, [(80.0, 50_000.0)] * 7, np.eye(7)) < 0.05 for gap in gaps]
    assert sum(below) / 300 > 0.15
