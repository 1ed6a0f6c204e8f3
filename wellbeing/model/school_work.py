"""What a school works on between two conversations: checklist, plans, route to help, what it explores and hears.

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

from wellbeing.model.conversation import Agreement, Attendee, DiscussionPoint
from wellbeing.model.reference import STRICT, Bouw, Identifier, IndicatorId, NonEmpty, Owned, Pillar

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


class PlanName(StrEnum):
    """The step plans a core team can follow."""

    WELLBEING = "Welbevinden op School"
    HEALTHY_SCHOOL = "Gezonde School-aanpak"


@dataclass(frozen=True, config=STRICT)
class PlanStep:
    """One step of a plan for the core team; ``pages`` are the addresses where the dashboard helps with it."""

    id: Identifier
    plan: PlanName
    title: NonEmpty
    what: NonEmpty
    pages: tuple[NonEmpty, ...]
    remark: str
    owned: Owned


@dataclass(frozen=True, config=STRICT)
class ReachedLess:
    """Pupils whom a school easily reaches less, what helps then, and the rows of the catalogue about it."""

    id: Identifier
    who: NonEmpty
    helps: NonEmpty
    rows: tuple[Identifier, ...]
    owned: Owned


@dataclass(frozen=True, config=STRICT)
class SchoolLists:
    """Everything a school can go through by itself."""

    checklist: tuple[ChecklistItem, ...] = ()
    weeks: tuple[ThemeWeek, ...] = ()
    steps: tuple[PlanStep, ...] = ()
    reached_less: tuple[ReachedLess, ...] = ()


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


class Scope(StrEnum):
    """Whom an exploration is about; there is no choice for one pupil."""

    GROUP = "een groep leerlingen"
    SCHOOL = "de hele school"


@plain(frozen=True, slots=True)
class Exploration:
    """One problem from what people see up to a goal; ``theme`` is of the catalogue, empty where not chosen.

    ``indicator`` and ``bouw`` are the figure to look at next time, ``by`` the day on which the goal is reached.
    """

    title: str
    scope: Scope | None = None
    theme: str = ""
    seen: str = ""
    behind: str = ""
    goal: str = ""
    indicator: IndicatorId | None = None
    bouw: Bouw | None = None
    by: dt.date | None = None
    approach: str = ""

    @property
    def agreement(self) -> Agreement:
        """The goal as an agreement of the conversation."""
        return Agreement(self.goal, due=self.by, indicator=self.indicator, bouw=self.bouw)


@plain(frozen=True, slots=True)
class Explorations:
    """The problems that a school explored in one school year."""

    items: tuple[Exploration, ...] = ()


class StepState(StrEnum):
    """How far the core team is with a step."""

    NOT_YET = "nog niet begonnen"
    BUSY = "bezig"
    DONE = "klaar"


class VisionQuestion(StrEnum):
    """The short exercise towards a vision of the school, in its order."""

    VALUES = "Wat vinden wij belangrijk voor onze leerlingen?"
    DAY = "Wat merkt een leerling daarvan op een gewone dag?"
    ALREADY = "Wat doen we al dat daarbij past, en waar zit energie?"
    SENTENCE = "Onze visie op welbevinden, in twee zinnen"


@plain(frozen=True, slots=True)
class StepProgress:
    """How far one step is, and which role takes it up."""

    state: StepState | None = None
    who: Attendee | None = None


@plain(frozen=True, slots=True)
class StepPlan:
    """What the core team did of its steps, by id, and its vision, by question."""

    plan: PlanName = PlanName.WELLBEING
    steps: Mapping[str, StepProgress] = field(default_factory=dict)
    vision: Mapping[VisionQuestion, str] = field(default_factory=dict)

    def step(self, name: str) -> StepProgress:
        """Give how far a step is."""
        return self.steps.get(name, StepProgress())


class TalkGroup(StrEnum):
    """With which pupils the school spoke; always a group."""

    COUNCIL = "leerlingenraad"
    SOUNDING_BOARD = "klankbordgroep"
    MIXED = "leerlingen uit verschillende leerjaren"
    LEERJAAR = "leerlingen uit één leerjaar"


@plain(frozen=True, slots=True)
class PupilTalk:
    """What a group of pupils said; ``heard`` is per point of the conversation (``point_key``)."""

    group: TalkGroup | None = None
    held_on: dt.date | None = None
    heard: Mapping[str, str] = field(default_factory=dict)


def point_key(point: DiscussionPoint) -> str:
    """Give the name under which is kept what pupils said about a point."""
    return "|".join((point.theme, point.indicator or "", point.bouw or ""))


WorkContent = TypeVar("WorkContent", bound=Checklist | YearPlan | Route | Explorations | StepPlan | PupilTalk)


@plain(frozen=True, slots=True)
class SchoolWork(Generic[WorkContent]):
    """One piece of work of one school in one school year; ``revision`` is 0 until it was saved."""

    school: str
    year: str
    content: WorkContent
    revision: int = 0
