"""Exports that no one here made are read sensibly. They stay outside the project; without them this is skipped."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import openpyxl
import pyreadstat

from wellbeing.intake.matching import known_headings
from wellbeing.intake.reading import read_export
from wellbeing.model.imports import FileKind
from wellbeing.model.survey import RawTable
from wellbeing.reference.codebooks import load_codebooks

KNOWN = known_headings(load_codebooks(Path(__file__).parents[2] / "data" / "codebooks"))


def _read(path: Path) -> RawTable:
    return read_export(path.read_bytes(), path.name, KNOWN)


def _dropped(table: RawTable) -> set[str]:
    return {column.heading for column in table.dropped}


def test_spss_file_of_the_monitor(realdata: Path) -> None:
    path = realdata / "ggd_gmj_fake_20000.sav"
    table = _read(path)
    assert table.kind is FileKind.SAV
    assert len(table.frame) == 20_000
    headings = [column.heading for column in table.columns]
    health, level = headings.index("EBEGK311"), headings.index("MBOKK3S32")
    assert table.columns[health].value_labels["1"] == "Zeer goed"
    assert table.columns[level].value_labels == {"1": "Vmbo", "2": "Havo", "3": "Vwo"}
    oracle, _ = pyreadstat.read_sav(path, user_missing=True)
    for name in ("EBEGK311", "PBMHK3S3", "GENDER", "KLAS", "Onderzoeksjaar"):
        cells = table.frame.iloc[:, headings.index(name)]
        expected = oracle[name].value_counts()
        assert {value: int((cells == value).sum()) for value in map(str, map(int, expected.index))} == {
            str(int(value)): times for value, times in expected.items()
        }
        assert int((cells == "").sum()) == int(oracle[name].isna().sum())
    weights = table.frame.iloc[:, headings.index("weegfactor2024")]
    assert weights.iloc[0] == repr(float(oracle["weegfactor2024"].iloc[0]))
    assert _dropped(table) == set()


def test_export_of_microsoft_forms(realdata: Path) -> None:
    table = _read(realdata / "msforms_export_230.xlsx")
    assert len(table.frame) == 230
    assert {"ID", "Start time", "Completion time", "Email", "Name"} <= _dropped(table)
    assert any(heading.startswith("Open Feedback") for heading in _dropped(table))
    oracle = openpyxl.load_workbook(realdata / "msforms_export_230.xlsx").active
    assert oracle is not None
    first, *pupils = oracle.iter_rows(values_only=True)
    moments = Counter(f"{row[2]:%Y-%m}" for row in pupils)
    assert table.columns[0].heading == "Completion time (maand)"
    assert table.frame["c0"].value_counts().to_dict() == dict(moments)
    several = [at for at, column in enumerate(table.columns) if column.heading.startswith("Looking at the next 3-5")]
    assert len(several) > 10
    asked = next(at for at, heading in enumerate(first) if str(heading).startswith("Looking at the next 3-5"))
    for at in several:
        option = table.columns[at].heading.partition(" – ")[2]
        parts = [[part.strip() for part in str(row[asked]).replace("\u00a0", " ").split(";")] for row in pupils]
        ticked = sum(option in own for own in parts)
        assert int((table.frame.iloc[:, at] == "Ja").sum()) == ticked
    kept = {column.heading: dict(column.answers) for column in table.unknown if column.answers}
    assert sum(kept["What is your seniority level?"].values()) == 230
    assert any(note.startswith("Geen enkele kolom is herkend") for note in table.notes)


def test_qualtrics_export_with_three_rows_of_headings(realdata: Path) -> None:
    table = _read(realdata / "qualtrics_three_header_rows.csv")
    assert table.row_numbers == (4,)
    assert {"IPAddress", "ResponseId", "RecipientEmail", "StartDate"} <= _dropped(table)
    assert [column.heading for column in table.columns] == ["EndDate (maand)"]
    assert table.frame["c0"].tolist() == ["2017-07"]
    assert "Hello World!" not in repr(table) + repr(table.frame.to_dict("list"))


def test_school_survey_with_numbers_and_letters(realdata: Path) -> None:
    table = _read(realdata / "uci_student_mat.csv")
    assert len(table.frame) == 395
    headings = [column.heading for column in table.columns]
    assert table.frame.iloc[:, headings.index("school")].value_counts().to_dict() == {"GP": 349, "MS": 46}
    assert "address" in _dropped(table)
