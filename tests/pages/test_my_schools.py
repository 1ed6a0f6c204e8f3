"""Mijn scholen: what is kept and what is not, the state of every school, and the way to the one A4."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from tests.pages.fields import click, labels
from wellbeing.model.conversation import Agreement, Conversation, Need, Progress, Status, UnmetNeed
from wellbeing.model.reference import Pillar
from wellbeing.ui import cache, my_schools

PAGE, CONVERSATION, ADD_DATA = "pages/my_schools.py", "pages/conversation.py", "pages/add_data.py"
LABELS = {"slaap": "Slaap", "pesten": "Pesten"}


@pytest.fixture
def store(new_store):
    """A store in which nothing is kept before a test says so."""
    return new_store


# --------------------------------------------------------------------------- keeping


def test_nothing_is_kept_before_somebody_chose_how_long(visitor, demo_state, store):
    page = visitor(demo_state).go(PAGE)
    assert "Hoe lang mogen we dit bewaren?" in page.words
    assert "Bewaar deze school" not in labels(page)
    click(page, "Zo bewaren")
    assert store.retention() == 36
    assert "Hier staan straks uw scholen" in page.words
    assert store.measurements() == ()


def test_the_demo_is_kept_with_its_years_and_its_region_and_marked_as_invented(visitor, demo_state, store):
    store.set_retention(36)
    page = click(visitor(demo_state).go(PAGE), "Bewaar deze school")
    assert store.measured() == (("Het Baken", "2024-2025"), ("Het Baken", "2025-2026"))
    assert [(key.region, key.year) for key in store.benchmarks()] == [(cache.DEMO_REGION_NAME, "2024-2025")]
    assert "verzonnen voorbeeld" in page.words
    assert "nog geen gesprek" in page.words
    assert "Bewaar deze school" not in labels(page)


def test_a_kept_school_opens_in_a_new_visit_beside_the_region_of_the_measurement_before(visitor, demo_state, store):
    store.set_retention(36)
    click(visitor(demo_state).go(PAGE), "Bewaar deze school")
    page = visitor().go(PAGE)
    click(page, "Cijfers")
    assert page.app.title[0].value == "Het Baken, bovenbouw 2025-2026"
    assert page.state.benchmark == demo_state.benchmark
    assert page.state.measurements == demo_state.measurements
    assert page.state.is_demo
    assert "duidelijk gunstiger" in page.words


def test_what_is_confirmed_comes_on_the_list_by_itself(visitor, reference, store):
    store.set_retention(36)
    page = visitor().go(ADD_DATA)
    file = next(path for path in cache.DEMO.glob("zilverduin*.xlsx"))
    page.app.file_uploader[0].upload(file.name, file.read_bytes(), "application/octet-stream").run()
    assert "De aantallen blijven bewaard op deze computer" in page.words
    page.app.button(key="confirm").click().run()
    assert store.measured() == (("Zilverduin College", "2025-2026"),)
    assert "Zilverduin College" in page.go(PAGE).words


# --------------------------------------------------------------------------- the list


def test_every_school_stands_once_with_its_last_year_and_what_was_agreed_before():
    held = Conversation("De Werf", "2023-2024", reached=Status.HELD, agreements=(Agreement("iets"),))
    planned = Conversation("Het Baken", "2025-2026", reached=Status.PLANNED, planned_on=dt.date(2026, 3, 9))
    found = my_schools.lines([("De Werf", "2023-2024"), ("De Werf", "2025-2026")], [held, planned])
    assert [(line.school, line.year, line.has_figures, line.record.status) for line in found] == [
        ("De Werf", "2025-2026", True, Status.NOT_YET),
        ("Het Baken", "2025-2026", False, Status.PLANNED),
    ]
    assert found[0].before == held


def test_search_and_states(visitor, store):
    store.set_retention(36)
    agreed = Conversation("De Werf", "2025-2026", reached=Status.HELD, agreements=(Agreement("iets"),))
    store.save_conversation(agreed)
    store.save_conversation(Conversation("Het Baken", "2025-2026", reached=Status.OFFERED))
    page = visitor().go(PAGE)
    assert "afspraken open" in page.words
    assert "nog geen cijfers" in page.words
    assert not [box for box in page.app.text_input if box.key == "schools-search"], "two are seen at a glance"
    for number in range(my_schools.AT_A_GLANCE):
        store.save_conversation(Conversation(f"School {number}", "2025-2026", reached=Status.OFFERED))
    page.app.run()
    page.app.text_input(key="schools-search").set_value("werf").run()
    assert "De Werf" in page.html
    assert "Het Baken" not in page.html
    page.app.text_input(key="schools-search").set_value("nergens").run()
    assert "Geen school op de lijst past hierbij." in page.words


def test_a_school_is_put_on_the_list_before_there_are_figures(visitor, store):
    store.set_retention(36)
    page = visitor().go(PAGE)
    next(field for field in page.app.text_input if field.label == "Naam van de school").set_value("De Werf")
    click(page, "Zet op de lijst")
    (record,) = store.conversations()
    assert (record.school, record.status) == ("De Werf", Status.OFFERED)
    assert "aangeboden" in page.words
    assert "Voorbereiden" not in labels(page)


def test_from_the_list_to_the_one_a4_takes_at_most_six_clicks(visitor, demo_state, store):
    store.set_retention(36)
    click(visitor(demo_state).go(PAGE), "Bewaar deze school")
    page, clicks = visitor().go(PAGE), 0
    for at, words in ((PAGE, "Voorbereiden"), (CONVERSATION, "Neem dit voorstel over")):
        click(page.go(at), words)
        clicks += 1
    (download,) = page.app.get("download_button")
    assert download.proto.label == "Download het A4 (pdf)"
    assert clicks + 1 <= 6


# --------------------------------------------------------------------------- needs without offer


def test_needs_without_offer_are_counted_over_schools_without_the_invented_ones():
    def record(school, *unmet, **more):
        return replace(Conversation(school, "2025-2026", unmet=unmet), **more)

    sleep, bullying = UnmetNeed("slaap", "iets voor leerjaar 1", Pillar.EDUCATION), UnmetNeed("pesten")
    records = [
        record("De Werf", sleep, bullying),
        record("Het Baken", replace(sleep, note="")),
        record("De Werf", sleep, year="2023-2024"),
        record("Verzonnen", bullying, is_invented=True),
    ]
    assert my_schools.unmet_rows(records, LABELS) == [
        ["Slaap", "Educatie", "2", "iets voor leerjaar 1 (De Werf)"],
        ["Pesten", "niet gekozen", "1", ""],
    ]


def test_the_page_shows_them(visitor, store):
    store.set_retention(36)
    store.save_conversation(Conversation("De Werf", "2025-2026", unmet=(UnmetNeed("slaap", "iets"),)))
    assert "iets (De Werf)" in visitor().go(PAGE).words


def test_a_settled_school_says_so(visitor, store):
    store.set_retention(36)
    done = Agreement("iets", progress=Progress.DONE)
    store.save_conversation(
        Conversation("De Werf", "2025-2026", Status.HELD, agreements=(done,), needs=(Need("slaap"),))
    )
    assert "afspraken afgerond" in visitor().go(PAGE).words
