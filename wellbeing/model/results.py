"""What the program found out about a school. No pupil lives here: only counts and what follows from them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from wellbeing.model.reference import Bouw, Direction, IndicatorId, Pillar

# --------------------------------------------------------------------------- groups and counts


class Dimension(StrEnum):
    """The fixed menu of groups. There is no other way to cut the pupils up."""

    TOTAL = "totaal"
    LEVEL = "niveau"
    LEERJAAR = "klas"
    GENDER = "geslacht"


@dataclass(frozen=True, slots=True)
class Group:
    """One group of the menu: its key in our words and the label people read."""

    dimension: Dimension
    key: str
    label: str


@dataclass(frozen=True, slots=True)
class Count:
    """Pupils to whom an indicator applies, and how many of them have it."""

    cases: int
    total: int

    def __post_init__(self) -> None:
        """Refuse counts that cannot exist."""
        if not 0 <= self.cases <= self.total:
            msg = f"no group has {self.cases} cases among {self.total} pupils"
            raise ValueError(msg)

    @property
    def misses(self) -> int:
        """The pupils who do not have it."""
        return self.total - self.cases


@dataclass(frozen=True, slots=True)
class Weighted:
    """Weighted sums over the pupils with an answer: w, w for cases, w squared, w squared for cases."""

    weights: float
    case_weights: float
    squares: float
    case_squares: float


@dataclass(frozen=True, slots=True)
class GroupCounts:
    """One group: how many pupils it has, and per indicator the exact count (confidential).

    ``weighted`` has the weighted sums, where the user asked for weights.
    """

    group: Group
    pupils: int
    figures: Mapping[IndicatorId, Count]
    weighted: Mapping[IndicatorId, Weighted] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class AnswerCounts:
    """How often each answer of one question was given, in the order of the questionnaire (confidential).

    ``answers`` are code, label and number of pupils; not applicable and missing are not among them.
    """

    question: str
    text: str
    answers: tuple[tuple[int, str, int], ...]


@dataclass(frozen=True, slots=True)
class StatedRate:
    """A comparator's share (0-1) as a table of figures states it, with its pupils where it says so."""

    share: float
    total: int | None


@dataclass(frozen=True, slots=True)
class StatedBeside:
    """One comparator that came with a table of figures."""

    comparator: Comparator
    rates: Mapping[IndicatorId, StatedRate]
    hidden: frozenset[IndicatorId]


@dataclass(frozen=True, slots=True)
class Stated:
    """What a measurement has that was rebuilt from a table of figures (confidential).

    ``hidden`` are subjects that the source itself hid; ``lowest`` and ``highest`` are the counts between
    which the true count lies, since the table gives rounded percentages.
    """

    hidden: frozenset[IndicatorId]
    lowest: Mapping[IndicatorId, Count]
    highest: Mapping[IndicatorId, Count]
    beside: tuple[StatedBeside, ...] = ()


@dataclass(frozen=True, slots=True)
class Measurement:
    """One population of one school in one year, counted over the whole fixed menu (confidential).

    ``groups`` starts with the total. Pupils without a value of a dimension count in the total and
    in none of its groups. ``strata`` gives per "level|leerjaar|gender" ("" where unknown) the number
    of valid answers of each indicator: totals only, for the expected share. ``answers`` is the
    distribution of answers of the population as a whole. ``parts`` are the measurements that were
    taken together to make this one. ``stated`` is there where it was rebuilt from a table of figures.
    """

    school: str
    year: str
    bouw: Bouw
    codebook: str
    groups: tuple[GroupCounts, ...]
    could_have_answered: int | None = None
    strata: Mapping[str, Mapping[IndicatorId, int]] = field(default_factory=dict)
    answers: tuple[AnswerCounts, ...] = ()
    parts: tuple[Measurement, ...] = ()
    stated: Stated | None = None

    @property
    def total(self) -> GroupCounts:
        """The school as a whole."""
        return self.groups[0]


# --------------------------------------------------------------------------- published figures


