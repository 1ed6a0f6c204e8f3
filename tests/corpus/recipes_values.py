"""D. Values: codes and words, spaces and signs, numbers and dates, levels and classes."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from tests.builders import question as small_question
from tests.corpus.judging import Seen
from tests.corpus.recipes import QUESTIONS, File, Outcome, Sample, recipe, samples, without_files
from tests.corpus.recipes_attack import rows_xml, with_rows
from tests.corpus.recipes_shape import Rows, several
from tests.intake import exports
from wellbeing.model.imports import Doubt, question_id
from wellbeing.reference.meaning import read_answers

CLOSED = ("gezondheid", "geluk", "roken")
Change = Callable[[str], str]


def words(sample: Sample, change: Callable[[str, int | None], object], names: Sequence[str] = CLOSED) -> dict[str, Any]:
    """Give the cells of some questions, each answer written by its words and its code."""
    return {
        name: ["" if code is None else change(sample.label(name, code), code) for code in sample.expected[name]]
        for name in names
    }


def changed(item: str, changes: Sequence[Change], outcome: Outcome = Outcome.OK, saying: str = "") -> Iterator[File]:
    """Give files in which the answers are written otherwise but mean the same."""
    for (sample, name, write), change in zip(several(item, len(changes)), changes, strict=True):
        rows = sample.rows(**words(sample, lambda text, _, change=change: change(text)))
        yield sample.file(write, rows, outcome, saying, name=name)


@recipe("D01", "codes with a codebook; codes without", "read; named as unknown, to be linked by hand")
def codes() -> Iterator[File]:
    for sample, name, write in several("D01", 5):
        rows = sample.rows(**words(sample, lambda _, code: code, (*CLOSED, "wiet")))
        yield sample.file(write, rows, name=name)
    for sample, name, write in several("D01/onbekend", 3, size=40):
        rows = [["Q17" if not at else 1 + at % 4, *row] for at, row in enumerate(sample.rows())]
        yield sample.file(write, rows, Outcome.TOLD, "onbekend: Q17", name=name)
    for sample, name, write in several("D01/limesurvey", 4, size=40):
        rows = [[*own, *row] for own, row in zip(limesurvey(sample.count), limesurvey_codes(sample), strict=True)]
        left: dict[str, Any] = {asked: [None] * sample.count for asked in ("gezondheid", "wiet")}
        expected = {**sample.expected, **left}
        yield sample.file(write, rows, Outcome.TOLD, "Volledige antwoorden", name=name, expected=expected)


def limesurvey(count: int) -> Iterator[list[object]]:
    """Give the columns that LimeSurvey adds, with their headings."""
    yield ["Response ID", "Date submitted", "Last page", "Start language", "Seed"]
    yield from ([at + 1, f"2025-10-{1 + at % 28:02} 10:00:00", 4, "nl", 1000 + 37 * at] for at in range(count))


def limesurvey_codes(sample: Sample) -> Rows:
    """Give pupils of whom two questions have LimeSurvey's own codes."""
    answers = {"gezondheid": lambda code: f"A{code}", "wiet": lambda code: "YN"[code - 1]}
    return sample.rows(
        **{
            name: ["" if code is None else write(code) for code in sample.expected[name]]
            for name, write in answers.items()
        }
    )


@recipe("D02", "labels; half labels and half codes", "read; asked what the codes mean")
def half() -> Iterator[File]:
    for sample, name, write in several("D02", 3):
        yield sample.file(write, name=name)
    for sample, name, write in several("D02/half", 4, size=50):
        mixed = words(sample, lambda text, code: text if code == 1 else code, ("gezondheid",))
        yield sample.file(write, sample.rows(**mixed), Outcome.ASKED, "woorden en cijfers", name=name)


@recipe("D03", '"1 = ja", "1. Ja", "Ja (1)"', "read")
def both() -> Iterator[File]:
    forms = (
        "{code} = {text}",
        "{code}. {text}",
        "{text} ({code})",
        "{code}: {text}",
        "{code}) {text}",
        "{code} {text}",
    )
    for (sample, name, write), form in zip(several("D03", 6), forms, strict=True):
        cells = words(sample, lambda text, code, form=form: form.format(code=code, text=text))
        yield sample.file(write, sample.rows(**cells), name=name)


