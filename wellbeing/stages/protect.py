"""The small-number rule, over everything that will ever be shown of one measurement.

After this stage a hidden figure does not exist as a number.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import combinations, permutations
from types import MappingProxyType

from wellbeing.estimation.families import Combination, protect_together
from wellbeing.estimation.nesting import Nested
from wellbeing.estimation.proportions import wilson_interval
from wellbeing.estimation.protection import Cell, Menu, Rules
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


class ImpossibleCountsError(ValueError):
    """Groups that do not fit in the whole they are groups of: no real pupils can have been counted so."""


def protect(
    measurement: Measurement,
    sensitivities: Sensitivities,
    policy: Policy,
    told: Told = NOTHING,
    related: Sequence[Combination] = (),
) -> PublishedMeasurement:
    """Hide every figure of a measurement that may not be shown, and every figure that would betray one.

    A figure needs enough pupils, enough cases and enough pupils without it; more groups are hidden
    until no hidden count can be worked out from the totals (``estimation.protection``). Figures
    that may be shown get their 95% interval here. ``told`` gives what the distributions of answers
    tell about the cases of the school as a whole, where the subject is shown; ``related`` are the
    sums and differences of subjects that count a group of answers (``stages.relate``).

    Raises:
        ImpossibleCountsError: if groups do not fit in the school as a whole.
    """
    shown = _Groups(measurement).shown(sensitivities, policy, told, related)
    groups = tuple(
        _publish(counts, {ident for ident, seen in shown.items() if seen[place]}, sensitivities, policy)
        for place, counts in enumerate(measurement.groups)
    )
    if measurement.parts:
        parts = [protect(part, sensitivities, policy, _exactly(part), related) for part in measurement.parts]
        groups = (_pooled_total(groups[0], parts),)
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


def _exactly(part: Measurement) -> Told:
    """Take it that the distributions of answers told everything: nobody knows here what they did tell."""
    return {ident: (count.cases, count.cases) for ident, count in part.total.figures.items()}


def _may_be_pooled(figures: Sequence[Published]) -> bool:
    all_shown = all(isinstance(figure, Proportion) for figure in figures)
    return all_shown or all(figure == Suppressed(Reason.TOO_FEW_PUPILS) for figure in figures)


def _not_pooled(figure: Published) -> Suppressed:
    return figure if isinstance(figure, Suppressed) else Suppressed(Reason.NOT_SHOWN)


def small_groups_last(measurement: Measurement, policy: Policy) -> Measurement:
    """Put the groups of a handful of pupils behind the others, in the order of ``without_small_groups``."""
    groups = sorted(measurement.groups[1:], key=lambda counts: _is_small(counts, policy))
    return replace(measurement, groups=(measurement.total, *groups))


def without_small_groups(
    published: PublishedMeasurement, measurement: Measurement, policy: Policy
) -> PublishedMeasurement:
    """Leave out groups of a handful of pupils: that there are one or two of them is told nowhere.

    Their pupils count in the school as a whole, like pupils of whom the group is not known.
    """
    small = {counts.group for counts in measurement.groups[1:] if _is_small(counts, policy)}
    groups = tuple(item for item in published.groups if item.group not in small)
    return replace(published, groups=groups, levels=tuple(group for group in published.levels if group not in small))


def _is_small(counts: GroupCounts, policy: Policy) -> bool:
    return counts.pupils < policy.limits.cases


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


def protect_benchmark(
    benchmark: Benchmark, sensitivities: Sensitivities, policy: Policy, related: Sequence[Combination] = ()
) -> Benchmark:
    """Give the variant of a benchmark that may leave the GGD.

    It keeps the two populations apart (a part beside the whole would betray the other part), drops
    the crossed groups, weights and names of schools, and keeps a count only where it rests on
    enough pupils of enough schools and no hidden count follows from it. ``related`` as in ``protect``.

    Raises:
        ImpossibleCountsError: if groups do not fit in the region as a whole.
    """
    kept: dict[CellId, BenchmarkCell] = {}
    for bouw in (Bouw.LOWER, Bouw.UPPER):
        cells = {ident: cell for ident, cell in benchmark.cells.items() if ident.bouw is bouw and ident.key}
        kept |= _protected_region(cells, sensitivities, policy, related)
    return replace(
        benchmark,
        schools=(),
        shareable=True,
        cells=kept,
        correlations=_shared_correlations(benchmark, kept, policy, related),
    )


# --------------------------------------------------------------------------- a school


def _rules(policy: Policy, sensitivity: Sensitivity) -> Rules:
    limits = policy.limits_of(sensitivity)
    return Rules(pupils=limits.pupils, cases=limits.cases, width=policy.protection_interval)


class _Groups:
    """The groups of one school as tables, and which of them lie inside others."""

    def __init__(self, measurement: Measurement) -> None:
        self.groups = measurement.groups
        self.tables = [
            [place for place, counts in enumerate(self.groups) if counts.group.dimension is dimension]
            for dimension in DIMENSIONS
        ]
        keys = [[self.groups[place].group.key for place in table] for table in self.tables]
        self.nested = nested_groups(keys, [tuple(atom.split("|")) for atom in measurement.strata])

    def shown(
        self, sensitivities: Sensitivities, policy: Policy, told: Told, related: Sequence[Combination]
    ) -> dict[IndicatorId, list[bool]]:
        """Tell per indicator, for each group of the menu in its order, whether it may be shown."""
        menus = {
            str(ident): self._menu(ident, sensitivities[ident], policy, told.get(ident))
            for ident in self.groups[0].figures
        }
        found = protect_together(menus, related)
        return {IndicatorId(name): self._in_order(whole, rows) for name, (whole, rows) in found.items()}

    def _menu(self, ident: IndicatorId, sensitivity: Sensitivity, policy: Policy, told: tuple[int, int] | None) -> Menu:
        closed = sensitivity is Sensitivity.REGION_ONLY
        figures = [counts.figures[ident] for counts in self.groups]
        cells = [Cell(figure.total, figure.cases, closed=closed) for figure in figures]
        tables = [[cells[place] for place in table] for table in self.tables]
        return _possible(Menu(replace(cells[0], told=told), tables, _rules(policy, sensitivity), self.nested))

    def _in_order(self, whole: bool, rows: Sequence[Sequence[bool]]) -> list[bool]:
        shown = [whole] * len(self.groups)
        for table, row in zip(self.tables, rows, strict=True):
            for place, seen in zip(table, row, strict=True):
                shown[place] = seen
        return shown


def _possible(menu: Menu) -> Menu:
    """Give a menu back, if the groups of each of its tables fit in the whole.

    What is known of counts is narrowed until nothing gets narrower. The counts themselves always stay
    possible then, unless there are none that fit: narrowing would have no end.

    Raises:
        ImpossibleCountsError: if the groups of a table have more pupils, cases or others than the whole.
    """
    whole = menu.whole
    for table in menu.tables:
        total, cases = sum(cell.total for cell in table), sum(cell.cases for cell in table)
        if total > whole.total or cases > whole.cases or total - cases > whole.total - whole.cases:
            message = f"groups have {cases} cases among {total} pupils, the whole {whole.cases} among {whole.total}"
            raise ImpossibleCountsError(message)
    return menu


def nested_groups(keys: Sequence[Sequence[str]], atoms: Sequence[tuple[str, ...]]) -> tuple[Nested, ...]:
    """Find which groups lie inside groups of another dimension: leerjaar 6 inside vwo.

    ``keys`` are the groups per dimension, ``atoms`` the combinations (one key per dimension, "" where
    unknown) that have pupils. Everybody at school knows these, so what is left of the outer groups is a
    group too. Where pupils of no group are needed to hold a group, that only tells about other groups.

    >>> nested_groups([["havo", "vwo"], ["5", "6"]], [("havo", "5"), ("vwo", "5"), ("vwo", "6")])[0]
    Nested(outer=((0, 1),), inner=((1, 1),), guarded=True)
    """
    full = [[*names, *([""] if any(not atom[at] for atom in atoms) else [])] for at, names in enumerate(keys)]
    return tuple(
        nested
        for outer, inner in permutations(range(len(full)), 2)
        for nested in _nested_in(
            (outer, full[outer]),
            (inner, full[inner]),
            {name: {atom[outer] for atom in atoms if atom[inner] == name} for name in full[inner]},
        )
    )


def _nested_in(
    outer: tuple[int, Sequence[str]], inner: tuple[int, Sequence[str]], homes: Mapping[str, Collection[str]]
) -> Iterator[Nested]:
    """Give for every few outer groups the inner groups in them; ``homes`` are the outer groups of an inner one."""
    (out_table, outer_names), (in_table, inner_names) = outer, inner
    for size in range(1, len(outer_names)):
        for chosen in combinations(range(len(outer_names)), size):
            union = {outer_names[at] for at in chosen}
            inside = [at for at, name in enumerate(inner_names) if homes[name] and union.issuperset(homes[name])]
            known = [at for at in inside if inner_names[at]]
            places = tuple((out_table, at) for at in chosen)
            if known and "" not in union:
                yield Nested(places, tuple((in_table, at) for at in known))
            is_tight = union == {home for at in inside for home in homes[inner_names[at]]}
            if is_tight and ("" in union or inside != known):
                yield Nested(places, tuple((in_table, at) for at in inside), guarded=False)


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
    few = count.total < policy.limits_of(sensitivity).pupils
    return Suppressed(Reason.TOO_FEW_PUPILS if few else Reason.NOT_SHOWN)


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
    cells: Mapping[CellId, BenchmarkCell],
    sensitivities: Sensitivities,
    policy: Policy,
    related: Sequence[Combination],
) -> dict[CellId, BenchmarkCell]:
    whole = next((place for place in cells if place.breakdown is Breakdown.TOTAL), None)
    if whole is None:
        return {}
    region, limits = _Region(whole, cells), policy.benchmark
    rules = Rules(limits.shared_pupils, limits.shared_cases, policy.protection_interval, exact=True)
    menus = {}
    for ident in cells[whole].figures:
        usable = {place for place, cell in cells.items() if _schools(cell, ident) >= limits.shared_schools}
        if sensitivities.get(ident, Sensitivity.NORMAL) is not Sensitivity.NORMAL:
            # Beside the usual limits these subjects leave the GGD for the region as a whole only.
            usable &= {whole}
        menus[str(ident)] = region.menu(ident, usable, rules)
    kept: dict[CellId, dict[IndicatorId, Count]] = {}
    for name, shown in protect_together(menus, related).items():
        for place in region.places(*shown):
            kept.setdefault(place, {})[IndicatorId(name)] = cells[place].figures[IndicatorId(name)]
    return {place: _only(cells[place], figures) for place, figures in kept.items()}


class _Region:
    """The groups of one population of a region as tables, the largest group first: it is kept the longest."""

    def __init__(self, whole: CellId, cells: Mapping[CellId, BenchmarkCell]) -> None:
        self.whole, self.cells = whole, cells
        self.tables = [
            sorted((place for place in cells if place.breakdown is breakdown), key=lambda place: -cells[place].pupils)
            for breakdown in (Breakdown.LEVEL, Breakdown.LEERJAAR, Breakdown.GENDER)
        ]
        atoms = [tuple(place.key.split("|")) for place in cells if place.breakdown is Breakdown.CROSSED]
        self.nested = nested_groups([[place.key for place in table] for table in self.tables], atoms)

    def menu(self, ident: IndicatorId, usable: Collection[CellId], rules: Rules) -> Menu:
        """Lay one subject out over the groups; only usable groups may be shown."""
        cells = {
            place: Cell(count.total, count.cases, closed=place not in usable)
            for place, cell in self.cells.items()
            for count in [cell.figures.get(ident, Count(0, 0))]
        }
        tables = [[cells[place] for place in table] for table in self.tables]
        return _possible(Menu(cells[self.whole], tables, rules, self.nested))

    def places(self, whole: bool, rows: Sequence[Sequence[bool]]) -> list[CellId]:
        """Give the groups that may be shown."""
        marked = [pair for table, row in zip(self.tables, rows, strict=True) for pair in zip(table, row, strict=True)]
        return [place for place, seen in [(self.whole, whole), *marked] if seen]


def _only(cell: BenchmarkCell, figures: Mapping[IndicatorId, Count]) -> BenchmarkCell:
    schools = {ident: _schools(cell, ident) for ident in figures}
    return replace(cell, figures=figures, schools=schools, weighted={})


def _schools(cell: BenchmarkCell, ident: IndicatorId) -> int:
    return (cell.schools or {}).get(ident, 0)


def _shared_correlations(
    benchmark: Benchmark, kept: Mapping[CellId, BenchmarkCell], policy: Policy, related: Sequence[Combination]
) -> Correlations:
    """Keep how subjects go together in one decimal, only between subjects that are kept themselves.

    With more decimals the number of pupils who have both would follow. In a small region it follows
    from one decimal too: such a pair is left out. Who have both of subjects that are ``related`` is guarded
    together with these.
    """
    guarded = {frozenset(name for name, _ in each.parts) for each in related}
    found: dict[Bouw, dict[tuple[IndicatorId, IndicatorId], float]] = {}
    for bouw, pairs in benchmark.correlations.items():
        cell = kept.get(CellId(bouw, Breakdown.TOTAL, Breakdown.TOTAL.value))
        if cell is not None:
            both = {pair: round(phi, 1) for pair, phi in pairs.items() if set(pair) <= set(cell.figures)}
            found[bouw] = {
                pair: phi
                for pair, phi in both.items()
                if frozenset(pair) in guarded
                or not _tells_both(cell.figures[pair[0]], cell.figures[pair[1]], phi, policy)
            }
    return found


def _tells_both(one: Count, other: Count, phi: float, policy: Policy) -> bool:
    """Tell whether a correlation in one decimal leaves too few values for a small number of pupils.

    Pupils who have both are ``k l / n + phi s`` with ``s = sqrt(k (n - k) l (n - l)) / n``; those with
    only one, and with neither, follow from it.
    """
    pupils = min(one.total, other.total)
    spread = math.sqrt(one.cases * one.misses * other.cases * other.misses) / pupils
    middle = one.cases * other.cases / pupils + phi * spread
    fewest, most = max(0, one.cases + other.cases - pupils), min(one.cases, other.cases)
    low = max(fewest, math.ceil(middle - 0.05 * spread + 1e-9))
    high = min(most, math.floor(middle + 0.05 * spread - 1e-9))
    smallest = min(low, one.cases - high, other.cases - high, pupils - one.cases - other.cases + low)
    return smallest < policy.benchmark.shared_cases and high - low < policy.protection_interval
