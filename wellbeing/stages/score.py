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
CERTAIN, EXCLUDED, POINTS, ANSWERED = ":certain", ":excluded", ":points", ":answered"
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
            items = [questions[item] for item in rule.questions]
            yield _sum(_ones(_cases(rule, item), item) for item in items).alias(f"{name}{CERTAIN}")
            yield _sum(_ones(_others(rule, item), item) for item in items).alias(f"{name}{EXCLUDED}")
        case ScaleRule():
            items = [questions[item] for item in rule.questions]
            yield _sum(_points(rule, item) for item in items).alias(f"{name}{POINTS}")
            yield _sum(_ones(_answers(item), item) for item in items).alias(f"{name}{ANSWERED}")
        case _:
            assert_never(rule)


def _decided(name: str, rule: AnyRule) -> nw.Expr:
    match rule:
        case ShareRule():
            return nw.col(name)
        case CountRule():
            return _enough(rule, nw.col(f"{name}{CERTAIN}"), nw.col(f"{name}{EXCLUDED}"))
        case ScaleRule():
            return _beyond(rule, nw.col(f"{name}{POINTS}"), nw.col(f"{name}{ANSWERED}"))
        case _:
            assert_never(rule)


def _share(rule: ShareRule, question: Question) -> nw.Expr:
    """Give 1.0 for an answer among the cases, 0.0 for another one, and nothing for those who are left out."""
    cases, others = _cases(rule, question), _others(rule, question)
    return nw.when(_is_one_of(cases + others, question)).then(_is_one_of(cases, question).cast(nw.Float64))


def _cases(rule: ShareRule | CountRule, question: Question) -> tuple[int, ...]:
    """Give the codes of those who have it, as far as they count."""
    return tuple(code for code in _counted(rule, question) if code in rule.cases)


def _others(rule: ShareRule | CountRule, question: Question) -> tuple[int, ...]:
    """Give the codes of those who have it not."""
    return tuple(code for code in _counted(rule, question) if code not in rule.cases)


def _counted(rule: ShareRule | CountRule, question: Question) -> list[int]:
    out = question.not_applicable if rule.not_applicable == "ontbreekt" else ()
    left_out = rule.left_out if isinstance(rule, ShareRule) else ()
    answers = (answer.code for answer in question.answers)
    return [code for code in (*answers, *question.not_applicable) if code not in {*out, *left_out}]


def _answers(question: Question) -> list[int]:
    """Give the codes of real answers."""
    return [answer.code for answer in question.answers if answer.code not in question.not_applicable]


def _ones(codes: Iterable[int], question: Question) -> nw.Expr:
    """Give 1.0 for one of these answers and 0.0 for all else, no answer included."""
    return nw.when(_is_one_of(codes, question)).then(nw.lit(1.0)).otherwise(nw.lit(0.0))


def _is_one_of(codes: Iterable[int], question: Question) -> nw.Expr:
    # Some engines only look for numbers of the same kind as the column.
    return nw.col(question.id).is_in([float(code) for code in codes])


def _enough(rule: CountRule, certain: nw.Expr, excluded: nw.Expr) -> nw.Expr:
    """Decide for as many pupils as possible: an open question matters only if it could tip the balance."""
    is_decided = (certain >= rule.at_least) | (excluded > len(rule.questions) - rule.at_least)
    return nw.when(is_decided).then((certain >= rule.at_least).cast(nw.Float64))


def _points(rule: ScaleRule, question: Question) -> nw.Expr:
    code = nw.col(question.id)
    value = rule.highest + rule.first_code - code if question.id in rule.reversed_questions else code - rule.first_code
    return nw.when(_is_one_of(_answers(question), question)).then(value).otherwise(nw.lit(0.0))


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
