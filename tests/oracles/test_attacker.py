"""The attacker tried on pages where a reader can check by hand what follows."""

from __future__ import annotations

import random

import pytest

from tests.oracles.attacker import (
    Family,
    Figure,
    Page,
    atoms,
    count_range,
    enumerate_extremes,
    extremes,
    family_findings,
    findings,
)


def group(page: Page, at: int, key: str) -> list[tuple[str, ...]]:
    return [atom for atom in atoms(page) if atom[at] == key]


def test_one_hidden_group_follows_from_the_others() -> None:
    """30 of 100 and 28 of 80 are exact at whole percentages: the other 20 pupils have 2."""
    page = Page(Figure(100, 30), {"klas": {"3": Figure(80, 35), "4": Figure(20)}})
    assert extremes(page, group(page, 0, "4")) == (2, 2)
    assert findings(page) == ["klas 4 (n=20): 2-2"]


def test_two_hidden_groups_follow_when_together_they_are_few() -> None:
    """30 - 28 leaves 2 cases among two groups: none is exact, both are too narrow."""
    page = Page(Figure(100, 30), {"klas": {"3": Figure(80, 35), "4": Figure(12), "5": Figure(8)}})
    assert extremes(page, group(page, 0, "4")) == (0, 2)
    assert len(findings(page)) == 3


def test_a_group_of_which_the_others_tell_little_is_safe() -> None:
    page = Page(Figure(1000, 30), {"klas": {"3": Figure(500, 30), "4": Figure(500)}})
    low, high = extremes(page, group(page, 0, "4"))
    assert (low, high) == (295 - 152, 304 - 148)
    assert findings(page) == []


def test_pupils_of_no_group_are_a_group() -> None:
    page = Page(Figure(100, 30), {"geslacht": {"jongen": Figure(50, 32), "meisje": Figure(47, 28)}})
    assert any("geslacht unknown (n=3)" in finding for finding in findings(page))


def test_the_rule_itself_tells() -> None:
    """1% of 300 pupils may be 2 to 4, but a shown count is at least 5: a rule that is known narrows."""
    assert count_range(Figure(300, 2), 0) == (5, 7)
    assert count_range(Figure(400, 1), 0) == (2, 5)
    assert count_range(Figure(400, 1), 5) == (5, 5)


def test_two_hidden_in_every_line_and_still_one_follows() -> None:
    """Handbook on SDC, 4.2: hiding two cells in each row and column is not enough.

    Level x klas, of which combinations are groups of the page too: here told through which
    combinations exist. Havo has klas 4 and 5, vmbo klas 3 and 4: klas 3 is vmbo, klas 5 is havo.
    """
    tables = {
        "niveau": {"vmbo": Figure(60, count=20), "havo": Figure(60)},
        "klas": {"3": Figure(55, count=18), "4": Figure(10), "5": Figure(55)},
    }
    free = Page(Figure(120), tables)
    assert extremes(free, group(free, 1, "4")) == (0, 10)
    bound = Page(Figure(120), tables, empty=[("havo", "3"), ("vmbo", "5"), ("", "3"), ("", "5"), ("", "4")])
    four = [("vmbo", "4")]
    assert extremes(bound, four) == (2, 2)


def test_linked_tables() -> None:
    """The total is hidden, but one table gives it back and so opens the other."""
    tables = {
        "geslacht": {"jongen": Figure(50, count=10), "meisje": Figure(50, count=12)},
        "klas": {"3": Figure(90, count=20), "4": Figure(10)},
    }
    page = Page(Figure(100), tables)
    assert extremes(page, atoms(page)) == (22, 22)
    assert extremes(page, group(page, 1, "4")) == (2, 2)


def test_a_page_that_contradicts_itself_is_noticed() -> None:
    page = Page(Figure(100, count=10), {"klas": {"3": Figure(100, count=20)}})
    with pytest.raises(AssertionError, match="contradicts itself"):
        findings(page)


@pytest.mark.parametrize("seed", range(12))
def test_it_finds_what_trying_every_school_finds(seed: int) -> None:
    """Schools of at most seven pupils, two tables of one or two groups, with a rule of one pupil."""
    random_ = random.Random(seed)
    size = random_.randint(5, 7)
    pupils = [(random_.choice("ab"), random_.choice(["c", "d", ""]), random_.randint(0, 1)) for _ in range(size)]

    def figure(at: int, key: str) -> Figure:
        inside = [pupil for pupil in pupils if pupil[at] == key]
        cases = sum(pupil[2] for pupil in inside)
        may = 1 <= cases <= len(inside) - 1 and random_.random() < 0.6
        return Figure(len(inside), count=cases if may else None)

    tables = {"x": {key: figure(0, key) for key in "ab"}, "y": {"c": figure(1, "c")}}
    page = Page(Figure(size, count=sum(pupil[2] for pupil in pupils)), tables, rule=0)
    for at, key in ((0, "a"), (0, "b"), (1, "c"), (1, "")):
        members = group(page, at, key)
        assert extremes(page, members) == enumerate_extremes(page, members)


# subjects of the same questions

BOTH = ((0, 0, 0), (1, 0, 1), (0, 1, 1), (1, 1, 1))
NO_TABLES: dict[str, dict[str, Figure]] = {}


def together(*whole: Figure) -> Family:
    names = ("rookt", "vapet", "een van beide")
    return Family({name: Page(figure, NO_TABLES) for name, figure in zip(names, whole, strict=True)}, BOTH)


def test_who_does_both_follows_from_three_subjects() -> None:
    """12 and 9 of 80 pupils ("15%", "11%"), 19 ("24%") one or both: 7 only vape, 10 only smoke, 2 do both."""
    found = family_findings(together(Figure(80, 15), Figure(80, 11), Figure(80, 24)))
    assert found == ["whole rookt and vapet (n=80): 2-2"]


def test_three_subjects_far_apart_are_safe() -> None:
    assert family_findings(together(Figure(80, 40), Figure(80, 40), Figure(80, 60))) == []
    assert family_findings(together(Figure(80), Figure(80), Figure(80))) == []


def test_a_hidden_subject_lies_between_the_others() -> None:
    """All 30 who do one or the other smoke: who vapes is not known, but those who only vape are nobody."""
    (only, *more) = family_findings(together(Figure(100, 30), Figure(100), Figure(100, 30)))
    assert only == "whole vapet without rookt (n=100): 0-0"
    assert all("een van beide without rookt" in each for each in more)


def test_in_groups_it_follows_by_subtraction() -> None:
    """20 of 100 ever and 12 weekly; in klas 3 it is 14 and 8, so in klas 4 it is 6 and 4: 2 ever, but not weekly."""
    ever = Page(Figure(100, 20), {"klas": {"3": Figure(70, 20), "4": Figure(30)}})
    weekly = Page(Figure(100, 12), {"klas": {"3": Figure(70, 11), "4": Figure(30)}})
    found = family_findings(Family({"ooit": ever, "wekelijks": weekly}, ((0, 0), (1, 0), (1, 1))))
    assert "klas 4 ooit without wekelijks (n=30): 2-2" in found
    assert "klas 4 wekelijks (n=30): 4-4" in found


def test_what_the_numbers_of_pupils_tell_is_no_finding() -> None:
    """Who skipped one question but counts for the sum does the other: that follows from no figure."""
    pages = {"rookt": Page(Figure(98), NO_TABLES), "een van beide": Page(Figure(100), NO_TABLES)}
    assert family_findings(Family(pages, ((0, 0), (0, 1), (1, 1), (None, 1)))) == []
