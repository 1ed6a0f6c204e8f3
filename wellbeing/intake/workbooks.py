"""Workbooks, read with python-calamine: .xlsx here, other kinds by way of the module of their kind."""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from xml.etree import ElementTree

from python_calamine import CalamineWorkbook, PasswordError, SheetMetadata, SheetTypeEnum, SheetVisibleEnum

from wellbeing.intake.guard import (
    DAMAGED,
    MAX_CELLS,
    MAX_SHEETS,
    PASSWORD,
    TOO_LARGE,
    TOO_MANY_SHEETS,
    UNSAFE,
    Refused,
    check_extent,
)
from wellbeing.intake.headers import Rows, choose_sheet, find_table, normalise_heading
from wellbeing.intake.inside import MAX_MERGED, check_order
from wellbeing.intake.marks import AskMarks, Marks, notes
from wellbeing.intake.parsing import Pick
from wellbeing.intake.tables import Cells, Range, Table, cell_text

_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"

OTHER_HEADINGS = (
    "De werkbladen {names} hebben niet dezelfde kolomkoppen en kunnen niet onder elkaar. "
    "Kies één werkblad, of maak de koppen in Excel gelijk."
)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One visible worksheet with its raw cells; the first row is row 1 of the file.

    ``merged`` are the ranges of cells that were made one: the first of them holds the value.
    """

    name: str
    rows: Rows
    merged: tuple[Range, ...] = ()


def read_table(data: bytes, known: Collection[str], pick: Pick = "", marks: AskMarks = dict) -> Table:
    """Read the table of pupils in an .xlsx file; ``marks`` has those of each sheet by the name of its part.

    Raises:
        Refused: see ``read_sheets``.
    """
    return read_sheets(data, known, pick, lambda sheets: _by_sheet(data, sheets, marks()))


def read_sheets(
    data: bytes, known: Collection[str], pick: Pick, marks: Callable[[Sequence[Sheet]], Mapping[str, Marks]]
) -> Table:
    """Read the table of pupils in a workbook; hidden sheets are never read.

    Several sheets that were picked come below each other, if they have the same headings. ``marks``
    gives those of the sheets that were read, by name.

    Raises:
        Refused: if the workbook is damaged, or it is not clear where the pupils are; with the names
            of its sheets, so that the user can choose.
    """
    book = _open(data)
    shown = book.shown
    try:
        sheets = _pick(book, shown, known, (pick,) if isinstance(pick, str) else pick)
        found = marks(sheets)
        table = _stack([_table(sheet, known, found.get(sheet.name, Marks())) for sheet in sheets])
    except Refused as refusal:
        raise Refused(refusal.sentence, shown) from None
    if len(shown) > len(sheets):
        table.notes.insert(0, f"Gelezen is werkblad '{table.sheet}'; de andere werkbladen zijn niet gelezen.")
    if len(book.about) > len(shown):
        table.notes.insert(0, f"Verborgen werkbladen: {len(book.about) - len(shown)}. Die zijn niet gelezen.")
    table.sheet_names = tuple(shown)
    return table


def read_texts(data: bytes) -> dict[str, list[list[str]]]:
    """Read every sheet as text cells, hidden ones too: for workbooks that this program wrote itself.

    Raises:
        Refused: if the workbook is damaged.
    """
    book = _open(data)
    sheets = (book.read(about.name) for about in book.about)
    return {sheet.name: [[cell_text(cell) for cell in row] for row in sheet.rows] for sheet in sheets}


def read_visible(data: bytes) -> list[Sheet]:
    """Read every visible sheet, with its raw cells and its merged ranges.

    Raises:
        Refused: if the workbook is damaged or too large.
    """
    book = _open(data)
    return [book.read(name) for name in book.shown]


def sheet_parts(container: zipfile.ZipFile, relations: str) -> dict[str, str]:
    """Give the name of the part of each sheet by the key that the workbook has for it."""
    root = ElementTree.fromstring(container.read(relations))
    targets = {item.get("Id", ""): item.get("Target", "") for item in root.iter(_RELATION)}
    return {key: posixpath.normpath(posixpath.join("/xl", target))[1:] for key, target in targets.items()}


class _Book:
    """An opened workbook; its sheets are read when they are asked for, within the limits of all together."""

    def __init__(self, data: bytes) -> None:
        self._book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        self._cells = 0
        self.about: list[SheetMetadata] = [
            about for about in self._book.sheets_metadata if about.typ is SheetTypeEnum.WorkSheet
        ]

    @property
    def shown(self) -> list[str]:
        """The names of the visible sheets."""
        return [about.name for about in self.about if about.visible is SheetVisibleEnum.Visible]

    def read(self, name: str) -> Sheet:
        """Read one sheet.

        Raises:
            Refused: if it is damaged or too large.
        """
        try:
            sheet = self._book.get_sheet_by_name(name)
            rows, columns = (place + 1 for place in sheet.end or (-1, -1))
            check_extent(rows, columns)
            self._cells += rows * columns
            if self._cells > MAX_CELLS:
                raise Refused(TOO_LARGE)
            return Sheet(name, sheet.to_python(skip_empty_area=False), tuple(sheet.merged_cell_ranges or ()))
        except Refused:
            raise
        except Exception:  # every error of the parser means the same to the user, and its text may hold cell values
            raise Refused(DAMAGED) from None


def _open(data: bytes) -> _Book:
    try:
        book = _Book(data)
    except PasswordError:
        raise Refused(PASSWORD) from None
    except Exception:  # every error of the parser means the same to the user, and its text may hold cell values
        raise Refused(DAMAGED) from None
    if len(book.about) > MAX_SHEETS:
        raise Refused(TOO_MANY_SHEETS)
    return book


def _pick(book: _Book, shown: Sequence[str], known: Collection[str], picked: Sequence[str]) -> list[Sheet]:
    """Read the sheets that the user picked, or find the one with the pupils."""
    names = [choose_sheet(dict.fromkeys(shown, ()), known, name) for name in dict.fromkeys(picked) if name]
    if names:
        return [book.read(name) for name in names]
    sheets = {name: book.read(name) for name in shown}
    return [sheets[choose_sheet({name: sheet.rows for name, sheet in sheets.items()}, known, "")]]


def _table(sheet: Sheet, known: Collection[str], marks: Marks) -> Table:
    merged = sheet.merged or tuple(marks.merged)
    if len(merged) > MAX_MERGED:
        raise Refused(UNSAFE)
    table = find_table(sheet.name, sheet.rows, known, list(notes(marks)), merged)
    hidden = set(marks.hidden_rows)
    table.hidden_rows = tuple(row for row in table.row_numbers if row in hidden)
    if table.hidden_rows:
        table.notes.append(f"Verborgen rijen, bijvoorbeeld door een filter: {len(table.hidden_rows)}. Die tellen mee.")
    return table


def _stack(tables: Sequence[Table]) -> Table:
    """Put tables with the same headings below each other; rows are numbered on, so that each number is of one row."""
    first = tables[0]
    for table in tables[1:]:
        if _names(table) != _names(first):
            names = " en ".join(f"'{item.sheet}'" for item in (first, table))
            raise Refused(OTHER_HEADINGS.format(names=names))
        added = first.row_numbers[-1]
        first.columns = [_joined(*pair) for pair in zip(first.columns, table.columns, strict=True)]
        first.row_numbers += [row + added for row in table.row_numbers]
        first.hidden_rows += tuple(row + added for row in table.hidden_rows)
        first.unfinished_rows += tuple(row + added for row in table.unfinished_rows)
        first.notes += table.notes
        first.notes.append(f"Werkblad '{table.sheet}' staat eronder: rij {added + 1} is rij 1 van dat werkblad.")
    first.sheet = ", ".join(table.sheet for table in tables)
    return first


def _joined(above: Cells, below: Cells) -> Cells:
    return Cells.of([cells.texts[code] for cells in (above, below) for code in cells.codes])


def _names(table: Table) -> list[str]:
    return [normalise_heading(heading.text) for heading in table.headings]


def _by_sheet(data: bytes, sheets: Sequence[Sheet], marks: Mapping[str, Marks]) -> dict[str, Marks]:
    """Give the marks of sheets by name instead of part.

    A sheet in which fewer cells were read than its markup fills is held against the light: either
    some texts are empty, or two cells have one address.
    """
    found = {}
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as container:
            parts = _parts(container)
            for sheet in sheets:
                part = parts.get(sheet.name, "")
                if part in marks:
                    found[sheet.name] = marks[part]
                    if marks[part].filled != sum(map(_filled, sheet.rows)):
                        check_order(container.read(part))
    except Exception as error:
        if isinstance(error, Refused):
            raise
        raise Refused(DAMAGED) from None
    return found


def _filled(row: Sequence[object]) -> int:
    return len(row) - row.count("")


def _parts(container: zipfile.ZipFile) -> dict[str, str]:
    """Give the name of the part of each sheet by the name of the sheet."""
    targets = sheet_parts(container, "xl/_rels/workbook.xml.rels")
    book = ElementTree.fromstring(container.read("xl/workbook.xml"))
    keys = {item.get("name", ""): _key(item) for item in book.iter() if item.tag.endswith("}sheet")}
    return {name: targets[key] for name, key in keys.items() if key in targets}


def _key(sheet: ElementTree.Element) -> str:
    return next((value for name, value in sheet.attrib.items() if name.endswith("}id")), "")
