"""A school beside its region and beside its own level: difference, margin and label.

A comparison is refused when either side is hidden: a direction is information too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from wellbeing.estimation.differences import (
    benjamini_hochberg,
    difference_interval,
    mixed_benchmark_p,
    two_sample_p,
)
from wellbeing.estimation.mix import ExpectedShare, Stratum, expected_share
from wellbeing.estimation.power import detectable_points
from wellbeing.estimation.proportions import wilson_interval
from wellbeing.model.benchmark import Benchmark, BenchmarkCell, Breakdown, CellId
from wellbeing.model.reference import (
    Codebook,
    Direction,
    Indicator,
    IndicatorId,
    Policy,
    Sensitivity,
    VerdictLimits,
)
from wellbeing.model.results import (
    BenchmarkFigure,
    Certainty,
    Comparator,
    ComparatorKind,
    Comparison,
    Count,
    Detectable,
    Difference,
    Dimension,
    Group,
    GroupCounts,
    Interval,
    Measurement,
    NotComparable,
    Proportion,
    Published,
    PublishedMeasurement,
    Reason,
    Sense,
    Suppressed,
    Verdict,
)

BREAKDOWN = {
    Dimension.TOTAL: Breakdown.TOTAL,
    Dimension.LEVEL: Breakdown.LEVEL,
    Dimension.LEERJAAR: Breakdown.LEERJAAR,
    Dimension.GENDER: Breakdown.GENDER,
}
COMPARATORS = {
    Dimension.TOTAL: (ComparatorKind.REGION, ComparatorKind.OWN_LEVEL),
    Dimension.LEVEL: (ComparatorKind.REGION, ComparatorKind.OWN_LEVEL),
    Dimension.LEERJAAR: (ComparatorKind.REGION,),
    Dimension.GENDER: (ComparatorKind.REGION,),
}

Beside = BenchmarkFigure | Suppressed | NotComparable


@dataclass(frozen=True, slots=True)
class Setting:
    """What every comparison of one measurement needs: the exact counts, the benchmark and the rules.

    ``unprotected`` also gives comparators that may not be shown, for the GGD's own epidemiologist.
    """

    measurement: Measurement
    benchmark: Benchmark
    codebook: Codebook
    policy: Policy
    unprotected: bool = False


def compare(published: PublishedMeasurement, setting: Setting) -> tuple[Comparison, ...]:
    """Set every indicator of every group beside its comparators.

    The p-values are corrected for the many subjects (Benjamini-Hochberg) within the rows that may
    be shown of one group and one comparator. ``published`` decides what may be shown;
    ``setting.measurement`` holds the exact counts that a mix of levels and a region without the
    school need, and nothing of it reaches a comparison that is hidden.
    """
    rows: list[Comparison] = []
    for at, group in enumerate(published.groups):
        for kind in COMPARATORS[group.group.dimension]:
            region = _Region(setting, kind, setting.measurement.groups[at])
            family = [
                region.compare(setting.codebook.indicator(ident), group.group, figure)
                for ident, figure in group.figures.items()
            ]
            rows += _labelled(family, setting)
    return tuple(rows)


def detectable(published: PublishedMeasurement, comparisons: Sequence[Comparison], policy: Policy) -> Detectable | None:
    """Give the differences this school's numbers can show at all, or nothing when too few answered.

    *Duidelijk* depends on the other subjects; this is what a single difference among them needs.
    """
    tested = [
        row.benchmark.total
        for row in comparisons
        if row.group.dimension is Dimension.TOTAL
        and row.comparator.kind is ComparatorKind.OWN_LEVEL
        and isinstance(row.difference, Difference)
        and isinstance(row.benchmark, BenchmarkFigure)
    ]
    if isinstance(published.respondents, Suppressed) or not tested:
        return None
    limits, region = policy.verdict, sorted(tested)[len(tested) // 2]
    return Detectable(
        possible=detectable_points(published.respondents, region, alpha=limits.alpha, at_least=limits.points),
        clear=detectable_points(
            published.respondents,
            region,
            alpha=limits.false_discovery_rate / len(tested),
            at_least=limits.points,
        ),
    )


def label(
    points: int, benchmark_percentage: int, p_values: tuple[float, float], direction: Direction, limits: VerdictLimits
) -> Verdict:
    """Give the label of a difference: the one place where it is decided.

    ``points`` is rounded minus rounded, ``p_values`` the plain and the corrected one. A difference
    must be large enough as printed *and* too large for chance.
    """
    p_value, p_adjusted = p_values
    enough = limits.points_for_rare if benchmark_percentage < limits.rare_below else limits.points
    if abs(points) < enough or p_value >= limits.alpha:
        return Verdict(Certainty.NONE, None)
    certainty = Certainty.CLEAR if p_adjusted <= limits.false_discovery_rate else Certainty.POSSIBLE
    return Verdict(certainty, _sense(points, direction))


def _sense(points: int, direction: Direction) -> Sense:
    match direction:
        case Direction.NEUTRAL:
            return Sense.HIGHER if points > 0 else Sense.LOWER
        case Direction.FAVOURABLE:
            return Sense.FAVOURABLE if points > 0 else Sense.UNFAVOURABLE
        case Direction.UNFAVOURABLE:
            return Sense.UNFAVOURABLE if points > 0 else Sense.FAVOURABLE


# --------------------------------------------------------------------------- one comparator


class _Region:
    """One comparator for one group of the school."""

    def __init__(self, setting: Setting, kind: ComparatorKind, counts: GroupCounts) -> None:
        measurement, benchmark = setting.measurement, setting.benchmark
        self.setting, self.kind, self.counts = setting, kind, counts
        self.same_year = measurement.year == benchmark.year
        self.inside = self.same_year and measurement.school in benchmark.schools
        self.comparator = Comparator(kind, benchmark.region, benchmark.year, without_school=self.inside)

    def compare(self, indicator: Indicator, group: Group, figure: Published) -> Comparison:
        """Give one row. Its difference has no corrected p-value and no label yet."""
        ident = IndicatorId(indicator.id)
        beside = self._beside(indicator)
        outcome: Difference | Suppressed | NotComparable
        if isinstance(figure, Suppressed):
            outcome = figure
            if isinstance(beside, BenchmarkFigure) and (self.inside or self._is_mix()):
                # What stands beside it is made with this school's own pupils.
                beside = figure
        elif isinstance(beside, BenchmarkFigure):
            outcome = self._difference(figure, beside, self._expected(indicator))
        else:
            outcome = beside
        return Comparison(ident, group, self.comparator, figure, beside, outcome)

    # what stands beside the school

    def _beside(self, indicator: Indicator) -> Beside:
        refusal = self._refusal(indicator)
        if refusal:
            return NotComparable(refusal)
        ident = IndicatorId(indicator.id)
        region_only = indicator.sensitivity is Sensitivity.REGION_ONLY and not self.setting.unprotected
        if region_only and self._place() != self._whole():
            return Suppressed(Reason.SENSITIVE)
        if self._is_mix():
            return Suppressed(Reason.SENSITIVE) if region_only else self._mixed(ident)
        count = self._usable(self._place(), ident)
        if isinstance(count, Count):
            lower, upper = wilson_interval(count.cases, count.total)
            return BenchmarkFigure(count.cases / count.total, count.total, Interval(float(lower), float(upper)), count)
        return count

    def _refusal(self, indicator: Indicator) -> str:
        """Give the reason why this subject cannot be compared at all, or an empty text."""
        setting, benchmark = self.setting, self.setting.benchmark
        version = benchmark.versions.get(IndicatorId(indicator.id))
        if benchmark.instrument != setting.codebook.instrument:
            return "De vergelijkingscijfers komen uit een andere vragenlijst."
        if version is None:
            return "Dit onderwerp staat niet in de vergelijkingscijfers."
        if version != indicator.version:
            return "De vraag is anders gesteld dan in de vergelijkingscijfers."
        if self.same_year and not benchmark.schools and not benchmark.shareable:
            return "De vergelijkingscijfers zijn van hetzelfde jaar en zeggen niet welke scholen erin zitten."
        if self.same_year and not self.inside and setting.measurement.school not in benchmark.schools:
            return "" if benchmark.schools else "De vergelijkingscijfers zijn van hetzelfde jaar, met deze school erin."
        return ""

    def _whole(self) -> CellId:
        return CellId(self.setting.measurement.bouw, Breakdown.TOTAL, Breakdown.TOTAL.value)

    def _place(self) -> CellId:
        group = self.counts.group
        if self.kind is ComparatorKind.REGION and group.dimension is Dimension.LEVEL:
            return self._whole()
        return CellId(self.setting.measurement.bouw, BREAKDOWN[group.dimension], group.key)

    def _usable(self, place: CellId, ident: IndicatorId) -> Count | Suppressed | NotComparable:
        """Give the region's count where it may stand beside a school: never another school's own."""
        cell, limits = self.setting.benchmark.cells.get(place), self.setting.policy.benchmark
        if cell is None or ident not in cell.figures:
            return NotComparable("Voor deze groep zijn er geen vergelijkingscijfers.")
        count, schools = self._without_school(cell, place, ident)
        if count is None or (schools is not None and schools < limits.other_schools):
            return NotComparable("Er zijn te weinig andere scholen om mee te vergelijken.")
        if self.inside and count.total < limits.pupils:
            return NotComparable("Er zijn te weinig andere leerlingen om mee te vergelijken.")
        if self.setting.unprotected and count.total:
            return count
        if count.total < self.setting.policy.limits.pupils:
            return Suppressed(Reason.TOO_FEW_PUPILS)
        least = self.setting.policy.limits.cases
        return count if least <= count.cases <= count.total - least else Suppressed(Reason.NOT_SHOWN)

    def _without_school(
        self, cell: BenchmarkCell, place: CellId, ident: IndicatorId
    ) -> tuple[Count | None, int | None]:
        count, schools = cell.figures[ident], cell.schools
        if not self.inside:
            return count, schools
        own = self._own_count(place, ident)
        if own.total > count.total or own.cases > count.cases or own.total - own.cases > count.total - count.cases:
            return None, schools
        rest = Count(count.cases - own.cases, count.total - own.total)
        return rest, None if schools is None else schools - (1 if own.total else 0)

    def _own_count(self, place: CellId, ident: IndicatorId) -> Count:
        for counts in self.setting.measurement.groups:
            if BREAKDOWN[counts.group.dimension] is place.breakdown and counts.group.key in {place.key, "totaal"}:
                return counts.figures[ident]
        return Count(0, 0)

    # a school with several levels

    def _is_mix(self) -> bool:
        return self.kind is ComparatorKind.OWN_LEVEL and self.counts.group.dimension is Dimension.TOTAL

    def _levels(self) -> Iterator[GroupCounts]:
        return (counts for counts in self.setting.measurement.groups if counts.group.dimension is Dimension.LEVEL)

    def _strata(self, ident: IndicatorId) -> list[Stratum] | Suppressed | NotComparable:
        """Give the school's pupils per level beside the region's count of that level.

        A level that is too small in the region, and pupils whose level is not known, go by the
        region as a whole.
        """
        bouw = self.setting.measurement.bouw
        whole = self._usable(self._whole(), ident)
        if not isinstance(whole, Count):
            return whole
        strata, known, own_level = [], 0, 0
        for counts in self._levels():
            pupils = counts.figures[ident].total
            region = self._usable(CellId(bouw, Breakdown.LEVEL, counts.group.key), ident)
            fits = isinstance(region, Count) and region.total >= self.setting.policy.benchmark.stratum_pupils
            by = region if isinstance(region, Count) and fits else whole
            strata.append(Stratum(pupils, by.cases, by.total))
            known, own_level = known + pupils, own_level + (pupils if fits else 0)
        if own_level * 2 <= self.counts.figures[ident].total:
            return NotComparable("Voor het niveau van deze school zijn er te weinig leerlingen in de regio.")
        strata.append(Stratum(self.counts.figures[ident].total - known, whole.cases, whole.total))
        return [stratum for stratum in strata if stratum.pupils]

    def _mixed(self, ident: IndicatorId) -> Beside:
        if not self.counts.figures[ident].total:
            return Suppressed(Reason.TOO_FEW_PUPILS)
        strata = self._strata(ident)
        if not isinstance(strata, list):
            return strata
        mix = expected_share(strata)
        single = Count(strata[0].cases, strata[0].total) if len(strata) == 1 else None
        total = sum(stratum.total for stratum in strata)
        return BenchmarkFigure(mix.share, total, Interval(mix.lower, mix.upper), single)

    def _expected(self, indicator: Indicator) -> ExpectedShare | None:
        strata = self._strata(IndicatorId(indicator.id)) if self._is_mix() else None
        return expected_share(strata) if isinstance(strata, list) and len(strata) > 1 else None

    # the difference itself

    def _difference(self, figure: Proportion, beside: BenchmarkFigure, mix: ExpectedShare | None) -> Difference:
        if mix is not None:
            p_value = float(mixed_benchmark_p(figure.share, mix.share, mix.variance))
        else:
            count = beside.count or Count(0, 0)
            p_value = float(two_sample_p(figure.count.cases, figure.count.total, count.cases, count.total))
        lower, upper = difference_interval(
            figure.share,
            (figure.interval.lower, figure.interval.upper),
            beside.share,
            (beside.interval.lower, beside.interval.upper),
        )
        points = figure.percentage - beside.percentage
        return Difference(points, Interval(float(lower), float(upper)), p_value, p_value, None)


# --------------------------------------------------------------------------- labels


def _labelled(family: Sequence[Comparison], setting: Setting) -> Iterable[Comparison]:
    """Correct one family for its many subjects and give every row its label."""
    tested = [row.difference for row in family if isinstance(row.difference, Difference)]
    adjusted = iter(benjamini_hochberg([difference.p_value for difference in tested]).tolist())
    silent = _response_too_low(setting)
    for row in family:
        if not isinstance(row.difference, Difference) or not isinstance(row.benchmark, BenchmarkFigure):
            yield row
            continue
        p_adjusted = next(adjusted)
        direction = setting.codebook.indicator(row.indicator).higher_is
        verdict = label(
            row.difference.points,
            row.benchmark.percentage,
            (row.difference.p_value, p_adjusted),
            direction,
            setting.policy.verdict,
        )
        difference = replace(row.difference, p_adjusted=p_adjusted, verdict=None if silent else verdict)
        yield replace(row, difference=difference)


def _response_too_low(setting: Setting) -> bool:
    could = setting.measurement.could_have_answered
    return bool(could) and setting.measurement.total.pupils < setting.policy.response.no_labels_below * (could or 1)


def directions(codebook: Codebook) -> Mapping[IndicatorId, Direction]:
    """Give for each indicator what a higher figure means."""
    return {IndicatorId(indicator.id): indicator.higher_is for indicator in codebook.indicators}
