"""Uitsplitsingen: the fixed groups, the answers and the years; nothing of a hidden group."""

import re
from dataclasses import replace

import pytest

PAGE = "pages/breakdowns.py"


def rows(page):
    """Give the rows of figures as text, without how they were worked out."""
    found = re.findall(r'<tr><th scope="row">(.*?)</tr>', page.html, re.DOTALL)
    return [re.sub(r"<[^>]+>", " ", row) for row in found]


def row(page, start):
    return next(text for text in rows(page) if text.strip().startswith(start))


@pytest.fixture
def stress(visitor, demo_state):
    page = visitor(demo_state).go(PAGE)
    label = next(item for item in page.app.selectbox(key="onderwerp").options if "stress door school" in item)
    page.app.selectbox(key="onderwerp").set_value(label).run()
    return page


def test_without_a_school_the_page_says_kindly_what_to_do(visitor):
    assert "Nog geen school gekozen" in visitor().go(PAGE).words


def test_the_figure_is_the_title(stress):
    assert stress.went_well
    title = stress.app.title[0].value
    assert title == "Bijna de helft van de leerlingen heeft vaak of heel vaak stress door school of huiswerk."


def test_the_whole_school_reads_as_on_the_other_pages(stress):
    assert re.search(r"305|303 leerlingen", row(stress, "Hele school"))
    assert re.search(r"47%\s+33%\s+zelfde schoolniveau in de regio", row(stress, "Hele school"))
    assert "duidelijk ongunstiger" in row(stress, "Hele school")
    assert "+14 procentpunt" in row(stress, "Hele school")


def test_groups_have_a_size_rounded_to_five(stress):
    found = [re.search(r"ongeveer (\d+) leerlingen", text) for text in rows(stress)]
    sizes = [int(match[1]) for match in found if match]
    assert len(sizes) >= 4
    assert all(size % 5 == 0 for size in sizes)


def test_a_hidden_group_keeps_its_place_with_the_reason_and_no_number(stress):
    hidden = row(stress, "Anders")
    assert "te weinig leerlingen" in hidden
    assert not re.search(r"\d", hidden)


def test_the_caution_stands_under_the_groups(stress):
    assert "Hoe verder u uitsplitst, hoe meer verschillen toeval zijn." in stress.words


def test_the_answers_add_up_to_the_figure(stress):
    shares = [re.search(r"^\s*(.+?)\s+(\d+)%\s*$", text) for text in rows(stress)]
    answers = {match[1]: int(match[2]) for match in shares if match}
    assert list(answers) == ["Nooit", "Bijna nooit", "Soms", "Vaak", "Heel vaak"]
    assert answers["Vaak"] + answers["Heel vaak"] == 47
    assert 98 <= sum(answers.values()) <= 102
    assert 'alt="Nooit 7%; Bijna nooit 14%; Soms 33%; Vaak 25%; Heel vaak 22%."' in stress.html


def test_a_subject_of_several_questions_names_how_many_it_does_not_show(stress):
    """Stress through one or more things counts five questions; of four the school sees the answers."""
    assert "telt in dit onderwerp ook mee" not in stress.words
    options = stress.app.selectbox(key="onderwerp").options
    stress.app.selectbox(key="onderwerp").set_value(next(item for item in options if "één of meer" in item)).run()
    assert "Zonder losse antwoorden telt in dit onderwerp ook mee: 1 vraag." in stress.words


def test_the_years_stand_beside_each_other(stress):
    assert re.search(r"2024-2025\s+\d+%\s+\d+% tot \d+%\s+29\d", row(stress, "2024-2025"))
    assert row(stress, "2025-2026").split()[1] == "47%"
    assert "Pas na drie metingen spreken we van een richting." in stress.words
    assert "2024-2025 (" in stress.words


def test_one_measurement_says_how_to_add_another(visitor, demo_state):
    page = visitor(replace(demo_state, region=())).go(PAGE)
    assert page.went_well
    assert "Er is nog één meting van deze school." in page.words


def test_how_it_was_worked_out_has_the_figures_as_shown(stress):
    details, *_ = [text for text in re.findall(r"<details>.*?</details>", stress.html, re.DOTALL) if "47% −" in text]
    words = re.sub(r"<[^>]+>", " ", details)
    assert "47% − 33% = +14 procentpunt" in words
    assert "--unprotected" in words
    assert not re.search(r"\d[.,]\d+%", words)


def test_a_school_of_25_pupils_shows_no_number_in_any_group(visitor, small_state):
    page = visitor(small_state).go(PAGE)
    assert page.went_well
    assert "<details>" not in page.html
    assert not any("%" in text or "procentpunt" in text for text in rows(page))


def test_every_subject_of_every_theme_can_be_opened(visitor, demo_state):
    page = visitor(demo_state).go(PAGE)
    for theme in page.app.selectbox(key="thema").options:
        page.app.selectbox(key="thema").set_value(theme).run()
        for subject in page.app.selectbox(key="onderwerp").options[-2:]:
            page.app.selectbox(key="onderwerp").set_value(subject).run()
            assert page.went_well, subject


def test_two_measurements_together_can_be_taken_apart_here(visitor, demo_state, measured):
    school = measured("duinrand-lyceum-2025-2026.xlsx")
    state = replace(demo_state, measurements=school, together=True)
    page = visitor(state).go(PAGE)
    assert page.went_well
    assert "Van twee metingen samen tonen we geen losse antwoorden." in page.words
    page.app.toggle(key="together").set_value(False).run()
    assert page.went_well
    assert "2024-2025 en 2025-2026 ·" not in page.words
