"""The PDF is accessible: tags, order, language, title, headings, header cells, alternative texts, bookmarks."""

from __future__ import annotations

import io
import itertools
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pikepdf
import psutil
import pytest

from tests.builders import DATA
from tests.export.conftest import Made
from tests.export.reading import Tag, tree, walk
from wellbeing.export.pdf import write_pdf
from wellbeing.model.report import BulletList, FigureTable, Format, Kind, Paragraph, Report, Section

TEMPLATES = DATA / "templates"


@pytest.fixture(scope="module")
def opened(demo: Made) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(io.BytesIO(demo.files[Format.PDF])) as pdf:
        yield pdf


@pytest.fixture(scope="module")
def tags(opened: pikepdf.Pdf) -> list[Tag]:
    return list(walk(tree(opened)))


def test_it_says_what_it_is_and_in_which_language(opened: pikepdf.Pdf) -> None:
    assert str(opened.Root.Lang) == "nl-NL"
    assert bool(opened.Root.MarkInfo.Marked)
    assert bool(opened.Root.ViewerPreferences.DisplayDocTitle)
    assert str(opened.docinfo.Title) == "Schoolrapport: Het Baken, bovenbouw 2025-2026"
    assert "<pdfuaid:part>1</pdfuaid:part>" in opened.Root.Metadata.read_bytes().decode()


def test_every_section_is_a_heading_and_a_bookmark_in_order(demo: Made, opened: pikepdf.Pdf, tags: list[Tag]) -> None:
    titles = [section.title for section in demo.report.sections]
    assert [item.text for item in tags if item.kind == "H1"] == titles
    with opened.open_outline() as outline:
        assert [str(item.title) for item in outline.root] == titles


def test_no_level_of_heading_is_skipped(tags: list[Tag]) -> None:
    levels = [int(item.kind[1]) for item in tags if item.kind in {"H1", "H2", "H3"}]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


def test_every_table_has_header_cells(demo: Made, tags: list[Tag]) -> None:
    tables = [item for item in tags if item.kind == "Table"]
    assert len(tables) == len(demo.report.of(Kind.THEME))
    for table in tables:
        heads = [cell.text for item in walk(table) if item.kind == "THead" for cell in walk(item) if cell.kind == "TH"]
        assert heads == ["Onderwerp", "0% 50% 100%", "School", "Regio", "Niveau", "Verschil"]


def test_every_drawing_says_in_words_what_it_shows(demo: Made, tags: list[Tag]) -> None:
    rows = [
        row
        for section in demo.report.of(Kind.THEME)
        for block in section.blocks
        if isinstance(block, FigureTable)
        for row in block.rows
    ]
    assert [item.alt for item in tags if item.kind == "Figure"] == [row.description for row in rows]


def test_only_fonts_that_are_shipped_are_used(opened: pikepdf.Pdf) -> None:
    used = {str(font.BaseFont).split("+")[-1] for page in opened.pages for font in page.resources.Font.values()}
    assert {name.rsplit("-", 1)[0] for name in used} == {"SourceSansPro"}


def test_the_same_report_is_the_same_file(demo: Made) -> None:
    assert write_pdf(demo.report, TEMPLATES) == demo.files[Format.PDF]


@pytest.mark.parametrize(
    "text", ['#panic("x")', "= Kop *vet* _schuin_", '"] #eval("1")', "$ x^2 $", "@bron <label> \\ //"]
)
def test_a_text_is_never_read_as_markup(demo: Made, text: str) -> None:
    sections = (Section(Kind.SUMMARY, text, text, (Paragraph(text), BulletList((text,)))),)
    made: Report = replace(demo.report, title=text, identity=text, sections=sections)
    with pikepdf.open(io.BytesIO(write_pdf(made, TEMPLATES))) as pdf:
        found = [item.text for item in walk(tree(pdf))]
        assert str(pdf.docinfo.Title) == text
    assert found.count(" ".join(text.split())) >= 2


def test_the_fonts_stand_with_their_licence() -> None:
    fonts = Path(TEMPLATES / "fonts")
    assert {path.suffix for path in fonts.iterdir()} == {".ttf", ".txt"}
    assert "SIL OPEN FONT LICENSE" in (fonts / "LICENSE.txt").read_text(encoding="utf-8")


@pytest.mark.slow
def test_memory_stays_flat_as_more_reports_are_written(demo: Made) -> None:
    """Without forgetting, typst keeps some fifteen megabytes of each of the last ten reports."""
    memory = psutil.Process()

    def write(number: int) -> int:
        write_pdf(replace(demo.report, identity=f"School {number}"), TEMPLATES)
        return int(memory.memory_full_info().uss)

    early = max(write(number) for number in range(3))
    late = max(write(number) for number in range(3, 15))
    assert late - early < 60 * 1024**2
