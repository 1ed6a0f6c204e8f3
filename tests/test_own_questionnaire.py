"""The worked examples of docs/eigen-vragenlijst.md: one by hand, and one with only the page and a file of others."""

from __future__ import annotations

import io
import re
import shlex
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from tests.pages.conftest import Visitor
from wellbeing import pipeline
from wellbeing.__main__ import _parser, main
from wellbeing.model.reference import Bouw, Direction
from wellbeing.model.results import Dimension, Measurement
from wellbeing.reference.codebooks import load_codebook
from wellbeing.ui import cache
from wellbeing.ui.session import State

ROOT = Path(__file__).parents[1]
TEXT = (ROOT / "docs" / "eigen-vragenlijst.md").read_text(encoding="utf-8")
NAME = "welzijn-2026"
ANSWERS = [("Leuk", "1")] * 30 + [("Gaat wel", "1")] * 20 + [("Niet leuk", "2")] * 10 + [("Weet ik niet", "9")] * 5


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder that a reader makes who follows the example."""
    made = tmp_path / NAME
    made.mkdir()
    files = re.findall(r"^### .*?(\w+\.(?:toml|csv))$.*?^```\w+\n(.*?)^```$", TEXT, re.MULTILINE | re.DOTALL)
    assert [name for name, _ in files] == ["codebook.toml", "questions.csv", "indicators.toml"]
    for name, text in files:
        (made / name).write_text(text, encoding="utf-8")
    return made


def test_the_check_says_what_the_example_says(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["codebook", "check", str(folder)]) == 0
    assert capsys.readouterr().out.strip() in TEXT


def test_the_example_reads_its_file_from_the_bytes_on(folder: Path) -> None:
    """Counted by hand: 30 of the 60 who know like school; 50 of the 60 who answered feel safe."""
    reference = replace(pipeline.load_reference(), codebooks=(load_codebook(folder),))
    lines = ["Locatie;Niveau;Leerjaar;Hoe vind je het op school?;Veilig"]
    lines += [f"Oost;havo;4;{fun};{safe}" for fun, safe in ANSWERS]
    table = pipeline.read_table("\n".join(lines).encode(), "school.csv", reference)
    assert pipeline.matching_codebooks(table, reference) == (NAME,)
    (measured,) = pipeline.measure(pipeline.open_survey(table, reference, NAME, year="2026"))
    counted = {name: (count.cases, count.total) for name, count in measured.total.figures.items()}
    assert counted == {"school_leuk": (30, 60), "veilig_op_school": (50, 60)}
    assert measured.school == "Oost"


@pytest.mark.parametrize("command", re.findall(r"^python -m wellbeing (.*)$", TEXT, re.MULTILINE))
def test_every_command_of_the_example_is_one(command: str) -> None:
    assert callable(_parser().parse_args(shlex.split(command)).command)


# --------------------------------------------------------------------------- with only the page

OF_OTHERS = "uci_student_mat.csv"
OWN = "leefstijl_2025_2026"
# Per subject as the page asks it: question, label, theme, codes in words, answers that count, and direction.
SUBJECTS = (
    ("weekend alcohol consumption", "Drinkt in het weekend veel alcohol", "Leefstijl", "4 = veel, 5 = heel veel",
     ["4", "5"], Direction.UNFAVOURABLE),
    ("quality of family relationships", "Heeft een goede band met thuis", "Thuis", "1 = heel slecht, 5 = heel goed",
     ["4", "5"], Direction.FAVOURABLE),
    ("higher education", "Wil na school verder leren", "School", "", ["yes"], Direction.FAVOURABLE),
)  # fmt: skip


def made_up() -> bytes:
    """A file with the columns of the public one that matter here, drawn with a fixed seed."""
    draw = np.random.default_rng(4)
    pupils = 300
    columns = {
        "school": draw.choice(["GP", "MS"], pupils, p=[0.8, 0.2]),
        "gender": draw.choice(["F", "M"], pupils),
        "age": draw.integers(15, 23, pupils),
        "address": draw.choice(["U", "R"], pupils),
        "weekend alcohol consumption": draw.integers(1, 6, pupils),
        "quality of family relationships": draw.choice([1, 2, 3, 4, 5], pupils, p=[0.05, 0.1, 0.15, 0.4, 0.3]),
        "higher education": draw.choice(["yes", "no"], pupils, p=[0.85, 0.15]),
    }
    return pd.DataFrame(columns).to_csv(index=False).encode()


@pytest.fixture
def kept_apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An installation of its own, where nothing is kept yet; gives its folder of questionnaires."""
    monkeypatch.setenv("WELLBEING_STORE", str(tmp_path / "w.sqlite"))
    cache.forget_codebooks()
    yield tmp_path / "vragenlijsten"
    cache.forget_codebooks()


@pytest.fixture(params=["made up", "of others"])
def export(request: pytest.FixtureRequest) -> bytes:
    """The file of the example, and one that is always there."""
    if request.param == "made up":
        return made_up()
    data: bytes = (request.getfixturevalue("realdata") / OF_OTHERS).read_bytes()
    return data


def found(elements: Any, words: str, place: int = 0) -> Any:
    """Give the element with these words in its label; of every question there is one, in their order."""
    return [item for item in elements if words in item.label][place]


