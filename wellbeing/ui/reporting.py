"""The parts of Rapporten for one school: which file, for whom, and the download."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import streamlit as st

from wellbeing import __version__, pipeline
from wellbeing.intake.notes import personal_data_in
from wellbeing.model.conversation import Agreement
from wellbeing.model.reference import Bouw
from wellbeing.model.report import Edition, Format, Report, Variant
from wellbeing.model.results import Analysis, ComparatorKind, Measurement
from wellbeing.presentation import agreements, formats, markup, wording
from wellbeing.store.failures import StoreError
from wellbeing.ui import cache, components, house_style, keeping, session, suggesting

ASKED = "gevraagd-rapport"
WITH_AGREEMENTS = "Zet de afspraken erin"
EXPLANATION = "Wat wil de school er zelf bij zeggen?"
EXPLANATION_HELP = "Bijvoorbeeld: wat doet de school al, en wat gaat zij doen? Geen namen van leerlingen of collega's."
NOTHING_TO_SHARE = (
    "Er is geen cijfer over voor een deelversie: daarvoor zijn minstens {pupils} leerlingen per onderwerp nodig. "
    "Vertel in een gesprek wat de school gaat doen."
)
SHARED_FORMATS = {Format.PDF: "PDF", Format.SLIDES: "Dia's (PowerPoint)", Format.DOCUMENT: "Word"}
PARCEL_IS_OPEN = "U hebt zelf een schoolpakket geopend. Een nieuw pakket krijgt u van de GGD."


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
            "Heeft de school een onderbouw en een bovenbouw? Dan staan ze er allebei in. Cijfers die u niet ziet, "
            "staan er ook niet in.",
            "xlsx",
            _parcel,
            "schoolpakket",
        ),
        Choice(
            "Deelversie",
            "Voor leerlingenraad, ouders en MR. Zonder gevoelige onderwerpen en met strengere grenzen.",
            "pdf",
            _shared(Format.PDF),
            Variant.SHARED.value,
        ),
    )


def _options(analysis: Analysis, choice: Choice) -> None:
    """Ask what belongs to this kind of file, and offer it."""
    is_parcel, is_shared = choice.make is _parcel, choice.stem == Variant.SHARED.value
    if is_parcel and session.state().parcel is not None:
        st.info(PARCEL_IS_OPEN)
        return
    if is_shared:
        if not _explain(analysis):
            return
        kind = _shared_format()
        choice = replace(choice, ending=kind.value, make=_shared(kind))
    elif choice.stem != Variant.ONE_PAGER.value and _agreed(analysis):
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


def _shared_format() -> Format:
    """Ask as which kind of file the version to share must come."""
    kind = st.segmented_control(
        "Welk bestand?",
        list(SHARED_FORMATS),
        default=Format.PDF,
        format_func=lambda kind: SHARED_FORMATS[Format(kind)],
        key="report-shared-format",
    )
    return Format(kind or Format.PDF)


def _offer(analysis: Analysis, choice: Choice) -> None:
    asked = (choice.name, choice.ending, house_style.template(), session.populations())
    wanted = cache.fingerprint(*asked, analysis, _asked_agreements(analysis), _explanation(), _on())
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
    name = f"{choice.stem}-{_about(analysis, choice)}.{choice.ending}"
    st.download_button(
        f"Download: {choice.name}",
        data,
        name,
        mime=Format(choice.ending).media_type,
        on_click="ignore",
        key="report-download",
        icon=":material/download:",
    )


def _about(analysis: Analysis, choice: Choice) -> str:
    """Name the school in a file name; of a parcel with both populations without one of them."""
    name = components.file_name(analysis)
    return name.replace(f"-{analysis.published.bouw.value}-", "-") if choice.make is _parcel and _beside() else name


# --------------------------------------------------------------------------- what is made


def _report(ending: str, variant: Variant = Variant.FULL) -> Callable[[Analysis], bytes]:
    def make(analysis: Analysis) -> bytes:
        codebook = cache.codebook(analysis)
        agreed = tuple(agreements.in_words(item, codebook) for item in _asked_agreements(analysis))
        edition = Edition(variant, agreed if variant is Variant.FULL else ())
        packages = suggesting.found(analysis)
        report = pipeline.compose_report(analysis, packages, cache.reference(), _on(), edition)
        return _written(Format(ending), report)

    return make


def _written(kind: Format, report: Report) -> bytes:
    return cache.file_of(kind, report, house_style.template() if kind is Format.SLIDES else None)


def _shared(kind: Format) -> Callable[[Analysis], bytes | None]:
    def make(analysis: Analysis) -> bytes | None:
        report = pipeline.compose_shared(analysis, _explanation(), cache.reference(), _on())
        return _written(kind, report) if report else None

    return make


def _parcel(analysis: Analysis) -> bytes:
    """Pack the population on screen as it is shown, and the other one of the school where there is one."""
    chosen, reference = session.state(), cache.reference()
    kinds = session.stated_kinds() or tuple(ComparatorKind)
    others = [session.beside(kind) for kind in kinds if kind is not analysis.findings.main]
    packing = _packing(analysis)
    parcels = [pipeline.pack_parcel((analysis, *others), packing, reference)]
    for item in _beside():
        stated = tuple(each.comparator.kind for each in item.stated.beside) if item.stated else ()
        first = cache.analysis(item, chosen.benchmark, chosen.main)
        rest = [kind for kind in stated or ComparatorKind if kind is not first.findings.main]
        beside = [cache.analysis(item, chosen.benchmark, kind) for kind in rest]
        alone = replace(packing, is_pooled=False, is_stated=item.stated is not None)
        parcels.append(pipeline.pack_parcel((first, *beside), alone, reference))
    return cache.parcel_file(parcels)


def _beside() -> tuple[Measurement, ...]:
    """Give the other population of the school: onderbouw beside bovenbouw. Pupils are in one of both."""
    chosen, both = session.state(), {Bouw.UPPER, Bouw.LOWER}
    shown = chosen.measurement
    if shown is None or shown.bouw not in both:
        return ()
    return tuple(item for item in chosen.measurements if item.bouw in both - {shown.bouw})


def _packing(analysis: Analysis) -> pipeline.Packing:
    chosen, reference = session.state(), cache.reference()
    store = keeping.kept()
    return pipeline.Packing(
        on=_on(),
        version=__version__,
        wishes=chosen.wishes,
        agreements=_asked_agreements(analysis),
        offers=store.offers() if store else (),
        availability=store.availability() if store else {},
        content=reference.content.changes,
        is_pooled=session.is_pooled(analysis),
        is_stated=session.is_stated(),
    )


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