@recipe("D04", "missing codes 8, 9, 88, 99, 999, -1, -9, -99", "missing only where the codebook says so, else asked")
def missing_codes() -> Iterator[File]:
    for (sample, name, write), code in zip(several("D04", 8, 60), (8, 9, 88, 99, 999, -1, -9, -99), strict=True):
        cells = words(sample, lambda _, own: own, ("gezondheid",))
        cells["gezondheid"][:6] = [code] * 6
        expected = {**sample.expected, "gezondheid": [*[None] * 6, *sample.expected["gezondheid"][6:]]}
        saying = f"Wat betekent '{code}'"
        yield sample.file(write, sample.rows(**cells), Outcome.ASKED, saying, name=name, expected=expected)


@recipe("D05", "9 as a mark beside 9 = missing elsewhere", "per question right")
def nine() -> Iterator[File]:
    for sample, name, write in several("D05", 4, 60):
        cells = words(sample, lambda _, own: own, ("gezondheid",))
        cells["gezondheid"][:6] = [9] * 6
        marks = [9] * sample.count
        expected = {
            **sample.expected,
            "gezondheid": [*[None] * 6, *sample.expected["gezondheid"][6:]],
            "toekomst": marks,
        }
        yield sample.file(
            write, sample.rows(toekomst=marks, **cells), Outcome.ASKED, "'9'", name=name, expected=expected
        )


@recipe("D06", '"Onbekend", "Weet ik niet", "n.v.t.", "-", ".", "?"', "asked: missing is not the same as not knowing")
def not_known() -> Iterator[File]:
    texts = ("Onbekend", "Weet ik niet", "Wil ik niet zeggen", "n.v.t.", "-", ".", "?")
    for (sample, name, write), text in zip(several("D06", 7, 60), texts, strict=True):
        cells = [text] * 7 + sample.usual("gezondheid")[7:]
        expected = {**sample.expected, "gezondheid": [*[None] * 7, *sample.expected["gezondheid"][7:]]}
        yield sample.file(
            write, sample.rows(gezondheid=cells), Outcome.ASKED, "Wat betekent", name=name, expected=expected
        )


@recipe("D07", '"NA", "None", "nan", "null", "n/a" as answers or names', "kept as text, never silently empty")
def nothing_words() -> Iterator[File]:
    for (sample, name, write), text in zip(
        several("D07", 6, 40), ("NA", "None", "nan", "null", "n/a", "N/A"), strict=True
    ):
        rows = sample.rows(school=[text] * sample.count)
        extra = [[*row, "Stelling" if not at else (text if at % 2 else "Eens")] for at, row in enumerate(rows)]
        expected = {**sample.expected, "school": [text] * sample.count}

        def kept(seen: Seen, text: str = text) -> None:
            assert seen.column("Stelling").count(text) == 20

        yield sample.file(write, extra, name=name, expected=expected, check=kept)


@recipe("D08", "numbers stored as text", "read, told")
def numbers_as_text() -> Iterator[File]:
    for (sample, name, write), number in zip(several("D08", 4), range(4), strict=True):
        cells = {key: [str(cell) for cell in sample.usual(key)] for key in ("toekomst", "ontbijt")}
        if number % 2:
            cells["toekomst"] = [f"{cell}" if at % 2 else cell for at, cell in enumerate(sample.usual("toekomst"))]  # type: ignore[misc]
        yield sample.file(write, sample.rows(**cells), Outcome.TOLD, "als tekst", name=name)


INVISIBLE: tuple[Change, ...] = (
    lambda text: f" {text}",
    lambda text: f"{text}  ",
    lambda text: text.replace(" ", "\u00a0") + "\u00a0",
    lambda text: f"\u200b{text}",
    lambda text: text[:2] + "\u00ad" + text[2:],
    lambda text: f"\ufeff{text}",
    lambda text: f"{text}\u202f",
)


@recipe("D09", "spaces around and inside, hard, zero-width, soft hyphens", "trimmed, told")
def spaces() -> Iterator[File]:
    yield from changed("D09", INVISIBLE, Outcome.TOLD, "spaties of onzichtbare tekens")
    yield from changed("D09/dubbel", (lambda text: text.replace(" ", "  "), str.upper, str.lower))


