"""Two measurements of one school together."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import TOTAL, Figures, Place, havo, measurement
from wellbeing.model.reference import Bouw, IndicatorId
from wellbeing.model.results import AnswerCounts, Count, Dimension, Measurement, Weighted
from wellbeing.stages.pool import CannotPoolError, pool

A, B = IndicatorId("a"), IndicatorId("b")
BEFORE, NOW = "2024-2025", "2025-2026"
count = st.integers(0, 90).flatmap(lambda total: st.tuples(st.integers(0, total), st.just(total)))


def made(year: str, groups: dict[Place, Figures], **changes: object) -> Measurement:
    return measurement(groups, year=year, **changes)


def test_counts_of_the_same_group_are_added() -> None:
    first = made(BEFORE, {TOTAL: {"a": (10, 40), "b": (1, 40)}, havo(): {"a": (4, 12), "b": (0, 12)}})
    second = made(NOW, {TOTAL: {"a": (15, 50), "b": (3, 49)}, havo(): {"a": (6, 20), "b": (1, 20)}})
    found = pool([first, second], [A, B])
    assert found.total.figures == {A: Count(25, 90), B: Count(4, 89)}
    assert found.groups[1].figures == {A: Count(10, 32), B: Count(1, 32)}
    assert [counts.pupils for counts in found.groups] == [90, 32]
    assert (found.school, found.year, found.parts) == (first.school, "2024-2025 en 2025-2026", (first, second))


@given(st.lists(count, min_size=2, max_size=4))
def test_any_number_of_measurements_adds_up(counts: list[tuple[int, int]]) -> None:
    years = [made(f"{2020 + at}-{2021 + at}", {TOTAL: {"a": pair}}) for at, pair in enumerate(counts)]
    expected = Count(sum(cases for cases, _ in counts), sum(total for _, total in counts))
    assert pool(years, [A]).total.figures == {A: expected}


def test_only_subjects_that_stayed_the_same_and_are_in_both() -> None:
    first = made(BEFORE, {TOTAL: {"a": (10, 40), "b": (1, 40), "old": (5, 40)}})
    second = made(NOW, {TOTAL: {"a": (15, 50), "b": (3, 49), "new": (5, 40)}})
    assert set(pool([first, second], [A, IndicatorId("old"), IndicatorId("new")]).total.figures) == {A}
    with pytest.raises(CannotPoolError, match="geen onderwerp met dezelfde vraag"):
        pool([first, second], [IndicatorId("old")])


def test_a_group_of_one_of_the_years_stays() -> None:
    klas = (Dimension.LEERJAAR, "5")
    first = made(BEFORE, {TOTAL: {"a": (10, 40)}, havo("vmbo"): {"a": (9, 30)}})
    second = made(NOW, {TOTAL: {"a": (15, 50)}, havo(): {"a": (6, 20)}, klas: {"a": (2, 9)}})
    found = pool([first, second], [A])
    assert [(counts.group.key, counts.figures[A]) for counts in found.groups] == [
        ("totaal", Count(25, 90)),
        ("vmbo", Count(9, 30)),
        ("havo", Count(6, 20)),
        ("5", Count(2, 9)),
    ]


@pytest.mark.parametrize("other", [{"school": "Baken"}, {"bouw": Bouw.LOWER}])
def test_other_schools_and_populations_are_refused(other: dict[str, object]) -> None:
    first, second = made(BEFORE, {TOTAL: {"a": (10, 40)}}), made(NOW, {TOTAL: {"a": (15, 50)}}, **other)
    with pytest.raises(CannotPoolError, match="dezelfde school en dezelfde bouw"):
        pool([first, second], [A])


@pytest.mark.parametrize(("could", "together"), [((60, 70), 130), ((60, None), None), ((None, None), None)])
def test_who_could_have_answered_is_known_when_it_is_for_both(
    could: tuple[int | None, int | None], together: int | None
) -> None:
    years = [
        made(year, {TOTAL: {"a": (10, 40)}}, could_have_answered=n)
        for year, n in zip((BEFORE, NOW), could, strict=True)
    ]
    assert pool(years, [A]).could_have_answered == together


def test_strata_are_added_and_answers_are_not_kept() -> None:
    strata = ({"havo|4|meisje": {A: 10, B: 9}}, {"havo|4|meisje": {A: 7}, "vwo|4|": {A: 3}})
    answers = (AnswerCounts("a", "Vraag a?", ((1, "Ja", 10), (2, "Nee", 30))),)
    years = [
        made(year, {TOTAL: {"a": (10, 40)}}, strata=rows, answers=answers)
        for year, rows in zip((BEFORE, NOW), strata, strict=True)
    ]
    found = pool(years, [A])
    assert found.strata == {"havo|4|meisje": {A: 17}, "vwo|4|": {A: 3}}
    assert found.answers == ()


def test_weighted_sums_are_added_where_both_have_them() -> None:
    sums = Weighted(40.0, 10.0, 50.0, 12.0)
    first, second = made(BEFORE, {TOTAL: {"a": (10, 40)}}), made(NOW, {TOTAL: {"a": (15, 50)}})
    weighted = [replace(item, groups=(replace(item.total, weighted={A: sums}),)) for item in (first, second)]
    assert pool(weighted, [A]).total.weighted == {A: Weighted(80.0, 20.0, 100.0, 24.0)}
    assert pool([weighted[0], second], [A]).total.weighted == {}


def test_one_measurement_stays_what_it_is() -> None:
    only = made(NOW, {TOTAL: {"a": (15, 50)}, havo(): {"a": (6, 20)}})
    assert pool([only], [A]) == replace(only, parts=(only,))
