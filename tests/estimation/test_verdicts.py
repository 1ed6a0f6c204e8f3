"""The table of labels: size, certainty and direction."""

from __future__ import annotations

import pytest

from tests.builders import policy
from wellbeing.estimation.verdicts import label
from wellbeing.model.reference import Direction
from wellbeing.model.results import Certainty, Sense, Verdict

FAVOURABLE, UNFAVOURABLE, NEUTRAL = Direction
NONE = Verdict(Certainty.NONE, None)


@pytest.mark.parametrize("direction", Direction)
@pytest.mark.parametrize(
    ("size", "beside", "p_values", "certainty"),
    [
        (4, 30, (0.001, 0.001), Certainty.NONE),
        (5, 30, (0.001, 0.05), Certainty.CLEAR),
        (5, 30, (0.001, 0.0501), Certainty.POSSIBLE),
        (5, 30, (0.0499, 0.0499), Certainty.CLEAR),
        (5, 30, (0.05, 0.05), Certainty.NONE),
        (25, 30, (0.2, 0.2), Certainty.NONE),
        (3, 9, (0.001, 0.001), Certainty.CLEAR),
        (3, 10, (0.001, 0.001), Certainty.NONE),
        (2, 9, (0.001, 0.001), Certainty.NONE),
        (0, 30, (0.001, 0.001), Certainty.NONE),
    ],
)
def test_the_table_of_labels(
    size: int, beside: int, p_values: tuple[float, float], certainty: Certainty, direction: Direction
) -> None:
    senses = {
        FAVOURABLE: (Sense.UNFAVOURABLE, Sense.FAVOURABLE),
        UNFAVOURABLE: (Sense.FAVOURABLE, Sense.UNFAVOURABLE),
        NEUTRAL: (Sense.LOWER, Sense.HIGHER),
    }
    for sign in (-1, 1):
        expected = NONE if certainty is Certainty.NONE else Verdict(certainty, senses[direction][sign > 0])
        assert label(sign * size, beside, p_values, direction, policy().verdict) == expected
