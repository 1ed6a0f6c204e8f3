"""Gegevens toevoegen: report first, figures after "ja, dit klopt", and pupils gone after that."""

import datetime as dt
import io
import re
from pathlib import Path

import openpyxl
import pytest

from wellbeing.export.codebooks import write_codebook
from wellbeing.model.imports import UnknownColumn
from wellbeing.model.reference import Bouw, Direction
from wellbeing.reference.drafting import DraftHead, QuestionChoice, draft_codebook
from wellbeing.ui import cache, progress

PAGE = "pages/add_data.py"
FILE = "school-0"


def upload(visitor, demo, name, data=None):
    page = visitor().go(PAGE)
    page.app.file_uploader(key=FILE).upload(name, data or (demo / name).read_bytes(), "application/octet-stream").run()
    return page


def without_rows(path, rows):
    """Give the export with its last pupils taken out."""
    workbook = openpyxl.load_workbook(path)
    sheet = workbook.worksheets[0]
    sheet.delete_rows(sheet.max_row - rows + 1, rows)
    data = io.BytesIO()
    workbook.save(data)
    return data.getvalue()


def again(page, name, data):
    page.go(PAGE).app.file_uploader(key="school-1").upload(name, data, "application/octet-stream").run()
    return page


@pytest.fixture
def demo():
    return Path(__file__).parents[2] / "data" / "demo"


def test_nothing_uploaded(visitor):
    page = visitor().go(PAGE)
    assert page.went_well
    assert not page.app.button


def test_the_report_says_what_was_read_and_what_was_removed(visitor, demo):
    page = upload(visitor, demo, "het-baken-2025-2026.xlsx")
    assert page.went_well
    assert "485 rijen gelezen" in page.words
    assert page.words.count("De kolomkoppen staan in rij 4") == 1
    assert "Havo (220) en Vmbo-gt (265)" in page.words
    assert "burgerservicenummer" in page.words
    assert "8 waarden konden we niet lezen" in page.words


def test_before_confirming_no_figure_exists(visitor, demo):
    page = upload(visitor, demo, "het-baken-2025-2026.xlsx")
    assert page.state.measurement is None
    assert "%" not in page.words
    assert "Nog geen school gekozen" in page.go("pages/profile.py").words


def test_after_confirming_only_counts_are_left(visitor, demo):
    page = upload(visitor, demo, "het-baken-2025-2026.xlsx")
    page.app.number_input(key="could-bovenbouw").set_value(400).run()
    page.app.button(key="confirm").click().run()
    assert page.went_well
    assert page.state.measurement.total.pupils == 305
    assert page.state.measurement.could_have_answered == 400
    assert page.state.pending == {}
    assert page.state.rounds == {"school": 1}


def test_a_column_can_be_linked_by_hand(visitor, demo):
    page = upload(visitor, demo, "het-baken-2025-2026.xlsx")
    box = next(box for box in page.app.selectbox if "moment van de dag" in box.label)
    assert (box.options[0], box.value) == ("niet gebruiken", "")


@pytest.mark.parametrize(
    ("name", "data"),
    [("leeg.xlsx", b" "), ("foto.xlsx", b"\xff\xd8\xff\xe0" + b"0" * 500), ("lijst.csv", b"a;b\n1;2\n3;4\n")],
)
def test_a_broken_file_gets_a_sentence_and_no_report(visitor, demo, name, data):
    page = upload(visitor, demo, name, data)
    assert page.went_well
    assert len(page.app.error) == 1
    assert page.app.error[0].value.endswith(".")
    assert "Klopt dit?" not in page.words


