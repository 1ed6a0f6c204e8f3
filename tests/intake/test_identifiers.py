"""What could name a pupil never leaves the reading process, whatever its column is called."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

import pytest

from tests.intake import exports
from wellbeing.intake.identifiers import identifying_reason, name_reason
from wellbeing.intake.reading import read_export
from wellbeing.model.survey import RawTable

PUPILS = 40
FIRST = ("Noor", "Sem", "Fatima", "Daan", "Yara", "Bram", "Lotte", "Mees")
LAST = ("de Vries", "Jansen", "El Amrani", "Bakker", "van Dijk")


def _bsns(first: int) -> list[str]:
    """Give numbers that pass the 11-test, worked out from its definition for nine digits."""
    found = []
    for candidate in range(first, first + 20_000, 17):
        digits = [int(sign) for sign in f"{candidate:09}"]
        total = sum(weight * digit for weight, digit in zip(range(9, 1, -1), digits[:8], strict=True)) - digits[8]
        if total % 11 == 0:
            found.append(str(candidate))
    return found[:PUPILS]


BSNS = _bsns(111_222_000)
PLANTED: dict[str, list[object]] = {
    "name": [f"{FIRST[n % 8]} {LAST[n % 5]} {'abcdefghijklmnopqrstuvwxyz'[n % 26]}" for n in range(PUPILS)],
    "bsn": list(BSNS),
    "bsn as a number": [int(bsn) for bsn in BSNS],
    "bsn with dots": [f"{bsn[:4]}.{bsn[4:6]}.{bsn[6:]}" for bsn in BSNS],
    "bsn without its zero": list(_bsns(10_000_000)),
    "birth date": [dt.date(2010, 1 + n % 12, 1 + n % 28) for n in range(PUPILS)],
    "birth date as text": [f"{1 + n % 28}-{1 + n % 12}-2011" for n in range(PUPILS)],
    "birth date in words": [f"{1 + n % 28} maart 2009" for n in range(PUPILS)],
    "postcode": [f"{2300 + n} {'AB' if n % 2 else 'xz'}" for n in range(PUPILS)],
    "e-mail": [f"pupil{n}@school.nl" for n in range(PUPILS)],
    "phone": [f"06-{12345600 + n}" for n in range(PUPILS)],
    "phone as a number": [612345600 + n for n in range(PUPILS)],
    "foreign phone": [f"+32 475 12 34 {10 + n}" for n in range(PUPILS)],
    "ip address": [f"192.168.{n}.{n + 1}" for n in range(PUPILS)],
    "pupil number": [184000 + 7 * n for n in range(PUPILS)],
    "open answer": [f"{FIRST[n % 8]} uit 2B pest mij al {n} weken" for n in range(PUPILS)],
    "bsn as a decimal": [f"{bsn}.0" for bsn in BSNS],
    "social account": [f"@noor_{n}.dv" for n in range(PUPILS)],
    "account": [f"NL{10 + n}ABNA0417164{300 + n}" for n in range(PUPILS)],
    "moment": [dt.datetime(2025, 10, 1 + n % 28, 9, n) for n in range(PUPILS)],
}

HONEST = {
    "name": "Naam leerling",
    "bsn": "BSN",
    "bsn as a number": "Burgerservicenr.",
    "bsn with dots": "sofinummer",
    "bsn without its zero": "PGN",
    "birth date": "Geboortedatum",
    "birth date as text": "geb. datum",
    "birth date in words": "Wat is je geboortedatum?",
    "postcode": "Wat is je postcode?",
    "e-mail": "E-mailadres",
    "phone": "Telefoonnummer",
    "phone as a number": "Mobiel",
    "foreign phone": "06-nummer",
    "ip address": "IPAddress",
    "pupil number": "Leerlingnummer",
    "open answer": "Anders, namelijk",
    "bsn as a decimal": "Persoonsgebonden nummer",
    "social account": "Username",
    "account": "IBAN",
    "moment": "Begintijd",
}
UNKNOWN = {kind: f"Vraag {number} over je vrije tijd" for number, kind in enumerate(PLANTED)}
QUESTIONS = {kind: f"Wat vind je van {number}?" for number, kind in enumerate(PLANTED)}  # known to the codebook
NOT_A_PATTERN = ("name", "open answer", "pupil number", "moment")


def _read(columns: Mapping[str, Sequence[object]], known: Sequence[str] = ()) -> RawTable:
    """Read a good table with these columns added."""
    rows = exports.table(max(map(len, columns.values())))
    rows[0] = [*rows[0], *columns]
    for place, row in enumerate(rows[1:]):
        row += [values[place] for values in columns.values()]
    return read_export(exports.workbook(rows), "export.xlsx", [*exports.KNOWN, *known])


def _everything(table: RawTable) -> str:
    return repr(table) + repr(table.frame.to_dict("list"))


@pytest.mark.parametrize(("names", "known"), [(HONEST, False), (UNKNOWN, False), (QUESTIONS, True)])
def test_planted_identifiers_stay_behind(names: Mapping[str, str], known: bool) -> None:
    table = _read({names[kind]: values for kind, values in PLANTED.items()}, list(names.values()) if known else ())
    told = _everything(table)
    for kind, values in PLANTED.items():
        assert len(values) == PUPILS
        for value in values:
            text = value.isoformat(sep=" ") if isinstance(value, dt.datetime) else str(value)
            assert text not in told, kind
    months = [column.heading for column in table.columns[len(exports.HEADINGS) :]]
    assert months == {"Begintijd": ["Begintijd (maand)"], f"Vraag {len(PLANTED) - 1} over je vrije tijd": []}.get(
        names["moment"], [names["moment"]]
    )
    left = months if known else []
    assert [column.heading for column in table.dropped] == [name for name in names.values() if name not in left]


def test_moment_of_filling_in_becomes_its_month() -> None:
    table = _read({"Begintijd": PLANTED["moment"], "Tijd van voltooien": PLANTED["moment"]})
    assert [column.heading for column in table.columns[len(exports.HEADINGS) :]] == ["Tijd van voltooien (maand)"]
    assert set(table.frame.iloc[:, -1]) == {"2025-10"}


def test_class_becomes_its_leerjaar_and_level() -> None:
    classes: list[object] = ["2B", "3kb2", "H4b", "2A"] * 10
    for heading, known in (("Klas", True), ("Stamgroep", False)):
        table = _read({heading: classes}, [heading] if known else ())
        assert table.frame.iloc[:, -1].tolist() == ["2", "kb 3", "h 4", "2"] * 10
        assert "2B" not in _everything(table)
        assert "3kb2" not in _everything(table)


def test_answers_that_look_like_classes_stay_as_they_are() -> None:
    table = _read({"Hoe vaak?": ["1x", "2x", "3x"] * 12}, ["Hoe vaak?"])
    assert set(table.frame.iloc[:, -1]) == {"1x", "2x", "3x"}


def test_postcode_of_four_digits_is_no_closed_question() -> None:
    table = _read({"Waar?": [f"43{number % 8}1" for number in range(PUPILS)]})
    assert [column.reason for column in table.dropped] == ["postcode"]
    assert "4331" not in _everything(table)


def test_year_of_a_survey_is_no_postcode() -> None:
    table = _read({"Editie": [str(2021 + number % 3) for number in range(PUPILS)]})
    assert table.dropped == ()


def test_pupil_who_is_there_twice_is_told_without_the_number() -> None:
    numbers = [str(184000 + 7 * number) for number in range(PUPILS - 1)]
    table = _read({"Respondentnummer": [*numbers, numbers[0]]})
    assert any("vaker in staan: 1 (zelfde nummer in kolom 'Respondentnummer')" in note for note in table.notes)
    assert numbers[0] not in _everything(table)


def test_names_in_the_place_of_schools_stay_behind() -> None:
    rows = [["School", "Leerjaar"], *zip(PLANTED["name"], [2, 4] * 20, strict=True)]
    table = read_export(exports.workbook(rows), "export.xlsx", exports.KNOWN)
    assert [column.heading for column in table.dropped] == ["School"]
    assert "Noor" not in _everything(table)


def test_a_few_identifiers_between_answers_are_made_empty() -> None:
    answers: list[object] = ["Goed", "Slecht"] * 20
    columns = {QUESTIONS[kind]: [*answers, *PLANTED[kind][:2]] for kind in PLANTED if kind not in NOT_A_PATTERN}
    table = _read(columns, list(columns))
    assert [column.heading for column in table.columns[len(exports.HEADINGS) :]] == list(columns)
    for place in range(len(exports.HEADINGS), len(table.columns)):
        assert table.frame.iloc[:, place].tolist() == [*answers, "", ""]
    assert sum("2 cellen leeggemaakt" in note for note in table.notes) == len(columns)


@pytest.mark.parametrize(
    "heading",
    [
        *HONEST.values(),
        "Voornaam",
        "Achternaam",
        "Naam",
        "Name",
        "Hoe heet je?",
        "e-mail",
        "Woonplaats",
        "Adres",
        "Login",
        "Gebruikersnaam",
        "Inlogcode",
        "Respondent ID",
        "Respondentnummer",
        "ResponseId",
        "RecipientLastName",
        "LocationLatitude",
        "Toelichting",
        "Opmerkingen",
        "Heb je nog opmerkingen over deze vragenlijst?",
        "Open antwoord",
        "Tijd van voltooien",
        "Start time",
        "Mentor",
        "ID",
    ],
)
def test_headings_that_ask_who_a_pupil_is(heading: str) -> None:
    for written in (heading, heading.upper(), f" {heading.lower()} "):
        assert name_reason(written)


@pytest.mark.parametrize(
    "heading",
    [
        "Schoolnaam",
        "Naam van je school",
        "Gemeente",
        "Leerjaar",
        "Hoeveel uur per dag zit je op je telefoon?",
        "Praat je met je mentor over hoe het met je gaat?",
        "Krijg je wel eens vervelende berichten via e-mail of telefoon?",
        "EBEGK311",
        "Geslacht",
        "Ben je het afgelopen jaar gepest om je naam of je uiterlijk?",
    ],
)
def test_headings_that_do_not(heading: str) -> None:
    assert name_reason(heading) is None


@pytest.mark.parametrize(
    "text",
    [
        "2025-2026",
        "2023/2024",
        "20242025",
        "2024",
        "1,5",
        "0.12345678",
        "1.9183760912348435",
        "10 tot 20 keer",
        "Meer dan 1000 ml",
        "1500 kcal",
        "Vmbo-gt",
        "Klas 2",
        "€ 10,00 - € 20,00",
        "12 of 13 jaar",
        "1-2 keer per week",
        "Zeer goed",
        "08:30:00",
        "16-17-18",
    ],
)
def test_answers_that_name_nobody(text: str) -> None:
    assert identifying_reason(text) is None


def test_school_with_many_pupils_keeps_its_name() -> None:
    schools: list[object] = [f"School {number % 24}" for number in range(240)]
    rows = [["School", "Leerjaar"], *([school, 2] for school in schools)]
    table = read_export(exports.workbook(rows), "export.xlsx", exports.KNOWN)
    assert table.frame["c0"].tolist() == schools


def test_unknown_closed_question_comes_with_its_answers() -> None:
    table = _read({"Wat is je favoriete vak?": ["Gym"] * 15 + ["Wiskunde"] * 20 + [""] * 5})
    (column,) = table.unknown
    assert column.heading == "Wat is je favoriete vak?"
    assert column.answers == (("Wiskunde", 20), ("Gym", 15))
    assert table.columns[-1].heading == "Wat is je favoriete vak?"


@pytest.mark.parametrize(
    "values",
    [
        ["Gym"] * 36 + ["Latijn"] * 4,  # an answer of four pupils
        [f"Vak {number % 13}" for number in range(13 * 6)],  # thirteen answers
        [""] * 40,  # nothing
        list(range(1, 41)),  # a number that is not an answer
    ],
)
def test_unknown_question_that_is_not_closed_comes_without_answers(values: list[object]) -> None:
    table = _read({"Wat is je favoriete vak?": values})
    assert [(column.heading, column.answers) for column in table.unknown] == [("Wat is je favoriete vak?", ())]
    assert len(table.columns) == len(exports.HEADINGS)
    assert "Latijn" not in _everything(table)


def test_cells_without_a_heading_are_dropped_and_reported() -> None:
    rows = exports.with_column("", ["", "klas 2b was ziek", *[""] * 22])
    table = read_export(exports.workbook(rows), "export.xlsx", exports.KNOWN)
    assert [(column.heading, column.reason) for column in table.dropped] == [
        ("kolom F", "er staat geen kop boven deze kolom")
    ]
    assert "ziek" not in _everything(table)
