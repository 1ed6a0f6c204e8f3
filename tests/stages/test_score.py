"""Who has it, who has it not, and who does not count: every rule in small tables."""

from __future__ import annotations

import pandas as pd
import pytest

from tests.builders import codebook, indicator, policy, question
from wellbeing.model.reference import Role, ScaleRule, ShareRule
from wellbeing.model.survey import Answers
from wellbeing.stages.score import absent_indicators, score_indicators, usable_rule

UPPER_FROM = policy().upper_from


def scored(name: str, *pupils: tuple[int | None, ...], of: tuple[str, ...]) -> list[float | None]:
    """Give the scores of one subject of the small codebook for pupils with these answers."""
    frame = pd.DataFrame({question_: [pupil[at] for pupil in pupils] for at, question_ in enumerate(of)}, dtype="Int64")
    scores = score_indicators(Answers(codebook(), frame, {}), UPPER_FROM)
    return [None if pd.isna(value) else value for value in scores.frame[name]]


def test_a_share_counts_not_applicable_as_no_unless_told_otherwise() -> None:
    pupils = [(1,), (2,), (8,), (None,)]
    assert scored("klachten", *pupils, of=("klachten",)) == [1, 0, 0, None]
    assert scored("zorgen_van_wie_kon", *pupils, of=("zorgen",)) == [1, 0, None, None]


def test_a_share_leaves_out_who_does_not_know() -> None:
    assert scored("eens", (1,), (2,), (3,), (8,), (None,), of=("mening",)) == [1, 0, None, 0, None]


@pytest.mark.parametrize(
    ("pupil", "score"),
    [
        ((1, 1, None), 1),  # whatever the third is
        ((1, 2, None), None),  # the third decides
        ((2, 2, None), 0),  # never two any more
        ((2, None, None), None),
        ((1, 1, 1), 1),
        ((1, 2, 2), 0),
        ((1, 8, 8), 0),
        ((None, None, None), None),
    ],
)
def test_two_of_three_is_decided_for_as_many_as_possible(pupil: tuple[int | None, ...], score: float | None) -> None:
    assert scored("twee_van_drie", pupil, of=("i1", "i2", "i3")) == [score]


def test_not_applicable_can_be_open_too() -> None:
    pupils = [(1, 8, 2), (1, 1, 8), (8, 2, 2)]
    assert scored("twee_van_wie_kon", *pupils, of=("k1", "k2", "k3")) == [None, 1, 0]
    assert scored("twee_van_drie", *pupils, of=("i1", "i2", "i3")) == [0, 1, 0]


@pytest.mark.parametrize(
    ("pupil", "at_most", "below"),
    [
        ((2, 3, 3, 3), 1, 0),  # 1+2+2+1 = 6, x5 = 30: on the limit
        ((3, 3, 3, 3), 0, 0),  # 7 x 5 = 35
        ((2, 2, 2, 2), 1, 1),  # 5 x 5 = 25
        ((2, 3, None, 3), 1, 1),  # 1+2+1 = 4 of three items: 4/3 x 4 x 5 = 26.7
        ((None, 3, 3, 4), 1, 1),  # 2+2+0 = 4 of three: 26.7
        ((None, None, 1, 4), None, None),  # two are missing, one may be
        ((8, 2, 2, 4), 1, 1),  # not applicable is missing: 1+1+0 = 2 of three: 13.3
    ],
)
def test_a_sum_is_turned_round_prorated_and_cut(
    pupil: tuple[int | None, ...], at_most: int | None, below: int | None
) -> None:
    assert scored("laag", pupil, of=("s1", "s2", "s3", "s4")) == [at_most]
    assert scored("laag_streng", pupil, of=("s1", "s2", "s3", "s4")) == [below]


@pytest.mark.parametrize(
    ("pupil", "at_least", "above"),
    [((2, 2, 3, 3), 1, 0), ((2, 3, 3, 3), 1, 1), ((2, 2, 2, 3), 0, 0), ((2, 2, 3, None), None, None)],
)
def test_a_mean_is_cut(pupil: tuple[int | None, ...], at_least: int | None, above: int | None) -> None:
    assert scored("hoog", pupil, of=("s1", "s2", "s3", "s4")) == [at_least]
    assert scored("hoog_streng", pupil, of=("s1", "s2", "s3", "s4")) == [above]


def test_a_prorated_sum_on_the_limit_is_on_it() -> None:
    """2 of three items, prorated over six items of ten: 2/3 x 6 x 10 = 40 exactly, whatever a float says."""
    names = tuple(f"q{at}" for at in range(6))
    rule = ScaleRule("scale", names, 1, "sum", 0, 10, missing_allowed=3, at_most=40)
    book = codebook([indicator("x", rule)], [question(name, "0=Nee|1=Ja") for name in names])
    frame = pd.DataFrame([[1, 1, 0, None, None, None]], columns=names, dtype="Int64")
    assert score_indicators(Answers(book, frame, {}), UPPER_FROM).frame["x"].tolist() == [1.0]


def test_the_first_rule_whose_questions_are_there_is_used() -> None:
    rules = (ShareRule("share", "klachten", (1,)), ShareRule("share", "mening", (1,)))
    subject = indicator("x", *rules)
    assert usable_rule(subject, pd.Index(["klachten", "mening"])) is rules[0]
    assert usable_rule(subject, pd.Index(["mening"])) is rules[1]
    assert usable_rule(subject, pd.Index(["i1"])) is None


def test_a_subject_without_questions_is_absent() -> None:
    book = codebook()
    scores = score_indicators(Answers(book, pd.DataFrame({"mening": pd.array([1], dtype="Int64")}), {}), UPPER_FROM)
    assert scores.indicators == ("eens",)
    assert set(absent_indicators(book, scores)) == {subject.id for subject in book.indicators} - {"eens"}


@pytest.mark.parametrize(
    ("level", "leerjaar", "bouw"),
    [
        ("vmbo-bk", "2", "onderbouw"),
        ("vmbo-bk", "3", "bovenbouw"),
        ("havo", "3", "onderbouw"),
        ("havo", "4", "bovenbouw"),
        (None, "2", "onderbouw"),
        (None, "3", None),
        (None, "4", "bovenbouw"),
        ("technasium", "3", None),
        ("havo", None, None),
        ("havo", "brugklas", None),
    ],
)
def test_the_bouw_depends_on_the_level(level: str | None, leerjaar: str | None, bouw: str | None) -> None:
    frame = pd.DataFrame({Role.LEVEL: [level, "vwo"], Role.LEERJAAR: [leerjaar, "6"]}, dtype="object")
    found = score_indicators(Answers(codebook(), frame, {}), UPPER_FROM).frame["bouw"]
    assert (None if pd.isna(found[0]) else found[0]) == bouw
    assert found[1] == "bovenbouw"


def test_roles_that_are_not_in_the_export_are_empty_columns() -> None:
    frame = pd.DataFrame({"klachten": pd.array([1, 2], dtype="Int64"), Role.WEIGHT: [0.5, 2.0]})
    found = score_indicators(Answers(codebook(), frame, {}), UPPER_FROM).frame
    assert found[["school", "jaar", "niveau", "leerjaar", "geslacht", "bouw"]].isna().all(axis=None)
    assert found["gewicht"].tolist() == [0.5, 2.0]
