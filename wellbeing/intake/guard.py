"""What is refused before a parser sees it: wrong kinds, too large, damaged, locked or hostile files.

A file is judged by its content; its name only leads to a remark. Here only its first bytes and its
directory are looked at, which takes no time; what the parts of a container really hold is looked at
in ``inside``, while the reading process is at work already.
"""

from __future__ import annotations

import io
import re
import stat
import struct
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass

from wellbeing.intake.compound import SIGNATURE, CompoundFile
from wellbeing.model.imports import FileKind

MAX_BYTES = 25 * 1024 * 1024
MAX_MEMBERS = 2_000
MAX_SHEETS = 50
MAX_UNPACKED = 600 * 1024 * 1024
HEADER_ROWS = 30
MAX_ROWS = 100_000
MAX_COLUMNS = 1_000
MAX_CELLS = 6_000_000

EMPTY = "Dit bestand is leeg. Maak de export opnieuw en voeg hem nog een keer toe."
TOO_HEAVY = "Dit bestand is groter dan 25 MB. Splits de export, bijvoorbeeld per jaar, en voeg de delen apart toe."
DAMAGED = (
    "Dit bestand is beschadigd of niet helemaal binnengehaald. "
    "Open het in Excel, sla het opnieuw op als .xlsx en voeg het nog een keer toe."
)
TOO_LARGE = (
    "Dit bestand is te groot. Lezen kan tot 100.000 rijen, 1.000 kolommen en 6 miljoen cellen. "
    "Verwijder in Excel de rijen en kolommen die u niet nodig heeft, ook lege met opmaak. Sla het bestand dan op."
)
UNSAFE = (
    "Dit bestand is anders opgebouwd dan een gewoon Excel-bestand en wordt voor de zekerheid niet geopend. "
    "Kopieer de tabel naar een nieuw Excel-bestand (plakken als waarden) en voeg dat toe."
)
NOT_READABLE = (
    "Dit is geen bestand dat we kunnen lezen. "
    "Voeg de export toe als Excel-bestand (.xlsx, .xls, .xlsb), als .ods, als CSV-bestand of als SPSS-bestand (.sav)."
)

WEB_PAGE = (
    "Dit is een webpagina of XML-bestand, ook al heet het misschien .xls. Open het in Excel en sla het op als .xlsx."
)
PASSWORD = (
    "Op dit bestand zit een wachtwoord. Open het in Excel, haal het wachtwoord weg en sla het op als .xlsx, "
    "zonder wachtwoord."
)
TOO_OLD = "Dit is een heel oud Excel-bestand. Open het in Excel en sla het op als .xlsx."
TOO_MANY_SHEETS = (
    "In dit bestand staan meer dan 50 werkbladen. "
    "Zet het werkblad met de leerlingen in een nieuw Excel-bestand en voeg dat toe."
)
MACROS = "In dit bestand zitten macro's. Open het in Excel, sla het op als .xlsx en voeg dat bestand toe."
LINKED = (
    "Dit bestand haalt gegevens uit een ander bestand. "
    "Kopieer de tabel naar een nieuw Excel-bestand (plakken als waarden) en voeg dat toe."
)
ZIPPED = "Dit is een ingepakt bestand. Pak het eerst uit en voeg het bestand toe dat erin zit."

_DOCUMENT = "Dit is een tekstdocument. Voeg de export zelf toe: een Excel-, CSV- of SPSS-bestand."
_IMAGE = "Dit is een afbeelding. Voeg de export zelf toe: een Excel-, CSV- of SPSS-bestand."
_SPSS_TOO = "Open het in SPSS, sla het op als .sav en voeg dat bestand toe."

