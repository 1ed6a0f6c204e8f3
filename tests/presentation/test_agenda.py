"""The words around the table: points, their reasons, agreements and choices."""

from __future__ import annotations

import datetime as dt

import pytest

from wellbeing import pipeline
from wellbeing.model.conversation import Agreement, Attendee, Choice, Decision, DiscussionPoint
from wellbeing.model.reference import Pillar
from wellbeing.model.results import PointKind
from wellbeing.presentation import agenda, figures

CATALOGUE = pipeline.load_reference().catalogue


def subject(analysis, codebook, name):
    return next(row for row in figures.subjects(analysis, codebook) if row.indicator.id == name)


@pytest.mark.parametrize(
    ("point", "words"),
    [
        (DiscussionPoint(PointKind.CLEAR, "thema", goes_well=True), "gaat goed"),
        (DiscussionPoint(PointKind.CLEAR, "thema"), "om te bespreken"),
        (DiscussionPoint(PointKind.POSSIBLE, "thema"), "om te bespreken"),
        (DiscussionPoint(PointKind.COMMON, "thema"), "komt veel voor"),
        (DiscussionPoint(PointKind.CONVERSATION, "thema"), "gespreksvraag"),
    ],
)
def test_a_point_says_in_two_words_why_it_is_on_the_table(point, words):
    assert agenda.kind(point) == words


def test_a_reason_is_the_sentence_of_the_profile_with_its_label(analysis, codebook):
    for row in figures.subjects(analysis, codebook):
        reason = agenda.reason(row, PointKind.CLEAR)
        if row.school is None:
            assert reason == agenda.HIDDEN
        else:
            assert reason.startswith(f"{row.school.percentage}%. {row.sentence}")
            assert reason.lower().endswith(f"{row.label.rstrip('.').lower()}.")


def test_a_theme_without_a_figure_claims_nothing():
    reason = agenda.reason(None, PointKind.CONVERSATION)
    assert not any(word in reason for word in ("%", "gunstig", "hoger", "lager", "duidelijk"))


def test_a_figure_that_is_not_shown_stays_hidden_a_year_later(analysis, codebook):
    hidden = [row for row in figures.subjects(analysis, codebook) if row.school is None]
    assert hidden
    assert all(agenda.figure_now(row) == row.hidden for row in hidden)
    assert agenda.figure_now(None) == "staat niet in deze meting"


@pytest.mark.parametrize(
    ("agreement", "words"),
    [
        (Agreement("iets"), ""),
        (Agreement("iets", Attendee.NURSE), "jeugdverpleegkundige"),
        (Agreement("iets", None, dt.date(2027, 2, 1)), "voor 1 februari 2027"),
        (Agreement("iets", Attendee.MENTOR, dt.date(2027, 2, 1)), "mentor, voor 1 februari 2027"),
    ],
)
def test_who_and_when(agreement, words):
    assert agenda.who_and_when(agreement) == words


def test_a_choice_names_offer_theme_pillar_and_reason():
    chosen = Choice("slaap", Pillar.POLICY, "m-rooster-en-slaap", Decision.CHOSEN, "past bij het rooster")
    assert agenda.choice(chosen, CATALOGUE) == (
        f"**{CATALOGUE.row('m-rooster-en-slaap').title}** (Slaap, beleid), gekozen door de school: past bij het rooster"
    )
    dropped = Choice("slaap", Pillar.EDUCATION, "verdwenen", Decision.DROPPED)
    assert agenda.choice(dropped, CATALOGUE) == "**aanbod dat er niet meer is** (Slaap, educatie), afgevallen"
