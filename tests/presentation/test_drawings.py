"""What stands in the SVG is exactly what may be read."""

import base64
import re
from xml.etree import ElementTree

import pytest

from wellbeing.model.results import ComparatorKind
from wellbeing.presentation import drawings, figures
from wellbeing.presentation.palette import DARK, LIGHT

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def drawn(analysis, codebook):
    rows = figures.subjects(analysis, codebook)
    return {row.indicator.id: drawings.dot_row(row, axis=True) for row in rows}


def places(svg: str) -> list[str]:
    return re.findall(r'<svg x="([^"]+)"', svg)


def test_the_drawing_is_sound_and_says_what_it_shows(drawn):
    root = ElementTree.fromstring(drawn["stress"])
    assert root.find(f"{SVG}title").text == "Onderwerp stress <b>"
    description = "School 47% (marge 42% tot 52%); regio 35%; eigen niveau 33%; duidelijk ongunstiger."
    assert root.find(f"{SVG}desc").text == description


def test_marks_stand_where_their_whole_percentage_is(drawn):
    # 4% of the width is margin on both sides: 35% lies at 4 + 0.92 x 35 = 36.20
    assert places(drawn["stress"]) == ["36.20%", "34.36%", "47.24%"]
    margin = re.search(r'class="margin" x1="([^"]+)" x2="([^"]+)"', drawn["stress"])
    assert margin.groups() == ("42.64%", "51.84%")  # 42% and 52%, not 42.16% and 51.74%


def test_no_mark_covers_another(drawn):
    lanes = [int(y) for y in re.findall(r'<svg x="[^"]+" y="(\d+)"', drawn["stress"])]
    assert lanes == [24, 36, 10]  # region, own level, and the school on top
    assert 'height="64"' in drawn["stress"]  # two lanes end at 44, and 20 for the words of the axis


def test_a_hidden_row_keeps_its_axis_and_nothing_else(drawn):
    assert places(drawn["geheim"]) == []
    assert 'class="axis"' in drawn["geheim"]
    assert 'class="margin"' not in drawn["geheim"]
    assert "<desc>Niet getoond.</desc>" in drawn["geheim"]


def test_colour_follows_the_meaning_in_both_themes(drawn):
    for palette in (LIGHT, DARK):
        assert f".dot{{fill:{palette.unfavourable}}}" in drawn["stress"]
        assert f".dot{{fill:{palette.neutral}}}" in drawn["veilig"]


def test_a_legend_has_the_shapes_of_the_drawing():
    assert "<circle" in drawings.key(None)
    assert "<path" in drawings.key(ComparatorKind.REGION)
    assert "<rect" in drawings.key(ComparatorKind.OWN_LEVEL)


def test_an_address_holds_the_whole_drawing(drawn):
    head, _, body = drawings.as_address(drawn["stress"]).partition(",")
    assert head == "data:image/svg+xml;base64"
    assert base64.b64decode(body).decode() == drawn["stress"]
