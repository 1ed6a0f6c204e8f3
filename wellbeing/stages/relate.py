"""Which subjects of a codebook come from the same questions, so that one can be taken from another.

Nobody lists them by hand: they follow from the rules. Every way in which the questions behind a few
subjects can be answered is laid out; a sum or difference of the subjects that counts each way once or
not at all is a group of answers ("vapes, but does not smoke"), and ``stages.protect`` guards it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import product
from operator import add

import numpy as np
from numpy.typing import NDArray

from wellbeing.estimation.families import Combination
from wellbeing.model.reference import Codebook, CountRule, Indicator, Question, ScaleRule, ShareRule

LARGEST = 5  # subjects in one sum: enough for a question of which each of five answers is a subject

AnyRule = ShareRule | CountRule | ScaleRule
Questions = Mapping[str, Question]
Ways = NDArray[np.int64]
"""Ways to answer x rules: 1 where the rule says that the pupil has it."""


@lru_cache(maxsize=16)
def relate(codebook: Codebook) -> tuple[Combination, ...]:
    """Give every sum or difference of subjects that is a group of answers, or that is always nobody.

    All rules of a subject are looked at, also those that this export does not need: they say the
    same thing in other questions. In a sum the subject made of most questions is the least
    important; of equals the one that stands last in the codebook.
    """
    questions = {question.id: question for question in codebook.questions}
    order = {item.id: (_widest(item), at) for at, item in enumerate(codebook.indicators)}
    rules = [(item.id, rule) for item in codebook.indicators for rule in item.rules]
    found: dict[Combination, None] = {}
    for chosen in _linked(rules):
        names = [name for name, _ in chosen]
        ways = _ways([rule for _, rule in chosen], questions)
        if len(set(names)) == len(names):
            for signs, wholes, empty in _sums(ways):
                parts = sorted(zip(names, signs, strict=True), key=lambda part: order[part[0]])
                found[Combination(tuple(parts), wholes, empty)] = None
    return tuple(found)


def _widest(indicator: Indicator) -> int:
    return max(len(_asked(rule)) for rule in indicator.rules)


def _asked(rule: AnyRule) -> tuple[str, ...]:
    """Give what a rule goes by: its questions, or the one score of its scale."""
    match rule:
        case ShareRule():
            return (rule.question,)
        case CountRule():
            return rule.questions
        case ScaleRule():
            items = (tuple(sorted(rule.questions)), tuple(sorted(rule.reversed_questions)))
            return (f"scale {items} {rule.first_code} {rule.highest}",)


def _linked(rules: Sequence[tuple[str, AnyRule]]) -> Iterator[list[tuple[str, AnyRule]]]:
    """Give every few rules that hang together by their questions."""
    asked = [set(_asked(rule)) for _, rule in rules]
    smaller = {frozenset([at]) for at in range(len(rules))}
    for _ in range(LARGEST - 1):
        smaller = {
            chosen | {at}
            for chosen in smaller
            for at in range(len(rules))
            if at not in chosen and any(asked[at] & asked[other] for other in chosen)
        }
        for chosen in sorted(map(sorted, smaller)):
            yield [rules[at] for at in chosen]


# --------------------------------------------------------------------------- every way to answer


def _ways(rules: Sequence[AnyRule], questions: Questions) -> Ways:
    """Lay out the ways to answer, question by question; a hit more than a rule needs makes no other way."""
    scales = [rule for rule in rules if isinstance(rule, ScaleRule)]
    if scales:
        return _scores(scales)
    counts = [rule for rule in rules if not isinstance(rule, ScaleRule)]
    needed = tuple(rule.at_least if isinstance(rule, CountRule) else 1 for rule in counts)
    ways = {(0,) * len(counts)}
    for kinds in _kinds(counts, questions).values():
        ways = {tuple(map(min, map(add, way, hits), needed)) for way in ways for hits in kinds}
    return (np.array(sorted(ways)) >= np.array(needed)).astype(int)


def _kinds(rules: Sequence[ShareRule | CountRule], questions: Questions) -> dict[str, tuple[tuple[int, ...], ...]]:
    """Give per question the answers that differ for these rules: for each rule, whether the answer is a hit."""
    found = {}
    for name in sorted({name for rule in rules for name in _asked(rule)}):
        question = questions[name]
        codes = [*(answer.code for answer in question.answers), *question.not_applicable]
        asking = [rule for rule in rules if name in _asked(rule)]
        kept = [code for code in codes if not all(code in _out(rule, question) for rule in asking)]
        found[name] = tuple(sorted({tuple(int(_is_hit(rule, question, code)) for rule in rules) for code in kept}))
    return found


def _is_hit(rule: ShareRule | CountRule, question: Question, code: int) -> bool:
    return question.id in _asked(rule) and code in rule.cases and code not in _out(rule, question)


def _out(rule: ShareRule | CountRule, question: Question) -> tuple[int, ...]:
    """Give the answers with which a pupil does not count for this rule."""
    left_out = rule.left_out if isinstance(rule, ShareRule) else ()
    return left_out + (question.not_applicable if rule.not_applicable == "ontbreekt" else ())


def _scores(rules: Sequence[ScaleRule]) -> Ways:
    """Lay out the stretches of one scale between the cut-offs."""
    cuts = [_cut(rule) for rule in rules]
    places = sorted(set(cuts))
    rows = [[int((cut > place) is low) for cut, low in zip(cuts, map(_is_low, rules), strict=True)] for place in places]
    below = [int(_is_low(rule)) for rule in rules]
    return np.array([below, *rows])


def _is_low(rule: ScaleRule) -> bool:
    return rule.at_most is not None or rule.below is not None


def _cut(rule: ScaleRule) -> tuple[float, bool]:
    """Give where a scale is cut, as a mean item value, and whether the value itself lies below the cut."""
    (limit,) = (cut for cut in (rule.at_most, rule.below, rule.at_least, rule.above) if cut is not None)
    items = 1 if rule.scale == "mean" else len(rule.questions) * rule.multiply
    return round(limit / items, 9), rule.at_most is not None or rule.above is not None


# --------------------------------------------------------------------------- sums


def _sums(ways: Ways) -> Iterator[tuple[tuple[int, ...], int, bool]]:
    """Give the signs with which every way to answer counts once or not at all, with how often all are added."""
    for others in product((1, -1), repeat=ways.shape[1] - 1):
        signs = np.array((1, *others))
        low, high = int((ways @ signs).min()), int((ways @ signs).max())
        if high - low > 1:
            continue
        # A group and all others say the same; the one that needs no total is exact, whoever skipped a question.
        turned = abs(high) < abs(low)
        yield tuple((-signs if turned else signs).tolist()), high if turned else -low, high == low
