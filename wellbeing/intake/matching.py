"""Which column is which question or respondent field: found exactly, or told by the user, never guessed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from rapidfuzz import fuzz

from wellbeing.intake.coarser import MONTH
from wellbeing.intake.headers import find_known, normalise_heading
from wellbeing.model.imports import Ambiguity, Doubt, Problem, Severity, question_id
from wellbeing.model.reference import Codebook, Question, RespondentField, Role
from wellbeing.model.survey import Column, Headed, Links
from wellbeing.reference.codebooks import rule_questions

__all__ = [
    "closest_question",
    "fitting_codebooks",
    "known_headings",
    "link_columns",
    "link_problems",
    "normalise_heading",
]

FEW_QUESTIONS = 3
CLOSE_ENOUGH = 60
ROLE = "role:"
NOT_USED = ""
NO_SUCH_LINK = "De koppeling van deze kolom bestaat niet in dit codeboek. Kies een andere vraag of een ander gegeven."
NEITHER = "geen"
NOBODY: Mapping[str, str] = MappingProxyType({})

Target = Question | RespondentField


class _Choice(NamedTuple):
    """What one column is, and whether the user said so."""

    target: Target
    by_hand: bool


def known_headings(codebooks: Iterable[Codebook]) -> frozenset[str]:
    """Give every heading that one of the codebooks knows, normalised."""
    return frozenset(heading for codebook in codebooks for heading in _targets(codebook))


def link_columns(
    table: Headed,
    codebook: Codebook,
    by_hand: Mapping[str, str] = NOBODY,
    replies: Mapping[str, str] = NOBODY,
) -> Links:
    """Link columns to questions and respondent fields, by their heading or their SPSS label.

    ``by_hand`` says of a heading which question id it is, "role:" and a role, or (empty text) that
    the column must not be used; such a link goes before one found by heading. Where two columns
    claim the same, neither is linked until the user replies which one counts: see ``link_problems``.
    """
    choices = _settled(table, _choices(table, codebook, by_hand), replies)
    doubtful = {position for group in _conflicts(choices) for position in group}
    sure = {position: choice for position, choice in choices.items() if position not in doubtful}
    return Links(
        questions={at: choice.target.id for at, choice in sure.items() if isinstance(choice.target, Question)},
        fields={at: choice.target for at, choice in sure.items() if isinstance(choice.target, RespondentField)},
        by_hand=frozenset(at for at, choice in sure.items() if choice.by_hand),
    )


def link_problems(
    table: Headed,
    codebook: Codebook,
    by_hand: Mapping[str, str] = NOBODY,
    replies: Mapping[str, str] = NOBODY,
) -> tuple[Problem, ...]:
    """Say which columns claim the same question or field, and which links by hand point nowhere."""
    choices = _settled(table, _choices(table, codebook, by_hand), replies)
    doubles = [
        _conflict_problem([table.columns[position] for position in group], choices[group[0]].target)
        for group in _conflicts(choices)
    ]
    nowhere = [
        Problem(Severity.STOP, NO_SUCH_LINK, heading=heading)
        for heading, target in by_hand.items()
        if target != NOT_USED and _chosen_target(codebook, heading, target) is None
    ]
    return (*doubles, *nowhere)


def fitting_codebooks(table: Headed, codebooks: Iterable[Codebook]) -> list[tuple[Codebook, int]]:
    """Give the codebooks that fit an export with the number of their questions in it, best first.

    A codebook fits when at least a few questions are found and they give at least one indicator.
    """
    fitting = []
    for codebook in codebooks:
        found = {
            choice.target.id for choice in _choices(table, codebook, {}).values() if isinstance(choice.target, Question)
        }
        enough = len(found) >= min(FEW_QUESTIONS, len(codebook.questions))
        if enough and any(_is_possible(found, codebook)):
            fitting.append((codebook, len(found)))
    return sorted(fitting, key=lambda entry: (-entry[1], entry[0].id))


def closest_question(heading: str, codebook: Codebook) -> tuple[str, int] | None:
    """Give the question whose text or heading looks most like this one, with a score (0-100).

    Only to suggest it to a person: nothing is ever linked by likeness.
    """
    wanted = normalise_heading(heading)
    best: tuple[str, int] | None = None
    for question in codebook.questions:
        texts = (question.text, *question.headings)
        score = max(round(fuzz.token_sort_ratio(wanted, normalise_heading(text))) for text in texts)
        if score >= CLOSE_ENOUGH and (best is None or score > best[1]):
            best = (question.id, score)
    return best


# --------------------------------------------------------------------------- choosing


def _targets(codebook: Codebook) -> dict[str, Target]:
    """Give per normalised heading what it is; a respondent field goes before a question."""
    targets: dict[str, Target] = {}
    everything: tuple[Target, ...] = (*codebook.fields, *codebook.questions)
    for target in everything:
        for heading in target.headings:
            targets.setdefault(normalise_heading(heading), target)
    return targets


def _choices(table: Headed, codebook: Codebook, by_hand: Mapping[str, str]) -> dict[int, _Choice]:
    """Give per column position what it is; automatic finds give way to the user's choice."""
    targets = _targets(codebook)
    told = {normalise_heading(heading): target for heading, target in by_hand.items()}
    chosen: dict[int, _Choice] = {}
    found: dict[int, _Choice] = {}
    for position, column in enumerate(table.columns):
        name = normalise_heading(column.heading)
        if name in told:
            target = _chosen_target(codebook, column.heading, told[name])
            if target is not None:
                chosen[position] = _Choice(target, True)
        elif (target := _found_target(column, targets)) is not None:
            found[position] = _Choice(target, False)
    taken = {_claim(choice) for choice in chosen.values()}
    free = {at: choice for at, choice in found.items() if _claim(choice) not in taken and _role(choice) not in taken}
    return dict(sorted((_year_of_filling_in(table, told, chosen | free) | chosen | free).items()))


