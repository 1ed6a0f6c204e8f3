"""Reads reports back with other people's libraries, down to every text in every part of a file."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pikepdf

DRAWS = {"Tj", "TJ", "f", "f*", "S", "s", "B", "B*", "b", "Do", "sh"}
OUTSIDE = -1  # what stands in no element: the foot of a page


def parts(data: bytes) -> Iterator[tuple[str, bytes]]:
    """Give every part of an Office file, and those of the workbooks inside it."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            content = archive.read(name)
            if content[:2] == b"PK":
                yield from ((f"{name}/{inner}", part) for inner, part in parts(content))
            else:
                yield name, content


def everything(data: bytes) -> str:
    """Give all that can be read in a file: every part of an Office file; texts, tags and metadata of a PDF."""
    if data[:4] == b"%PDF":
        return "\n".join(_of_pdf(data))
    return "\n".join(f"{name}\n{content.decode('utf-8', 'replace')}" for name, content in parts(data))


def _of_pdf(data: bytes) -> Iterator[str]:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        yield str(dict(pdf.docinfo))
        yield str(pdf.Root.Metadata.read_bytes().decode("utf-8"))
        for item in walk(tree(pdf)):
            yield f"{item.text} {item.alt}"
        yield from feet(data)


def feet(data: bytes) -> list[str]:
    """Give what stands at the foot of each page of a PDF."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return [" ".join(dict(_marked(page)).get(OUTSIDE, "").split()) for page in pdf.pages]


# --------------------------------------------------------------------------- the tags of a PDF


@dataclass
class Tag:
    """One element of a PDF's structure: its kind, its alternative text, what is written in it."""

    kind: str
    alt: str = ""
    own: str = ""
    below: list[Tag] = field(default_factory=list)

    @property
    def text(self) -> str:
        return " ".join(" ".join([self.own, *(item.text for item in self.below)]).split())


def walk(tag: Tag) -> Iterator[Tag]:
    yield tag
    for item in tag.below:
        yield from walk(item)


def tree(pdf: pikepdf.Pdf) -> Tag:
    """Read the structure of a document, with the words that its marked content shows."""
    pages = {page.obj.objgen: dict(_marked(page)) for page in pdf.pages}
    return _tag(pdf.Root.StructTreeRoot, pages, None)


def _tag(item: Any, pages: dict[Any, dict[int, str]], page: Any) -> Tag:
    page = item.get("/Pg", page)
    made = Tag(str(item.get("/S", "/Root")).lstrip("/"), str(item.get("/Alt", "")))
    children = item.get("/K", [])
    for child in children if isinstance(children, pikepdf.Array) else [children]:
        if isinstance(child, int):
            made.below.append(Tag("words", own=pages[page.objgen].get(int(child), "")))
        elif child.get("/Type") == "/MCR":
            made.below.append(Tag("words", own=pages[child.get("/Pg", page).objgen].get(int(child.MCID), "")))
        elif "/S" in child:
            made.below.append(_tag(child, pages, page))
    return made


def placed(pdf: pikepdf.Pdf) -> list[tuple[int, int]]:
    """Give the pieces of content that the structure holds, as page and number, in the order of reading."""
    numbers = {page.obj.objgen: at for at, page in enumerate(pdf.pages)}
    return [(numbers[page.objgen], mark) for page, mark in _pieces(pdf.Root.StructTreeRoot, None)]


def _pieces(item: Any, page: Any) -> Iterator[tuple[Any, int]]:
    page = item.get("/Pg", page)
    children = item.get("/K", [])
    for child in children if isinstance(children, pikepdf.Array) else [children]:
        if isinstance(child, int):
            yield page, int(child)
        elif child.get("/Type") == "/MCR":
            yield child.get("/Pg", page), int(child.MCID)
        elif "/S" in child:
            yield from _pieces(child, page)


def drawn(pdf: pikepdf.Pdf) -> tuple[list[tuple[int, int]], int]:
    """Give the pieces that the pages draw, as page and number, and how many things are drawn outside any mark."""
    found, loose = [], 0
    for number, page in enumerate(pdf.pages):
        depth = 0
        for operands, operator in pikepdf.parse_content_stream(page):
            name = str(operator)
            if name in {"BDC", "BMC"}:
                depth += 1
                last = operands[-1]
                if isinstance(last, pikepdf.Dictionary) and "/MCID" in last:
                    found.append((number, int(last.MCID)))
            elif name == "EMC":
                depth -= 1
            elif name in DRAWS and not depth:
                loose += 1
    return found, loose


def elements(pdf: pikepdf.Pdf, kind: str) -> list[Any]:
    """Give the elements of one kind in the structure, as they stand in the file."""
    return [item for item in _elements(pdf.Root.StructTreeRoot) if item.get("/S") == f"/{kind}"]


def _elements(item: Any) -> Iterator[Any]:
    children = item.get("/K", [])
    for child in children if isinstance(children, pikepdf.Array) else [children]:
        if isinstance(child, pikepdf.Dictionary):
            yield child
            yield from _elements(child)


def fonts(pdf: pikepdf.Pdf) -> Iterator[Any]:
    """Give what describes each font of a document."""
    for page in pdf.pages:
        for font in page.resources.get("/Font", {}).values():
            yield font.DescendantFonts[0].FontDescriptor


def _marked(page: Any) -> Iterator[tuple[int, str]]:
    fonts = {name: _letters(font) for name, font in page.resources.get("/Font", {}).items()}
    letters: dict[bytes, str] = {}
    open_marks: list[int | None] = []
    found: dict[int, list[str]] = {}
    for operands, operator in pikepdf.parse_content_stream(page):
        name = str(operator)
        if name in {"BDC", "BMC"}:
            last = operands[-1]
            is_marked = name == "BDC" and isinstance(last, pikepdf.Dictionary) and "/MCID" in last
            open_marks.append(int(last.MCID) if is_marked else None)
        elif name == "EMC":
            open_marks.pop()
        elif name == "Tf":
            letters = fonts[str(operands[0])]
        elif name in {"Tj", "TJ"}:
            shown = operands[0] if name == "TJ" else [operands[0]]
            raw = b"".join(bytes(piece) for piece in shown if isinstance(piece, pikepdf.String))
            words = "".join(letters[raw[at : at + 2]] for at in range(0, len(raw), 2))
            marks = [mark for mark in open_marks if mark is not None]
            found.setdefault(marks[-1] if marks else OUTSIDE, []).append(words)
    return ((mark, " ".join(words)) for mark, words in found.items())


def _letters(font: Any) -> dict[bytes, str]:
    """Read which letters the codes of a font stand for."""
    table = font.ToUnicode.read_bytes().decode("ascii")
    letters = {}
    for block in re.findall(r"beginbfchar(.*?)endbfchar", table, re.S):
        for code, written in re.findall(r"<(\w+)>\s*<(\w+)>", block):
            letters[bytes.fromhex(code)] = bytes.fromhex(written).decode("utf-16-be")
    for block in re.findall(r"beginbfrange(.*?)endbfrange", table, re.S):
        for first, last, written in re.findall(r"<(\w+)>\s*<(\w+)>\s*<(\w+)>", block):
            for step in range(int(last, 16) - int(first, 16) + 1):
                code = (int(first, 16) + step).to_bytes(len(first) // 2, "big")
                letters[code] = chr(int(written, 16) + step)
    return letters
