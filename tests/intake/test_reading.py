"""From bytes to a raw table, the whole way."""

from __future__ import annotations

import datetime as dt
from array import array

import pytest

from tests.intake import exports
from wellbeing.intake import child
from wellbeing.intake.guard import Refused
from wellbeing.intake.reading import read_export, read_workbook
from wellbeing.model.imports import FileKind


def test_workbook_and_text_give_the_same_table() -> None:
    rows = exports.table()
    book = read_export(exports.workbook(rows), "export.xlsx", exports.KNOWN)
    plain = read_export(exports.text(rows), "export.csv", exports.KNOWN)
    assert book.kind is FileKind.XLSX
    assert plain.kind is FileKind.CSV
    assert book.sheet == "Export"
    assert book.columns == plain.columns
    assert book.frame.equals(plain.frame)
    assert [list(map(str, row)) for row in rows[1:]] == book.frame.to_numpy().tolist()


def test_table_holds_text_under_position_names() -> None:
    table = read_export(exports.workbook(exports.table()), "export.xlsx", exports.KNOWN)
    assert list(table.frame.columns) == ["c0", "c1", "c2", "c3", "c4"]
    assert set(map(str, table.frame.dtypes)) == {"str"}
    assert [column.letter for column in table.columns] == ["A", "B", "C", "D", "E"]
    assert table.row_numbers == tuple(range(2, 26))
    assert table.header_row == 1


def test_every_cell_is_text() -> None:
    school: list[object] = ["De Werf"] * 60
    cells: list[object] = [
        3.0,
        0.5,
        True,
        False,
        "NA",
        "None",
        "\u00a0 Ja ",
        "",
        None,
        "12,5%",
        "<5",
        dt.date(2025, 2, 1),
    ]
    rows = [["School", "EBEGK311"], *zip(school, cells * 5, strict=True)]
    table = read_export(exports.workbook(rows), "x.xlsx", ["School", "EBEGK311"])
    read = ["3", "0.5", "WAAR", "ONWAAR", "NA", "None", "Ja", "", "", "12,5%", "<5", "2025-02-01"]
    assert table.frame["c1"].tolist() == read * 5


def test_headings_are_recognised_whatever_their_case() -> None:
    table = read_export(exports.workbook(exports.table()), "x.xlsx", [heading.upper() for heading in exports.KNOWN])
    assert table.unknown == ()


def test_file_without_a_known_column_says_so() -> None:
    table = read_export(exports.workbook(exports.table()), "x.xlsx", ["heel iets anders"])
    assert any(note.startswith("Geen enkele kolom is herkend. Kies") for note in table.notes)


def test_second_reading_gives_the_same() -> None:
    data = exports.workbook(exports.with_column("Vak", ["Gym", "Taal"] * 12))
    first, second = (read_export(data, "x.xlsx", exports.KNOWN) for _ in range(2))
    assert first.frame.equals(second.frame)
    assert (first.columns, first.unknown, first.notes) == (second.columns, second.unknown, second.notes)


def test_own_workbook_gives_all_sheets_as_text() -> None:
    sheets = {"Uitleg": [["Regio", "Duinstreek"]], "Cijfers": [["n", "share"], [120, 0.25], ["", "NA"]]}
    assert read_workbook(exports.workbook(sheets), "regio.xlsx") == {
        "Uitleg": [["Regio", "Duinstreek"]],
        "Cijfers": [["n", "share"], ["120", "0.25"], ["", "NA"]],
    }


def test_comparison_figures_must_be_a_workbook() -> None:
    with pytest.raises(Refused, match="geen Excel-bestand"):
        read_workbook(exports.text(exports.table()), "regio.csv")


TOLD: dict[str, object] = {
    "sheet": "",
    "sheet_names": [],
    "header_row": 1,
    "rows": 2,
    "hidden_rows": [],
    "doubtful_rows": {},
    "columns": [["School", "A", "", {}]],
    "texts": [["De Werf", "Het Baken"]],
    "dropped": [],
    "unknown": [],
    "notes": [],
}
NUMBERS = (2, 3, 0, 1)


def _answering(monkeypatch: pytest.MonkeyPatch, told: dict[str, object], numbers: bytes) -> None:
    monkeypatch.setattr(child, "ask", lambda *_: (told, memoryview(numbers)))


def test_answer_is_a_table_of_texts(monkeypatch: pytest.MonkeyPatch) -> None:
    _answering(monkeypatch, TOLD, array("i", NUMBERS).tobytes())
    table = read_export(exports.text(exports.table()), "x.csv", [])
    assert table.row_numbers == (2, 3)
    assert table.frame["c0"].tolist() == ["De Werf", "Het Baken"]


@pytest.mark.parametrize(
    ("other", "numbers"),
    [
        ({"rows": 3}, NUMBERS),
        ({"columns": []}, NUMBERS),
        ({"texts": []}, NUMBERS),
        ({"texts": [["De Werf", 7]]}, NUMBERS),
        ({"texts": [["De Werf", "\ud800"]]}, NUMBERS),
        ({}, (2, 3, 0, 2)),
        ({}, (2, 3, 0, -1)),
        ({}, (2, 3, 0)),
        ({}, ()),
    ],
)
def test_answer_of_another_form_is_refused(
    monkeypatch: pytest.MonkeyPatch, other: dict[str, object], numbers: tuple[int, ...]
) -> None:
    _answering(monkeypatch, TOLD | other, array("i", numbers).tobytes())
    with pytest.raises(Refused, match="kon niet worden gelezen"):
        read_export(exports.text(exports.table()), "x.csv", [])


def test_answer_without_its_parts_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    _answering(monkeypatch, {}, b"")
    with pytest.raises(Refused, match="kon niet worden gelezen"):
        read_export(exports.text(exports.table()), "x.csv", [])
