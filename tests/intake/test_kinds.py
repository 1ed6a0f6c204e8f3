"""Every kind of workbook gives the same table; sheets to choose from, hidden rows and other marks come with it."""

from __future__ import annotations

import contextlib
import datetime as dt
import random
import re
from collections.abc import Callable

import pytest

from tests.intake import exports
from wellbeing.intake import biff8, biff12, opendocument, workbooks
from wellbeing.intake.guard import Refused
from wellbeing.intake.marks import Marks
from wellbeing.intake.reading import read_export
from wellbeing.model.imports import FileKind

MAKERS = {
    FileKind.XLSX: exports.workbook,
    FileKind.XLSB: exports.binary_workbook,
    FileKind.XLS: exports.old_workbook,
    FileKind.ODS: exports.open_document,
}
HIDING = {kind: MAKERS[kind] for kind in (FileKind.XLSB, FileKind.XLS, FileKind.ODS)}
MIXED: list[object] = [3, 0.5, True, False, "NA", "<5", "12,5%", None, "é ☂", "Ja"]


@pytest.mark.parametrize("kind", MAKERS)
def test_cells_are_the_same_in_every_kind(kind: FileKind) -> None:
    cells = [*MIXED] * 6
    data = MAKERS[kind](exports.with_column("EBEGK311", cells))
    table = read_export(data, f"x.{kind}", exports.KNOWN)
    read = ["3", "0.5", "WAAR", "ONWAAR", "NA", "<5", "12,5%", "", "é ☂", "Ja"]
    assert table.kind is kind
    assert table.frame["c5"].tolist() == read * 6
    assert table.frame["c0"].tolist() == ["De Werf"] * 60
    assert table.row_numbers == tuple(range(2, 62))
    assert table.sheet_names == ("Export",)


@pytest.mark.parametrize("kind", [FileKind.XLS, FileKind.ODS])
def test_dates_are_dates_in_every_kind(kind: FileKind) -> None:
    data = MAKERS[kind]([["School", "EBEGK311"], *[["De Werf", dt.date(2025, 2, 1)]] * 30])
    assert set(read_export(data, "x", ["School", "EBEGK311"]).frame["c1"]) == {"2025-02-01"}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (rb"<dimension[^>]*>", b'<dimension ref="A1:XFD1048576"/>'),
        (rb' r="[A-Z]*\d+"', b""),
        (rb"schemas.openxmlformats.org/spreadsheetml/2006/main", b"purl.oclc.org/ooxml/spreadsheetml/main"),
        (rb"</sheetData>", b"</sheetData>" + b"<x>" * 100_000 + b"</x>" * 100_000),
        (rb"</sheetData>", b'</sheetData><sheetProtection sheet="1"/>'),
    ],
    ids=["a size that lies", "no addresses", "strict spelling", "deep markup", "protected sheet"],
)
def test_uncommon_spelling_gives_the_same_table(old: bytes, new: bytes) -> None:
    good = exports.workbook(exports.table())
    sheet = re.sub(old, new, exports.part(good, exports.SHEET))
    table = read_export(exports.changed(good, replace={exports.SHEET: sheet}), "x.xlsx", exports.KNOWN)
    assert table.frame.equals(read_export(good, "x.xlsx", exports.KNOWN).frame)
    assert table.notes == ()


def test_flipped_bit_is_refused_or_changes_nothing() -> None:
    good, chance = exports.workbook(exports.table()), random.Random(20)
    expected = read_export(good, "x.xlsx", exports.KNOWN).frame
    for _ in range(20):
        data = bytearray(good)
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        with contextlib.suppress(Refused):
            assert read_export(bytes(data), "x.xlsx", exports.KNOWN).frame.equals(expected)


# --------------------------------------------------------------------------- hidden rows


@pytest.mark.parametrize("kind", HIDING)
def test_hidden_rows_are_read_and_named(kind: FileKind) -> None:
    table = read_export(HIDING[kind](exports.table(), [1, 3, 5]), f"x.{kind}", exports.KNOWN)
    assert table.hidden_rows == (3, 5)
    assert len(table.frame) == 24
    assert table.notes == ("Verborgen rijen, bijvoorbeeld door een filter: 2. Die tellen mee.",)


