"""Cells to answers: every way of writing, and what is said about what could not be read."""

from __future__ import annotations

import math
from dataclasses import replace

import pandas as pd
import pytest

from tests.builders import DATA, codebook, links, question, raw_table
from wellbeing.model.imports import Ambiguity, Doubt, Problem, Severity
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


# --------------------------------------------------------------------------- what only the user knows

KEER = codebook(questions=[question("a", "1=Nooit|2=1-2|3=3-4|4=2-1", missing=(9,))])
OPTIONS = codebook(
    questions=[
        replace(question(f"q{n}", "1=Aangekruist|2=Niet aangekruist"), headings=(f"Rook je? – {name}",))
        for n, name in enumerate(("Vape", "Sigaret"))
    ]
)


def ask(problems: tuple[Problem, ...], doubt: Doubt) -> Ambiguity:
    """Give the one question of this kind."""
    (found,) = {item.question for item in problems if item.question and item.question.doubt is doubt}
    return found


def settle(
    heading: str, cells: list[str], replies: dict[str, str], book: Codebook = BOOK
) -> tuple[Answers, tuple[Problem, ...]]:
    table = raw_table([heading], [[text] for text in cells])
    return recode_answers(table, book, links(table, book), SPELLINGS, replies)


@pytest.mark.parametrize("written", ["Ja (1)", "1 – ja", "1 Ja", "‘ja’".strip("‘’"), "ja\u00ad"])
def test_a_code_may_stand_at_either_side(written: str) -> None:
    assert codes([written, "3"]) == [1, 3]


@pytest.mark.parametrize("written", ["Ja (2)", "2 ja", "ja (x)"])
def test_a_code_that_contradicts_its_label_is_not_read(written: str) -> None:
    assert codes([written, "3"]) == [None, 3]


def test_na_and_none_are_answers_where_the_codebook_has_them() -> None:
    book = codebook(questions=[question("a", "1=NA|2=None|3=n.v.t.|4=nan|5=null")])
    answers, problems = recode("a", ["NA", "None", "n.v.t.", "nan", "null"], book)
    assert answers.frame["a"].tolist() == [1, 2, 3, 4, 5]
    assert problems == ()


def test_missing_codes_are_those_of_the_question() -> None:
    book = codebook(questions=[question("cijfer", "8=Acht|9=Negen", missing=(99,), not_applicable=()), question("a")])
    table = raw_table(["cijfer", "a"], [["9", "9"], ["99", "1"]])
    answers, _ = recode_answers(table, book, links(table, book), SPELLINGS)
    assert answers.frame["cijfer"].tolist()[0] == 9
    assert pd.isna(answers.frame["cijfer"][1])
    assert pd.isna(answers.frame["a"][0])


@pytest.mark.parametrize(("written", "code"), [("2026-04-03", 3), ("3-apr", 3), ("4-mrt", 3)])
def test_a_date_that_excel_made_is_put_back_and_told(written: str, code: int) -> None:
    answers, problems = recode("a", ["Nooit", written], KEER)
    assert answers.frame["a"].tolist() == [1, code]
    (problem,) = problems
    assert (problem.severity, problem.rows) == (Severity.NOTE, 1)
    assert "'3-4'" in problem.message


def test_a_date_that_may_be_two_answers_is_asked() -> None:
    cells = ["Nooit", *["2026-02-01"] * 5]
    answers, problems = recode("a", cells, KEER)
    assert answers.frame["a"].isna().sum() == 5
    question_ = ask(problems, Doubt.DATE)
    assert question_.rows == 5
    assert question_.options == (("2", "1-2"), ("4", "2-1"), ("ontbreekt", "Niet ingevuld: telt niet mee"))
    answers, problems = settle("a", cells, {question_.id: "4"}, KEER)
    assert answers.frame["a"].tolist() == [1, 4, 4, 4, 4, 4]
    assert problems == ()