@dataclass(frozen=True, slots=True)
class Interval:
    """Two limits on the scale 0-1 (differences: -1 to 1)."""

    lower: float
    upper: float


class Reason(StrEnum):
    """Why a figure is hidden. A finer reason would tell the number."""

    TOO_FEW_PUPILS = "te weinig leerlingen"
    SENSITIVE = "gevoelig onderwerp"
    NOT_SHOWN = "niet getoond"


@dataclass(frozen=True, slots=True)
class WeightedShare:
    """A share (0-1) in which pupils do not all count for the same, and the pupils it is worth."""

    share: float
    effective: float


@dataclass(frozen=True, slots=True)
class Proportion:
    """A share of pupils that may be shown; ``weighted`` only where the user asked for weights."""

    count: Count
    interval: Interval
    weighted: WeightedShare | None = None

    @property
    def share(self) -> float:
        """The share between 0 and 1; worked out, so it cannot disagree with the count."""
        return self.weighted.share if self.weighted else self.count.cases / self.count.total

    @property
    def precision(self) -> float:
        """The number of pupils that the margin goes by."""
        return self.weighted.effective if self.weighted else float(self.count.total)

    @property
    def percentage(self) -> int:
        """The share as people read it: whole percent, half up (without weights in whole numbers)."""
        if self.weighted:
            return int(self.weighted.share * 100 + 0.5)
        return whole_percentage(self.count.cases, self.count.total)


@dataclass(frozen=True, slots=True)
class Suppressed:
    """A figure that may not be shown; it carries no number at all."""

    reason: Reason


Published = Proportion | Suppressed


@dataclass(frozen=True, slots=True)
class AnswerShare:
    """One answer, or neighbouring answers taken together, with its whole percentage."""

    labels: tuple[str, ...]
    percentage: int


@dataclass(frozen=True, slots=True)
class PublishedAnswers:
    """The distribution of answers to one question, of the school as a whole, as it may be shown."""

    question: str
    text: str
    theme: str
    total: int | None
    shares: tuple[AnswerShare, ...] | Suppressed


@dataclass(frozen=True, slots=True)
class PublishedGroup:
    """One group as it may be shown. ``pupils`` is absent where it may not."""

    group: Group
    figures: Mapping[IndicatorId, Published]


@dataclass(frozen=True, slots=True)
class PublishedMeasurement:
    """A measurement after protection: what every page, export and sentence is made of."""

    school: str
    year: str
    bouw: Bouw
    codebook: str
    respondents: int | Suppressed
    could_have_answered: int | None
    groups: tuple[PublishedGroup, ...]
    levels: tuple[Group, ...]

    @property
    def total(self) -> PublishedGroup:
        """The school as a whole."""
        return self.groups[0]


# --------------------------------------------------------------------------- comparison


class ComparatorKind(StrEnum):
    """What a school is set beside."""

    REGION = "regio"
    OWN_LEVEL = "eigen niveau"
    EXPECTED = "verwacht"


@dataclass(frozen=True, slots=True)
class Comparator:
    """One thing a figure is set beside: which, of which measurement, and whose pupils are in it.

    ``label`` is its name where it came with a table of figures.
    """

    kind: ComparatorKind
    region: str
    year: str
    without_school: bool
    label: str = ""


@dataclass(frozen=True, slots=True)
class BenchmarkFigure:
    """The comparator's figure for one row.

    ``share`` is 0-1 (a mix of levels has no single count), ``total`` the pupils behind it (0 where a
    table of figures does not tell), ``count`` the exact count where it is one, ``interval`` the
    margin of the figure itself.
    """

    share: float
    total: int
    interval: Interval
    count: Count | None

    @property
    def percentage(self) -> int:
        """Whole percent, half up; from the count where there is one."""
        if self.count is not None:
            return whole_percentage(self.count.cases, self.count.total)
        return int(self.share * 100 + 0.5)


