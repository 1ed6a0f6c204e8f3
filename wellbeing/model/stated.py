"""Tables of figures: percentages that someone else worked out, as they stand in a file. No pupil is in them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from wellbeing.model.reference import Bouw, IndicatorId
from wellbeing.model.results import ComparatorKind


class ColumnKind(StrEnum):
    """What a column of a table of figures seems to be; the user has the last word."""

    SCHOOL = "school"
    REGION = "regio"
    LEVEL = "zelfde schoolniveau"
    NATIONAL = "landelijk"
    PUPILS = "aantal leerlingen"
    NAME = "andere naam"


@dataclass(frozen=True, slots=True)
class StatedCell:
    """One cell: a percentage (0-100), a number of pupils, or both; ``hidden`` where the source hid it.

    ``margin`` is half of the last decimal: how far, in points, the true percentage can lie from this one.
    """

    percentage: float | None = None
    margin: float = 0.5
    pupils: int | None = None
    hidden: bool = False


EMPTY = StatedCell()


@dataclass(frozen=True, slots=True)
class StatedColumn:
    """One column with figures: what stands above it, and what that says.

    ``year`` is as it stands there ("2023", "2023-2024"); empty where it is not stated. ``pupils`` is
    a number of pupils for the whole column.
    """

    heading: str
    letter: str
    kind: ColumnKind
    year: str = ""
    pupils: int | None = None


@dataclass(frozen=True, slots=True)
class StatedRow:
    """One subject in the words of the file, the heading it stands under, and a cell per column."""

    row: int
    subject: str
    section: str
    cells: tuple[StatedCell, ...]


@dataclass(frozen=True, slots=True)
class StatedTable:
    """A table of figures as it was read.

    ``pupils`` and ``year`` stand in the title above it, where they do. ``notes`` are Dutch sentences about
    what was read in a way that the user should know.
    """

    file_name: str
    sheet: str
    columns: tuple[StatedColumn, ...]
    rows: tuple[StatedRow, ...]
    year: str = ""
    pupils: int | None = None
    notes: tuple[str, ...] = ()

    def of_kind(self, *kinds: ColumnKind) -> tuple[int, ...]:
        """Give the places of the columns of these kinds."""
        return tuple(place for place, column in enumerate(self.columns) if column.kind in kinds)


@dataclass(frozen=True, slots=True)
class SubjectMatch:
    """A subject of a codebook that a row may be about, with how certain that is (0-100).

    ``sure`` only where the words are the same but for spelling and no other subject comes near.
    """

    indicator: IndicatorId
    certainty: int
    sure: bool


@dataclass(frozen=True, slots=True)
class ChosenComparator:
    """A column to set the school beside, with the name and year that its figures carry."""

    kind: ComparatorKind
    column: int
    label: str
    year: str


@dataclass(frozen=True, slots=True)
class StatedChoice:
    """What the user confirmed about a table of figures.

    ``column`` is that of the school; ``pupils`` how many filled in the questionnaire (absent where
    nobody knows), ``pupils_column`` a column that says it per subject. ``level`` (key, label) is the one
    level of the school, or absent. ``links`` gives per place in ``StatedTable.rows`` its subject.
    ``earlier`` are columns of the same school and questions in other years.
    """

    codebook: str
    school: str
    year: str
    bouw: Bouw
    column: int
    pupils: int | None
    links: Mapping[int, IndicatorId]
    pupils_column: int | None = None
    level: tuple[str, str] | None = None
    comparators: tuple[ChosenComparator, ...] = ()
    earlier: tuple[int, ...] = ()


# --------------------------------------------------------------------------- without a number of pupils


@dataclass(frozen=True, slots=True)
class BesideOnly:
    """One subject as the file states it: whole percentages without any certainty.

    ``indicator`` and ``theme`` are absent where the row has no subject of the codebook. A percentage
    is absent where it is hidden or empty; ``hidden`` then says why for the school. ``beside`` has one
    per comparator.
    """

    label: str
    theme: str
    indicator: IndicatorId | None
    percentage: int | None
    hidden: str
    beside: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class FiguresOnly:
    """The figures of one school without a number of pupils: side by side, and nothing is concluded.

    ``comparators`` are names with their year.
    """

    school: str
    year: str
    bouw: Bouw
    codebook: str
    file_name: str
    comparators: tuple[str, ...]
    rows: tuple[BesideOnly, ...]
