"""A house style from outside (.pptx), checked before anything of it is used.

Its parts are unpacked once, never past the size that they state and within limits on all of them
together; no part that runs, embeds or fetches something goes on. What is left is markup of a few
megabytes and pictures that nobody decodes, which the maker of the slides reads without entities.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Sequence
from xml.etree import ElementTree

from wellbeing.intake.guard import MAX_BYTES, MAX_MEMBERS, Refused
from wellbeing.model.report import Template

MAX_UNPACKED = 100 * 1024 * 1024
MAX_MARKUP = 16 * 1024 * 1024

NO_SLIDES = "Dit is geen PowerPoint-bestand. Sla de huisstijl in PowerPoint op als .pptx en kies dat bestand."
TOO_LARGE = "Deze sjabloon is te groot. Haal er in PowerPoint filmpjes en grote foto's uit en sla hem opnieuw op."
MACROS = "In deze sjabloon zitten macro's. Sla hem in PowerPoint op als .pptx, zonder macro's."
EMBEDDED = (
    "In deze sjabloon zit een ander bestand. Haal dat er in PowerPoint uit (ook bij Diamodel) en sla hem opnieuw op."
)
FETCHES = (
    "Deze sjabloon haalt iets op van een andere plek, zoals een foto of een film. Zet dat in PowerPoint in de sjabloon "
    "zelf, of haal het weg, en sla hem opnieuw op."
)
LINKS = (
    "In deze sjabloon zit een link naar een bestand of een programma. Haal die in PowerPoint weg (ook bij Diamodel) en "
    "sla hem opnieuw op. Een link naar een website of een e-mailadres mag blijven."
)

_MARKUP = (".xml", ".rels", ".vml")
_RUNS, _EMBEDS = ("vbaproject", "vbadata", "macro"), ("/embeddings/", "/activex/", "/ctrlprops/")
_LINK, _OLD_SLIDES = "/hyperlink", "ppt/slides/"
_HARMLESS = ("https://", "http://", "mailto:")


def check_template(data: bytes, name: str) -> Template:
    """Give a template that may be opened.

    Raises:
        Refused: if it is something else, is too large, or could run or fetch something, in Dutch.
    """
    if len(data) > MAX_BYTES:
        raise Refused(TOO_LARGE)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as container:
            _check_parts(container, container.infolist())
    except Exception as error:  # what zipfile and zlib raise on a damaged file has no end
        if isinstance(error, Refused):
            raise
        raise Refused(NO_SLIDES) from None
    return Template(name, data)


def _check_parts(container: zipfile.ZipFile, members: Sequence[zipfile.ZipInfo]) -> None:
    names = [member.filename.casefold() for member in members]
    _check_names(names)
    if sum(member.file_size for member in members) > MAX_UNPACKED:
        raise Refused(TOO_LARGE)
    if sum(member.file_size for member in members if _is_markup(member)) > MAX_MARKUP:
        raise Refused(TOO_LARGE)
    for member in members:
        part = container.read(member)  # no further than its stated size, and held against its checksum
        if _is_markup(member):
            _check_markup(member.filename.casefold(), part)


def _check_names(names: Sequence[str]) -> None:
    if len(names) > MAX_MEMBERS or len(set(names)) < len(names) or "ppt/presentation.xml" not in names:
        raise Refused(NO_SLIDES)
    if _any_in(names, _RUNS):
        raise Refused(MACROS)
    if _any_in(names, _EMBEDS):
        raise Refused(EMBEDDED)


def _any_in(names: Iterable[str], signs: Sequence[str]) -> bool:
    return any(sign in name for name in names for sign in signs)


def _is_markup(member: zipfile.ZipInfo) -> bool:
    return member.filename.casefold().endswith(_MARKUP)


def _check_markup(name: str, part: bytes) -> None:
    # No program writes these in a presentation; and markup in another alphabet (UTF-16) would hide them.
    if b"<!DOCTYPE" in part or b"<!ENTITY" in part or b"\0" in part:
        raise Refused(NO_SLIDES)
    if name == "[content_types].xml":
        _check_kinds(part)
    if name.endswith(".rels"):
        for link in ElementTree.fromstring(part):
            if link.get("TargetMode") == "External":
                _check_target(link, is_left_behind=name.startswith(_OLD_SLIDES))


def _check_kinds(part: bytes) -> None:
    """Refuse macros, and markup under the name of a picture: the maker of the slides reads by kind, not by name."""
    if b"macroenabled" in part.lower():
        raise Refused(MACROS)
    for item in ElementTree.fromstring(part):
        kind, name = item.get("ContentType", ""), item.get("PartName") or f".{item.get('Extension', '')}"
        if kind.endswith("+xml") and not kind.startswith("image/") and not name.casefold().endswith(_MARKUP):
            raise Refused(NO_SLIDES)


def _check_target(link: ElementTree.Element, *, is_left_behind: bool) -> None:
    """Refuse what is fetched from elsewhere, and a click that opens a file or a program on every new slide."""
    if not link.get("Type", "").endswith(_LINK):
        raise Refused(FETCHES)
    if not is_left_behind and not link.get("Target", "").casefold().startswith(_HARMLESS):
        raise Refused(LINKS)
