"""What a sheet says about its rows and cells beside their values: hidden rows, and cells that read as empty."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from wellbeing.intake.tables import Range


@dataclass(slots=True)
class Marks:
    """The marks of one sheet: row numbers (1 = first) that are hidden, and counts of cells.

    A filter hides rows in the same way as a person does. ``strays`` lie far outside the table.
    ``filled`` is how many cells hold something that is read, where that was counted. ``merged`` are
    ranges that were made one cell, in the kinds of file of which calamine does not tell them.
    """

    hidden_rows: list[int] = field(default_factory=list)
    uncalculated: int = 0
    errors: int = 0
    strays: int = 0
    filled: int | None = None
    merged: list[Range] = field(default_factory=list)

    def add(self, filled: int, uncalculated: int, errors: int) -> None:
        """Count cells that hold something, among which are those that read as empty."""
        self.filled = (self.filled or 0) + filled - uncalculated - errors
        self.uncalculated += uncalculated
        self.errors += errors

    def as_json(self) -> dict[str, Any]:
        """Give the marks in a form that goes through a pipe."""
        return asdict(self)

    @classmethod
    def from_json(cls, told: Mapping[str, Any]) -> Marks:
        """Make marks of what came through a pipe."""
        return cls(**told)


AskMarks = Callable[[], Mapping[str, Marks]]
"""Gives the marks of each sheet, by its name, or (.xlsx) by the name of its part."""


def notes(marks: Marks) -> Iterator[str]:
    """Say which cells count as empty though the sheet shows something there."""
    if marks.strays:
        yield f"Cellen ver buiten de tabel: {marks.strays}. Die zijn overgeslagen."
    if marks.uncalculated:
        yield (
            f"In {marks.uncalculated} cellen staat een formule zonder uitkomst; die tellen als leeg. "
            "Open het bestand in Excel, sla het op en voeg het opnieuw toe."
        )
    if marks.errors:
        yield f"In {marks.errors} cellen staat een foutmelding van Excel, zoals #N/B; die tellen als leeg."
