"""What is worked out once: the only place with cache decorators.

Reference data is the same for everyone. What comes from a school lives per session, is found by our own
fingerprint of its content, and is never written to disk.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from wellbeing import pipeline
from wellbeing.model.benchmark import Benchmark
from wellbeing.model.conversation import Conversation
from wellbeing.model.reference import Codebook
from wellbeing.model.report import Format, Report
from wellbeing.model.results import Analysis, ComparatorKind, Course, Measurement, Package, Spread, Wishes
from wellbeing.model.stated import FiguresOnly, StatedTable, SubjectMatch
from wellbeing.model.survey import Survey

DEMO = pipeline.DATA / "demo"
DEMO_SCHOOL, DEMO_REGION = "het-baken-2025-2026.xlsx", "regio-2024-2025.xlsx"
DEMO_REGION_NAME = "GGD Zandkust (verzonnen)"


@st.cache_resource(show_spinner="Vragenlijsten en aanbod openen …")
def reference() -> pipeline.Reference:
    """Read ``data/`` once."""
    return pipeline.load_reference()


def codebook(analysis: Analysis) -> Codebook:
    """Give the questionnaire of an analysis."""
    return reference().codebook(analysis.published.codebook)


def analysis(measurement: Measurement, benchmark: Benchmark | None, main: ComparatorKind) -> Analysis:
    """Work out a measurement beside its benchmark, or give what was worked out before."""
    return _analysis(fingerprint(measurement, benchmark, main), measurement, benchmark, main)


def packages(found: Analysis, wishes: Wishes, on: dt.date) -> tuple[Package, ...]:
    """Give the packages that fit an analysis and what people brought to the table."""
    return _packages(fingerprint(found, wishes, on), found, wishes, on)


def packages_without_numbers(figures: FiguresOnly, wishes: Wishes, on: dt.date) -> tuple[Package, ...]:
    """Give the packages that fit figures without a number of pupils."""
    return _packages_without_numbers(fingerprint(figures, wishes, on), figures, wishes, on)


def likely_codebooks(table: StatedTable) -> tuple[str, ...]:
    """Give all questionnaires, the one first that knows most subjects of a table of figures."""
    return _likely_codebooks(fingerprint(table), table)


def matched_rows(table: StatedTable, codebook_id: str) -> tuple[tuple[SubjectMatch, ...], ...]:
    """Give per row of a table of figures the subjects it may be about."""
    return _matched_rows(fingerprint(table, codebook_id), table, codebook_id)


def preparation(
    found: Analysis, record: Conversation, offer: tuple[Package, ...], earlier: Sequence[Conversation], on: dt.date
) -> bytes:
    """Give the A4 for a conversation as a PDF."""
    report = pipeline.compose_preparation(_meeting(found, record, offer, earlier), on)
    return _written_report(fingerprint(report), report, Format.PDF)


def minutes(
    found: Analysis, record: Conversation, offer: tuple[Package, ...], earlier: Sequence[Conversation], on: dt.date
) -> bytes:
    """Give the minutes of a conversation as a Word document."""
    report = pipeline.compose_minutes(_meeting(found, record, offer, earlier), on)
    return _written_report(fingerprint(report), report, Format.DOCUMENT)


def _meeting(
    found: Analysis, record: Conversation, offer: tuple[Package, ...], earlier: Sequence[Conversation]
) -> pipeline.Meeting:
    return pipeline.Meeting(found, record, offer, tuple(earlier), codebook(found), reference().catalogue)


def together(measurements: tuple[Measurement, ...]) -> Measurement:
    """Take measurements of one school together.

    Raises:
        CannotPoolError: if they do not belong together, in Dutch.
    """
    return _together(fingerprint(measurements), measurements)


def courses(measurements: tuple[Measurement, ...]) -> tuple[Course, ...]:
    """Follow the subjects of one school over its measurements."""
    return _courses(fingerprint(measurements), measurements)


def spreads(measurements: tuple[Measurement, ...]) -> tuple[Spread, ...]:
    """Lay schools of one year and population beside each other."""
    return _spreads(fingerprint(measurements), measurements)


@dataclass(frozen=True, slots=True)
class Demo:
    """A fictitious school, its fictitious region of the year before, and what is made of that."""

    school: tuple[Measurement, ...]
    region: tuple[Measurement, ...]
    benchmark: Benchmark


@st.cache_resource(show_spinner="De demo openen …")
def demo() -> Demo:
    """Read the demo the way a user's files are read; everything in it is invented, so everyone may share it."""
    region, school = _demo_survey(DEMO_REGION), _demo_survey(DEMO_SCHOOL)
    year = next(iter(region.report.years))
    benchmark = pipeline.build_benchmark(region, year, DEMO_REGION_NAME)
    return Demo(pipeline.measure(school), pipeline.measure(region), benchmark)


