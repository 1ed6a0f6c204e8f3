"""What an unknown column may be, by its heading and its answers: proposed with its certainty, never linked here."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from rapidfuzz import fuzz

from wellbeing.intake.headers import normalise_heading
from wellbeing.model.imports import UnknownColumn
from wellbeing.model.reference import Codebook, Question, Role
from wellbeing.reference.meaning import fold, unread
from wellbeing.reference.spellings import Spellings

SAME, ALIKE, WORTH_SHOWING = 92, 75, 60
HALF = 0.5
READ_BY_SPELLING = (Role.LEVEL, Role.LEERJAAR, Role.GENDER)
NAMES: Mapping[Role, tuple[str, ...]] = {
    Role.SCHOOL: ("school", "schoolnaam", "naam van de school", "locatie", "vestiging", "op welke school zit je"),
    Role.YEAR: ("schooljaar", "jaar van onderzoek", "meetjaar", "jaar"),
    Role.LEVEL: ("niveau", "schoolniveau", "onderwijsniveau", "schooltype", "opleiding", "welk niveau doe je"),
    Role.LEERJAAR: ("leerjaar", "klas", "jaarlaag", "in welke klas zit je", "in welk leerjaar zit je"),
    Role.GENDER: ("geslacht", "gender", "sekse", "ben je een jongen of een meisje", "jongen of meisje"),
}
# Words that turn a question into another one, however much the rest looks alike.
_TELLING = re.compile(
    r"\b(?:niet|geen|nooit|ooit|dag|dagen|week|weken|maand|maanden|jaar|online|school|thuis|vader|moeder|\d+)\b"
)


class Certainty(StrEnum):
    """How sure a proposal is, in words for the user."""

    SURE = "zeker"
    LIKELY = "waarschijnlijk"
    UNSURE = "onzeker"


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a column may be: a question id or "role:school", with a score (0-100) to choose between proposals."""

    target: str
    certainty: Certainty
    score: int


def propose(columns: Iterable[UnknownColumn], codebook: Codebook, spellings: Spellings) -> Mapping[str, Proposal]:
    """Give per heading what its column most likely is; absent where nothing comes near, each target once."""
    found = [(proposal, column.heading) for column in columns for proposal in _proposals(column, codebook, spellings)]
    order = list(Certainty)
    found.sort(key=lambda entry: (order.index(entry[0].certainty), -entry[0].score))
    given: dict[str, Proposal] = {}
    for proposal, heading in found:
        if heading not in given and proposal.target not in {other.target for other in given.values()}:
            given[heading] = proposal
    return given


def _proposals(column: UnknownColumn, codebook: Codebook, spellings: Spellings) -> Iterator[Proposal]:
    for role in NAMES:
        yield from _as_role(column, role, spellings)
    if column.answers:
        for question in codebook.questions:
            yield from _as_question(column, question)


def _as_question(column: UnknownColumn, question: Question) -> Iterator[Proposal]:
    heading, fit = normalise_heading(column.heading), _fit(column, question)
    texts = [normalise_heading(text) for text in (question.text, *question.headings)]
    score, best = max((round(fuzz.token_sort_ratio(heading, text)), text) for text in texts)
    if score < WORTH_SHOWING or not fit:
        return
    same_turn = set(_TELLING.findall(heading)) == set(_TELLING.findall(best))
    if score >= SAME and fit == 1 and same_turn:
        certainty = Certainty.SURE
    elif score >= ALIKE and fit > HALF and same_turn:
        certainty = Certainty.LIKELY
    else:
        certainty = Certainty.UNSURE
    yield Proposal(question.id, certainty, score)


def _fit(column: UnknownColumn, question: Question) -> float:
    """Give the share (0-1) of the answers found that the question has too, as a label or as a code."""
    labels = {fold(answer.label) for answer in question.answers}
    codes = {str(code) for code in (*(item.code for item in question.answers), *question.missing)}
    known = labels | codes | {str(code) for code in question.not_applicable}
    return sum(fold(text) in known for text, _ in column.answers) / len(column.answers)


def _as_role(column: UnknownColumn, role: Role, spellings: Spellings) -> Iterator[Proposal]:
    scores = {other: _likeness(column, other) for other in NAMES}
    score = scores[role]
    readable = role not in READ_BY_SPELLING or _is_read(column, role, spellings)
    is_named = any(found >= SAME for other, found in scores.items() if other is not role)  # "niveau", with M and V
    numbers = all(text.strip().isdigit() for text, _ in column.answers)
    telling = role in READ_BY_SPELLING and not numbers and not is_named
    target = f"role:{role.value}"
    if score >= SAME and readable:
        yield Proposal(target, Certainty.SURE, score)
    elif telling and _is_read(column, role, spellings):
        yield Proposal(target, Certainty.LIKELY, max(score, WORTH_SHOWING))
    elif score >= ALIKE:
        yield Proposal(target, Certainty.UNSURE, score)


def _likeness(column: UnknownColumn, role: Role) -> int:
    heading = normalise_heading(column.heading)
    return max(round(fuzz.token_sort_ratio(heading, name)) for name in NAMES[role])


def _is_read(column: UnknownColumn, role: Role, spellings: Spellings) -> bool:
    return bool(column.answers) and not unread(role, [text for text, _ in column.answers], spellings)
