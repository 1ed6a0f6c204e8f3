"""Means of scales: a mean with its margin, and two means beside each other."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

TINY, PRECISE, MOST_TERMS = 1e-300, 1e-15, 10_000  # of the continued fraction


@dataclass(frozen=True, slots=True)
class Mean:
    """The mean of a scale: how many pupils, their mean, and their standard deviation (n - 1)."""

    total: int
    mean: float
    deviation: float


@dataclass(frozen=True, slots=True)
class MeanDifference:
    """Mean minus other mean, on the scale itself, with its 95% interval, p-value, and size in deviations."""

    difference: float
    lower: float
    upper: float
    p_value: float
    effect: float


def mean_of(values: ArrayLike) -> Mean:
    """Give the mean of a scale over pupils.

    >>> mean_of([2.0, 4.0, 6.0])
    Mean(total=3, mean=4.0, deviation=2.0)

    Raises:
        ValueError: with fewer than two pupils.
    """
    x = np.asarray(values, float)
    if x.size < 2:
        msg = "a mean with a margin needs two pupils or more"
        raise ValueError(msg)
    return Mean(x.size, float(x.mean()), float(x.std(ddof=1)))


def mean_interval(mean: Mean, *, confidence: float = 0.95) -> tuple[float, float]:
    """Give the t-interval of a mean: ``mean +- t(n - 1) s / sqrt n``.

    >>> lower, upper = mean_interval(Mean(25, 10.0, 5.0))
    >>> f"{lower:.3f} {upper:.3f}"
    '7.936 12.064'
    """
    half = t_quantile(0.5 + confidence / 2, mean.total - 1) * mean.deviation / math.sqrt(mean.total)
    return mean.mean - half, mean.mean + half


def welch(one: Mean, other: Mean) -> MeanDifference:
    """Test whether two means differ, without taking their spread to be equal.

    Welch (1947) Biometrika 34:28. The effect is the difference in pooled standard deviations
    (Cohen's d). Where no pupil differs from another the means differ for sure or not at all.
    """
    parts = [item.deviation**2 / item.total for item in (one, other)]
    variance, difference = sum(parts), one.mean - other.mean
    if variance == 0:
        same = difference == 0
        effect = 0.0 if same else math.copysign(math.inf, difference)
        return MeanDifference(difference, difference, difference, float(same), effect)
    freedom = variance**2 / sum(part**2 / (item.total - 1) for part, item in zip(parts, (one, other), strict=True))
    error = math.sqrt(variance)
    half = t_quantile(0.975, freedom) * error
    p_value = 2 * t_below(-abs(difference) / error, freedom)
    return MeanDifference(
        difference, difference - half, difference + half, p_value, difference / _pooled_deviation(one, other)
    )


def _pooled_deviation(one: Mean, other: Mean) -> float:
    squares = sum((item.total - 1) * item.deviation**2 for item in (one, other))
    return math.sqrt(squares / (one.total + other.total - 2))


# --------------------------------------------------------------------------- Student's t


def t_below(t: float, freedom: float) -> float:
    """Give the chance that Student's t with these degrees of freedom lies below ``t``.

    >>> f"{t_below(2.228138851964939, 10):.3f}"  # the 97.5% quantile in every table
    '0.975'
    """
    square = t * t
    tail = 0.5 * _beta_below(freedom / 2, 0.5, freedom / (freedom + square), square / (freedom + square))
    return tail if t < 0 else 1 - tail


def t_quantile(chance: float, freedom: float) -> float:
    """Give the value that Student's t stays below with this chance, by halving until no float lies between."""
    if chance < 0.5:
        return -t_quantile(1 - chance, freedom)
    low, high = 0.0, 1.0
    while t_below(-high, freedom) > 1 - chance:
        low, high = high, 2 * high
    while low < (middle := (low + high) / 2) < high:
        low, high = (middle, high) if t_below(-middle, freedom) > 1 - chance else (low, middle)
    return high


def _beta_below(a: float, b: float, x: float, rest: float) -> float:
    """Give the regularised incomplete beta function by its continued fraction (DLMF 8.17.22).

    ``rest`` is ``1 - x``, given apart since near 1 the difference has no digits left.
    """
    if x <= 0:
        return 0.0
    if x > (a + 1) / (a + b + 2):  # on this side the fraction converges slowly
        return 1 - _beta_below(b, a, rest, x)
    scale = math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log(rest)
    return math.exp(scale) / (a * _fraction(a, b, x))


def _fraction(a: float, b: float, x: float) -> float:
    """Work ``1 + d1/(1 + d2/(1 + ...))`` out from the front (Lentz's method as Thompson and Barnett changed it)."""
    result, upper, lower = 1.0, 1.0, 0.0
    for step in range(1, MOST_TERMS):
        m, odd = divmod(step, 2)
        numerator = -(a + m) * (a + b + m) if odd else m * (b - m)
        term = numerator * x / ((a + step - 1) * (a + step))
        lower = 1 / (1 + term * lower or TINY)
        upper = 1 + term / upper or TINY
        result *= upper * lower
        if abs(upper * lower - 1) < PRECISE:
            break
    return result
