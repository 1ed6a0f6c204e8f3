"""Static figures (SVG) beyond the row of dots: answers in a bar, years in a line, schools in a band.

As in ``drawings``: every place is a whole percentage as people read it, and a drawing stands on its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from itertools import pairwise

from wellbeing.model.results import AnswerShare, Course, Proportion, Spread, Suppressed
from wellbeing.presentation import formats, wording
from wellbeing.presentation.drawings import place
from wellbeing.presentation.palette import DARK, LIGHT, Palette

BAR_HEIGHT, YEARS_HEIGHT, BAND_HEIGHT = 38, 240, 28
# From light to dark, with the letters that can be read on it; no tone of good or bad.
_STEPS = (
    ("#E6E9ED", "#1B2430"),
    ("#C9CFD6", "#1B2430"),
    ("#A3ACB7", "#1B2430"),
    ("#667180", "#FFFFFF"),
    ("#3F4955", "#FFFFFF"),
)
_ROOM_FOR_WORDS = 6  # percent of the width under which a number does not fit
_TOP, _BOTTOM = 24, 196  # of 100% and 0% in the drawing of years


def answer_label(share: AnswerShare) -> str:
    """Name an answer, or answers taken together: "Vaak of heel vaak".

    >>> answer_label(AnswerShare(("Vaak", "Heel vaak"), 40))
    'Vaak of heel vaak'
    """
    first, *others = share.labels
    return formats.listing([first, *(label[:1].lower() + label[1:] for label in others)], "of")


def answers_in_words(shares: Sequence[AnswerShare]) -> str:
    """Say what the bar of answers shows."""
    return "; ".join(f"{answer_label(share)} {formats.percentage(share.percentage)}" for share in shares) + "."


def answer_bar(shares: Sequence[AnswerShare]) -> str:
    """Draw the answers to a question as one bar, in the order of the questionnaire."""
    total = sum(share.percentage for share in shares) or 1
    start, parts = 0, []
    for at, share in enumerate(shares):
        fill, ink = step(at, len(shares))
        x, width = 10_000 * start // total, 10_000 * share.percentage // total
        parts.append(
            f'<rect x="{_hundredths(x)}" y="1" width="{_hundredths(width)}" height="36" fill="{fill}" '
            f'class="part"/>{_number(share, x + width // 2, ink)}'
        )
        start += share.percentage
    style = _style(".part{{stroke:{surface};stroke-width:2}}.n{{font:600 14px system-ui,sans-serif}}")
    return _drawing("De antwoorden", answers_in_words(shares), BAR_HEIGHT, style + "".join(parts))


def step(at: int, count: int) -> tuple[str, str]:
    """Give the fill of the answer at a place among so many, and the colour of letters on it."""
    return _STEPS[at * (len(_STEPS) - 1) // max(count - 1, 1)]


def _number(share: AnswerShare, middle: int, ink: str) -> str:
    if share.percentage < _ROOM_FOR_WORDS:
        return ""
    number = formats.percentage(share.percentage)
    return f'<text class="n" x="{_hundredths(middle)}" y="24" text-anchor="middle" fill="{ink}">{number}</text>'


# --------------------------------------------------------------------------- years


def years_in_words(course: Course) -> str:
    """Say what the line over the years shows."""
    return "; ".join(f"{item.year} {_figure(item.figure)}" for item in course.figures) + "."


def year_line(course: Course) -> str:
    """Draw one subject over the years; the line is broken where the question changed or a figure is hidden."""
    places = [(2 * at + 1) * 5_000 // len(course.figures) for at in range(len(course.figures))]
    both = list(zip(course.figures, places, strict=True))
    lines = [
        f'<line class="line" x1="{_hundredths(x)}" y1="{_height(a.figure.percentage)}" '
        f'x2="{_hundredths(to)}" y2="{_height(b.figure.percentage)}"/>'
        for (a, x), (b, to) in pairwise(both)
        if isinstance(a.figure, Proportion) and isinstance(b.figure, Proportion) and not b.broken
    ]
    points = [_year(item.year, item.figure, x) for item, x in both]
    grid = "".join(
        f'<line class="axis" x1="0" x2="100%" y1="{_height(tick)}" y2="{_height(tick)}"/>'
        f'<text class="word" x="0" y="{_height(tick) - 4}">{tick}%</text>'
        for tick in (0, 50, 100)
    )
    style = _style(
        ".axis{{stroke:{line};stroke-width:1}}.word{{fill:{quiet};font:13px system-ui,sans-serif}}"
        ".line{{stroke:{neutral};stroke-width:2.5}}.dot{{fill:{text}}}"
        ".margin{{stroke:{neutral};stroke-width:6;opacity:.35;stroke-linecap:round}}"
        ".n{{fill:{text};font:700 16px system-ui,sans-serif}}"
    )
    body = style + grid + "".join(lines) + "".join(points)
    return _drawing("Door de jaren heen", years_in_words(course), YEARS_HEIGHT, body)


def _year(year: str, figure: Proportion | Suppressed, x: int) -> str:
    at = _hundredths(x)
    name = f'<text class="word" x="{at}" y="{YEARS_HEIGHT - 16}" text-anchor="middle">{escape(year)}</text>'
    if isinstance(figure, Suppressed):
        hidden = escape(wording.REASONS[figure.reason])
        return f'{name}<text class="word" x="{at}" y="{_height(50) - 4}" text-anchor="middle">{hidden}</text>'
    lower, upper = formats.whole(figure.interval.lower * 100), formats.whole(figure.interval.upper * 100)
    y = _height(figure.percentage)
    return (
        f'{name}<line class="margin" x1="{at}" x2="{at}" y1="{_height(upper)}" y2="{_height(lower)}"/>'
        f'<circle class="dot" cx="{at}" cy="{y}" r="7"/>'
        f'<text class="n" x="{at}" y="{_height(upper) - 9}" text-anchor="middle">'
        f"{formats.percentage(figure.percentage)}</text>"
    )


def _height(percentage: int) -> int:
    return _BOTTOM - (_BOTTOM - _TOP) * percentage // 100


def _figure(figure: Proportion | Suppressed) -> str:
    if isinstance(figure, Suppressed):
        return wording.REASONS[figure.reason]
    return formats.percentage(figure.percentage)


# --------------------------------------------------------------------------- schools


def band_in_words(spread: Spread, own: int | None) -> str:
    """Say what the band of schools shows."""
    low, quarter, half, three_quarters, high = map(formats.percentage, spread.percentiles)
    school = f" De gekozen school {formats.percentage(own)}." if own is not None else ""
    return (
        f"Acht van de tien scholen tussen {low} en {high}, de middelste helft tussen {quarter} en {three_quarters}, "
        f"het midden {half}.{school}"
    )


def school_band(spread: Spread, own: int | None) -> str:
    """Draw between which percentages the schools lie, with the chosen school as a dot."""
    low, quarter, half, three_quarters, high = spread.percentiles
    dot = "" if own is None else f'<circle class="dot" cx="{place(own)}" cy="14" r="7"/>'
    ends = ((0, 100, "axis"), (low, high, "most"), (quarter, three_quarters, "half"))
    lines = "".join(
        f'<line class="{kind}" x1="{place(start)}" x2="{place(end)}" y1="14" y2="14"/>' for start, end, kind in ends
    )
    middle = f'<line class="middle" x1="{place(half)}" x2="{place(half)}" y1="4" y2="24"/>'
    style = _style(
        ".axis{{stroke:{line};stroke-width:1.5}}.most{{stroke:{quiet};stroke-width:3;opacity:.6}}"
        ".half{{stroke:{quiet};stroke-width:14;opacity:.45}}.middle{{stroke:{text};stroke-width:2}}"
        ".dot{{fill:{favourable};stroke:{surface};stroke-width:1.5}}"
    )
    return _drawing("Scholen in de regio", band_in_words(spread, own), BAND_HEIGHT, style + lines + middle + dot)


# --------------------------------------------------------------------------- what they share


def _drawing(title: str, words: str, height: int, body: str) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" width="100%" height="{height}">'
        f"<title>{escape(title)}</title><desc>{escape(words)}</desc>{body}</svg>"
    )


def _style(rules: str) -> str:
    dark = f"@media (prefers-color-scheme: dark) {{{_filled(rules, DARK)}}}"
    return f"<style>{_filled(rules, LIGHT)}{dark}</style>"


def _filled(rules: str, palette: Palette) -> str:
    return rules.format(**dict(_colours(palette)))


def _colours(palette: Palette) -> Iterator[tuple[str, str]]:
    for name in Palette.__slots__:
        yield name, str(getattr(palette, name))


def _hundredths(value: int) -> str:
    """Write hundredths of a percent as a percentage of the width.

    >>> _hundredths(2505)
    '25.05%'
    """
    return f"{value // 100}.{value % 100:02d}%"
