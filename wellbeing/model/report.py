"""What a school takes to the meeting, independent of any file format.

Every text is Dutch and already worded; every number is a whole one as people read it. A hidden figure
is absent here and has only its reason, so no format can give it away. In texts that are sentences, two
stars make a part bold, as on screen.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

LANGUAGE = "nl-NL"


class Variant(StrEnum):
    """For whom a report is made, and so what is in it."""

    FULL = "schoolrapport"
    ONE_PAGER = "schoolrapport-in-het-kort"
    SHARED = "deelversie"
    PREPARATION = "voorbereiding"
    MINUTES = "verslag"
    ROUTE = "ondersteuningsroute"


_OFFICE = "application/vnd.openxmlformats-officedocument"
_OFFICE_KINDS = {
    "pptx": "presentationml.presentation",
    "xlsx": "spreadsheetml.sheet",
    "docx": "wordprocessingml.document",
}


class Format(StrEnum):
    """The kinds of file; the values are the endings of their names."""

    PDF = "pdf"
    SLIDES = "pptx"
    WORKBOOK = "xlsx"
    DOCUMENT = "docx"

    @property
    def media_type(self) -> str:
        """The name by which a browser knows this kind of file.

        >>> Format.PDF.media_type, Format.WORKBOOK.media_type
        ('application/pdf', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet')
        """
        return "application/pdf" if self is Format.PDF else f"{_OFFICE}.{_OFFICE_KINDS[self]}"


@dataclass(frozen=True, slots=True)
class Template:
    """The house style of a GGD: the file that slides or a document are made with."""

    name: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Edition:
    """Which report to make, and what people add to it.

    ``agreements`` are already worded, for the whole report; ``explanation`` is what the school itself
    says, in paragraphs, in the version to share.
    """

    variant: Variant = Variant.FULL
    agreements: tuple[str, ...] = ()
    explanation: tuple[str, ...] = ()


# --------------------------------------------------------------------------- figures


@dataclass(frozen=True, slots=True)
class Column:
    """Something the school is set beside: a short name for above a column, and the full one with its year."""

    kind: str
    short: str
    name: str


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One subject of the school as a whole.

    ``percentage`` with its margin is absent where the figure is hidden; ``label`` then holds the
    reason. ``beside`` has a whole percentage per column of the table, or nothing. ``points`` is the
    difference with the main comparison, ``tone`` a tone of the palette: no format uses colour alone.
    ``description`` says in words all that a drawing shows.
    """

    subject: str
    sentence: str
    percentage: int | None
    lower: int | None
    upper: int | None
    beside: tuple[int | None, ...]
    points: int | None
    arrow: str
    label: str
    tone: str
    description: str


# --------------------------------------------------------------------------- blocks


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A few sentences; ``is_quiet`` for what may be skipped."""

    text: str
    is_quiet: bool = False


@dataclass(frozen=True, slots=True)
class Callout:
    """Sentences that must not be missed."""

    text: str


@dataclass(frozen=True, slots=True)
class BulletList:
    """Short points under each other."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """One thing to talk about: a subject with its figure, or a question without one (``figure`` is empty).

    ``tone`` is a tone of the palette.
    """

    title: str
    figure: str
    label: str
    text: str
    tone: str


@dataclass(frozen=True, slots=True)
class Cards:
    """Cards that belong together, under a short heading; ``empty`` is said where there are none."""

    heading: str
    cards: tuple[Card, ...]
    empty: str = ""


@dataclass(frozen=True, slots=True)
class FigureTable:
    """Subjects with their figures, as a table and as a drawing of it."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[FigureRow, ...]

    @property
    def alternative(self) -> str:
        """Say in one text what the drawing shows, for people who do not see it."""
        return " ".join(f"{row.subject}: {row.description}" for row in self.rows)


@dataclass(frozen=True, slots=True)
class Offer:
    """Something a school can do or use; ``facts`` are its kind, recognition, source and the day it was checked."""

    title: str
    description: str
    facts: str
    link: str
    remarks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PillarOffers:
    """One of the four pillars: what to do, what the school already does, and what fits."""

    pillar: str
    action: str
    already_done: bool
    offers: tuple[Offer, ...]
    empty: str


@dataclass(frozen=True, slots=True)
class Pillars:
    """A theme over the four pillars."""

    parts: tuple[PillarOffers, ...]


Block = Paragraph | Callout | BulletList | Cards | FigureTable | Pillars


# --------------------------------------------------------------------------- the whole


class Kind(StrEnum):
    """What a section is about; formats that show a part only choose by it."""

    SUMMARY = "samenvatting"
    RESPONSE = "wie deden mee"
    FINDINGS = "wat opvalt"
    THEME = "thema"
    PACKAGE = "wat kan de school doen"
    METHOD = "verantwoording"
    CONVERSATION = "gesprek"


@dataclass(frozen=True, slots=True)
class Section:
    """A chapter: its heading, its conclusion as one sentence, its blocks, and questions for the talk."""

    kind: Kind
    title: str
    conclusion: str
    blocks: tuple[Block, ...]
    prompts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """Everything one file may show of one measurement.

    ``identity`` names school, population, year and number of pupils, ``compared`` what the figures
    stand beside with its year; both and the date stand on every page. ``records`` are the figures
    for machines: the rows of the figures file, exactly as protected.
    """

    variant: Variant
    title: str
    school: str
    population: str
    year: str
    identity: str
    compared: str
    made_on: dt.date
    date: str
    notice: str
    sections: tuple[Section, ...]
    records: tuple[Mapping[str, str | int | float], ...] = ()

    @property
    def footer(self) -> str:
        """What every page and slide names."""
        return " · ".join(part for part in (self.identity, self.compared, self.date) if part)

    def of(self, kind: Kind) -> tuple[Section, ...]:
        """Give the sections of one kind, in order."""
        return tuple(section for section in self.sections if section.kind is kind)
