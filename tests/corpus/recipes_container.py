"""A. Container and file type."""

from __future__ import annotations

import io
import random
import tempfile
import warnings
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import pandas as pd
import pyreadstat

from tests.corpus.judging import Seen
from tests.corpus.recipes import File, Outcome, Sample, Way, recipe, samples, without_files
from tests.intake import exports

Write = Callable[[Sequence[Sequence[object]]], bytes]
KINDS: Mapping[str, Write] = {
    "xlsx": exports.workbook,
    "xls": exports.old_workbook,
    "ods": exports.open_document,
    "xlsb": exports.binary_workbook,
    "csv": exports.text,
}


def spss(rows: Sequence[Sequence[object]]) -> bytes:
    """Give a .sav file with names without meaning, and the headings as labels."""
    headings, *pupils = rows
    names = [f"v{number}" for number in range(1, len(headings) + 1)]
    columns = [[str(cell) for cell in column] for column in zip(*pupils, strict=True)]
    frame = pd.DataFrame(dict(zip(names, columns, strict=True)))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "x.sav"
        pyreadstat.write_sav(frame, path, column_labels=list(map(str, headings)))
        return path.read_bytes()


def coded(sample: Sample) -> bytes:
    """Give a .sav file with codes, and value labels beside them."""
    names = {f"v{number}": name for number, name in enumerate(("gezondheid", "geluk", "wiet", "roken"), start=1)}
    headings = dict(zip(sample.expected, sample.headings, strict=False))
    frame = pd.DataFrame(
        {"school": sample.expected["school"], "jaar": sample.expected["jaar"]}
        | {name: pd.Series(sample.expected[question], dtype="float64") for name, question in names.items()}
    )
    labels = {
        name: {float(code): sample.label(question, code) for code in set(sample.expected[question]) if code}
        for name, question in names.items()
    }
    beside = [headings["school"], headings["jaar"], *(headings[question] for question in names.values())]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "x.sav"
        pyreadstat.write_sav(frame, path, column_labels=beside, variable_value_labels=labels)
        return path.read_bytes()


def refused(data: Callable[[], bytes], saying: str, name: str = "export.xlsx", way: Way = Way.HERE) -> File:
    """Give a file that is refused with these words."""
    return File(data, Outcome.REFUSED, saying, name=name, way=way)


def kind_files(item: str, kind: str, names: Sequence[str], saying: str = "") -> Iterator[File]:
    """Give files of one kind under several names; a name that does not fit is told."""
    for sample, name in zip(samples(item, len(names)), names, strict=True):
        outcome = Outcome.TOLD if saying else Outcome.OK
        yield sample.file(KINDS[kind], outcome=outcome, saying=saying, name=name)


NAME = "naam van het bestand past niet"


@recipe("A01", "0 bytes", "refused: empty")
def empty() -> Iterator[File]:
    for name in ("export.xlsx", "export.csv", "export.sav", "export"):
        yield refused(bytes, "leeg", name, Way.CHILD)


@recipe("A02", "1 byte; 3 bytes `PK\\x03`", "refused")
def few_bytes() -> Iterator[File]:
    for data in (b"1", b"P", b"PK\x03", b"PK\x03\x04", b"P\x00", b"\xd0\xcf\x11\xe0"):
        yield refused(lambda data=data: data, "beschadigd|niet lezen|kunnen lezen|geen tabel")


@recipe("A03", "text renamed .xlsx", "refused: no table in it")
def prose() -> Iterator[File]:
    for words in (
        "Beste collega,\nhierbij de export.\n",
        "dit is geen tabel",
        "a\n\nb\n\nc\n",
        "Groet,\nDe mentor\n" * 9,
    ):
        yield refused(lambda words=words: words.encode(), "geen tabel|kolomkoppen|Regel")


@recipe("A04", "semicolon CSV renamed .xlsx", "read by content, told")
def text_as_workbook() -> Iterator[File]:
    yield from kind_files("A04", "csv", ["export.xlsx", "export.XLSX", "export.xls", "export.sav"], "tekstbestand")


@recipe("A05", ".xls (BIFF8)", "read")
def old() -> Iterator[File]:
    yield from kind_files("A05", "xls", ["export.xls", "EXPORT.XLS", "een.export.xls"])
    for sample in samples("A05/kind", 2):
        yield sample.file(exports.old_workbook, name="export.xls", way=Way.CHILD)


@recipe("A06", ".xls renamed .xlsx", "read by content, told")
def old_as_new() -> Iterator[File]:
    yield from kind_files("A06", "xls", ["export.xlsx", "export.csv", "export"], NAME)


