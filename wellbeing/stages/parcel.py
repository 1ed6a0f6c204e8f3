"""An analysis as people read it, packed for a school and unpacked again.

Packing leaves everything behind that is not shown: numbers of cases, p-values, decimals. What is
unpacked reads the same to the last digit, and knows no more than a reader does.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from wellbeing.model import parcel as made
from wellbeing.model.content import RowChange
from wellbeing.model.conversation import Agreement, OwnOffer
from wellbeing.model.parcel import Parcel
from wellbeing.model.reference import Codebook, Direction, IndicatorId, Sensitivity
from wellbeing.model.results import (
    Analysis,
    AnswerShare,
    BenchmarkFigure,
    ComparatorKind,
    Comparison,
    Count,
    Detectable,
    Difference,
    Dimension,
    Findings,
    Group,
    Interval,
    NotComparable,
    Point,
    Proportion,
    Published,
    PublishedAnswers,
    PublishedGroup,
    PublishedMeasurement,
    Suppressed,
    ThemeFinding,
    Verdict,
    WeightedShare,
    Wishes,
    whole_percentage,
)
from wellbeing.presentation import formats
from wellbeing.presentation.figures import to_five

UNKNOWN = 1.0  # a p-value that tells nothing
ANYWHERE = Interval(0.0, 1.0)  # the margin of a comparator, which is not shown


@dataclass(frozen=True, slots=True)
class Packing:
    """What goes with the figures: when it was packed, with which program, and what people decided."""

    on: dt.date
    version: str
    wishes: Wishes = field(default_factory=Wishes)
    agreements: tuple[Agreement, ...] = ()
    offers: tuple[OwnOffer, ...] = ()
    availability: Mapping[str, bool] = field(default_factory=dict)
    content: tuple[RowChange, ...] = ()
    is_pooled: bool = False
    is_stated: bool = False


# --------------------------------------------------------------------------- packing


def pack(analysis: Analysis, others: Sequence[Findings], codebook: Codebook, packing: Packing) -> Parcel:
    """Pack an analysis; ``others`` are the findings beside other comparisons than its own."""
    shown = analysis.published
    groups = [item.group for item in shown.groups]
    comparators = list(dict.fromkeys(item.comparator for item in analysis.comparisons))
    labels = {item.id: item for item in codebook.indicators}
    return Parcel(
        about=_about(analysis, packing),
        versions=tuple((ident, labels[ident].version) for ident in shown.total.figures),
        groups=tuple(groups),
        comparators=tuple(comparators),
        figures=tuple(
            made.Figure(at, ident, _share(figure, item.group))
            for at, item in enumerate(shown.groups)
            for ident, figure in item.figures.items()
        ),
        rows=tuple(
            made.Row(
                groups.index(item.group),
                item.indicator,
                comparators.index(item.comparator),
                _beside(item, labels[item.indicator].sensitivity),
                _gap(item.difference),
            )
            for item in analysis.comparisons
        ),
        findings=tuple(_standing_out(item, analysis) for item in (analysis.findings, *others)),
        answers=tuple(_answered(item) for item in analysis.answers),
        agreements=packing.agreements,
        offers=packing.offers,
        availability=tuple(sorted(packing.availability.items())),
        content=packing.content,
    )


def _about(analysis: Analysis, packing: Packing) -> made.About:
    shown, least, wishes = analysis.published, analysis.detectable, packing.wishes
    pupils = shown.respondents
    return made.About(
        made_on=packing.on,
        version=packing.version,
        school=shown.school,
        year=shown.year,
        bouw=shown.bouw,
        codebook=shown.codebook,
        pupils=made.Hidden(pupils.reason) if isinstance(pupils, Suppressed) else pupils,
        could_have_answered=None if isinstance(pupils, Suppressed) else shown.could_have_answered,
        levels=shown.levels,
        detectable=(least.possible, least.clear) if least else None,
        is_pooled=packing.is_pooled,
        is_stated=packing.is_stated,
        needs=tuple(sorted(wishes.needs)),
        signals=tuple(sorted(wishes.signals)),
        focus=tuple(sorted(wishes.focus)),
        already_done=tuple(sorted(wishes.already_done)),
        matrix_filled=wishes.matrix_filled,
    )


def _share(figure: Published, group: Group) -> made.Share | made.Hidden:
    if isinstance(figure, Suppressed):
        return made.Hidden(figure.reason)
    pupils = figure.count.total if group.dimension is Dimension.TOTAL else to_five(figure.count.total)
    lower, upper = _whole(figure.interval)
    return made.Share(figure.percentage, lower, upper, pupils, figure.weighted is not None)


def _beside(item: Comparison, sensitivity: Sensitivity) -> made.Beside | made.Hidden | made.NotCompared:
    """Give what stands beside a figure; beside a hidden one no number, as on every page."""
    match item.benchmark:
        case NotComparable(reason):
            return made.NotCompared(reason)
        case Suppressed(hidden):
            return made.Hidden(hidden)
        case BenchmarkFigure() as figure:
            if isinstance(item.school, Suppressed) and sensitivity is not Sensitivity.REGION_ONLY:
                return made.Hidden(item.school.reason)
            return made.Beside(figure.percentage, figure.total)


def _gap(difference: Difference | Suppressed | NotComparable) -> made.Gap | made.Hidden | made.NotCompared:
    match difference:
        case NotComparable(reason):
            return made.NotCompared(reason)
        case Suppressed(hidden):
            return made.Hidden(hidden)
        case Difference():
            return made.Gap(difference.points, *_whole(difference.interval), _label(difference.verdict))


def _label(verdict: Verdict | None) -> made.Label | None:
    return made.Label(verdict.certainty, verdict.sense) if verdict else None


def _whole(interval: Interval) -> tuple[int, int]:
    return formats.whole(interval.lower * 100), formats.whole(interval.upper * 100)


def _standing_out(found: Findings, analysis: Analysis) -> made.StandingOut:
    places = {
        (item.indicator, item.comparator): at
        for at, item in enumerate(analysis.comparisons)
        if item.group.dimension is Dimension.TOTAL
    }

    def talk(point: Point) -> made.Talk:
        row = point.comparison
        return made.Talk(point.kind, point.theme, places[row.indicator, row.comparator] if row else None)

    return made.StandingOut(
        main=found.main,
        strengths=tuple(map(talk, found.strengths)),
        to_discuss=tuple(map(talk, found.to_discuss)),
        tallies=found.tallies,
        outcomes=tuple(found.outcomes.items()),
        themes=tuple(
            made.ThemeAsWhole(item.theme, item.subjects, item.points, _label(item.verdict)) for item in found.themes
        ),
    )


def _answered(item: PublishedAnswers) -> made.Answered:
    shares = item.shares
    given = (
        made.Hidden(shares.reason)
        if isinstance(shares, Suppressed)
        else tuple((share.labels, share.percentage) for share in shares)
    )
    return made.Answered(item.question, item.text, item.theme, item.total, given)


# --------------------------------------------------------------------------- unpacking


class WrongParcelError(ValueError):
    """A parcel does not hold together."""


def unpack(parcel: Parcel, directions: Mapping[IndicatorId, Direction], main: ComparatorKind | None = None) -> Analysis:
    """Give the analysis in a parcel, beside the ``main`` comparison where it has that.

    Raises:
        WrongParcelError: if its parts do not belong together.
    """
    about = parcel.about
    published = PublishedMeasurement(
        school=about.school,
        year=about.year,
        bouw=about.bouw,
        codebook=about.codebook,
        respondents=Suppressed(about.pupils.hidden) if isinstance(about.pupils, made.Hidden) else about.pupils,
        could_have_answered=about.could_have_answered,
        groups=_groups(parcel),
        levels=about.levels,
    )
    try:
        comparisons = tuple(_comparison(row, parcel, published) for row in parcel.rows)
        found = next((item for item in parcel.findings if item.main is main), parcel.findings[0])
        findings = _findings(found, comparisons)
    except (KeyError, IndexError):
        raise WrongParcelError(about.codebook) from None
    return Analysis(
        published=published,
        comparisons=comparisons,
        findings=findings,
        detectable=Detectable(*about.detectable) if about.detectable else None,
        directions=directions,
        answers=tuple(map(_answers, parcel.answers)),
    )


def wishes(parcel: Parcel) -> Wishes:
    """Give what people brought to the table."""
    about = parcel.about
    return Wishes(
        needs=frozenset(about.needs),
        signals=frozenset(about.signals),
        focus=frozenset(about.focus),
        already_done=frozenset(about.already_done),
        matrix_filled=about.matrix_filled,
    )


def _groups(parcel: Parcel) -> tuple[PublishedGroup, ...]:
    if not parcel.groups or parcel.groups[0].dimension is not Dimension.TOTAL:
        raise WrongParcelError(parcel.about.codebook)
    figures: list[dict[IndicatorId, Published]] = [{} for _ in parcel.groups]
    for figure in parcel.figures:
        if figure.group >= len(figures) or figure.indicator in figures[figure.group]:
            raise WrongParcelError(figure.indicator)
        group = parcel.groups[figure.group]
        figures[figure.group][IndicatorId(figure.indicator)] = _published(figure.school, group)
    return tuple(PublishedGroup(group, own) for group, own in zip(parcel.groups, figures, strict=True))


def _published(share: made.Share | made.Hidden, group: Group) -> Published:
    if isinstance(share, made.Hidden):
        return Suppressed(share.hidden)
    weighted = WeightedShare(share.percentage / 100, float(share.pupils)) if share.weighted else None
    return Proportion(_count(share, group), _interval(share.lower, share.upper), weighted)


def _count(share: made.Share, group: Group) -> Count:
    """Give a count that reads as the percentage, from what is read alone: it is not the true one.

    Of a group the number of pupils is known to five, and only some numbers can give the percentage.

    Raises:
        WrongParcelError: if no number of pupils gives this percentage.
    """
    steps = (0,) if group.dimension is Dimension.TOTAL or share.weighted else (0, -1, 1, -2, 2)
    for pupils in (share.pupils + step for step in steps):
        cases = (2 * share.percentage * pupils + 100) // 200
        if pupils > 0 and (share.weighted or whole_percentage(cases, pupils) == share.percentage):
            return Count(cases, pupils)
    raise WrongParcelError(share.percentage)


def _interval(lower: int, upper: int) -> Interval:
    return Interval(lower / 100, upper / 100)


def _comparison(row: made.Row, parcel: Parcel, published: PublishedMeasurement) -> Comparison:
    group, ident = published.groups[row.group], IndicatorId(row.indicator)
    return Comparison(
        indicator=ident,
        group=group.group,
        comparator=parcel.comparators[row.comparator],
        school=group.figures[ident],
        benchmark=_benchmark(row.beside),
        difference=_difference(row.gap),
    )


def _benchmark(beside: made.Beside | made.Hidden | made.NotCompared) -> BenchmarkFigure | Suppressed | NotComparable:
    match beside:
        case made.Beside():
            return BenchmarkFigure(beside.percentage / 100, beside.pupils, ANYWHERE, None)
        case made.Hidden():
            return Suppressed(beside.hidden)
        case made.NotCompared():
            return NotComparable(beside.why)


def _difference(gap: made.Gap | made.Hidden | made.NotCompared) -> Difference | Suppressed | NotComparable:
    match gap:
        case made.Gap():
            return Difference(gap.points, _interval(gap.lower, gap.upper), UNKNOWN, UNKNOWN, _verdict(gap.label))
        case made.Hidden():
            return Suppressed(gap.hidden)
        case made.NotCompared():
            return NotComparable(gap.why)


def _verdict(label: made.Label | None) -> Verdict | None:
    return Verdict(label.certainty, label.sense) if label else None


def _findings(found: made.StandingOut, comparisons: Sequence[Comparison]) -> Findings:
    def point(talk: made.Talk) -> Point:
        row = comparisons[talk.row] if talk.row is not None else None
        return Point(talk.kind, talk.theme, row.indicator if row else None, row)

    return Findings(
        main=found.main,
        strengths=tuple(map(point, found.strengths)),
        to_discuss=tuple(map(point, found.to_discuss)),
        tallies=found.tallies,
        outcomes=dict(found.outcomes),
        themes=tuple(
            ThemeFinding(item.theme, item.subjects, item.points, UNKNOWN, UNKNOWN, _verdict(item.label))
            for item in found.themes
        ),
    )


def _answers(item: made.Answered) -> PublishedAnswers:
    shares = item.shares
    shown = (
        Suppressed(shares.hidden)
        if isinstance(shares, made.Hidden)
        else tuple(AnswerShare(labels, percentage) for labels, percentage in shares)
    )
    return PublishedAnswers(item.question, item.text, item.theme, item.pupils, shown)
