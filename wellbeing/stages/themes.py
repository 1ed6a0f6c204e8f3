"""The subjects of a theme taken together: what a small school's numbers can still show."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from wellbeing.estimation.differences import benjamini_hochberg
from wellbeing.estimation.themes import mean_difference_p
from wellbeing.estimation.verdicts import label
from wellbeing.model.benchmark import Benchmark
from wellbeing.model.reference import Bouw, Codebook, Direction, IndicatorId, VerdictLimits
from wellbeing.model.results import (
    BenchmarkFigure,
    Certainty,
    ComparatorKind,
    Comparison,
    Difference,
    Dimension,
    Proportion,
    ThemeFinding,
    Verdict,
)

FEWEST = 2  # one subject is no theme
COMMON = 50  # a theme is never rare: it always needs the full size


def compare_themes(
    comparisons: Sequence[Comparison], codebook: Codebook, benchmark: Benchmark, bouw: Bouw, limits: VerdictLimits
) -> Mapping[ComparatorKind, tuple[ThemeFinding, ...]]:
    """Test each theme once over its shown subjects, beside each comparator of the school as a whole.

    Neutral and hidden subjects take no part. The p-values are corrected over the themes. A theme is
    tested only where the benchmark tells how its subjects go together: pupils with one complaint
    often have another, and without that a theme would look surer than it is.
    """
    correlations = benchmark.correlations.get(bouw, {})
    found = {}
    for kind in ComparatorKind:
        rows = [row for row in comparisons if row.comparator.kind is kind and row.group.dimension is Dimension.TOTAL]
        tested = list(_tested(rows, codebook, correlations))
        adjusted = benjamini_hochberg([p_value for _, _, _, p_value in tested]).tolist()
        silent = not any(isinstance(row.difference, Difference) and row.difference.verdict for row in rows)
        found[kind] = tuple(
            ThemeFinding(theme, subjects, points, p, q, None if silent else _verdict(points, p, q, limits))
            for (theme, subjects, points, p), q in zip(tested, adjusted, strict=True)
        )
    return found


def _tested(
    rows: Sequence[Comparison], codebook: Codebook, correlations: Mapping[tuple[IndicatorId, IndicatorId], float]
) -> Iterator[tuple[str, int, int, float]]:
    """Give theme, number of subjects, mean difference in whole points and p-value."""
    for theme in codebook.themes:
        subjects = [row for row in rows if _takes_part(row, codebook, theme.id)]
        signs = np.array([_sign(row, codebook) for row in subjects], float)
        correlation = _matrix(subjects, correlations)
        if len(subjects) < FEWEST or correlation is None:
            continue
        schools = [row.school for row in subjects if isinstance(row.school, Proportion)]
        others = [row.benchmark for row in subjects if isinstance(row.benchmark, BenchmarkFigure)]
        points = [row.difference.points for row in subjects if isinstance(row.difference, Difference)]
        p_value = mean_difference_p(
            signs
            * np.array([school.percentage / 100 - other.share for school, other in zip(schools, others, strict=True)]),
            [other.share for other in others],
            [(school.precision, float(other.total)) for school, other in zip(schools, others, strict=True)],
            correlation * np.outer(signs, signs),
        )
        yield theme.id, len(subjects), _half_away(float((signs * points).mean())), p_value


def _takes_part(row: Comparison, codebook: Codebook, theme: str) -> bool:
    indicator = codebook.indicator(row.indicator)
    return (
        indicator.theme == theme
        and indicator.higher_is is not Direction.NEUTRAL
        and isinstance(row.difference, Difference)
    )


def _sign(row: Comparison, codebook: Codebook) -> int:
    return 1 if codebook.indicator(row.indicator).higher_is is Direction.UNFAVOURABLE else -1


def _matrix(
    rows: Sequence[Comparison], correlations: Mapping[tuple[IndicatorId, IndicatorId], float]
) -> np.ndarray | None:
    """Give the correlations of these subjects, or nothing where a pair is not known."""
    matrix = np.eye(len(rows))
    for first, one in enumerate(rows):
        for second, other in enumerate(rows[:first]):
            phi = correlations.get((one.indicator, other.indicator), correlations.get((other.indicator, one.indicator)))
            if phi is None:
                return None
            matrix[first, second] = matrix[second, first] = phi
    return matrix


def _half_away(value: float) -> int:
    """Round half away from zero, so that a theme and its mirror get the same size."""
    return int(abs(value) + 0.5) * (1 if value > 0 else -1)


def _verdict(points: int, p_value: float, p_adjusted: float, limits: VerdictLimits) -> Verdict:
    """Label a theme, but never *mogelijk*: of identical schools a third would get that for some theme."""
    found = label(points, COMMON, (p_value, p_adjusted), Direction.UNFAVOURABLE, limits)
    return Verdict(Certainty.NONE, None) if found.certainty is Certainty.POSSIBLE else found
