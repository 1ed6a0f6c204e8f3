"""The same question over the years."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike


@dataclass(frozen=True, slots=True)
class Trend:
    """A direction over three or more measurements: share per year (0-1), chi-square and p-value."""

    slope: float
    chi_square: float
    p_value: float


def cochran_armitage(years: ArrayLike, cases: ArrayLike, total: ArrayLike) -> Trend:
    """Test whether a share goes up or down over the years, with the real years as scores.

    Armitage (1955) Biometrics 11:375; equals R's ``prop.trend.test``.

    >>> trend = cochran_armitage([1, 2, 3, 4], [83, 90, 129, 70], [86, 93, 136, 82])  # smokers, R's help page
    >>> f"{trend.chi_square:.4f}"
    '8.2249'

    Raises:
        ValueError: with fewer than three measurements, or one of them without pupils.
    """
    t, k, n = (np.asarray(value, float) for value in (years, cases, total))
    if t.size < 3 or np.any(n <= 0):
        msg = "a direction needs three measurements with pupils"
        raise ValueError(msg)
    everyone, p = n.sum(), k.sum() / n.sum()
    middle = (n * t).sum() / everyone
    spread = float((n * (t - middle) ** 2).sum())
    if p in {0.0, 1.0} or spread == 0:
        return Trend(0.0, 0.0, 1.0)
    score = float(((t - middle) * (k - n * p)).sum())
    chi_square = score**2 / (p * (1 - p) * spread)
    slope = float((n * (t - middle) * (k / n)).sum()) / spread
    return Trend(slope, float(chi_square), math.erfc(math.sqrt(chi_square / 2)))
