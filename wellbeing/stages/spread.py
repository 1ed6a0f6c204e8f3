"""The schools of a region beside each other: who lies further out than chance brings. Never a ranking."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from wellbeing.estimation.proportions import Z95
from wellbeing.estimation.spread import Z998, between_schools, funnel_limits
from wellbeing.model.reference import Codebook, IndicatorId, Policy
from wellbeing.model.results import (
    Interval,
    Position,
    Proportion,
    PublishedMeasurement,
    SchoolPoint,
    Spread,
    whole_percentage,
)

PERCENTILES = (10, 25, 50, 75, 90)
CURVE = 24  # sizes at which the limits are drawn


def spread_schools(published: Sequence[PublishedMeasurement], codebook: Codebook, policy: Policy) -> tuple[Spread, ...]:
    """Give per subject how the schools lie around what all of them have together.

    ``published`` are schools of one year and population. Only shown figures take part, and a
    subject needs ``policy.benchmark.funnel_schools`` of them. The limits allow for the spread that schools
    always have beyond chance (additive over-dispersion). All of it follows from the percentages as printed.
    """
    return tuple(
        spread
        for indicator in codebook.indicators
        if (spread := _spread(IndicatorId(indicator.id), published, codebook, policy.benchmark.funnel_schools))
    )


def _spread(
    ident: IndicatorId, published: Sequence[PublishedMeasurement], codebook: Codebook, least: int
) -> Spread | None:
    figures = [(item.school, item.total.figures.get(ident)) for item in published]
    shown = [(school, figure) for school, figure in figures if isinstance(figure, Proportion)]
    if len(shown) < least:
        return None
    # As printed: where a school lies says no more about its count than its whole percentage does.
    totals = [figure.count.total for _, figure in shown]
    shares = np.array([whole_percentage(figure.count.cases, figure.count.total) / 100 for _, figure in shown])
    cases = shares * np.array(totals)
    centre, between = float(cases.sum() / sum(totals)), between_schools(cases, totals)
    return Spread(
        indicator=ident,
        higher_is=codebook.indicator(ident).higher_is,
        centre=_whole(centre),
        points=tuple(_points([school for school, _ in shown], totals, shares.tolist(), (centre, between))),
        hidden=len(published) - len(shown),
        percentiles=_percentiles(shares),
        limits=tuple(_limits(totals, centre, between)),
    )


def _points(
    schools: Sequence[str], totals: Sequence[int], shares: Sequence[float], curve: tuple[float, float]
) -> Iterator[SchoolPoint]:
    for school, total, share in sorted(zip(schools, totals, shares, strict=True)):
        position = Position.INSIDE
        for z, outside in ((Z95, Position.OUTSIDE_95), (Z998, Position.OUTSIDE_998)):
            lower, upper = _band(total, *curve, z)
            if not lower <= share <= upper:
                position = outside
        yield SchoolPoint(school, 5 * ((2 * total + 5) // 10), _whole(share), position)


def _limits(totals: Sequence[int], centre: float, between: float) -> Iterator[tuple[int, Interval, Interval]]:
    for total in np.unique(np.linspace(min(totals), max(totals), CURVE).round()).astype(int).tolist():
        yield total, Interval(*_band(total, centre, between, Z95)), Interval(*_band(total, centre, between, Z998))


def _band(total: int, centre: float, between: float, z: float) -> tuple[float, float]:
    lower, upper = funnel_limits(centre, total, z=z, between=between)
    return float(lower), float(upper)


def _percentiles(shares: np.ndarray) -> tuple[int, int, int, int, int]:
    ten, quarter, half, three_quarters, ninety = (_whole(value) for value in np.percentile(shares, PERCENTILES))
    return ten, quarter, half, three_quarters, ninety


def _whole(share: float) -> int:
    return int(share * 100 + 0.5)
