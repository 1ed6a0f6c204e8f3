"""Many schools, or many subjects, at once: which of them lie further out than chance brings."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from wellbeing.estimation.proportions import Z95, Floats

Z998 = 3.090232306167813
WINSORISED = 0.10


def funnel_limits(centre: float, total: ArrayLike, *, z: float = Z95, between: float = 0.0) -> tuple[Floats, Floats]:
    """Give the limits within which schools of these sizes lie by chance alone (0-1).

    Without ``between`` (the extra variance of schools on the arcsine scale, see
    ``between_schools``) these are ``p +- z sqrt(p q / n)``. Spiegelhalter (2005) Stat Med 24:1185.

    >>> lower, upper = funnel_limits(0.25, 75)
    >>> f"{lower:.3f} {upper:.3f}"
    '0.152 0.348'
    """
    n = np.asarray(total, float)
    if between <= 0:
        half = z * np.sqrt(centre * (1 - centre) / n)
        return np.maximum(centre - half, 0.0)[()], np.minimum(centre + half, 1.0)[()]
    middle, half = np.arcsin(np.sqrt(centre)), z * np.sqrt(1 / (4 * n) + between)
    lower = np.sin(np.maximum(middle - half, 0.0)) ** 2
    upper = np.sin(np.minimum(middle + half, np.pi / 2)) ** 2
    return lower[()], upper[()]


def between_schools(cases: ArrayLike, total: ArrayLike) -> float:
    """Give the variance between schools beyond chance, on the scale ``asin sqrt p``; 0 when there is none.

    Additive over-dispersion with the outer tenth on both sides winsorised. Spiegelhalter (2005)
    Qual Saf Health Care 14:347.

    Raises:
        ValueError: with fewer than two schools.
    """
    k, n = np.asarray(cases, float), np.asarray(total, float)
    if n.size < 2:
        msg = "the spread between schools needs two schools or more"
        raise ValueError(msg)
    middle, error = np.arcsin(np.sqrt(k.sum() / n.sum())), 1 / (2 * np.sqrt(n))
    far = (np.arcsin(np.sqrt(k / n)) - middle) / error
    low, high = np.quantile(far, [WINSORISED, 1 - WINSORISED])
    dispersion = float(np.mean(np.clip(far, low, high) ** 2))
    schools, weight = n.size, 1 / error**2
    if schools * dispersion <= schools - 1:
        return 0.0
    return float((schools * dispersion - (schools - 1)) / (weight.sum() - (weight**2).sum() / weight.sum()))


@dataclass(frozen=True, slots=True)
class Shrunken:
    """Differences drawn towards their mean by how uncertain they are; they order, they are not shown."""

    differences: Floats
    errors: Floats


def shrink(differences: ArrayLike, errors: ArrayLike) -> Shrunken:
    """Draw each difference to the mean of all, the uncertain ones most (normal empirical Bayes).

    ``errors`` are standard errors. The variance between subjects is DerSimonian and Laird's
    (1986) Control Clin Trials 7:177; with none, every difference becomes the mean.

    >>> [f"{d:.3f}" for d in shrink([0.10, 0.00, -0.10], [0.01, 0.01, 0.20]).differences]
    ['0.099', '0.001', '0.027']
    """
    d, variance = np.asarray(differences, float), np.asarray(errors, float) ** 2
    fixed = 1 / variance
    mean = float((fixed * d).sum() / fixed.sum())
    excess = float((fixed * (d - mean) ** 2).sum()) - (d.size - 1)
    scale = float(fixed.sum() - (fixed**2).sum() / fixed.sum()) if d.size > 1 else 0.0
    between = max(excess / scale, 0.0) if scale > 0 else 0.0
    random = 1 / (variance + between)
    centre = float((random * d).sum() / random.sum())
    keep = between / (between + variance)
    return Shrunken(centre + keep * (d - centre), np.sqrt(variance * keep))
