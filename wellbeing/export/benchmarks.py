"""A benchmark as a workbook that opens in Excel and is read back unchanged."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from wellbeing.model.benchmark import Benchmark
from wellbeing.model.reference import Codebook

CELL_COLUMNS = ("bouw", "uitsplitsing", "groep", "naam", "leerlingen", "scholen", "onderwerp", "aantal", "totaal")
WEIGHT_COLUMNS = ("som_gewicht", "som_gewicht_aantal", "som_gewicht_kwadraat", "som_gewicht_kwadraat_aantal")

CONFIDENTIAL = (
    "VERTROUWELIJK: alleen voor de GGD zelf. Dit bestand bevat exacte aantallen, ook van kleine groepen. "
    "Geef het niet aan een school; maak daarvoor de deelbare versie."
)
SHAREABLE = (
    "Deze versie mag naar een school. Er staan alleen aantallen in van groepen met genoeg leerlingen van genoeg "
    "scholen; aantallen waaruit een kleine groep te berekenen is, zijn weggelaten."
)
Value = str | int | float | None


def benchmark_workbook(benchmark: Benchmark, codebook: Codebook) -> bytes:
    """Give the workbook (xlsx) of a benchmark: what it is, its subjects, its schools and its counts."""
    book = Workbook(write_only=True)
    for title, rows in (
        ("Lees mij", _about(benchmark, codebook)),
        ("Meting", _measurement(benchmark)),
        ("Onderwerpen", _subjects(benchmark, codebook)),
        ("Scholen", [("school",), *((school,) for school in benchmark.schools)]),
        ("Cijfers", _figures(benchmark)),
        ("Samenhang", _correlations(benchmark)),
    ):
        sheet = book.create_sheet(title)
        sheet.freeze_panes = "A2"
        for letter, width in zip("ABCDEFGHI", (16, 24, 26, 26, 12, 10, 34, 10, 10), strict=True):
            sheet.column_dimensions[letter].width = width
        for number, row in enumerate(rows):
            sheet.append([_cell(sheet, value, bold=number == 0) for value in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _about(benchmark: Benchmark, codebook: Codebook) -> Iterator[Sequence[Value]]:
    yield (f"Vergelijkingscijfers {benchmark.region}, {benchmark.year}",)
    yield (SHAREABLE if benchmark.shareable else CONFIDENTIAL,)
    yield (f"Vragenlijst: {codebook.title}.",)
    yield (
        "Blad Cijfers: per groep en onderwerp het aantal leerlingen voor wie het geldt, en het totaal dat antwoordde.",
    )
    yield ("Verander niets in dit bestand: het dashboard leest het zo in.",)


def _measurement(benchmark: Benchmark) -> Iterator[Sequence[Value]]:
    yield ("wat", "waarde")
    yield ("regio", benchmark.region)
    yield ("jaar", benchmark.year)
    yield ("vragenlijst", benchmark.instrument)
    yield ("codeboek", benchmark.codebook)
    yield ("deelbaar", "ja" if benchmark.shareable else "nee")


def _subjects(benchmark: Benchmark, codebook: Codebook) -> Iterator[Sequence[Value]]:
    labels = {indicator.id: indicator.label for indicator in codebook.indicators}
    yield ("onderwerp", "versie van de vraag", "naam")
    for ident, version in benchmark.versions.items():
        yield (ident, version, labels.get(ident, ident))


def _figures(benchmark: Benchmark) -> Iterator[Sequence[Value]]:
    yield CELL_COLUMNS + WEIGHT_COLUMNS
    for place, cell in benchmark.cells.items():
        for ident, count in cell.figures.items():
            weighted = cell.weighted.get(ident)
            yield (
                place.bouw.value,
                place.breakdown.value,
                place.key,
                cell.label,
                cell.pupils,
                cell.schools.get(ident, 0) if cell.schools is not None else None,
                ident,
                count.cases,
                count.total,
                *(
                    (weighted.weights, weighted.case_weights, weighted.squares, weighted.case_squares)
                    if weighted
                    else (None,) * 4
                ),
            )


def _correlations(benchmark: Benchmark) -> Iterator[Sequence[Value]]:
    yield ("bouw", "onderwerp", "ander onderwerp", "samenhang")
    for bouw, pairs in benchmark.correlations.items():
        for (one, other), phi in pairs.items():
            yield (bouw.value, one, other, phi)


def _cell(sheet: object, value: Value, *, bold: bool) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, value)
    if isinstance(value, str):
        cell.data_type = "s"  # a name that starts with "=" stays a name
    if bold:
        cell.font = Font(bold=True)
    return cell
