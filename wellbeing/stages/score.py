"""Per pupil and indicator: has it, has it not, or does not count. The denominator is decided here, once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import assert_never

import numpy as np
import pandas as pd

from wellbeing.model.reference import Bouw, Codebook, CountRule, Indicator, Question, Role, ScaleRule, ShareRule
from wellbeing.model.survey import Answers, Scores

ROLES = (Role.SCHOOL, Role.YEAR, Role.LEVEL, Role.LEERJAAR, Role.GENDER)
BOUW = "bouw"

AnyRule = ShareRule | CountRule | ScaleRule


def score_indicators(answers: Answers, upper_from: Mapping[str, int]) -> Scores:
    """Give the scores of every indicator whose questions are in the export.

    ``upper_from`` is the first leerjaar of the bovenbouw per level (``Policy.upper_from``).
    """
    codebook, frame = answers.codebook, answers.frame
    questions = {question.id: question for question in codebook.questions}
    columns: dict[str, pd.Series] = {
        role: frame[role] if role in frame else pd.Series(None, index=frame.index, dtype="object") for role in ROLES
    }
    if Role.WEIGHT in frame:
        columns[Role.WEIGHT] = frame[Role.WEIGHT]
    columns[BOUW] = _bouw(columns[Role.LEVEL], columns[Role.LEERJAAR], upper_from)
    scored = {}
    for indicator in codebook.indicators:
        rule = usable_rule(indicator, frame.columns)
        if rule is not None:
            scored[indicator.id] = _score(rule, frame, questions)
    return Scores(codebook, pd.DataFrame(columns | scored, index=frame.index), tuple(scored), answers.labels)


def usable_rule(indicator: Indicator, present: pd.Index) -> AnyRule | None:
    """Give the first rule of an indicator whose questions are all in the export, if there is one."""
    for rule in indicator.rules:
        needed = (rule.question,) if isinstance(rule, ShareRule) else rule.questions
        if all(question in present for question in needed):
            return rule
    return None


def absent_indicators(codebook: Codebook, scores: Scores) -> tuple[str, ...]:
    """Give the ids of the indicators that this export cannot give."""
    return tuple(indicator.id for indicator in codebook.indicators if indicator.id not in scores.indicators)


def _score(rule: AnyRule, frame: pd.DataFrame, questions: Mapping[str, Question]) -> pd.Series:
    match rule:
        case ShareRule():
            return _share(rule, frame[rule.question], questions[rule.question])
        case CountRule():
            return _count(rule, frame, questions)
        case ScaleRule():
            return _scale(rule, frame, questions)
        case _:
            assert_never(rule)


def _share(rule: ShareRule, codes: pd.Series, question: Question) -> pd.Series:
    has_it = codes.isin(rule.cases).astype("float64")
    unknown = codes.isna() | codes.isin(rule.left_out)
    if rule.not_applicable == "ontbreekt":
        unknown |= codes.isin(question.not_applicable)
    return has_it.mask(unknown)


def _count(rule: CountRule, frame: pd.DataFrame, questions: Mapping[str, Question]) -> pd.Series:
    """Decide for as many pupils as possible: an open question matters only if it could tip the balance."""
    items = pd.DataFrame(
        {
            name: _share(ShareRule("share", name, rule.cases, (), rule.not_applicable), frame[name], questions[name])
            for name in rule.questions
        }
    )
    certain, open_items = items.sum(axis=1), items.isna().sum(axis=1)
    has_it = (certain >= rule.at_least).astype("float64")
    undecided = (certain < rule.at_least) & (certain + open_items >= rule.at_least)
    return has_it.mask(undecided)


def _scale(rule: ScaleRule, frame: pd.DataFrame, questions: Mapping[str, Question]) -> pd.Series:
    items = pd.DataFrame({name: _item(rule, frame[name], questions[name]) for name in rule.questions})
    answered = items.notna().sum(axis=1)
    mean = items.mean(axis=1)
    value = mean if rule.scale == "mean" else mean * len(rule.questions) * rule.multiply
    # Sums of whole items are whole; the mean of them may miss it by the last bit.
    has_it = _beyond(rule, value.round(9)).astype("float64")
    return has_it.mask(answered < len(rule.questions) - rule.missing_allowed)


def _item(rule: ScaleRule, codes: pd.Series, question: Question) -> pd.Series:
    values = codes.astype("Float64").astype("float64") - rule.first_code
    values = values.mask(codes.isin(question.not_applicable).fillna(False))
    return rule.highest - values if question.id in rule.reversed_questions else values


def _beyond(rule: ScaleRule, value: pd.Series) -> pd.Series:
    if rule.at_most is not None:
        return value <= rule.at_most
    if rule.below is not None:
        return value < rule.below
    if rule.at_least is not None:
        return value >= rule.at_least
    return value > (rule.above if rule.above is not None else np.inf)


def _bouw(levels: pd.Series, leerjaren: pd.Series, upper_from: Mapping[str, int]) -> pd.Series:
    """Give the population of each pupil; unknown where level and leerjaar do not decide it."""
    known = {
        (level, leerjaar): _bouw_of(level, leerjaar, upper_from)
        for level in [None, *levels.dropna().unique()]
        for leerjaar in leerjaren.dropna().unique()
    }
    pairs = zip(levels.where(levels.notna(), None), leerjaren.where(leerjaren.notna(), None), strict=True)
    return pd.Series([known.get(pair) for pair in pairs], index=levels.index, dtype="object")


def _bouw_of(level: str | None, leerjaar: str, upper_from: Mapping[str, int]) -> str | None:
    if not leerjaar.isdigit():
        return None
    year = int(leerjaar)
    starts = {upper_from[level]} if level and level in upper_from else set(upper_from.values())
    if year >= max(starts):
        return Bouw.UPPER.value
    return Bouw.LOWER.value if year < min(starts) else None