@recipe("A07", ".xlsx renamed .xls", "read by content, told")
def new_as_old() -> Iterator[File]:
    yield from kind_files("A07", "xlsx", ["export.xls", "export.ods", "export.pdf", "export"], NAME)


@recipe("A08", "HTML table named .xls", "refused: a web page")
def web_page() -> Iterator[File]:
    for start in ("<html>", "<!DOCTYPE html>\n<html>", "\n  <TABLE>", '<meta charset="utf-8">'):
        page = f"{start}<table><tr><td>School</td><td>Leerjaar</td></tr></table>"
        yield refused(lambda page=page: page.encode(), "webpagina", "export.xls")
    yield refused(lambda: b"\xef\xbb\xbf<html></html>", "webpagina", "export.xls")


@recipe("A09", "XML Spreadsheet 2003 named .xls", "refused: a web page or XML file")
def old_xml() -> Iterator[File]:
    for start in ('<?xml version="1.0"?>', '\r\n<?xml version="1.0" encoding="UTF-8"?>\r\n'):
        page = f'{start}<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet/></Workbook>'
        yield refused(lambda page=page: page.encode(), "XML-bestand", "export.xls")


@recipe("A10", ".ods; also under another name", "read; told under another name")
def open_documents() -> Iterator[File]:
    yield from kind_files("A10", "ods", ["export.ods", "EXPORT.ODS"])
    yield from kind_files("A10/naam", "ods", ["export.xlsx", "export.xls"], NAME)
    for sample in samples("A10/kind", 2):
        yield sample.file(exports.open_document, name="export.ods", way=Way.CHILD)


@recipe("A11", ".xlsb; also under another name", "read; told under another name")
def binary() -> Iterator[File]:
    yield from kind_files("A11", "xlsb", ["export.xlsb", "EXPORT.XLSB"])
    yield from kind_files("A11/naam", "xlsb", ["export.xlsx", "export.csv"], NAME)
    for sample in samples("A11/kind", 2):
        yield sample.file(exports.binary_workbook, name="export.xlsb", way=Way.CHILD)


@recipe("A12", ".xlsm without macro part", "read")
def no_macros() -> Iterator[File]:
    yield from kind_files("A12", "xlsx", ["export.xlsm", "EXPORT.XLSM", "export 2.xlsm"])


def _with_parts(*names: str) -> Callable[[Sequence[Sequence[object]]], bytes]:
    return lambda rows: exports.changed(exports.workbook(rows), add=[(name, b"x") for name in names])


@recipe("A13", ".xlsm with `vbaProject.bin`", "refused: macros")
def macros() -> Iterator[File]:
    for name in ("xl/vbaProject.bin", "xl/macrosheets/sheet1.xml", "xl/vbaData.xml"):
        yield refused(lambda name=name: _with_parts(name)(exports.table()), "macro", "export.xlsm")


@recipe("A14", ".xlsx with a hidden `vbaProject.bin`", "refused: macros")
def hidden_macros() -> Iterator[File]:
    for name in ("xl/VBAPROJECT.BIN", "docProps/vbaProject.bin", "xl/media/vbaproject.bin"):
        yield refused(lambda name=name: _with_parts(name)(exports.table()), "macro")
    kind = "application/vnd.ms-office.vbaProject"
    yield refused(lambda: exports.with_types(exports.workbook(exports.table()), kind), "macro")


@recipe("A15", ".sav (SPSS); also under another name", "read with labels; told under another name")
def spss_files() -> Iterator[File]:
    for sample in samples("A15", 3):
        yield sample.file(spss, name="export.sav", lines=sample.count, headings=())
    for sample, name in zip(samples("A15/naam", 2), ("export.xlsx", "export.csv"), strict=True):
        yield sample.file(spss, name=name, outcome=Outcome.TOLD, saying="SPSS", lines=sample.count, headings=())
    for sample in samples("A15/codes", 2):
        names = ("school", "jaar", "gezondheid", "geluk", "wiet", "roken")
        expected = {name: sample.expected[name] for name in names}
        yield File(lambda sample=sample: coded(sample), Outcome.OK, name="export.sav", expected=expected, way=Way.CHILD)


