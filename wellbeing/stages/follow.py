"""The same school over the years: change since last time, and a direction after three measurements."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from wellbeing.estimation.differences import benjamini_hochberg, difference_interval, nearest_cases, two_sample_p
from wellbeing.estimation.trends import cochran_armitage
from wellbeing.estimation.verdicts import label, sense
from wellbeing.model.reference import Codebook, IndicatorId, Policy
from wellbeing.model.results import (
    Certainty,
    Change,
    Course,
    Interval,
    LongRun,
    NotComparable,
    Proportion,
    Published,
    PublishedMeasurement,
    Verdict,
    YearFigure,
)

FIRST_TIME = NotComparable("Dit is de eerste meting van dit onderwerp.")
OTHER_QUESTION = NotComparable("De vraag is veranderd; de lijn begint opnieuw.")
HIDDEN = NotComparable("Een van de twee cijfers laten we niet zien.")


def follow(measurements: Sequence[tuple[PublishedMeasurement, Codebook]], policy: Policy) -> tuple[Course, ...]:
    """Follow every subject of a school over its measurements, oldest first.

    The change is that between the last two measurements with the same question; the p-values are
    one family, corrected for the many subjects. From three measurements with the same question
    there is a direction too, a family of its own. Other pupils answered each time, so a change says
    nothing about any pupil.
    """
    ordered = sorted(measurements, key=lambda item: item[0].year)
    names = dict.fromkeys(ident for published, _ in ordered for ident in published.total.figures)
    courses = [_course(ident, ordered) for ident in names]
    return tuple(_with_directions(_with_labels(courses, policy), policy))


def _course(ident: IndicatorId, ordered: Sequence[tuple[PublishedMeasurement, Codebook]]) -> Course:
    figures = tuple(_figures(ident, ordered))
    codebook = next(codebook for published, codebook in reversed(ordered) if ident in published.total.figures)
    indicator = codebook.indicator(ident)
    return Course(ident, indicator.theme, indicator.higher_is, figures, _change(figures), None)


def _figures(ident: IndicatorId, ordered: Sequence[tuple[PublishedMeasurement, Codebook]]) -> Iterator[YearFigure]:
    version = ""
    for published, codebook in ordered:
        if ident not in published.total.figures:
            continue
        asked = f"{codebook.instrument}: {codebook.indicator(ident).version}"
        yield YearFigure(published.year, published.total.figures[ident], broken=bool(version) and asked != version)
        version = asked


def _change(figures: Sequence[YearFigure]) -> Change | NotComparable:
    if len(figures) < 2:
        return FIRST_TIME
    before, now = figures[-2], figures[-1]
    if now.broken:
        return OTHER_QUESTION
    if not isinstance(before.figure, Proportion) or not isinstance(now.figure, Proportion):
        return HIDDEN
    lower, upper = difference_interval(
        now.figure.percentage / 100, _limits(now.figure), before.figure.percentage / 100, _limits(before.figure)
    )
    points = now.figure.percentage - before.figure.percentage
    p_value = _p_value(before.figure, now.figure) if points else 1.0
    return Change(before.year, points, Interval(float(lower), float(upper)), p_value, p_value, None)


def _p_value(before: Proportion, now: Proportion) -> float:
    """Test the two counts that lie closest together among those that print as these percentages."""
    rose = now.percentage > before.percentage
    return float(
        two_sample_p(
            _nearest(now, 0.0 if rose else 1.0),
            now.precision,
            _nearest(before, 1.0 if rose else 0.0),
            before.precision,
        )
    )


def _nearest(figure: Proportion, share: float) -> float:
    cases = figure.share * figure.precision
    return float(nearest_cases(cases, figure.precision, share, whole=figure.weighted is None))


def _limits(figure: Proportion) -> tuple[float, float]:
    return figure.interval.lower, figure.interval.upper


def _with_labels(courses: Sequence[Course], policy: Policy) -> list[Course]:
    changed = [course.change for course in courses if isinstance(course.change, Change)]
    adjusted = iter(benjamini_hochberg([change.p_value for change in changed]).tolist())
    labelled = []
    for course in courses:
        if not isinstance(course.change, Change):
            labelled.append(course)
            continue
        q = next(adjusted)
        before = course.figures[-2].figure
        assert isinstance(before, Proportion)
        change = course.change
        verdict = label(change.points, before.percentage, (change.p_value, q), course.higher_is, policy.verdict)
        labelled.append(replace(course, change=replace(change, p_adjusted=q, verdict=verdict)))
    return labelled


# --------------------------------------------------------------------------- three measurements and more


def _with_directions(courses: Iterable[Course], policy: Policy) -> Iterator[Course]:
    courses = list(courses)
    runs = {course.indicator: _long_run(course) for course in courses}
    tested = {ident: run for ident, run in runs.items() if run is not None}
    adjusted = benjamini_hochberg([run.p_value for run in tested.values()]).tolist()
    final: Mapping[IndicatorId, LongRun] = {
        ident: replace(run, p_adjusted=q) for (ident, run), q in zip(tested.items(), adjusted, strict=True)
    }
    for course in courses:
        run = final.get(course.indicator)
        yield course if run is None else replace(course, long_run=_judged(run, course, policy))


def _long_run(course: Course) -> LongRun | None:
    """Test the direction over the last stretch of years with the same question and shown figures, as printed."""
    stretch: list[tuple[str, Published]] = []
    for figure in course.figures:
        if figure.broken:
            stretch = []
        stretch.append((figure.year, figure.figure))
    shown = [
        (int(year[:4]), figure) for year, figure in stretch if isinstance(figure, Proportion) and year[:4].isdigit()
    ]
    if len(shown) < 3:
        return None
    trend = cochran_armitage(
        [year for year, _ in shown],
        [figure.percentage / 100 * figure.precision for _, figure in shown],
        [figure.precision for _, figure in shown],
    )
    return LongRun(len(shown), round(100 * trend.slope, 1), trend.p_value, trend.p_value, None)


def _judged(run: LongRun, course: Course, policy: Policy) -> LongRun:
    sure = run.p_adjusted <= policy.verdict.false_discovery_rate
    if not sure or run.points_per_year == 0:
        return replace(run, verdict=Verdict(Certainty.NONE, None))
    return replace(run, verdict=Verdict(Certainty.CLEAR, sense(run.points_per_year, course.higher_is)))
