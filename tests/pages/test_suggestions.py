"""Wat kan de school doen?: packages with a reason, also for a school that differs in nothing."""

import datetime as dt
from dataclasses import replace
from html import escape

import pytest

from tests.pages.fields import click, labelled
from wellbeing import pipeline
from wellbeing.model.conversation import Decision, UnmetNeed
from wellbeing.model.reference import Pillar
from wellbeing.model.report import BulletList
from wellbeing.ui import cache
from wellbeing.ui.recording import KEY

PAGE = "pages/suggestions.py"
DAY = dt.date(2026, 11, 22)
NEEDS, SIGNALS = "Waar wil de school aan werken?", "Welke signalen zijn er?"
WORKSHEET = "Welk voorstel bespreken we?"
DECISION = "Wat doet de school hiermee?"


def wants(page, *themes, question=NEEDS):
    field = labelled(page.app.multiselect, question)
    for theme in themes:
        field.select(theme)
    page.app.run()
    return page


def ticks(page, label):
    labelled(page.app.checkbox, label).check().run()


def takes(page, place):
    labelled(page.app.selectbox, WORKSHEET).set_value(place).run()


def record(page):
    return page.app.session_state[KEY].record


@pytest.fixture
def kept(store):
    """A store in which keeping was chosen."""
    cache.forget_region()
    return store


def test_without_a_school_the_page_says_kindly_what_to_do(visitor):
    assert "Nog geen school gekozen" in visitor().go(PAGE).words


def test_the_most_pressing_theme_says_why_and_what(visitor, demo_state):
    page = visitor(demo_state).go(PAGE)
    assert page.went_well
    packages = [box for box in page.app.expander if "·" in box.label]
    assert packages[0].label.startswith("**Stress en prestatiedruk** · verschilt duidelijk ongunstig")
    for part in ("Waarom dit?", "Beleid", "Schoolomgeving", "Educatie", "Signaleren", "gecontroleerd op"):
        assert part in page.words


def test_a_school_of_25_pupils_gets_a_package_by_choosing_one(visitor, small_state):
    """Three clicks: this page, the field, the theme."""
    page = visitor(small_state).go(PAGE)
    assert page.went_well
    assert "Geen onderwerp springt eruit" in page.words
    wants(page, "pesten")
    assert page.went_well
    assert "**Pesten (ook online)** · gekozen door de school" in [box.label for box in page.app.expander]
    for pillar in Pillar:
        assert f"<h4>{pillar.value}" in page.html
    assert "%" not in page.words


def test_what_other_schools_did_stands_with_the_package_as_no_proof(visitor, small_state, reference):
    page = wants(visitor(small_state).go(PAGE), "verzuim")
    shown = page.html[page.html.index("Zo doen andere scholen het") :]
    wanted = [row.title for row in reference.catalogue.rows if row.is_inspiration and "verzuim" in row.themes]
    assert f"Zo doen andere scholen het ({len(wanted)})" in shown
    assert [title for title in wanted if escape(title) not in shown] == []
    assert shown.count("voorbeeld, geen bewijs") >= len(wanted)


def test_mental_health_puts_the_safety_net_first(visitor, small_state):
    page = wants(visitor(small_state).go(PAGE), "mentale_gezondheid")
    signalling = page.html[page.html.index("<h4>Signaleren") :]
    assert signalling.index("Altijd eerst: jeugdarts, zorgcoördinator en 113") < signalling.index("</li>")


def test_a_tick_sends_the_suggestions_of_that_place_back_at_once(visitor, small_state):
    page = wants(visitor(small_state).go(PAGE), "pesten", question=SIGNALS)
    policy = page.html[page.html.index("<h4>Beleid") : page.html.index("<h4>Schoolomgeving")]
    assert policy.index("wb-name") < policy.index("<details>")
    ticks(page, "Pesten (ook online): Beleid")
    assert page.went_well
    policy = page.html[page.html.index("<h4>Beleid") : page.html.index("<h4>Schoolomgeving")]
    assert "doet de school al" in policy
    assert policy.index("<details>") < policy.index("wb-name")
    assert "maar nog niet bij" in page.words
    assert page.html.count("nog leeg") == 3
    assert "1 van 4 vakken" in page.words


