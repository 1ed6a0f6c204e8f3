"""Slides: conclusions as titles, charts that can be edited and described, prompts, and a house template."""

from __future__ import annotations

import io
import re
from typing import Any

import openpyxl
import pptx
import pytest
from lxml import etree
from PIL import ImageFont
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls
from pptx.util import Emu, Inches

from tests.builders import DATA
from tests.export.conftest import Made
from tests.export.reading import everything
from wellbeing.export.pptx import WrongTemplateError, check_layouts, write_pptx
from wellbeing.model.report import Format, Kind, Template


@pytest.fixture(scope="module")
def slides(demo: Made) -> list[pptx.slide.Slide]:
    return list(pptx.Presentation(io.BytesIO(demo.files[Format.SLIDES])).slides)


def test_every_title_is_a_conclusion(demo: Made, slides: list[pptx.slide.Slide]) -> None:
    first, *titles = [slide.shapes.title.text_frame.text for slide in slides]
    assert first == demo.report.title
    without_number = [re.sub(r" \(\d van \d\)$", "", title) for title in titles]
    assert list(dict.fromkeys(without_number)) == [section.conclusion for section in demo.report.sections]
    assert len(set(titles)) == len(titles)
    assert "3 onderwerpen gaan goed, 3 willen we bespreken" in titles


def test_every_chart_is_described_and_can_be_edited(slides: list[pptx.slide.Slide]) -> None:
    charts = [shape for slide in slides for shape in slide.shapes if shape.has_chart]
    assert len(charts) >= 9
    for shape in charts:
        names = [name.split("\n")[0] for name in shape.chart.plots[0].categories]
        description = shape._element.nvGraphicFramePr.cNvPr.get("descr")
        assert all(f"{name}: " in description for name in names)
        assert len(names) <= 6
        book = openpyxl.load_workbook(io.BytesIO(shape.chart.part.chart_workbook.xlsx_part.blob))
        assert [row[0].split("\n")[0] for row in book.active.iter_rows(min_row=2, values_only=True)] == names


def test_the_school_is_columns_and_what_it_stands_beside_is_marks(slides: list[pptx.slide.Slide]) -> None:
    for slide in slides:
        for shape in slide.shapes:
            if shape.has_chart:
                columns, marks = shape.chart.plots
                assert [series.name for series in columns.series] == ["Deze school"]
                assert [series.name for series in marks.series] == [
                    "Regio zonder deze school, 2025-2026",
                    "Zelfde schoolniveau in de regio zonder deze school, 2025-2026",
                ]
                assert (shape.chart.value_axis.minimum_scale, shape.chart.value_axis.maximum_scale) == (0, 112)


def test_the_number_of_a_column_is_lifted_above_a_mark_that_would_cover_it(slides: list[pptx.slide.Slide]) -> None:
    """Half a mark and a number take about three and nine points of the axis; a chart's axis about 0.6 of its height."""
    lifted = 0
    for slide in slides:
        for shape in slide.shapes:
            if shape.has_chart:
                (own,), marks = (list(plot.series) for plot in shape.chart.plots)
                for at, percentage in enumerate(own.values):
                    beside = [series.values[at] for series in marks if series.values[at] is not None]
                    if percentage is None or not any(percentage <= mark < percentage + 9 for mark in beside):
                        continue
                    (up,) = own._element.xpath(f"c:dLbls/c:dLbl[c:idx/@val={at}]/c:layout/c:manualLayout/c:y/@val")
                    highest = max(mark for mark in beside if mark < percentage + 9)
                    assert -float(up) >= (highest - percentage) / 112 * 0.6
                    lifted += 1
    assert lifted > 10


def test_no_line_runs_from_a_lifted_number_to_its_column(slides: list[pptx.slide.Slide]) -> None:
    charts = [shape.chart for slide in slides for shape in slide.shapes if shape.has_chart]
    for chart in charts:
        (labels,) = chart.plots[0].series[0]._element.xpath("c:dLbls")
        assert b'showLeaderLines val="0"' in etree.tostring(labels[-1])


def test_notes_have_questions_for_the_talk(demo: Made, slides: list[pptx.slide.Slide]) -> None:
    notes = "\n".join(slide.notes_slide.notes_text_frame.text for slide in slides)
    for section in demo.report.sections:
        assert all(prompt in notes for prompt in section.prompts)


def test_nothing_stands_outside_the_slide(demo: Made) -> None:
    deck = pptx.Presentation(io.BytesIO(demo.files[Format.SLIDES]))
    for slide in deck.slides:
        for shape in slide.shapes:
            assert shape.left >= 0
            assert shape.top >= 0
            assert shape.left + shape.width <= deck.slide_width
            assert shape.top + shape.height <= deck.slide_height


def lines_needed(paragraph: Any, width: int) -> float:
    """Give the height of a paragraph in points, broken off at words as a slide does."""
    runs = [run for run in paragraph.runs if run.text]
    if not runs:
        return 14.0
    size = max(run.font.size.pt for run in runs)
    font = ImageFont.truetype(DATA / "templates" / "fonts" / "SourceSansPro-Bold.ttf", 100)
    at, lines = 0.0, 1
    for word in "".join(run.text for run in runs).split():
        length = font.getlength(f"{word} ") * size / 100
        if at and at + length > width:
            at, lines = 0.0, lines + 1
        at += length
    return lines * size * 1.2


