"""Subjects of the same questions: examples by hand, and every school that is possible for tiny ones."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from itertools import product

import pytest

from wellbeing.estimation import families
from wellbeing.estimation.families import Combination, protect_together
from wellbeing.estimation.nesting import Nested
from wellbeing.estimation.protection import Cell, Menu, Rules, Shown, protect_cells

RULES = Rules(pupils=30, cases=5, width=4)
INSIDE = Combination((("ever", 1), ("weekly", -1)))
EITHER = (
    Combination((("smokes", -1), ("either", 1))),
    Combination((("vapes", -1), ("either", 1))),
    Combination((("smokes", 1), ("vapes", 1), ("either", -1))),
)


def shown(combinations: Sequence[Combination], rules: Rules = RULES, **cells: tuple[int, int]) -> dict[str, bool]:
    """Protect subjects of a school without groups; numbers are cases and pupils."""
    menus = {name: Menu(Cell(total, cases), [], rules) for name, (cases, total) in cells.items()}
    return {name: whole for name, (whole, _) in protect_together(menus, combinations).items()}


# --------------------------------------------------------------------------- by hand


@pytest.mark.parametrize(
    ("weekly", "kept"),
    [(15, True), (16, False), (20, False)],  # 20 - 15 leaves 5 pupils; 20 - 16 leaves 4; 20 - 20 nobody
)
def test_the_pupils_between_two_subjects_are_a_count_like_any_other(weekly: int, kept: bool) -> None:
    assert shown([INSIDE], ever=(20, 100), weekly=(weekly, 100)) == {"ever": True, "weekly": kept}


def test_rounding_may_hide_a_small_difference() -> None:
    """Of 600 pupils 20% is 117 to 122 and 19% is 111 to 116: between 1 and 11 lie between them."""
    assert shown([INSIDE], ever=(119, 600), weekly=(115, 600)) == {"ever": True, "weekly": True}


def test_pupils_who_do_both_follow_from_three_subjects() -> None:
    """12 and 9 pupils, 19 of them one or both: 2 do both, and only the sum need go."""
    assert shown(EITHER, smokes=(12, 80), vapes=(9, 80), either=(19, 80)) == {
        "smokes": True,
        "vapes": True,
        "either": False,
    }


def test_a_sensitive_subject_makes_the_sum_sensitive() -> None:
    usual, strict = RULES, Rules(pupils=50, cases=10, width=4)
    menus = {"ever": Menu(Cell(100, 30), [], usual), "weekly": Menu(Cell(100, 22), [], strict)}
    assert protect_together(menus, [INSIDE])["weekly"] == (False, [])
    menus["weekly"] = Menu(Cell(100, 22), [], usual)
    assert protect_together(menus, [INSIDE])["weekly"] == (True, [])


def test_exact_counts_leave_no_room() -> None:
    exact = Rules(pupils=100, cases=5, width=4, exact=True)
    assert not shown([INSIDE], exact, ever=(119, 600), weekly=(115, 600))["weekly"]


def test_nobody_is_no_secret() -> None:
    """A subject and its opposite: always nobody is left."""
    opposite = Combination((("yes", 1), ("no", 1)), wholes=-1, empty=True)
    assert shown([opposite], yes=(30, 100), no=(70, 100)) == {"yes": True, "no": True}


def test_a_hidden_subject_is_told_by_its_opposite() -> None:
    """30 of 100 and 28 of 80 say no: the 2 of the other 20 follow for "yes" too."""
    opposite = Combination((("yes", 1), ("no", 1)), wholes=-1, empty=True)
    yes = Menu(Cell(100, 70), [[Cell(80, 52), Cell(20, 18)]], RULES)
    no = Menu(Cell(100, 30), [[Cell(80, 28, closed=True), Cell(20, 2)]], RULES)
    whole, (groups,) = protect_together({"yes": yes, "no": no}, [opposite])["yes"]
    assert (whole, groups) == (True, [False, False])


def test_a_group_is_hidden_where_the_school_need_not_be() -> None:
    """Of 100 pupils 30 ever, 18 weekly; in the first group 14 and 12, so there 2 are left."""
    menus = {
        "ever": Menu(Cell(100, 30), [[Cell(50, 14), Cell(50, 16)]], RULES),
        "weekly": Menu(Cell(100, 18), [[Cell(50, 12), Cell(50, 6)]], RULES),
    }
    assert protect_together(menus, [INSIDE]) == {"ever": (True, [[True, True]]), "weekly": (True, [[False, False]])}


def test_groups_inside_groups_count_for_sums_too() -> None:
    """All 50 pupils of the second group of klas are in the first of niveau: the 40 others have 12 and 10."""
    nested = (Nested(((0, 0),), ((1, 1),)),)
    tables = ([Cell(90, 40), Cell(60, 20)], [Cell(100, 32), Cell(50, 28)])
    weekly = ([Cell(90, 25), Cell(60, 10)], [Cell(100, 20), Cell(50, 15)])
    menus = {"ever": Menu(Cell(150, 60), tables, RULES, nested), "weekly": Menu(Cell(150, 35), weekly, RULES, nested)}
    _, ((_, _), (_, six)) = protect_together(menus, [INSIDE])["weekly"]
    assert not six


def test_without_combinations_every_subject_stands_by_itself() -> None:
    menu = Menu(Cell(100, 30), [[Cell(80, 28), Cell(20, 2)]], RULES)
    alone = protect_cells(menu.whole, menu.tables, menu.rules)
    assert protect_together({"a": menu, "b": menu}, []) == {"a": alone, "b": alone}


def test_a_combination_with_a_subject_that_is_not_there_is_left_out() -> None:
    assert shown([INSIDE], ever=(20, 100)) == {"ever": True}


# --------------------------------------------------------------------------- every possibility


SMALL = Rules(pupils=6, cases=3, width=2)


def tiny(random_: random.Random) -> list[tuple[str, bool, bool]]:
    """Pupils in two groups who smoke, vape, do both or neither."""
    return [
        (random_.choice("xy"), random_.random() < 0.5, random_.random() < 0.5) for _ in range(random_.randint(12, 20))
    ]


def menus_of(pupils: Sequence[tuple[str, bool, bool]]) -> dict[str, Menu]:
    def cell(groups: str, has_it: int) -> Cell:
        inside = [pupil for pupil in pupils if pupil[0] in groups]
        return Cell(len(inside), sum((pupil[1], pupil[2], pupil[1] or pupil[2])[has_it] for pupil in inside))

    names = ("smokes", "vapes", "either")
    return {name: Menu(cell("xy", at), [[cell("x", at), cell("y", at)]], SMALL) for at, name in enumerate(names)}


def possible(menus: dict[str, Menu], result: dict[str, Shown]) -> Iterator[tuple[tuple[int, int, int], ...]]:
    """Give all numbers that fit what is shown: per group those who only smoke, only vape, and do both."""
    wholes, groups = [], [[], []]  # type: ignore[var-annotated]
    for name, menu in menus.items():
        whole, (row,) = result[name]
        wholes.append(fits(menu.whole, whole))
        for at in (0, 1):
            groups[at].append(fits(menu.tables[0][at], row[at]))
    sizes = [menus["either"].tables[0][at].total for at in (0, 1)]
    options = [
        [
            (smokes, vapes, both)
            for smokes, vapes, both in product(range(size + 1), repeat=3)
            if smokes + vapes + both <= size
            and smokes + both in groups[at][0]
            and vapes + both in groups[at][1]
            and smokes + vapes + both in groups[at][2]
        ]
        for at, size in enumerate(sizes)
    ]
    for first, second in product(*options):
        smokes, vapes, both = (one + other for one, other in zip(first, second, strict=True))
        if smokes + both in wholes[0] and vapes + both in wholes[1] and smokes + vapes + both in wholes[2]:
            yield first, second


def fits(cell: Cell, seen: bool) -> set[int]:
    if not seen:
        return set(range(cell.total + 1))
    percentage = int(100 * cell.cases / cell.total + 0.5)
    return {k for k in range(3, cell.total - 2) if int(100 * k / cell.total + 0.5) == percentage}


def too_well_known(menus: dict[str, Menu], result: dict[str, Shown]) -> list[str]:
    """Name the groups of answers whose number is known within fewer than three values, and may be small."""
    schools = list(possible(menus, result))
    found = []
    for kind, answer in product(("x", "y", "both"), range(3)):
        at = "xy".find(kind)
        values = {school[0][answer] + school[1][answer] if at < 0 else school[at][answer] for school in schools}
        total = menus["either"].whole.total if at < 0 else menus["either"].tables[0][at].total
        small = min(values) < SMALL.cases or total - max(values) < SMALL.cases
        if small and max(values) - min(values) < SMALL.width:
            found.append(f"{kind} {answer}: {sorted(values)}")
    return found


@pytest.mark.parametrize("seed", range(40))
def test_tiny_schools_by_trying_everything(seed: int) -> None:
    menus = menus_of(tiny(random.Random(seed)))
    assert too_well_known(menus, protect_together(menus, EITHER)) == []


def test_without_combinations_tiny_schools_leak() -> None:
    made = [menus_of(tiny(random.Random(seed))) for seed in range(40)]
    assert sum(bool(too_well_known(menus, protect_together(menus, []))) for menus in made) > 10


def test_looking_at_sums_but_not_at_what_they_tell_of_others_leaks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(families._Equation, "tell", lambda *known: set())
    made = [menus_of(tiny(random.Random(seed))) for seed in range(40)]
    assert any(too_well_known(menus, protect_together(menus, EITHER)) for menus in made)
