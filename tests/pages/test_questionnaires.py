"""Eigen vragenlijst: a codebook made on the page, checked by the strict rules, and recognised at the next upload."""

import datetime as dt
import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.intake import exports
from wellbeing.__main__ import main
from wellbeing.export.archives import codebook_archive
from wellbeing.export.codebooks import write_codebook
from wellbeing.model.imports import UnknownColumn
from wellbeing.model.reference import Direction, RespondentField, Role
from wellbeing.reference.codebooks import load_codebook
from wellbeing.reference.drafting import DraftHead, QuestionChoice, draft_codebook
from wellbeing.store.database import open_store
from wellbeing.ui import cache
from wellbeing.ui.session import State

PAGE = "pages/questionnaires.py"
FUN = "Vind je de kantine fijn?"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The folder with questionnaires of an installation that keeps things."""
    monkeypatch.setenv("WELLBEING_STORE", str(tmp_path / "w.sqlite"))
    store = open_store()
    store.set_retention(36)
    store.engine.dispose()
    cache.forget_codebooks()
    yield tmp_path / "vragenlijsten"
    cache.forget_codebooks()


def survey() -> bytes:
    answers = ["Ja"] * 40 + ["Nee"] * 20 + ["Weet ik niet"] * 10
    return exports.workbook([["Locatie", "Leerjaar", FUN], *(["Oost", "4", answer] for answer in answers)])


def upload(page, data):
    page.go(PAGE).app.file_uploader(key="questionnaire-0").upload("kantine.xlsx", data, "application/x").run()
    return page


def by_label(elements, words):
    (found,) = [item for item in elements if words in item.label]
    return found


def fill_in(page):
    """Answer every question of the page about one question of the file, in words."""
    choose(page)
    by_label(page.app.get("button_group"), "helemaal niet").set_value(["Weet ik niet"]).run()
    return page


def choose(page):
    """Answer what must be answered about one question of the file."""
    app = page.app
    app.text_input(key="own-name").set_value("Kantinelijst").run()
    app.text_input(key="own-year").set_value("2025-2026").run()
    app.text_input(key="own-owner").set_value("Zorgcoördinator").run()
    by_label(app.multiselect, "Welke vragen").set_value([FUN]).run()
    by_label(app.get("button_group"), "Bij welke antwoorden").set_value(["Ja"]).run()
    by_label(app.text_input, "Hoe noemt u").set_value("Vindt de kantine fijn").run()
    by_label(app.selectbox, "Bij welk thema").set_value("Een ander thema …").run()
    by_label(app.text_input, "Hoe heet dat thema").set_value("Eten").run()
    by_label(app.radio, "hoger percentage").set_value(Direction.FAVOURABLE).run()


def test_what_is_still_missing_is_told_as_one_goes(visitor):
    page = upload(visitor(State()), survey())
    assert page.went_well
    assert "Geef de vragenlijst een naam." in page.words
    page.app.text_input(key="own-name").set_value("Kantinelijst").run()
    assert "Geef de vragenlijst een naam." not in page.words
    assert "Kies minstens één vraag." in page.words


def test_columns_about_the_pupil_are_proposed(visitor):
    page = upload(visitor(State()), survey())
    assert by_label(page.app.selectbox, "staat: school?").value == "Locatie"
    assert by_label(page.app.selectbox, "staat: leerjaar?").value == "Leerjaar"
    assert by_label(page.app.multiselect, "Welke vragen").options == [FUN]


def test_codes_about_the_pupil_are_asked_and_read_from_then_on(visitor, folder):
    """By hand: 40 pupils with code 1, 25 with code 2, 5 with code 9."""
    codes = ["1"] * 40 + ["2"] * 25 + ["9"] * 5
    rows = [["Oost", "4", code, ("Ja", "Nee")[at % 2]] for at, code in enumerate(codes)]
    data = exports.workbook([["Locatie", "Leerjaar", "Geslacht", FUN], *rows])
    page = upload(visitor(State()), data)
    by_label(page.app.selectbox, "staat: geslacht?").set_value("Geslacht").run()
    by_label(page.app.selectbox, "“1” is").set_value("meisje").run()
    by_label(page.app.selectbox, "“2” is").set_value("jongen").run()
    by_label(page.app.selectbox, "“9” is").set_value("niet bekend").run()
    choose(page)
    page.app.button(key="own-save").click().run()
    assert page.went_well
    page.go("pages/add_data.py").app.file_uploader(key="school-0").upload("k.xlsx", data, "application/x").run()
    by_label(page.app.radio, "Van wie is deze").set_value("school").run()
    assert not [radio for radio in page.app.radio if "Geslacht" in radio.label], "it was said already"
    page.app.text_input(key="year-school").set_value("2025-2026").run()
    page.app.button(key="confirm").click().run()
    groups = {item.group.key: item.pupils for item in page.state.measurement.groups}
    assert (groups["meisje"], groups["jongen"]) == (40, 25)


def test_a_file_without_closed_questions_says_why_each_column_stays_out(visitor):
    page = upload(
        visitor(State()), exports.workbook([["Naam", FUN], *([f"Leerling {at}", str(at)] for at in range(30))])
    )
    assert page.went_well
    assert "geen enkele gesloten vraag" in page.words
    assert "Naam verwijderd: naam" in " ".join(page.words.split())
    assert "Leerling 1" not in page.words


def test_a_finished_questionnaire_is_kept_and_accepted_by_the_command(visitor, folder, capsys):
    page = fill_in(upload(visitor(State()), survey()))
    assert page.went_well
    assert "Kantinelijst 2025-2026: 1 vraag en 1 onderwerp, geen fouten." in page.words
    assert "1 op de 3 leerlingen vindt de kantine fijn." in page.words
    page.app.button(key="own-save").click().run()
    assert page.went_well
    (made,) = folder.iterdir()
    assert main(["codebook", "check", str(made)]) == 0
    assert "1 vragen en 1 onderwerpen, geen fouten" in capsys.readouterr().out
    assert "Kantinelijst 2025-2026" in page.words, "it stands on the list"


def test_it_is_recognised_at_the_next_upload_and_counts_as_decided(visitor, folder):
    """By hand: 40 of the 60 who know like the canteen; 10 do not know and are left out."""
    page = fill_in(upload(visitor(State()), survey()))
    page.app.button(key="own-save").click().run()
    page.go("pages/add_data.py").app.file_uploader(key="school-0").upload("k.xlsx", survey(), "application/x").run()
    assert page.went_well
    by_label(page.app.radio, "Van wie is deze").set_value("school").run()
    assert "De school is verantwoordelijk voor deze antwoorden" in page.words
    page.app.text_input(key="year-school").set_value("2025-2026").run()
    page.app.button(key="confirm").click().run()
    assert page.went_well
    (figure,) = page.state.measurement.total.figures.values()
    assert (figure.cases, figure.total) == (40, 60)
    page.go("pages/profile.py")
    assert page.went_well


def test_where_nothing_is_kept_yet_that_is_asked_on_the_page_and_no_choice_is_lost(visitor, tmp_path, monkeypatch):
    monkeypatch.setenv("WELLBEING_STORE", str(tmp_path / "new.sqlite"))
    page = fill_in(upload(visitor(State()), survey()))
    assert [button.key for button in page.app.button if button.key == "own-save"] == []
    assert "alleen als bestand bewaren" in page.words
    by_label(page.app.button, "Zo bewaren").click().run()
    assert page.went_well
    assert "Kantinelijst 2025-2026: 1 vraag en 1 onderwerp, geen fouten." in page.words
    assert [button.key for button in page.app.button if button.key == "own-save"] == ["own-save"]


def codebook():
    head = DraftHead("Kantinelijst", "2025-2026", "Zorg", dt.date(2026, 1, 1), anonymous=True)
    choice = QuestionChoice(("Ja",), (), Direction.FAVOURABLE, "Eten", "Vindt de kantine fijn")
    return draft_codebook(
        head, [RespondentField(Role.LEVEL, ("Niveau",))], [(UnknownColumn(FUN, (("Ja", 40), ("Nee", 20))), choice)]
    )


def test_the_file_holds_the_folder_that_the_command_accepts(tmp_path):
    with zipfile.ZipFile(io.BytesIO(codebook_archive(codebook()))) as archive:
        archive.extractall(tmp_path)
    assert load_codebook(tmp_path / codebook().id) == codebook()


def test_one_that_is_not_in_order_is_told_and_stops_nothing(visitor, folder):
    write_codebook(codebook(), folder / codebook().id)
    (folder / "kapot").mkdir()
    page = visitor(State()).go(PAGE)
    assert page.went_well
    assert "De vragenlijst in de map kapot klopt niet" in page.words
    assert "Kantinelijst 2025-2026" in page.words
