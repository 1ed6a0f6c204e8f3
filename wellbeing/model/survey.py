"""Tables with one row per pupil. They live from reading to counting, and nowhere else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, Protocol

import pandas as pd
from typing_extensions import TypeVar

from wellbeing.model.imports import DroppedColumn, FileKind, ImportReport, UnknownColumn
from wellbeing.model.reference import Codebook, RespondentField

FrameT = TypeVar("FrameT", default=pd.DataFrame)
"""The kind of table: of pandas, or of another engine that narwhals knows."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column as it stands in the export.

    ``letter`` is its place in the sheet ("A", "B" ...; for SPSS files the variable name).
    ``label`` and ``value_labels`` (text of the value to label) are what an SPSS file says about it.
    """

    heading: str
    letter: str
    label: str = ""
    value_labels: Mapping[str, str] = field(default_factory=dict)


class Headed(Protocol):
    """A table of which the columns are known."""

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns, in the order of the table."""


@dataclass(frozen=True, slots=True)
class RawTable:
    """An export as it was read: text cells, nothing renamed, nothing converted.

    ``frame`` has one column of text per entry of ``columns`` (named by position, ``c0``, ``c1`` ...;
    an empty cell is the empty text) and one row per pupil row of the file. ``row_numbers`` gives
    the row number in the file of each row of ``frame``. ``header_row`` is the row of the headings
    (1 = first). ``sheet`` is empty for files without sheets. ``dropped`` columns could name a
    pupil and never left the reading process; ``unknown`` are columns that no codebook knows (those
    with answers are in ``columns`` too, so that the user can link them). ``notes`` are Dutch
    sentences about rows set apart, another file kind than the name says, and the like.
    ``hidden_rows`` are those of ``row_numbers`` that a filter or a person hid: only the user knows
    whether they count. ``sheet_names`` are the visible sheets of a workbook; ``sheet`` names more
    than one, with commas, where the user had them put below each other. ``doubtful_rows`` are, by
    kind (``imports.UNFINISHED``, ``imports.DOUBLE``), rows about which the user is asked too.
    """

    file_name: str
    kind: FileKind
    sheet: str
    header_row: int
    row_numbers: tuple[int, ...]
    columns: tuple[Column, ...]
    frame: pd.DataFrame
    dropped: tuple[DroppedColumn, ...] = ()
    unknown: tuple[UnknownColumn, ...] = ()
    notes: tuple[str, ...] = ()
    hidden_rows: tuple[int, ...] = ()
    sheet_names: tuple[str, ...] = ()
    doubtful_rows: Mapping[str, tuple[int, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Dataset:
    """A table of pupils on an engine, where it stays until it is counted.

    ``frame`` is a table of the engine that narwhals knows, with one column per entry of ``columns``
    (named by its heading) and no others: what no codebook knows is never read.
    """

    engine: str
    columns: tuple[Column, ...]
    frame: Any


@dataclass(frozen=True, slots=True)
class Links:
    """Which column is which: position in ``RawTable.columns`` to question id, or to a respondent field.

    A field is one of the codebook, or one made for a column that the user gave a role. ``by_hand``
    are the positions that the user linked.
    """

    questions: Mapping[int, str]
    fields: Mapping[int, RespondentField]
    by_hand: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Answers(Generic[FrameT]):
    """Typed answers: one column per question and per respondent role found in the export.

    Question columns (named after the question) hold codes as ``Int64`` (of a dataset: as floats); a
    missing answer is missing, a not-applicable code stays a code. Role columns (named after the ``Role`` value) hold
    keys as text, the weight as a float. ``labels`` gives per role the label of each key.
    """

    codebook: Codebook
    frame: FrameT
    labels: Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Scores(Generic[FrameT]):
    """Per pupil and indicator: 1.0 has it, 0.0 has it not, missing does not count.

    ``frame`` holds the role columns ``school``, ``jaar``, ``niveau``, ``leerjaar``, ``geslacht``,
    ``bouw`` (text, missing where unknown), ``gewicht`` (float, where the export has one) and one
    float column per entry of ``indicators``.
    """

    codebook: Codebook
    frame: FrameT
    indicators: tuple[str, ...]
    labels: Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Survey:
    """One export, read and scored, with the report that its user confirms.

    ``answers`` are what was scored, for the distribution of answers.
    """

    scores: Scores
    report: ImportReport
    answers: Answers | None = None
