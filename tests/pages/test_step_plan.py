"""Stappenplan: the state and the role of each step are kept, and each step leads to where the dashboard helps."""

from __future__ import annotations

import pytest

from tests.pages.fields import labelled
from wellbeing.model.conversation import Attendee, Conversation
from wellbeing.model.school_work import PlanName, SchoolWork, StepPlan, StepProgress, StepState, VisionQuestion
from wellbeing.ui import cache, navigation

PAGE = "pages/step_plan.py"
SCHOOL = "De Werf"


@pytest.fixture
def store(store):
    """A store of this test only, with one school on the list."""
    store.save_conversation(Conversation(SCHOOL, "2025-2026"))
    return store


def test_state_and_role_of_a_step_are_kept(visitor, store, now):
    page = visitor().go(PAGE)
    labelled(page.app.get("button_group"), "Hoe ver is stap 1?").set_value(StepState.DONE).run()
    labelled(page.app.selectbox, "Wie pakt stap 1 op? (functie, geen naam)").set_value(Attendee.MENTOR).run()
    assert page.went_well
    kept = store.work(StepPlan, SCHOOL, now).content
    assert kept.steps == {"w-1": StepProgress(StepState.DONE, Attendee.MENTOR)}
    words = " ".join(page.words.split())
    assert "1 van 4 stappen klaar. Nu aan de beurt: samen een beeld van later." in words.replace(" .", ".")


def test_the_other_plan_keeps_its_own_steps(visitor, store, now):
    store.save_work(SchoolWork(SCHOOL, now, StepPlan(steps={"w-1": StepProgress(StepState.DONE)})))
    page = visitor().go(PAGE)
    labelled(page.app.get("button_group"), "Welk plan volgt u?").set_value(PlanName.HEALTHY_SCHOOL).run()
    assert page.went_well
    assert "6. Terugkijken en vooruitkijken" in [element.value for element in page.app.subheader]
    kept = store.work(StepPlan, SCHOOL, now).content
    assert (kept.plan, kept.step("w-1").state) == (PlanName.HEALTHY_SCHOOL, StepState.DONE)


def test_the_vision_is_written_in_four_questions(visitor, store, now):
    page = visitor().go(PAGE)
    assert [area.label for area in page.app.text_area] == [question.value for question in VisionQuestion]
    page.app.text_area[3].set_value("Elke leerling wordt gezien.").run()
    assert store.work(StepPlan, SCHOOL, now).content.vision == {VisionQuestion.SENTENCE: "Elke leerling wordt gezien."}


def test_every_step_leads_to_pages_that_are_there():
    addresses = {entry.address for entry in navigation.ENTRIES}
    for step in cache.reference().lists.steps:
        assert step.pages
        assert set(step.pages) <= addresses, step.id
