"""A school's share beside a benchmark's: is there a difference, and how large may it be?"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike

from wellbeing.estimation.proportions import Floats

_two_sided = np.vectorize(lambda z: math.erfc(abs(z) / math.sqrt(2)), otypes=[float])


def two_sample_p(cases: ArrayLike, total: ArrayLike, other_cases: ArrayLike, other_total: ArrayLike) -> Floats:
    """Give the two-sided p-value for "both groups have the same share".

    The "N - 1" chi-square test; Fisher's exact test where a cell of the table is expected to hold
    less than one pupil. Campbell (2007) Stat Med 26:3661.

    >>> f"{two_sample_p(15, 148, 0, 20):.4f}"
    '0.1369'
    """
    k1, n1, k2, n2 = np.broadcast_arrays(
        *(np.asarray(value, float) for value in (cases, total, other_cases, other_total))
    )
    everyone = n1 + n2
    pooled = (k1 + k2) / everyone
    spread = pooled * (1 - pooled) * (1 / n1 + 1 / n2)
    with np.errstate(divide="ignore", invalid="ignore"):
        z = np.where(spread > 0, (k1 / n1 - k2 / n2) / np.sqrt(spread), 0.0) * np.sqrt((everyone - 1) / everyone)
    p = np.array(_two_sided(z), float)
    smallest = np.minimum(n1, n2) * np.minimum(k1 + k2, everyone - k1 - k2) / everyone
    for place in zip(*np.nonzero(np.atleast_1d(smallest) < 1), strict=True):
        cells = (round(np.atleast_1d(value)[place]) for value in (k1, n1, k2, n2))
        np.atleast_1d(p)[place] = _fisher_p(*cells)
    capped: Floats = np.minimum(p, 1.0)[()]
    return capped


def _fisher_p(cases: int, total: int, other_cases: int, other_total: int) -> float:
    """Add up the probability of every table that is at most as likely as this one."""
    both, everyone = cases + other_cases, total + other_total
    possible = range(max(0, both - other_total), min(total, both) + 1)
    chances = {
        k: math.exp(_log_choose(total, k) + _log_choose(other_total, both - k) - _log_choose(everyone, both))
        for k in possible
    }
    limit = chances[cases] * (1 + 1e-7)  # equally likely tables differ in the last bits
    return min(1.0, sum(chance for chance in chances.values() if chance <= limit))


def _log_choose(n: int, k: int) -> float:
    return math.lgamma(n + 1) - math.lgamma(k + 1) - math.lgamma(n - k + 1)


def mixed_benchmark_p(share: ArrayLike, expected: ArrayLike, variance: ArrayLike) -> Floats:
    """Give the two-sided p-value for "the school has the share its mix of levels leads to expect".

    ``variance`` is that of the difference when it is so, see ``mix.expected_share``.
    """
    d, v = np.asarray(share, float) - np.asarray(expected, float), np.asarray(variance, float)
    with np.errstate(divide="ignore", invalid="ignore"):
        z = np.where(v > 0, d / np.sqrt(v), np.where(d == 0, 0.0, np.inf))
    p: Floats = np.asarray(_two_sided(z))[()]
    return p


def one_sample_p(cases: ArrayLike, total: ArrayLike, share: ArrayLike) -> Floats:
    """Give the two-sided p-value for "the group has this share", for a benchmark without a number of pupils.

    The score test with the benchmark taken as exact, so the p-value is somewhat too small. At a
    share of 0 or 1 one pupil the other way settles it.

    >>> f"{one_sample_p(40, 100, 0.3):.4f}"  # z = 0.1 / sqrt(0.21 / 100)
    '0.0291'
    """
    n, p = np.asarray(total, float), np.asarray(share, float)
    return mixed_benchmark_p(np.asarray(cases, float) / n, p, p * (1 - p) / n)


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
