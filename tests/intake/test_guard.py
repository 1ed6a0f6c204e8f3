"""What kind of file it is, by content; and which workbooks may go on."""

from __future__ import annotations

import pytest

from tests.intake import exports
from wellbeing.intake import guard
from wellbeing.intake.guard import Refused, check, check_extent
from wellbeing.model.imports import FileKind

GOOD = exports.workbook(exports.table())


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (GOOD, FileKind.XLSX),
        (exports.text(exports.table()), FileKind.CSV),
        (exports.text(exports.table(), encoding="utf-16"), FileKind.CSV),
        (b"$FL2@(#)", FileKind.SAV),
        (b"$FL3@(#)", FileKind.SAV),
    ],
)
def test_kind_follows_content(data: bytes, kind: FileKind) -> None:
    assert check(data, f"export.{kind}") == guard.Checked(kind)


@pytest.mark.parametrize(
    ("name", "data", "read_as"),
    [
        ("export.xls", GOOD, "een Excel-bestand"),
        ("export", GOOD, "een Excel-bestand"),
        ("export.xlsx", b"School;Jaar\n", "een tekstbestand (CSV)"),
        ("export.csv", b"$FL2", "SPSS"),
    ],
)
def test_name_that_does_not_fit_gives_a_note(name: str, data: bytes, read_as: str) -> None:
    (note,) = check(data, name).notes
    assert note.endswith(f"gelezen als {read_as}.")


@pytest.mark.parametrize("name", ["CON.xlsx", "../../etc/passwd.xlsx", "<img onerror=x>.xlsx", "a" * 300 + ".xlsx"])
def test_name_is_never_a_path(name: str) -> None:
    assert check(GOOD, name).kind is FileKind.XLSX


def test_weight_of_25_mb_is_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "MAX_BYTES", 10)
    assert check(b"a;b\n1;2\n\n\n", "x.csv").kind is FileKind.CSV
    with pytest.raises(Refused, match="25 MB"):
        check(b"a;b\n1;2\n\n\n\n", "x.csv")


@pytest.mark.parametrize(
    ("rows", "columns", "passes"),
    [
        (100_030, 59, True),
        (100_031, 1, False),
        (6_000, 1_000, True),
        (10, 1_001, False),
        (40_000, 151, False),
    ],
)
def test_extent_is_held_against_the_caps(rows: int, columns: int, passes: bool) -> None:
    if passes:
        check_extent(rows, columns)
        return
    with pytest.raises(Refused, match="te groot"):
        check_extent(rows, columns)


def test_sizes_in_the_directory_are_not_believed() -> None:
    data = bytearray(exports.zip_bomb(60))
    size = (60 * 2**20).to_bytes(4, "little")
    while (at := data.find(size)) >= 0:
        data[at : at + 4] = (1000).to_bytes(4, "little")
    with pytest.raises(Refused):
        check(bytes(data), "x.xlsx")


def test_dimension_that_lies_is_ignored() -> None:
    sheet = (
        b'<worksheet><dimension ref="A1:XFD1048576"/><sheetData><row r="1"><c r="A1"/></row></sheetData></worksheet>'
    )
    assert check(exports.changed(GOOD, replace={exports.SHEET: sheet}), "x.xlsx").notes == ()


def test_formulas_without_outcome_and_errors_are_counted() -> None:
    sheet = (
        '<row r="1"><c r="A1"><f>B1*2</f></c><c r="B1"><f>C1</f><v></v></c><c r="C1"><f>1+1</f><v>2</v></c></row>'
        '<row r="2"><c r="A2" t="e"><v>#N/A</v></c><c r="B2" t="e"><f>1/0</f><v>#DIV/0!</v></c></row>'
    )
    formulas, errors = check(exports.with_sheet(sheet), "x.xlsx").notes
    assert formulas.startswith("In 2 cellen staat een formule zonder uitkomst")
    assert errors.startswith("In 2 cellen staat een foutmelding")


def test_what_stands_on_the_border_of_two_pieces_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "CHUNK", 50)
    far = exports.far_cell("XFD1048576", 1048576)
    entities = exports.with_sheet("<row/>" * 20 + "<!DOCTYPE x>")
    for data in (far, entities):
        with pytest.raises(Refused):
            check(data, "x.xlsx")
    assert check(GOOD, "x.xlsx").notes == ()


def test_macro_workbook_without_macros_is_read() -> None:
    assert check(GOOD, "export.xlsm") == guard.Checked(FileKind.XLSX)
