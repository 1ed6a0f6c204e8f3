"""Groups over all schools of a file, from the command line: never beside a school whose neighbour would follow."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

import pandas as pd
import pytest

from wellbeing.__main__ import main

DEMO = Path(__file__).parents[1] / "data" / "demo"


@pytest.fixture(scope="module")
def region(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("whole") / "regio.xlsx"
    assert main(["benchmark", str(DEMO / "regio-2024-2025.xlsx"), "--out", str(path)]) == 0
    return path


def export(folder: Path, schools: Sequence[str]) -> Path:
    """Give the demo export of a region with only these schools in it, in the order of the file."""
    frame = pd.read_excel(DEMO / "regio-2025-2026.xlsx", dtype=str, engine="calamine", header=None)
    (column,) = [name for name in frame.columns if set(schools) <= set(frame[name].dropna())]
    start = frame[column].isin(demo_schools()).idxmax()
    path = folder / "regio.csv"
    frame[(frame.index < start) | frame[column].isin(schools)].to_csv(path, sep=";", index=False, header=False)
    return path


def by_level(folder: Path, region: Path, schools: Sequence[str], *more: str) -> tuple[int, set[str]]:
    out = folder / "vertrouwelijk.csv"
    files = [str(export(folder, schools)), "--benchmark", str(region), "--out", str(out)]
    code = main(["compare", *files, "--by", "niveau", "--bouw", "bovenbouw", *more])
    if code:
        return code, set()
    with out.open(encoding="utf-8", newline="") as file:
        return code, {row["group"] for row in csv.DictReader(file)}


def demo_schools() -> list[str]:
    with (DEMO / "scholen.csv").open(encoding="utf-8", newline="") as file:
        return list(dict.fromkeys(row["school"] for row in csv.DictReader(file, delimiter=";")))


def test_two_schools_are_not_taken_together(region: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Of the whole 30%, and of one of the two 28%: the other follows, shown or not."""
    two = demo_schools()[:2]
    assert by_level(tmp_path, region, two) == (2, set())
    assert "te weinig scholen" in capsys.readouterr().err
    assert by_level(tmp_path, region, two, "--school", two[0])[0] == 0
    assert by_level(tmp_path, region, two, "--unprotected")[0] == 0
    assert by_level(tmp_path, region, two[:1])[0] == 0


def test_a_level_of_a_few_schools_is_left_out_and_told(
    region: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, shown = by_level(tmp_path, region, demo_schools())
    said = capsys.readouterr().err
    assert code == 0
    everything = by_level(tmp_path, region, demo_schools(), "--unprotected")[1]
    assert shown < everything
    assert all(name in said for name in everything - shown)