@recipe("A16", ".docx, .pdf, .zip of xlsx, .7z", "refused, each with what it is")
def others() -> Iterator[File]:
    yield refused(lambda: exports.zip_of("[Content_Types].xml", "word/document.xml"), "Word", "export.docx")
    yield refused(lambda: exports.zip_of("[Content_Types].xml", "ppt/presentation.xml"), "PowerPoint", "export.pptx")
    yield refused(lambda: b"%PDF-1.7\n%\xe2\xe3", "PDF", "export.pdf")
    yield refused(lambda: exports.zip_of("export.xlsx"), "ingepakt", "export.zip")
    yield refused(lambda: b"7z\xbc\xaf\x27\x1c", "ingepakt", "export.7z")
    yield refused(lambda: b"\x89PNG\r\n\x1a\n", "afbeelding", "export.xlsx")
    yield refused(lambda: exports.zip_of("Index/Document.iwa"), "Numbers", "export.numbers")


@recipe("A17", "password-protected workbook", "refused: take the password off")
def locked() -> Iterator[File]:
    yield refused(lambda: exports.compound("EncryptedPackage", "EncryptionInfo"), "wachtwoord")
    yield refused(lambda: exports.with_password(exports.old_workbook(exports.table())), "wachtwoord", "export.xls")

    def zipped() -> bytes:
        data = bytearray(exports.workbook(exports.table()))
        at = data.index(b"PK\x01\x02")
        data[at + 8] |= 1
        return bytes(data)

    yield refused(zipped, "wachtwoord")


@recipe("A18", "sheet protection only", "read")
def protected() -> Iterator[File]:
    for sample, tag in zip(
        samples("A18", 3),
        (
            '<sheetProtection sheet="1"/>',
            '<sheetProtection password="CC1A" sheet="1"/>',
            '<sheetProtection objects="1"/>',
        ),
        strict=True,
    ):

        def write(rows: Sequence[Sequence[object]], tag: str = tag) -> bytes:
            data = exports.workbook(rows)
            sheet = exports.part(data, exports.SHEET).replace(b"</sheetData>", b"</sheetData>" + tag.encode())
            return exports.changed(data, replace={exports.SHEET: sheet})

        yield sample.file(write)


@recipe("A19", "truncated at 25/50/75/99%", "refused: damaged")
def truncated() -> Iterator[File]:
    for kind in ("xlsx", "ods", "xlsb", "xls"):
        for share in (0.25, 0.5, 0.75, 0.99):

            def cut(kind: str = kind, share: float = share) -> bytes:
                data = KINDS[kind](Sample(f"A19/{kind}").rows())
                return data[: int(share * len(data))]

            words = "beschadigd|kon niet worden gelezen|anders opgebouwd"
            way = Way.CHILD if kind == "xls" else Way.HERE
            yield refused(cut, words, f"export.{kind}", way)


