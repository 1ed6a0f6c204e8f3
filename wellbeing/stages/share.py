"""Fewer of the same figures: what may go to pupils, parents and the school council.

Only what is shown already decides what stays, so that beside the ordinary report nothing more can be
worked out.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from wellbeing.model.reference import Codebook, IndicatorId, Limits, Sensitivity
from wellbeing.model.results import (
    Analysis,
    Comparison,
    Dimension,
    Findings,
    Proportion,
    Published,
    PublishedGroup,
    Reason,
    Suppressed,
)


def share(
    analysis: Analysis, codebook: Codebook, limits: Limits, find: Callable[[tuple[Comparison, ...]], Findings]
) -> Analysis:
    """Leave out groups, sensitive subjects and figures of few pupils; ``find`` says what then stands out.

    ``analysis`` is one that knows no more than a reader does, so that the counts in it tell nothing.
    """
    kept = {IndicatorId(item.id) for item in codebook.indicators if item.sensitivity is Sensitivity.NORMAL}
    comparisons = tuple(
        _limited_row(item, limits)
        for item in analysis.comparisons
        if item.group.dimension is Dimension.TOTAL and item.indicator in kept
    )
    shown = analysis.published
    figures = {name: _limited(figure, limits) for name, figure in shown.total.figures.items() if name in kept}
    whole = PublishedGroup(shown.total.group, figures)
    return replace(
        analysis,
        published=replace(shown, groups=(whole,)),
        comparisons=comparisons,
        findings=find(comparisons),
        answers=(),
    )


def is_enough(analysis: Analysis) -> bool:
    """Whether any figure is left to share."""
    return any(isinstance(figure, Proportion) for figure in analysis.published.total.figures.values())


def _limited(figure: Published, limits: Limits) -> Published:
    if isinstance(figure, Suppressed):
        return figure
    count = figure.count
    enough = count.total >= limits.pupils and min(count.cases, count.misses) >= limits.cases
    return figure if enough else Suppressed(Reason.NOT_SHOWN)


def _limited_row(item: Comparison, limits: Limits) -> Comparison:
    school = _limited(item.school, limits)
    if not isinstance(school, Suppressed) or isinstance(item.school, Suppressed):
        return item
    return replace(item, school=school, benchmark=school, difference=school)
