"""What a GGD hands to a school in one file (*schoolpakket*): the figures exactly as people read them.

A file from outside is never trusted: every class is checked when it is made, and an unknown key is an
error. There is no place here for a number of cases or a p-value; percentages, margins and differences are
whole, and a hidden figure has its reason only.
"""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from pydantic import Field
from pydantic.dataclasses import dataclass

from wellbeing.model.content import RowChange
from wellbeing.model.conversation import Agreement, OwnOffer
from wellbeing.model.reference import STRICT, Bouw, Identifier, Pillar
from wellbeing.model.results import Certainty, Comparator, ComparatorKind, Group, PointKind, Reason, Sense, ThemeTally

Percentage = Annotated[int, Field(ge=0, le=100)]
Points = Annotated[int, Field(ge=-100, le=100)]
Number = Annotated[int, Field(ge=0, le=10_000_000)]
Place = Annotated[int, Field(ge=0, le=1000)]
Text = Annotated[str, Field(max_length=500, pattern=r"^[^\x00-\x1f\x7f]*$")]


@dataclass(frozen=True, slots=True, config=STRICT)
class Hidden:
    """Something that is not shown, and why."""

    hidden: Reason


@dataclass(frozen=True, slots=True, config=STRICT)
class NotCompared:
    """There is nothing beside a figure, and this is why."""

    why: Text


@dataclass(frozen=True, slots=True, config=STRICT)
class Share:
    """A figure of the school with its margin; ``pupils`` is exact for the school and rounded to five for a group."""

    percentage: Percentage
    lower: Percentage
    upper: Percentage
    pupils: Number
    weighted: bool = False


@dataclass(frozen=True, slots=True, config=STRICT)
class Beside:
    """What stands beside a figure; ``pupils`` is 0 where it is not known."""

    percentage: Percentage
    pupils: Number


@dataclass(frozen=True, slots=True, config=STRICT)
class Label:
    """The label of a difference."""

    certainty: Certainty
    sense: Sense | None


@dataclass(frozen=True, slots=True, config=STRICT)
class Gap:
    """School minus what stands beside it, in whole points, with its margin."""

    points: Points
    lower: Points
    upper: Points
    label: Label | None


@dataclass(frozen=True, slots=True, config=STRICT)
class Figure:
    """One subject of one group; ``group`` is its place on the list of groups."""

    group: Place
    indicator: Identifier
    school: Share | Hidden


@dataclass(frozen=True, slots=True, config=STRICT)
class Row:
    """One subject of one group beside one comparator; the places are those on the lists."""

    group: Place
    indicator: Identifier
    comparator: Place
    beside: Beside | Hidden | NotCompared
    gap: Gap | Hidden | NotCompared


@dataclass(frozen=True, slots=True, config=STRICT)
class Talk:
    """One point to talk about: the place of its row, or a theme without a figure."""

    kind: PointKind
    theme: Identifier
    row: Place | None


@dataclass(frozen=True, slots=True, config=STRICT)
class ThemeAsWhole:
    """The subjects of a theme taken together."""

    theme: Identifier
    subjects: Number
    points: Points
    label: Label | None


@dataclass(frozen=True, slots=True, config=STRICT)
class StandingOut:
    """What stands out beside one kind of comparison."""

    main: ComparatorKind
    strengths: tuple[Talk, ...]
    to_discuss: tuple[Talk, ...]
    tallies: tuple[ThemeTally, ...]
    outcomes: tuple[tuple[Text, Number], ...]
    themes: tuple[ThemeAsWhole, ...]


@dataclass(frozen=True, slots=True, config=STRICT)
class Answered:
    """How the answers to one question are distributed: labels with a whole percentage."""

    question: Identifier
    text: Text
    theme: Identifier
    pupils: Number | None
    shares: tuple[tuple[tuple[Text, ...], Percentage], ...] | Hidden


@dataclass(frozen=True, slots=True, config=STRICT)
class About:
    """Which measurement this is, and what the people at the table brought to it."""

    made_on: dt.date
    version: Text
    school: Annotated[Text, Field(min_length=1)]
    year: Text
    bouw: Bouw
    codebook: Identifier
    pupils: Number | Hidden
    could_have_answered: Number | None
    levels: tuple[Group, ...]
    detectable: tuple[Points, Points] | None
    is_pooled: bool
    is_stated: bool
    needs: tuple[Identifier, ...] = ()
    signals: tuple[Identifier, ...] = ()
    focus: tuple[Identifier, ...] = ()
    already_done: tuple[tuple[Identifier, Pillar], ...] = ()
    matrix_filled: bool = False


@dataclass(frozen=True, slots=True, config=STRICT)
class Parcel:
    """Everything a school needs to see what the GGD sees.

    ``versions`` gives per subject the wording of its question. The first of ``findings`` is the
    comparison that the GGD chose. ``offers`` are those of the GGD itself, ``availability`` says of rows
    of the catalogue whether they can be had in its region, ``content`` is what it changed in those rows.
    """

    about: About
    versions: tuple[tuple[Identifier, Text], ...]
    groups: tuple[Group, ...]
    comparators: tuple[Comparator, ...]
    figures: tuple[Figure, ...]
    rows: tuple[Row, ...]
    findings: Annotated[tuple[StandingOut, ...], Field(min_length=1)]
    answers: tuple[Answered, ...] = ()
    agreements: tuple[Agreement, ...] = ()
    offers: tuple[OwnOffer, ...] = ()
    availability: tuple[tuple[Text, bool], ...] = ()
    content: Annotated[tuple[RowChange, ...], Field(max_length=1000)] = ()
