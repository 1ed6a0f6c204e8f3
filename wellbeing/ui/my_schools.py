"""The parts of Mijn scholen: the list with the state of every school, and opening one."""

from __future__ import annotations

from wellbeing.store.database import Store


def show(store: Store) -> None:
    """Show the schools that are kept."""
    del store