def fingerprint(*parts: object) -> str:
    """Give a name to content: equal content, equal name. Sets are put in order first."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(part if isinstance(part, bytes) else _written(part).encode())
        digest.update(b"\0")
    return digest.hexdigest()


def _written(part: object) -> str:
    if isinstance(part, Wishes):
        sets = (part.needs, part.signals, part.focus, part.already_done)
        return repr(([sorted(items) for items in sets], part.matrix_filled))
    return repr(part)


@st.cache_data(scope="session", max_entries=12, show_spinner=False)
def _analysis(name: str, _measurement: Measurement, _benchmark: Benchmark | None, _main: ComparatorKind) -> Analysis:
    return pipeline.analyse(_measurement, _benchmark, reference(), main=_main)


@st.cache_data(scope="session", max_entries=12, show_spinner=False)
def _packages(name: str, _found: Analysis, _wishes: Wishes, _on: dt.date) -> tuple[Package, ...]:
    return pipeline.advise(_found, _wishes, reference(), _on)


@st.cache_data(scope="session", max_entries=4, show_spinner=False)
def _packages_without_numbers(name: str, _figures: FiguresOnly, _wishes: Wishes, _on: dt.date) -> tuple[Package, ...]:
    return pipeline.advise_without_numbers(_figures, _wishes, reference(), _on)


@st.cache_data(scope="session", max_entries=4, show_spinner=False)
def _likely_codebooks(name: str, _table: StatedTable) -> tuple[str, ...]:
    return pipeline.likely_codebooks(_table, reference())


@st.cache_data(scope="session", max_entries=8, show_spinner=False)
def _matched_rows(name: str, _table: StatedTable, _codebook: str) -> tuple[tuple[SubjectMatch, ...], ...]:
    return pipeline.match_rows(_table, reference(), _codebook)


def _demo_survey(file_name: str) -> Survey:
    known = reference()
    table = pipeline.read_table((DEMO / file_name).read_bytes(), file_name, known)
    return pipeline.open_survey(table, known, pipeline.matching_codebooks(table, known)[0])


@st.cache_data(scope="session", max_entries=4, show_spinner="Het document maken …")
def _written_report(name: str, _report: Report, _format: Format) -> bytes:
    return pipeline.write_report(_report, _format)


@st.cache_data(scope="session", max_entries=12, show_spinner=False)
def _together(name: str, _measurements: tuple[Measurement, ...]) -> Measurement:
    return pipeline.take_together(_measurements, reference())


@st.cache_data(scope="session", max_entries=12, show_spinner=False)
def _courses(name: str, _measurements: tuple[Measurement, ...]) -> tuple[Course, ...]:
    return pipeline.follow_years(_measurements, reference())


@st.cache_data(scope="session", max_entries=4, show_spinner=False)
def _spreads(name: str, _measurements: tuple[Measurement, ...]) -> tuple[Spread, ...]:
    return pipeline.spread(_measurements, reference())
