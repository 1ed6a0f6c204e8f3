"""Files that cannot be read: each gives one Dutch sentence that says what to do, and the program goes on."""

from __future__ import annotations

import re

import pytest

from tests.intake import exports
from wellbeing.intake.guard import MAX_BYTES, Refused
from wellbeing.intake.reading import read_export

GOOD = exports.workbook(exports.table())
TWO_HALVES = {"Klas 2": exports.table(), "Klas 4": exports.table()}
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
    "binair.xlsb": (exports.zip_of("xl/workbook.bin"), ".xlsb"),
    "libreoffice.ods": (exports.zip_of("mimetype", "content.xml"), "LibreOffice"),
    "webpagina.xls": (b"<html><body><table><tr><td>School</td></tr></table></body></html>", "webpagina"),
    "spreadsheet2003.xls": (b'<?xml version="1.0"?><Workbook></Workbook>', "webpagina of XML"),
    "wachtwoord.xlsx": (exports.ole(encrypted=True), "zonder wachtwoord"),
    "oud.xls": (exports.ole(encrypted=False), "sla het op als .xlsx, zonder wachtwoord"),
    "te zwaar.csv": (b"a;b\n" * (MAX_BYTES // 4 + 1), "25 MB"),
    "kwart.xlsx": (GOOD[: len(GOOD) // 4], "beschadigd"),
    "bijna heel.xlsx": (GOOD[: len(GOOD) - 40], "beschadigd"),
    "omgevallen byte.xlsx": (GOOD[:120] + bytes([GOOD[120] ^ 255]) + GOOD[121:], "beschadigd"),
    "zipbom.xlsx": (exports.zip_bomb(60), "te groot"),
    "verre cel.xlsx": (exports.far_cell("XFD1048576", 1048576), "te groot"),
    "cel buiten het blad.xlsx": (exports.far_cell("ZZZZ99999999", 99999999), "te groot"),
    "te veel kolommen.xlsx": (exports.far_cell("ALM2", 2), "te groot"),
    "entiteiten.xlsx": (exports.with_sheet("<row/>", ENTITIES), "voor de zekerheid niet geopend"),
    "macro.xlsm": (exports.changed(GOOD, add=[("xl/vbaProject.bin", b"x")]), "macro"),
    "koppeling.xlsx": (exports.changed(GOOD, add=[("xl/externalLinks/externalLink1.xml", b"<x/>")]), "ander bestand"),
    "onveilige naam.xlsx": (exports.changed(GOOD, add=[("../../weg.xml", b"<x/>")]), "voor de zekerheid"),
    "dubbel deel.xlsx": (exports.changed(GOOD, add=[("XL/Workbook.xml", b"<x/>")]), "voor de zekerheid"),
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
    "dubbele kop.xlsx": (exports.workbook(exports.with_column("school ", ["x"] * 24)), "kolommen (A en F)"),
    "twee tabellen.xlsx": (exports.workbook(TWO_HALVES), "'Klas 2', 'Klas 4'"),
    "twee rijen koppen.csv": (exports.text(DOUBTFUL), "Het is niet duidelijk of rij 2"),
    "brede rij.csv": (exports.text(WIDE_ROW), "Regel 26 heeft 6 cellen"),
    "miljoenen lege regels.csv": (b"\n" * 2_000_001, "te groot"),
    "open aanhalingsteken.csv": (b'School;Jaar\nDe Werf;"2025\nDe Werf;2025\n', "aanhalingsteken"),
    "nul-bytes.csv": (b"School;Jaar\x00\nDe Werf;2025\n", "geen bestand dat we kunnen lezen"),
    "andere tekens.csv": (b"School;Jaar\nDe \x81Werf;2025\n", "CSV UTF-8"),
    "afgebroken.sav": (b"$FL2@(#) SPSS DATA FILE" + bytes(200), "SPSS"),
}
SAYS_WHAT_TO_DO = re.compile(r"\b(Maak|Open|Voeg|Vraag|Pak|Kopieer|Splits|Kies|Zet|Geef|Haal|verwijder)\b")


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
