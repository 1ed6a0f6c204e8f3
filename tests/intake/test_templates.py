"""A house style from outside: what runs, embeds, fetches or swells is refused; what schools use is not."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import pptx
import pytest

from wellbeing import pipeline
from wellbeing.intake import templates
from wellbeing.intake.guard import Refused
from wellbeing.intake.templates import check_template

RELATIONS = "ppt/slideMasters/_rels/slideMaster1.xml.rels"
KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def house() -> bytes:
    out = io.BytesIO()
    pptx.Presentation().save(out)
    return out.getvalue()


def rebuilt(change: Callable[[dict[str, bytes]], object]) -> bytes:
    """Give the plain template with its parts changed."""
    with zipfile.ZipFile(io.BytesIO(house())) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    change(parts)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def linked(kind: str, target: str, mode: str = "External") -> Callable[[dict[str, bytes]], None]:
    relation = f'<Relationship Id="rId99" Type="{KINDS}/{kind}" Target="{target}" TargetMode="{mode}"/>'

    def change(parts: dict[str, bytes]) -> None:
        parts[RELATIONS] = parts[RELATIONS].replace(b"</Relationships>", f"{relation}</Relationships>".encode())

    return change


def typed(line: str) -> Callable[[dict[str, bytes]], None]:
    """Say in the list of contents that a part with the name of a picture is markup: it would be read as such."""
    said = line.format(kind="application/vnd.openxmlformats-officedocument.").encode()

    def change(parts: dict[str, bytes]) -> None:
        parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(b"</Types>", said + b"</Types>")

    return change


def with_part(name: str, content: bytes = b"x") -> Callable[[dict[str, bytes]], None]:
    return lambda parts: parts.__setitem__(name, content)


def test_a_house_style_can_be_used() -> None:
    data = house()
    assert pipeline.open_template(data, "huisstijl.pptx").content == data


def test_an_address_of_the_ggd_in_the_master_is_fine() -> None:
    assert check_template(rebuilt(linked("hyperlink", "https://www.ggd.nl")), "huisstijl.pptx")


def test_what_a_slide_that_is_not_taken_over_links_to_is_no_matter() -> None:
    deck = pptx.Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[0])
    slide.shapes.title.text_frame.paragraphs[0].add_run().hyperlink.address = "file://server/deel/plan.docx"
    out = io.BytesIO()
    deck.save(out)
    assert check_template(out.getvalue(), "huisstijl.pptx")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (with_part("ppt/vbaProject.bin"), templates.MACROS),
        (
            lambda parts: parts.__setitem__(
                "[Content_Types].xml",
                parts["[Content_Types].xml"].replace(
                    b"officedocument.presentationml.presentation.main", b"ms-powerpoint.presentation.macroEnabled.main"
                ),
            ),
            templates.MACROS,
        ),
        (with_part("ppt/embeddings/oleObject1.bin"), templates.EMBEDDED),
        (with_part("ppt/activeX/activeX1.xml", b"<x/>"), templates.EMBEDDED),
        (linked("image", "https://voorbeeld.nl/pixel.png"), templates.FETCHES),
        (linked("image", "file://server/pixel.png", mode="&#69;xternal"), templates.FETCHES),
        (linked("hyperlink", "file://server/deel/start.exe"), templates.LINKS),
        (linked("hyperlink", "start.exe"), templates.LINKS),
        (linked("hyperlink", "javascript:alert(1)"), templates.LINKS),
        (typed('<Override PartName="/ppt/theme/theme9.png" ContentType="{kind}theme+xml"/>'), templates.NO_SLIDES),
        (typed('<Default Extension="foto" ContentType="{kind}slideLayout+xml"/>'), templates.NO_SLIDES),
        (linked("attachedTemplate", "https://voorbeeld.nl/x.potm"), templates.FETCHES),
        (with_part("ppt/theme/theme9.xml", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'), templates.NO_SLIDES),
        (with_part("ppt/theme/theme9.xml", "<a/>".encode("utf-16")), templates.NO_SLIDES),
        (with_part("ppt/theme/theme9.xml", b" " * (templates.MAX_MARKUP + 1)), templates.TOO_LARGE),
        (with_part("ppt/media/groot.png", bytes(templates.MAX_UNPACKED)), templates.TOO_LARGE),
        (with_part("PPT/presentation.xml", b"<x/>"), templates.NO_SLIDES),
        (lambda parts: parts.pop("ppt/presentation.xml"), templates.NO_SLIDES),
        (with_part(RELATIONS, b"<geen markup"), templates.NO_SLIDES),
    ],
)
def test_what_could_harm_is_refused(change: Callable[[dict[str, bytes]], object], said: str) -> None:
    with pytest.raises(Refused) as refused:
        check_template(rebuilt(change), "huisstijl.pptx")
    assert refused.value.sentence == said


def test_a_part_that_is_larger_than_it_says_is_refused() -> None:
    """A bomb that lies about its size: what is unpacked stops at the stated size, and the checksum is then wrong."""
    bomb = bytearray(rebuilt(with_part("ppt/media/bom.png", bytes(50_000_000))))
    for sign, offset in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        at = bomb.rindex(sign, 0, bomb.rindex(b"ppt/media/bom.png") if offset == 24 else len(bomb))
        bomb[at + offset : at + offset + 4] = (1000).to_bytes(4, "little")
    with pytest.raises(Refused) as refused:
        check_template(bytes(bomb), "huisstijl.pptx")
    assert refused.value.sentence == templates.NO_SLIDES


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"%PDF-1.7", b"geen presentatie"])
def test_another_file_is_refused(data: bytes) -> None:
    with pytest.raises(Refused) as refused:
        check_template(data, "huisstijl.pptx")
    assert refused.value.sentence == templates.NO_SLIDES
