"""Subjects of the same questions that cannot be guarded together are refused when a codebook is read."""

import pytest

from tests.builders import codebook, indicator, question
from wellbeing import pipeline
from wellbeing.model.reference import CountRule, ShareRule
from wellbeing.reference.codebooks import codebook_problems

NAMES = tuple(f"v{number}" for number in range(40))
QUESTIONS = [question(name, "1=Nooit|2=Soms|3=Vaak") for name in NAMES]


def problems(*indicators):
    return [text for text in codebook_problems(codebook(indicators, QUESTIONS)) if "headings" not in text]


def counted(name, asked, at_least=1, cases=(3,)):
    return indicator(name, CountRule("count", asked, cases, at_least))


def shared(name, cases, left_out=(), not_applicable="nee"):
    return indicator(name, ShareRule("share", "v0", cases, left_out, not_applicable))


def test_a_long_chain_of_subjects_is_refused():
    """Each shares a question with the next."""
    chain = [counted(f"o{at}", NAMES[at : at + 2]) for at in range(17)]
    (told,) = problems(*chain)
    assert "o0, o1," in told
    assert "te veel regels" in told
    assert problems(*chain[:16]) == []
    assert problems(*chain[:8], *chain[9:]) == [], "without the middle one they are two chains"


def test_too_many_ways_to_reach_a_high_number_are_refused():
    """Five times seven of ten questions, in other answers each time."""
    many = [counted(f"o{at}", NAMES[at : at + 10], 7) for at in range(5)]
    (told,) = problems(*many)
    assert "at_least" in told
    assert problems(*(counted(f"o{at}", NAMES[at : at + 10], 6) for at in range(5))) == []
    assert problems(*many[:4]) == []


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (shared("a", (1,)), shared("b", (3,), left_out=(2,))),
        (shared("a", (1,)), shared("b", (3,), not_applicable="ontbreekt")),
        (shared("a", (1,), left_out=(2,)), counted("b", ("v0", "v1"), cases=(1,))),
    ],
)
def test_two_subjects_of_one_question_have_the_same_pupils(first, second):
    """Of 120 pupils 118 count for one subject and 120 for the other: 2 gave the answer that is left out."""
    (told,) = problems(first, second)
    assert told.startswith("indicators.toml, b: bij vraag 'v0' tellen andere leerlingen niet mee dan bij 'a'.")


def test_what_both_leave_out_is_in_order():
    assert problems(shared("a", (1,), (2,)), shared("b", (3,), (2,))) == []
    assert problems(shared("a", (1,), (), "ontbreekt"), counted("b", ("v1", "v2"))) == []


def test_our_own_questionnaires_are_in_order():
    for book in pipeline.load_reference().codebooks:
        assert list(codebook_problems(book)) == []
