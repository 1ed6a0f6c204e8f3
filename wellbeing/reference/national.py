"""Published figures about young people, from ``data/benchmarks/``: background with year, population and source."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from wellbeing.model.reference import NationalFigure, PublicationNotes
from wellbeing.reference.schema import ReferenceDataError, build, collect, duplicates, read_table, read_toml

TABLE = "landelijk.csv"
NOTES = "landelijk.toml"
COLUMNS = ("indicator_id", "year", "population", "breakdown", "percentage", "n", "source")


def load_national(folder: Path) -> tuple[NationalFigure, ...]:
    """Read and check the published figures and the notes beside them, in the order of the file.

    Raises:
        ReferenceDataError: with every problem, each naming file and row. A decimal comma is refused,
            since a program that reads it otherwise would show another figure.
    """
    steps: list[Callable[[], Any]] = [partial(_figures, folder / TABLE), partial(load_national_notes, folder)]
    figures: tuple[NationalFigure, ...] = collect(steps)[0]
    return figures


def load_national_notes(folder: Path) -> PublicationNotes:
    """Read what belongs beside the published figures: licence, owner and review dates.

    Raises:
        ReferenceDataError: with a Dutch sentence per key that is wrong, unknown or missing.
    """
    notes: PublicationNotes = build(PublicationNotes, read_toml(folder / NOTES), NOTES)
    return notes


def _figures(path: Path) -> tuple[NationalFigure, ...]:
    rows = read_table(path, COLUMNS)
    named = [(row, f"{path.name}, cijfer {number} ({row['indicator_id']})") for number, row in enumerate(rows, start=1)]
    figures = collect([partial(_figure, row, where) for row, where in named])
    problems = [f"{path.name}: {text}" for text in _doubles(figures)]
    if problems:
        raise ReferenceDataError(problems)
    return tuple(figures)


def _figure(row: Mapping[str, str], where: str) -> NationalFigure:
    if "," in row["percentage"]:
        sentence = f"{where}: percentage: schrijf '{row['percentage']}' met een punt in plaats van een komma."
        raise ReferenceDataError([sentence])
    data: dict[str, Any] = {name: row[name] for name in COLUMNS if name != "n"}
    return build(NationalFigure, data | {"pupils": row["n"] or None}, where)


def _doubles(figures: Sequence[NationalFigure]) -> Iterator[str]:
    keys = [f"{f.indicator_id}, {f.year}, {f.population}, {f.breakdown}, {f.source}" for f in figures]
    yield from (f"dit cijfer staat er twee keer in: {key}." for key in duplicates(keys))
