"""The catalogue: the tables as they are delivered, and every way in which they may not be written."""

import csv
import datetime as dt
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from wellbeing.model.catalogue import Kind, Layer, Recognition
from wellbeing.model.reference import Pillar
from wellbeing.reference.interventions import load_catalogue
from wellbeing.reference.schema import ReferenceDataError

DELIVERED = Path(__file__).parents[2] / "data" / "interventions"
FILES = ("inspiratiekaart.csv", "programmes.csv", "packages.csv", "themes.csv")

CATALOGUE = load_catalogue(DELIVERED)

Change = Callable[[list[list[str]]], None]


def cells(name: str, folder: Path = DELIVERED) -> list[list[str]]:
    with (folder / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file, delimiter=";"))


def written(folder: Path, name: str, change: Change, encoding: str = "utf-8-sig") -> Path:
    """Copy the delivered tables and change one of them."""
    for file in FILES:
        shutil.copy(DELIVERED / file, folder / file)
    table = cells(name)
    change(table)
    with (folder / name).open("w", encoding=encoding, newline="") as file:
        csv.writer(file, delimiter=";").writerows(table)
    return folder


def put(row: str, column: str, value: str) -> Change:
    """Write a value in the row with this first cell (packages: "theme / pillar")."""

    def change(table: list[list[str]]) -> None:
        for line in table[1:]:
            if row in (line[0], f"{line[0]} / {line[1]}"):
                line[table[0].index(column)] = value

    return change


def problems_of(folder: Path) -> tuple[str, ...]:
    with pytest.raises(ReferenceDataError) as caught:
        load_catalogue(folder)
    return caught.value.problems


# --------------------------------------------------------------------------- as delivered


def test_all_67_rows_of_the_card_and_all_84_programmes_are_there_once() -> None:
    card, programmes = (len(cells(name)) - 1 for name in FILES[:2])
    assert (card, programmes) == (67, 84)
    assert len({row.id for row in CATALOGUE.rows}) == 67 + 84


def test_the_prefixes_of_the_ids_say_what_a_row_is() -> None:
    prefixes = [row.id.split("-")[0] for row in CATALOGUE.rows]
    assert {name: prefixes.count(name) for name in dict.fromkeys(prefixes)} == {
        "s": 67,
        "i": 53,
        "t": 1,
        "m": 22,
        "w": 8,
    }


def test_there_are_22_themes_over_four_pillars() -> None:
    assert len(CATALOGUE.themes) == 22
    assert len(CATALOGUE.packages) == 22 * 4


@pytest.mark.parametrize(
    ("row", "recognition", "date"),
    [
        ("i-swpbs", "Goed onderbouwd", "2014-04-24"),
        ("i-vrienden", "Sterke aanwijzingen", "2018-11-02"),
        ("i-krachtvoer", "Goede aanwijzingen", "2021-11-25"),
        ("i-mazl", "Eerste aanwijzingen", "2017-03-29"),
        ("i-liefde-is-meisjes", "Goed onderbouwd", "2016"),
        ("i-join-us", "Goed onderbouwd", ""),
        ("i-rots-en-water", "niet erkend", "2017-10-27"),
        ("i-pas", "oude indeling", ""),
        ("i-storm", "geen erkenning gevonden", ""),
        ("s-visietool", "n.v.t.", ""),
    ],
)
def test_recognitions_are_those_of_the_source(row: str, recognition: str, date: str) -> None:
    found = CATALOGUE.row(row)
    assert (found.recognition.value, found.recognition_date) == (recognition, date)


@pytest.mark.parametrize(
    ("row", "levels", "first", "last"),
    [
        ("i-krachtvoer", {"vmbo-bk", "vmbo-gt"}, 1, 2),
        ("i-charge-your-brainzzz", {"vmbo-gt", "havo", "vwo"}, 2, 3),
        ("i-lang-leve-de-liefde-bovenbouw", {"havo", "vwo"}, 4, 6),
        ("i-be-wise", {"vso"}, None, None),
        ("i-girls-talk-plus", {"praktijkonderwijs"}, None, None),
        ("i-grip-op-je-dip", {"alle"}, 5, None),
    ],
)
def test_levels_and_leerjaren_are_those_of_the_source(
    row: str, levels: set[str], first: int | None, last: int | None
) -> None:
    found = CATALOGUE.row(row)
    assert (set(found.levels), found.leerjaar_from, found.leerjaar_to) == (levels, first, last)


def test_only_what_may_not_be_proposed_has_a_reason_for_it() -> None:
    refused = {row.id: row.not_proposed_because for row in CATALOGUE.rows if not row.proposable}
    assert set(refused) == {"i-rots-en-water", "i-sta-sterk"}
    assert "27 oktober 2017" in refused["i-rots-en-water"]


