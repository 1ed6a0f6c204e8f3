"""Codebooks: a folder per questionnaire and edition, with three files that their owners can edit."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from wellbeing.model.reference import Codebook, CountRule, Indicator, Question, Role, ScaleRule, ShareRule
from wellbeing.reference.schema import ReferenceDataError, build, collect, duplicates, read_table, read_toml, split

QUESTION_COLUMNS = ("id", "headings", "text", "answers", "missing", "not_applicable")


def load_codebook(folder: Path) -> Codebook:
    """Read and check one codebook: form first, then references, then meaning.

    The folder holds ``codebook.toml`` (what it is, themes, respondent fields), ``questions.csv``
    and ``indicators.toml``.

    Raises:
        ReferenceDataError: with all problems, each naming file, key and what is wrong.
    """
    if not folder.is_dir():
        raise ReferenceDataError([f"De map {folder.name} bestaat niet."])
    head, questions, indicators = collect(
        [
            lambda: read_toml(folder / "codebook.toml"),
            lambda: {"questions": _questions(folder / "questions.csv")},
            lambda: {"indicators": _indicators(folder / "indicators.toml")},
        ]
    )
    codebook = build(Codebook, head | questions | indicators, "codebook.toml")
    problems = [*_double_names(codebook), *_loose_references(codebook), *_contradictions(codebook)]
    if codebook.id != folder.name:
        problems.append(f"codebook.toml: id: '{codebook.id}' moet gelijk zijn aan de naam van de map, '{folder.name}'.")
    if problems:
        raise ReferenceDataError(problems)
    return codebook


def load_codebooks(root: Path) -> tuple[Codebook, ...]:
    """Read every codebook in a folder of folders, in alphabetical order.

    Raises:
        ReferenceDataError: with the problems of all codebooks together.
    """
    folders = sorted(path for path in root.iterdir() if path.is_dir())
    return tuple(collect([lambda folder=folder: load_codebook(folder) for folder in folders]))  # type: ignore[misc]


def _questions(path: Path) -> list[Question]:
    rows = read_table(path, QUESTION_COLUMNS)
    return collect([lambda row=row: _question(row, f"{path.name}, vraag {row['id']}") for row in rows])  # type: ignore[misc]


def _question(row: dict[str, str], where: str) -> Question:
    data: dict[str, Any] = {
        "id": row["id"],
        "headings": split(row["headings"]),
        "text": row["text"],
        "answers": list(_answers(row["answers"], where)),
        "missing": [_code(part, where) for part in split(row["missing"])],
        "not_applicable": [_code(part, where) for part in split(row["not_applicable"])],
    }
    return build(Question, data, where)


def _answers(cell: str, where: str) -> Iterator[dict[str, Any]]:
    """Read "1=Ja|2=Nee", or "1..10" for a row of numbers."""
    for part in split(cell):
        first, dots, last = part.partition("..")
        if dots:
            yield from ({"code": n, "label": str(n)} for n in range(_code(first, where), _code(last, where) + 1))
            continue
        code, _, label = part.partition("=")
        yield {"code": _code(code, where), "label": label.strip()}


def _code(text: str, where: str) -> int:
    try:
        return int(text)
    except ValueError:
        sentence = f"{where}: '{text.strip()}' is geen code; schrijf antwoorden als 1=Ja|2=Nee of 1..10."
        raise ReferenceDataError([sentence]) from None


def _indicators(path: Path) -> list[Indicator]:
    data = read_toml(path)
    rows = data.pop("indicators", [])
    if data or not isinstance(rows, list):
        raise ReferenceDataError([f"{path.name}: dit bestand mag alleen [[indicators]] bevatten."])
    named = [(row, f"{path.name}, {row.get('id', f'nummer {number}')}") for number, row in enumerate(rows, start=1)]
    return collect([lambda row=row, where=where: build(Indicator, row, where) for row, where in named])  # type: ignore[misc]


def _double_names(codebook: Codebook) -> Iterator[str]:
    headings = [heading for question in codebook.questions for heading in question.headings]
    for file, what, names in (
        ("codebook.toml", "thema", [theme.id for theme in codebook.themes]),
        ("questions.csv", "vraag", [question.id for question in codebook.questions]),
        ("questions.csv", "kolomkop", headings),
        ("indicators.toml", "indicator", [indicator.id for indicator in codebook.indicators]),
    ):
        yield from (f"{file}: {what} '{name}' staat er twee keer in." for name in duplicates(names))


def _loose_references(codebook: Codebook) -> Iterator[str]:
    themes = {theme.id for theme in codebook.themes}
    questions = {question.id: question for question in codebook.questions}
    for indicator in codebook.indicators:
        where = f"indicators.toml, {indicator.id}"
        if indicator.theme not in themes:
            yield f"{where}: theme: het thema '{indicator.theme}' staat niet in codebook.toml."
        if "{leerlingen}" not in indicator.sentence:
            yield f"{where}: sentence: zet {{leerlingen}} op de plaats waar 'Bijna de helft van de leerlingen' komt."
        for rule in indicator.rules:
            for name in rule_questions(rule):
                if name not in questions:
                    yield f"{where}: rules: de vraag '{name}' staat niet in questions.csv."
                    continue
                known = {answer.code for answer in questions[name].answers}
                known |= set(questions[name].not_applicable)
                yield from (
                    f"{where}: rules: de vraag '{name}' heeft geen antwoord {code}."
                    for code in _codes(rule)
                    if code not in known
                )


def rule_questions(rule: ShareRule | CountRule | ScaleRule) -> tuple[str, ...]:
    """Give the questions that a rule needs."""
    return (rule.question,) if isinstance(rule, ShareRule) else rule.questions


def _codes(rule: ShareRule | CountRule | ScaleRule) -> tuple[int, ...]:
    match rule:
        case ShareRule():
            return rule.cases + rule.left_out
        case CountRule():
            return rule.cases
        case ScaleRule():
            return ()


def _contradictions(codebook: Codebook) -> Iterator[str]:
    for question in codebook.questions:
        where = f"questions.csv, vraag {question.id}"
        if not question.headings or not question.answers:
            yield f"{where}: geef minstens één kolomkop en minstens één antwoord."
        codes = [str(answer.code) for answer in question.answers]
        yield from (f"{where}: code {code} staat er twee keer in." for code in duplicates(codes))
        both = {answer.code for answer in question.answers} & set(question.missing)
        yield from (f"{where}: code {code} is een antwoord én ontbrekend." for code in sorted(both))
    for indicator in codebook.indicators:
        where = f"indicators.toml, {indicator.id}"
        if not indicator.rules:
            yield f"{where}: rules: geef minstens één regel."
        for rule in indicator.rules:
            yield from (f"{where}: rules: {text}" for text in _rule_problems(rule))
    if not any(field.role is Role.LEVEL for field in codebook.fields):
        yield "codebook.toml: fields: er is geen kolom met de rol 'niveau'."


def _rule_problems(rule: ShareRule | CountRule | ScaleRule) -> Iterator[str]:
    match rule:
        case ShareRule():
            if not rule.cases:
                yield "cases mag niet leeg zijn."
            if set(rule.cases) & set(rule.left_out):
                yield "een code kan niet meetellen én weggelaten worden."
        case CountRule():
            if not rule.cases or not 1 <= rule.at_least <= len(rule.questions):
                yield "geef cases, en at_least tussen 1 en het aantal vragen."
        case ScaleRule():
            limits = (rule.at_most, rule.below, rule.at_least, rule.above)
            if sum(limit is not None for limit in limits) != 1:
                yield "geef precies één grens: at_most, below, at_least of above."
            if not set(rule.reversed_questions) <= set(rule.questions):
                yield "reversed_questions mag alleen vragen van deze schaal noemen."
            if not 0 <= rule.missing_allowed < len(rule.questions):
                yield "missing_allowed moet kleiner zijn dan het aantal vragen."
