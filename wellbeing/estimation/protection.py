"""Interval protection: do what an attacker does, and hide until nothing can be worked out.

Every shown figure is an interval for a count. The intervals are pushed through all totals; while a
hidden count that must stay secret is known too well, one more group is hidden. For one-way tables
that share only their total the result is exact: no attacker who sees all shown figures and knows
the rules and the number of pupils of every group can do better (docs/method.md gives the argument).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from wellbeing.estimation.nesting import Limits, Nested, narrow, nesting


@dataclass(frozen=True, slots=True)
class Rules:
    """When a figure may be shown and how far apart the values of a hidden count must lie.

    ``pupils`` and ``cases`` are the least numbers (``cases`` also for the pupils without it);
    ``width`` is the number of other values a hidden count must be able to take; ``exact`` tells
    that the shown figure gives the count itself away (a file with counts), not whole percents.
    """

    pupils: int
    cases: int
    width: int
    exact: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """One group for one indicator: pupils with a valid answer, and cases among them.

    ``told`` is what is shown besides the figure, for as long as the figure itself is: at least and
    at most so many cases. A ``closed`` group is never shown.
    """

    total: int
    cases: int
    told: tuple[int, int] | None = None
    closed: bool = False


@dataclass(slots=True)
class Bounds:
    """What the attacker knows about one count."""

    low: int
    high: int

    def tighten(self, low: int, high: int) -> bool:
        """Take in what else is known; tell whether it was news."""
        if low <= self.low and high >= self.high:
            return False
        self.low, self.high = max(self.low, low), min(self.high, high)
        return True


@dataclass(frozen=True, slots=True)
class Menu:
    """One subject over the fixed menu: the whole, one-way tables of it (most important group first), the rules."""

    whole: Cell
    tables: Sequence[Sequence[Cell]]
    rules: Rules
    nested: Sequence[Nested] = ()


Shown = tuple[bool, list[list[bool]]]
"""Whether the whole may be shown, and for each table which of its groups."""


def protect_cells(whole: Cell, tables: Sequence[Sequence[Cell]], rules: Rules, nested: Sequence[Nested] = ()) -> Shown:
    """Tell which cells of one indicator may be shown: the whole, and each group of each table.

    ``tables`` are one-way breakdowns of the whole, most important group first. Pupils of no group
    are added here as one more group that is never shown, so that subtraction finds nothing.

    >>> rules = Rules(pupils=30, cases=5, width=4)
    >>> protect_cells(Cell(100, 30), [[Cell(52, 14), Cell(48, 16)]], rules)
    (True, [[True, True]])
    >>> protect_cells(Cell(100, 30), [[Cell(80, 28), Cell(20, 2)]], rules)  # 30 - 28 would tell the 2
    (True, [[False, False]])
    """
    sheet = Sheet(Menu(whole, tables, rules, nested))
    sheet.settle()
    return sheet.result()


class Sheet:
    """What is shown of one subject: the whole first, then each table with the pupils of no group last."""

    def __init__(self, menu: Menu) -> None:
        """Begin with everything that the rule by itself allows."""
        self.rules, self.cells = menu.rules, [menu.whole]
        self.tables: list[range] = []
        for table in menu.tables:
            start = len(self.cells)
            self.cells += [*table, _rest(menu.whole, table)]
            self.tables.append(range(start, len(self.cells)))
        self.nesting = nesting(tuple(menu.nested), tuple(map(len, self.tables)))
        self.shown = [_allowed(cell, self.rules) for cell in self.cells]
        self.remainders = self.limits_of_remainders()
        self._known: list[tuple[int, int]] | None = None  # as long as nothing more is hidden

    def limits_of_remainders(self) -> Limits:
        """Give how many cases can be left at all of each nesting."""
        totals = np.array([cell.total for cell in self.cells], float)
        return self.nesting.remainders(totals, np.array([cell.cases for cell in self.cells], float))

    def result(self) -> Shown:
        """Give what may be shown, without the pupils of no group."""
        return self.shown[0], [[self.shown[at] for at in table[:-1]] for table in self.tables]

    def bounds(self) -> list[Bounds]:
        """Give what this subject by itself tells about each count."""
        if self._known is None:
            found = [_told(cell, seen, self.rules) for cell, seen in zip(self.cells, self.shown, strict=True)]
            self.push(found)
            self._known = [(bound.low, bound.high) for bound in found]
        return [Bounds(low, high) for low, high in self._known]

    def push(self, bounds: Sequence[Bounds]) -> None:
        """Push what is known through the totals, and through groups inside groups, until nothing gets narrower."""
        self.push_totals(bounds)
        while self.push_inside(bounds):
            self.push_totals(bounds)

    def push_totals(self, bounds: Sequence[Bounds]) -> None:
        """Push what is known through the totals until nothing gets narrower."""
        top, rows = bounds[0], [[bounds[at] for at in table] for table in self.tables]
        changed = True
        while changed:
            changed = False
            for row in rows:
                changed |= top.tighten(sum(bound.low for bound in row), sum(bound.high for bound in row))
            for row in rows:
                changed |= _narrow(top, row)

    def push_inside(self, bounds: Sequence[Bounds]) -> bool:
        """Push what is known once through groups inside groups; tell whether anything got narrower."""
        if not self.nesting.pairs:
            return False
        low, high = _arrays(bounds)
        changed = narrow(low, high, self.nesting.tell(low, high, self.remainders))
        if changed:
            for bound, least, most in zip(bounds, low.tolist(), high.tolist(), strict=True):
                bound.tighten(int(least), int(most))
        return changed

    def settle(self) -> None:
        """Hide groups until nothing follows from this subject by itself, or nothing is left to hide."""
        while self._hide_more(self.bounds()):
            pass

    def _hide_more(self, bounds: Sequence[Bounds]) -> bool:
        unsafe = [table for table in self.tables if self.leaks(table, bounds)]
        if not self.shown[0] and self.is_open(0, bounds):
            unsafe = [table for table in self.tables if any(self.shown[at] for at in table)] or unsafe
        hidden = [self.hide_first(reversed(table)) for table in unsafe]
        hidden += [self.hide_first(places) for places in self.open_remainders(bounds)]
        # Where nothing is left to hide, what is known follows from the numbers of pupils alone.
        return any(hidden) or (bool(unsafe) and self.hide_first([0]))

    def is_open(self, at: int, bounds: Sequence[Bounds]) -> bool:
        """Tell whether the count of a group, were it hidden, is known too well."""
        return _too_narrow(bounds[at], self.cells[at].total, self.cells[0].total, self.rules)

    def leaks(self, table: Sequence[int], bounds: Sequence[Bounds]) -> bool:
        """Tell whether a hidden group of a table, or all hidden ones together, are known too well."""
        hidden, seen = [at for at in table if not self.shown[at]], [at for at in table if self.shown[at]]
        if any(self.is_open(at, bounds) for at in hidden):
            return True
        low = max(sum(bounds[at].low for at in hidden), bounds[0].low - sum(bounds[at].high for at in seen))
        high = min(sum(bounds[at].high for at in hidden), bounds[0].high - sum(bounds[at].low for at in seen))
        total = sum(self.cells[at].total for at in hidden)
        return _too_narrow(Bounds(low, high), total, self.cells[0].total, self.rules)

    def open_remainders(self, bounds: Sequence[Bounds]) -> Iterator[list[int]]:
        """Give the groups of each nesting of which the remainder is known too well, the least important first."""
        if not self.nesting.pairs:
            return
        left_low, left_high = self.nesting.left(*_arrays(bounds), self.remainders)
        for at in np.flatnonzero(left_high - left_low < self.rules.width):
            left, total = Bounds(int(left_low[at]), int(left_high[at])), int(self.remainders[1][at])
            is_open = _too_narrow(left, total, self.cells[0].total, self.rules)
            if self.nesting.pairs[at].guarded and total > 0 and is_open:
                yield self.nesting.places(int(at))

    def hide_first(self, places: Iterable[int]) -> bool:
        """Hide the first of these groups that is shown; tell whether there was one."""
        for at in places:
            if self.shown[at]:
                self.shown[at], self._known = False, None
                return True
        return False

    def hide_all(self) -> bool:
        """Hide the whole subject; tell whether anything of it was shown."""
        was_shown = any(self.shown)
        self.shown, self._known = [False] * len(self.shown), None
        return was_shown


def rounding_bounds(cases: int, total: int) -> tuple[int, int]:
    """Give the fewest and the most cases that print as the same whole percentage (half up).

    >>> rounding_bounds(100, 300)  # 33%: from 32.5% up to just below 33.5%
    (98, 100)
    """
    percentage = (200 * cases + total) // (2 * total)
    return -(-total * (2 * percentage - 1) // 200), -(-total * (2 * percentage + 1) // 200) - 1


def _arrays(bounds: Sequence[Bounds]) -> Limits:
    return np.array([bound.low for bound in bounds], float), np.array([bound.high for bound in bounds], float)


def _narrow(top: Bounds, row: list[Bounds]) -> bool:
    """Narrow each count by the total minus the others; tell whether anything changed."""
    lows, highs = sum(bound.low for bound in row), sum(bound.high for bound in row)
    changed = False
    for bound in row:
        low, high = bound.low, bound.high
        if bound.tighten(top.low - (highs - high), top.high - (lows - low)):
            lows, highs, changed = lows + bound.low - low, highs + bound.high - high, True
    return changed


def _rest(whole: Cell, table: Sequence[Cell]) -> Cell:
    """Give the pupils of no group."""
    total = whole.total - sum(cell.total for cell in table)
    return Cell(total, whole.cases - sum(cell.cases for cell in table), closed=True)


def _allowed(cell: Cell, rules: Rules) -> bool:
    enough = cell.total >= rules.pupils and cell.cases >= rules.cases and cell.total - cell.cases >= rules.cases
    return enough and not cell.closed


def _told(cell: Cell, shown: bool, rules: Rules) -> Bounds:
    """Give what the page tells about one cell by itself."""
    if not shown:
        return Bounds(0, cell.total)
    if rules.exact:
        return Bounds(cell.cases, cell.cases)
    bounds = Bounds(*rounding_bounds(cell.cases, cell.total))
    bounds.tighten(rules.cases, cell.total - rules.cases)
    bounds.tighten(*(cell.told or (0, cell.total)))
    return bounds


def _too_narrow(bound: Bounds, total: int, everyone: int, rules: Rules) -> bool:
    """A hidden count is known too well when it may be small and has too few values left."""
    if total == 0:
        return False
    # Nothing can be hidden better than the whole hides it.
    need = min(rules.width, total, everyone - total if everyone > total else rules.width)
    small = bound.low < rules.cases or total - bound.high < rules.cases
    return small and bound.high - bound.low < need
