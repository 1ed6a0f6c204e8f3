"""Write the demo: exports of a fictitious region, exactly the same on every run.

Run from the root of the project: ``python data/demo/make_demo.py``. The schools stand in
``scholen.csv``, how pupils answer in ``antwoordpatronen.csv``, the questions in the example codebook.
What is hidden inside on purpose stands in ``README.md``.
"""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import NormalDist

import numpy as np
import numpy.typing as npt
import xlsxwriter

Cell = str | int
Row = list[Cell]
Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

HERE = Path(__file__).parent
QUESTIONS = HERE.parent / "codebooks" / "glce-voorbeeld" / "questions.csv"
YEARS = ("2024-2025", "2025-2026")
THIS_YEAR = YEARS[-1]
SCHOOL_FILES = {
    "Het Baken": "het-baken",
    "De Werf": "de-werf",
    "De Kleine Kreek": "de-kleine-kreek",
    "Zilverduin College": "zilverduin-college",
    "Duinrand Lyceum": "duinrand-lyceum",
}
TOTAL_ROW_IN = "Zilverduin College"

SEED = 20251123
SCHOOL_SPREAD = 0.10  # how much schools differ by themselves, on the scale of the answer tendency
FACTORS_TOGETHER = 0.3  # correlation between complaints and risk behaviour
EVEN_SCHOOLS = ("Het Baken", "De Werf")  # their answers follow the pattern exactly: what they show is planned
LEVEL_PLACE = {"praktijkonderwijs": -1.5, "vmbo-bk": -1.0, "vmbo-gt": 0.0, "havo": 0.6, "gemengd": 0.9, "vwo": 1.2}
LEERJAREN = {"praktijkonderwijs": (1, 3), "vmbo-bk": (1, 3), "vmbo-gt": (1, 3)}  # the others: 2 and 4

# How Het Baken differs from other schools, towards later (+) or earlier (-) answers; half of it a year before.
BAKEN_EFFECTS = {
    "stress_school": 0.42,
    "stress_moeten": 0.41,
    "druk_school": 0.44,
    "veilig": 0.50,
    "terecht_school": -0.42,
    "sport": 0.28,
    "media_slaap": 0.28,
}
LEVEL_WORDS = {
    "praktijkonderwijs": ("Praktijkonderwijs", "PrO"),
    "vmbo-bk": ("Vmbo-bk", "VMBO BB/KB", "vmbo basis/kader", "Vmbo-b/k"),
    "vmbo-gt": ("VMBO GL/TL", "Vmbo-gt", "mavo", "vmbo-tl"),
    "havo": ("havo", "Havo", "Havo ", "HAVO"),
    "vwo": ("Vwo", "VWO", "Gymnasium", "Atheneum"),
    "gemengd": ("havo/vwo",),
}
GENDERS = ("Jongen", "Meisje", "Anders")
GENDER_SIDE = np.array([-0.5, 0.5, 0.2])
DIRTY_LIKE_AN_ANSWER = ("{}\u00a0", " {}", "{}  ")  # means the same: only spaces differ
DIRTY_UNREADABLE = ("weet niet", "?", "n.v.t.")
PERSONAL = ("Naam leerling", "Geboortedatum", "BSN", "E-mail")
PUPIL = ("School", "Schooljaar", "Schoolniveau", "Leerjaar", "Ik ben een")
UNKNOWN_QUESTION = "Op welk moment van de dag vulde je dit in?"
MOMENTS = ("Ochtend", "Middag")
OPEN_QUESTION = "Wil je nog iets kwijt?"
REMARKS = (
    "Nee",
    "nee hoor",
    "De kantine mag wel wat langer open",
    "Ik vond het best veel vragen",
    "Bel mij maar op 06-00000000",
    "Groetjes van Noa uit 3b",
    "Kunnen we later beginnen met school?",
)
FIRST_NAMES = ("Aagje", "Bram", "Cato", "Daan", "Emre", "Fenna", "Guus", "Hind", "Ilse", "Jip", "Kees", "Lot", "Mees")
LAST_NAMES = ("Zandloper", "Helmduin", "Wierstra", "Schelpema", "Kustman", "Vloedgraaf", "Garnaalstra", "Stormvoet")


