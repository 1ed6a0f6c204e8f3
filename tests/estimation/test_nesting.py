"""Groups inside groups: what they tell of each other, beside every way to divide the cases."""

from __future__ import annotations

import random
from itertools import product

import numpy as np
import pytest

from wellbeing.estimation.nesting import Nested, narrow, nesting
from wellbeing.estimation.protection import Cell, Rules, protect_cells
from wellbeing.stages.protect import nested_groups

RULES = Rules(pupils=30, cases=5, width=4)


def test_groups_inside_a_group_tell_about_the_group_beside_it() -> None:
    """4% of 310 pupils is 11 to 13, 6 of them in gt; the 5 of klas 5 are in havo: 0 to 2 are left for bk.

    Nothing of bk or havo is shown, and klas 5 is another table.
    """
    levels = [Cell(120, 0), Cell(90, 6), Cell(100, 5)]  # bk, gt, havo
    years = [Cell(263, 6), Cell(47, 5)]  # klas 3 and 4, klas 5
    inside = nested_groups(
        [["bk", "gt", "havo"], ["34", "5"]], [("bk", "34"), ("gt", "34"), ("havo", "34"), ("havo", "5")]
    )
    apart, (by_level, by_year) = protect_cells(Cell(310, 11), [levels, years], RULES)
    assert (apart, by_level, by_year) == (True, [False, True, False], [True, True])
    _, (by_level, by_year) = protect_cells(Cell(310, 11), [levels, years], RULES, inside)
    assert not (by_level[1] and by_year[1])


def test_pupils_of_no_group_may_be_needed_to_hold_a_group() -> None:
    atoms = [("bk", "3"), ("havo", "4"), ("havo", "5"), ("", "5")]
    found = nested_groups([["bk", "havo"], ["3", "4", "5"]], atoms)
    assert Nested(((0, 1),), ((1, 1),)) in found, "klas 4 is in havo"
    assert Nested(((0, 1), (0, 2)), ((1, 1), (1, 2)), guarded=False) in found, "klas 5 is in havo, or of no level"
    assert all(pair.guarded for pair in nested_groups([["bk", "havo"], ["3", "4", "5"]], atoms[:3]))


@pytest.mark.parametrize("seed", range(60))
def test_what_is_told_is_what_trying_everything_finds(seed: int) -> None:
    """Two tables of two groups, the first inner group inside the first outer one; every division tried."""
    random_ = random.Random(seed)
    inner, others, outside = (random_.randint(1, 4) for _ in range(3))  # outer = inner + others
    sizes = [inner + others + outside, inner + others, outside, inner, others + outside]
    low = [random_.randint(0, size) if random_.random() < 0.5 else 0 for size in sizes]
    high = [random_.randint(least, size) for least, size in zip(low, sizes, strict=True)]
    fitting = [
        counts
        for a, b, c in product(range(inner + 1), range(others + 1), range(outside + 1))
        for counts in [(a + b + c, a + b, c, a, b + c)]
        if all(least <= count <= most for least, count, most in zip(low, counts, high, strict=True))
    ]
    if not fitting:
        return
    truth = np.array(fitting[0], float)
    laid_out = nesting((Nested(((0, 0),), ((1, 0),)),), (2, 2))
    limits = laid_out.remainders(np.array(sizes, float), truth)
    known_low, known_high = np.array(low, float), np.array(high, float)
    narrow(known_low, known_high, laid_out.tell(known_low, known_high, limits))
    assert all(known_low <= np.min(fitting, axis=0)), "never rules out what is possible"
    assert all(known_high >= np.max(fitting, axis=0))
    lows, highs = laid_out.left(known_low, known_high, limits)
    left = [counts[1] - counts[3] for counts in fitting]
    assert lows[0] <= min(left)
    assert max(left) <= highs[0]
