"""B. Attack on the parser: bombs, entities, far cells, and workbooks that say one thing and hold another."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator, Sequence
from xml.sax.saxutils import escape

from tests.corpus.judging import Seen
from tests.corpus.recipes import File, Outcome, Sample, Way, recipe, samples, without_files
from tests.corpus.recipes_container import KINDS, refused, spss
from tests.intake import exports
from wellbeing.intake.tables import column_letter

UNSAFE = "anders opgebouwd"
TOO_LARGE = "te groot"
SHUFFLED = "dubbel of door elkaar"
Rows = Sequence[Sequence[object]]
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def cell_xml(at: int, number: int, cell: object, *, addressed: bool = True) -> str:
    """Give one cell; numbers as numbers, words inside the cell."""
    address = f' r="{column_letter(at)}{number}"' if addressed else ""
    if isinstance(cell, int):
        return f"<c{address}><v>{cell}</v></c>"
    return f'<c{address} t="inlineStr"><is><t>{escape(str(cell))}</t></is></c>'


def rows_xml(rows: Rows, *, addressed: bool = True) -> list[str]:
    """Give the rows of a sheet; without addresses, places follow from the order."""
    made = []
    for number, row in enumerate(rows, start=1):
        cells = "".join(cell_xml(at, number, cell, addressed=addressed) for at, cell in enumerate(row))
        made.append(f'<row r="{number}">{cells}</row>' if addressed else f"<row>{cells}</row>")
    return made


def with_rows(rows: Sequence[str], before: str = "", after: str = "") -> bytes:
    """Give a workbook whose sheet has these rows, and more before and after them."""
    sheet = f'<worksheet xmlns="{MAIN}">{before}<sheetData>{"".join(rows)}</sheetData>{after}</worksheet>'
    return exports.changed(exports.workbook(exports.table()), replace={exports.SHEET: sheet.encode()})


def bomb(name: str, megabytes: int, start: bytes = b"", filling: bytes = b" ", end: bytes = b"") -> bytes:
    """Give a workbook of which one part unpacks to so much."""
    memory, good = io.BytesIO(), io.BytesIO(exports.workbook(exports.table()))
    with zipfile.ZipFile(good) as old, zipfile.ZipFile(memory, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new:
        for member in old.infolist():
            if member.filename != name:
                new.writestr(member.filename, old.read(member))
        with new.open(name, "w") as part:
            part.write(start)
            piece = filling * (2**20 // len(filling))
            for _ in range(megabytes):
                part.write(piece)
            part.write(end)
    return memory.getvalue()


@recipe("B01", "zip bomb: one cell of hundreds of megabytes", "refused within 2 s")
def one_large_cell() -> Iterator[File]:
    start = f'<worksheet xmlns="{MAIN}"><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>'.encode()
    for name, megabytes, way in ((exports.SHEET, 300, Way.CHILD), ("xl/sharedStrings.xml", 200, Way.HERE)):
        yield refused(
            lambda name=name, megabytes=megabytes: bomb(name, megabytes, start, b"a"),
            f"{TOO_LARGE}|{UNSAFE}",
            way=way,
        )


@recipe("B02", "zip bomb: millions of cells", "refused within 2 s")
def many_cells() -> Iterator[File]:
    start = f'<worksheet xmlns="{MAIN}"><sheetData>'.encode()
    row = b"<row>" + b"<c><v>1</v></c>" * 50 + b"</row>"
    end = b"</sheetData></worksheet>"
    yield refused(lambda: bomb(exports.SHEET, 100, start, row, end), f"{TOO_LARGE}|te ingewikkeld", way=Way.CHILD)
    yield refused(lambda: bomb(exports.SHEET, 900, start, row, end), TOO_LARGE, way=Way.CHILD)
    one = b"<c><v>1</v></c>"
    yield refused(lambda: bomb(exports.SHEET, 90, start + b"<row>", one, b"</row>" + end), UNSAFE, way=Way.HERE)


@recipe("B03", "nested zip bomb; overlapping members", "refused")
def nested() -> Iterator[File]:
    def inside() -> bytes:
        memory = io.BytesIO()
        with zipfile.ZipFile(memory, "w", zipfile.ZIP_DEFLATED) as book:
            book.writestr("0.zip", exports.zip_bomb(20))
        return memory.getvalue()

    def overlapping() -> bytes:
        memory = io.BytesIO()
        with zipfile.ZipFile(memory, "w", zipfile.ZIP_DEFLATED) as book:
            book.writestr("xl/workbook.xml", b" " * 2**20)
            first = book.getinfo("xl/workbook.xml")
            for number in range(50):
                other = zipfile.ZipInfo(f"xl/{number}.xml")
                for name in ("compress_type", "CRC", "compress_size", "file_size", "header_offset", "create_system"):
                    setattr(other, name, getattr(first, name))
                book.filelist.append(other)
                book.NameToInfo[other.filename] = other
        return memory.getvalue()

    yield refused(inside, "ingepakt", "export.xlsx")
    yield refused(overlapping, "beschadigd|anders opgebouwd")


@recipe("B04", "lying size header", "refused by counted bytes")
def lying() -> Iterator[File]:
    for name, size in ((exports.SHEET, 1024), ("xl/styles.xml", 10), ("xl/media/a.xml", 0)):

        def lie(name: str = name, size: int = size) -> bytes:
            data = bytearray(bomb(name, 20))
            for mark, away in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
                at = -1
                while (at := data.find(mark, at + 1)) >= 0:
                    if data[at + (46 if away == 24 else 30) :].startswith(name.encode()):
                        data[at + away : at + away + 4] = size.to_bytes(4, "little")
            return bytes(data)

        yield refused(lie, f"{TOO_LARGE}|{UNSAFE}|beschadigd")


ENTITIES = "".join(f'<!ENTITY l{level} "{f"&l{level - 1};" * 10}">' for level in range(1, 10))
LAUGHS = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "ha">{ENTITIES}]>'
PARTS = (exports.SHEET, "xl/sharedStrings.xml", "xl/styles.xml", "xl/workbook.xml")


def with_start(name: str, start: str, encoding: str = "utf-8") -> bytes:
    """Give a workbook of which one part begins otherwise."""
    data = exports.workbook(exports.table())
    part = exports.part(data, name).decode().partition("?>")[2]
    return exports.changed(data, replace={name: (start + part).encode(encoding)})


@recipe("B05", "billion laughs in sharedStrings, sheet, styles, workbook", "refused")
def laughs() -> Iterator[File]:
    for name in PARTS:
        yield refused(lambda name=name: with_start(name, LAUGHS), UNSAFE)
    yield refused(lambda: with_start("xl/sharedStrings.xml", LAUGHS), UNSAFE, way=Way.CHILD)


@recipe("B06", "quadratic blow-up", "refused")
def quadratic() -> Iterator[File]:
    for size in (10_000, 1_000_000):
        start = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "{"a" * size}">]>'
        yield refused(lambda start=start: with_start("xl/sharedStrings.xml", start), UNSAFE)


@recipe("B07", "external entity to a file, to http", "refused; no file read, no network")
def external() -> Iterator[File]:
    for target in ("file:///etc/passwd", "http://127.0.0.1:9/x", "\\\\127.0.0.1\\x"):
        start = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "{target}">]>'
        for name in (exports.SHEET, "xl/workbook.xml"):
            yield refused(lambda name=name, start=start: with_start(name, start), UNSAFE)


@recipe("B08", "DTD in UTF-16; parameter entities", "refused")
def other_alphabet() -> Iterator[File]:
    start = '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE x [<!ENTITY a "b">]>'
    for encoding in ("utf-16", "utf-16-le", "utf-16-be"):
        yield refused(lambda encoding=encoding: with_start(exports.SHEET, start, encoding), UNSAFE)
    yield refused(lambda: with_start(exports.SHEET, '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY % a "b">%a;]>'), UNSAFE)


def with_far(rows: Rows, *references: str) -> bytes:
    """Give a workbook of these rows with a number in cells far away from them."""
    made = rows_xml(rows)
    for reference in sorted(references, key=lambda one: int(one.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))):
        number = int(reference.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
        cell = f'<c r="{reference}"><v>1</v></c>'
        if number <= len(rows):
            made[number - 1] = made[number - 1].removesuffix("</row>") + cell + "</row>"
        else:
            made.append(f'<row r="{number}">{cell}</row>')
    return with_rows(made)


@recipe("B09", "cell at XFD1048576", "told, the rest is read")
def far_corner() -> Iterator[File]:
    cases = (("XFD1048576",), ("XFD1",), ("XFD3", "XFD1048576"), ("XFD1048576",))
    for place, (sample, cells) in enumerate(zip(samples("B09", 4), cases, strict=True)):
        yield sample.file(
            lambda rows, cells=cells: with_far(rows, *cells),
            outcome=Outcome.TOLD,
            saying=f"ver buiten de tabel: {len(cells)}",
            way=Way.CHILD if place in {0, 2} else Way.HERE,
        )


@recipe("B10", "cell at A1048576", "told, the rest is read")
def far_row() -> Iterator[File]:
    cases = (("A1048576",), ("A900000", "B1048576"), ("A1048576",))
    for sample, cells, way in zip(samples("B10", 3), cases, (Way.CHILD, Way.HERE, Way.HERE), strict=True):
        yield sample.file(
            lambda rows, cells=cells: with_far(rows, *cells),
            outcome=Outcome.TOLD,
            saying=f"ver buiten de tabel: {len(cells)}",
            way=way,
        )


@recipe("B11", "cell beyond the grid", "refused")
def impossible() -> Iterator[File]:
    cases = (("ZZZZ99999999", Way.CHILD), ("A1048577", Way.HERE), ("XFE1", Way.HERE), ("AAAAA2000000", Way.HERE))
    for reference, way in cases:
        yield refused(lambda reference=reference: with_far(exports.table(), reference), TOO_LARGE, way=way)


@recipe("B12", "`<dimension>` says A1:XFD1048576", "read")
def dimension() -> Iterator[File]:
    for place, (sample, told) in enumerate(
        zip(samples("B12", 4), ("A1:XFD1048576", "A1", "B7:C9", "A1:XFD1048576"), strict=True)
    ):
        yield sample.file(
            lambda rows, told=told: with_rows(rows_xml(rows), f'<dimension ref="{told}"/>'),
            way=Way.CHILD if not place else Way.HERE,
        )


@recipe("B13", "rows out of order; double row numbers; double cells", "refused")
def shuffled() -> Iterator[File]:
    rows = rows_xml(Sample("B13").rows())
    yield refused(lambda: with_rows([*rows[:3], rows[5], rows[4], *rows[6:]]), SHUFFLED)
    yield refused(lambda: with_rows([*rows[:3], rows[2], *rows[3:]]), SHUFFLED)
    yield refused(lambda: with_rows([rows[0], *reversed(rows[1:])]), SHUFFLED)
    double = rows[4].replace("</row>", cell_xml(2, 5, "2") + "</row>")
    yield refused(lambda: with_rows([*rows[:4], double, *rows[5:]]), SHUFFLED)
    other = rows[4].replace('<row r="5">', '<row r="6">')
    yield refused(lambda: with_rows([*rows[:4], other, *rows[5:]]), SHUFFLED)


@recipe("B14", "cells without an address", "read")
def unaddressed() -> Iterator[File]:
    for sample in samples("B14", 3):
        yield sample.file(lambda rows: with_rows(rows_xml(rows, addressed=False)))


@recipe("B15", "shared string out of range, negative", "refused")
def strings() -> Iterator[File]:
    for number, way in (("99999", Way.HERE), ("-1", Way.HERE), ("4294967296", Way.CHILD), ("2147483647", Way.CHILD)):
        rows = rows_xml(Sample("B15").rows())
        rows[3] = rows[3].replace('t="inlineStr"><is><t>', f't="s"><v>{number}</v></c><c><is><t>', 1)
        yield refused(lambda rows=rows: with_rows(rows), "beschadigd|kon niet worden gelezen|dubbel", way=way)


@recipe("B16", "a million shared strings that nothing uses", "read within 10 s")
def unused() -> Iterator[File]:
    for sample, count in zip(samples("B16", 2), (200_000, 1_000_000), strict=True):

        def write(rows: Rows, count: int = count) -> bytes:
            data = exports.workbook(rows)
            extra = "".join(f"<si><t>tekst {number * 7919:x}</t></si>" for number in range(count)).encode()
            strings = exports.part(data, "xl/sharedStrings.xml").replace(b"</sst>", extra + b"</sst>")
            return exports.changed(data, replace={"xl/sharedStrings.xml": strings})

        yield sample.file(write, way=Way.CHILD)


@recipe("B17", "100 MB styles.xml", "refused")
def styles() -> Iterator[File]:
    for megabytes in (70, 100):
        yield refused(lambda megabytes=megabytes: bomb("xl/styles.xml", megabytes), f"{TOO_LARGE}|{UNSAFE}")


@recipe("B18", "65,000 merged ranges; overlapping ranges", "refused above the limit")
def merged() -> Iterator[File]:
    def ranges(count: int) -> str:
        cells = "".join(f'<mergeCell ref="Z{number}:AA{number}"/>' for number in range(2, count + 2))
        return f'<mergeCells count="{count}">{cells}</mergeCells>'

    for count in (20_001, 65_000):
        yield refused(lambda count=count: with_rows(rows_xml(exports.table()), after=ranges(count)), UNSAFE)
    overlapping = '<mergeCells count="2"><mergeCell ref="Z1:AB3"/><mergeCell ref="AA2:AC4"/></mergeCells>'
    for sample in samples("B18", 2):
        yield sample.file(lambda rows: with_rows(rows_xml(rows), after=overlapping))


@recipe("B19", "10,000 defined names; a name with a formula", "ignored")
def names() -> Iterator[File]:
    for sample, count in zip(samples("B19", 2), (10_000, 3), strict=True):

        def write(rows: Rows, count: int = count) -> bytes:
            data = exports.workbook(rows)
            made = "".join(f'<definedName name="n{n}">1+Export!$A$1</definedName>' for n in range(count))
            book = exports.part(data, "xl/workbook.xml").decode()
            book = book.replace("</sheets>", f"</sheets><definedNames>{made}</definedNames>")
            return exports.changed(data, replace={"xl/workbook.xml": book.encode()})

        yield sample.file(write)


@recipe("B20", "external link with stored values; `WEBSERVICE()`; DDE; connection", "links refused; formulas never run")
def outside() -> Iterator[File]:
    for name in ("xl/externalLinks/externalLink1.xml", "xl/ExternalLinks/x.xml"):
        yield refused(
            lambda name=name: exports.changed(exports.workbook(exports.table()), add=[(name, b"<externalLink/>")]),
            "ander bestand",
        )
    formulas = ('WEBSERVICE("http://127.0.0.1:9/")', "cmd|'/c calc'!A0", 'HYPERLINK("http://127.0.0.1:9/")')
    for sample, formula in zip(samples("B20", 3), formulas, strict=True):

        def write(rows: Rows, formula: str = formula) -> bytes:
            made = rows_xml(rows)
            made[4] = made[4].replace("</row>", f'<c r="ZA5"><f>{escape(formula)}</f><v>7</v></c></row>')
            data = with_rows(made)
            return exports.changed(data, add=[("xl/connections.xml", b"<connections/>")])

        yield sample.file(write, headings=())


def _formula(rows: Rows, count: int, value: str = "") -> bytes:
    """Give a workbook of which the first so many pupils have a formula for their answer."""
    made = rows_xml(rows)
    at = 5
    for number in range(2, count + 2):
        cell = cell_xml(at, number, rows[number - 1][at])
        assert cell in made[number - 1]
        made[number - 1] = made[number - 1].replace(cell, f'<c r="{column_letter(at)}{number}"><f>A1</f>{value}</c>')
    return with_rows(made)


def _emptied(sample: Sample, count: int) -> dict[str, Sequence[object]]:
    return {**sample.expected, "gezondheid": [*[None] * count, *sample.expected["gezondheid"][count:]]}


@recipe("B21", "formulas without a stored value", "told with the number of cells")
def uncalculated() -> Iterator[File]:
    for sample, (count, value) in zip(samples("B21", 3), ((3, ""), (12, "<v/>"), (5, "<v></v>")), strict=True):
        yield sample.file(
            lambda rows, count=count, value=value: _formula(rows, count, value),
            outcome=Outcome.TOLD,
            saying=f"In {count} cellen staat een formule zonder uitkomst",
            expected=_emptied(sample, count),
        )


@recipe("B22", "stored value is an error (`#N/B`, `#DIV/0!`)", "missing, told with the number")
def errors() -> Iterator[File]:
    for sample, (count, error) in zip(
        samples("B22", 4), ((1, "#N/A"), (4, "#DIV/0!"), (9, "#REF!"), (2, "#NAME?")), strict=True
    ):

        def write(rows: Rows, count: int = count, error: str = error) -> bytes:
            made = rows_xml(rows)
            for number in range(2, count + 2):
                cell = cell_xml(5, number, rows[number - 1][5])
                made[number - 1] = made[number - 1].replace(cell, f'<c r="F{number}" t="e"><v>{error}</v></c>')
            return with_rows(made)

        yield sample.file(
            write,
            outcome=Outcome.TOLD,
            saying=f"In {count} cellen staat een foutmelding",
            expected=_emptied(sample, count),
        )


@recipe("B23", "XML nested 100,000 deep", "refused or read rightly")
def deep() -> Iterator[File]:
    for depth, place in ((1_000, "in"), (100_000, "in"), (100_000, "after")):
        nest = "<x>" * depth + "</x>" * depth

        def write(nest: str = nest, place: str = place) -> bytes:
            made = rows_xml(Sample("B23").rows())
            return with_rows(
                [*made[:-1], nest, made[-1]] if place == "in" else made, after=nest if place == "after" else ""
            )

        def right(seen: Seen) -> None:
            assert seen.refused or seen.answers("gezondheid") == Sample("B23").expected["gezondheid"]

        yield File(write, Outcome.OK, way=Way.CHILD, check=right, may_refuse=True)


@recipe("B24", "embedded object, image, 200 MB picture", "ignored; refused above the limit")
def embedded() -> Iterator[File]:
    for sample, name in zip(
        samples("B24", 3), ("xl/embeddings/x.bin", "xl/media/a.png", "xl/media/a.emf"), strict=True
    ):
        yield sample.file(
            lambda rows, name=name: exports.changed(exports.workbook(rows), add=[(name, b"\xd0\xcf" * 999)])
        )
    yield refused(lambda: bomb("xl/media/a.png", 200), f"{TOO_LARGE}|{UNSAFE}")


def _large(rows: int, columns: int) -> bytes:
    """Give a workbook with a good beginning and so many rows and columns."""
    row = b"<row>" + b"<c><v>1</v></c>" * columns + b"</row>"
    start = "".join(rows_xml(Sample("groot", 24).rows(), addressed=False)).encode()
    sheet = (
        b'<worksheet xmlns="%s"><sheetData>' % MAIN.encode() + start + row * (rows - 25) + b"</sheetData></worksheet>"
    )
    return exports.changed(exports.workbook(exports.table()), replace={exports.SHEET: sheet})


@recipe("B25", "1,048,576 rows of 5 columns", "refused: too large")
def long() -> Iterator[File]:
    yield refused(lambda: _large(1_048_576, 5), f"{TOO_LARGE}|{UNSAFE}", way=Way.CHILD)
    yield refused(
        lambda: exports.text([["School", "Leerjaar"], *[["a", 1]] * 200_000]), TOO_LARGE, "export.csv", Way.CHILD
    )


@recipe("B26", "16,384 columns of 10 rows", "refused: too large")
def wide() -> Iterator[File]:
    for columns, kind in ((16_384, "xlsx"), (1_010, "xlsx"), (2_000, "csv")):
        rows = [[f"kop {at}" for at in range(columns)], *[[1] * columns] * 10]
        write: Callable[[Rows], bytes] = exports.workbook if kind == "xlsx" else exports.text
        way = Way.CHILD if columns == 16_384 else Way.HERE
        yield refused(lambda write=write, rows=rows: write(rows), TOO_LARGE, f"export.{kind}", way)


@recipe("B27", "exactly at the limit of rows, and one over", "read; refused")
def at_the_limit() -> Iterator[File]:
    def text(count: int) -> bytes:
        sample = Sample("B27", 30)
        headings, *pupils = [row[:7] for row in sample.rows()]
        lines = [";".join(map(str, row)) for row in pupils]
        return "\n".join([";".join(map(str, headings)), *(lines[at % 30] for at in range(count))]).encode()

    def whole(seen: Seen) -> None:
        assert seen.table
        assert len(seen.table.frame) == 100_000

    yield File(lambda: text(100_000), Outcome.OK, name="export.csv", check=whole, way=Way.CHILD, lines=100_001)
    yield refused(lambda: text(100_030), TOO_LARGE, "export.csv", Way.CHILD)


@recipe("B28", "the Strict variant of the format (ISO 29500)", "read")
def strict() -> Iterator[File]:
    for sample in samples("B28", 3):

        def write(rows: Rows) -> bytes:
            data = exports.workbook(rows)
            parts = {
                name: exports.part(data, name)
                .replace(MAIN.encode(), b"http://purl.oclc.org/ooxml/spreadsheetml/main")
                .replace(
                    b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
                    b"http://purl.oclc.org/ooxml/officeDocument/relationships",
                )
                for name in (
                    exports.SHEET,
                    "xl/workbook.xml",
                    "xl/sharedStrings.xml",
                    "xl/_rels/workbook.xml.rels",
                    "_rels/.rels",
                )
            }
            return exports.changed(data, replace=parts)

        yield sample.file(write)


@recipe("B29", "files of other programs", "read, whatever writer made them")
def writers() -> Iterator[File]:
    for number, (kind, write) in enumerate([*KINDS.items(), ("sav", spss)]):
        sample = Sample(f"B29/{number}")
        lines = sample.count if kind == "sav" else sample.count + 1
        headings = () if kind == "sav" else sample.headings
        yield sample.file(write, name=f"export.{kind}", way=Way.CHILD, lines=lines, headings=headings)


without_files(
    "B30",
    "the reading process sleeps, is killed, or prints without end",
    "refused; the program lives on",
    shown_by="`tests/intake/test_child.py::test_process_that_dies_or_babbles_is_refused`, "
    "`tests/intake/test_child.py::test_process_that_hangs_is_stopped_in_time`, "
    "`tests/intake/test_child.py::test_process_that_says_too_much_is_stopped`",
)
