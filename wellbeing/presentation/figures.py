"""One description of a figure, from which the table, the drawing, the chart and the sentence are made.

Everything here is whole percentages: what is drawn or written cannot hold more than what is read.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from wellbeing.model.reference import Codebook, Direction, Indicator, Sensitivity, TalkingPoints
from wellbeing.model.results import (
    Analysis,
    BenchmarkFigure,
    Certainty,
    Comparator,
    ComparatorKind,
    Comparison,
    Difference,
    Dimension,
    Group,
    NotComparable,
    Proportion,
    Published,
    PublishedMeasurement,
    Sense,
    Suppressed,
    ThemeFinding,
    Verdict,
)
from wellbeing.presentation import formats, wording
from wellbeing.presentation.palette import Tone

_TONES = {Sense.FAVOURABLE: Tone.FAVOURABLE, Sense.UNFAVOURABLE: Tone.UNFAVOURABLE}


@dataclass(frozen=True, slots=True)
class Shown:
    """The school's own figure: whole percentage with the limits of its margin."""

    percentage: int
    lower: int
    upper: int


@dataclass(frozen=True, slots=True)
class Mark:
    """What stands beside the school: a whole percentage, or the words why there is none."""

    comparator: Comparator
    percentage: int | None
    note: str
    pupils: int | None = None


@dataclass(frozen=True, slots=True)
class Working:
    """What else a shown figure was made with: its pupils and, beside the main comparison, the rest.

    ``pupils`` is exact for the school as a whole and rounded to five for a group; ``tested`` is the
    number of subjects that were compared together; ``lower`` and ``upper`` are whole points.
    """

    pupils: int
    tested: int
    lower: int | None
    upper: int | None
    is_weighted: bool


@dataclass(frozen=True, slots=True)
class Subject:
    """One subject of one group, ready to be read.

    ``hidden`` says why there is no figure, and is empty where there is one. ``points`` and
    ``verdict`` belong to the main comparison; ``note`` says why that is absent. ``main`` is what
    they were made with, and ``working`` how (absent where the figure is hidden).
    """

    indicator: Indicator
    group: Group
    school: Shown | None
    hidden: str
    marks: tuple[Mark, ...]
    points: int | None
    verdict: Verdict | None
    note: str
    main: Comparator
    working: Working | None

    @property
    def beside(self) -> Mark | None:
        """The mark of the main comparison, where it has a percentage."""
        return next((m for m in self.marks if m.comparator == self.main and m.percentage is not None), None)

    @property
    def is_whole_school(self) -> bool:
        """Whether this is the school as a whole, and not one of its groups."""
        return self.group.dimension is Dimension.TOTAL

    @property
    def tone(self) -> Tone:
        """The colour: blue or brown only where a difference was found that is good or bad for pupils."""
        sense = self.verdict.sense if self.verdict else None
        return _TONES.get(sense, Tone.NEUTRAL) if sense else Tone.NEUTRAL

    @property
    def arrow(self) -> str:
        """Up for higher and down for lower than the main comparison; nothing where neither is shown."""
        if self.verdict is None or self.verdict.sense is None or not self.points:
            return ""
        return "▲" if self.points > 0 else "▼"

    @property
    def label(self) -> str:
        """The verdict in words, or why there is none."""
        if self.school is None:
            return self.hidden
        return self.note or wording.verdict(self.verdict)

    @property
    def sentence(self) -> str:
        """The figure as an ordinary sentence; empty where it is hidden."""
        return "" if self.school is None else wording.finding(self.indicator.sentence, self.school.percentage)

    @property
    def description(self) -> str:
        """Everything the drawing shows, in words, for people who do not see it."""
        parts = [
            f"{mark.comparator.kind.value} {formats.percentage(mark.percentage)}"
            for mark in self.marks
            if mark.percentage is not None
        ]
        if self.school is None:
            return formats.capital("; ".join([self.hidden, *parts])) + "."
        own = f"school {self.school.percentage}% (marge {self.school.lower}% tot {self.school.upper}%)"
        return formats.capital("; ".join([own, *parts, self.label])) + "."


