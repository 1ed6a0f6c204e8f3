"""Workbooks of words: sheets of texts under a row of headings."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import xlsxwriter

# A school called "=1+1" is no formula, and an address is no link.
TEXTS_STAY_TEXTS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


@dataclass(frozen=True, slots=True)
class Words:
    """One sheet: its name, its rows with the headings first, and the width of each column in letters."""

    title: str
    rows: Sequence[Sequence[str]]
    widths: Sequence[int]


def write_words(sheets: Iterable[Words]) -> bytes:
    """Give the workbook of these sheets; the headings stay in sight."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, **TEXTS_STAY_TEXTS}) as book:
        look, head = book.add_format({"text_wrap": True, "valign": "top"}), book.add_format({"bold": True})
        for words in sheets:
            sheet = book.add_worksheet(words.title)
            sheet.freeze_panes(1, 0)
            for place, width in enumerate(words.widths):
                sheet.set_column(place, place, width, look)
            for at, row in enumerate(words.rows):
                for place, text in enumerate(row):
                    sheet.write_string(at, place, text, head if at == 0 else look)
    return out.getvalue()
