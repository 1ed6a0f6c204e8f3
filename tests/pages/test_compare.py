"""Vergelijken: conclusion as title, table with sentences, no number of anything hidden."""

import re
from dataclasses import replace

PAGE = "pages/compare.py"


def rows(page):
    return re.findall(r"<tr>(.*?)</tr>", page.html, re.DOTALL)


def test_without_a_school_the_page_says_kindly_what_to_do(visitor):
    assert "Nog geen school gekozen" in visitor().go(PAGE).words


def test_it_opens_with_the_theme_that_has_most_to_discuss(visitor, demo_state):
    page = visitor(demo_state).go(PAGE)
    assert page.went_well
    assert (
        page.app.title[0].value == "Mentaal welbevinden: 3 onderwerpen duidelijk ongunstiger dan hetzelfde schoolniveau"
    )


def test_a_row_says_label_figure_comparators_and_verdict(visitor, demo_state):
    page = visitor(demo_state).go(PAGE)
    row = next(row for row in rows(page) if "stress door school" in row)
    assert re.search(r"<b>47%</b>", row)
    assert "▲ duidelijk ongunstiger" in row
    assert "+14 procentpunt" in row
    assert "zelfde schoolniveau in de regio, 2024-2025" in page.words
    assert "regio, vorige meting 2024-2025" in page.words


def test_thoughts_of_suicide_are_shown_for_the_region_only_with_113_beside_it(visitor, demo_state):
    page = visitor(demo_state).go(PAGE)
    row = next(row for row in rows(page) if "zelfdoding" in row)
    assert "gevoelig onderwerp" in row
    assert "<b>" not in row
    assert "0800-0113" in page.words


def test_another_theme_and_another_comparison(visitor, demo_state):
    page = visitor(demo_state).go(PAGE)
    page.app.selectbox(key="thema").set_value("School en schoolbeleving").run()
    assert page.app.title[0].value.startswith("School en schoolbeleving: 1 onderwerp duidelijk gunstiger")
    page.app.segmented_control(key="main").set_value("regio").run()
    assert page.app.title[0].value.endswith("dan de regio")
    assert page.went_well


def test_a_mixed_school_has_a_row_per_level(visitor, demo_state):
    page = visitor(demo_state).go(PAGE)
    assert any("· Havo" in row for row in rows(page))
    assert any("· Vmbo-gt" in row for row in rows(page))


def test_a_school_of_25_pupils_keeps_its_rows_without_any_number(visitor, small_state):
    page = visitor(small_state).go(PAGE)
    page.app.selectbox(key="thema").set_value("Mentaal welbevinden").run()
    assert page.went_well
    hidden = [row for row in rows(page) if "te weinig leerlingen" in row or "niet getoond" in row]
    assert len(hidden) >= 9
    visible = [re.sub(r"<[^>]*>", " ", row) for row in hidden]
    assert not any("%" in row or "procentpunt" in row for row in visible)


def test_what_was_asked_otherwise_says_so(visitor, demo_state):
    other = dict.fromkeys(demo_state.benchmark.versions, "heel anders")
    page = visitor(replace(demo_state, benchmark=replace(demo_state.benchmark, versions=other))).go(PAGE)
    assert page.went_well
    assert "procentpunt" not in " ".join(rows(page))
