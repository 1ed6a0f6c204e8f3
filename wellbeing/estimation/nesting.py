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
Numbers = NDArray[np.float64]
Limits = tuple[Numbers, Numbers]
"""The least and the most cases, per group or per nesting. Whole numbers all, kept as floats: they add up faster."""


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
class Nesting:
    """All nestings of a menu.

    ``marks`` are, per nesting, the outer groups, the inner groups, and the groups beside each of them
    in their table (4 x nesting x group).
    """

    pairs: tuple[Nested, ...]
    marks: NDArray[np.float64]
    starts: tuple[int, ...]

    def remainders(self, totals: Numbers, cases: Numbers) -> Limits:
        """Give how many cases can be left at all of each nesting; never rule out what is so."""
        left, so = ((self.marks[0] - self.marks[1]) @ numbers for numbers in (totals, cases))
        return np.minimum(0, so), np.maximum(left, so)

    def left(self, low: Numbers, high: Numbers, limits: Limits) -> Limits:
        """Give what is known of what is left of each nesting."""
        lows, highs = self._together(low, high)
        return np.maximum(limits[0], lows[0] - highs[1]), np.minimum(limits[1], highs[0] - lows[1])

    def tell(self, low: Numbers, high: Numbers, limits: Limits) -> list[tuple[Numbers, float, float]]:
        """Give what the nestings tell: groups (as marks), with the least and the most cases they have together."""
        (lows, highs), (least, most) = self._together(low, high), limits
        new_lows = np.stack([lows[1] + least, lows[0] - most])
        new_highs = np.stack([highs[1] + most, highs[0] - least])
        news = []
        for side, at in np.argwhere((new_lows > lows) | (new_highs < highs)):
            least_now, most_now = max(new_lows[side, at], lows[side, at]), min(new_highs[side, at], highs[side, at])
            news.append((self.marks[side, at], least_now, most_now))
            news.append((self.marks[side + 2, at], low[0] - most_now, high[0] - least_now))
        return news

    def places(self, at: int) -> list[int]:
        """Give the groups of a nesting, the least important first: inner ones, then outer ones."""
        pair = self.pairs[at]
        return [self.starts[table] + group for table, group in (*reversed(pair.inner), *reversed(pair.outer))]

    def _together(self, low: Numbers, high: Numbers) -> Limits:
        """Give the least and the most cases of outer and of inner groups, also by the whole minus those beside them."""
        lows, highs = self.marks @ low, self.marks @ high
        return np.maximum(lows[:2], low[0] - highs[2:]), np.minimum(highs[:2], high[0] - lows[2:])


@lru_cache(maxsize=64)
def nesting(pairs: tuple[Nested, ...], sizes: tuple[int, ...]) -> Nesting:
    """Lay nestings out over a menu: the whole, then tables of these sizes with the pupils of no group."""
    starts = tuple(1 + sum(sizes[:at]) for at in range(len(sizes)))
    marks = np.zeros((4, len(pairs), 1 + sum(sizes)))
    for at, pair in enumerate(pairs):
        for side, places in enumerate((pair.outer, pair.inner)):
            table = places[0][0]
            marks[side + 2, at, starts[table] : starts[table] + sizes[table]] = 1
            for _, group in places:
                marks[side, at, starts[table] + group], marks[side + 2, at, starts[table] + group] = 1, 0
    return Nesting(pairs, marks, starts)


def narrow(low: Numbers, high: Numbers, news: Sequence[tuple[Numbers, float, float]]) -> bool:
    """Narrow the counts of groups by what is known of them together; tell whether anything changed."""
    changed = False
    for marks, least, most in news:
        for at in np.flatnonzero(marks):
            others_low, others_high = marks @ low - low[at], marks @ high - high[at]
            new_low, new_high = max(low[at], least - others_high), min(high[at], most - others_low)
            if (new_low, new_high) != (low[at], high[at]):
                low[at], high[at], changed = new_low, new_high, True
    return changed