def test_the_safety_net_stays_in_sight_where_the_school_already_signals(visitor, small_state):
    page = wants(visitor(small_state).go(PAGE), "mentale_gezondheid")
    label = next(box.label for box in page.app.checkbox if box.label.endswith(": Signaleren"))
    ticks(page, label)
    signalling = page.html[page.html.index("<h4>Signaleren") :]
    assert signalling.index("Altijd eerst: jeugdarts") < signalling.index("<details>")


def test_a_candidate_is_weighed_with_five_questions_and_chosen(visitor, small_state):
    page = wants(visitor(small_state).go(PAGE), "pesten")
    takes(page, ("pesten", Pillar.POLICY, "m-veiligheidsbeleid"))
    questions = [group for group in page.app.get("button_group") if group.label[0].isdigit()]
    assert len(questions) == 5
    questions[1].set_value("deels").run()
    assert record(page).choices[0].decision is Decision.OPEN
    assert record(page).choices[0].answers == ("", "deels", "", "", "")
    labelled(page.app.get("button_group"), DECISION).set_value(Decision.CHOSEN).run()
    assert page.went_well
    (made,) = record(page).choices
    assert (made.row, made.decision, made.answers[1]) == ("m-veiligheidsbeleid", Decision.CHOSEN, "deels")
    why = next(area for area in page.app.text_area if area.label.startswith("Waarom gekozen?"))
    why.set_value("Het oude plan is van 2019.").run()
    assert record(page).choices[0].reason == "Het oude plan is van 2019."
    assert "gekozen door de school: Het oude plan is van 2019." in page.words


def test_what_drops_out_goes_to_the_back_with_its_reason(visitor, small_state):
    page = wants(visitor(small_state).go(PAGE), "pesten")
    takes(page, ("pesten", Pillar.POLICY, "i-swpbs"))
    labelled(page.app.get("button_group"), DECISION).set_value(Decision.DROPPED).run()
    policy = page.html[page.html.index("<h4>Beleid") : page.html.index("<h4>Schoolomgeving")]
    assert policy.index("<details>") < policy.index("afgevallen")


def test_care_is_named_but_not_chosen_by_the_school(visitor, demo_state):
    page = wants(visitor(demo_state).go(PAGE), "drugs")
    fields = [box for box in page.app.selectbox if box.label == WORKSHEET and "drugs" in box.key]
    fields[0].set_value(("drugs", Pillar.SIGNALLING, "i-moti-4")).run()
    assert "De school kiest dit niet" in page.words
    assert DECISION not in [group.label for group in page.app.get("button_group")]


def test_a_search_says_why_something_is_not_suggested(visitor, small_state):
    page = visitor(small_state).go(PAGE)
    page.app.text_input(key="search-words").set_value("rots en water").run()
    assert "1 voorstel gevonden." in page.words
    assert "De commissie heeft dit programma niet erkend" in page.words
    page.app.text_input(key="search-words").set_value("dit bestaat niet").run()
    assert "0 voorstellen gevonden." in page.words


def test_without_keeping_the_region_says_where_to_begin(visitor, small_state):
    assert "Kies eerst bij Mijn scholen" in visitor(small_state).go(PAGE).words


# --------------------------------------------------------------------------- where things are kept


def test_what_is_said_is_in_the_record_for_everybody(visitor, small_state, kept):
    page = wants(visitor(small_state).go(PAGE), "pesten")
    ticks(page, "Pesten (ook online): Beleid")
    takes(page, ("pesten", Pillar.POLICY, "m-veiligheidsbeleid"))
    labelled(page.app.get("button_group"), DECISION).set_value(Decision.CHOSEN).run()
    (found,) = kept.conversations()
    assert [need.theme for need in found.needs] == ["pesten"]
    assert found.already_done == {("pesten", Pillar.POLICY)}
    assert [choice.row for choice in found.choices] == ["m-veiligheidsbeleid"]
    colleague = visitor(small_state).go(PAGE)
    assert "gekozen door de school" in colleague.words
    assert labelled(colleague.app.checkbox, "Pesten (ook online): Beleid").value


