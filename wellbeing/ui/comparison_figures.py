"""The parts of Vergelijkingscijfers: what is loaded, making and opening a benchmark, national background."""

from __future__ import annotations

import secrets

import streamlit as st

from wellbeing import pipeline
from wellbeing.intake.guard import Refused
from wellbeing.model.benchmark import Benchmark, Breakdown
from wellbeing.model.reference import Bouw, NationalFigure
from wellbeing.model.report import Format
from wellbeing.presentation import formats, markup, packages
from wellbeing.reference.schema import ReferenceDataError
from wellbeing.ui import cache, keeping, navigation, progress, second_looks, session, uploading

PURPOSE = "region"
WAYS = ("Een bestand met vergelijkingscijfers", "De export van de hele regio")
CONFIDENTIAL = (
    "Het eigen bestand van de GGD bevat exacte aantallen en namen van scholen. Het is vertrouwelijk: bewaar het bij de "
    "GGD en geef het niet door. Voor een school is er een apart bestand."
)


def loaded() -> None:
    """Say what a school is compared with now."""
    benchmark = session.state().benchmark
    if benchmark is None:
        st.info("Er zijn nog geen vergelijkingscijfers geladen.")
        return
    st.html(markup.table("Deze cijfers staan klaar", ["Wat", "Gevonden"], _about(benchmark), stacked=False))
    levels = _levels(benchmark)
    if levels:
        st.html(
            markup.table(
                "Leerlingen per schoolniveau", ["Schoolniveau", "Bovenbouw", "Onderbouw"], levels, stacked=False
            )
        )
    if session.state().measurement is None:
        st.page_link(navigation.ADD_DATA.file, label="Nu een school: Gegevens toevoegen", icon=":material/upload_file:")


def add() -> None:
    """Let the user choose between the two ways to get comparison figures."""
    way = st.radio("Wat hebt u?", WAYS, key="way", horizontal=True, persist_state="session")
    if way == WAYS[0]:
        _open_workbook()
    else:
        _make_from_export()


def _open_workbook() -> None:
    """Let the user open a workbook with comparison figures."""
    file = st.file_uploader(
        "Bestand met vergelijkingscijfers (.xlsx)",
        key=f"workbook-{session.state().rounds.get('workbook', 0)}",
        max_upload_size=uploading.MEGABYTES,
    )
    if file is None:
        return
    try:
        benchmark = progress.run(
            "De vergelijkingscijfers lezen",
            lambda: pipeline.read_benchmark(file.getvalue(), file.name),
            lambda: session.forget("workbook"),
        )
        session.use_benchmark(benchmark)
        keeping.keep_benchmark(benchmark)
    except Refused as refused:
        st.error(refused.sentence)
    except ReferenceDataError as error:
        st.error(error.problems[0])
    else:
        session.forget("workbook")
        st.rerun()


def _make_from_export() -> None:
    """Let the user make comparison figures from the export of a whole region, after confirming its report."""
    chosen = uploading.choose_export(PURPOSE, "Export van de hele regio")
    if chosen is None:
        return
    pending, survey = chosen
    uploading.show_report(PURPOSE, pending, survey)
    if uploading.is_stopped(survey):
        return
    years = list(survey.report.years)
    if not years:
        st.warning("Vul hierboven het schooljaar in; zonder schooljaar kunnen we niet vergelijken.")
        return
    name, year = st.columns(2)
    region = name.text_input("Hoe heet de regio?", key="region-name", placeholder="Bijvoorbeeld GGD en de regio")
    chosen_year = year.selectbox("Welk schooljaar?", years[::-1], key="region-year")
    schools = session.measure(PURPOSE, survey)
    is_ready = second_looks.may_go_on(schools, PURPOSE) and bool(region.strip())
    if not region.strip():
        st.caption("Geef de regio eerst een naam.")
    if st.button("Ja, dit klopt: maak de cijfers", type="primary", key="confirm-region", disabled=not is_ready):
        benchmark = progress.run(
            "De vergelijkingscijfers maken",
            lambda: pipeline.build_benchmark(survey, chosen_year, region.strip()),
            lambda: session.forget(PURPOSE),
        )
        session.use_benchmark(benchmark, schools, pending.table.file_name)
        keeping.keep_benchmark(benchmark)
        session.keep_account(PURPOSE, survey)
        session.forget(PURPOSE)
        st.rerun()


