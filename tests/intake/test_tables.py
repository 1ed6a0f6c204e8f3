"""Cells become text as a person reads them, and columns keep each text once."""

from __future__ import annotations

import datetime as dt

import pytest

from wellbeing.intake.tables import Cells, cell_text, column_letter


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (3.0, "3"),
        (2, "2"),
        (0.5, "0.5"),
        (-0.0, "0"),
        (1.9183760912348435, "1.9183760912348435"),
        (float("nan"), ""),
        (True, "WAAR"),
        (False, "ONWAAR"),
        (None, ""),
        ("  Zeer goed\u00a0", "Zeer goed"),
        ("\ufeffSchool", "School"),
        ("zeer\u00a0goed", "zeer goed"),
        ("zeer\u00ad goed\u200b", "zeer goed"),
        ("goed\x00\x07\ud800", "goed"),
        ("re\u0075\u0308nie", "reünie"),
        ("cafe\u0301", "café"),
        ("NA", "NA"),
        ("None", "None"),
        ("n.v.t.", "n.v.t."),
        ("007", "007"),
        (dt.date(2025, 10, 3), "2025-10-03"),
        (dt.datetime(2025, 10, 3), "2025-10-03"),
        (dt.datetime(2025, 10, 3, 9, 5), "2025-10-03 09:05:00"),
        (dt.time(9, 5), "09:05:00"),
    ],
)
def test_cell_is_the_text_that_people_read(value: object, text: str) -> None:
    assert cell_text(value) == text


def _texts(cells: Cells) -> list[str]:
    return [cells.at(row) for row in range(len(cells.codes))]


def test_column_gives_its_cells_back_in_order() -> None:
    assert _texts(Cells.of(["Ja", "", "Nee", "Ja", None])) == ["Ja", "", "Nee", "Ja", ""]


def test_true_and_one_stay_apart() -> None:
    assert _texts(Cells.of([1.0, True, 0.0, False, "1"])) == ["1", "WAAR", "0", "ONWAAR", "1"]
    assert _texts(Cells.of([True, False])) == ["WAAR", "ONWAAR"]


def test_counts_add_up_spellings_that_people_do_not_see() -> None:
    assert Cells.of(["Ja", "Ja ", "Ja\u00a0", 2.0, "2", "", None]).counts() == {"Ja": 3, "2": 2}


def test_rows_can_be_kept_and_texts_made_empty() -> None:
    cells = Cells.of(["a", "b", "a", "c"])
    assert cells.rows_with(["a", "c"]) == [0, 2, 3]
    assert _texts(cells.keep([1, 3])) == ["b", "c"]
    assert cells.keep([1, 3]).texts == ["b", "c"], "the words of other rows stay behind"
    assert _texts(cells.keep([3, 0, 1])) == ["c", "a", "b"]
    assert _texts(cells.without({"a"})) == ["", "b", "", "c"]


@pytest.mark.parametrize(
    ("place", "letters"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA"), (999, "ALL")]
)
def test_letters_are_those_of_excel(place: int, letters: str) -> None:
    assert column_letter(place) == letters


def test_what_people_do_not_see_is_counted() -> None:
    cells = Cells.of(["Ja", " Ja", "Ja\u00a0", "N\u200bee", "Nee", " Ja", "2", 2, None])
    assert (cells.tidied, cells.kept_as_text) == (4, 1)
    assert (Cells.of(["Ja", 1, True]).tidied, Cells.of(["é", "e\u0301"]).tidied) == (0, 0)
