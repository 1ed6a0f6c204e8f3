"""Which subjects come to the table, and in which order."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from tests.builders import DATA, codebook, indicator, policy, question
from wellbeing.model.reference import Codebook, Direction, IndicatorId
from wellbeing.model.results import (
    BenchmarkFigure,
    Certainty,
    Comparator,
    ComparatorKind,
    Comparison,
    Count,
    Difference,
    Dimension,
    Group,
    Interval,
    NotComparable,
    PointKind,
    Proportion,
    Reason,
    Sense,
    Suppressed,
    Verdict,
)
from wellbeing.reference.codebooks import load_codebooks
from wellbeing.stages.highlight import highlight

REGION, OWN = ComparatorKind.REGION, ComparatorKind.OWN_LEVEL
CLEAR, POSSIBLE = Certainty.CLEAR, Certainty.POSSIBLE
GOOD, BAD = Sense.FAVOURABLE, Sense.UNFAVOURABLE
WHOLE = Group(Dimension.TOTAL, "totaal", "Totaal")
HIDDEN, NO_REGION = Suppressed(Reason.NOT_SHOWN), NotComparable("Er zijn geen vergelijkingscijfers.")
NONE = Verdict(Certainty.NONE, None)
UNLABELLED = "unlabelled"

NAMES = ("a", "b", "c", "d", "e", "f")
BOOK = codebook(
    [
        indicator("a", theme="welbevinden"),
        indicator("b", theme="welbevinden"),
        indicator("c", theme="school"),
        indicator("d", theme="school", higher_is=Direction.FAVOURABLE),
        indicator("e", theme="thuis"),
        indicator("f", theme="thuis", higher_is=Direction.NEUTRAL),
    ],
    [question(name) for name in NAMES],
)


def row(
    name: str,
    percentage: int | None,
    verdict: Verdict | NotComparable | str = NONE,
    points: int = 0,
    kind: ComparatorKind = OWN,
    *,
    margin: float = 0.05,
) -> Comparison:
    comparator = Comparator(kind, "Duinrand", "2024-2025", without_school=False)
    ident = IndicatorId(name)
    if percentage is None:
        return Comparison(ident, WHOLE, comparator, HIDDEN, HIDDEN, HIDDEN)
    school = Proportion(Count(percentage, 100), Interval(0, 1))
    if isinstance(verdict, NotComparable):
        return Comparison(ident, WHOLE, comparator, school, verdict, verdict)
    beside = BenchmarkFigure(0.3, 4000, Interval(0.29, 0.31), Count(1200, 4000))
    label = None if isinstance(verdict, str) else verdict
    interval = Interval(points / 100 - margin, points / 100 + margin)
    return Comparison(ident, WHOLE, comparator, school, beside, Difference(points, interval, 0.01, 0.02, label))


def discussed(*rows: Comparison) -> list[tuple[PointKind, str]]:
    points = highlight(rows, BOOK, policy(), OWN).to_discuss
    return [(point.kind, point.indicator or point.theme) for point in points]


def test_a_sure_difference_comes_before_a_larger_unsure_one() -> None:
    """By hand (DerSimonian and Laird): 14 +- 20 points is drawn to 7.8, and 12 +- 4 only to 11.5."""
    unsure = row("a", 44, Verdict(CLEAR, BAD), 14, margin=0.20)
    sure = row("b", 42, Verdict(CLEAR, BAD), 12, margin=0.04)
    rest = [row("c", 30, NONE, 0, margin=0.04), row("e", 30, NONE, -4, margin=0.04)]
    assert discussed(unsure, sure, *rest)[:2] == [(PointKind.CLEAR, "b"), (PointKind.CLEAR, "a")]
    as_sure = row("a", 44, Verdict(CLEAR, BAD), 14, margin=0.04)
    assert discussed(as_sure, sure, *rest)[:2] == [(PointKind.CLEAR, "a"), (PointKind.CLEAR, "b")]


def test_clear_comes_before_possible_and_large_before_small() -> None:
    assert discussed(
        row("a", 40, Verdict(POSSIBLE, BAD), 20),
        row("b", 40, Verdict(CLEAR, BAD), 6),
        row("c", 40, Verdict(CLEAR, BAD), 8),
        row("d", 40, Verdict(CLEAR, BAD), -9),
        row("e", 90, NONE),
    ) == [(PointKind.CLEAR, "d"), (PointKind.CLEAR, "c"), (PointKind.CLEAR, "b")]


def test_what_is_common_comes_next_one_per_theme_first() -> None:
    assert discussed(row("a", 60), row("b", 50), row("c", 30), row("d", 80), row("e", 19), row("f", 90)) == [
        (PointKind.COMMON, "a"),
        (PointKind.COMMON, "c"),
        (PointKind.COMMON, "b"),
    ]


def test_a_favourable_subject_is_common_when_few_have_it() -> None:
    """30% have it: 70% do not. A possible favourable difference is no point to discuss, however common."""
    assert discussed(row("d", 30), row("a", 90, Verdict(POSSIBLE, GOOD), -6))[0] == (PointKind.COMMON, "d")
    assert discussed(row("d", 81))[0][0] is PointKind.CONVERSATION
    assert discussed(row("d", 80))[0] == (PointKind.COMMON, "d")


def test_what_cannot_be_compared_can_be_common() -> None:
    assert discussed(row("a", 20, NO_REGION))[0] == (PointKind.COMMON, "a")


def test_what_is_missing_becomes_a_talk_about_a_theme_not_yet_on_the_list() -> None:
    found = highlight([row("c", 40, Verdict(POSSIBLE, BAD), 9)], BOOK, policy(), OWN).to_discuss
    assert [(point.kind, point.theme, point.indicator) for point in found] == [
        (PointKind.POSSIBLE, "school", "c"),
        (PointKind.CONVERSATION, "welbevinden", None),
        (PointKind.CONVERSATION, "thuis", None),
    ]
    assert found[1].comparison is None


def test_a_theme_without_offer_comes_last() -> None:
    bare = replace(
        BOOK, indicators=tuple(replace(i, catalogue_themes=()) if i.theme == "school" else i for i in BOOK.indicators)
    )
    found = highlight([row("c", 40, Verdict(CLEAR, BAD), 9)], bare, policy(), OWN).to_discuss
    assert [point.theme for point in found] == ["school", "welbevinden", "thuis"]
    assert [point.theme for point in highlight([], bare, policy(), OWN).to_discuss] == [
        "welbevinden",
        "thuis",
        "school",
    ]


@pytest.mark.parametrize("book", load_codebooks(DATA / "codebooks"), ids=lambda book: book.id)
def test_there_are_always_three_points(book: Codebook) -> None:
    """For every codebook, and whatever is hidden, common or different."""
    random_ = random.Random(3)
    verdicts = [NONE, Verdict(CLEAR, BAD), Verdict(POSSIBLE, BAD), Verdict(CLEAR, GOOD), NO_REGION, UNLABELLED]
    for _ in range(40):
        part = random_.choice([0.0, 0.02, 0.1, 0.6])
        rows = [
            row(
                i.id,
                random_.choice([3, 25, 60]) if random_.random() < part else None,
                random_.choice(verdicts),
                random_.choice([-9, 7]),
            )
            for i in book.indicators
        ]
        found = highlight(rows, book, policy(), OWN)
        assert len(found.to_discuss) == 3
        assert len(found.strengths) <= 3
        assert sum(found.outcomes.values()) == len(book.indicators)
        tallied = sum(
            t.favourable + t.no_difference + t.unfavourable + t.neutral + t.hidden + t.without_label
            for t in found.tallies
        )
        assert tallied == len(book.indicators)


def test_strengths_in_the_same_order() -> None:
    rows = [
        row("a", 10, Verdict(POSSIBLE, GOOD), -20),
        row("b", 10, Verdict(CLEAR, GOOD), -5),
        row("d", 90, Verdict(CLEAR, GOOD), 7),
        row("c", 10, Verdict(CLEAR, BAD), 30),
        row("e", 10, Verdict(POSSIBLE, GOOD), -4),
    ]
    found = highlight(rows, BOOK, policy(), OWN)
    assert [point.indicator for point in found.strengths] == ["d", "b", "a"]


def test_the_order_of_the_rows_does_not_matter() -> None:
    rows = [row(name, 40, Verdict(CLEAR, BAD), 8) for name in NAMES[:5]]
    forward, backward = highlight(rows, BOOK, policy(), OWN), highlight(rows[::-1], BOOK, policy(), OWN)
    assert forward.to_discuss == backward.to_discuss
    assert [point.indicator for point in forward.to_discuss] == ["a", "b", "c"]


def test_only_the_school_as_a_whole_beside_its_main_comparator() -> None:
    group = replace(row("a", 90, Verdict(CLEAR, BAD), 40), group=Group(Dimension.GENDER, "meisje", "Meisjes"))
    found = highlight([group, row("b", 90, Verdict(CLEAR, BAD), 40, REGION)], BOOK, policy(), OWN)
    assert {point.kind for point in found.to_discuss} == {PointKind.CONVERSATION}
    assert found.tallies == ()
    assert found.outcomes == {}
    assert found.main is OWN


def test_every_outcome_is_counted_by_theme_and_by_label() -> None:
    rows = [
        row("a", 40, Verdict(CLEAR, BAD), 9),
        row("b", None),
        row("c", 40),
        row("d", 40, Verdict(POSSIBLE, GOOD), 9),
        row("e", 40, NO_REGION),
        row("f", 40, Verdict(CLEAR, Sense.LOWER), -9),
    ]
    found = highlight(rows, BOOK, policy(), OWN)
    assert [(t.theme, t.favourable, t.no_difference, t.unfavourable, t.neutral, t.hidden) for t in found.tallies] == [
        ("welbevinden", 0, 0, 1, 0, 1),
        ("school", 1, 1, 0, 0, 0),
        ("thuis", 0, 0, 0, 1, 1),
    ]
    assert found.outcomes == {
        "duidelijk ongunstiger": 1,
        "niet getoond": 1,
        "geen aantoonbaar verschil": 1,
        "mogelijk gunstiger": 1,
        "niet vergelijkbaar": 1,
        "duidelijk lager": 1,
    }


def test_a_row_without_label_is_called_so() -> None:
    assert highlight([row("a", 40, UNLABELLED, 9)], BOOK, policy(), OWN).outcomes == {"zonder label": 1}


def test_a_row_without_label_is_not_tallied_as_no_difference() -> None:
    (tally,) = highlight([row("a", 40, UNLABELLED, 9)], BOOK, policy(), OWN).tallies
    assert (tally.no_difference, tally.without_label, tally.hidden) == (0, 1, 0)