def test_a_workbook_with_two_tables_asks_for_the_worksheet(visitor, demo):
    workbook = openpyxl.load_workbook(demo / "de-kleine-kreek-2025-2026.xlsx")
    first = workbook.worksheets[0]
    workbook.copy_worksheet(first).title = "Kopie"
    data = io.BytesIO()
    workbook.save(data)
    page = upload(visitor, demo, "twee.xlsx", data.getvalue())
    assert "werkblad" in page.app.error[0].value
    (box,) = page.app.multiselect
    assert box.options == [first.title, "Kopie"]
    box.set_value(["Kopie"]).run()
    assert page.went_well
    assert "blad Kopie" in page.words
    page.app.run()
    assert "blad Kopie" in page.words


def test_a_file_without_a_school_year_asks_for_it(visitor, demo):
    workbook = openpyxl.load_workbook(demo / "zilverduin-college-2025-2026.xlsx")
    sheet = workbook.worksheets[0]
    headings = [cell.value for cell in sheet[4]]
    sheet.delete_cols(headings.index("Schooljaar") + 1)
    data = io.BytesIO()
    workbook.save(data)
    page = upload(visitor, demo, "zonder-jaar.xlsx", data.getvalue())
    assert page.went_well
    for typed in ("", "vorig jaar"):
        page.app.text_input(key="year-school").set_value(typed).run()
        assert "Vul hierboven eerst het schooljaar in" in page.words
        assert page.app.button(key="confirm").disabled
    page.app.text_input(key="year-school").set_value("25/26").run()
    assert page.went_well
    assert not page.app.button(key="confirm").disabled
    assert page.app.selectbox(key="school-year").value == "2025-2026"


def test_a_second_file_of_nearly_the_same_pupils_is_stopped(visitor, demo):
    name = "duinrand-lyceum-2025-2026.xlsx"
    page = upload(visitor, demo, name)
    page.app.button(key="confirm").click().run()
    first = page.state.measurement
    again(page, name, without_rows(demo / name, 3))
    assert page.went_well
    assert "met 1 tot 4 leerlingen verschil" in page.words
    assert page.app.button(key="confirm").disabled
    assert page.state.measurement == first
    page.app.checkbox(key="never-shown-school").check().run()
    assert not page.app.button(key="confirm").disabled
    page.app.button(key="confirm").click().run()
    assert sum(item.total.pupils for item in page.state.measurements) == 157
    assert sum(map(len, page.state.seen.values())) == 2  # the file that nobody saw does not count any more


def test_the_same_file_again_is_no_second_upload(visitor, demo):
    name = "duinrand-lyceum-2025-2026.xlsx"
    page = upload(visitor, demo, name)
    page.app.button(key="confirm").click().run()
    again(page, name, (demo / name).read_bytes())
    assert "leerlingen verschil" not in page.words
    assert not page.app.button(key="confirm").disabled


def test_another_year_of_the_same_school_joins_the_first(visitor, demo):
    page = upload(visitor, demo, "het-baken-2025-2026.xlsx")
    page.app.button(key="confirm").click().run()
    region = (demo / "regio-2024-2025.xlsx").read_bytes()
    again(page, "regio-2024-2025.xlsx", region)
    page.app.selectbox(key="school-name").set_value("Het Baken").run()
    page.app.button(key="confirm").click().run()
    assert page.went_well
    assert page.state.measurement.year == "2024-2025"
    assert [item.year for item in page.state.other_years] == ["2025-2026"]
    page.go("pages/breakdowns.py")
    assert "dan in 2024-2025" in page.words or "met 2024-2025" in page.words


def test_another_school_does_not_join(visitor, demo):
    page = upload(visitor, demo, "het-baken-2025-2026.xlsx")
    page.app.button(key="confirm").click().run()
    again(page, "de-werf-2025-2026.xlsx", (demo / "de-werf-2025-2026.xlsx").read_bytes())
    page.app.button(key="confirm").click().run()
    assert page.state.measurement.school == "De Werf"
    assert page.state.history == ()


