"""What stands out of a school, favourable or not, and in which order. No text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from wellbeing.estimation.proportions import Z95
from wellbeing.estimation.spread import shrink
from wellbeing.model.reference import Codebook, Direction, Indicator, Policy
from wellbeing.model.results import (
    Certainty,
    ComparatorKind,
    Comparison,
    Difference,
    Dimension,
    Findings,
    NotComparable,
    Point,
    PointKind,
    Proportion,
    Sense,
    ThemeFinding,
    ThemeTally,
)

SMALLEST_ERROR = 0.001  # a margin of nothing, printed, is still no certainty
FAVOURABLE, UNFAVOURABLE = Sense.FAVOURABLE, Sense.UNFAVOURABLE


def highlight(
    comparisons: Sequence[Comparison],
    codebook: Codebook,
    policy: Policy,
    main: ComparatorKind,
    themes: tuple[ThemeFinding, ...] = (),
) -> Findings:
    """Choose the points to talk about from the school as a whole beside its main comparator.

    To discuss come, in this order: clear unfavourable differences, possible ones, what occurs most
    often among unfavourable subjects, and for what is then still missing a theme to talk about
    without a figure. There are always ``policy.talking_points.most`` of them.
    """
    rows = [row for row in comparisons if row.group.dimension is Dimension.TOTAL and row.comparator.kind is main]
    indicators = {indicator.id: indicator for indicator in codebook.indicators}
    most = policy.talking_points.most
    to_discuss = [
        *_by_verdict(rows, indicators, UNFAVOURABLE),
        *_common(rows, indicators, policy.talking_points.common_from),
    ][:most]
    to_discuss += list(_conversation(codebook, to_discuss))[: most - len(to_discuss)]
    return Findings(
        main=main,
        strengths=tuple(_by_verdict(rows, indicators, FAVOURABLE))[:most],
        to_discuss=tuple(to_discuss),
        tallies=tuple(_tallies(rows, indicators, codebook)),
        outcomes=_outcomes(rows),
        themes=themes,
    )


def _by_verdict(rows: Sequence[Comparison], indicators: Mapping[str, Indicator], sense: Sense) -> Iterator[Point]:
    """Give the differences in one sense: clear before possible, then large and sure before small or unsure."""
    kinds = {Certainty.CLEAR: PointKind.CLEAR, Certainty.POSSIBLE: PointKind.POSSIBLE}
    found, burdens = [row for row in rows if _sense(row) is sense], _shrunken(rows, indicators)
    side = 1 if sense is UNFAVOURABLE else -1
    for certainty, kind in kinds.items():
        same = [row for row in found if _certainty(row) is certainty]
        for row in sorted(
            same, key=lambda row: (-side * burdens.get(row.indicator, 0.0), -abs(_points(row)), row.indicator)
        ):
            yield Point(kind, indicators[row.indicator].theme, row.indicator, row)


def _shrunken(rows: Sequence[Comparison], indicators: Mapping[str, Indicator]) -> dict[str, float]:
    """Give per compared subject how much more of a burden it is here, drawn to the mean of all where it is unsure.

    Size and margin are those on the page. Only the order goes by this; it is never shown.
    """
    sides = {Direction.UNFAVOURABLE: 1, Direction.FAVOURABLE: -1}
    found = [
        (row.indicator, side * row.difference.points / 100, row.difference.interval)
        for row in rows
        if isinstance(row.difference, Difference) and (side := sides.get(indicators[row.indicator].higher_is))
    ]
    if not found:
        return {}
    errors = [max((margin.upper - margin.lower) / (2 * Z95), SMALLEST_ERROR) for _, _, margin in found]
    drawn = shrink([size for _, size, _ in found], errors).differences.tolist()
    return {name: round(size, 6) for (name, _, _), size in zip(found, drawn, strict=True)}


def _common(rows: Sequence[Comparison], indicators: Mapping[str, Indicator], common_from: int) -> Iterator[Point]:
    """Give unfavourable subjects that many pupils have, whatever the region does; one per theme first."""
    found = [row for row in rows if _sense(row) is None and _burden(row, indicators) >= common_from]
    found.sort(key=lambda row: (-_burden(row, indicators), row.indicator))
    of_theme = {indicators[row.indicator].theme: row for row in reversed(found)}
    firsts = [row for row in found if of_theme[indicators[row.indicator].theme] is row]
    for row in firsts + [row for row in found if row not in firsts]:
        yield Point(PointKind.COMMON, indicators[row.indicator].theme, row.indicator, row)


def _conversation(codebook: Codebook, points: Sequence[Point]) -> Iterator[Point]:
    """Give themes that are not on the list yet, in the order of the questionnaire; those with offer first."""
    used = {point.theme for point in points}
    offered = {indicator.theme for indicator in codebook.indicators if indicator.catalogue_themes}
    for theme in sorted(codebook.themes, key=lambda theme: theme.id not in offered):
        if theme.id not in used:
            yield Point(PointKind.CONVERSATION, theme.id, None, None)


def _tallies(
    rows: Sequence[Comparison], indicators: Mapping[str, Indicator], codebook: Codebook
) -> Iterator[ThemeTally]:
    for theme in codebook.themes:
        own = [row for row in rows if indicators[row.indicator].theme == theme.id]
        if not own:
            continue
        compared = [row for row in own if isinstance(row.difference, Difference)]
        senses = [_sense(row) for row in compared if _has_label(row)]
        yield ThemeTally(
            theme=theme.id,
            favourable=senses.count(FAVOURABLE),
            no_difference=senses.count(None),
            unfavourable=senses.count(UNFAVOURABLE),
            neutral=senses.count(Sense.HIGHER) + senses.count(Sense.LOWER),
            hidden=len(own) - len(compared),
            without_label=len(compared) - len(senses),
        )


def _outcomes(rows: Sequence[Comparison]) -> dict[str, int]:
    """Count every outcome under its label; hidden and not comparable rows under their own words."""
    counts: dict[str, int] = {}
    for row in rows:
        if isinstance(row.difference, Difference):
            name = str(row.difference.verdict) if row.difference.verdict else "zonder label"
        else:
            name = "niet vergelijkbaar" if isinstance(row.difference, NotComparable) else "niet getoond"
        counts[name] = counts.get(name, 0) + 1
    return counts


def _burden(row: Comparison, indicators: Mapping[str, Indicator]) -> int:
    """Give the whole percentage of pupils in the unfavourable position; 0 where that is not shown."""
    if not isinstance(row.school, Proportion):
        return 0
    direction = indicators[row.indicator].higher_is
    if direction is Direction.NEUTRAL:
        return 0
    return row.school.percentage if direction is Direction.UNFAVOURABLE else 100 - row.school.percentage


def _sense(row: Comparison) -> Sense | None:
    return row.difference.verdict.sense if isinstance(row.difference, Difference) and row.difference.verdict else None


def _has_label(row: Comparison) -> bool:
    return isinstance(row.difference, Difference) and row.difference.verdict is not None


def _certainty(row: Comparison) -> Certainty | None:
    return (
        row.difference.verdict.certainty if isinstance(row.difference, Difference) and row.difference.verdict else None
    )


def _points(row: Comparison) -> int:
    return row.difference.points if isinstance(row.difference, Difference) else 0
