"""From cells to counts, row by row with dictionaries: slow, plain, and written apart from the stages."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from wellbeing.model.reference import Codebook, CountRule, Question, RespondentField, ScaleRule, ShareRule

Row = Mapping[str, str]
Counts = dict[tuple[str, ...], dict[str, list[int]]]


def read_answer(question: Question, cell: str) -> int | None:
    """Give the code of a cell: the code, the label, or "code = label"; missing and unknown give nothing."""
    text = cell.strip().lower()
    for answer in question.answers:
        code, label = str(answer.code), answer.label.lower()
        if text in {label, f"{code} = {label}"}:
            return answer.code
    for code in (*(answer.code for answer in question.answers), *question.not_applicable):
        if text in {str(code), f"{code}.0"}:
            return None if code in question.missing else code
    return None


def read_spellings(path: Path) -> dict[tuple[str, str], str]:
    """Give the key of every common spelling, as the table has it."""
    with path.open(encoding="utf-8-sig") as file:
        return {
            (row["role"], text.strip().lower()): row["key"]
            for row in csv.DictReader(file, delimiter=";")
            for text in row["written"].split("|")
        }


def read_key(field: RespondentField, cell: str, spellings: Mapping[tuple[str, str], str]) -> str:
    text = cell.strip().lower()
    if not text or text in [value.lower() for value in field.missing]:
        return ""
    if field.role.value in {"school", "jaar"}:
        return cell
    for value in field.values:
        if text in [written.lower() for written in value.written]:
            return value.key
    return spellings.get((field.role.value, text), "")


def score(
    rule: ShareRule | CountRule | ScaleRule, codes: Mapping[str, int | None], questions: Mapping[str, Question]
) -> int | None:
    """Tell for one pupil: has it (1), has it not (0), does not count (nothing)."""
    if isinstance(rule, ShareRule):
        return share(codes[rule.question], questions[rule.question], rule.cases, rule.left_out, rule.not_applicable)
    if isinstance(rule, CountRule):
        items = [share(codes[name], questions[name], rule.cases, (), rule.not_applicable) for name in rule.questions]
        surely, possibly = items.count(1), items.count(1) + items.count(None)
        if surely >= rule.at_least:
            return 1
        return 0 if possibly < rule.at_least else None
    return beyond(rule, codes, questions)


def beyond(rule: ScaleRule, codes: Mapping[str, int | None], questions: Mapping[str, Question]) -> int | None:
    """Tell on which side of the cut-off a pupil is, in whole numbers: nothing is divided."""
    values = []
    for name in rule.questions:
        code = codes[name]
        if code is None or code in questions[name].not_applicable:
            continue
        value = code - rule.first_code
        values.append(rule.highest - value if name in rule.reversed_questions else value)
    if len(rule.questions) - len(values) > rule.missing_allowed:
        return None
    answered = len(values)
    scaled = sum(values) * (1 if rule.scale == "mean" else len(rule.questions) * rule.multiply)
    sides = [
        rule.at_most is not None and scaled <= rule.at_most * answered,
        rule.below is not None and scaled < rule.below * answered,
        rule.at_least is not None and scaled >= rule.at_least * answered,
        rule.above is not None and scaled > rule.above * answered,
    ]
    return int(any(sides))


def share(
    code: int | None, question: Question, cases: Sequence[int], left_out: Sequence[int], not_applicable: str
) -> int | None:
    if code is None or code in left_out:
        return None
    if code in question.not_applicable and not_applicable == "ontbreekt":
        return None
    return 1 if code in cases else 0


def bouw_of(level: str, leerjaar: str, upper_from: Mapping[str, int]) -> str:
    if not leerjaar:
        return ""
    starts = [upper_from[level]] if level in upper_from else list(upper_from.values())
    if all(int(leerjaar) >= start for start in starts):
        return "bovenbouw"
    return "onderbouw" if all(int(leerjaar) < start for start in starts) else ""


def slow_count(
    rows: Sequence[Row], codebook: Codebook, spellings: Mapping[tuple[str, str], str], upper_from: Mapping[str, int]
) -> tuple[Counts, Counts]:
    """Count an export with exact headings.

    Gives per (school, year, bouw, dimension, group) and indicator [cases, total], and the same per
    (year, bouw, breakdown, key) for the region. The key "pupils" counts the pupils themselves.
    """
    schools: Counts = {}
    region: Counts = {}
    fields = used_fields(codebook, set(rows[0]))
    for row in rows:
        key = {role: read_key(field, row[heading], spellings) for role, (field, heading) in fields.items()}
        school, year = key.get("school", ""), key.get("jaar", "")
        level, leerjaar, gender = key.get("niveau", ""), key.get("leerjaar", ""), key.get("geslacht", "")
        bouw = bouw_of(level, leerjaar, upper_from)
        scores = scores_of(row, codebook)
        groups = [("totaal", "totaal"), ("niveau", level), ("klas", leerjaar), ("geslacht", gender)]
        if (school or "school" not in fields) and (year or "jaar" not in fields) and bouw:
            for dimension, name in groups:
                if name:
                    _add(schools, (school or "Totaal", year, bouw, dimension, name), scores)
        for population in filter(None, (bouw, "alle")):
            for breakdown, name in [*groups, ("niveau x klas x geslacht", f"{level}|{leerjaar}|{gender}")]:
                _add(region, (year, population, breakdown, name), scores)
    return schools, region


def used_fields(codebook: Codebook, headings: set[str]) -> dict[str, tuple[RespondentField, str]]:
    """Give per role the first field of the codebook that is in the export, and its heading."""
    fields: dict[str, tuple[RespondentField, str]] = {}
    for field in codebook.fields:
        for heading in field.headings:
            if heading in headings and field.role.value != "gewicht":
                fields.setdefault(field.role.value, (field, heading))
    return fields


def scores_of(row: Row, codebook: Codebook) -> dict[str, int | None]:
    """Score one pupil on every subject whose questions are in the export."""
    questions = {question.id: question for question in codebook.questions}
    codes = {
        question.id: read_answer(question, row[heading])
        for question in codebook.questions
        for heading in question.headings
        if heading in row
    }
    scores: dict[str, int | None] = {"pupils": 1}
    for indicator in codebook.indicators:
        for rule in indicator.rules:
            needed = (rule.question,) if isinstance(rule, ShareRule) else rule.questions
            if all(name in codes for name in needed):
                scores[indicator.id] = score(rule, codes, questions)
                break
    return scores


def _add(counts: Counts, place: tuple[str, ...], scores: Mapping[str, int | None]) -> None:
    figures = counts.setdefault(place, {})
    for name, value in scores.items():
        pair = figures.setdefault(name, [0, 0])
        if value is not None:
            pair[0] += value
            pair[1] += 1


def columns_of(codebook: Codebook) -> Iterator[tuple[str, Question | RespondentField]]:
    """Give the headings of a full export: every question, and the first field of every role."""
    roles = set()
    for field in codebook.fields:
        if field.role not in roles and "{jaar}" not in field.headings[0]:
            roles.add(field.role)
            yield field.headings[0], field
    for question in codebook.questions:
        yield question.headings[0], question
