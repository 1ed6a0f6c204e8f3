"""The parts of Eigen vragenlijst: those that are there, and making one from a file, question by question."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

import streamlit as st

from wellbeing import pipeline
from wellbeing.export.archives import codebook_archive
from wellbeing.export.codebooks import write_codebook
from wellbeing.intake.guard import Refused
from wellbeing.intake.proposals import Certainty
from wellbeing.model.imports import UnknownColumn
from wellbeing.model.reference import Codebook, Direction, Role, Sensitivity
from wellbeing.model.results import Measurement
from wellbeing.presentation import formats, markup
from wellbeing.reference.drafting import DraftHead, QuestionChoice, draft_codebook
from wellbeing.reference.schema import ReferenceDataError
from wellbeing.store.places import codebook_folder, default_address
from wellbeing.ui import asking, cache, keeping, linking, navigation, session
from wellbeing.ui.asking import plain

PURPOSE = "questionnaire"
MEGABYTES = 25
WHAT = (
    "Heeft uw school of GGD een vragenlijst die het dashboard niet kent? Beschrijf hem hier één keer. Daarna herkent "
    "het dashboard elk bestand met dezelfde kolommen. Kijk de keuzes het liefst met twee mensen na."
)
ONLY_CLOSED = (
    "U kunt alleen gesloten vragen kiezen: met hoogstens 12 verschillende antwoorden, die elk minstens 5 keer zijn "
    "gegeven. {number} staan er daarom niet bij."
)
KNOWN = "Dit bestand herkennen we al als {title}. Een eigen vragenlijst is dan meestal niet nodig."
NOT_KEPT = (
    "Nu kunt u de vragenlijst alleen als bestand bewaren. Wilt u dat het dashboard hem onthoudt? Kies dan eerst bij "
    "Mijn scholen een bewaartermijn."
)
IN_USE = (
    "Er zijn al cijfers gemaakt met de vragenlijst van deze naam en dit jaar. Geef deze een andere naam of een ander "
    "jaar."
)
SENSITIVE_HELP = (
    "Bijvoorbeeld over thuis, geld, drugs, ziekte of seksualiteit. Cijfers over kleine groepen blijven dan eerder "
    "verborgen. Een vraag over zelfdoding kunt u hier niet maken: die mag alleen voor de hele regio."
)
DIRECTIONS = {
    Direction.FAVOURABLE: "Gunstig",
    Direction.UNFAVOURABLE: "Ongunstig",
    Direction.NEUTRAL: "Geen van beide",
}
NO_DIRECTION = "Nog niet gekozen: dan krijgt het cijfer geen oordeel."
OTHER_THEME = "Een ander thema …"
LEVEL_HEADINGS = ("Niveau", "Schoolniveau", "Niveau van de leerling")
NOT_THERE = "staat er niet in"


def show() -> None:
    """Show the questionnaires that users made, and let one be made from a file."""
    st.write(WHAT)
    _own()
    st.subheader("Een nieuwe vragenlijst maken", anchor=False)
    pending = _read()
    if pending is None:
        return
    if pending.fitting:
        st.info(KNOWN.format(title=cache.reference().codebook(pending.fitting[0]).title))
    columns = pipeline.closed_columns(pending.table)
    head = _ask_head()
    roles = _ask_roles(pending, columns)
    chosen = _ask_questions(pending, [column for column in columns if column.heading not in roles])
    _conclude(head, roles, chosen)


# --------------------------------------------------------------------------- those that are there


def _own() -> None:
    found = cache.own_codebooks()
    for name, problems in found.problems.items():
        st.warning(f"De vragenlijst in de map {plain(name)} klopt niet en wordt niet gebruikt: {plain(problems[0])}")
    for codebook in found.codebooks:
        with st.container(border=True, horizontal=True, vertical_alignment="center", key=f"own-{codebook.id}"):
            words = formats.counted(len(codebook.indicators), "onderwerp", "onderwerpen")
            st.html(f"<p>{markup.text(f'**{codebook.title}**')}<br>{markup.text(words)}</p>", width="stretch")
            _download(codebook, f"download-{codebook.id}")


def _download(codebook: Codebook, key: str) -> None:
    st.download_button(
        "Bewaar als bestand (.zip)",
        codebook_archive(codebook),
        file_name=f"{codebook.id}.zip",
        mime="application/zip",
        on_click="ignore",
        key=key,
    )


# --------------------------------------------------------------------------- the file


def _read() -> session.Pending | None:
    """Let the user choose a file with the questions; nothing, with the reason, where it cannot be read."""
    rounds = session.state().rounds.get(PURPOSE, 0)
    file = st.file_uploader(
        "Een bestand met antwoorden op deze vragenlijst", key=f"{PURPOSE}-{rounds}", max_upload_size=MEGABYTES
    )
    if file is None:
        return None
    key = asking.sheets_key(PURPOSE, file.getvalue())
    try:
        pending = session.read_export(PURPOSE, file.getvalue(), file.name, asking.chosen_sheets(key))
    except Refused as refused:
        st.error(plain(refused.sentence))
        asking.ask_sheets(key, refused.sheets, must=True)
        return None
    asking.ask_sheets(key, pending.table.sheet_names, must=False)
    return pending


# --------------------------------------------------------------------------- what it is


def _ask_head() -> DraftHead:
    left, middle, right = st.columns(3)
    name = left.text_input("Hoe heet de vragenlijst?", key="own-name", placeholder="Bijvoorbeeld Welzijnslijst")
    year = middle.text_input("Welk jaar?", key="own-year", placeholder="Bijvoorbeeld 2025-2026")
    owner = right.text_input("Wie houdt hem bij?", key="own-owner", placeholder="Bijvoorbeeld zorgcoördinator")
    anonymous = st.checkbox("Leerlingen vulden de vragenlijst anoniem in", key="own-anonymous")
    return DraftHead(name, year.strip(), owner, dt.date.today(), anonymous)


def _ask_roles(pending: session.Pending, columns: Sequence[UnknownColumn]) -> dict[str, Role]:
    """Ask which columns say something about the pupil; what is likely stands there already."""
    st.subheader("Kolommen over de leerling", anchor=False)
    headings = [column.heading for column in columns]
    proposals = cache.proposals(tuple(columns), cache.reference().codebooks[0].id)
    likely = {item.target: name for name, item in proposals.items() if item.certainty is not Certainty.UNSURE}
    found: dict[str, Role] = {}
    for (role, words), place in zip(linking.ROLES.items(), _places(len(linking.ROLES)), strict=True):
        guess = likely.get(f"role:{role.value}")
        chosen = place.selectbox(
            f"In welke kolom staat: {words}?",
            headings,
            index=headings.index(guess) if guess else None,
            placeholder=NOT_THERE,
            key=f"own-role-{role.value}-{pending.name[:8]}",
        )
        if chosen is not None:
            found[chosen] = role
    if Role.LEVEL not in found.values():  # a codebook says under which heading a level would stand
        found[next(name for name in LEVEL_HEADINGS if name not in headings)] = Role.LEVEL
    return found


def _places(number: int) -> list[st.delta_generator.DeltaGenerator]:
    return [place for _ in range(-(-number // 3)) for place in st.columns(3)][:number]


# --------------------------------------------------------------------------- the questions


def _ask_questions(
    pending: session.Pending, columns: Sequence[UnknownColumn]
) -> list[tuple[UnknownColumn, QuestionChoice]]:
    """Ask which questions are used, and what is decided about each."""
    st.subheader("Vragen", anchor=False)
    closed = {column.heading: column for column in columns if column.answers}
    left_out = formats.counted(len(columns) - len(closed), "kolom", "kolommen")
    st.caption(ONLY_CLOSED.format(number=formats.capital(left_out)))
    names = st.multiselect(
        "Welke vragen wilt u gebruiken?",
        list(closed),
        key=f"own-questions-{pending.name[:8]}",
        placeholder="Kies vragen",
        select_all=False,
    )
    themes: list[str] = []
    chosen = []
    for name in names:
        choice = _ask_question(closed[name], f"{pending.name[:8]}-{cache.fingerprint(name)[:8]}", themes)
        themes += [choice.theme] if choice.theme and choice.theme not in themes else []
        chosen.append((closed[name], choice))
    return chosen


def _ask_question(column: UnknownColumn, key: str, themes: Sequence[str]) -> QuestionChoice:
    with st.container(border=True, key=f"own-question-{key}"):
        st.markdown(f"**{plain(column.heading)}**")
        counting, missing = _ask_answers(column, key)
        label, theme = _ask_subject(key, themes)
        direction = st.radio(
            "Een hoger cijfer is …",
            list(DIRECTIONS),
            index=None,
            format_func=DIRECTIONS.__getitem__,
            horizontal=True,
            key=f"own-direction-{key}",
        )
        if direction is None:
            st.caption(NO_DIRECTION)
        offer = st.multiselect(
            "Bij welk aanbod hoort het? (mag leeg blijven)",
            list(_offers()),
            format_func=_offers().__getitem__,
            key=f"own-offer-{key}",
            placeholder="Kies een of meer",
            select_all=False,
        )
        sensitive = st.checkbox("Dit is een gevoelig onderwerp", key=f"own-sensitive-{key}", help=SENSITIVE_HELP)
    return QuestionChoice(
        counting=counting,
        missing=missing,
        higher_is=direction or Direction.NEUTRAL,
        theme=theme,
        label=label,
        sensitivity=Sensitivity.STRICTER if sensitive else Sensitivity.NORMAL,
        catalogue_themes=tuple(offer),
    )


def _ask_answers(column: UnknownColumn, key: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Ask which answers count, and which do not count at all."""
    times = dict(sorted(column.answers, key=lambda answer: _in_order(answer[0])))

    def labelled(text: str) -> str:
        return f"{plain(text)} ({formats.number(times[text])})"

    counting = st.pills(
        "Wie heeft het? Kies de antwoorden.",
        list(times),
        selection_mode="multi",
        format_func=labelled,
        key=f"own-counting-{key}",
        help="De leerlingen met deze antwoorden vormen het percentage. Alle andere antwoorden tellen als nee.",
    )
    missing = st.pills(
        "Welke antwoorden tellen helemaal niet? Bijvoorbeeld: weet ik niet, niet ingevuld.",
        [text for text in times if text not in counting],
        selection_mode="multi",
        format_func=labelled,
        key=f"own-missing-{key}",
    )
    return tuple(counting), tuple(missing)


