"""A second reader of .xlsx files, that shares nothing with ours: plain zipfile and ElementTree, cell by cell.

It gives each visible sheet as rows of text cells, as a person reads them. It is slow and it knows
only what a good file holds: it is there to be compared with.
"""

from __future__ import annotations

import datetime as dt
import io
import posixpath
import re
import unicodedata
import zipfile
from collections.abc import Iterator
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

Sheet = list[list[str]]

_BUILT_IN_DATES = {*range(14, 18), 22}
_BUILT_IN_TIMES = {*range(18, 22), *range(45, 48)}
_NOT_PATTERN = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')


def read(data: bytes) -> dict[str, Sheet]:
    """Give the visible sheets by their names; every row of a sheet has as many cells."""
    with zipfile.ZipFile(io.BytesIO(data)) as container:
        return _Workbook(container).sheets()


class _Workbook:
    def __init__(self, container: zipfile.ZipFile) -> None:
        self._container = container
        self._book = self._part("xl/workbook.xml")
        self._strings = [_text(item) for item in self._optional("xl/sharedStrings.xml", "si")]
        self._formats = self._read_formats()
        settings = next(_all(self._book, "workbookPr"), None)
        is_1904 = settings is not None and settings.get("date1904") in {"1", "true"}
        self._day_zero = dt.datetime(1904, 1, 1) if is_1904 else dt.datetime(1899, 12, 30)

    def sheets(self) -> dict[str, Sheet]:
        """Read the sheets that a person sees."""
        targets = {item.get("Id"): item.get("Target", "") for item in self._part("xl/_rels/workbook.xml.rels")}
        found = {}
        for sheet in _all(self._book, "sheet"):
            key = next(value for name, value in sheet.attrib.items() if name.endswith("}id"))
            if sheet.get("state", "visible") == "visible":
                path = posixpath.normpath(posixpath.join("/xl", targets[key]))[1:]
                found[sheet.attrib["name"]] = self._sheet(self._part(path))
        return found

    def _part(self, name: str) -> Element:
        return ElementTree.fromstring(self._container.read(name))

    def _optional(self, name: str, tag: str) -> Iterator[Element]:
        if name in self._container.namelist():
            yield from _all(self._part(name), tag)

    def _read_formats(self) -> list[str]:
        """Give per cell style what its numbers are: "date", "time" or nothing special."""
        patterns = {
            int(item.attrib["numFmtId"]): item.attrib["formatCode"]
            for item in self._optional("xl/styles.xml", "numFmt")
        }
        formats = []
        for styles in self._optional("xl/styles.xml", "cellXfs"):
            formats = [_meaning(int(style.get("numFmtId", 0)), patterns) for style in styles]
        return formats

    def _sheet(self, root: Element) -> Sheet:
        cells: dict[tuple[int, int], str] = {}
        row_number = 0
        for row in _all(root, "row"):
            row_number = int(row.get("r", row_number + 1))
            column = 0
            for cell in _all(row, "c"):
                column = _column(cell.attrib["r"]) if "r" in cell.attrib else column + 1
                cells[row_number, column] = self._value(cell)
        filled = [place for place, text in cells.items() if text]
        height, width = (max((place[axis] for place in filled), default=0) for axis in (0, 1))
        return [[cells.get((row, column), "") for column in range(1, width + 1)] for row in range(1, height + 1)]

    def _value(self, cell: Element) -> str:
        value = next((item.text or "" for item in _all(cell, "v")), "")
        match cell.get("t", "n"):
            case "s":
                return _trimmed(self._strings[int(value)])
            case "inlineStr":
                return _trimmed("".join(map(_text, _all(cell, "is"))))
            case "str":
                return _trimmed(value)
            case "b":
                return "WAAR" if value == "1" else "ONWAAR"
            case "e":
                return ""
            case _:
                return self._number(value, int(cell.get("s", 0))) if value else ""

    def _number(self, text: str, style: int) -> str:
        number = float(text)
        meaning = self._formats[style] if style < len(self._formats) else ""
        if not meaning:
            return str(int(number)) if number == int(number) else repr(number)
        moment = self._day_zero + dt.timedelta(seconds=round(number * 86_400))
        if number < 1:
            return moment.strftime("%H:%M:%S")
        return moment.strftime("%Y-%m-%d" if moment.time() == dt.time() else "%Y-%m-%d %H:%M:%S")


def _all(root: Element, tag: str) -> Iterator[Element]:
    """Give the elements with this name in whatever namespace."""
    return (item for item in root.iter() if item.tag == tag or item.tag.endswith("}" + tag))


def _text(item: Element) -> str:
    """Give a text without what only says how it sounds."""
    if item.tag.endswith("}rPh"):
        return ""
    own = item.text or "" if item.tag.endswith("}t") else ""
    return own + "".join(map(_text, item))


def _trimmed(text: str) -> str:
    return unicodedata.normalize("NFC", text.replace("\u00a0", " ").replace("\u202f", " ")).strip()


def _column(reference: str) -> int:
    number = 0
    for letter in reference.rstrip("0123456789"):
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def _meaning(number: int, patterns: dict[int, str]) -> str:
    if number in _BUILT_IN_DATES:
        return "date"
    if number in _BUILT_IN_TIMES:
        return "time"
    pattern = _NOT_PATTERN.sub("", patterns.get(number, "")).casefold()
    if set(pattern) & set("dy") or ("m" in pattern and not set(pattern) & set("hs")):
        return "date"
    return "time" if set(pattern) & set("hs") else ""
