"""What the school does already: a table of themes and pillars with a tick in each cell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from html import escape

import streamlit as st

from wellbeing.model.conversation import Conversation
from wellbeing.model.reference import Pillar
from wellbeing.model.results import Package
from wellbeing.presentation import markup
from wellbeing.ui import cache, recording
from wellbeing.ui.asking import plain
from wellbeing.ui.desk import Desk

TITLE = "Wat doet de school al?"
HOW = "Vink aan wat er al is. Voorstellen daarvoor gaan naar achteren; een leeg vak is een kans."
NARROW = {
    Pillar.ENVIRONMENT: "School&shy;om&shy;ge&shy;ving",
    Pillar.EDUCATION: "Edu&shy;catie",
    Pillar.SIGNALLING: "Signa&shy;leren",
}
COLUMNS = (3, 1, 1, 1, 1)


def show(desk: Desk, packages: Sequence[Package], most: int) -> None:
    """Show the table, folded away; ``most`` is how many of the packages lie on the table."""
    themes = _themes(desk.record, packages, most)
    if not themes:
        return
    with st.expander(TITLE, icon=":material/checklist:", key="matrix"):
        st.html(markup.quiet(f"{HOW} {_filled(desk.record, themes)}"))
        with st.container(key="wb-matrix"):
            _heading()
            for theme in themes:
                _row(desk, theme)


def _themes(record: Conversation, packages: Sequence[Package], most: int) -> list[str]:
    """Give the themes on the table, and every other one that people spoke of."""
    spoken = [need.theme for need in (*record.needs, *record.signals)] + [choice.theme for choice in record.choices]
    done = sorted({theme for theme, _ in record.already_done})
    return list(dict.fromkeys([*(package.theme for package in packages[:most]), *spoken, *done]))


def _filled(record: Conversation, themes: Sequence[str]) -> str:
    ticked = sum(theme in themes for theme, _ in record.already_done)
    return f"Nu gevuld: {ticked} van {len(themes) * len(Pillar)} vakken."


def _heading() -> None:
    _, *columns = st.columns(COLUMNS)
    for column, pillar in zip(columns, Pillar, strict=True):
        name = NARROW.get(pillar, escape(pillar.value))
        column.html(f'<p class="wb-column">{name}</p>')


def _row(desk: Desk, theme: str) -> None:
    label = cache.reference().catalogue.theme(theme).label
    first, *columns = st.columns(COLUMNS, vertical_alignment="center")
    first.html(f"<p>{markup.text(label)}</p>")
    for column, pillar in zip(columns, Pillar, strict=True):
        with column:
            _cell(desk, (theme, pillar), f"{plain(label)}: {pillar.value}")


def _cell(desk: Desk, cell: tuple[str, Pillar], label: str) -> None:
    name = recording.key(f"matrix {label}")

    def keep() -> None:
        ticked = bool(st.session_state[name])
        desk.change(lambda record: with_cell(record, cell, ticked=ticked))

    st.checkbox(label, cell in desk.record.already_done, key=name, on_change=keep, label_visibility="collapsed")


def with_cell(record: Conversation, cell: tuple[str, Pillar], *, ticked: bool) -> Conversation:
    """Give the record with one cell ticked or not; with one tick the empty cells count as empty."""
    done = record.already_done | {cell} if ticked else record.already_done - {cell}
    return replace(record, already_done=done, matrix_filled=bool(done))
