"""Static figures (SVG): a row of dots on an axis from 0 to 100 percent.

Circle is the school with its margin, diamond the region, square the same school level. Positions
are percentages of the width, so that the figure fits a phone without shrinking its marks.
"""

from __future__ import annotations

from html import escape

from wellbeing.model.results import ComparatorKind
from wellbeing.presentation.figures import Mark, Shown, Subject

TICKS = (0, 25, 50, 75, 100)
MIDDLE = 14
_SHAPES = {
    ComparatorKind.REGION: '<path class="wb-mark" d="M0 -8 L8 0 L0 8 L-8 0 Z"/>',
    ComparatorKind.OWN_LEVEL: '<rect class="wb-mark" x="-6" y="-6" width="12" height="12"/>',
}
_DOT = '<circle class="wb-dot" r="7"/>'


def dot_row(subject: Subject, place: str, axis: bool = False) -> str:
    """Draw one subject; ``place`` makes the names inside the drawing unique on its page.

    A hidden subject keeps its axis, and shows nothing on it except what its marks may show.
    """
    name = f"wb-{place}-{subject.indicator.id}-{subject.group.key}".replace(" ", "-")
    shapes = [_line(), *(_comparator(mark) for mark in subject.marks), _school(subject.school)]
    return (
        f'<svg class="wb-dots wb-{subject.tone.value}" role="img" width="100%" height="{46 if axis else 28}" '
        f'aria-labelledby="{escape(name)}-t {escape(name)}-d">'
        f'<title id="{escape(name)}-t">{escape(subject.indicator.label)}</title>'
        f'<desc id="{escape(name)}-d">{escape(subject.description)}</desc>'
        f"{''.join(shapes)}{_axis_words() if axis else ''}</svg>"
    )


def shape(kind: ComparatorKind | None) -> str:
    """Draw the mark of a legend: the school's dot, or that of a comparator."""
    drawn = _DOT if kind is None else _SHAPES[kind]
    return f'<svg class="wb-key" width="20" height="20" viewBox="-10 -10 20 20" aria-hidden="true">{drawn}</svg>'


def _line() -> str:
    ticks = "".join(f'<line class="wb-tick" x1="{t}%" x2="{t}%" y1="{MIDDLE - 7}" y2="{MIDDLE + 7}"/>' for t in TICKS)
    return f'<line class="wb-axis" x1="0%" x2="100%" y1="{MIDDLE}" y2="{MIDDLE}"/>{ticks}'


def _axis_words() -> str:
    return "".join(f'<text class="wb-axis-word" x="{t}%" y="42" text-anchor="middle">{t}%</text>' for t in TICKS)


def _comparator(mark: Mark) -> str:
    return "" if mark.percentage is None else _at(mark.percentage, _SHAPES[mark.comparator.kind])


def _school(figure: Shown | None) -> str:
    if figure is None:
        return ""
    margin = f'<line class="wb-margin" x1="{figure.lower}%" x2="{figure.upper}%" y1="{MIDDLE}" y2="{MIDDLE}"/>'
    return margin + _at(figure.percentage, _DOT)


def _at(percentage: int, drawn: str) -> str:
    return f'<svg x="{percentage}%" y="{MIDDLE}" width="1" height="1" overflow="visible">{drawn}</svg>'
