"""The parts of Eigen vragenlijst: those that are there, and making one from a file, question by question."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import streamlit as st

from wellbeing import pipeline
from wellbeing.export.archives import codebook_archive
from wellbeing.export.codebooks import write_codebook
from wellbeing.intake.guard import Refused
from wellbeing.intake.identifiers import MOST_ANSWERS, TIMES_EACH
from wellbeing.intake.proposals import Certainty
from wellbeing.model.imports import UnknownColumn
from wellbeing.model.reference import Codebook, Direction, FieldValue, RespondentField, Role, Sensitivity
from wellbeing.model.results import Measurement
from wellbeing.model.survey import Column
from wellbeing.presentation import formats, markup
from wellbeing.reference.drafting import DraftHead, QuestionChoice, code_labels, draft_codebook, is_only_codes
from wellbeing.reference.meaning import unread
from wellbeing.reference.schema import ReferenceDataError
from wellbeing.store.places import codebook_folder, default_address
from wellbeing.ui import asking, cache, import_report, keeping, linking, navigation, session
from wellbeing.ui.asking import plain

PURPOSE = "questionnaire"
MEGABYTES = 25
WHAT = (
    "Kent het dashboard uw vragenlijst niet? Beschrijf hem hier één keer. Daarna herkent het dashboard elk bestand met "
    "dezelfde kolommen. Kijk de keuzes het liefst met twee mensen na."
)
WHICH_FILE = "Kies een bestand met antwoorden. Daaruit halen we de vragen. De antwoorden zelf bewaren we niet."
FROM_ADD_DATA = "We gebruiken {name}, dat u bij Gegevens toevoegen koos. U kunt ook een ander bestand kiezen."
KNOWN = "Dit bestand herkennen we al als {title}. Een eigen vragenlijst is dan meestal niet nodig."
NO_QUESTIONS = (
    "In dit bestand staat geen enkele gesloten vraag. Kies een bestand met een kolom per vraag en meer leerlingen. "
    "Hieronder staat welke kolommen niet meedoen, en waarom."
)
NOT_CLOSED = (
    "Een gesloten vraag heeft hoogstens {most} verschillende antwoorden, die elk minstens {times} keer zijn gegeven. "
    "Andere antwoorden kunnen laten zien wie een leerling is."
)
LEFT_OUT = "{number} doen niet mee. Welke, en waarom?"
LEFT_OUT_ONE = "1 kolom doet niet mee. Welke, en waarom?"
CHOOSE_QUESTIONS = "U hoeft niet alles te gebruiken. Begin met de vragen waarover u het gesprek wilt voeren."
SAVED = "{title} is bewaard. Kies uw bestand nu bij Gegevens toevoegen: we herkennen het voortaan."
NOT_KEPT = (
    "Nu kunt u de vragenlijst alleen als bestand bewaren. Kies hieronder hoe lang het dashboard iets mag bewaren. Dan "
    "onthoudt het ook de vragenlijst."
)
IN_USE = (
    "Er zijn al cijfers gemaakt met de vragenlijst van deze naam en dit jaar. Geef deze een andere naam of een ander "
    "jaar."
)
SENSITIVE_HELP = (
    "Bijvoorbeeld over thuis, geld, drugs, ziekte of seksualiteit. Cijfers over kleine groepen blijven dan eerder "
    "verborgen. Een vraag over zelfdoding kunt u hier niet maken: die mag alleen voor de hele regio."
)
ABOUT_PUPILS = "Staat iets niet in het bestand? Laat het dan leeg."
MEANINGS = "Wat staat er in “{heading}”? Laat u iets leeg, dan vragen we het bij elk bestand opnieuw."
COUNTING_HELP = (
    "De leerlingen met deze antwoorden vormen samen het percentage. Alle andere antwoorden tellen als nee. Achter elk "
    "antwoord staat hoe vaak het is gegeven."
)
OFFER_HELP = "Dan kan het dashboard bij dit onderwerp een passend aanbod noemen, bij Wat kan de school doen."
DIRECTIONS = {
    Direction.FAVOURABLE: "gunstig",
    Direction.UNFAVOURABLE: "ongunstig",
    Direction.NEUTRAL: "geen van beide",
}
NO_DIRECTION = "Kiest u niets, of geen van beide? Dan krijgt het cijfer geen oordeel."
OTHER_THEME = "Een ander thema …"
NOT_THERE = "staat er niet in"
NOT_KNOWN = "niet bekend"
SAVED_KEY = "own-saved"


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question of the file: its column, under which name its choices are kept, and what the file says about it."""

    column: UnknownColumn
    key: str
    labels: Mapping[str, str]
    wording: str


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
    if not any(column.answers for column in columns):
        st.error(NO_QUESTIONS)
        _left_out(pending, columns)
        return
    head = _ask_head()
    fields = _ask_fields(pending, columns)
    used = {heading for field in fields for heading in field.headings}
    chosen = _ask_questions(pending, [column for column in columns if column.heading not in used])
    _conclude(head, fields, chosen)


