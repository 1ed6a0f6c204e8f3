"""The thresholds of the product, from ``data/policy.toml``."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from wellbeing.model.reference import Limits, Policy
from wellbeing.reference.schema import ReferenceDataError, build, read_toml


def load_policy(path: Path) -> Policy:
    """Read and check every threshold; with the limits of the preset, where the file chooses one.

    Raises:
        ReferenceDataError: with a Dutch sentence per threshold that is missing, unknown or impossible.
    """
    policy = build(Policy, read_toml(path), path.name)
    problems = [f"{path.name}: {problem}" for problem in _problems(policy)]
    if problems:
        raise ReferenceDataError(problems)
    return policy.with_preset(policy.preset) if policy.preset else policy


def _problems(policy: Policy) -> Iterator[str]:
    """Say what would undo the protection, and which preset does not exist."""
    pairs = {"": (policy.limits, policy.stricter_limits)}
    pairs |= {f"presets > {name} > ": (item.limits, item.stricter_limits) for name, item in policy.presets.items()}
    for where, (usual, stricter) in pairs.items():
        for name, limits in (("limits", usual), ("stricter_limits", stricter)):
            if not 1 <= policy.protection_interval < limits.cases:
                yield (
                    f"{where}{name}: cases moet groter zijn dan protection_interval, anders is een klein aantal "
                    "te berekenen."
                )
        if _is_milder(stricter, usual):
            yield f"{where}stricter_limits: deze grenzen moeten minstens zo streng zijn als limits."
    for name, chosen in (("preset", policy.preset), ("sharing", policy.sharing)):
        if chosen and chosen not in policy.presets:
            yield f"{name}: '{chosen}' bestaat niet. Kies uit {', '.join(policy.presets)}."


def _is_milder(one: Limits, other: Limits) -> bool:
    return one.pupils < other.pupils or one.cases < other.cases
