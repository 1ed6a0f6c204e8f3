"""Several subjects tested as one."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from wellbeing.estimation.proportions import Floats


def mean_difference_p(
    differences: ArrayLike, rates: ArrayLike, sizes: Sequence[tuple[float, float]], correlation: Floats
) -> float:
    """Give the two-sided p-value for "on average these subjects do not differ".

    ``differences`` are school minus benchmark (shares), all turned the same way; ``rates`` the
    benchmark's shares; ``sizes`` the pupils behind school and benchmark; ``correlation`` how the
    subjects go together among pupils. The variance of the mean is that of a sum of correlated
    shares: ``sum_ij r_ij s_i s_j (1/sqrt(n_i n_j) + 1/sqrt(N_i N_j)) / m^2`` with ``s = sqrt(p q)``.

    >>> independent = np.eye(2)
    >>> f"{mean_difference_p([0.1, 0.1], [0.5, 0.5], [(100, 1e9), (100, 1e9)], independent):.4f}"  # z = 2 sqrt 2
    '0.0047'

    Raises:
        ValueError: if there are no subjects.
    """
    d, p = np.asarray(differences, float), np.asarray(rates, float)
    if not d.size:
        msg = "a theme needs at least one subject"
        raise ValueError(msg)
    school, region = (np.asarray([pair[at] for pair in sizes], float) for at in (0, 1))
    spread = np.sqrt(p * (1 - p))
    chance = np.outer(spread, spread) * (np.outer(school, school) ** -0.5 + np.outer(region, region) ** -0.5)
    variance = float((correlation * chance).sum()) / d.size**2
    if variance <= 0:
        return 1.0
    return math.erfc(abs(float(d.mean())) / math.sqrt(2 * variance))
