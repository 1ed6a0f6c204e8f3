"""Shares of pupils who do not all count for the same."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from wellbeing.estimation.proportions import Floats


def weighted_share(weights: ArrayLike, case_weights: ArrayLike) -> Floats:
    """Give the weighted share ``sum w y / sum w`` (0-1).

    >>> float(weighted_share(10.0, 4.0))
    0.4
    """
    share: Floats = (np.asarray(case_weights, float) / np.asarray(weights, float))[()]
    return share


def effective_total(
    total: ArrayLike, weights: ArrayLike, case_weights: ArrayLike, squares: ArrayLike, case_squares: ArrayLike
) -> Floats:
    """Give the number of equally weighted pupils that tells as much as these weighted ones.

    ``n_eff = p q / v`` with the linearised variance ``v = n/(n-1) sum (w (y - p) / sum w)^2``, at most
    the number of pupils; Kish's ``(sum w)^2 / sum w^2`` where nobody or everybody has it. The sums
    are over pupils with an answer: w, w of cases, w squared, w squared of cases. Korn and Graubard
    (1998) Surv Methodol 24:193.

    >>> f"{effective_total(4, 4.0, 2.0, 4.0, 2.0):.1f}"  # equal weights: pq/v = n - 1
    '3.0'
    """
    n, sum_w, sum_wy, sum_w2, sum_w2y = (
        np.asarray(value, float) for value in (total, weights, case_weights, squares, case_squares)
    )
    p = sum_wy / sum_w
    around = sum_w2y * (1 - p) ** 2 + (sum_w2 - sum_w2y) * p**2
    kish = sum_w**2 / sum_w2
    with np.errstate(divide="ignore", invalid="ignore"):
        variance = n / (n - 1) * around / sum_w**2
        linear = np.where(variance > 0, p * (1 - p) / variance, kish)
    effective: Floats = np.minimum(n, np.where((p <= 0) | (p >= 1) | (n < 2), kish, linear))[()]
    return effective