def national_export(reference):
    """Give an export of the national questionnaire with a column of weights: 120 pupils of one class year."""
    questions = reference.codebook("gmj-2023").questions
    headings = ["SchoolNaam", "Onderzoeksjaar", "MBOKK3S33", "MBOKK331", "GENDER", "weegfactor_regio"]
    lines = [";".join([*headings, *(question.headings[0] for question in questions)])]
    for pupil in range(120):
        fields = ["De Proef", "2023", "3", "4", str(1 + pupil % 2), "2" if pupil % 3 else "1"]
        answers = [str(question.answers[pupil % 2 % len(question.answers)].code) for question in questions]
        lines.append(";".join([*fields, *answers]))
    return "\n".join(lines).encode()


def test_weights_are_offered_only_where_there_are_and_are_off(visitor, demo, reference):
    assert not upload(visitor, demo, "het-baken-2025-2026.xlsx").app.checkbox
    page = upload(visitor, demo, "landelijk.csv", national_export(reference))
    assert page.went_well
    label = page.app.checkbox(key="weighted").label.replace("\\", "")
    assert label == "Weeg de cijfers met de kolom weegfactor_regio"
    assert page.app.checkbox(key="weighted").value is False


def test_a_file_that_can_be_of_several_rounds_asks_which(visitor, demo):
    """Only columns that are the same in every round, and no year: nothing is chosen before its user says so."""
    headings = ["SchoolNaam", "MBOKK3S33", "MBOKK331", *(f"SBSSK30{number}" for number in range(1, 6))]
    lines = [";".join(headings), *(";".join(["De Proef", "3", "4", *"12345"]) for _ in range(60))]
    page = upload(visitor, demo, "stress.csv", "\n".join(lines).encode())
    (box,) = [box for box in page.app.selectbox if box.label == "Welke vragenlijst is dit?"]
    assert (box.value, len(box.options)) == (None, 4)
    assert "Dit vonden we in het bestand" not in page.words
    box.set_value("gmj-2021").run()
    assert page.went_well
    assert "Gezondheidsmonitor Jeugd 2021" in page.words


def test_weighted_figures_say_so(visitor, demo, reference):
    page = upload(visitor, demo, "landelijk.csv", national_export(reference))
    page.app.checkbox(key="weighted").check().run()
    page.app.button(key="confirm").click().run()
    assert page.went_well
    assert page.state.measurement.total.weighted
    assert "Gewogen cijfers: niet elke leerling telt even zwaar." in page.go("pages/profile.py").words
    assert "gewogen cijfers" in page.go("pages/compare.py").words
    assert "gewogen cijfers" in page.go("pages/breakdowns.py").words


def test_a_scale_that_seems_turned_waits_for_an_answer(visitor, demo):
    heading = "Wat vind je van je eigen gezondheid?"
    lines = [f"School;Schooljaar;Niveau;Leerjaar;{heading};Heb je wel eens wiet of hasj gebruikt?;Rook je?"]
    lines += [f"De Proef;2025-2026;Havo;4;{5 - (at % 9 == 0)};Nee;Nee, nog nooit" for at in range(60)]
    page = upload(visitor, demo, "omgekeerd.csv", "\n".join([*lines, "test;2025-2026;Havo;4;1;Nee;Nee"]).encode())
    assert "Testrijen: 1 (rij 62). Die tellen niet mee als leerling." in page.words
    (ask,) = [radio for radio in page.app.radio if "Wat betekenen de cijfers" in radio.label]
    assert "60 rijen" in ask.label
    assert ask.value is None
    assert "lijken omgekeerd" in page.words
    ask.set_value("omgekeerd").run()
    assert page.went_well
    assert "lijken omgekeerd" not in page.words
    assert "zijn omgekeerd gelezen, zoals u zei: 1 = Slecht, 5 = Heel goed" in page.words
    page.app.button(key="confirm").click().run()
    healthy = page.state.measurement.total.figures["ervaren_gezondheid_goed"]
    assert (healthy.cases, healthy.total) == (60, 60)