@pytest.mark.parametrize("name", ["PAD", "PRIMA", "KiVa", "Gelukskoffer", "Leer te Durven", "MediaMasters"])
def test_programmes_for_primary_schools_are_not_in_the_catalogue(name: str) -> None:
    assert not [row.id for row in CATALOGUE.rows if name.casefold() in row.title.casefold().split()]


def test_every_row_shows_where_it_comes_from_and_when_it_was_checked() -> None:
    for row in CATALOGUE.rows:
        assert row.source.startswith(("http", "Inspiratiekaart AF2154"))
        assert row.checked_on == dt.date(2026, 11, 22)


def test_the_safety_net_belongs_to_mental_health_alone() -> None:
    nets = {theme.id: theme.safety_net for theme in CATALOGUE.themes if theme.safety_net}
    assert nets == {"mentale_gezondheid": "m-vangnet-suicidaliteit"}


@pytest.mark.parametrize("name", FILES)
def test_excel_shows_every_cell_as_it_stands(name: str) -> None:
    assert (DELIVERED / name).read_bytes().startswith(b"\xef\xbb\xbf")
    assert not [cell for line in cells(name) for cell in line if cell.startswith(("=", "+", "-", "@"))]


# --------------------------------------------------------------------------- what rows say of themselves


def test_a_recognition_is_always_said_with_its_date_or_that_it_is_unknown() -> None:
    assert CATALOGUE.row("i-swpbs").recognition_in_words == "Goed onderbouwd (2014-04-24)"
    assert CATALOGUE.row("i-join-us").recognition_in_words == "Goed onderbouwd (datum onbekend)"
    assert CATALOGUE.row("i-pas").recognition_in_words == "oude indeling (datum onbekend)"
    assert CATALOGUE.row("s-visietool").recognition_in_words == "n.v.t."


def test_a_year_alone_lasts_until_its_last_day() -> None:
    assert CATALOGUE.row("i-liefde-is-meisjes").recognised_by == dt.date(2016, 12, 31)
    assert CATALOGUE.row("i-swpbs").recognised_by == dt.date(2014, 4, 24)
    assert CATALOGUE.row("i-join-us").recognised_by is None


def test_of_care_for_pupils_with_complaints_only_the_name_is_shown() -> None:
    assert CATALOGUE.row("i-op-volle-kracht").name_only
    assert not CATALOGUE.row("i-vrienden").name_only  # also for groups at risk
    assert not CATALOGUE.row("m-vangnet-suicidaliteit").name_only  # an agreement of the school, no care


def test_general_rows_are_offered_once_and_not_with_every_theme() -> None:
    general = {row.id for row in CATALOGUE.general_rows()}
    assert {"s-checklist-welbevinden", "m-gs-matrix", "s-keuzevragen"} <= general
    assert not general & {row.id for row in CATALOGUE.candidates("slaap", Pillar.POLICY)}


def test_candidates_are_the_rows_of_the_package_and_then_the_others() -> None:
    rows = [row.id for row in CATALOGUE.candidates("slaap", Pillar.ENVIRONMENT)]
    assert rows == ["m-energiedrank-weren", "m-geen-avondberichten", "s-discussiekaarten"]


@pytest.mark.parametrize("look", [CATALOGUE.row, CATALOGUE.theme, lambda key: CATALOGUE.action(key, Pillar.POLICY)])
def test_what_is_not_there_is_not_made_up(look: Callable[[str], object]) -> None:
    with pytest.raises(KeyError, match="bestaat-niet"):
        look("bestaat-niet")


# --------------------------------------------------------------------------- what is refused

