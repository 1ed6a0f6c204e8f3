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
        (exports.binary_workbook(exports.table()), FileKind.XLSB),
        (exports.old_workbook(exports.table()), FileKind.XLS),
        (exports.open_document(exports.table()), FileKind.ODS),
        (b"$FL2@(#)", FileKind.SAV),
        (b"$FL3@(#)", FileKind.SAV),
    ],
)
def test_kind_follows_content(data: bytes, kind: FileKind) -> None:
    assert check(data, f"export.{kind}") == guard.Checked(kind)


@pytest.mark.parametrize(
    ("name", "data", "read_as"),
    [
        ("export.xls", GOOD, "een Excel-bestand (.xlsx)"),
        ("export", GOOD, "een Excel-bestand (.xlsx)"),
        ("export.xlsx", exports.old_workbook(exports.table()), "een oud Excel-bestand (.xls)"),
        ("export.xlsx", exports.open_document(exports.table()), "een bestand van LibreOffice (.ods)"),
        ("export.xlsx", exports.binary_workbook(exports.table()), "een binair Excel-bestand (.xlsb)"),
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


def test_macro_workbook_without_macros_is_read() -> None:
    assert check(GOOD, "export.xlsm") == guard.Checked(FileKind.XLSX)


def test_sizes_in_the_directory_are_added_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "MAX_UNPACKED", 1000)
    with pytest.raises(Refused, match="te groot"):
        check(GOOD, "x.xlsx")


def test_directory_that_was_cut_in_two_is_damaged() -> None:
    data = exports.old_workbook(exports.table())
    for start, other in ((30, b"\xff\xff"), (48, b"\xf0\xff\xff\x00"), (76, b"\x77\x77\x00\x00")):
        with pytest.raises(Refused, match="beschadigd"):
            check(data[:start] + other + data[start + len(other) :], "x.xls")
