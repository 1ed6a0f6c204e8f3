"""A codebook of one's own, drafted from a file: its closed questions, and what a person decided about each."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from wellbeing.model.imports import UnknownColumn
from wellbeing.model.reference import (
    Answer,
    Codebook,
    Direction,
    Indicator,
    Owned,
    Question,
    RespondentField,
    Sensitivity,
    ShareRule,
    Theme,
)
from wellbeing.reference.codebooks import RESERVED, codebook_problems
from wellbeing.reference.meaning import fold
from wellbeing.reference.schema import SEPARATOR, ReferenceDataError

REVIEW_AFTER = 365  # days
LONGEST_NAME = 40
SOURCE = "Zelf gemaakt van een bestand"
_BETWEEN_CODES = re.compile(r"[,;\n]\s*(?=-?\d+\s*=)")
_CODED = re.compile(r"(-?\d{1,4})(?:\s*[=.):]\s*(.*\S))?")


@dataclass(frozen=True, slots=True)
class DraftHead:
    """What a questionnaire is: its name and year ("2025-2026"), and who answers for the codebook from which day on."""

    instrument: str
    year: str
    owner: str
    on: dt.date
    anonymous: bool


@dataclass(frozen=True, slots=True)
class QuestionChoice:
    """What a person decided about one question.

    ``counting`` are the answers with which a pupil has it, ``missing`` those that do not count at
    all ("weet ik niet", "9"); both as they stand in the file. ``theme`` is the name of a chapter,
    ``label`` says the subject as "Vindt school leuk". ``sentence`` may hold ``{leerlingen}``; without
    it the label is put behind "1 op de 3 leerlingen". ``labels`` say of answers that are only a code
    what they mean, ``wording`` how the question was asked where the heading does not tell.
    """

    counting: tuple[str, ...]
    missing: tuple[str, ...]
    higher_is: Direction
    theme: str
    label: str
    sentence: str = ""
    sensitivity: Sensitivity = Sensitivity.NORMAL
    catalogue_themes: tuple[str, ...] = ()
    labels: Mapping[str, str] = field(default_factory=dict)
    wording: str = ""


Chosen = tuple[UnknownColumn, QuestionChoice]


def draft_codebook(head: DraftHead, fields: Iterable[RespondentField], chosen: Sequence[Chosen]) -> Codebook:
    """Give the codebook of a questionnaire; every subject is the share that gave certain answers to one question.

    ``fields`` are the columns about the pupil that the file has.

    Raises:
        ReferenceDataError: with a Dutch sentence per thing that is still missing or contradicts itself.
    """
    problems = [*_head_problems(head), *(text for column, choice in chosen for text in _problems(column, choice))]
    if not chosen:
        problems.append("Kies minstens één vraag.")
    if problems:
        raise ReferenceDataError(problems)
    ident = _named(f"{head.instrument} {head.year}", ())
    themes = _names(choice.theme.strip() for _, choice in chosen)
    names = _names((_heading(column) for column, _ in chosen), RESERVED)
    questions = [_question(names[_heading(column)], column, choice) for column, choice in chosen]
    draft = Codebook(
        id=ident,
        title=f"{head.instrument.strip()} {head.year}",
        instrument=head.instrument.strip(),
        edition=head.year,
        anonymous=head.anonymous,
        is_example=False,
        notice="",
        owned=Owned(SOURCE, head.owner, head.on, head.on + dt.timedelta(days=REVIEW_AFTER)),
        themes=tuple(Theme(name, label) for label, name in themes.items()),
        fields=tuple(fields),
        questions=tuple(questions),
        indicators=tuple(_indicators(head, ident, themes, list(zip(questions, chosen, strict=True)))),
    )
    problems = list(codebook_problems(draft))
    if problems:
        raise ReferenceDataError(problems)
    return draft


def code_labels(text: str, codes: Collection[str]) -> dict[str, str]:
    """Read what the codes of a question mean, as people write it; a code that the question does not have is left out.

    >>> code_labels("1 = nooit, 2 = soms, of vaker; 9=weet niet", ["1", "2", "3"])
    {'1': 'nooit', '2': 'soms, of vaker'}
    """
    parts = (part.partition("=") for part in _BETWEEN_CODES.split(text))
    found = {code.strip(): label.strip() for code, _, label in parts}
    return {code: found[code] for code in codes if found.get(code)}


def is_only_codes(column: UnknownColumn) -> bool:
    """Whether the answers of a question are codes without a word."""
    return _is_coded(column) and all(text.strip().lstrip("-").isdecimal() for text, _ in column.answers)


# --------------------------------------------------------------------------- what is still missing


def _head_problems(head: DraftHead) -> Iterable[str]:
    if not _letters(head.instrument):
        yield "Geef de vragenlijst een naam."
    if not re.match(r"\d{4}", head.year):
        yield "Geef het jaar van de vragenlijst, bijvoorbeeld 2025-2026."
    if not head.owner.strip():
        yield "Vul in wie dit codeboek bijhoudt."


def _problems(column: UnknownColumn, choice: QuestionChoice) -> Iterable[str]:
    """Say of a question what must be done, in one sentence."""
    if not _letters(_heading(column)):
        yield "Een van de vragen heeft geen kolomkop met letters; geef die kolom eerst een naam."
    if found := [*_form_problems(column, choice), *_answer_problems(column, choice)]:
        yield f"Bij de vraag '{_heading(column)}': {'; '.join(found)}."


def _form_problems(column: UnknownColumn, choice: QuestionChoice) -> Iterable[str]:
    if any(SEPARATOR in text for text in (column.heading, *(answer for answer, _ in column.answers))):
        yield f"haal in het bestand het teken {SEPARATOR} uit de kolomkop en de antwoorden, en begin opnieuw"
    if any(SEPARATOR in text for text in choice.labels.values()):
        yield f"gebruik het teken {SEPARATOR} niet in wat de codes betekenen"
    if not _letters(choice.label):
        yield "schrijf op wat het onderwerp is, bijvoorbeeld 'Vindt school leuk'"
    if not _letters(choice.theme):
        yield "kies een thema"


def _answer_problems(column: UnknownColumn, choice: QuestionChoice) -> Iterable[str]:
    answers = {text for text, _ in column.answers}
    if not choice.counting:
        yield "kies minstens één antwoord dat meetelt"
    if not answers - set(choice.counting) - set(choice.missing):
        yield "elk antwoord telt mee of ontbreekt; dan is het cijfer altijd 100%"
    yield from (f"het antwoord '{text}' staat niet in het bestand" for text in _strangers(answers, choice))
    both = set(choice.counting) & set(choice.missing)
    yield from (f"het antwoord '{text}' kan niet meetellen en ontbreken" for text in sorted(both))


def _strangers(answers: Collection[str], choice: QuestionChoice) -> list[str]:
    return [text for text in (*choice.counting, *choice.missing) if text not in answers]


# --------------------------------------------------------------------------- the parts


def _question(name: str, column: UnknownColumn, choice: QuestionChoice) -> Question:
    """Make the question. A missing answer that is a code is one of its missing codes; a text stays an answer."""
    codes = _codes(column)
    coded = _is_coded(column)
    missing = tuple(codes[text][0] for text in choice.missing) if coded else ()
    return Question(
        id=name,
        headings=(_heading(column),),
        text=_plain(choice.wording) or _heading(column),
        answers=tuple(
            Answer(code, _plain(choice.labels.get(text, "")) or label)
            for text, (code, label) in codes.items()
            if code not in missing
        ),
        missing=missing,
    )


def _indicators(
    head: DraftHead, ident: str, themes: Mapping[str, str], made: Sequence[tuple[Question, Chosen]]
) -> Iterable[Indicator]:
    taken = list(RESERVED)
    for question, (column, choice) in made:
        codes = {text: code for text, (code, _) in _codes(column).items()}
        taken.append(_named(choice.label, taken))
        yield Indicator(
            id=taken[-1],
            theme=themes[choice.theme.strip()],
            label=choice.label.strip(),
            sentence=choice.sentence.strip() or _sentence(choice.label),
            rules=(
                ShareRule(
                    kind="share",
                    question=question.id,
                    cases=tuple(codes[text] for text in choice.counting),
                    left_out=tuple(codes[text] for text in choice.missing if codes[text] not in question.missing),
                ),
            ),
            higher_is=choice.higher_is,
            version=ident,
            source=SOURCE,
            owner=head.owner,
            reviewed_on=head.on,
            next_review=head.on + dt.timedelta(days=REVIEW_AFTER),
            catalogue_themes=choice.catalogue_themes,
            sensitivity=choice.sensitivity,
        )


def _codes(column: UnknownColumn) -> dict[str, tuple[int, str]]:
    """Give code and label of every answer: those of the file where it has codes, else numbered in its order."""
    texts = [text for text, _ in column.answers]
    if not _is_coded(column):
        return {text: (number, _plain(text)) for number, text in enumerate(texts, start=1)}
    found = {text: match for text in texts if (match := _CODED.fullmatch(text.strip()))}
    order = sorted(found, key=lambda text: int(found[text][1]))
    return {text: (int(found[text][1]), found[text][2] or found[text][1]) for text in order}


def _is_coded(column: UnknownColumn) -> bool:
    matches = [_CODED.fullmatch(text.strip()) for text, _ in column.answers]
    return None not in matches and len({match[1] for match in matches if match}) == len(matches)


def _sentence(label: str) -> str:
    """Make "{leerlingen} vindt school leuk." of "Vindt school leuk"."""
    text = label.strip().rstrip(".")
    return f"{{leerlingen}} {text[:1].lower()}{text[1:]}."


def _heading(column: UnknownColumn) -> str:
    return _plain(column.heading)


def _plain(text: str) -> str:
    """Give a text on one line, as a cell can hold it; in a file it is found however it is spaced there."""
    return " ".join(text.split())


# --------------------------------------------------------------------------- names


def _names(texts: Iterable[str], taken: Collection[str] = ()) -> dict[str, str]:
    """Give each text a name of its own, that is not taken either."""
    names: dict[str, str] = {}
    for text in texts:
        if text not in names:
            names[text] = _named(text, {*names.values(), *taken})
    return names


def _named(text: str, taken: Iterable[str]) -> str:
    """Make a name of letters, digits and _ that is not taken.

    >>> _named("Hoe vaak rook je (ook vapes)?", []), _named("Één", ["een"])
    ('hoe_vaak_rook_je_ook_vapes', 'een_2')
    """
    base = _letters(text)[:LONGEST_NAME].rstrip("_")
    base = base if base[:1].isalpha() else f"v_{base}"
    names, number, name = set(taken), 1, base
    while name in names:
        number += 1
        name = f"{base}_{number}"
    return name


def _letters(text: str) -> str:
    plain = unicodedata.normalize("NFKD", fold(text)).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "_", plain).strip("_")
