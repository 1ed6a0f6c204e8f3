"""Schoolprofiel: conclusion, points to talk about, themes; also where hardly anything may be shown."""

import re
from dataclasses import replace

PAGE = "pages/profile.py"


def test_without_a_school_the_page_says_kindly_what_to_do(visitor):
    page = visitor().go(PAGE)
    assert page.went_well
    assert "Nog geen school gekozen" in page.words


def test_the_demo_school_has_its_conclusion_first(visitor, demo_state):
    page = visitor(demo_state).go(PAGE)
    assert page.went_well
    assert page.app.title[0].value == "Het Baken, bovenbouw 2025-2026"
    assert re.search(r"Van de 45 onderwerpen zijn er +2 duidelijk gunstiger +en +3 duidelijk ongunstiger", page.words)
    assert "Voorbeeld met verzonnen cijfers." in page.words


def test_the_counts_add_up_to_all_subjects(visitor, demo_state):
    words = visitor(demo_state).go(PAGE).words
    sentences = words[words.index("Van de 45") : words.index("cijfer zien.") + 12]
    numbers = [int(number) for number in re.findall(r"\d+", sentences)]
    assert numbers[0] == sum(numbers[1:]) == 45
    themes = re.findall(r"(\d+) (?:ongunstiger|gunstiger|hoger of lager|zonder aantoonbaar|niet getoond)", words)
    assert sum(map(int, themes)) == 45


def test_there_are_three_points_to_discuss_with_figure_and_words(visitor, demo_state):
    page = visitor(demo_state).go(PAGE)
    cards = re.findall(r"<article.*?</article>", page.html, re.DOTALL)
    assert len([card for card in cards if "wb-unfavourable" in card]) == 3
    assert "Bijna de helft van de leerlingen heeft vaak of heel vaak stress door school of huiswerk." in page.words


def test_the_other_population_is_one_click_away(visitor, demo_state):
    page = visitor(demo_state).go(PAGE)
    page.app.segmented_control(key="population").set_value("onderbouw").run()
    assert page.app.title[0].value == "Het Baken, onderbouw 2025-2026"


def test_a_school_of_25_pupils_has_talking_points_and_no_figure(visitor, small_state):
    page = visitor(small_state).go(PAGE)
    assert page.went_well
    assert page.words.count("gespreksvraag") >= 3
    assert "Herkent u" in page.words or "Bij wie" in page.words or "?" in page.words
    assert "%" not in re.sub(r"<[^>]*>", "", page.html)
    assert "het zijn er te weinig" in page.words


def test_without_comparison_figures_the_page_says_where_to_get_them(visitor, demo_state):
    page = visitor(type(demo_state)(measurements=demo_state.measurements)).go(PAGE)
    assert page.went_well
    assert "nog geen vergelijkingscijfers" in page.words


def test_few_answers_bring_a_warning(visitor, demo_state):
    few = tuple(replace(item, could_have_answered=item.total.pupils * 2) for item in demo_state.measurements)
    page = visitor(replace(demo_state, measurements=few)).go(PAGE)
    assert "Minder dan 60% van de leerlingen deed mee." in page.words
