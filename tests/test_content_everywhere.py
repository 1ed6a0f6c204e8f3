"""What an organisation changed is what every part of the program goes by; without changes it is what was delivered."""

import pytest

from wellbeing import pipeline
from wellbeing.model.content import RowChange
from wellbeing.model.conversation import OwnOffer
from wellbeing.model.reference import Pillar
from wellbeing.presentation import agenda, inspiration, offers

CHANGES = (
    RowChange("inspiratiekaart.csv", "s-visietool", {"title": "Visietool Zandkust", "checked_by": "jeugdarts"}),
    RowChange("theme_weeks.csv", "s-week-tegen-pesten", {"usually": "eind september"}),
)


@pytest.fixture(scope="module")
def reference():
    return pipeline.load_reference()


@pytest.fixture(scope="module")
def changed(reference):
    return pipeline.with_content(reference, CHANGES)


def test_without_changes_it_is_what_was_delivered(reference, changed):
    for known in (reference, changed):
        assert pipeline.with_content(known, ()) == reference


def test_search_finds_a_row_by_its_new_name_only(reference, changed):
    def found(known):
        results = pipeline.search_offer(pipeline.Query("zandkust"), None, (), known.catalogue)
        return [row.id for row, _ in results]

    assert (found(reference), found(changed)) == ([], ["s-visietool"])


def test_cards_names_and_lists_have_the_new_words(changed):
    card = inspiration.cards(inspiration.card_rows(changed.catalogue), changed.catalogue)
    assert "<h4>Visietool Zandkust</h4>" in card
    assert "gecontroleerd op 22 november 2026 door jeugdarts" in card
    assert agenda.offer_name("s-visietool", changed.catalogue) == "Visietool Zandkust"
    assert {week.row: week.usually for week in changed.lists.weeks}["s-week-tegen-pesten"] == "eind september"


def test_who_checked_is_named_only_where_that_was_told(reference):
    row = reference.catalogue.row("s-visietool")
    assert offers.checked(row) == "gecontroleerd op 22 november 2026"


def test_own_offers_stand_beside_changed_rows(changed):
    own = OwnOffer("eigen-1", "Spreekuur", ("pesten",), (Pillar.SIGNALLING,))
    catalogue = changed.catalogue.with_region([own], {"s-visietool": True})
    assert (catalogue.row("eigen-1").title, catalogue.row("s-visietool").title) == ("Spreekuur", "Visietool Zandkust")
    assert catalogue.available == {"s-visietool"}
