"""The import report as a file: what was read, what was left out, and how many pupils count for every subject."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from wellbeing.export.workbooks import Words, write_words
from wellbeing.model.imports import ImportReport, Response
from wellbeing.model.reference import Codebook
from wellbeing.presentation import importing

_WIDTH = 44
Table = tuple[str, Sequence[str], list[tuple[str, ...]]]


def import_text(report: ImportReport, responses: Sequence[Response], codebook: Codebook) -> bytes:
    """Give the report as plain text."""
    lines = ["Importverslag", importing.ROUNDED]
    for title, headings, rows in _tables(report, responses, codebook):
        lines += ["", title, "-" * len(title)]
        for row in rows:
            lines.append(f"{row[0]}: " + "; ".join(_said(headings[1:], row[1:])) if len(row) > 1 else row[0])
    return "\r\n".join(lines).encode("utf-8-sig")


def import_workbook(report: ImportReport, responses: Sequence[Response], codebook: Codebook) -> bytes:
    """Give the report as a workbook, a sheet per table."""
    return write_words(
        Words(title, [headings, *rows], [_WIDTH] * len(headings))
        for title, headings, rows in _tables(report, responses, codebook)
    )


def _tables(report: ImportReport, responses: Sequence[Response], codebook: Codebook) -> Iterable[Table]:
    yield "Gelezen", ("Wat", "Gevonden"), [*importing.overview(report, codebook), ("Let op", importing.ROUNDED)]
    yield "Onderwerpen", importing.COLUMNS, importing.response_rows(responses, codebook)
    yield "Niet in dit bestand", ("Onderwerp",), [(label,) for label in importing.absent(report, codebook)]
    yield "Kolommen", ("Kolom", "Waarvoor gebruikt"), list(importing.columns(report))
    yield "Opmerkingen", ("Kolom", "Opmerking", "Hoe vaak"), list(importing.remarks(report))


def _said(headings: Sequence[str], cells: Sequence[str]) -> Iterable[str]:
    """Say the cells of a row with their headings where there are several; what is nought or empty is not said."""
    if len(headings) == 1:
        return cells
    said = zip(headings, cells, strict=True)
    return [f"{heading.casefold()} {cell}" for heading, cell in said if cell not in {"", "0"}]
