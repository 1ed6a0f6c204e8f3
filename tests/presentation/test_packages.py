"""A package on screen: reasons, facts beside every row, and links that cannot do harm."""

import datetime as dt
from dataclasses import replace

import pytest

from wellbeing.model.catalogue import (
    JUDGED,
    Catalogue,
    CatalogueRow,
    CatalogueTheme,
    Confidence,
    Kind,
    Layer,
    Recognition,
    own_row,
)
from wellbeing.model.conversation import Choice, Decision, OwnOffer
from wellbeing.model.reference import Pillar
from wellbeing.model.results import Cause, Package, PillarPart, Suggestion, ThemeReason
from wellbeing.presentation import offers, packages

RULES = dict.fromkeys(Cause, "de regel")


def a_row(name: str, **other) -> CatalogueRow:
    known = {
        "id": name,
        "title": f"Titel {name} <b>",
        "type": Kind.PROGRAMME,
        "pillars": (Pillar.EDUCATION,),
        "themes": ("pesten",),
        "audience": (),
        "levels": ("alle",),
        "leerjaar_from": None,
        "leerjaar_to": None,
        "level_as_in_source": "vo",
        "layer": (Layer.UNIVERSAL,),
        "recognition": Recognition.WELL_FOUNDED,
        "recognition_as_in_source": "",
        "recognition_date": "2017-06-08",
        "owner": "iemand",
        "description": "Wat het is.",
        "source": "https://voorbeeld.example/bron?a=1&b=2",
        "possible_link": "",
        "remark": "",
        "confidence": Confidence.HIGH,
        "checked_on": dt.date(2026, 11, 22),
        "proposable": True,
        "not_proposed_because": "",
    }
    return CatalogueRow(**(known | other))


@pytest.fixture
def catalogue():
    care = a_row("zorg", layer=(Layer.INDICATED,), description="Hoe de behandeling gaat.")
    return Catalogue(rows=(a_row("een"), a_row("twee"), a_row("drie"), care), themes=(), packages=())


@pytest.fixture
def package():
    suggestions = tuple(Suggestion(name, ("Kijk dit na.",)) for name in ("een", "twee", "drie"))
    parts = (
        PillarPart(Pillar.EDUCATION, "Doe iets met de klas.", True, suggestions),
        PillarPart(Pillar.POLICY, "Maak afspraken.", False, ()),
    )
    return Package("pesten", (ThemeReason(Cause.NEED, (), "Gekozen door de school."),), parts)


def with_part(package, **changes):
    first, *others = package.parts
    return replace(package, parts=(replace(first, **changes), *others))


def test_every_row_shows_recognition_with_its_date_source_check_date_and_remarks(package, catalogue):
    html = packages.pillars(with_part(package, already_done=False), catalogue)
    assert "Titel een &lt;b&gt;" in html
    assert "erkenning: Goed onderbouwd (8 juni 2017)" in html
    assert 'href="https://voorbeeld.example/bron?a=1&amp;b=2"' in html
    assert "gecontroleerd op 22 november 2026" in html
    assert "Kijk dit na." in html


def test_two_rows_are_open_and_the_others_can_be_opened(package, catalogue):
    shown, _, more = packages.pillars(with_part(package, already_done=False), catalogue).partition("<details>")
    assert shown.count("<li>") == 2
    assert "Nog 1 om uit te kiezen" in more
    assert "Titel drie" in more


def test_where_the_school_is_at_work_already_everything_is_folded_away_but_can_be_opened(package, catalogue):
    shown, _, more = packages.pillars(package, catalogue).partition("<details>")
    assert "<li>" not in shown
    assert packages.DONE in shown
    assert "Nog 3 om uit te kiezen" in more


def test_the_safety_net_and_own_offers_are_always_in_sight(package, catalogue):
    theme = CatalogueTheme("pesten", "Pesten", "Wat ziet u?", "Let op.", "drie", "")
    own = own_row(OwnOffer("eigen-1", "Van de GGD", ("pesten",), (Pillar.EDUCATION,), checked_on=None))
    everything = replace(catalogue, rows=(*catalogue.rows, own), themes=(theme,))
    part = replace(package.parts[0], suggestions=(*package.parts[0].suggestions, Suggestion("eigen-1", ())))
    shown, _, _ = packages.pillars(replace(package, parts=(part,)), everything).partition("<details>")
    assert "Titel drie" in shown
    assert "Van de GGD" not in shown  # at work already: what the GGD offers waits with the rest
    part = replace(part, already_done=False)
    shown, _, _ = packages.pillars(replace(package, parts=(part,)), everything).partition("<details>")
    assert "Van de GGD" in shown
    assert "erkenning: niet beoordeeld" in shown
    assert "nog niet gecontroleerd" in shown