def test_a_value_that_enough_pupils_wrote_is_asked_once_with_their_number() -> None:
    cells = ["1", *["soms wel"] * 6]
    _, problems = recode("a", cells)
    question_ = ask(problems, Doubt.VALUE)
    assert (question_.rows, question_.about) == (6, "soms wel")
    assert [key for key, _ in question_.options] == ["1", "2", "3", "ontbreekt"]
    answers, problems = settle("a", cells, {question_.id: "3"})
    assert answers.frame["a"].tolist() == [1, 3, 3, 3, 3, 3, 3]
    assert problems == ()
    answers, problems = settle("a", cells, {question_.id: "ontbreekt"})
    assert answers.frame["a"].isna().sum() == 6
    assert problems == ()


def test_what_fewer_wrote_is_never_asked() -> None:
    _, problems = recode("a", ["1", *["ik heet Piet"] * 4])
    assert [problem.question for problem in problems] == [None]


def test_an_unknown_level_is_asked_with_the_levels_there_are() -> None:
    cells = ["havo", *["technasium"] * 5]
    _, problems = recode("Niveau", cells)
    question_ = ask(problems, Doubt.VALUE)
    assert {"havo", "vwo", "gemengd"} <= {key for key, _ in question_.options}
    answers, problems = settle("Niveau", cells, {question_.id: "vwo"})
    assert keys(Role.LEVEL, answers) == ["havo", *["vwo"] * 5]
    assert answers.labels[Role.LEVEL]["vwo"] == "Vwo"
    assert problems == ()


def test_words_and_numbers_through_each_other_are_read_and_asked() -> None:
    cells = ["1"] * 5 + ["Ja"] * 5
    answers, problems = recode("a", cells)
    assert answers.frame["a"].tolist() == [1] * 10
    question_ = ask(problems, Doubt.VALUE)
    assert question_.rows == 5
    answers, problems = settle("a", cells, {question_.id: "nee"})
    assert answers.frame["a"].isna().sum() == 5
    answers, problems = settle("a", cells, {question_.id: "ja"})
    assert (answers.frame["a"].tolist(), problems) == ([1] * 10, ())


@pytest.mark.parametrize(
    ("yes", "no"), [("WAAR", "ONWAAR"), ("TRUE", "FALSE"), ("Ja", "Nee"), ("yes", "no"), ("x", "nee"), ("✓", "Nee")]
)
def test_ticks_may_be_written_in_many_ways(yes: str, no: str) -> None:
    answers, problems = recode("Rook je? – Vape", [yes, no], OPTIONS)
    assert answers.frame["q0"].tolist() == [1, 2]
    assert problems == ()


def test_ones_and_zeros_are_yes_and_no_and_told() -> None:
    answers, problems = recode("Rook je? – Vape", ["1", "0", "0", ""], OPTIONS)
    assert answers.frame["q0"].tolist()[:3] == [1, 2, 2]
    assert [(problem.severity, problem.rows) for problem in problems] == [(Severity.NOTE, 2)]
    answers, problems = recode("Rook je? – Vape", ["1", "0", "2"], OPTIONS)
    assert [problem.severity for problem in problems] == [Severity.CHECK], "with a 2 in it, a 0 is something else"


@pytest.mark.parametrize("tick", ["x", "Vape", "1", "Aangekruist"])
def test_empty_beside_ticks_counts_only_after_a_reply(tick: str) -> None:
    cells = [tick] * 5 + [""] * 7
    answers, problems = recode("Rook je? – Vape", cells, OPTIONS)
    assert "q0" not in answers.frame
    question_ = ask(problems, Doubt.BLANK)
    assert (question_.heading, question_.rows) == ("Rook je?", 7)
    answers, problems = settle("Rook je? – Vape", cells, {question_.id: "nee"}, OPTIONS)
    assert (answers.frame["q0"].tolist(), problems) == ([1] * 5 + [2] * 7, ())
    answers, problems = settle("Rook je? – Vape", cells, {question_.id: "leeg"}, OPTIONS)
    assert (int(answers.frame["q0"].isna().sum()), problems) == (7, ())


def test_options_of_one_question_are_asked_about_together() -> None:
    table = raw_table(["Rook je? – Vape", "Rook je? – Sigaret"], [["x", ""], ["", "x"]])
    _, problems = recode_answers(table, OPTIONS, links(table, OPTIONS), SPELLINGS)
    assert len(problems) == 2
    assert len({problem.question.id for problem in problems if problem.question}) == 1


