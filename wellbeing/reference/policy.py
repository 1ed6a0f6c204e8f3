"""The thresholds of the product, from ``data/policy.toml``."""

from __future__ import annotations

from pathlib import Path

from wellbeing.model.reference import Policy
from wellbeing.reference.schema import build, read_toml


def load_policy(path: Path) -> Policy:
    """Read and check every threshold.

    Raises:
        ReferenceDataError: with a Dutch sentence per threshold that is missing, unknown or impossible.
    """
    return build(Policy, read_toml(path), path.name)
