"""Every format says what the analysis says, to the last digit, and nothing that it hides."""

from __future__ import annotations

import io
import re

import openpyxl
import pikepdf
import pptx
import pytest
from docx import Document

from tests.builders import DATA
from tests.export.conftest import DAY, HIDDEN, KINDS, SECRETS, Made
from tests.export.reading import everything, feet, tree, walk
from wellbeing.model.reference import Sensitivity
from wellbeing.model.report import FigureTable, Format, Kind
from wellbeing.model.results import BenchmarkFigure, Comparison, Difference, Dimension, Proportion
from wellbeing.reference.codebooks import load_codebook

Figures = dict[str, list[int | None]]
SHORT = {"regio": "Regio", "eigen niveau": "Niveau"}
WORDS = {
    "duidelijk gunstiger",
    "duidelijk ongunstiger",
    "geen aantoonbaar verschil",
    "lijkt ongunstiger, kan toeval zijn",
}


def of_analysis(made: Made) -> Figures:
    """Give per subject the percentages of school, region and level, and the points: straight from the analysis."""
    labels = {item.id: item.label for item in load_codebook(DATA / "codebooks" / "glce-voorbeeld").indicators}
    found: Figures = {}
    for row in made.analysis.comparisons:
        if row.group.dimension is Dimension.TOTAL:
            at = {"regio": 1, "eigen niveau": 2}.get(row.comparator.kind.value)
            figures = found.setdefault(labels[row.indicator], [own(row), None, None, None])
            if at and isinstance(row.benchmark, BenchmarkFigure) and isinstance(row.school, Proportion):
                figures[at] = row.benchmark.percentage
            if row.comparator.kind is made.analysis.findings.main and isinstance(row.difference, Difference):
                figures[3] = row.difference.points
    return found


def own(row: Comparison) -> int | None:
    return row.school.percentage if isinstance(row.school, Proportion) else None


def percent(text: str) -> int | None:
    return None if text == "–" else int(text.removesuffix("%"))


def points(text: str) -> int | None:
    found = re.search(r"([+\u2212]?\d+)(?: procentpunt)?$", text)
    return int(found[1].replace("\u2212", "-")) if found else None


def of_pdf(data: bytes) -> Figures:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        rows = [item for item in walk(tree(pdf)) if item.kind == "TR"]
    found: Figures = {}
    for row in rows:
        name, _, *cells = [cell.text for cell in row.below if cell.kind == "TD"] or ["", ""]
        if cells:
            *numbers, verdict = cells
            found[name] = [*map(percent, numbers), points(verdict)]
    return found


def of_docx(data: bytes) -> Figures:
    found: Figures = {}
    for table in Document(io.BytesIO(data)).tables:
        for row in table.rows[1:]:
            name, *numbers, difference, _ = [cell.text for cell in row.cells]
            found[name.split("\n")[0]] = [*map(percent, numbers), points(difference)]
    return found


def of_xlsx(data: bytes) -> Figures:
    sheet = openpyxl.load_workbook(io.BytesIO(data))["Cijfers"]
    found: Figures = {}
    for name, *cells in sheet.iter_rows(min_row=4, max_col=6, values_only=True):
        if name and name != "Onderwerp" and cells[-1]:
            numbers = [None if value is None else round(100 * value) for value in cells[:3]]
            found[name] = [*numbers, cells[3]]
    return found


def of_pptx(data: bytes) -> Figures:
    """Read the data sheets of the charts; they hold no points."""
    found: Figures = {}
    for slide in pptx.Presentation(io.BytesIO(data)).slides:
        for shape in slide.shapes:
            if shape.has_chart:
                columns = [list(series.values) for plot in shape.chart.plots for series in plot.series]
                for at, name in enumerate(shape.chart.plots[0].categories):
                    found[name.split("\n")[0]] = [column[at] for column in columns]
    return found


def test_the_demo_has_figures_of_every_sort(demo: Made) -> None:
    figures = of_analysis(demo)
    assert len(figures) == 45
    assert figures["Prestatiedruk vanuit school"] == [44, 25, 26, 18]
    assert figures["Denkt (heel) vaak aan zelfdoding"] == [None, None, None, None]


@pytest.mark.parametrize(
    ("kind", "read"), [(Format.WORKBOOK, of_xlsx), (Format.DOCUMENT, of_docx), (Format.SLIDES, of_pptx)]
)
def test_all_figures_come_back_as_the_analysis_has_them(demo: Made, kind: Format, read: object) -> None:
    expected = of_analysis(demo)
    if kind is Format.SLIDES:
        expected = {name: figures[:3] for name, figures in expected.items()}
    assert read(demo.files[kind]) == expected  # type: ignore[operator]


