"""The record of an advice conversation (*gespreksverslag*): what people chose, heard and agreed.

Roles, never names: who sat at the table is told by what they do. Nothing here is about one pupil.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from enum import StrEnum

from wellbeing.model.reference import Bouw, IndicatorId, Pillar
from wellbeing.model.results import PointKind, Wishes


class Status(StrEnum):
    """How far the school is, in the list of schools; the last two follow from the agreements."""

    NOT_YET = "nog geen gesprek"
    OFFERED = "aangeboden"
    PLANNED = "gepland"
    PREPARED = "voorbereid"
    HELD = "gevoerd"
    OPEN = "afspraken open"
    CLOSED = "afspraken afgerond"


FOLLOWS_FROM_AGREEMENTS = frozenset({Status.OPEN, Status.CLOSED})
BEFORE_PREPARING = frozenset({Status.NOT_YET, Status.OFFERED, Status.PLANNED})


class Attendee(StrEnum):
    """What somebody at the table does."""

    TEAM_LEADER = "teamleider"
    SCHOOL_LEADER = "schoolleider"
    CARE_COORDINATOR = "zorgcoördinator"
    MENTOR = "mentor"
    TEACHER = "docent"
    HEALTHY_SCHOOL_COORDINATOR = "Gezonde School-coördinator"
    NURSE = "jeugdverpleegkundige"
    DOCTOR = "jeugdarts"
    HEALTH_PROMOTER = "gezondheidsbevorderaar"
    SOCIAL_WORKER = "schoolmaatschappelijk werker"
    MUNICIPALITY = "medewerker van de gemeente"
    PUPILS = "leerlingen"
    PARENTS = "ouders"
    SOMEBODY_ELSE = "iemand anders"


@dataclass(frozen=True, slots=True)
class DiscussionPoint:
    """One point for the meeting: a subject, or a theme of the questionnaire without a figure.

    ``reason`` is the sentence that was shown when it was chosen, ``note`` what was said about it.
    ``bouw`` is the population of the figure.
    """

    kind: PointKind
    theme: str
    indicator: IndicatorId | None = None
    bouw: Bouw | None = None
    goes_well: bool = False
    reason: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Need:
    """What the school needs, or a signal of more than one pupil, on a theme of the catalogue."""

    theme: str
    note: str = ""


class Decision(StrEnum):
    """What became of something that was on the table."""

    OPEN = "nog niet besloten"
    CHOSEN = "gekozen"
    DROPPED = "afgevallen"


@dataclass(frozen=True, slots=True)
class Choice:
    """One row of the catalogue on one pillar of a theme: taken or not, and why.

    ``answers`` are the answers to the choice questions, in their order; empty where not filled in.
    """

    theme: str
    pillar: Pillar
    row: str
    decision: Decision
    reason: str = ""
    answers: tuple[str, ...] = ()


class Progress(StrEnum):
    """How an agreement stands."""

    OPEN = "open"
    BUSY = "bezig"
    DONE = "gedaan"
    DROPPED = "vervallen"


SETTLED = frozenset({Progress.DONE, Progress.DROPPED})


@dataclass(frozen=True, slots=True)
class Agreement:
    """What will be done, by which role, before when, and which figure we look at next time."""

    what: str
    who: Attendee | None = None
    due: dt.date | None = None
    indicator: IndicatorId | None = None
    bouw: Bouw | None = None
    progress: Progress = Progress.OPEN
    outcome: str = ""


@dataclass(frozen=True, slots=True)
class UnmetNeed:
    """A need for which no fitting offer was found, so that the GGD sees what to develop."""

    theme: str
    note: str = ""
    pillar: Pillar | None = None


@dataclass(frozen=True, slots=True)
class Conversation:
    """The record of one conversation, about one measurement of one school.

    ``reached`` is the step people took themselves (see ``status``). ``already_done`` are the ticked
    cells of theme and pillar; ``matrix_filled`` says that the empty ones are really empty.
    ``revision`` is 0 for a record that was never saved; the store counts on. ``is_invented`` marks the
    school of the demo.
    """

    school: str
    year: str
    reached: Status = Status.NOT_YET
    planned_on: dt.date | None = None
    held_on: dt.date | None = None
    present: frozenset[Attendee] = frozenset()
    points: tuple[DiscussionPoint, ...] = ()
    needs: tuple[Need, ...] = ()
    signals: tuple[Need, ...] = ()
    choices: tuple[Choice, ...] = ()
    agreements: tuple[Agreement, ...] = ()
    unmet: tuple[UnmetNeed, ...] = ()
    already_done: frozenset[tuple[str, Pillar]] = frozenset()
    matrix_filled: bool = False
    notes: str = ""
    is_invented: bool = False
    revision: int = 0

    def __post_init__(self) -> None:
        """Refuse a step that only the agreements can tell."""
        if self.reached in FOLLOWS_FROM_AGREEMENTS:
            msg = f"'{self.reached}' follows from the agreements"
            raise ValueError(msg)

    @property
    def status(self) -> Status:
        """How far the school is; after the conversation the agreements say so."""
        if self.reached is not Status.HELD or not self.agreements:
            return self.reached
        settled = all(agreement.progress in SETTLED for agreement in self.agreements)
        return Status.CLOSED if settled else Status.OPEN

    @property
    def wishes(self) -> Wishes:
        """What people brought to the table, as the suggestions take it."""
        return Wishes(
            needs=frozenset(need.theme for need in self.needs),
            signals=frozenset(signal.theme for signal in self.signals),
            already_done=self.already_done,
            matrix_filled=self.matrix_filled,
        )

    def with_wishes(self, wanted: Wishes) -> Conversation:
        """Give the record with these needs, signals and ticks; notes of themes that stay, stay."""
        return replace(
            self,
            needs=_needs(self.needs, wanted.needs),
            signals=_needs(self.signals, wanted.signals),
            already_done=wanted.already_done,
            matrix_filled=wanted.matrix_filled,
        )

    def with_points(self, points: Iterable[DiscussionPoint]) -> Conversation:
        """Give the record with these points: what goes well first, otherwise in this order."""
        return replace(self, points=tuple(sorted(points, key=lambda point: not point.goes_well)))


def _needs(before: tuple[Need, ...], themes: frozenset[str]) -> tuple[Need, ...]:
    kept = tuple(need for need in before if need.theme in themes)
    return (*kept, *(Need(theme) for theme in sorted(themes - {need.theme for need in kept})))


def changed_fields(before: Conversation, after: Conversation) -> tuple[str, ...]:
    """Give the names of the fields in which two versions of a record differ, apart from their revision."""
    names = (field.name for field in fields(Conversation) if field.name != "revision")
    return tuple(name for name in names if getattr(before, name) != getattr(after, name))


@dataclass(frozen=True, slots=True)
class OwnOffer:
    """Something the GGD itself offers to schools; nobody judged it, and it is shown as such.

    ``themes`` are of the catalogue; ``id`` never changes, so that old records keep their meaning.
    ``checked_on`` is the day on which the GGD last said that it is right.
    """

    id: str
    title: str
    themes: tuple[str, ...]
    pillars: tuple[Pillar, ...]
    description: str = ""
    checked_on: dt.date | None = None
