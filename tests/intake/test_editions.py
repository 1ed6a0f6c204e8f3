"""Which edition an export is: told by its columns or year, else asked; never the one that merely knows most of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from tests import builders
from wellbeing import pipeline
from wellbeing.export.codebooks import write_codebook
from wellbeing.intake.editions import is_doubtful, possible_codebooks
from wellbeing.model.imports import Problem, Severity
from wellbeing.model.reference import Codebook
from wellbeing.model.survey import Column, Dataset, RawTable, Survey

REFERENCE = pipeline.load_reference()
STRESS = ("SBSSK301", "SBSSK302", "SBSSK303", "SBSSK304", "SBSSK305")
FILE_2019 = ("GESLACHT", "KLAS", "EBEGK3S2", "EBGLK3S1", "LBAGK3S20", "LBRAK3S19", "SBRLK3S21", "LBLBK3S13", "LBGEK3S3")
FILE_2021 = (
    "GESLACHT", "BBGSK4S1", "KLAS", "EBEGK3S2", "EBGLK3S1", "LBAGK3S20", "LBRAK3S19", "PBMHK3S3", "SBEZK3S2",
    "SBRLK3S21", "LBLBK3S13", "MBMRK3S1", "SBOSK3S2", "SBOSK3S3",
)  # fmt: skip
FILE_2023 = ("GENDER", "KLAS", "EBEGK3S2", "EBGLK3S1", "LBAGK3S20", "PBMHK3S3", "SBOSK3S7", "LBLBK3S16", "SBSGK3S6")
FILE_2025 = ("GENDER", "KLAS", "EBEGK3S2", "EBGLK3S1", "LBAGK3S20", "PBMGK3A2", "SBOSK3S7", "LBLBK3S16", "SBSGK3S6")


def table(headings: Sequence[str], rows: Sequence[Sequence[str]] = ()) -> RawTable:
    return builders.raw_table(headings, rows or [["1"] * len(headings)] * 3)


def matching(headings: Sequence[str], *years: str) -> tuple[str, ...]:
    """Give the codebooks that these columns can be of, in a file that names its years or does not."""
    if not years:
        return pipeline.matching_codebooks(table(headings), REFERENCE)
    rows = [[*("1" for _ in headings), year] for year in years for _ in range(3)]
    return pipeline.matching_codebooks(table([*headings, "Onderzoeksjaar"], rows), REFERENCE)


# --------------------------------------------------------------------------- by its columns


@pytest.mark.parametrize(
    ("headings", "edition"),
    [(FILE_2021, "gmj-2021"), (FILE_2023, "gmj-2023"), (FILE_2025, "gmj-2025")],
    ids=["2021", "2023", "2025"],
)
def test_columns_of_one_edition_tell_which_it_is(headings: Sequence[str], edition: str) -> None:
    assert matching(headings) == (edition,)


def test_the_edition_that_knows_most_columns_is_not_taken_for_that() -> None:
    """Of a file of 2021 the codebook of 2023 knows more columns, some of which had other codes then."""
    known = {book.id: sum(heading in named(book) for heading in FILE_2021) for book in REFERENCE.codebooks}
    assert known["gmj-2023"] > known["gmj-2021"]
    assert matching(FILE_2021) == ("gmj-2021",)


def named(book: Codebook) -> set[str]:
    return {heading for question in book.questions for heading in question.headings}


def test_the_vaping_columns_rule_2021_out() -> None:
    assert matching(FILE_2019) == ("gmj-2019",)
    assert "gmj-2021" not in matching(("KLAS", *STRESS, "LBGEK3S3"))


def test_columns_that_every_edition_has_are_asked_about() -> None:
    found = matching(("KLAS", *STRESS))
    assert set(found) == {"gmj-2019", "gmj-2021", "gmj-2023", "gmj-2025"}
    assert pipeline.must_choose(found, REFERENCE)


def test_columns_of_two_editions_side_by_side_are_asked_about() -> None:
    found = matching(("KLAS", *STRESS, "LBLBK3S13", "LBLBK3S16"))
    assert set(found) == {"gmj-2019", "gmj-2021", "gmj-2023", "gmj-2025"}
    assert pipeline.must_choose(found, REFERENCE)


# --------------------------------------------------------------------------- by its year


@pytest.mark.parametrize("year", ["2019", "2021", "2023", "2025"])
def test_the_year_of_the_file_decides_where_the_columns_do_not(year: str) -> None:
    found = matching(("KLAS", *STRESS), year)
    assert found == (f"gmj-{year}",)
    assert not pipeline.must_choose(found, REFERENCE)


def test_a_school_year_is_the_round_of_its_autumn() -> None:
    assert matching(("KLAS", *STRESS), "2023-2024") == ("gmj-2023",)


def test_a_year_that_the_columns_speak_against_is_asked_about() -> None:
    found = matching(FILE_2023, "2021")
    assert {"gmj-2021", "gmj-2023"} <= set(found)
    assert pipeline.must_choose(found, REFERENCE)


def test_several_years_in_one_file_decide_nothing() -> None:
    found = matching(("KLAS", *STRESS), "2021", "2023")
    assert pipeline.must_choose(found, REFERENCE)


def test_a_year_without_an_edition_decides_nothing() -> None:
    assert pipeline.must_choose(matching(("KLAS", *STRESS), "2024"), REFERENCE)


def test_rows_of_a_dataset_are_not_looked_at() -> None:
    dataset = Dataset("pandas", tuple(Column(heading, "A") for heading in FILE_2023), None)
    books = [book for book in REFERENCE.codebooks if book.id.startswith("gmj-20")]
    assert [book.id for book in possible_codebooks(dataset, books)] == ["gmj-2023"]


# --------------------------------------------------------------------------- other questionnaires


def test_another_questionnaire_keeps_its_place_and_is_no_doubt() -> None:
    """Which of two questionnaires knows most columns was, and is, enough to put it first."""
    first = replace(builders.codebook(), id="een", instrument="Een")
    second = replace(builders.codebook(), id="twee", instrument="Twee")
    found = possible_codebooks(table(("klachten", "mening")), [first, second])
    assert [book.id for book in found] == ["een", "twee"]
    assert not is_doubtful(found)
    assert not is_doubtful(found[:1])
    assert not is_doubtful([])


# --------------------------------------------------------------------------- pupils of another year in the file

ROLES = ("SchoolNaam", "Onderzoeksjaar", "MBOKK3S33", "KLAS")
OLD, NEW = "2021", "2023"


def opened(headings: Sequence[str], cells: Sequence[str], edition: str = "gmj-2023", year: str = "") -> Survey:
    """Open a file with forty pupils of each year, all with the same answers."""
    rows = [["De Werf", when, "3", "2", *cells] for when in (OLD, NEW) for _ in range(40)]
    if year:
        rows = [["De Werf", "", *row[2:]] for row in rows]
    return pipeline.open_survey(table([*ROLES, *headings], rows), REFERENCE, edition, year=year)


def counts(survey: Survey) -> dict[str, dict[str, tuple[int, int]]]:
    return {
        made.year: {name: (count.cases, count.total) for name, count in made.total.figures.items()}
        for made in pipeline.measure(survey)
    }


def test_a_changed_subject_does_not_count_for_the_year_in_which_it_was_another() -> None:
    found = counts(opened(("SBSSK3S1", "SBOSK3S7"), ("1", "1")))
    assert found[NEW] == {"stress_school": (40, 40), "school_leuk": (40, 40)}
    assert found[OLD] == {"stress_school": (40, 40), "school_leuk": (0, 0)}


def test_a_column_with_other_codes_then_does_not_count_but_the_question_itself_does() -> None:
    assert counts(opened(("EBEGK3S2",), ("1",)))[OLD] == {"ervaren_gezondheid_goed": (0, 0)}
    assert counts(opened(("EBEGK3S2", "EBEGK311"), ("1", "2")))[OLD] == {"ervaren_gezondheid_goed": (40, 40)}


def remarks(survey: Survey) -> list[Problem]:
    """Give what the report says, but for the line that there are codes only."""
    return [problem for problem in survey.report.problems if "staan alleen cijfers" not in problem.message]


def test_the_report_names_the_year_and_the_subjects() -> None:
    (note,) = remarks(opened(("SBSSK3S1", "SBOSK3S7"), ("1", "1")))
    assert note.severity is Severity.NOTE
    assert "De leerlingen van 2021 kregen een andere vragenlijst (Gezondheidsmonitor Jeugd 2021)" in note.message
    assert note.message.endswith("voor 2021 tellen ze niet mee: Vindt school (hartstikke) leuk.")


def test_a_year_that_the_user_names_counts_as_the_year_of_the_file() -> None:
    survey = opened(("SBSSK3S1", "SBOSK3S7"), ("1", "1"), year=OLD)
    assert counts(survey)[OLD] == {"stress_school": (80, 80), "school_leuk": (0, 0)}
    assert len(remarks(survey)) == 1


def test_answers_behind_a_changed_subject_are_not_shown_for_that_year() -> None:
    survey = opened(("SBSSK301", "SBOSK304"), ("4", "1"))
    assert survey.answers is not None
    frame = survey.answers.frame
    assert frame[frame["jaar"] == OLD]["SBOSK304"].notna().sum() == 0
    assert frame[frame["jaar"] == NEW]["SBOSK304"].notna().sum() == 40
    assert frame["SBSSK301"].notna().sum() == 80


def test_a_column_beside_the_question_is_not_shown_where_it_had_other_codes() -> None:
    survey = opened(("EBEGK3S2", "EBEGK311"), ("1", "2"))
    assert survey.answers is not None
    shown = survey.answers.frame.groupby("jaar")[["EBEGK3S2", "EBEGK311"]].count()
    assert shown.loc[OLD].tolist() == [0, 40]
    assert shown.loc[NEW].tolist() == [40, 40]


def test_one_edition_with_its_own_year_is_left_as_it_is() -> None:
    rows = [["De Werf", NEW, "3", "2", "1"]] * 40
    survey = pipeline.open_survey(table([*ROLES, "SBOSK3S7"], rows), REFERENCE, "gmj-2023")
    assert remarks(survey) == []
    assert counts(survey)[NEW] == {"school_leuk": (40, 40)}


# --------------------------------------------------------------------------- a trend over editions


def test_a_trend_over_two_editions_breaks_only_where_the_question_changed() -> None:
    rows = [["De Werf", NEW, "3", "2", str(at % 2), str(at % 2)] for at in range(80)]
    before = pipeline.open_survey(table([*ROLES, "EBGLK3S1", "PBWBK3S2"], rows), REFERENCE, "gmj-2023")
    rows = [[row[0], "2025", *row[2:]] for row in rows]
    after = pipeline.open_survey(table([*ROLES, "EBGLK3S1", "PBWBK3S3"], rows), REFERENCE, "gmj-2025")
    courses = pipeline.follow_years([*pipeline.measure(before), *pipeline.measure(after)], REFERENCE)
    broken = {course.indicator: [figure.broken for figure in course.figures] for course in courses}
    assert broken == {"gelukkig": [False, False], "weerbaar_voldoende": [False, True]}


# --------------------------------------------------------------------------- codebooks of one's own


def test_a_codebook_of_ones_own_is_read_beside_those_of_the_dashboard(tmp_path: Path) -> None:
    write_codebook(builders.codebook(), tmp_path / "klein")
    reference = pipeline.load_reference(pipeline.DATA, tmp_path)
    assert {book.id for book in reference.codebooks} == {book.id for book in REFERENCE.codebooks} | {"klein"}
    assert pipeline.matching_codebooks(table(("klachten", "mening", "i1")), reference) == ("klein",)
