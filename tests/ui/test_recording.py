"""Keeping the record field by field: personal data, conflicts, and a disk that does not take it."""

from __future__ import annotations

from dataclasses import replace

import pytest
import streamlit as st

from tests.builders import TOTAL, measurement
from wellbeing.model.conversation import Conversation
from wellbeing.store.database import open_store
from wellbeing.store.failures import FULL, StoreError
from wellbeing.ui import keeping, recording

SCHOOL, YEAR = "De Werf", "2025-2026"


@pytest.fixture
def store(tmp_path):
    return open_store(str(tmp_path / "welbevinden.sqlite"))


@pytest.fixture
def sheet(monkeypatch):
    """The copy of a visitor without a browser."""
    made = recording.Sheet(Conversation(SCHOOL, YEAR))
    monkeypatch.setattr(st, "session_state", {recording.KEY: made})
    monkeypatch.setattr(st, "toast", lambda *_args, **_more: None)
    return made


def noted(words):
    return lambda record: replace(record, notes=words)


def test_a_change_is_kept_at_once(store, sheet):
    assert recording.change(store, noted("een"))
    assert recording.change(store, noted("twee"))
    assert store.conversation(SCHOOL, YEAR).notes == "twee"
    assert sheet.record == store.conversation(SCHOOL, YEAR)


def test_without_a_store_a_change_lasts_as_long_as_the_visit(sheet):
    assert recording.change(None, noted("een"))
    assert sheet.record.notes == "een"


def test_in_a_conflict_nothing_is_overwritten_and_what_was_typed_is_remembered(store, sheet):
    recording.change(store, noted("begin"))
    store.save_conversation(replace(sheet.record, notes="van een ander"))
    assert not recording.change(store, noted("van mij"), "van mij")
    assert store.conversation(SCHOOL, YEAR).notes == "van een ander"
    assert (sheet.record.notes, sheet.typed, sheet.edition) == ("van een ander", "van mij", 1)
    assert recording.change(store, noted("van ons"))
    assert (store.conversation(SCHOOL, YEAR).notes, sheet.trouble) == ("van ons", "")


def test_a_full_disk_says_so_keeps_what_was_there_and_shows_what_was_typed(store, sheet, monkeypatch):
    recording.change(store, noted("begin"))

    def full(_record):
        raise StoreError(FULL)

    with monkeypatch.context() as broken:
        broken.setattr(store, "save_conversation", full)
        assert not recording.change(store, noted("later"), "later")
    assert (sheet.trouble, sheet.typed, sheet.record.notes) == (FULL, "later", "begin")
    assert recording.change(store, noted("later"))
    assert store.conversation(SCHOOL, YEAR).notes == "later"


@pytest.mark.parametrize(
    ("typed", "what"),
    [
        ("Bel 06-12345678", "telefoonnummer"),
        ("Mail naar a.jansen@school.nl", "e-mailadres"),
        ("De moeder van Lisa belde", "naam van een persoon"),
    ],
)
def test_what_may_tell_who_somebody_is_is_warned_about(typed, what):
    assert what in recording.may_name_somebody(typed, SCHOOL)


@pytest.mark.parametrize(
    "typed", ["", "Leerjaar 3 slaapt kort.", "Volgend jaar weer met De Werf en Levensvaardigheden."]
)
def test_what_is_about_groups_the_school_or_the_offer_is_not(typed):
    assert recording.may_name_somebody(typed, SCHOOL) == ""


def test_nothing_is_kept_without_a_term_and_a_nameless_file_never(monkeypatch, tmp_path):
    address = str(tmp_path / "andere.sqlite")
    monkeypatch.setenv("WELLBEING_STORE", address)
    named = measurement({TOTAL: {"klachten": (31, 120)}})
    assert not keeping.keep_measurements([named])
    assert keeping.promise() == keeping.GOES
    open_store(address).set_retention(12)
    assert keeping.keep_measurements([named])
    assert not keeping.keep_measurements([replace(named, school="Totaal")])
    assert keeping.promise() == keeping.STAYS
    assert open_store(address).measured() == ((named.school, named.year),)


def test_a_place_that_is_not_allowed_is_said_and_no_page_breaks(monkeypatch, tmp_path):
    monkeypatch.setenv("WELLBEING_STORE", str(tmp_path / "OneDrive" / "welbevinden.sqlite"))
    assert keeping.kept() is None
    assert "WELLBEING_STORE" in keeping.place()
