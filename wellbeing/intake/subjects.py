"""Which subject of a codebook a row of a table of figures is about: proposed with its certainty, never guessed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace

from rapidfuzz import fuzz

from wellbeing.intake.headers import normalise_heading
from wellbeing.model.reference import Codebook, Indicator, IndicatorId, ShareRule
from wellbeing.model.stated import StatedTable, SubjectMatch

SURE = 94
APART = 3
WORTH_SHOWING = 50
MOST = 5

_BRACKETS = re.compile(r"[()\[\]%\"']")
_FILLER = re.compile(
    r"\b(?:percentage|aandeel|leerlingen|leerling|jongeren|dat|die|de|het|een|in|is|heeft|voelt|zich)\b"
)
_TELLING = re.compile(
    r"\d+|\b(?:niet|geen|nooit|ooit|wel eens|dagelijks|elke dag|wekelijks|elke week|maandelijks|maand|jaar|week|weken"
    r"|online|school|thuis|of|en|zeer|heel|vaak|soms|goed|slecht|on\w+lig)\b"
)


def closest_subjects(subject: str, codebook: Codebook) -> tuple[SubjectMatch, ...]:
    """Give the subjects that look most like these words, best first, each with a certainty (0-100).

    The first is sure only where its words are nearly the same, the words that change a meaning ("niet",
    "online", "4 weken") are exactly the same, and no other subject comes near.
    """
    wanted = _plain(subject)
    scores = {IndicatorId(item.id): _score(wanted, item, codebook) for item in codebook.indicators}
    best = sorted(scores.items(), key=lambda entry: (-entry[1], entry[0]))[:MOST]
    found = [SubjectMatch(ident, score, sure=False) for ident, score in best if score >= WORTH_SHOWING]
    if not found:
        return ()
    first = found[0]
    clear = len(found) == 1 or first.certainty - found[1].certainty >= APART
    sure = clear and first.certainty >= SURE
    return (replace(first, sure=sure), *found[1:])


def match_subjects(table: StatedTable, codebook: Codebook) -> tuple[tuple[SubjectMatch, ...], ...]:
    """Give for each row of a table the subjects it may be about; two rows are never sure of the same one."""
    found = [closest_subjects(row.subject, codebook) for row in table.rows]
    claims = Counter(matches[0].indicator for matches in found if matches and matches[0].sure)
    return tuple(_contested(matches, claims) for matches in found)


def best_codebooks(table: StatedTable, codebooks: Iterable[Codebook]) -> tuple[str, ...]:
    """Give the ids of the codebooks, the one first that knows most of the subjects for sure."""
    known = {
        codebook.id: sum(bool(matches) and matches[0].sure for matches in match_subjects(table, codebook))
        for codebook in codebooks
    }
    return tuple(sorted(known, key=lambda name: (-known[name], name)))


def _contested(matches: tuple[SubjectMatch, ...], claims: Mapping[IndicatorId, int]) -> tuple[SubjectMatch, ...]:
    if not matches or not matches[0].sure or claims[matches[0].indicator] == 1:
        return matches
    return (replace(matches[0], sure=False), *matches[1:])


def _score(wanted: str, indicator: Indicator, codebook: Codebook) -> int:
    """Give how much a subject looks like these words; what only asks, or tells another thing, is never sure."""
    score = 0.0
    for name in (indicator.label, indicator.sentence.replace("{leerlingen}", "")):
        text = _plain(name)
        most = 100 if _telling(text) == _telling(wanted) else SURE - 1
        score = max(score, min(most, fuzz.token_sort_ratio(wanted, text)))
    for name in _questions(indicator, codebook):  # a question does not say which of its answers count
        score = max(score, min(SURE - 1, fuzz.token_sort_ratio(wanted, _plain(name))))
    return round(score)


def _questions(indicator: Indicator, codebook: Codebook) -> list[str]:
    asked = {rule.question for rule in indicator.rules if isinstance(rule, ShareRule)}
    return [question.text for question in codebook.questions if question.id in asked]


def _plain(text: str) -> str:
    plain = _BRACKETS.sub("", normalise_heading(text))
    return " ".join(_FILLER.sub(" ", plain).split())


def _telling(text: str) -> frozenset[str]:
    return frozenset(_TELLING.findall(text))
