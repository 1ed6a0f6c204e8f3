"""Tables of figures: ten layouts read as they are, and never a file of pupils among them."""

import csv
import io
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wellbeing import pipeline
from wellbeing.intake import figure_tables
from wellbeing.intake.guard import Refused
from wellbeing.intake.reading import read_figure_tables
from wellbeing.model.stated import ColumnKind

DEMO = Path(__file__).parents[2] / "data" / "demo"
SUBJECTS = ("Voelt zich veilig op school", "Is gepest op school", "Rookt elke week")


@pytest.fixture(scope="module")
def reference():
    return pipeline.load_reference()


def workbook(rows, number_format=None):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    for row in book.active.iter_rows() if number_format else ():
        for cell in row:
            cell.number_format = number_format
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def text_file(rows):
    out = io.StringIO()
    csv.writer(out, delimiter=";").writerows(rows)
    return out.getvalue().encode()


def read(rows, name="cijfers.xlsx"):
    data = text_file(rows) if name.endswith(".csv") else workbook(rows)
    (table,) = read_figure_tables(data, name, ())
    return table


def kinds(table):
    return [column.kind.value for column in table.columns]


def percentages(table):
    return [[cell.percentage for cell in row.cells] for row in table.rows]


# --------------------------------------------------------------------------- ten layouts


def test_1_subject_school_region_without_numbers_of_pupils():
    table = read([["Onderwerp", "School %", "Regio %"], [SUBJECTS[0], 88, 91], [SUBJECTS[1], 12, 7]])
    assert kinds(table) == ["school", "regio"]
    assert percentages(table) == [[88, 91], [12, 7]]
    assert [row.subject for row in table.rows] == list(SUBJECTS[:2])
    assert table.pupils is None
    assert table.rows[0].cells[0].margin == 0.5


def test_2_dutch_decimals_with_a_percent_sign_in_a_text_file():
    table = read(
        [["Onderwerp", "School", "Regio"], [SUBJECTS[0], "88,4%", "91,0%"], [SUBJECTS[1], "12,5 %", "7%"]], "a.csv"
    )
    assert percentages(table) == [[88.4, 91.0], [12.5, 7]]
    assert table.rows[1].cells[0].margin == pytest.approx(0.05)


def test_3_hidden_values_are_hidden_and_not_zero():
    rows = [["Indicator", "School (%)", "Regio (%)"], [SUBJECTS[0], "88", "91"], [SUBJECTS[1], "<5", "7"]]
    table = read([*rows, [SUBJECTS[2], "-", "3"], ["Vapet elke week", "", "4"], ["Gepest", 0, 2]], "a.csv")
    own = [row.cells[0] for row in table.rows]
    assert [cell.percentage for cell in own] == [88, None, None, None, 0]
    assert [cell.hidden for cell in own] == [False, True, True, False, False]


def test_4_fractions_as_excel_keeps_percentages():
    table = read([["Onderwerp", "School", "Regio"], [SUBJECTS[0], 0.884, 0.91], [SUBJECTS[1], 0.125, 0.07]])
    assert percentages(table) == [[88.4, 91.0], [12.5, 7.0]]
    assert table.rows[0].cells[0].margin == pytest.approx(0.05)
    assert "Kolom B: getallen als 0,25 zijn gelezen als 25%." in table.notes


def test_5_the_number_of_pupils_in_the_title_and_a_level_column():
    table = read(
        [
            ["Gezondheidsmonitor Jeugd 2023, Het Baken (n = 118)"],
            [],
            ["Onderwerp", "School", "Regio vmbo", "Regio", "Nederland"],
            [SUBJECTS[0], "88%", "90%", "91%", "92%"],
            [SUBJECTS[1], "12%", "9%", "7%", "6%"],
        ]
    )
    assert (table.pupils, table.year) == (118, "2023")
    assert kinds(table) == ["school", "zelfde schoolniveau", "regio", "landelijk"]


def test_6_several_years_under_a_two_row_header():
    table = read(
        [
            ["", "School", "", "Regio", ""],
            ["Onderwerp", "2021", "2023", "2021", "2023"],
            [SUBJECTS[0], "88%", "85%", "91%", "90%"],
            [SUBJECTS[1], "12%", "15%", "7%", "8%"],
        ]
    )
    assert [(column.heading, column.kind.value, column.year) for column in table.columns] == [
        ("School 2021", "school", "2021"),
        ("School 2023", "school", "2023"),
        ("Regio 2021", "regio", "2021"),
        ("Regio 2023", "regio", "2023"),
    ]
    assert percentages(table)[0] == [88, 85, 91, 90]


def test_7_themes_as_section_rows_and_a_note_below():
    table = read(
        [
            ["Onderwerp", "School %", "Regio %"],
            ["Veiligheid", None, None],
            [SUBJECTS[0], 88, 91],
            [SUBJECTS[1], 12, 7],
            ["Middelen", None, None],
            [SUBJECTS[2], 4, 5],
            ["Bron: GGD", None, None],
        ]
    )
    assert [(row.section, row.subject) for row in table.rows] == [
        ("Veiligheid", SUBJECTS[0]),
        ("Veiligheid", SUBJECTS[1]),
        ("Middelen", SUBJECTS[2]),
    ]


