"""Exports as people make them, and the many ways in which they break. All invented, all made here."""

from __future__ import annotations

import datetime as dt
import io
import struct
import zipfile
from collections.abc import Mapping, Sequence

import odf.table
import odf.text
import openpyxl
import xlsxwriter
import xlwt
from odf.opendocument import OpenDocumentSpreadsheet

Cell = str | int | float | bool | None
Rows = Sequence[Sequence[object]]

KNOWN = ("School", "Schooljaar", "Leerjaar", "Geslacht", "Wat vind je van je eigen gezondheid?", "EBEGK311")
HEADINGS = ("School", "Schooljaar", "Leerjaar", "Geslacht", "Wat vind je van je eigen gezondheid?")
ANSWERS = ("Heel goed", "Goed", "Gaat wel", "Slecht")

SHEET = "xl/worksheets/sheet1.xml"
MANIFEST = "META-INF/manifest.xml"


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


Merged = Sequence[tuple[int, int, int, int]]
"""Cells to make one: first row, last row, first column, last column (0 = first)."""


def workbook(sheets: Rows | Mapping[str, Rows], merged: Merged = ()) -> bytes:
    """Give an .xlsx file with these sheets, or with one sheet named Export."""
    named = _named(sheets)
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
            for first, last, left, right in merged:
                sheet.merge_range(first, left, last, right, rows[first][left])
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


