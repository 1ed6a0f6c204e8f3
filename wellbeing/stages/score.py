"""Per pupil and indicator: has it, has it not, or does not count. The denominator is decided here, once.

Every rule is an expression of narwhals, so that the same lines score a table of pandas and one on
another engine.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from functools import reduce
from operator import add
from typing import assert_never

import narwhals as nw

from wellbeing.model.reference import Bouw, Codebook, CountRule, Indicator, Question, Role, ScaleRule, ShareRule
from wellbeing.model.survey import Answers, FrameT, Scores

ROLES = (Role.SCHOOL, Role.YEAR, Role.LEVEL, Role.LEERJAAR, Role.GENDER)
BOUW = "bouw"
LEERJAREN = range(10)
ALMOST = 1e-9  # decimal cut-offs may miss a whole sum by the last bit

AnyRule = ShareRule | CountRule | ScaleRule
Questions = Mapping[str, Question]


def score_indicators(answers: Answers[FrameT], upper_from: Mapping[str, int]) -> Scores[FrameT]:
    """Give the scores of every indicator whose questions are in the export.

    ``upper_from`` is the first leerjaar of the bovenbouw per level (``Policy.upper_from``).
    """
    codebook, frame = answers.codebook, nw.from_native(answers.frame)
    present = frame.collect_schema().names()
    questions = {question.id: question for question in codebook.questions}
    fields = [nw.col(role.value) if role in present else _nothing().alias(role.value) for role in ROLES]
    if Role.WEIGHT in present:
        fields.append(nw.col(Role.WEIGHT.value))
    rules = {indicator.id: usable_rule(indicator, present) for indicator in codebook.indicators}
    scored = {name: _score(rule, questions) for name, rule in rules.items() if rule is not None}
    table = frame.select(
        *fields, _bouw(present, upper_from).alias(BOUW), *(score.alias(name) for name, score in scored.items())
    )
    return Scores(codebook, table.to_native(), tuple(scored), answers.labels)


def usable_rule(indicator: Indicator, present: Collection[str]) -> AnyRule | None:
    """Give the first rule of an indicator whose questions are all in the export, if there is one."""
    for rule in indicator.rules:
        needed = (rule.question,) if isinstance(rule, ShareRule) else rule.questions
        if all(question in present for question in needed):
            return rule
    return None


def absent_indicators(codebook: Codebook, scores: Scores) -> tuple[str, ...]:
    """Give the ids of the indicators that this export cannot give."""
    return tuple(indicator.id for indicator in codebook.indicators if indicator.id not in scores.indicators)


def _score(rule: AnyRule, questions: Questions) -> nw.Expr:
    match rule:
        case ShareRule():
            return _share(rule, questions[rule.question])
        case CountRule():
            return _count(rule, questions)
        case ScaleRule():
            return _scale(rule, questions)
        case _:
            assert_never(rule)


def _share(rule: ShareRule, question: Question) -> nw.Expr:
    out = rule.left_out + (question.not_applicable if rule.not_applicable == "ontbreekt" else ())
    return nw.when(_is_known(question, out)).then(_one_if(nw.col(question.id).is_in(rule.cases)))


def _count(rule: CountRule, questions: Questions) -> nw.Expr:
    """Decide for as many pupils as possible: an open question matters only if it could tip the balance."""
    items = [
        _share(ShareRule("share", name, rule.cases, (), rule.not_applicable), questions[name])
        for name in rule.questions
    ]
    certain, possible = _sum(item.fill_null(0.0) for item in items), _sum(item.fill_null(1.0) for item in items)
    has_it, has_it_not = certain >= rule.at_least, possible < rule.at_least
    return nw.when(has_it | has_it_not).then(_one_if(has_it))


def _scale(rule: ScaleRule, questions: Questions) -> nw.Expr:
    items = [_item(rule, questions[name]) for name in rule.questions]
    answered, points = _sum(_one_if(~item.is_null()) for item in items), _sum(item.fill_null(0.0) for item in items)
    # The cut-off is multiplied by what the value is divided by: no engine has to divide by zero.
    per_answer = 1 if rule.scale == "mean" else len(rule.questions) * rule.multiply
    enough = answered >= len(rule.questions) - rule.missing_allowed
    return nw.when(enough).then(_one_if(_beyond(rule, points * per_answer, answered)))


def _item(rule: ScaleRule, question: Question) -> nw.Expr:
    value = nw.col(question.id).cast(nw.Float64) - rule.first_code
    if question.id in rule.reversed_questions:
        value = rule.highest - value
    return nw.when(_is_known(question, question.not_applicable)).then(value)


def _beyond(rule: ScaleRule, value: nw.Expr, answered: nw.Expr) -> nw.Expr:
    if rule.at_most is not None:
        return value - answered * rule.at_most <= ALMOST
    if rule.below is not None:
        return value - answered * rule.below < -ALMOST
    if rule.at_least is not None:
        return value - answered * rule.at_least >= -ALMOST
    assert rule.above is not None  # every rule has a cut-off (checked as the codebook is read)
    return value - answered * rule.above > ALMOST


def _is_known(question: Question, out: Collection[int]) -> nw.Expr:
    """Tell whether a pupil answered, other than with a code that leaves the pupil out."""
    code = nw.col(question.id)
    return ~code.is_null() & ~code.is_in(out) if out else ~code.is_null()


def _one_if(condition: nw.Expr) -> nw.Expr:
    return nw.when(condition).then(nw.lit(1.0)).otherwise(nw.lit(0.0))


def _sum(items: Iterable[nw.Expr]) -> nw.Expr:
    return reduce(add, items)


def _nothing() -> nw.Expr:
    return nw.lit(None, dtype=nw.String)


def _bouw(present: Collection[str], upper_from: Mapping[str, int]) -> nw.Expr:
    """Give the population of each pupil; unknown where level and leerjaar do not decide it."""
    if Role.LEERJAAR not in present:
        return _nothing()
    starts = set(upper_from.values())
    bouw = _by_leerjaar(lower_before=min(starts), upper_from=max(starts))
    if Role.LEVEL not in present:
        return bouw
    level = nw.col(Role.LEVEL.value).fill_null("")
    for start in sorted(starts):
        levels = [name for name, first in upper_from.items() if first == start]
        bouw = nw.when(level.is_in(levels)).then(_by_leerjaar(start, start)).otherwise(bouw)
    return bouw


def _by_leerjaar(lower_before: int, upper_from: int) -> nw.Expr:
    leerjaar = nw.col(Role.LEERJAAR.value).fill_null("")
    is_lower = leerjaar.is_in([str(year) for year in LEERJAREN if year < lower_before])
    is_upper = leerjaar.is_in([str(year) for year in LEERJAREN if year >= upper_from])
    lower = nw.when(is_lower).then(nw.lit(Bouw.LOWER.value))
    return nw.when(is_upper).then(nw.lit(Bouw.UPPER.value)).otherwise(lower)