def _in_order(text: str) -> tuple[int, str]:
    """Give by what answers are put in order: codes by their number, words by their letters.

    >>> sorted(["10", "9", "Ja"], key=_in_order)
    ['9', '10', 'Ja']
    """
    return (int(text), "") if text.isdecimal() else (10**9, text.casefold())


def _ask_subject(key: str, themes: Sequence[str]) -> tuple[str, str]:
    """Ask what the subject is called, and to which theme it belongs."""
    left, right = st.columns(2)
    label = left.text_input(
        "Hoe noemt u dit onderwerp?", key=f"own-label-{key}", placeholder="Bijvoorbeeld Vindt school leuk"
    )
    theme = right.selectbox(
        "Bij welk thema hoort het?",
        [*_themes(themes), OTHER_THEME],
        index=None,
        placeholder="Kies een thema",
        key=f"own-theme-{key}",
    )
    if theme == OTHER_THEME:
        theme = right.text_input("Hoe heet dat thema?", key=f"own-new-theme-{key}")
    return label, theme or ""


def _themes(own: Sequence[str]) -> list[str]:
    """Give the themes that were named already, then those of the other questionnaires."""
    known = [theme.label for codebook in cache.reference().codebooks for theme in codebook.themes]
    return list(dict.fromkeys([*own, *known]))


