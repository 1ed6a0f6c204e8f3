"""The demo holds what its README promises, counted here in plain Python without a line of our pipeline."""

from __future__ import annotations

import importlib.util
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from types import ModuleType

import openpyxl
import pytest

from wellbeing.model.reference import Direction, Role, Sensitivity
from wellbeing.reference.codebooks import load_codebook
from wellbeing.reference.spellings import load_spellings

DATA = Path(__file__).parents[1] / "data"
DEMO = DATA / "demo"
THIS_YEAR, LAST_YEAR = "regio-2025-2026", "regio-2024-2025"
SCHOOLS = {
    "het-baken-2025-2026": "Het Baken",
    "de-werf-2025-2026": "De Werf",
    "de-kleine-kreek-2025-2026": "De Kleine Kreek",
    "zilverduin-college-2025-2026": "Zilverduin College",
    "duinrand-lyceum-2025-2026": "Duinrand Lyceum",
}
PERSONAL = ("Naam leerling", "Geboortedatum", "BSN", "E-mail")
OPEN_QUESTION = "Wil je nog iets kwijt?"
UNREADABLE = {"weet niet", "?", "n.v.t."}
LEVELS = {  # written down by hand, apart from the table of spellings
    **dict.fromkeys(("Vmbo-bk", "VMBO BB/KB", "vmbo basis/kader", "Vmbo-b/k"), "vmbo-bk"),
    **dict.fromkeys(("VMBO GL/TL", "Vmbo-gt", "mavo", "vmbo-tl"), "vmbo-gt"),
    **dict.fromkeys(("havo", "Havo", "Havo ", "HAVO"), "havo"),
    **dict.fromkeys(("Vwo", "VWO", "Gymnasium", "Atheneum"), "vwo"),
    **dict.fromkeys(("Praktijkonderwijs", "PrO"), "praktijkonderwijs"),
    "havo/vwo": "gemengd",
}

Pupil = dict[str, str]


@cache
def sheet(name: str) -> list[list[str]]:
    workbook = openpyxl.load_workbook(DEMO / f"{name}.xlsx", read_only=True)
    rows = [["" if cell is None else str(cell) for cell in row] for row in workbook.active.iter_rows(values_only=True)]
    workbook.close()
    return rows


@cache
def pupils(name: str) -> list[Pupil]:
    header, rows = sheet(name)[3], sheet(name)[4:]
    return [dict(zip(header, row, strict=True)) for row in rows if row[0] != "Totaal"]


def in_upper_years(pupil: Pupil) -> bool:
    digit = re.search(r"\d", pupil["Leerjaar"])
    assert digit, pupil["Leerjaar"]
    vocational = LEVELS[pupil["Schoolniveau"]] in {"praktijkonderwijs", "vmbo-bk", "vmbo-gt"}
    return int(digit[0]) >= (3 if vocational else 4)


@cache
def upper(name: str) -> list[Pupil]:
    return [pupil for pupil in pupils(name) if in_upper_years(pupil)]


def count(rows: list[Pupil], heading: str, yes: set[str], answers: set[str]) -> tuple[int, int]:
    valid = [row[heading].strip() for row in rows if row[heading].strip() in answers]
    return sum(answer in yes for answer in valid), len(valid)


def percentage(rows: list[Pupil], heading: str, yes: set[str], answers: set[str]) -> float:
    cases, total = count(rows, heading, yes, answers)
    return 100 * cases / total


def of_level(rows: list[Pupil], level: str) -> list[Pupil]:
    return [row for row in rows if LEVELS[row["Schoolniveau"]] == level]


def beside_own_levels(name: str, measure: Callable[[list[Pupil]], float]) -> tuple[float, float, float]:
    """Give a figure of the school, of last year's region, and of the school's own mix of levels there."""
    school, region = upper(name), upper(LAST_YEAR)
    mix = Counter(LEVELS[pupil["Schoolniveau"]] for pupil in school)
    own = sum(n * measure(of_level(region, level)) for level, n in mix.items()) / len(school)
    return measure(school), measure(region), own


FREQUENCY = {"Nooit", "Bijna nooit", "Soms", "Vaak", "Heel vaak"}
PRESSURE = {"Nee, nooit", "Ja, soms", "Ja, regelmatig", "Ja, vaak"}
AGREE = {
    "Helemaal niet mee eens",
    "Niet mee eens",
    "Niet eens en niet oneens",
    "Mee eens",
    "Helemaal mee eens",
}
YES_NO = {"Ja", "Nee"}
SMOKING = {"Nee, nog nooit", "Vroeger wel, nu niet meer", "Ja, maar niet elke week", "Ja, elke week", "Ja, elke dag"}
TURN_TO = "Bij wie kun je terecht als je ergens mee zit? - "

# --------------------------------------------------------------------------- the codebook


