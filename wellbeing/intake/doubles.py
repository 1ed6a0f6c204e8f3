"""Rows that are the same as an earlier one in every column: too much alike to be two pupils."""

from __future__ import annotations

from collections.abc import Sequence
from math import log2

from wellbeing.intake.tables import Cells

TELLING = 20  # rows that differ nearly always do so in the columns with most answers
MARGIN = 10.0  # bits: by chance alone, one file in a thousand has such a row


def repeated_rows(columns: Sequence[Cells]) -> list[int]:
    """Give the rows (0 = first) that repeat an earlier row, where that is no coincidence.

    Two pupils may answer alike. How unlikely that is follows from how rare their answers are; it
    must be unlikelier than all pairs of pupils in the file make up for.
    """
    telling = sorted(columns, key=lambda cells: len(cells.texts), reverse=True)[:TELLING]
    if not _again(telling):
        return []
    rows = list(zip(*(cells.codes for cells in columns), strict=True))
    repeated = _again(columns)
    bits = [_bits(cells) for cells in columns]
    enough = 2 * log2(len(rows)) + MARGIN
    return [
        place for place in repeated if sum(own[code] for own, code in zip(bits, rows[place], strict=True)) >= enough
    ]


def _again(columns: Sequence[Cells]) -> list[int]:
    """Give the rows that are the same as an earlier one in these columns."""
    first: dict[tuple[int, ...], int] = {}
    rows = zip(*(cells.codes for cells in columns), strict=True)
    return [place for place, row in enumerate(rows) if first.setdefault(row, place) != place]


def _bits(cells: Cells) -> list[float]:
    """Give per text how surprising it is, in bits; an empty cell tells nothing."""
    counts = cells.counts()
    total = sum(counts.values())
    return [log2(total / counts[text]) if counts.get(text) else 0.0 for text in cells.texts]
