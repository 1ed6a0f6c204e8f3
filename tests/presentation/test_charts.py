"""The interactive figure holds rounded values only; its JSON goes to the browser as a whole."""

import json

import pytest

from wellbeing.model.reference import Direction
from wellbeing.model.results import Interval, Position, SchoolPoint, Spread
from wellbeing.presentation import charts, figures
from wellbeing.presentation.palette import LIGHT


@pytest.fixture
def rows(analysis, codebook):
    return figures.subjects(analysis, codebook)


def numbers(value):
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        return [found for item in value for found in numbers(item)]
    return [value] if isinstance(value, (int, float)) and not isinstance(value, bool) else []


def test_every_value_is_a_whole_percentage(rows):
    figure = json.loads(charts.dot_plot(rows, LIGHT).to_json())
    values = [n for trace in figure["data"] for key in ("x", "error_x") for n in numbers(trace.get(key))]
    assert {47, 35, 33, 79, 81, 5} <= set(values)
    assert all(float(value).is_integer() for value in values)


def test_a_hidden_subject_keeps_its_place_without_a_value(rows):
    figure = json.loads(charts.dot_plot(rows, LIGHT).to_json())
    row = next(at for at, name in enumerate(figure["layout"]["yaxis"]["ticktext"]) if "geheim" in name)
    assert not any(round(y) == row for trace in figure["data"] for y in trace["y"])
    assert "niet getoond" in [note["text"] for note in figure["layout"]["annotations"] if round(note["y"]) == row]


def test_no_two_marks_of_a_subject_lie_on_one_line(rows):
    figure = json.loads(charts.dot_plot(rows, LIGHT).to_json())
    heights = [round(y, 2) for trace in figure["data"] for y in trace["y"]]
    assert len(heights) == len(set(heights)) > len(rows)


def test_hovering_and_zooming_show_nothing_more(rows):
    figure = json.loads(charts.dot_plot(rows, LIGHT).to_json())
    assert {trace["hoverinfo"] for trace in figure["data"]} == {"skip"}
    assert "customdata" not in json.dumps(figure)
    assert figure["layout"]["xaxis"]["fixedrange"]
    assert figure["layout"]["separators"] == ",."
    assert charts.CONFIG["displayModeBar"] is False


def test_names_cannot_bring_their_own_markup(rows):
    names = charts.dot_plot(rows, LIGHT).layout.yaxis.ticktext
    assert all("<b>" not in name for name in names)


def test_the_text_alternative_says_every_subject(rows):
    words = charts.alternative(rows)
    assert all(row.indicator.label in words for row in rows)
    assert "School 47%" in words


# --------------------------------------------------------------------------- schools side by side

POINTS = (
    SchoolPoint("De Boei", 60, 81, Position.INSIDE),
    SchoolPoint("De Werf", 120, 62, Position.OUTSIDE_95),
    SchoolPoint("De Zandplaat", 35, 77, Position.INSIDE),
)
LIMITS = tuple(
    (total, Interval(0.7 - 1 / total, 0.8 + 1 / total), Interval(0.65 - 1 / total, 0.85 + 1 / total))
    for total in (34, 61, 118)
)
SPREAD = Spread("gezond", Direction.FAVOURABLE, 75, POINTS, 2, (62, 70, 77, 79, 81), LIMITS)


def test_the_funnel_names_only_the_chosen_school():
    told = charts.funnel(SPREAD, "De Werf", LIGHT).to_json()
    assert "De Werf" in told
    assert "De Boei" not in told
    assert "De Zandplaat" not in told
    assert "De Werf" not in charts.funnel(SPREAD, "", LIGHT).to_json()


def test_the_funnel_holds_whole_percentages_and_sizes_to_five():
    for trace in charts.funnel(SPREAD, "De Werf", LIGHT).data:
        assert all(isinstance(y, int) for y in trace.y)
        assert all(x % 5 == 0 for x in trace.x)


def test_points_stand_in_order_of_size_so_that_their_order_tells_nothing_else():
    others = next(trace for trace in charts.funnel(SPREAD, "De Werf", LIGHT).data if trace.name == "een school")
    assert list(others.x) == [35, 60]


def test_the_funnel_is_told_in_words():
    words = charts.funnel_alternative(SPREAD, "De Werf")
    assert words == "3 scholen, samen 75%. 2 binnen de grenzen, 1 erbuiten. De Werf: 62%, buiten de 95%-grens."
