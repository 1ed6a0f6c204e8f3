"""Inhoud bijhouden: what is overdue is seen, what holds is one click, and a change is on every page and in the log."""

import datetime as dt

import pytest

from tests.pages.fields import click, labelled
from wellbeing import pipeline
from wellbeing.export.content import content_workbook
from wellbeing.model.content import RowChange, RowEdit
from wellbeing.reference.content import load_content, overlay
from wellbeing.ui import cache, upkeep, upkeep_files, upkeep_form

PAGE, CARD = "pages/content.py", "pages/inspiration.py"
TODAY = dt.date(2027, 11, 1)
CONTENT = load_content(pipeline.DATA / "interventions")
TABLE, ROW = "inspiratiekaart.csv", "s-visietool"
TITLE = CONTENT.cells(TABLE, ROW)["title"]
SCRIPT = "<script>alert(1)</script>"


@pytest.fixture(autouse=True)
def _on_a_day(monkeypatch):
    monkeypatch.setattr(upkeep, "today", lambda: TODAY)


@pytest.fixture
def store(store):
    """A store of this test only, in which something may be kept."""
    cache.forget_region()
    return store


def lay(store, *changes):
    store.save_content([RowEdit(item.table, item.row, None, item, ()) for item in changes], "test")


def opened(visitor, by="jeugdarts"):
    page = visitor().go(PAGE)
    assert page.went_well
    if by:
        labelled(page.app.text_input, upkeep.WHO).set_value(by).run()
    return page


def view(page, name):
    group = next(item for item in page.app.get("button_group") if upkeep.LOG in map(str, item.options))
    group.set_value(name).run()
    assert page.went_well


def search(page, words):
    labelled(page.app.text_input, "Zoek een rij").set_value(words).run()


# --------------------------------------------------------------------------- what is due


def test_the_page_says_what_is_too_late_and_what_comes_soon(visitor, store):
    """On 1 November 2027: one row is late by hand, all others of 22 November are within two months."""
    lay(store, RowChange(TABLE, ROW, {"next_review": "2027-10-31"}))
    page = opened(visitor)
    number = sum(len(rows) for rows in CONTENT.base.values())
    assert f"1 van de {number} rijen is te laat nagekeken." in page.words
    assert f"{number - 1} rijen zijn in de komende twee maanden aan de beurt." in page.words
    first = page.html.index("<strong>")
    assert page.html.index(TITLE) < page.html.index("wb-facts", first)


def test_without_a_place_to_keep_things_everything_can_be_seen_and_nothing_changed(visitor, monkeypatch, tmp_path):
    monkeypatch.setenv("WELLBEING_STORE", str(tmp_path / "leeg.sqlite"))
    cache.forget_region()
    page = visitor().go(PAGE)
    assert page.went_well
    assert upkeep.NOT_KEPT in page.words
    assert "Klopt nog" not in [button.label for button in page.app.button]


def test_what_still_holds_is_one_click_with_a_date(visitor, store):
    page = opened(visitor)
    search(page, TITLE)
    click(page, "Klopt nog")
    (change,) = store.content()
    assert (change.row, dict(change.cells)) == (
        ROW,
        {"checked_by": "jeugdarts", "checked_on": "2027-11-01", "next_review": "2028-11-01"},
    )
    assert "nagekeken op 1 november 2027 door jeugdarts" in page.words
    assert {line.by for line in store.content_log()} == {"jeugdarts"}


def test_nobody_looks_at_a_row_without_a_name(visitor, store):
    page = opened(visitor, by="")
    search(page, TITLE)
    click(page, "Klopt nog")
    assert upkeep.NEEDED in page.words
    assert store.content() == ()


# --------------------------------------------------------------------------- one row


def change_title(page, title, source=None):
    search(page, ROW)
    click(page, "Wijzigen")
    labelled(page.app.text_input, "Naam").set_value(title)
    if source:
        labelled(page.app.text_input, "Bron").set_value(source)
    click(page, "Bewaar, en nagekeken vandaag")


def test_a_change_is_on_the_page_of_the_school_and_in_the_log(visitor, store):
    page = opened(visitor)
    change_title(page, f"Visietool {SCRIPT}")
    assert store.content()[0].cells["title"] == f"Visietool {SCRIPT}"
    view(page, upkeep.LOG)
    assert "Visietool <script>" in page.words
    assert "<script>" not in page.html
    card = visitor().go(CARD)
    assert f"Visietool {SCRIPT}" in card.words
    assert "<script>" not in card.html


