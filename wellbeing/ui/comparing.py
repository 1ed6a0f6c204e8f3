"""The parts of Vergelijken: the choice of theme and comparison, the table and the large figure."""

from __future__ import annotations

import secrets

import streamlit as st

from wellbeing.export.tables import FIGURE_COLUMNS, csv_bytes, figure_row
from wellbeing.model.results import Analysis, ComparatorKind, Dimension
from wellbeing.presentation import charts, figures, markup, palette, wording
from wellbeing.presentation.figures import Subject
from wellbeing.ui import cache, components, session

NAMES = {
    ComparatorKind.OWN_LEVEL: "Zelfde schoolniveau",
    ComparatorKind.REGION: "Regio",
    ComparatorKind.EXPECTED: "Verwacht",
}


def choose_theme(analysis: Analysis) -> str:
    """Let the user choose a theme; the choice stands in the address, so that a link can make it."""
    labels = components.theme_labels(analysis)
    by_label = {label: theme for theme, label in labels.items()}
    first = analysis.findings.to_discuss[0].theme
    start = list(labels).index(first) if first in labels else 0
    chosen = st.selectbox("Thema", list(by_label), index=start, key="thema", bind="query-params")
    return by_label[chosen or next(iter(by_label))]


def choose_main() -> None:
    """Let the user choose the main comparison, which decides labels, cards and order everywhere."""
    chosen, stated = session.state(), session.stated_kinds()
    kinds = tuple(kind for kind in NAMES if not stated or kind in stated)
    if len(kinds) == 1:
        return

    def keep() -> None:
        chosen.main = st.session_state["main"] or chosen.main

    st.segmented_control(
        "Vergeleken met",
        list(kinds),
        default=chosen.main if chosen.main in kinds else kinds[0],
        format_func=lambda kind: NAMES[ComparatorKind(kind)],
        key="main",
        on_change=keep,
    )


def title(analysis: Analysis, theme: str) -> None:
    """Say the conclusion of a theme as the title."""
    name = components.theme_labels(analysis)[theme]
    comparator = figures.main_comparator(analysis)
    rows = figures.subjects(analysis, cache.codebook(analysis), theme)
    labels = [row.verdict for row in rows if row.verdict is not None]
    if comparator is None or not components.has_benchmark(analysis):
        st.title(name, anchor=False)
        return
    st.title(wording.theme_title(name, labels, comparator), anchor=False)


def subtitle(analysis: Analysis) -> None:
    """Name the school, its pupils, and what it is compared with."""
    shown, comparator = analysis.published, figures.main_comparator(analysis)
    parts = [f"{shown.school}, {wording.population(shown.bouw)} {shown.year}"]
    if comparator is not None and comparator.year:
        parts.append(f"vergeleken met {wording.comparator_name(comparator)}")
    if figures.is_weighted(analysis):
        parts.append("gewogen cijfers")
    st.html(markup.quiet(" · ".join(parts)))


def table(analysis: Analysis, theme: str) -> None:
    """Show every subject of a theme, for the school as a whole."""
    rows = figures.subjects(analysis, cache.codebook(analysis), theme)
    st.html(_table("De hele school", analysis, rows))


def levels(analysis: Analysis, theme: str) -> None:
    """Show the same per level, where the school has more than one."""
    rows = figures.level_subjects(analysis, cache.codebook(analysis), theme)
    if len(analysis.published.levels) < 2 or not rows:
        return
    with st.expander("Per schoolniveau", icon=":material/stairs:"):
        st.write("Elk niveau staat naast hetzelfde niveau in de regio. Hoe kleiner de groep, hoe ruimer de marge.")
        st.html(_table("Per schoolniveau", analysis, rows))


def large_figure(analysis: Analysis, theme: str) -> None:
    """Show the theme as one large figure, for on a screen on the wall."""
    with st.expander(
        "Grote figuur, voor op een scherm", icon=":material/slideshow:", on_change="rerun", key="groot"
    ) as box:
        if not box.open:
            return
        rows = figures.subjects(analysis, cache.codebook(analysis), theme)
        colours = palette.DARK if st.context.theme.type == "dark" else palette.LIGHT
        st.plotly_chart(
            charts.dot_plot(rows, colours), config=charts.CONFIG, theme=None, alt=charts.alternative(rows), key="figuur"
        )


def download(analysis: Analysis) -> None:
    """Offer all figures of the school as a whole, exactly as protected, as the command line writes them."""
    shown = analysis.published

    def table() -> bytes:
        return figures_file(analysis)

    name = f"cijfers-{shown.bouw.value}-{shown.year.replace(' ', '-')}-{secrets.token_hex(4)}.csv"
    st.download_button(
        "Cijfers opslaan (CSV)",
        table,
        file_name=name,
        mime="text/csv",
        on_click="ignore",
        key="download-cijfers",
        icon=":material/download:",
    )


def figures_file(analysis: Analysis) -> bytes:
    """Give the figures of the school as a whole as CSV: the bytes of ``python -m wellbeing compare``."""
    codebook = cache.codebook(analysis)
    rows = [
        figure_row(item, codebook, analysis.published.school)
        for item in analysis.comparisons
        if item.group.dimension is Dimension.TOTAL
    ]
    return csv_bytes(FIGURE_COLUMNS, rows)


def cautions(analysis: Analysis, theme: str) -> None:
    """Say what to keep in mind with single subjects of this theme."""
    rows = figures.subjects(analysis, cache.codebook(analysis), theme)
    notes = [f"**{row.indicator.label}**: {row.indicator.caution}" for row in rows if row.indicator.caution]
    reasons = {
        mark.note for row in rows for mark in row.marks if row.school and mark.note and mark.note != "niet getoond"
    }
    if notes or reasons:
        st.subheader("Let op bij deze onderwerpen", anchor=False)
        st.html(markup.remarks([*notes, *sorted(reasons)]))


def _table(caption: str, analysis: Analysis, rows: tuple[Subject, ...]) -> str:
    return markup.comparison_table(caption, rows, components.comparators(analysis), components.workings(analysis, rows))