def workbook_with_hidden_rows(sheets: Mapping[str, Rows], hidden_rows: Mapping[str, Sequence[int]]) -> bytes:
    """Give an .xlsx file as a filter leaves it: with some rows of some sheets hidden."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
        for number in hidden_rows.get(name, ()):
            sheet.row_dimensions[number].hidden = True
    memory = io.BytesIO()
    book.save(memory)
    return memory.getvalue()


def text(rows: Rows, separator: str = ";", encoding: str = "utf-8-sig") -> bytes:
    """Give a .csv file."""
    return "\r\n".join(separator.join(map(str, row)) for row in rows).encode(encoding) + "\r\n".encode(
        encoding.removesuffix("-sig").replace("utf-16", "utf-16-le")
    )


# --------------------------------------------------------------------------- other kinds of workbook


def old_workbook(sheets: Rows | Mapping[str, Rows], hidden_rows: Sequence[int] = (), merged: Merged = ()) -> bytes:
    """Give an .xls file; row numbers count from 1."""
    book = xlwt.Workbook()
    dates = xlwt.easyxf(num_format_str="DD-MM-YYYY")
    for name, rows in _named(sheets).items():
        sheet = book.add_sheet(name, cell_overwrite_ok=bool(merged))
        for place, row in enumerate(rows):
            for at, cell in enumerate(row):
                if hasattr(cell, "isoformat"):
                    sheet.write(place, at, cell, dates)
                else:
                    sheet.write(place, at, cell)
        for number in hidden_rows:
            sheet.row(number - 1).hidden = True
        for range_ in merged:
            sheet.merge(*range_)
    memory = io.BytesIO()
    book.save(memory)
    return memory.getvalue()


def open_document(sheets: Rows | Mapping[str, Rows], hidden_rows: Sequence[int] = (), merged: Merged = ()) -> bytes:
    """Give an .ods file that ends, as LibreOffice makes them, in a million empty rows."""
    document = OpenDocumentSpreadsheet()
    spans = {(first, left): (last - first + 1, right - left + 1) for first, last, left, right in merged}
    for name, rows in _named(sheets).items():
        sheet = odf.table.Table(name=name)
        for number, row in enumerate(rows, start=1):
            line = odf.table.TableRow(**({"visibility": "filter"} if number in hidden_rows else {}))
            for at, cell in enumerate(row):
                made = _open_cell(cell)
                if (number - 1, at) in spans:
                    high, wide = spans[number - 1, at]
                    made.setAttribute("numberrowsspanned", str(high))
                    made.setAttribute("numbercolumnsspanned", str(wide))
                line.addElement(made)
            line.addElement(odf.table.TableCell(numbercolumnsrepeated=str(16384 - len(row))))
            sheet.addElement(line)
        last = odf.table.TableRow(numberrowsrepeated=str(1_048_576 - len(rows)))
        last.addElement(odf.table.TableCell(numbercolumnsrepeated="16384"))
        sheet.addElement(last)
        document.spreadsheet.addElement(sheet)
    memory = io.BytesIO()
    document.save(memory)
    return memory.getvalue()


def _open_cell(cell: object) -> odf.table.TableCell:
    match cell:
        case None | "":
            return odf.table.TableCell()
        case bool():
            made = odf.table.TableCell(valuetype="boolean", booleanvalue=str(cell).lower())
        case int() | float():
            made = odf.table.TableCell(valuetype="float", value=repr(cell))
        case dt.date():
            made = odf.table.TableCell(valuetype="date", datevalue=cell.isoformat())
        case _:
            made = odf.table.TableCell(valuetype="string")
    made.addElement(odf.text.P(text=str(cell)))
    return made


def binary_workbook(sheets: Rows | Mapping[str, Rows], hidden_rows: Sequence[int] = (), merged: Merged = ()) -> bytes:
    """Give an .xlsb file, written by hand from the published description of the format."""
    memory = io.BytesIO()
    named = _named(sheets)
    with zipfile.ZipFile(memory, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("[Content_Types].xml", _xml("Types", "content-types", ""))
        book.writestr("_rels/.rels", _relations(["xl/workbook.bin"], "officeDocument"))
        parts = [f"worksheets/sheet{number}.bin" for number in range(1, len(named) + 1)]
        book.writestr("xl/_rels/workbook.bin.rels", _relations(parts, "worksheet"))
        bundles = b"".join(
            _record(156, struct.pack("<II", 0, number) + _wide(f"rId{number}") + _wide(name))
            for number, name in enumerate(named, start=1)
        )
        book.writestr("xl/workbook.bin", _record(131) + _record(143) + bundles + _record(144) + _record(132))
        for part, rows in zip(parts, named.values(), strict=True):
            book.writestr(f"xl/{part}", _binary_sheet(rows, hidden_rows, merged))
    return memory.getvalue()


def _binary_sheet(rows: Rows, hidden_rows: Sequence[int], merged: Merged) -> bytes:
    width = max(map(len, rows), default=1)
    pieces = [_record(129), _record(148, struct.pack("<4I", 0, len(rows) - 1, 0, width - 1)), _record(145)]
    for place, row in enumerate(rows):
        flags = 0x10 if place + 1 in hidden_rows else 0
        pieces.append(_record(0, struct.pack("<IIHBBBI", place, 0, 300, 0, flags, 0, 0)))
        pieces.extend(_binary_cell(at, cell) for at, cell in enumerate(row) if cell not in (None, ""))
    together = [
        _record(177, struct.pack("<I", len(merged))),
        *(_record(176, struct.pack("<4I", *one)) for one in merged),
    ]
    return b"".join((*pieces, _record(146), *together, _record(178), _record(130)))


def _binary_cell(at: int, cell: object) -> bytes:
    place = struct.pack("<II", at, 0)
    match cell:
        case bool():
            return _record(4, place + bytes([cell]))
        case int() | float():
            return _record(5, place + struct.pack("<d", cell))
        case "#N/A":
            return _record(3, place + b"\x2a")
        case _:
            return _record(6, place + _wide(str(cell)))


def _record(kind: int, content: bytes = b"") -> bytes:
    number = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
    size, sizes = len(content), b""
    while size > 0x7F:
        sizes += bytes([size & 0x7F | 0x80])
        size >>= 7
    return number + sizes + bytes([size]) + content


def _wide(text: str) -> bytes:
    return struct.pack("<I", len(text.encode("utf-16-le")) // 2) + text.encode("utf-16-le")


def _xml(root: str, schema: str, content: str) -> str:
    return f'<{root} xmlns="http://schemas.openxmlformats.org/package/2006/{schema}">{content}</{root}>'


def _relations(targets: Sequence[str], kind: str) -> str:
    kinds = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    items = "".join(
        f'<Relationship Id="rId{number}" Type="{kinds}/{kind}" Target="{target}"/>'
        for number, target in enumerate(targets, start=1)
    )
    return _xml("Relationships", "relationships", items)


def _named(sheets: Rows | Mapping[str, Rows]) -> Mapping[str, Rows]:
    return sheets if isinstance(sheets, Mapping) else {"Export": sheets}


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


def part(data: bytes, name: str) -> bytes:
    """Give one part of a workbook."""
    with zipfile.ZipFile(io.BytesIO(data)) as container:
        return container.read(name)


def with_sheet(xml: str, beginning: str = "", after: str = "") -> bytes:
    """Give a workbook whose sheet data is this XML."""
    sheet = (
        f'<?xml version="1.0" encoding="UTF-8"?>{beginning}'
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        f"<sheetData>{xml}</sheetData>{after}</worksheet>"
    )
    return changed(workbook(table()), replace={SHEET: sheet.encode()})


def far_cell(reference: str, row: int) -> bytes:
    """Give a workbook with two cells, A1 and one far away."""
    return with_sheet(
        '<row r="1"><c r="A1" t="inlineStr"><is><t>School</t></is></c></row>'
        f'<row r="{row}"><c r="{reference}"><v>1</v></c></row>'
    )


def with_far_cells(*references: str) -> bytes:
    """Give a good workbook with a number in cells far away from its table."""
    data = workbook(table())
    sheet = part(data, SHEET)
    for reference in references:
        row = reference.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
        cell = f'<c r="{reference}"><v>1</v></c>'.encode()
        start = sheet.find(f'<row r="{row}" '.encode())
        at = sheet.index(b"</row>", start) if start >= 0 else sheet.index(b"</sheetData>")
        sheet = sheet[:at] + (cell if start >= 0 else f'<row r="{row}" >'.encode() + cell + b"</row>") + sheet[at:]
    return changed(data, replace={SHEET: sheet})


def with_cell_twice(reference: str, other: str) -> bytes:
    """Give a workbook in which one cell has the address of another one."""
    sheet = part(workbook(table()), SHEET)
    start = sheet.index(f'<c r="{other}"'.encode())
    end = sheet.index(b"</c>", start) + len(b"</c>")
    again = sheet[start:end].replace(other.encode(), reference.encode())
    return changed(workbook(table()), replace={SHEET: sheet[:end] + again + sheet[end:]})


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


def compound(*names: str) -> bytes:
    """Give an old workbook with these names in its directory; the first is that of the stream with the workbook."""
    data = old_workbook(table())
    at = data.index("Workbook".encode("utf-16-le"))
    for place, name in enumerate(names):
        entry = bytearray(data[at : at + 128] if not place else bytes(128))
        entry[:66] = name.encode("utf-16-le").ljust(64, b"\0") + struct.pack("<H", 2 * len(name) + 2)
        entry[66] = entry[66] or 1
        data = data[: at + 128 * place] + entry + data[at + 128 * (place + 1) :]
    return data


def with_password(data: bytes) -> bytes:
    """Give an .xls file with the record that a password adds, after the first one."""
    at = data.index(b"\x09\x08\x10\x00")  # where the workbook begins, with a record of 16 bytes
    return data[: at + 20] + b"\x2f\x00\x04\x00" + bytes(4) + data[at + 28 :]


def with_types(data: bytes, kind: str) -> bytes:
    """Give a workbook whose list of kinds of parts names this one."""
    return changed(data, replace={"[Content_Types].xml": f'<Types><Override ContentType="{kind}"/></Types>'.encode()})


def open_document_of(tables: str) -> bytes:
    """Give an .ods file with this XML as its tables."""
    names = "urn:oasis:names:tc:opendocument:xmlns"
    content = (
        f'<office:document-content xmlns:office="{names}:office:1.0" xmlns:table="{names}:table:1.0" '
        f'xmlns:text="{names}:text:1.0" '
        'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0">'
        f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    )
    return changed(open_document(table()), replace={"content.xml": content.encode()})


def repeated_cells(rows: int, columns: int) -> bytes:
    """Give an .ods file in which one cell stands for so many."""
    return open_document_of(
        f'<table:table table:name="A"><table:table-row table:number-rows-repeated="{rows}">'
        f'<table:table-cell table:number-columns-repeated="{columns}" office:value-type="float" office:value="1"/>'
        "</table:table-row></table:table>"
    )


def with_error_cells(data: bytes, name: str) -> bytes:
    """Give a workbook in which the first answer of a sheet became an error."""
    sheet = part(data, name)
    at = sheet.index(b'<c r="E2"')
    end = sheet.index(b"</c>", at)
    return changed(data, replace={name: sheet[:at] + b'<c r="E2" t="e"><v>#N/A</v>' + sheet[end:]})


def old_workbook_with_errors(count: int) -> bytes:
    """Give an .xls file with so many errors in its first column."""
    book = xlwt.Workbook()
    sheet = book.add_sheet("Export")
    for place in range(count):
        sheet.row(place).set_cell_error(0, 42)
        sheet.write(place, 1, "Ja")
    memory = io.BytesIO()
    book.save(memory)
    return memory.getvalue()


def old_workbook_with_own_link() -> bytes:
    """Give an .xls file in which a formula refers to another sheet of the same file."""
    book = xlwt.Workbook()
    book.add_sheet("Export").write(0, 0, 7)
    book.add_sheet("Som").write(0, 0, xlwt.Formula("Export!A1"))
    memory = io.BytesIO()
    book.save(memory)
    return memory.getvalue()
