"""A second look at the same pupils, or nearly: two pages beside each other would tell what some of them answered."""

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


def part_beside_whole(measurements: Iterable[Measurement], seen: Mapping[Place, set[int]]) -> tuple[Measurement, ...]:
    """Give the measurements of all pupils beside which a part was used before, or the other way round.

    The pupils of the other part follow from the two.
    """
    found = []
    for item in measurements:
        others = {bouw for school, year, bouw in seen if (school, year) == (item.school, item.year)} - {item.bouw}
        if others and Bouw.ALL in {item.bouw, *others}:
            found.append(item)
    return tuple(found)


def weighed_otherwise(measurements: Iterable[Measurement], *earlier: Mapping[Place, bool]) -> tuple[Measurement, ...]:
    """Give the measurements that were used weighted before and are not now, or the other way round.

    Whoever knows the weights has two sums of the same answers: small groups often follow from them.
    """
    return tuple(
        item
        for item in measurements
        if any(looks.get(_place(item), is_weighted(item)) is not is_weighted(item) for looks in earlier)
    )


def sizes_of(measurements: Iterable[Measurement]) -> Sizes:
    """Give per school, year and population how many pupils these measurements have."""
    found = Sizes()
    for item in measurements:
        found.setdefault(_place(item), set()).add(item.total.pupils)
    return found


def weights_of(measurements: Iterable[Measurement]) -> dict[Place, bool]:
    """Give per school, year and population whether the figures are weighted."""
    return {_place(item): is_weighted(item) for item in measurements}


def is_weighted(item: Measurement) -> bool:
    """Whether the figures of a measurement are weighted."""
    return bool(item.total.weighted)


def taken_together(one: Mapping[Place, set[int]], other: Mapping[Place, set[int]]) -> Sizes:
    """Give the sizes of both: those of this visit, and those that were kept before."""
    return {place: one.get(place, set()) | other.get(place, set()) for place in (*one, *other)}


def _place(item: Measurement) -> Place:
    return item.school, item.year, item.bouw
