"""Reports of many schools, one after the other.

What fails is named and does not stop the rest; a file is there whole or not at all; what is there
already is skipped, so that interrupted work can be continued. Whoever takes the outcomes one by one
can stop after any of them.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import io
import os
import re
import tempfile
import unicodedata
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from wellbeing import pipeline
from wellbeing.export.pptx import WrongTemplateError
from wellbeing.model.benchmark import Benchmark
from wellbeing.model.report import Edition, Format, Report, Template, Variant
from wellbeing.model.results import ComparatorKind, Measurement, Wishes
from wellbeing.pipeline import Reference


class Place(Protocol):
    """Where files go to, each of them whole or not at all."""

    def has(self, name: str) -> bool:
        """Whether a file of this name is there."""

    def put(self, name: str, data: bytes) -> None:
        """Put a file there.

        Raises:
            OSError: if it cannot be written.
        """


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder on this computer."""

    path: Path

    def has(self, name: str) -> bool:
        """Whether a file of this name is there."""
        return (self.path / name).exists()

    def put(self, name: str, data: bytes) -> None:
        """Write a file beside the place where it must come, then move it there."""
        _write_whole(self.path / name, data)


@dataclass(slots=True)
class Archive:
    """Files in memory, to be handed over as one zip; ``on`` is the day that stands on each of them."""

    on: dt.date
    files: dict[str, bytes] = field(default_factory=dict)

    def has(self, name: str) -> bool:
        """Whether a file of this name is there."""
        return name in self.files

    def put(self, name: str, data: bytes) -> None:
        """Keep a file."""
        self.files[name] = data

    def zipped(self) -> bytes:
        """Give the zip. What is in it is compressed already."""
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            for name, data in self.files.items():
                archive.writestr(zipfile.ZipInfo(name, (self.on.year, self.on.month, self.on.day, 0, 0, 0)), data)
        return out.getvalue()


@dataclass(frozen=True, slots=True)
class Order:
    """What to make and where: the place, the formats, the day on the reports, and for whom.

    ``templates`` has the house style per format, where there is one. Without ``overwrite`` a file
    that is there already stays as it is. ``main`` is the comparison that decides the labels.
    """

    place: Place
    formats: tuple[Format, ...]
    on: dt.date
    variant: Variant = Variant.FULL
    main: ComparatorKind = ComparatorKind.OWN_LEVEL
    templates: Mapping[Format, Template] | None = None
    overwrite: bool = False


class State(StrEnum):
    """What became of one measurement."""

    MADE = "gemaakt"
    THERE = "stond er al"
    TOO_FEW = "geen cijfer om te delen"
    FAILED = "niet gemaakt"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of the reports of one measurement; ``why`` says what went wrong, in Dutch."""

    school: str
    population: str
    state: State
    files: tuple[str, ...]
    why: str = ""


def make_reports(
    measurements: Sequence[Measurement], benchmark: Benchmark | None, reference: Reference, order: Order
) -> Iterator[Outcome]:
    """Make the reports of each measurement and tell what became of it.

    Raises:
        WrongTemplateError: if no slides can be made with the template; then no school could have any.
    """
    for measurement, stem in zip(measurements, file_stems(measurements, order.variant), strict=True):
        files = {kind: f"{stem}.{kind.value}" for kind in order.formats}
        wanted = {kind: name for kind, name in files.items() if order.overwrite or not order.place.has(name)}
        state, why = (State.MADE, "") if wanted else (State.THERE, "")
        try:
            report = _compose(measurement, benchmark, reference, order) if wanted else None
            if report:
                _make(report, wanted, order)
            elif wanted:
                state, files = State.TOO_FEW, {}
        except WrongTemplateError:
            raise
        except OSError as error:
            state, why = State.FAILED, f"Het bestand is niet te schrijven ({error.strerror})."
        except Exception as error:  # whatever is wrong with one school, the others go on
            state, why = State.FAILED, f"Er ging iets mis in het programma ({type(error).__name__})."
        yield Outcome(measurement.school, measurement.bouw.value, state, tuple(files.values()), why)


def file_stems(measurements: Sequence[Measurement], variant: Variant) -> list[str]:
    """Name the files of each measurement; two schools whose names look alike get a number."""
    stems: list[str] = []
    for item in measurements:
        stem = "-".join((variant.value, _plain(item.school) or "school", item.bouw.value, _plain(item.year)))
        same = sum(1 for other in stems if re.fullmatch(rf"{re.escape(stem)}(-nr\d+)?", other))
        stems.append(f"{stem}-nr{same + 1}" if same else stem)
    return stems


def _plain(name: str) -> str:
    """Write a name with the letters that every file system knows.

    >>> _plain("École 't Zand/../2"), _plain("2025-2026")
    ('ecole-t-zand-2', '2025-2026')
    """
    letters = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", letters).strip("-")[:60]


def _compose(
    measurement: Measurement, benchmark: Benchmark | None, reference: Reference, order: Order
) -> Report | None:
    """Give the report of a measurement; nothing where no figure is left in the version to share."""
    analysis = pipeline.analyse(measurement, benchmark, reference, main=order.main)
    if order.variant is Variant.SHARED:
        return pipeline.compose_shared(analysis, (), reference, order.on)
    packages = pipeline.advise(analysis, Wishes(), reference, order.on)
    return pipeline.compose_report(analysis, packages, reference, order.on, Edition(order.variant))


def _make(report: Report, files: Mapping[Format, str], order: Order) -> None:
    for kind, name in files.items():
        order.place.put(name, pipeline.write_report(report, kind, (order.templates or {}).get(kind)))


def _write_whole(path: Path, data: bytes) -> None:
    """Write the whole file or nothing: beside the place where it must come, then in one move."""
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".wellbeing-", delete=False) as part:
        try:
            part.write(data)
            part.flush()
            os.fsync(part.fileno())
            part.close()
            Path(part.name).replace(path)
        except BaseException:
            with contextlib.suppress(OSError):
                Path(part.name).unlink()
            raise
