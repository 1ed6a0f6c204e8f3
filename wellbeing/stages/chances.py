"""Groups within a school beside each other, and levels that lie far from their region.

Everything comes from figures that are shown already, as they are printed: whole percentages and
sizes rounded to five. A hidden group takes no part, and nothing is taken from the total to get at it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import combinations
from statistics import median_low

from wellbeing.estimation.differences import benjamini_hochberg, difference_interval, nearest_cases, two_sample_p
from wellbeing.estimation.power import detectable_between
from wellbeing.estimation.proportions import wilson_interval
from wellbeing.estimation.verdicts import label, sense
from wellbeing.model.chances import Chances, GroupDifference, GroupFigure, LevelGap, Reach
from wellbeing.model.reference import Codebook, Direction, IndicatorId, Policy, VerdictLimits
from wellbeing.model.results import (
    Analysis,
    BenchmarkFigure,
    Certainty,
    ComparatorKind,
    Comparison,
    Detectable,
    Difference,
    Dimension,
    Group,
    Interval,
    Proportion,
    PublishedGroup,
    PublishedMeasurement,
    Sense,
)
from wellbeing.presentation.figures import to_five

DIMENSIONS = (Dimension.LEVEL, Dimension.LEERJAAR, Dimension.GENDER)
RANKS = {Certainty.CLEAR: 0, Certainty.POSSIBLE: 1}
Printed = tuple[int, int]
"""A percentage and the pupils behind it."""
Seen = Mapping[IndicatorId, Printed]


def compare_groups(analysis: Analysis, codebook: Codebook, policy: Policy) -> Chances:
    """Set the shown groups of a school beside each other, per subject and dimension, each with each.

    All p-values of the school are one family (Benjamini-Hochberg). Weighted figures are not compared:
    their precision is not printed.
    """
    published = analysis.published
    seen = {item.group: _seen(item) for item in published.groups[1:]}
    alike = tuple(_alike(seen))
    found = [row for dimension in DIMENSIONS for row in _within(dimension, seen, {other: one for one, other in alike})]
    labelled = _labelled(found, policy.verdict, silent=_response_too_low(published, policy))
    return Chances(
        differences=tuple(sorted(labelled, key=_rank)),
        reaches=tuple(_reaches(seen, labelled, policy.verdict)),
        hidden=tuple(group for group, figures in seen.items() if not figures),
        single=tuple(dimension for dimension in DIMENSIONS if _is_single(_of(dimension, seen), seen)),
        alike=alike,
        level_gaps=_level_gaps(analysis.comparisons, codebook, policy.verdict),
    )


def standing_out(differences: Sequence[GroupDifference], codebook: Codebook, most: int) -> tuple[GroupDifference, ...]:
    """Give at most ``most`` differences to begin with: one per subject, none of subjects without a direction."""
    firsts: dict[IndicatorId, GroupDifference] = {}
    for row in differences:
        if row.certainty in RANKS and codebook.indicator(row.indicator).higher_is is not Direction.NEUTRAL:
            firsts.setdefault(row.indicator, row)
    return tuple(firsts.values())[:most]


# --------------------------------------------------------------------------- what is printed of a group


def _seen(item: PublishedGroup) -> Seen:
    return {
        ident: (figure.percentage, to_five(figure.count.total))
        for ident, figure in item.figures.items()
        if isinstance(figure, Proportion) and figure.weighted is None
    }


def _of(dimension: Dimension, seen: Mapping[Group, Seen]) -> list[Group]:
    return [group for group in seen if group.dimension is dimension]


def _alike(seen: Mapping[Group, Seen]) -> Iterator[tuple[Group, Group]]:
    """Find groups of two dimensions that read the same: a leerjaar may hold exactly the pupils of a level."""
    for one, other in combinations([group for dimension in DIMENSIONS for group in _of(dimension, seen)], 2):
        both = seen[one].keys() & seen[other].keys()
        most = max(len(seen[one]), len(seen[other]))
        same = all(seen[one][ident] == seen[other][ident] for ident in both)
        if one.dimension is not other.dimension and same and both and 2 * len(both) >= most:
            yield one, other


def _is_single(groups: Sequence[Group], seen: Mapping[Group, Seen]) -> bool:
    """Whether there are groups, but no two of them show the same subject."""
    pairs = list(combinations(groups, 2))
    return bool(pairs) and not any(seen[one].keys() & seen[other].keys() for one, other in pairs)


def _response_too_low(published: PublishedMeasurement, policy: Policy) -> bool:
    pupils, could = published.respondents, published.could_have_answered
    return isinstance(pupils, int) and bool(could) and pupils < policy.response.no_labels_below * (could or 1)


# --------------------------------------------------------------------------- two groups


def _within(
    dimension: Dimension, seen: Mapping[Group, Seen], twins: Mapping[Group, Group]
) -> Iterator[GroupDifference]:
    """Set the groups of a dimension beside each other; what their twins of another dimension tell is told once."""
    for one, other in combinations(_of(dimension, seen), 2):
        told = seen[twins[one]].keys() & seen[twins[other]].keys() if {one, other} <= twins.keys() else set()
        for ident, printed in seen[one].items():
            if ident in seen[other] and ident not in told:
                yield _difference(ident, GroupFigure(one, *printed), GroupFigure(other, *seen[other][ident]))


def _difference(ident: IndicatorId, one: GroupFigure, other: GroupFigure) -> GroupDifference:
    more, less = (one, other) if one.percentage >= other.percentage else (other, one)
    p_value = _p_value((more.percentage, more.pupils), (less.percentage, less.pupils))
    return GroupDifference(ident, more, less, _margin(more, less), p_value, p_value, None)


def _p_value(high: Printed, low: Printed) -> float:
    """Test the numbers closest together among all that print as these percentages."""
    if high[0] == low[0]:
        return 1.0
    return float(two_sample_p(_edge(high, 0.0), high[1], _edge(low, 1.0), low[1]))


def _edge(printed: Printed, towards: float) -> float:
    percentage, pupils = printed
    return float(nearest_cases(percentage * pupils / 100, pupils, towards, whole=False))


def _margin(more: GroupFigure, less: GroupFigure) -> Interval:
    shares = more.percentage / 100, less.percentage / 100
    limits = (
        wilson_interval(shares[0] * more.pupils, more.pupils),
        wilson_interval(shares[1] * less.pupils, less.pupils),
    )
    lower, upper = difference_interval(shares[0], limits[0], shares[1], limits[1])
    return Interval(float(lower), float(upper))


def _labelled(found: Sequence[GroupDifference], limits: VerdictLimits, *, silent: bool) -> list[GroupDifference]:
    adjusted = benjamini_hochberg([row.p_value for row in found]).tolist()
    return [
        replace(row, p_adjusted=q, certainty=None if silent else _certainty(row, q, limits))
        for row, q in zip(found, adjusted, strict=True)
    ]


def _certainty(row: GroupDifference, q: float, limits: VerdictLimits) -> Certainty:
    """Decide as everywhere; a smaller difference counts only where the subject is rare in both groups."""
    return label(row.points, row.more.percentage, (row.p_value, q), Direction.NEUTRAL, limits).certainty


def _rank(row: GroupDifference) -> tuple[int, float, int]:
    """Put sure before unsure; then by the difference that there is at least."""
    return RANKS.get(row.certainty, 2) if row.certainty else 2, -round(row.interval.lower, 6), -row.points


def _reaches(seen: Mapping[Group, Seen], tested: Sequence[GroupDifference], limits: VerdictLimits) -> Iterator[Reach]:
    """Give per dimension what its two largest shown groups can show; *duidelijk* is what the next one would need."""
    clear = sum(row.certainty is Certainty.CLEAR for row in tested)
    for dimension in DIMENSIONS:
        if not any(row.more.group.dimension is dimension for row in tested):
            continue
        shown = [seen[group].values() for group in _of(dimension, seen) if seen[group]]
        large, small = sorted((median_low([pupils for _, pupils in figures]) for figures in shown), reverse=True)[:2]
        strict = limits.false_discovery_rate * min(clear + 1, len(tested)) / len(tested)
        possible, sure = (
            detectable_between(small, large, alpha=alpha, at_least=limits.points) for alpha in (limits.alpha, strict)
        )
        yield Reach(dimension, (large, small), Detectable(possible, sure))


# --------------------------------------------------------------------------- a level beside its region


def _level_gaps(comparisons: Sequence[Comparison], codebook: Codebook, limits: VerdictLimits) -> tuple[LevelGap, ...]:
    """Find levels that look as usual beside their own kind, where their own kind has a harder time than the region.

    The level is part of the region; testing them as two groups errs on the careful side.
    """
    rows = {(row.indicator, row.group, row.comparator.kind): row for row in comparisons}
    found: list[tuple[LevelGap, float, Sense]] = []
    for (ident, group, kind), row in rows.items():
        region = rows.get((ident, group, ComparatorKind.REGION))
        direction = codebook.indicator(ident).higher_is
        if group.dimension is not Dimension.LEVEL or kind is not ComparatorKind.OWN_LEVEL or region is None:
            continue
        made = _level_gap(row, region)
        if made is not None and direction is not Direction.NEUTRAL:
            found.append((*made, sense(made[0].points, direction)))
    adjusted = benjamini_hochberg([p for _, p, _ in found]).tolist()
    kept = [
        gap
        for (gap, p, side), q in zip(found, adjusted, strict=True)
        if side is Sense.UNFAVOURABLE
        and _is_usual(rows[gap.indicator, gap.level, ComparatorKind.OWN_LEVEL])
        and label(gap.points, gap.region, (p, q), Direction.NEUTRAL, limits).certainty is Certainty.CLEAR
    ]
    return tuple(sorted(kept, key=lambda gap: -abs(gap.points)))


def _level_gap(row: Comparison, region: Comparison) -> tuple[LevelGap, float] | None:
    """Give a level beside the region with its p-value, where all three figures may stand beside each other."""
    school, own, whole = row.school, row.benchmark, region.benchmark
    if not isinstance(school, Proportion) or not isinstance(own, BenchmarkFigure):
        return None
    if not isinstance(whole, BenchmarkFigure) or not own.total or not whole.total:
        return None
    gap = LevelGap(row.indicator, row.group, school.percentage, own.percentage, whole.percentage)
    figures = (own.percentage, own.total), (whole.percentage, whole.total)
    return gap, _p_value(max(figures), min(figures))


def _is_usual(row: Comparison) -> bool:
    difference = row.difference
    return (
        isinstance(difference, Difference)
        and difference.verdict is not None
        and difference.verdict.certainty is Certainty.NONE
    )
