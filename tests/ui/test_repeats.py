"""A second file of nearly the same pupils is stopped, and nothing else."""

import pytest

from tests import builders
from wellbeing.model.reference import Bouw
from wellbeing.ui.repeats import nearly_the_same

FEWEST = 5


def measured(pupils, **changes):
    return builders.measurement({builders.TOTAL: {"klachten": (10, pupils)}}, **changes)


SEEN = {(builders.SCHOOL, builders.YEAR, Bouw.UPPER): {100}}


@pytest.mark.parametrize(
    ("pupils", "is_stopped"),
    [(100, False), (101, True), (96, True), (104, True), (105, False), (95, False), (300, False)],
)
def test_one_to_four_pupils_more_or_less_are_stopped(pupils, is_stopped):
    one = measured(pupils)
    assert nearly_the_same([one], SEEN, FEWEST) == ((one,) if is_stopped else ())


@pytest.mark.parametrize("other", [{"school": "De Boei"}, {"year": "2024-2025"}, {"bouw": Bouw.LOWER}])
def test_another_school_year_or_population_is_another_measurement(other):
    assert nearly_the_same([measured(101, **other)], SEEN, FEWEST) == ()


def test_every_earlier_file_counts_not_only_the_last():
    seen = {(builders.SCHOOL, builders.YEAR, Bouw.UPPER): {100, 200}}
    assert nearly_the_same([measured(102)], seen, FEWEST)
    assert nearly_the_same([measured(198)], seen, FEWEST)
    assert not nearly_the_same([measured(150)], seen, FEWEST)
