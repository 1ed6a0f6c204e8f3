"""A report of the demo school, from file to bytes, and one of a school with figures that must stay hidden."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from tests.builders import DATA, TOTAL, benchmark, cell, codebook, havo, indicator, measurement, place, question
from wellbeing import pipeline
from wellbeing.model.reference import Bouw, Sensitivity
from wellbeing.model.report import Edition, Format, Report, Variant
from wellbeing.model.results import Analysis, ComparatorKind, Package, Wishes

DAY = dt.date(2026, 3, 9)
KINDS = tuple(Format)

# No number of a hidden figure occurs in another figure, so that finding it anywhere is finding it out.
HIDDEN = {"zeven": (7919, 7922), "geheim": (4217, 7703)}
SHOWN = {"open": (3301, 7999), "ook_open": (2207, 7603)}
LEVEL = {"open": (1301, 1302), "ook_open": (401, 1307), "zeven": (1311, 1313), "geheim": (511, 1317)}
SECRETS = ("7919", "7922", "4217", "7703", "7.919", "7.922", "4.217", "7.703", "1301", "1302", "1.302", "1311", "1313")


@dataclass(frozen=True)
class Made:
    """A report, what it was made of, and its files."""

    analysis: Analysis
    packages: tuple[Package, ...]
    report: Report
    short: Report
    files: dict[Format, bytes]
    short_files: dict[Format, bytes]
    shared_files: dict[Format, bytes]


def made(analysis: Analysis, reference: pipeline.Reference) -> Made:
    packages = pipeline.advise(analysis, Wishes(), reference, DAY)
    report, short = (
        pipeline.compose_report(analysis, packages, reference, DAY, Edition(variant))
        for variant in (Variant.FULL, Variant.ONE_PAGER)
    )
    shared = pipeline.compose_shared(analysis, ("Wij praten hierover met de leerlingen.",), reference, DAY)
    assert shared is not None
    files, short_files, shared_files = (
        {kind: pipeline.write_report(item, kind) for kind in KINDS} for item in (report, short, shared)
    )
    return Made(analysis, packages, report, short, files, short_files, shared_files)


@pytest.fixture(scope="session")
def demo() -> Made:
    """Het Baken, bovenbouw, beside the region of the same year."""
    reference = pipeline.load_reference()
    surveys = []
    for name in ("het-baken-2025-2026.xlsx", "regio-2025-2026.xlsx"):
        table = pipeline.read_table(Path(DATA / "demo" / name).read_bytes(), name, reference)
        surveys.append(pipeline.open_survey(table, reference, pipeline.matching_codebooks(table, reference)[0]))
    school, region = surveys
    counted = pipeline.build_benchmark(region, "2025-2026", "Zandkust")
    return made(pipeline.analyse(pipeline.measure(school, (Bouw.UPPER,))[0], counted, reference), reference)


@pytest.fixture(scope="session")
def secretive_reference() -> pipeline.Reference:
    """A questionnaire with one subject that is shown for the region only."""
    names = (*SHOWN, *HIDDEN)
    subjects = [
        replace(
            indicator(name, catalogue_themes=("bewegen",)),
            sensitivity=Sensitivity.REGION_ONLY if name == "geheim" else Sensitivity.NORMAL,
        )
        for name in names
    ]
    book = codebook(subjects, [question(name) for name in names])
    return replace(pipeline.load_reference(), codebooks=(book,))


@pytest.fixture(scope="session")
def secretive(secretive_reference: pipeline.Reference) -> Made:
    """A school of which two subjects are hidden for the whole and one for a level, with telltale numbers."""
    figures = SHOWN | HIDDEN
    counted = measurement({TOTAL: figures, havo(): LEVEL})
    beside = {name: (7000 + at * 11, 20000) for at, name in enumerate(figures)}
    region = benchmark({place(): cell(beside)})
    analysis = pipeline.analyse(counted, region, secretive_reference, main=ComparatorKind.REGION)
    return made(analysis, secretive_reference)
