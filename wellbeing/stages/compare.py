"""A school beside its region and beside its own level: difference, margin and label.

A comparison is refused when either side is hidden: a direction is information too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from wellbeing.estimation.differences import (
    benjamini_hochberg,
    difference_interval,
    nearest_cases,
    two_sample_p,
)
from wellbeing.estimation.mix import Stratum, expected_share
from wellbeing.estimation.power import detectable_points
from wellbeing.estimation.proportions import wilson_interval
from wellbeing.estimation.verdicts import label
from wellbeing.estimation.weighting import effective_total, weighted_share
from wellbeing.model.benchmark import Benchmark, BenchmarkCell, Breakdown, CellId
from wellbeing.model.reference import (
    Codebook,
    Direction,
    Indicator,
    IndicatorId,
    Policy,
    Sensitivity,
)
from wellbeing.model.results import (
    BenchmarkFigure,
    Comparator,
    ComparatorKind,
    Comparison,
    Count,
    Detectable,
    Difference,
    Dimension,
    GroupCounts,
    Interval,
    Measurement,
    NotComparable,
    Proportion,
    Published,
    PublishedMeasurement,
    Reason,
    Suppressed,
    Weighted,
    whole_percentage,
)

BREAKDOWN = {
    Dimension.TOTAL: Breakdown.TOTAL,
    Dimension.LEVEL: Breakdown.LEVEL,
    Dimension.LEERJAAR: Breakdown.LEERJAAR,
    Dimension.GENDER: Breakdown.GENDER,
}
COMPARATORS = {
    Dimension.TOTAL: (ComparatorKind.REGION, ComparatorKind.OWN_LEVEL, ComparatorKind.EXPECTED),
    Dimension.LEVEL: (ComparatorKind.REGION, ComparatorKind.OWN_LEVEL),
    Dimension.LEERJAAR: (ComparatorKind.REGION,),
    Dimension.GENDER: (ComparatorKind.REGION,),
}


@dataclass(frozen=True)
class Setting:
    """What every comparison of one measurement needs: the exact counts, the benchmark and the rules.

    ``unprotected`` also gives comparators that may not be shown, for the GGD's own epidemiologist;
    ``weighted`` compares weighted shares.
    """

    measurement: Measurement
    benchmark: Benchmark
    codebook: Codebook
    policy: Policy
    unprotected: bool = False
    weighted: bool = False

    @cached_property
    def by_level_and_leerjaar(self) -> Mapping[tuple[str, str], Sequence[BenchmarkCell]]:
        """The crossed cells of this population, per level and leerjaar."""
        found: dict[tuple[str, str], list[BenchmarkCell]] = {}
        for place, cell in self.benchmark.cells.items():
            if place.bouw is self.measurement.bouw and place.breakdown is Breakdown.CROSSED:
                level, leerjaar, _ = place.key.split("|")
                found.setdefault((level, leerjaar), []).append(cell)
        return found


def compare(published: PublishedMeasurement, setting: Setting) -> tuple[Comparison, ...]:
    """Set every indicator of every group beside its comparators.

    The p-values are corrected for the many subjects (Benjamini-Hochberg) within the rows that may
    be shown of one group and one comparator. ``published`` decides what may be shown;
    ``setting.measurement`` holds the exact counts that a mix of levels and a region without the
    school need, and nothing of it reaches a comparison that is hidden.
    """
    return tuple(
        row
        for at, group in enumerate(published.groups)
        for kind in COMPARATORS[group.group.dimension]
        for row in _family(_Region(setting, kind, setting.measurement.groups[at], published), group.figures)
    )


def detectable(published: PublishedMeasurement, comparisons: Sequence[Comparison], policy: Policy) -> Detectable | None:
    """Give the differences this school's numbers can show at all, or nothing when too few answered.

    *Duidelijk* depends on the other subjects: it is what the next difference beside the clear ones
    would need.
    """
    tested = [
        (row.benchmark.total, row.difference.p_adjusted <= policy.verdict.false_discovery_rate)
        for row in comparisons
        if row.group.dimension is Dimension.TOTAL
        and row.comparator.kind is ComparatorKind.OWN_LEVEL
        and isinstance(row.difference, Difference)
        and isinstance(row.benchmark, BenchmarkFigure)
    ]
    if isinstance(published.respondents, Suppressed) or not tested:
        return None
    limits, region = policy.verdict, sorted(total for total, _ in tested)[len(tested) // 2]
    clear = sum(is_clear for _, is_clear in tested)
    return Detectable(
        possible=detectable_points(published.respondents, region, alpha=limits.alpha, at_least=limits.points),
        clear=detectable_points(
            published.respondents,
            region,
            alpha=limits.false_discovery_rate * min(clear + 1, len(tested)) / len(tested),
            at_least=limits.points,
        ),
    )


# --------------------------------------------------------------------------- what stands beside the school


@dataclass(frozen=True, slots=True)
class _Rate:
    """The region's rate for one row, as cases among so many pupils (effective ones, not always whole).

    ``count`` is the exact count where the rate is one, and not a mix or weighted.
    """

    total: int
    cases: float
    precision: float
    count: Count | None = None

    @property
    def share(self) -> float:
        return self.cases / self.precision


Beside = _Rate | Suppressed | NotComparable

NO_FIGURES = NotComparable("Voor deze groep zijn er geen vergelijkingscijfers.")
FEW_SCHOOLS = NotComparable("Er zijn te weinig andere scholen om mee te vergelijken.")
FEW_PUPILS = NotComparable("Er zijn te weinig andere leerlingen om mee te vergelijken.")
OTHER_FILE = NotComparable("De vergelijkingscijfers zijn met een ander bestand van deze school gemaakt.")
NOT_WEIGHTED = NotComparable("De vergelijkingscijfers zijn niet gewogen.")
FEW_ALIKE = NotComparable("Voor leerlingen als op deze school zijn er te weinig cijfers in de regio.")
OTHER_YEAR_ONLY = NotComparable("Het verwachte cijfer is alleen te berekenen met een eerdere meting.")
OWN_FILE_ONLY = NotComparable("Het verwachte cijfer is alleen te berekenen met het eigen bestand van de GGD.")


class _Region:
    """The region as one comparator for one group of the school."""

    def __init__(
        self, setting: Setting, kind: ComparatorKind, counts: GroupCounts, published: PublishedMeasurement
    ) -> None:
        measurement, benchmark = setting.measurement, setting.benchmark
        self.setting, self.kind, self.counts, self.published = setting, kind, counts, published
        self.same_year = benchmark.year in {measurement.year, *(part.year for part in measurement.parts)}
        self.inside = self.same_year and measurement.school in benchmark.schools
        self.comparator = Comparator(kind, benchmark.region, benchmark.year, without_school=self.inside)
        self.whole = CellId(measurement.bouw, Breakdown.TOTAL, Breakdown.TOTAL.value)
        self.mixes = counts.group.dimension is Dimension.TOTAL and kind is not ComparatorKind.REGION

    def beside(self, indicator: Indicator) -> Beside:
        """Give what this subject is compared with, or why there is nothing."""
        refusal = self._refusal(indicator)
        if refusal:
            return NotComparable(refusal)
        place = self._place()
        region_only = indicator.sensitivity is Sensitivity.REGION_ONLY and not self.setting.unprotected
        if region_only and (self.mixes or place != self.whole):
            return Suppressed(Reason.SENSITIVE)
        ident = IndicatorId(indicator.id)
        if self.mixes:
            return self._mixed(ident)
        return self._usable(place, ident)

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
        if self.same_year and not benchmark.schools:
            return "De vergelijkingscijfers zijn van hetzelfde jaar en zeggen niet welke scholen erin zitten."
        return ""

    def _place(self) -> CellId:
        group = self.counts.group
        if self.kind is ComparatorKind.REGION and group.dimension is Dimension.LEVEL:
            return self.whole
        return CellId(self.setting.measurement.bouw, BREAKDOWN[group.dimension], group.key)

    def _usable(self, place: CellId, ident: IndicatorId) -> Beside:
        """Give the region's rate where it may stand beside a school: never another school's own."""
        cell = self.setting.benchmark.cells.get(place)
        if cell is None or ident not in cell.figures:
            return NO_FIGURES
        count, sums = cell.figures[ident], cell.weighted.get(ident)
        schools = cell.schools.get(ident, 0) if cell.schools is not None else None
        if self.inside:
            own, own_sums = self._own_count(place, ident)
            if own.total > count.total or own.cases > count.cases or own.misses > count.misses:
                return OTHER_FILE
            count = self._others(count, own, self._printed(place, ident))
            schools = None if schools is None else schools - bool(own.total)
            sums = _minus(sums, own_sums)
        return self._refused(count, schools) or self._rate(count, sums)

    def _rate(self, count: Count, sums: Weighted | None) -> Beside:
        if not self.setting.weighted:
            return _Rate(count.total, count.cases, count.total, count)
        if sums is None or sums.weights <= 0:
            return NOT_WEIGHTED
        effective = float(
            effective_total(count.total, sums.weights, sums.case_weights, sums.squares, sums.case_squares)
        )
        return _Rate(count.total, float(weighted_share(sums.weights, sums.case_weights)) * effective, effective)

    def _refused(self, count: Count, schools: int | None) -> Suppressed | NotComparable | None:
        policy = self.setting.policy
        if schools is not None and schools < policy.benchmark.other_schools:
            return FEW_SCHOOLS
        if self.inside and count.total < policy.benchmark.pupils:
            return FEW_PUPILS
        if self.setting.unprotected and count.total:
            return None
        if count.total < policy.limits.pupils:
            return Suppressed(Reason.TOO_FEW_PUPILS)
        enough = count.cases >= policy.limits.cases and count.misses >= policy.limits.cases
        return None if enough else Suppressed(Reason.NOT_SHOWN)

    def _own_count(self, place: CellId, ident: IndicatorId) -> tuple[Count, Weighted | None]:
        """Give what this school itself put into a group of the region."""
        measurement = self.setting.measurement
        own = next((part for part in measurement.parts if part.year == self.setting.benchmark.year), measurement)
        for counts in own.groups:
            if BREAKDOWN[counts.group.dimension] is place.breakdown and counts.group.key == place.key:
                return counts.figures.get(ident, Count(0, 0)), counts.weighted.get(ident)
        return Count(0, 0), None

    def _printed(self, place: CellId, ident: IndicatorId) -> int | None:
        """Give the whole percentage that the school shows of a group of the region, or nothing where it shows none."""
        for group in self.published.groups:
            if BREAKDOWN[group.group.dimension] is place.breakdown and group.group.key == place.key:
                figure = group.figures.get(ident)
                if isinstance(figure, Proportion):
                    return whole_percentage(figure.count.cases, figure.count.total)
        return None

    def _others(self, count: Count, own: Count, printed: int | None) -> Count:
        """Take the school out of the region as far as its figure is printed: what is left then tells no more than that.

        Who knows the counts of the whole region would otherwise have the exact count of the school
        (docs/adr/0023). Of a group that is not shown, the school counts as the region does.
        """
        others = count.total - own.total
        if self.setting.unprotected or not others:
            return Count(count.cases - own.cases, others)
        share = count.cases / count.total if printed is None else printed / 100
        return Count(min(max(round(count.cases - share * own.total), 0), others), others)

    # a mix of pupils

    def _mixed(self, ident: IndicatorId) -> Beside:
        """Give the share to expect: by level, or by level, leerjaar and gender.

        Kinds of pupils that are too few in the region, or not known, go by the next larger group;
        when that is so for half of the pupils there is no fair figure.
        """
        pupils = self.counts.figures[ident].total
        whole = self._usable(self.whole, ident)
        if not pupils:
            return Suppressed(Reason.TOO_FEW_PUPILS)
        if self.kind is ComparatorKind.EXPECTED and (self.inside or self.setting.benchmark.shareable):
            return OTHER_YEAR_ONLY if self.inside else OWN_FILE_ONLY
        if not isinstance(whole, _Rate):
            return whole
        parts: list[tuple[int, _Rate]] = []
        alike = 0
        for number, closest in self._kinds(ident):
            usable = [rate for rate in closest if isinstance(rate, _Rate) and self._is_large(rate)]
            parts.append((number, usable[0] if usable else whole))
            alike += number if usable else 0
        if alike * 2 <= pupils:
            return FEW_ALIKE
        parts.append((pupils - sum(number for number, _ in parts), whole))
        parts = [part for part in parts if part[0]]
        if len(parts) == 1:
            return parts[0][1]
        mix = expected_share([Stratum(number, rate.cases, rate.precision) for number, rate in parts])
        total = sum({(rate.cases, rate.total): rate.total for _, rate in parts}.values())
        return _Rate(total, mix.share * mix.effective, mix.effective)

    def _kinds(self, ident: IndicatorId) -> Iterator[tuple[int, Sequence[Beside]]]:
        """Give the school's pupils per kind, with the rates of the region to go by, closest first."""
        bouw, measurement = self.setting.measurement.bouw, self.setting.measurement
        if self.kind is ComparatorKind.OWN_LEVEL:
            for counts in measurement.groups:
                if counts.group.dimension is Dimension.LEVEL:
                    place = CellId(bouw, Breakdown.LEVEL, counts.group.key)
                    yield counts.figures[ident].total, [self._usable(place, ident)]
            return
        for key, totals in measurement.strata.items():
            level, leerjaar, gender = key.split("|")
            places = [CellId(bouw, Breakdown.CROSSED, key)] if level and leerjaar and gender else []
            closest = [self._usable(place, ident) for place in places]
            closest.append(self._of_level_and_leerjaar(level, leerjaar, ident) if leerjaar else NO_FIGURES)
            closest.append(self._usable(CellId(bouw, Breakdown.LEVEL, level), ident) if level else NO_FIGURES)
            yield totals[ident], closest

    def _of_level_and_leerjaar(self, level: str, leerjaar: str, ident: IndicatorId) -> Beside:
        cells = [
            cell for cell in self.setting.by_level_and_leerjaar.get((level, leerjaar), ()) if ident in cell.figures
        ]
        if not level or not cells:
            return NO_FIGURES
        counts = [cell.figures[ident] for cell in cells]
        schools = [cell.schools.get(ident, 0) for cell in cells if cell.schools is not None]
        count = Count(sum(count.cases for count in counts), sum(count.total for count in counts))
        sums = _plus([cell.weighted[ident] for cell in cells if ident in cell.weighted])
        return self._refused(count, max(schools) if schools else None) or self._rate(count, sums)

    def _is_large(self, rate: _Rate) -> bool:
        return rate.total >= self.setting.policy.benchmark.stratum_pupils


