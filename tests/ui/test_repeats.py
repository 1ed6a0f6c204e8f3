"""A second file of nearly the same pupils is stopped, and nothing else."""

import pytest

from tests import builders
from wellbeing.model.reference import Bouw
from wellbeing.ui.repeats import nearly_the_same, part_beside_whole

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


def test_a_part_beside_all_pupils_is_stopped_either_way():
    """Of all 100 pupils 60 are in the bovenbouw: both pages together tell the other 40."""
    part, whole = measured(60), measured(100, bouw=Bouw.ALL)
    everybody = {(builders.SCHOOL, builders.YEAR, Bouw.ALL): {100}}
    assert part_beside_whole([whole], SEEN) == (whole,)
    assert part_beside_whole([part], everybody) == (part,)
    assert part_beside_whole([whole], everybody) == ()
    assert part_beside_whole([measured(40, bouw=Bouw.LOWER)], SEEN) == ()
    assert part_beside_whole([measured(100, bouw=Bouw.ALL, year="2024-2025")], SEEN) == ()
