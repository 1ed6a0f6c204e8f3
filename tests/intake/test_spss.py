"""SPSS files: codes as text, labels beside them, user-missing values kept."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pyreadstat
import pytest

from wellbeing.intake.reading import read_export
from wellbeing.model.imports import FileKind


@pytest.fixture
def sav(tmp_path: Path) -> bytes:
    """A small SPSS file of 20 pupils."""
    path = tmp_path / "x.sav"
    frame = pd.DataFrame(
        {
            "EBEGK311": [1.0, 2.0, 9.0, None] * 5,
            "weegfactor2024": [0.5, 1.25, 2.0, 1.0] * 5,
            "naam": [f"Pupil {number}" for number in range(20)],
            "V7": ["ja", "nee"] * 10,
            "V8": [f"06123456{number:02}" for number in range(20)],
        }
    )
    pyreadstat.write_sav(
        frame,
        path,
        column_labels={"EBEGK311": "Hoe is je gezondheid?", "V8": "Bereikbaar op"},
        variable_value_labels={"EBEGK311": {1: "Zeer goed", 2: "Goed", 9: "Onbekend"}},
        missing_ranges={"EBEGK311": [9]},
    )
    return path.read_bytes()


def test_values_labels_and_missing_codes(sav: bytes) -> None:
    table = read_export(sav, "x.sav", ["EBEGK311", "weegfactor{jaar}"])
    assert table.kind is FileKind.SAV
    assert table.header_row == 0
    assert table.row_numbers == tuple(range(1, 21))
    health, weight, unknown = table.columns
    assert (health.heading, health.letter, health.label) == ("EBEGK311", "EBEGK311", "Hoe is je gezondheid?")
    assert health.value_labels == {"1": "Zeer goed", "2": "Goed", "9": "Onbekend"}
    assert table.frame["c0"].tolist()[:4] == ["1", "2", "9", ""]
    assert table.frame["c1"].tolist()[:4] == ["0.5", "1.25", "2", "1"]
    assert (weight.heading, unknown.heading) == ("weegfactor2024", "V7")
    assert {column.heading: column.reason for column in table.dropped} == {"naam": "naam", "V8": "telefoonnummer"}


def test_variable_is_known_by_its_label(sav: bytes) -> None:
    table = read_export(sav, "x.sav", ["Hoe is je gezondheid?"])
    assert table.columns[0].heading == "EBEGK311"
    assert "EBEGK311" not in [column.heading for column in table.unknown]
