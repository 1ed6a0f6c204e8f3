"""Gegevens toevoegen: report first, figures after "ja, dit klopt", and pupils gone after that."""

import io
from pathlib import Path

import openpyxl
import pytest

PAGE = "pages/add_data.py"
FILE = "school-0"


def upload(visitor, demo, name, data=None):
    page = visitor().go(PAGE)
    page.app.file_uploader(key=FILE).upload(name, data or (demo / name).read_bytes(), "application/octet-stream").run()
    return page


@pytest.fixture
def demo():
    return Path(__file__).parents[2] / "data" / "demo"


def test_nothing_uploaded(visitor):
    page = visitor().go(PAGE)
    assert page.went_well
    assert not page.app.button


def test_the_report_says_what_was_read_and_what_was_removed(visitor, demo):
    page = upload(visitor, demo, "het-baken-2025-2026.xlsx")
    assert page.went_well
    assert "485 rijen gelezen; de kolomkoppen staan op rij 4" in page.words
    assert "Havo (220) en Vmbo-gt (265)" in page.words
    assert "burgerservicenummer" in page.words
    assert "8 waarden konden we niet lezen" in page.words


def test_before_confirming_no_figure_exists(visitor, demo):
    page = upload(visitor, demo, "het-baken-2025-2026.xlsx")
    assert page.state.measurement is None
    assert "%" not in page.words
    assert "Nog geen school gekozen" in page.go("pages/profile.py").words


def test_after_confirming_only_counts_are_left(visitor, demo):
    page = upload(visitor, demo, "het-baken-2025-2026.xlsx")
    page.app.number_input(key="could-bovenbouw").set_value(400).run()
    page.app.button(key="confirm").click().run()
    assert page.went_well
    assert page.state.measurement.total.pupils == 305
    assert page.state.measurement.could_have_answered == 400
    assert page.state.pending == {}
    assert page.state.rounds == {"school": 1}


def test_a_column_can_be_linked_by_hand(visitor, demo):
    page = upload(visitor, demo, "het-baken-2025-2026.xlsx")
    box = next(box for box in page.app.selectbox if "moment van de dag" in box.label)
    assert "niet gebruiken" in box.options[0]


@pytest.mark.parametrize(
    ("name", "data"),
    [("leeg.xlsx", b" "), ("foto.xlsx", b"\xff\xd8\xff\xe0" + b"0" * 500), ("lijst.csv", b"a;b\n1;2\n3;4\n")],
)
def test_a_broken_file_gets_a_sentence_and_no_report(visitor, demo, name, data):
    page = upload(visitor, demo, name, data)
    assert page.went_well
    assert len(page.app.error) == 1
    assert page.app.error[0].value.endswith(".")
    assert "Klopt dit?" not in page.words


def test_a_workbook_with_two_tables_asks_for_the_worksheet(visitor, demo):
    workbook = openpyxl.load_workbook(demo / "de-kleine-kreek-2025-2026.xlsx")
    first = workbook.worksheets[0]
    workbook.copy_worksheet(first).title = "Kopie"
    data = io.BytesIO()
    workbook.save(data)
    page = upload(visitor, demo, "twee.xlsx", data.getvalue())
    assert "werkblad" in page.app.error[0].value
    page.app.text_input(key="sheet-school").set_value("Kopie").run()
    assert page.went_well
    assert "blad Kopie" in page.words
    page.app.run()
    assert "blad Kopie" in page.words


def test_a_file_without_a_school_year_asks_for_it(visitor, demo):
    workbook = openpyxl.load_workbook(demo / "zilverduin-college-2025-2026.xlsx")
    sheet = workbook.worksheets[0]
    headings = [cell.value for cell in sheet[4]]
    sheet.delete_cols(headings.index("Schooljaar") + 1)
    data = io.BytesIO()
    workbook.save(data)
    page = upload(visitor, demo, "zonder-jaar.xlsx", data.getvalue())
    assert page.went_well
    page.app.text_input(key="year-school").set_value("2025-2026").run()
    assert page.went_well
    assert page.app.selectbox(key="school-year").value == "2025-2026"