def describe(page: Visitor) -> None:
    """Fill in the page Eigen vragenlijst, question by question."""
    app = page.app
    for key, text in (("name", "Leefstijl"), ("year", "2025-2026"), ("owner", "Zorgcoördinator")):
        app.text_input(key=f"own-{key}").set_value(text).run()
    found(app.multiselect, "Welke vragen").set_value([name for name, *_ in SUBJECTS]).run()
    with_codes = 0
    for place, (_, label, theme, codes, counting, direction) in enumerate(SUBJECTS):
        found(app.text_input, "Hoe noemt u", place).set_value(label).run()
        found(app.selectbox, "Bij welk thema", place).set_value("Een ander thema …").run()
        found(app.text_input, "Hoe heet dat thema", place).set_value(theme).run()
        if codes:
            found(app.text_input, "Wat betekenen de codes", with_codes).set_value(codes).run()
            with_codes += 1
        found(app.get("button_group"), "Bij welke antwoorden", place).set_value(counting).run()
        found(app.radio, "hoger percentage", place).set_value(direction).run()


def counted(data: bytes, school: str) -> tuple[pd.DataFrame, dict[str, tuple[int, int]]]:
    """Count the subjects again, with nothing of this program: cases and total per subject of one school."""
    every = pd.read_csv(io.BytesIO(data), dtype=str).rename(columns=str.strip)
    pupils = every[every["school"] == school]
    shares = {label: pupils[name].isin(answers) for name, label, _, _, answers, _ in SUBJECTS}
    return pupils, {label: (int(having.sum()), len(having)) for label, having in shares.items()}


def add_again(page: Visitor, export: bytes) -> None:
    """Choose the file at Gegevens toevoegen once more, now that its questionnaire is known, and agree."""
    page.go("pages/add_data.py").app.file_uploader(key="school-1").upload(OF_OTHERS, export, "text/csv").run()
    found(page.app.radio, "Van wie is deze").set_value("school").run()
    page.app.text_input(key="year-school").set_value("2025-2026").run()
    page.app.radio(key="bouw-school").set_value(Bouw.UPPER).run()
    page.app.selectbox(key="school-name").set_value("GP").run()
    page.app.button(key="confirm").click().run()
    assert page.went_well


def genders(measurement: Measurement) -> dict[str, int]:
    """Give how many pupils there are of each gender."""
    return {item.group.key: item.pupils for item in measurement.groups if item.group.dimension is Dimension.GENDER}


def test_from_an_unknown_file_to_its_school_profile(
    export: bytes, kept_apart: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = Visitor(State()).go("pages/add_data.py")
    page.app.file_uploader(key="school-0").upload(OF_OTHERS, export, "text/csv").run()
    assert "We kennen de vragenlijst van dit bestand nog niet" in page.words

    page.go("pages/questionnaires.py")
    assert f"We gebruiken {OF_OTHERS}" in page.words.replace("\\", "")
    assert found(page.app.selectbox, "staat: school?").value == "school"
    assert found(page.app.selectbox, "staat: geslacht?").value == "gender"
    assert "address verwijderd: adres of woonplaats" in " ".join(page.words.split())
    describe(page)
    assert "Leefstijl 2025-2026: 3 vragen en 3 onderwerpen, geen fouten." in page.words
    found(page.app.button, "Zo bewaren").click().run()
    page.app.button(key="own-save").click().run()
    assert page.went_well
    assert "Leefstijl 2025-2026 is bewaard" in page.words
    assert main(["codebook", "check", str(kept_apart / OWN)]) == 0
    assert capsys.readouterr().out.strip() == "Leefstijl 2025-2026: 3 vragen en 3 onderwerpen, geen fouten."

    add_again(page, export)
    pupils, expected = counted(export, "GP")
    codebook, total = load_codebook(kept_apart / OWN), page.state.measurement.total
    assert total.pupils == len(pupils)
    assert {
        codebook.indicator(name).label: (count.cases, count.total) for name, count in total.figures.items()
    } == expected
    assert genders(page.state.measurement) == {
        "meisje": int((pupils["gender"] == "F").sum()),
        "jongen": int((pupils["gender"] == "M").sum()),
    }
    words = page.go("pages/profile.py").words
    assert page.went_well
    percentages = {label: f"{100 * cases / of:.0f}%" for label, (cases, of) in expected.items()}
    for _, label, *_ in SUBJECTS[:2]:
        assert f"{label} " in words
        assert percentages[label] in words
    page.go("pages/compare.py").app.selectbox(key="thema").set_value("School").run()
    assert page.went_well
    assert percentages[SUBJECTS[2][1]] in page.words


def test_the_example_tells_what_is_in_the_file_of_others(realdata: Path) -> None:
    """Every number in the worked example, counted again."""
    data = (realdata / OF_OTHERS).read_bytes()
    every = pd.read_csv(io.BytesIO(data), dtype=str)
    pupils, expected = counted(data, "GP")
    assert f"{len(every)} leerlingen" in TEXT
    assert f"{len(every.columns)} kolommen" in TEXT
    assert f"GP ({len(pupils)}) en MS ({len(every) - len(pupils)})" in TEXT
    for label, (cases, total) in expected.items():
        assert f"| {label} | {cases} van {total} | {100 * cases / total:.0f}% |" in TEXT
