"""A package on screen: reasons, facts beside every row, and links that cannot do harm."""

import datetime as dt
from dataclasses import replace

import pytest

from wellbeing.model.catalogue import Catalogue, CatalogueRow, Confidence, Kind, Layer, Recognition
from wellbeing.model.reference import Pillar
from wellbeing.model.results import Cause, Package, PillarPart, Suggestion, ThemeReason
from wellbeing.presentation import packages

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


def test_every_row_shows_recognition_with_its_date_source_check_date_and_remarks(package, catalogue):
    html = packages.pillars(package, catalogue)
    assert "Titel een &lt;b&gt;" in html
    assert "erkenning: Goed onderbouwd (8 juni 2017)" in html
    assert 'href="https://voorbeeld.example/bron?a=1&amp;b=2"' in html
    assert "gecontroleerd op 22 november 2026" in html
    assert "Kijk dit na." in html


def test_two_rows_are_open_and_the_others_can_be_opened(package, catalogue):
    shown, _, more = packages.pillars(package, catalogue).partition("<details>")
    assert shown.count("<li>") == 2
    assert "Nog 1 om uit te kiezen" in more
    assert "Titel drie" in more


def test_an_empty_pillar_says_so_and_what_is_done_is_marked(package, catalogue):
    html = packages.pillars(package, catalogue)
    assert "Geen passend aanbod gevonden." in html
    assert html.count("doet de school al") == 1


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
