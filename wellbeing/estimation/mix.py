"""What may be expected of a school with these levels: indirect standardisation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from wellbeing.estimation.proportions import wilson_interval


@dataclass(frozen=True, slots=True)
class Stratum:
    """One kind of pupil: how many the school has, and the cases and pupils of the region to go by.

    Those of the region need not be whole: with weights they are effective numbers.
    """

    pupils: int
    cases: float
    total: float


@dataclass(frozen=True, slots=True)
class ExpectedShare:
    """The share to expect (0-1) and its own precision.

    ``effective`` is the number of pupils that would give a plain share this precision.
    """

    share: float
    effective: float

    @property
    def lower(self) -> float:
        """The lower limit of its own 95% margin."""
        return float(wilson_interval(self.share * self.effective, self.effective)[0])

    @property
    def upper(self) -> float:
        """The upper limit of its own 95% margin."""
        return float(wilson_interval(self.share * self.effective, self.effective)[1])


def expected_share(strata: Sequence[Stratum]) -> ExpectedShare:
    """Give the share the region would have with this school's mix of pupils.

    ``E = sum n_c p_c / n``. Its margin is Wilson's at ``effective`` pupils; with one stratum all of
    it is that stratum's own.

    >>> mix = expected_share([Stratum(pupils=150, cases=300, total=1000), Stratum(pupils=50, cases=100, total=1000)])
    >>> f"{mix.share:.3f}"  # 0.75 x 30% + 0.25 x 10%
    '0.250'

    Raises:
        ValueError: if there is no stratum with pupils, or a stratum without a region.
    """
    strata = [stratum for stratum in strata if stratum.pupils]
    if not strata or any(stratum.total <= 0 for stratum in strata):
        msg = "an expected share needs pupils, and a region for each of their levels"
        raise ValueError(msg)
    pupils = sum(stratum.pupils for stratum in strata)
    share = own = 0.0
    for stratum in strata:
        rate, part = stratum.cases / stratum.total, stratum.pupils / pupils
        share += part * rate
        own += part**2 * rate * (1 - rate) / stratum.total
    region = sum(stratum.total for stratum in strata)
    effective = share * (1 - share) / own if own > 0 else float(region)
    return ExpectedShare(min(share, 1.0), effective)
