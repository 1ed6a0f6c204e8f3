"""From a chosen file to a confirmed one: reading, the import report, and "klopt dit?"."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import streamlit as st

from wellbeing import pipeline
from wellbeing.intake.guard import Refused
from wellbeing.model.imports import ImportReport, Severity
from wellbeing.model.reference import Bouw, Codebook, Role
from wellbeing.model.results import Measurement
from wellbeing.model.survey import Survey
from wellbeing.presentation import formats, markup
from wellbeing.ui import cache, session, stating
from wellbeing.ui.repeats import nearly_the_same
from wellbeing.ui.session import Pending

MEGABYTES = 25
NO_CODEBOOK = (
    "We herkennen geen vragenlijst in dit bestand. Kijk of de kolomkoppen nog dezelfde zijn als in de export, en of "
    "u het goede bestand koos. De herkende vragenlijsten staan op de pagina Verantwoording."
)
WHICH_EDITION = (
    "De kolommen komen in meer rondes voor, en het bestand noemt geen jaar. Sommige vragen en codes veranderden "
    "tussen de rondes: kies de ronde waarin dit bestand is gemaakt."
)
NOT_LINKED = "niet gebruiken"
WEIGHTS = (
    "In dit bestand staat een kolom met gewichten. Standaard telt elke leerling even zwaar, zoals in het landelijke "
    "schoolrapport. Wat we wel en niet laten zien, gaat altijd over echte aantallen leerlingen."
)
REPEATED = (
    "Van {names} is al een bestand gebruikt, met 1 tot {most} leerlingen verschil. Wie beide schermen naast elkaar "
    "legt, kan zien wat die leerlingen antwoordden. Gebruik daarom het eerste bestand. Of bevestig hieronder dat "
    "niemand de eerste cijfers zag."
)
NEVER_SHOWN = "De cijfers uit het eerste bestand zijn aan niemand getoond of doorgegeven."
ROLES = {Role.SCHOOL: "school", Role.YEAR: "schooljaar", Role.LEVEL: "schoolniveau", Role.LEERJAAR: "leerjaar"}


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
    with st.spinner("Het bestand lezen …"):
        name, tables = session.read_figure_tables(purpose, file.getvalue(), file.name)
    if tables:
        stating.confirm(purpose, tables, name)
        return None
    try:
        with st.spinner("Het bestand lezen …"):
            pending = session.read_export(purpose, file.getvalue(), file.name, _sheet(purpose))
    except Refused as refused:
        st.error(_plain(refused.sentence))
        _ask_sheet(purpose, file.name)
        return None
    if not pending.fitting:
        st.error(NO_CODEBOOK)
        _ask_sheet(purpose, file.name)
        return None
    codebook = _choose_codebook(purpose, pending)
    if codebook is None:
        return None
    survey = session.open_survey(pending, codebook.id, _linked(purpose, pending), _year(purpose))
    return pending, survey


def show_report(purpose: str, pending: Pending, survey: Survey) -> None:
    """Say what was found in the file, and what was left out; no figure appears here."""
    report, codebook = survey.report, cache.reference().codebook(survey.report.codebook)
    st.subheader("Dit vonden we in het bestand", anchor=False)
    if codebook.notice:
        st.info(codebook.notice)
    st.html(markup.table("Wat we lazen", ["Wat", "Gevonden"], _overview(report, codebook), stacked=False))
    _problems(report)
    _columns(report)
    _link_by_hand(purpose, pending, report, codebook)


def is_stopped(survey: Survey) -> bool:
    """Whether the report holds something that must be put right first."""
    return any(problem.severity is Severity.STOP for problem in survey.report.problems)


def choose_measurements(survey: Survey) -> Chosen:
    """Let the user choose school, year and weights; gives that school's populations, and its other years."""
    found = pipeline.measure(survey, weighted=_ask_weights(survey.report))
    if not found:
        st.error(
            "We konden geen bovenbouw of onderbouw vinden. Daarvoor zijn het schoolniveau en het leerjaar nodig; "
            "koppel hierboven de goede kolommen."
        )
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


def _ask_weights(report: ImportReport) -> bool:
    """Offer weights where the export has them; without weights is the rule, as in the national school report."""
    found = [column.heading for column in report.recognised if column.target == Role.WEIGHT.value]
    if not found:
        return False
    with_name = f" met de kolom {_plain(found[0])}" if len(found) == 1 else ""
    return st.checkbox(f"Weeg de cijfers{with_name}", key="weighted", help=WEIGHTS)


def may_go_on(measurements: tuple[Measurement, ...], key: str) -> bool:
    """Stop a second upload of nearly the same pupils, until the user says that the first was never shown."""
    chosen = session.state()
    fewest = cache.reference().policy.limits.cases
    repeated = nearly_the_same(measurements, chosen.seen, fewest)
    if not repeated:
        return True
    names = formats.listing([f"{item.school}, {item.bouw.value} {item.year}" for item in repeated[:3]])
    st.warning(REPEATED.format(names=_plain(names), most=fewest - 1), icon=":material/front_hand:")
    return st.checkbox(NEVER_SHOWN, key=f"never-shown-{key}")


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
    """Give the questionnaire of the export; nothing while its user must still say which edition it is."""
    reference = cache.reference()
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