def test_8_a_number_of_pupils_per_row_and_a_column_with_differences():
    table = read(
        [
            ["Thema", "Onderwerp", "n", "School %", "Regio %", "Verschil"],
            ["Veiligheid", SUBJECTS[0], 118, 88, 91, "-3"],
            ["Veiligheid", SUBJECTS[1], 117, 12, 7, "+5"],
            ["Middelen", SUBJECTS[2], 95, 4, 5, "-1"],
        ]
    )
    assert kinds(table) == ["aantal leerlingen", "school", "regio"]
    assert [row.cells[0].pupils for row in table.rows] == [118, 117, 95]
    assert [row.section for row in table.rows] == ["Veiligheid", "Veiligheid", "Middelen"]
    assert table.notes == ("Kolom F (Verschil) is niet gebruikt.",)


def test_9_names_of_schools_as_columns_are_not_guessed():
    table = read(
        [
            ["Onderwerp", "Het Baken", "De Werf", "Regio"],
            ["Aantal leerlingen", "118", "240", "2.345"],
            [SUBJECTS[0], "88%", "80%", "91%"],
            [SUBJECTS[1], "12%", "10%", "7%"],
        ],
        "a.csv",
    )
    assert kinds(table) == ["andere naam", "andere naam", "regio"]
    assert [column.pupils for column in table.columns] == [118, 240, 2345]
    assert len(table.rows) == 2


def test_10_a_second_header_row_with_signs_and_numbers_in_the_headings():
    table = read(
        [
            ["Schoolrapport"],
            ["Onderwerp", "Onze school (n=118)", "GGD-regio 2024-2025 (n=2.345)"],
            ["", "%", "%"],
            [SUBJECTS[0], 88, 91],
            [SUBJECTS[1], 12, 7],
        ]
    )
    assert [(c.kind, c.pupils, c.year) for c in table.columns] == [
        (ColumnKind.SCHOOL, 118, ""),
        (ColumnKind.REGION, 2345, "2024-2025"),
    ]


# --------------------------------------------------------------------------- neither is the other


@pytest.mark.parametrize("name", sorted(path.name for path in DEMO.glob("*.xlsx")))
def test_an_export_of_pupils_is_no_table_of_figures(name, reference):
    assert pipeline.read_figure_tables((DEMO / name).read_bytes(), name, reference) == ()


HEADINGS = st.sampled_from(
    ["Klas", "Geslacht", "Leeftijd", "Voel je je veilig op school?", "Hoe vaak ben je gepest?", "Cijfer", "School %",
     "Hoeveel procent van je huiswerk maak je?", "Gewicht", "Gezondheid", "Mening over de regio"]
)  # fmt: skip
ANSWERS = st.sampled_from(["1", "2", "5", "9", "Ja", "Nee", "Soms", "20%", "0,87", "80", "", "Vmbo"])
FIRST = st.sampled_from(["Naam", "Respondent", "Leerlingnummer", "ID", "Tijdstempel", "Klas", "School"])


@settings(max_examples=60, deadline=None)
@given(st.data(), FIRST, st.lists(HEADINGS, min_size=1, max_size=5, unique=True), st.integers(3, 30))
def test_generated_pupils_are_no_table_of_figures(data, first, headings, pupils):
    rows = [[f"Leerling {at}", *data.draw(st.tuples(*[ANSWERS] * len(headings)))] for at in range(pupils)]
    grid = [[first, *headings], *rows]
    assert figure_tables._table("", grid) is None


@pytest.mark.parametrize("header", [["Onderwerp", "School %", "Regio %"], ["Indicator", "School", "Regio"]])
def test_a_table_of_figures_is_never_read_as_pupils(header, reference):
    data = workbook([header, *([subject, 20 + at, 30 - at] for at, subject in enumerate(SUBJECTS))])
    assert len(pipeline.read_figure_tables(data, "cijfers.xlsx", reference)) == 1
    try:
        fitting = pipeline.matching_codebooks(pipeline.read_table(data, "cijfers.xlsx", reference), reference)
    except Refused:
        fitting = ()
    assert fitting == ()


def test_marks_for_school_are_no_percentages():
    rows = [["Onderwerp", "School", "Regio"], ["Cijfer voor de sfeer", 7.2, 7.4], ["Cijfer voor de lessen", 6.9, 7.1]]
    assert read_figure_tables(workbook(rows), "a.xlsx", ()) == ()


def test_a_hidden_sheet_is_not_read():
    book = openpyxl.Workbook()
    book.active.append(["niets"])
    sheet = book.create_sheet("Cijfers")
    for row in [["Onderwerp", "School %"], [SUBJECTS[0], 88], [SUBJECTS[1], 12]]:
        sheet.append(row)
    sheet.sheet_state = "hidden"
    data = io.BytesIO()
    book.save(data)
    assert read_figure_tables(data.getvalue(), "a.xlsx", ()) == ()


def test_what_cannot_be_read_is_no_table():
    assert read_figure_tables(b"\xff\xd8\xff\xe0" + b"0" * 300, "foto.xlsx", ()) == ()
