"""A school's share beside a benchmark's: is there a difference, and how large may it be?"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike

from wellbeing.estimation.proportions import Floats

_ENDLESS = 1e12
_BLOCK = 256
_NEGLIGIBLE = 1e-18


def two_sample_p(cases: ArrayLike, total: ArrayLike, other_cases: ArrayLike, other_total: ArrayLike) -> Floats:
    """Give the two-sided p-value for "both groups have the same share".

    Fisher's exact test in its mid-p form: of all tables with these totals, twice the smaller tail,
    in which this table itself counts for half. Lancaster (1961) J Am Stat Assoc 56:223; Hirji, Tan
    and Elashoff (1991) Stat Med 10:1137. Numbers need not be whole (those of a mix or of weights
    are effective ones): the other tables lie whole pupils away from this one.

    >>> f"{two_sample_p(3, 4, 1, 4):.4f}"  # Fisher's tea: (16 / 2 + 1) / 70, twice
    '0.2571'
    """
    k1, n1, k2, n2 = (np.asarray(value, float) for value in (cases, total, other_cases, other_total))
    k1, n1, k2, n2 = np.broadcast_arrays(k1, n1, k2, n2)
    with np.errstate(over="ignore", invalid="ignore"):  # endless odds: this table is next to impossible
        above, below = _odds_beyond(k1, n1 - k1, k2, n2 - k2), _odds_beyond(n1 - k1, k1, n2 - k2, k2)
        p: Floats = np.minimum((2 * np.minimum(above, below) + 1) / (above + 1 + below), 1.0)[()]
    return p


def _odds_beyond(k1: Floats, m1: Floats, k2: Floats, m2: Floats) -> Floats:
    """Give the probability of all tables with more cases in the first group, as a multiple of this one.

    Table by table, a block of pupils at a time, until what is left no longer counts.
    """
    odds, last = np.zeros(k1.shape), np.ones(k1.shape)
    tables = math.ceil(np.minimum(m1, k2).max(initial=0))
    for start in range(0, tables, _BLOCK):
        step = np.arange(start, min(start + _BLOCK, tables))
        more = np.maximum(m1[..., None] - step, 0) * np.maximum(k2[..., None] - step, 0)
        ratios = more / ((k1[..., None] + step + 1) * (m2[..., None] + step + 1))
        found = last[..., None] * np.cumprod(ratios, axis=-1)
        odds, last = odds + found.sum(axis=-1), found[..., -1]
        if np.all((last <= odds * _NEGLIGIBLE) & (ratios[..., -1] < 1)):
            break
    return np.where(np.isnan(odds), np.inf, odds)


def nearest_cases(cases: ArrayLike, total: ArrayLike, share: ArrayLike, *, whole: bool = True) -> Floats:
    """Give the number nearest to ``share`` (0-1) of all that print as the same whole percentage.

    A test at this number can be said by whoever reads the percentage: it tells no more about the
    count than the page does. Counts are ``whole``; with weights they are not.

    >>> nearest_cases([104, 104], 250, [0.30, 0.50]).tolist()  # 42%: 104 to 106 of 250
    [104.0, 106.0]
    """
    k, n, p = (np.asarray(value, float) for value in (cases, total, share))
    k = np.rint(k) if whole else k
    percentage = np.floor((200 * k + n) / (2 * n))
    low, high = n * (2 * percentage - 1) / 200, n * (2 * percentage + 1) / 200
    nearest: Floats = np.clip(n * p, low, high)[()]
    if whole:
        nearest = np.clip(np.rint(n * p), np.ceil(low), np.ceil(high) - 1)[()]
    return nearest


def one_sample_p(cases: ArrayLike, total: ArrayLike, share: ArrayLike) -> Floats:
    """Give the two-sided p-value for "the group has this share", for a benchmark without a number of pupils.

    The same test beside an endless benchmark: the binomial test in its mid-p form. The benchmark is
    taken as exact, so the p-value is somewhat too small.

    >>> f"{one_sample_p(8, 10, 0.5):.4f}"  # (45 / 2 + 10 + 1) / 1024, twice
    '0.0654'
    """
    return two_sample_p(cases, total, np.asarray(share, float) * _ENDLESS, _ENDLESS)


def difference_interval(
    share: ArrayLike, limits: tuple[ArrayLike, ArrayLike], other: ArrayLike, other_limits: tuple[ArrayLike, ArrayLike]
) -> tuple[Floats, Floats]:
    """Give the 95% interval for ``share - other`` from the intervals of both shares.

    The hybrid score interval: it stays within -1 and 1. Newcombe (1998) Stat Med 17:873, method 10.

    >>> from wellbeing.estimation.proportions import wilson_interval
    >>> lower, upper = difference_interval(56 / 70, wilson_interval(56, 70), 48 / 80, wilson_interval(48, 80))
    >>> f"{lower:.4f} {upper:.4f}"  # table II, contrast (a)
    '0.0524 0.3339'
    """
    p, q = np.asarray(share, float), np.asarray(other, float)
    low, high = (np.asarray(limit, float) for limit in limits)
    other_low, other_high = (np.asarray(limit, float) for limit in other_limits)
    lower = p - q - np.sqrt((p - low) ** 2 + (other_high - q) ** 2)
    upper = p - q + np.sqrt((high - p) ** 2 + (q - other_low) ** 2)
    return np.maximum(lower, -1.0)[()], np.minimum(upper, 1.0)[()]


def benjamini_hochberg(p_values: ArrayLike) -> Floats:
    """Give the adjusted p-values that keep the false discovery rate over a family of tests.

    Benjamini and Hochberg (1995) J R Stat Soc B 57:289. An empty family gives an empty answer.

    >>> [f"{q:.3f}" for q in benjamini_hochberg([0.01, 0.04, 0.03, 0.50])]
    ['0.040', '0.053', '0.053', '0.500']
    """
    p = np.asarray(p_values, float)
    order = np.argsort(p, kind="stable")[::-1]
    ranks = np.arange(p.size, 0, -1)
    adjusted = np.empty_like(p)
    adjusted[order] = np.minimum.accumulate(np.minimum(p[order] * p.size / ranks, 1.0))
    return adjusted