def _ask_sheet(purpose: str, file_name: str) -> None:
    """Let the user name the worksheet, where a workbook could not be read by itself."""
    if file_name.lower().endswith((".xlsx", ".xlsm", ".xls")):
        question = "Staan de leerlingen op een ander werkblad? Vul de naam in."
        st.text_input(question, key=f"sheet-{purpose}", persist_state="page")


def _sheet(purpose: str) -> str:
    return str(st.session_state.get(f"sheet-{purpose}", "")).strip()


def _year(purpose: str) -> str:
    return str(st.session_state.get(f"year-{purpose}", "")).strip()


def _overview(report: ImportReport, codebook: Codebook) -> list[list[str]]:
    subjects = formats.counted(len(report.indicators_present), "onderwerp", "onderwerpen")
    absent = len(report.indicators_absent)
    place = f"; de kolomkoppen staan op rij {report.header_row}" if report.header_row else ""
    rows = [
        ["Bestand", report.file_name + (f", blad {report.sheet}" if report.sheet else "")],
        ["Vragenlijst", codebook.title],
        ["Leerlingen", f"{formats.number(report.rows)} rijen gelezen{place}"],
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
    """List what was found with its number of pupils; a long list is cut, and says so."""
    if not found:
        return "niet gevonden"
    parts = [f"{label} ({formats.number(times)})" for label, times in found.items()]
    return formats.listing(parts[:8]) if len(parts) <= 8 else f"{', '.join(parts[:8])} en nog {len(parts) - 8}"


def _problems(report: ImportReport) -> None:
    """Show what must be put right, then what to check (counts and cell addresses, never values), then remarks."""
    for problem in report.problems:
        if problem.severity is Severity.STOP:
            st.error(_plain(problem.message))
    doubtful = [problem for problem in report.problems if problem.severity is Severity.CHECK]
    if doubtful:
        cells = sum(problem.rows for problem in doubtful)
        st.warning(f"{formats.counted(cells, 'waarde', 'waarden')} konden we niet lezen. Die tellen niet mee.")
        rows = [[item.heading, item.message, formats.number(item.rows), ", ".join(item.cells)] for item in doubtful]
        with st.expander("Welke waarden waren dat?", icon=":material/rule:"):
            st.html(markup.table("Om na te kijken", ["Kolom", "Wat er is", "Hoe vaak", "Bijvoorbeeld in cel"], rows))
    for problem in report.problems:
        if problem.severity is Severity.NOTE:
            st.html(markup.quiet(problem.message))


def _plain(text: str) -> str:
    """Keep what stands in a file from being read as layout."""
    return "".join(f"\\{letter}" if letter in "\\`*_{}[]()#+!|~$:<>" else letter for letter in text)


def _columns(report: ImportReport) -> None:
    dropped, unknown = len(report.dropped), len(report.unknown)
    with st.expander(
        f"Kolommen: {len(report.recognised)} herkend, {dropped} verwijderd, {unknown} onbekend", icon=":material/table:"
    ):
        if report.dropped:
            rows = [[column.heading, column.reason] for column in report.dropped]
            st.html(markup.table("Verwijderd tijdens het lezen, om leerlingen te beschermen", ["Kolom", "Reden"], rows))
        if report.unknown:
            rows = [
                [column.heading, "gesloten vraag" if column.answers else "andere kolom"] for column in report.unknown
            ]
            st.html(markup.table("Niet herkend, en niet gebruikt", ["Kolom", "Soort"], rows))
        rows = [[column.heading, column.text, "met de hand" if column.by_hand else ""] for column in report.recognised]
        st.html(markup.table("Herkend", ["Kolom", "Vraag of kenmerk", "Gekoppeld"], rows))


def _link_by_hand(purpose: str, pending: Pending, report: ImportReport, codebook: Codebook) -> None:
    """Offer to link a column that was not recognised to a question that is still without one."""
    by_hand = [column.heading for column in report.recognised if column.by_hand]
    closed = [column for column in pending.table.unknown if column.answers]
    needs_year = not report.years
    if not closed and not by_hand and not needs_year:
        return
    with st.expander("Zelf iets koppelen of aanvullen", icon=":material/link:", expanded=needs_year):
        if needs_year:
            st.text_input("Welk schooljaar is dit? Bijvoorbeeld 2025-2026.", key=f"year-{purpose}")
        options = _targets(report, codebook)
        for column in closed:
            st.selectbox(
                f"Kolom “{column.heading}” is …",
                [NOT_LINKED, *options],
                format_func=lambda name: options.get(name, NOT_LINKED),
                key=_link_key(purpose, pending, column.heading),
                help="Antwoorden: " + formats.listing([answer for answer, _ in column.answers]),
            )


def _targets(report: ImportReport, codebook: Codebook) -> dict[str, str]:
    taken = {column.target for column in report.recognised if not column.by_hand}
    roles = {f"role:{role.value}": f"kenmerk: {words}" for role, words in ROLES.items() if role.value not in taken}
    return roles | {question.id: question.text for question in codebook.questions if question.id not in taken}


def _linked(purpose: str, pending: Pending) -> dict[str, str]:
    keys = {column.heading: _link_key(purpose, pending, column.heading) for column in pending.table.unknown}
    chosen = {heading: st.session_state.get(key, NOT_LINKED) for heading, key in keys.items()}
    return {heading: target for heading, target in chosen.items() if target != NOT_LINKED}


def _link_key(purpose: str, pending: Pending, heading: str) -> str:
    return f"link-{purpose}-{pending.name[:8]}-{cache.fingerprint(heading)[:8]}"
