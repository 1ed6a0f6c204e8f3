"""What one edition of a questionnaire cannot tell about pupils of another: their answers do not count."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any

import narwhals as nw

from wellbeing.model.reference import Indicator, Role
from wellbeing.model.survey import Answers, FrameT, Scores
from wellbeing.reference.codebooks import rule_questions

Changed = Mapping[str, Collection[str]]


def withhold_scores(scores: Scores[FrameT], changed: Changed) -> Scores[FrameT]:
    """Leave out, per year as the export writes it, the subjects that changed since or before."""
    frame: Any = nw.from_native(scores.frame)
    years: dict[str, list[str]] = {}
    for year, subjects in changed.items():
        for subject in subjects:
            years.setdefault(subject, []).append(year)
    nothing = nw.lit(None, dtype=nw.Float64())
    blanked = [
        nw.when(nw.col(Role.YEAR.value).is_in(years[name])).then(nothing).otherwise(nw.col(name)).alias(name)
        for name in scores.indicators
        if name in years
    ]
    return replace(scores, frame=frame.with_columns(*blanked).to_native()) if blanked else scores


def withhold_answers(answers: Answers, scores: Scores, changed: Changed) -> Answers:
    """Leave out the answers behind those subjects; ``scores`` tells the year of each pupil.

    A question stays only where a subject that did not change is read from it.
    """
    frame = answers.frame.copy()
    questions = {question.id for question in answers.codebook.questions} & set(frame.columns)
    for year, subjects in changed.items():
        same = [indicator for indicator in answers.codebook.indicators if indicator.id not in subjects]
        kept = {name for indicator in same for name in _read_from(indicator, questions)}
        frame.loc[scores.frame[Role.YEAR] == year, sorted(questions - kept)] = None
    return replace(answers, frame=frame)


def _read_from(indicator: Indicator, questions: Collection[str]) -> tuple[str, ...]:
    """Give the questions of the rule that scores a subject: the first whose questions are all there."""
    needed = (rule_questions(rule) for rule in indicator.rules)
    return next((names for names in needed if set(names) <= set(questions)), ())
