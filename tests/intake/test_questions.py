"""From a file to questions and from replies to answers: an export as a school really makes it."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.intake import exports
from wellbeing.model.imports import Doubt
from wellbeing.model.survey import RawTable, Survey
from wellbeing.pipeline import Reference, load_reference, open_survey, read_table

BOOK = "glce-voorbeeld"
FORMS = ["ID", "Begintijd", "Tijd van voltooien", "E-mail", "Naam"]


@pytest.fixture(scope="module")
def reference() -> Reference:
    return load_reference()


@pytest.fixture(scope="module")
def table(reference: Reference) -> RawTable:
    """Forms without a level or a school year, with a class, one school written two ways and an unknown answer."""
    rows: list[list[object]] = [
        [*FORMS, "School", "Klas", "Wat vind je van je eigen gezondheid?", "Hoe gelukkig voel je je meestal?"]
    ]
    for number in range(40):
        moment = dt.datetime(2025, 10 if number % 2 else 3, 1 + number % 28, 9, number)
        school = "Duinrand Lyc." if number % 8 == 0 else "Duinrand Lyceum"
        health = ("Heel goed", "Goed", "gaat", "1")[number % 4]
        rows.append([number, moment, moment, "anonymous", "", school, ("3kb2", "H4b")[number % 2], health, "Gelukkig"])
    return read_table(exports.workbook(rows), "Vragenlijst(1-40).xlsx", reference)


def _asked(survey: Survey) -> dict[Doubt, list[str]]:
    found: dict[Doubt, list[str]] = {}
    for question in survey.report.questions:
        found.setdefault(question.doubt, []).append(question.id)
    return found


def test_what_is_not_certain_is_asked_and_the_reply_is_used(table: RawTable, reference: Reference) -> None:
    before = open_survey(table, reference, BOOK)
    assert before.report.years == {"2024-2025": 20, "2025-2026": 20}
    assert before.report.schools == {"Duinrand Lyc.": 5, "Duinrand Lyceum": 35}
    assert before.report.levels == {}
    asked = _asked(before)
    assert set(asked) == {Doubt.CLASS, Doubt.SCHOOL, Doubt.VALUE}
    assert {question.rows for question in before.report.questions if question.doubt is Doubt.VALUE} == {10}
    value = next(ident for ident in asked[Doubt.VALUE] if ident.endswith("|gaat"))
    told = {asked[Doubt.CLASS][0]: "ja", asked[Doubt.SCHOOL][0]: "dezelfde", value: "3"}
    after = open_survey(table, reference, BOOK, by_hand=told)
    assert after.report.schools == {"Duinrand Lyceum": 40}
    assert after.report.levels == {"Havo": 20, "Vmbo-bk": 20}
    assert after.answers is not None
    assert after.answers.frame["gezondheid"].value_counts().to_dict() == {1: 20, 2: 10, 3: 10}
    assert set(_asked(after)) == {Doubt.VALUE}, "what the numbers between the words mean is still open"


def test_only_month_and_leerjaar_of_a_pupil_came_out(table: RawTable) -> None:
    everything = repr(table) + repr(table.frame.to_dict("list"))
    for part in ("3kb2", "H4b", "anonymous", "09:0", "2025-10-0", "2025-03-1"):
        assert part not in everything
    assert "Tijd van voltooien (maand)" in [column.heading for column in table.columns]
