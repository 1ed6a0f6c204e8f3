"""Weighted shares and what they are worth, beside the formula pupil by pupil and statsmodels."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.proportion import proportion_confint
from statsmodels.stats.weightstats import DescrStatsW

from wellbeing.estimation.proportions import wilson_interval
from wellbeing.estimation.weighting import effective_total, weighted_share

Pupils = list[tuple[float, int]]
pupils = st.lists(st.tuples(st.floats(0.1, 10), st.integers(0, 1)), min_size=2, max_size=60)
mixed = pupils.filter(lambda made: len({y for _, y in made}) == 2)


def sums(made: Pupils) -> tuple[int, float, float, float, float]:
    return (
        len(made),
        sum(w for w, _ in made),
        sum(w for w, y in made if y),
        sum(w * w for w, _ in made),
        sum(w * w for w, y in made if y),
    )


def linearised_variance(made: Pupils) -> float:
    """As R's survey does it for a mean without clusters: the spread of the influence of each pupil."""
    total = sum(w for w, _ in made)
    share = sum(w * y for w, y in made) / total
    influence = [w * (y - share) / total for w, y in made]
    middle = sum(influence) / len(made)
    return len(made) * sum((each - middle) ** 2 for each in influence) / (len(made) - 1)


@given(mixed)
def test_the_effective_number_is_that_of_the_linearised_variance(made: Pupils) -> None:
    share = float(weighted_share(*sums(made)[1:3]))
    expected = share * (1 - share) / linearised_variance(made)
    assert float(effective_total(*sums(made))) == pytest.approx(min(len(made), expected), rel=1e-6)


@given(pupils)
def test_the_share_is_the_weighted_mean_of_statsmodels(made: Pupils) -> None:
    weights, answers = zip(*made, strict=True)
    expected = DescrStatsW(np.array(answers, float), weights=np.array(weights)).mean
    assert float(weighted_share(*sums(made)[1:3])) == pytest.approx(float(expected), abs=1e-12)


@given(st.integers(2, 300).flatmap(lambda n: st.tuples(st.integers(1, n - 1), st.just(n))), st.floats(0.1, 10))
def test_equal_weights_lose_one_pupil_to_the_estimated_share(share: tuple[int, int], weight: float) -> None:
    """pq/v is n - 1: the variance of survey divides by n - 1 where Wilson's divides by n."""
    cases, total = share
    n, w = float(total), weight
    found = float(effective_total(n, n * w, cases * w, n * w * w, cases * w * w))
    assert found == pytest.approx(total - 1, rel=1e-9)
    if total > 2:
        expected = proportion_confint(cases / total * (total - 1), total - 1, method="wilson")
        assert wilson_interval(cases / total * found, found) == pytest.approx(expected, abs=1e-9)


@given(st.lists(st.floats(0.1, 10), min_size=1, max_size=60), st.integers(0, 1))
def test_nobody_or_everybody_counts_as_kish_says(weights: list[float], answer: int) -> None:
    made = [(w, answer) for w in weights]
    expected = sum(weights) ** 2 / sum(w * w for w in weights)
    assert float(effective_total(*sums(made))) == pytest.approx(min(expected, len(weights)), rel=1e-9)


@given(pupils)
def test_weights_never_make_more_pupils(made: Pupils) -> None:
    assert 0 < float(effective_total(*sums(made))) <= len(made)


@pytest.mark.parametrize("scale", [0.01, 1.0, 500.0])
def test_the_scale_of_the_weights_does_not_matter(scale: float) -> None:
    made = [(0.5, 1), (2.0, 0), (1.5, 1), (1.0, 0)]
    plain = effective_total(*sums(made))
    assert float(effective_total(*sums([(w * scale, y) for w, y in made]))) == pytest.approx(float(plain))


def test_a_pupil_without_weight_counts_as_nothing_but_one_answer() -> None:
    """Weights 1, 1, 1, 1, 0 with two of four: v = 5/4 x (4 x (1/8)^2), so pq/v = 3.2."""
    found = effective_total(*sums([(1.0, 1), (1.0, 1), (1.0, 0), (1.0, 0), (0.0, 1)]))
    assert float(found) == pytest.approx(3.2)


def test_one_pupil_is_one_pupil() -> None:
    assert float(effective_total(1, 2.0, 2.0, 4.0, 4.0)) == 1.0


def test_arrays_give_what_single_numbers_give() -> None:
    rows = np.array([sums([(0.5, 1), (2.0, 0), (1.5, 1)]), sums([(1.0, 1), (1.0, 1), (3.0, 1)])])
    together = effective_total(*rows.T)
    assert together.tolist() == [float(effective_total(*row)) for row in rows]
    assert weighted_share(rows[:, 1], rows[:, 2]).tolist() == [0.5, 1.0]
