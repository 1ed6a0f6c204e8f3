"""Dutch numbers, dates and lists."""

import datetime as dt

import pytest

from wellbeing.presentation import formats


@pytest.mark.parametrize(("value", "written"), [(0, "0"), (999, "999"), (1000, "1.000"), (1234567, "1.234.567")])
def test_numbers_have_a_point_per_thousand(value, written):
    assert formats.number(value) == written


@pytest.mark.parametrize(("value", "written"), [(14, "+14"), (-2, "\u22122"), (0, "0")])
def test_points_carry_a_sign_and_a_real_minus(value, written):
    assert formats.points(value) == written


@pytest.mark.parametrize(("value", "rounded"), [(0.5, 1), (1.5, 2), (2.5, 3), (2.49, 2), (-0.5, 0), (-2.6, -3)])
def test_halves_go_up(value, rounded):
    assert formats.whole(value) == rounded


def test_a_date_is_written_in_words():
    assert formats.date(dt.date(2026, 11, 22)) == "22 november 2026"


@pytest.mark.parametrize(
    ("words", "written"), [(["a"], "a"), (["a", "b"], "a en b"), (["a", "b", "c"], "a, b en c"), ([], "")]
)
def test_a_list_ends_with_en(words, written):
    assert formats.listing(words) == written


def test_one_thing_has_no_plural():
    assert formats.counted(1, "school", "scholen") == "1 school"
    assert formats.counted(0, "school", "scholen") == "0 scholen"
