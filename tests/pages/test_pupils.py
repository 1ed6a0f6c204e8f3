"""Leerlingen vragen: open questions at the points, and what pupils said comes beside the figures."""

from __future__ import annotations

import pytest

from tests.pages.fields import click, labelled
from wellbeing.model.conversation import Conversation, DiscussionPoint
from wellbeing.model.reference import Bouw, Sensitivity
from wellbeing.model.results import PointKind
from wellbeing.model.school_work import PupilTalk, TalkGroup, point_key
from wellbeing.ui import cache, pupils, rooms

PAGE, CONVERSATION = "pages/pupils.py", "pages/conversation.py"
SCHOOL = "Het Baken"
STRESS = DiscussionPoint(PointKind.CLEAR, "mentaal", "stress_school", Bouw.UPPER, note="Herkend.")
PLEASANT = DiscussionPoint(PointKind.CLEAR, "school", "school_leuk", Bouw.UPPER, goes_well=True)


@pytest.fixture
def store(store):
    """A store of this test only, with the school of the demo and a list of points."""
    store.save_measurements(cache.demo().school)
    store.save_conversation(Conversation(SCHOOL, "2025-2026").with_points((STRESS, PLEASANT)))
    return store


def test_without_points_it_says_where_to_choose_them(visitor, store):
    record = store.conversation(SCHOOL, "2025-2026")
    store.save_conversation(record.with_points(()))
    page = visitor().go(PAGE)
    assert page.went_well
    assert pupils.NO_POINTS in page.words


def test_every_point_has_open_questions_and_no_figure(visitor, store):
    page = visitor().go(PAGE)
    assert page.went_well
    assert [header.value[:2] for header in page.app.header] == ["1.", "2."]
    for question in (*pupils.QUESTIONS, *pupils.WHAT_GOES_WELL):
        assert question in page.words
    assert "%" not in page.words


def test_what_pupils_said_comes_beside_the_figure_of_that_point(visitor, store, demo_state):
    page = visitor(demo_state).go(PAGE)
    labelled(page.app.get("button_group"), "Met wie praat u?").set_value(TalkGroup.COUNCIL).run()
    labelled(page.app.text_area, "Wat zeiden leerlingen? (punt 2)").set_value("Te veel toetsen op één dag.").run()
    kept = store.work(PupilTalk, SCHOOL, rooms.this_year()).content
    assert kept == PupilTalk(TalkGroup.COUNCIL, heard={point_key(STRESS): "Te veel toetsen op één dag."})
    click(page, "Zet bij het gesprek")
    assert pupils.DONE in [message.value for message in page.app.success]
    pleasant, stress = store.conversation(SCHOOL, "2025-2026").points
    assert pleasant == PLEASANT
    assert stress.note == "Herkend.\nLeerlingen zeggen: Te veel toetsen op één dag."


def test_a_sensitive_subject_is_not_for_a_group(visitor, store):
    codebook = cache.reference().codebook(cache.demo().school[0].codebook)
    sensitive = next(item for item in codebook.indicators if item.sensitivity is Sensitivity.STRICTER)
    point = DiscussionPoint(PointKind.CLEAR, sensitive.theme, sensitive.id, Bouw.UPPER)
    record = store.conversation(SCHOOL, "2025-2026")
    store.save_conversation(record.with_points((point,)))
    page = visitor().go(PAGE)
    assert pupils.SENSITIVE in page.words
    assert not page.app.text_area
