"""Cells to answers: every way of writing, and what is said about what could not be read."""

from __future__ import annotations

import math
from dataclasses import replace

import pandas as pd
import pytest

from tests.builders import DATA, codebook, links, question, raw_table
from wellbeing.model.imports import Problem, Severity
from wellbeing.model.reference import Codebook, RespondentField, Role
from wellbeing.model.survey import Answers, Links
from wellbeing.reference.spellings import load_spellings
from wellbeing.stages.recode import recode_answers

SPELLINGS = load_spellings(DATA / "codebooks" / "schrijfwijzen.csv")
BOOK = codebook(questions=[question("a", "1=Ja|2=Nee, nooit|3=Weet ik niet", missing=(9, -1))])


def recode(
    heading: str, cells: list[str], book: Codebook = BOOK, **labels: dict[str, str]
) -> tuple[Answers, tuple[Problem, ...]]:
    table = raw_table([heading], [[text] for text in cells], **labels)
    return recode_answers(table, book, links(table, book), SPELLINGS)


def codes(cells: list[str]) -> list[int | None]:
    answers, _ = recode("a", cells)
    return [None if pd.isna(value) else int(value) for value in answers.frame["a"]]


def keys(role: Role, answers: Answers) -> list[str | None]:
    return [None if pd.isna(value) else value for value in answers.frame[role]]


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("1", 1),
        ("1.0", 1),
        ("1,00", 1),
        (" 1 ", 1),
        ("Ja", 1),
        ("JA", 1),
        ("  ja\u00a0", 1),
        ("1 = ja", 1),
        ("1. Ja", 1),
        ("1) ja", 1),
        ("1: ja", 1),
        ("1 - ja", 1),
        ("nee,  nooit", 2),
        ("8", 8),
        ("9", None),
        ("-1", None),
        ("", None),
    ],
)
def test_an_answer_may_be_written_in_many_ways(written: str, code: int | None) -> None:
    answers, problems = recode("a", [written, "3"])
    assert problems == ()
    assert codes([written, "3"]) == [code, 3]
    assert answers.frame["a"].dtype == "Int64"


@pytest.mark.parametrize("written", ["4", "2 = ja", "1.5", "ja nee", "11111", "nee", "= ja"])
def test_a_value_that_fits_no_answer_is_missing_and_said(written: str) -> None:
    answers, problems = recode("a", ["1", written, "1"])
    assert codes(["1", written, "1"]) == [1, None, 1]
    (problem,) = problems
    assert (problem.severity, problem.heading, problem.rows, problem.cells) == (Severity.CHECK, "a", 1, ("A3",))
    assert len(answers.frame) == 3


def test_what_fewer_than_five_pupils_wrote_is_not_repeated() -> None:
    cells = ["ik heet Piet"] * 4 + ["onbekend antwoord"] * 6 + ["1"]
    _, problems = recode("a", cells)
    by_rows = {problem.rows: problem for problem in problems}
    assert "Piet" not in repr(by_rows[4])
    assert by_rows[4].cells == ("A2", "A3", "A4", "A5")
    assert "'onbekend antwoord'" in by_rows[6].message
    assert by_rows[6].cells == ("A6", "A7", "A8", "A9", "A10"), "no more than five addresses"


def test_the_same_holds_for_fields() -> None:
    answers, problems = recode("Niveau", ["mijn klas is leuk", "havo"])
    assert keys(Role.LEVEL, answers) == [None, "havo"]
    assert [problem.cells for problem in problems] == [("A2",)]
    assert "leuk" not in repr(problems)


def test_a_column_whose_own_labels_swap_the_codes_is_refused() -> None:
    answers, problems = recode("a", ["1", "2"], a={"1": "Nee, nooit", "2": "Ja"})
    assert "a" not in answers.frame
    (problem,) = problems
    assert problem.severity is Severity.STOP
    assert "'Nee, nooit'" in problem.message


@pytest.mark.parametrize("labels", [{"1": "JA", "2": "Nee, nooit"}, {"1": "Zeker", "9": "Onbekend"}, {"x": "Ja"}])
def test_labels_that_do_not_contradict_are_no_problem(labels: dict[str, str]) -> None:
    answers, problems = recode("a", ["1", "2"], a=labels)
    assert answers.frame["a"].tolist() == [1, 2]
    assert problems == ()


@pytest.mark.parametrize("cells", [[], ["", ""], ["9", "9"]])
def test_a_column_without_answers_is_still_a_column_of_codes(cells: list[str]) -> None:
    answers, problems = recode("a", cells)
    assert answers.frame["a"].dtype == "Int64"
    assert answers.frame["a"].isna().all()
    assert problems == ()


