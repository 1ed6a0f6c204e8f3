"""A benchmark workbook read back: the cells of its sheets, checked, to ``model.benchmark``."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence

from wellbeing.model.benchmark import Benchmark, BenchmarkCell, Breakdown, CellId
from wellbeing.model.reference import Bouw, IndicatorId
from wellbeing.model.results import Count, Weighted
from wellbeing.reference.schema import ReferenceDataError

Sheets = Mapping[str, Sequence[Sequence[str]]]

SHEETS = ("Meting", "Onderwerpen", "Scholen", "Cijfers", "Samenhang")
NOT_OURS = (
    "Dit is geen bestand met vergelijkingscijfers van dit dashboard. "
    "Maak het op de pagina Vergelijkingscijfers uit een export van de hele regio."
)
CHANGED = "Maak het bestand met vergelijkingscijfers opnieuw; dit bestand is veranderd"


def parse_benchmark(sheets: Sheets) -> Benchmark:
    """Give the benchmark in a workbook that this program wrote.

    Raises:
        ReferenceDataError: with a Dutch sentence, if it is another workbook or was changed.
    """
    if any(name not in sheets for name in SHEETS):
        raise ReferenceDataError([NOT_OURS])
    about = {row[0]: row[1] for row in sheets["Meting"][1:] if len(row) > 1}
    subjects = [row for row in sheets["Onderwerpen"][1:] if len(row) > 1 and row[0]]
    cells, rows = _cells(sheets["Cijfers"]), len(sheets["Cijfers"]) - 1
    try:
        benchmark = Benchmark(
            region=about["regio"],
            codebook=about["codeboek"],
            instrument=about["vragenlijst"],
            year=about["jaar"],
            versions={IndicatorId(row[0]): row[1] for row in subjects},
            schools=tuple(row[0] for row in sheets["Scholen"][1:] if row and row[0]),
            shareable=about["deelbaar"] == "ja",
            cells=cells,
            correlations=_correlations(sheets["Samenhang"]),
        )
    except KeyError as error:
        raise ReferenceDataError([f"{CHANGED} (blad Meting: {error.args[0]} ontbreekt)."]) from None
    if not cells or sum(len(cell.figures) for cell in cells.values()) != rows:
        raise ReferenceDataError([f"{CHANGED} (blad Cijfers: er zijn dubbele of lege regels)."])
    for subject in misfits(benchmark):
        raise ReferenceDataError([f"{CHANGED} (blad Cijfers: bij '{subject}' passen de groepen niet in het totaal)."])
    return benchmark


def misfits(benchmark: Benchmark) -> Iterator[IndicatorId]:
    """Name the subjects of which the groups of one breakdown do not fit in the region as a whole.

    No pupils can have been counted so: someone changed the figures.
    """
    sums: dict[tuple[Bouw, Breakdown, IndicatorId], tuple[int, int]] = {}
    for place, cell in benchmark.cells.items():
        for ident, count in cell.figures.items():
            cases, misses = sums.get((place.bouw, place.breakdown, ident), (0, 0))
            sums[place.bouw, place.breakdown, ident] = cases + count.cases, misses + count.misses
    for (bouw, _, ident), (cases, misses) in sums.items():
        whole = sums.get((bouw, Breakdown.TOTAL, ident))
        if whole and (cases > whole[0] or misses > whole[1]):
            yield ident


def _correlations(
    rows: Sequence[Sequence[str]],
) -> dict[Bouw, dict[tuple[IndicatorId, IndicatorId], float]]:
    found: dict[Bouw, dict[tuple[IndicatorId, IndicatorId], float]] = {}
    for number, row in enumerate(rows[1:], start=2):
        try:
            found.setdefault(Bouw(row[0]), {})[IndicatorId(row[1]), IndicatorId(row[2])] = _finite(row[3], most=1.0)
        except (ValueError, IndexError):
            raise ReferenceDataError([f"{CHANGED} (blad Samenhang, regel {number})."]) from None
    return found


def _cells(rows: Sequence[Sequence[str]]) -> dict[CellId, BenchmarkCell]:
    cells: dict[CellId, BenchmarkCell] = {}
    figures: dict[CellId, dict[IndicatorId, Count]] = {}
    weighted: dict[CellId, dict[IndicatorId, Weighted]] = {}
    schools: dict[CellId, dict[IndicatorId, int]] = {}
    for number, row in enumerate(rows[1:], start=2):
        try:
            place = CellId(Bouw(row[0]), Breakdown(row[1]), row[2])
            ident, count = IndicatorId(row[6]), Count(int(row[7]), int(row[8]))
            figures.setdefault(place, {})[ident] = count
            weighted.setdefault(place, {})
            if len(row) > 12 and row[9]:
                weighted[place][ident] = Weighted(*(_finite(value) for value in row[9:13]))
            if row[5]:
                schools.setdefault(place, {})[ident] = int(row[5])
            cells[place] = BenchmarkCell(row[3], int(row[4]), schools.get(place), figures[place], weighted[place])
        except (ValueError, IndexError):
            raise ReferenceDataError([f"{CHANGED} (blad Cijfers, regel {number})."]) from None
    return cells


def _finite(text: str, *, most: float = math.inf) -> float:
    number = float(text)
    if not math.isfinite(number) or abs(number) > most:
        raise ValueError(text)
    return number
