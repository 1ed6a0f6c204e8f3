"""Vergelijken: conclusion as title, table with sentences, no number of anything hidden."""

import re
from dataclasses import replace
from pathlib import Path

from wellbeing import pipeline
from wellbeing.__main__ import main
from wellbeing.ui import cache, comparing

DEMO = Path(__file__).parents[2] / "data" / "demo"
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


def test_every_shown_row_says_how_it_was_worked_out_and_no_hidden_one(visitor, demo_state):
    page = visitor(demo_state).go(PAGE)
    table = page.html[page.html.index("<caption>De hele school") :]
    table = table[: table.index("</table>")]
    assert table.count("<details>") == table.count("<b>") == 9
    working = next(text for text in re.findall(r"<details>.*?</details>", table, re.DOTALL) if "stress_school" in text)
    words = re.sub(r"<[^>]+>", " ", working)
    assert "47% − 33% = +14 procentpunt" in words
    assert "Een verschil telt vanaf 5 procentpunt." in words
    assert "correctie voor 43 onderwerpen tegelijk" in words
    assert not re.search(r"\d,\d", words)


def test_expected_has_its_sentence(visitor, demo_state):
    page = visitor(demo_state).go(PAGE)
    assert "Een verschil daarmee gaat dus niet over de samenstelling van de school." in page.words


def test_the_saved_figures_are_those_of_the_command_line(demo_state, reference, tmp_path):
    region, out = tmp_path / "regio.xlsx", tmp_path / "cijfers.csv"
    region.write_bytes(pipeline.write_benchmark(demo_state.benchmark, reference))
    school = str(DEMO / "het-baken-2025-2026.xlsx")
    assert main(["compare", school, "--benchmark", str(region), "--bouw", "bovenbouw", "--out", str(out)]) == 0
    (upper,) = [item for item in cache.demo().school if item.bouw.value == "bovenbouw"]
    analysis = pipeline.analyse(upper, demo_state.benchmark, reference)
    assert comparing.figures_file(analysis) == out.read_bytes()


def test_without_comparison_figures_the_school_has_its_own(visitor, demo_state):
    page = visitor(type(demo_state)(measurements=demo_state.measurements)).go(PAGE)
    assert page.went_well
    assert any("<b>38%</b>" in row for row in rows(page))
    assert "procentpunt</span>" not in page.html
