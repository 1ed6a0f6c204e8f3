"""The attacker: works hidden counts out of a page with integer programming.

It knows the number of pupils of every group, everything the page shows, and the rule that decides
what is shown. It does not know how many pupils every *combination* of groups has, except where it is
told that a combination cannot exist. It shares no code with the protection that it attacks.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from scipy.optimize import LinearConstraint, milp

Atom = tuple[str, ...]
UNKNOWN = ""


@dataclass(frozen=True)
class Figure:
    """One group of one subject on a page: its pupils, and what is shown (nothing where it is hidden)."""

    total: int
    percentage: int | None = None
    count: int | None = None  # a file with exact counts
    possible: range | None = None  # where more is shown than a percentage

    @property
    def hidden(self) -> bool:
        return self.percentage is None and self.count is None and self.possible is None


@dataclass(frozen=True)
class Page:
    """One subject: the whole, and per dimension its groups. Pupils of no group follow by subtraction.

    ``rule`` is the least number of pupils with and without; ``width`` how many other values a hidden
    count must be able to take; ``empty`` are combinations that everybody knows not to exist.
    """

    whole: Figure
    tables: Mapping[str, Mapping[str, Figure]]
    rule: int = 5
    width: int = 4
    empty: Collection[Atom] = field(default_factory=frozenset)


def findings(page: Page) -> list[str]:
    """Name every group whose hidden count follows from the page, exactly or too narrowly."""
    found, seen = [], set()
    for name, members, total in _targets(page):
        if frozenset(members) in seen:
            continue
        seen.add(frozenset(members))
        low, high = extremes(page, members)
        if is_known_too_well(low, high, total, page):
            found.append(f"{name} (n={total}): {low}-{high}")
    return found


def is_known_too_well(low: int, high: int, total: int, page: Page) -> bool:
    """Tell whether a hidden count that may be small has too few values left."""
    everyone = page.whole.total
    need = min(page.width, total, everyone - total if total < everyone else page.width)
    may_be_small = low < page.rule or total - high < page.rule
    return total > 0 and may_be_small and high - low < need


def atoms(page: Page) -> list[Atom]:
    """Give every combination of groups that may exist, with those of pupils of no group."""
    keys = [(*groups, UNKNOWN) if _rest(page, groups) else tuple(groups) for groups in page.tables.values()]
    return [atom for atom in itertools.product(*keys) if atom not in page.empty]


def extremes(page: Page, members: Collection[Atom]) -> tuple[int, int]:
    """Give the smallest and largest number of cases that these combinations can have together.

    Two unknowns per combination: pupils with and pupils without. The relaxed problem is solved
    first; only where its answer is narrow the whole numbers are.
    """
    places = atoms(page)
    target = np.array([atom in members for atom in places] + [False] * len(places), float)
    constraint = _constraint(page, places)
    low, high = _solve(target, constraint, whole=False)
    if high - low < page.width + 2:
        low, high = _solve(target, constraint, whole=True)
    return math.ceil(low - 1e-6), math.floor(high + 1e-6)


def count_range(figure: Figure, rule: int) -> tuple[int, int]:
    """Give the counts that what is shown of one group leaves open. The rule itself is known."""
    if figure.hidden:
        return 0, figure.total
    if figure.count is not None:
        return figure.count, figure.count
    fits = (
        figure.possible
        if figure.possible is not None
        else [k for k in range(figure.total + 1) if math.floor(100 * k / figure.total + 0.5) == figure.percentage]
    )
    allowed = [k for k in fits if rule <= k <= figure.total - rule]
    return allowed[0], allowed[-1]


def _groups(page: Page) -> Iterator[tuple[str, list[Atom], Figure]]:
    """Every group with the combinations in it: the whole, the groups, and the pupils of no group."""
    places = atoms(page)
    yield "whole", places, page.whole
    for at, (name, table) in enumerate(page.tables.items()):
        for key, figure in table.items():
            yield f"{name} {key}", [atom for atom in places if atom[at] == key], figure
        unknown = [atom for atom in places if atom[at] == UNKNOWN]
        yield f"{name} unknown", unknown, Figure(_rest(page, table))


def _rest(page: Page, table: Mapping[str, Figure]) -> int:
    """Give the number of pupils of no group."""
    return page.whole.total - sum(figure.total for figure in table.values())


def _targets(page: Page) -> Iterator[tuple[str, list[Atom], int]]:
    """Every hidden group, and everything hidden in one table together."""
    for name, members, figure in _groups(page):
        if figure.hidden and figure.total:
            yield name, members, figure.total
    for at, (name, table) in enumerate(page.tables.items()):
        seen = {key for key, figure in table.items() if not figure.hidden}
        total = page.whole.total - sum(table[key].total for key in seen)
        yield f"{name}, all hidden", [atom for atom in atoms(page) if atom[at] not in seen], total


def _constraint(page: Page, places: Sequence[Atom]) -> LinearConstraint:
    """One row for the pupils of each group, one for its cases."""
    rows, low, high = [], [], []
    for _, members, figure in _groups(page):
        inside = np.array([atom in set(members) for atom in places], float)
        rows += [np.concatenate([inside, inside]), np.concatenate([inside, np.zeros(len(places))])]
        least, most = count_range(figure, page.rule)
        low += [figure.total, least]
        high += [figure.total, most]
    return LinearConstraint(np.array(rows), np.array(low), np.array(high))


def _solve(target: np.ndarray, constraint: LinearConstraint, *, whole: bool) -> tuple[float, float]:
    integrality = np.full(target.size, int(whole))
    down = milp(target, constraints=constraint, integrality=integrality)
    up = milp(-target, constraints=constraint, integrality=integrality)
    assert down.success, f"the page contradicts itself: {down.message}"
    assert up.success, f"the page contradicts itself: {up.message}"
    return float(down.fun), float(-up.fun)


# --------------------------------------------------------------------------- subjects of the same questions

Way = tuple[int | None, ...]
"""How a pupil scores on the subjects of a family: has it (1), has it not (0), no answer."""


@dataclass(frozen=True)
class Family:
    """Subjects of the same questions over one menu: the page of each, and every way in which a pupil can score."""

    pages: Mapping[str, Page]
    ways: Sequence[Way]


def family_findings(family: Family) -> list[str]:
    """Name every group of answers of which the count follows from the pages together, exactly or too narrowly.

    A count that follows from the numbers of pupils alone is no finding: no page tells it.
    """
    blank = Family({name: _blank(page) for name, page in family.pages.items()}, family.ways)
    strictest = max(family.pages.values(), key=lambda page: (page.rule, page.whole.total))
    known, anyway = _Possible(family, strictest.width), _Possible(blank, strictest.width)
    found = []
    for name, members, total, subject in _family_targets(family):
        limits, page = known.limits(members, total), family.pages.get(subject, strictest)
        if is_known_too_well(*limits, total, page) and limits != anyway.limits(members, total):
            found.append(f"{name} (n={total}): {limits[0]}-{limits[1]}")
    return found


def _family_targets(family: Family) -> Iterator[tuple[str, np.ndarray, int, str]]:
    """Every hidden count with its subject, and per group those who have one subject without, or with, another."""
    names = list(family.pages)
    for at, (where, inside, _) in enumerate(_family_groups(family)):
        figures = [list(_groups(page))[at][2] for page in family.pages.values()]
        total = max(figure.total for figure in figures)
        for first, figure in enumerate(figures):
            if figure.hidden:
                has_it = [way[first] == 1 for way in family.ways]
                yield f"{where} {names[first]}", np.outer(inside, has_it), figure.total, names[first]
        for first, second in itertools.permutations(range(len(names)), 2):
            without = [way[first] == 1 and way[second] != 1 for way in family.ways]
            both = [way[first] == 1 and way[second] == 1 for way in family.ways]
            if any(without):
                yield f"{where} {names[first]} without {names[second]}", np.outer(inside, without), total, ""
            if first < second and any(both):
                yield f"{where} {names[first]} and {names[second]}", np.outer(inside, both), total, ""


def _family_groups(family: Family) -> list[tuple[str, np.ndarray, list[Figure]]]:
    """Every group of the menu: the combinations of groups in it, and the figure of each subject."""
    places = sorted({atom for page in family.pages.values() for atom in atoms(page)})
    per_page = [list(_groups(page)) for page in family.pages.values()]
    found = []
    for same in zip(*per_page, strict=True):
        name = same[0][0]
        dimension, _, key = name.partition(" ")
        at = list(next(iter(family.pages.values())).tables).index(dimension) if key else None
        wanted = UNKNOWN if key == "unknown" else key
        inside = np.array([at is None or atom[at] == wanted for atom in places])
        found.append((name, inside, [figure for _, _, figure in same]))
    return found


def _known_of(family: Family) -> LinearConstraint:
    rows, low, high = [], [], []
    for _, inside, figures in _family_groups(family):
        for at, (figure, page) in enumerate(zip(figures, family.pages.values(), strict=True)):
            rows += [np.outer(inside, [way[at] is not None for way in family.ways]).ravel()]
            rows += [np.outer(inside, [way[at] == 1 for way in family.ways]).ravel()]
            least, most = count_range(figure, page.rule)
            low += [figure.total, least]
            high += [figure.total, most]
    return LinearConstraint(np.array(rows, float), np.array(low), np.array(high))


class _Possible:
    """Every school that fits the pages of a family, with the corners of it that were found so far."""

    def __init__(self, family: Family, width: int) -> None:
        self.constraint, self.width = _known_of(family), width
        self.corners = np.empty((0, self.constraint.A.shape[1]))

    def limits(self, members: np.ndarray, total: int) -> tuple[int, int]:
        """Give the smallest and largest number of these pupils, or two that lie far enough apart."""
        target = members.ravel().astype(float)
        reached = self.corners @ target
        if reached.size and reached.max() - reached.min() >= self.width + 2:
            return math.ceil(reached.min() - 1e-6), math.floor(reached.max() + 1e-6)
        corners = self._corners(target, whole=False)
        low, high = corners @ target
        nothing_known = low < 1e-6 and high > total - 1e-6
        if high - low < self.width + 2 and not nothing_known and not np.allclose(corners, corners.round(), atol=1e-6):
            low, high = self._corners(target, whole=True) @ target
        return math.ceil(low - 1e-6), math.floor(high + 1e-6)

    def _corners(self, target: np.ndarray, *, whole: bool) -> np.ndarray:
        """Give the two schools with the least and the most of these pupils."""
        found = [
            milp(sign * target, constraints=self.constraint, integrality=np.full(target.size, int(whole)))
            for sign in (1, -1)
        ]
        assert all(solved.success for solved in found), f"the pages contradict each other: {found[0].message}"
        corners = np.array([solved.x for solved in found])
        self.corners = np.vstack([self.corners, corners])
        return corners


def _blank(page: Page) -> Page:
    tables = {name: {key: Figure(figure.total) for key, figure in table.items()} for name, table in page.tables.items()}
    return replace(page, whole=Figure(page.whole.total), tables=tables)


# --------------------------------------------------------------------------- every possibility


def enumerate_extremes(page: Page, members: Collection[Atom]) -> tuple[int, int]:
    """Try every school that fits the page. Only for a handful of pupils."""
    places = atoms(page)
    rows = [
        ([places.index(atom) for atom in group], figure.total, *count_range(figure, page.rule))
        for _, group, figure in _groups(page)
    ]
    inside = [places.index(atom) for atom in members]
    found = set()
    for pupils in _splits(page.whole.total, len(places)):
        if any(sum(pupils[at] for at in group) != total for group, total, _, _ in rows):
            continue
        for cases in itertools.product(*(range(number + 1) for number in pupils)):
            if all(low <= sum(cases[at] for at in group) <= high for group, _, low, high in rows):
                found.add(sum(cases[at] for at in inside))
    return min(found), max(found)


def _splits(total: int, parts: int) -> Iterator[tuple[int, ...]]:
    if parts == 1:
        yield (total,)
        return
    for first in range(total + 1):
        for others in _splits(total - first, parts - 1):
            yield (first, *others)
