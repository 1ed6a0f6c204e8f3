"""The workbook: texts stay texts, numbers stay numbers, charts are native and described."""

from __future__ import annotations

import io
import re
from dataclasses import replace

import openpyxl
import pytest

from tests.export.conftest import Made
from tests.export.reading import parts
from wellbeing.export.xlsx import write_xlsx
from wellbeing.model.report import FigureTable, Format, Kind


def test_the_sheets_are_explained_on_the_first(demo: Made) -> None:
    book = openpyxl.load_workbook(io.BytesIO(demo.files[Format.WORKBOOK]))
    assert book.sheetnames == ["Lees mij", "Cijfers", "Gegevens"]
    words = [str(row[0]) for row in book["Lees mij"].iter_rows(values_only=True) if row[0]]
    assert words[0] == demo.report.title
    assert words[1] == demo.report.footer
    assert any("Blad Gegevens" in line for line in words)


def test_percentages_and_points_are_numbers_with_their_kind(demo: Made) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(demo.files[Format.WORKBOOK]))["Cijfers"]
    (row,) = [row for row in sheet.iter_rows(min_row=4) if row[0].value == "Prestatiedruk vanuit school"]
    assert [(cell.value, cell.number_format) for cell in row[1:5]] == [
        (0.44, "0%"),
        (0.25, "0%"),
        (0.26, "0%"),
        (18, "+0;\u22120;0"),
    ]


def test_a_hidden_figure_is_an_empty_cell_with_its_reason_in_words(demo: Made) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(demo.files[Format.WORKBOOK]))["Cijfers"]
    (row,) = [row for row in sheet.iter_rows(min_row=4) if row[0].value == "Denkt (heel) vaak aan zelfdoding"]
    assert [cell.value for cell in row[1:6]] == [None, None, None, None, "gevoelig onderwerp"]


def test_every_theme_has_a_chart_that_says_in_words_what_it_shows(demo: Made) -> None:
    drawing = b"".join(part for name, part in parts(demo.files[Format.WORKBOOK]) if "drawings/drawing" in name).decode()
    described = re.findall(r'<xdr:cNvPr [^>]*descr="([^"]*)"', drawing)
    tables = [block for section in demo.report.of(Kind.THEME) for block in section.blocks]
    wanted = [block.alternative for block in tables if isinstance(block, FigureTable)]
    assert [words.replace("&apos;", "'") for words in described] == wanted


@pytest.mark.parametrize("name", ["=1+1", "+31 6", "-De Werf", "@School", "{=1}", "https://ggd.example", "&P & <b>"])
def test_a_text_never_becomes_a_formula_or_a_link(secretive: Made, name: str) -> None:
    records = tuple({**record, "group": name} for record in secretive.report.records)
    report = replace(secretive.report, title=name, identity=name, records=records)
    data = write_xlsx(report)
    book = openpyxl.load_workbook(io.BytesIO(data))
    cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    assert not any(cell.hyperlink for cell in cells)
    assert book["Lees mij"]["A1"].value == name
    assert {row[3] for row in book["Gegevens"].iter_rows(min_row=2, values_only=True)} == {name}
