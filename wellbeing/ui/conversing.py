"""The parts of Adviesgesprek."""

from __future__ import annotations

from wellbeing.model.results import Analysis
from wellbeing.store.database import Store


def show(analysis: Analysis, store: Store) -> None:
    """Show the steps of the conversation."""
    del analysis, store