_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "Dit is een PDF. Vraag om de export als Excel-bestand (.xlsx) of CSV en voeg die toe."),
    (b"\x89PNG", _IMAGE),
    (b"\xff\xd8\xff", "Dit is een foto. Voeg de export zelf toe: een Excel-, CSV- of SPSS-bestand."),
    (b"GIF8", _IMAGE),
    (b"RIFF", "Dit is een afbeelding, film of geluid. Voeg de export zelf toe: een Excel-, CSV- of SPSS-bestand."),
    (b"7z\xbc\xaf", ZIPPED),
    (b"Rar!", ZIPPED),
    (b"\x1f\x8b", ZIPPED),
    (b"{\\rtf", _DOCUMENT),
    (b"{", "Dit is een JSON-bestand of een verwijzing. Vraag om de export als Excel-bestand (.xlsx) en voeg die toe."),
    (b"MIME-Version:", WEB_PAGE),
    (b"\x09\x00\x04\x00", TOO_OLD),
    (b"\x09\x02\x06\x00", TOO_OLD),
    (b"\x09\x04\x06\x00", TOO_OLD),
    (b"<stata_dta>", f"Dit is een bestand van Stata. {_SPSS_TOO}"),
    (b"ASCII SPSS PORT FILE", f"Dit is een oud soort SPSS-bestand (.por). {_SPSS_TOO}"),
    (b"PAR1", "Dit is een Parquet-bestand. Maak er een CSV-bestand van en voeg dat toe."),
)
_OTHER_ZIPS: tuple[tuple[str, str], ...] = (
    ("word/", "Dit is een Word-document. Voeg de export zelf toe: een Excel-, CSV- of SPSS-bestand."),
    ("ppt/", "Dit is een PowerPoint-presentatie. Voeg de export zelf toe: een Excel-, CSV- of SPSS-bestand."),
    ("Index/", "Dit is een bestand van Numbers of Pages. Kies daar Exporteer naar Excel (.xlsx) en voeg dat toe."),
)
_OTHER_COMPOUNDS: tuple[tuple[str, str], ...] = (
    ("EncryptedPackage", PASSWORD),
    ("WordDocument", _OTHER_ZIPS[0][1]),
    ("PowerPoint Document", _OTHER_ZIPS[1][1]),
    ("__nameid_version1.0", "Dit is een e-mail. Voeg de bijlage toe: een Excel-, CSV- of SPSS-bestand."),
    ("_VBA_PROJECT_CUR", MACROS),
    ("_VBA_PROJECT", MACROS),
)
_MIMETYPE = b"application/vnd.oasis.opendocument.spreadsheet"
_OTHER_OPEN = (
    "Dit is een bestand van LibreOffice, maar geen werkblad. Voeg de export zelf toe: een .ods- of .xlsx-bestand."
)

_EXTENSIONS = {
    FileKind.XLSX: ("xlsx", "xlsm"),
    FileKind.XLSB: ("xlsb",),
    FileKind.XLS: ("xls",),
    FileKind.ODS: ("ods",),
    FileKind.CSV: ("csv", "txt", "tsv"),
    FileKind.SAV: ("sav", "zsav"),
}
_KIND_NAMES = {
    FileKind.XLSX: "een Excel-bestand (.xlsx)",
    FileKind.XLSB: "een binair Excel-bestand (.xlsb)",
    FileKind.XLS: "een oud Excel-bestand (.xls)",
    FileKind.ODS: "een bestand van LibreOffice (.ods)",
    FileKind.CSV: "een tekstbestand (CSV)",
    FileKind.SAV: "SPSS",
}

_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1f]")
_MARKUP = re.compile(rb"\s*<(?:!doctype|\?xml|html|table|head|meta|body|script|style)", re.IGNORECASE)
_FILEPASS = 0x2F  # the record of a .xls with a password; it stands among the first
_FIRST_RECORDS = 20


class Refused(ValueError):
    """A file that is not read; ``sentence`` says in Dutch why not, and what to do.

    ``sheets`` are the names of the sheets that the user can choose from, where a choice would help.
    """

    def __init__(self, sentence: str, sheets: Iterable[str] = ()) -> None:
        """Keep the sentence, and the sheets to choose from."""
        super().__init__(sentence)
        self.sentence = sentence
        self.sheets = tuple(sheets)


@dataclass(frozen=True, slots=True)
class Checked:
    """What the guard found in a file that may go on: its kind, and remarks for the import report."""

    kind: FileKind
    notes: tuple[str, ...] = ()


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
    return Checked(kind, _name_note(kind, file_name))


def check_extent(rows: int, columns: int) -> None:
    """Hold the size of a table against the caps; lines above the table are allowed for.

    Raises:
        Refused: if the table is larger than we read.
    """
    if rows > MAX_ROWS + HEADER_ROWS or columns > MAX_COLUMNS or rows * columns > MAX_CELLS:
        raise Refused(TOO_LARGE)


