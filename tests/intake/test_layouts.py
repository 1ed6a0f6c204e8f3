"""The exports of the usual programs, as those programs lay them out. All answers are invented."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import pytest

from tests.intake import exports
from wellbeing.intake.headers import find_table, normalise_heading
from wellbeing.intake.identifiers import Screened, screen
from wellbeing.intake.layouts import recognise
from wellbeing.intake.tables import Table

HEALTH = "Wat vind je van je eigen gezondheid?"
KNOWN = frozenset(map(normalise_heading, (*exports.KNOWN, "Wat rook je? [Vape]", "Wat rook je? [Sigaret]")))
PUPILS = 24


def _moment(number: int) -> dt.datetime:
    return dt.datetime(2025, 10, 1 + number % 28, 9, number, 7)


FORMS_NL = ["ID", "Begintijd", "Tijd van voltooien", "E-mail", "Naam", "Tijd van laatste wijziging"]
FORMS_EN = ["ID", "Start time", "Completion time", "Email", "Name"]
FORMS_ROWS = [[n + 1, _moment(n), _moment(n), "anonymous", "", ""] for n in range(PUPILS)]

GOOGLE = ["Tijdstempel"]
GOOGLE_ROWS = [[f"{1 + n % 28}-10-2025 9:{n:02}:05"] for n in range(PUPILS)]

LIME = ["Antwoord ID", "Datum ingediend", "Laatste pagina", "Starttaal", "Seed"]
LIME_ROWS = [[n + 1, f"2025-10-{1 + n % 28:02} 10:00:00", 4, "nl", 1000 + 37 * n] for n in range(PUPILS)]

QUALTRICS = [
    *("StartDate", "EndDate", "Status", "IPAddress", "Progress", "Duration (in seconds)", "Finished", "RecordedDate"),
    *("ResponseId", "RecipientLastName", "DistributionChannel", "UserLanguage"),
]
QUALTRICS_TEXTS = [
    *("Start Date", "End Date", "Response Type", "IP Address", "Progress", "Duration (in seconds)", "Finished"),
    *("Recorded Date", "Response ID", "Recipient Last Name", "Distribution Channel", "User Language"),
]
QUALTRICS_ROWS = [
    [
        *(_moment(n), _moment(n), "IP Address", f"10.0.0.{n}", 100, 300 + n, "True", _moment(n)),
        *(f"R_2YPOQ602ER1jk{n:02}", "", "anonymous", "NL"),
    ]
    for n in range(PUPILS)
]
MONKEY = ["Respondent ID", "Collector ID", "Start Date", "End Date", "IP Address", "Email Address", "First Name"]
MONKEY_ROWS = [[11_000_000_000 + 7919 * n, 400, _moment(n), _moment(n), f"10.0.1.{n}", "", ""] for n in range(PUPILS)]

NEXT_TO: list[list[object]] = [["De Werf", 2 + 2 * (n % 2), exports.ANSWERS[n % 4]] for n in range(PUPILS)]


def _rows(own: Sequence[Sequence[object]], answers: Sequence[Sequence[object]] = NEXT_TO) -> list[list[object]]:
    return [[*left, *right] for left, right in zip(own, answers, strict=True)]


def _read(rows: Sequence[Sequence[object]]) -> tuple[Table, Screened]:
    table = find_table("Blad1", rows, KNOWN)
    return table, screen(table, KNOWN)


def _kept(screened: Screened) -> list[str]:
    return [heading.text for heading in screened.headings]


@pytest.mark.parametrize(
    ("own", "rows", "program"),
    [
        (FORMS_NL, FORMS_ROWS, "Microsoft Forms"),
        (FORMS_EN, [row[:5] for row in FORMS_ROWS], "Microsoft Forms"),
        (GOOGLE, GOOGLE_ROWS, "Google Forms"),
        (LIME, LIME_ROWS, "LimeSurvey"),
        (QUALTRICS, QUALTRICS_ROWS, "Qualtrics"),
        (MONKEY, MONKEY_ROWS, "SurveyMonkey"),
    ],
)
def test_columns_of_the_program_go_and_the_month_stays(own: list[str], rows: list[list[object]], program: str) -> None:
    layout = recognise([*own, "School"])
    assert layout is not None
    assert layout.name == program
    table, screened = _read([[*own, "School", "Leerjaar", HEALTH], *_rows(rows)])
    (month,) = (name for name in _kept(screened) if name.endswith("(maand)"))
    assert set(_kept(screened)) == {"School", "Leerjaar", HEALTH, month}
    assert len(table.row_numbers) == PUPILS
    dropped = {column.heading for column in screened.dropped}
    gone = set(own) - dropped - {column.heading for column in screened.unknown}
    assert gone == set()
    place = _kept(screened).index(month)
    assert screened.columns[place].counts() == {"2025-10": PUPILS}


def test_table_of_a_school_is_of_no_program() -> None:
    assert recognise(["School", "Naam", "Begintijd", HEALTH]) is None
    assert recognise([HEALTH, "Score"]) is None


def test_question_texts_under_the_codes_of_qualtrics() -> None:
    import_ids = [f'{{"ImportId":"QID{n}"}}' for n in range(len(QUALTRICS) + 3)]
    rows = [[*QUALTRICS, "Q1", "Q2", "Q3"], [*QUALTRICS_TEXTS, "School", "Leerjaar", HEALTH], import_ids]
    for above in (rows, rows[:2]):
        table, screened = _read([*above, *_rows(QUALTRICS_ROWS)])
        assert len(table.row_numbers) == PUPILS
        assert {"School", "Leerjaar", HEALTH} <= set(_kept(screened))


def test_previews_of_qualtrics_are_set_apart() -> None:
    rows = _rows(QUALTRICS_ROWS)
    for place, status in ((3, "Survey Preview"), (5, "1"), (8, "Survey Test")):
        rows[place][2] = status
    table, _ = _read([[*QUALTRICS, "School", "Leerjaar", HEALTH], *rows])
    assert len(table.row_numbers) == PUPILS - 3
    assert "Testrijen: 3 (rij 5, 7, 10). Die tellen niet mee als leerling." in table.notes


@pytest.mark.parametrize(
    ("answers", "told"),
    [
        (["A1", "Y"], True),
        (["AO12", "A3"], True),
        (["A1", "Goed"], False),  # one column is no habit
        (["Heel goed", "Y"], False),
        (["", ""], False),
    ],
)
def test_codes_of_limesurvey_are_named_with_the_export_to_make_instead(answers: list[str], told: bool) -> None:
    coded = [[*row[:2], *answers] for row in NEXT_TO]
    table, _ = _read([[*LIME, "School", "Leerjaar", HEALTH, "Rook je?"], *_rows(LIME_ROWS, coded)])
    assert any("Volledige antwoorden" in note for note in table.notes) is told


@pytest.mark.parametrize(("own", "made", "column"), [(QUALTRICS, QUALTRICS_ROWS, 6), (LIME, LIME_ROWS, 1)])
def test_pupils_who_stopped_halfway_are_counted_and_told(own: list[str], made: list[list[object]], column: int) -> None:
    rows = _rows(made)
    for place in (2, 9):
        rows[place][column] = "False" if own is QUALTRICS else ""
    table, _ = _read([[*own, "School", "Leerjaar", HEALTH], *rows])
    assert len(table.row_numbers) == PUPILS
    assert any(note.startswith("Leerlingen die halverwege stopten: 2.") for note in table.notes)


@pytest.mark.parametrize(
    "heading", [HEALTH, f"G01Q02. {HEALTH}", f"3. {HEALTH}", f"Q7: {HEALTH}", f"vraag 4) {HEALTH.upper()}"]
)
def test_question_is_found_behind_its_number_or_code(heading: str) -> None:
    _, screened = _read([[*LIME, "School", "Leerjaar", heading], *_rows(LIME_ROWS)])
    assert heading in _kept(screened)
    assert heading not in [column.heading for column in screened.unknown]


@pytest.mark.parametrize(
    "heading", ["Wat rook je? [Vape]", "G01Q05[SQ002]. Wat rook je? [Vape]", "Wat rook je? – Vape"]
)
def test_option_of_a_question_is_found_however_it_is_joined(heading: str) -> None:
    answers = [[*row[:2], ("Ja", "Nee")[n % 2]] for n, row in enumerate(NEXT_TO)]
    _, screened = _read([[*LIME, "School", "Leerjaar", heading], *_rows(LIME_ROWS, answers)])
    assert screened.unknown == [] or heading not in [column.heading for column in screened.unknown]


def test_question_above_and_options_below_of_surveymonkey() -> None:
    above = [*MONKEY, "School", HEALTH, "Wat rook je?", ""]
    below = [*[""] * len(MONKEY), "Open-Ended Response", "Response", "Vape", "Sigaret"]
    answers = [["De Werf", exports.ANSWERS[n % 4], "Vape" * (n % 2), "Sigaret" * (n % 3 == 0)] for n in range(PUPILS)]
    table, screened = _read([above, below, *_rows(MONKEY_ROWS, answers)])
    assert len(table.row_numbers) == PUPILS
    assert set(_kept(screened)) >= {"School", HEALTH, "Wat rook je? – Vape", "Wat rook je? – Sigaret"}


@pytest.mark.parametrize("separator", [";", ", "])
def test_several_answers_in_one_cell_become_a_column_each(separator: str) -> None:
    ticked = ["Vape", "Sigaret", "Vape|Sigaret", ""] * 6
    cells = [text.replace("|", separator) + (separator if text and separator == ";" else "") for text in ticked]
    answers = [[*row[:2], cell] for row, cell in zip(NEXT_TO, cells, strict=True)]
    _, screened = _read([[*FORMS_NL, "School", "Leerjaar", "Wat rook je?"], *_rows(FORMS_ROWS, answers)])
    counts = {name: cells.counts() for name, cells in zip(_kept(screened), screened.columns, strict=True)}
    assert counts["Wat rook je? – Vape"] == {"Ja": 12, "Nee": 6}
    assert counts["Wat rook je? – Sigaret"] == {"Ja": 12, "Nee": 6}


def test_answer_with_a_comma_is_one_answer() -> None:
    answers = [[*row[:2], ("Nee, nooit", "Ja, soms", "Ja, vaak")[n % 3]] for n, row in enumerate(NEXT_TO)]
    _, screened = _read([[*GOOGLE, "School", "Leerjaar", "Rook je?"], *_rows(GOOGLE_ROWS, answers)])
    assert "Rook je?" in _kept(screened)


def test_own_words_between_several_answers_stay_behind() -> None:
    cells = ["Vape;Sigaret;", "Vape;", "Vape;Noor uit 2B geeft ze;"] * 8
    cells = [cell.replace("Noor", f"Noor{n}") for n, cell in enumerate(cells)]
    answers = [[*row[:2], cell] for row, cell in zip(NEXT_TO, cells, strict=True)]
    _, screened = _read([[*FORMS_NL, "School", "Leerjaar", "Wat rook je?"], *_rows(FORMS_ROWS, answers)])
    assert "Noor" not in repr(screened)
    assert "Wat rook je? – Vape" in _kept(screened)
