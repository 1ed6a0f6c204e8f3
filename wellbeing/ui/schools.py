"""The parts of Scholen in de regio: all schools of a regional export, for the GGD."""

from __future__ import annotations

import streamlit as st

from wellbeing.model.reference import Bouw, IndicatorId
from wellbeing.model.results import Measurement, SchoolPoint, Spread
from wellbeing.presentation import charts, formats, markup, palette, pictures
from wellbeing.ui import cache, navigation, session

FOR_THE_GGD = (
    "Deze pagina is voor de GGD. De scholen staan hier zonder naam, op volgorde van grootte: het is geen ranglijst. "
    "Laat haar niet aan een school zien."
)
NO_REGION = (
    "Maak eerst vergelijkingscijfers uit de export van de hele regio. Deze pagina is voor de GGD en toont hoe de "
    "scholen naast elkaar liggen."
)
HOW_TO_READ = (
    "Elke stip is een school. Hoe meer leerlingen, hoe verder naar rechts en hoe minder toeval. Bijna alle scholen "
    "liggen tussen de buitenste lijnen; de lijnen houden rekening met hoe scholen altijd al verschillen. Een school "
    "erbuiten is een vraag waard, geen oordeel."
)
BAND = "dunne lijn: acht van de tien scholen · dikke lijn: de middelste helft · streepje: het midden"


def require_region() -> tuple[Measurement, ...]:
    """Give the schools of one year and population that the user chose, or say how to get them and stop."""
    found = session.state().region
    if not found:
        st.title("Scholen in de regio", anchor=False)
        st.write(NO_REGION)
        st.page_link(navigation.BENCHMARKS.file, label="Vergelijkingscijfers", icon=":material/compare_arrows:")
        st.stop()
    years = sorted({item.year for item in found}, reverse=True)
    bouwen = sorted({item.bouw for item in found}, key=lambda bouw: bouw is not session.state().shown)
    left, right = st.columns(2, vertical_alignment="bottom")
    bouw = left.segmented_control(
        "Welke leerlingen?",
        bouwen,
        default=bouwen[0],
        format_func=lambda item: formats.capital(Bouw(item).value),
        key="schools-bouw",
        label_visibility="collapsed",
    )
    year = right.selectbox("Schooljaar", years, key="schools-year") if len(years) > 1 else years[0]
    return tuple(item for item in found if (item.year, item.bouw) == (year, bouw or bouwen[0]))


def choose(schools: tuple[Measurement, ...]) -> tuple[Spread, tuple[Spread, ...], str]:
    """Let the user choose a subject and a school to point out; gives also all subjects of its theme."""
    least = cache.reference().policy.benchmark.funnel_schools
    spreads = cache.spreads(schools)
    if not spreads:
        st.title("Scholen in de regio", anchor=False)
        st.info(
            f"Voor deze figuren zijn minstens {least} scholen nodig waarvan we het cijfer mogen laten zien. "
            f"In dit bestand staan er te weinig."
        )
        st.stop()
    book = cache.reference().codebook(schools[0].codebook)
    themes = {theme.label: theme.id for theme in book.themes}
    found = {label: [s for s in spreads if book.indicator(s.indicator).theme == name] for label, name in themes.items()}
    found = {label: items for label, items in found.items() if items}
    columns = st.columns(3)
    theme = columns[0].selectbox("Thema", list(found), key="schools-theme") or next(iter(found))
    subject = columns[1].selectbox(
        "Onderwerp", [item.indicator for item in found[theme]], key="schools-subject",
        format_func=lambda name: book.indicator(name).label,
    )  # fmt: skip
    own = _choose_own(columns[2], schools)
    one = next((item for item in found[theme] if item.indicator == subject), found[theme][0])
    return one, tuple(found[theme]), own


def title(spread: Spread, schools: tuple[Measurement, ...]) -> None:
    """Say what the page shows of one subject."""
    st.title(f"{_label(spread.indicator, schools)}: {len(spread.points)} scholen naast elkaar", anchor=False)
    hidden = ""
    if spread.hidden:
        hidden = f" Van {formats.counted(spread.hidden, 'school', 'scholen')} laten we het cijfer niet zien."
    st.html(markup.quiet(f"{schools[0].bouw.value.capitalize()} {schools[0].year}.{hidden}"))
    st.info(FOR_THE_GGD, icon=":material/lock:")


def funnel(spread: Spread, own: str) -> None:
    """Show all schools by size between the limits, and the same as a table."""
    colours = palette.DARK if st.context.theme.type == "dark" else palette.LIGHT
    st.plotly_chart(
        charts.funnel(spread, own, colours),
        config=charts.CONFIG,
        theme=None,
        alt=charts.funnel_alternative(spread, own),
        key="trechter",
    )
    st.html(markup.quiet(HOW_TO_READ))
    with st.expander("Als tabel", icon=":material/table:"):
        ordered = sorted(spread.points, key=lambda point: (point.total, point.percentage))
        headings = ["Leerlingen (ongeveer)", "Percentage", "Ligging", "School"]
        st.html(markup.table("Van klein naar groot", headings, [_point(point, own) for point in ordered], False))


def bands(spreads: tuple[Spread, ...], schools: tuple[Measurement, ...], own: str) -> None:
    """Show for each subject of the theme between which percentages the schools lie."""
    st.header("Alle onderwerpen van dit thema", anchor=False)
    st.html(markup.quiet(BAND + (f" · stip: {own}" if own else "")))
    rows = [_band(item, _label(item.indicator, schools), own) for item in spreads]
    headings = ["Onderwerp", markup.SCALE, "8 van de 10 scholen", "Middelste helft", "Midden", "Gekozen school"]
    st.html(markup.table_of_html("Hoe de scholen verdeeld zijn", headings, rows))


def _choose_own(place: st.delta_generator.DeltaGenerator, schools: tuple[Measurement, ...]) -> str:
    names = sorted({item.school for item in schools})
    now = session.state().measurement
    start = names.index(now.school) if now is not None and now.school in names else None
    chosen = place.selectbox("Wijs een school aan", names, index=start, key="schools-own", placeholder="Geen school")
    return chosen or ""


def _label(indicator: IndicatorId, schools: tuple[Measurement, ...]) -> str:
    return cache.reference().codebook(schools[0].codebook).indicator(indicator).label


def _point(point: SchoolPoint, own: str) -> list[str]:
    name = own if own and point.school == own else ""
    return [formats.number(point.total), formats.percentage(point.percentage), point.position.value, name]


def _band(spread: Spread, label: str, own: str) -> list[str]:
    found = next((point.percentage for point in spread.points if point.school == own), None)
    low, quarter, half, three_quarters, high = map(formats.percentage, spread.percentiles)
    drawing = markup.row_picture(pictures.school_band(spread, found), pictures.band_in_words(spread, found))
    shown = formats.percentage(found) if found is not None else markup.DASH
    return [markup.text(label), drawing, f"{low} tot {high}", f"{quarter} tot {three_quarters}", half, shown]