def test_the_example_codebook_loads_and_says_that_it_is_an_example() -> None:
    codebook = load_codebook(DATA / "codebooks" / "glce-voorbeeld")
    assert codebook.is_example
    assert not codebook.anonymous
    assert "niet openbaar" in codebook.notice
    assert 40 <= len(codebook.indicators) <= 48
    assert {indicator.version for indicator in codebook.indicators} == {"glce-voorbeeld-1"}
    used = {name for i in codebook.indicators for rule in i.rules for name in getattr(rule, "questions", ())}
    used |= {getattr(rule, "question", "") for i in codebook.indicators for rule in i.rules}
    assert {question.id for question in codebook.questions} <= used


def test_context_is_neutral_and_sensitive_subjects_are_guarded() -> None:
    indicators = {i.id: i for i in load_codebook(DATA / "codebooks" / "glce-voorbeeld").indicators}
    neutral = {name for name, i in indicators.items() if i.higher_is is Direction.NEUTRAL}
    assert neutral == {"jonge_mantelzorger", "moeite_rondkomen", "kan_bij_hulpverlener_terecht"}
    region_only = [i for i in indicators.values() if i.sensitivity is Sensitivity.REGION_ONLY]
    assert [i.id for i in region_only] == ["suicidegedachten_vaak"]
    assert "113" in region_only[0].caution
    stricter = {name for name, i in indicators.items() if i.sensitivity is Sensitivity.STRICTER}
    assert stricter == {"stress_thuis", "naaktbeeld_verspreid", "moeite_rondkomen", "wiet_ooit"}


# --------------------------------------------------------------------------- the files


@pytest.mark.parametrize("name", [LAST_YEAR, THIS_YEAR, *SCHOOLS])
def test_a_file_looks_like_an_export_that_a_person_saved(name: str) -> None:
    title, exported, blank, header = sheet(name)[:4]
    assert "verzonnen" in title[0]
    assert exported[0].startswith("Geëxporteerd op ")
    assert not any(blank)
    assert all(header)
    assert len(set(header)) == len(header)


def test_the_region_has_24_schools_and_about_3500_pupils_a_year() -> None:
    for name in (LAST_YEAR, THIS_YEAR):
        assert len({pupil["School"] for pupil in pupils(name)}) == 24
        assert 3000 <= len(pupils(name)) <= 3600
        assert {pupil["Schooljaar"] for pupil in pupils(name)} == {name.removeprefix("regio-")}


@pytest.mark.parametrize(("name", "school"), SCHOOLS.items())
def test_a_school_is_cut_from_the_region(name: str, school: str) -> None:
    assert pupils(name) == [pupil for pupil in pupils(THIS_YEAR) if pupil["School"] == school]


def test_only_one_file_ends_with_a_total() -> None:
    with_total = [name for name in (LAST_YEAR, THIS_YEAR, *SCHOOLS) if any(row[0] == "Totaal" for row in sheet(name))]
    assert with_total == ["zilverduin-college-2025-2026"]
    assert sheet(with_total[0])[-1][0] == "Totaal"


def test_every_pupil_has_identifiers_that_must_vanish() -> None:
    everyone = pupils(LAST_YEAR) + pupils(THIS_YEAR)
    for pupil in everyone:
        assert all(pupil[heading] for heading in PERSONAL)
        digits = [int(digit) for digit in pupil["BSN"]]
        weighted = sum(weight * digit for weight, digit in zip((9, 8, 7, 6, 5, 4, 3, 2, -1), digits, strict=True))
        assert weighted % 11 == 0
        assert pupil["BSN"].startswith("9999")  # given to nobody
        assert pupil["E-mail"].endswith("@leerling.example")
    assert len({pupil["BSN"] for pupil in everyone}) == len(everyone)
    assert 200 < sum(bool(pupil[OPEN_QUESTION]) for pupil in pupils(THIS_YEAR)) < 700


def test_every_answer_is_one_of_the_codebook_apart_from_the_planted_dirt() -> None:
    codebook = load_codebook(DATA / "codebooks" / "glce-voorbeeld")
    odd_spaces, unreadable = 0, 0
    for question in codebook.questions:
        labels = {answer.label for answer in question.answers}
        (heading,) = [heading for heading in question.headings if heading in sheet(THIS_YEAR)[3]]
        strange = Counter(pupil[heading] for pupil in pupils(THIS_YEAR) if pupil[heading] not in labels | {""})
        for value, times in strange.items():
            assert value.strip() in labels or value in UNREADABLE
            odd_spaces += times * (value.strip() in labels)
            unreadable += times * (value in UNREADABLE)
    assert unreadable == len(pupils(THIS_YEAR)) // 50
    assert 180 < odd_spaces <= len(pupils(THIS_YEAR)) // 16


