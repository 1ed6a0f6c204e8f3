"""Hidden rows, and closed questions among known columns: of a file as Excel saves it."""

import io

import openpyxl
import pytest

from tests.intake import exports
from wellbeing import pipeline


@pytest.fixture(scope="module")
def reference():
    return pipeline.load_reference()


def hidden(count, rows):
    """Give a good export of so many pupils, with these rows of the sheet hidden."""
    book = openpyxl.load_workbook(io.BytesIO(exports.workbook(exports.table(count))))
    for row in rows:
        book.active.row_dimensions[row].hidden = True
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def test_hidden_rows_can_be_left_out(reference):
    table = pipeline.read_table(hidden(24, [3, 4, 10]), "e.xlsx", reference)
    assert table.hidden_rows == (3, 4, 10)
    left = pipeline.without_hidden(table)
    assert len(left.frame) == 21
    assert set(left.row_numbers) == set(range(2, 26)) - {3, 4, 10}
    assert left.hidden_rows == ()
    assert list(left.frame.index) == list(range(21))
    assert "Verborgen rijen, bijvoorbeeld door een filter: 3. Die tellen niet mee, zoals u koos." in left.notes
    assert not any(note.endswith("Die tellen mee.") for note in left.notes)


def test_a_known_column_tells_its_answers_only_as_a_closed_question(reference):
    rows = [[*exports.table(40)[0], "Cijfer"], *([*row, number] for number, row in enumerate(exports.pupils(40)))]
    found = {item.heading: dict(item.answers) for item in _closed(rows, reference)}
    assert found["Geslacht"] == {"Jongen": 20, "Meisje": 20}
    assert found.get("Cijfer", {}) == {}, "forty different values"
    few = [
        exports.table(40)[0],
        *(["Een" if at < 4 else "Twee", *row[1:]] for at, row in enumerate(exports.pupils(40))),
    ]
    assert {item.heading: item.answers for item in _closed(few, reference)}["School"] == (), "four pupils are too few"


def _closed(rows, reference):
    return pipeline.closed_columns(pipeline.read_table(exports.workbook(rows), "e.xlsx", reference))