REFUSED: list[tuple[str, str, str, str, str]] = [
    ("programmes.csv", "i-storm", "themes", "somberheid", "het thema 'somberheid' staat niet in themes.csv"),
    ("programmes.csv", "i-swpbs", "recognition_date", "24 april", "'24 april' is geen datum"),
    ("programmes.csv", "i-swpbs", "recognition_date", "2014-13-01", "'2014-13-01' is geen datum"),
    ("inspiratiekaart.csv", "s-visietool", "checked_on", "gisteren", "checked_on: 'gisteren' is geen datum"),
    ("inspiratiekaart.csv", "s-visietool", "checked_on", "2026", "checked_on: '2026' is geen datum"),
    ("programmes.csv", "i-storm", "recognition", "bewezen", "recognition: 'bewezen' mag hier niet"),
    ("programmes.csv", "i-storm", "type", "cursus", "type: 'cursus' mag hier niet"),
    ("programmes.csv", "i-storm", "pillars", "Beleid|Gebouw", "'Gebouw' mag hier niet"),
    ("programmes.csv", "i-storm", "levels", "mavo", "'mavo' mag hier niet"),
    ("programmes.csv", "i-storm", "levels", "alle|vwo", "kies 'alle' of losse niveaus"),
    ("programmes.csv", "i-storm", "leerjaar_from", "5", "leerjaar_from ligt na leerjaar_to"),
    ("programmes.csv", "i-storm", "leerjaar_to", "onderbouw", "hier staat 'onderbouw'"),
    ("programmes.csv", "i-storm", "source", "", "source: dit mag niet leeg zijn"),
    ("programmes.csv", "i-storm", "proposable", "misschien", "hier staat 'misschien'; kies uit ja of nee"),
    ("programmes.csv", "i-ease", "proposable", "nee", "geef een reden bij 'nee'"),
    (
        "programmes.csv",
        "i-ease",
        "recognition",
        "niet erkend",
        "een programma dat niet erkend is, stellen we niet voor",
    ),
    ("packages.csv", "slaap / Beleid", "rows", "m-middagdutje", "de regel 'm-middagdutje' staat niet in"),
    ("packages.csv", "slaap / Beleid", "rows", "", "rows"),
    ("packages.csv", "slaap / Beleid", "rows", "i-mind-young-academy", "hoort niet bij de pijler Beleid"),
    ("packages.csv", "pesten / Educatie", "rows", "i-rots-en-water", "'i-rots-en-water' mag niet worden voorgesteld"),
    ("packages.csv", "pesten / Educatie", "rows", "s-week-tegen-pesten", "een themaweek mag niet de enige regel zijn"),
    ("packages.csv", "slaap / Beleid", "theme", "dromen", "het thema 'dromen' staat niet in themes.csv"),
    ("themes.csv", "mentale_gezondheid", "safety_net", "i-happyles", "moet een regel onder Signaleren zijn"),
    ("themes.csv", "mentale_gezondheid", "safety_net", "m-bestaat-niet", "moet een regel onder Signaleren zijn"),
    ("themes.csv", "slaap", "question", "", "question: dit mag niet leeg zijn"),
]


@pytest.mark.parametrize("case", REFUSED, ids=lambda case: f"{case[1]} {case[2]} {case[3]}")
def test_a_wrong_cell_is_refused_with_file_row_and_reason(tmp_path: Path, case: tuple[str, ...]) -> None:
    file, row, column, value, sentence = case
    problems = problems_of(written(tmp_path, file, put(row, column, value)))
    place = value if column == "theme" else row.partition(" / ")[0]
    assert any(sentence in problem and problem.startswith(f"{file}, {place}") for problem in problems)


@pytest.mark.parametrize("file", FILES)
def test_an_unknown_column_is_refused(tmp_path: Path, file: str) -> None:
    def change(table: list[list[str]]) -> None:
        for line in table:
            line.append("prijs")

    assert f"{file}: de kolom 'prijs' is onbekend." in problems_of(written(tmp_path, file, change))


def test_a_theme_without_a_pillar_is_refused(tmp_path: Path) -> None:
    def change(table: list[list[str]]) -> None:
        table[:] = [line for line in table if line[:2] != ["slaap", "Signaleren"]]

    problems = problems_of(written(tmp_path, "packages.csv", change))
    assert problems == ("packages.csv, slaap: de pijler Signaleren ontbreekt.",)


@pytest.mark.parametrize(
    ("file", "name"),
    [
        ("programmes.csv", "de regel 'i-swpbs'"),
        ("themes.csv", "het thema 'mentale_gezondheid'"),
        ("packages.csv", "het vak 'mentale_gezondheid / Beleid'"),
    ],
)
def test_a_double_row_is_refused(tmp_path: Path, file: str, name: str) -> None:
    problems = problems_of(written(tmp_path, file, lambda table: table.append(table[1])))
    assert any(f"{name} staat er twee keer in." in problem for problem in problems)


def test_all_problems_are_told_at_once(tmp_path: Path) -> None:
    written(tmp_path, "programmes.csv", put("i-storm", "recognition", "bewezen"))
    table = cells("themes.csv")
    put("slaap", "caution", "")(table)
    with (tmp_path / "themes.csv").open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file, delimiter=";").writerows(table)
    assert {problem.split(",")[0] for problem in problems_of(tmp_path)} == {"programmes.csv", "themes.csv"}


def test_a_missing_folder_or_file_is_named(tmp_path: Path) -> None:
    assert problems_of(tmp_path / "weg") == ("De map weg bestaat niet.",)
    assert sum("dit bestand ontbreekt" in problem for problem in problems_of(tmp_path)) == len(FILES)


def test_dates_as_excel_turns_them_round_are_the_same_dates(tmp_path: Path) -> None:
    folder = written(tmp_path, "programmes.csv", put("i-swpbs", "recognition_date", "24-4-2014"))
    assert load_catalogue(folder).row("i-swpbs").recognition_date == "2014-04-24"


def test_controlled_words_cover_what_the_tables_hold() -> None:
    assert {row.type for row in CATALOGUE.rows} == set(Kind) - {Kind.OWN}  # an own offer is in the store
    assert {layer for row in CATALOGUE.rows for layer in row.layer} == set(Layer)
    assert {row.recognition for row in CATALOGUE.rows} == set(Recognition) - {
        Recognition.WELL_DESCRIBED,
        Recognition.NOT_JUDGED,
    }
