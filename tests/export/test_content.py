"""The content as a workbook: what is written is read back as the same rows, and hostile texts stay texts."""

import datetime as dt
import io

import openpyxl
import pytest

from wellbeing import pipeline
from wellbeing.export.content import LOG_HEADINGS, content_workbook
from wellbeing.intake.guard import Refused
from wellbeing.model.content import LogLine, RowChange
from wellbeing.reference.content import load_content, overlay
from wellbeing.reference.sheets import ABOUT, COLUMNS, LOG, SHEETS

CONTENT = load_content(pipeline.DATA / "interventions")
FORMULA = '=HYPERLINK("https://kwaad.nl";"klik")'
SCRIPT = "<script>alert(1)</script>"
CHANGES = (
    RowChange("programmes.csv", "i-swpbs", {"title": FORMULA, "remark": SCRIPT}),
    RowChange(
        "steps.csv",
        "ggd-nieuw",
        dict(CONTENT.cells("steps.csv", "w-1")) | {"id": "ggd-nieuw", "title": "@cmd|' /C calc'!A0", "remark": "-1+1"},
    ),
)
CHANGED = overlay(CONTENT.base, CHANGES)
LINE = LogLine(dt.datetime(2026, 11, 22, 9, 30), "=jeugdarts", "programmes.csv", "i-swpbs", "title", "SWPBS", FORMULA)


def opened(data):
    return openpyxl.load_workbook(io.BytesIO(data))


@pytest.mark.parametrize("content", [CONTENT, CHANGED], ids=["as delivered", "changed"])
def test_read_back_it_changes_nothing(content):
    found = pipeline.read_content(content_workbook(content), "inhoud.xlsx", content)
    assert (found.edits, found.problems) == ((), ())


def test_every_row_stands_in_it_counted_by_another_reader():
    book = opened(content_workbook(CONTENT))
    assert book.sheetnames == [ABOUT, *(sheet.title for sheet in SHEETS.values()), LOG]
    for file, sheet in SHEETS.items():
        assert book[sheet.title].max_row == 1 + len(CONTENT.base[file])
        assert book[sheet.title].max_column == len(COLUMNS[file])


def test_no_cell_is_a_formula_a_link_or_a_number():
    book = opened(content_workbook(CHANGED, [LINE]))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"}
    assert not [cell for cell in cells if cell.hyperlink]
    assert {FORMULA, SCRIPT, "@cmd|' /C calc'!A0", "-1+1", "=jeugdarts"} <= {cell.value for cell in cells}


def test_what_is_handed_on_has_the_changed_rows_and_the_log_only():
    book = opened(content_workbook(CHANGED, [LINE], only_changed=True))
    assert book.sheetnames == [ABOUT, "Programma's", "Stappenplan", LOG]
    assert [row[0].value for row in book["Programma's"].iter_rows(min_row=2)] == ["i-swpbs"]
    assert [[cell.value for cell in row] for row in book[LOG].iter_rows()] == [
        list(LOG_HEADINGS),
        ["22-11-2026 09:30", "=jeugdarts", "Programma's", "i-swpbs", "Naam", "SWPBS", FORMULA],
    ]


def test_a_colleague_who_reads_it_has_the_same_changes():
    handed = content_workbook(CHANGED, [LINE], only_changed=True)
    found = pipeline.read_content(handed, "onze-wijzigingen.xlsx", CONTENT)
    assert found.problems == ()
    assert tuple(edit.after for edit in found.edits) == CHANGES
    assert overlay(CONTENT.base, [edit.after for edit in found.edits]).tables == CHANGED.tables


def test_a_cell_that_excel_made_a_date_or_a_number_is_read_as_it_is_meant():
    book = opened(content_workbook(CONTENT))
    sheet = book["Programma's"]
    heads = [cell.value for cell in sheet[1]]
    line = next(row for row in sheet.iter_rows() if row[0].value == "i-levensvaardigheden")
    line[heads.index("Opnieuw nakijken op")].value = dt.datetime(2028, 3, 1)
    line[heads.index("Vanaf leerjaar")].value = 3
    out = io.BytesIO()
    book.save(out)
    found = pipeline.read_content(out.getvalue(), "inhoud.xlsx", CONTENT)
    assert found.problems == ()
    assert {cell.column: (cell.old, cell.new) for edit in found.edits for cell in edit.cells} == {
        "next_review": ("2027-11-22", "2028-03-01"),
        "leerjaar_from": ("2", "3"),
    }


@pytest.mark.parametrize("data", [b"", b"a;b\n1;2\n", b"PK\x03\x04 kapot"])
def test_a_file_that_is_no_workbook_is_refused_with_a_sentence(data):
    with pytest.raises(Refused) as caught:
        pipeline.read_content(data, "inhoud.xlsx", CONTENT)
    assert caught.value.sentence.endswith((".", "?"))
