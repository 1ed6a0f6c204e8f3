"""Exports as people make them, and the many ways in which they break. All invented, all made here."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence

import openpyxl
import xlsxwriter

Cell = str | int | float | bool | None
Rows = Sequence[Sequence[object]]

KNOWN = ("School", "Schooljaar", "Leerjaar", "Geslacht", "Wat vind je van je eigen gezondheid?", "EBEGK311")
HEADINGS = ("School", "Schooljaar", "Leerjaar", "Geslacht", "Wat vind je van je eigen gezondheid?")
ANSWERS = ("Heel goed", "Goed", "Gaat wel", "Slecht")

SHEET = "xl/worksheets/sheet1.xml"


def pupils(count: int = 24) -> list[list[object]]:
    """Give rows for ``HEADINGS``."""
    return [
        ["De Werf", "2025-2026", 2 + 2 * (number % 2), ("Jongen", "Meisje")[number % 2], ANSWERS[number % 4]]
        for number in range(count)
    ]


def table(count: int = 24) -> list[list[object]]:
    """Give a good table: headings and pupils."""
    return [list(HEADINGS), *pupils(count)]


def with_column(heading: str, values: Sequence[object]) -> list[list[object]]:
    """Give a good table with one column more."""
    return [[*row, cell] for row, cell in zip(table(len(values)), [heading, *values], strict=True)]


def workbook(sheets: Rows | Mapping[str, Rows]) -> bytes:
    """Give an .xlsx file with these sheets, or with one sheet named Export."""
    named = sheets if isinstance(sheets, Mapping) else {"Export": sheets}
    memory = io.BytesIO()
    with xlsxwriter.Workbook(memory, {"in_memory": True, "remove_timezone": True}) as book:
        dates = book.add_format({"num_format": "dd-mm-yyyy"})
        for name, rows in named.items():
            sheet = book.add_worksheet(name)
            for place, row in enumerate(rows):
                for at, cell in enumerate(row):
                    if hasattr(cell, "isoformat"):
                        sheet.write_datetime(place, at, cell, dates)
                    else:
                        sheet.write(place, at, cell)
    return memory.getvalue()


def workbook_with_hidden_sheet(shown: Rows, hidden: Rows) -> bytes:
    """Give an .xlsx file whose second sheet is hidden."""
    book = openpyxl.Workbook()
    for row in shown:
        book.active.append(list(row))
    second = book.create_sheet("Namen")
    for row in hidden:
        second.append(list(row))
    second.sheet_state = "hidden"
    memory = io.BytesIO()
    book.save(memory)
    return memory.getvalue()


def text(rows: Rows, separator: str = ";", encoding: str = "utf-8-sig") -> bytes:
    """Give a .csv file."""
    return "\r\n".join(separator.join(map(str, row)) for row in rows).encode(encoding) + "\r\n".encode(
        encoding.removesuffix("-sig").replace("utf-16", "utf-16-le")
    )


# --------------------------------------------------------------------------- broken on purpose


def changed(data: bytes, *, replace: Mapping[str, bytes] | None = None, add: Sequence[tuple[str, bytes]] = ()) -> bytes:
    """Give a workbook with some of its parts replaced, and parts added."""
    memory = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(memory, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.infolist():
            new.writestr(member.filename, (replace or {}).get(member.filename, old.read(member)))
        for name, content in add:
            new.writestr(name, content)
    return memory.getvalue()


def with_sheet(xml: str, beginning: str = "") -> bytes:
    """Give a workbook whose sheet data is this XML."""
    sheet = (
        f'<?xml version="1.0" encoding="UTF-8"?>{beginning}'
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        f"<sheetData>{xml}</sheetData></worksheet>"
    )
    return changed(workbook(table()), replace={SHEET: sheet.encode()})


def far_cell(reference: str, row: int) -> bytes:
    """Give a workbook with two cells, A1 and one far away."""
    return with_sheet(
        '<row r="1"><c r="A1" t="inlineStr"><is><t>School</t></is></c></row>'
        f'<row r="{row}"><c r="{reference}"><v>1</v></c></row>'
    )


def zip_bomb(megabytes: int) -> bytes:
    """Give a small workbook with a part that unpacks to so much."""
    return changed(workbook(table()), add=[("xl/media/plaatje.xml", b" " * (megabytes * 2**20))])


def zip_of(*names: str) -> bytes:
    """Give a zip with these members, each a few bytes."""
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w") as container:
        for name in names:
            container.writestr(name, b"<x/>")
    return memory.getvalue()


def ole(*, encrypted: bool) -> bytes:
    """Give bytes as an old or an encrypted workbook begins."""
    stream = "EncryptedPackage" if encrypted else "Workbook"
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512) + stream.encode("utf-16-le") + bytes(2000)
