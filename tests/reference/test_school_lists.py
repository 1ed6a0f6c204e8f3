"""The lists of the school: strict, with an owner and a day to look again, and nothing that leads nowhere."""

import csv
import shutil
from pathlib import Path

import pytest

from wellbeing.model.reference import Pillar
from wellbeing.reference.interventions import load_catalogue
from wellbeing.reference.schema import ReferenceDataError
from wellbeing.reference.school_lists import load_school_lists

FOLDER = Path(__file__).parents[2] / "data" / "interventions"
CATALOGUE = load_catalogue(FOLDER)


@pytest.fixture
def folder(tmp_path):
    for name in ("checklist.csv", "theme_weeks.csv", "steps.csv", "reached_less.csv"):
        shutil.copy(FOLDER / name, tmp_path)
    return tmp_path


def spoil(path, change):
    """Change the first row of a table."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    rows[0].update(change)
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys(), delimiter=";")
        writer.writeheader()
        writer.writerows(rows)


def test_the_checklist_has_the_nineteen_questions_over_four_pillars():
    lists = load_school_lists(FOLDER, CATALOGUE)
    counted = {pillar: sum(item.pillar is pillar for item in lists.checklist) for pillar in Pillar}
    assert counted == {Pillar.POLICY: 5, Pillar.ENVIRONMENT: 3, Pillar.EDUCATION: 5, Pillar.SIGNALLING: 6}
    assert [item.id for item in lists.checklist if item.is_obliged] == [
        "c-veiligheidsbeleid",
        "c-aanspreekpunt-pesten",
        "c-meten-leerlingen",
    ]


def test_every_row_is_answered_for_and_looked_at_again():
    lists = load_school_lists(FOLDER, CATALOGUE)
    for row in (*lists.checklist, *lists.weeks, *lists.steps, *lists.reached_less):
        assert row.owned.owner
        assert row.owned.reviewed_on < row.owned.next_review


def test_every_theme_week_of_the_catalogue_can_be_planned():
    weeks = {week.row for week in load_school_lists(FOLDER, CATALOGUE).weeks}
    assert {row.id for row in CATALOGUE.rows if row.type == "themaweek"} <= weeks


@pytest.mark.parametrize(
    ("file", "change", "sentence"),
    [
        ("checklist.csv", {"pillar": "Bestuur"}, "pillar: 'Bestuur' mag hier niet"),
        ("checklist.csv", {"is_obliged": "soms"}, "kies uit ja of nee"),
        ("checklist.csv", {"themes": "geluk"}, "het thema 'geluk' is onbekend"),
        ("checklist.csv", {"id": "c-schoolplan"}, "'c-schoolplan' staat er twee keer in"),
        ("checklist.csv", {"kept_by": ""}, "kept_by: dit mag niet leeg zijn"),
        ("checklist.csv", {"next_review": "straks"}, "'straks' is geen datum; schrijf bijvoorbeeld 2026-11-22"),
        ("steps.csv", {"plan": "eigen plan"}, "plan: 'eigen plan' mag hier niet"),
        ("steps.csv", {"id": "w-2"}, "de stap 'w-2' staat er twee keer in"),
        ("theme_weeks.csv", {"row": "w-geen"}, "deze regel staat niet in het aanbod"),
        ("theme_weeks.csv", {"usually": ""}, "usually: dit mag niet leeg zijn"),
        ("reached_less.csv", {"rows": "s-hefboom-geld"}, "'s-hefboom-geld' staat niet in het aanbod"),
        ("reached_less.csv", {"id": "r-ouders"}, "'r-ouders' staat er twee keer in"),
        ("reached_less.csv", {"helps": ""}, "helps: dit mag niet leeg zijn"),
    ],
)
def test_what_is_wrong_is_told_in_dutch(folder, file, change, sentence):
    spoil(folder / file, change)
    with pytest.raises(ReferenceDataError) as error:
        load_school_lists(folder, CATALOGUE)
    assert sentence in str(error.value)
    assert file in str(error.value)
