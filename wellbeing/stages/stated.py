"""From a table of figures to counts, and to a comparison with what else the table states.

With a number of pupils the counts are rebuilt, as far as rounded percentages allow, and protected and
compared as always. Without one the figures are only laid side by side: nothing is concluded.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from wellbeing.estimation.differences import (
    benjamini_hochberg,
    difference_interval,
    nearest_cases,
    one_sample_p,
    two_sample_p,
)
from wellbeing.estimation.proportions import wilson_interval
from wellbeing.estimation.verdicts import label
from wellbeing.model.reference import Codebook, Direction, IndicatorId, Policy, Sensitivity
from wellbeing.model.results import (
    BenchmarkFigure,
    Comparator,
    ComparatorKind,
    Comparison,
    Count,
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
    Stated,
    StatedBeside,
    StatedRate,
    Suppressed,
)
from wellbeing.model.stated import (
    BesideOnly,
    ChosenComparator,
    FiguresOnly,
    StatedCell,
    StatedChoice,
    StatedTable,
)

WHOLE = Group(Dimension.TOTAL, "totaal", "Totaal")
NOT_STATED = NotComparable("Dit onderwerp heeft in de tabel geen cijfer om mee te vergelijken.")
HIDDEN_THERE = NotComparable("Dit cijfer is in de tabel niet getoond.")
NOT_SHOWN = "niet getoond in de tabel"
SENSITIVE = "gevoelig onderwerp"
_DELICATE = re.compile(r"zelfdod|zelfmoord|su[iï]cid|zelfbeschadig", re.IGNORECASE)
NO_NUMBER = "gevoelig onderwerp, aantal leerlingen onbekend"
EVERYBODY = "niet getoond: (bijna) niemand of (bijna) iedereen"


# --------------------------------------------------------------------------- counts


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """The counts that give a rounded percentage: the nearest to it, the lowest and the highest.

    ``fits`` is false where no count among so many pupils gives it.
    """

    nearest: Count
    lowest: Count
    highest: Count
    fits: bool


def rebuild(percentage: float, margin: float, pupils: int) -> Rebuilt:
    """Rebuild the number of pupils behind a percentage, which lies at most ``margin`` points from the truth.

    >>> made = rebuild(23.0, 0.5, 400)  # 22.5% to 23.5% of 400
    >>> made.lowest.cases, made.nearest.cases, made.highest.cases
    (90, 92, 94)
    """
    exact = percentage * pupils / 100
    half = margin * pupils / 100 + 1e-9
    low, high = max(0, math.ceil(exact - half)), min(pupils, math.floor(exact + half))
    nearest = Count(min(pupils, math.floor(exact + 0.5)), pupils)
    if low > high:
        return Rebuilt(nearest, nearest, nearest, fits=False)
    within = Count(min(high, max(low, nearest.cases)), pupils)
    return Rebuilt(within, Count(low, pupils), Count(high, pupils), fits=True)


def unfitting(table: StatedTable, choice: StatedChoice) -> tuple[str, ...]:
    """Give the subjects whose percentage no number of pupils can give: another number, or weighted figures."""
    return tuple(
        table.rows[place].subject
        for place, (made, _) in _rebuilt(table, choice, choice.column).items()
        if not made.fits
    )


def measure_stated(table: StatedTable, choice: StatedChoice) -> tuple[Measurement, ...]:
    """Rebuild the measurements of a school: that of the chosen year first, then the earlier ones.

    Subjects without a number of pupils are left out. Cells that the source hid stay hidden: they are no
    zero and get no count.
    """
    now = _measurement(table, choice, choice.column, choice.year)
    beside = tuple(_beside(table, choice, chosen) for chosen in choice.comparators)
    assert now.stated is not None
    now = replace(now, stated=replace(now.stated, beside=beside))
    earlier = (_measurement(table, choice, column, table.columns[column].year) for column in choice.earlier)
    return (now, *(item for item in earlier if item.total.figures))


def _measurement(table: StatedTable, choice: StatedChoice, column: int, year: str) -> Measurement:
    made = {ident: counts for counts, ident in _rebuilt(table, choice, column).values()}
    hidden = frozenset(ident for place, ident in choice.links.items() if table.rows[place].cells[column].hidden)
    figures = {ident: counts.nearest for ident, counts in made.items()}
    pupils = _pupils_of(table, choice, column) or max((count.total for count in figures.values()), default=0)
    groups = [WHOLE, *([Group(Dimension.LEVEL, *choice.level)] if choice.level else [])]
    return Measurement(
        school=choice.school,
        year=year,
        bouw=choice.bouw,
        codebook=choice.codebook,
        groups=tuple(GroupCounts(group, pupils, figures) for group in groups),
        stated=Stated(
            hidden,
            {ident: counts.lowest for ident, counts in made.items()},
            {ident: counts.highest for ident, counts in made.items()},
        ),
    )


def _rebuilt(table: StatedTable, choice: StatedChoice, column: int) -> dict[int, tuple[Rebuilt, IndicatorId]]:
    found = {}
    for place, ident in choice.links.items():
        cell = table.rows[place].cells[column]
        pupils = cell.pupils or _in_column(table, choice, place, column) or _pupils_of(table, choice, column)
        if cell.percentage is not None and pupils:
            found[place] = rebuild(cell.percentage, cell.margin, pupils), ident
    return found


def _in_column(table: StatedTable, choice: StatedChoice, place: int, column: int) -> int | None:
    if choice.pupils_column is None or column != choice.column:
        return None
    return table.rows[place].cells[choice.pupils_column].pupils


def _pupils_of(table: StatedTable, choice: StatedChoice, column: int) -> int | None:
    """Give the pupils of a whole column; what the user said goes for the chosen one only."""
    return choice.pupils if column == choice.column else table.columns[column].pupils


def _beside(table: StatedTable, choice: StatedChoice, chosen: ChosenComparator) -> StatedBeside:
    comparator = Comparator(chosen.kind, chosen.label, chosen.year, without_school=False, label=chosen.label)
    cells = {ident: table.rows[place].cells[chosen.column] for place, ident in choice.links.items()}
    total = table.columns[chosen.column].pupils
    rates = {
        ident: StatedRate(cell.percentage / 100, cell.pupils or total)
        for ident, cell in cells.items()
        if cell.percentage is not None
    }
    return StatedBeside(comparator, rates, frozenset(ident for ident, cell in cells.items() if cell.hidden))


def variants(measurement: Measurement) -> tuple[Measurement, ...]:
    """Give the measurements that the table may have been made of: the nearest, the lowest and the highest counts."""
    if measurement.stated is None:
        return (measurement,)
    others = (measurement.stated.lowest, measurement.stated.highest)
    return (
        measurement,
        *(
            replace(measurement, groups=tuple(replace(group, figures=figures) for group in measurement.groups))
            for figures in others
        ),
    )


# --------------------------------------------------------------------------- protection


def hide_doubtful(published: Sequence[PublishedMeasurement]) -> PublishedMeasurement:
    """Keep a figure only where every count that it may have come from may be shown.

    ``published`` are the protected variants, nearest first.
    """
    first, *others = published
    groups = tuple(
        replace(
            group,
            figures={
                ident: _all_shown(figure, [other.groups[at].figures[ident] for other in others])
                for ident, figure in group.figures.items()
            },
        )
        for at, group in enumerate(first.groups)
    )
    return replace(first, groups=groups)


def _all_shown(figure: Published, others: Sequence[Published]) -> Published:
    return next((other for other in (figure, *others) if isinstance(other, Suppressed)), figure)


def add_hidden(published: PublishedMeasurement, hidden: frozenset[IndicatorId]) -> PublishedMeasurement:
    """Add the subjects that the source itself hid: they stay visible as hidden."""
    unseen = dict.fromkeys(sorted(hidden), Suppressed(Reason.NOT_SHOWN))
    groups = tuple(replace(group, figures={**group.figures, **unseen}) for group in published.groups)
    return replace(published, groups=groups)


def hidden_rows(comparisons: Sequence[Comparison], hidden: frozenset[IndicatorId]) -> tuple[Comparison, ...]:
    """Give the rows of what the source itself hid, beside each comparator there is."""
    places = dict.fromkeys((row.group, row.comparator) for row in comparisons)
    unseen = Suppressed(Reason.NOT_SHOWN)
    return tuple(
        Comparison(ident, group, comparator, unseen, unseen, unseen)
        for group, comparator in places
        for ident in sorted(hidden)
    )


# --------------------------------------------------------------------------- comparison


def compare_stated(
    published: PublishedMeasurement, stated: Stated, codebook: Codebook, policy: Policy
) -> tuple[Comparison, ...]:
    """Set the school as a whole beside every comparator that came with its table.

    Where the table gives the comparator's pupils both are samples; where not, its figure is taken as exact.
    The school may be among the comparator's pupils, which makes a label more careful, never less.
    """
    figures = published.total.figures
    return tuple(row for beside in stated.beside for row in _family(figures, beside, codebook, policy))


def _family(
    figures: Mapping[IndicatorId, Published], beside: StatedBeside, codebook: Codebook, policy: Policy
) -> Iterator[Comparison]:
    pairs = {
        ident: (figure, beside.rates[ident])
        for ident, figure in figures.items()
        if isinstance(figure, Proportion)
        and ident in beside.rates
        and codebook.indicator(ident).sensitivity is not Sensitivity.REGION_ONLY
    }
    p_values = [_p_value(figure, rate) for figure, rate in pairs.values()]
    adjusted = dict(zip(pairs, benjamini_hochberg(p_values).tolist(), strict=True))
    plain = dict(zip(pairs, p_values, strict=True))
    for ident, figure in figures.items():
        other = _figure(beside, ident)
        outcome: Difference | Suppressed | NotComparable
        if isinstance(figure, Suppressed):
            outcome = figure
        elif isinstance(other, BenchmarkFigure) and ident in pairs:
            direction = codebook.indicator(ident).higher_is
            outcome = _difference(figure, other, (plain[ident], adjusted[ident]), direction, policy)
        else:
            outcome = other if not isinstance(other, BenchmarkFigure) else NOT_STATED
        yield Comparison(ident, WHOLE, beside.comparator, figure, other, outcome)


def _figure(beside: StatedBeside, ident: IndicatorId) -> BenchmarkFigure | NotComparable:
    if ident in beside.hidden:
        return HIDDEN_THERE
    if ident not in beside.rates:
        return NOT_STATED
    rate = beside.rates[ident]
    bare = BenchmarkFigure(rate.share, rate.total or 0, Interval(rate.share, rate.share), None)
    share = bare.percentage / 100
    if not rate.total:
        return replace(bare, interval=Interval(share, share))
    lower, upper = wilson_interval(share * rate.total, rate.total)
    return replace(bare, interval=Interval(float(lower), float(upper)))


def _p_value(figure: Proportion, rate: StatedRate) -> float:
    """Test the count nearest to the comparator among those that print as the same percentage."""
    cases = nearest_cases(figure.count.cases, figure.count.total, rate.share)
    if rate.total:
        return float(two_sample_p(cases, figure.count.total, rate.share * rate.total, rate.total))
    return float(one_sample_p(cases, figure.count.total, rate.share))


def _difference(
    figure: Proportion, other: BenchmarkFigure, p_values: tuple[float, float], direction: Direction, policy: Policy
) -> Difference:
    lower, upper = difference_interval(
        figure.percentage / 100,
        (figure.interval.lower, figure.interval.upper),
        other.percentage / 100,
        (other.interval.lower, other.interval.upper),
    )
    points = figure.percentage - other.percentage
    verdict = label(points, other.percentage, p_values, direction, policy.verdict)
    return Difference(points, Interval(float(lower), float(upper)), *p_values, verdict)


def main_kind(measurement: Measurement, wanted: ComparatorKind) -> ComparatorKind:
    """Give the main comparison: the one wanted, or else the first that the table has."""
    kinds = [beside.comparator.kind for beside in measurement.stated.beside] if measurement.stated else []
    return kinds[0] if kinds and wanted not in kinds else wanted


# --------------------------------------------------------------------------- without a number of pupils


def side_by_side(table: StatedTable, choice: StatedChoice, codebook: Codebook) -> FiguresOnly:
    """Lay the figures of a school beside the others of its table, in the order of the file.

    Subjects with stricter limits need a number of pupils, and those for the region only are never shown of
    a school.
    """
    return FiguresOnly(
        school=choice.school,
        year=choice.year,
        bouw=choice.bouw,
        codebook=choice.codebook,
        file_name=table.file_name,
        comparators=tuple(f"{chosen.label}, {chosen.year}" for chosen in choice.comparators),
        rows=tuple(_beside_only(table, choice, codebook, place) for place in range(len(table.rows))),
    )


def _beside_only(table: StatedTable, choice: StatedChoice, codebook: Codebook, place: int) -> BesideOnly:
    row, ident = table.rows[place], choice.links.get(place)
    indicator = codebook.indicator(ident) if ident else None
    unlinked = Sensitivity.REGION_ONLY if _DELICATE.search(row.subject) else Sensitivity.NORMAL
    hidden = _why_hidden(row.cells[choice.column], indicator.sensitivity if indicator else unlinked)
    others = [row.cells[chosen.column] for chosen in choice.comparators]
    no_others = bool(hidden) and hidden != SENSITIVE
    return BesideOnly(
        label=indicator.label if indicator else row.subject,
        theme=indicator.theme if indicator else "",
        indicator=ident,
        percentage=None if hidden else _whole(row.cells[choice.column]),
        hidden=hidden,
        beside=tuple(None if no_others else _whole(cell) for cell in others),
    )


def _why_hidden(cell: StatedCell, sensitivity: Sensitivity) -> str:
    if sensitivity is Sensitivity.REGION_ONLY:
        return SENSITIVE
    if cell.hidden:
        return NOT_SHOWN
    if cell.percentage is None:
        return "geen cijfer in de tabel"
    if sensitivity is Sensitivity.STRICTER:
        return NO_NUMBER
    # Whoever reads 0% or 100% knows it of every pupil, however many there are.
    return EVERYBODY if _whole(cell) in {0, 100} else ""


def _whole(cell: StatedCell) -> int | None:
    return None if cell.percentage is None else math.floor(cell.percentage + 0.5)


def common_subjects(figures: FiguresOnly, codebook: Codebook, policy: Policy) -> tuple[tuple[IndicatorId, int], ...]:
    """Give what is unfavourable for many pupils, with the percentage shown; most first."""
    found = []
    for row in figures.rows:
        if row.indicator is None or row.percentage is None:
            continue
        direction = codebook.indicator(row.indicator).higher_is
        burden = row.percentage if direction is Direction.UNFAVOURABLE else 100 - row.percentage
        if direction is not Direction.NEUTRAL and burden >= policy.talking_points.common_from:
            found.append((burden, row.indicator, row.percentage))
    return tuple((ident, percentage) for _, ident, percentage in sorted(found, key=lambda item: (-item[0], item[1])))
