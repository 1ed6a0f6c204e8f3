"""Probleemverkenning: four steps, never one pupil, and a goal that comes to the one conversation."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from tests.pages.fields import click, labelled
from wellbeing.model.conversation import Agreement, Conversation, Need, Status
from wellbeing.model.reference import Bouw
from wellbeing.model.school_work import Exploration, Explorations, SchoolWork, Scope
from wellbeing.ui import cache

PAGE = "pages/exploring.py"
SCHOOL = "Het Baken"
TIRED = Exploration("Moe in de toetsweek", theme="slaap", goal="Minder leerlingen zijn moe", by=dt.date(2027, 6, 1))


@pytest.fixture
def store(store):
    """A store of this test only, with the school of the demo and a conversation that was planned."""
    store.save_measurements(cache.demo().school)
    store.save_conversation(Conversation(SCHOOL, "2025-2026", reached=Status.PLANNED))
    return store


def begun(store, now, *items):
    store.save_work(SchoolWork(SCHOOL, now, Explorations(items)))


def test_it_says_where_one_pupil_belongs_and_has_no_choice_for_one(visitor, store, now):
    begun(store, now, TIRED)
    page = visitor().go(PAGE)
    assert page.went_well
    assert "Gaat het om één leerling? Dat hoort hier niet." in page.words
    scope = labelled(page.app.get("button_group"), "Bij wie ziet u dit?")
    assert scope.options == ["een groep leerlingen", "de hele school"]


def test_four_steps_are_filled_in_and_kept_at_once(visitor, store, now):
    page = visitor().go(PAGE)
    labelled(page.app.text_input, "Waar gaat het over? (in een paar woorden)").set_value("Moe in de toetsweek")
    click(page, "Begin")
    assert [header.value for header in page.app.header] == [
        "Moe in de toetsweek",
        "1. Signaleren",
        "2. Verkennen",
        "3. Doel kiezen",
        "4. Aanpak zoeken",
    ]
    labelled(page.app.get("button_group"), "Bij wie ziet u dit?").set_value(Scope.GROUP).run()
    labelled(page.app.selectbox, "Bij welk thema hoort het?").set_value("slaap").run()
    labelled(page.app.text_area, "Wat is er anders als het gelukt is?").set_value("Minder moe").run()
    figure = labelled(page.app.selectbox, "Naar welk cijfer kijken we volgende keer?")
    figure.set_value(("stress_school", Bouw.UPPER)).run()
    assert page.went_well
    (kept,) = store.work(Explorations, SCHOOL, now).content.items
    assert kept == Exploration(
        "Moe in de toetsweek",
        Scope.GROUP,
        "slaap",
        goal="Minder moe",
        indicator="stress_school",
        bouw=Bouw.UPPER,
    )


def test_the_goal_comes_to_the_agreements_once(visitor, store, now):
    begun(store, now, TIRED)
    page = click(visitor().go(PAGE), "Zet het doel bij de afspraken")
    record = store.conversation(SCHOOL, "2025-2026")
    assert record.agreements == (Agreement("Minder leerlingen zijn moe", due=dt.date(2027, 6, 1)),)
    assert record.reached is Status.PLANNED
    assert "Dit doel staat bij de afspraken." in page.words
    assert "Zet het doel bij de afspraken" not in [button.label for button in page.app.button]


def test_a_day_that_is_filled_in_later_comes_to_the_agreement_but_never_replaces_one(visitor, store, now):
    begun(store, now, replace(TIRED, by=None))
    page = visitor().go(PAGE)
    click(page, "Zet het doel bij de afspraken")
    assert store.conversation(SCHOOL, "2025-2026").agreements == (Agreement(TIRED.goal),)
    for day in (dt.date(2027, 6, 1), dt.date(2027, 7, 1)):
        labelled(page.app.date_input, "Wanneer willen we daar zijn?").set_value(day).run()
        assert page.went_well
    assert store.work(Explorations, SCHOOL, now).content.items[0].by == dt.date(2027, 7, 1)
    assert store.conversation(SCHOOL, "2025-2026").agreements == (Agreement(TIRED.goal, due=dt.date(2027, 6, 1)),)


def test_the_theme_comes_to_the_table_where_interventions_are_chosen(visitor, store, now):
    begun(store, now, TIRED)
    page = click(visitor().go(PAGE), "Zet het thema op tafel")
    assert store.conversation(SCHOOL, "2025-2026").needs == (Need("slaap", "Moe in de toetsweek"),)
    assert "Slaap ligt op tafel." in page.words


def test_several_explorations_stand_apart(visitor, store, now):
    begun(store, now, TIRED, Exploration("Vapen bij het hek", seen="elke pauze"))
    page = visitor().go(PAGE)
    question = "Wat ziet u? Sinds wanneer, waar, en wie ziet het nog meer? ({title})"
    assert labelled(page.app.text_area, question.format(title="Vapen bij het hek")).value == "elke pauze"
    labelled(page.app.selectbox, "Welke verkenning?").set_value(0).run()
    labelled(page.app.text_area, question.format(title=TIRED.title)).set_value("in de ochtend").run()
    assert page.went_well
    assert [item.seen for item in store.work(Explorations, SCHOOL, now).content.items] == [
        "in de ochtend",
        "elke pauze",
    ]


@pytest.mark.parametrize(
    ("title", "sentence"),
    [("Bel 06-12345678", "Nog niet bewaard: hier staat misschien"), (TIRED.title, "Deze verkenning is er al.")],
)
def test_a_title_that_names_somebody_or_is_there_already_is_refused(visitor, store, now, title, sentence):
    begun(store, now, TIRED)
    page = visitor().go(PAGE)
    labelled(page.app.text_input, "Waar gaat het over? (in een paar woorden)").set_value(title)
    click(page, "Begin")
    assert sentence in page.words
    assert len(store.work(Explorations, SCHOOL, now).content.items) == 1
