"""Rows back from Excel: the same rows change nothing, and what is wrong is told with sheet, row and column."""

from pathlib import Path

import pytest

from wellbeing.model.content import RowChange
from wellbeing.reference.content import load_content, overlay
from wellbeing.reference.edits import NOT_OURS, read_back
from wellbeing.reference.schema import ReferenceDataError
from wellbeing.reference.sheets import COLUMNS, LABELS, SHEETS

CONTENT = load_content(Path(__file__).parents[2] / "data" / "interventions")
PROGRAMMES, STEPS = "programmes.csv", "steps.csv"


def sheet(file, *rows):
    """Give a table as Excel would, with these rows only."""
    return {SHEETS[file].title: [[LABELS[name] for name in COLUMNS[file]], *(list(row.values()) for row in rows)]}


def row(file, key, **cells):
    return dict(CONTENT.cells(file, key)) | cells


def test_a_cell_that_was_changed_is_the_only_thing_that_changes():
    found = read_back(sheet(PROGRAMMES, row(PROGRAMMES, "i-swpbs", title=" SWPBS  op school")), CONTENT)
    (edit,) = found.edits
    assert [(cell.column, cell.old, cell.new) for cell in edit.cells] == [
        ("title", "School-Wide Positive Behavior Support (SWPBS)", "SWPBS op school")
    ]
    assert found.problems == ()


def test_a_date_that_excel_turned_round_is_the_same_date():
    turned = row(PROGRAMMES, "i-swpbs", checked_on="22-11-2026", next_review="22-11-2027")
    assert read_back(sheet(PROGRAMMES, turned), CONTENT).edits == ()


def test_a_file_from_before_a_check_does_not_undo_it():
    """Looked at on 3 March 2027; the file is of the day before, with one cell changed."""
    check = {"checked_by": "jeugdarts", "checked_on": "2027-03-03", "next_review": "2028-03-03"}
    content = overlay(CONTENT.base, [RowChange(PROGRAMMES, "i-swpbs", check)])
    assert read_back(sheet(PROGRAMMES, row(PROGRAMMES, "i-swpbs")), content).edits == ()
    (edit,) = read_back(sheet(PROGRAMMES, row(PROGRAMMES, "i-swpbs", title="SWPBS")), content).edits
    assert edit.after.cells == {"title": "SWPBS", **check}
    later = row(PROGRAMMES, "i-swpbs", checked_by="arts", checked_on="2027-03-04", next_review="2027-09-04")
    (edit,) = read_back(sheet(PROGRAMMES, later), content).edits
    assert edit.after.cells == {"checked_by": "arts", "checked_on": "2027-03-04", "next_review": "2027-09-04"}


def test_a_row_without_a_key_is_a_new_one_that_gets_a_key_of_its_name():
    new = row(PROGRAMMES, "i-swpbs", id="", title="Slaapuur")
    (edit,) = read_back(sheet(PROGRAMMES, row(PROGRAMMES, "i-leefstijl"), new), CONTENT).edits
    assert (edit.row, edit.is_new, edit.before) == ("ggd-slaapuur", True, None)
    assert set(edit.after.cells) == set(COLUMNS[PROGRAMMES])


def test_rows_that_are_not_in_the_file_stay_and_empty_rows_are_no_rows():
    sheets = sheet(STEPS, row(STEPS, "w-1"), {}, dict.fromkeys(COLUMNS[STEPS], " "))
    assert read_back(sheets, CONTENT).edits == ()


def test_hostile_texts_are_texts():
    formula = '=HYPERLINK("https://kwaad.nl";"klik")'
    evil = row(PROGRAMMES, "i-swpbs", title=formula, remark="<script>alert(1)</script>")
    (edit,) = read_back(sheet(PROGRAMMES, evil), CONTENT).edits
    assert {cell.column: cell.new for cell in edit.cells} == {
        "title": formula,
        "remark": "<script>alert(1)</script>",
    }


WRONG = {
    "a theme": ({"themes": "geluk"}, "Blad Programma's, rij 2 (i-swpbs), kolom Thema's: "),
    "a kind": ({"type": "cursus"}, "Blad Programma's, rij 2 (i-swpbs), kolom Soort: 'cursus' mag hier niet"),
    "a date": ({"next_review": "morgen"}, "rij 2 (i-swpbs), kolom Opnieuw nakijken op: 'morgen' is geen datum"),
    "an address": ({"source": "javascript:alert(1)"}, "rij 2 (i-swpbs), kolom Bron: schrijf een adres"),
    "very long": ({"remark": "x" * 30_000}, "rij 2 (i-swpbs), kolom Opmerking: deze tekst is te lang"),
    "no name": ({"title": ""}, "rij 2 (i-swpbs), kolom Naam: dit mag niet leeg zijn"),
    "no key": ({"id": "", "title": ""}, "rij 2 (rij zonder naam): geef de rij een kenmerk."),
    "an impossible key": ({"id": "<b>"}, "rij 2 (<b>), kolom Kenmerk: '<b>' mag hier niet"),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_is_wrong_is_told_with_sheet_row_and_column(case):
    cells, sentence = WRONG[case]
    found = read_back(sheet(PROGRAMMES, row(PROGRAMMES, "i-swpbs", **cells)), CONTENT)
    assert sentence in " ".join(found.problems)


def test_a_row_that_stands_there_twice_is_told():
    found = read_back(sheet(STEPS, row(STEPS, "w-1"), row(STEPS, "w-1", title="Anders")), CONTENT)
    assert found.problems == ("Blad Stappenplan, rij 3 (w-1): deze rij staat er twee keer in.",)


def test_columns_must_be_ours():
    sheets = sheet(STEPS, row(STEPS, "w-1"))
    heads = sheets["Stappenplan"][0]
    heads[heads.index("Naam")] = "Titel"
    assert read_back(sheets, CONTENT).problems == (
        "Blad Stappenplan: de kolom 'Titel' is onbekend.",
        "Blad Stappenplan: de kolom 'Naam' ontbreekt.",
    )


def test_more_rows_than_anybody_keeps_are_refused_at_once():
    found = read_back({"Stappenplan": [*sheet(STEPS)["Stappenplan"], *[["x"]] * 90_000]}, CONTENT)
    assert found.problems == ("Blad Stappenplan: hier staan meer dan 2000 rijen. Haal weg wat er niet bij hoort.",)


def test_a_theme_cannot_be_added():
    found = read_back(sheet("themes.csv", row("themes.csv", "slaap", id="geluk", label="Geluk")), CONTENT)
    (problem,) = found.problems
    assert problem.startswith("Blad Thema's, rij 2 (geluk): hier kan geen rij bij")


@pytest.mark.parametrize("sheets", [{}, {"Blad1": [["a"]]}, {"Lees mij": []}])
def test_another_workbook_is_refused(sheets):
    with pytest.raises(ReferenceDataError) as caught:
        read_back(sheets, CONTENT)
    assert caught.value.problems == (NOT_OURS,)


@pytest.mark.parametrize("rows", [[], [[]], [[""]]])
def test_a_sheet_without_columns_is_told_column_by_column(rows):
    found = read_back({"Stappenplan": rows}, CONTENT)
    assert "Blad Stappenplan: de kolom 'Naam' ontbreekt." in found.problems
