"""The thresholds of the product, from ``data/policy.toml``."""

from __future__ import annotations

from pathlib import Path

from wellbeing.model.reference import Policy
from wellbeing.reference.schema import ReferenceDataError, build, read_toml


def load_policy(path: Path) -> Policy:
    """Read and check every threshold.

    Raises:
        ReferenceDataError: with a Dutch sentence per threshold that is missing, unknown or impossible.
    """
    policy = build(Policy, read_toml(path), path.name)
    problems = [
        f"{path.name}: {name}: cases moet groter zijn dan protection_interval, anders is een klein aantal te berekenen."
        for name, limits in (("limits", policy.limits), ("stricter_limits", policy.stricter_limits))
        if not 1 <= policy.protection_interval < limits.cases
    ]
    if problems:
        raise ReferenceDataError(problems)
    return policy
