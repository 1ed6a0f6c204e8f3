"""The same school under more names, or in more regions: told or asked, never merged in silence."""

from __future__ import annotations

import pytest

from tests.builders import DATA, codebook, links, question, raw_table
from wellbeing.model.imports import Doubt, Problem, Severity
from wellbeing.model.reference import Role
from wellbeing.model.survey import Answers, RawTable
from wellbeing.reference.spellings import load_spellings
from wellbeing.stages.recode import recode_answers
from wellbeing.stages.schools import check_levels, check_regions, settle_schools

SPELLINGS = load_spellings(DATA / "codebooks" / "schrijfwijzen.csv")
BOOK = codebook(questions=[question("a")])


def export(rows: list[tuple[str, ...]], *headings: str) -> tuple[RawTable, Answers]:
    table = raw_table(headings or ["School"], rows)
    answers, _ = recode_answers(table, BOOK, links(table, BOOK), SPELLINGS)
    return table, answers


def schools(*names: str) -> Answers:
    return export([(name,) for name in names])[1]


def asked(problems: tuple[Problem, ...]) -> list[str]:
    return [problem.question.about for problem in problems if problem.question]


@pytest.mark.parametrize("other", ["DE WERF", "de  werf", "De Werf.", "De-Werf"])
def test_names_that_differ_only_in_capitals_and_signs_are_one_school_and_told(other: str) -> None:
    answers, problems = settle_schools(schools("De Werf", "De Werf", other))
    assert set(answers.frame[Role.SCHOOL]) == {"De Werf"}
    assert set(answers.labels[Role.SCHOOL]) == {"De Werf"}
    (problem,) = problems
    assert (problem.severity, problem.rows, problem.question) == (Severity.NOTE, 1, None)
    assert f"'{other}'" in problem.message


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Duinrand Lyceum", "Duinrand Lyc."),
        ("Calvijn College", "Calvin College"),
        ("CSG Calvijn", "Christelijke scholengemeenschap Calvijn"),
        ("Café College", "Cafe College"),
        ("Sint Jan College", "St. Jan College"),
        ("Het Baken", "Het Baken – locatie Noord"),
        ("De Werf", "Dewerf"),
    ],
)
def test_names_that_are_nearly_alike_are_asked_and_stay_apart(one: str, other: str) -> None:
    before = schools(one, one, other)
    answers, problems = settle_schools(before)
    assert set(answers.frame[Role.SCHOOL]) == {one, other}
    assert asked(problems) == [f"{one} / {other}"]
    assert problems[0].rows == 1
    question = problems[0].question
    assert question is not None
    assert question.doubt is Doubt.SCHOOL
    same, none = settle_schools(before, {question.id: "dezelfde"})
    assert (set(same.frame[Role.SCHOOL]), none) == ({one}, ())
    other_school, none = settle_schools(before, {question.id: "andere"})
    assert (set(other_school.frame[Role.SCHOOL]), none) == ({one, other}, ())


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("School 1", "School 2"),
        ("De Werf", "Het Baken"),
        ("Noordzee College", "Zuidzee College"),
        ("De Kleine Kreek", "De Grote Kreek"),
        ("Lyceum Oost", "Lyceum West"),
        ("00AB01", "00AB02"),
    ],
)
def test_names_of_other_schools_are_not_asked(one: str, other: str) -> None:
    assert settle_schools(schools(one, one, other))[1] == ()


def test_school_that_stopped_and_one_that_began_are_asked() -> None:
    rows = [("De Werf", "2024-2025"), ("Het Baken", "2024-2025"), ("De Werf", "2025-2026"), ("Nova", "2025-2026")]
    _, answers = export(rows, "School", "Jaar")
    _, problems = settle_schools(answers)
    assert asked(problems) == ["Nova / Het Baken"]
    assert "2024-2025" in problems[0].question.text  # type: ignore[union-attr]


def test_two_schools_that_began_are_not_guessed() -> None:
    rows = [("De Werf", "2024-2025"), ("Nova", "2025-2026"), ("Het Baken", "2025-2026")]
    assert settle_schools(export(rows, "School", "Jaar")[1])[1] == ()


def test_export_without_schools_has_nothing_to_settle() -> None:
    _, answers = export([("1",)], "a")
    assert settle_schools(answers) == (answers, ())


def test_pupils_of_one_school_in_two_regions_are_told() -> None:
    rows = [("De Werf", "West")] * 9 + [("De Werf", "Oost"), ("Het Baken", "Oost"), ("Het Baken", "")]
    table, answers = export(rows, "School", "GGD-regio")
    (problem,) = check_regions(table, answers)
    assert (problem.severity, problem.rows, problem.heading) == (Severity.CHECK, 1, "GGD-regio")
    assert "De Werf" in problem.message
    assert "West: 9, Oost: minder dan 5" in problem.message


def test_schools_in_their_own_region_are_fine() -> None:
    table, answers = export([("De Werf", "West"), ("Het Baken", "Oost")], "School", "Regio")
    assert check_regions(table, answers) == ()


def test_school_with_another_level_the_next_year_is_told() -> None:
    rows = [("De Werf", "2024-2025", "havo"), ("De Werf", "2025-2026", "havo"), ("De Werf", "2025-2026", "vwo")]
    _, answers = export(rows, "School", "Jaar", "Niveau")
    (problem,) = check_levels(answers)
    assert "2024-2025: Havo; 2025-2026: Havo, Vwo" in problem.message
    assert check_levels(export(rows[:2], "School", "Jaar", "Niveau")[1]) == ()


def test_a_number_of_a_school_is_asked_about_beside_a_few_names() -> None:
    assert asked(settle_schools(schools("12XY", "Het Baken"))[1]) == ["Het Baken / 12XY"]
    assert asked(settle_schools(schools("12XY", "34AB", "Het Baken"))[1]) == []
    assert asked(settle_schools(schools("12XY", "Het Baken", "De Werf", "Nova", "Polderhof"))[1]) == []
