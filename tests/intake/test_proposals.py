"""What an unknown column may be: by words and answers together, and never surer than both."""

import pytest

from wellbeing import pipeline
from wellbeing.intake.proposals import Certainty, propose
from wellbeing.model.imports import UnknownColumn

FUN = ("Heel leuk", "Leuk", "Gaat wel", "Niet leuk", "Helemaal niet leuk")


@pytest.fixture(scope="module")
def reference():
    return pipeline.load_reference()


@pytest.fixture
def ask(reference):
    def proposals(*columns):
        made = [UnknownColumn(heading, tuple((text, 9) for text in answers)) for heading, answers in columns]
        found = propose(made, reference.codebook("glce-voorbeeld"), reference.spellings)
        return {heading: (item.target, item.certainty) for heading, item in found.items()}

    return proposals


def test_nearly_the_same_words_and_only_known_answers_are_sure(ask):
    heading = "Hoe leuk vind je het op school ?"
    assert ask((heading, FUN)) == {heading: ("school_leuk", Certainty.SURE)}


def test_the_same_words_with_strange_answers_are_no_longer_sure(ask):
    heading = "Hoe leuk vind je het op school?"
    (_, certainty) = ask((heading, (*FUN, "Weet ik niet")))[heading]
    assert certainty is Certainty.LIKELY
    assert ask((heading, ("Rood", "Groen"))) == {}, "none of its answers fits"


def test_a_word_that_turns_the_question_makes_it_unsure(ask):
    heading = "Hoe leuk vind je het niet op school?"
    (_, certainty) = ask((heading, FUN))[heading]
    assert certainty is Certainty.UNSURE


def test_two_columns_never_get_the_same_question(ask):
    best, other = "Hoe leuk vind je het op school?", "Hoe leuk vind je het nu op school?"
    found = ask((other, FUN), (best, FUN))
    assert found[best] == ("school_leuk", Certainty.SURE)
    assert other not in found or found[other][0] != "school_leuk"


@pytest.mark.parametrize(
    ("heading", "answers", "expected"),
    [
        ("Vestiging", ("Oost", "West"), ("role:school", Certainty.SURE)),
        ("Onderwijsniveau", ("havo", "vwo"), ("role:niveau", Certainty.SURE)),
        ("Groep", ("havo", "vwo"), ("role:niveau", Certainty.LIKELY)),
        ("Cijfer", ("1", "2", "3", "4"), None),
        ("gender", ("F", "M"), ("role:geslacht", Certainty.SURE)),
        ("Sekse", ("v", "m"), ("role:geslacht", Certainty.SURE)),
        ("Wie ben je", ("j", "m"), ("role:geslacht", Certainty.LIKELY)),
        ("Niveau", ("M", "V"), ("role:niveau", Certainty.UNSURE)),
    ],
)
def test_what_a_column_tells_about_the_pupil(ask, heading, answers, expected):
    assert ask((heading, answers)).get(heading) == expected