def subjects(analysis: Analysis, codebook: Codebook, theme: str | None = None) -> tuple[Subject, ...]:
    """Describe the subjects of the school as a whole, of one theme or all: what stands out first."""
    return in_order(_described(analysis, codebook, theme, Dimension.TOTAL))


def level_subjects(analysis: Analysis, codebook: Codebook, theme: str) -> tuple[Subject, ...]:
    """Describe the subjects of one theme per school level, in the order of the questionnaire."""
    return tuple(_described(analysis, codebook, theme, Dimension.LEVEL))


def group_subjects(analysis: Analysis, indicator: Indicator) -> tuple[Subject, ...]:
    """Describe one subject for every group of the fixed menu, each beside the same group of the region.

    The school as a whole stands beside the main comparison, so that it reads as on the other pages.
    """
    kinds = {Dimension.TOTAL: analysis.findings.main, Dimension.LEVEL: ComparatorKind.OWN_LEVEL}
    return tuple(
        subject([item], indicator, item.comparator.kind, tested(analysis, item))
        for item in analysis.comparisons
        if item.indicator == indicator.id
        and item.comparator.kind is kinds.get(item.group.dimension, ComparatorKind.REGION)
    )


def most_common(analysis: Analysis, codebook: Codebook, limits: TalkingPoints) -> tuple[Subject, ...]:
    """Describe what most pupils have to do with, most first: no neutral subjects, only shown figures."""
    rows = [
        row for row in _described(analysis, codebook, None, Dimension.TOTAL) if _burdened(row) >= limits.common_from
    ]
    return tuple(sorted(rows, key=_burdened, reverse=True)[: limits.most])


def _burdened(row: Subject) -> int:
    """Give the whole percentage of pupils who are worse off; -1 where that is hidden or not to be said."""
    if row.school is None or row.indicator.higher_is is Direction.NEUTRAL:
        return -1
    favourable = row.indicator.higher_is is Direction.FAVOURABLE
    return 100 - row.school.percentage if favourable else row.school.percentage


def is_small(measurement: PublishedMeasurement, limits: TalkingPoints) -> bool:
    """Whether a population is so small that its themes say more than its single subjects."""
    return isinstance(measurement.respondents, Suppressed) or measurement.respondents < limits.small_school


def is_weighted(analysis: Analysis) -> bool:
    """Whether the figures are weighted."""
    found = analysis.published.total.figures.values()
    return any(isinstance(figure, Proportion) and figure.weighted is not None for figure in found)


def tested(analysis: Analysis, one: Comparison) -> int:
    """Give the number of subjects that were compared together with this one."""
    return sum(
        isinstance(item.difference, Difference)
        for item in analysis.comparisons
        if item.group == one.group and item.comparator.kind is one.comparator.kind
    )


def subject(
    comparisons: Sequence[Comparison], indicator: Indicator, main: ComparatorKind, together: int = 0
) -> Subject:
    """Put the comparisons of one figure together.

    ``comparisons`` are those of one indicator and one group, at least one; ``together`` is the
    number of subjects that the main comparison was corrected for.
    """
    first = comparisons[0]
    leading = next((item for item in comparisons if item.comparator.kind is main), first)
    difference = leading.difference if isinstance(leading.difference, Difference) else None
    return Subject(
        indicator=indicator,
        group=first.group,
        school=_shown(first.school),
        hidden=wording.REASONS[first.school.reason] if isinstance(first.school, Suppressed) else "",
        marks=tuple(_mark(item, indicator) for item in _by_kind(comparisons)),
        points=difference.points if difference else None,
        verdict=difference.verdict if difference else None,
        note="" if difference else _why_not(leading),
        main=leading.comparator,
        working=_working(leading, difference, together),
    )


def in_order(rows: Iterable[Subject]) -> tuple[Subject, ...]:
    """Put what asks for attention first and what is hidden last; only shown, rounded values count."""
    return tuple(sorted(rows, key=lambda row: (_rank(row), -abs(row.points or 0) if row.school else 0)))


def theme_tone(finding: ThemeFinding) -> Tone:
    """Give the colour of a theme: of a single subject with the same label."""
    sense = finding.verdict.sense if finding.verdict else None
    return _TONES.get(sense, Tone.NEUTRAL) if sense else Tone.NEUTRAL


