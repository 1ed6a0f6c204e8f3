"""What people decided and wrote down in ``data/``: codebooks, interventions, policy.

Every class is checked when it is made: an unknown key is an error. Texts are Dutch, since Dutch
readers own them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from enum import StrEnum
from typing import Annotated, Literal, NewType

from pydantic import ConfigDict, Field
from pydantic.dataclasses import dataclass

IndicatorId = NewType("IndicatorId", str)
ThemeId = NewType("ThemeId", str)

STRICT = ConfigDict(extra="forbid")

NonEmpty = Annotated[str, Field(min_length=1)]
Identifier = Annotated[str, Field(pattern=r"^[A-Za-z][A-Za-z0-9_\-]*$")]


class Direction(StrEnum):
    """What a higher figure means for pupils."""

    FAVOURABLE = "gunstig"
    UNFAVOURABLE = "ongunstig"
    NEUTRAL = "neutraal"


class Sensitivity(StrEnum):
    """How carefully a subject is shown: as usual, with stricter limits, or for the region only."""

    NORMAL = "normaal"
    STRICTER = "strenger"
    REGION_ONLY = "alleen regio"


class Role(StrEnum):
    """What a respondent field tells about a pupil."""

    SCHOOL = "school"
    YEAR = "jaar"
    LEVEL = "niveau"
    LEERJAAR = "leerjaar"
    GENDER = "geslacht"
    WEIGHT = "gewicht"


class Bouw(StrEnum):
    """The two populations of a school; ``ALL`` is for a whole file on the command line."""

    LOWER = "onderbouw"
    UPPER = "bovenbouw"
    ALL = "alle"


class Pillar(StrEnum):
    """The four Gezonde School pillars, in their usual order."""

    POLICY = "Beleid"
    ENVIRONMENT = "Schoolomgeving"
    EDUCATION = "Educatie"
    SIGNALLING = "Signaleren"


@dataclass(frozen=True, config=STRICT)
class Owned:
    """Who answers for a piece of reference data, and when it must be looked at again."""

    source: NonEmpty
    owner: NonEmpty
    reviewed_on: dt.date
    next_review: dt.date


# --------------------------------------------------------------------------- codebook


@dataclass(frozen=True, config=STRICT)
class Answer:
    """One answer of a closed question: the code we keep and the label people read."""

    code: int
    label: NonEmpty


@dataclass(frozen=True, config=STRICT)
class Question:
    """One question of a questionnaire, with every heading under which exports give it.

    ``missing`` are codes that count as not answered; ``not_applicable`` are codes of pupils who
    did not get the question (in the national monitor they count as "no", see ``Rule``).
    """

    id: Identifier
    headings: tuple[NonEmpty, ...]
    text: NonEmpty
    answers: tuple[Answer, ...]
    missing: tuple[int, ...] = ()
    not_applicable: tuple[int, ...] = ()


@dataclass(frozen=True, config=STRICT)
class ShareRule:
    """A pupil has it when the answer is one of ``cases``."""

    kind: Literal["share"]
    question: Identifier
    cases: tuple[int, ...]
    left_out: tuple[int, ...] = ()
    not_applicable: Literal["nee", "ontbreekt"] = "nee"


@dataclass(frozen=True, config=STRICT)
class CountRule:
    """A pupil has it when at least ``at_least`` of the questions have an answer in ``cases``.

    Unanswered questions count only where they could still change the outcome: the pupil is left
    out when neither "has it" nor "has it not" is certain.
    """

    kind: Literal["count"]
    questions: tuple[Identifier, ...]
    cases: tuple[int, ...]
    at_least: int
    not_applicable: Literal["nee", "ontbreekt"] = "nee"


@dataclass(frozen=True, config=STRICT)
class ScaleRule:
    """A pupil has it when a scale of items lies on one side of a cut-off.

    An item's value is its code minus ``first_code``, turned round for ``reversed_questions``
    (``highest - value``). With missing items (at most ``missing_allowed``) the sum is prorated:
    mean of the answered items times the number of items. Exactly one cut-off is given, on the
    scale ``sum x multiply`` (``scale = "sum"``) or on the mean item value (``scale = "mean"``).
    """

    kind: Literal["scale"]
    questions: tuple[Identifier, ...]
    highest: int
    scale: Literal["sum", "mean"]
    first_code: int = 0
    multiply: int = 1
    reversed_questions: tuple[Identifier, ...] = ()
    missing_allowed: int = 0
    at_most: float | None = None
    below: float | None = None
    at_least: float | None = None
    above: float | None = None


Rule = Annotated[ShareRule | CountRule | ScaleRule, Field(discriminator="kind")]


@dataclass(frozen=True, config=STRICT)
class Change:
    """One line in the history of an indicator."""

    on: dt.date
    what: NonEmpty


@dataclass(frozen=True, config=STRICT)
class Indicator:
    """One subject (onderwerp): which pupils count, what it means, and how it is said.

    ``rules`` are tried in order; the first whose questions are all in the export is used.
    ``sentence`` holds ``{leerlingen}`` where "Bijna de helft van de leerlingen" comes.
    ``version`` names the wording of the question: two figures with other versions are never
    compared.
    """

    id: Identifier
    theme: Identifier
    label: NonEmpty
    sentence: NonEmpty
    rules: tuple[Rule, ...]
    higher_is: Direction
    version: NonEmpty
    source: NonEmpty
    owner: NonEmpty
    reviewed_on: dt.date
    next_review: dt.date
    catalogue_themes: tuple[Identifier, ...] = ()
    sensitivity: Sensitivity = Sensitivity.NORMAL
    why_it_matters: str = ""
    caution: str = ""
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, config=STRICT)
class Theme:
    """A chapter of the questionnaire, as the school reads it."""

    id: Identifier
    label: NonEmpty


@dataclass(frozen=True, config=STRICT)
class FieldValue:
    """One value of a respondent field: what the export may write, our key, and the label shown."""

    key: NonEmpty
    label: NonEmpty
    written: tuple[NonEmpty, ...]


@dataclass(frozen=True, config=STRICT)
class RespondentField:
    """A column about the pupil that is not an answer: school, year, level, leerjaar, gender, weight.

    Several fields may have one role; for the level the finest comes first and is used where it is
    in the export. ``headings`` may hold ``{jaar}`` (weights named after their year). Values of
    level, leerjaar and gender that stand in ``values`` are read exactly; others by the common
    spellings. ``missing`` are values that mean "not known".
    """

    role: Role
    headings: tuple[NonEmpty, ...]
    values: tuple[FieldValue, ...] = ()
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, config=STRICT)
class Codebook:
    """One questionnaire in one edition: its questions, respondent fields and indicators.

    ``foreign_headings`` are columns that this edition never has: an export with one of them is of
    another edition of the same ``instrument``.
    """

    id: Identifier
    title: NonEmpty
    instrument: NonEmpty
    edition: NonEmpty
    anonymous: bool
    is_example: bool
    notice: str
    owned: Owned
    themes: tuple[Theme, ...]
    fields: tuple[RespondentField, ...]
    questions: tuple[Question, ...]
    indicators: tuple[Indicator, ...]
    foreign_headings: tuple[NonEmpty, ...] = ()

    def indicator(self, indicator_id: str) -> Indicator:
        """Give the indicator with this id.

        Raises:
            KeyError: if the codebook has no such indicator.
        """
        for indicator in self.indicators:
            if indicator.id == indicator_id:
                return indicator
        raise KeyError(indicator_id)


# --------------------------------------------------------------------------- published figures


@dataclass(frozen=True, config=STRICT)
class NationalFigure:
    """One published figure, as background to a conversation; never something to compare a school with.

    ``indicator_id`` may be a subject that no codebook has. ``population`` says who were asked and
    with which survey; ``breakdown`` is "totaal" or the group ("klas=4", "geslacht=meisje;klas=2"),
    with a reservation in brackets. ``percentage`` is between 0 and 100, as published. ``pupils``
    is known where the source tells it.
    """

    indicator_id: Identifier
    year: Annotated[int, Field(ge=2000, le=2100)]
    population: NonEmpty
    breakdown: NonEmpty
    percentage: Annotated[float, Field(ge=0, le=100, allow_inf_nan=False)]
    source: NonEmpty
    pupils: Annotated[int, Field(ge=1)] | None = None


@dataclass(frozen=True, config=STRICT)
class PublicationNotes:
    """What belongs beside published figures: what they are, how they may be used, who looks after them."""

    title: NonEmpty
    notice: NonEmpty
    licence: NonEmpty
    owned: Owned


# --------------------------------------------------------------------------- policy


@dataclass(frozen=True, config=STRICT)
class Limits:
    """When a figure may be shown: enough pupils, enough cases, enough non-cases.

    Fewer than 10 pupils, or 5 with and 5 without, is nobody's to choose.
    """

    pupils: Annotated[int, Field(ge=10)]
    cases: Annotated[int, Field(ge=5)]


@dataclass(frozen=True, config=STRICT)
class Preset:
    """Limits that a GGD can choose as a whole: the usual ones, and those for sensitive subjects."""

    limits: Limits
    stricter_limits: Limits


@dataclass(frozen=True, config=STRICT)
class VerdictLimits:
    """When a difference is called one: size in whole points and how sure we must be."""

    points: int
    points_for_rare: int
    rare_below: int
    alpha: float
    false_discovery_rate: float


@dataclass(frozen=True, config=STRICT)
class ResponseLimits:
    """Share of pupils who answered (0-1) under which we warn, and under which labels go."""

    warn_below: float
    no_labels_below: float


@dataclass(frozen=True, config=STRICT)
class BenchmarkLimits:
    """When a regional figure may be used beside a school, or leave the GGD."""

    other_schools: int
    pupils: int
    shared_pupils: int
    shared_schools: int
    shared_cases: int
    stratum_pupils: int
    funnel_schools: int


@dataclass(frozen=True, config=STRICT)
class TalkingPoints:
    """How many points the profile shows, and from which percentage a subject is called common."""

    most: int
    common_from: int
    small_school: int


@dataclass(frozen=True, config=STRICT)
class Policy:
    """Every threshold of the product, from ``data/policy.toml``.

    ``limits`` and ``stricter_limits`` hold, unless ``preset`` names one of the ``presets``: that is
    for a whole installation, since two pages with other limits tell more together than each alone.
    ``sharing`` names the preset for what goes to pupils and parents: the limits of its sensitive subjects
    do not count, since those subjects stay out. ``upper_from`` gives per level the first leerjaar of the bovenbouw.
    """

    limits: Limits
    stricter_limits: Limits
    presets: Mapping[str, Preset]
    rounding_step: int
    protection_interval: int
    verdict: VerdictLimits
    response: ResponseLimits
    benchmark: BenchmarkLimits
    talking_points: TalkingPoints
    recognition_years: int
    review_months: Annotated[int, Field(ge=1)]
    suggestions_per_pillar: int
    upper_from: Mapping[str, int]
    owned: Owned
    sharing: NonEmpty
    preset: str = ""

    def limits_of(self, sensitivity: Sensitivity) -> Limits:
        """Give the limits that hold for a subject."""
        return self.limits if sensitivity is Sensitivity.NORMAL else self.stricter_limits

    def with_preset(self, name: str) -> Policy:
        """Give the policy with the limits of a preset.

        Raises:
            KeyError: if there is no such preset.
        """
        chosen = self.presets[name]
        return replace(self, limits=chosen.limits, stricter_limits=chosen.stricter_limits, preset=name)
