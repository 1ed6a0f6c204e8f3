"""What the parts of a container really hold, whatever its directory says."""

from __future__ import annotations

import pytest

from tests.intake import exports
from wellbeing.intake import inside
from wellbeing.intake.guard import Refused
from wellbeing.intake.inside import check_order, look_inside
from wellbeing.intake.marks import Marks
from wellbeing.model.imports import FileKind

GOOD = exports.workbook(exports.table())


def _look(data: bytes) -> Marks:
    return look_inside(data, FileKind.XLSX)[exports.SHEET]


def _sheet(xml: str, prefix: str = "") -> bytes:
    names = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    declared = f'xmlns:{prefix[:-1]}="{names}"' if prefix else f'xmlns="{names}"'
    text = f"<{prefix}worksheet {declared}><{prefix}sheetData>{xml}</{prefix}sheetData></{prefix}worksheet>"
    return exports.changed(GOOD, replace={exports.SHEET: text.encode()})


def test_good_workbook_has_no_marks() -> None:
    assert _look(GOOD) == Marks(filled=125)  # five columns of a heading and 24 pupils


@pytest.mark.parametrize("kind", [FileKind.CSV, FileKind.SAV, FileKind.XLS])
def test_other_files_have_no_parts(kind: FileKind) -> None:
    assert look_inside(b"geen zip", kind) == {}


def test_sizes_in_the_directory_are_not_believed() -> None:
    data = bytearray(exports.zip_bomb(60))
    size = (60 * 2**20).to_bytes(4, "little")
    while (at := data.find(size)) >= 0:
        data[at : at + 4] = (1000).to_bytes(4, "little")
    with pytest.raises(Refused):
        _look(bytes(data))


def test_part_without_cells_has_a_lower_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inside, "MAX_OTHER", 20_000)
    assert _look(exports.changed(GOOD, replace={"xl/styles.xml": b" " * 20_000})).filled == 125
    with pytest.raises(Refused, match="te groot"):
        _look(exports.changed(GOOD, replace={"xl/styles.xml": b" " * 20_001}))


def test_parts_have_one_limit_together(monkeypatch: pytest.MonkeyPatch) -> None:
    data = exports.changed(GOOD, add=[("xl/media/a.png", bytes(40_000)), ("xl/media/b.png", bytes(40_000))])
    monkeypatch.setattr(inside, "MAX_UNPACKED", 80_000)
    look_inside(GOOD, FileKind.XLSX)
    with pytest.raises(Refused, match="te groot"):
        look_inside(data, FileKind.XLSX)


@pytest.mark.parametrize("prefix", ["", "x:"])
def test_formulas_without_outcome_and_errors_are_counted(prefix: str) -> None:
    p = prefix
    row = (
        f'<{p}row r="1"><{p}c r="A1"><{p}f>B1*2</{p}f></{p}c><{p}c r="B1"><{p}f>C1</{p}f><{p}v></{p}v></{p}c>'
        f'<{p}c r="C1"><{p}f>1+1</{p}f><{p}v>2</{p}v></{p}c><{p}c r="D1"><{p}f t="shared" si="0"/></{p}c></{p}row>'
        f'<{p}row r="2"><{p}c r="A2" t="e"><{p}v>#N/A</{p}v></{p}c>'
        f'<{p}c r="B2" t="e"><{p}f>1/0</{p}f><{p}v>#DIV/0!</{p}v></{p}c></{p}row>'
    )
    assert _look(_sheet(row, prefix)) == Marks([], uncalculated=3, errors=2, filled=1)


@pytest.mark.parametrize("prefix", ["", "x:"])
@pytest.mark.parametrize("chunk", [1, 7, 50, 1024])
def test_hidden_rows_are_found_on_any_border(prefix: str, chunk: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inside, "CHUNK", chunk)
    p = prefix
    rows = (
        f'<{p}row r="2" hidden="1"><{p}c r="A2"/></{p}row><{p}row r="3" hidden="0"/><{p}row hidden="true" r="7"/>'
        f'<{p}row><{p}c r="A9"/></{p}row><{p}row hidden="1"></{p}row>'
    )
    assert _look(_sheet(rows, prefix)).hidden_rows == [2, 7, 10]


def test_what_stands_on_the_border_of_two_pieces_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inside, "CHUNK", 50)
    with pytest.raises(Refused, match="voor de zekerheid"):
        _look(_sheet("<row/>" * 20 + "<!DOCTYPE x>"))
    assert _look(GOOD).filled == 125


def test_rows_and_cells_without_an_address_are_fine() -> None:
    assert _look(_sheet("<row><c><v>1</v></c><c><v>2</v></c></row><row/>")) == Marks(filled=2)


@pytest.mark.parametrize("prefix", ["", "x:"])
def test_order_of_cells(prefix: str) -> None:
    p = prefix
    good = (
        f'<{p}worksheet><{p}row r="1"><{p}c r="A1"/><{p}c r="Z1"/><{p}c r="AA1"/></{p}row>'
        f'<{p}row r="2"><{p}c r="B2"/></{p}row>'
    )
    check_order(good.encode())
    for wrong in (f'<{p}c r="B2"/>', f'<{p}c r="A2"/>', f'<{p}c r="AA3"/><{p}c r="Z3"/>'):
        with pytest.raises(Refused, match="door elkaar"):
            check_order((good + wrong).encode())


def test_row_without_an_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inside, "MAX_ROW", 2000)
    monkeypatch.setattr(inside, "CHUNK", 500)
    with pytest.raises(Refused, match="voor de zekerheid"):
        _look(_sheet('<row r="1"><c r="A1">' + "x" * 3000))
