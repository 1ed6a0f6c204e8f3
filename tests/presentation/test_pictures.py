"""Bars, lines and bands show whole percentages, and say the same in words."""

import re
from xml.etree import ElementTree

import pytest

from wellbeing.model.reference import Direction
from wellbeing.model.results import (
    AnswerShare,
    Count,
    Course,
    Interval,
    NotComparable,
    Position,
    Proportion,
    Reason,
    SchoolPoint,
    Spread,
    Suppressed,
    YearFigure,
)
from wellbeing.presentation import pictures

ANSWERS = (
    AnswerShare(("Nooit",), 26),
    AnswerShare(("Soms",), 50),
    AnswerShare(("Vaak", "Heel vaak"), 20),
    AnswerShare(("Weet ik niet",), 4),
)
BANDS = (60, Interval(0.613, 0.887), Interval(0.5, 0.95))
WERF = SchoolPoint("De Werf", 60, 81, Position.INSIDE)
SPREAD = Spread("gezond", Direction.FAVOURABLE, 77, (WERF,), 2, (69, 74, 77, 80, 84), (BANDS,))


def course(*figures: YearFigure) -> Course:
    return Course("stress", "mentaal", Direction.UNFAVOURABLE, figures, NotComparable("Eerste meting."), None)


def shown(year: str, cases: int, *, broken: bool = False) -> YearFigure:
    return YearFigure(year, Proportion(Count(cases, 100), Interval(cases / 100 - 0.1, cases / 100 + 0.1)), broken)


def test_joined_answers_are_one_answer_in_words():
    assert pictures.answers_in_words(ANSWERS) == "Nooit 26%; Soms 50%; Vaak of heel vaak 20%; Weet ik niet 4%."


def test_the_bar_is_as_wide_as_its_answers_and_a_narrow_part_has_no_number():
    svg = pictures.answer_bar(ANSWERS)
    ElementTree.fromstring(svg)
    widths = re.findall(r'<rect x="([^"]+)" y="1" width="([^"]+)"', svg)
    assert widths == [("0.00%", "26.00%"), ("26.00%", "50.00%"), ("76.00%", "20.00%"), ("96.00%", "4.00%")]
    assert re.findall(r">(\d+%)</text>", svg) == ["26%", "50%", "20%"]


@pytest.mark.parametrize("shares", [(33, 33, 33), (34, 34, 33)])
def test_rounded_answers_still_fill_the_bar(shares):
    svg = pictures.answer_bar([AnswerShare((str(at),), share) for at, share in enumerate(shares)])
    edges = [(float(x), float(width)) for x, width in re.findall(r'x="([\d.]+)%" y="1" width="([\d.]+)%"', svg)]
    assert edges[-1][0] + edges[-1][1] == pytest.approx(100, abs=0.02)


def test_letters_can_be_read_on_every_step():
    for at in range(5):
        fill, ink = pictures.step(at, 5)
        light, dark = sorted((luminance(fill), luminance(ink)), reverse=True)
        assert (light + 0.05) / (dark + 0.05) >= 4.5


def test_a_line_joins_the_years_and_breaks_where_the_question_changed():
    svg = pictures.year_line(course(shown("2023", 30), shown("2024", 40), shown("2025", 50, broken=True)))
    ElementTree.fromstring(svg)
    assert svg.count('class="line"') == 1
    assert re.findall(r'class="n"[^>]*>(\d+%)<', svg) == ["30%", "40%", "50%"]


def test_a_hidden_year_keeps_its_place_without_a_number():
    hidden = YearFigure("2024", Suppressed(Reason.TOO_FEW_PUPILS), broken=False)
    one = course(shown("2023", 30), hidden, shown("2025", 50))
    svg = pictures.year_line(one)
    assert 'class="line"' not in svg
    assert svg.count('class="dot"') == 2
    assert pictures.years_in_words(one) == "2023 30%; 2024 te weinig leerlingen; 2025 50%."


def test_the_band_lies_where_the_schools_lie():
    svg = pictures.school_band(SPREAD, 81)
    ElementTree.fromstring(svg)
    most = re.search(r'class="most" x1="([^"]+)" x2="([^"]+)"', svg)
    assert most.groups() == ("67.48%", "81.28%")  # 4% margin and 0.92% for each point: 69 and 84
    assert 'class="dot"' not in pictures.school_band(SPREAD, None)
    assert pictures.band_in_words(SPREAD, 81).endswith("het midden 77%. De gekozen school 81%.")


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
