"""The Word document: headings, marked header rows, Dutch, and everything the report says."""

from __future__ import annotations

import io

import pytest
from docx import Document
from docx.oxml.ns import qn

from tests.export.conftest import Made
from wellbeing.model.report import BulletList, Format, Kind, Paragraph
from wellbeing.presentation import emphasis


@pytest.fixture(scope="module")
def document(demo: Made) -> Document:
    return Document(io.BytesIO(demo.files[Format.DOCUMENT]))


def test_sections_are_headings(demo: Made, document: Document) -> None:
    found = [line.text for line in document.paragraphs if line.style.name == "Heading 1"]
    assert found == [section.title for section in demo.report.sections]


def test_it_is_dutch_and_says_what_it_is(demo: Made, document: Document) -> None:
    assert document.core_properties.language == "nl-NL"
    assert document.core_properties.title == demo.report.title
    assert {item.get(qn("w:val")) for item in document.styles.element.iter(qn("w:lang"))} == {"nl-NL"}


def test_header_rows_are_marked(demo: Made, document: Document) -> None:
    assert len(document.tables) == len(demo.report.of(Kind.THEME))
    for table in document.tables:
        assert [bool(row._tr.xpath("w:trPr/w:tblHeader")) for row in table.rows][:2] == [True, False]
        assert [cell.text for cell in table.rows[0].cells] == [
            "Onderwerp",
            "School",
            "Regio",
            "Niveau",
            "Verschil",
            "Label",
        ]


def test_every_sentence_of_the_report_is_in_it(demo: Made, document: Document) -> None:
    written = {line.text for line in document.paragraphs}
    for section in demo.report.sections:
        for block in section.blocks:
            texts = [block.text] if isinstance(block, Paragraph) else getattr(block, "items", ())
            assert {emphasis.plain(text) for text in texts} <= written
    assert any(isinstance(block, BulletList) for section in demo.report.sections for block in section.blocks)


def test_what_is_bold_on_screen_is_bold_here(document: Document) -> None:
    (line,) = [item for item in document.paragraphs if item.text.startswith("Vraag aan tafel: Welk deel")]
    assert next((run.text, bool(run.bold)) for run in line.runs) == ("Vraag aan tafel:", True)
