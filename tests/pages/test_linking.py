"""A file that no codebook knows: its columns are proposed, corrected, remembered, and shared with a colleague."""

import json
import re
from collections.abc import Callable

import pytest

from tests.intake import exports
from wellbeing.store import links
from wellbeing.ui.session import State

PAGE = "pages/add_data.py"
BOOK = "glce-voorbeeld"
HEADINGS = ["Plek", "Klas", "Onderwijsniveau", "Schooljaar", "Hoe vind je het op school?", "Pauze"]


def rows(headings=HEADINGS, count=120, place=lambda number: "Oost"):
    fun = ("Leuk", "Gaat wel", "Niet leuk")
    pupils = [
        [place(number), "4", "havo", "2025-2026", fun[number % 3], ("Buiten", "Binnen")[number % 2]]
        for number in range(count)
    ]
    return [headings, *(row[: len(headings)] + ["Ja"] * (len(headings) - len(row)) for row in pupils)]


def upload(page, data, name="eigen.xlsx"):
    key = f"school-{page.state.rounds.get('school', 0)}"
    page.go(PAGE).app.file_uploader(key=key).upload(name, data, "application/octet-stream").run()
    return page


def box(page, words):
    (found,) = [item for item in page.app.selectbox if words in item.label]
    return found


def choose(page, book=BOOK):
    box(page, "Welke vragenlijst").set_value(book).run()
    return page


def linked(page):
    """Link what is missing by hand, and agree."""
    box(page, "“Plek”").set_value("role:school").run()
    page.app.checkbox[0].check().run()
    return page


@pytest.fixture
def page(visitor: Callable):
    return visitor(State())


def test_an_unknown_file_asks_which_questionnaire_it_is_or_offers_to_make_one(page):
    upload(page, exports.workbook(rows()))
    assert page.went_well
    assert "We kennen de vragenlijst van dit bestand nog niet" in page.words
    assert box(page, "Welke vragenlijst").value is None
    assert [link.label for link in page.app.get("page_link")] == ["Een eigen vragenlijst maken"]


def test_the_table_proposes_with_its_certainty_and_tells_the_effect_at_once(page):
    choose(upload(page, exports.workbook(rows())))
    assert page.went_well
    fun = box(page, "“Hoe vind je het op school?”")
    assert fun.value == "school_leuk"
    said = "Hoe leuk vind je het op school? (waarschijnlijk). Antwoorden: Gaat wel, Leuk en Niet leuk."
    assert said in page.words.replace("\\", "")
    assert "Hiermee maakt u 1 van de" in page.words
    assert "Dit vonden we in het bestand" not in page.words, "nothing follows before its user agrees"
    fun.set_value("").run()
    assert "Hiermee maakt u 0 van de" in page.words
    assert page.app.checkbox[0].disabled


def test_an_uncertain_proposal_is_not_chosen_beforehand(page):
    choose(upload(page, exports.workbook(rows())))
    assert box(page, "“Pauze”").value == ""


def test_after_agreeing_the_report_stands_there_and_figures_can_be_made(page):
    linked(choose(upload(page, exports.workbook(rows()))))
    assert page.went_well
    assert "Oost (120)" in page.words
    page.app.button(key="confirm").click().run()
    assert page.state.measurement.school == "Oost"
    (figure,) = page.state.measurement.total.figures.values()
    assert (figure.cases, figure.total) == (40, 120), "40 of 120 answered Leuk; Gaat wel and Niet leuk are no"


def test_without_a_store_the_links_hold_for_this_session(page):
    linked(choose(upload(page, exports.workbook(rows()))))
    page.app.button(key="confirm").click().run()
    upload(page, exports.workbook(rows(count=130)), "volgend.xlsx")
    assert page.went_well
    assert "Oost (130)" in page.words, "the same columns ask nothing"
    assert not page.app.checkbox


def test_with_a_store_they_are_there_for_the_next_visitor(store, visitor):
    linked(choose(upload(visitor(State()), exports.workbook(rows()))))
    (kept,) = store.links()
    assert (kept.source, kept.fingerprint) == (BOOK, links.fingerprint(HEADINGS))
    assert {name: target for name, target in kept.targets.items() if target} == {
        "Plek": "role:school",
        "Hoe vind je het op school?": "school_leuk",
    }
    page = upload(visitor(State()), exports.workbook(rows(count=125)))
    assert "Oost (125)" in page.words
    assert "gekoppeld zoals u eerder koos" in page.words


def test_other_columns_are_told_and_asked_again(store, visitor):
    linked(choose(upload(visitor(State()), exports.workbook(rows()))))
    page = upload(visitor(State()), exports.workbook(rows([*HEADINGS, "Fiets"])))
    choose(page)
    assert page.went_well
    assert "Eerder koppelde u 2 kolommen van deze vragenlijst" in page.words
    assert "1 kolom is nieuw: “Fiets”" in page.words.replace("\\", "")
    assert box(page, "“Plek”").value == "role:school"
    assert "Dit vonden we in het bestand" not in page.words


def test_a_column_that_is_no_closed_question_can_still_be_the_school(page):
    """Twenty schools are too many answers for a closed question, so the column first stays out."""
    data = exports.workbook(rows(place=lambda number: f"School {number % 20}"))
    choose(upload(page, data))
    plek = box(page, "“Plek”")
    assert all(option == "niet gebruiken" or option.startswith("kenmerk") for option in plek.options)
    linked(page)
    assert page.went_well
    assert len(page.app.selectbox(key="school-name").options) == 20


def test_a_colleague_gets_the_links_as_a_file_without_answers(store, visitor):
    linked(choose(upload(visitor(State()), exports.workbook(rows()))))
    data = store.export_links()
    assert not re.search(r"Leuk|Oost|havo", data.decode())
    fresh = visitor(State())
    store.import_links(data)
    fresh.go(PAGE).app.file_uploader(key="links-upload").upload("k.json", data, "application/json").run()
    assert fresh.went_well
    assert "0 koppelingen zijn nieuw" in fresh.words


def test_another_file_as_links_gets_a_sentence(page):
    page.go(PAGE).app.file_uploader(key="links-upload").upload("k.json", json.dumps([1]).encode(), "application/json")
    page.app.run()
    assert page.went_well
    assert "geen bestand met gekoppelde kolommen" in page.app.error[0].value


def test_without_a_store_the_links_of_a_colleague_hold_for_this_session(page):
    data = links.write_file([links.choose(BOOK, links.fingerprint(HEADINGS), {"Plek": "role:school"})])
    page.go(PAGE).app.file_uploader(key="links-upload").upload("k.json", data, "application/json").run()
    assert "1 koppeling is nieuw" in page.words
    assert list(page.state.links) == [(BOOK, links.fingerprint(HEADINGS))]


# --------------------------------------------------------------------------- a pupil above the answers


def test_of_a_pupil_who_was_taken_for_headings_nothing_is_kept(page, store):
    """Of every column but one the first pupil answered something else than all others: these may be headings."""
    said = [
        "Plek",
        "Klas",
        "Onderwijsniveau",
        "Schooljaar",
        "Leuk",
        "Ik word buitengesloten",
        *(f"Ja {n}" for n in range(9)),
    ]
    choose(upload(page, exports.workbook(rows(said))))
    box(page, "“Leuk”").set_value("school_leuk").run()
    linked(page)
    assert page.went_well
    (kept,) = store.links()
    assert kept.targets["Plek"] == "role:school"
    assert not {"Leuk", "Ik word buitengesloten"} & kept.targets.keys()