@dataclass(frozen=True)
class Question:
    """One question as the export shows it, and how answers to it come about.

    ``cuts`` are the limits between the answers on the scale of the answer tendency (standard
    normal); the loadings say how that tendency goes with a pupil's complaints, risk behaviour,
    gender, bouw and level.
    """

    id: str
    heading: str
    labels: tuple[Cell, ...]
    cuts: Floats
    complaints: float
    risk: float
    girl: float
    upper: float
    level: float


@dataclass(frozen=True)
class Pupils:
    """All pupils of one year, one entry per pupil; ``school`` and ``gender`` are positions in their lists."""

    schools: tuple[str, ...]
    school: Ints
    level: npt.NDArray[np.str_]
    leerjaar: Ints
    upper: npt.NDArray[np.bool_]
    gender: Ints

    def of(self, school: str) -> npt.NDArray[np.bool_]:
        """Tell which pupils go to this school."""
        return np.equal(self.school, self.schools.index(school))


def main() -> None:
    """Write all workbooks beside this script."""
    for name, (header, rows) in build().items():
        write(HERE / name, header, rows)


def build() -> dict[str, tuple[Row, list[Row]]]:
    """Give per file its header and rows: two regional exports, and five schools cut from the last."""
    files = {}
    for number, year in enumerate(YEARS):
        header, rows = export(year, first_pupil=number * 4000)
        files[f"regio-{year}.xlsx"] = (header, rows)
    place = header.index("School")
    for school, name in SCHOOL_FILES.items():
        own = [row for row in rows if row[place] == school]
        total: list[Row] = [["Totaal", f"{len(own)} leerlingen"]] if school == TOTAL_ROW_IN else []
        files[f"{name}-{THIS_YEAR}.xlsx"] = (header, own + total)
    return files


def export(year: str, *, first_pupil: int) -> tuple[Row, list[Row]]:
    """Make the header and the rows of one year."""
    # RandomState: the one generator of numpy that promises the same numbers in every version.
    random = np.random.RandomState(SEED + YEARS.index(year))
    questions = read_questions()
    pupils = make_pupils(year, random)
    texts = [
        answer_texts(q, codes) for q, codes in zip(questions, answer(pupils, questions, year, random), strict=True)
    ]
    rows = [
        [*personal(pupils, i, first_pupil, year, random), *background(pupils, i, year), *(text[i] for text in texts)]
        for i in range(len(pupils.school))
    ]
    for row in rows:
        row += [MOMENTS[random.randint(2)], REMARKS[random.randint(len(REMARKS))] if random.rand() < 0.12 else ""]
    soil(rows, len(PERSONAL) + len(PUPIL), random)
    header: Row = [*PERSONAL, *PUPIL, *(question.heading for question in questions), UNKNOWN_QUESTION, OPEN_QUESTION]
    return header, rows


# --------------------------------------------------------------------------- who the pupils are


def make_pupils(year: str, random: np.random.RandomState) -> Pupils:
    """Make the pupils of every school; a year earlier a few more or fewer."""
    with (HERE / "scholen.csv").open(encoding="utf-8") as file:
        sizes = list(csv.DictReader(file, delimiter=";"))
    schools = tuple(dict.fromkeys(row["school"] for row in sizes))
    entries = []
    for row in sizes:
        for upper, bouw in enumerate(("onderbouw", "bovenbouw")):
            leerjaar = LEERJAREN.get(row["niveau"], (2, 4))[upper]
            size = int(row[bouw])
            if year != THIS_YEAR:
                size = round(size * (0.9 + 0.15 * random.rand()))
            entries += [(schools.index(row["school"]), row["niveau"], leerjaar, bool(upper))] * size
    school, level, leerjaren, uppers = (np.array(column) for column in zip(*entries, strict=True))
    gender = random.choice(3, size=len(entries), p=[0.49, 0.49, 0.02])
    return Pupils(schools, school, level, leerjaren, uppers, gender)