def test_hidden_rows_of_the_right_sheet() -> None:
    data = exports.workbook_with_hidden_rows(
        {"Uitleg": [["Uitleg"]] * 9, "Export": exports.table()}, {"Export": [4], "Uitleg": [3]}
    )
    assert read_export(data, "x.xlsx", exports.KNOWN).hidden_rows == (4,)


def test_repeated_row_of_an_open_document_is_hidden_each_time() -> None:
    rows = "".join(
        f'<table:table-row table:number-rows-repeated="3" table:visibility="{visibility}">'
        '<table:table-cell office:value-type="float"/></table:table-row>'
        for visibility in ("visible", "collapse")
    )
    data = exports.open_document_of(f'<table:table table:name="A">{rows}</table:table>')
    assert opendocument.find_marks(data) == {"A": Marks([4, 5, 6])}


# --------------------------------------------------------------------------- cells that read as empty


def test_errors_of_the_sheet_that_was_read_are_told() -> None:
    data = exports.changed(exports.workbook({"A": exports.table(), "B": exports.table()}))
    broken = exports.with_error_cells(data, "xl/worksheets/sheet2.xml")
    told = "In 1 cellen staat een foutmelding van Excel, zoals #N/B; die tellen als leeg."
    assert told in read_export(broken, "x.xlsx", exports.KNOWN, pick="B").notes
    assert told not in read_export(broken, "x.xlsx", exports.KNOWN, pick="A").notes


def test_errors_in_binary_workbooks() -> None:
    data = exports.binary_workbook(exports.with_column("EBEGK311", ["#N/A", "Ja", "Nee", "#N/A"] * 6))
    assert biff12.find_marks(data) == {"Export": Marks([], errors=12)}
    table = read_export(data, "x.xlsb", exports.KNOWN)
    assert table.frame["c5"].tolist() == ["", "Ja", "Nee", ""] * 6


def test_errors_in_old_workbooks() -> None:
    assert biff8.find_marks(exports.old_workbook_with_errors(3)) == {"Export": Marks([], errors=3)}


def test_old_workbook_that_takes_cells_from_another_file() -> None:
    own = exports.old_workbook_with_own_link()
    assert biff8.find_marks(own) == {"Export": Marks(), "Som": Marks()}
    at = own.index(b"\xae\x01\x04\x00\x02\x00") + 6  # two sheets, and then the sign for this file
    other = own[:at] + b"\x05\x00" + own[at + 2 :]
    with pytest.raises(Refused, match="ander bestand"):
        biff8.find_marks(other)


def test_errors_in_open_documents() -> None:
    cell = '<table:table-cell table:number-columns-repeated="2" office:value-type="string" calcext:value-type="error"/>'
    data = exports.open_document_of(
        f'<table:table table:name="A"><table:table-row>{cell}</table:table-row></table:table>'
    )
    assert opendocument.find_marks(data) == {"A": Marks([], errors=2)}


@pytest.mark.parametrize("far", [["XFD1048576"], ["A1048576"], ["XFC7", "XFD7", "ALM9", "B100031"]])
def test_a_few_cells_far_away_are_left_out(far: list[str]) -> None:
    table = read_export(exports.with_far_cells(*far), "x.xlsx", exports.KNOWN)
    assert table.notes == (f"Cellen ver buiten de tabel: {len(far)}. Die zijn overgeslagen.",)
    assert table.frame.equals(read_export(exports.workbook(exports.table()), "x.xlsx", exports.KNOWN).frame)


def test_empty_cells_far_away_are_nothing() -> None:
    row = '<row r="1048576"><c r="XFD1048576" s="1"/></row>'
    data = exports.workbook(exports.table())
    sheet = exports.part(data, exports.SHEET).replace(b"</sheetData>", row.encode() + b"</sheetData>")
    assert read_export(exports.changed(data, replace={exports.SHEET: sheet}), "x.xlsx", exports.KNOWN).notes == ()