def downloads() -> None:
    """Offer the loaded figures as a file: the confidential one, and the one that may go to a school."""
    benchmark = session.state().benchmark
    if benchmark is None or benchmark.shareable:
        return
    st.subheader("Bewaren of doorgeven", anchor=False)
    st.warning(CONFIDENTIAL, icon=":material/lock:")
    own, shared = st.columns(2)
    with own:
        _download("Eigen bestand (vertrouwelijk)", benchmark, "vertrouwelijk")
    with shared:
        _download("Bestand voor een school", pipeline.shareable_benchmark(benchmark, cache.reference()), "deelbaar")


def national() -> None:
    """Show published figures as background: never something to compare a school with."""
    labels = {item.id: item.label for book in cache.reference().codebooks for item in book.indicators}
    published = cache.reference().national
    figures = [item for item in published if item.breakdown == "totaal" and item.indicator_id in labels]
    subjects = sorted({labels[item.indicator_id] for item in figures})
    st.write("Gepubliceerd elders, met groep, jaar en bron. Achtergrond bij het gesprek, niet om mee te vergelijken.")
    chosen = st.selectbox("Onderwerp", subjects, key="national", index=None, placeholder="Kies een onderwerp")
    rows = [_national_row(item) for item in figures if labels[item.indicator_id] == chosen]
    if rows:
        headings = ["Jaar", "Percentage", "Groep", "Bron"]
        st.html(markup.table_of_html(f"Gepubliceerd: {chosen}", headings, sorted(rows, reverse=True)))


def _national_row(item: NationalFigure) -> list[str]:
    percentage = formats.published_percentage(item.percentage)
    return [str(item.year), percentage, markup.text(item.population), packages.link(item.source)]


def _about(benchmark: Benchmark) -> list[list[str]]:
    totals = {name.bouw: cell for name, cell in benchmark.cells.items() if name.breakdown is Breakdown.TOTAL}
    schools = str(len(benchmark.schools)) if benchmark.schools else "niet bekend"
    parts = [(bouw, totals[bouw].pupils) for bouw in (Bouw.UPPER, Bouw.LOWER) if bouw in totals]
    pupils = formats.listing([f"{formats.number(number)} in de {bouw.value}" for bouw, number in parts])
    kind = "voor scholen: alleen grote groepen" if benchmark.shareable else "eigen bestand van de GGD, vertrouwelijk"
    return [
        ["Regio", benchmark.region],
        ["Schooljaar", benchmark.year],
        ["Vragenlijst", cache.reference().codebook(benchmark.codebook).title],
        ["Scholen", schools],
        ["Leerlingen", pupils],
        ["Soort", kind],
    ]


def _levels(benchmark: Benchmark) -> list[list[str]]:
    cells = {name: cell for name, cell in benchmark.cells.items() if name.breakdown is Breakdown.LEVEL}
    labels = {name.key: cell.label for name, cell in cells.items()}
    counts = {(name.key, name.bouw): formats.number(cell.pupils) for name, cell in cells.items()}
    return [
        [label, counts.get((key, Bouw.UPPER), "–"), counts.get((key, Bouw.LOWER), "–")] for key, label in labels.items()
    ]


def _download(label: str, benchmark: Benchmark, kind: str) -> None:
    """Offer a workbook that is made at the click; the random part keeps its address from being guessed."""

    def workbook() -> bytes:
        return pipeline.write_benchmark(benchmark, cache.reference())

    name = f"vergelijkingscijfers-{benchmark.year}-{kind}-{secrets.token_hex(4)}.xlsx"
    mime = Format.WORKBOOK.media_type
    st.download_button(label, workbook, file_name=name, mime=mime, on_click="ignore", key=f"download-{kind}")