def changed(path, change):
    """Give a workbook after a change to its first sheet."""
    workbook = openpyxl.load_workbook(path)
    change(workbook.worksheets[0])
    data = io.BytesIO()
    workbook.save(data)
    return data.getvalue()


def test_a_known_export_asks_nothing(visitor, demo):
    page = upload(visitor, demo, "het-baken-2025-2026.xlsx")
    assert [radio.label for radio in page.app.radio] == []
    assert [box.label for box in page.app.checkbox] == []
    assert page.app.multiselect[:] == []


def test_hidden_rows_are_asked_about_before_anything_follows(visitor, demo):
    def hide(sheet):
        for row in range(10, 30):
            sheet.row_dimensions[row].hidden = True

    data = changed(demo / "duinrand-lyceum-2025-2026.xlsx", hide)
    page = upload(visitor, demo, "verborgen.xlsx", data)
    (radio,) = page.app.radio
    assert "20 rijen verborgen" in radio.label
    assert "Dit vonden we in het bestand" not in page.words
    radio.set_value("Tel deze rijen mee").run()
    everyone = page.words
    page.app.radio[0].set_value("Laat deze rijen weg").run()
    assert page.went_well
    pupils = int(re.search(r"(\d+) rijen gelezen", everyone)[1])
    assert f"{pupils - 20} rijen gelezen" in page.words


def test_what_is_ambiguous_is_asked_above_the_report_and_the_reply_is_seen_at_once(visitor, demo):
    def rename(sheet):
        at = [cell.value for cell in sheet[4]].index("School") + 1
        for row in range(5, 45):
            sheet.cell(row, at).value = "Het Bakken"

    page = upload(visitor, demo, "twee-namen.xlsx", changed(demo / "het-baken-2025-2026.xlsx", rename))
    assert page.went_well
    (radio,) = page.app.radio
    assert "40 rijen" in radio.label
    assert "Het Bakken (40)" in page.words
    radio.set_value("dezelfde").run()
    assert page.went_well
    assert "Het Bakken (40)" not in page.words
    assert "Het Baken (485)" in page.words
    assert len(page.app.radio) == 1, "a reply can be changed"


def test_stacked_sheets(visitor, demo):
    workbook = openpyxl.load_workbook(demo / "de-kleine-kreek-2025-2026.xlsx")
    first = workbook.worksheets[0]
    workbook.copy_worksheet(first).title = "Kopie"
    data = io.BytesIO()
    workbook.save(data)
    page = upload(visitor, demo, "twee.xlsx", data.getvalue())
    page.app.multiselect[0].set_value([first.title, "Kopie"]).run()
    assert page.went_well
    assert "50 rijen gelezen" in page.words


def test_a_file_without_a_leerjaar_asks_which_pupils_these_are(visitor, demo):
    def drop(sheet):
        headings = [cell.value for cell in sheet[4]]
        sheet.delete_cols(next(at for at, name in enumerate(headings, 1) if name in {"Leerjaar", "Klas"}))

    page = upload(visitor, demo, "zonder.xlsx", changed(demo / "het-baken-2025-2026.xlsx", drop))
    assert "Kies hierboven eerst welke leerlingen dit zijn" in page.words
    page.app.radio(key="bouw-school").set_value(Bouw.LOWER).run()
    page.app.button(key="confirm").click().run()
    assert page.went_well
    (found,) = page.state.measurements
    assert (found.bouw, found.total.pupils) == (Bouw.LOWER, 485)


def test_the_report_can_be_saved_before_and_after_confirming(visitor, demo):
    page = upload(visitor, demo, "het-baken-2025-2026.xlsx")
    assert {"Bewaar als Excel", "Bewaar als tekst"} <= {button.label for button in page.app.get("download_button")}
    assert "ongeveer 480" in page.words
    page.app.button(key="confirm").click().run()
    page.go(PAGE)
    assert page.went_well
    assert "Het laatste bestand: het-baken-2025-2026.xlsx" in page.words.replace("\\", "")
    assert {"Bewaar als Excel", "Bewaar als tekst"} <= {button.label for button in page.app.get("download_button")}


