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


def small_with_region(demo_state, measured):
    school = measured("duinrand-lyceum-2025-2026.xlsx")
    return type(demo_state)(measurements=school, benchmark=demo_state.benchmark, region=demo_state.region)


def test_a_small_school_opens_with_its_themes_and_what_occurs_most(visitor, demo_state, measured):
    page = visitor(small_with_region(demo_state, measured)).go(PAGE)
    assert page.went_well
    headings = [item.value for item in page.app.subheader]
    assert headings[:2] == ["Thema's samen getest", "Wat veel voorkomt"]
    assert re.search(r"Mentaal welbevinden geen aantoonbaar verschil \d+ onderwerpen, gemiddeld", flat(page.words))
    cards = re.findall(r"<article.*?</article>", page.html, re.DOTALL)
    assert len(cards) == 3
    assert all("Regio: " in card and "procentpunt" not in card for card in cards)
    assert "Met 85 leerlingen zien we verschillen vanaf" in page.words


def test_what_occurs_most_comes_first(visitor, demo_state, measured):
    page = visitor(small_with_region(demo_state, measured)).go(PAGE)
    cards = re.findall(r"<article.*?</article>", page.html, re.DOTALL)
    worse = [
        100 - number if "bij veel leerlingen niet" in card else number
        for card, number in ((card, int(re.search(r"wb-number.>(\d+)%", card)[1])) for card in cards)
    ]
    assert worse == sorted(worse, reverse=True)


def test_two_measurements_of_a_small_school_can_be_taken_together(visitor, demo_state, measured):
    page = visitor(small_with_region(demo_state, measured)).go(PAGE)
    page.app.toggle(key="together").set_value(True).run()
    assert page.went_well
    assert page.app.title[0].value == "Duinrand Lyceum, bovenbouw 2024-2025 en 2025-2026"
    assert "Twee metingen samen: 2024-2025 en 2025-2026." in page.words
    assert "172 leerlingen vulden de vragenlijst in." in page.words
    assert "2024-2025 en 2025-2026" in page.go("pages/compare.py").words


def test_a_larger_school_is_not_offered_to_take_measurements_together(visitor, demo_state):
    page = visitor(replace(demo_state, together=True)).go(PAGE)
    assert not page.app.toggle
    assert page.app.title[0].value == "Het Baken, bovenbouw 2025-2026"


def flat(words):
    return re.sub(r"\s+", " ", words)
