"""The rooms of the school: every change is kept, and leads back to the one conversation."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

import pytest

from tests.pages.fields import click, labelled
from wellbeing import pipeline
from wellbeing.model.conversation import Agreement, Attendee, Conversation, Need, Status
from wellbeing.model.reference import Pillar
from wellbeing.model.school_work import (
    Checklist,
    Helper,
    MomentKind,
    Route,
    RoutePart,
    RouteStep,
    SchoolWork,
    State,
    YearPlan,
)
from wellbeing.stages.year_plan import calendar, school_year_of
from wellbeing.ui import cache, rooms, year_plan

CHECKLIST, YEAR, ROUTE = "pages/school_checklist.py", "pages/year_plan.py", "pages/support_route.py"
SCHOOL = "De Werf"
OBLIGED = "Hebben jullie beleid voor sociale veiligheid, en doet iedereen wat erin staat?"
BULLYING = "Is er een vast aanspreekpunt voor pesten, en weten leerlingen wie dat is?"
AGREED = "Zijn er afspraken voor pesten, vertrouwelijke gesprekken en ingrijpende gebeurtenissen, en kent iedereen die?"


@pytest.fixture
def store(store):
    """A store of this test only, with one school on the list."""
    store.save_conversation(Conversation(SCHOOL, "2025-2026", reached=Status.PLANNED))
    return store


def answer(page, question, state):
    labelled(page.app.get("button_group"), question).set_value(state).run()
    assert page.went_well


def write(page, label, words):
    labelled(page.app.text_area, label).set_value(words).run()
    assert page.went_well


def sentences(page):
    """What can be read, with single spaces and none before a full stop or a colon."""
    return re.sub(r"\s+([.:])", r"\1", " ".join(page.words.split()))


# --------------------------------------------------------------------------- which school


@pytest.mark.parametrize("room", [CHECKLIST, YEAR, ROUTE])
def test_a_room_without_a_school_says_how_one_comes_on_the_list(visitor, store, room):
    store.expire(dt.date(2100, 1, 1))
    page = visitor().go(room)
    assert page.went_well
    assert rooms.NO_SCHOOL in page.words


@pytest.mark.parametrize("room", [CHECKLIST, YEAR, ROUTE])
def test_a_room_opens_with_this_school_year(visitor, store, now, room):
    page = visitor().go(room)
    assert page.went_well
    assert labelled(page.app.selectbox, "School").value == SCHOOL
    assert labelled(page.app.selectbox, "Schooljaar").value == now


def test_a_room_goes_along_with_the_school_on_screen_and_keeps_what_was_chosen(visitor, store, demo_state):
    page = visitor(demo_state).go(CHECKLIST)
    assert labelled(page.app.selectbox, "School").value == "Het Baken"
    labelled(page.app.selectbox, "School").set_value(SCHOOL).run()
    page.go(YEAR)
    assert page.went_well
    assert labelled(page.app.selectbox, "School").value == SCHOOL
    kreek = tuple(replace(item, school="De Kleine Kreek") for item in demo_state.measurements)
    page.state.measurements = kreek
    page.go(ROUTE)
    assert labelled(page.app.selectbox, "School").value == "De Kleine Kreek"


# --------------------------------------------------------------------------- checklist


def test_an_answer_is_kept_at_once_and_can_be_taken_away(visitor, store, now):
    page = visitor().go(CHECKLIST)
    answer(page, OBLIGED, State.GOOD)
    answer(page, BULLYING, State.NOT_YET)
    kept = store.work(Checklist, SCHOOL, now).content
    assert kept.answers == {"c-veiligheidsbeleid": State.GOOD, "c-aanspreekpunt-pesten": State.NOT_YET}
    assert "U vulde 2 vragen in. Daarvan is er 1 goed." in sentences(page)
    answer(page, BULLYING, None)
    assert store.work(Checklist, SCHOOL, now).content.answers == {"c-veiligheidsbeleid": State.GOOD}


def test_every_question_says_where_it_comes_from_and_which_the_law_asks(visitor, store):
    page = visitor().go(CHECKLIST)
    for item in cache.reference().lists.checklist:
        assert item.origin in page.words
    assert page.words.count("Dit moet volgens de wet.") == 3


def test_last_year_stands_beside_it(visitor, store, now):
    year_before = rooms.Place(SCHOOL, now).year_before
    store.save_work(SchoolWork(SCHOOL, year_before, Checklist({"c-veiligheidsbeleid": State.NOT_YET})))
    page = visitor().go(CHECKLIST)
    answer(page, OBLIGED, State.BETTER)
    assert "Bij 1 vraag staat u er beter voor dan vorig jaar." in page.words
    row = page.html[page.html.index(f'scope="row">{OBLIGED}') :]
    assert row.index("nog niet") < row.index("kan beter") < row.index("▲ beter")


def test_the_list_fills_the_table_of_the_conversation(visitor, store):
    record = store.conversation(SCHOOL, "2025-2026")
    store.save_conversation(replace(record, already_done=frozenset({("pesten", Pillar.POLICY)}), matrix_filled=True))
    page = visitor().go(CHECKLIST)
    answer(page, OBLIGED, State.GOOD)
    answer(page, BULLYING, State.NOT_YET)
    assert "Wordt aangevinkt: Sociale veiligheid (Beleid)." in sentences(page)
    assert "Wordt leeg: Pesten (ook online) (Beleid)." in sentences(page)
    click(page, "Neem over")
    kept = store.conversation(SCHOOL, "2025-2026")
    assert kept.already_done == {("sociale_veiligheid", Pillar.POLICY)}
    assert kept.matrix_filled
    assert kept.reached is Status.PLANNED
    assert "De tabel klopt al met deze lijst." in page.words


def test_an_empty_place_comes_on_the_table_when_the_school_chooses_so(visitor, store):
    page = visitor().go(CHECKLIST)
    answer(page, BULLYING, State.NOT_YET)
    assert store.conversation(SCHOOL, "2025-2026").needs == ()
    click(page, "Zet op tafel: Pesten (ook online)")
    assert store.conversation(SCHOOL, "2025-2026").needs == (Need("pesten", BULLYING),)
    assert "Pesten (ook online) ligt op tafel in het gesprek." in page.words
    assert not [button for button in page.app.button if button.label.startswith("Zet op tafel")]


def test_an_empty_place_shows_what_other_schools_did_as_no_proof(visitor, store):
    page = visitor().go(CHECKLIST)
    answer(page, AGREED, State.NOT_YET)
    begin = page.html[page.html.index("Jeugdhulp en zorgstructuur") :]
    assert "KSG De Breul" in begin
    assert "voorbeeld, geen bewijs" in begin


def test_a_note_that_may_name_somebody_is_asked_about_first(visitor, store, now):
    page = visitor().go(CHECKLIST)
    write(page, "Toelichting bij Beleid", "Bel 06-12345678 voor de afspraken")
    assert store.work(Checklist, SCHOOL, now) is None
    assert "Nog niet bewaard: hier staat misschien" in page.words
    click(page, "Er staat niets over een persoon. Bewaar.")
    assert store.work(Checklist, SCHOOL, now).content.notes == {Pillar.POLICY: "Bel 06-12345678 voor de afspraken"}


def test_what_a_colleague_saved_is_never_overwritten(visitor, store, now):
    page = visitor().go(CHECKLIST)
    answer(page, OBLIGED, State.GOOD)
    mine = store.work(Checklist, SCHOOL, now)
    hers = store.save_work(replace(mine, content=Checklist({"c-welkom": State.GOOD})))
    write(page, "Toelichting bij Beleid", "onze toelichting")
    assert store.work(Checklist, SCHOOL, now) == hers
    assert "Iemand anders heeft dit intussen veranderd." in page.words
    assert "onze toelichting" in [code.value for code in page.app.code]


# --------------------------------------------------------------------------- year plan


def test_agreements_of_the_conversation_stand_on_the_calendar(visitor, store, now):
    begin, _ = school_year_of(now)
    record = store.conversation(SCHOOL, "2025-2026")
    made = Agreement("rooster bekijken", Attendee.TEAM_LEADER, begin.replace(month=10, day=5))
    store.save_conversation(replace(record, agreements=(made, Agreement("ouderavond houden"))))
    page = visitor().go(YEAR)
    assert page.went_well
    row = page.html[page.html.index("5 oktober") :]
    assert row.index("rooster bekijken") < row.index("afspraak") < row.index("teamleider")
    assert "Nog zonder datum" in page.words
    assert "ouderavond houden" in page.words


def test_a_theme_week_gets_its_date_from_a_person(visitor, store, now):
    begin, _ = school_year_of(now)
    page = visitor().go(YEAR)
    labelled(page.app.selectbox, "Welke week of dag?").set_value("s-week-tegen-pesten").run()
    assert "Meestal: vierde week van september." in page.words
    first, last, *_ = page.app.date_input
    assert (first.value, last.value) == (None, None)
    first.set_value(begin.replace(month=9, day=21))
    last.set_value(begin.replace(month=9, day=25))
    click(page, "Zet op de kalender")
    (moment,) = store.work(YearPlan, SCHOOL, now).content.moments
    assert (moment.kind, moment.row, moment.last.day) == (MomentKind.THEME_WEEK, "s-week-tegen-pesten", 25)
    assert "aftrap, geen aanpak" in page.words
    click(page, next(button.label for button in page.app.button if button.label.startswith("Haal weg:")))
    assert store.work(YearPlan, SCHOOL, now).content == YearPlan()


def test_a_date_of_another_school_year_is_refused(visitor, store, now):
    begin, _ = school_year_of(now)
    page = visitor().go(YEAR)
    labelled(page.app.selectbox, "Welke week of dag?").set_value("w-paarse-vrijdag").run()
    page.app.date_input[0].set_value(begin - dt.timedelta(days=1))
    click(page, "Zet op de kalender")
    assert f"Kies een datum in schooljaar {now}." in page.words
    assert store.work(YearPlan, SCHOOL, now) is None


def test_the_file_for_the_agenda_holds_the_whole_calendar():
    record = Conversation(SCHOOL, "2025-2026", agreements=(Agreement("rooster", due=dt.date(2026, 10, 5)),))
    entries = calendar(YearPlan(), [record], "2026-2027")
    written = year_plan.calendar_file(entries, rooms.Place(SCHOOL, "2026-2027"), dt.date(2026, 11, 22)).decode()
    assert "SUMMARY:rooster" in written
    assert "DTSTART;VALUE=DATE:20261005" in written


# --------------------------------------------------------------------------- route


def test_the_route_is_kept_in_roles_and_made_as_a_file(visitor, store, now):
    page = visitor().go(ROUTE)
    field = labelled(page.app.multiselect, "Functies bij stap 1")
    field.select("mentor").run()
    write(page, "Hoe doen jullie dat? (stap 1)", "in het mentoruur")
    kept = store.work(Route, SCHOOL, now).content
    assert kept.step(RoutePart.SEES) == RouteStep((Helper.MENTOR,), "in het mentoruur")
    click(page, "Maak het A4")
    assert page.app.get("download_button")
    assert "0800-0113" in page.words


def test_the_route_of_last_year_is_taken_over_and_looked_at_again(visitor, store, now):
    before = rooms.Place(SCHOOL, now).year_before
    steps = {RoutePart.HELPS: RouteStep((Helper.YOUTH_CARE,), "wijkteam")}
    store.save_work(SchoolWork(SCHOOL, before, Route(steps, dt.date(2026, 5, 1), "snel")))
    page = click(visitor().go(ROUTE), f"Neem de route van {before} over")
    assert store.work(Route, SCHOOL, now).content == Route(steps)
    assert f"In {now} nog niet samen bekeken." in page.words
    labelled(page.app.date_input, "Wanneer bekeken jullie de route?").set_value(dt.date(2027, 5, 3)).run()
    assert "Samen bekeken op 3 mei 2027." in page.words


# --------------------------------------------------------------------------- the Inspiratiekaart


def test_a_theme_narrows_the_cards(visitor):
    page = visitor().go("pages/inspiration.py")
    labelled(page.app.selectbox, "Thema").set_value("verzuim").run()
    page.app.toggle[0].set_value(True).run()
    assert page.went_well
    assert "'t Hooghe Landt" in page.words
    assert "Zuiderzeecollege" not in page.words
    rows = [
        row for row in pipeline.load_reference().catalogue.rows if row.title in page.words and row.id.startswith("s-")
    ]
    assert rows
    assert all(row.is_inspiration for row in rows)
    assert page.words.count("voorbeeld, geen bewijs") == len(rows)
