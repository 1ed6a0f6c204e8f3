"""Every row of the Inspiratiekaart can be reached in at most three clicks from Start, under its pillar.

The clicks: the section School, the page Inspiratiekaart, the pillar.
"""

import csv
import os
from collections import defaultdict
from html import unescape
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from wellbeing.model.reference import Pillar
from wellbeing.ui import navigation

ROOT = Path(__file__).parents[1]
CARD = ROOT / "data" / "interventions" / "inspiratiekaart.csv"


def rows(path, delimiter):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, delimiter=delimiter))


@pytest.fixture(scope="module")
def shown():
    """What can be read on the page, per pillar."""
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=90).run()
    app.switch_page(navigation.INSPIRATION.file).run()
    found = {}
    for pillar in Pillar:
        (choice,) = [group for group in app.get("button_group") if group.label == "Pijler"]
        choice.set_value(pillar).run()
        assert not app.exception
        found[pillar] = unescape(" ".join(element.proto.body for element in app.get("html")))
    return found


def test_the_page_is_one_click_inside_its_section():
    assert navigation.INSPIRATION in navigation.SECTIONS["School"]


@pytest.mark.parametrize("row", rows(CARD, ";"), ids=lambda row: row["id"])
def test_a_row_stands_under_each_of_its_pillars_and_no_other(shown, row):
    places = {pillar.value for pillar, words in shown.items() if f"<h4>{row['title']}</h4>" in words}
    assert places == set(row["pillars"].split("|"))


def test_the_card_of_the_research_is_whole():
    """The list that others made of the card, where it is at hand: no row of it is lost."""
    if "WELLBEING_FACTS" not in os.environ:
        pytest.skip("WELLBEING_FACTS is not set: the folder with the list of the card is not here")
    listed = rows(Path(os.environ["WELLBEING_FACTS"]) / "catalogue_inspiratiekaart.csv", ",")
    pillars = defaultdict(set)
    for row in rows(CARD, ";"):
        pillars[row["id"]] = set(row["pillars"].split("|"))
    assert listed
    assert {row["id"]: set(row["pillars"].split("|")) for row in listed} == dict(pillars)
