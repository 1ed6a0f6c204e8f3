"""Every surface tells what the audited figures file tells, and nothing more.

A school gets a twin: other counts behind what is hidden and behind each whole percentage, and the same
figures file and distributions. Whoever attacked the file (``tests/test_audit.py``) has then attacked
every surface that is the same for both: pages with what pops up in them, the data of charts, reports in
all formats, the parcel, the minutes, the years and the schools side by side.
"""

from __future__ import annotations

import datetime as dt
import random
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.conftest import ROOT
from tests.test_audit import BOUWEN, reference
from tests.test_audit import survey as read_survey
from wellbeing import pipeline
from wellbeing.export.tables import figure_row, suggestion_rows, trend_rows
from wellbeing.model.benchmark import Benchmark
from wellbeing.model.conversation import Attendee, Conversation, DiscussionPoint
from wellbeing.model.reference import IndicatorId
from wellbeing.model.report import Edition, Report, Variant
from wellbeing.model.results import (
    Count,
    Measurement,
    PointKind,
    Wishes,
)
from wellbeing.model.survey import Survey
from wellbeing.pipeline import Meeting, Packing
from wellbeing.reference.codebooks import rule_questions
from wellbeing.stages import protect
from wellbeing.stages.score import score_indicators
from wellbeing.ui.session import KEY, State

DAY = dt.date(2026, 3, 9)
SCHOOL = "het-baken-2025-2026"
DRAWN = re.compile(r'deferred_file_id: "\w+"|-[0-9a-f]{8}(?=\.\w+")')  # addresses that are drawn anew each time
PAGES = ("profile", "compare", "breakdowns", "suggestions", "method", "reports", "schools")


@cache
def survey(name: str) -> Survey:
    return read_survey(name)


@cache
def measured(name: str) -> tuple[Measurement, ...]:
    """Give the bovenbouw of every school in a file of the demo."""
    return pipeline.measure(survey(name), BOUWEN[:1])


# --------------------------------------------------------------------------- a school and its twin


def twin_of(one: Survey, region: Benchmark, chance: random.Random, rounds: int = 25) -> Survey:
    """Let pupils answer otherwise, question by question, as far as the figures file and the distributions stay.

    In each round one pupil per question gets the answer of another one; what shows is undone.
    """
    shown, twin = shown_of(one, region), one
    for _ in range(rounds):
        asked = _questions(twin)
        tried = _answered(twin, {name: chance.sample(range(len(twin.scores.frame)), 2) for name in asked})
        differ = {name for _, name in shown ^ shown_of(tried, region)}
        twin = _with(twin, tried, [name for name, told in asked.items() if not told & differ])
    assert shown == shown_of(twin, region)
    return twin


def shown_of(one: Survey, region: Benchmark) -> set[tuple[str, str]]:
    """Give every figure of the figures file, every distribution and every number of pupils, with what it is about."""
    (measurement,) = pipeline.measure(one, BOUWEN[:1])
    analysis, book = pipeline.analyse(measurement, region, reference()), reference().codebook(measurement.codebook)
    rows = [figure_row(item, book, measurement.school) for item in analysis.comparisons]
    figures = {(f"{row['group_by']} {row['group']} {row.get('percentage', '')}", str(row["indicator"])) for row in rows}
    pupils = {
        (f"{counts.group.label} {count.total} pupils", str(ident))
        for counts in measurement.groups
        for ident, count in counts.figures.items()
    }
    return figures | pupils | {(repr(item), item.question) for item in analysis.answers}


def _questions(one: Survey) -> dict[str, set[str]]:
    """Give per question that was answered the subjects that are read from it or go together with these."""
    assert one.answers is not None
    found: dict[str, set[str]] = {name.id: {name.id} for name in one.answers.codebook.questions}
    for item in one.answers.codebook.indicators:
        for name in (name for rule in item.rules for name in rule_questions(rule)):
            found[name].add(item.id)
    return {name: found[name] for name in found if name in one.answers.frame}


def _answered(one: Survey, pairs: Mapping[str, Sequence[int]]) -> Survey:
    assert one.answers is not None
    frame = one.answers.frame.copy()
    for name, (at, other) in pairs.items():
        frame.iloc[at, frame.columns.get_loc(name)] = frame[name].iloc[other]
    return _scored(one, frame)


def _with(one: Survey, tried: Survey, names: Sequence[str]) -> Survey:
    assert one.answers is not None
    assert tried.answers is not None
    return _scored(one, one.answers.frame.assign(**{name: tried.answers.frame[name] for name in names}))


def _scored(one: Survey, frame: pd.DataFrame) -> Survey:
    assert one.answers is not None
    answers = replace(one.answers, frame=frame)
    return replace(one, answers=answers, scores=score_indicators(answers, reference().policy.upper_from))


@pytest.fixture(scope="module")
def benchmark() -> Benchmark:
    return pipeline.build_benchmark(survey("regio-2024-2025"), "2024-2025", "Zandkust")


@pytest.fixture(scope="module")
def same_year() -> Benchmark:
    return pipeline.build_benchmark(survey("regio-2025-2026"), "2025-2026", "Zandkust")


@pytest.fixture(scope="module")
def pair(benchmark: Benchmark) -> tuple[Measurement, Measurement]:
    one, twin = survey(SCHOOL), twin_of(survey(SCHOOL), benchmark, random.Random(1))
    (first,), (second,) = (pipeline.measure(item, BOUWEN[:1]) for item in (one, twin))
    return first, second