def test_all_figures_come_back_from_the_pdf(demo: Made) -> None:
    """The cell of a subject holds its sentence too, so the subject is what it begins with."""
    found = of_pdf(demo.files[Format.PDF])
    expected = of_analysis(demo)
    assert len(found) == len(expected)
    for label, figures in expected.items():
        (same,) = [read for name, read in found.items() if name == label or name.startswith(f"{label} ")]
        assert same == figures, label


def test_the_sheet_for_analysis_has_the_rows_of_the_figures_file(demo: Made) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(demo.files[Format.WORKBOOK]))["Gegevens"]
    head, *rows = sheet.iter_rows(values_only=True)
    found = [{name: value for name, value in zip(head, row, strict=True) if value is not None} for row in rows]
    assert found == [{name: value for name, value in record.items() if value != ""} for record in demo.report.records]
    assert len(found) == len(demo.analysis.comparisons)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("files", ["files", "short_files", "shared_files"])
def test_no_file_holds_a_hidden_number(secretive: Made, kind: Format, files: str) -> None:
    data = getattr(secretive, files)[kind]
    text = everything(data)
    assert "Onderwerp open" in text or "De Werf" in text
    for secret in SECRETS:
        assert not re.search(rf"(?<!\d){re.escape(secret)}(?!\d)", text), secret


@pytest.mark.parametrize("kind", KINDS)
def test_beside_a_hidden_figure_stands_its_reason_and_no_number(secretive: Made, kind: Format) -> None:
    rows = [
        row
        for section in secretive.report.of(Kind.THEME)
        for block in section.blocks
        if isinstance(block, FigureTable)
        for row in block.rows
    ]
    hidden = [row for row in rows if row.percentage is None]
    assert {row.subject for row in hidden} == {f"Onderwerp {name}" for name in HIDDEN}
    for row in hidden:
        assert (row.lower, row.upper, row.points, row.sentence, row.arrow) == (None, None, None, "", "")
        assert row.label in {"niet getoond", "gevoelig onderwerp"}
        assert row.label in everything(secretive.files[kind])


def test_every_page_and_slide_names_school_year_pupils_comparison_and_date(demo: Made) -> None:
    wanted = ("Het Baken", "bovenbouw 2025-2026", "305 leerlingen", "vergeleken met", "2025-2026", "9 maart 2026")
    slides = pptx.Presentation(io.BytesIO(demo.files[Format.SLIDES])).slides
    words = ["\n".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame) for slide in slides]
    document = Document(io.BytesIO(demo.files[Format.DOCUMENT]))
    book = openpyxl.load_workbook(io.BytesIO(demo.files[Format.WORKBOOK]))
    pages = feet(demo.files[Format.PDF]) + words
    pages += [section.footer.paragraphs[0].text for section in document.sections]
    pages += [sheet.oddFooter.left.text for sheet in book.worksheets]
    assert len(pages) > 30
    for page in pages:
        assert all(name in page for name in wanted), page


def test_one_page_is_one_page(demo: Made) -> None:
    with pikepdf.open(io.BytesIO(demo.short_files[Format.PDF])) as pdf:
        assert len(pdf.pages) == 1


def test_a_date_is_the_one_that_was_asked_for(demo: Made) -> None:
    with pikepdf.open(io.BytesIO(demo.files[Format.PDF])) as pdf:
        assert str(pdf.docinfo.CreationDate) == "D:20260309000000Z"
    made = {
        pptx.Presentation(io.BytesIO(demo.files[Format.SLIDES])).core_properties.created,
        Document(io.BytesIO(demo.files[Format.DOCUMENT])).core_properties.created,
        openpyxl.load_workbook(io.BytesIO(demo.files[Format.WORKBOOK])).properties.created,
    }
    assert {moment.date() for moment in made if moment} == {DAY}


@pytest.mark.parametrize("kind", KINDS)
def test_the_version_to_share_has_no_sensitive_subject_in_any_format(demo: Made, kind: Format) -> None:
    book = load_codebook(DATA / "codebooks" / "glce-voorbeeld")
    text = everything(demo.shared_files[kind])
    sensitive = [item.label for item in book.indicators if item.sensitivity is not Sensitivity.NORMAL]
    assert len(sensitive) >= 3
    assert not [label for label in sensitive if label in text]
    assert "Wij praten hierover met de leerlingen." in text or kind is Format.WORKBOOK