def test_a_change_that_is_wrong_is_told_and_not_kept(visitor, store):
    page = opened(visitor)
    change_title(page, "Visietool", source="javascript:alert(1)")
    assert f"Blad Inspiratiekaart, {ROW}, kolom Bron: schrijf een adres dat begint met https://" in page.words
    assert store.content() == ()
    assert labelled(page.app.text_input, "Bron").value == "javascript:alert(1)"


def test_a_row_becomes_as_it_was_delivered_again(visitor, store):
    lay(store, RowChange(TABLE, ROW, {"title": "Anders"}))
    page = opened(visitor)
    search(page, "Anders")
    click(page, "Wijzigen")
    click(page, "Terug naar de tekst die bij het dashboard hoort")
    assert store.content() == ()
    assert [(line.old, line.new) for line in store.content_log()] == [("Anders", TITLE)]


def test_a_new_row_stands_with_the_others_and_can_go_again(visitor, store):
    page = opened(visitor)
    view(page, upkeep.NEW)
    labelled(page.app.selectbox, "Bij welke lijst hoort de nieuwe rij?").set_value("steps.csv").run()
    for label, words in (("Naam", "Samen starten"), ("Bron", "Eigen ervaring"), ("Wie houdt dit bij?", "GGD")):
        labelled(page.app.text_input, label).set_value(words)
    labelled(page.app.selectbox, "Plan").set_value("Welbevinden op School")
    labelled(page.app.text_area, "Wat doet u?").set_value("Kies een dag.")
    click(page, "Bewaar, en nagekeken vandaag")
    assert [change.row for change in store.content()] == ["ggd-samen-starten"]
    assert "ggd-samen-starten" in {step.id for step in cache.reference().lists.steps}
    click(page, "Haal deze rij weg")
    assert store.content() == ()


def test_a_change_that_does_not_fit_any_more_is_named_and_can_go(visitor, store):
    lay(store, RowChange(TABLE, ROW, {"themes": "geluk"}), RowChange(TABLE, "s-bestaat-niet", {"title": "x"}))
    page = opened(visitor)
    assert upkeep.LEFT_OUT in page.words
    assert "het thema 'geluk' staat niet in blad Thema's" in page.words
    assert TITLE in visitor().go(CARD).words
    page.app.button(key="left-out-0").click().run()
    assert [change.row for change in store.content()] == [ROW]


# --------------------------------------------------------------------------- Excel


def upload(page, data):
    view(page, upkeep.FILES)
    (uploader,) = page.app.get("file_uploader")
    uploader.upload("inhoud.xlsx", data).run()
    assert page.went_well


def test_a_file_is_shown_first_and_taken_over_as_a_whole(visitor, store):
    changes = (RowChange(TABLE, ROW, {"title": f"=1+1 {SCRIPT}"}), RowChange("steps.csv", "w-1", {"remark": "Nieuw"}))
    page = opened(visitor)
    upload(page, content_workbook(overlay(CONTENT.base, changes), only_changed=True))
    assert "2 rijen veranderen" in page.words
    assert "<script>" not in page.html
    assert store.content() == ()
    click(page, "Neem alles over (2)")
    assert store.content() == changes
    assert {line.new for line in store.content_log()} == {f"=1+1 {SCRIPT}", "Nieuw"}


def test_a_file_with_something_wrong_changes_nothing(visitor, store):
    broken = dict(CONTENT.base)
    broken[TABLE] = tuple({**row, "themes": "geluk"} if row["id"] == ROW else row for row in CONTENT.base[TABLE])
    page = opened(visitor)
    upload(page, content_workbook(type(CONTENT)(broken, (), broken)))
    assert upkeep_files.BROKEN in page.words
    assert f"({ROW}), kolom Thema's: het thema 'geluk' staat niet in blad Thema's" in page.words
    assert not [button for button in page.app.button if button.label.startswith("Neem alles over")]
    assert store.content() == ()


def test_a_file_of_something_else_is_refused_calmly(visitor, store):
    page = opened(visitor)
    upload(page, b"dit is geen werkmap, maar tekst")
    assert "geen Excel-bestand" in page.words
    assert upkeep_form.NO_PUPIL not in page.words
