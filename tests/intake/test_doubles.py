"""The same pupil twice in a file is found, asked about and left out on request; two pupils who answer alike are not."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from tests.builders import raw_table
from wellbeing.intake.doubles import repeated_rows
from wellbeing.intake.doubtful import COUNT, LEAVE_OUT, settle_rows
from wellbeing.intake.tables import Cells
from wellbeing.model.imports import DOUBLE, UNFINISHED, Doubt, question_id
from wellbeing.model.survey import RawTable


def _columns(rows: list[list[str]]) -> list[Cells]:
    return [Cells.of(list(column)) for column in zip(*rows, strict=True)]


def _rows(questions: int, pupils: int = 100) -> list[list[str]]:
    chance = random.Random(questions)
    return [[str(chance.randrange(5)) for _ in range(questions)] for _ in range(pupils)]


def test_a_row_that_comes_back_is_found_where_that_is_no_coincidence() -> None:
    rows = _rows(20)
    assert repeated_rows(_columns([*rows, rows[3], rows[50], rows[3]])) == [100, 101, 102]
    assert repeated_rows(_columns(rows)) == []


@pytest.mark.parametrize("questions", [1, 3, 6])
def test_with_few_questions_pupils_may_answer_alike(questions: int) -> None:
    rows = _rows(questions)
    assert repeated_rows(_columns([*rows, *rows])) == []


def test_pupils_who_give_the_commonest_answers_may_be_alike() -> None:
    rows = [["Goed"] * 40 for _ in range(95)] + [[str(at)] * 40 for at in range(5)]
    assert repeated_rows(_columns(rows)) == []


def test_no_pupils_and_empty_cells_tell_nothing() -> None:
    assert repeated_rows([]) == []
    assert repeated_rows(_columns([[""] * 30] * 20)) == []


def _table(**rows: tuple[int, ...]) -> RawTable:
    return replace(raw_table(["School"], [[f"{at}"] for at in range(100)]), doubtful_rows=rows, hidden_rows=(2, 5))


@pytest.mark.parametrize(("count", "is_asked"), [(1, False), (2, False), (3, True), (40, True)])
def test_doubles_are_asked_about_above_two_percent(count: int, is_asked: bool) -> None:
    table, problems = settle_rows(_table(dubbel=tuple(range(2, 2 + count))), {})
    assert len(table.frame) == 100
    assert [problem.question.rows for problem in problems if problem.question] == [count] * is_asked


def test_what_the_user_replies_is_done() -> None:
    ident = question_id(Doubt.ROWS, "", UNFINISHED)
    table, problems = settle_rows(_table(halverwege=(2, 4)), {ident: LEAVE_OUT})
    assert table.row_numbers[:3] == (3, 5, 6)
    assert list(table.frame["c0"][:3]) == ["1", "3", "4"]
    assert table.hidden_rows == (5,)
    assert problems == ()
    table, problems = settle_rows(_table(halverwege=(2, 4)), {ident: COUNT})
    assert len(table.frame) == 100
    assert problems == ()


@pytest.mark.parametrize(
    ("reply", "said"),
    [
        (None, []),  # the question says it
        (COUNT, ["Leerlingen die halverwege stopten: 2. Die tellen mee, zoals u koos."]),
        (LEAVE_OUT, ["Leerlingen die halverwege stopten: 2. Die tellen niet mee, zoals u koos."]),
    ],
)
def test_what_was_told_while_reading_gives_way_to_what_is_so_now(reply: str | None, said: list[str]) -> None:
    replies = {question_id(Doubt.ROWS, "", UNFINISHED): reply} if reply else {}
    read = replace(_table(halverwege=(2, 4)), notes=("Leerlingen die halverwege stopten: 2. Zij tellen mee.", "Rest."))
    table, _ = settle_rows(read, replies)
    assert list(table.notes) == ["Rest.", *said]


def test_a_slip_of_the_hand_is_only_told() -> None:
    read = replace(_table(dubbel=(2,)), notes=("Leerlingen die er vaker in staan: 1 (zo).",))
    assert settle_rows(read, {}) == (read, ())


def test_a_row_that_is_twice_doubtful_is_left_out_once() -> None:
    replies = {question_id(Doubt.ROWS, "", kind): LEAVE_OUT for kind in (UNFINISHED, DOUBLE)}
    table, _ = settle_rows(_table(halverwege=(2, 4), dubbel=(4, 6)), replies)
    assert len(table.frame) == 97
