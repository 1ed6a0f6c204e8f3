"""The interactive figure (Plotly): all subjects of a theme on one axis, large enough for a wall."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from html import escape
from typing import Any

import plotly.graph_objects as go

from wellbeing.model.results import ComparatorKind
from wellbeing.presentation import formats, wording
from wellbeing.presentation.figures import Mark, Subject
from wellbeing.presentation.palette import Palette

ROW_HEIGHT = 46
CONFIG: dict[str, Any] = {"displayModeBar": False, "scrollZoom": False, "doubleClick": False, "locale": "nl"}
_SYMBOLS = {
    ComparatorKind.REGION: "diamond-open",
    ComparatorKind.OWN_LEVEL: "square-open",
    ComparatorKind.EXPECTED: "triangle-up-open",
}


def dot_plot(subjects: Sequence[Subject], palette: Palette) -> go.Figure:
    """Draw the subjects in their order, from the top down; every value in it is a whole percentage.

    A hidden subject keeps its place, with the reason in words. Nothing appears on hovering.
    """
    figure = go.Figure()
    names = [_row_name(subject) for subject in subjects]
    _add_comparators(figure, subjects, names, palette)
    _add_school(figure, subjects, names, palette)
    for subject, name in zip(subjects, names, strict=True):
        _add_words(figure, subject, name, palette)
    _lay_out(figure, names, palette)
    return figure


def alternative(subjects: Sequence[Subject]) -> str:
    """Say in one text what the chart shows, for people who do not see it."""
    return " ".join(f"{subject.indicator.label}: {subject.description}" for subject in subjects)


def _row_name(subject: Subject) -> str:
    return "<br>".join(escape(line) for line in textwrap.wrap(subject.indicator.label, 28))


def _add_comparators(figure: go.Figure, subjects: Sequence[Subject], names: list[str], palette: Palette) -> None:
    for kind, symbol in _SYMBOLS.items():
        pairs = [(mark, name) for subject, name in zip(subjects, names, strict=True) for mark in subject.marks]
        found: list[tuple[Mark, str]] = [
            (m, n) for m, n in pairs if m.comparator.kind is kind and m.percentage is not None
        ]
        if found:
            figure.add_scatter(
                x=[mark.percentage for mark, _ in found],
                y=[name for _, name in found],
                mode="markers",
                name=wording.comparator_name(found[0][0].comparator),
                marker={"symbol": symbol, "size": 14, "color": palette.quiet, "line": {"width": 2.5}},
                hoverinfo="skip",
            )


def _add_school(figure: go.Figure, subjects: Sequence[Subject], names: list[str], palette: Palette) -> None:
    rows = [(s, s.school, name) for s, name in zip(subjects, names, strict=True) if s.school is not None]
    for position, (subject, shown, name) in enumerate(rows):
        colour = palette.of(subject.tone)
        figure.add_scatter(
            x=[shown.percentage],
            y=[name],
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


def _add_words(figure: go.Figure, subject: Subject, name: str, palette: Palette) -> None:
    if subject.school is None:
        place = {"x": 50, "text": escape(subject.hidden), "font": {"size": 14, "color": palette.quiet}}
    else:
        words = f"<b>{formats.percentage(subject.school.percentage)}</b>"
        place = {"x": 106, "text": words, "font": {"size": 17, "color": palette.of(subject.tone)}}
    figure.add_annotation(y=name, showarrow=False, xanchor="center", **place)


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
        categoryorder="array",
        categoryarray=names[::-1],
        range=[-0.6, len(names) - 0.4],
        fixedrange=True,
        automargin=True,
        showgrid=False,
    )
