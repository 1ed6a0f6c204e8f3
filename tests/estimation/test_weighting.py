"""Weighted shares and what they are worth, beside the formula pupil by pupil."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wellbeing.estimation.weighting import effective_total, weighted_share

pupils = st.lists(st.tuples(st.floats(0.1, 10), st.integers(0, 1)), min_size=2, max_size=60)


def sums(made: list[tuple[float, int]]) -> tuple[int, float, float, float, float]:
    return (
        len(made),
        sum(w for w, _ in made),
        sum(w for w, y in made if y),
        sum(w * w for w, _ in made),
        sum(w * w for w, y in made if y),
    )


@given(pupils)
def test_the_effective_number_is_that_of_the_linearised_variance(made: list[tuple[float, int]]) -> None:
    n, total, cases, squares, case_squares = sums(made)
    share = sum(w * y for w, y in made) / sum(w for w, _ in made)
    assert float(weighted_share(total, cases)) == pytest.approx(share)
    found = float(effective_total(n, total, cases, squares, case_squares))
    if len({y for _, y in made}) == 1:
        expected = total**2 / squares  # Kish
    else:
        variance = n / (n - 1) * sum((w * (y - share) / total) ** 2 for w, y in made)
        expected = share * (1 - share) / variance
    assert found == pytest.approx(min(n, expected), rel=1e-6)


@pytest.mark.parametrize("scale", [0.01, 1.0, 500.0])
def test_the_scale_of_the_weights_does_not_matter(scale: float) -> None:
    made = [(0.5, 1), (2.0, 0), (1.5, 1), (1.0, 0)]
    plain = effective_total(*sums(made))
    assert float(effective_total(*sums([(w * scale, y) for w, y in made]))) == pytest.approx(float(plain))


def test_one_pupil_is_one_pupil() -> None:
    assert float(effective_total(1, 2.0, 2.0, 4.0, 4.0)) == 1.0


def test_arrays_give_what_single_numbers_give() -> None:
    rows = np.array([sums([(0.5, 1), (2.0, 0), (1.5, 1)]), sums([(1.0, 1), (1.0, 1), (3.0, 1)])])
    together = effective_total(*rows.T)
    assert together.tolist() == [float(effective_total(*row)) for row in rows]
    assert weighted_share(rows[:, 1], rows[:, 2]).tolist() == [0.5, 1.0]
