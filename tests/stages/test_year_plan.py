"""One calendar: agreements of the school year, moments of people, in the order of the days."""

import datetime as dt

from wellbeing.model.conversation import Agreement, Attendee, Conversation, Progress
from wellbeing.model.school_work import Moment, MomentKind, YearPlan
from wellbeing.stages import year_plan

WEEK = Moment(
    MomentKind.THEME_WEEK, "Week Tegen Pesten", dt.date(2026, 9, 21), dt.date(2026, 9, 25), "s-week-tegen-pesten"
)
LOOK = Moment(MomentKind.CHECK, "Route samen bekijken", dt.date(2027, 5, 3), dt.date(2027, 5, 3))


def agreed(*agreements):
    return Conversation("De Werf", "2025-2026", agreements=agreements)


def test_agreements_checks_and_weeks_stand_on_one_calendar():
    record = agreed(Agreement("rooster bekijken", Attendee.TEAM_LEADER, dt.date(2027, 2, 1)))
    entries = year_plan.calendar(YearPlan((LOOK, WEEK)), [record], "2026-2027")
    assert [(entry.first, entry.what, entry.kind, entry.who) for entry in entries] == [
        (dt.date(2026, 9, 21), "Week Tegen Pesten", "themaweek", ""),
        (dt.date(2027, 2, 1), "rooster bekijken", "afspraak", "teamleider"),
        (dt.date(2027, 5, 3), "Route samen bekijken", "samen bekijken", ""),
    ]


def test_a_theme_week_is_a_kick_off_and_nothing_else_is():
    entries = year_plan.calendar(YearPlan((LOOK, WEEK)), [agreed(Agreement("x", due=WEEK.first))], "2026-2027")
    assert [entry.what for entry in entries if entry.is_kick_off] == ["Week Tegen Pesten"]


def test_a_school_year_goes_from_august_up_to_july():
    days = [dt.date(2026, 7, 31), dt.date(2026, 8, 1), dt.date(2027, 7, 31), dt.date(2027, 8, 1)]
    record = agreed(*(Agreement(day.isoformat(), due=day) for day in days))
    found = [entry.what for entry in year_plan.calendar(YearPlan(), [record], "2026-2027")]
    assert found == ["2026-08-01", "2027-07-31"]


def test_what_is_settled_is_marked_and_asks_for_no_day():
    record = agreed(
        Agreement("af", due=dt.date(2026, 9, 1), progress=Progress.DONE),
        Agreement("ook af", progress=Progress.DROPPED),
        Agreement("nog zonder dag"),
    )
    (entry,) = year_plan.calendar(YearPlan(), [record], "2026-2027")
    assert entry.is_settled
    assert [item.what for item in year_plan.without_day([record])] == ["nog zonder dag"]


def test_one_of_two_equal_moments_is_taken_away():
    plan = year_plan.with_moment(YearPlan((WEEK, LOOK)), WEEK)
    assert year_plan.without_moment(plan, WEEK).moments == (LOOK, WEEK)
