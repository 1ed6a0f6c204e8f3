"""Static figures (SVG): a school above what it is compared with, on one axis from 0 to 100 percent.

Circle is the school with its margin, diamond the region, square the same school level, triangle what may be
expected. Each has a lane of its own, because they often lie so close that one would cover another. A drawing
stands on its own: it holds its colours for light and dark, and places are parts of its width, so that it
fits a phone without shrinking its marks.
"""

from __future__ import annotations

import base64
from html import escape

from wellbeing.model.results import ComparatorKind
from wellbeing.presentation.figures import Mark, Shown, Subject
from wellbeing.presentation.palette import DARK, LIGHT, Palette, Tone

TICKS = {0: "start", 25: "middle", 50: "middle", 75: "middle", 100: "end"}
_SCHOOL_LANE, _FIRST_LANE, _LANE, _AXIS_WORDS = 10, 24, 12, 20  # in pixels, from the top
_EDGE, _PER_POINT = 400, 92  # hundredths of a percent of the width: a margin of 4% on both sides
_SHAPES = {
    ComparatorKind.REGION: '<path class="mark" d="M0 -6 L6 0 L0 6 L-6 0 Z"/>',
    ComparatorKind.OWN_LEVEL: '<rect class="mark" x="-4.5" y="-4.5" width="9" height="9"/>',
    ComparatorKind.EXPECTED: '<path class="mark" d="M0 -6 L5.5 4.5 L-5.5 4.5 Z"/>',
}
_DOT = '<circle class="dot" r="7"/>'


def dot_row(subject: Subject, axis: bool = False) -> str:
    """Draw one subject; a hidden one keeps its axis, with nothing on it but what its marks may show."""
    bottom = lanes(subject)
    marks = [_comparator(mark, _FIRST_LANE + _LANE * at) for at, mark in enumerate(subject.marks)]
    shapes = [_grid(bottom), _margin(subject.school, bottom), *marks, _school(subject.school)]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" width="100%" height="{height(subject, axis)}">'
        f"<title>{escape(subject.indicator.label)}</title><desc>{escape(subject.description)}</desc>"
        f"{_style(subject.tone)}{''.join(shapes)}{_axis_words(bottom) if axis else ''}</svg>"
    )


def height(subject: Subject, axis: bool = False) -> int:
    """Give the height of the drawing of a subject in pixels: it has a lane for each mark."""
    return lanes(subject) + (_AXIS_WORDS if axis else 0)


def lanes(subject: Subject) -> int:
    """Give where the last lane of a drawing ends, in pixels from the top."""
    return _FIRST_LANE + _LANE * len(subject.marks) - _LANE // 3


def key(kind: ComparatorKind | None) -> str:
    """Draw the mark of a legend: the school's dot, or that of a comparator."""
    drawn = _DOT if kind is None else _SHAPES[kind]
    head = '<svg xmlns="http://www.w3.org/2000/svg" width="20" height="20" viewBox="-10 -10 20 20">'
    return f"{head}{_style(Tone.NEUTRAL)}{drawn}</svg>"


def as_address(svg: str) -> str:
    """Give a drawing as an address that an ``img`` can show."""
    return f"data:image/svg+xml;base64,{base64.b64encode(svg.encode()).decode()}"


def place(percentage: int) -> str:
    """Give the place of a whole percentage on the width of the drawing.

    >>> place(0), place(50), place(100)
    ('4.00%', '50.00%', '96.00%')
    """
    hundredths = _EDGE + _PER_POINT * percentage
    return f"{hundredths // 100}.{hundredths % 100:02d}%"


def _style(tone: Tone) -> str:
    dark = f"@media (prefers-color-scheme: dark) {{{_colours(DARK, tone)}}}"
    return f"<style>{_colours(LIGHT, tone)}{dark}</style>"


def _colours(palette: Palette, tone: Tone) -> str:
    return (
        f".axis{{stroke:{palette.line};stroke-width:1.5}}"
        f".word{{fill:{palette.quiet};font:12px system-ui,sans-serif}}"
        f".margin{{stroke:{palette.of(tone)};stroke-width:6;opacity:.4;stroke-linecap:round}}"
        f".shadow{{fill:{palette.of(tone)};opacity:.12}}"
        f".dot{{fill:{palette.of(tone)}}}"
        f".mark{{fill:{palette.surface};stroke:{palette.text};stroke-width:2}}"
    )


def _grid(bottom: int) -> str:
    ticks = "".join(f'<line class="axis" x1="{place(t)}" x2="{place(t)}" y1="2" y2="{bottom}"/>' for t in TICKS)
    return f'<line class="axis" x1="{place(0)}" x2="{place(100)}" y1="{_SCHOOL_LANE}" y2="{_SCHOOL_LANE}"/>{ticks}'


def _axis_words(bottom: int) -> str:
    return "".join(
        f'<text class="word" x="{place(t)}" y="{bottom + 15}" text-anchor="{anchor}">{t}%</text>'
        for t, anchor in TICKS.items()
    )


def _margin(figure: Shown | None, bottom: int) -> str:
    """Draw the margin, and its shadow over the lanes below: a mark outside it is easily seen."""
    if figure is None:
        return ""
    ends = f'x1="{place(figure.lower)}" x2="{place(figure.upper)}"'
    width = f"{_PER_POINT * (figure.upper - figure.lower) / 100:.2f}%"
    shadow = (
        f'<rect class="shadow" x="{place(figure.lower)}" width="{width}" y="{_SCHOOL_LANE}" height="{bottom - 10}"/>'
    )
    return f'{shadow}<line class="margin" {ends} y1="{_SCHOOL_LANE}" y2="{_SCHOOL_LANE}"/>'


def _comparator(mark: Mark, lane: int) -> str:
    return "" if mark.percentage is None else _at(mark.percentage, lane, _SHAPES[mark.comparator.kind])


def _school(figure: Shown | None) -> str:
    return "" if figure is None else _at(figure.percentage, _SCHOOL_LANE, _DOT)


def _at(percentage: int, lane: int, drawn: str) -> str:
    return f'<svg x="{place(percentage)}" y="{lane}" width="1" height="1" overflow="visible">{drawn}</svg>'
