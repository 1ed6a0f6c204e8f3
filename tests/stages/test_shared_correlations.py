"""Correlations that leave the GGD: beside exact counts, one decimal may tell how few pupils have both subjects."""

from __future__ import annotations

import math

import pytest

from tests.builders import benchmark, cell, place, policy
from wellbeing.estimation.families import Combination
from wellbeing.model.reference import Bouw, IndicatorId, Sensitivity
from wellbeing.stages.protect import protect_benchmark

A, B = IndicatorId("a"), IndicatorId("b")


def possible(one: int, other: int, pupils: int, printed: float) -> list[int]:
    """Give every number of pupils with both that prints as this correlation; tried out one by one."""
    return [
        both
        for both in range(max(0, one + other - pupils), min(one, other) + 1)
        if round(phi(one, other, both, pupils), 1) == printed
    ]


def phi(one: int, other: int, both: int, pupils: int) -> float:
    """Give the correlation of two subjects, from the textbook: (ad - bc) / sqrt of the four margins."""
    only_one, only_other, neither = one - both, other - both, pupils - one - other + both
    return (both * neither - only_one * only_other) / math.sqrt(one * (pupils - one) * other * (pupils - other))


def shared(one: int, other: int, both: int, pupils: int, related: tuple[Combination, ...] = ()) -> float | None:
    made = benchmark(
        {place(): cell({"a": (one, pupils), "b": (other, pupils)})},
        correlations={Bouw.UPPER: {(A, B): round(phi(one, other, both, pupils), 4)}},
    )
    found = protect_benchmark(made, {A: Sensitivity.NORMAL, B: Sensitivity.NORMAL}, policy(), related)
    assert set(found.cells[place()].figures) == {A, B}
    return found.correlations[Bouw.UPPER].get((A, B))


def test_one_decimal_tells_the_one_pupil_who_has_both() -> None:
    assert possible(6, 7, 120, round(phi(6, 7, 1, 120), 1)) == [1]
    assert shared(6, 7, 1, 120) is None


@pytest.mark.parametrize("pupils", [100, 150, 300, 600, 1000, 2000])
@pytest.mark.parametrize("both", [0, 1, 2, 3, 4])
@pytest.mark.parametrize("share", [0.06, 0.1, 0.3])
def test_what_is_shared_leaves_five_values_for_a_small_number(pupils: int, both: int, share: float) -> None:
    one, other = int(share * pupils), int(share * pupils) + 1
    printed = shared(one, other, both, pupils)
    assert printed is None or len(possible(one, other, pupils, printed)) >= policy().protection_interval + 1


def test_in_an_ordinary_region_correlations_are_shared() -> None:
    assert shared(240, 300, 100, 2000) == 0.3
    assert shared(60, 50, 30, 120) == 0.2  # each of the four groups has many pupils


def test_related_subjects_are_guarded_together_and_keep_theirs() -> None:
    inside = (Combination(((A, 1), (B, -1))),)
    assert shared(20, 6, 6, 120) is None
    assert shared(20, 6, 6, 120, inside) == 0.5