def test_every_question_was_skipped_by_some() -> None:
    codebook = load_codebook(DATA / "codebooks" / "glce-voorbeeld")
    for question in codebook.questions:
        empty = sum(pupil[question.headings[0]] == "" for pupil in pupils(THIS_YEAR)) / len(pupils(THIS_YEAR))
        assert 0.005 < empty < 0.05


def test_the_spellings_of_the_demo_are_read() -> None:
    spellings = load_spellings(DATA / "codebooks" / "schrijfwijzen.csv")
    assert {pupil["Schoolniveau"] for pupil in pupils(THIS_YEAR)} == set(LEVELS)
    for written, level in LEVELS.items():
        value = spellings.read(Role.LEVEL, written)
        assert value is not None
        assert value.key == level
    for written in {pupil["Leerjaar"] for pupil in pupils(THIS_YEAR)}:
        value = spellings.read(Role.LEERJAAR, written)
        assert value is not None
        assert value.key in written


# --------------------------------------------------------------------------- the traps


@pytest.mark.parametrize(
    ("heading", "yes", "answers", "difference"),
    [
        ("Hoe vaak heb je stress door school of huiswerk?", {"Vaak", "Heel vaak"}, FREQUENCY, +10),
        ("Hoe vaak heb je stress door alles wat je moet doen?", {"Vaak", "Heel vaak"}, FREQUENCY, +8),
        ("Voel je druk van school of leraren om het goed te doen?", {"Ja, regelmatig", "Ja, vaak"}, PRESSURE, +10),
        ("Ik voel me veilig op school", {"Mee eens", "Helemaal mee eens"}, AGREE, +6),
        (TURN_TO + "Een volwassene op school (mentor, leraar, vertrouwenspersoon)", {"Ja"}, YES_NO, +10),
    ],
)
def test_het_baken_clearly_differs_on_five_subjects(
    heading: str, yes: set[str], answers: set[str], difference: int
) -> None:
    school, region, own = beside_own_levels("het-baken-2025-2026", lambda rows: percentage(rows, heading, yes, answers))
    assert school - own >= difference
    assert school - region >= difference


def test_het_baken_has_about_300_pupils_in_the_upper_years_at_two_levels() -> None:
    levels = Counter(LEVELS[pupil["Schoolniveau"]] for pupil in upper("het-baken-2025-2026"))
    assert levels == {"vmbo-gt": 170, "havo": 135}


def test_the_raw_figure_of_de_werf_misleads() -> None:
    school, region, own = beside_own_levels(
        "de-werf-2025-2026", lambda rows: percentage(rows, "Vape je?", {"Ja, elke week", "Ja, elke dag"}, SMOKING)
    )
    assert school - region >= 8
    assert abs(school - own) <= 3


def test_a_school_of_25_and_a_school_with_35_in_the_upper_years() -> None:
    assert len(pupils("de-kleine-kreek-2025-2026")) == 25
    assert len(upper("zilverduin-college-2025-2026")) == 35


def test_duinrand_lyceum_has_a_nought_and_a_hundred_percent() -> None:
    rows = upper("duinrand-lyceum-2025-2026")
    smokers, smoking_answers = count(rows, "Rook je?", {"Ja, elke week", "Ja, elke dag"}, SMOKING)
    nobody, answers = count(rows, TURN_TO + "Niemand", {"Ja"}, YES_NO)
    assert (smokers, nobody) == (0, 0)
    assert smoking_answers >= 50
    assert answers >= 50


# --------------------------------------------------------------------------- making it again


@pytest.fixture(scope="module")
def make_demo() -> Iterator[ModuleType]:
    spec = importlib.util.spec_from_file_location("make_demo", DEMO / "make_demo.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["make_demo"] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    yield module
    del sys.modules["make_demo"]


def test_a_second_run_gives_the_same_cells(make_demo: ModuleType) -> None:
    files = make_demo.build()
    assert set(files) == {path.name for path in DEMO.glob("*.xlsx")}
    for name, (header, rows) in files.items():
        found = sheet(name.removesuffix(".xlsx"))[3:]
        width = len(header)
        assert found == [[str(cell) for cell in row] + [""] * (width - len(row)) for row in [header, *rows]]


def test_a_second_run_gives_the_same_bytes(make_demo: ModuleType, tmp_path: Path) -> None:
    header, rows = make_demo.build()["de-kleine-kreek-2025-2026.xlsx"]
    first, second = tmp_path / "first.xlsx", tmp_path / "second.xlsx"
    make_demo.write(first, header, rows)
    make_demo.write(second, header, rows)
    assert first.read_bytes() == second.read_bytes()


def test_the_demo_stays_small() -> None:
    assert sum(path.stat().st_size for path in DEMO.iterdir() if path.is_file()) < 4_000_000
