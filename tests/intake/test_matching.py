"""Columns are linked exactly or by hand; nothing is guessed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests import builders
from wellbeing.intake.matching import (
    closest_question,
    fitting_codebooks,
    known_headings,
    link_columns,
    link_problems,
)
from wellbeing.model.imports import Severity
from wellbeing.model.reference import Codebook, RespondentField, Role
from wellbeing.model.survey import RawTable

BOOK = replace(builders.codebook(), fields=(*builders.FIELDS, RespondentField(Role.WEIGHT, ("weegfactor{jaar}",))))


def _table(*headings: str) -> RawTable:
    return builders.raw_table(headings, [["1"] * len(headings)] * 3)


def test_columns_are_linked_by_heading() -> None:
    links = link_columns(_table("school ", "NIVEAU", "J_klachten", "iets anders"), BOOK)
    assert links.questions == {2: "klachten"}
    assert {at: field.role for at, field in links.fields.items()} == {0: Role.SCHOOL, 1: Role.LEVEL}
    assert links.fields[0] is BOOK.fields[0]
    assert links.by_hand == frozenset()


def test_spss_label_links_where_the_heading_does_not() -> None:
    table = _table("V1", "mening")
    columns = (replace(table.columns[0], label="Klachten"), replace(table.columns[1], label="Klachten"))
    assert link_columns(replace(table, columns=columns), BOOK).questions == {0: "klachten", 1: "mening"}


def test_weights_of_several_years_are_all_linked() -> None:
    links = link_columns(_table("weegfactor2022", "weegfactor2024"), BOOK)
    assert [field.role for field in links.fields.values()] == [Role.WEIGHT, Role.WEIGHT]
    assert link_problems(_table("weegfactor2022", "weegfactor2024"), BOOK) == ()


def test_two_columns_for_one_question_stop_the_import() -> None:
    table = _table("klachten", "J_klachten", "mening")
    assert link_columns(table, BOOK).questions == {2: "mening"}
    (problem,) = link_problems(table, BOOK)
    assert problem.severity is Severity.STOP
    assert "'klachten' (A) en 'J_klachten' (B)" in problem.message


def test_user_chooses_between_two_columns() -> None:
    table = _table("klachten", "J_klachten")
    for by_hand, place in (({"J_klachten": ""}, None), ({"andere": "klachten"}, 2)):
        wider = _table("klachten", "J_klachten", "andere") if place else table
        if place:
            assert link_columns(wider, BOOK, by_hand).questions == {place: "klachten"}
            assert link_problems(wider, BOOK, by_hand) == ()


def test_link_by_hand_goes_before_the_heading() -> None:
    table = _table("Klas van de leerling", "Leerjaar", "Hoe gaat het?", "mening")
    links = link_columns(table, BOOK, {"Klas van de leerling": "role:leerjaar", "hoe gaat het": "mening"})
    assert links.questions == {2: "mening"}
    assert {at: field.role for at, field in links.fields.items()} == {0: Role.LEERJAAR}
    assert links.by_hand == {0, 2}


def test_field_by_hand_reads_the_values_of_its_role() -> None:
    links = link_columns(_table("opleiding"), BOOK, {"opleiding": "role:niveau"})
    assert links.fields[0].values == builders.FIELDS[2].values
    assert links.fields[0].headings == ("opleiding",)


def test_column_that_must_not_be_used_is_left_out() -> None:
    assert link_columns(_table("klachten", "mening"), BOOK, {"klachten": ""}).questions == {1: "mening"}


def test_two_columns_by_hand_for_one_role_stop_the_import() -> None:
    by_hand = {"a": "role:school", "b": "role:school"}
    (problem,) = link_problems(_table("a", "b"), BOOK, by_hand)
    assert problem.severity is Severity.STOP
    assert link_columns(_table("a", "b"), BOOK, by_hand).fields == {}


@pytest.mark.parametrize("target", ["bestaat_niet", "role:kleur"])
def test_link_by_hand_to_nowhere_is_told(target: str) -> None:
    (problem,) = link_problems(_table("a"), BOOK, {"a": target})
    assert problem.heading == "a"
    assert link_columns(_table("a"), BOOK, {"a": target}).questions == {}


def _book(name: str, *questions: str) -> Codebook:
    return replace(
        builders.codebook(
            indicators=[builders.indicator(questions[0])], questions=[builders.question(item) for item in questions]
        ),
        id=name,
    )


def test_codebooks_that_fit_come_best_first() -> None:
    small, large = _book("klein", "q1", "q2", "q3"), _book("groot", "q1", "q2", "q3", "q4")
    other, without = _book("ander", "p1", "p2", "p3"), _book("zonder", "p9", "q1", "q2", "q3")
    table = _table("School", "Q1", "q2", "q3", "q4")
    fitting = fitting_codebooks(table, [small, large, other, without])
    assert [(book.id, times) for book, times in fitting] == [("groot", 4), ("klein", 3)]


def test_two_questions_out_of_many_do_not_make_a_fit() -> None:
    assert fitting_codebooks(_table("q1", "q2"), [_book("groot", "q1", "q2", "q3", "q4")]) == []


def test_closest_question_is_a_suggestion_with_a_score() -> None:
    book = replace(
        BOOK,
        questions=(
            replace(builders.question("slaap"), text="Hoe vaak slaap je slecht?"),
            replace(builders.question("rook"), text="Rook je wel eens een sigaret?"),
        ),
    )
    found = closest_question("Hoe vaak slaap jij slecht", book)
    assert found is not None
    assert found[0] == "slaap"
    assert 60 <= found[1] < 100
    assert closest_question("Wat eet je bij het ontbijt?", book) is None
    assert link_columns(_table("Hoe vaak slaap jij slecht"), book).questions == {}


def test_known_headings_are_those_of_every_codebook() -> None:
    headings = known_headings([BOOK, _book("ander", "P1")])
    assert {"school", "klachten", "weegfactor{jaar}", "p1"} <= headings


def test_user_replies_which_of_two_columns_counts() -> None:
    table = _table("klachten", "klachten", "mening")
    (problem,) = link_problems(table, BOOK)
    assert problem.question is not None
    assert [key for key, _ in problem.question.options] == ["A", "B", "geen"]
    for reply, linked in (
        ("A", {0: "klachten", 2: "mening"}),
        ("B", {1: "klachten", 2: "mening"}),
        ("geen", {2: "mening"}),
    ):
        replies = {problem.question.id: reply}
        assert link_columns(table, BOOK, {}, replies).questions == linked
        assert link_problems(table, BOOK, {}, replies) == ()


def test_reply_that_is_no_option_settles_nothing() -> None:
    table = _table("klachten", "klachten")
    (problem,) = link_problems(table, BOOK)
    assert problem.question is not None
    assert link_problems(table, BOOK, {}, {problem.question.id: "Q"}) == (problem,)


def test_month_of_filling_in_is_the_year_where_there_is_no_other() -> None:
    links = link_columns(_table("klachten", "Tijd van voltooien (maand)"), BOOK)
    assert {at: field.role for at, field in links.fields.items()} == {1: Role.YEAR}
    links = link_columns(_table("Jaar", "Tijd van voltooien (maand)"), BOOK)
    assert {at: field.role for at, field in links.fields.items()} == {0: Role.YEAR}
    links = link_columns(_table("Tijd van voltooien (maand)"), BOOK, {"Tijd van voltooien (maand)": ""})
    assert links.fields == {}
