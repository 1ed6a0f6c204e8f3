"""What a school works on comes back exactly, per kind and year, and two people never overwrite each other."""

import datetime as dt
from dataclasses import replace

import pytest

from tests.store.samples import CHECKLIST, NOW, ROUTE, YEAR_PLAN
from wellbeing.model.conversation import Attendee
from wellbeing.model.reference import Bouw, IndicatorId
from wellbeing.model.school_work import (
    Checklist,
    Exploration,
    Explorations,
    PlanName,
    Route,
    SchoolWork,
    Scope,
    State,
    StepPlan,
    StepProgress,
    StepState,
    VisionQuestion,
    YearPlan,
)
from wellbeing.store.database import open_store
from wellbeing.store.failures import StoreError, WorkConflictError
from wellbeing.store.log import Event

PLACE = ("De Werf", "2026-2027")
STEPS = SchoolWork(
    *PLACE,
    StepPlan(
        PlanName.HEALTHY_SCHOOL,
        {"g-1": StepProgress(StepState.DONE, Attendee.CARE_COORDINATOR), "g-2": StepProgress()},
        {VisionQuestion.VALUES: "gezien worden"},
    ),
)
EXPLORED = SchoolWork(
    *PLACE,
    Explorations(
        (
            Exploration(
                "Moe in de toetsweek", Scope.GROUP, "slaap", indicator=IndicatorId("klachten"), bouw=Bouw.UPPER
            ),
            Exploration("Vapen bij het hek", by=dt.date(2027, 6, 1), goal="een rookvrij plein"),
        )
    ),
)


@pytest.mark.parametrize(
    "work", [CHECKLIST, YEAR_PLAN, ROUTE, EXPLORED, STEPS], ids=lambda work: type(work.content).__name__
)
def test_every_kind_comes_back_exactly(store, path, work):
    saved = store.save_work(work)
    assert saved == replace(work, revision=1)
    assert open_store(str(path)).work(type(work.content), *PLACE) == saved


def test_kinds_and_years_stand_apart(store):
    store.save_work(CHECKLIST)
    before = store.save_work(replace(CHECKLIST, year="2025-2026", content=Checklist({"c-welkom": State.BETTER})))
    assert [work.year for work in store.works(Checklist, "De Werf")] == ["2025-2026", "2026-2027"]
    assert store.work(Checklist, "De Werf", "2025-2026") == before
    assert store.work(Route, *PLACE) is None
    assert store.works(YearPlan, "Het Baken") == ()
    assert store.working() == (("De Werf", "2025-2026"), PLACE)


def test_of_two_people_the_second_meets_a_conflict_and_overwrites_nothing(store):
    both = store.save_work(ROUTE)
    first = store.save_work(replace(both, content=replace(both.content, works="één loket")))
    with pytest.raises(WorkConflictError) as conflict:
        store.save_work(replace(both, content=replace(both.content, works="iets anders")))
    assert conflict.value.newest == first
    assert store.work(Route, *PLACE) == first


def test_of_two_people_who_begin_only_one_does(store):
    store.save_work(CHECKLIST)
    with pytest.raises(WorkConflictError):
        store.save_work(CHECKLIST)


def test_after_a_restore_a_screen_that_was_open_meets_a_conflict(store):
    screen = store.save_work(CHECKLIST)
    store.skip_revisions()
    with pytest.raises(WorkConflictError):
        store.save_work(screen)


def test_old_work_goes_and_the_log_proves_it(store, path):
    long_ago = open_store(str(path), now=lambda: NOW.replace(year=2023, month=11, day=21))
    long_ago.save_work(replace(CHECKLIST, year="2023-2024"))
    store.save_work(CHECKLIST)
    store.set_retention(36)
    assert store.expire(dt.date(2026, 11, 22)) == 1
    assert store.working() == (PLACE,)
    gone = store.log()[-2]
    assert (gone.event, gone.school, gone.year) == (Event.WORK_EXPIRED, "De Werf", "2023-2024")


def test_looking_everything_through_finds_work_that_cannot_be_read(store):
    store.save_work(CHECKLIST)
    store.check()
    with store.engine.begin() as connection:
        connection.exec_driver_sql("""UPDATE school_work SET document = '{"answers": {"c-welkom": "prima"}}'""")
    with pytest.raises(StoreError):
        store.check()
