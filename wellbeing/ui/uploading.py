"""From a chosen file to a confirmed one: reading, the import report, and "klopt dit?"."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from wellbeing import pipeline
from wellbeing.intake.guard import Refused
from wellbeing.intake.identifiers import TIMES_EACH
from wellbeing.model.imports import ImportReport, Severity
from wellbeing.model.reference import Bouw, Codebook, Role
from wellbeing.model.results import Measurement
from wellbeing.model.survey import Survey
from wellbeing.presentation import formats
from wellbeing.ui import (
    asking,
    cache,
    import_report,
    linking,
    navigation,
    parcels,
    responsibility,
    session,
    stating,
)
from wellbeing.ui.session import Account, Pending, Told

MEGABYTES = 25
NO_CODEBOOK = (
    "We kennen de vragenlijst van dit bestand nog niet. Staat hij in de lijst hieronder? Kies hem, dan koppelt u de "
    "kolommen zelf. Staat hij er niet bij? Maak dan een eigen vragenlijst; dat doet u één keer."
)
NOTHING_CLOSED = (
    "In dit bestand ({rows}) staat geen enkele vraag die we kunnen gebruiken. Kijk of u het goede bestand koos: met "
    "een rij per leerling, een kolom per vraag en de kolomkoppen erboven. Een vraag die we nog niet kennen, kunnen we "
    "alleen gebruiken als elk antwoord minstens {times} keer is gegeven."
)
NO_YEAR = "Vul hierboven eerst het schooljaar in, bijvoorbeeld 2025-2026."
WHICH_BOUW = "Kies hierboven eerst welke leerlingen dit zijn: de onderbouw of de bovenbouw."
NO_BOUW = (
    "We konden geen bovenbouw of onderbouw vinden. Daarvoor zijn het schoolniveau en het leerjaar nodig. Koppel "
    "hierboven de goede kolommen."
)
WHICH_EDITION = (
    "De kolommen komen in meer rondes voor, en het bestand noemt geen jaar. Sommige vragen en codes veranderden "
    "tussen de rondes: kies de ronde waarin dit bestand is gemaakt."
)
WEIGHTS = (
    "In dit bestand staat een kolom met gewichten. Standaard telt elke leerling even zwaar, zoals in het landelijke "
    "schoolrapport. Wat we wel en niet laten zien, gaat altijd over echte aantallen leerlingen."
)


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the user chose from an export: the populations of one school and year, and its other years."""

    measurements: tuple[Measurement, ...]
    other_years: tuple[Measurement, ...]


def choose_export(purpose: str, label: str) -> tuple[Pending, Survey] | None:
    """Let the user choose an export and settle what is in it; nothing while that is not done."""
    file = st.file_uploader(label, key=f"{purpose}-{session.state().rounds.get(purpose, 0)}", max_upload_size=MEGABYTES)
    if file is None:
        return None
    if parcels.opened(purpose, file.getvalue(), file.name):
        return None
    name, tables = session.read_figure_tables(purpose, file.getvalue(), file.name)
    if tables:
        stating.confirm(purpose, tables, name)
        return None
    pending = _read(purpose, file.getvalue(), file.name)
    codebook = None if pending is None else _choose_codebook(purpose, pending)
    if pending is None or codebook is None:
        return None
    if not responsibility.settle(codebook, f"{purpose}-{pending.name[:8]}"):
        return None
    survey = _settle(purpose, pending, codebook, file.getvalue())
    return None if survey is None else (pending, survey)


def _read(purpose: str, data: bytes, file_name: str) -> Pending | None:
    """Read an export from the worksheets that its user chose; nothing, with the reason, where that cannot be done."""
    key = asking.sheets_key(purpose, data)
    try:
        pending = session.read_export(purpose, data, file_name, asking.chosen_sheets(key))
    except Refused as refused:
        st.error(asking.plain(refused.sentence))
        asking.ask_sheets(key, refused.sheets, must=True)
        return None
    asking.ask_sheets(key, pending.table.sheet_names, must=False)
    return pending


def _settle(purpose: str, pending: Pending, codebook: Codebook, data: bytes) -> Survey | None:
    """Open an export with everything its user said, and ask what is still to be said; nothing while that must be."""
    without_hidden = asking.leave_out_hidden(purpose, pending)
    if without_hidden is None:
        return None
    links = linking.chosen(purpose, pending, codebook.id)
    session.read_more(purpose, data, asking.chosen_sheets(asking.sheets_key(purpose, data)), links)
    told = Told(
        codebook.id,
        links | asking.replies(purpose, pending),
        asking.year(purpose),
        asking.bouw(purpose),
        without_hidden,
    )
    survey = session.open_survey(purpose, told)
    if linking.needs_check(pending, codebook.id):
        if linking.check(purpose, pending, survey.report, codebook):
            linking.remember(purpose, pending, codebook.id)
            st.rerun()
        return None
    linking.remember(purpose, pending, codebook.id)
    asking.ask(purpose, pending, survey.report)
    asking.fill_in(purpose, survey.report)
    return survey


