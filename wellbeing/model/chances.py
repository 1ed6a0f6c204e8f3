"""Groups within one school beside each other, as far as printed figures tell. No pupil and no count lives here."""

from __future__ import annotations

from dataclasses import dataclass

from wellbeing.model.reference import IndicatorId
from wellbeing.model.results import Certainty, Detectable, Dimension, Group, Interval


@dataclass(frozen=True, slots=True)
class GroupFigure:
    """A shown figure of one group as people read it: whole percent, and its pupils rounded to five."""

    group: Group
    percentage: int
    pupils: int


@dataclass(frozen=True, slots=True)
class GroupDifference:
    """Two groups of one dimension on one subject; ``more`` is the group in which more pupils tell it.

    ``interval`` is the margin of the difference (-1 to 1). ``certainty`` is absent where too few pupils
    answered for labels. The p-values are never shown.
    """

    indicator: IndicatorId
    more: GroupFigure
    less: GroupFigure
    interval: Interval
    p_value: float
    p_adjusted: float
    certainty: Certainty | None

    @property
    def points(self) -> int:
        """Rounded minus rounded: nobody reads more from it than from the two percentages."""
        return self.more.percentage - self.less.percentage


@dataclass(frozen=True, slots=True)
class Reach:
    """The smallest difference that the two largest shown groups of a dimension can show, with their sizes."""

    dimension: Dimension
    sizes: tuple[int, int]
    least: Detectable


@dataclass(frozen=True, slots=True)
class LevelGap:
    """A level of the school that does not differ from that level in the region, where the level itself lies far off.

    All are whole percentages that stand on other pages too; ``same_level`` and ``region`` are of the region.
    """

    indicator: IndicatorId
    level: Group
    school: int
    same_level: int
    region: int

    @property
    def points(self) -> int:
        """How far the level lies above the region, rounded minus rounded."""
        return self.same_level - self.region


@dataclass(frozen=True, slots=True)
class Chances:
    """What the groups of a school tell beside each other.

    ``differences`` are all that were tested together, what stands out first. ``hidden`` are groups of
    which nothing is shown, ``single`` the dimensions that have groups but no two to compare, and
    ``alike`` pairs of groups (of two dimensions) that read the same on every subject they both show:
    those are compared once.
    """

    differences: tuple[GroupDifference, ...]
    reaches: tuple[Reach, ...]
    hidden: tuple[Group, ...]
    single: tuple[Dimension, ...]
    alike: tuple[tuple[Group, Group], ...]
    level_gaps: tuple[LevelGap, ...]
