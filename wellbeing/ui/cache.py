"""What is worked out once: the only place with cache decorators.

Reference data is the same for everyone. What comes from a school lives per session, is found by our own
fingerprint of its content, and is never written to disk.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import streamlit as st

from wellbeing import pipeline
from wellbeing.intake.proposals import Proposal
from wellbeing.model.benchmark import Benchmark
from wellbeing.model.imports import UnknownColumn
from wellbeing.model.parcel import Parcel
from wellbeing.model.reference import Codebook
from wellbeing.model.report import Format, Report, Template
from wellbeing.model.results import Analysis, ComparatorKind, Course, Measurement, Package, Spread, Wishes
from wellbeing.model.stated import FiguresOnly, StatedTable, SubjectMatch
from wellbeing.model.survey import Survey
from wellbeing.reference.own import OwnCodebooks
from wellbeing.store.failures import StoreError
from wellbeing.store.places import codebook_folder, default_address
from wellbeing.ui import keeping

VISITOR = "welbevinden"  # under this name stands what a visitor chose
LOOK_AGAIN = 60  # seconds
DEMO = pipeline.DATA / "demo"
DEMO_SCHOOL, DEMO_REGION = "het-baken-2025-2026.xlsx", "regio-2024-2025.xlsx"
DEMO_REGION_NAME = "GGD Zandkust (verzonnen)"


def reference() -> pipeline.Reference:
    """Give everything from ``data/``, with what the GGD said about its own region, here or in an opened parcel."""
    parcel: Parcel | None = getattr(st.session_state.get(VISITOR), "parcel", None)
    if parcel is not None:
        return _of_parcel(fingerprint(parcel.offers, parcel.availability, parcel.content), parcel)
    return _of_region(default_address())


def forget_region() -> None:
    """Look again at what the GGD offers, after it was changed."""
    _of_region.clear()


@st.cache_resource(show_spinner="Vragenlijsten en aanbod openen …")
def _reference() -> pipeline.Reference:
    known = _standard()
    return replace(known, codebooks=(*known.codebooks, *own_codebooks().codebooks))


@st.cache_resource(show_spinner=False)
def _standard() -> pipeline.Reference:
    return pipeline.load_reference()


@st.cache_resource(show_spinner=False)
def own_codebooks() -> OwnCodebooks:
    """Read the questionnaires that users of this installation made."""
    try:
        folder = codebook_folder(default_address())
    except StoreError:
        return OwnCodebooks()
    return pipeline.own_codebooks(folder, _standard())


def forget_codebooks() -> None:
    """Look again at the questionnaires that users made, after one was saved or taken away."""
    for cached in (own_codebooks, _reference, _of_region):
        cached.clear()


@st.cache_resource(ttl=LOOK_AGAIN, show_spinner=False)
def _of_region(address: str) -> pipeline.Reference:
    """Add what the store at this address holds; colleagues may change it from another computer."""
    known, store = _reference(), keeping.kept()
    if store is None:
        return known
    try:
        known = pipeline.with_content(known, store.content())
        catalogue = known.catalogue.with_region(store.offers(), store.availability())
    except StoreError:
        return known
    return replace(known, catalogue=catalogue)


@st.cache_data(scope="session", max_entries=2, show_spinner=False)
def _of_parcel(name: str, _parcel: Parcel) -> pipeline.Reference:
    return pipeline.parcel_reference(_parcel, _reference())


def codebook(analysis: Analysis) -> Codebook:
    """Give the questionnaire of an analysis."""
    return reference().codebook(analysis.published.codebook)


def analysis(measurement: Measurement, benchmark: Benchmark | None, main: ComparatorKind) -> Analysis:
    """Work out a measurement beside its benchmark, or give what was worked out before."""
    return _analysis(fingerprint(measurement, benchmark, main), measurement, benchmark, main)


def delivered() -> pipeline.Reference:
    """Give everything from ``data/`` and the questionnaires of users, without what the GGD said about its region."""
    return _reference()


def unpacked(parcel: Parcel, main: ComparatorKind) -> Analysis:
    """Give the analysis in a parcel, or give what was unpacked before."""
    return _unpacked(fingerprint(parcel, main), parcel, main)


def file_of(kind: Format, report: Report, template: Template | None = None) -> bytes:
    """Write a report as a file, in a house style where there is one, or give what was written before."""
    house = template.content if template else b""
    return _file_of(fingerprint(kind, report, house), kind, report, template)


def parcel_file(parcels: Sequence[Parcel]) -> bytes:
    """Write the parcels of a school as a workbook, or give what was written before."""
    return _parcel_file(fingerprint(*parcels), tuple(parcels))


def packages(found: Analysis, wishes: Wishes, on: dt.date) -> tuple[Package, ...]:
    """Give the packages that fit an analysis and what people brought to the table."""
    return _packages(fingerprint(found, wishes, on, *_region()), found, wishes, on)


def packages_without_numbers(figures: FiguresOnly, wishes: Wishes, on: dt.date) -> tuple[Package, ...]:
    """Give the packages that fit figures without a number of pupils."""
    return _packages_without_numbers(fingerprint(figures, wishes, on, *_region()), figures, wishes, on)


def likely_codebooks(table: StatedTable) -> tuple[str, ...]:
    """Give all questionnaires, the one first that knows most subjects of a table of figures."""
    return _likely_codebooks(fingerprint(table), table)


def matched_rows(table: StatedTable, codebook_id: str) -> tuple[tuple[SubjectMatch, ...], ...]:
    """Give per row of a table of figures the subjects it may be about."""
    return _matched_rows(fingerprint(table, codebook_id), table, codebook_id)


def proposals(columns: tuple[UnknownColumn, ...], codebook_id: str) -> Mapping[str, Proposal]:
    """Give per heading what a column that no codebook knows may be."""
    return _proposals(fingerprint(columns, codebook_id), columns, codebook_id)


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


def _region() -> tuple[object, ...]:
    """Give what the GGD added to the catalogue, on which packages depend."""
    known = reference()
    catalogue = known.catalogue
    return (
        known.content.changes,
        tuple(row for row in catalogue.rows if row.is_own),
        sorted(catalogue.available),
        sorted(catalogue.unavailable),
    )


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


@st.cache_data(scope="session", max_entries=6, show_spinner=False)
def _unpacked(name: str, _parcel: Parcel, _main: ComparatorKind) -> Analysis:
    return pipeline.unpack_parcel(_parcel, reference(), _main)


@st.cache_data(scope="session", max_entries=8, show_spinner="Het bestand maken …")
def _file_of(name: str, _kind: Format, _report: Report, _template: Template | None) -> bytes:
    return pipeline.write_report(_report, _kind, _template)


@st.cache_data(scope="session", max_entries=2, show_spinner="Het schoolpakket maken …")
def _parcel_file(name: str, _parcels: tuple[Parcel, ...]) -> bytes:
    return pipeline.write_parcels(_parcels, reference())


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


@st.cache_data(scope="session", max_entries=8, show_spinner=False)
def _proposals(name: str, _columns: tuple[UnknownColumn, ...], _codebook: str) -> Mapping[str, Proposal]:
    return pipeline.propose_links(_columns, reference(), _codebook)


def _demo_survey(file_name: str) -> Survey:
    known = reference()
    table = pipeline.read_table((DEMO / file_name).read_bytes(), file_name, known)
    return pipeline.open_survey(table, known, pipeline.matching_codebooks(table, known)[0])


@st.cache_data(scope="session", max_entries=12, show_spinner=False)
def _together(name: str, _measurements: tuple[Measurement, ...]) -> Measurement:
    return pipeline.take_together(_measurements, reference())


@st.cache_data(scope="session", max_entries=12, show_spinner=False)
def _courses(name: str, _measurements: tuple[Measurement, ...]) -> tuple[Course, ...]:
    return pipeline.follow_years(_measurements, reference())


@st.cache_data(scope="session", max_entries=4, show_spinner=False)
def _spreads(name: str, _measurements: tuple[Measurement, ...]) -> tuple[Spread, ...]:
    return pipeline.spread(_measurements, reference())
