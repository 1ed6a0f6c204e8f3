"""Files that cannot be read: each gives one Dutch sentence that says what to do, and the program goes on."""

from __future__ import annotations

import re

import pytest

from tests.intake import exports
from wellbeing.intake.guard import MAX_BYTES, Refused
from wellbeing.intake.reading import read_export

GOOD = exports.workbook(exports.table())
BINARY = exports.binary_workbook(exports.table())
OLD = exports.old_workbook(exports.table())
OPEN = exports.open_document(exports.table())
TWO_HALVES = {"Klas 2": exports.table(), "Klas 4": exports.table()}
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
WIDE_ROW = [*exports.table(), [*exports.pupils(1)[0], "te veel"]]
DOUBTFUL = [
    ["school", "v1", "v2", "v3", "v4"],
    ["De Werf", "Hoe gaat het?", "Hoe slaap je?", "Rook je?", "Ja"],
    *[["De Werf", "Ja", "Nee", "Ja", "Nee"], ["De Werf", "Nee", "Ja", "Nee", "Ja"]] * 10,
]
ENTITIES = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'

BROKEN = {
    "leeg.xlsx": (b"", "leeg"),
    "een byte.csv": (b"a", "geen bestand dat we kunnen lezen"),
    "begin van een zip.xlsx": (b"PK\x03\x04", "beschadigd"),
    "foto.xlsx": (b"\xff\xd8\xff\xe0" + bytes(3000), "foto"),
    "schermafdruk.xlsx": (b"\x89PNG\r\n\x1a\n" + bytes(3000), "afbeelding"),
    "brief.docx": (exports.zip_of("[Content_Types].xml", "word/document.xml"), "Word"),
    "presentatie.xlsx": (exports.zip_of("ppt/presentation.xml"), "PowerPoint"),
    "rapport.pdf": (b"%PDF-1.7\n%\xe2\xe3" + bytes(3000), "PDF"),
    "ingepakt.zip": (exports.zip_of("export.xlsx"), "ingepakt"),
    "ingepakt.7z": (b"7z\xbc\xaf\x27\x1c" + bytes(100), "ingepakt"),
    "niets erin.xlsb": (exports.zip_of("xl/workbook.bin"), "beschadigd"),
    "tekst.odt": (exports.zip_of("mimetype", "content.xml"), "LibreOffice"),
    "numbers.numbers": (exports.zip_of("Index/Document.iwa"), "Exporteer naar Excel"),
    "verwijzing.gsheet": (b'{"doc_id": "abc"}', "verwijzing"),
    "webarchief.xls": (b"MIME-Version: 1.0\r\nContent-Type: multipart/related", "webpagina"),
    "excel 3.xls": (b"\x09\x02\x06\x00\x00\x00\x10\x00" + bytes(100), "heel oud"),
    "stata.dta": (b"<stata_dta><header>" + bytes(100), "Stata"),
    "oud.por": (b"ASCII SPSS PORT FILE" + b" " * 100, ".por"),
    "kolommen.parquet": (b"PAR1" + bytes(100), "Parquet"),
    "webpagina.xls": (b"<html><body><table><tr><td>School</td></tr></table></body></html>", "webpagina"),
    "spreadsheet2003.xls": (b'<?xml version="1.0"?><Workbook></Workbook>', "webpagina of XML"),
    "wachtwoord.xlsx": (exports.compound("EncryptedPackage"), "zonder wachtwoord"),
    "wachtwoord.xls": (exports.with_password(OLD), "zonder wachtwoord"),
    "wachtwoord.ods": (exports.changed(OPEN, replace={exports.MANIFEST: b"<encryption-data/>"}), "zonder wachtwoord"),
    "macro.xls": (exports.compound("Workbook", "_VBA_PROJECT_CUR"), "macro"),
    "macro.ods": (exports.changed(OPEN, add=[("Basic/Standard/Module1.xml", b"<x/>")]), "macro"),
    "macro.xlsb": (exports.changed(BINARY, add=[("xl/vbaProject.bin", b"x")]), "macro"),
    "macro onder een andere naam.xlsx": (exports.with_types(GOOD, "application/vnd.ms-office.vbaProject"), "macro"),
    "macroblad.xlsm": (exports.changed(GOOD, add=[("xl/macrosheets/sheet1.xml", b"<x/>")]), "macro"),
    "excel 95.xls": (exports.compound("Book"), "heel oud"),
    "brief.doc": (exports.compound("WordDocument"), "Word"),
    "mail.msg": (exports.compound("__nameid_version1.0"), "e-mail"),
    "half.xls": (OLD[: len(OLD) // 2], "beschadigd"),
    "half.xlsb": (BINARY[: len(BINARY) // 2], "beschadigd"),
    "half.ods": (OPEN[: len(OPEN) // 2], "beschadigd"),
    "geen xml.ods": (exports.changed(OPEN, replace={"content.xml": b"<a><b></a>"}), "beschadigd"),
    "koppeling.ods": (
        exports.open_document_of('<table:table table:name="A"><table:table-source/></table:table>'),
        "ander bestand",
    ),
    "entiteiten.ods": (exports.changed(OPEN, replace={"content.xml": ENTITIES.encode()}), "voor de zekerheid"),
    "herhaalde rijen.ods": (exports.repeated_cells(1_000_000, 1), "te groot"),
    "herhaalde kolommen.ods": (exports.repeated_cells(1, 16_384), "te groot"),
    "herhaald vlak.ods": (exports.repeated_cells(90_000, 900), "te groot"),
    "te zwaar.csv": (b"a;b\n" * (MAX_BYTES // 4 + 1), "25 MB"),
    "kwart.xlsx": (GOOD[: len(GOOD) // 4], "beschadigd"),
    "bijna heel.xlsx": (GOOD[: len(GOOD) - 40], "beschadigd"),
    "omgevallen byte.xlsx": (GOOD[:120] + bytes([GOOD[120] ^ 255]) + GOOD[121:], "beschadigd"),
    "zipbom.xlsx": (exports.zip_bomb(60), "te groot"),
    "alleen een verre cel.xlsx": (exports.far_cell("XFD1048576", 1048576), "geen leerlingen"),
    "veel verre rijen.xlsx": (exports.with_far_cells(*(f"A{row}" for row in range(200_000, 200_021))), "te groot"),
    "veel verre kolommen.xlsx": (exports.with_far_cells(*(f"XF{letter}9" for letter in LETTERS[:21])), "te groot"),
    "uitgestrekt.xlsx": (exports.with_far_cells("ALL100000"), "te groot"),
    "cel buiten het blad.xlsx": (exports.far_cell("ZZZZ99999999", 99999999), "te groot"),
    "entiteiten.xlsx": (exports.with_sheet("<row/>", ENTITIES), "voor de zekerheid niet geopend"),
    "macro.xlsm": (exports.changed(GOOD, add=[("xl/vbaProject.bin", b"x")]), "macro"),
    "koppeling.xlsx": (exports.changed(GOOD, add=[("xl/externalLinks/externalLink1.xml", b"<x/>")]), "ander bestand"),
    "onveilige naam.xlsx": (exports.changed(GOOD, add=[("../../weg.xml", b"<x/>")]), "voor de zekerheid"),
    "dubbel deel.xlsx": (exports.changed(GOOD, add=[("XL/Workbook.xml", b"<x/>")]), "voor de zekerheid"),
    "rij dubbel.xlsx": (exports.with_sheet('<row r="2"/><row r="2"/>'), "dubbel of door elkaar"),
    "rijen door elkaar.xlsx": (exports.with_sheet('<row r="3"></row><row r="2"></row>'), "dubbel of door elkaar"),
    "cel dubbel.xlsx": (exports.with_cell_twice("C5", "C5"), "dubbel of door elkaar"),
    "cel van een andere rij.xlsx": (exports.with_cell_twice("C5", "C6"), "dubbel of door elkaar"),
    "tekst zonder nummer.xlsx": (exports.with_sheet('<row r="1"><c r="A1" t="s"><v>-7</v></c></row>'), "beschadigd"),
    "tekst die er niet is.xlsx": (exports.with_sheet('<row r="1"><c r="A1" t="s"><v>999</v></c></row>'), "beschadigd"),
    "veel werkbladen.xlsx": (exports.workbook({f"Blad {n}": exports.table() for n in range(51)}), "50 werkbladen"),
    "veel samengevoegd.xlsx": (exports.with_sheet("<mergeCell />" * 20_001), "voor de zekerheid"),
    "veel delen.xlsx": (exports.changed(GOOD, add=[(f"x/{n}", b"") for n in range(2001)]), "voor de zekerheid"),
    "utf-16 in het blad.xlsx": (
        exports.changed(GOOD, replace={exports.SHEET: "<worksheet/>".encode("utf-16")}),
        "voor de zekerheid",
    ),
    "geen xml.xlsx": (exports.with_sheet("<row><c></row>"), "beschadigd"),
    "leeg werkblad.xlsx": (exports.workbook([]), "geen tabel"),
    "alleen koppen.xlsx": (exports.workbook([exports.HEADINGS]), "geen leerlingen"),
    "alleen koppen.csv": (exports.text([exports.HEADINGS]), "geen leerlingen"),
    "alleen een totaal.csv": (
        exports.text([exports.HEADINGS, ["Totaal", "", "", "", "24"]]),
        "geen leerlingen",
    ),
    "geen koppen.csv": (exports.text([["2", "1", "4"], ["1", "2", "4"], ["3", "3", "2"]]), "kolomkoppen"),
    "leerling als kop.csv": (
        exports.text([["Ja", "Nee", "Soms"], ["Nee", "Ja", "Soms"], ["Ja", "Nee", "Vaak"]]),
        "kolomkoppen",
    ),
    "mailadres als kop.csv": (exports.text([["Noor", "noor@school.nl"], ["Sem", "sem@school.nl"]]), "kolomkoppen"),
    "een brief.txt": (b"Beste collega,\nhierbij de export.\nGroet\n", "geen rij met kolomkoppen"),
    "twee tabellen.xlsx": (exports.workbook(TWO_HALVES), "'Klas 2', 'Klas 4'"),
    "twee rijen koppen.csv": (exports.text(DOUBTFUL), "Het is niet duidelijk of rij 2"),
    "brede rij.csv": (exports.text(WIDE_ROW), "Regel 26 heeft 6 cellen"),
    "miljoenen lege regels.csv": (b"\n" * 2_000_001, "te groot"),
    "open aanhalingsteken.csv": (b'School;Jaar\nDe Werf;"2025\nDe Werf;2025\n', "aanhalingsteken"),
    "nul-bytes.csv": (b"School;Jaar\x00\nDe Werf;2025\n", "geen bestand dat we kunnen lezen"),
    "andere tekens.csv": (b"School;Jaar\nDe \x81Werf;2025\n", "CSV UTF-8"),
    "afgebroken.sav": (b"$FL2@(#) SPSS DATA FILE" + bytes(200), "SPSS"),
}
SAYS_WHAT_TO_DO = re.compile(r"\b(Maak|Open|Voeg|Vraag|Pak|Kopieer|Splits|Kies|Zet|Geef|Haal|[Vv]erwijder)\b")


@pytest.mark.parametrize("name", BROKEN)
def test_broken_file_gives_a_dutch_sentence_that_says_what_to_do(name: str) -> None:
    data, part = BROKEN[name]
    with pytest.raises(Refused) as refusal:
        read_export(data, name, exports.KNOWN)
    sentence = refusal.value.sentence
    assert part in sentence
    assert SAYS_WHAT_TO_DO.search(sentence)
    assert sentence.endswith(".")


def test_refusal_holds_no_cell_and_no_path() -> None:
    rows = exports.with_column("Naam", [f"Geheim{number}" for number in range(24)])
    for data in (exports.text([*rows, ["te", "kort", "Geheim9"]]), exports.workbook({"A": rows, "B": rows})):
        with pytest.raises(Refused) as refusal:
            read_export(data, "export", exports.KNOWN)
        assert "Geheim" not in refusal.value.sentence
        assert "/" not in refusal.value.sentence.replace("en/of", "")
