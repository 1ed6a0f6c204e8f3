"""What stands in the SVG is exactly what may be read."""

import re
from xml.etree import ElementTree

import pytest

from wellbeing.presentation import drawings, figures


@pytest.fixture
def drawn(analysis, codebook):
    rows = figures.subjects(analysis, codebook)
    return {row.indicator.id: drawings.dot_row(row, "proef", axis=True) for row in rows}


def places(svg: str) -> list[str]:
    return re.findall(r'<svg x="(\d+%)"', svg)


def test_the_drawing_is_sound_and_says_what_it_shows(drawn):
    root = ElementTree.fromstring(drawn["stress"])
    title, description = root.find("title"), root.find("desc")
    assert title.text == "Onderwerp stress <b>"
    assert description.text == "School 47% (marge 42% tot 52%); regio 35%; eigen niveau 33%; duidelijk ongunstiger."
    assert root.get("aria-labelledby").split() == [title.get("id"), description.get("id")]


def test_marks_stand_on_whole_percentages_only(drawn):
    assert places(drawn["stress"]) == ["35%", "33%", "47%"]
    assert not any("." in place for place in re.findall(r'"([\d.]+)%"', "".join(drawn.values())))


def test_a_hidden_row_keeps_its_axis_and_nothing_else(drawn):
    assert places(drawn["geheim"]) == []
    assert 'class="wb-axis"' in drawn["geheim"]
    assert "Niet getoond." in drawn["geheim"]
    assert "wb-margin" not in drawn["geheim"]


def test_colour_follows_the_meaning(drawn):
    assert 'class="wb-dots wb-unfavourable"' in drawn["stress"]
    assert 'class="wb-dots wb-neutral"' in drawn["veilig"]
