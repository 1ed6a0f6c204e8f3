"""Published figures are read strictly, with population, year and source."""

from pathlib import Path

import pytest

from wellbeing.reference.national import load_national, load_national_notes
from wellbeing.reference.schema import ReferenceDataError

NOTES = """
title = "Cijfers"
notice = "Achtergrond."
licence = "Met bronvermelding."

[owned]
source = "Openbare bronnen"
owner = "Epidemiologie GGD"
reviewed_on = 2026-11-22
next_review = 2027-11-22
"""
HEADER = "indicator_id;year;population;breakdown;percentage;n;source\n"
GOOD = "gelukkig;2021;Nederland, GMJ klas 2+4;klas=4;74;;RIVM\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "landelijk.csv").write_text(HEADER + GOOD, encoding="utf-8")
    (tmp_path / "landelijk.toml").write_text(NOTES, encoding="utf-8")
    return tmp_path


def problems(folder: Path, rows: str) -> tuple[str, ...]:
    (folder / "landelijk.csv").write_text(HEADER + rows, encoding="utf-8")
    with pytest.raises(ReferenceDataError) as error:
        load_national(folder)
    return error.value.problems


def test_a_figure_keeps_year_population_and_source(folder):
    (figure,) = load_national(folder)
    assert (figure.indicator_id, figure.year, figure.percentage) == ("gelukkig", 2021, 74.0)
    assert (figure.population, figure.breakdown, figure.source) == ("Nederland, GMJ klas 2+4", "klas=4", "RIVM")
    assert figure.pupils is None


def test_a_subject_outside_our_codebooks_and_a_number_of_pupils_are_fine(folder):
    (folder / "landelijk.csv").write_text(
        HEADER + "eenzaam_meestal_hbsc;2009;Nederland;totaal;18.5;10486;Trimbos\n", encoding="utf-8"
    )
    (figure,) = load_national(folder)
    assert (figure.indicator_id, figure.percentage, figure.pupils) == ("eenzaam_meestal_hbsc", 18.5, 10486)


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("74", "74,5", "percentage: schrijf '74,5' met een punt in plaats van een komma."),
        ("74", "101", "percentage: hier staat '101', maar dit mag hoogstens 100 zijn."),
        ("74", "-1", "percentage: hier staat '-1', maar dit moet 0 of meer zijn."),
        (
            "74",
            "een kwart",
            "percentage: hier staat 'een kwart', maar hier hoort een getal met een punt, bijvoorbeeld 12.5.",
        ),
        ("74", "nan", "percentage: hier staat 'nan', maar hier hoort een getal met een punt, bijvoorbeeld 12.5."),
        ("2021", "vorig jaar", "year: hier staat 'vorig jaar', maar hier hoort een heel getal."),
        ("2021", "21", "year: hier staat '21', maar dit moet 2000 of meer zijn."),
        ("74;;", "74;0;", "pupils: hier staat '0', maar dit moet 1 of meer zijn."),
        (";RIVM", ";", "source: dit mag niet leeg zijn."),
        ("Nederland, GMJ klas 2+4", "", "population: dit mag niet leeg zijn."),
    ],
)
def test_a_wrong_figure_is_refused(folder, old, new, sentence):
    assert problems(folder, GOOD.replace(old, new)) == (f"landelijk.csv, cijfer 1 (gelukkig): {sentence}",)


def test_the_same_figure_twice_is_refused(folder):
    assert problems(folder, GOOD * 2) == (
        "landelijk.csv: dit cijfer staat er twee keer in: gelukkig, 2021, Nederland, GMJ klas 2+4, klas=4, RIVM.",
    )


def test_two_sources_may_contradict_each_other(folder):
    (folder / "landelijk.csv").write_text(
        HEADER + GOOD + GOOD.replace(";74;", ";73;").replace("RIVM", "GGD"), encoding="utf-8"
    )
    assert [figure.percentage for figure in load_national(folder)] == [74, 73]


def test_problems_of_figures_and_notes_are_said_at_once(folder):
    (folder / "landelijk.toml").write_text(NOTES.replace("licence", "licentie"), encoding="utf-8")
    assert problems(folder, GOOD.replace("74", "7,4")) == (
        "landelijk.csv, cijfer 1 (gelukkig): percentage: schrijf '7,4' met een punt in plaats van een komma.",
        "landelijk.toml: licence: deze sleutel ontbreekt.",
        "landelijk.toml: licentie: deze sleutel is onbekend.",
    )


def test_notes_say_who_looks_after_the_figures(folder):
    notes = load_national_notes(folder)
    assert notes.owned.owner == "Epidemiologie GGD"
    assert notes.licence == "Met bronvermelding."


def test_a_missing_file_is_said(folder):
    (folder / "landelijk.csv").unlink()
    with pytest.raises(ReferenceDataError, match=r"landelijk\.csv: dit bestand ontbreekt"):
        load_national(folder)
