"""Scholen in de regio: only with a regional export, at least ten schools, never a list of names."""

import json
import re
from dataclasses import replace

PAGE = "pages/schools.py"


def figure(page):
    return json.loads(page.app.get("plotly_chart")[0].proto.spec)


def test_without_a_regional_export_the_page_says_what_to_do(visitor, small_state):
    page = visitor(small_state).go(PAGE)
    assert page.went_well
    assert "Maak eerst vergelijkingscijfers" in page.words
    assert not page.app.get("plotly_chart")


def test_all_schools_are_points_and_only_the_chosen_one_has_a_name(visitor, demo_state):
    page = visitor(demo_state).go(PAGE)
    assert page.went_well
    assert "22 scholen naast elkaar" in page.app.title[0].value
    assert "Van 2 scholen laten we het cijfer niet zien." in page.words
    assert "Deze pagina is voor de GGD." in page.words
    drawn = json.dumps(figure(page))
    others = {item.school for item in demo_state.region} - {"Het Baken"}
    assert "Het Baken" in drawn
    assert [name for name in others if name in drawn or name in page.html] == []


def test_the_table_goes_by_size_and_not_by_figure(visitor, demo_state):
    page = visitor(demo_state).go(PAGE)
    cells = re.findall(r'<th scope="row">(\d+)</th>', page.html)
    assert len(cells) == 22
    assert [int(cell) for cell in cells] == sorted(int(cell) for cell in cells)
    assert all(int(cell) % 5 == 0 for cell in cells)


def test_no_school_needs_to_be_pointed_out(visitor, demo_state):
    page = visitor(replace(demo_state, measurements=())).go(PAGE)
    assert page.went_well
    assert not any(item.school in json.dumps(figure(page)) for item in demo_state.region)


def test_fewer_than_ten_schools_give_a_sentence(visitor, demo_state):
    few = {item.school for item in demo_state.region}
    few = set(sorted(few)[:9])
    page = visitor(replace(demo_state, region=tuple(item for item in demo_state.region if item.school in few))).go(PAGE)
    assert page.went_well
    assert "minstens 10 scholen nodig" in page.words
    assert not page.app.get("plotly_chart")
