"""What a school works on between two conversations: its checklist, its year plan, its route to help.

Each piece belongs to one school and one school year. Roles, never names; nothing is about one pupil.
The lists that a school goes through come from ``data/interventions`` (``SchoolLists``).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass as plain
from dataclasses import field
from enum import StrEnum
from typing import Generic, TypeVar

from pydantic.dataclasses import dataclass

from wellbeing.model.reference import STRICT, Identifier, NonEmpty, Owned, Pillar

# --------------------------------------------------------------------------- what the lists hold


@dataclass(frozen=True, config=STRICT)
class ChecklistItem:
    """One question of the checklist, on one pillar.

    ``themes`` are the themes of the catalogue whose cell in the table of themes and pillars it fills;
    ``origin`` says from which criteria it was taken, ``is_obliged`` whether the law asks for it.
    """

    id: Identifier
    pillar: Pillar
    question: NonEmpty
    origin: NonEmpty
    is_obliged: bool
    themes: tuple[Identifier, ...]
    owned: Owned


@dataclass(frozen=True, config=STRICT)
class ThemeWeek:
    """A week or day that comes back every year: when it usually is, and when it was seen.

    ``row`` is its row in the catalogue. There is no date here: a person fills that in every year.
    """

    row: Identifier
    usually: NonEmpty
    seen: NonEmpty
    owned: Owned


@dataclass(frozen=True, config=STRICT)
class SchoolLists:
    """Everything a school can go through by itself."""

    checklist: tuple[ChecklistItem, ...] = ()
    weeks: tuple[ThemeWeek, ...] = ()


# --------------------------------------------------------------------------- what a school fills in


class State(StrEnum):
    """How it stands with one item of the checklist."""

    GOOD = "goed"
    BETTER = "kan beter"
    NOT_YET = "nog niet"


class Filling(StrEnum):
    """How the checklist was filled in."""

    TOGETHER = "samen met een team"
    ALONE = "door één persoon"


@plain(frozen=True, slots=True)
class Checklist:
    """The answers per item; what was not answered is absent. ``notes`` are per pillar."""

    answers: Mapping[str, State] = field(default_factory=dict)
    notes: Mapping[Pillar, str] = field(default_factory=dict)
    filling: Filling | None = None


class MomentKind(StrEnum):
    """What stands in the year plan."""

    THEME_WEEK = "themaweek"
    CHECK = "samen bekijken"
    ACTIVITY = "activiteit"


@plain(frozen=True, slots=True)
class Moment:
    """Something on the calendar that a person put there; ``last`` is the last day, the first where it is one day.

    ``row`` is the theme week of the catalogue, empty for what the school thought of itself.
    """

    kind: MomentKind
    what: str
    first: dt.date
    last: dt.date
    row: str = ""


@plain(frozen=True, slots=True)
class YearPlan:
    """What a person put on the calendar; agreements come from the conversation."""

    moments: tuple[Moment, ...] = ()


class RoutePart(StrEnum):
    """The four questions of the route."""

    SEES = "Wie ziet dat het niet goed gaat?"
    TALKS = "Wie praat met de leerling en de ouders?"
    DECIDES = "Wie beslist samen wat er nodig is?"
    HELPS = "Wie helpt?"


class Helper(StrEnum):
    """Who can have a part in the route; a role, never a name."""

    PUPIL = "leerling"
    PARENTS = "ouders"
    MENTOR = "mentor"
    TEACHER = "docent"
    TEAM_LEADER = "teamleider"
    CARE_COORDINATOR = "zorgcoördinator"
    CONFIDANT = "vertrouwenspersoon"
    BULLYING = "aanspreekpunt pesten"
    CARE_TEAM = "ondersteuningsteam"
    NURSE = "jeugdverpleegkundige"
    DOCTOR = "jeugdarts"
    SOCIAL_WORKER = "schoolmaatschappelijk werker"
    ATTENDANCE = "leerplichtambtenaar"
    YOUTH_CARE = "jeugdhulp (wijkteam)"
    CORE_PARTNER = "kernpartner"
    YOUTH_WORKER = "jongerenwerker"
    PARTNERSHIP = "samenwerkingsverband"
    FAMILY_DOCTOR = "huisarts"


@plain(frozen=True, slots=True)
class RouteStep:
    """One question of the route: which roles, and how they do it."""

    roles: tuple[Helper, ...] = ()
    how: str = ""


@plain(frozen=True, slots=True)
class Route:
    """The school's own route to help; ``evaluated_on`` is absent until people looked at it this year."""

    steps: Mapping[RoutePart, RouteStep] = field(default_factory=dict)
    evaluated_on: dt.date | None = None
    works: str = ""
    changes: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing was filled in yet."""
        return not any(step.roles or step.how for step in self.steps.values())

    def step(self, part: RoutePart) -> RouteStep:
        """Give what was filled in at a question."""
        return self.steps.get(part, RouteStep())


Content = TypeVar("Content", bound=Checklist | YearPlan | Route)


@plain(frozen=True, slots=True)
class SchoolWork(Generic[Content]):
    """One piece of work of one school in one school year; ``revision`` is 0 until it was saved."""

    school: str
    year: str
    content: Content
    revision: int = 0
