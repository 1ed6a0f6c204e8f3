"""The distribution of answers: what may be joined, what stays hidden, and what it tells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.builders import TOTAL, codebook, indicator, measurement, policy, question
from wellbeing.model.reference import Codebook, CountRule, Direction, IndicatorId, Policy, Sensitivity, ShareRule
from wellbeing.model.results import AnswerCounts, AnswerShare, Measurement, PublishedAnswers, Reason, Suppressed
from wellbeing.stages.distribute import beside_shown, distribute, told_by_answers
from wellbeing.stages.protect import protect

LABELS = ("Nooit", "Zelden", "Soms", "Vaak", "Altijd")
ANSWERS = "|".join(f"{at}={label}" for at, label in enumerate(LABELS, 1))
OFTEN = (4, 5)
A = IndicatorId("often")


def book(
    *rules: tuple[str, tuple[int, ...]], sensitivity: Sensitivity = Sensitivity.NORMAL, route: tuple[int, ...] = ()
) -> Codebook:
    """Give a codebook with one question, and an indicator for each set of answers that count."""
    made = [
        indicator(name, ShareRule("share", "v", cases), sensitivity=sensitivity)
        for name, cases in rules or (("often", OFTEN),)
    ]
    return codebook(made, [question("v", ANSWERS, not_applicable=route)])


def given_answers(*numbers: int) -> Measurement:
    rows = tuple((at, label, number) for at, (label, number) in enumerate(zip(LABELS, numbers, strict=True), 1))
    cases, total = sum(numbers[3:]), sum(numbers)
    return measurement({TOTAL: {"often": (cases, total)}}, answers=(AnswerCounts("v", "Vraag v?", rows),))


def published(*numbers: int, made: Codebook | None = None, rules: Policy | None = None) -> PublishedAnswers:
    (found,) = distribute(given_answers(*numbers), made or book(), rules or policy())
    return found


def shares(*numbers: int, made: Codebook | None = None) -> list[tuple[str, int]]:
    found = published(*numbers, made=made).shares
    assert not isinstance(found, Suppressed)
    return [("+".join(share.labels), share.percentage) for share in found]


def reason(*numbers: int, made: Codebook | None = None) -> Reason:
    found = published(*numbers, made=made)
    assert isinstance(found.shares, Suppressed)
    assert found.total is None
    return found.shares.reason


def test_large_answers_stay_apart() -> None:
    assert shares(20, 30, 25, 15, 10) == [("Nooit", 20), ("Zelden", 30), ("Soms", 25), ("Vaak", 15), ("Altijd", 10)]
    assert published(20, 30, 25, 15, 10).total == 100


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        ((20, 4, 51, 15, 10), [("Nooit+Zelden", 24), ("Soms", 51), ("Vaak", 15), ("Altijd", 10)]),
        ((4, 20, 51, 15, 10), [("Nooit+Zelden", 24), ("Soms", 51), ("Vaak", 15), ("Altijd", 10)]),
        ((20, 51, 4, 15, 10), [("Nooit", 20), ("Zelden+Soms", 55), ("Vaak", 15), ("Altijd", 10)]),
        ((20, 30, 25, 21, 4), [("Nooit", 20), ("Zelden", 30), ("Soms", 25), ("Vaak+Altijd", 25)]),
        ((2, 2, 2, 84, 10), [("Nooit+Zelden+Soms", 6), ("Vaak", 84), ("Altijd", 10)]),
    ],
)
def test_a_small_answer_joins_a_neighbour_on_its_side(
    numbers: tuple[int, ...], expected: list[tuple[str, int]]
) -> None:
    assert shares(*numbers) == expected


def test_no_answers_are_joined_across_the_border_of_a_subject() -> None:
    """Three of 100 often or always: joined with "Soms" it would give the three away beside the subject itself."""
    assert reason(40, 30, 27, 2, 1) is Reason.NOT_SHOWN
    assert reason(1, 1, 1, 60, 40) is Reason.NOT_SHOWN


def test_every_subject_of_the_question_has_its_border() -> None:
    two = book(("often", OFTEN), ("never", (1,)))
    assert shares(20, 3, 52, 15, 10, made=two) == [("Nooit", 20), ("Zelden+Soms", 55), ("Vaak", 15), ("Altijd", 10)]
    assert reason(4, 30, 41, 15, 10, made=two) is Reason.NOT_SHOWN


def test_nobody_counts_as_too_few() -> None:
    assert shares(20, 0, 55, 15, 10) == [("Nooit+Zelden", 20), ("Soms", 55), ("Vaak", 15), ("Altijd", 10)]
    assert reason(40, 30, 30, 0, 0) is Reason.NOT_SHOWN


def test_a_question_that_some_skip_by_route_is_hidden() -> None:
    assert reason(20, 30, 25, 15, 10, made=book(route=(8,))) is Reason.NOT_SHOWN


def test_too_few_pupils_and_sensitive_subjects() -> None:
    assert reason(6, 6, 6, 6, 5) is Reason.TOO_FEW_PUPILS
    assert shares(6, 6, 6, 6, 6)
    assert reason(20, 30, 25, 15, 10, made=book(sensitivity=Sensitivity.REGION_ONLY)) is Reason.SENSITIVE
    strict = book(sensitivity=Sensitivity.STRICTER)
    assert shares(20, 9, 46, 15, 10, made=strict)[0] == ("Nooit+Zelden", 29)
    assert reason(10, 10, 9, 10, 10, made=strict) is Reason.TOO_FEW_PUPILS


def test_questions_without_a_subject_of_their_own_are_left_out() -> None:
    count = codebook([indicator("c", CountRule("count", ("v",), OFTEN, 1))], [question("v", ANSWERS)])
    assert distribute(given_answers(20, 30, 25, 15, 10), count, policy()) == ()
    neutral = replace(
        book(), indicators=(indicator("often", ShareRule("share", "v", OFTEN), higher_is=Direction.NEUTRAL),)
    )
    assert distribute(given_answers(20, 30, 25, 15, 10), neutral, policy())


numbers_given = st.lists(st.integers(0, 60), min_size=5, max_size=5).map(tuple)


@given(numbers_given)
@settings(max_examples=300)
def test_what_is_shown_keeps_the_rules(numbers: tuple[int, ...]) -> None:
    found = published(*numbers)
    if isinstance(found.shares, Suppressed):
        return
    of = dict(zip(LABELS, numbers, strict=True))
    assert sum(numbers) >= 30
    assert [label for share in found.shares for label in share.labels] == list(LABELS), "all answers, in their order"
    for share in found.shares:
        number = sum(of[label] for label in share.labels)
        assert number >= 5
        assert share.percentage == int(100 * number / sum(numbers) + 0.5)
        assert len({label in {"Vaak", "Altijd"} for label in share.labels}) == 1, "one side of the border"
        if len(share.labels) > 1:
            assert min(of[label] for label in share.labels) < 5, "joined without need"


# --------------------------------------------------------------------------- what it tells


def brute_force(found: Sequence[AnswerShare], total: int) -> set[int]:
    """Every way to divide the pupils over what is shown, and the cases each gives."""
    fits = [[k for k in range(total + 1) if (200 * k + total) // (2 * total) == share.percentage] for share in found]
    cases = set()
    for counts in product(*fits):
        if sum(counts) == total:
            inside = [n for n, share in zip(counts, found, strict=True) if share.labels[0] in {"Vaak", "Altijd"}]
            cases.add(sum(inside))
    return cases


@given(numbers_given)
@settings(max_examples=150, deadline=None)
def test_the_bounds_are_those_of_trying_everything(numbers: tuple[int, ...]) -> None:
    made, counted = book(), given_answers(*numbers)
    found = published(*numbers)
    told = told_by_answers([found], counted, made)
    if isinstance(found.shares, Suppressed):
        assert told == {}
        return
    low, high = told[A]
    possible = brute_force(found.shares, sum(numbers))
    assert low <= sum(numbers[3:]) <= high, "the truth lies inside"
    assert (low, high) == (min(possible), max(possible))


def test_bounds_by_hand() -> None:
    """300 pupils: 10% and 6% may be 29-31 and 17-19 cases, and the rest 250 to 256 without."""
    found = published(50, 100, 102, 30, 18)
    assert told_by_answers([found], given_answers(50, 100, 102, 30, 18), book()) == {A: (46, 50)}


def test_answers_do_not_tell_what_the_figure_may_not() -> None:
    """The subject is hidden because of another one; the sum of its answers would give it back."""
    counted = given_answers(50, 100, 102, 30, 18)
    seen = protect(counted, {A: Sensitivity.NORMAL}, policy())
    answers = (published(50, 100, 102, 30, 18),)
    assert beside_shown(answers, seen, book()) == answers
    hidden = replace(seen, groups=(replace(seen.total, figures={A: Suppressed(Reason.NOT_SHOWN)}),))
    (found,) = beside_shown(answers, hidden, book())
    assert (found.total, found.shares) == (None, Suppressed(Reason.NOT_SHOWN))
    assert found.question == "v"


def test_a_hidden_distribution_tells_nothing() -> None:
    counted = given_answers(40, 30, 27, 2, 1)
    assert told_by_answers([published(40, 30, 27, 2, 1)], counted, book()) == {}