# --------------------------------------------------------------------------- those that are there


def _own() -> None:
    if title := st.session_state.pop(SAVED_KEY, ""):
        st.success(plain(SAVED.format(title=title)), icon=":material/check:")
        st.page_link(navigation.ADD_DATA.file, label="Naar Gegevens toevoegen", icon=":material/upload_file:")
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
    file = st.file_uploader(WHICH_FILE, key=f"{PURPOSE}-{rounds}", max_upload_size=MEGABYTES)
    if file is None:
        return _from_add_data()
    key = asking.sheets_key(PURPOSE, file.getvalue())
    try:
        pending = session.read_export(PURPOSE, file.getvalue(), file.name, asking.chosen_sheets(key))
    except Refused as refused:
        st.error(plain(refused.sentence))
        asking.ask_sheets(key, refused.sheets, must=True)
        return None
    asking.ask_sheets(key, pending.table.sheet_names, must=False)
    return pending


def _from_add_data() -> session.Pending | None:
    """Give the file that was chosen for a school and that no codebook knows: it need not be chosen twice."""
    waiting = session.state().pending.get("school")
    if waiting is None or waiting.fitting:
        return None
    st.caption(plain(FROM_ADD_DATA.format(name=waiting.table.file_name)))
    return waiting


def _left_out(pending: session.Pending, columns: Sequence[UnknownColumn]) -> None:
    """Say which columns cannot be chosen and why, and what can be done about it."""
    rows = [[column.heading, f"verwijderd: {column.reason}"] for column in pending.table.dropped]
    rows += [[column.heading, "geen gesloten vraag"] for column in columns if not column.answers]
    if not rows:
        return
    words = LEFT_OUT_ONE if len(rows) == 1 else LEFT_OUT.format(number=f"{len(rows)} kolommen")
    with st.expander(words, icon=":material/visibility_off:"):
        st.html(markup.table("Kolommen die niet meedoen", ["Kolom", "Reden"], rows))
        st.caption(NOT_CLOSED.format(most=MOST_ANSWERS, times=TIMES_EACH))
        if pending.table.dropped:
            st.caption(import_report.WRONGLY_DROPPED)


# --------------------------------------------------------------------------- what it is


def _ask_head() -> DraftHead:
    left, middle, right = st.columns(3)
    name = left.text_input("Hoe heet de vragenlijst?", key="own-name", placeholder="Bijvoorbeeld Welzijnslijst")
    year = middle.text_input("Welk jaar?", key="own-year", placeholder="Bijvoorbeeld 2025-2026")
    owner = right.text_input("Wie houdt hem bij?", key="own-owner", placeholder="Bijvoorbeeld zorgcoördinator")
    anonymous = st.checkbox("Leerlingen vulden de vragenlijst anoniem in", key="own-anonymous")
    return DraftHead(name, year.strip(), owner, dt.date.today(), anonymous)


