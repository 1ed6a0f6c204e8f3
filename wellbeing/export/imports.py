"""The import report as a file: what was read, what was left out, and how many pupils count for every subject."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence

import xlsxwriter

from wellbeing.model.imports import ImportReport, Response
from wellbeing.model.reference import Codebook
from wellbeing.presentation import importing

# Texts stay texts: a column called "=1+1" is no formula, and an address is no link.
_TEXTS_STAY_TEXTS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
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
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, **_TEXTS_STAY_TEXTS}) as book:
        look, head = book.add_format({"text_wrap": True, "valign": "top"}), book.add_format({"bold": True})
        for title, headings, rows in _tables(report, responses, codebook):
            sheet = book.add_worksheet(title)
            sheet.set_column(0, len(headings) - 1, _WIDTH, look)
            sheet.freeze_panes(1, 0)
            for at, row in enumerate([headings, *rows]):
                for place, text in enumerate(row):
                    sheet.write_string(at, place, text, head if at == 0 else look)
    return out.getvalue()


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
