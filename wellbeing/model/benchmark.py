"""Comparison figures of a region: counts of many schools together, from one measurement."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from wellbeing.model.reference import Bouw, IndicatorId
from wellbeing.model.results import Count, Weighted


class Breakdown(StrEnum):
    """The groups a benchmark holds sums for; the last crosses level, leerjaar and gender."""

    TOTAL = "totaal"
    LEVEL = "niveau"
    LEERJAAR = "klas"
    GENDER = "geslacht"
    CROSSED = "niveau x klas x geslacht"


@dataclass(frozen=True, slots=True)
class CellId:
    """One group of the region: population, breakdown and key ("vwo", or "vwo|4|meisje")."""

    bouw: Bouw
    breakdown: Breakdown
    key: str


@dataclass(frozen=True, slots=True)
class BenchmarkCell:
    """The sums of one group: its pupils, and per indicator the exact count and the schools behind it.

    ``schools`` is absent where the export does not tell which school a pupil goes to. It is counted
    per indicator, for a question may have been asked at some schools only.
    """

    label: str
    pupils: int
    schools: Mapping[IndicatorId, int] | None
    figures: Mapping[IndicatorId, Count]
    weighted: Mapping[IndicatorId, Weighted]


@dataclass(frozen=True, slots=True)
class Benchmark:
    """One measurement of a region.

    ``versions`` gives per indicator the wording of its question. ``schools`` are the names inside
    it; empty when they are not known or (``shareable``) may not be told. ``correlations`` tells per
    population how much two subjects of one theme go together among the pupils of the region (phi,
    -1 to 1), for tests over a theme.
    """

    region: str
    codebook: str
    instrument: str
    year: str
    versions: Mapping[IndicatorId, str]
    schools: tuple[str, ...]
    shareable: bool
    cells: Mapping[CellId, BenchmarkCell]
    correlations: Mapping[Bouw, Mapping[tuple[IndicatorId, IndicatorId], float]] = field(default_factory=dict)
