"""The words around the table: points, their reasons, agreements and choices."""

from __future__ import annotations

import datetime as dt

import pytest

from wellbeing import pipeline
from wellbeing.model.conversation import Agreement, Attendee, Choice, Decision, DiscussionPoint
from wellbeing.model.reference import Direction, Pillar
from wellbeing.model.results import (
    Certainty,
    Change,
    Count,
    Course,
    Interval,
    NotComparable,
    PointKind,
    Proportion,
    Reason,
    Suppressed,
    Verdict,
    YearFigure,
)
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
        (DiscussionPoint(PointKind.COMMON, "thema", "pesten"), "komt veel voor"),
        (DiscussionPoint(PointKind.COMMON, "thema", "veilig"), "bij veel leerlingen niet"),
        (DiscussionPoint(PointKind.CONVERSATION, "thema"), "gespreksvraag"),
    ],
)
def test_a_point_says_in_a_few_words_why_it_is_on_the_table(point, words, codebook):
    assert agenda.kind(point, codebook) == words


@pytest.mark.parametrize(("name", "words"), [("stress", "komt veel voor"), ("veilig", "bij veel leerlingen niet")])
def test_of_something_good_the_reason_names_the_pupils_without_it(analysis, codebook, name, words):
    reason = agenda.reason(subject(analysis, codebook, name), PointKind.COMMON)
    assert reason.lower().endswith(f" {words}.")


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


# --------------------------------------------------------------------------- how a figure went

NONE = Change("2024-2025", 6, Interval(-0.02, 0.14), 0.1, 0.2, Verdict(Certainty.NONE, None))
HIDDEN_YEAR = NotComparable("Een van de twee cijfers laten we niet zien.")


def course(change, *, hidden=False):
    interval = Interval(0.3, 0.5)
    before = Suppressed(Reason.TOO_FEW_PUPILS) if hidden else Proportion(Count(41, 100), interval)
    now = Proportion(Count(47, 100), interval)
    figures_ = (YearFigure("2024-2025", before, broken=False), YearFigure("2025-2026", now, broken=False))
    return Course("stress", "mentaal", Direction.UNFAVOURABLE, figures_, change, None)


def test_a_figure_stands_beside_what_it_was_when_something_was_agreed():
    assert agenda.went(course(NONE), "2024-2025") == (
        "In 2024-2025 was het 41%. Geen aantoonbaar verschil met 2024-2025 (+6 procentpunt)."
    )


def test_a_hidden_figure_of_then_is_not_told_a_year_later():
    assert agenda.went(course(HIDDEN_YEAR, hidden=True), "2024-2025") == HIDDEN_YEAR.reason


@pytest.mark.parametrize(("found", "since"), [(None, "2024-2025"), (course(NONE), "2023-2024")])
def test_without_the_measurement_of_then_nothing_is_said_of_its_course(found, since):
    assert agenda.went(found, since) == ""


def test_a_subject_that_is_not_asked_any_more_has_no_course_up_to_now():
    """Asked in 2024-2025 and 2025-2026: at the measurement of 2027-2028 that is no news of the agreement."""
    assert agenda.up_to([course(NONE)], "2025-2026") == (course(NONE),)
    assert agenda.up_to([course(NONE)], "2027-2028") == ()


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
