"""Editions of one questionnaire: which year they are of, and which subjects changed between two of them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from wellbeing.model.reference import Codebook, CountRule, Indicator, Question, ScaleRule, ShareRule
from wellbeing.reference.codebooks import rule_questions

Present = Collection[str]


def edition_year(codebook: Codebook) -> str:
    """Give the year of an edition ("2023"), or nothing where its name is no year."""
    return codebook.edition if len(codebook.edition) == 4 and codebook.edition.isdigit() else ""


def edition_of(year: str, codebook: Codebook, codebooks: Iterable[Codebook]) -> Codebook | None:
    """Give the other edition of this questionnaire that a year belongs to, if there is one.

    ``year`` is as an export writes it ("2023", "2023-2024"): its first four digits count.
    """
    if not edition_year(codebook) or year[:4] == edition_year(codebook):
        return None
    sisters = [other for other in codebooks if other.instrument == codebook.instrument]
    return next((other for other in sisters if edition_year(other) == year[:4]), None)


def changed_subjects(codebook: Codebook, present: Present, other: Codebook, present_there: Present) -> frozenset[str]:
    """Give the subjects that one export does not tell alike for two editions.

    That is: the other edition does not have the subject, names another version of its question, or
    would read it from other columns or codes. ``present`` are the questions of ``codebook`` in the
    export, ``present_there`` those of ``other``.
    """
    questions = {question.id: question for question in codebook.questions}
    there = {question.id: question for question in other.questions}
    subjects = {indicator.id: indicator for indicator in other.indicators}

    def is_same(indicator: Indicator) -> bool:
        twin, rule = subjects.get(indicator.id), _rule_used(indicator, present)
        if twin is None or rule is None or twin.version != indicator.version:
            return False
        return rule == _rule_used(twin, present_there) and _same_codes(rule, questions, there)

    return frozenset(indicator.id for indicator in codebook.indicators if not is_same(indicator))


def readable_subjects(codebook: Codebook, present: Present) -> frozenset[str]:
    """Give the subjects of a codebook that an export with these questions can tell."""
    return frozenset(item.id for item in codebook.indicators if _rule_used(item, present) is not None)


def _rule_used(indicator: Indicator, present: Present) -> ShareRule | CountRule | ScaleRule | None:
    return next((rule for rule in indicator.rules if set(present).issuperset(rule_questions(rule))), None)


def _same_codes(
    rule: ShareRule | CountRule | ScaleRule, one: Mapping[str, Question], other: Mapping[str, Question]
) -> bool:
    return all(_codes(one[name]) == _codes(other[name]) for name in rule_questions(rule))


def _codes(question: Question) -> tuple[frozenset[int], frozenset[int]]:
    """Give the codes of answers and of missing; a code for pupils who were not asked may come and go."""
    answers = {answer.code for answer in question.answers} - set(question.not_applicable)
    return frozenset(answers), frozenset(question.missing)
