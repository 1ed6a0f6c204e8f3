"""A second look at the same pupils, or nearly, is stopped; what an earlier visit kept counts as seen."""

from dataclasses import replace

import pytest

from tests import builders
from wellbeing.model.reference import Bouw
from wellbeing.model.results import Weighted
from wellbeing.store.database import open_store
from wellbeing.ui import keeping
from wellbeing.ui.repeats import nearly_the_same, sizes_of, taken_together, weighed_otherwise, weights_of

PLACE = (builders.SCHOOL, builders.YEAR, Bouw.UPPER)


def measured(pupils, **changes):
    return builders.measurement({builders.TOTAL: {"klachten": (10, pupils)}}, **changes)


def weighed(pupils):
    item = measured(pupils)
    total = replace(item.total, weighted={"klachten": Weighted(100.0, 10.0, 110.0, 11.0)})
    return replace(item, groups=(total,))


@pytest.fixture
def store(monkeypatch, tmp_path):
    address = str(tmp_path / "welbevinden.sqlite")
    monkeypatch.setenv("WELLBEING_STORE", address)
    return open_store(address)


def test_what_an_earlier_visit_kept_is_stopped_too(store):
    store.set_retention(36)
    store.save_measurements([measured(100)])
    again = measured(97)
    sizes = sizes_of(keeping.kept_before([again]))
    assert sizes == {PLACE: {100}}
    assert nearly_the_same([again], taken_together({}, sizes), 5) == (again,)


def test_of_another_school_or_year_nothing_was_kept(store):
    store.set_retention(36)
    store.save_measurements([measured(100)])
    assert keeping.kept_before([measured(97, school="De Boei")]) == ()
    assert keeping.kept_before([measured(97, year="2023-2024")]) == ()


def test_where_nobody_chose_to_keep_there_are_no_sizes(store):
    store.save_measurements([measured(100)])
    assert keeping.kept_before([measured(97)]) == ()


def test_sizes_of_this_visit_and_of_before_are_taken_together():
    other = (builders.SCHOOL, "2023-2024", Bouw.UPPER)
    assert taken_together({PLACE: {100}}, {PLACE: {90}, other: {80}}) == {PLACE: {90, 100}, other: {80}}


@pytest.mark.parametrize(("before", "now"), [(measured, weighed), (weighed, measured)])
def test_weighted_beside_unweighted_figures_of_one_school_is_stopped(store, before, now):
    """Girls 49 with 1 case, boys 36 with 6: 8% unweighted and 9% weighted to half and half leave the girls 1 to 3."""
    again = now(100)
    assert weighed_otherwise([again], weights_of([before(100)])) == (again,)
    store.set_retention(36)
    store.save_measurements([before(100)])
    assert weighed_otherwise([again], {}, weights_of(keeping.kept_before([again]))) == (again,)


@pytest.mark.parametrize("made", [measured, weighed])
def test_the_same_choice_again_is_no_second_look(made):
    assert weighed_otherwise([made(100)], {}, weights_of([made(100)])) == ()
    assert weighed_otherwise([made(100)], {}) == ()
