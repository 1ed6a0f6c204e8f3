"""Every sentence about a wrong file says where it is and what to do, in Dutch."""

import datetime as dt
from pathlib import Path

import pytest

from wellbeing.model.reference import Change, Indicator, NationalFigure
from wellbeing.reference.schema import ReferenceDataError, build, collect, read_table, read_toml

GOOD = {
    "id": "eenzaam",
    "theme": "mentaal",
    "label": "Voelt zich eenzaam",
    "sentence": "{leerlingen} voelt zich eenzaam.",
    "rules": [{"kind": "share", "question": "v1", "cases": [1]}],
    "higher_is": "ongunstig",
    "version": "1",
    "source": "bron",
    "owner": "GGD",
    "reviewed_on": dt.date(2026, 11, 22),
    "next_review": dt.date(2027, 11, 22),
}


def complaints(data: dict, model: type = Indicator) -> tuple[str, ...]:
    with pytest.raises(ReferenceDataError) as error:
        build(model, data, "indicators.toml, eenzaam")
    return error.value.problems


def test_a_good_block_becomes_an_object():
    indicator = build(Indicator, GOOD, "indicators.toml")
    assert indicator.rules[0].cases == (1,)
    assert indicator.next_review == dt.date(2027, 11, 22)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"vraag": "v1"}, "vraag: deze sleutel is onbekend."),
        ({"higher_is": "beter"}, "higher_is: 'beter' mag hier niet; kies uit 'gunstig', 'ongunstig' of 'neutraal'."),
        ({"label": ""}, "label: dit mag niet leeg zijn."),
        ({"label": 3}, "label: hier staat '3', maar hier hoort een tekst tussen aanhalingstekens."),
        (
            {"id": "1e vraag"},
            "id: '1e vraag' mag hier niet; begin met een letter, daarna alleen letters, cijfers, _ en -.",
        ),
        (
            {"reviewed_on": "gisteren"},
            "reviewed_on: hier staat 'gisteren', maar hier hoort een datum, geschreven als 2026-11-22.",
        ),
        (
            {"catalogue_themes": "pesten"},
            "catalogue_themes: hier staat 'pesten', maar hier hoort een lijst tussen vierkante haken.",
        ),
        ({"rules": [{"question": "v1", "cases": [1]}]}, "rules > nummer 1: de sleutel 'kind' ontbreekt."),
        (
            {"rules": [{"kind": "som"}]},
            "rules > nummer 1: kind: 'som' mag hier niet; kies uit 'share', 'count', 'scale'.",
        ),
        (
            {"rules": [{"kind": "share", "question": "v1", "cases": ["ja"]}]},
            "rules > nummer 1 > cases > nummer 1: hier staat 'ja', maar hier hoort een heel getal.",
        ),
        ({"rules": ["v1"]}, "rules > nummer 1: hier staat 'v1', maar hier hoort een blok met sleutels."),
        (
            {"label": {"tekst": "x"}},
            "label: hier staat een blok met sleutels, maar hier hoort een tekst tussen aanhalingstekens.",
        ),
        ({"owner": ["GGD"]}, "owner: hier staat een lijst, maar hier hoort een tekst tussen aanhalingstekens."),
    ],
)
def test_a_wrong_key_is_said_with_its_place_and_what_belongs_there(change, sentence):
    assert complaints(GOOD | change) == (f"indicators.toml, eenzaam: {sentence}",)


def test_a_missing_direction_is_refused():
    without = {key: value for key, value in GOOD.items() if key != "higher_is"}
    assert complaints(without) == ("indicators.toml, eenzaam: higher_is: deze sleutel ontbreekt.",)


def test_all_wrong_keys_of_a_block_are_said_at_once():
    wrong = {key: value for key, value in GOOD.items() if key != "owner"} | {"label": "", "kleur": "rood"}
    assert {text.split(": ")[1] for text in complaints(wrong)} == {"owner", "label", "kleur"}


def test_numbers_outside_their_limits_are_said_with_the_limit():
    figure = {
        "indicator_id": "a",
        "year": 1999,
        "population": "p",
        "breakdown": "b",
        "percentage": 100.5,
        "source": "s",
    }
    assert complaints(figure, NationalFigure) == (
        "indicators.toml, eenzaam: year: hier staat '1999', maar dit moet 2000 of meer zijn.",
        "indicators.toml, eenzaam: percentage: hier staat '100.5', maar dit mag hoogstens 100 zijn.",
    )


def test_something_that_is_no_block_at_all_is_refused():
    assert complaints([1], Change) == (  # type: ignore[arg-type]
        "indicators.toml, eenzaam: hier staat een lijst, maar hier hoort een blok met sleutels.",
    )


# --------------------------------------------------------------------------- TOML


def toml_problem(path: Path) -> str:
    with pytest.raises(ReferenceDataError) as error:
        read_toml(path)
    return str(error.value)