def _plus(sums: Sequence[Weighted]) -> Weighted | None:
    if not sums:
        return None
    return Weighted(
        weights=sum(each.weights for each in sums),
        case_weights=sum(each.case_weights for each in sums),
        squares=sum(each.squares for each in sums),
        case_squares=sum(each.case_squares for each in sums),
    )


def _minus(sums: Weighted | None, own: Weighted | None) -> Weighted | None:
    if sums is None or own is None:
        return sums
    negative = Weighted(-own.weights, -own.case_weights, -own.squares, -own.case_squares)
    return _plus([sums, negative])


# --------------------------------------------------------------------------- a family of subjects


def _family(region: _Region, figures: Mapping[IndicatorId, Published]) -> Iterator[Comparison]:
    """Compare every subject of one group with one comparator, and correct them for being many."""
    setting, group = region.setting, region.counts.group
    codebook = setting.codebook
    rates = {ident: region.beside(codebook.indicator(ident)) for ident in figures}
    usable = {ident: rate for ident, rate in rates.items() if isinstance(rate, _Rate)}
    shown = _benchmark_figures(usable, exact=setting.unprotected)
    pairs = {
        ident: (figure, rate)
        for ident, figure in figures.items()
        if isinstance(figure, Proportion) and isinstance(rate := rates[ident], _Rate)
    }
    differences = _differences(pairs, shown, setting)
    for ident, figure in figures.items():
        beside = shown.get(ident, rates[ident])
        assert not isinstance(beside, _Rate)
        outcome: Difference | Suppressed | NotComparable
        if isinstance(figure, Suppressed):
            outcome = figure
            if isinstance(beside, BenchmarkFigure) and (region.inside or region.mixes):
                beside = figure  # what stands beside it is made with this school's own pupils
        else:
            outcome = differences[ident] if isinstance(beside, BenchmarkFigure) else beside
        yield Comparison(ident, group, region.comparator, figure, beside, outcome)


