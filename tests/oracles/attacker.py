"""The attacker: works hidden counts out of a page with integer programming.

It knows the number of pupils of every group, everything the page shows, and the rule that decides
what is shown. It does not know how many pupils every *combination* of groups has, except where it is
told that a combination cannot exist. It shares no code with the protection that it attacks.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

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
