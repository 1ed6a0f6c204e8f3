"""Interval protection: do what an attacker does, and hide until nothing can be worked out.

Every shown figure is an interval for a count. The intervals are pushed through all totals; while a
hidden count that must stay secret is known too well, one more group is hidden. For one-way tables
that share only their total the result is exact: no attacker who sees all shown figures and knows
the rules and the number of pupils of every group can do better (docs/method.md gives the argument).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


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

    ``told`` is what other figures on the page tell about the cases: at least and at most so many.
    """

    total: int
    cases: int
    told: tuple[int, int] | None = None


@dataclass(slots=True)
class _Bounds:
    """What the attacker knows about one count."""

    low: int
    high: int


Place = tuple[int, int]
"""A group: the number of its table, and its number in that table."""


@dataclass(frozen=True, slots=True)
class Nested:
    """Groups of one table whose pupils are all in these groups of another: what is left is a group too."""

    outer: tuple[Place, ...]
    inner: tuple[Place, ...]


def protect_cells(
    whole: Cell, tables: Sequence[Sequence[Cell]], rules: Rules, nested: Sequence[Nested] = ()
) -> tuple[bool, list[list[bool]]]:
    """Tell which cells of one indicator may be shown: the whole, and each group of each table.

    ``tables`` are one-way breakdowns of the whole, most important group first. Pupils of no group
    are added here as one more group that is never shown, so that subtraction finds nothing.

    >>> rules = Rules(pupils=30, cases=5, width=4)
    >>> protect_cells(Cell(100, 30), [[Cell(52, 14), Cell(48, 16)]], rules)
    (True, [[True, True]])
    >>> protect_cells(Cell(100, 30), [[Cell(80, 28), Cell(20, 2)]], rules)  # 30 - 28 would tell the 2
    (True, [[False, False]])
    """
    full = [[*table, _rest(whole, table)] for table in tables]
    shown = [[_allowed(cell, rules) for cell in table[:-1]] + [False] for table in full]
    whole_shown = _allowed(whole, rules)
    while True:
        top, bounds = _bounds(whole, full, whole_shown, shown, rules)
        unsafe = [at for at in range(len(full)) if _leaks(whole, full[at], (top, bounds[at]), shown[at], rules)]
        if not whole_shown and _too_narrow(top, whole.total, whole.total, rules):
            unsafe = [at for at in range(len(full)) if any(shown[at])] or unsafe
        hidden_one = [_hide_least_important(shown[at]) for at in unsafe]
        hidden_one += [_hide_nested(pair, full, (bounds, shown), whole, rules) for pair in nested]
        if any(hidden_one):
            continue
        if not unsafe or not whole_shown:
            # Where nothing is left to hide, what is known follows from the numbers of pupils alone.
            return whole_shown, [row[:-1] for row in shown]
        whole_shown = False


def _hide_nested(
    pair: Nested,
    tables: Sequence[Sequence[Cell]],
    known: tuple[list[list[_Bounds]], list[list[bool]]],
    whole: Cell,
    rules: Rules,
) -> bool:
    """Hide the least important shown group where outer minus inner groups tells too much."""
    bounds, shown = known
    total = sum(tables[at][group].total for at, group in pair.outer)
    total -= sum(tables[at][group].total for at, group in pair.inner)
    low = sum(bounds[at][group].low for at, group in pair.outer)
    low -= sum(bounds[at][group].high for at, group in pair.inner)
    high = sum(bounds[at][group].high for at, group in pair.outer)
    high -= sum(bounds[at][group].low for at, group in pair.inner)
    if total <= 0 or not _too_narrow(_Bounds(max(low, 0), min(high, total)), total, whole.total, rules):
        return False
    for at, group in (*reversed(pair.inner), *reversed(pair.outer)):
        if shown[at][group]:
            shown[at][group] = False
            return True
    return False


def _rest(whole: Cell, table: Sequence[Cell]) -> Cell:
    return Cell(whole.total - sum(cell.total for cell in table), whole.cases - sum(cell.cases for cell in table))


