"""For every subject: how many pupils answered, how many did not, and why. Counts only, for the import report."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from wellbeing.model.imports import LinkedColumn, Problem, Response, Severity
from wellbeing.model.reference import CountRule, IndicatorId, ScaleRule, ShareRule
from wellbeing.model.survey import Answers, Scores

Rules = Mapping[str, ShareRule | CountRule | ScaleRule]


def count_response(answers: Answers, scores: Scores, rules: Rules, unread: Mapping[str, int]) -> tuple[Response, ...]:
    """Give per subject in the export how many pupils count, and why the others do not.

    ``rules`` gives the rule by which each subject was scored, ``unread`` per question how many of
    its cells could not be read (see ``unread_cells``).
    """
    return tuple(_response(name, answers, scores, rules[name], unread) for name in scores.indicators)


def unread_cells(recognised: Iterable[LinkedColumn], problems: Iterable[Problem]) -> Mapping[str, int]:
    """Give per question how many of its cells could not be read."""
    questions = {column.heading: column.target for column in recognised}
    found: dict[str, int] = {}
    for problem in problems:
        if problem.severity is Severity.CHECK and problem.heading in questions:
            name = questions[problem.heading]
            found[name] = found.get(name, 0) + problem.rows
    return found


def _response(
    name: str, answers: Answers, scores: Scores, rule: ShareRule | CountRule | ScaleRule, unread: Mapping[str, int]
) -> Response:
    counts = scores.frame[name].notna()
    asked, answered = len(counts), int(counts.sum())
    if not isinstance(rule, ShareRule):
        return Response(IndicatorId(name), asked, answered, too_few=asked - answered)
    given = answers.frame[rule.question].notna()
    empty = int((~given).sum())
    illegible = min(unread.get(rule.question, 0), empty)
    return Response(
        IndicatorId(name),
        asked,
        answered,
        empty=empty - illegible,
        unread=illegible,
        left_out=int((given & ~counts).sum()),
    )
