"""How many pupils count for a subject, and why others do not: counted by hand."""

import io

import openpyxl
import pytest

from wellbeing import pipeline
from wellbeing.presentation import importing

HEADING = "Hoe leuk vind je het op school?"


@pytest.fixture(scope="module")
def reference():
    return pipeline.load_reference()


@pytest.fixture(scope="module")
def survey(reference):
    """100 pupils: 70 answer, 20 leave it empty, 10 write something unknown; a scale of which 3 did half."""
    stress = [item.headings[0] for item in reference.codebook("gmj-2023").questions if item.id.startswith("SBSSK30")]
    lines = [";".join(["SchoolNaam", "MBOKK3S33", "MBOKK331", "Onderzoeksjaar", *stress])]
    for pupil in range(100):
        answers = ["1"] * len(stress)
        if pupil < 3:
            answers[1:] = [""] * (len(stress) - 1)
        lines.append(";".join(["De Proef", "3", "4", "2023", *answers]))
    table = pipeline.read_table("\n".join(lines).encode(), "e.csv", reference)
    return pipeline.open_survey(table, reference, "gmj-2023")


def glce(reference, answers):
    lines = [
        f"School;Niveau;Klas;Schooljaar;{HEADING};Wat vind je van je eigen gezondheid?;Hoe gelukkig voel je je meestal?"
    ]
    lines += [f"Oost;havo;4;2025-2026;{answer};Goed;Gelukkig" for answer in answers]
    table = pipeline.read_table("\n".join(lines).encode(), "e.csv", reference)
    return pipeline.open_survey(table, reference, "glce-voorbeeld")


def test_answered_empty_and_unread_add_up_to_all_pupils(reference):
    made = glce(reference, ["Leuk"] * 70 + [""] * 20 + ["Raar"] * 10)
    found = {item.indicator: item for item in pipeline.response(made)}["school_leuk"]
    assert (found.asked, found.answered, found.empty, found.unread, found.left_out) == (100, 70, 20, 10, 0)


def test_every_response_adds_up(survey, reference):
    for made in (survey, glce(reference, ["Leuk"] * 9 + ["x", ""])):
        for item in pipeline.response(made):
            assert item.asked == item.answered + item.empty + item.unread + item.left_out + item.too_few


def test_a_scale_says_who_filled_in_too_little(survey):
    (item,) = [found for found in pipeline.response(survey) if found.too_few]
    assert (item.answered, item.too_few) == (97, 3)


def test_the_report_as_a_file_tells_no_small_number(reference):
    made = glce(reference, ["Leuk"] * 88 + [""] * 3 + ["Raar"] * 4)
    said = pipeline.write_import_text(made.report, pipeline.response(made), reference).decode("utf-8-sig")
    label = reference.codebook("glce-voorbeeld").indicator("school_leuk").label
    (line,) = [line for line in said.splitlines() if line.startswith(f"{label}: telt mee")]
    assert "telt mee ongeveer 90" in line
    assert "niet ingevuld minder dan 5" in line
    assert "niet te lezen minder dan 5" in line
    assert "Oost" in said
    assert "(95)" not in said, "no number of a group"


def test_the_workbook_holds_the_same_and_no_formula(reference):
    made = glce(reference, ["Leuk"] * 60)
    data = pipeline.write_import_workbook(made.report, pipeline.response(made), reference)
    book = openpyxl.load_workbook(io.BytesIO(data))
    assert book.sheetnames == ["Gelezen", "Onderwerpen", "Niet in dit bestand", "Kolommen", "Opmerkingen"]
    rows = list(book["Onderwerpen"].values)
    assert rows[0] == importing.COLUMNS
    assert len(rows) == 1 + len(made.report.indicators_present)
    assert all(cell.data_type in {"s", "n"} for sheet in book for row in sheet for cell in row)


@pytest.mark.parametrize(
    ("number", "said"), [(0, "minder dan 5"), (1, "minder dan 5"), (4, "minder dan 5"), (7, "ongeveer 5")]
)
def test_rounding_hides_what_is_small(number, said):
    assert importing.rounded(number) == said
