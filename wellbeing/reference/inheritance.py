"""A codebook that is another edition of one we have: what it takes over, and what it must say itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from typing import Any

from wellbeing.model.reference import Codebook, CountRule, Indicator, Question, ScaleRule, ShareRule

BASED_ON = "based_on"
HEAD = ("instrument", "anonymous", "is_example", "themes", "fields")


def rule_questions(rule: ShareRule | CountRule | ScaleRule) -> tuple[str, ...]:
    """Give the questions that a rule needs."""
    return (rule.question,) if isinstance(rule, ShareRule) else rule.questions


def inherited_head(base: Codebook) -> dict[str, Any]:
    """Give what ``codebook.toml`` may leave to its base; who owns it, it always says itself."""
    return {key: getattr(base, key) for key in HEAD}


def inherited_indicator(base: Codebook, row: Mapping[str, Any]) -> dict[str, Any]:
    """Give the keys of the base's indicator of that name; none where the subject is new.

    Nothing comes in unasked: a subject of the base that has no block of its own is not there.
    """
    found = next((indicator for indicator in base.indicators if indicator.id == row.get("id")), None)
    return {} if found is None else {field.name: getattr(found, field.name) for field in fields(found)}


def complete(data: Mapping[str, Any], base: Codebook) -> dict[str, Any]:
    """Add the questions of the base that the rules need, and leave out its themes that no subject has."""
    indicators: Sequence[Indicator] = data["indicators"]
    own: Sequence[Question] = data["questions"]
    named = {question.id for question in own}
    needed = {name for indicator in indicators for rule in indicator.rules for name in rule_questions(rule)}
    taken = [question for question in base.questions if question.id in needed - named]
    themes = data["themes"]
    if themes is base.themes:
        used = {indicator.theme for indicator in indicators}
        themes = tuple(theme for theme in themes if theme.id in used)
    return {**data, "questions": [*own, *taken], "themes": themes}


def unnamed_versions(codebook: Codebook, base: Codebook, rows: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """Say which subjects are asked or counted otherwise than in the base without naming their version.

    So that a break in a trend is never taken over, or made, in silence.
    """
    asked = {question.id: question for question in codebook.questions}
    before = {question.id: question for question in base.questions}
    for row in rows:
        old = next((indicator for indicator in base.indicators if indicator.id == row["id"]), None)
        if old is None or "version" in row:
            continue
        new = codebook.indicator(old.id)
        names = {name for rule in new.rules for name in rule_questions(rule)}
        if new.rules != old.rules or any(asked.get(name) != before.get(name) for name in names):
            yield (
                f"indicators.toml, {old.id}: version: de vraag of de regel is anders dan in {base.id}. Schrijf er een "
                "version bij: dezelfde als de cijfers te vergelijken zijn, anders een nieuwe."
            )
