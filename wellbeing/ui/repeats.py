"""A second upload of nearly the same pupils: two pages beside each other would tell what the others answered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from wellbeing.model.reference import Bouw
from wellbeing.model.results import Measurement

Place = tuple[str, str, Bouw]
Sizes = dict[Place, set[int]]


def nearly_the_same(
    measurements: Iterable[Measurement], seen: Mapping[Place, set[int]], fewest: int
) -> tuple[Measurement, ...]:
    """Give the measurements that differ by so few pupils from an earlier file that it must be stopped.

    Of one school, year and population, a difference of 1 up to ``fewest`` - 1 pupils lets a reader
    of both pages take one from the other. Equal numbers are the same file again.
    """
    return tuple(
        item
        for item in measurements
        if any(0 < abs(item.total.pupils - size) < fewest for size in seen.get(_place(item), ()))
    )


def _place(item: Measurement) -> Place:
    return item.school, item.year, item.bouw
