"""One description of a figure, from which the table, the drawing, the chart and the sentence are made.

Everything here is whole percentages: what is drawn or written cannot hold more than what is read.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from wellbeing.model.reference import Codebook, Indicator, Sensitivity
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
    Sense,
    Suppressed,
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


@dataclass(frozen=True, slots=True)
class Subject:
    """One subject of one group, ready to be read.

    ``hidden`` says why there is no figure, and is empty where there is one. ``points`` and
    ``verdict`` belong to the main comparison; ``note`` says why that is absent.
    """

    indicator: Indicator
    group: Group
    school: Shown | None
    hidden: str
    marks: tuple[Mark, ...]
    points: int | None
    verdict: Verdict | None
    note: str

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


def subject(comparisons: Sequence[Comparison], indicator: Indicator, main: ComparatorKind) -> Subject:
    """Put the comparisons of one figure together.

    ``comparisons`` are those of one indicator and one group, at least one.
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
    )


def in_order(rows: Iterable[Subject]) -> tuple[Subject, ...]:
    """Put what asks for attention first and what is hidden last; only shown, rounded values count."""
    return tuple(sorted(rows, key=lambda row: (_rank(row), -abs(row.points or 0) if row.school else 0)))


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
            rows += [subject(items, indicator, analysis.findings.main) for items in found]
    return rows


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
            return Mark(item.comparator, item.benchmark.percentage, "")
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
