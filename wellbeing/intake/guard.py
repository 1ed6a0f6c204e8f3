"""What is refused before a parser sees it: wrong kinds, too large, damaged, locked or hostile files.

A file is judged by its content; its name only leads to a remark. Nothing is unpacked to disk, and
of a workbook only the raw bytes are looked at, never parsed.
"""

from __future__ import annotations

import io
import re
import stat
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from wellbeing.model.imports import FileKind

MAX_BYTES = 25 * 1024 * 1024
MAX_MEMBERS = 2_000
MAX_UNPACKED = 600 * 1024 * 1024
MAX_RATIO = 200
RATIO_FROM = 10 * 1024 * 1024
HEADER_ROWS = 30
MAX_ROWS = 100_000
MAX_COLUMNS = 1_000
MAX_CELLS = 6_000_000

CHUNK = 1024 * 1024
OVERLAP = 64

EMPTY = "Dit bestand is leeg. Maak de export opnieuw en voeg hem nog een keer toe."
TOO_HEAVY = "Dit bestand is groter dan 25 MB. Splits de export, bijvoorbeeld per jaar, en voeg de delen apart toe."
DAMAGED = (
    "Dit bestand is beschadigd of niet helemaal binnengehaald. "
    "Open het in Excel, sla het opnieuw op als .xlsx en voeg het nog een keer toe."
)
TOO_LARGE = (
    "Dit bestand is te groot. Lezen kan tot 100.000 rijen, 1.000 kolommen en 6 miljoen cellen: "
    "verwijder in Excel de rijen en kolommen die u niet nodig heeft, ook lege met opmaak, en sla het bestand op."
)
UNSAFE = (
    "Dit bestand is anders opgebouwd dan een gewoon Excel-bestand en wordt voor de zekerheid niet geopend. "
    "Kopieer de tabel naar een nieuw Excel-bestand (plakken als waarden) en voeg dat toe."
)
NOT_READABLE = (
    "Dit is geen bestand dat we kunnen lezen. "
    "Voeg de export toe als Excel-bestand (.xlsx), als CSV-bestand of als SPSS-bestand (.sav)."
)

WEB_PAGE = (
    "Dit is een webpagina of XML-bestand, ook al heet het misschien .xls. Open het in Excel en sla het op als .xlsx."
)
PASSWORD = (
    "Op dit bestand zit een wachtwoord. Open het in Excel, haal het wachtwoord weg en sla het op als .xlsx, "
    "zonder wachtwoord."
)
OLD_OR_LOCKED = (
    "Dit is een oud Excel-bestand (.xls) of een bestand met een wachtwoord. "
    "Open het in Excel en sla het op als .xlsx, zonder wachtwoord."
)
MACROS = "In dit bestand zitten macro's. Open het in Excel, sla het op als .xlsx en voeg dat bestand toe."
LINKED = (
    "Dit bestand haalt gegevens uit een ander bestand. "
    "Kopieer de tabel naar een nieuw Excel-bestand (plakken als waarden) en voeg dat toe."
)
ZIPPED = "Dit is een ingepakt bestand. Pak het eerst uit en voeg het bestand toe dat erin zit."

_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "Dit is een PDF. Vraag om de export als Excel-bestand (.xlsx) of CSV en voeg die toe."),
    (b"\x89PNG", "Dit is een afbeelding. Voeg de export zelf toe: een Excel-, CSV- of SPSS-bestand."),
    (b"\xff\xd8\xff", "Dit is een foto. Voeg de export zelf toe: een Excel-, CSV- of SPSS-bestand."),
    (b"GIF8", "Dit is een afbeelding. Voeg de export zelf toe: een Excel-, CSV- of SPSS-bestand."),
    (b"RIFF", "Dit is een afbeelding, film of geluid. Voeg de export zelf toe: een Excel-, CSV- of SPSS-bestand."),
    (b"7z\xbc\xaf", ZIPPED),
    (b"Rar!", ZIPPED),
    (b"\x1f\x8b", ZIPPED),
    (b"{\\rtf", "Dit is een tekstdocument. Voeg de export zelf toe: een Excel-, CSV- of SPSS-bestand."),
)
_OTHER_ZIPS: tuple[tuple[str, str], ...] = (
    ("xl/workbook.bin", "Dit is een binair Excel-bestand (.xlsb). Open het in Excel en sla het op als .xlsx."),
    ("word/", "Dit is een Word-document. Voeg de export zelf toe: een Excel-, CSV- of SPSS-bestand."),
    ("ppt/", "Dit is een PowerPoint-presentatie. Voeg de export zelf toe: een Excel-, CSV- of SPSS-bestand."),
    ("content.xml", "Dit is een bestand van LibreOffice of OpenOffice. Open het daar en sla het op als .xlsx."),
)