@recipe("A20", "one flipped bit", "refused or exactly right")
def flipped() -> Iterator[File]:
    for number in range(40):
        sample = Sample("A20", 24)

        def flip(number: int = number, sample: Sample = sample) -> bytes:
            data = bytearray(exports.workbook(sample.rows()))
            place = random.Random(number).randrange(len(data) * 8)
            data[place // 8] ^= 1 << place % 8
            return bytes(data)

        def right(seen: Seen, sample: Sample = sample) -> None:
            if not seen.refused:
                assert {name: seen.answers(name) for name in sample.expected} == sample.expected

        yield File(flip, Outcome.OK, check=right, may_refuse=True)


@recipe("A21", "bad CRC in sheet1", "refused: damaged")
def bad_sum() -> Iterator[File]:
    for number in range(3):

        def spoil(number: int = number) -> bytes:
            data = bytearray(exports.workbook(Sample(f"A21/{number}").rows()))
            with zipfile.ZipFile(io.BytesIO(bytes(data))) as book:
                member = book.getinfo(exports.SHEET)
            for mark, away in ((b"PK\x03\x04", 14), (b"PK\x01\x02", 16)):
                at = -1
                while (at := data.find(mark, at + 1)) >= 0:
                    length = 30 if away == 14 else 46
                    if data[at + length :].startswith(exports.SHEET.encode()):
                        data[at + away : at + away + 4] = (member.CRC ^ 1 << number).to_bytes(4, "little")
            return bytes(data)

        yield refused(spoil, "beschadigd")


@recipe("A22", "two members with one name", "refused")
def doubles() -> Iterator[File]:
    for name in (exports.SHEET, exports.SHEET.upper(), "xl/workbook.xml"):

        def twice(name: str = name) -> bytes:
            memory = io.BytesIO(exports.workbook(exports.table()))
            with warnings.catch_warnings(), zipfile.ZipFile(memory, "a") as book:
                warnings.simplefilter("ignore")  # zipfile warns of just this
                book.writestr(name, b"<x/>")
            return memory.getvalue()

        yield refused(twice, "anders opgebouwd")


@recipe("A23", "member name `../../x`, absolute, with backslash, with NUL", "refused, nothing written")
def bad_names() -> Iterator[File]:
    for name in ("../../x", "/etc/x", "xl\\..\\x", "C:x", "xl/../../x"):
        yield refused(
            lambda name=name: exports.changed(exports.workbook(exports.table()), add=[(name, b"x")]), "anders"
        )

    def with_zero() -> bytes:
        data = exports.changed(exports.workbook(exports.table()), add=[("xl/xQx", b"x")])
        return data.replace(b"xl/xQx", b"xl/x\0x")

    yield refused(with_zero, "anders")


@recipe("A24", "symlink member", "refused")
def links() -> Iterator[File]:
    for target in (b"/etc/passwd", b"../x", b"sheet2.xml"):

        def linked(target: bytes = target) -> bytes:
            memory = io.BytesIO(exports.workbook(exports.table()))
            with zipfile.ZipFile(memory, "a") as book:
                member = zipfile.ZipInfo("xl/link")
                member.external_attr = 0o120777 << 16
                book.writestr(member, target)
            return memory.getvalue()

        yield refused(linked, "anders")


@recipe("A25", "100,000 tiny members", "refused")
def members() -> Iterator[File]:
    for count in (2_001, 100_000):
        yield refused(lambda count=count: exports.zip_of("xl/workbook.xml", *map(str, range(count))), "anders")


@recipe("A26", "zip64 header, small content", "read")
def large_header() -> Iterator[File]:
    for sample in samples("A26", 3):

        def write(rows: Sequence[Sequence[object]]) -> bytes:
            memory = io.BytesIO()
            data = exports.workbook(rows)
            with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(memory, "w", zipfile.ZIP_DEFLATED) as new:
                for member in old.infolist():
                    with new.open(member.filename, "w", force_zip64=True) as part:
                        part.write(old.read(member))
            return memory.getvalue()

        yield sample.file(write)


@recipe("A27", "zip with leading junk or trailing 10 MB", "read or refused, no hang")
def junk() -> Iterator[File]:
    for before, after in ((b"\0" * 512, b""), (b"junk", b""), (b"", b"x" * 100), (b"", b"\0" * (10 * 2**20))):
        yield File(
            lambda before=before, after=after: before + exports.workbook(exports.table()) + after,
            Outcome.OK,
            may_refuse=True,
        )


@recipe("A28", "unknown compression method", "refused")
def method() -> Iterator[File]:
    for number in (1, 97, 99):

        def spoil(number: int = number) -> bytes:
            data = bytearray(exports.workbook(exports.table()))
            for mark, away in ((b"PK\x03\x04", 8), (b"PK\x01\x02", 10)):
                at = data.index(mark)
                data[at + away : at + away + 2] = number.to_bytes(2, "little")
            return bytes(data)

        yield refused(spoil, "beschadigd")


@recipe("A29", "24.9 MB, 25.0 MB, 25.1 MB", "read, read, refused")
def sizes() -> Iterator[File]:
    limit = 25 * 2**20
    for sample, size in zip(samples("A29", 3), (limit - 100_000, limit, limit + 1), strict=True):

        def write(rows: Sequence[Sequence[object]], size: int = size) -> bytes:
            memory = io.BytesIO(exports.workbook(rows))
            with zipfile.ZipFile(memory, "a") as book:
                book.writestr("xl/media/a.png", b"")
            short = size - len(memory.getvalue())
            memory = io.BytesIO(exports.workbook(rows))
            with zipfile.ZipFile(memory, "a", zipfile.ZIP_STORED) as book:
                book.writestr("xl/media/a.png", random.Random(size).randbytes(short))
            return memory.getvalue()

        if size > limit:
            yield File(lambda write=write, sample=sample: write(sample.rows()), Outcome.REFUSED, "25 MB")
        else:
            yield sample.file(write)


without_files(
    "A30",
    "the same file twice",
    "known by its content; nothing is counted twice",
    shown_by="`tests/pages/test_add_data.py::test_the_same_file_again_is_no_second_upload`",
)


@recipe("A31", "file name of 255 signs, emoji, `CON.xlsx`, RTL override, markup", "read; never used as a path")
def file_names() -> Iterator[File]:
    names = [
        "a" * 250 + ".xlsx",
        "📊 klas.xlsx",
        "CON.xlsx",
        "export\u202excod.xlsx",
        "<img src=x onerror=alert(1)>.xlsx",
        "../../etc/passwd.xlsx",
        "C:\\Users\\x\\export.xlsx",
        "a\nb.xlsx",
    ]
    for sample, name in zip(samples("A31", len(names)), names, strict=True):
        yield sample.file(exports.workbook, name=name)