def _ask_fields(pending: session.Pending, columns: Sequence[UnknownColumn]) -> tuple[RespondentField, ...]:
    """Ask which columns say something about the pupil; what is likely stands there already."""
    st.subheader("Kolommen over de leerling", anchor=False)
    st.caption(ABOUT_PUPILS)
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
    by_heading = {column.heading: column for column in columns}
    return tuple(_field(pending, by_heading[heading], role) for heading, role in found.items())


def _field(pending: session.Pending, column: UnknownColumn, role: Role) -> RespondentField:
    """Give the field of a column, with what its answers mean where the common spellings do not tell."""
    labels, spellings = _of_file(pending, column).value_labels, cache.reference().spellings
    meant = {text: labels.get(text, text) for text, _ in column.answers}
    strange = unread(role, meant.values(), spellings)
    told = _ask_meanings(column, role, [text for text in meant if meant[text] in strange], pending.name[:8])
    values = tuple(
        FieldValue(key, label, tuple(text for text, chosen in told.items() if chosen == key))
        for key, label in spellings.options(RespondentField(role, (column.heading,))).items()
        if key in told.values()
    )
    return RespondentField(
        role,
        (" ".join(column.heading.split()),),
        values,
        tuple(text for text, chosen in told.items() if chosen == NOT_KNOWN),
    )


def _ask_meanings(column: UnknownColumn, role: Role, texts: Sequence[str], name: str) -> dict[str, str]:
    """Ask what answers about the pupil mean; absent where that was not said."""
    if not texts:
        return {}
    options = cache.reference().spellings.options(RespondentField(role, (column.heading,)))
    st.caption(plain(MEANINGS.format(heading=column.heading)))
    told = {}
    for text, place in zip(sorted(texts, key=_in_order), _places(len(texts)), strict=True):
        told[text] = place.selectbox(
            f"“{plain(text)}” is …",
            [*options, NOT_KNOWN],
            index=None,
            format_func=lambda key: options.get(key, key),
            placeholder="Kies",
            key=f"own-meaning-{role.value}-{name}-{cache.fingerprint(column.heading, text)[:8]}",
        )
    return {text: chosen for text, chosen in told.items() if chosen is not None}


