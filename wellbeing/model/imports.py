"""What an import found: told to the user before any figure appears. Counts and headings, never rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class FileKind(StrEnum):
    """The kinds of file we read, decided by content."""

    XLSX = "xlsx"
    CSV = "csv"
    SAV = "sav"


@dataclass(frozen=True, slots=True)
class DroppedColumn:
    """A column that could name a pupil: removed while reading, reported by heading and reason."""

    heading: str
    reason: str


@dataclass(frozen=True, slots=True)
class UnknownColumn:
    """A column that no codebook knows.

    ``answers`` are its values with their counts, and only where it is a closed question (at most
    12 distinct values that each occur at least five times).
    """

    heading: str
    answers: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class LinkedColumn:
    """A column that was recognised: its heading, and the question or respondent field it is."""

    heading: str
    target: str
    text: str
    by_hand: bool


class Severity(StrEnum):
    """How serious a remark of the import report is."""

    NOTE = "let op"
    CHECK = "controleer"
    STOP = "fout"


@dataclass(frozen=True, slots=True)
class Problem:
    """Something the import could not read, said in one Dutch sentence.

    ``cells`` are a few addresses in the file ("B7"); ``rows`` is how many cells it concerns.
    """

    severity: Severity
    message: str
    heading: str = ""
    rows: int = 0
    cells: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ImportReport:
    """Everything the user checks and confirms.

    ``schools``, ``years``, ``levels``, ``leerjaren`` and ``genders`` give labels with the number of
    rows; ``indicators_absent`` are subjects of the codebook that this export cannot give.
    """

    file_name: str
    kind: FileKind
    sheet: str
    header_row: int
    rows: int
    codebook: str
    recognised: tuple[LinkedColumn, ...]
    dropped: tuple[DroppedColumn, ...]
    unknown: tuple[UnknownColumn, ...]
    problems: tuple[Problem, ...]
    schools: Mapping[str, int]
    years: Mapping[str, int]
    levels: Mapping[str, int]
    leerjaren: Mapping[str, int]
    genders: Mapping[str, int]
    indicators_present: tuple[str, ...]
    indicators_absent: tuple[str, ...]