def test_an_own_offer_stands_at_its_pillar_until_it_is_taken_away(visitor, small_state, kept):
    page = wants(visitor(small_state).go(PAGE), "pesten")
    labelled(page.app.text_input, "Naam").set_value("Weerbaar in Zandkust")
    labelled(page.app.multiselect, "Thema's").set_value(["pesten"])
    labelled(page.app.multiselect, "Pijlers").set_value([Pillar.EDUCATION])
    click(page, "Bewaar")
    education = page.html[page.html.index("<h4>Educatie") : page.html.index("<h4>Signaleren")]
    assert education.index("Weerbaar in Zandkust") < education.index("<details>")
    assert "niet beoordeeld" in education
    assert [offer.pillars for offer in kept.offers()] == [(Pillar.EDUCATION,)]
    click(page, "Verwijder")
    assert kept.offers() == ()
    assert "Weerbaar in Zandkust" not in page.html


def test_what_cannot_be_had_here_goes_down_with_a_remark(visitor, small_state, kept):
    page = wants(visitor(small_state).go(PAGE), "pesten")
    page.app.selectbox(key="region-row").set_value("m-veiligheidsbeleid").run()
    labelled(page.app.get("button_group"), "In onze regio").set_value("niet te krijgen").run()
    assert kept.availability() == {"m-veiligheidsbeleid": False}
    policy = page.html[page.html.index("<h4>Beleid") : page.html.index("<h4>Schoolomgeving")]
    assert policy.count("in deze regio niet te krijgen") == 1
    assert policy.rindex("wb-name") < policy.index("in deze regio niet te krijgen")
    labelled(page.app.get("button_group"), "In onze regio").set_value("onbekend").run()
    assert page.went_well
    assert kept.availability() == {}
    assert "in deze regio niet te krijgen" not in page.html


def test_an_empty_pillar_becomes_a_need_without_offer(visitor, small_state, kept):
    """Of a school whose level is not known, nothing fits for lessons about care."""
    unknown = tuple(replace(item, groups=item.groups[:1]) for item in small_state.measurements)
    page = wants(visitor(replace(small_state, measurements=unknown)).go(PAGE), "zorgstructuur")
    ticks(page, "Educatie: geen passend aanbod. Meld dit als behoefte zonder aanbod")
    (found,) = kept.conversations()
    assert found.unmet == (UnmetNeed("zorgstructuur", "", Pillar.EDUCATION),)
    note = next(area for area in page.app.text_area if area.label.startswith("Wat is er nodig?"))
    note.set_value("Een les over hulp vragen.").run()
    assert kept.conversations()[0].unmet[0].note == "Een les over hulp vragen."
    labelled(page.app.checkbox, "Educatie: geen passend aanbod. Meld dit als behoefte zonder aanbod").uncheck().run()
    assert kept.conversations()[0].unmet == ()


def test_the_verslag_says_what_the_school_chose_and_how_it_weighed_it(visitor, small_state, kept, reference):
    page = wants(visitor(small_state).go(PAGE), "pesten")
    takes(page, ("pesten", Pillar.POLICY, "m-veiligheidsbeleid"))
    next(group for group in page.app.get("button_group") if group.label.startswith("2.")).set_value("deels").run()
    labelled(page.app.get("button_group"), DECISION).set_value(Decision.CHOSEN).run()
    (record,) = kept.conversations()
    now = small_state.measurement
    analysis = pipeline.analyse(now, small_state.benchmark, reference)
    packages = pipeline.advise(analysis, record.wishes, reference, DAY)
    meeting = pipeline.Meeting(analysis, record, packages, None, reference.codebook(now.codebook), reference.catalogue)
    (section,) = [
        part for part in pipeline.compose_minutes(meeting, DAY).sections if part.title == "Wat de school kiest"
    ]
    chosen, weighed = [block.items for block in section.blocks if isinstance(block, BulletList)]
    assert chosen[0].startswith("**Pesten (ook online)**, gekozen door de school. Op tafel: ")
    assert [f"{pillar.value}: " in chosen[0] for pillar in Pillar] == [True] * 4
    assert "gekozen door de school" in chosen[1]
    assert weighed == ("Kiezen we hier bewust voor, als deel van een groter geheel? deels",)