@dataclass(frozen=True, slots=True)
class NotComparable:
    """There is no comparator for this row, and this is why (a Dutch sentence, no number in it)."""

    reason: str


class Certainty(StrEnum):
    """How sure a difference is, from the numbers of this school."""

    CLEAR = "duidelijk"
    POSSIBLE = "mogelijk"
    NONE = "geen aantoonbaar verschil"


class Sense(StrEnum):
    """Which way a difference points for pupils; HIGHER and LOWER for neutral subjects."""

    FAVOURABLE = "gunstiger"
    UNFAVOURABLE = "ongunstiger"
    HIGHER = "hoger"
    LOWER = "lager"


@dataclass(frozen=True, slots=True)
class Verdict:
    """The label of a difference. ``sense`` is absent where there is no demonstrable difference."""

    certainty: Certainty
    sense: Sense | None

    def __str__(self) -> str:
        """As the figures file writes it: "duidelijk gunstiger", "geen aantoonbaar verschil"."""
        return self.certainty.value if self.sense is None else f"{self.certainty.value} {self.sense.value}"


@dataclass(frozen=True, slots=True)
class Difference:
    """School minus comparator, in points as shown, with its 95% interval and label.

    ``points`` is rounded minus rounded; ``interval`` lies on the scale -1 to 1; ``verdict`` is
    absent where the response is too low for labels. The p-values serve the GGD's epidemiologist
    (``--unprotected``) and are never shown: an exact p-value gives the count away.
    """

    points: int
    interval: Interval
    p_value: float
    p_adjusted: float
    verdict: Verdict | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """One indicator of one group beside one comparator."""

    indicator: IndicatorId
    group: Group
    comparator: Comparator
    school: Published
    benchmark: BenchmarkFigure | Suppressed | NotComparable
    difference: Difference | Suppressed | NotComparable


# --------------------------------------------------------------------------- findings


class PointKind(StrEnum):
    """Why a subject comes to the table, from the figures or without them."""

    CLEAR = "duidelijk"
    POSSIBLE = "mogelijk"
    COMMON = "komt veel voor"
    CONVERSATION = "gespreksvraag"


@dataclass(frozen=True, slots=True)
class Point:
    """One card of the profile: a subject with its comparison, or a theme to talk about without a figure."""

    kind: PointKind
    theme: str
    indicator: IndicatorId | None
    comparison: Comparison | None


@dataclass(frozen=True, slots=True)
class ThemeTally:
    """How the subjects of one theme fall out against the main comparison."""

    theme: str
    favourable: int
    no_difference: int
    unfavourable: int
    neutral: int
    hidden: int
    without_label: int = 0


@dataclass(frozen=True, slots=True)
class ThemeFinding:
    """The shown subjects of a theme taken together beside the main comparison.

    ``points`` is the mean difference over the subjects as shown, positive where more pupils are in
    the unfavourable position. ``verdict`` is absent where the response is too low for labels.
    """

    theme: str
    subjects: int
    points: int
    p_value: float
    p_adjusted: float
    verdict: Verdict | None


@dataclass(frozen=True, slots=True)
class Findings:
    """What stands out: what goes well, what to discuss, and the count of every outcome."""

    main: ComparatorKind
    strengths: tuple[Point, ...]
    to_discuss: tuple[Point, ...]
    tallies: tuple[ThemeTally, ...]
    outcomes: Mapping[str, int]
    themes: tuple[ThemeFinding, ...] = ()


@dataclass(frozen=True, slots=True)
class Detectable:
    """The smallest difference, in whole points, that this school's numbers can show (at 30%)."""

    possible: int
    clear: int


@dataclass(frozen=True, slots=True)
class Analysis:
    """Everything the pages, the reports and the command line may show of one measurement."""

    published: PublishedMeasurement
    comparisons: tuple[Comparison, ...]
    findings: Findings
    detectable: Detectable | None
    directions: Mapping[IndicatorId, Direction]
    answers: tuple[PublishedAnswers, ...] = ()


# --------------------------------------------------------------------------- schools side by side


