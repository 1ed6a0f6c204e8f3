"""The worked example of docs/eigen-vragenlijst.md is a codebook, and reads the file that it is about."""

from __future__ import annotations

import re
import shlex
from dataclasses import replace
from pathlib import Path

import pytest

from wellbeing import pipeline
from wellbeing.__main__ import _parser, main
from wellbeing.reference.codebooks import load_codebook

ROOT = Path(__file__).parents[1]
TEXT = (ROOT / "docs" / "eigen-vragenlijst.md").read_text(encoding="utf-8")
NAME = "welzijn-2026"
ANSWERS = [("Leuk", "1")] * 30 + [("Gaat wel", "1")] * 20 + [("Niet leuk", "2")] * 10 + [("Weet ik niet", "9")] * 5


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder that a reader makes who follows the example."""
    made = tmp_path / NAME
    made.mkdir()
    files = re.findall(r"^## .*?(\w+\.(?:toml|csv))$.*?^```\w+\n(.*?)^```$", TEXT, re.MULTILINE | re.DOTALL)
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
