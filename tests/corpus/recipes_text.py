"""G. Text files: alphabets, separators, quotes, lines."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from tests.corpus.judging import Seen
from tests.corpus.recipes import File, Outcome, Sample, Way, recipe, samples
from tests.corpus.recipes_container import refused
from tests.intake import exports

CSV = "export.csv"
Rows = Sequence[Sequence[object]]


def encoded(separator: str = ";", encoding: str = "utf-8") -> Callable[[Rows], bytes]:
    """Give a writer of text files."""
    return lambda rows: exports.text(rows, separator, encoding)


def accented(sample: Sample) -> list[list[object]]:
    """Give pupils of a school with accents in its name."""
    return sample.rows(school=["Reünie Lycée"] * sample.count)


def named(sample: Sample, school: str = "Reünie Lycée") -> dict[str, Any]:
    """Give the right answers of pupils of that school."""
    return {**sample.expected, "school": [school] * sample.count}


@recipe("G01", "`;` with decimal comma, cp1252, é, €", "read")
def dutch() -> Iterator[File]:
    for sample in samples("G01", 4):
        rows = sample.rows(school=["Café € Lycée"] * sample.count)
        yield sample.file(encoded(encoding="cp1252"), rows, name=CSV, expected=named(sample, "Café € Lycée"))


@recipe("G02", "UTF-8 with and without mark; UTF-16; Latin-9", "read")
def alphabets() -> Iterator[File]:
    for sample, encoding in zip(
        samples("G02", 6), ("utf-8", "utf-8-sig", "utf-16", "cp1252", "iso8859-15", "utf-16"), strict=True
    ):
        yield sample.file(encoded(encoding=encoding), accented(sample), name=CSV, expected=named(sample))

    def big(rows: Rows) -> bytes:
        return b"\xfe\xff" + exports.text(rows, ";", "utf-8").decode().encode("utf-16-be")

    for sample in samples("G02/be", 1):
        yield sample.file(big, accented(sample), name=CSV, expected=named(sample))


@recipe(
    "G03",
    'letters that another program took apart ("Ã©")',
    "told with the number of places (a question in the list: the user can only save the file again)",
)
def garbled() -> Iterator[File]:
    for sample in samples("G03", 4):
        rows = sample.rows(school=["Reünie"] * sample.count)
        yield sample.file(
            lambda rows: exports.text(rows, ";", "utf-8").decode("cp1252").encode("utf-8"),
            rows,
            Outcome.TOLD,
            f"Op {sample.count} plekken",
            name=CSV,
            expected=sample.without("school"),
        )


@recipe("G04", "tab, comma, pipe; `sep=;` first line", "read")
def separators() -> Iterator[File]:
    for sample, separator in zip(samples("G04", 4), ("\t", "|", ";", ","), strict=True):
        write = quoted(",") if separator == "," else encoded(separator)
        yield sample.file(write, name=CSV)
    for sample, separator in zip(samples("G04/sep", 3), (";", "|", ","), strict=True):
        yield sample.file(
            lambda rows, separator=separator: f"sep={separator}\r\n".encode() + quoted(separator)(rows),
            name=CSV,
            lines=sample.count + 2,
            outcome=Outcome.OK,
        )


def quoted(separator: str, every: int = csv.QUOTE_MINIMAL) -> Callable[[Rows], bytes]:
    """Give a writer that quotes where it must, or everywhere."""

    def write(rows: Rows) -> bytes:
        memory = io.StringIO()
        csv.writer(memory, delimiter=separator, quoting=every).writerows(rows)  # type: ignore[arg-type]
        return memory.getvalue().encode()

    return write


@recipe(
    "G05", "separator, line break and quotes inside quotes; an unclosed quote", "read; unclosed refused with the line"
)
def quotes() -> Iterator[File]:
    schools = ('De "Werf"', "De Werf; locatie Noord", "De Werf,\nNoord", 'De ""Werf""')
    for sample, school in zip(samples("G05", 4), schools, strict=True):
        rows = sample.rows(school=[school] * sample.count)
        write = quoted(";", csv.QUOTE_ALL if "," in school else csv.QUOTE_MINIMAL)
        yield sample.file(write, rows, name=CSV, expected=named(sample, school))
    for sample in samples("G05/open", 3):

        def unclosed(sample: Sample = sample) -> bytes:
            return exports.text(sample.rows()).replace(b"Havo", b'"Havo', 1)

        yield refused(unclosed, "regel|Regel", CSV)


@recipe("G06", "one field more or fewer in some line", "refused with the line")
def fields() -> Iterator[File]:
    for number, sample in enumerate(samples("G06", 6, 40)):
        rows = sample.rows()
        line = 7 + 5 * number
        rows[line - 1] = [*rows[line - 1], "extra"] if number % 2 else rows[line - 1][:-1]
        yield refused(lambda rows=rows: exports.text(rows), f"Regel {line} heeft", CSV)


@recipe("G07", "CRLF, LF, CR, mixed; no end of line at the end; a separator behind every line", "read")
def ends() -> Iterator[File]:
    for sample, end in zip(samples("G07", 3), ("\n", "\r", "\r\n"), strict=True):
        yield sample.file(lambda rows, end=end: exports.text(rows).replace(b"\r\n", end.encode()), name=CSV)
    for sample in samples("G07/eind", 2):
        yield sample.file(lambda rows: exports.text(rows).rstrip(), name=CSV)
    for sample in samples("G07/teken", 2):
        yield sample.file(lambda rows: exports.text(rows).replace(b"\r\n", b";\r\n"), name=CSV)
    for sample in samples("G07/door elkaar", 2):
        yield sample.file(lambda rows: exports.text(rows).replace(b"\r\n", b"\n", 9), name=CSV)


@recipe("G08", "leading zeros; numbers of 16 digits; 1E5", "kept as text")
def kept() -> Iterator[File]:
    for sample, text in zip(samples("G08", 3, 40), ("007", "1E5", "0012"), strict=True):
        rows = [[*row, "Groep" if not at else (text, "anders")[at % 2]] for at, row in enumerate(sample.rows())]

        def same(seen: Seen, text: str = text) -> None:
            assert set(seen.column("Groep")) == {text, "anders"}

        yield sample.file(encoded(), rows, name=CSV, check=same)
    for sample in samples("G08/lang", 1, 40):
        rows = [[*row, "Getal" if not at else f"{4 * 10**15 + at}"] for at, row in enumerate(sample.rows())]
        yield sample.file(encoded(), rows, Outcome.TOLD, "Getal: nummer", name=CSV, planted=("400000000000",))


@recipe("G09", "NUL signs; one line of many megabytes", "refused")
def no_text() -> Iterator[File]:
    yield refused(lambda: exports.text(Sample("G09").rows()).replace(b"Havo", b"Ha\0vo", 1), "kunnen lezen", CSV)
    yield refused(lambda: b"a" * (26 * 2**20), "25 MB", CSV)
    yield refused(lambda: b"a;" * (12 * 2**20), "te groot|geen tabel|kolomkoppen|niet worden gelezen", CSV, Way.CHILD)
    yield refused(lambda: b"a" * (24 * 2**20), "klopt|geen tabel|Bij regel", CSV, Way.CHILD)


@recipe("G10", 'comment lines, a footer "Aantal: 212"', "left out, told")
def footers() -> Iterator[File]:
    for sample, words in zip(
        samples("G10", 4), ("Aantal: 212", "Einde van de export", "# gemaakt op maandag", "n=212"), strict=True
    ):
        yield sample.file(
            lambda rows, words=words: exports.text(rows) + f"{words}\r\n".encode(),
            outcome=Outcome.TOLD,
            saying="Losse regels onder de tabel: 1|totaal of gemiddelde: 1",
            name=CSV,
            lines=None,
        )