@pytest.mark.parametrize("is_short", [False, True])
def test_every_text_fits_its_box(demo: Made, is_short: bool) -> None:
    """Measured with a bold font, which is wider than most."""
    data = (demo.short_files if is_short else demo.files)[Format.SLIDES]
    for slide in pptx.Presentation(io.BytesIO(data)).slides:
        for shape in slide.shapes:
            if shape.has_text_frame:
                inside = Emu(shape.width).pt - 14.4
                needed = sum(lines_needed(paragraph, inside) for paragraph in shape.text_frame.paragraphs)
                assert needed <= Emu(shape.height).pt, (slide.shapes.title.text_frame.text, shape.text_frame.text)


def test_texts_are_dutch(slides: list[pptx.slide.Slide]) -> None:
    runs = [
        run
        for slide in slides
        for shape in slide.shapes
        if shape.has_text_frame
        for paragraph in shape.text_frame.paragraphs
        for run in paragraph.runs
    ]
    assert {str(run._r.rPr.get("lang")) for run in runs} == {"nl-NL"}


def saved(house: Any) -> Template:
    out = io.BytesIO()
    house.save(out)
    return Template("huisstijl.pptx", out.getvalue())


def test_a_house_template_gives_its_size_and_layouts(demo: Made) -> None:
    house = pptx.Presentation()
    house.slide_width, house.slide_height = Inches(12), Inches(7)
    house.slide_layouts[1].name = "GGD tekst"
    deck = pptx.Presentation(io.BytesIO(write_pptx(demo.short, saved(house))))
    assert deck.slide_width == Inches(12)
    assert deck.slides[1].slide_layout.name == "GGD tekst"


def test_slides_in_a_template_are_left_out_to_the_last_part(demo: Made) -> None:
    """Their texts and notes, the names of their sections, and what tells of them beside the slides."""
    house = pptx.Presentation()
    old = house.slides.add_slide(house.slide_layouts[5])
    old.shapes.title.text_frame.text = "Cijfers van een andere school"
    old.notes_slide.notes_text_frame.text = "Cijfers van een andere school"
    house.core_properties.keywords = "andere school"
    rel = house.slides._sldIdLst[0].rId
    house.part._element.append(
        parse_xml(
            f'<p:custShowLst {nsdecls("p", "r")}><p:custShow name="andere school" id="0"><p:sldLst>'
            f'<p:sld r:id="{rel}"/></p:sldLst></p:custShow></p:custShowLst>'
        )
    )
    house.part._element.append(
        parse_xml(
            f'<p:extLst {nsdecls("p")}><p:ext uri="x"><s:sectionLst xmlns:s="s" name="andere school"/></p:ext>'
            "</p:extLst>"
        )
    )
    app = next(part for part in house.part.package.iter_parts() if part.partname.endswith("/app.xml"))
    app._blob = app.blob.replace(b"</Properties>", b"<TitlesOfParts>andere school</TitlesOfParts></Properties>")
    template = saved(house)
    assert everything(template.content).count("andere school") == 6
    made = write_pptx(demo.short, template)
    assert "andere school" not in everything(made)
    assert "thumbnail" not in everything(made)
    deck = pptx.Presentation(io.BytesIO(made))
    assert [slide.shapes.title.text_frame.text for slide in deck.slides][:1] == [demo.short.title]


def test_a_slide_that_a_layout_holds_on_to_is_refused() -> None:
    house = pptx.Presentation()
    old = house.slides.add_slide(house.slide_layouts[5])
    house.slide_layouts[5].part.relate_to(
        old.part, "http://schemas.openxmlformats.org/officeDocument/2006/relationships/slide"
    )
    with pytest.raises(WrongTemplateError, match="verwijst naar een dia"):
        check_layouts(saved(house))


@pytest.mark.parametrize(
    ("kept", "missing"), [((0, 1), "alleen een titel"), ((0, 5), "één vak voor tekst"), ((1, 5), "een ondertitel")]
)
def test_a_template_without_a_layout_is_refused_with_what_is_missing(kept: tuple[int, ...], missing: str) -> None:
    house = pptx.Presentation()
    for at, layout in enumerate(list(house.slide_layouts)):
        if at not in kept:
            house.slide_layouts.remove(layout)
    with pytest.raises(WrongTemplateError, match=missing):
        check_layouts(saved(house))


def test_a_broken_template_is_refused() -> None:
    with pytest.raises(WrongTemplateError, match=r"stuk\.pptx is niet te openen"):
        check_layouts(Template("stuk.pptx", b"geen presentatie"))


def test_packages_show_all_four_pillars(demo: Made, slides: list[pptx.slide.Slide]) -> None:
    (first, *_) = demo.report.of(Kind.PACKAGE)
    (slide,) = [item for item in slides if item.shapes.title.text_frame.text == first.conclusion]
    words = "\n".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)
    assert all(pillar in words for pillar in ("Beleid", "Schoolomgeving", "Educatie", "Signaleren"))
