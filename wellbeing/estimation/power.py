"""Which differences the numbers of a school can show at all."""

from __future__ import annotations

import math

from wellbeing.estimation.differences import two_sample_p


def detectable_points(pupils: int, region: int, *, alpha: float, at_least: int, percentage: int = 30) -> int:
    """Give the smallest difference, in whole points, that a school of this size can show.

    The school lies above a benchmark of ``percentage`` (that is where most subjects are), and the
    difference counts when the p-value is below ``alpha`` and it is ``at_least`` so many points. The
    school is tested with the fewest cases that print as its percentage, see ``nearest_cases``.

    >>> detectable_points(120, 4000, alpha=0.05, at_least=5)
    9
    """
    other_cases = round(region * percentage / 100)
    for points in range(at_least, 100 - percentage):
        cases = math.ceil(pupils * (2 * (percentage + points) - 1) / 200)
        if two_sample_p(cases, pupils, other_cases, region) < alpha:
            return points
    return 100 - percentage


def detectable_between(pupils: int, others: int, *, alpha: float, at_least: int, percentage: int = 30) -> int:
    """Give the smallest difference, in whole points, that two groups of one school can show beside each other.

    As ``detectable_points``, but both groups are known by their printed percentages alone: the test takes
    the fewest cases in the higher group and the most in the lower one (``percentage``).

    >>> detectable_between(120, 120, alpha=0.05, at_least=5)
    14
    """
    other_cases = others * (2 * percentage + 1) / 200
    for points in range(at_least, 100 - percentage):
        cases = pupils * (2 * (percentage + points) - 1) / 200
        if two_sample_p(cases, pupils, other_cases, others) < alpha:
            return points
    return 100 - percentage