def test_school_years_get_one_form() -> None:
    answers, problems = recode(
        "Jaar", ["2025-2026", "2025/2026", "25-26", "schooljaar 2025-2026", "2025-10", "1-8-2025"]
    )
    assert set(keys(Role.YEAR, answers)) == {"2025-2026"}
    assert answers.labels[Role.YEAR] == {"2025-2026": "2025-2026"}
    assert problems == ()


def test_bare_years_alone_stay_as_they_are() -> None:
    answers, problems = recode("Jaar", ["2023", "2025"])
    assert keys(Role.YEAR, answers) == ["2023", "2025"]
    assert problems == ()


def test_a_bare_year_beside_school_years_is_asked() -> None:
    cells = ["2024-2025", "2025", "2025"]
    answers, problems = recode("Jaar", cells)
    assert keys(Role.YEAR, answers) == ["2024-2025", "2025", "2025"]
    question_ = ask(problems, Doubt.YEAR)
    assert question_.rows == 2
    answers, problems = settle("Jaar", cells, {question_.id: "2024-2025"})
    assert (keys(Role.YEAR, answers), problems) == (["2024-2025"] * 3, ())
    assert answers.labels[Role.YEAR] == {"2024-2025": "2024-2025"}


def test_the_level_in_a_class_counts_only_after_a_reply() -> None:
    cells = ["kb 3", "h 4", "kgt 3"]
    answers, problems = recode("Leerjaar", cells)
    assert keys(Role.LEERJAAR, answers) == ["3", "4", "3"]
    assert Role.LEVEL not in answers.frame
    question_ = ask(problems, Doubt.CLASS)
    assert question_.rows == 3
    assert "kb 3 = Vmbo-bk" in question_.text
    answers, problems = settle("Leerjaar", cells, {question_.id: "ja"})
    assert keys(Role.LEVEL, answers) == ["vmbo-bk", "havo", "gemengd"]
    assert answers.labels[Role.LEVEL]["havo"] == "Havo"
    answers, problems = settle("Leerjaar", cells, {question_.id: "nee"})
    assert (Role.LEVEL in answers.frame, problems) == (False, ())


@pytest.mark.parametrize(
    ("written", "genders"), [(["m", "v"], ["jongen", "meisje"]), (["j", "m"], ["jongen", "meisje"]), (["m"], [None])]
)
def test_the_letter_m_is_read_by_what_stands_beside_it(written: list[str], genders: list[str | None]) -> None:
    answers, _ = recode("Geslacht", written)
    assert keys(Role.GENDER, answers) == genders


def test_a_negative_weight_stops_the_import() -> None:
    _, problems = recode("Gewicht", ["1,5", "-2", "zwaar"])
    assert {problem.cells: problem.severity for problem in problems} == {
        ("A3",): Severity.STOP,
        ("A4",): Severity.CHECK,
    }


@pytest.mark.parametrize(
    ("written", "weight"), [("1.234,5", 1234.5), ("1,234.5", 1234.5), ("0,75", 0.75), ("1.5", 1.5)]
)
def test_weights_are_read_with_comma_or_point(written: str, weight: float) -> None:
    answers, _ = recode("Gewicht", [written])
    assert answers.frame[Role.WEIGHT][0] == weight


@pytest.mark.parametrize("written", ["1,234", "2.500"])
def test_a_weight_that_may_be_thousands_is_asked_about(written: str) -> None:
    table = raw_table(["Gewicht"], [[written], ["1"]])
    answers, (problem,) = recode_answers(table, BOOK, links(table, BOOK), SPELLINGS)
    assert answers.frame[Role.WEIGHT][0] == float(written.replace(",", "."))
    assert problem.question
    assert problem.rows == 1
    replies = {problem.question.id: "duizend"}
    answers, problems = recode_answers(table, BOOK, links(table, BOOK), SPELLINGS, replies)
    assert answers.frame[Role.WEIGHT].tolist() == [float(written.replace(",", "").replace(".", "")), 1.0]
    assert problems == ()


@pytest.mark.parametrize("other", ["0,98", "0,5", "1,2345"])
def test_another_weight_tells_what_the_comma_is(other: str) -> None:
    answers, problems = recode("Gewicht", ["1,234", other])
    assert answers.frame[Role.WEIGHT][0] == 1.234
    assert problems == ()