@recipe("D10", "mixed types in one column", "asked, with the number of odd values")
def mixed() -> Iterator[File]:
    for (sample, name, write), odd in zip(several("D10", 4, 60), ("vaak", "12-3", "4.5", "ja"), strict=True):
        cells = [odd] * 5 + sample.usual("toekomst")[5:]
        expected = {**sample.expected, "toekomst": [*[None] * 5, *sample.expected["toekomst"][5:]]}

        def counted(seen: Seen) -> None:
            assert 5 in {problem.rows for problem in seen.report.problems}

        yield sample.file(
            write, sample.rows(toekomst=cells), Outcome.ASKED, "", name=name, expected=expected, check=counted
        )


def weighted(sample: Sample, cells: Sequence[object]) -> list[list[object]]:
    """Give the pupils with weights; the heading is linked by hand."""
    return [[*row, "Wegen" if not at else cells[at - 1]] for at, row in enumerate(sample.rows())]


LINKED = {"Wegen": "role:gewicht"}
NUMBERS: tuple[tuple[str, float], ...] = (
    ("12,5", 12.5),
    ("12.5", 12.5),
    ("1.234,5", 1234.5),
    ("1,234.5", 1234.5),
    ("12,5%", 0.125),
    ("0,125", 0.125),
    ("0.98765", 0.98765),
)


def repeated(sample: Sample, *texts: object) -> list[object]:
    """Give these cells over and over, so that the column is a closed one."""
    return [texts[at % len(texts)] for at in range(sample.count)]


@recipe("D11", '"12,5", "1.234,5", "12,5%", "1,234"', "right; asked where a sign can mean two things")
def numbers() -> Iterator[File]:
    for sample, (text, value) in zip(samples("D11", 7, 40), NUMBERS, strict=True):
        rows = weighted(sample, repeated(sample, text, "1"))
        expected = {**sample.expected, "gewicht": repeated(sample, value, 1.0)}
        yield sample.file(exports.workbook, rows, expected=expected, told=LINKED)
    for sample, text in zip(samples("D11/duizend", 2, 40), ("1,234", "2.500"), strict=True):
        rows = weighted(sample, repeated(sample, text, "1"))
        yield sample.file(exports.workbook, rows, Outcome.ASKED, f"Hoeveel is '{text}'", told=LINKED)
        whole = float(text.replace(",", "").replace(".", ""))
        replied = {**LINKED, "waarde|Wegen|decimaal": "duizend"}
        expected = {**sample.expected, "gewicht": repeated(sample, whole, 1.0)}
        yield sample.file(exports.workbook, rows, told=replied, expected=expected)


def dated(sample: Sample, cell: Callable[[int], object]) -> list[list[object]]:
    """Give pupils without a school year, and with when they filled it in."""
    return [[*row[:1], *row[2:], "Ingevuld op" if not at else cell(at)] for at, row in enumerate(sample.rows())]


def _workbook_1904(rows: Sequence[Sequence[object]]) -> bytes:
    data = exports.workbook(rows)
    book = exports.part(data, "xl/workbook.xml").replace(b"<workbookPr ", b'<workbookPr date1904="1" ')
    sheet = exports.part(data, exports.SHEET).decode()
    for serial in range(45_900, 46_000):
        sheet = sheet.replace(f"<v>{serial}</v>", f"<v>{serial - 1462}</v>")
    return exports.changed(data, replace={"xl/workbook.xml": book, exports.SHEET: sheet.encode()})


