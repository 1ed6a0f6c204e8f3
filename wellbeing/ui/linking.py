"""Which column is which question: proposed, corrected by the user, and remembered per source and version."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import streamlit as st

from wellbeing.intake.proposals import Certainty, Proposal
from wellbeing.model.imports import ImportReport, UnknownColumn
from wellbeing.model.reference import Codebook, Role
from wellbeing.presentation import formats, markup
from wellbeing.store.failures import StoreError
from wellbeing.ui import cache, remembering
from wellbeing.ui.asking import plain
from wellbeing.ui.session import Pending

NOT_USED = ""
ALIKE = 0.5  # share of the columns linked before that must be in a file to think of it
MEGABYTES = 2
ROLES = {
    Role.SCHOOL: "school",
    Role.YEAR: "schooljaar",
    Role.LEVEL: "schoolniveau",
    Role.LEERJAAR: "leerjaar",
    Role.GENDER: "geslacht",
}
CHECKED = "Ik heb de koppelingen nagekeken. Ze kloppen."
AS_BEFORE = "De kolommen van dit bestand zijn gekoppeld zoals u eerder koos."
SHARING = "In het bestand staan alleen kolomkoppen en waaraan ze zijn gekoppeld, geen antwoorden van leerlingen."


@dataclass(frozen=True, slots=True)
class Memory:
    """What is known of earlier links: those to begin with, whether they are of exactly these columns, what changed."""

    targets: Mapping[str, str] = field(default_factory=dict)
    is_same: bool = False
    new: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()


# --------------------------------------------------------------------------- what was linked before


def version(pending: Pending) -> str:
    """Give the name of the set of columns of a file."""
    return remembering.fingerprint(_headings(pending))


def codebook_of_before(pending: Pending) -> str | None:
    """Give the questionnaire to which exactly these columns were linked before."""
    known, now = {codebook.id for codebook in cache.reference().codebooks}, version(pending)
    found = (item.source for item in remembering.links() if item.fingerprint == now and item.source in known)
    return next(found, None)


def recall(pending: Pending, codebook_id: str) -> Memory:
    """Give the earlier links of this questionnaire: of these columns, or else of those most like them."""
    headings, now = _headings(pending), version(pending)
    before = [item for item in remembering.links() if item.source == codebook_id]
    exact = next((item for item in before if item.fingerprint == now), None)
    if exact is not None:
        return Memory(exact.targets, is_same=True)
    alike = [item for item in before if len(headings & item.targets.keys()) >= ALIKE * len(item.targets) > 0]
    if not alike:
        return Memory()
    targets = alike[0].targets
    return Memory(
        {heading: target for heading, target in targets.items() if heading in headings},
        new=tuple(column.heading for column in pending.unknown if column.heading not in targets),
        gone=tuple(heading for heading, target in targets.items() if target and heading not in headings),
    )


def _headings(pending: Pending) -> set[str]:
    columns = {column.heading for column in pending.table.columns} | {column.heading for column in pending.unknown}
    return columns | {column.heading for column in pending.table.dropped}


# --------------------------------------------------------------------------- the choice


def chosen(purpose: str, pending: Pending, codebook_id: str) -> dict[str, str]:
    """Give what each column was linked to by the user, or stands proposed to them; absent where not used."""
    defaults = _defaults(pending, codebook_id)
    keys = {heading: _key(purpose, pending, codebook_id, heading) for heading in _headings(pending)}
    links = {heading: st.session_state.get(key, defaults.get(heading, NOT_USED)) for heading, key in keys.items()}
    return {heading: target for heading, target in sorted(links.items()) if target != NOT_USED}


def _defaults(pending: Pending, codebook_id: str) -> dict[str, str]:
    """Give the links to begin with. A file that is known by itself gets no proposals, only what was linked before."""
    memory = recall(pending, codebook_id)
    if pending.fitting or memory.is_same:
        return dict(memory.targets)
    likely = {
        heading: proposal.target
        for heading, proposal in _proposals(pending, codebook_id).items()
        if proposal.certainty is not Certainty.UNSURE and proposal.target not in memory.targets.values()
    }
    return likely | dict(memory.targets)


def _proposals(pending: Pending, codebook_id: str) -> Mapping[str, Proposal]:
    return cache.proposals(pending.unknown, codebook_id)


def needs_check(pending: Pending, codebook_id: str) -> bool:
    """Whether the user must look at the links first: no codebook knows the file, and its columns are new."""
    return not pending.fitting and not recall(pending, codebook_id).is_same


def check(purpose: str, pending: Pending, report: ImportReport, codebook: Codebook) -> bool:
    """Show the links of an unknown file with what they give, and tell whether the user agrees with them."""
    st.subheader("Welke kolom is welke vraag?", anchor=False)
    st.write("We herkennen dit bestand niet vanzelf. Kijk de voorstellen na. Wat u kiest, onthouden we.")
    _say_what_changed(recall(pending, codebook.id))
    table(purpose, pending, report, codebook)
    number, most = len(report.indicators_present), len(codebook.indicators)
    st.html(
        markup.conclusion([f"Hiermee maakt u {number} van de {formats.counted(most, 'onderwerp', 'onderwerpen')}."])
    )
    return st.checkbox(CHECKED, key=f"links-checked-{purpose}-{version(pending)[:8]}", disabled=not number)


def by_hand(purpose: str, pending: Pending, report: ImportReport, codebook: Codebook) -> None:
    """Offer, out of the way, to link a column that was not recognised, or to change what was linked before."""
    columns = _columns(pending, report)
    if not columns:
        return
    memory = recall(pending, codebook.id)
    linked = [column for column in report.recognised if column.by_hand]
    if memory.is_same and linked:
        st.html(markup.quiet(AS_BEFORE))
    changed = bool(linked) and not memory.is_same and bool(memory.targets)
    if changed:
        _say_what_changed(memory)
    with st.expander("Zelf een kolom koppelen", icon=":material/link:", expanded=changed):
        table(purpose, pending, report, codebook)


def table(purpose: str, pending: Pending, report: ImportReport, codebook: Codebook) -> None:
    """Show every column with a proposal, its certainty and its answers; the rest below that."""
    columns, proposals = _columns(pending, report), _proposals(pending, codebook.id)
    begun = _defaults(pending, codebook.id)
    options = _targets(report, codebook)
    first = [column for column in columns if column.heading in proposals or begun.get(column.heading)]
    for column in first:
        _row(purpose, pending, column, _Row(codebook, options, proposals.get(column.heading), begun))
    rest = [column for column in columns if column not in first]
    if rest and first:
        with st.expander(f"Andere kolommen ({len(rest)})"):
            for column in rest:
                _row(purpose, pending, column, _Row(codebook, options, None, begun))
    else:
        for column in rest:
            _row(purpose, pending, column, _Row(codebook, options, None, begun))


@dataclass(frozen=True, slots=True)
class _Row:
    """What a row of the table needs besides its column."""

    codebook: Codebook
    options: Mapping[str, str]
    proposal: Proposal | None
    begun: Mapping[str, str]


def _row(purpose: str, pending: Pending, column: UnknownColumn, row: _Row) -> None:
    is_open = not column.answers and column in pending.unknown
    options = [name for name in row.options if not is_open or name.startswith("role:")]
    begun = row.begun.get(column.heading, NOT_USED)
    choices = [NOT_USED, *options, *([begun] if begun and begun not in options else [])]
    st.selectbox(
        f"Kolom “{plain(column.heading)}” is …",
        choices,
        index=choices.index(begun),
        format_func=lambda name: row.options.get(name, name) or "niet gebruiken",
        key=_key(purpose, pending, row.codebook.id, column.heading),
    )
    said = []
    if row.proposal and row.proposal.target in row.options:
        said.append(f"Voorstel: {row.options[row.proposal.target]} ({row.proposal.certainty.value}).")
    if column.answers:
        said.append("Antwoorden: " + formats.listing([answer for answer, _ in column.answers]) + ".")
    if said:
        st.caption(plain(" ".join(said)))


def _columns(pending: Pending, report: ImportReport) -> list[UnknownColumn]:
    """Give the columns that can be linked: those that no codebook knows, and those that this one does not use."""
    found = {column.heading: column for column in pending.unknown}
    used = {column.heading for column in report.recognised if not column.by_hand}
    for other in pending.table.columns:
        if other.heading not in used:
            found.setdefault(other.heading, UnknownColumn(other.heading, ()))
    return list(found.values())


def _targets(report: ImportReport, codebook: Codebook) -> dict[str, str]:
    taken = {column.target for column in report.recognised if not column.by_hand}
    roles = {f"role:{role.value}": f"kenmerk: {words}" for role, words in ROLES.items() if role.value not in taken}
    return roles | {question.id: question.text for question in codebook.questions if question.id not in taken}


def _key(purpose: str, pending: Pending, codebook_id: str, heading: str) -> str:
    return f"link-{purpose}-{pending.name[:8]}-{codebook_id}-{cache.fingerprint(heading)[:8]}"


def _say_what_changed(memory: Memory) -> None:
    """Say that links of before were used for other columns, and which columns are new or gone."""
    if not memory.targets:
        return
    linked = sum(1 for target in memory.targets.values() if target)
    words = [f"Eerder koppelde u {formats.counted(linked, 'kolom', 'kolommen')} van deze vragenlijst; die staan klaar."]
    words += _changed(memory.new, "is nieuw", "zijn nieuw") + _changed(memory.gone, "staat er niet meer in", "zijn weg")
    st.info(plain(" ".join(words)), icon=":material/history:")


def _changed(headings: Sequence[str], one: str, many: str) -> list[str]:
    if not headings:
        return []
    named = formats.listing([f"“{heading}”" for heading in headings[:3]])
    number = formats.counted(len(headings), "kolom", "kolommen")
    return [f"{formats.capital(number)} {one if len(headings) == 1 else many}: {named}{' …' if headings[3:] else ''}."]


# --------------------------------------------------------------------------- keeping


def remember(purpose: str, pending: Pending, codebook_id: str) -> None:
    """Keep the links of a file for the next one, where the user chose any or changed those of before.

    Where the row of headings may be a pupil, only what was linked is kept, and nothing that is an answer.
    """
    links = chosen(purpose, pending, codebook_id)
    if not links and not recall(pending, codebook_id).is_same:
        return
    answers = {column.heading for column in pending.unknown if _is_answer(column)}
    headings = links.keys() - answers if answers else {column.heading for column in pending.unknown} | links.keys()
    remembering.remember(codebook_id, version(pending), {name: links.get(name, NOT_USED) for name in headings})


def _is_answer(column: UnknownColumn) -> bool:
    """Whether a heading is one of several answers in its own column."""
    return len(column.answers) > 1 and column.heading in dict(column.answers)


def sharing() -> None:
    """Offer all links as a file for a colleague, and take over those of one."""
    number = len(remembering.links())
    with st.expander("Gekoppelde kolommen delen met een collega", icon=":material/share:"):
        st.write(SHARING)
        if number:
            st.download_button(
                f"Bewaar de koppelingen ({number})",
                remembering.export,
                file_name="koppelingen.json",
                mime="application/json",
                on_click="ignore",
                key="links-download",
            )
        file = st.file_uploader("Koppelingen van een collega (.json)", key="links-upload", max_upload_size=MEGABYTES)
        if file is not None:
            _take_over(file.getvalue())


def _take_over(data: bytes) -> None:
    try:
        new = remembering.take_over(data)
    except StoreError as error:
        st.error(str(error))
        return
    st.success(
        f"{formats.capital(formats.counted(new, 'koppeling is', 'koppelingen zijn'))} nieuw. De rest stond er al."
    )