def show_report(purpose: str, pending: Pending, survey: Survey) -> None:
    """Say what was found in the file, and what was left out; no figure appears here."""
    codebook = cache.reference().codebook(survey.report.codebook)
    import_report.show(survey.report, codebook)
    linking.by_hand(purpose, pending, survey.report, codebook)
    import_report.save(Account(survey.report, pipeline.response(survey)), purpose)


def is_stopped(survey: Survey) -> bool:
    """Whether the report holds something that must be put right first."""
    return any(problem.severity is Severity.STOP for problem in survey.report.problems)


def choose_measurements(purpose: str, survey: Survey) -> Chosen:
    """Let the user choose school, year and weights; gives that school's populations, and its other years."""
    found = session.measure(purpose, survey, weighted=_ask_weights(survey.report))
    if not found:
        st.warning(NO_BOUW if survey.report.leerjaren else WHICH_BOUW)
        return Chosen((), ())
    school, year = st.columns(2)
    schools = sorted({item.school for item in found})
    name = school.selectbox("Welke school?", schools, key="school-name", placeholder="Kies een school")
    years = sorted({item.year for item in found if item.school == name}, reverse=True)
    chosen = year.selectbox("Welk schooljaar?", years, key="school-year", placeholder="Kies een schooljaar")
    own = [item for item in found if item.school == name]
    return Chosen(
        tuple(item for item in own if item.year == chosen), tuple(item for item in own if item.year != chosen)
    )


def has_year(found: Chosen) -> bool:
    """Whether it is known of which year these pupils are; says so where it is not."""
    if any(not item.year for item in found.measurements):
        st.warning(NO_YEAR)
        return False
    return True


def _ask_weights(report: ImportReport) -> bool:
    """Offer weights where the export has them; without weights is the rule, as in the national school report."""
    found = [column.heading for column in report.recognised if column.target == Role.WEIGHT.value]
    if not found:
        return False
    with_name = f" met de kolom {asking.plain(found[0])}" if len(found) == 1 else ""
    return st.checkbox(f"Weeg de cijfers{with_name}", key="weighted", help=WEIGHTS)


def ask_could_have_answered(measurements: tuple[Measurement, ...]) -> dict[Bouw, int | None]:
    """Ask per population how many pupils could have answered; empty is allowed."""
    answers: dict[Bouw, int | None] = {}
    for measurement, column in zip(measurements, st.columns(max(len(measurements), 2)), strict=False):
        answers[measurement.bouw] = column.number_input(
            f"Hoeveel leerlingen konden meedoen in de {measurement.bouw.value}?",
            min_value=measurement.total.pupils,
            value=None,
            step=1,
            key=f"could-{measurement.bouw.value}",
            placeholder="Mag leeg blijven",
            help=f"In het bestand staan er {measurement.total.pupils}.",
        )
    return answers


def _choose_codebook(purpose: str, pending: Pending) -> Codebook | None:
    """Give the questionnaire of the export; nothing while its user must still say which it is."""
    reference = cache.reference()
    if not pending.fitting:
        return _choose_unknown(purpose, pending)
    chosen: str | None = pending.fitting[0]
    if len(pending.fitting) > 1:
        unsure = pipeline.must_choose(pending.fitting, reference)
        chosen = st.selectbox(
            "Welke vragenlijst is dit?",
            pending.fitting,
            index=None if unsure else 0,
            format_func=lambda name: reference.codebook(name).title,
            key=f"codebook-{purpose}-{pending.name[:8]}",
            placeholder="Kies het jaar van de vragenlijst",
            help=WHICH_EDITION if unsure else None,
        )
    return None if chosen is None else reference.codebook(chosen)


def _choose_unknown(purpose: str, pending: Pending) -> Codebook | None:
    """Let the user say which questionnaire a file is that no codebook knows, or go and make one for it."""
    reference, before = cache.reference(), linking.codebook_of_before(pending)
    names = [codebook.id for codebook in reference.codebooks]
    if before is None and not any(column.answers for column in pipeline.closed_columns(pending.table)):
        rows = formats.counted(len(pending.table.row_numbers), "rij", "rijen")
        st.error(NOTHING_CLOSED.format(rows=rows, times=TIMES_EACH))
        return None
    if before is None:
        st.info(NO_CODEBOOK)
    chosen = st.selectbox(
        "Welke vragenlijst is dit?",
        names,
        index=None if before is None else names.index(before),
        format_func=lambda name: reference.codebook(name).title,
        key=f"codebook-{purpose}-{pending.name[:8]}",
        placeholder="Kies een vragenlijst",
    )
    if chosen is None:
        st.page_link(navigation.QUESTIONNAIRES.file, label="Een eigen vragenlijst maken", icon=":material/edit_note:")
        return None
    return reference.codebook(chosen)