@recipe("D12", "dates as serial, in the 1904 system, dd-mm-yyyy, mm/dd, text, 29-02-1900", "right, only the month kept")
def dates() -> Iterator[File]:
    start = dt.date(2025, 10, 1)
    forms: Mapping[str, tuple[Callable[[Any], bytes], Callable[[int], object]]] = {
        "workbook": (exports.workbook, lambda at: start + dt.timedelta(days=at % 28)),
        "1904": (_workbook_1904, lambda at: start + dt.timedelta(days=at % 28)),
        "iso": (exports.text, lambda at: f"2025-10-{1 + at % 28:02} 10:00:00"),
        "dutch": (exports.text, lambda at: f"{1 + at % 28:02}-10-2025"),
        "american": (exports.text, lambda at: f"10/{1 + at % 28:02}/2025"),
        "serial in text": (exports.text, lambda at: 45_931 + at % 28),
        "serial with a time": (exports.text, lambda at: f"{45_931 + at % 28},4375"),
        "serial in a workbook": (exports.workbook, lambda at: 45_931 + at % 28),
        "one date that never was": (exports.text, lambda at: "29-02-1900" if at == 1 else f"{1 + at % 28:02}-10-2025"),
    }
    for sample, (name, (write, cell)) in zip(samples("D12", len(forms), 56), forms.items(), strict=True):
        years = [None if name.startswith("one") and at == 0 else "2025-2026" for at in range(sample.count)]
        yield sample.file(
            write,
            dated(sample, cell),
            Outcome.TOLD,
            "alleen de maand",
            name="export.csv" if write is exports.text else "export.xlsx",
            expected={**sample.expected, "jaar": years},
            headings=(),
        )


@recipe("D13", '"1-2" that Excel made a date of; "2/4" as a class', "put back and told, or asked")
def excel_dates() -> Iterator[File]:
    hours = QUESTIONS["ziek"]
    for sample in samples("D13", 3, 40):
        cells = [("Geen", dt.date(2026, 2, 1))[at % 2] for at in range(40)]
        rows = [[*row, hours.headings[0] if not at else cells[at - 1]] for at, row in enumerate(sample.rows())]
        yield sample.file(exports.workbook, rows, Outcome.ASKED, "Excel maakte hier een datum van|datum")
    for sample, text in zip(samples("D13/klas", 3, 40), ("2/4", "2-apr", "MRT1"), strict=True):
        cells = [text] * 6 + sample.usual("leerjaar")[6:]
        expected = {**sample.expected, "leerjaar": [*[None] * 6, *sample.expected["leerjaar"][6:]]}
        yield sample.file(
            exports.text,
            sample.rows(leerjaar=cells),
            Outcome.ASKED,
            "Wat betekent|datum",
            name="export.csv",
            expected=expected,
        )
    made = read_answers({"2026-04-02": 7, "2-apr": 3}, small_question("uren", "1=Geen|2=2-4|3=5-8"))
    assert made.keys["2026-04-02"] == made.keys["2-apr"] == 2


LEVELS = {
    "vmbo-b/k": "vmbo-bk",
    "VMBO BK": "vmbo-bk",
    "basis-kader": "vmbo-bk",
    "vmbo (g)t": "vmbo-gt",
    "mavo": "vmbo-gt",
    "tl": "vmbo-gt",
    "havo/vwo brugklas": "gemengd",
    "gymnasium": "vwo",
    "praktijkonderwijs": "praktijkonderwijs",
    "pro": "praktijkonderwijs",
    "vso": "vso",
}


@recipe("D14", "spellings of the level", "one list; the unknown asked; mixed classes apart")
def levels() -> Iterator[File]:
    for (sample, name, write), (text, key) in zip(several("D14", len(LEVELS), 30), LEVELS.items(), strict=True):
        rows = sample.rows(niveau=[text] * 30)
        yield sample.file(write, rows, name=name, expected={**sample.expected, "niveau": [key] * 30})
    for (sample, name, write), text in zip(several("D14/onbekend", 3, 30), ("onb", "Q", "stroom 3"), strict=True):
        rows = sample.rows(niveau=[text] * 30)
        yield sample.file(
            write, rows, Outcome.ASKED, "Wat betekent", name=name, expected={**sample.expected, "niveau": [None] * 30}
        )


@recipe("D15", '2, "2e", "klas 2", "2B", "H2c", "leerjaar twee"', "2; the letter of the class goes")
def classes() -> Iterator[File]:
    forms = ("2e", "klas 2", "2B", "H2c", "leerjaar twee", "2 havo", "Leerjaar 2")
    for (sample, name, write), text in zip(several("D15", 7, 30), forms, strict=True):
        rows = sample.rows(leerjaar=[text] * 30)
        planted = (text,) if text in {"2B", "H2c"} else ()
        yield sample.file(write, rows, name=name, planted=planted, expected={**sample.expected, "leerjaar": ["2"] * 30})


