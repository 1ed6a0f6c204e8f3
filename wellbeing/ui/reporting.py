"""The parts of Rapporten for one school: which file, for whom, and the download."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import streamlit as st

from wellbeing import __version__, pipeline
from wellbeing.intake.notes import personal_data_in
from wellbeing.model.conversation import Agreement
from wellbeing.model.report import Edition, Format, Variant
from wellbeing.model.results import Analysis, ComparatorKind
from wellbeing.presentation import agreements, formats, markup, wording
from wellbeing.store.failures import StoreError
from wellbeing.ui import cache, components, keeping, session, suggesting

ASKED = "gevraagd-rapport"
WITH_AGREEMENTS = "Zet de afspraken erin"
EXPLANATION = "Wat wil de school er zelf bij zeggen?"
EXPLANATION_HELP = "Bijvoorbeeld: wat doet de school al, en wat gaat zij doen? Geen namen van leerlingen of collega's."
NOTHING_TO_SHARE = (
    "Er is geen cijfer over voor een deelversie: daarvoor zijn minstens {pupils} leerlingen per onderwerp nodig. "
    "Vertel in een gesprek wat de school gaat doen."
)
PARCEL_IS_OPEN = "U hebt zelf een schoolpakket geopend. Een nieuw pakket krijgt u van de GGD."
MIMES = {
    "pdf": "application/pdf",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


@dataclass(frozen=True, slots=True)
class Choice:
    """One kind of file: its name, for whom it is, and the ending of its file name."""

    name: str
    meant_for: str
    ending: str
    make: Callable[[Analysis], bytes | None]
    stem: str = Variant.FULL.value


def has_school() -> bool:
    """Whether there is a school on screen."""
    chosen = session.state()
    return chosen.measurement is not None or chosen.parcel is not None


def one_school(analysis: Analysis) -> None:
    """Let the user choose a file, make it when asked for, and offer it."""
    shown = analysis.published
    st.html(markup.quiet(f"{shown.school}, {wording.population(shown.bouw)} {shown.year}"))
    components.choose_population()
    choices = {item.name: item for item in _choices()}
    left, right = st.columns([2, 3], gap="medium")
    name = left.radio("Wat wilt u meenemen?", list(choices), key="report-kind")
    choice = choices[name or next(iter(choices))]
    with right.container(border=True):
        st.subheader(choice.name, anchor=False)
        st.write(choice.meant_for)
        _options(analysis, choice)


def _choices() -> tuple[Choice, ...]:
    return (
        Choice("Schoolrapport (PDF)", "Alle onderwerpen per thema, met wat de school kan doen.", "pdf", _report("pdf")),
        Choice(
            "In het kort (PDF)",
            "Eén bladzijde voor de schoolleiding: wat opvalt en waarover u kunt praten.",
            "pdf",
            _report("pdf", Variant.ONE_PAGER),
            Variant.ONE_PAGER.value,
        ),
        Choice(
            "Dia's (PowerPoint)",
            "Voor in het gesprek. De grafieken kunt u aanpassen; bij elke dia staan vragen in de notities.",
            "pptx",
            _report("pptx"),
        ),
        Choice(
            "Werkboek (Excel)",
            "Alle cijfers in tabellen, om te lezen en om mee te rekenen.",
            "xlsx",
            _report("xlsx"),
        ),
        Choice("Schoolrapport (Word)", "Hetzelfde rapport, om zelf aan te vullen.", "docx", _report("docx")),
        Choice(
            "Schoolpakket voor dit dashboard (Excel)",
            "Voor de zorgcoördinator. Die opent het bij Gegevens toevoegen, en ziet dezelfde cijfers en ideeën als u. "
            "Cijfers die u niet ziet, staan er ook niet in.",
            "xlsx",
            _parcel,
            "schoolpakket",
        ),
        Choice(
            "Deelversie (PDF)",
            "Voor leerlingenraad, ouders en MR. Zonder gevoelige onderwerpen en met strengere grenzen.",
            "pdf",
            _shared,
            Variant.SHARED.value,
        ),
    )


def _options(analysis: Analysis, choice: Choice) -> None:
    """Ask what belongs to this kind of file, and offer it."""
    is_parcel, is_shared = choice.make is _parcel, choice.make is _shared
    if is_parcel and session.state().parcel is not None:
        st.info(PARCEL_IS_OPEN)
        return
    if is_shared and not _explain(analysis):
        return
    if not is_shared and choice.stem != Variant.ONE_PAGER.value and _agreed(analysis):
        st.checkbox(WITH_AGREEMENTS, key="report-agreements", persist_state="session")
    _offer(analysis, choice)


def _explain(analysis: Analysis) -> bool:
    """Ask what the school itself says; whether that may go out."""
    st.text_area(EXPLANATION, key="report-explanation", help=EXPLANATION_HELP, persist_state="session")
    known = {analysis.published.school, *(row.title for row in cache.reference().catalogue.rows)}
    found = personal_data_in("\n".join(_explanation()), known)
    if found:
        st.warning(
            f"Hier staat misschien: {formats.listing(found, 'of')}. Deze versie gaat naar veel mensen. Haal weg wat "
            "over een persoon gaat; dan kunt u het bestand maken.",
            icon=":material/privacy_tip:",
        )
    return not found


def _offer(analysis: Analysis, choice: Choice) -> None:
    wanted = cache.fingerprint(choice.name, analysis, _asked_agreements(analysis), _explanation(), _on())
    if st.button("Maak het bestand", key="report-make", type="primary", icon=":material/description:"):
        st.session_state[ASKED] = wanted
    if st.session_state.get(ASKED) != wanted:
        return
    with st.spinner("Het bestand maken …"):
        data = choice.make(analysis)
    if data is None:
        policy = cache.reference().policy
        st.info(NOTHING_TO_SHARE.format(pupils=policy.presets[policy.sharing].limits.pupils))
        return
    name = f"{choice.stem}-{components.file_name(analysis)}.{choice.ending}"
    st.download_button(
        f"Download: {choice.name}",
        data,
        name,
        mime=MIMES[choice.ending],
        on_click="ignore",
        key="report-download",
        icon=":material/download:",
    )


# --------------------------------------------------------------------------- what is made


def _report(ending: str, variant: Variant = Variant.FULL) -> Callable[[Analysis], bytes]:
    def make(analysis: Analysis) -> bytes:
        codebook = cache.codebook(analysis)
        agreed = tuple(agreements.in_words(item, codebook) for item in _asked_agreements(analysis))
        edition = Edition(variant, agreed if variant is Variant.FULL else ())
        packages = suggesting.found(analysis)
        report = pipeline.compose_report(analysis, packages, cache.reference(), _on(), edition)
        return cache.file_of(Format(ending), report)

    return make


def _shared(analysis: Analysis) -> bytes | None:
    report = pipeline.compose_shared(analysis, _explanation(), cache.reference(), _on())
    return cache.file_of(Format.PDF, report) if report else None


def _parcel(analysis: Analysis) -> bytes:
    chosen, reference = session.state(), cache.reference()
    kinds = session.stated_kinds() or tuple(ComparatorKind)
    others = [session.beside(kind) for kind in kinds if kind is not analysis.findings.main]
    store = keeping.kept()
    packing = pipeline.Packing(
        on=_on(),
        version=__version__,
        wishes=chosen.wishes,
        agreements=_asked_agreements(analysis),
        offers=store.offers() if store else (),
        availability=store.availability() if store else {},
        is_pooled=session.is_pooled(analysis),
        is_stated=session.is_stated(),
    )
    return cache.parcel_file(pipeline.pack_parcel((analysis, *others), packing, reference))


def _on() -> dt.date:
    return dt.date.today()


def _explanation() -> Sequence[str]:
    typed = str(st.session_state.get("report-explanation", ""))
    return [line.strip() for line in typed.splitlines() if line.strip()]


def _asked_agreements(analysis: Analysis) -> tuple[Agreement, ...]:
    return _agreed(analysis) if st.session_state.get("report-agreements") else ()


def _agreed(analysis: Analysis) -> tuple[Agreement, ...]:
    """Give the agreements with this school: of its parcel, or those that were kept."""
    chosen, shown = session.state(), analysis.published
    if chosen.parcel is not None:
        return chosen.parcel.agreements
    store = keeping.kept()
    try:
        record = store.conversation(shown.school, shown.year) if store else None
    except StoreError:
        return ()
    return record.agreements if record else ()
