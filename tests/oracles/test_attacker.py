"""The attacker tried on pages where a reader can check by hand what follows."""

from __future__ import annotations

import random

import pytest

from tests.oracles.attacker import Figure, Page, atoms, count_range, enumerate_extremes, extremes, findings


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
