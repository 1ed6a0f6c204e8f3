"""Groups inside groups: all of leerjaar 6 is in vwo, so what is left of vwo is a group of pupils too.

The counts of the inner groups tell about the outer ones, and the other way round, by themselves and
through the other groups of their table. All nestings of a menu are looked at in one go.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

Place = tuple[int, int]
"""A group: the number of its table, and its number in that table; pupils of no group come last."""
Numbers = NDArray[np.int64]
Limits = tuple[Numbers, Numbers]
"""The least and the most cases, per nesting or per group."""


@dataclass(frozen=True, slots=True)
class Nested:
    """Groups of one table whose pupils are all in these groups of another.

    What is left of the outer groups is a group that must be ``guarded``, unless pupils of no group
    are among them: those belong to other groups, and only tell about the groups beside them.
    """

    outer: tuple[Place, ...]
    inner: tuple[Place, ...]
    guarded: bool = True


@dataclass(frozen=True, slots=True)
class Side:
    """The outer or the inner groups of each nesting, and the other groups of their table; as marks per group."""

    inside: Numbers
    beside: Numbers

    def limits(self, low: Numbers, high: Numbers) -> Limits:
        """Give the least and the most cases of these groups together, also by the whole minus the others."""
        return (
            np.maximum(self.inside @ low, low[0] - self.beside @ high),
            np.minimum(self.inside @ high, high[0] - self.beside @ low),
        )


@dataclass(frozen=True, slots=True)
class Nesting:
    """All nestings of a menu."""

    pairs: tuple[Nested, ...]
    outer: Side
    inner: Side
    starts: tuple[int, ...]

    def remainders(self, totals: Numbers, cases: Numbers) -> Limits:
        """Give how many cases can be left at all of each nesting; never rule out what is so."""
        left, so = ((self.outer.inside - self.inner.inside) @ numbers for numbers in (totals, cases))
        return np.minimum(0, so), np.maximum(left, so)

    def left(self, low: Numbers, high: Numbers, limits: Limits) -> Limits:
        """Give what is known of what is left of each nesting."""
        (outer_low, outer_high), (inner_low, inner_high) = self.outer.limits(low, high), self.inner.limits(low, high)
        return np.maximum(limits[0], outer_low - inner_high), np.minimum(limits[1], outer_high - inner_low)

    def tell(self, low: Numbers, high: Numbers, limits: Limits) -> list[tuple[Numbers, int, int]]:
        """Give what the nestings tell: groups (as marks), with the least and the most cases they have together."""
        sides = (self.outer, self.inner)
        (outer_low, outer_high), (inner_low, inner_high) = (side.limits(low, high) for side in sides)
        least, most = limits
        news = []
        for side, new_low, new_high in (
            (self.outer, inner_low + least, inner_high + most),
            (self.inner, outer_low - most, outer_high - least),
        ):
            old_low, old_high = side.limits(low, high)
            for at in np.flatnonzero((new_low > old_low) | (new_high < old_high)):
                news.append((side.inside[at], int(new_low[at]), int(new_high[at])))
                news.append((side.beside[at], int(low[0] - new_high[at]), int(high[0] - new_low[at])))
        return news

    def places(self, at: int) -> list[int]:
        """Give the groups of a nesting, the least important first: inner ones, then outer ones."""
        pair = self.pairs[at]
        return [self.starts[table] + group for table, group in (*reversed(pair.inner), *reversed(pair.outer))]


@lru_cache(maxsize=64)
def nesting(pairs: tuple[Nested, ...], sizes: tuple[int, ...]) -> Nesting:
    """Lay nestings out over a menu: the whole, then tables of these sizes with the pupils of no group."""
    starts = tuple(1 + sum(sizes[:at]) for at in range(len(sizes)))
    marks = {name: np.zeros((2, len(pairs), 1 + sum(sizes)), np.int64) for name in ("outer", "inner")}
    for at, pair in enumerate(pairs):
        for name, places in (("outer", pair.outer), ("inner", pair.inner)):
            inside, beside = marks[name]
            table = places[0][0]
            beside[at, starts[table] : starts[table] + sizes[table]] = 1
            for _, group in places:
                inside[at, starts[table] + group], beside[at, starts[table] + group] = 1, 0
    return Nesting(pairs, Side(*marks["outer"]), Side(*marks["inner"]), starts)


def narrow(low: Numbers, high: Numbers, news: Sequence[tuple[Numbers, int, int]]) -> bool:
    """Narrow the counts of groups by what is known of them together; tell whether anything changed."""
    changed = False
    for marks, least, most in news:
        for at in np.flatnonzero(marks):
            others_low, others_high = int(marks @ low - low[at]), int(marks @ high - high[at])
            new_low, new_high = max(int(low[at]), least - others_high), min(int(high[at]), most - others_low)
            changed |= (new_low, new_high) != (low[at], high[at])
            low[at], high[at] = new_low, new_high
    return changed