_EXTENSIONS = {
    FileKind.XLSX: ("xlsx", "xlsm"),
    FileKind.CSV: ("csv", "txt", "tsv"),
    FileKind.SAV: ("sav", "zsav"),
}
_KIND_NAMES = {FileKind.XLSX: "een Excel-bestand", FileKind.CSV: "een tekstbestand (CSV)", FileKind.SAV: "SPSS"}

_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1f]")
_MARKUP = re.compile(rb"\s*<(?:!doctype|\?xml|html|table|head|meta|body)", re.IGNORECASE)
_REFERENCE = re.compile(rb""" r=["']([A-Z]*)(\d+)["']""")
_UNCALCULATED = re.compile(rb"</(?:\w+:)?f>(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>)?</(?:\w+:)?c>")


class Refused(ValueError):
    """A file that is not read; ``sentence`` says in Dutch why not, and what to do."""

    def __init__(self, sentence: str) -> None:
        """Keep the sentence."""
        super().__init__(sentence)
        self.sentence = sentence


@dataclass(frozen=True, slots=True)
class Checked:
    """What the guard found in a file that may go on: its kind, and remarks for the import report."""

    kind: FileKind
    notes: tuple[str, ...] = ()


@dataclass(slots=True)
class _Sheet:
    """What the raw bytes of one sheet say about its size and about cells that calamine gives as empty."""

    rows: int = 0
    columns: int = 0
    uncalculated: int = 0
    errors: int = 0


def check(data: bytes, file_name: str) -> Checked:
    """Decide what kind of file this is and whether it may be parsed.

    Raises:
        Refused: if the file is not one we read, is too large, or could harm the program.
    """
    if not data:
        raise Refused(EMPTY)
    if len(data) > MAX_BYTES:
        raise Refused(TOO_HEAVY)
    kind = _kind(data)
    notes = _check_workbook(data) if kind is FileKind.XLSX else ()
    return Checked(kind, (*_name_note(kind, file_name), *notes))


def check_extent(rows: int, columns: int) -> None:
    """Hold the size of a table against the caps; lines above the table are allowed for.

    Raises:
        Refused: if the table is larger than we read.
    """
    if rows > MAX_ROWS + HEADER_ROWS or columns > MAX_COLUMNS or rows * columns > MAX_CELLS:
        raise Refused(TOO_LARGE)


def _kind(data: bytes) -> FileKind:
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return FileKind.XLSX
    if data.startswith((b"$FL2", b"$FL3")):
        return FileKind.SAV
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise Refused(_ole_sentence(data))
    for signature, sentence in _SIGNATURES:
        if data.startswith(signature):
            raise Refused(sentence)
    if _MARKUP.match(data.removeprefix(b"\xef\xbb\xbf")):
        raise Refused(WEB_PAGE)
    if not _is_text(data):
        raise Refused(NOT_READABLE)
    return FileKind.CSV


def _ole_sentence(data: bytes) -> str:
    return PASSWORD if "EncryptedPackage".encode("utf-16-le") in data else OLD_OR_LOCKED


def _is_text(data: bytes) -> bool:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return len(data) % 2 == 0
    return len(data) > 1 and not _CONTROL.search(data)


def _name_note(kind: FileKind, file_name: str) -> tuple[str, ...]:
    extension = file_name.rpartition(".")[2].casefold()
    if extension in _EXTENSIONS[kind]:
        return ()
    return (f"De naam van het bestand past niet bij de inhoud: het is gelezen als {_KIND_NAMES[kind]}.",)


# --------------------------------------------------------------------------- workbooks


def _check_workbook(data: bytes) -> tuple[str, ...]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as container:
            members = container.infolist()
            _check_members(members)
            sheets = _unpack(container, members)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError) as error:
        if isinstance(error, Refused):
            raise
        raise Refused(DAMAGED) from None
    for sheet in sheets:
        check_extent(sheet.rows, sheet.columns)
    if sum(sheet.rows * sheet.columns for sheet in sheets) > MAX_CELLS:
        raise Refused(TOO_LARGE)
    return tuple(_cell_notes(sheets))


