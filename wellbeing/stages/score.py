"""Per pupil and indicator: has it, has it not, or does not count. The denominator is decided here, once.

Every rule is an expression of narwhals, so that the same lines score a table of pandas and one on
another engine.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import reduce
from operator import add
from typing import Any, assert_never

import narwhals as nw
import pandas as pd

from wellbeing.model.reference import Bouw, Codebook, CountRule, Indicator, Question, Role, ScaleRule, ShareRule
from wellbeing.model.survey import Answers, FrameT, Scores

ROLES = (Role.SCHOOL, Role.YEAR, Role.LEVEL, Role.LEERJAAR, Role.GENDER)
BOUW = "bouw"
CERTAIN, POSSIBLE, POINTS, ANSWERED = ":certain", ":possible", ":points", ":answered"
LEERJAREN = range(10)
ALMOST = 1e-9  # decimal cut-offs may miss a whole sum by the last bit

AnyRule = ShareRule | CountRule | ScaleRule
Questions = Mapping[str, Question]


def score_indicators(answers: Answers[FrameT], upper_from: Mapping[str, int]) -> Scores[FrameT]:
    """Give the scores of every indicator whose questions are in the export.

    ``upper_from`` is the first leerjaar of the bovenbouw per level (``Policy.upper_from``).
    """
    codebook, frame = answers.codebook, nw.from_native(_plain(answers.frame))
    present = frame.collect_schema().names()
    questions = {question.id: question for question in codebook.questions}
    usable = {indicator.id: usable_rule(indicator, present) for indicator in codebook.indicators}
    rules = {name: rule for name, rule in usable.items() if rule is not None}
    roles = [role.value for role in (*ROLES, Role.WEIGHT) if role in ROLES or role in present]
    fields = [nw.col(role) if role in present else _nothing().alias(role) for role in roles]
    parts = [part for name, rule in rules.items() for part in _parts(name, rule, questions)]
    table = frame.select(*fields, _bouw(present, upper_from).alias(BOUW), *parts)
    scored = table.select(*roles, BOUW, *(_decided(name, rule).alias(name) for name, rule in rules.items()))
    return Scores(codebook, scored.to_native(), tuple(rules), answers.labels)


def _plain(frame: Any) -> Any:
    """Give a table of pandas ordinary numbers: those with room for what is missing are slower to work with."""
    if not isinstance(frame, pd.DataFrame):
        return frame
    return frame.astype(dict.fromkeys(frame.select_dtypes("Int64").columns, "float64"))


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


# --------------------------------------------------------------------------- the rules


def _parts(name: str, rule: AnyRule, questions: Questions) -> Iterator[nw.Expr]:
    """Give the columns from which it is decided who has it: for a share that is the score itself."""
    match rule:
        case ShareRule():
            yield _share(rule, questions[rule.question]).alias(name)
        case CountRule():
            items = [_has_it(rule, questions[item]) for item in rule.questions]
            yield _sum(item.fill_null(0.0) for item in items).alias(f"{name}{CERTAIN}")
            yield _sum(item.fill_null(1.0) for item in items).alias(f"{name}{POSSIBLE}")
        case ScaleRule():
            items = [_item(rule, questions[item]) for item in rule.questions]
            yield _sum(item.fill_null(0.0) for item in items).alias(f"{name}{POINTS}")
            yield _sum((~item.is_null()).cast(nw.Float64) for item in items).alias(f"{name}{ANSWERED}")
        case _:
            assert_never(rule)


def _decided(name: str, rule: AnyRule) -> nw.Expr:
    match rule:
        case ShareRule():
            return nw.col(name)
        case CountRule():
            return _enough(rule, nw.col(f"{name}{CERTAIN}"), nw.col(f"{name}{POSSIBLE}"))
        case ScaleRule():
            return _beyond(rule, nw.col(f"{name}{POINTS}"), nw.col(f"{name}{ANSWERED}"))
        case _:
            assert_never(rule)


def _share(rule: ShareRule, question: Question) -> nw.Expr:
    return _among(question, rule.cases, rule.left_out + _out(rule, question))


def _has_it(rule: CountRule, question: Question) -> nw.Expr:
    return _among(question, rule.cases, _out(rule, question))


def _out(rule: ShareRule | CountRule, question: Question) -> tuple[int, ...]:
    return question.not_applicable if rule.not_applicable == "ontbreekt" else ()


def _among(question: Question, cases: Collection[int], out: Collection[int]) -> nw.Expr:
    """Give 1.0 for an answer among the cases, 0.0 for another one, and nothing for those who are left out."""
    counted = [code for code in _codes(question) if code not in out]
    return nw.when(_is_one_of(counted, question)).then(_is_one_of(cases, question).cast(nw.Float64))


def _is_one_of(codes: Iterable[int], question: Question) -> nw.Expr:
    # Some engines only look for numbers of the same kind as the column.
    return nw.col(question.id).is_in([float(code) for code in codes])


def _codes(question: Question) -> tuple[int, ...]:
    return tuple(answer.code for answer in question.answers) + question.not_applicable


def _enough(rule: CountRule, certain: nw.Expr, possible: nw.Expr) -> nw.Expr:
    """Decide for as many pupils as possible: an open question matters only if it could tip the balance."""
    is_decided = (certain >= rule.at_least) | (possible < rule.at_least)
    return nw.when(is_decided).then((certain >= rule.at_least).cast(nw.Float64))


def _item(rule: ScaleRule, question: Question) -> nw.Expr:
    code = nw.col(question.id)
    value = rule.highest + rule.first_code - code if question.id in rule.reversed_questions else code - rule.first_code
    answers = [code for code in _codes(question) if code not in question.not_applicable]
    return nw.when(_is_one_of(answers, question)).then(value)


def _beyond(rule: ScaleRule, points: nw.Expr, answered: nw.Expr) -> nw.Expr:
    """Hold the mean or the prorated sum against the cut-off, which is multiplied rather than the points divided."""
    value = points if rule.scale == "mean" else points * (len(rule.questions) * rule.multiply)
    limits = (rule.at_most, rule.below, rule.at_least, rule.above)
    (limit,) = (limit for limit in limits if limit is not None)
    over = value - answered * limit
    if rule.at_most is not None:
        has_it = over <= ALMOST
    elif rule.below is not None:
        has_it = over < -ALMOST
    elif rule.at_least is not None:
        has_it = over >= -ALMOST
    else:
        has_it = over > ALMOST
    return nw.when(answered >= len(rule.questions) - rule.missing_allowed).then(has_it.cast(nw.Float64))


def _sum(items: Iterable[nw.Expr]) -> nw.Expr:
    return reduce(add, items)


# --------------------------------------------------------------------------- the populations


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
