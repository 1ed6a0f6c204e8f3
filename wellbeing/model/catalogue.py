"""What a school can do: programmes, measures, tools and examples, and the packages they form.

The rows live in ``data/interventions/``; health promoters own them. Texts are Dutch.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import replace
from enum import StrEnum
from typing import Annotated, Literal, TypeVar

from pydantic import Field
from pydantic.dataclasses import dataclass

from wellbeing.model.conversation import OwnOffer
from wellbeing.model.reference import STRICT, Identifier, NonEmpty, Pillar

EVERY_THEME = "alle"
EVERY_LEVEL: Literal["alle"] = "alle"
DATE_UNKNOWN = "datum onbekend"
OWNER = "GGD"
OWN_OFFER = "Eigen aanbod van de GGD."

CatalogueLevel = Literal["praktijkonderwijs", "vmbo-bk", "vmbo-gt", "havo", "vwo", "vso", "alle"]
Leerjaar = Annotated[int, Field(ge=1, le=6)]
Found = TypeVar("Found")
WrittenDate = Annotated[str, Field(pattern=r"^(\d{4}(-\d{2}-\d{2})?)?$")]


class Kind(StrEnum):
    """What sort of thing a row of the catalogue is."""

    PROGRAMME = "interventie"
    TIP = "tip"
    TOOL = "tool"
    SCAN = "scan"
    TALK = "gespreksmiddel"
    STEPS = "stappenplan"
    KNOWLEDGE = "kennis"
    STORY = "praktijkverhaal"
    EXAMPLE = "goed voorbeeld"
    THEME_WEEK = "themaweek"
    OWN = "eigen aanbod GGD"


class Layer(StrEnum):
    """For whom something is: every pupil, groups at risk, pupils with complaints; or a tool for the school."""

    UNIVERSAL = "universeel"
    SELECTIVE = "selectief"
    INDICATED = "geïndiceerd"
    TOOL = "hulpmiddel"


class Recognition(StrEnum):
    """How a programme was judged, in the words of the Dutch data bases; from strong to none."""

    STRONG_SIGNS = "Sterke aanwijzingen"
    GOOD_SIGNS = "Goede aanwijzingen"
    FIRST_SIGNS = "Eerste aanwijzingen"
    WELL_FOUNDED = "Goed onderbouwd"
    WELL_DESCRIBED = "Goed beschreven"
    OLD_SCALE = "oude indeling"
    NOT_APPLICABLE = "n.v.t."
    NONE_FOUND = "geen erkenning gevonden"
    REFUSED = "niet erkend"
    NOT_JUDGED = "niet beoordeeld"


JUDGED = (
    Recognition.WELL_DESCRIBED,
    Recognition.WELL_FOUNDED,
    Recognition.FIRST_SIGNS,
    Recognition.GOOD_SIGNS,
    Recognition.STRONG_SIGNS,
)
"""The recognitions that stand, from low to high."""


class Confidence(StrEnum):
    """How sure the facts of a row are (for rows of the Inspiratiekaart: its pillars)."""

    HIGH = "hoog"
    MIDDLE = "middel"
    LOW = "laag"


@dataclass(frozen=True, config=STRICT)
class CatalogueRow:
    """One thing a school can do or use, with everything that must be shown beside it.

    ``levels`` is ``("alle",)`` or school levels; the leerjaren are absent where there is no limit.
    ``recognition_date`` is a date, a year alone, or empty where the source gives none. ``remark``
    is always shown with the row. ``possible_link`` is an address that nobody checked. ``checked_on``
    is absent only for an own offer of which the GGD never said that it is up to date; ``checked_by`` is
    who looked at the row then, empty where nobody of the organisation did.
    """

    id: Identifier
    title: NonEmpty
    type: Kind
    pillars: Annotated[tuple[Pillar, ...], Field(min_length=1)]
    themes: Annotated[tuple[Identifier, ...], Field(min_length=1)]
    audience: tuple[NonEmpty, ...]
    levels: Annotated[tuple[CatalogueLevel, ...], Field(min_length=1)]
    leerjaar_from: Leerjaar | None
    leerjaar_to: Leerjaar | None
    level_as_in_source: NonEmpty
    layer: Annotated[tuple[Layer, ...], Field(min_length=1)]
    recognition: Recognition
    recognition_as_in_source: str
    recognition_date: WrittenDate
    owner: NonEmpty
    description: NonEmpty
    source: NonEmpty
    possible_link: str
    remark: str
    confidence: Confidence
    checked_on: dt.date | None
    proposable: bool
    not_proposed_because: str
    checked_by: str = ""

    @property
    def is_judged(self) -> bool:
        """Whether a committee recognised it."""
        return self.recognition in JUDGED

    @property
    def is_inspiration(self) -> bool:
        """Whether it tells what another school did: inspiration, not proof."""
        return self.type in {Kind.EXAMPLE, Kind.STORY}

    @property
    def is_own(self) -> bool:
        """Whether the GGD itself offers it; nobody judged it."""
        return self.type is Kind.OWN

    @property
    def name_only(self) -> bool:
        """Whether only its name and the way to it may be shown: care for pupils with complaints."""
        return self.type is Kind.PROGRAMME and set(self.layer) == {Layer.INDICATED}

    @property
    def is_general(self) -> bool:
        """Whether it fits every theme alike, so that it says nothing about one."""
        return self.themes == (EVERY_THEME,)

    @property
    def recognised_by(self) -> dt.date | None:
        """The last day on which the recognition can have been given; a year alone means its last day."""
        if not self.recognition_date:
            return None
        has_day = "-" in self.recognition_date
        return dt.date.fromisoformat(self.recognition_date if has_day else f"{self.recognition_date}-12-31")

    @property
    def recognition_in_words(self) -> str:
        """The recognition with its date, as it must stand beside every programme.

        A row that was never up for a judgement shows no date.
        """
        if not self.is_judged and self.recognition is not Recognition.OLD_SCALE:
            return self.recognition.value
        return f"{self.recognition.value} ({self.recognition_date or DATE_UNKNOWN})"


@dataclass(frozen=True, config=STRICT)
class CatalogueTheme:
    """A theme a school can work on, with what the adviser asks and watches.

    ``safety_net`` is the row that always comes first under Signaleren; ``lesson_remark`` goes with
    every lesson on this theme.
    """

    id: Identifier
    label: NonEmpty
    question: NonEmpty
    caution: NonEmpty
    safety_net: str
    lesson_remark: str


@dataclass(frozen=True, config=STRICT)
class PackageAction:
    """What to do on one pillar of one theme, and the rows that fit it best (in order)."""

    theme: Identifier
    pillar: Pillar
    action: NonEmpty
    rows: Annotated[tuple[Identifier, ...], Field(min_length=1)]


@dataclass(frozen=True, config=STRICT)
class Catalogue:
    """All rows, themes and packages; checked by the loader, so that every reference resolves.

    ``available`` and ``unavailable`` are the rows of which the GGD said whether they can be had in its
    region; of the others nobody said so (see ``with_region``).
    """

    rows: tuple[CatalogueRow, ...]
    themes: tuple[CatalogueTheme, ...]
    packages: tuple[PackageAction, ...]
    available: frozenset[str] = frozenset()
    unavailable: frozenset[str] = frozenset()

    def with_region(self, offers: Iterable[OwnOffer], availability: Mapping[str, bool]) -> Catalogue:
        """Give the catalogue as it is in one region: with the GGD's own offers, and what can be had there."""
        return replace(
            self,
            rows=(*self.rows, *(own_row(offer) for offer in offers)),
            available=frozenset(row for row, is_here in availability.items() if is_here),
            unavailable=frozenset(row for row, is_here in availability.items() if not is_here),
        )

    def row(self, row_id: str) -> CatalogueRow:
        """Give the row with this id.

        Raises:
            KeyError: if there is no such row.
        """
        return _only(row_id, [row for row in self.rows if row.id == row_id])

    def theme(self, theme_id: str) -> CatalogueTheme:
        """Give the theme with this id.

        Raises:
            KeyError: if there is no such theme.
        """
        return _only(theme_id, [theme for theme in self.themes if theme.id == theme_id])

    def action(self, theme_id: str, pillar: Pillar) -> PackageAction:
        """Give what the package of a theme says for one pillar.

        Raises:
            KeyError: if there is no such theme.
        """
        found = [action for action in self.packages if action.theme == theme_id and action.pillar is pillar]
        return _only(f"{theme_id} / {pillar}", found)

    def candidates(self, theme_id: str, pillar: Pillar) -> tuple[CatalogueRow, ...]:
        """Give the rows named in the package, in its order, then every other row of that theme and pillar."""
        named = tuple(self.row(row_id) for row_id in self.action(theme_id, pillar).rows)
        others = (row for row in self.rows if theme_id in row.themes and pillar in row.pillars)
        return named + tuple(row for row in others if row not in named)

    def general_rows(self) -> tuple[CatalogueRow, ...]:
        """Give the rows that fit every theme: to begin with, not to solve something."""
        return tuple(row for row in self.rows if row.is_general and row.proposable)


def own_row(offer: OwnOffer) -> CatalogueRow:
    """Give an own offer of the GGD as a row: for every pupil and every level, and never judged."""
    return CatalogueRow(
        id=offer.id,
        title=offer.title,
        type=Kind.OWN,
        pillars=offer.pillars,
        themes=offer.themes,
        audience=(),
        levels=(EVERY_LEVEL,),
        leerjaar_from=None,
        leerjaar_to=None,
        level_as_in_source=EVERY_LEVEL,
        layer=(Layer.UNIVERSAL,),
        recognition=Recognition.NOT_JUDGED,
        recognition_as_in_source="",
        recognition_date="",
        owner=OWNER,
        description=offer.description or OWN_OFFER,
        source=OWNER,
        possible_link="",
        remark="",
        confidence=Confidence.MIDDLE,
        checked_on=offer.checked_on,
        proposable=True,
        not_proposed_because="",
    )


def _only(key: str, found: list[Found]) -> Found:
    if not found:
        raise KeyError(key)
    return found[0]