def themes_in_order(found: Iterable[ThemeFinding]) -> tuple[ThemeFinding, ...]:
    """Put themes that ask for attention first, then those that go well; the rest as in the questionnaire."""
    ranks = {Tone.UNFAVOURABLE: 0, Tone.FAVOURABLE: 1, Tone.NEUTRAL: 2}
    return tuple(sorted(found, key=lambda item: ranks[theme_tone(item)]))


def main_comparator(analysis: Analysis, kind: ComparatorKind | None = None) -> Comparator | None:
    """Give the comparator of this kind (default: the one that decides the profile) if there is one."""
    wanted = kind or analysis.findings.main
    return next((item.comparator for item in analysis.comparisons if item.comparator.kind is wanted), None)


def _described(analysis: Analysis, codebook: Codebook, theme: str | None, dimension: Dimension) -> list[Subject]:
    grouped: dict[tuple[str, Group], list[Comparison]] = {}
    for item in analysis.comparisons:
        if item.group.dimension is dimension:
            grouped.setdefault((item.indicator, item.group), []).append(item)
    rows = []
    for indicator in codebook.indicators:
        if theme is None or indicator.theme == theme:
            found = [items for (name, _), items in grouped.items() if name == indicator.id]
            rows += [_one(analysis, items, indicator) for items in found]
    return rows


def _one(analysis: Analysis, items: Sequence[Comparison], indicator: Indicator) -> Subject:
    main = analysis.findings.main
    leading = next((item for item in items if item.comparator.kind is main), items[0])
    return subject(items, indicator, main, tested(analysis, leading))


def _working(item: Comparison, difference: Difference | None, together: int) -> Working | None:
    if isinstance(item.school, Suppressed):
        return None
    total, whole = item.school.count.total, item.group.dimension is Dimension.TOTAL
    return Working(
        pupils=total if whole else to_five(total),
        tested=together,
        lower=formats.whole(difference.interval.lower * 100) if difference else None,
        upper=formats.whole(difference.interval.upper * 100) if difference else None,
        is_weighted=item.school.weighted is not None,
    )


def to_five(pupils: int) -> int:
    """Round the size of a group to five, as readers get it.

    >>> to_five(147), to_five(148)
    (145, 150)
    """
    return 5 * ((2 * pupils + 5) // 10)


def _shown(figure: Published) -> Shown | None:
    if isinstance(figure, Suppressed):
        return None
    return _of(figure)


def _of(figure: Proportion) -> Shown:
    lower, upper = figure.interval.lower, figure.interval.upper
    return Shown(figure.percentage, formats.whole(lower * 100), formats.whole(upper * 100))


def _mark(item: Comparison, indicator: Indicator) -> Mark:
    """Beside a hidden figure stands no number at all, except for subjects that only the region shows."""
    hidden = isinstance(item.school, Suppressed) and indicator.sensitivity is not Sensitivity.REGION_ONLY
    match item.benchmark:
        case BenchmarkFigure() if not hidden:
            return Mark(item.comparator, item.benchmark.percentage, "", item.benchmark.total)
        case NotComparable(reason):
            return Mark(item.comparator, None, reason)
        case _:
            return Mark(item.comparator, None, "niet getoond")


def _by_kind(comparisons: Sequence[Comparison]) -> list[Comparison]:
    return sorted(comparisons, key=lambda item: list(ComparatorKind).index(item.comparator.kind))


def _why_not(item: Comparison) -> str:
    match item.difference:
        case NotComparable(reason):
            return reason
        case _:
            return "niet vergeleken"


def _rank(row: Subject) -> int:
    if row.school is None:
        return 6
    if row.verdict is None:
        return 5
    order = {
        (Certainty.CLEAR, Tone.UNFAVOURABLE): 0,
        (Certainty.POSSIBLE, Tone.UNFAVOURABLE): 1,
        (Certainty.CLEAR, Tone.FAVOURABLE): 2,
        (Certainty.POSSIBLE, Tone.FAVOURABLE): 3,
    }
    return order.get((row.verdict.certainty, row.tone), 4)