def _check_members(members: list[zipfile.ZipInfo]) -> None:
    names = [member.filename for member in members]
    lowered = {name.casefold() for name in names}
    if len(names) > MAX_MEMBERS or len(lowered) < len(names) or any(_is_unsafe(member) for member in members):
        raise Refused(UNSAFE)
    if any(member.flag_bits & 0x1 for member in members):
        raise Refused(PASSWORD)
    if "xl/workbook.xml" not in lowered:
        raise Refused(_other_zip_sentence(names))
    if any(name.endswith("vbaproject.bin") for name in lowered):
        raise Refused(MACROS)
    if any(name.startswith("xl/externallinks/") for name in lowered):
        raise Refused(LINKED)


def _is_unsafe(member: zipfile.ZipInfo) -> bool:
    name = member.orig_filename
    return (
        name.startswith("/")
        or ".." in name.split("/")
        or any(sign in name for sign in ("\\", ":", "\0"))
        or stat.S_ISLNK(member.external_attr >> 16)
    )


def _other_zip_sentence(names: list[str]) -> str:
    for start, sentence in _OTHER_ZIPS:
        if any(name.startswith(start) for name in names):
            return sentence
    return ZIPPED


def _unpack(container: zipfile.ZipFile, members: list[zipfile.ZipInfo]) -> list[_Sheet]:
    """Unpack every member in pieces, counting real bytes: the sizes in the directory may lie."""
    sheets: list[_Sheet] = []
    unpacked = 0
    for member in members:
        size = 0
        name = member.filename.casefold()
        sheet = _Sheet()
        for tail, piece in _pieces(container, member):
            size += len(piece)
            unpacked += len(piece)
            too_dense = size > RATIO_FROM and size > MAX_RATIO * max(member.compress_size, 1)
            if unpacked > MAX_UNPACKED or too_dense:
                raise Refused(TOO_LARGE)
            text = tail + piece
            if name.endswith((".xml", ".rels")):
                _check_markup(text, is_start=not tail)
            if name.startswith("xl/worksheets/"):
                _measure(sheet, text, tail)
        if name.startswith("xl/worksheets/") and name.endswith(".xml"):
            sheets.append(sheet)
    return sheets


def _pieces(container: zipfile.ZipFile, member: zipfile.ZipInfo) -> Iterator[tuple[bytes, bytes]]:
    """Give each piece with the end of the one before it, so that nothing hides on the border."""
    tail = b""
    with container.open(member) as stream:
        while piece := stream.read(CHUNK):
            yield tail, piece
            tail = piece[-OVERLAP:]


def _check_markup(text: bytes, *, is_start: bool) -> None:
    # One sign is found ten times faster than a word, and it hardly ever stands in a sheet.
    if b"!" in text and (b"<!DOCTYPE" in text or b"<!ENTITY" in text):
        raise Refused(UNSAFE)
    # Markup in another alphabet (UTF-16) would hide from the checks above.
    if is_start and b"\0" in text[:4096]:
        raise Refused(UNSAFE)


def _measure(sheet: _Sheet, text: bytes, tail: bytes) -> None:
    """Look at the last cell of every row: in a workbook that a spreadsheet program wrote it is the widest.

    A file that hides a far cell elsewhere meets the limits of the reading process.
    """
    for row in text.split(b"</row>"):
        at = row.rfind(b' r="')
        last = _REFERENCE.match(row, at if at >= 0 else row.rfind(b" r='"))
        if last:
            sheet.rows = max(sheet.rows, int(last[2]))
            sheet.columns = max(sheet.columns, _column_number(last[1]))
    if b"f>" in text:
        sheet.uncalculated += len(_UNCALCULATED.findall(text)) - len(_UNCALCULATED.findall(tail))
    sheet.errors += text.count(b' t="e"') - tail.count(b' t="e"')


def _column_number(letters: bytes) -> int:
    if len(letters) > 3:
        return MAX_COLUMNS + 1
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _cell_notes(sheets: list[_Sheet]) -> Iterator[str]:
    uncalculated = sum(sheet.uncalculated for sheet in sheets)
    if uncalculated:
        yield (
            f"In {uncalculated} cellen staat een formule zonder uitkomst; die tellen als leeg. "
            "Open het bestand in Excel, sla het op en voeg het opnieuw toe."
        )
    errors = sum(sheet.errors for sheet in sheets)
    if errors:
        yield f"In {errors} cellen staat een foutmelding van Excel, zoals #N/B; die tellen als leeg."