@recipe("D16", "jongen/meisje/anders, m/v/x, man/vrouw", "right")
def genders() -> Iterator[File]:
    forms = (
        ("Jongen", "Meisje"),
        ("jongen", "meisje"),
        ("M", "V"),
        ("man", "vrouw"),
        ("een jongen", "een meisje"),
        ("j", "m"),
    )
    for (sample, name, write), (boy, girl) in zip(several("D16", 6), forms, strict=True):
        cells = [boy if key == "jongen" else girl for key in sample.expected["geslacht"]]
        yield sample.file(write, sample.rows(geslacht=cells), name=name)
    for sample, name, write in several("D16/anders", 3, 40):
        cells = ["Wil ik niet zeggen", "Anders", *sample.usual("geslacht")[2:]]
        expected = {**sample.expected, "geslacht": [None, "anders", *sample.expected["geslacht"][2:]]}
        yield sample.file(write, sample.rows(geslacht=cells), name=name, expected=expected)


@recipe("D17", "out of range: 99, -5, 1E308, NaN, inf", "missing, told")
def out_of_range() -> Iterator[File]:
    for (sample, name, write), odd in zip(several("D17", 6), (99, -5, 1e308, "NaN", "inf", 11), strict=True):
        cells = [odd, odd, *sample.usual("toekomst")[2:]]
        expected = {**sample.expected, "toekomst": [None, None, *sample.expected["toekomst"][2:]]}
        yield sample.file(
            write,
            sample.rows(toekomst=cells),
            Outcome.TOLD,
            "hoort niet bij de antwoorden",
            name=name,
            expected=expected,
        )


@recipe("D18", "WAAR/ONWAAR, TRUE/FALSE, 0/1, ja/nee, x/empty", 'right; "empty = no" only after asking')
def booleans() -> Iterator[File]:
    pairs: tuple[tuple[object, object], ...] = (
        (True, False),
        ("TRUE", "FALSE"),
        (1, 0),
        ("ja", "nee"),
        ("WAAR", "ONWAAR"),
        ("yes", "no"),
    )
    for (sample, name, write), (yes, no) in zip(several("D18", 6), pairs, strict=True):
        cells = ["" if code is None else (yes if code == 1 else no) for code in sample.expected["wiet"]]
        yield sample.file(write, sample.rows(wiet=cells), name=name)
    for sample, name, write in several("D18/leeg", 2, 40):
        cells = ["x" if code == 1 else "" for code in sample.expected["wiet"]]
        yield sample.file(
            write, sample.rows(wiet=cells), Outcome.ASKED, "lege cel", name=name, expected=sample.without("wiet")
        )
        told = {f"leeg|{QUESTIONS['wiet'].headings[0]}|": "nee"}
        expected = {**sample.expected, "wiet": [1 if code == 1 else 2 for code in sample.expected["wiet"]]}
        yield sample.file(write, sample.rows(wiet=cells), told=told, name=name, expected=expected)


ORDER = question_id(Doubt.ORDER, "Wat vind je van je eigen gezondheid?")
HEALTHY = [1 if at % 9 else 2 for at in range(60)]  # heel goed, goed


@recipe(
    "D19",
    "reversed scale (1 = bad where the codebook has 1 = good)",
    "the labels of the file decide; bare codes that fit other pupils the other way round wait for the user",
)
def reversed_scale() -> Iterator[File]:
    turned = [6 - code for code in HEALTHY]
    for sample, name, write in several("D19", 3, 60):
        left = sample.without("gezondheid")
        rows = sample.rows(gezondheid=turned)
        yield sample.file(write, rows, Outcome.ASKED, "Omgekeerd gelezen passen ze goed", name=name, expected=left)
    for sample, name, write in several("D19/antwoord", 4, 60):
        for reply, codes in (("omgekeerd", HEALTHY), ("codeboek", turned)):
            expected = {**sample.expected, "gezondheid": codes}
            yield sample.file(write, sample.rows(gezondheid=turned), name=name, told={ORDER: reply}, expected=expected)
    for sample, name, write in several("D19/weg", 2, 60):
        left, told = sample.without("gezondheid"), {ORDER: "onbekend"}
        rows = sample.rows(gezondheid=turned)
        yield sample.file(write, rows, Outcome.TOLD, "niet bekend wat", name=name, told=told, expected=left)
    for sample, name, write in several("D19/goed", 4, 60):
        expected = {**sample.expected, "gezondheid": HEALTHY}
        rows = sample.rows(gezondheid=HEALTHY)
        yield sample.file(
            write, rows, Outcome.TOLD, "gelezen zoals de vragenlijst ze telt", name=name, expected=expected
        )
    yield from _linked_scales()
    yield from _labelled_scales(turned)


