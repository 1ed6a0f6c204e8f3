"""A thousand planted identifiers in five hundred exports: none of them comes out of reading and recoding.

Whole columns and loose cells, under honest and under misleading headings. The names of people and
own words have no form of their own, so a loose one between the answers of a known question cannot
be told from a wrongly typed answer: it stays out of everything that is said (see ``told``), like
any value that fewer than five pupils wrote.
"""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from tests.builders import DATA, raw_table
from tests.intake import exports
from wellbeing.intake.matching import known_headings, link_columns, link_problems
from wellbeing.intake.parsing import Parsed, parse_export
from wellbeing.intake.reading import read_export
from wellbeing.model.imports import FileKind
from wellbeing.model.reference import Codebook
from wellbeing.reference.codebooks import load_codebooks
from wellbeing.reference.spellings import load_spellings
from wellbeing.stages.recode import recode_answers
from wellbeing.stages.schools import settle_schools

FILES, QUICK = 500, 60
THROUGH_CHILD = 50  # every so many goes through the reading process itself
PUPILS = 36
FIRST = ["Noor", "Sem", "Fatima", "Daan", "Yara", "Bram", "Lotte", "Mees", "Aya", "Jesse", "Sara", "Finn"]
LAST = ["de Vries", "Jansen", "El Amrani", "Bakker", "van Dijk", "Yilmaz", "Smit", "de Boer", "Kaya", "Visser"]

BOOK: Codebook = next(book for book in load_codebooks(DATA / "codebooks") if book.id == "glce-voorbeeld")
KNOWN = known_headings([BOOK])
SPELLINGS = load_spellings(DATA / "codebooks" / "schrijfwijzen.csv")

Maker = Callable[[random.Random], str]


def _bsn(chance: random.Random) -> str:
    """Make a number that passes the 11-test, by trying its last digit."""
    while True:
        first = [chance.choice((0, 1, 2, 3)), *(chance.randrange(10) for _ in range(7))]
        last = sum(weight * digit for weight, digit in zip(range(9, 1, -1), first, strict=True)) % 11
        if last < 10 and any(first[1:4]) and first[1]:
            return "".join(map(str, [*first, last]))


def _name(chance: random.Random) -> str:
    return f"{chance.choice(FIRST)}{chance.choice('aeiou')} {chance.choice(LAST)} {chance.randrange(100, 999)}e"


def _date(chance: random.Random) -> tuple[int, int, int]:
    return chance.randrange(2006, 2014), chance.randrange(1, 13), chance.randrange(1, 29)


def _birth_date(chance: random.Random) -> str:
    year, month, day = _date(chance)
    month_name = ["jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec"][month - 1]
    forms = [
        f"{year}-{month:02}-{day:02}",
        f"{day}-{month}-{year}",
        f"{day:02}/{month:02}/{year}",
        f"{day} {month_name} {year}",
    ]
    return chance.choice(forms)


def _digits(chance: random.Random, count: int) -> str:
    return "".join(str(chance.randrange(10)) for _ in range(count))


PATTERNS: dict[str, tuple[str, Maker]] = {
    "bsn": ("BSN", _bsn),
    "bsn without zero": ("Burgerservicenummer", lambda chance: str(int(_bsn(chance)))),
    "bsn in groups": ("PGN", lambda chance: f"{(b := _bsn(chance))[:4]}.{b[4:6]}.{b[6:]}"),
    "bsn as a decimal": ("sofinummer", lambda chance: f"{int(_bsn(chance))}.0"),
    "birth date": ("Geboortedatum", _birth_date),
    "postcode": (
        "Postcode",
        lambda c: f"{c.randrange(1000, 9999)}{c.choice(('', ' '))}{c.choice('BCDEFG')}{c.choice('VWXZ')}",
    ),
    "e-mail": ("E-mail", lambda chance: f"{chance.choice(FIRST).lower()}{_digits(chance, 4)}@school.example"),
    "mobile": (
        "Telefoonnummer",
        lambda chance: f"06{chance.choice(('', '-', ' '))}{chance.randrange(1, 9)}{_digits(chance, 7)}",
    ),
    "phone abroad": (
        "Mobiel",
        lambda chance: f"+31 6 {chance.randrange(1, 9)}{_digits(chance, 3)} {_digits(chance, 4)}",
    ),
    "ip address": (
        "IPAddress",
        lambda chance: f"10.{chance.randrange(256)}.{chance.randrange(256)}.{chance.randrange(256)}",
    ),
    "iban": ("IBAN", lambda chance: f"NL{_digits(chance, 2)}BANK{_digits(chance, 10)}"),
    "handle": ("Gebruikersnaam", lambda chance: f"@{chance.choice(FIRST).lower()}_{_digits(chance, 4)}"),
    "response id": (
        "ResponseId",
        lambda chance: f"R_{_digits(chance, 6)}{chance.choice('abcXYZ')}kQ{_digits(chance, 6)}",
    ),
}
WORDS: dict[str, tuple[str, Maker]] = {
    "name": ("Naam leerling", _name),
    "teacher": ("Mentor", _name),
    "pupil number": ("Leerlingnummer", lambda chance: str(chance.randrange(100_000, 199_999))),
    "open answer": (
        "Opmerkingen",
        lambda chance: f"{_name(chance)} uit 2B pest mij al {chance.randrange(2, 99)} weken",
    ),
    "address": (
        "Adres",
        lambda chance: f"Dorpsweg {chance.randrange(1, 999)}{chance.choice('ABC')}{chance.randrange(99)}",
    ),
}
KINDS = PATTERNS | WORDS
MISLEADING = ("Sport", "Vak", "Vraag 12", "Cijfer", "Groep A", "Wat eet je?", "Hobby")


