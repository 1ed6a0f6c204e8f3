"""Where the table begins, and which rows are pupils."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.intake import exports
from wellbeing.intake.guard import Refused
from wellbeing.intake.headers import find_known, find_table, normalise_heading
from wellbeing.intake.reading import read_export
from wellbeing.intake.tables import Table

KNOWN = frozenset(map(normalise_heading, exports.KNOWN))
TITLE: list[list[object]] = [
    ["Export gezondheid", "", "", "", ""],
    ["", "", "", "", ""],
    ["School", "De Werf", "", "", ""],
]


def _find(rows: list[list[object]], known: frozenset[str] = KNOWN) -> Table:
    return find_table("Blad1", rows, known)


def _headings(table: Table) -> list[str]:
    return [heading.text for heading in table.headings]


@pytest.mark.parametrize(
    ("written", "same"),
    [
        ("  Hoe  gaat\u00a0het? ", "hoe gaat het"),
        ("HOE GAAT HET ?", "hoe gaat het"),
        ("Hoe gaat\nhet:", "hoe gaat het"),
        ("Wat is ‘vaak’?", "wat is 'vaak'"),
        ("cafe\u0301", "café"),
        ("J_EBEGK311", "ebegk311"),
        ("gmj_pbmhk3s3", "pbmhk3s3"),
        ("VO_STRESS1", "stress1"),
        ("je_ding", "je_ding"),
        ("weegfactor{jaar}", "weegfactor{jaar}"),
    ],
)
def test_headings_are_the_same_without_what_people_do_not_see(written: str, same: str) -> None:
    assert normalise_heading(written) == same
    assert normalise_heading(same) == same


def test_four_digits_may_be_any_year() -> None:
    assert find_known("Weegfactor2024", {"weegfactor{jaar}"}) == "weegfactor{jaar}"
    assert find_known("Weegfactor24", {"weegfactor{jaar}"}) is None
    assert find_known("", {"": 1}) is None


def test_title_lines_are_skipped() -> None:
    table = _find([*TITLE, *exports.table(3)])
    assert table.header_row == 4
    assert table.row_numbers == [5, 6, 7]
    assert _headings(table) == list(exports.HEADINGS)
    assert table.notes == ["De kolomkoppen staan in rij 4; de regels erboven zijn overgeslagen."]


def test_without_known_headings_the_first_full_row_of_texts_is_taken() -> None:
    table = _find([*TITLE, *exports.table(30)], frozenset())
    assert table.header_row == 4


def test_empty_rows_are_skipped_and_counted() -> None:
    rows = exports.table(4)
    rows[3:3] = [["", None, " ", "", ""]] * 3
    table = _find(rows)
    assert table.row_numbers == [2, 3, 7, 8]
    assert table.notes == ["Lege rijen tussen de leerlingen: 3. Die zijn overgeslagen."]


def test_rows_far_below_a_gap_are_pupils_too() -> None:
    gap = [["", "", "", "", ""]] * 5000
    assert _find([*exports.table(2), *gap, *exports.pupils(3)]).row_numbers == [2, 3, 5004, 5005, 5006]


@pytest.mark.parametrize(
    "word", ["Totaal", "Eindtotaal", "Gemiddelde", "totaal vwo", "Aantal leerlingen: 24", "n = 24"]
)
def test_total_rows_are_set_apart(word: str) -> None:
    table = _find([*exports.table(4), [word, "", "", "", 4], ["", word, "", "", ""]])
    assert table.row_numbers == [2, 3, 4, 5]
    assert table.notes == ["Rijen met een totaal of gemiddelde: 2 (rij 6, 7). Die tellen niet mee als leerling."]


def test_total_word_as_an_answer_is_a_pupil() -> None:
    row = ["De Werf", "2025-2026", 2, "Jongen", "Gemiddelde"]
    assert _find([*exports.table(4), row]).row_numbers == [2, 3, 4, 5, 6]


@pytest.mark.parametrize("word", ["test", "Test 2", "TEST", "testleerling", "Survey Preview"])
def test_test_rows_are_set_apart(word: str) -> None:
    table = _find([*exports.table(4), ["De Werf", "2025-2026", 2, word, "Goed"]])
    assert table.row_numbers == [2, 3, 4, 5]
    assert table.notes == ["Testrijen: 1 (rij 6). Die tellen niet mee als leerling."]


def test_school_whose_name_begins_with_test_stays() -> None:
    assert _find([*exports.table(4), ["Testament College", "2025-2026", 2, "Meisje", "Goed"]]).row_numbers[-1] == 6


def test_import_ids_and_what_stands_above_them_belong_to_the_headings() -> None:
    rows = [
        ["School", "Q1", "Q2"],
        ["Op welke school zit je?", "Hoe gaat het?", "Rook je?"],
        ['{"ImportId":"QID1"}', '{"ImportId":"QID2"}', '{"ImportId":"QID3"}'],
        ["De Werf", "Goed", "Nee"],
    ]
    table = _find(rows)
    assert table.row_numbers == [4]
    assert table.notes == ["Onder de kolomkoppen staat nog een rij met koppen (rij 2, 3); die telt niet als leerling."]


def test_row_of_question_texts_under_codes_is_set_apart() -> None:
    codes = ["school", "v1", "v2", "v3"]
    texts = ["Op welke school zit je?", "Hoe gaat het?", "Rook je?", "Drink je?"]
    rows = [codes, texts, *[["De Werf", "Goed", "Nee", "Ja"], ["De Werf", "Slecht", "Ja", "Nee"]] * 10]
    assert _find(rows).row_numbers[0] == 3


def test_second_row_that_the_codebook_knows_is_set_apart() -> None:
    rows = [
        ["EBEGK311", "v2", "School"],
        ["Wat vind je van je eigen gezondheid?", "Schooljaar", "x"],
        ["Goed", "2025", "De Werf"],
    ]
    assert _find([["a", "b", "c"], *rows]).row_numbers == [4]


def test_first_pupil_with_own_words_is_still_a_pupil() -> None:
    rows = exports.with_column("Opmerking", [f"eigen verhaal {number}" for number in range(24)])
    assert _find(rows).row_numbers[0] == 2


def test_sheet_with_most_known_headings_is_read() -> None:
    data = exports.workbook(
        {"Toelichting": [["Code", "Betekenis"], ["1", "Ja"], ["2", "Nee"]], "Antwoorden": exports.table()}
    )
    table = read_export(data, "x.xlsx", exports.KNOWN)
    assert table.sheet == "Antwoorden"
    assert "Gelezen is werkblad 'Antwoorden'; de andere werkbladen zijn niet gelezen." in table.notes


def test_user_picks_one_of_two_sheets_with_pupils() -> None:
    data = exports.workbook({"Klas 2": exports.table(12), "Klas 4": exports.table(24)})
    with pytest.raises(Refused, match="Kies welk werkblad"):
        read_export(data, "x.xlsx", exports.KNOWN)
    assert len(read_export(data, "x.xlsx", exports.KNOWN, pick="Klas 2").frame) == 12
    with pytest.raises(Refused, match="'Klas 2', 'Klas 4'"):
        read_export(data, "x.xlsx", exports.KNOWN, pick="Klas 6")


def test_hidden_sheet_is_never_read() -> None:
    data = exports.workbook_with_hidden_sheet(exports.table(), exports.table(12))
    table = read_export(data, "x.xlsx", exports.KNOWN)
    assert len(table.frame) == 24
    assert "Verborgen werkbladen: 1. Die zijn niet gelezen." in table.notes
    with pytest.raises(Refused):
        read_export(data, "x.xlsx", exports.KNOWN, pick="Namen")


def test_group_above_and_options_below_are_joined() -> None:
    above = ["", "", "Roken", "", "Alcohol", ""]
    below = ["School", "Leerjaar", "ooit", "elke dag", "ooit", "elke dag"]
    pupils = [["De Werf", 2, *("Ja", "Nee", "Nee", "Ja")] for _ in range(12)]
    table = _find([above, below, *pupils])
    assert _headings(table) == ["School", "Leerjaar", *(f"{a} – {b}" for a in ("Roken", "Alcohol") for b in below[2:4])]
    assert len(table.row_numbers) == 12
    assert table.notes == ["De koppen in rij 1 en 2 zijn samengevoegd."]


def test_known_heading_is_not_joined_with_a_group() -> None:
    above = ["Over de school", "", "", "Gezondheid", ""]
    table = _find([above, *exports.table(4)])
    assert _headings(table) == list(exports.HEADINGS)


@pytest.mark.parametrize("answers", [["Goed", "Slecht"], ["1", "2"]])
def test_table_on_its_side_is_refused(answers: list[str]) -> None:
    names = ["School", "Schooljaar", "Leerjaar", "Geslacht", *exports.HEADINGS[4:]]
    rows: list[list[object]] = [[name, *(answers[n % 2] for n in range(12))] for name in names]
    with pytest.raises(Refused, match="Transponeren"):
        _find(rows)
    with pytest.raises(Refused, match="Transponeren"):
        _find([["Vraag", *(f"Leerling {n}" for n in range(12))], *rows], frozenset())


def test_row_per_question_is_refused() -> None:
    rows = [[f"p{n}", name, "Goed"] for n in range(8) for name in exports.HEADINGS]
    with pytest.raises(Refused, match="één rij per leerling"):
        _find([["Leerling", "Vraag", "Antwoord"], *rows])


def test_sums_without_a_word_are_set_apart() -> None:
    pupils = [["De Werf", n % 3, 1 + n % 4] for n in range(20)]
    sums = ["", sum(row[1] for row in pupils), sum(row[2] for row in pupils)]
    means = ["", sums[1] / 20, sums[2] / 20]
    for last in (sums, means):
        table = _find([["School", "v1", "v2"], *pupils, last])
        assert len(table.row_numbers) == 20
        assert table.notes == ["Rijen met een totaal of gemiddelde: 1 (rij 22). Die tellen niet mee als leerling."]


def test_last_pupil_without_a_school_is_still_a_pupil() -> None:
    pupils = [["De Werf", n % 3, 1 + n % 4] for n in range(20)]
    assert len(_find([["School", "v1", "v2"], *pupils, ["", 2, 3]]).row_numbers) == 21


def test_remark_under_the_table_is_no_pupil() -> None:
    remark = ["Klas 2b was ziek", "", "", "", ""]
    table = _find([*exports.table(12), remark])
    assert len(table.row_numbers) == 12
    assert table.notes == ["Losse regels onder de tabel: 1 (rij 14). Die tellen niet mee als leerling."]
    assert len(_find([*exports.table(12), ["De Werf", "", "", "", ""]]).row_numbers) == 13


def test_subtotal_of_a_class_is_set_apart() -> None:
    rows = exports.table(12)
    rows.insert(6, ["Klas 2b totaal", "", "", "", 5])
    assert len(_find(rows).row_numbers) == 12


def test_word_that_many_pupils_wrote_is_no_test() -> None:
    rows = exports.with_column("Hoe leer je?", ["Test", "Boek"] * 12)
    assert len(_find(rows).row_numbers) == 24


def test_two_columns_with_one_heading_are_both_read() -> None:
    table = _find(exports.with_column("school ", ["x"] * 24))
    assert _headings(table)[-1] == "school"


# --------------------------------------------------------------------------- merged cells

WRITERS = (exports.workbook, exports.old_workbook, exports.open_document, exports.binary_workbook)


def grouped() -> list[list[object]]:
    """Give a table with a row of groups above its headings; the last column is of no group."""
    groups = ["Leerling", "", "", "", "", "Lachgas", "", ""]
    asked = ["ooit", "vorige maand", "Cijfer voor je klas"]
    pupils = [[*row, "Ja", "Nee", at % 3] for at, row in enumerate(exports.pupils())]
    return [groups, [*exports.HEADINGS, *asked], *pupils]


@pytest.mark.parametrize("write", WRITERS)
def test_a_group_goes_as_far_as_its_cell_was_merged(write: Callable[..., bytes]) -> None:
    read = read_export(write(grouped(), merged=[(0, 0, 0, 4), (0, 0, 5, 6)]), "x", exports.KNOWN)
    added = [column.heading for column in read.columns][5:]
    assert added == ["Lachgas – ooit", "Lachgas – vorige maand", "Cijfer voor je klas"]


@pytest.mark.parametrize("write", WRITERS)
def test_without_merged_cells_a_group_goes_up_to_the_next(write: Callable[..., bytes]) -> None:
    read = read_export(write(grouped()), "x", exports.KNOWN)
    assert [column.heading for column in read.columns][5:] == [
        "Lachgas – ooit",
        "Lachgas – vorige maand",
        "Lachgas – Cijfer voor je klas",
    ]


@pytest.mark.parametrize("write", WRITERS)
def test_a_cell_beside_several_pupils_goes_for_each_of_them(write: Callable[..., bytes]) -> None:
    rows = exports.table(24)
    for at in (*range(2, 13), *range(14, 25)):
        rows[at][0] = ""
    rows[13][0] = "De Vaart"
    read = read_export(write(rows, merged=[(1, 12, 0, 0), (13, 24, 0, 0)]), "x", exports.KNOWN)
    assert list(read.frame.iloc[:, 0]) == ["De Werf"] * 12 + ["De Vaart"] * 12
    assert "Samengevoegde cellen: 22 cellen eronder kregen dezelfde waarde." in read.notes
    assert list(read_export(write(rows), "x", exports.KNOWN).frame.iloc[:, 0])[:2] == ["De Werf", ""]


def test_a_merged_cell_makes_no_pupils_of_empty_rows() -> None:
    rows = [*exports.table(3), [""] * 5, [""] * 5]
    read = read_export(exports.workbook(rows, merged=[(1, 5, 0, 0)]), "x.xlsx", exports.KNOWN)
    assert len(read.frame) == 3


def test_cells_merged_over_each_other_without_end_are_refused() -> None:
    table = exports.table(200)
    over = [((1, 0), (200, 0))] * 50
    with pytest.raises(Refused):
        find_table("Blad1", table, KNOWN, (), over)