def test_comments_are_never_read() -> None:
    note = "<office:annotation><text:p>Geheim</text:p></office:annotation><text:p>Ja</text:p>"
    cells = f'<table:table-cell office:value-type="string">{note}</table:table-cell>' * 2
    data = exports.open_document_of(
        f'<table:table table:name="A"><table:table-row>{cells}</table:table-row></table:table>'
    )
    assert workbooks.read_texts(data) == {"A": [["Ja", "Ja"]]}


# --------------------------------------------------------------------------- sheets

CLASSES = {"Klas 2": exports.table(6), "Klas 4": exports.table(9)}


@pytest.mark.parametrize("make", MAKERS.values())
def test_refusal_names_the_sheets_to_choose_from(make: Callable[..., bytes]) -> None:
    with pytest.raises(Refused) as refusal:
        read_export(make(CLASSES), "x", exports.KNOWN)
    assert refusal.value.sheets == ("Klas 2", "Klas 4")


@pytest.mark.parametrize("make", MAKERS.values())
def test_chosen_sheet_is_read(make: Callable[..., bytes]) -> None:
    table = read_export(make(CLASSES), "x", exports.KNOWN, pick="Klas 4")
    assert (table.sheet, table.sheet_names, len(table.frame)) == ("Klas 4", ("Klas 2", "Klas 4"), 9)


def test_chosen_sheets_come_below_each_other() -> None:
    table = read_export(exports.workbook(CLASSES), "x.xlsx", exports.KNOWN, pick=("Klas 2", "Klas 4"))
    apart = [read_export(exports.workbook(CLASSES), "x.xlsx", exports.KNOWN, pick=name) for name in CLASSES]
    assert table.frame.to_numpy().tolist() == [row for part in apart for row in part.frame.to_numpy().tolist()]
    assert table.row_numbers == (*range(2, 8), *range(9, 18))
    assert table.sheet == "Klas 2, Klas 4"
    assert "Werkblad 'Klas 4' staat eronder: rij 8 is rij 1 van dat werkblad." in table.notes
    assert not any("niet gelezen" in note for note in table.notes)


def test_hidden_rows_of_sheets_below_each_other() -> None:
    data = exports.old_workbook(CLASSES, [3])
    assert read_export(data, "x.xls", exports.KNOWN, pick=tuple(CLASSES)).hidden_rows == (3, 10)


def test_sheets_with_other_headings_are_not_put_together() -> None:
    sheets = {"Klas 2": exports.table(6), "Klas 4": exports.with_column("EBEGK311", ["Ja"] * 6)}
    with pytest.raises(Refused, match="niet dezelfde kolomkoppen") as refusal:
        read_export(exports.workbook(sheets), "x.xlsx", exports.KNOWN, pick=tuple(sheets))
    assert refusal.value.sheets == tuple(sheets)


@pytest.mark.parametrize("pick", ["Klas 3", ("Klas 2", "Klas 3"), "Namen"])
def test_sheet_that_is_not_shown_cannot_be_chosen(pick: str | tuple[str, ...]) -> None:
    data = exports.workbook_with_hidden_sheet(exports.table(), exports.table())
    with pytest.raises(Refused, match="geen zichtbaar werkblad"):
        read_export(data, "x.xlsx", exports.KNOWN, pick=pick)


def test_merged_ranges_are_given() -> None:
    data = exports.with_sheet(
        '<row r="1"><c r="A1" t="inlineStr"><is><t>Roken</t></is></c></row>',
        after='<mergeCells count="1"><mergeCell ref="A1:C1"/></mergeCells>',
    )
    (sheet,) = workbooks.read_visible(data)
    assert sheet.merged == (((0, 0), (0, 2)),)


def test_sheets_together_have_one_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbooks, "MAX_CELLS", 7 * 5 + 10 * 5 - 1)
    with pytest.raises(Refused, match="te groot"):
        workbooks.read_table(exports.workbook(CLASSES), frozenset())
