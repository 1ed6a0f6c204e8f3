"""The interactive figure (Plotly): all subjects of a theme on one axis, large enough for a wall."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from html import escape
from typing import Any

import plotly.graph_objects as go

from wellbeing.model.results import ComparatorKind, Position, SchoolPoint, Spread
from wellbeing.presentation import formats, wording
from wellbeing.presentation.figures import Mark, Subject, to_five
from wellbeing.presentation.palette import Palette

ROW_HEIGHT = 72
CONFIG: dict[str, Any] = {"displayModeBar": False, "scrollZoom": False, "doubleClick": False, "locale": "nl"}
# Symbol, and the lane below that of the school as a part of the row: on one line they would cover each other.
_SYMBOLS = {
    ComparatorKind.REGION: ("diamond-open", 0.24),
    ComparatorKind.OWN_LEVEL: ("square-open", 0.43),
    ComparatorKind.EXPECTED: ("triangle-up-open", 0.62),
}
_SCHOOL_LANE = -0.25  # from the middle of the row; rows are counted from the top


def dot_plot(subjects: Sequence[Subject], palette: Palette) -> go.Figure:
    """Draw the subjects in their order, from the top down; every value in it is a whole percentage.

    A hidden subject keeps its place, with the reason in words. Nothing appears on hovering.
    """
    figure = go.Figure()
    _add_comparators(figure, subjects, palette)
    _add_school(figure, subjects, palette)
    for row, subject in enumerate(subjects):
        _add_words(figure, subject, row, palette)
    _lay_out(figure, [_row_name(subject) for subject in subjects], palette)
    return figure


def alternative(subjects: Sequence[Subject]) -> str:
    """Say in one text what the chart shows, for people who do not see it."""
    return " ".join(f"{subject.indicator.label}: {subject.description}" for subject in subjects)


def _row_name(subject: Subject) -> str:
    return "<br>".join(escape(line) for line in textwrap.wrap(subject.indicator.label, 28))


def _add_comparators(figure: go.Figure, subjects: Sequence[Subject], palette: Palette) -> None:
    marks = [(mark, row) for row, subject in enumerate(subjects) for mark in subject.marks]
    for kind, (symbol, lane) in _SYMBOLS.items():
        found: list[tuple[Mark, int]] = [
            (mark, row) for mark, row in marks if mark.comparator.kind is kind and mark.percentage is not None
        ]
        if found:
            figure.add_scatter(
                x=[mark.percentage for mark, _ in found],
                y=[row + _SCHOOL_LANE + lane for _, row in found],
                mode="markers",
                name=wording.comparator_name(found[0][0].comparator),
                marker={"symbol": symbol, "size": 12, "color": palette.quiet, "line": {"width": 2.5}},
                hoverinfo="skip",
            )


def _add_school(figure: go.Figure, subjects: Sequence[Subject], palette: Palette) -> None:
    rows = [(subject, subject.school, row) for row, subject in enumerate(subjects) if subject.school is not None]
    for position, (subject, shown, row) in enumerate(rows):
        colour = palette.of(subject.tone)
        figure.add_scatter(
            x=[shown.percentage],
            y=[row + _SCHOOL_LANE],
            mode="markers",
            name="deze school, met marge",
            showlegend=position == 0,
            marker={"symbol": "circle", "size": 17, "color": colour},
            error_x={
                "type": "data",
                "array": [shown.upper - shown.percentage],
                "arrayminus": [shown.percentage - shown.lower],
                "thickness": 5,
                "width": 0,
                "color": colour,
            },
            hoverinfo="skip",
        )


def _add_words(figure: go.Figure, subject: Subject, row: int, palette: Palette) -> None:
    if subject.school is None:
        place = {"x": 50, "text": escape(subject.hidden), "font": {"size": 14, "color": palette.quiet}}
    else:
        words = f"<b>{formats.percentage(subject.school.percentage)}</b>"
        place = {"x": 106, "text": words, "font": {"size": 17, "color": palette.of(subject.tone)}}
    figure.add_annotation(y=row + _SCHOOL_LANE, showarrow=False, xanchor="center", **place)


def _lay_out(figure: go.Figure, names: list[str], palette: Palette) -> None:
    figure.update_layout(
        height=110 + ROW_HEIGHT * len(names),
        margin={"l": 8, "r": 8, "t": 56, "b": 40},
        separators=",.",
        dragmode=False,
        hovermode=False,
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        font={"size": 15, "color": palette.text},
        legend={
            "orientation": "h",
            "yanchor": "bottom",
            "y": 1.02,
            "x": 0,
            "itemclick": False,
            "itemdoubleclick": False,
        },
    )
    figure.update_xaxes(
        range=[-2, 112],
        tickvals=[0, 25, 50, 75, 100],
        ticktext=["0%", "25%", "50%", "75%", "100%"],
        gridcolor=palette.line,
        zeroline=False,
        fixedrange=True,
        side="bottom",
    )
    figure.update_yaxes(
        tickvals=[row + _SCHOOL_LANE for row in range(len(names))],
        ticktext=names,
        range=[len(names) - 0.4, -0.6],
        fixedrange=True,
        automargin=True,
        showgrid=False,
        zeroline=False,
    )


# --------------------------------------------------------------------------- schools side by side


def funnel(spread: Spread, own: str, palette: Palette) -> go.Figure:
    """Draw all schools of a region by size, between the limits of what chance and usual spread bring.

    Only the school named ``own`` has a name; sizes are rounded to five, everything else to whole
    percentages, also the limits.
    """
    figure = go.Figure()
    _add_limits(figure, spread, palette)
    others = [point for point in spread.points if point.school != own]
    _add_schools(figure, others, "een school", {"symbol": "circle", "size": 11, "color": palette.neutral})
    chosen = [point for point in spread.points if point.school == own]
    if chosen:
        mark = {"symbol": "circle", "size": 17, "color": palette.favourable}
        _add_schools(figure, chosen, escape(own), mark)
    _lay_out_funnel(figure, spread, palette)
    return figure


def funnel_alternative(spread: Spread, own: str) -> str:
    """Say in one text what the funnel shows, for people who do not see it."""
    outside = [point for point in spread.points if point.position is not Position.INSIDE]
    words = [
        f"{len(spread.points)} scholen, samen {formats.percentage(spread.centre)}.",
        f"{len(spread.points) - len(outside)} binnen de grenzen, {len(outside)} erbuiten.",
    ]
    words += [
        f"{point.school}: {formats.percentage(point.percentage)}, {point.position.value}."
        for point in spread.points
        if point.school == own
    ]
    return " ".join(words)


def _add_limits(figure: go.Figure, spread: Spread, palette: Palette) -> None:
    # A few sizes only: between whole percentages a close curve would wave.
    few = [*spread.limits[::4], spread.limits[-1]]
    sizes = {to_five(total): (inner, outer) for total, inner, outer in few}
    kinds = (("95% van de scholen", 0, "dash"), ("99,8% van de scholen", 1, "solid"))
    for name, kind, dash in kinds:
        for is_upper in (True, False):
            found = [limits[kind] for limits in sizes.values()]
            figure.add_scatter(
                x=list(sizes),
                y=[formats.whole((item.upper if is_upper else item.lower) * 100) for item in found],
                mode="lines",
                name=name,
                showlegend=is_upper,
                line={"dash": dash, "width": 1.8, "color": palette.quiet, "shape": "spline", "smoothing": 1.3},
                hoverinfo="skip",
            )
    figure.add_scatter(
        x=list(sizes),
        y=[spread.centre] * len(sizes),
        mode="lines",
        name="alle scholen samen",
        line={"width": 2.5, "color": palette.text},
        hoverinfo="skip",
    )


def _add_schools(figure: go.Figure, points: Sequence[SchoolPoint], name: str, mark: dict[str, Any]) -> None:
    ordered = sorted(points, key=lambda point: (point.total, point.percentage))
    figure.add_scatter(
        x=[point.total for point in ordered],
        y=[point.percentage for point in ordered],
        mode="markers",
        name=name,
        marker=mark,
        hoverinfo="skip",
    )


def _lay_out_funnel(figure: go.Figure, spread: Spread, palette: Palette) -> None:
    shown = [point.percentage for point in spread.points]
    edges = [formats.whole(edge * 100) for _, _, outer in spread.limits for edge in (outer.lower, outer.upper)]
    low, high = max(min([*shown, *edges]) - 4, -1), min(max([*shown, *edges]) + 4, 101)
    figure.update_layout(
        height=520,
        margin={"l": 8, "r": 8, "t": 72, "b": 40},
        separators=",.",
        dragmode=False,
        hovermode=False,
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        font={"size": 15, "color": palette.text},
        legend={"orientation": "h", "yanchor": "bottom", "y": 1.02, "x": 0, "itemclick": False,
                "itemdoubleclick": False},
    )  # fmt: skip
    figure.update_xaxes(title="leerlingen met een antwoord", gridcolor=palette.line, zeroline=False, fixedrange=True)
    figure.update_yaxes(
        range=[low, high],
        ticksuffix="%",
        gridcolor=palette.line,
        zeroline=False,
        fixedrange=True,
        automargin=True,
    )
