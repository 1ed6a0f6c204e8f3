"""Editions of one questionnaire: their year, and the subjects that one file does not tell alike for both."""

from __future__ import annotations

from dataclasses import replace

from tests import builders
from wellbeing.model.reference import Codebook, Question, ShareRule
from wellbeing.reference.editions import changed_subjects, edition_of, edition_year, readable_subjects

ITEM = builders.question("item", "1=Nooit|2=Soms|3=Vaak")
DERIVED = builders.question("kolom", "0=Nee|1=Ja")
BY_ITEM, BY_COLUMN = ShareRule("share", "item", (3,)), ShareRule("share", "kolom", (1,))


def edition(
    year: str, *rules: ShareRule, version: str = "v1", questions: tuple[Question, ...] = (ITEM, DERIVED)
) -> Codebook:
    subject = builders.indicator("moe", *(rules or (BY_ITEM, BY_COLUMN)), version=version)
    return replace(builders.codebook([subject], questions), id=f"lijst-{year}".replace(" ", "-"), edition=year)


def changed(old: Codebook, present: set[str]) -> bool:
    return changed_subjects(edition("2023"), present, old, present) == {"moe"}


def test_an_edition_has_a_year_when_that_is_its_name() -> None:
    assert [edition_year(edition(name)) for name in ("2023", "voorbeeld 1", "23", "2025-2026")] == ["2023", "", "", ""]


def test_a_year_leads_to_the_other_edition_of_the_same_questionnaire() -> None:
    new, old = edition("2023"), edition("2021")
    foreign = replace(edition("2021"), id="vreemd", instrument="Andere lijst")
    assert edition_of("2021", new, [foreign, new, old]) is old
    assert edition_of("2021-2022", new, [new, old]) is old
    assert edition_of("2023", new, [new, old]) is None
    assert edition_of("2024", new, [new, old]) is None
    assert edition_of("2021", replace(new, edition="proefbestand"), [new, old]) is None


def test_the_same_question_in_the_same_codes_has_not_changed() -> None:
    assert not changed(edition("2021"), {"item", "kolom"})
    assert not changed(edition("2021"), {"kolom"})


def test_another_version_is_another_question() -> None:
    assert changed(edition("2021", version="v2"), {"item", "kolom"})


def test_a_subject_that_the_other_edition_does_not_have_has_changed() -> None:
    other = builders.codebook([builders.indicator("blij", BY_ITEM)], [ITEM])
    assert changed(other, {"item"})


def test_a_column_that_was_coded_otherwise_counts_only_where_it_is_used() -> None:
    """The item is read first, so that the column does not matter; without the item it does."""
    only_item = edition("2021", BY_ITEM, questions=(ITEM,))
    assert not changed(only_item, {"item", "kolom"})
    assert changed(only_item, {"kolom"})


def test_other_answers_under_one_name_are_a_change() -> None:
    finer = builders.question("item", "1=Nooit|2=Zelden|3=Soms|4=Vaak")
    assert changed(edition("2021", questions=(finer, DERIVED)), {"item"})
    unknown = replace(ITEM, missing=(9, 99))
    assert changed(edition("2021", questions=(unknown, DERIVED)), {"item"})


def test_a_code_for_pupils_who_were_not_asked_may_come_and_go() -> None:
    with_code = builders.question("kolom", "0=Nee|1=Ja|8=Nvt")
    assert not changed(edition("2021", questions=(ITEM, with_code)), {"kolom"})


def test_a_subject_is_readable_when_one_of_its_rules_has_all_its_questions() -> None:
    assert readable_subjects(edition("2023"), {"kolom"}) == {"moe"}
    assert readable_subjects(edition("2023"), {"iets anders"}) == set()