def _places(number: int) -> list[st.delta_generator.DeltaGenerator]:
    return [place for _ in range(-(-number // 3)) for place in st.columns(3)][:number]


def _of_file(pending: session.Pending, column: UnknownColumn) -> Column:
    """Give what the file says about a column: an SPSS file has the question and its answers in words."""
    found = (item for item in pending.table.columns if item.heading == column.heading)
    return next(found, Column(column.heading, ""))


# --------------------------------------------------------------------------- the questions


def _ask_questions(
    pending: session.Pending, columns: Sequence[UnknownColumn]
) -> list[tuple[UnknownColumn, QuestionChoice]]:
    """Ask which questions are used, and what is decided about each."""
    st.subheader("Vragen", anchor=False)
    st.caption(CHOOSE_QUESTIONS)
    closed = {column.heading: column for column in columns if column.answers}
    names = st.multiselect(
        "Welke vragen wilt u gebruiken?",
        list(closed),
        key=f"own-questions-{pending.name[:8]}",
        format_func=lambda name: _in_words(_of_file(pending, closed[name])),
        placeholder="Kies vragen",
        select_all=False,
    )
    _left_out(pending, columns)
    themes: list[str] = []
    chosen = []
    for name in names:
        column = _of_file(pending, closed[name])
        key = f"{pending.name[:8]}-{cache.fingerprint(name)[:8]}"
        choice = _ask_question(_Asked(closed[name], key, column.value_labels, column.label), themes)
        themes += [choice.theme] if choice.theme and choice.theme not in themes else []
        chosen.append((closed[name], choice))
    return chosen


def _in_words(column: Column) -> str:
    return f"{column.heading}: {column.label}" if column.label else column.heading


def _ask_question(asked: _Asked, themes: Sequence[str]) -> QuestionChoice:
    key = asked.key
    with st.container(border=True, key=f"own-question-{key}"):
        st.markdown(f"**{plain(asked.wording or asked.column.heading)}**")
        label, theme = _ask_subject(key, themes)
        labels = _ask_codes(asked)
        counting, missing = _ask_answers(asked, labels)
        left, right = st.columns(2)
        direction = left.radio(
            "Een hoger percentage is …",
            list(DIRECTIONS),
            index=None,
            format_func=DIRECTIONS.__getitem__,
            horizontal=True,
            key=f"own-direction-{key}",
            help=NO_DIRECTION,
        )
        offer = right.multiselect(
            "Welk aanbod past erbij? (mag leeg blijven)",
            list(_offers()),
            format_func=_offers().__getitem__,
            key=f"own-offer-{key}",
            placeholder="Kies een of meer",
            select_all=False,
            help=OFFER_HELP,
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
        labels=labels,
        wording=asked.wording,
    )


def _ask_codes(asked: _Asked) -> Mapping[str, str]:
    """Ask what the codes of a question mean, where neither its answers nor the file say so."""
    codes = [text for text, _ in asked.column.answers]
    if asked.labels or not is_only_codes(asked.column):
        return {text: asked.labels[text] for text in codes if text in asked.labels}
    written = st.text_input(
        "Wat betekenen de codes? (mag leeg blijven)",
        key=f"own-codes-{asked.key}",
        placeholder="Bijvoorbeeld 1 = nooit, 2 = soms, 3 = vaak",
    )
    return code_labels(written, codes)


def _ask_answers(asked: _Asked, labels: Mapping[str, str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Ask which answers count, and which do not count at all."""
    times = dict(sorted(asked.column.answers, key=lambda answer: _in_order(answer[0])))

    def labelled(text: str) -> str:
        words = f"{text} = {labels[text]}" if text in labels else text
        return f"{plain(words)} ({formats.number(times[text])})"

    counting = st.pills(
        "Bij welke antwoorden is dat zo?",
        list(times),
        selection_mode="multi",
        format_func=labelled,
        key=f"own-counting-{asked.key}",
        help=COUNTING_HELP,
    )
    missing = st.pills(
        "Welke antwoorden tellen helemaal niet mee? Bijvoorbeeld: weet ik niet, niet ingevuld.",
        [text for text in times if text not in counting],
        selection_mode="multi",
        format_func=labelled,
        key=f"own-missing-{asked.key}",
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
        [*themes, OTHER_THEME, *(name for name in _themes() if name not in themes)],
        index=None,
        placeholder="Kies een thema",
        key=f"own-theme-{key}",
    )
    if theme == OTHER_THEME:
        theme = right.text_input("Hoe heet dat thema?", key=f"own-new-theme-{key}")
    return label, theme or ""


def _themes() -> list[str]:
    """Give the themes of the other questionnaires."""
    return list(dict.fromkeys(theme.label for codebook in cache.reference().codebooks for theme in codebook.themes))


def _offers() -> Mapping[str, str]:
    return {theme.id: theme.label for theme in cache.reference().catalogue.themes}


# --------------------------------------------------------------------------- checked and kept


def _conclude(
    head: DraftHead, fields: Sequence[RespondentField], chosen: Sequence[tuple[UnknownColumn, QuestionChoice]]
) -> None:
    """Say what is still missing, or show what it becomes and let it be kept."""
    st.subheader("Nakijken en bewaren", anchor=False)
    try:
        codebook = draft_codebook(head, fields, chosen)
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
        with keeping.telling():
            keeping.ask_term(keeping.store())


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
    if "school" in session.state().pending:  # it was read as a file that nobody knows
        session.forget("school")
    st.session_state[SAVED_KEY] = codebook.title
    st.rerun()
