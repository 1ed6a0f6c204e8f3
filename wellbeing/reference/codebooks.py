"""Codebooks: a folder per questionnaire and edition, with three files that their owners can edit."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from math import prod
from pathlib import Path
from typing import Any

from wellbeing.model.reference import (
    Codebook,
    CountRule,
    Indicator,
    Question,
    RespondentField,
    Role,
    ScaleRule,
    ShareRule,
)
from wellbeing.reference.inheritance import (
    BASED_ON,
    complete,
    inherited_head,
    inherited_indicator,
    rule_questions,
    unnamed_versions,
)
from wellbeing.reference.schema import ReferenceDataError, build, collect, duplicates, read_table, read_toml, split

__all__ = [
    "KEYS",
    "QUESTION_COLUMNS",
    "RESERVED",
    "codebook_problems",
    "load_codebook",
    "load_codebooks",
    "rule_questions",
]

QUESTION_COLUMNS = ("id", "headings", "text", "answers", "missing", "not_applicable")
FOLDER = re.compile(r"[A-Za-z][\w\-]*")
RESERVED = frozenset({*(role.value for role in Role), "bouw"})  # names of columns about the pupil
MOST_OF_ONE_QUESTION = 5
MOST_RULES_TOGETHER = 16
MOST_WAYS = 20_000
LONGEST_ROW = 100  # answers in a row of numbers ("1..10")

KEYS: Mapping[Role, tuple[str, ...]] = {
    Role.LEVEL: (
        "praktijkonderwijs", "vmbo-bk", "vmbo-gt", "vmbo", "havo", "havo-vwo", "vwo", "gemengd", "vso",
    ),
    Role.LEERJAAR: ("1", "2", "3", "4", "5", "6"),
    Role.GENDER: ("jongen", "meisje", "anders"),
}  # fmt: skip


def load_codebook(folder: Path, *roots: Path) -> Codebook:
    """Read and check one codebook: form first, then references, then meaning.

    The folder holds ``codebook.toml`` (what it is, themes, respondent fields), ``questions.csv``
    and ``indicators.toml``. A codebook that is ``based_on`` another takes over what it does not say
    itself; that other one stands beside it, or in one of ``roots``.

    Raises:
        ReferenceDataError: with all problems, each naming file, key and what is wrong.
    """
    if not folder.is_dir():
        raise ReferenceDataError([f"De map {folder.name} bestaat niet."])
    base = _base(folder, roots)
    parts = collect(
        [
            partial(_head, folder / "codebook.toml", base),
            partial(_questions, folder / "questions.csv"),
            partial(_indicators, folder / "indicators.toml", base),
        ]
    )
    data: dict[str, Any] = {key: value for part in parts for key, value in part.items()}
    if base is not None:
        data = complete(data, base)
    codebook = build(Codebook, data, "codebook.toml")
    problems = list(codebook_problems(codebook))
    if base is not None:
        problems += unnamed_versions(codebook, base, read_toml(folder / "indicators.toml").get("indicators", []))
    if codebook.id != folder.name:
        problems.append(f"codebook.toml: id: '{codebook.id}' moet gelijk zijn aan de naam van de map, '{folder.name}'.")
    if problems:
        raise ReferenceDataError(problems)
    return codebook


def load_codebooks(*roots: Path) -> tuple[Codebook, ...]:
    """Read every codebook in folders of folders, each root in alphabetical order.

    A root that does not exist (yet) holds none. A codebook may be based on one in another root.

    Raises:
        ReferenceDataError: with the problems of all codebooks together, each after the name of its
            folder; also where two codebooks have one id.
    """
    folders = [folder for root in roots if root.is_dir() for folder in _folders(root)]
    codebooks = tuple(collect([partial(_named_codebook, folder, roots) for folder in folders]))
    double = duplicates([codebook.id for codebook in codebooks])
    if double:
        sentence = "Er zijn twee codeboeken met de naam '{}'; geef een van de twee een andere naam (map en id)."
        raise ReferenceDataError([sentence.format(name) for name in double])
    return codebooks


def codebook_problems(codebook: Codebook) -> Iterator[str]:
    """Say in Dutch what is wrong with a codebook of the right form: double names, references, contradictions."""
    yield from _double_names(codebook)
    yield from _taken_names(codebook)
    yield from _loose_references(codebook)
    yield from _contradictions(codebook)
    yield from _too_many_of_one_question(codebook)
    yield from _too_intertwined(codebook)
    yield from _left_out_otherwise(codebook)


def _too_many_of_one_question(codebook: Codebook) -> Iterator[str]:
    """Refuse more subjects of one question than ``stages.relate`` guards together."""
    asked = Counter(
        rule.question
        for item in codebook.indicators
        for rule in {rule.question: rule for rule in item.rules if isinstance(rule, ShareRule)}.values()
    )
    for question, times in asked.items():
        if times > MOST_OF_ONE_QUESTION:
            yield (
                f"indicators.toml: vraag '{question}' heeft {times} onderwerpen; dat mogen er hoogstens "
                f"{MOST_OF_ONE_QUESTION} zijn. Met meer is een verborgen antwoord uit de andere te berekenen."
            )


def _too_intertwined(codebook: Codebook) -> Iterator[str]:
    """Refuse more subjects of the same questions than ``stages.relate`` can lay out in every way to answer."""
    for names, rules in _of_the_same_questions(codebook):
        needed = sorted(1 if isinstance(rule, ShareRule) else rule.at_least for rule in rules)[-MOST_OF_ONE_QUESTION:]
        if len(rules) > MOST_RULES_TOGETHER or prod(number + 1 for number in needed) > MOST_WAYS:
            yield (
                f"indicators.toml: de onderwerpen {', '.join(names)} gebruiken dezelfde vragen, en samen zijn dat te "
                "veel regels, of regels met een te hoge at_least. We kunnen dan niet nagaan of een klein aantal uit "
                "de andere te berekenen is. Laat onderwerpen weg, of kies een lagere at_least."
            )


def _of_the_same_questions(codebook: Codebook) -> Iterable[tuple[dict[str, None], list[ShareRule | CountRule]]]:
    """Lay the rules together that share a question, directly or through others, with the names of their subjects."""
    found: list[tuple[dict[str, None], set[str], list[ShareRule | CountRule]]] = []
    for item in codebook.indicators:
        for rule in item.rules:
            if isinstance(rule, ScaleRule):
                continue
            names, asked, rules = {item.id: None}, set(rule_questions(rule)), [rule]
            for other in [each for each in found if each[1] & asked]:
                found.remove(other)
                names, asked, rules = other[0] | names, other[1] | asked, [*other[2], *rules]
            found.append((names, asked, rules))
    return [(names, rules) for names, _, rules in found]


def _left_out_otherwise(codebook: Codebook) -> Iterator[str]:
    """Refuse subjects of one question over other pupils: how many gave the answer between them would follow."""
    first: dict[str, tuple[str, frozenset[int]]] = {}
    for item in codebook.indicators:
        for rule in item.rules:
            for question in [each for each in codebook.questions if each.id in rule_questions(rule)]:
                if isinstance(rule, ScaleRule):
                    continue
                name, out = first.setdefault(question.id, (item.id, _left_out(rule, question)))
                if out != _left_out(rule, question):
                    yield (
                        f"indicators.toml, {item.id}: bij vraag '{question.id}' tellen andere leerlingen niet mee dan "
                        f"bij '{name}'. Kies bij allebei dezelfde left_out en not_applicable: anders volgt uit de twee "
                        "aantallen hoeveel leerlingen een weggelaten antwoord gaven."
                    )


def _left_out(rule: ShareRule | CountRule, question: Question) -> frozenset[int]:
    """Give the answers with which a pupil does not count."""
    left_out = rule.left_out if isinstance(rule, ShareRule) else ()
    return frozenset(left_out + (question.not_applicable if rule.not_applicable == "ontbreekt" else ()))


def _folders(root: Path) -> list[Path]:
    return sorted(path for path in root.iterdir() if path.is_dir() and not path.name.startswith("."))


def _named_codebook(folder: Path, roots: Sequence[Path]) -> Codebook:
    try:
        return load_codebook(folder, *roots)
    except ReferenceDataError as error:
        raise ReferenceDataError([f"{folder.name}, {problem}" for problem in error.problems]) from None


def _base(folder: Path, roots: Sequence[Path]) -> Codebook | None:
    """Give the codebook that this one is based on, if it is."""
    name = _base_name(folder)
    if name is None:
        return None
    where = f"codebook.toml: {BASED_ON}"
    places = [root / name for root in (folder.parent, *roots) if FOLDER.fullmatch(name)]
    found = next((place for place in places if place.is_dir()), None)
    if found is None:
        raise ReferenceDataError([f"{where}: het codeboek '{name}' is er niet."])
    if found == folder or _base_name(found) is not None:
        raise ReferenceDataError([f"{where}: '{name}' is zelf afgeleid; kies een codeboek dat op zichzelf staat."])
    return _named_codebook(found, ())


def _base_name(folder: Path) -> str | None:
    """Give the name after ``based_on``; a file that cannot be read is told elsewhere."""
    try:
        name = read_toml(folder / "codebook.toml").get(BASED_ON)
    except ReferenceDataError:
        return None
    return None if name is None else str(name)


# --------------------------------------------------------------------------- form


def _head(path: Path, base: Codebook | None) -> dict[str, Any]:
    """Read the file without questions and indicators, and check its form apart from theirs."""
    data = read_toml(path)
    data.pop(BASED_ON, None)
    strangers = [
        f"{path.name}: {key}: dit hoort in een eigen bestand." for key in ("questions", "indicators") if key in data
    ]
    if strangers:
        raise ReferenceDataError(strangers)
    if base is not None:
        data = inherited_head(base) | data
    build(Codebook, data | {"questions": (), "indicators": ()}, path.name)
    return data


def _questions(path: Path) -> dict[str, list[Question]]:
    rows = read_table(path, QUESTION_COLUMNS)
    return {"questions": collect([partial(_question, row, f"{path.name}, vraag {row['id']}") for row in rows])}


def _question(row: Mapping[str, str], where: str) -> Question:
    answers, missing, not_applicable = collect(
        [
            lambda: list(_answers(row["answers"], where)),
            lambda: [{"code": _code(part, where)} for part in split(row["missing"])],
            lambda: [{"code": _code(part, where)} for part in split(row["not_applicable"])],
        ]
    )
    data: dict[str, Any] = {
        "id": row["id"],
        "headings": split(row["headings"]),
        "text": row["text"],
        "answers": answers,
        "missing": [item["code"] for item in missing],
        "not_applicable": [item["code"] for item in not_applicable],
    }
    return build(Question, data, where)


def _answers(cell: str, where: str) -> Iterator[dict[str, Any]]:
    """Read "1=Ja|2=Nee", or "1..10" for a row of numbers."""
    for part in split(cell):
        first, dots, last = part.partition("..")
        if dots and "=" not in part:
            yield from (
                {"code": code, "label": str(code)} for code in _row(_code(first, where), _code(last, where), where)
            )
            continue
        code, equals, label = part.partition("=")
        if not equals:
            raise ReferenceDataError([f"{where}: answers: bij '{part}' ontbreekt de tekst; schrijf code=tekst."])
        yield {"code": _code(code, where), "label": label.strip()}


def _row(first: int, last: int, where: str) -> range:
    if not first < last < first + LONGEST_ROW:
        sentence = f"{where}: answers: '{first}..{last}' moet oplopen en hoogstens {LONGEST_ROW} antwoorden geven."
        raise ReferenceDataError([sentence])
    return range(first, last + 1)


def _code(text: str, where: str) -> int:
    try:
        return int(text)
    except ValueError:
        sentence = f"{where}: '{text.strip()}' is geen code; schrijf antwoorden als 1=Ja|2=Nee of 1..10."
        raise ReferenceDataError([sentence]) from None


def _indicators(path: Path, base: Codebook | None) -> dict[str, list[Indicator]]:
    data = read_toml(path)
    rows = data.pop("indicators", [])
    if data or not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        sentence = f"{path.name}: dit bestand mag alleen blokken bevatten die beginnen met [[indicators]]."
        raise ReferenceDataError([sentence])
    named = [(row, f"{path.name}, {row.get('id', f'nummer {number}')}") for number, row in enumerate(rows, start=1)]
    if base is not None:
        named = [(inherited_indicator(base, row) | row, where) for row, where in named]
    return {"indicators": collect([partial(build, Indicator, row, where) for row, where in named])}


# --------------------------------------------------------------------------- references


def _double_names(codebook: Codebook) -> Iterator[str]:
    for file, what, names in (
        ("codebook.toml", "het thema", [theme.id for theme in codebook.themes]),
        ("codebook.toml", "de kolomkop", [heading for field in codebook.fields for heading in field.headings]),
        ("questions.csv", "de vraag", [question.id for question in codebook.questions]),
        ("questions.csv", "de kolomkop", [heading for question in codebook.questions for heading in question.headings]),
        ("indicators.toml", "het onderwerp", [indicator.id for indicator in codebook.indicators]),
    ):
        yield from (f"{file}: {what} '{name}' staat er twee keer in." for name in duplicates(names))
    fields = {heading for field in codebook.fields for heading in field.headings}
    for question in codebook.questions:
        for heading in sorted(fields & set(question.headings)):
            yield f"questions.csv, vraag {question.id}: de kolomkop '{heading}' staat ook in codebook.toml."


def _taken_names(codebook: Codebook) -> Iterator[str]:
    """A question or subject named after a column about the pupil would be taken for it."""
    for file, what, items in (
        ("questions.csv", "de vraag", codebook.questions),
        ("indicators.toml", "het onderwerp", codebook.indicators),
    ):
        for item in items:
            if item.id in RESERVED:
                yield f"{file}: {what} mag niet '{item.id}' heten; kies een andere id, zoals '{item.id}_vraag'."


def _loose_references(codebook: Codebook) -> Iterator[str]:
    themes = {theme.id for theme in codebook.themes}
    questions = {question.id: question for question in codebook.questions}
    for indicator in codebook.indicators:
        where = f"indicators.toml, {indicator.id}"
        if indicator.theme not in themes:
            yield f"{where}: theme: het thema '{indicator.theme}' staat niet in codebook.toml."
        for rule in indicator.rules:
            for name in dict.fromkeys(rule_questions(rule)):
                yield from (f"{where}: rules: {text}" for text in _answer_problems(rule, name, questions.get(name)))


def _answer_problems(rule: ShareRule | CountRule | ScaleRule, name: str, question: Question | None) -> Iterator[str]:
    if question is None:
        yield f"de vraag '{name}' staat niet in questions.csv."
        return
    codes = {answer.code for answer in question.answers}
    if isinstance(rule, ScaleRule):
        outside = codes - set(question.not_applicable) - set(range(rule.first_code, rule.first_code + rule.highest + 1))
        yield from (
            f"antwoord {code} van de vraag '{name}' past niet bij first_code en highest." for code in sorted(outside)
        )
        return
    wanted = rule.cases + rule.left_out if isinstance(rule, ShareRule) else rule.cases
    yield from (
        f"de vraag '{name}' heeft geen antwoord {code}."
        for code in dict.fromkeys(wanted)
        if code not in codes | set(question.not_applicable)
    )


# --------------------------------------------------------------------------- meaning


def _contradictions(codebook: Codebook) -> Iterator[str]:
    for field in codebook.fields:
        where = f"codebook.toml: fields, {' of '.join(field.headings) or field.role}"
        yield from (f"{where}: {text}" for text in _field_problems(field))
    for question in codebook.questions:
        yield from (f"questions.csv, vraag {question.id}: {text}" for text in _question_problems(question))
    for indicator in codebook.indicators:
        yield from (f"indicators.toml, {indicator.id}: {text}" for text in _indicator_problems(indicator))
    own = {heading for question in codebook.questions for heading in question.headings}
    for heading in sorted(own & set(codebook.foreign_headings)):
        yield f"codebook.toml: foreign_headings: '{heading}' is ook een kolom van deze vragenlijst."


def _field_problems(field: RespondentField) -> Iterator[str]:
    if not field.headings:
        yield "geef minstens één kolomkop."
    known = KEYS.get(field.role)
    for value in field.values:
        if known is not None and value.key not in known:
            yield f"values: '{value.key}' mag hier niet; kies uit {', '.join(known)}."
    written = Counter(text for value in field.values for text in {spelling.casefold() for spelling in value.written})
    yield from (f"values: '{text}' staat bij twee waarden." for text, times in written.items() if times > 1)
    both = [text for text in field.missing if text.casefold() in written]
    yield from (f"'{text}' is een waarde én ontbrekend." for text in both)


def _question_problems(question: Question) -> Iterator[str]:
    if not question.headings:
        yield "headings: geef minstens één kolomkop."
    if not question.answers:
        yield "answers: geef minstens één antwoord."
    codes = [str(answer.code) for answer in question.answers]
    yield from (f"code {code} staat er twee keer in." for code in duplicates(codes))
    labels = [answer.label.casefold() for answer in question.answers]
    yield from (f"het antwoord '{label}' heeft twee codes." for label in duplicates(labels))
    answered = {answer.code for answer in question.answers} | set(question.not_applicable)
    yield from (f"code {code} is een antwoord én ontbrekend." for code in sorted(answered & set(question.missing)))


def _indicator_problems(indicator: Indicator) -> Iterator[str]:
    if "{leerlingen}" not in indicator.sentence:
        yield "sentence: zet {leerlingen} op de plaats waar 'Bijna de helft van de leerlingen' komt."
    if re.search(r"[{}]", indicator.sentence.replace("{leerlingen}", "", 1)):
        yield "sentence: gebruik { en } alleen in {leerlingen}, en dat één keer."
    if indicator.next_review <= indicator.reviewed_on:
        yield "next_review: deze datum moet na reviewed_on liggen."
    if not indicator.rules:
        yield "rules: geef minstens één regel."
    for rule in indicator.rules:
        yield from (f"rules: {text}" for text in _rule_problems(rule))


def _rule_problems(rule: ShareRule | CountRule | ScaleRule) -> Iterator[str]:
    yield from (f"de vraag '{name}' staat er twee keer in." for name in duplicates(rule_questions(rule)))
    match rule:
        case ShareRule():
            if not rule.cases:
                yield "cases: geef minstens één antwoord dat meetelt."
            both = sorted(set(rule.cases) & set(rule.left_out))
            yield from (f"antwoord {code} kan niet meetellen (cases) én weggelaten worden (left_out)." for code in both)
        case CountRule():
            if not rule.cases:
                yield "cases: geef minstens één antwoord dat meetelt."
            if not 1 <= rule.at_least <= len(rule.questions):
                yield f"at_least: kies een getal van 1 tot en met {len(rule.questions)}, het aantal vragen."
        case ScaleRule():
            limits = (rule.at_most, rule.below, rule.at_least, rule.above)
            if sum(limit is not None for limit in limits) != 1:
                yield "geef precies één grens: at_most, below, at_least of above."
            if not set(rule.reversed_questions) <= set(rule.questions):
                yield "reversed_questions: noem alleen vragen van deze schaal."
            if not 0 <= rule.missing_allowed < len(rule.questions):
                yield "missing_allowed: dit moet kleiner zijn dan het aantal vragen."
