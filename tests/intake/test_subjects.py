"""Rows of a table of figures and the subjects they may be about: sure only where the words say so."""

from dataclasses import replace

import pytest

from tests.builders import codebook, indicator, question
from wellbeing import pipeline
from wellbeing.intake.subjects import SURE, best_codebooks, closest_subjects, match_subjects
from wellbeing.model.stated import ColumnKind, StatedCell, StatedColumn, StatedRow, StatedTable


@pytest.fixture(scope="module")
def reference():
    return pipeline.load_reference()


@pytest.fixture(scope="module")
def gmj(reference):
    return reference.codebook("gmj-2023")


def table(*subjects):
    rows = tuple(StatedRow(at + 2, name, "", (StatedCell(20.0),)) for at, name in enumerate(subjects))
    return StatedTable("a.xlsx", "", (StatedColumn("School", "B", ColumnKind.SCHOOL),), rows)


@pytest.mark.parametrize(
    ("words", "ident"),
    [
        ("Voelt zich veilig op school", "veilig_op_school"),
        ("% leerlingen dat zich veilig voelt op school", "veilig_op_school"),
        ("psychische klachten", "psychische_klachten_mhi5"),
        ("VINDT EIGEN GEZONDHEID (ZEER) GOED", "ervaren_gezondheid_goed"),
        ("Is gepest op school (laatste 3 maanden)", "gepest_school"),
    ],
)
def test_the_same_words_are_sure(words, ident, gmj):
    best = closest_subjects(words, gmj)[0]
    assert (best.indicator, best.sure) == (ident, True)


@pytest.mark.parametrize(
    "words",
    ["Voelt zich niet veilig op school", "Voelt zich onveilig op school", "Rookt dagelijks", "Heeft dagelijks gevapet",
     "Dronk de laatste 12 maanden alcohol", "Is niet gepest op school", "Gepest", "Is online gepest op school"],
)  # fmt: skip
def test_words_that_change_the_meaning_are_never_sure(words, gmj):
    assert not any(match.sure for match in closest_subjects(words, gmj))


def test_every_subject_of_a_codebook_is_sure_by_its_own_name_or_asked(reference):
    for book in reference.codebooks:
        for item in book.indicators:
            matches = closest_subjects(item.label, book)
            assert item.id in [match.indicator for match in matches]
            assert all(match.indicator == item.id for match in matches if match.sure)


def test_a_question_is_proposed_but_does_not_say_which_answers_count():
    asked = replace(question("roken"), text="Hoe vaak rook je sigaretten?")
    (match,) = closest_subjects("Hoe vaak rook je sigaretten?", codebook([indicator("roken")], [asked]))
    assert (match.indicator, match.certainty, match.sure) == ("roken", SURE - 1, False)


def test_two_rows_of_one_subject_are_both_asked(gmj):
    first, second, other = match_subjects(table("Rookt elke week", "Rookt elke week %", "Is online gepest"), gmj)
    assert not first[0].sure
    assert not second[0].sure
    assert other[0].sure


def test_the_codebook_that_knows_most_comes_first(reference):
    names = [item.label for item in reference.codebook("glce-voorbeeld").indicators]
    assert best_codebooks(table(*names), reference.codebooks)[0] == "glce-voorbeeld"