def test_whose_the_national_monitor_is_is_said_and_not_asked(visitor, demo, reference):
    page = upload(visitor, demo, "landelijk.csv", national_export(reference))
    assert "De GGD is verantwoordelijk voor deze antwoorden" in page.words
    assert not [radio for radio in page.app.radio if "Van wie" in radio.label]


def test_every_step_of_reading_says_what_it_does_and_can_be_stopped(visitor, demo, monkeypatch):
    steps = []

    def run(step, work, on_stop):
        steps.append((step, callable(on_stop)))
        return work()

    monkeypatch.setattr(progress, "run", run)
    page = upload(visitor, demo, "het-baken-2025-2026.xlsx")
    assert page.went_well
    kinds = ("het bestand openen", "het bestand openen", "het bestand lezen", "de antwoorden herkennen", "tellen")
    assert [can_be_stopped for _, can_be_stopped in steps] == [True] * len(kinds)
    for (step, _), kind in zip(steps, kinds, strict=True):
        assert kind in step
    page.app.run()
    assert len(steps) == len(kinds), "nothing is done twice"


# --------------------------------------------------------------------------- whose it is


def asked_whose(page):
    """The question whose questionnaire this is, where it is asked."""
    return [radio for radio in page.app.radio if "Van wie" in radio.label]


@pytest.fixture
def own_questionnaire(tmp_path, monkeypatch):
    """An installation with a questionnaire of a school itself; gives an export of it."""
    monkeypatch.setenv("WELLBEING_STORE", str(tmp_path / "w.sqlite"))
    head = DraftHead("Kantinelijst", "2026", "Zorg", dt.date(2026, 1, 1), anonymous=True)
    choice = QuestionChoice(("Ja",), (), Direction.FAVOURABLE, "Eten", "Eet in de kantine")
    made = draft_codebook(head, (), [(UnknownColumn("Eet je in de kantine?", (("Ja", 40), ("Nee", 20))), choice)])
    write_codebook(made, tmp_path / "vragenlijsten" / made.id)
    cache.forget_codebooks()
    yield "\n".join(["Eet je in de kantine?", *["Ja"] * 40, *["Nee"] * 20]).encode()
    cache.forget_codebooks()


def test_whose_a_questionnaire_is_is_asked_once_shown_and_can_be_changed(visitor, demo, own_questionnaire):
    page = upload(visitor, demo, "kantine.csv", own_questionnaire)
    asked_whose(page)[0].set_value("jgz").run()
    page.app.checkbox[0].check().run()
    assert "Het bestand is alleen voor de GGD" in page.words
    page.app.run()
    assert not asked_whose(page)
    next(button for button in page.app.button if "Kies opnieuw" in button.label).click().run()
    assert page.went_well
    (radio,) = asked_whose(page)
    assert radio.value is None
    assert "Dit vonden we in het bestand" not in page.words, "nothing goes on before it is said again"
    radio.set_value("school").run()
    page.app.run()
    assert page.went_well
    assert not asked_whose(page)
    assert "Een vragenlijst van de school zelf. De school is verantwoordelijk" in page.words
    assert "Het bestand is alleen voor de GGD" not in page.words
    assert page.state.responsibility["Kantinelijst"]["soort"] == "school"


def test_a_file_in_which_nothing_can_be_used_says_so_and_offers_no_questionnaire(visitor, demo):
    """Four pupils: every answer could be of somebody."""
    page = upload(visitor, demo, "klein.csv", b"Vind je het leuk?;Kleur\nja;rood\nnee;groen\nja;blauw\nja;geel\n")
    assert page.went_well
    assert "(4 rijen) staat geen enkele vraag die we kunnen gebruiken" in page.words
    assert not page.app.selectbox