def personal(pupils: Pupils, i: int, first_pupil: int, year: str, random: np.random.RandomState) -> Row:
    """Give what must never get further than the reading: name, birth date, BSN and e-mail, all invented."""
    number = first_pupil + i
    first, last = (names[random.randint(len(names))] for names in (FIRST_NAMES, LAST_NAMES))
    born = int(year[:4]) - 12 - int(pupils.leerjaar[i]) + random.randint(2)
    birthday = f"{random.randint(1, 29):02}-{random.randint(1, 13):02}-{born}"
    return [f"{first} {last}", birthday, TEST_NUMBERS[number], f"{first}.{last}{number}@leerling.example".lower()]


def passes_eleven_test(number: str) -> bool:
    """Tell whether nine digits pass the test that every BSN passes."""
    weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    return sum(weight * int(digit) for weight, digit in zip(weights, number, strict=True)) % 11 == 0


# Numbers from 9999..... are given to nobody: they are meant for testing.
TEST_NUMBERS = [number for number in (f"9999{i:05}" for i in range(100_000)) if passes_eleven_test(number)]


def background(pupils: Pupils, i: int, year: str) -> Row:
    """Give school, year, level, leerjaar and gender, as each school writes them."""
    school, level, leerjaar = int(pupils.school[i]), str(pupils.level[i]), int(pupils.leerjaar[i])
    words = LEVEL_WORDS[level]
    word = words[(school + (i % 7 == 0)) % len(words)]
    return [
        pupils.schools[school],
        year,
        word,
        leerjaar_word(pupils.schools[school], leerjaar, i),
        GENDERS[pupils.gender[i]],
    ]


def leerjaar_word(school: str, leerjaar: int, i: int) -> str:
    """Give the leerjaar in the way of the school; De Werf exports the code of the class."""
    if school == "De Werf":
        return f"{leerjaar}kb{1 + i % 4}"
    return (f"Leerjaar {leerjaar}", f"klas {leerjaar}", str(leerjaar))[len(school) % 3]


# --------------------------------------------------------------------------- what they answer


def read_questions() -> list[Question]:
    """Join the questions of the codebook with the pattern of their answers."""
    with (HERE / "antwoordpatronen.csv").open(encoding="utf-8") as file:
        patterns = {row["vraag"]: row for row in csv.DictReader(file, delimiter=";")}
    with QUESTIONS.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    return [_question(row, patterns[row["id"]]) for row in rows]


def _question(row: Mapping[str, str], pattern: Mapping[str, str]) -> Question:
    shares = np.array([float(share) for share in pattern["verdeling"].split("|")])
    below = np.cumsum(shares)[:-1] / shares.sum()
    return Question(
        row["id"],
        row["headings"].split("|")[0],
        tuple(answer_labels(row["answers"])),
        np.array([NormalDist().inv_cdf(float(share)) for share in below]),
        *(float(pattern[name]) for name in ("klachten", "risico", "meisje", "bovenbouw", "niveau")),
    )


def answer_labels(cell: str) -> Iterable[Cell]:
    """Give the answers as an export writes them; a row of numbers ("1..10") as numbers."""
    first, dots, last = cell.partition("..")
    if dots:
        return range(int(first), int(last) + 1)
    return [part.partition("=")[2] for part in cell.split("|")]