@pytest.mark.parametrize(
    ("decision", "label", "is_seen"),
    [
        (Decision.CHOSEN, "gekozen door de school", True),
        (Decision.DROPPED, "afgevallen", False),
    ],
)
def test_what_was_decided_stands_with_its_row(package, catalogue, decision, label, is_seen):
    made = Choice("pesten", Pillar.EDUCATION, "een", decision)
    shown, _, more = packages.pillars(with_part(package, already_done=False), catalogue, [made]).partition("<details>")
    assert (label in shown, label in more) == (is_seen, not is_seen)
    of_another_theme = replace(made, theme="slaap")
    assert label not in packages.pillars(package, catalogue, [of_another_theme])


@pytest.mark.parametrize(
    ("level", "words"),
    [
        (Recognition.WELL_DESCRIBED, "erkenning: Goed beschreven (8 juni 2017): duidelijk opgeschreven en uitvoerbaar"),
        (Recognition.WELL_FOUNDED, "erkenning: Goed onderbouwd (8 juni 2017): aannemelijk dat het werkt"),
        (Recognition.NOT_APPLICABLE, "geen programma, dus geen erkenning"),
        (Recognition.NONE_FOUND, "erkenning: geen erkenning gevonden"),
    ],
)
def test_the_recognition_is_said_in_words(level, words):
    assert offers.recognition(a_row("een", recognition=level)).startswith(words)


def test_every_recognition_that_stands_is_explained():
    assert set(offers.LEVELS) == set(JUDGED)


@pytest.mark.parametrize(
    ("layers", "words"),
    [
        ((Layer.UNIVERSAL,), "voor alle leerlingen"),
        ((Layer.INDICATED, Layer.SELECTIVE), "voor een kleinere groep en voor leerlingen met klachten"),
        ((Layer.TOOL,), "hulpmiddel voor de school"),
    ],
)
def test_for_whom_a_row_is(layers, words):
    assert offers.layers(a_row("een", layer=layers)) == words


def test_only_answered_choice_questions_are_told():
    assert len(offers.CHOICE_QUESTIONS) == 5
    assert offers.answered(("", "deels", "", "", "nee")) == [
        (offers.CHOICE_QUESTIONS[1], "deels"),
        (offers.CHOICE_QUESTIONS[4], "nee"),
    ]
    assert offers.answered(()) == []


def test_a_result_of_a_search_says_where_it_belongs_and_why_it_is_not_suggested(catalogue):
    html = packages.results([(a_row("een", remark="Vraag ernaar."), ["Bedoeld voor <vwo>."])], catalogue)
    assert "Bedoeld voor &lt;vwo&gt;." in html
    assert "Vraag ernaar." in html
    assert "Educatie · Elk thema" in html
    care = a_row("zorg", layer=(Layer.INDICATED,), description="Hoe de behandeling gaat.")
    assert "Hoe de behandeling gaat." not in packages.results([(care, [])], catalogue)


def test_an_empty_pillar_says_so_and_what_is_done_is_marked(package, catalogue):
    html = packages.pillars(package, catalogue)
    assert "Geen passend aanbod gevonden." in html
    assert html.count("doet de school al") == 1
    assert html.count("nog leeg") == 1


def test_of_care_only_the_name_is_shown(package, catalogue):
    part = PillarPart(Pillar.SIGNALLING, "Regel hulp.", False, (Suggestion("zorg", ()),))
    html = packages.pillars(replace(package, parts=(part,)), catalogue)
    assert "Titel zorg" in html
    assert "Hoe de behandeling gaat." not in html


def test_why_goes_from_reason_through_rule_to_order(package):
    html = packages.why(package, RULES, "eerst wat past")
    positions = [html.index(part) for part in ("Waarom dit?", "Gekozen door de school.", "de regel", "eerst wat past")]
    assert positions == sorted(positions)


@pytest.mark.parametrize("source", ["javascript:alert(1)", "Inspiratiekaart AF2154 (2024)", "data:text/html,x"])
def test_what_is_no_web_address_is_no_link(source):
    assert "<a" not in packages.link(source)
    assert "<script" not in packages.link('"><script>')