def _allowed(cell: Cell, rules: Rules) -> bool:
    return cell.total >= rules.pupils and cell.cases >= rules.cases and cell.total - cell.cases >= rules.cases


def _told(cell: Cell, shown: bool, rules: Rules) -> _Bounds:
    """Give what the page tells about one cell by itself."""
    bound = _Bounds(0, cell.total)
    if shown and rules.exact:
        bound = _Bounds(cell.cases, cell.cases)
    elif shown:
        low, high = rounding_bounds(cell.cases, cell.total)
        bound = _Bounds(max(low, rules.cases), min(high, cell.total - rules.cases))
    if cell.told is None:
        return bound
    return _Bounds(max(bound.low, cell.told[0]), min(bound.high, cell.told[1]))


def rounding_bounds(cases: int, total: int) -> tuple[int, int]:
    """Give the fewest and the most cases that print as the same whole percentage (half up).

    >>> rounding_bounds(100, 300)  # 33%: from 32.5% up to just below 33.5%
    (98, 100)
    """
    percentage = (200 * cases + total) // (2 * total)
    return -(-total * (2 * percentage - 1) // 200), -(-total * (2 * percentage + 1) // 200) - 1


def _bounds(
    whole: Cell, tables: Sequence[Sequence[Cell]], whole_shown: bool, shown: Sequence[Sequence[bool]], rules: Rules
) -> tuple[_Bounds, list[list[_Bounds]]]:
    """Push what is told through the totals until nothing gets narrower."""
    top = _told(whole, whole_shown, rules)
    rows = [
        [_told(cell, seen, rules) for cell, seen in zip(table, row, strict=True)]
        for table, row in zip(tables, shown, strict=True)
    ]
    changed = True
    while changed:
        before = (top.low, top.high)
        for row in rows:
            top.low = max(top.low, sum(bound.low for bound in row))
            top.high = min(top.high, sum(bound.high for bound in row))
        changed = (top.low, top.high) != before
        for row in rows:
            changed |= _narrow(top, row)
    return top, rows


def _narrow(top: _Bounds, row: list[_Bounds]) -> bool:
    """Narrow each count by the total minus the others; tell whether anything changed."""
    lows, highs = sum(bound.low for bound in row), sum(bound.high for bound in row)
    changed = False
    for bound in row:
        low = max(bound.low, top.low - (highs - bound.high))
        high = min(bound.high, top.high - (lows - bound.low))
        changed |= (low, high) != (bound.low, bound.high)
        lows, highs = lows + low - bound.low, highs + high - bound.high
        bound.low, bound.high = low, high
    return changed


def _leaks(
    whole: Cell, table: Sequence[Cell], known: tuple[_Bounds, list[_Bounds]], shown: Sequence[bool], rules: Rules
) -> bool:
    """Tell whether a hidden cell of this table, or all hidden ones together, are known too well."""
    top, row = known
    hidden = [at for at, seen in enumerate(shown) if not seen]
    if any(_too_narrow(row[at], table[at].total, whole.total, rules) for at in hidden):
        return True
    seen_low = sum(bound.low for bound, seen in zip(row, shown, strict=True) if seen)
    seen_high = sum(bound.high for bound, seen in zip(row, shown, strict=True) if seen)
    union = _Bounds(
        max(sum(row[at].low for at in hidden), top.low - seen_high),
        min(sum(row[at].high for at in hidden), top.high - seen_low),
    )
    return _too_narrow(union, sum(table[at].total for at in hidden), whole.total, rules)


def _too_narrow(bound: _Bounds, total: int, everyone: int, rules: Rules) -> bool:
    """A hidden count is known too well when it may be small and has too few values left."""
    if total == 0:
        return False
    # Nothing can be hidden better than the whole hides it.
    need = min(rules.width, total, everyone - total if everyone > total else rules.width)
    small = bound.low < rules.cases or total - bound.high < rules.cases
    return small and bound.high - bound.low < need


def _hide_least_important(shown: list[bool]) -> bool:
    """Hide the last shown group of a table; tell whether there was one."""
    for at in range(len(shown) - 1, -1, -1):
        if shown[at]:
            shown[at] = False
            return True
    return False