def _benchmark_figures(rates: Mapping[IndicatorId, _Rate], *, exact: bool) -> dict[IndicatorId, BenchmarkFigure]:
    """Give the figures to show; their margins, too, go by the whole percentage unless ``exact``."""
    if not rates:
        return {}
    bare = [BenchmarkFigure(rate.share, rate.total, Interval(0, 1), rate.count) for rate in rates.values()]
    shares = [figure.share if exact else figure.percentage / 100 for figure in bare]
    precisions = [rate.precision for rate in rates.values()]
    lower, upper = wilson_interval([s * n for s, n in zip(shares, precisions, strict=True)], precisions)
    margins = [Interval(*pair) for pair in zip(lower.tolist(), upper.tolist(), strict=True)]
    return {ident: replace(figure, interval=margin) for ident, figure, margin in zip(rates, bare, margins, strict=True)}


def _differences(
    pairs: Mapping[IndicatorId, tuple[Proportion, _Rate]],
    shown: Mapping[IndicatorId, BenchmarkFigure],
    setting: Setting,
) -> dict[IndicatorId, Difference]:
    """Give difference, margin, p-values and label of every pair; the p-values are one family."""
    if not pairs:
        return {}
    schools, rates = [pair[0] for pair in pairs.values()], [pair[1] for pair in pairs.values()]
    exact = setting.unprotected
    lower, upper = difference_interval(
        [school.share if exact else school.percentage / 100 for school in schools],
        ([school.interval.lower for school in schools], [school.interval.upper for school in schools]),
        [shown[ident].share if exact else shown[ident].percentage / 100 for ident in pairs],
        ([shown[ident].interval.lower for ident in pairs], [shown[ident].interval.upper for ident in pairs]),
    )
    p_values = _p_values(schools, rates, weighted=setting.weighted)
    adjusted = benjamini_hochberg(p_values).tolist()
    silent = _response_too_low(setting)
    rows = zip(pairs, schools, p_values, adjusted, lower.tolist(), upper.tolist(), strict=True)
    found = {}
    for ident, school, p_value, p_adjusted, low, high in rows:
        beside, direction = shown[ident].percentage, setting.codebook.indicator(ident).higher_is
        points = school.percentage - beside
        verdict = label(points, beside, (p_value, p_adjusted), direction, setting.policy.verdict)
        found[ident] = Difference(points, Interval(low, high), p_value, p_adjusted, None if silent else verdict)
    return found


def _p_values(schools: Sequence[Proportion], rates: Sequence[_Rate], *, weighted: bool) -> list[float]:
    """Test each school figure as it is printed, so that a label tells no more than the percentage does."""
    precisions = [school.precision for school in schools]
    shares = [rate.share for rate in rates]
    cases = nearest_cases(
        [school.share * school.precision for school in schools], precisions, shares, whole=not weighted
    )
    p_values: list[float] = two_sample_p(
        cases, precisions, [rate.cases for rate in rates], [rate.precision for rate in rates]
    ).tolist()
    return p_values


def _response_too_low(setting: Setting) -> bool:
    could = setting.measurement.could_have_answered
    return bool(could) and setting.measurement.total.pupils < setting.policy.response.no_labels_below * (could or 1)


def directions(codebook: Codebook) -> Mapping[IndicatorId, Direction]:
    """Give for each indicator what a higher figure means."""
    return {IndicatorId(indicator.id): indicator.higher_is for indicator in codebook.indicators}