def _linked_scales() -> Iterator[File]:
    """Codes in a column that the user linked: what they mean is asked once for all columns with the same answers."""
    columns = {"Stress van school": "stress_school", "Stress van thuis": "stress_thuis"}
    for sample, name, write in several("D19/hand", 3, 60):
        codes = {target: sample.draw([1, 2, 3, 4, 5]) for target in columns.values()}
        rows = [
            [*row, *(list(columns) if not at else [codes[target][at - 1] for target in columns.values()])]
            for at, row in enumerate(sample.rows())
        ]
        more: dict[str, Any] = {"name": name, "headings": [*sample.headings, *columns]}
        yield sample.file(
            write, rows, Outcome.ASKED, "U koppelde", told=columns, expected={**sample.expected, **codes}, **more
        )
        reply = {question_id(Doubt.ORDER, "", "1 = Nooit, 5 = Heel vaak"): "omgekeerd"}
        other = {target: [6 - code for code in cells] for target, cells in codes.items()}
        yield sample.file(
            write,
            rows,
            Outcome.TOLD,
            "omgekeerd gelezen, zoals u zei",
            told=columns | reply,
            expected={**sample.expected, **other},
            **more,
        )


def _labelled_scales(turned: Sequence[int]) -> Iterator[File]:
    """Where the file has the words, these decide: a school that is far off is asked nothing."""
    for sample, name, write in several("D19/woorden", 2, 60):
        cells = [sample.label("gezondheid", code) for code in turned]

        def asks_nothing(seen: Seen) -> None:
            assert not [question for question in seen.report.questions if question.doubt is Doubt.ORDER]

        expected = {**sample.expected, "gezondheid": turned}
        yield sample.file(write, sample.rows(gezondheid=cells), name=name, expected=expected, check=asks_nothing)


@recipe("D20", "one answer for all rows; all missing", "read")
def the_same() -> Iterator[File]:
    for (sample, name, write), code in zip(several("D20", 4), (1, 5, None, 3), strict=True):
        cells = [sample.label("gezondheid", code)] * sample.count
        yield sample.file(
            write,
            sample.rows(gezondheid=cells),
            name=name,
            expected={**sample.expected, "gezondheid": [code] * sample.count},
        )


@recipe(
    "D21",
    "weights: comma decimals, zero, negative, empty",
    "read and offered, off unless chosen; negative stops the import",
)
def weights() -> Iterator[File]:
    for sample, (one, value) in zip(samples("D21", 3, 40), (("0,85", 0.85), ("0", 0.0), ("", None)), strict=True):
        rows = weighted(sample, repeated(sample, one, "1,2"))
        expected = {**sample.expected, "gewicht": repeated(sample, value, 1.2)}
        yield sample.file(exports.text, rows, told=LINKED, expected=expected, name="export.csv")
    for sample, one in zip(samples("D21/min", 2, 40), ("-1,5", "-0,1"), strict=True):
        rows = weighted(sample, repeated(sample, one, "1,2"))
        yield sample.file(exports.text, rows, Outcome.ASKED, "kleiner dan nul", told=LINKED, name="export.csv")


@recipe(
    "D22",
    "emoji, right-to-left, accents composed or not, a Cyrillic letter",
    "one form; what looks alike but is not is asked",
)
def alphabets() -> Iterator[File]:
    for (sample, name, write), form in zip(several("D22", 4), ("NFC", "NFD", "NFKC", "NFD"), strict=True):
        school = unicodedata.normalize(form, "Reünie Lycée")  # type: ignore[arg-type]
        rows = sample.rows(school=[school] * sample.count)
        yield sample.file(
            write, rows, name=name, expected={**sample.expected, "school": ["Reünie Lycée"] * sample.count}
        )
    for (sample, name, write), text in zip(
        several("D22/anders", 3, 40), ("Gоed", "😀", "\u05d8\u05d5\u05d1"), strict=True
    ):
        cells = [text] * 6 + sample.usual("gezondheid")[6:]
        expected = {**sample.expected, "gezondheid": [*[None] * 6, *sample.expected["gezondheid"][6:]]}
        yield sample.file(
            write, sample.rows(gezondheid=cells), Outcome.ASKED, "Wat betekent", name=name, expected=expected
        )


