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

_MARKUP = (".xml", ".rels", ".vml")
_RUNS, _EMBEDS = ("vbaproject", "vbadata", "macro"), ("/embeddings/", "/activex/", "/ctrlprops/")
_LINK = "/hyperlink"


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
    if name == "[content_types].xml" and b"macroenabled" in part.lower():
        raise Refused(MACROS)
    if name.endswith(".rels"):
        for link in ElementTree.fromstring(part):
            if link.get("TargetMode") == "External" and not link.get("Type", "").endswith(_LINK):
                raise Refused(FETCHES)
