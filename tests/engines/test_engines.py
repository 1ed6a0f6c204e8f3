"""One counting expression: the same data set gives the same benchmark on every engine."""

from __future__ import annotations

import os
import random
import shutil
import warnings
from collections.abc import Mapping
from dataclasses import astuple
from importlib.util import find_spec
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from wellbeing.__main__ import main
from wellbeing.model.benchmark import BenchmarkCell, Breakdown, CellId
from wellbeing.model.reference import Bouw
from wellbeing.pipeline import read_benchmark

PACKAGES = {"polars": "polars", "duckdb": "duckdb", "dask": "distributed", "spark": "pyspark"}
QUESTIONS = ("EBEGK311", "PBMHK3S3", "MCMZGB208", "STRESS1", "STRESS2", "STRESS3", "STRESS4", "STRESS5")
CODES = {"EBEGK311": (1, 2, 3, 4, 5), "MCMZGB208": (1, 2)}


@pytest.fixture(scope="module")
def dataset(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two thousand invented pupils, in the layout of the national test file; some answers are missing."""
    random_ = random.Random(11)

    def column(*values: int) -> list[float | None]:
        return [random_.choice([*map(float, values), None]) for _ in range(2000)]

    table = {
        "Onderzoeksjaar": [random_.choice([2022.0, 2024.0]) for _ in range(2000)],
        "MBOKK3S32": column(1, 2, 3),
        "KLAS": column(1, 2),
        "GENDER": column(1, 2),
        "weegfactor2024": [round(random_.uniform(0.2, 2.0), 3) for _ in range(2000)],
        "Naam": [f"Leerling {number}" for number in range(2000)],
    } | {name: column(*CODES.get(name, (0, 1))) for name in QUESTIONS}
    path = tmp_path_factory.mktemp("gegevens") / "peiling.parquet"
    pq.write_table(pa.table(table), path)
    return path


def made_on(engine: str, dataset: Path, out: Path) -> Mapping[CellId, BenchmarkCell]:
    arguments = ["benchmark", str(dataset), "--engine", engine, "--codebook", "gmj-proefbestand", "--year", "2024"]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what the engines themselves have to say
        assert main([*arguments, "--region", "Nederland", "--out", str(out)]) == 0
    return read_benchmark(out.read_bytes(), out.name).cells


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("engine", PACKAGES)
def test_every_engine_counts_the_same(engine: str, dataset: Path, tmp_path: Path) -> None:
    if find_spec(PACKAGES[engine]) is None or (engine == "spark" and shutil.which("java") is None):
        if os.environ.get("WELLBEING_REQUIRE_ENGINES") and engine != "spark":
            pytest.fail(f"{engine} is not installed (requirements-engines.txt)")
        pytest.skip(f"{engine} is not installed (requirements-engines.txt), or has no Java")
    found, expected = (made_on(name, dataset, tmp_path / f"{name}.xlsx") for name in (engine, "pandas"))
    assert list(found) == list(expected)
    for place, cell in expected.items():
        assert found[place].figures == cell.figures
        for ident, sums in cell.weighted.items():
            # The order of adding differs between engines, and with it the last digit.
            assert astuple(found[place].weighted[ident]) == pytest.approx(astuple(sums), rel=1e-9, abs=1e-9)


def test_pandas_counts_a_data_set_by_hand(dataset: Path, tmp_path: Path) -> None:
    rows = pq.read_table(dataset).to_pylist()
    answered = [row for row in rows if row["Onderzoeksjaar"] == 2024 and row["STRESS1"] is not None]
    whole = made_on("pandas", dataset, tmp_path / "r.xlsx")[CellId(Bouw.ALL, Breakdown.TOTAL, "totaal")]
    assert (whole.figures["stress_school"].cases, whole.figures["stress_school"].total) == (
        sum(row["STRESS1"] == 1 for row in answered),
        len(answered),
    )


def test_an_engine_is_for_parquet_only(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    export = tmp_path / "export.csv"
    export.write_text("EBEGK311;KLAS\n1;1\n", encoding="utf-8")
    assert main(["benchmark", str(export), "--engine", "polars", "--out", str(tmp_path / "r.xlsx")]) == 2
    assert "Parquet" in capsys.readouterr().err