def _offers() -> Mapping[str, str]:
    return {theme.id: theme.label for theme in cache.reference().catalogue.themes}


# --------------------------------------------------------------------------- checked and kept


def _conclude(
    head: DraftHead, roles: Mapping[str, Role], chosen: Sequence[tuple[UnknownColumn, QuestionChoice]]
) -> None:
    """Say what is still missing, or show what it becomes and let it be kept."""
    st.subheader("Nakijken", anchor=False)
    try:
        codebook = draft_codebook(head, roles, chosen)
    except ReferenceDataError as error:
        st.warning("Dit moet nog gebeuren:")
        st.html(markup.remarks(error.problems))
        return
    own = {item.id for item in cache.own_codebooks().codebooks}
    if codebook.id in {item.id for item in cache.reference().codebooks} - own:
        st.warning("Er is al een vragenlijst met deze naam. Kies een andere naam.")
        return
    if codebook.id in own and _is_in_use(codebook.id):
        st.warning(IN_USE)
        return
    questions = formats.counted(len(codebook.questions), "vraag", "vragen")
    subjects = formats.counted(len(codebook.indicators), "onderwerp", "onderwerpen")
    st.success(f"{plain(codebook.title)}: {questions} en {subjects}, geen fouten.")
    st.write("Zo staat het straks in het schoolprofiel:")
    st.html(
        markup.remarks([item.sentence.replace("{leerlingen}", "1 op de 3 leerlingen") for item in codebook.indicators])
    )
    with st.container(horizontal=True):
        if keeping.kept() is not None:
            label = "Vervang de vragenlijst" if codebook.id in own else "Bewaar de vragenlijst"
            if st.button(label, type="primary", key="own-save", icon=":material/check:"):
                _keep(codebook)
        _download(codebook, "own-download")
    if keeping.kept() is None:
        st.caption(NOT_KEPT)
        st.page_link(navigation.MY_SCHOOLS.file, label="Naar Mijn scholen", icon=":material/save:")


def _is_in_use(codebook_id: str) -> bool:
    """Whether there are figures made with a questionnaire: those could not be read any more if it changed."""
    found, chosen = keeping.kept(), session.state()
    kept: tuple[Measurement, ...] = ()
    if found is not None:
        with keeping.telling():
            kept = found.measurements()
    return any(item.codebook == codebook_id for item in (*kept, *chosen.measurements, *chosen.history))


def _keep(codebook: Codebook) -> None:
    try:
        write_codebook(codebook, codebook_folder(default_address()) / codebook.id)
    except OSError:
        st.error("Bewaren lukte niet: de map is niet te beschrijven. Bewaar de vragenlijst als bestand.")
        return
    cache.forget_codebooks()
    session.forget(PURPOSE)
    st.toast("De vragenlijst is bewaard. Voeg nu het bestand toe bij Gegevens toevoegen.")
    st.rerun()
