"""Vergelijkingscijfers: make them from a region, save them, open them again."""

from pathlib import Path

import pytest

from wellbeing import pipeline

PAGE = "pages/benchmarks.py"
REGION = Path(__file__).parents[2] / "data" / "demo" / "regio-2024-2025.xlsx"
EXPORT = "De export van de hele regio"


def test_nothing_loaded(visitor):
    page = visitor().go(PAGE)
    assert page.went_well
    assert "nog geen vergelijkingscijfers geladen" in page.words


def test_the_loaded_figures_are_named(visitor, demo_state):
    page = visitor(demo_state).go(PAGE)
    assert page.went_well
    assert "GGD Zandkust (verzonnen)" in page.words
    assert "vertrouwelijk" in page.words
    assert "Vmbo-gt" in page.words


def test_a_region_is_confirmed_before_it_becomes_figures(visitor):
    page = visitor().go(PAGE)
    page.app.radio(key="way").set_value(EXPORT).run()
    page.app.file_uploader(key="region-0").upload(REGION.name, REGION.read_bytes(), "application/octet-stream").run()
    assert "3.445 rijen gelezen" in page.words
    assert page.state.benchmark is None
    page.app.text_input(key="region-name").set_value("GGD Proef").run()
    page.app.button(key="confirm-region").click().run()
    assert page.went_well
    assert page.state.benchmark.region == "GGD Proef"
    assert page.state.pending == {}
    assert len({item.school for item in page.state.region}) == 24
    assert page.go("pages/schools.py").app.get("plotly_chart")


def test_a_saved_file_can_be_opened_again(visitor, demo_state, reference):
    workbook = pipeline.write_benchmark(demo_state.benchmark, reference)
    page = visitor().go(PAGE)
    page.app.file_uploader(key="workbook-0").upload("cijfers.xlsx", workbook, "application/octet-stream").run()
    assert page.went_well
    assert page.state.benchmark == demo_state.benchmark


@pytest.mark.parametrize("data", [b"geen excel", REGION.read_bytes()], ids=["text", "an export"])
def test_another_file_gets_a_sentence(visitor, data):
    page = visitor().go(PAGE)
    page.app.file_uploader(key="workbook-0").upload("cijfers.xlsx", data, "application/octet-stream").run()
    assert page.went_well
    assert len(page.app.error) == 1
    assert page.state.benchmark is None


def test_published_figures_carry_year_group_and_source(visitor):
    page = visitor().go(PAGE)
    page.app.selectbox(key="national").select_index(0).run()
    assert page.went_well
    assert "bron" in page.words
    assert "Nederland" in page.words
