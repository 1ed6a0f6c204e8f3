"""What is kept as one text: written as JSON, and read back to exactly the same.

A document may lack a field that has a default, so a new field needs no migration; a field that gets
another name or meaning does.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import TypeAdapter

from wellbeing.model.benchmark import Benchmark, BenchmarkCell, CellId
from wellbeing.model.conversation import Conversation, OwnOffer
from wellbeing.model.reference import Bouw, IndicatorId
from wellbeing.model.results import Measurement
from wellbeing.model.school_work import Checklist, Content, Explorations, PupilTalk, Route, StepPlan, YearPlan

_MEASUREMENT = TypeAdapter(Measurement)
_CONVERSATION = TypeAdapter(Conversation)
_OFFER = TypeAdapter(OwnOffer)
_ANSWERS = TypeAdapter(dict[str, str])
_WORK: Mapping[type[object], tuple[str, TypeAdapter[Any]]] = {
    Checklist: ("checklist", TypeAdapter(Checklist)),
    YearPlan: ("year_plan", TypeAdapter(YearPlan)),
    Route: ("route", TypeAdapter(Route)),
    Explorations: ("explorations", TypeAdapter(Explorations)),
    StepPlan: ("step_plan", TypeAdapter(StepPlan)),
    PupilTalk: ("pupil_talk", TypeAdapter(PupilTalk)),
}


def write_measurement(measurement: Measurement) -> str:
    """Give the document of a measurement (confidential)."""
    return _MEASUREMENT.dump_json(measurement).decode()


def read_measurement(document: str) -> Measurement:
    """Read a measurement back.

    Raises:
        ValidationError: if it is not one.
    """
    return _MEASUREMENT.validate_json(document)


def write_conversation(conversation: Conversation) -> str:
    """Give the document of the record of a conversation."""
    return _CONVERSATION.dump_json(conversation).decode()


def read_conversation(document: str) -> Conversation:
    """Read the record of a conversation back.

    Raises:
        ValidationError: if it is not one.
    """
    return _CONVERSATION.validate_json(document)


def write_offer(offer: OwnOffer) -> str:
    """Give the document of an offer of the GGD itself."""
    return _OFFER.dump_json(offer).decode()


def read_offer(document: str) -> OwnOffer:
    """Read an offer back.

    Raises:
        ValidationError: if it is not one.
    """
    return _OFFER.validate_json(document)


def kind_of_work(content: type[Content]) -> str:
    """Give the name under which a kind of school work is kept."""
    return _WORK[content][0]


def write_work(content: Content) -> str:
    """Give the document of what a school works on."""
    return _WORK[type(content)][1].dump_json(content).decode()


def check_work(name: str, document: str) -> None:
    """Read a piece of school work of any kind.

    Raises:
        ValidationError: if it is not of the kind with this name.
    """
    dict(_WORK.values())[name].validate_json(document)


def read_work(kind: type[Content], document: str) -> Content:
    """Read what a school works on back.

    Raises:
        ValidationError: if it is not of this kind.
    """
    content: Content = _WORK[kind][1].validate_json(document)
    return content


def write_pairs(pairs: Mapping[str, str]) -> str:
    """Give the document of words by words: linked columns, answers to questions about a source."""
    return _ANSWERS.dump_json(dict(pairs)).decode()


def read_pairs(document: str) -> dict[str, str]:
    """Read words by words back.

    Raises:
        ValidationError: if they are not.
    """
    return _ANSWERS.validate_json(document)


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
