"""Static figures (SVG): a row of dots on an axis from 0 to 100 percent.

Circle is the school with its margin, diamond the region, square the same school level. A drawing
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
MIDDLE = 14
HEIGHT, HEIGHT_WITH_AXIS = 28, 48
_EDGE, _PER_POINT = 400, 92  # hundredths of a percent of the width: a margin of 4% on both sides
_SHAPES = {
    ComparatorKind.REGION: '<path class="mark" d="M0 -8 L8 0 L0 8 L-8 0 Z"/>',
    ComparatorKind.OWN_LEVEL: '<rect class="mark" x="-6" y="-6" width="12" height="12"/>',
    ComparatorKind.EXPECTED: '<path class="mark" d="M0 -8 L8 7 L-8 7 Z"/>',
}
_DOT = '<circle class="dot" r="7"/>'


def dot_row(subject: Subject, axis: bool = False) -> str:
    """Draw one subject; a hidden one keeps its axis, with nothing on it but what its marks may show."""
    shapes = [_line(), _margin(subject.school), *(_comparator(mark) for mark in subject.marks), _school(subject.school)]
    height = HEIGHT_WITH_AXIS if axis else HEIGHT
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" width="100%" height="{height}">'
        f"<title>{escape(subject.indicator.label)}</title><desc>{escape(subject.description)}</desc>"
        f"{_style(subject.tone)}{''.join(shapes)}{_axis_words() if axis else ''}</svg>"
    )


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
        f".dot{{fill:{palette.of(tone)}}}"
        f".mark{{fill:{palette.surface};stroke:{palette.text};stroke-width:2}}"
    )


def _line() -> str:
    ticks = "".join(
        f'<line class="axis" x1="{place(t)}" x2="{place(t)}" y1="{MIDDLE - 7}" y2="{MIDDLE + 7}"/>' for t in TICKS
    )
    return f'<line class="axis" x1="{place(0)}" x2="{place(100)}" y1="{MIDDLE}" y2="{MIDDLE}"/>{ticks}'


def _axis_words() -> str:
    return "".join(
        f'<text class="word" x="{place(t)}" y="44" text-anchor="{anchor}">{t}%</text>' for t, anchor in TICKS.items()
    )


def _margin(figure: Shown | None) -> str:
    if figure is None:
        return ""
    ends = f'x1="{place(figure.lower)}" x2="{place(figure.upper)}"'
    return f'<line class="margin" {ends} y1="{MIDDLE}" y2="{MIDDLE}"/>'


def _comparator(mark: Mark) -> str:
    return "" if mark.percentage is None else _at(mark.percentage, _SHAPES[mark.comparator.kind])


def _school(figure: Shown | None) -> str:
    return "" if figure is None else _at(figure.percentage, _DOT)


def _at(percentage: int, drawn: str) -> str:
    return f'<svg x="{place(percentage)}" y="{MIDDLE}" width="1" height="1" overflow="visible">{drawn}</svg>'
