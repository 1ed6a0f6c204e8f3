"""When a difference is called one: the one place where it is decided."""

from __future__ import annotations

from wellbeing.model.reference import Direction, VerdictLimits
from wellbeing.model.results import Certainty, Sense, Verdict


def label(
    points: int, benchmark_percentage: int, p_values: tuple[float, float], direction: Direction, limits: VerdictLimits
) -> Verdict:
    """Give the label of a difference.

    ``points`` is rounded minus rounded, ``p_values`` the plain one and the one corrected for many
    subjects. A difference must be large enough as printed *and* too large for chance.
    """
    p_value, p_adjusted = p_values
    enough = limits.points_for_rare if benchmark_percentage < limits.rare_below else limits.points
    if abs(points) < enough or p_value >= limits.alpha:
        return Verdict(Certainty.NONE, None)
    certainty = Certainty.CLEAR if p_adjusted <= limits.false_discovery_rate else Certainty.POSSIBLE
    return Verdict(certainty, sense(points, direction))


def sense(points: float, direction: Direction) -> Sense:
    """Give which way a difference points for pupils; its size is more than nothing."""
    match direction:
        case Direction.NEUTRAL:
            return Sense.HIGHER if points > 0 else Sense.LOWER
        case Direction.FAVOURABLE:
            return Sense.FAVOURABLE if points > 0 else Sense.UNFAVOURABLE
        case Direction.UNFAVOURABLE:
            return Sense.UNFAVOURABLE if points > 0 else Sense.FAVOURABLE
