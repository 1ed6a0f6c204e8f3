"""Pages of a school whose table has no number of pupils: figures side by side, without a label, colour or order."""

from __future__ import annotations

import datetime as dt

import streamlit as st

from wellbeing.model.reference import Sensitivity
from wellbeing.model.results import Package
from wellbeing.model.stated import BesideOnly, FiguresOnly
from wellbeing.presentation import formats, markup, wording
from wellbeing.ui import cache, desk, navigation, session, suggesting

UNKNOWN = "Verschil, zekerheid onbekend"
NO_CERTAINTY = (
    "In deze tabel staat niet hoeveel leerlingen meededen. De cijfers staan hier naast elkaar. Of een verschil meer is "
    "dan toeval, is onbekend: bij weinig leerlingen kan ook een groot verschil toeval zijn."
)
HOW_MANY = "Weet u hoeveel leerlingen meededen? Voeg de tabel opnieuw toe en vul het aantal in."
OTHERS = "Overige onderwerpen"
NEUTRAL_COMMON = "Dit speelt bij veel leerlingen, wat de regio ook doet. Herkent u het op school?"


def is_all_there_is() -> bool:
    """Whether this visitor has figures without a number of pupils, and nothing else."""
    return session.state().figures_only is not None


def profile() -> None:
    """Show what the table says, what occurs often, and where to go on."""
    figures = _title()
    shown = sum(row.percentage is not None for row in figures.rows)
    subjects = formats.counted(shown, "onderwerp", "onderwerpen")
    beside = f", met ernaast: {formats.listing(list(figures.comparators))}" if figures.comparators else ""
    st.html(markup.conclusion([f"Deze tabel heeft cijfers over {subjects}{beside}.", NO_CERTAINTY]))
    st.page_link(navigation.ADD_DATA.file, label=HOW_MANY, icon=":material/group_add:")
    common = [reason.sentence for package in _packages(figures) for reason in package.reasons if reason.indicators]
    if common:
        st.subheader("Om te bespreken", anchor=False)
        st.html(markup.quiet(NEUTRAL_COMMON))
        st.html(markup.remarks(list(dict.fromkeys(common))))
    with st.container(horizontal=True):
        st.page_link(navigation.COMPARE.file, label="Alle cijfers naast elkaar", icon=":material/bar_chart:")
        st.page_link(navigation.SUGGESTIONS.file, label="Wat kan de school doen?", icon=":material/lightbulb:")
    _safety_net(figures)


def compare() -> None:
    """Show every figure of the table in its own order, per theme."""
    figures = _title()
    st.html(markup.quiet(NO_CERTAINTY))
    codebook = cache.reference().codebook(figures.codebook)
    labels = {theme.id: theme.label for theme in codebook.themes} | {"": OTHERS}
    headings = ["Onderwerp", "School", *(markup.text(formats.capital(name)) for name in figures.comparators)]
    headings += [UNKNOWN] if figures.comparators else []
    rows = [_row(row, labels[row.theme]) for row in figures.rows]
    st.html(markup.table_of_html("Alle cijfers, in de volgorde van de tabel", headings, rows))
    _national(figures)
    _safety_net(figures)


def suggestions() -> None:
    """Show packages for what is common and for what people bring to the table; no difference speaks here."""
    figures = _title("Wat kan de school doen?")
    st.write(
        "Zonder aantal leerlingen noemen we geen verschillen. Een thema komt op tafel omdat het bij veel leerlingen "
        "speelt, of omdat de school het kiest."
    )
    suggesting.present(desk.of_this_visit(figures.school, figures.year), lambda: _packages(figures))
    _safety_net(figures)


def _title(words: str = "") -> FiguresOnly:
    figures = session.state().figures_only
    assert figures is not None
    about = f"{figures.school}, {wording.population(figures.bouw)} {figures.year}"
    st.title(words or about, anchor=False)
    parts = [about] if words else []
    st.html(markup.quiet(" · ".join([*parts, f"Uit de tabel {figures.file_name}", "aantal leerlingen onbekend"])))
    return figures


def _packages(figures: FiguresOnly) -> tuple[Package, ...]:
    return cache.packages_without_numbers(figures, session.state().wishes, dt.date.today())


def _row(row: BesideOnly, theme: str) -> list[str]:
    label = f'{markup.text(row.label)}<span class="wb-sentence">{markup.text(theme)}</span>'
    own = markup.text(row.hidden or formats.percentage(row.percentage or 0))
    beside = ["–" if item is None else formats.percentage(item) for item in row.beside]
    return [label, own, *beside, *([_differences(row)] if row.beside else [])]


def _differences(row: BesideOnly) -> str:
    """Subtract what stands there; with two comparators there are two differences, in their order."""
    if row.percentage is None:
        return "–"
    found = ["–" if other is None else formats.points(row.percentage - other) for other in row.beside]
    return f"{formats.listing(found)} procentpunt"


def _national(figures: FiguresOnly) -> None:
    """Show the published figure of the same subjects, folded away: background, not to compare with."""
    labels = {str(row.indicator): row.label for row in figures.rows if row.indicator}
    rows = [
        [labels[item.indicator_id], str(item.year), formats.published_percentage(item.percentage), item.population]
        for item in cache.reference().national
        if item.indicator_id in labels and item.breakdown == "totaal"
    ]
    if rows:
        with st.expander("Landelijke cijfers over dezelfde onderwerpen", icon=":material/public:"):
            st.write("Gepubliceerd elders. Achtergrond bij het gesprek, niet om mee te vergelijken.")
            st.html(markup.table("Gepubliceerd", ["Onderwerp", "Jaar", "Percentage", "Groep"], sorted(rows)))


def _safety_net(figures: FiguresOnly) -> None:
    codebook = cache.reference().codebook(figures.codebook)
    if any(item.sensitivity is Sensitivity.REGION_ONLY for item in codebook.indicators):
        st.info(wording.SAFETY_NET, icon=":material/favorite:")
