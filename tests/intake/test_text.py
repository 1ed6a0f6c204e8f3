"""Text exports: every common alphabet and separator, and nothing shifted."""

from __future__ import annotations

import pytest

from tests.intake import exports
from wellbeing.intake.guard import Refused
from wellbeing.intake.text import decode, read_rows

ROWS = [["School", "Één"], ["Het Ei", "wél, één"], ["België", "naïef"]]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("separator", [";", "\t", "|"])
def test_alphabets_and_separators(encoding: str, separator: str) -> None:
    data = exports.text(ROWS, separator, encoding)
    assert read_rows(data) == (ROWS, [])


def test_comma_with_quotes() -> None:
    data = b'School,Antwoord\n"De Werf, locatie Noord","zei ""nee"" en\nging"\nHet Baken,ja\n'
    assert read_rows(data)[0] == [
        ["School", "Antwoord"],
        ["De Werf, locatie Noord", 'zei "nee" en\nging'],
        ["Het Baken", "ja"],
    ]


def test_euro_sign_of_windows() -> None:
    assert decode("€ 5".encode("cp1252")) == "€ 5"


def test_euro_sign_of_before_windows() -> None:
    assert decode("€ 5, één".encode("iso8859-15")) == "€ 5, één"
    assert decode("¤ – één".encode("cp1252")) == "¤ – één"


def test_letters_that_another_program_took_apart_are_told() -> None:
    rows, (note,) = read_rows("School;Antwoord\nHet Ei;één\nDe Werf;ja\n".encode().decode("cp1252").encode())
    assert rows[1] == ["Het Ei", "Ã©Ã©n"]
    assert note.startswith("Op 2 plekken in dit bestand lijken letters met een accent verkeerd bewaard.")
    assert read_rows("School;Ãé\nHet Ei;Ã,\nHet Ei;Âü\n".encode())[1] == []


@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
def test_line_ends(end: str) -> None:
    assert read_rows(end.join(["a;b", "1;2", "3;4"]).encode())[0] == [["a", "b"], ["1", "2"], ["3", "4"]]


def test_line_that_names_the_separator() -> None:
    rows, _ = read_rows(b"sep=|\na;1|b\n1|2\n3|4\n")
    assert rows == [["", ""], ["a;1", "b"], ["1", "2"], ["3", "4"]]


def test_decimal_comma_is_no_separator() -> None:
    rows, _ = read_rows(b"gewicht;lengte\n1,5;1,70\n0,8;1,81\n")
    assert rows[1] == ["1,5", "1,70"]


def test_narrow_title_above_and_remark_below() -> None:
    rows, notes = read_rows(b"Export van De Werf\n\nSchool;Jaar;Klas\nDe Werf;2025;2\nDe Werf;2025;4\nAantal: 2\n")
    assert rows == [
        ["Export van De Werf", "", ""],
        ["", "", ""],
        ["School", "Jaar", "Klas"],
        ["De Werf", "2025", "2"],
        ["De Werf", "2025", "4"],
    ]
    assert notes == ["Losse regels onder de tabel: 1. Die zijn overgeslagen."]


@pytest.mark.parametrize("wrong", ["De Werf;2025;2;9", "De Werf;2025"])
def test_row_of_another_width_names_its_line(wrong: str) -> None:
    good = "De Werf;2025;2\n"
    data = f"School;Jaar;Klas\n{good * 3}{wrong}\n{good * 3}".encode()
    with pytest.raises(Refused, match=r"^Regel 5 heeft"):
        read_rows(data)


def test_heading_row_that_is_too_narrow_is_no_title() -> None:
    with pytest.raises(Refused, match=r"^Regel 1 heeft 3 cellen"):
        read_rows(b"School;Jaar;Klas\nDe Werf;2025;2;\nDe Werf;2025;2;\n")
