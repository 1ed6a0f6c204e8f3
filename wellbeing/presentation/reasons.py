"""Why a subject speaks for a theme, in one sentence. Made of shown figures only."""

from __future__ import annotations

from wellbeing.model.reference import Direction, Indicator
from wellbeing.model.results import Certainty, Comparison, Difference, Proportion
from wellbeing.presentation import formats, wording


def evidence(comparison: Comparison, indicator: Indicator) -> str:
    """Say the figure, and the difference where it is a clear one.

    Raises:
        ValueError: if the school's figure is hidden; nothing may be said then.
    """
    if not isinstance(comparison.school, Proportion):
        msg = "a hidden figure is no evidence"
        raise ValueError(msg)
    sentence = wording.finding(indicator.sentence, comparison.school.percentage)
    figure = f"{sentence.rstrip('.')} ({formats.percentage(comparison.school.percentage)})"
    difference = comparison.difference
    if isinstance(difference, Difference) and difference.verdict and difference.verdict.certainty is Certainty.CLEAR:
        label, points = wording.verdict(difference.verdict), formats.points(difference.points)
        return f"{figure}: {label}, {points} procentpunt, {wording.than(comparison.comparator)}."
    return f"{figure}."


def stated_evidence(percentage: int, indicator: Indicator) -> str:
    """Say a figure of a table without a number of pupils; nothing about a difference."""
    sentence = wording.finding(indicator.sentence, percentage)
    is_good = indicator.higher_is is Direction.FAVOURABLE
    others = f", dus {formats.percentage(100 - percentage)} niet" if is_good else ""
    return f"{sentence.rstrip('.')} ({formats.percentage(percentage)}{others}; aantal leerlingen onbekend)."