def answer(pupils: Pupils, questions: Sequence[Question], year: str, random: np.random.RandomState) -> Iterable[Ints]:
    """Let the pupils answer each question: the position of the answer, -1 where they skipped it."""
    size = len(pupils.school)
    complaints = random.normal(size=size)
    risk = FACTORS_TOGETHER * complaints + np.sqrt(1 - FACTORS_TOGETHER**2) * random.normal(size=size)
    own = np.random.RandomState(SEED).normal(scale=SCHOOL_SPREAD, size=(len(questions), len(pupils.schools)))
    for number, question in enumerate(questions):
        rest = np.sqrt(1 - question.complaints**2 - question.risk**2) * random.normal(size=size)
        tendency = question.complaints * complaints + question.risk * risk + rest
        codes = np.searchsorted(question.cuts, even_out(tendency, pupils) + shift(pupils, question, own[number], year))
        plant(codes, pupils, question, year)
        codes[random.rand(size) < 0.01 + 0.03 * number / len(questions)] = -1
        yield codes


def shift(pupils: Pupils, question: Question, own: Floats, year: str) -> Floats:
    """Move the tendency by gender, bouw, level and school."""
    level = np.array([LEVEL_PLACE[level] for level in pupils.level])
    moved = question.girl * GENDER_SIDE[pupils.gender] + question.upper * (pupils.upper - 0.5) + question.level * level
    planned = np.array([school in EVEN_SCHOOLS for school in pupils.schools])
    moved += np.where(planned, 0, own)[pupils.school]
    strength = 1 if year == THIS_YEAR else 0.5
    return moved + pupils.of("Het Baken") * BAKEN_EFFECTS.get(question.id, 0) * strength


def even_out(tendency: Floats, pupils: Pupils) -> Floats:
    """Take chance out of the planned schools: their pupils spread evenly, in the order they had."""
    result = tendency.copy()
    for school in EVEN_SCHOOLS:
        for level in LEVEL_PLACE:
            for upper in (False, True):
                group = np.flatnonzero(pupils.of(school) & (pupils.level == level) & (pupils.upper == upper))
                order = group[np.argsort(tendency[group])]
                result[order] = [NormalDist().inv_cdf((rank + 0.5) / len(order)) for rank in range(len(order))]
    return result


def plant(codes: Ints, pupils: Pupils, question: Question, year: str) -> None:
    """Give Duinrand Lyceum its 0% (nobody smokes every week) and its 100% (everybody has someone)."""
    here = pupils.of("Duinrand Lyceum") & (year == THIS_YEAR)
    if question.id == "roken":
        codes[here & (codes >= 3)] = 1
    if question.id == "terecht_niemand":
        codes[here] = 1


def answer_texts(question: Question, codes: Ints) -> Row:
    """Give the answers as text, empty where a pupil skipped the question."""
    return ["" if code < 0 else question.labels[code] for code in codes]


def soil(rows: list[Row], first: int, random: np.random.RandomState) -> None:
    """Make some answers dirty: odd spaces in one row of sixteen, an unreadable word in one row of fifty."""
    for number in random.choice(len(rows), size=len(rows) // 16, replace=False):
        place = random.randint(first, len(rows[number]) - 2)
        value = rows[number][place]
        if isinstance(value, str) and value:
            rows[number][place] = DIRTY_LIKE_AN_ANSWER[number % 3].format(value)
    for number in random.choice(len(rows), size=len(rows) // 50, replace=False):
        place = random.randint(first, len(rows[number]) - 2)
        rows[number][place] = DIRTY_UNREADABLE[number % 3]


# --------------------------------------------------------------------------- the workbook


def write(path: Path, header: Row, rows: list[Row]) -> None:
    """Write one workbook as a person's export looks: three lines above the header, then the answers."""
    with xlsxwriter.Workbook(str(path), {"in_memory": True}) as workbook:
        workbook.set_properties({"title": "Verzonnen voorbeeld", "created": dt.datetime(2026, 3, 12, 14, 7)})
        sheet = workbook.add_worksheet("Antwoorden")
        title = "Gezond leven? Check 't even! - antwoorden per leerling (verzonnen voorbeeld)"
        lines: list[Row] = [[title], ["Geëxporteerd op 12-03-2026 om 14:07 door GGD Zandkust"], [], header, *rows]
        for number, line in enumerate(lines):
            for place, value in enumerate(line):
                if value != "":
                    sheet.write(number, place, value)


if __name__ == "__main__":
    main()
