"""What is kept as one text: written as JSON, and read back to exactly the same.

A document may lack a field that has a default, so a new field needs no migration; a field that gets
another name or meaning does.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from pydantic import TypeAdapter

from wellbeing.model.benchmark import Benchmark, BenchmarkCell, CellId
from wellbeing.model.conversation import Conversation, OwnOffer
from wellbeing.model.reference import Bouw, IndicatorId
from wellbeing.model.results import Measurement
from wellbeing.model.school_work import Checklist, Explorations, PupilTalk, Route, StepPlan, YearPlan

Kept = TypeVar("Kept")
_PAIRS = TypeAdapter(dict[str, str])
_WORK: Mapping[str, type[object]] = {
    "checklist": Checklist,
    "year_plan": YearPlan,
    "route": Route,
    "explorations": Explorations,
    "step_plan": StepPlan,
    "pupil_talk": PupilTalk,
}
_KINDS: Mapping[type[object], TypeAdapter[Any]] = {
    kind: TypeAdapter(kind) for kind in (Measurement, Conversation, OwnOffer, *_WORK.values())
}


def write(kept: object) -> str:
    """Give the document of a measurement (confidential), a record, an offer or what a school works on."""
    return _KINDS[type(kept)].dump_json(kept).decode()


def read(kind: type[Kept], document: str) -> Kept:
    """Read a document of this kind back.

    Raises:
        ValidationError: if it is not one.
    """
    found: Kept = _KINDS[kind].validate_json(document)
    return found


def kind_of_work(kind: type[object]) -> str:
    """Give the name under which a kind of school work is kept."""
    return next(name for name, known in _WORK.items() if known is kind)


def check_work(name: str, document: str) -> None:
    """Read a piece of school work of any kind.

    Raises:
        ValidationError: if it is not of the kind with this name.
    """
    read(_WORK[name], document)


def write_pairs(pairs: Mapping[str, str]) -> str:
    """Give the document of words by words: linked columns, answers about a source, cells of a row."""
    return _PAIRS.dump_json(dict(pairs)).decode()


def read_pairs(document: str) -> dict[str, str]:
    """Read words by words back.

    Raises:
        ValidationError: if they are not.
    """
    return _PAIRS.validate_json(document)


# --------------------------------------------------------------------------- comparison figures

Pairs = tuple[tuple[IndicatorId, IndicatorId, float], ...]


@dataclass(frozen=True, slots=True)
class _BenchmarkDocument:
    """A benchmark without keys that JSON cannot write: cells and correlations as lists."""

    region: str
    codebook: str
    instrument: str
    year: str
    versions: Mapping[IndicatorId, str]
    schools: tuple[str, ...]
    shareable: bool
    cells: tuple[tuple[CellId, BenchmarkCell], ...]
    correlations: tuple[tuple[Bouw, Pairs], ...]


_BENCHMARK = TypeAdapter(_BenchmarkDocument)


def write_benchmark(benchmark: Benchmark) -> str:
    """Give the document of a benchmark (confidential, unless it is the shareable variant)."""
    document = _BenchmarkDocument(
        region=benchmark.region,
        codebook=benchmark.codebook,
        instrument=benchmark.instrument,
        year=benchmark.year,
        versions=benchmark.versions,
        schools=benchmark.schools,
        shareable=benchmark.shareable,
        cells=tuple(benchmark.cells.items()),
        correlations=tuple(
            (bouw, tuple((one, other, phi) for (one, other), phi in pairs.items()))
            for bouw, pairs in benchmark.correlations.items()
        ),
    )
    return _BENCHMARK.dump_json(document).decode()


def read_benchmark(document: str) -> Benchmark:
    """Read a benchmark back.

    Raises:
        ValidationError: if it is not one.
    """
    found = _BENCHMARK.validate_json(document)
    return Benchmark(
        region=found.region,
        codebook=found.codebook,
        instrument=found.instrument,
        year=found.year,
        versions=found.versions,
        schools=found.schools,
        shareable=found.shareable,
        cells=dict(found.cells),
        correlations={bouw: {(one, other): phi for one, other, phi in pairs} for bouw, pairs in found.correlations},
    )
