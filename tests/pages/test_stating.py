"""A table of figures, from the upload to the three pages: with a number of pupils, and without."""

import io

import openpyxl
import pytest

PAGE = "pages/add_data.py"
ROWS = [
    ["Voelt zich veilig op school", 88, 91],
    ["Is gepest op school", 22, 7],
    ["Heeft psychische klachten", 41, 40],
    ["Rookt elke week", "<5", 5],
    ["Dacht in het laatste jaar wel eens aan zelfdoding", 12, 11],
    ["Iets heel anders dan de rest", 33, 44],
]


def upload(visitor, rows, header=("Onderwerp", "School 2023 %", "Regio 2023 %"), title=None):
    book = openpyxl.Workbook()
    for row in ([[title]] if title else []) + [list(header), *rows]:
        book.active.append(row)
    data = io.BytesIO()
    book.save(data)
    page = visitor().go(PAGE)
    page.app.file_uploader(key="school-0").upload("cijfers.xlsx", data.getvalue(), "application/octet-stream").run()
    return page


def fill(page, label, value):
    kinds = (page.app.text_input, page.app.number_input)
    next(item for kind in kinds for item in kind if label in item.label).set_value(value).run()


def confirm(page):
    page.app.button(key="confirm").click().run()
    assert page.went_well
    return page


def test_a_table_is_recognised_and_shows_no_figure_before_it_is_confirmed(visitor):
    page = upload(visitor, ROWS)
    assert page.went_well
    assert "tabel met cijfers" in page.words
    assert "5 cijfers gelezen; 1 niet getoond in de tabel" in page.words
    assert "88%" not in page.words
    assert "Nog geen school gekozen" in page.go("pages/profile.py").words


def test_what_is_not_sure_is_asked_and_empty_at_first(visitor):
    page = upload(visitor, ROWS)
    box = next(item for item in page.app.selectbox if "Iets heel anders" in item.label)
    assert box.value is None
    sure = next(item for item in page.app.selectbox if "veilig" in item.label)
    assert sure.value == "veilig_op_school"


def test_with_a_number_of_pupils_the_usual_pages_appear(visitor):
    page = upload(visitor, ROWS, title="Het Baken (n = 240)")
    page = confirm(page)
    page.go("pages/profile.py")
    assert "240 leerlingen vulden de vragenlijst in" in page.words
    assert "teruggerekend uit een tabel" in page.words
    assert "1 duidelijk ongunstiger" in page.words
    page.go("pages/compare.py")
    assert page.went_well
    assert "regio, 2023" in page.words
    page.go("pages/suggestions.py")
    assert page.went_well
    assert "gepest" in page.words


def test_a_small_number_of_pupils_hides_every_figure(visitor):
    page = confirm(upload(visitor, ROWS, title="Het Baken (n = 24)"))
    words = page.go("pages/compare.py").words
    assert "88%" not in words
    assert "22%" not in words


def test_clearing_a_stated_number_does_not_show_what_is_hidden(visitor):
    page = upload(visitor, ROWS, title="Het Baken (n = 24)")
    fill(page, "Hoeveel leerlingen", None)
    page = confirm(page)
    assert page.state.figures_only is None
    assert page.state.measurement.total.pupils == 24


def test_without_a_number_the_figures_stand_side_by_side(visitor):
    page = confirm(upload(visitor, ROWS))
    words = page.go("pages/profile.py").words
    assert "zekerheid onbekend" in page.go("pages/compare.py").words.lower()
    assert "aantal leerlingen onbekend" in words
    page.go("pages/compare.py")
    for row in (
        "Is gepest op school Pesten en (online) veiligheid 22% 7% +15 procentpunt",
        "niet getoond in de tabel – –",
    ):
        assert row in " ".join(page.words.split())
    for label in ("duidelijk", "gunstiger", "wb-favourable", "wb-unfavourable", "▲", "▼"):
        assert label not in page.html
    assert "12%" not in page.words
    shown = [page.html.index(name) for name in ("Voelt zich veilig op school", "Is gepest op school")]
    assert shown == sorted(shown)


def test_without_a_number_there_are_suggestions_for_what_is_common(visitor):
    page = confirm(upload(visitor, ROWS)).go("pages/suggestions.py")
    assert page.went_well
    assert "41%; aantal leerlingen onbekend" in page.words
    assert "duidelijk ongunstig" not in page.words


def test_pages_that_need_pupils_say_so_kindly(visitor):
    page = confirm(upload(visitor, ROWS)).go("pages/breakdowns.py")
    assert page.went_well
    assert "Daarvoor is meer nodig" in page.words


def test_a_year_that_is_not_stated_is_asked(visitor):
    page = upload(visitor, ROWS, header=("Onderwerp", "School %", "Regio %"))
    assert page.app.button(key="confirm").disabled
    fill(page, "Uit welk jaar", "2023")
    fill(page, "Schooljaar", "2023-2024")
    assert not page.app.button(key="confirm").disabled


@pytest.mark.parametrize("purpose", ["region"])
def test_a_table_is_no_export_of_a_region(visitor, purpose):
    page = visitor().go("pages/benchmarks.py")
    page.app.radio(key="way").set_value(page.app.radio(key="way").options[1]).run()
    book = openpyxl.Workbook()
    for row in [["Onderwerp", "School %"], *([name, value] for name, value, _ in ROWS)]:
        book.active.append(row)
    data = io.BytesIO()
    book.save(data)
    page.app.file_uploader(key=f"{purpose}-0").upload("c.xlsx", data.getvalue(), "application/octet-stream").run()
    assert page.went_well
    assert "geen export met één rij per leerling" in page.words
