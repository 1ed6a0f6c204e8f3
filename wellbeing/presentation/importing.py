"""The import report as lines and rows, to keep beside the results: counts are rounded, small ones not told."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from wellbeing.model.imports import ImportReport, Problem, Response, Severity
from wellbeing.model.reference import Codebook
from wellbeing.presentation import formats

FEW, STEP = 5, 5
CELLS = 5  # addresses of cells with one remark
_PUPILS = re.compile(r"^(Leerlingen die [^:]+: )(\d+)")
COLUMNS = ("Onderwerp", "Telt mee", "Niet ingevuld", "Niet te lezen", "Antwoord telt niet mee", "Te weinig ingevuld")
ROUNDED = "Aantallen zijn afgerond op vijftallen. Van minder dan 5 leerlingen staat hier geen aantal."


def rounded(number: int) -> str:
    """Say a number of pupils so that nobody can be told apart by it; nobody and a few are said alike.

    >>> rounded(0), rounded(3), rounded(482)
    ('minder dan 5', 'minder dan 5', 'ongeveer 480')
    """
    return "minder dan 5" if number < FEW else f"ongeveer {formats.number(STEP * round(number / STEP))}"


def per_column(problems: Sequence[Problem]) -> list[Problem]:
    """Take together what is the same remark about the same column; what is asked stays apart."""
    found: dict[object, Problem] = {}
    for item in problems:
        same = (item.severity, item.heading, item.message, item.question)
        first = found.get(same)
        found[same] = (
            replace(first, rows=first.rows + item.rows, cells=(first.cells + item.cells)[:CELLS]) if first else item
        )
    return list(found.values())


def response_rows(responses: Sequence[Response], codebook: Codebook) -> list[tuple[str, ...]]:
    """Give a row per subject: how many pupils count, and how many do not for each reason; in the order of COLUMNS."""
    return [
        (
            codebook.indicator(item.indicator).label,
            *map(rounded, (item.answered, item.empty, item.unread, item.left_out, item.too_few)),
        )
        for item in responses
    ]


def overview(report: ImportReport, codebook: Codebook) -> Iterator[tuple[str, str]]:
    """Give what was read: the file, the questionnaire, and what was found in it.

    No number of a group, and of a level or leerjaar with a handful of pupils not even that it is there.
    """
    yield "Bestand", report.file_name
    if report.sheet:
        yield "Werkblad", report.sheet
    yield "Vragenlijst", codebook.title
    yield "Rijen gelezen", rounded(report.rows)
    for name, found, least in (
        ("Scholen", report.schools, 1),
        ("Schooljaren", report.years, 1),
        ("Niveaus", report.levels, FEW),
        ("Leerjaren", report.leerjaren, FEW),
    ):
        yield name, ", ".join(label for label, number in found.items() if number >= least) or "niet gevonden"


def columns(report: ImportReport) -> Iterator[tuple[str, str]]:
    """Give what became of every column: its heading, and what it was used for or why not."""
    for linked in report.recognised:
        yield linked.heading, linked.text + (" (met de hand gekoppeld)" if linked.by_hand else "")
    for dropped in report.dropped:
        yield dropped.heading, f"verwijderd: {dropped.reason}"
    for unknown in report.unknown:
        yield unknown.heading, "niet herkend, niet gebruikt"


def remarks(report: ImportReport) -> Iterator[tuple[str, str, str]]:
    """Give what was not read for certain: column, remark and number of cells."""
    for problem in report.problems:
        cells = rounded(problem.rows) if problem.severity is Severity.CHECK else ""
        yield problem.heading, _PUPILS.sub(lambda found: found[1] + rounded(int(found[2])), problem.message), cells


def absent(report: ImportReport, codebook: Codebook) -> Iterator[str]:
    """Give the subjects that this export cannot give, because questions are not in it."""
    return (codebook.indicator(name).label for name in report.indicators_absent)