def make_export(seed: int) -> tuple[list[list[object]], list[str], bool]:
    """Give an export, what was planted in it, and whether it stands in loose cells of a known question."""
    chance = random.Random(seed)
    kind = chance.choice(sorted(KINDS))
    honest, make = KINDS[kind]
    question = chance.choice(BOOK.questions)
    style = chance.choice(["honest", "misleading", "known"])
    heading = {"honest": honest, "misleading": chance.choice(MISLEADING), "known": question.headings[0]}[style]
    is_loose = chance.random() < 0.4 and style != "honest"
    secrets = [make(chance) for _ in range(2 if is_loose else PUPILS)]
    answers = [chance.choice(question.answers).label for _ in range(PUPILS)]
    cells = [*secrets, *answers[2:]] if is_loose else secrets
    chance.shuffle(cells)
    others = [other for other in BOOK.questions if other is not question][:4]
    rows: list[list[object]] = [["School", "Leerjaar", heading, *(other.headings[0] for other in others)]]
    rows += [
        ["De Werf", 2 + 2 * (at % 2), cell, *(chance.choice(other.answers).label for other in others)]
        for at, cell in enumerate(cells)
    ]
    return rows, secrets, style == "known" and is_loose and kind in WORDS


def frame_of(parsed: Parsed) -> tuple[list[str], list[list[str]]]:
    columns = parsed.screened.columns
    rows = [[cells.at(row) for cells in columns] for row in range(len(parsed.row_numbers))]
    return [heading.text for heading in parsed.screened.headings], rows


def told(headings: list[str], rows: list[list[str]]) -> str:
    """Give everything that recoding and looking at the schools says about a table."""
    table = raw_table(headings, rows)
    answers, problems = recode_answers(table, BOOK, link_columns(table, BOOK), SPELLINGS)
    return repr((answers.labels, problems, settle_schools(answers)[1], link_problems(table, BOOK)))


def check(seed: int) -> int:
    """Read one export and look for what was planted; gives how many identifiers that were."""
    rows, secrets, is_lone_word = make_export(seed)
    data, kind = (exports.text(rows), FileKind.CSV) if seed % 3 else (exports.workbook(rows), FileKind.XLSX)
    if seed % THROUGH_CHILD == 0:
        table = read_export(data, "export." + kind.value, KNOWN)
        headings, cells = [column.heading for column in table.columns], table.frame.to_numpy().tolist()
        said = repr((table.dropped, table.unknown, table.notes))
    else:
        parsed = parse_export(data, kind, KNOWN)
        headings, cells = frame_of(parsed)
        said = repr((parsed.screened.dropped, parsed.screened.unknown, parsed.notes))
    said += told(headings, cells)
    everything = said if is_lone_word else said + repr(cells)
    assert [secret for secret in secrets if secret in everything] == [], f"export {seed}"
    return len(secrets)


def test_no_planted_identifier_comes_out() -> None:
    assert sum(map(check, range(QUICK))) > 2 * QUICK


@pytest.mark.slow
def test_no_planted_identifier_comes_out_of_five_hundred_exports() -> None:
    assert sum(map(check, range(FILES))) >= 1_000
