"""The remarks of an import report that is kept: what was set apart is told, small numbers of pupils are not."""

from __future__ import annotations

import pytest

from wellbeing.model.imports import FileKind, ImportReport, Problem, Severity
from wellbeing.presentation.importing import per_column, remarks


def report(*problems: Problem) -> ImportReport:
    names = ("schools", "years", "levels", "leerjaren", "genders")
    lists = ("recognised", "dropped", "unknown", "indicators_present", "indicators_absent")
    return ImportReport(
        file_name="export.xlsx",
        kind=FileKind.XLSX,
        sheet="",
        header_row=1,
        rows=40,
        codebook="klein",
        problems=problems,
        **{name: {} for name in names},  # type: ignore[arg-type]
        **dict.fromkeys(lists, ()),  # type: ignore[arg-type]
    )


@pytest.mark.parametrize(
    ("message", "kept"),
    [
        (
            "Leerlingen die halverwege stopten: 3. Die tellen mee.",
            "Leerlingen die halverwege stopten: minder dan 5. Die tellen mee.",
        ),
        ("Leerlingen die er vaker in staan: 12 (zo).", "Leerlingen die er vaker in staan: ongeveer 10 (zo)."),
        ("Testrijen: 3 (rij 6, 7, 9).", "Testrijen: 3 (rij 6, 7, 9)."),
    ],
)
def test_numbers_of_pupils_are_rounded_in_what_is_kept(message: str, kept: str) -> None:
    assert list(remarks(report(Problem(Severity.NOTE, message)))) == [("", kept, "")]


def test_the_same_remark_about_a_column_is_made_once_with_its_cells_together() -> None:
    unread, other = "Een waarde hoort niet bij de antwoorden.", "De waarde 'x' hoort niet bij de antwoorden."
    found = per_column(
        [
            Problem(Severity.CHECK, unread, heading="Rook je?", rows=2, cells=("B7", "B9")),
            Problem(Severity.CHECK, other, heading="Rook je?", rows=6, cells=("B2",)),
            Problem(Severity.CHECK, unread, heading="Vape je?", rows=1, cells=("C3",)),
            Problem(Severity.CHECK, unread, heading="Rook je?", rows=1, cells=("B12",)),
        ]
    )
    assert [(item.heading, item.rows, item.cells) for item in found] == [
        ("Rook je?", 3, ("B7", "B9", "B12")),
        ("Rook je?", 6, ("B2",)),
        ("Vape je?", 1, ("C3",)),
    ]