def test_the_twin_is_another_school(pair: tuple[Measurement, Measurement]) -> None:
    one, twin = pair
    different = [ident for ident in one.total.figures if _counts(one, ident) != _counts(twin, ident)]
    assert len(different) >= 8
    wholes = [ident for ident in different if one.total.figures[ident] != twin.total.figures[ident]]
    assert len(wholes) >= 4


def _counts(measurement: Measurement, ident: IndicatorId) -> list[Count]:
    return [counts.figures[ident] for counts in measurement.groups]


# --------------------------------------------------------------------------- files


def reports(measurement: Measurement, region: Benchmark) -> list[Report | None]:
    """Give what every format is written from, of every edition."""
    analysis = pipeline.analyse(measurement, region, reference())
    packages = pipeline.advise(analysis, Wishes(), reference(), DAY)
    editions = [Edition(variant, agreements=("Toetsen spreiden",)) for variant in (Variant.FULL, Variant.ONE_PAGER)]
    made = [pipeline.compose_report(analysis, packages, reference(), DAY, edition) for edition in editions]
    return [*made, pipeline.compose_shared(analysis, ("Wij zijn een school.",), reference(), DAY)]


def minutes(measurement: Measurement, region: Benchmark, before: Measurement) -> list[Report]:
    """Give the A4 and the minutes of a conversation about every subject, beside an earlier year."""
    analysis, book = pipeline.analyse(measurement, region, reference()), reference().codebook(measurement.codebook)
    points = tuple(
        DiscussionPoint(PointKind.CLEAR, book.indicator(ident).theme, ident, measurement.bouw)
        for ident in measurement.total.figures
    )
    record = Conversation(measurement.school, measurement.year, present=frozenset({Attendee.NURSE}), points=points)
    courses = {measurement.bouw: pipeline.follow_years([before, measurement], reference())}
    packages = pipeline.advise(analysis, Wishes(), reference(), DAY)
    meeting = Meeting(analysis, record, packages, None, book, reference().catalogue, (), courses)
    return [pipeline.compose_preparation(meeting, DAY), pipeline.compose_minutes(meeting, DAY)]


def suggestions(measurement: Measurement, region: Benchmark) -> list[object]:
    packages = pipeline.advise(pipeline.analyse(measurement, region, reference()), Wishes(), reference(), DAY)
    return list(suggestion_rows(packages, reference().catalogue))


def parcel(measurement: Measurement, region: Benchmark) -> object:
    analysis = pipeline.analyse(measurement, region, reference())
    return pipeline.pack_parcel([analysis], Packing(DAY, "1"), reference())


@pytest.mark.parametrize("surface", [reports, suggestions, parcel], ids=lambda surface: surface.__name__)
@pytest.mark.parametrize("region", ["benchmark", "same_year"])
def test_a_file_is_the_same_for_both(
    surface: Callable[[Measurement, Benchmark], object],
    region: str,
    pair: tuple[Measurement, Measurement],
    request: pytest.FixtureRequest,
) -> None:
    """Also beside the region of the same year, from which the school itself is taken out."""
    one, twin = pair
    beside: Benchmark = request.getfixturevalue(region)
    assert surface(one, beside) == surface(twin, beside)


def earlier(one: Measurement) -> Measurement:
    return next(item for item in measured("regio-2024-2025") if item.school == one.school)


def test_the_minutes_and_the_years_are_the_same_for_both(
    pair: tuple[Measurement, Measurement], benchmark: Benchmark
) -> None:
    one, twin = pair
    before, book = earlier(one), reference().codebook(one.codebook)
    assert minutes(one, benchmark, before) == minutes(twin, benchmark, before)
    years = [list(trend_rows(pipeline.follow_years([before, item], reference()), book)) for item in pair]
    assert years[0] == years[1]


def test_the_schools_side_by_side_are_the_same_for_both(pair: tuple[Measurement, Measurement]) -> None:
    others = [item for item in measured("regio-2025-2026") if item.school != pair[0].school]
    one, twin = ([item, *others] for item in pair)
    assert len(pipeline.spread(one, reference())) > 20
    assert pipeline.spread(one, reference()) == pipeline.spread(twin, reference())


# --------------------------------------------------------------------------- the screen


def everything_on(page: str, measurement: Measurement, region: Benchmark, others: tuple[Measurement, ...]) -> list[str]:
    """Give all that a page sends to the browser: texts, what pops up, drawings and the data of charts."""
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=90)
    app.session_state[KEY] = State(
        measurements=(measurement,), history=(earlier(measurement),), benchmark=region, region=(measurement, *others)
    )
    app.run()
    app.switch_page(f"pages/{page}.py").run()
    assert not app.exception
    return [DRAWN.sub("", repr(node.proto)) for node in _nodes(app._tree) if hasattr(node, "proto")]


def _nodes(block: object) -> Iterator[object]:
    for child in getattr(block, "children", {}).values():
        yield child
        yield from _nodes(child)


@pytest.mark.parametrize("page", PAGES)
def test_a_page_is_the_same_for_both(page: str, pair: tuple[Measurement, Measurement], benchmark: Benchmark) -> None:
    others = tuple(item for item in measured("regio-2025-2026") if item.school != pair[0].school)
    one, twin = (everything_on(page, item, benchmark, others) for item in pair)
    assert len(one) > 5
    assert one == twin


def test_a_surface_that_follows_a_count_is_noticed(
    pair: tuple[Measurement, Measurement], benchmark: Benchmark, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Were the margin of a figure worked out from its exact count, the report would differ."""
    exact = protect._proportions
    monkeypatch.setattr(
        protect, "_proportions", lambda counts, idents, *, rounded: exact(counts, idents, rounded=False)
    )
    one, twin = (reports(item, benchmark) for item in pair)
    assert one != twin