@recipe("D23", "NUL and control signs, half signs, a cell of 32,767 signs", "cleaned, told; long text left out")
def control() -> Iterator[File]:
    for sample, sign in zip(samples("D23", 3), ("\x01", "\x1f", "\x7f"), strict=True):
        rows = sample.rows(**words(sample, lambda text, _, sign=sign: text[:1] + sign + text[1:]))
        write = exports.old_workbook
        yield sample.file(write, rows, Outcome.TOLD, "onzichtbare tekens", name="export.xls")
    for sample in samples("D23/lang", 2):
        rows = [[*row, "Toelichting" if not at else "kanarie " * 4_000] for at, row in enumerate(sample.rows())]
        yield sample.file(exports.workbook, rows, Outcome.TOLD, "Toelichting: open antwoord")


SIGNS = ("=1+1", "+31", "-x", "@som", "\ttab")


@recipe("D24", "cell that starts with = + - @ or a tab", "plain text in; never a formula out")
def formulas() -> Iterator[File]:
    for (sample, name, write), text in zip(several("D24", 5, 40), SIGNS, strict=True):
        cells = [text] * 6 + sample.usual("gezondheid")[6:]
        writer = _as_text if name.endswith("xlsx") else write
        expected = {**sample.expected, "gezondheid": [*[None] * 6, *sample.expected["gezondheid"][6:]]}
        yield sample.file(
            writer, sample.rows(gezondheid=cells), Outcome.ASKED, "Wat betekent", name=name, expected=expected
        )


def _as_text(rows: Sequence[Sequence[object]]) -> bytes:
    return with_rows(rows_xml(rows))


MARKUP = ("<script>alert(1)</script>", "[x](javascript:alert(1))", "$latex$", ":red[x]", "{{7*7}}", "' OR 1=1 --")


@recipe("D25", "`<script>`, links, LaTeX, `:red[x]`, `{{7*7}}`, SQL", "literally kept; shown as text")
def markup() -> Iterator[File]:
    for (sample, name, write), text in zip(several("D25", 6), MARKUP, strict=True):
        rows = sample.rows(school=[text] * sample.count)
        yield sample.file(write, rows, name=name, expected={**sample.expected, "school": [text] * sample.count})
    for (sample, name, write), text in zip(several("D25/kop", 6), MARKUP, strict=True):
        rows = [[*row, text if not at else at % 3] for at, row in enumerate(sample.rows())]
        yield sample.file(write, rows, Outcome.TOLD, "onbekend: ", name=name)


without_files(
    "D26",
    "percentages that add up to 99 or 101",
    "shown as they are",
    shown_by="`tests/stages/test_distribute.py::test_what_is_shown_keeps_the_rules`",
)


def _rich(rows: Sequence[Sequence[object]]) -> bytes:
    data = exports.workbook(rows)
    strings = exports.part(data, "xl/sharedStrings.xml").decode()
    strings = strings.replace(
        "<t>Heel goed</t>", "<r><rPr><b/></rPr><t>Heel </t></r><r><t>goed</t></r><rPh sb='0' eb='1'><t>hoi</t></rPh>"
    )
    strings = strings.replace("<t>Heel gelukkig</t>", "<r><t xml:space='preserve'>Heel </t></r><r><t>gelukkig</t></r>")
    strings = strings.replace("<t>Heel </t>", "<t xml:space='preserve'>Heel </t>")
    notes = (
        b"<comments><commentList><comment ref='A2'><text><t>Kanariepiet</t></text></comment></commentList></comments>"
    )
    return exports.changed(data, replace={"xl/sharedStrings.xml": strings.encode()}, add=[("xl/comments1.xml", notes)])


@recipe("D27", "rich text, phonetic text, hyperlinks, comments", "text only; comments never read")
def rich() -> Iterator[File]:
    for sample in samples("D27", 3):
        yield sample.file(_rich, planted=("Kanariepiet", "hoi"))
