"""Parquet from the command line: what it becomes, what is told about it, and what is refused."""

from __future__ import annotations

import random
from pathlib import Path

import pandas as pd
import pytest

from wellbeing.__main__ import main
from wellbeing.intake import datasets
from wellbeing.intake.datasets import is_dataset, open_dataset
from wellbeing.intake.guard import Refused
from wellbeing.model.benchmark import Breakdown, CellId
from wellbeing.model.reference import Bouw
from wellbeing.pipeline import read_benchmark

WHOLE = CellId(Bouw.ALL, Breakdown.TOTAL, "totaal")
COMMAND = ["--codebook", "gmj-proefbestand", "--region", "Nederland"]


@pytest.fixture
def pupils() -> pd.DataFrame:
    """Three hundred pupils of two years in the layout of the national test file; 3 answers nothing to STRESS1."""
    chance = random.Random(11)
    return pd.DataFrame(
        {
            "Onderzoeksjaar": [float(chance.choice((2022, 2024))) for _ in range(300)],
            "MBOKK3S32": [chance.choice((1.0, 2.0, 3.0, None)) for _ in range(300)],
            "KLAS": [chance.choice((1.0, 2.0)) for _ in range(300)],
            "GENDER": [chance.choice((1.0, 2.0)) for _ in range(300)],
            "weegfactor2022": [chance.uniform(0.2, 2.0) for _ in range(300)],
            "weegfactor2024": [chance.uniform(0.2, 2.0) for _ in range(300)],
            "STRESS1": [chance.choice((0.0, 1.0, 1.0, 3.0, None)) for _ in range(300)],
            "PBMHK3S3": [chance.choice(("Ja", "nee ", "0", "geheim", None)) for _ in range(300)],
            "Naam": [f"Leerling {number}" for number in range(300)],
        }
    )


def saved(pupils: pd.DataFrame, folder: Path) -> str:
    path = folder / "peiling.parquet"
    pupils.to_parquet(path, index=False)
    return str(path)


def test_a_file_of_parquet_becomes_a_benchmark(pupils: pd.DataFrame, tmp_path: Path) -> None:
    out = tmp_path / "regio.xlsx"
    assert main(["benchmark", saved(pupils, tmp_path), *COMMAND, "--year", "2024", "--out", str(out)]) == 0
    whole = read_benchmark(out.read_bytes(), out.name).cells[WHOLE]
    answers = pupils[(pupils["Onderzoeksjaar"] == 2024) & pupils["STRESS1"].isin([0, 1])]
    stressed = answers[answers["STRESS1"] == 1]
    assert (whole.figures["stress_school"].cases, whole.figures["stress_school"].total) == (len(stressed), len(answers))
    assert whole.weighted["stress_school"].case_weights == pytest.approx(stressed["weegfactor2024"].sum())


def test_the_year_of_the_command_is_used_where_the_file_has_none(pupils: pd.DataFrame, tmp_path: Path) -> None:
    out, path = tmp_path / "regio.xlsx", saved(pupils.drop(columns="Onderzoeksjaar"), tmp_path)
    assert main(["benchmark", path, *COMMAND, "--year", "2024", "--out", str(out)]) == 0
    made = read_benchmark(out.read_bytes(), out.name)
    assert (made.year, made.cells[WHOLE].pupils) == ("2024", 300)


def test_what_is_no_answer_is_told_in_one_line_without_the_value(
    pupils: pd.DataFrame, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ["benchmark", saved(pupils, tmp_path), *COMMAND, "--year", "2024", "--out", str(tmp_path / "r.xlsx")]
    assert main(command) == 0
    (line,) = capsys.readouterr().err.splitlines()
    times = int((pupils["STRESS1"] == 3).sum() + (pupils["PBMHK3S3"] == "geheim").sum())
    assert line.startswith(f"{times} waarden horen niet bij het codeboek")
    assert "STRESS1" in line
    assert "PBMHK3S3" in line
    assert "geheim" not in line


def test_weights_as_text_are_told_and_left_out(
    pupils: pd.DataFrame, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    texts = pupils.assign(weegfactor2024="0,75").drop(columns="weegfactor2022")
    out = tmp_path / "r.xlsx"
    assert main(["benchmark", saved(texts, tmp_path), *COMMAND, "--year", "2024", "--out", str(out)]) == 0
    assert "weegfactor2024: De weegfactor in deze kolom is tekst" in capsys.readouterr().err
    assert not read_benchmark(out.read_bytes(), out.name).cells[WHOLE].weighted


def test_only_columns_of_a_codebook_are_read(pupils: pd.DataFrame, tmp_path: Path) -> None:
    with open_dataset(saved(pupils, tmp_path), "pandas", {"stress1", "weegfactor{jaar}"}) as dataset:
        assert list(dataset.frame.columns) == ["weegfactor2022", "weegfactor2024", "STRESS1"]
        assert [column.heading for column in dataset.columns] == list(dataset.frame.columns)


def test_a_folder_and_an_address_are_datasets_too(tmp_path: Path) -> None:
    assert is_dataset(str(tmp_path))
    assert is_dataset("s3://emmer/peiling")
    assert is_dataset("PEILING.PARQUET")
    assert not is_dataset("peiling.xlsx")


def refusal(path: Path, engine: str = "pandas", cluster: str = "") -> str:
    with pytest.raises(Refused) as refused, open_dataset(str(path), engine, {"stress1"}, cluster=cluster):
        pass
    return refused.value.sentence


def test_each_refusal_says_what_to_do(pupils: pd.DataFrame, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    parquet = Path(saved(pupils, tmp_path))
    (tmp_path / "leeg").mkdir()
    assert "alleen Parquet" in refusal(tmp_path / "export.csv")
    assert "weg.parquet is niet te openen" in refusal(tmp_path / "weg.parquet")
    assert "geen Parquet-bestand" in refusal(tmp_path / "leeg")
    assert "--engine dask of --engine spark" in refusal(parquet, "polars", "tcp://127.0.0.1:1")
    monkeypatch.setattr(datasets, "find_spec", lambda package: None)
    assert "pip install -r requirements-engines.txt" in refusal(parquet, "duckdb")


def test_what_an_engine_raises_never_reaches_the_user(tmp_path: Path) -> None:
    broken = tmp_path / "stuk.parquet"
    broken.write_bytes(b"PAR1 Leerling 12")
    sentence = refusal(broken)
    assert "Controleer of het Parquet-bestand heel is" in sentence
    assert "Leerling" not in sentence


def test_an_engine_is_for_parquet_only(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    export = tmp_path / "export.csv"
    export.write_text("EBEGK311;KLAS\n1;1\n", encoding="utf-8")
    assert main(["benchmark", str(export), "--engine", "polars", "--out", str(tmp_path / "r.xlsx")]) == 2
    assert "Parquet" in capsys.readouterr().err
    assert not (tmp_path / "r.xlsx").exists()