def _kind(data: bytes) -> FileKind:
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _kind_of_zip(data)
    if data.startswith((b"$FL2", b"$FL3")):
        return FileKind.SAV
    if data.startswith(SIGNATURE):
        return _kind_of_compound(data)
    text = data.removeprefix(b"\xef\xbb\xbf")
    for signature, sentence in _SIGNATURES:
        if text.startswith(signature):
            raise Refused(sentence)
    if _MARKUP.match(text):
        raise Refused(WEB_PAGE)
    if not _is_text(data):
        raise Refused(NOT_READABLE)
    return FileKind.CSV


def _is_text(data: bytes) -> bool:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return len(data) % 2 == 0
    return len(data) > 1 and not _CONTROL.search(data)


def _name_note(kind: FileKind, file_name: str) -> tuple[str, ...]:
    extension = file_name.rpartition(".")[2].casefold()
    if extension in _EXTENSIONS[kind]:
        return ()
    return (f"De naam van het bestand past niet bij de inhoud: het is gelezen als {_KIND_NAMES[kind]}.",)


# --------------------------------------------------------------------------- containers: .xls


def _kind_of_compound(data: bytes) -> FileKind:
    try:
        container = CompoundFile(data)
        names = container.names
        for name, sentence in _OTHER_COMPOUNDS:
            if name in names:
                raise Refused(sentence)
        if "Workbook" not in names:
            raise Refused(TOO_OLD if "Book" in names else NOT_READABLE)
        if _is_locked(container.stream("Workbook")):
            raise Refused(PASSWORD)
    except (ValueError, struct.error) as error:
        if isinstance(error, Refused):
            raise
        raise Refused(DAMAGED) from None
    return FileKind.XLS


def _is_locked(stream: bytes) -> bool:
    at = 0
    for _ in range(_FIRST_RECORDS):
        if at + 4 > len(stream):
            return False
        kind, size = struct.unpack_from("<HH", stream, at)
        if kind == _FILEPASS:
            return True
        at += 4 + size
    return False


# --------------------------------------------------------------------------- containers: zip


def _kind_of_zip(data: bytes) -> FileKind:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as container:
            members = container.infolist()
            _check_members(members)
            kind = _by_names([member.filename for member in members])
            if kind is FileKind.ODS and container.open("mimetype").read(100).strip() != _MIMETYPE:
                raise Refused(_OTHER_OPEN)
    except Exception as error:  # what zipfile raises on a damaged file has no end
        if isinstance(error, Refused):
            raise
        raise Refused(DAMAGED) from None
    return kind


def _check_members(members: list[zipfile.ZipInfo]) -> None:
    names = {member.filename.casefold() for member in members}
    if len(members) > MAX_MEMBERS or len(names) < len(members) or any(map(_is_unsafe, members)):
        raise Refused(UNSAFE)
    if any(member.flag_bits & 0x1 for member in members):
        raise Refused(PASSWORD)
    if sum(member.file_size for member in members) > MAX_UNPACKED:
        raise Refused(TOO_LARGE)


def _is_unsafe(member: zipfile.ZipInfo) -> bool:
    name = member.orig_filename
    return (
        name.startswith("/")
        or ".." in name.split("/")
        or any(sign in name for sign in ("\\", ":", "\0"))
        or stat.S_ISLNK(member.external_attr >> 16)
    )


def _by_names(names: list[str]) -> FileKind:
    """Tell the kind of a container by the names of its parts, and refuse what should not be among them."""
    lowered = {name.casefold() for name in names}
    if {"mimetype", "content.xml"} <= lowered:
        if any(name.startswith(("basic/", "scripts/")) for name in lowered):
            raise Refused(MACROS)
        return FileKind.ODS
    if not lowered & {"xl/workbook.xml", "xl/workbook.bin"}:
        raise Refused(_other_zip_sentence(names))
    if any(name.endswith(("vbaproject.bin", "vbadata.xml")) or "/macrosheets/" in name for name in lowered):
        raise Refused(MACROS)
    if any(name.startswith("xl/externallinks/") for name in lowered):
        raise Refused(LINKED)
    return FileKind.XLSX if "xl/workbook.xml" in lowered else FileKind.XLSB


def _other_zip_sentence(names: list[str]) -> str:
    for start, sentence in _OTHER_ZIPS:
        if any(name.startswith(start) for name in names):
            return sentence
    return ZIPPED