@pytest.mark.parametrize(
    ("written", "level"),
    [
        ("VMBO BL/KL", "vmbo-bk"),
        ("vmbo basis-/kaderberoepsgericht", "vmbo-bk"),
        ("Mavo", "vmbo-gt"),
        ("HAVO", "havo"),
        ("Gymnasium", "vwo"),
        ("havo/vwo", "gemengd"),
        ("Praktijkonderwijs", "praktijkonderwijs"),
        ("", None),
    ],
)
def test_levels_are_read_as_people_write_them(written: str, level: str | None) -> None:
    answers, problems = recode("Niveau", [written])
    assert keys(Role.LEVEL, answers) == [level]
    assert problems == ()


def test_exact_values_of_the_codebook_go_before_common_spellings() -> None:
    answers, problems = recode("Niveau fijn", ["1", "BK", "2", "9", "vwo"])
    assert keys(Role.LEVEL, answers) == ["vmbo-bk", "vmbo-bk", "havo", None, "vwo"]
    assert answers.labels[Role.LEVEL] == {"vmbo-bk": "Vmbo-bk", "havo": "Havo", "vwo": "Vwo"}
    assert problems == ()


def test_value_labels_of_spss_are_read_where_the_codebook_is_silent() -> None:
    answers, _ = recode("Geslacht", ["1", "2"], Geslacht={"1": "Jongen", "2": "Meisje"})
    assert keys(Role.GENDER, answers) == ["jongen", "meisje"]
    answers, _ = recode("School", ["1", "2", "onbekend", ""], School={"1": "De Werf"})
    assert keys(Role.SCHOOL, answers) == ["De Werf", "2", None, None]
    assert answers.labels[Role.SCHOOL] == {"De Werf": "De Werf", "2": "2"}


def test_the_label_of_a_group_is_not_that_of_a_part_of_it() -> None:
    labels = {"1": "vmbo basis", "2": "vmbo kader"}
    answers, _ = recode("Niveau", ["1", "1", "1", "2"], Niveau=labels)
    assert keys(Role.LEVEL, answers) == ["vmbo-bk"] * 4
    assert answers.labels[Role.LEVEL]["vmbo-bk"] != "vmbo kader"


def test_leerjaar_and_gender() -> None:
    answers, problems = recode("Leerjaar", ["3", "klas 4", "H4b", "0", "groep 8"])
    assert keys(Role.LEERJAAR, answers) == ["3", "4", "4", None, None]
    assert [problem.rows for problem in problems] == [1]


def test_weights_are_numbers_that_cannot_be_negative() -> None:
    answers, problems = recode("Gewicht", ["0,5", "1.25", "", "-2", "zwaar"])
    found = answers.frame[Role.WEIGHT].tolist()
    assert found[:2] == [0.5, 1.25]
    assert all(math.isnan(value) for value in found[2:])
    assert sorted(problem.cells for problem in problems) == [("A5",), ("A6",)]


def test_a_weight_is_finite() -> None:
    answers, _ = recode("Gewicht", ["inf", "1"])
    assert math.isnan(answers.frame[Role.WEIGHT][0])


def test_the_first_field_of_the_codebook_is_used_unless_the_user_links_one() -> None:
    table = raw_table(["Niveau", "Niveau fijn"], [["vwo", "1"]])
    found = links(table, BOOK)
    answers, _ = recode_answers(table, BOOK, found, SPELLINGS)
    assert keys(Role.LEVEL, answers) == ["vmbo-bk"]
    by_hand, _ = recode_answers(table, BOOK, replace(found, by_hand=frozenset({0})), SPELLINGS)
    assert keys(Role.LEVEL, by_hand) == ["vwo"]


def test_a_column_the_user_gives_a_role() -> None:
    table = raw_table(["Gemeente"], [["Dorp"], ["Stad"]])
    made = RespondentField(Role.SCHOOL, ("Gemeente",))
    answers, _ = recode_answers(table, BOOK, Links({}, {0: made}, frozenset({0})), SPELLINGS)
    assert keys(Role.SCHOOL, answers) == ["Dorp", "Stad"]


def test_a_weight_of_the_own_year() -> None:
    field = RespondentField(Role.WEIGHT, ("weeg{jaar}",))
    book = replace(BOOK, fields=(*(f for f in BOOK.fields if f.role is not Role.WEIGHT), field))
    table = raw_table(
        ["weeg2023", "Jaar", "weeg2024"], [["1", "2023-2024", "2"], ["3", "2024-2025", "4"], ["5", "", "6"]]
    )
    found = Links({}, {0: field, 1: book.fields[1], 2: field})
    answers, _ = recode_answers(table, book, found, SPELLINGS)
    weights = answers.frame[Role.WEIGHT].tolist()
    assert weights[:2] == [1.0, 4.0]
    assert math.isnan(weights[2])


def test_nothing_of_the_export_changes() -> None:
    table = raw_table(["a", "Niveau"], [["1 = ja", "vwo"], ["x", ""]])
    before = table.frame.copy()
    recode_answers(table, BOOK, links(table, BOOK), SPELLINGS)
    pd.testing.assert_frame_equal(table.frame, before)