def _year_of_filling_in(table: Headed, told: Mapping[str, str], choices: Mapping[int, _Choice]) -> dict[int, _Choice]:
    """Give, where no column has the school year, the month in which pupils filled in the questionnaire."""
    if any(_role(choice) == ROLE + Role.YEAR for choice in choices.values()):
        return {}
    months = [
        (position, column.heading)
        for position, column in enumerate(table.columns)
        if column.heading.endswith(MONTH) and normalise_heading(column.heading) not in told
    ]
    return {at: _Choice(RespondentField(Role.YEAR, (heading,)), by_hand=False) for at, heading in months[:1]}


def _chosen_target(codebook: Codebook, heading: str, target: str) -> Target | None:
    if target.startswith(ROLE):
        return _field_by_hand(codebook, heading, target.removeprefix(ROLE))
    return next((question for question in codebook.questions if question.id == target), None)


def _field_by_hand(codebook: Codebook, heading: str, role: str) -> RespondentField | None:
    """Make a field for this column, with the values that the codebook knows for its role."""
    if role not in set(Role):
        return None
    like = next((field for field in codebook.fields if field.role == role), None)
    return RespondentField(
        role=Role(role),
        headings=(heading,),
        values=like.values if like else (),
        missing=like.missing if like else (),
    )


def _found_target(column: Column, targets: Mapping[str, Target]) -> Target | None:
    name = find_known(column.heading, targets) or (column.label and find_known(column.label, targets))
    return targets[name] if name else None


# --------------------------------------------------------------------------- conflicts


def _claim(choice: _Choice) -> str:
    """Give a name for what only one column may be: a question, a field, or by hand a role."""
    if isinstance(choice.target, Question):
        return choice.target.id
    return _role(choice) if choice.by_hand else "|".join((_role(choice), *choice.target.headings))


def _role(choice: _Choice) -> str:
    return ROLE + choice.target.role if isinstance(choice.target, RespondentField) else ""


def _conflicts(choices: Mapping[int, _Choice]) -> list[list[int]]:
    """Give the groups of columns that claim the same."""
    groups: dict[str, list[int]] = defaultdict(list)
    for position, choice in choices.items():
        if choice.by_hand or not _may_be_several(choice.target):
            groups[_claim(choice)].append(position)
    return [group for group in groups.values() if len(group) > 1]


def _settled(table: Headed, choices: dict[int, _Choice], replies: Mapping[str, str]) -> dict[int, _Choice]:
    """Leave of columns that claim the same only the one that the user replied, where there is a reply."""
    left = dict(choices)
    for group in _conflicts(choices):
        columns = [table.columns[position] for position in group]
        reply = replies.get(question_id(Doubt.COLUMN, columns[0].heading, _name(choices[group[0]].target)))
        if reply == NEITHER or reply in {column.letter for column in columns}:
            for position, column in zip(group, columns, strict=True):
                if column.letter != reply:
                    del left[position]
    return left


def _name(target: Target) -> str:
    return target.id if isinstance(target, Question) else target.role.value


def _may_be_several(target: Target) -> bool:
    """Say whether several columns may be this: weights named after their year."""
    return isinstance(target, RespondentField) and any("{jaar}" in heading for heading in target.headings)


def _conflict_problem(columns: Sequence[Column], target: Target) -> Problem:
    named = " en ".join(f"'{column.heading}' ({column.letter})" for column in columns)
    what = f"de vraag '{target.text}'" if isinstance(target, Question) else f"het gegeven '{target.role}'"
    sentence = f"Voor {what} zijn er meer kolommen: {named}. Kies welke telt, of haal er een uit het bestand."
    options = tuple((column.letter, f"Kolom {column.letter}: {column.heading}") for column in columns)
    question = Ambiguity(
        Doubt.COLUMN,
        columns[0].heading,
        f"Welke kolom telt voor {what}?",
        (*options, (NEITHER, "Geen van deze kolommen")),
        rows=0,
        about=_name(target),
    )
    return Problem(Severity.STOP, sentence, heading=columns[0].heading, question=question)


def _is_possible(found: set[str], codebook: Codebook) -> Iterable[bool]:
    for indicator in codebook.indicators:
        yield any(found.issuperset(rule_questions(rule)) for rule in indicator.rules)
