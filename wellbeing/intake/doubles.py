"""Rows that are the same as an earlier one in every column: too much alike to be two pupils."""

from __future__ import annotations

from collections.abc import Sequence
from math import log2

from wellbeing.intake.tables import Cells

MARGIN = 10.0  # bits: by chance alone, one file in a thousand has such a row


def repeated_rows(columns: Sequence[Cells]) -> list[int]:
    """Give the rows (0 = first) that repeat an earlier row, where that is no coincidence.

    Two pupils may answer alike. How unlikely that is follows from how rare their answers are; it
    must be unlikelier than all pairs of pupils in the file make up for.
    """
    rows = list(zip(*(cells.codes for cells in columns), strict=True))
    seen: set[tuple[int, ...]] = set()
    repeated = [place for place, row in enumerate(rows) if row in seen or seen.add(row)]  # type: ignore[func-returns-value]
    if not repeated:
        return []
    bits = [_bits(cells) for cells in columns]
    enough = 2 * log2(len(rows)) + MARGIN
    return [
        place
        for place in repeated
        if sum(own[code] for own, code in zip(bits, rows[place], strict=True)) >= enough
    ]


def _bits(cells: Cells) -> list[float]:
    """Give per text how surprising it is, in bits; an empty cell tells nothing."""
    counts = cells.counts()
    total = sum(counts.values())
    return [log2(total / counts[text]) if counts.get(text) else 0.0 for text in cells.texts]
