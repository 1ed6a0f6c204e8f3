"""What an import found, on screen and as a file to keep beside the results."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from wellbeing import pipeline
from wellbeing.model.imports import ImportReport, Severity
from wellbeing.model.reference import Codebook
from wellbeing.model.report import Format
from wellbeing.presentation import formats, importing, markup
from wellbeing.ui import cache
from wellbeing.ui.asking import plain
from wellbeing.ui.session import Account

WRONGLY_DROPPED = (
    "We kijken naar de naam van een kolom en naar wat erin staat. Is een kolom ten onrechte verwijderd, bijvoorbeeld "
    "“adres” met alleen stad en platteland? Noem hem in uw bestand dan “woonomgeving”, en kies het bestand opnieuw."
)
COUNTED, NAMED = 8, 40


def show(report: ImportReport, codebook: Codebook) -> None:
    """Say what was found in the file, and what was left out; no figure appears here."""
    st.subheader("Dit vonden we in het bestand", anchor=False)
    if codebook.notice:
        st.info(codebook.notice)
    st.html(markup.table("Wat we lazen", ["Wat", "Gevonden"], _overview(report, codebook), stacked=False))
    _problems(report)
    _columns(report)


def save(account: Account, purpose: str) -> None:
    """Show per subject how many pupils answered, and offer the whole report as a file."""
    report, reference = account.report, cache.reference()
    name = f"importverslag-{report.file_name.rpartition('.')[0] or report.file_name}"
    with st.expander("Hoeveel leerlingen antwoordden? En het verslag bewaren", icon=":material/save:"):
        rows = importing.response_rows(account.responses, reference.codebook(report.codebook))
        st.html(markup.table("Per onderwerp", list(importing.COLUMNS), rows))
        st.caption(importing.ROUNDED)
        with st.container(horizontal=True):
            st.download_button(
                "Bewaar als Excel",
                lambda: pipeline.write_import_workbook(report, account.responses, reference),
                file_name=f"{name}.xlsx",
                mime=Format.WORKBOOK.media_type,
                on_click="ignore",
                key=f"report-xlsx-{purpose}",
            )
            st.download_button(
                "Bewaar als tekst",
                lambda: pipeline.write_import_text(report, account.responses, reference),
                file_name=f"{name}.txt",
                mime="text/plain",
                on_click="ignore",
                key=f"report-txt-{purpose}",
            )


def _overview(report: ImportReport, codebook: Codebook) -> list[list[str]]:
    subjects = formats.counted(len(report.indicators_present), "onderwerp", "onderwerpen")
    absent = len(report.indicators_absent)
    rows = [
        ["Bestand", report.file_name + (f", blad {report.sheet}" if report.sheet else "")],
        ["Vragenlijst", codebook.title],
        ["Leerlingen", f"{formats.number(report.rows)} rijen gelezen"],
        ["Onderwerpen", subjects + (f"; {absent} niet, omdat de vragen ontbreken" if absent else "")],
    ]
    groups = (
        ("Scholen", report.schools),
        ("Schooljaren", report.years),
        ("Niveaus", report.levels),
        ("Leerjaren", report.leerjaren),
    )
    return rows + [[name, _counts(found)] for name, found in groups]


def _counts(found: Mapping[str, int]) -> str:
    """List what was found with its number of pupils, where that is no handful; a long list begins with how many.

    To see whether all schools of a region are there, people need all names; only a very long list is cut.
    """
    if not found:
        return "niet gevonden"
    parts = [
        f"{label} ({formats.number(times) if times >= importing.FEW else importing.rounded(times)})"
        for label, times in found.items()
    ]
    if len(parts) > NAMED:
        return f"{len(parts)}: {', '.join(parts[:NAMED])} en nog {len(parts) - NAMED}"
    return f"{len(parts)}: {formats.listing(parts)}" if len(parts) > COUNTED else formats.listing(parts)


def _problems(report: ImportReport) -> None:
    """Show what must be put right, then what to check (counts and cell addresses, never values), then remarks."""
    for problem in report.problems:
        if problem.severity is Severity.STOP:
            st.error(plain(problem.message))
    doubtful = importing.per_column([item for item in report.problems if item.severity is Severity.CHECK])
    if doubtful:
        cells = sum(problem.rows for problem in doubtful)
        st.warning(f"{formats.counted(cells, 'waarde', 'waarden')} konden we niet lezen. Die tellen niet mee.")
        rows = [[item.heading, item.message, formats.number(item.rows), ", ".join(item.cells)] for item in doubtful]
        with st.expander("Welke waarden waren dat?", icon=":material/rule:"):
            st.html(markup.table("Om na te kijken", ["Kolom", "Wat er is", "Hoe vaak", "Bijvoorbeeld in cel"], rows))
    for problem in report.problems:
        if problem.severity is Severity.NOTE:
            st.html(markup.quiet(problem.message))


def _columns(report: ImportReport) -> None:
    dropped, unknown = len(report.dropped), len(report.unknown)
    with st.expander(
        f"Kolommen: {len(report.recognised)} herkend, {dropped} verwijderd, {unknown} onbekend", icon=":material/table:"
    ):
        if report.dropped:
            rows = [[column.heading, column.reason] for column in report.dropped]
            st.html(markup.table("Verwijderd tijdens het lezen, om leerlingen te beschermen", ["Kolom", "Reden"], rows))
            st.caption(WRONGLY_DROPPED)
        if report.unknown:
            rows = [
                [column.heading, "gesloten vraag" if column.answers else "andere kolom"] for column in report.unknown
            ]
            st.html(markup.table("Niet herkend, en niet gebruikt", ["Kolom", "Soort"], rows))
        rows = [[column.heading, column.text, "met de hand" if column.by_hand else ""] for column in report.recognised]
        st.html(markup.table("Herkend", ["Kolom", "Vraag of kenmerk", "Gekoppeld"], rows))
