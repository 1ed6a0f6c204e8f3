"""Shares of pupils and their margins."""

from __future__ import annotations

from statistics import NormalDist

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]

Z95 = NormalDist().inv_cdf(0.975)


def wilson_interval(cases: ArrayLike, total: ArrayLike, *, z: float = Z95) -> tuple[Floats, Floats]:
    """Give the Wilson score interval for the share ``cases / total``.

    The interval stays within 0 and 1 and keeps its coverage for small schools and for shares near
    0% or 100%, where the textbook interval fails. It treats the pupils as a simple random sample:
    no weights, no finite population correction. Works on arrays of any shape; ``total`` may be an
    effective number (not whole).

    >>> lower, upper = wilson_interval(cases=81, total=263)
    >>> f"{lower:.4f}-{upper:.4f}"  # Newcombe (1998) Stat Med 17:857, table I, method 3
    '0.2553-0.3662'

    Raises:
        ValueError: if ``total`` is zero or ``cases`` lies outside 0..total.
    """
    k, n = np.asarray(cases, float), np.asarray(total, float)
    if not (np.all(n > 0) and np.all(k >= 0) and np.all(k <= n)):
        msg = "a share needs at least one pupil, and cases between 0 and the total"
        raise ValueError(msg)
    p, z2 = k / n, z * z
    centre = (p + z2 / (2 * n)) / (1 + z2 / n)
    half = z * np.sqrt(p * (1 - p) / n + z2 / (4 * n * n)) / (1 + z2 / n)
    # At 0% and 100% the limit is the share itself; rounding would put it a hair beside it.
    lower = np.where(k == 0, 0.0, np.clip(centre - half, 0, 1))
    upper = np.where(k == n, 1.0, np.clip(centre + half, 0, 1))
    return lower[()], upper[()]