def test_toml_that_cannot_be_read_is_said_with_its_line(tmp_path):
    path = tmp_path / "codebook.toml"
    path.write_text('id = "a"\ntitle = een titel\n', encoding="utf-8")
    assert toml_problem(path).startswith("codebook.toml, regel 2: dit kan niet worden gelezen; controleer")


def test_toml_that_stops_halfway_is_said_to_be_wrong_at_the_end(tmp_path):
    path = tmp_path / "codebook.toml"
    path.write_text("themes = [1,", encoding="utf-8")
    assert toml_problem(path).startswith("codebook.toml, aan het eind: dit kan niet worden gelezen")


def test_toml_in_another_encoding_is_refused(tmp_path):
    path = tmp_path / "codebook.toml"
    path.write_bytes('title = "één"'.encode("cp1252"))
    assert toml_problem(path) == "codebook.toml: sla dit bestand op met de codering UTF-8."


def test_toml_with_a_signature_of_windows_is_read(tmp_path):
    path = tmp_path / "codebook.toml"
    path.write_text('title = "één"', encoding="utf-8-sig")
    assert read_toml(path) == {"title": "één"}


@pytest.mark.parametrize("read", [read_toml, lambda path: read_table(path, ("id",))])
def test_a_missing_file_is_said_with_its_folder(tmp_path, read):
    with pytest.raises(ReferenceDataError) as error:
        read(tmp_path / "lijst.csv")
    assert str(error.value) == f"lijst.csv: dit bestand ontbreekt in de map {tmp_path.name}."


@pytest.mark.parametrize("read", [read_toml, lambda path: read_table(path, ("id",))])
def test_a_file_that_cannot_be_opened_is_no_traceback(tmp_path, read):
    (tmp_path / "lijst.csv").mkdir()  # opening a folder fails, as opening a file that Excel holds does
    with pytest.raises(ReferenceDataError, match="kan niet worden geopend; sluit het in andere programma's"):
        read(tmp_path / "lijst.csv")


# --------------------------------------------------------------------------- CSV


def table_problems(path: Path, text: str, columns: tuple[str, ...] = ("id", "text", "answers")) -> tuple[str, ...]:
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ReferenceDataError) as error:
        read_table(path, columns)
    return error.value.problems


def test_a_table_is_read_as_excel_writes_it(tmp_path):
    path = tmp_path / "vragen.csv"
    path.write_bytes(b'\xef\xbb\xbfid;text\r\nv1;"Wat vind je; en waarom?"\r\n;\r\nv2; Nog een \r\n')
    assert read_table(path, ("id", "text")) == [
        {"id": "v1", "text": "Wat vind je; en waarom?"},
        {"id": "v2", "text": "Nog een"},
    ]


def test_a_table_with_commas_is_refused_in_one_sentence(tmp_path):
    assert table_problems(tmp_path / "vragen.csv", "id,text,answers\nv1,Hoe?,1=Ja\n") == (
        "vragen.csv: tussen de kolommen staan komma's; sla dit bestand op met puntkomma's ertussen.",
    )


def test_rows_of_another_width_are_all_named_with_their_line(tmp_path):
    problems = table_problems(tmp_path / "vragen.csv", "id;text;answers\nv1;Hoe?\n\nv2;Wat;1=Ja\nv3;Wie;en;1=Ja\n")
    assert [text.partition(";")[0] for text in problems] == [
        "vragen.csv, regel 2: hier staan 2 cellen, maar er zijn 3 kolommen",
        "vragen.csv, regel 5: hier staan 4 cellen, maar er zijn 3 kolommen",
    ]


def test_unknown_missing_and_double_columns_are_named_together(tmp_path):
    assert table_problems(tmp_path / "vragen.csv", "id;id;vraag;answers\n") == (
        "vragen.csv: de kolom 'vraag' is onbekend.",
        "vragen.csv: de kolom 'text' ontbreekt.",
        "vragen.csv: de kolom 'id' staat er twee keer in.",
    )


def test_an_empty_table_misses_its_columns(tmp_path):
    assert table_problems(tmp_path / "vragen.csv", "", ("id",)) == ("vragen.csv: de kolom 'id' ontbreekt.",)


def test_a_table_in_another_encoding_says_how_to_save_it(tmp_path):
    path = tmp_path / "vragen.csv"
    path.write_bytes("id\ncafé\n".encode("cp1252"))
    with pytest.raises(ReferenceDataError, match="sla dit bestand in Excel op als 'CSV UTF-8"):
        read_table(path, ("id",))


# --------------------------------------------------------------------------- all at once


def test_all_steps_are_tried_before_any_problem_is_raised():
    def wrong(text: str) -> int:
        raise ReferenceDataError([text])

    with pytest.raises(ReferenceDataError) as error:
        collect([lambda: wrong("eerste"), lambda: 1, lambda: wrong("tweede")])
    assert error.value.problems == ("eerste", "tweede")
    assert collect([lambda: 1, lambda: 2]) == [1, 2]