class Position(StrEnum):
    """Where a school lies in a funnel: within what chance brings, or outside one of its two limits."""

    INSIDE = "binnen de grenzen"
    OUTSIDE_95 = "buiten de 95%-grens"
    OUTSIDE_998 = "buiten de 99,8%-grens"


@dataclass(frozen=True, slots=True)
class SchoolPoint:
    """One school in a funnel. The name is for the GGD, to point out the own school; never a ranking."""

    school: str
    total: int
    percentage: int
    position: Position


@dataclass(frozen=True, slots=True)
class Spread:
    """How the schools of a region lie for one subject; ``percentiles`` are whole percents (10, 25, 50, 75, 90).

    ``centre`` is the share of all shown schools together; ``limits`` give per number of pupils the
    whole percents between which 95% and 99.8% of the schools lie when they differ as schools do.
    """

    indicator: IndicatorId
    higher_is: Direction
    centre: int
    points: tuple[SchoolPoint, ...]
    hidden: int
    percentiles: tuple[int, int, int, int, int]
    limits: tuple[tuple[int, Interval, Interval], ...]


# --------------------------------------------------------------------------- over the years


@dataclass(frozen=True, slots=True)
class YearFigure:
    """A subject in one year; ``broken`` where the question differs from the measurement before."""

    year: str
    figure: Published
    broken: bool


@dataclass(frozen=True, slots=True)
class Change:
    """This measurement minus the one before, in points as shown, with its 95% interval and label."""

    since: str
    points: int
    interval: Interval
    p_value: float
    p_adjusted: float
    verdict: Verdict | None


@dataclass(frozen=True, slots=True)
class LongRun:
    """The direction over three or more measurements with the same question."""

    measurements: int
    points_per_year: float
    p_value: float
    p_adjusted: float
    verdict: Verdict | None


@dataclass(frozen=True, slots=True)
class Course:
    """One subject of one school over the years, oldest first."""

    indicator: IndicatorId
    theme: str
    higher_is: Direction
    figures: tuple[YearFigure, ...]
    change: Change | NotComparable
    long_run: LongRun | None


# --------------------------------------------------------------------------- suggestions


class Cause(StrEnum):
    """The named reason for which a theme comes to the table."""

    DIFFERS = "verschilt duidelijk ongunstig"
    COMMON = "komt veel voor"
    NEED = "behoefte van de school"
    SIGNAL = "collectief signaal"
    FOCUS = "speerpunt van de GGD"
    EMPTY = "leeg vak in wat de school al doet"


@dataclass(frozen=True, slots=True)
class ThemeReason:
    """One reason for one theme, with the indicators it stems from and a sentence for the reader."""

    cause: Cause
    indicators: tuple[IndicatorId, ...]
    sentence: str


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One row of the catalogue on a pillar of a package, with the remarks that belong to it."""

    row: str
    remarks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PillarPart:
    """One pillar of a package: the action and what fits it (empty: no fitting offer found)."""

    pillar: Pillar
    action: str
    already_done: bool
    suggestions: tuple[Suggestion, ...]


@dataclass(frozen=True, slots=True)
class Package:
    """A theme over the four pillars, and why it came to the table."""

    theme: str
    reasons: tuple[ThemeReason, ...]
    parts: tuple[PillarPart, ...]


@dataclass(frozen=True, slots=True)
class Wishes:
    """What people brought to the table besides the figures (catalogue theme ids)."""

    needs: frozenset[str] = frozenset()
    signals: frozenset[str] = frozenset()
    focus: frozenset[str] = frozenset()
    already_done: frozenset[tuple[str, Pillar]] = frozenset()
    matrix_filled: bool = False


def whole_percentage(cases: int, total: int) -> int:
    """Give the percentage as a whole number, half up, without leaving whole numbers.

    >>> whole_percentage(1, 8), whole_percentage(5, 40), whole_percentage(1, 3)
    (13, 13, 33)
    """
    return (200 * cases + total) // (2 * total)
