"""C. Shape of the table: where it begins, which rows are pupils, which columns belong together."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from itertools import cycle
from typing import Any

from tests.corpus.judging import Seen
from tests.corpus.recipes import QUESTIONS, File, Outcome, Sample, recipe, samples
from tests.corpus.recipes_container import KINDS, refused
from tests.intake import exports
from wellbeing.model.imports import DOUBLE, UNFINISHED, Doubt, question_id

Rows = list[list[object]]
Write = Callable[[Any], bytes]


def several(item: str, count: int, size: int | None = None) -> Iterator[tuple[Sample, str, Write]]:
    """Give samples, each with another kind of file."""
    for sample, (kind, write) in zip(samples(item, count, size), cycle(KINDS.items()), strict=False):
        yield sample, f"export.{kind}", write


def blank(rows: Rows, number: int = 1) -> Rows:
    """Give empty rows as wide as a table."""
    return [[""] * len(rows[0]) for _ in range(number)]


def padded(rows: Rows, *texts: object) -> list[object]:
    """Give a row with these cells first, as wide as a table."""
    return [*texts, *[""] * (len(rows[0]) - len(texts))]


@recipe("C01", "empty sheet; only headings; headings and 1 row", "refused; refused; read, nothing shown")
def nearly_nothing() -> Iterator[File]:
    for kind, write in KINDS.items():
        rows = Sample(f"C01/{kind}").rows()
        yield refused(lambda write=write, rows=rows: write(rows[:1]), "geen leerlingen", f"export.{kind}")
    for kind in ("xlsx", "ods"):
        yield refused(lambda kind=kind: KINDS[kind]([[""]]), "geen tabel", f"export.{kind}")
    for sample, name, write in several("C01/1", 2, size=1):
        yield sample.file(write, name=name)


@recipe("C02", "title and logo lines above the headings", "headings found, told")
def titles() -> Iterator[File]:
    for number, (sample, name, write) in enumerate(several("C02", 8)):
        rows = sample.rows()
        above = [padded(rows, "Export gezondheid"), *blank(rows, number % 3), padded(rows, "Gemaakt op", "maandag")]
        whole = [*above[: 1 + number % 4], *blank(rows, number % 2), *rows]
        yield sample.file(
            write, whole, Outcome.TOLD, f"kolomkoppen staan in rij {len(whole) - sample.count}", name=name
        )


@recipe("C03", "two rows of headings (code and question)", "read, told")
def two_rows() -> Iterator[File]:
    for sample, name, write in several("C03", 6):
        headings, *pupils = sample.rows()
        codes: list[object] = [f"Q{at}" for at in range(len(headings))]
        yield sample.file(write, [codes, headings, *pupils], Outcome.TOLD, "rij", name=name)


QUALTRICS = (
    "StartDate",
    "EndDate",
    "Status",
    "IPAddress",
    "Progress",
    "Duration (in seconds)",
    "Finished",
    "ResponseId",
)


def qualtrics(sample: Sample, status: Sequence[object] = (), finished: Sequence[object] = ()) -> Rows:
    """Give an export of Qualtrics: names, questions, import ids, pupils."""
    headings, *pupils = sample.rows()
    own: Rows = [list(QUALTRICS), list(QUALTRICS), ['{"ImportId":"a"}'] * len(QUALTRICS)]
    names: list[object] = [f"Q{at}" for at in range(len(headings))]
    ids: list[object] = [f'{{"ImportId":"QID{at}"}}' for at in range(len(headings))]
    made: Rows = [[*own[0], *names], [*own[1], *headings], [*own[2], *ids]]
    for at, row in enumerate(pupils):
        day = f"2025-10-{1 + at % 28:02} 09:{at % 60:02}:00"
        told = status[at] if at < len(status) else "IP Address"
        ready = finished[at] if at < len(finished) else "True"
        made.append([day, day, told, f"10.0.0.{at}", 100, 300, ready, f"R_{'abcdefghijkl'}{at:03}", *row])
    return made


@recipe("C04", "three rows of headings (Qualtrics, with import ids)", "read, told")
def three_rows() -> Iterator[File]:
    for sample, name, write in several("C04", 5):
        yield sample.file(
            write,
            qualtrics(sample),
            Outcome.TOLD,
            r"rij met koppen \(rij 2, 3\)",
            name=name,
            headings=sample.headings[:11],
        )


@recipe("C05", "group heading above sub-headings; cells merged beside pupils", "names joined; one value for each pupil")
def groups() -> Iterator[File]:
    for sample, name, write in several("C05", 4, size=40):
        rows = sample.rows()
        extra = [["", ""], ["ooit", "vorige maand"], *([("Ja", "Nee")[at % 2], "Nee"] for at in range(sample.count))]
        above = padded(rows)
        whole: Rows = [[*row, *more] for row, more in zip([above, *rows], extra, strict=True)]
        whole[0][-2] = "Lachgas"
        whole[0][0] = "Leerling"

        def joined(seen: Seen) -> None:
            assert any("Lachgas – ooit" in line for line in (*seen.told, *map(str, seen.table.columns)))  # type: ignore[union-attr]

        yield sample.file(write, whole, Outcome.TOLD, "samengevoegd", name=name, check=joined)
    yield from _merged_groups()
    yield from _merged_pupils()


MERGING = (exports.workbook, exports.old_workbook, exports.open_document, exports.binary_workbook)


def _merged_groups() -> Iterator[File]:
    """A group goes as far as its cell was merged: the column beside it has its own heading."""
    for (sample, name, _), write in zip(several("C05/samen", 4, size=40), MERGING, strict=True):
        rows = sample.rows()
        wide = len(rows[0])
        extra = [["", "", ""], ["ooit", "vorige maand", "Vervoer"]]
        extra += [[("Ja", "Nee")[at % 2], "Nee", ("Fiets", "Bus")[at % 2]] for at in range(sample.count)]
        whole: Rows = [[*row, *more] for row, more in zip([padded(rows), *rows], extra, strict=True)]
        whole[0][wide], whole[0][0] = "Lachgas", "Leerling"

        def apart(seen: Seen) -> None:
            assert [text.removeprefix("onbekend: ") for text in seen.unknown] == [
                "Lachgas – ooit",
                "Lachgas – vorige maand",
                "Vervoer",
            ]

        made = partial(write, merged=[(0, 0, 0, 4), (0, 0, wide, wide + 1)])
        yield sample.file(made, whole, Outcome.TOLD, "samengevoegd", name=name, check=apart)


def _merged_pupils() -> Iterator[File]:
    """A cell that runs down beside several pupils goes for each of them."""
    for (sample, name, _), write in zip(several("C05/leerlingen", 4, size=40), MERGING, strict=True):
        rows = sample.rows()
        for at in range(2, len(rows)):
            rows[at][0] = rows[at][1] = ""
        made = partial(write, merged=[(1, 40, 0, 0), (1, 40, 1, 1)])
        yield sample.file(made, rows, Outcome.TOLD, "Samengevoegde cellen: 78", name=name)


@recipe("C06", "no heading above some columns", "left out, told if filled")
def no_heading() -> Iterator[File]:
    for sample, name, write in several("C06", 5):
        rows = [[*row, ("" if not at else f"x{at % 3}")] for at, row in enumerate(sample.rows())]
        yield sample.file(write, rows, Outcome.TOLD, "geen kop", name=name)


@recipe("C07", "headings twice; other only in case, spaces, invisible signs", "asked which counts")
def twice() -> Iterator[File]:
    heading = QUESTIONS["gezondheid"].headings[0]
    for (sample, name, write), other in zip(
        several("C07", 5),
        (heading, heading.upper(), f" {heading} ", heading.replace(" ", "  "), f"\ufeff{heading}"),
        strict=True,
    ):
        rows = [[*row, other if not at else "Goed"] for at, row in enumerate(sample.rows())]
        expected = sample.without("gezondheid")
        yield sample.file(write, rows, Outcome.ASKED, "telt voor de vraag", name=name, expected=expected)


@recipe("C08", "question as heading with line breaks, curly quotes, hard spaces, 400 signs", "matched")
def long_headings() -> Iterator[File]:
    changes: tuple[Callable[[str], str], ...] = (
        lambda text: text.replace(" ", "\u00a0"),
        lambda text: text.replace(" ", "\n", 2),
        lambda text: f"{text}:",
        lambda text: f"12. {text}",
        lambda text: f"{text.removesuffix('?')} ?",
    )
    for (sample, name, write), change in zip(several("C08", 5), changes, strict=True):
        rows = sample.rows()
        rows[0] = [change(str(text)) if place in range(5, 11) else text for place, text in enumerate(rows[0])]
        if name.endswith("csv"):
            rows[0] = [str(text).replace("\n", " ") for text in rows[0]]
        headings = [text for place, text in enumerate(sample.headings) if place not in range(5, 11)]
        yield sample.file(write, rows, name=name, headings=headings)
    for sample in samples("C08/lang", 1):
        yield sample.file(
            exports.workbook,
            [[*row, ("Een heel lange vraag " * 20) if not at else "a"] for at, row in enumerate(sample.rows())],
        )


@recipe("C09", "questions below each other, pupils beside each other", "refused with how to turn it")
def transposed() -> Iterator[File]:
    for sample, name, write in several("C09", 5):
        turned = [list(row) for row in zip(*[row[:11] for row in sample.rows()], strict=True)]
        yield refused(lambda write=write, rows=turned: write(rows), "onder elkaar", name)


@recipe("C10", "table of percentages", "recognised as figures, never read as pupils")
def figures() -> Iterator[File]:
    subjects = [
        "Voelt zich (heel) gezond",
        "Is gelukkig",
        "Rookt wekelijks",
        "Heeft stress door school",
        "Ontbijt elke dag",
    ]
    for number, (kind, write) in enumerate(
        [("xlsx", exports.workbook), ("csv", exports.text), ("ods", exports.open_document)]
    ):
        for heads in (["Onderwerp", "School", "Regio"], ["Onderwerp", "n", "School %"]):
            first: list[object] = ["120" if heads[1] == "n" else "81%", "74%", "8%", "45%", "66%"]
            rows: Rows = [
                list(heads),
                *(
                    [name, cell, f"{50 + at + number}%"]
                    for at, (name, cell) in enumerate(zip(subjects, first, strict=True))
                ),
            ]
            if heads[1] == "n":
                rows = [rows[0], *([row[0], "120", row[2]] for row in rows[1:])]

            def as_figures(seen: Seen) -> None:
                assert seen.figures == 1
                assert not seen.survey or not {one.target for one in seen.report.recognised} & set(QUESTIONS)

            yield File(
                lambda write=write, rows=rows: write(rows),
                Outcome.OK,
                name=f"export.{kind}",
                is_figures=True,
                check=as_figures,
                may_refuse=False,
                lines=None,
            )


TOTALS = ("Totaal", "Gemiddelde", "Eindtotaal", "Totaal aantal leerlingen", "TOTAL", "Subtotaal klas 2")


@recipe("C11", "total row at the bottom", "left out, told")
def totals() -> Iterator[File]:
    for (sample, name, write), word in zip(several("C11", 6), TOTALS, strict=True):
        rows = sample.rows()
        yield sample.file(
            write, [*rows, padded(rows, word, sample.count)], Outcome.TOLD, "totaal of gemiddelde: 1", name=name
        )
    for sample, name, write in several("C11/leeg", 2, size=40):
        rows = sample.rows(toekomst=[1 + at % 10 for at in range(40)], ontbijt=[at % 8 for at in range(40)])
        last = padded(rows)
        last[8], last[9] = 220, 140
        expected = sample.without("toekomst", "ontbijt")
        yield sample.file(write, [*rows, last], Outcome.TOLD, "totaal of gemiddelde: 1", name=name, expected=expected)


@recipe("C12", "subtotals per class", "left out, told")
def subtotals() -> Iterator[File]:
    for sample, name, write in several("C12", 5):
        rows = sample.rows()
        part = sample.count // 3
        whole = [*rows[: part + 1], padded(rows, "Subtotaal", part), *rows[part + 1 :], padded(rows, "Totaal", 9)]
        yield sample.file(write, whole, Outcome.TOLD, "totaal of gemiddelde: 2", name=name)


@recipe(
    "C13",
    "hidden rows; filter; hidden columns and sheets",
    "all rows read, told with the number; the page asks whether they count",
)
def hidden() -> Iterator[File]:
    for sample, numbers in zip(samples("C13", 3), ([3], [4, 5, 6, 7], [2, 9]), strict=True):
        yield sample.file(
            lambda rows, numbers=numbers: exports.workbook_with_hidden_rows({"Export": rows}, {"Export": numbers}),
            outcome=Outcome.TOLD,
            saying=f"Verborgen rijen.*: {len(numbers)}",
            check=lambda seen, numbers=numbers: _equal(seen.table.hidden_rows, tuple(numbers)),
        )
    for kind, write in (
        ("xls", exports.old_workbook),
        ("ods", exports.open_document),
        ("xlsb", exports.binary_workbook),
    ):
        sample = Sample(f"C13/{kind}")
        yield sample.file(
            lambda rows, write=write: write(rows, [3, 4]),
            outcome=Outcome.TOLD,
            saying="Verborgen rijen.*: 2",
            name=f"export.{kind}",
        )
    for sample in samples("C13/blad", 2):
        yield sample.file(
            lambda rows: exports.workbook_with_hidden_sheet(rows, [["Naam"], ["Kanariepiet"]]),
            outcome=Outcome.TOLD,
            saying="Verborgen werkbladen: 1",
        )


def _equal(one: object, other: object) -> None:
    assert one == other


@recipe("C14", "several sheets with pupils; pupils on sheet 3", "asked; found")
def sheets() -> Iterator[File]:
    for sample, (kind, write) in zip(samples("C14", 4), KINDS.items(), strict=False):
        other = Sample(f"C14/ander/{kind}").rows()
        yield File(
            lambda write=write, sample=sample, other=other: write({"2024": other, "2025": sample.rows()}),
            Outcome.ASKED,
            "meer werkbladen",
            name=f"export.{kind}",
        )
        yield sample.file(
            lambda rows, write=write, other=other: write({"2024": other, "2025": rows}),
            name=f"export.{kind}",
            pick="2025",
        )
        yield sample.file(
            lambda rows, write=write: write({"Uitleg": [["Lees dit eerst"]], "Leeg": [[""]], "Leerlingen": rows}),
            outcome=Outcome.TOLD,
            saying="andere werkbladen zijn niet gelezen",
            name=f"export.{kind}",
        )


@recipe("C15", "one sheet per class", "asked; the chosen sheets come below each other")
def classes() -> Iterator[File]:
    for sample, (kind, write) in zip(samples("C15", 4), KINDS.items(), strict=False):
        half = sample.count // 2
        rows = sample.rows()
        parts: Mapping[str, Rows] = {"2A": [rows[0], *rows[1 : half + 1]], "2B": [rows[0], *rows[half + 1 :]]}
        yield File(
            lambda write=write, parts=parts: write(parts), Outcome.ASKED, "meer werkbladen", name=f"export.{kind}"
        )
        yield sample.file(
            lambda _, write=write, parts=parts: write(parts),
            outcome=Outcome.TOLD,
            saying="staat eronder",
            name=f"export.{kind}",
            pick=("2A", "2B"),
            lines=None,
        )


@recipe("C16", "sheet with the meaning of the codes beside the pupils", "ignored, told")
def codebook_sheet() -> Iterator[File]:
    meaning = [["Vraag", "Code", "Antwoord"], *([f"v{number}", number, "Ja"] for number in range(1, 9))]
    for sample, (kind, write) in zip(samples("C16", 4), KINDS.items(), strict=False):
        for names in (("Data", "Codeboek"),):
            yield sample.file(
                lambda rows, write=write, names=names: write(dict(zip(names, (rows, meaning), strict=True))),
                outcome=Outcome.TOLD,
                saying="andere werkbladen zijn niet gelezen",
                name=f"export.{kind}",
            )


@recipe("C17", "empty rows between pupils, up to 5,000", "all read, told with the number")
def gaps() -> Iterator[File]:
    for (sample, name, write), gap in zip(several("C17", 6), (1, 2, 40, 5, 5_000, 5_000), strict=True):
        rows = sample.rows()
        whole = [*rows[:10], *blank(rows, gap), *rows[10:]]
        yield sample.file(write, whole, Outcome.TOLD, f"Lege rijen tussen de leerlingen: {gap}", name=name)


@recipe("C18", "empty columns inside", "read")
def empty_columns() -> Iterator[File]:
    for sample, name, write in several("C18", 5):
        rows = [[*row[:4], "", *row[4:8], "", *row[8:]] for row in sample.rows()]
        yield sample.file(write, rows, name=name)


@recipe("C19", "a remark far to the right", "left out, told")
def remark_beside() -> Iterator[File]:
    for sample, name, write in several("C19", 5):
        rows = [[*row, "", "", "klas 2b was ziek" if at == 5 else ""] for at, row in enumerate(sample.rows())]
        yield sample.file(write, rows, Outcome.TOLD, "geen kop", name=name, planted=("klas 2b was",))


@recipe("C20", "Excel table object with a total row", "total row left out")
def table_object() -> Iterator[File]:
    for sample in samples("C20", 3):
        rows = sample.rows()
        total = [*padded(rows, "Totaal")[:-1], sample.count]

        def write(rows: Rows) -> bytes:
            part = b'<table id="1" name="T" displayName="T" ref="A1:M9" totalsRowCount="1"/>'
            return exports.changed(exports.workbook(rows), add=[("xl/tables/table1.xml", part)])

        yield sample.file(write, [*rows, total], Outcome.TOLD, "totaal of gemiddelde: 1")


@recipe("C21", "pivot cache with raw rows, even deleted ones", "never read")
def pivot() -> Iterator[File]:
    for sample in samples("C21", 3):
        records = b"<pivotCacheRecords><r><s v='Kanariepiet geheim'/></r></pivotCacheRecords>"
        parts = [
            ("xl/pivotCache/pivotCacheRecords1.xml", records),
            ("xl/pivotCache/pivotCacheDefinition1.xml", records),
        ]
        yield sample.file(
            lambda rows, parts=parts: exports.changed(exports.workbook(rows), add=parts),
            planted=("Kanariepiet", "geheim"),
        )


STEM = "Bij wie kun je terecht als je ergens mee zit?"
OPTIONS = {
    "terecht_ouders": "Mijn ouder(s) of verzorger(s)",
    "terecht_hulpverlener": "Een hulpverlener",
    "terecht_niemand": "Niemand",
}


@recipe("C22", "several answers in one cell, or as columns", "both read the same")
def several_answers() -> Iterator[File]:
    for number, (sample, name, write) in enumerate(several("C22", 8, size=48)):
        ticked = [{at for at in range(3) if sample.chance.random() < 0.5} or {place % 3} for place in range(48)]
        expected = {
            **sample.expected,
            **{key: [1 if at in own else 2 for own in ticked] for at, key in enumerate(OPTIONS)},
        }
        words = list(OPTIONS.values())
        rows = sample.rows()
        if number % 2:
            more: Rows = [
                [f"{STEM} - {word}" for word in words],
                *(["Ja" if at in own else "Nee" for at in range(3)] for own in ticked),
            ]
            rows = [[*row, *cells] for row, cells in zip(rows, more, strict=True)]
        else:
            one = [STEM, *("".join(f"{words[at]};" for at in sorted(own)) for own in ticked)]
            rows = [[*row, cell] for row, cell in zip(rows, one, strict=True)]
            if name.endswith("csv"):
                continue
        yield sample.file(write, rows, name=name, expected=expected)


@recipe("C23", "one row per answer (pupil, question, answer)", "refused with which export to make")
def long_format() -> Iterator[File]:
    for sample, name, write in several("C23", 5):
        headings, *pupils = [row[5:11] for row in sample.rows()]
        rows: Rows = [["Leerling", "Vraag", "Antwoord"]]
        rows += [
            [at, heading, cell] for at, row in enumerate(pupils) for heading, cell in zip(headings, row, strict=True)
        ]
        yield refused(lambda write=write, rows=rows: write(rows), "rij per vraag", name)


@recipe("C24", "test rows (`test`, Survey Preview)", "left out, told")
def tests() -> Iterator[File]:
    for (sample, name, write), word in zip(
        several("C24", 5), ("test", "TEST 2", "Testleerling", "Preview", "testrij"), strict=True
    ):
        rows = sample.rows()
        tried = [word, *rows[3][1:]]
        yield sample.file(write, [*rows[:4], tried, *rows[4:]], Outcome.TOLD, "Testrijen: 1", name=name)
    for sample in samples("C24/qualtrics", 3):
        rows = qualtrics(sample, status=["Survey Preview", "Survey Preview"])
        expected = {key: codes[2:] for key, codes in sample.expected.items()}
        yield sample.file(exports.workbook, rows, Outcome.TOLD, "Testrijen: 2", expected=expected, headings=())


@recipe("C25", "pupils who stopped halfway (Finished = 0)", "asked with the number; until then kept per question")
def unfinished() -> Iterator[File]:
    for number, sample in enumerate(samples("C25", 4)):
        rows = qualtrics(sample, finished=[("False", "0", "FALSE", "Onwaar")[number]] * (number + 2))
        yield sample.file(exports.workbook, rows, Outcome.ASKED, "stopten halverwege", headings=())
        told = {question_id(Doubt.ROWS, "", UNFINISHED): "weglaten"}
        expected = {name: codes[number + 2 :] for name, codes in sample.expected.items()}
        yield sample.file(exports.workbook, rows, told=told, expected=expected, headings=())


def doubled(sample: Sample, count: int) -> dict[str, list[Any]]:
    """Give the right answers where the first so many pupils are in it twice, below the others."""
    return {name: [*codes, *codes[:count]] for name, codes in sample.expected.items()}


@recipe("C26", "the same pupil twice (same id, or the same row)", "told; asked above 2%")
def doubles() -> Iterator[File]:
    for (sample, name, write), count in zip(several("C26", 4, size=120), (1, 2, 5, 20), strict=True):
        rows = [["Respondentnummer" if not at else 4000 + at, *row] for at, row in enumerate(sample.rows())]
        outcome = Outcome.ASKED if count > 2 else Outcome.TOLD
        yield sample.file(
            write, [*rows, *rows[1 : count + 1]], outcome, "vaker in", name=name, expected=doubled(sample, count)
        )
        told = {question_id(Doubt.ROWS, "", DOUBLE): "weglaten"}
        yield sample.file(write, [*rows, *rows[1 : count + 1]], name=name, told=told)
    for (sample, name, write), count in zip(several("C26/rij", 3, size=120), (1, 6, 30), strict=True):
        rows = sample.rows()
        outcome = Outcome.ASKED if count > 2 else Outcome.TOLD
        yield sample.file(
            write, [*rows, *rows[1 : count + 1]], outcome, "vaker in", name=name, expected=doubled(sample, count)
        )
