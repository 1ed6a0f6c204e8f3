"""How the answers to a question are distributed, as far as that may be shown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from wellbeing.estimation.protection import rounding_bounds
from wellbeing.model.reference import Codebook, Indicator, IndicatorId, Limits, Policy, Question, Sensitivity, ShareRule
from wellbeing.model.results import (
    AnswerCounts,
    AnswerShare,
    Measurement,
    PublishedAnswers,
    PublishedMeasurement,
    Reason,
    Suppressed,
    whole_percentage,
)

Answer = tuple[int, str, int]


def distribute(measurement: Measurement, codebook: Codebook, policy: Policy) -> tuple[PublishedAnswers, ...]:
    """Give the distribution of answers of the school as a whole, for each question behind an indicator.

    An answer of too few pupils is joined to its neighbour, but never across the border between
    "has it" and "has it not" of an indicator: that indicator is shown elsewhere, and the difference
    would tell the small number. Where a side of such a border is too small, where pupils skipped
    the question by route, or where the subject is not for schools, the distribution is not shown.
    """
    questions = {question.id: question for question in codebook.questions}
    return tuple(
        _published(counts, questions[counts.question], _indicators(counts.question, codebook), policy)
        for counts in measurement.answers
        if _indicators(counts.question, codebook)
    )


def told_by_answers(
    published: Sequence[PublishedAnswers], measurement: Measurement, codebook: Codebook
) -> dict[IndicatorId, tuple[int, int]]:
    """Give what shown distributions tell about the cases of indicators: at least and at most so many.

    For ``stages.protect``: the share of an indicator is the sum of the shares of its answers.
    """
    told: dict[IndicatorId, tuple[int, int]] = {}
    counts = {item.question: item.answers for item in measurement.answers}
    for item in published:
        if isinstance(item.shares, Suppressed):
            continue
        codes = {label: code for code, label, _ in counts[item.question]}
        numbers = {label: number for _, label, number in counts[item.question]}
        for indicator, cases in _cases(item.question, codebook):
            told[IndicatorId(indicator.id)] = _told(item.shares, codes, numbers, cases)
    return told


def beside_shown(
    answers: Sequence[PublishedAnswers], published: PublishedMeasurement, codebook: Codebook
) -> tuple[PublishedAnswers, ...]:
    """Keep the distributions of questions of which every subject is shown for the school as a whole.

    A subject may be hidden because of another one; its answers would tell it all the same.
    """
    hidden = {str(ident) for ident, figure in published.total.figures.items() if isinstance(figure, Suppressed)}
    return tuple(
        replace(item, total=None, shares=Suppressed(Reason.NOT_SHOWN))
        if not isinstance(item.shares, Suppressed)
        and any(indicator.id in hidden for indicator in _indicators(item.question, codebook))
        else item
        for item in answers
    )


def _told(
    shares: Sequence[AnswerShare], codes: Mapping[str, int], numbers: Mapping[str, int], cases: Sequence[int]
) -> tuple[int, int]:
    total = sum(numbers.values())
    inside, outside = [(0, 0)], [(0, 0)]
    for share in shares:
        number = sum(numbers[label] for label in share.labels)
        (inside if codes[share.labels[0]] in cases else outside).append(rounding_bounds(number, total))
    low, high = (sum(bounds[at] for bounds in inside) for at in (0, 1))
    other_low, other_high = (sum(bounds[at] for bounds in outside) for at in (0, 1))
    return max(low, total - other_high), min(high, total - other_low)


def _cases(question: str, codebook: Codebook) -> Iterator[tuple[Indicator, tuple[int, ...]]]:
    for indicator in _indicators(question, codebook):
        for rule in indicator.rules:
            if isinstance(rule, ShareRule) and rule.question == question:
                yield indicator, rule.cases


def _indicators(question: str, codebook: Codebook) -> list[Indicator]:
    return [
        indicator
        for indicator in codebook.indicators
        if any(isinstance(rule, ShareRule) and rule.question == question for rule in indicator.rules)
    ]


def _published(
    counts: AnswerCounts, question: Question, indicators: Sequence[Indicator], policy: Policy
) -> PublishedAnswers:
    shares = _shares(counts, question, indicators, policy)
    total = None if isinstance(shares, Suppressed) else sum(number for _, _, number in counts.answers)
    return PublishedAnswers(counts.question, counts.text, indicators[0].theme, total, shares)


def _shares(
    counts: AnswerCounts, question: Question, indicators: Sequence[Indicator], policy: Policy
) -> tuple[AnswerShare, ...] | Suppressed:
    sensitivities = {indicator.sensitivity for indicator in indicators}
    if Sensitivity.REGION_ONLY in sensitivities:
        return Suppressed(Reason.SENSITIVE)
    limits = policy.stricter_limits if Sensitivity.STRICTER in sensitivities else policy.limits
    total = sum(number for _, _, number in counts.answers)
    if total < limits.pupils:
        return Suppressed(Reason.TOO_FEW_PUPILS)
    borders = [
        rule.cases
        for indicator in indicators
        for rule in indicator.rules
        if isinstance(rule, ShareRule) and rule.question == counts.question
    ]
    joined = list(_joined(counts.answers, borders, limits))
    if question.not_applicable or len(joined) < 2 or any(_number(answers) < limits.cases for answers in joined):
        return Suppressed(Reason.NOT_SHOWN)
    return tuple(
        AnswerShare(tuple(label for _, label, _ in answers), whole_percentage(_number(answers), total))
        for answers in joined
    )


def _joined(answers: Sequence[Answer], borders: Sequence[tuple[int, ...]], limits: Limits) -> Iterator[list[Answer]]:
    """Join small answers to a neighbour on the same side of every border."""
    for _, side in groupby(answers, key=lambda answer: _sides(answer[0], borders)):
        groups: list[list[Answer]] = []
        for answer in side:
            if groups and (_number(groups[-1]) < limits.cases or answer[2] < limits.cases):
                groups[-1].append(answer)
            else:
                groups.append([answer])
        if len(groups) > 1 and _number(groups[-1]) < limits.cases:
            last = groups.pop()
            groups[-1] += last
        yield from groups


def _sides(code: int, borders: Sequence[tuple[int, ...]]) -> tuple[bool, ...]:
    """Tell for each indicator of this question whether the answer makes a pupil a case."""
    return tuple(code in cases for cases in borders)


def _number(answers: Sequence[Answer]) -> int:
    return sum(number for _, _, number in answers)
