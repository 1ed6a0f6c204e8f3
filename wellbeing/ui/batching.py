"""The parts of Rapporten for all schools of a region: made one by one, in one zip, and stopped when asked."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

import streamlit as st

from wellbeing.batch import Archive, Order, Outcome, State, make_reports
from wellbeing.model.reference import Bouw
from wellbeing.model.report import Format, Variant
from wellbeing.model.results import ComparatorKind, Measurement
from wellbeing.presentation import formats, markup
from wellbeing.ui import cache, house_style, session

KEY = "rapporten-van-alle-scholen"
NAMES = {
    Format.PDF: "Schoolrapport (PDF)",
    Format.SLIDES: "Dia's (PowerPoint)",
    Format.WORKBOOK: "Werkboek (Excel)",
    Format.DOCUMENT: "Schoolrapport (Word)",
}
WHAT = (
    "Van elke school en elke bouw in het regiobestand komt er een bestand in één zip. Gaat het bij een school mis, dan "
    "staat die hieronder en gaan we door met de rest."
)
VARIANTS = {
    Variant.FULL: "Alles, voor het gesprek",
    Variant.ONE_PAGER: "In het kort, voor de schoolleiding",
    Variant.SHARED: "Deelversie, voor leerlingen en ouders",
}
STOPPED = "U hebt gestopt. Wat klaar is, kunt u downloaden. Met Ga verder maken we de rest."


@dataclass(slots=True)
class Job:
    """The work that was asked for, and how far it is."""

    measurements: tuple[Measurement, ...]
    order: Order
    archive: Archive
    outcomes: list[Outcome] = field(default_factory=list)
    is_running: bool = True

    @property
    def is_done(self) -> bool:
        """Whether every school had its turn."""
        return len(self.outcomes) == len(self.measurements)


def has_region() -> bool:
    """Whether there is an export of a whole region."""
    return bool(session.state().region)


def all_schools() -> None:
    """Let the user make the reports of all schools, follow them, stop, and download what is there."""
    st.header("Alle scholen van de regio", anchor=False)
    job = _job()
    if job is None:
        _ask()
        return
    if job.is_running:
        _run(job)
    _outcome(job)


def _job() -> Job | None:
    """Give the work of this visitor; nothing where it was about another region."""
    job: Job | None = st.session_state.get(KEY)
    if job is None or not _places(job.measurements) <= _places(session.state().region):
        return None
    return job


def _places(measurements: tuple[Measurement, ...]) -> set[tuple[str, str, Bouw]]:
    return {(item.school, item.year, item.bouw) for item in measurements}


def _ask() -> None:
    region = session.state().region
    st.write(WHAT)
    left, right = st.columns([3, 1], vertical_alignment="bottom")
    kinds = left.pills(
        "Welke bestanden?",
        list(NAMES),
        selection_mode="multi",
        default=[Format.PDF],
        format_func=lambda kind: NAMES[Format(kind)],
        key="batch-formats",
    )
    years = sorted({item.year for item in region}, reverse=True)
    year = right.selectbox("Schooljaar", years, key="batch-year")
    chosen = tuple(item for item in region if item.year == year)
    variant = st.selectbox(
        "Welke versie?", list(VARIANTS), format_func=lambda kind: VARIANTS[Variant(kind)], key="batch-variant"
    )
    schools = formats.counted(len({item.school for item in chosen}), "school", "scholen")
    st.button(
        f"Maak de rapporten van {schools}",
        key="batch-start",
        disabled=not kinds,
        on_click=_start,
        args=(chosen, tuple(Format(kind) for kind in kinds), Variant(variant)),
        icon=":material/folder_zip:",
    )


def _start(measurements: tuple[Measurement, ...], kinds: tuple[Format, ...], variant: Variant) -> None:
    archive, house = Archive(dt.date.today()), house_style.template()
    main: ComparatorKind = session.state().main
    templates = {Format.SLIDES: house} if house else {}
    st.session_state[KEY] = Job(measurements, Order(archive, kinds, archive.on, variant, main, templates), archive)


def _run(job: Job) -> None:
    """Make one report after the other; a click on the button breaks off between two of them."""
    st.button("Stoppen", key="batch-stop", on_click=_stop, args=(job,), icon=":material/stop_circle:")
    bar = st.progress(0.0, "Beginnen …")
    job.outcomes = []
    made = make_reports(job.measurements, session.state().benchmark, cache.reference(), job.order)
    for outcome in made:
        job.outcomes.append(outcome)
        done, total = len(job.outcomes), len(job.measurements)
        bar.progress(done / total, f"{done} van de {total}: {outcome.school}, {outcome.population}")
    job.is_running = False
    st.rerun()


def _stop(job: Job) -> None:
    job.is_running = False


def _again(job: Job) -> None:
    job.is_running = True


def _outcome(job: Job) -> None:
    """Say what was made and what was not, and offer the zip."""
    failed = [item for item in job.outcomes if item.state is State.FAILED]
    few = [item for item in job.outcomes if item.state is State.TOO_FEW]
    made = len(job.outcomes) - len(failed) - len(few)
    st.write(f"Klaar: {formats.counted(made, 'rapport', 'rapporten')} van de {formats.number(len(job.measurements))}.")
    if not job.is_done:
        st.info(STOPPED)
    if failed:
        st.warning("Bij deze scholen ging het mis. De andere zijn gemaakt.")
        st.html(markup.remarks([f"**{item.school}, {item.population}**: {item.why}" for item in failed]))
    if few:
        st.info("Bij deze scholen is er geen cijfer om te delen: er deden te weinig leerlingen mee.")
        st.html(markup.remarks([f"**{item.school}, {item.population}**" for item in few]))
    with st.container(horizontal=True):
        if job.archive.files:
            st.download_button(
                "Download alles (zip)",
                job.archive.zipped,
                f"schoolrapporten-{job.archive.on.isoformat()}.zip",
                mime="application/zip",
                type="primary",
                on_click="ignore",
                key="batch-download",
                icon=":material/download:",
            )
        if failed or not job.is_done:
            st.button("Ga verder", key="batch-again", on_click=_again, args=(job,), icon=":material/play_arrow:")
        st.button("Opnieuw kiezen", key="batch-other", on_click=_let_go, icon=":material/restart_alt:")


def _let_go() -> None:
    st.session_state.pop(KEY, None)
