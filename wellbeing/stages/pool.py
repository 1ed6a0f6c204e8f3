"""Two measurements of one school taken together, so that a small school has more pupils to go by."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from wellbeing.model.reference import IndicatorId
from wellbeing.model.results import Count, Group, GroupCounts, Measurement, Weighted


class CannotPoolError(ValueError):
    """These measurements do not belong together; the text says why, in Dutch."""


def pool(measurements: Sequence[Measurement], equal: Iterable[IndicatorId]) -> Measurement:
    """Add measurements of one school and population, over the subjects whose question is ``equal``.

    They are largely other pupils, so their counts add up. The distribution of answers is not kept.

    Raises:
        CannotPoolError: if they are of different schools or populations, or have no subject in common.
    """
    first = measurements[0]
    if any((item.school, item.bouw) != (first.school, first.bouw) for item in measurements):
        message = "Alleen metingen van dezelfde school en dezelfde bouw kunnen samen."
        raise CannotPoolError(message)
    kept = [ident for ident in equal if all(ident in item.total.figures for item in measurements)]
    if not kept:
        message = "Deze metingen hebben geen onderwerp met dezelfde vraag."
        raise CannotPoolError(message)
    could = [item.could_have_answered for item in measurements]
    return Measurement(
        school=first.school,
        year=" en ".join(item.year for item in measurements),
        bouw=first.bouw,
        codebook=measurements[-1].codebook,
        groups=tuple(_groups(measurements, kept)),
        could_have_answered=None if None in could else sum(each for each in could if each),
        strata=_strata(measurements, kept),
        parts=tuple(measurements),
    )


def _groups(measurements: Sequence[Measurement], kept: Sequence[IndicatorId]) -> Iterable[GroupCounts]:
    found: dict[tuple[str, str], list[GroupCounts]] = {}
    groups: dict[tuple[str, str], Group] = {}
    for measurement in measurements:
        for counts in measurement.groups:
            place = (counts.group.dimension.value, counts.group.key)
            found.setdefault(place, []).append(counts)
            groups[place] = counts.group
    # The total stays first; a group of one of the years keeps its place in the menu.
    for place, parts in found.items():
        figures = {
            ident: Count(
                sum(part.figures[ident].cases for part in parts), sum(part.figures[ident].total for part in parts)
            )
            for ident in kept
        }
        yield GroupCounts(groups[place], sum(part.pupils for part in parts), figures, _weighted(parts, kept))


def _weighted(parts: Sequence[GroupCounts], kept: Sequence[IndicatorId]) -> dict[IndicatorId, Weighted]:
    return {
        ident: Weighted(
            weights=sum(part.weighted[ident].weights for part in parts),
            case_weights=sum(part.weighted[ident].case_weights for part in parts),
            squares=sum(part.weighted[ident].squares for part in parts),
            case_squares=sum(part.weighted[ident].case_squares for part in parts),
        )
        for ident in kept
        if all(ident in part.weighted for part in parts)
    }


def _strata(measurements: Sequence[Measurement], kept: Sequence[IndicatorId]) -> dict[str, Mapping[IndicatorId, int]]:
    keys = dict.fromkeys(key for measurement in measurements for key in measurement.strata)
    return {
        key: {ident: sum(item.strata.get(key, {}).get(ident, 0) for item in measurements) for ident in kept}
        for key in keys
    }
