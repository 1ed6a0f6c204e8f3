"""The small-number rule, over everything that will ever be shown of one measurement.

After this stage a hidden figure does not exist as a number.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from itertools import combinations, permutations
from types import MappingProxyType

from wellbeing.estimation.proportions import wilson_interval
from wellbeing.estimation.protection import Cell, Nested, Rules, protect_cells
from wellbeing.estimation.weighting import effective_total, weighted_share
from wellbeing.model.benchmark import Benchmark, BenchmarkCell, Breakdown, CellId
from wellbeing.model.reference import Bouw, IndicatorId, Limits, Policy, Sensitivity
from wellbeing.model.results import (
    Count,
    Dimension,
    GroupCounts,
    Interval,
    Measurement,
    Proportion,
    Published,
    PublishedGroup,
    PublishedMeasurement,
    Reason,
    Suppressed,
    WeightedShare,
)

Sensitivities = Mapping[IndicatorId, Sensitivity]
Told = Mapping[IndicatorId, tuple[int, int]]
NOTHING: Told = MappingProxyType({})
DIMENSIONS = (Dimension.LEVEL, Dimension.LEERJAAR, Dimension.GENDER)
NO_MARGIN = Interval(0.0, 1.0)
Correlations = Mapping[Bouw, Mapping[tuple[IndicatorId, IndicatorId], float]]


def protect(
    measurement: Measurement, sensitivities: Sensitivities, policy: Policy, told: Told = NOTHING
) -> PublishedMeasurement:
    """Hide every figure of a measurement that may not be shown, and every figure that would betray one.

    A figure needs enough pupils, enough cases and enough pupils without it; more groups are hidden
    until no hidden count can be worked out from the totals (``estimation.protection``). Figures
    that may be shown get their 95% interval here. ``told`` gives what the shown distributions of
    answers tell about the cases of the school as a whole.
    """
    menu = _Menu(measurement)
    shown = {
        ident: menu.shown(ident, _rules(policy, sensitivities[ident]), told.get(ident))
        for ident in measurement.total.figures
        if sensitivities[ident] is not Sensitivity.REGION_ONLY
    }
    groups = tuple(
        _publish(counts, {ident for ident, seen in shown.items() if seen[place]}, sensitivities, policy)
        for place, counts in enumerate(measurement.groups)
    )
    if measurement.parts:
        groups = (_pooled_total(groups[0], [protect(part, sensitivities, policy) for part in measurement.parts]),)
    pupils = measurement.total.pupils
    return PublishedMeasurement(
        school=measurement.school,
        year=measurement.year,
        bouw=measurement.bouw,
        codebook=measurement.codebook,
        respondents=pupils if pupils >= policy.limits.pupils else Suppressed(Reason.TOO_FEW_PUPILS),
        could_have_answered=measurement.could_have_answered,
        groups=groups,
        levels=tuple(counts.group for counts in measurement.groups if counts.group.dimension is Dimension.LEVEL),
    )


def _pooled_total(total: PublishedGroup, parts: Sequence[PublishedMeasurement]) -> PublishedGroup:
    """Keep of measurements taken together what tells nothing about one of them.

    A figure stays where every measurement shows its own, or where each has too few pupils to show
    anything: beside one shown year the other would follow. Groups are not shown at all.
    """
    figures = {
        ident: figure if _may_be_pooled([part.total.figures[ident] for part in parts]) else _not_pooled(figure)
        for ident, figure in total.figures.items()
    }
    return PublishedGroup(total.group, figures)


def _may_be_pooled(figures: Sequence[Published]) -> bool:
    all_shown = all(isinstance(figure, Proportion) for figure in figures)
    return all_shown or all(figure == Suppressed(Reason.TOO_FEW_PUPILS) for figure in figures)


def _not_pooled(figure: Published) -> Suppressed:
    return figure if isinstance(figure, Suppressed) else Suppressed(Reason.NOT_SHOWN)


def unprotect(measurement: Measurement) -> PublishedMeasurement:
    """Give every figure of a measurement, for the GGD's own epidemiologist only.

    Only a group in which nobody answered has no figure.
    """
    groups = tuple(_open_group(counts) for counts in measurement.groups)
    levels = tuple(counts.group for counts in measurement.groups if counts.group.dimension is Dimension.LEVEL)
    return PublishedMeasurement(
        school=measurement.school,
        year=measurement.year,
        bouw=measurement.bouw,
        codebook=measurement.codebook,
        respondents=measurement.total.pupils,
        could_have_answered=measurement.could_have_answered,
        groups=groups,
        levels=levels,
    )


def may_be_shown(count: Count, limits: Limits) -> bool:
    """Tell whether one count by itself is large enough on both sides."""
    return count.total >= limits.pupils and count.cases >= limits.cases and count.total - count.cases >= limits.cases


def protect_benchmark(benchmark: Benchmark, sensitivities: Sensitivities, policy: Policy) -> Benchmark:
    """Give the variant of a benchmark that may leave the GGD.

    It keeps the two populations apart (a part beside the whole would betray the other part), drops
    the crossed groups, weights and names of schools, and keeps a count only where it rests on
    enough pupils of enough schools and no hidden count follows from it.
    """
    kept: dict[CellId, BenchmarkCell] = {}
    for bouw in (Bouw.LOWER, Bouw.UPPER):
        cells = {ident: cell for ident, cell in benchmark.cells.items() if ident.bouw is bouw and ident.key}
        kept |= _protected_region(cells, sensitivities, policy)
    return replace(
        benchmark, schools=(), shareable=True, cells=kept, correlations=_shared_correlations(benchmark, kept)
    )


# --------------------------------------------------------------------------- a school


def _rules(policy: Policy, sensitivity: Sensitivity) -> Rules:
    limits = policy.stricter_limits if sensitivity is Sensitivity.STRICTER else policy.limits
    return Rules(pupils=limits.pupils, cases=limits.cases, width=policy.protection_interval)


class _Menu:
    """The groups of one school as tables, and which of them lie inside others."""

    def __init__(self, measurement: Measurement) -> None:
        self.groups = measurement.groups
        self.tables = [
            [place for place, counts in enumerate(self.groups) if counts.group.dimension is dimension]
            for dimension in DIMENSIONS
        ]
        keys = [[self.groups[place].group.key for place in table] for table in self.tables]
        self.nested = nested_groups(keys, [tuple(atom.split("|")) for atom in measurement.strata])

    def shown(self, ident: IndicatorId, rules: Rules, told: tuple[int, int] | None) -> list[bool]:
        """Tell for each group of the menu, in its order, whether this indicator may be shown."""
        cells = [Cell(counts.figures[ident].total, counts.figures[ident].cases) for counts in self.groups]
        tables = [[cells[place] for place in table] for table in self.tables]
        whole, rows = protect_cells(replace(cells[0], told=told), tables, rules, self.nested)
        shown = [whole] * len(self.groups)
        for table, row in zip(self.tables, rows, strict=True):
            for place, seen in zip(table, row, strict=True):
                shown[place] = seen
        return shown


def nested_groups(keys: Sequence[Sequence[str]], atoms: Sequence[tuple[str, ...]]) -> tuple[Nested, ...]:
    """Find which groups lie inside groups of another dimension: leerjaar 6 inside vwo.

    ``keys`` are the groups per dimension, ``atoms`` the combinations (one key per dimension) that
    have pupils. Everybody at school knows these, so what is left of the outer groups is a group too.

    >>> nested_groups([["havo", "vwo"], ["5", "6"]], [("havo", "5"), ("vwo", "5"), ("vwo", "6")])[0]
    Nested(outer=((0, 1),), inner=((1, 1),))
    """
    found = []
    for outer, inner in permutations(range(len(keys)), 2):
        homes = {name: {atom[outer] for atom in atoms if atom[inner] == name} for name in keys[inner]}
        names = keys[outer]
        for size in range(1, len(names)):
            for chosen in combinations(range(len(names)), size):
                union = {names[at] for at in chosen}
                inside = tuple(
                    (inner, at) for at, name in enumerate(keys[inner]) if homes[name] and homes[name] <= union
                )
                if inside:
                    found.append(Nested(tuple((outer, at) for at in chosen), inside))
    return tuple(found)


def _publish(
    counts: GroupCounts, shown: Collection[IndicatorId], sensitivities: Sensitivities, policy: Policy
) -> PublishedGroup:
    proportions = _proportions(counts, [ident for ident in counts.figures if ident in shown], rounded=True)
    figures = {
        ident: proportions.get(ident) or _hidden(count, sensitivities[ident], policy)
        for ident, count in counts.figures.items()
    }
    return PublishedGroup(counts.group, figures)


def _open_group(counts: GroupCounts) -> PublishedGroup:
    proportions = _proportions(counts, [ident for ident, count in counts.figures.items() if count.total], rounded=False)
    nobody = Suppressed(Reason.TOO_FEW_PUPILS)
    return PublishedGroup(counts.group, {ident: proportions.get(ident, nobody) for ident in counts.figures})


def _hidden(count: Count, sensitivity: Sensitivity, policy: Policy) -> Suppressed:
    if sensitivity is Sensitivity.REGION_ONLY:
        return Suppressed(Reason.SENSITIVE)
    limits = policy.stricter_limits if sensitivity is Sensitivity.STRICTER else policy.limits
    return Suppressed(Reason.TOO_FEW_PUPILS if count.total < limits.pupils else Reason.NOT_SHOWN)


def _proportions(counts: GroupCounts, idents: Sequence[IndicatorId], *, rounded: bool) -> dict[IndicatorId, Proportion]:
    """Give shares with their margins. The rule for hiding has looked at the unweighted counts.

    ``rounded`` works the margins out from the whole percentages: the limits then tell nothing about
    a count that its percentage does not tell.
    """
    if not idents:
        return {}
    bare = [Proportion(counts.figures[ident], NO_MARGIN, _weighted(counts, ident)) for ident in idents]
    shares = [figure.percentage / 100 if rounded else figure.share for figure in bare]
    cases = [share * figure.precision for share, figure in zip(shares, bare, strict=True)]
    lower, upper = wilson_interval(cases, [figure.precision for figure in bare])
    rows = zip(idents, bare, lower.tolist(), upper.tolist(), strict=True)
    return {ident: Proportion(figure.count, Interval(low, high), figure.weighted) for ident, figure, low, high in rows}


def _weighted(counts: GroupCounts, ident: IndicatorId) -> WeightedShare | None:
    sums = counts.weighted.get(ident)
    if sums is None or sums.weights <= 0:
        return None
    total = counts.figures[ident].total
    effective = effective_total(total, sums.weights, sums.case_weights, sums.squares, sums.case_squares)
    return WeightedShare(float(weighted_share(sums.weights, sums.case_weights)), float(effective))


# --------------------------------------------------------------------------- a region


def _protected_region(
    cells: Mapping[CellId, BenchmarkCell], sensitivities: Sensitivities, policy: Policy
) -> dict[CellId, BenchmarkCell]:
    limits = policy.benchmark
    rules = Rules(limits.shared_pupils, limits.shared_cases, policy.protection_interval, exact=True)
    whole = next((place for place in cells if place.breakdown is Breakdown.TOTAL), None)
    kept: dict[CellId, dict[IndicatorId, Count]] = {}
    for ident in cells[whole].figures if whole is not None else ():
        usable = [place for place, cell in cells.items() if _schools(cell, ident) >= limits.shared_schools]
        if whole not in usable:
            continue
        for place in _kept_places(whole, usable, cells, (ident, sensitivities, rules)):
            kept.setdefault(place, {})[ident] = cells[place].figures[ident]
    return {place: _only(cells[place], figures) for place, figures in kept.items()}


def _only(cell: BenchmarkCell, figures: Mapping[IndicatorId, Count]) -> BenchmarkCell:
    schools = {ident: _schools(cell, ident) for ident in figures}
    return replace(cell, figures=figures, schools=schools, weighted={})


def _schools(cell: BenchmarkCell, ident: IndicatorId) -> int:
    return (cell.schools or {}).get(ident, 0)


def _kept_places(
    whole: CellId,
    usable: Sequence[CellId],
    cells: Mapping[CellId, BenchmarkCell],
    subject: tuple[IndicatorId, Sensitivities, Rules],
) -> list[CellId]:
    """Give the groups of which this subject may leave the GGD; the largest are kept the longest."""
    ident, sensitivities, rules = subject
    counts = {place: cells[place].figures[ident] for place in usable}
    if sensitivities.get(ident, Sensitivity.NORMAL) is not Sensitivity.NORMAL:
        # Beside the usual limits these subjects leave the GGD for the region as a whole only.
        return [whole] if may_be_shown(counts[whole], Limits(rules.pupils, rules.cases)) else []
    tables = [
        sorted((place for place in usable if place.breakdown is breakdown), key=lambda place: -cells[place].pupils)
        for breakdown in (Breakdown.LEVEL, Breakdown.LEERJAAR, Breakdown.GENDER)
    ]
    atoms = [tuple(place.key.split("|")) for place in cells if place.breakdown is Breakdown.CROSSED]
    nested = nested_groups([[place.key for place in table] for table in tables], atoms)
    numbers = [[Cell(counts[place].total, counts[place].cases) for place in table] for table in tables]
    seen, rows = protect_cells(Cell(counts[whole].total, counts[whole].cases), numbers, rules, nested)
    shown = [
        place
        for table, row in zip(tables, rows, strict=True)
        for place, is_seen in zip(table, row, strict=True)
        if is_seen
    ]
    return [whole, *shown] if seen else shown


def _shared_correlations(benchmark: Benchmark, kept: Mapping[CellId, BenchmarkCell]) -> Correlations:
    """Keep how subjects go together in one decimal, and only between subjects that are kept themselves.

    With more decimals the number of pupils who have both would follow.
    """
    found: dict[Bouw, dict[tuple[IndicatorId, IndicatorId], float]] = {}
    for bouw, pairs in benchmark.correlations.items():
        cell = kept.get(CellId(bouw, Breakdown.TOTAL, Breakdown.TOTAL.value))
        if cell is not None:
            both = {pair: phi for pair, phi in pairs.items() if set(pair) <= set(cell.figures)}
            found[bouw] = {pair: round(phi, 1) for pair, phi in both.items()}
    return found
