"""Which way round a scale runs in a file with bare codes: held against what is known of other pupils, never assumed.

Words in a file say themselves what they mean. Codes mean what the questionnaire says, unless a school numbered
its answers the other way round: then every figure would be upside down, and look like any other figure.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from types import MappingProxyType

from wellbeing.model.benchmark import Benchmark, Breakdown
from wellbeing.model.imports import Ambiguity, Doubt, Problem, Severity, question_id
from wellbeing.model.reference import Answer, Codebook, IndicatorId, NationalFigure, Question, ShareRule
from wellbeing.model.survey import Answers, Links, RawTable, Scores
from wellbeing.reference.meaning import fold, whole_number

NOBODY: Mapping[str, str] = MappingProxyType({})
AS_CODEBOOK, TURNED, UNKNOWN = "codeboek", "omgekeerd", "onbekend"

POPULATION, WHOLE = "Nederland, GMJ klas 2+4", "totaal"
SPREAD = 0.8  # of schools, as a standard deviation of log odds: where 26% drink, one school in twenty has over 56%
MUCH_BETTER = math.log(100)  # so much likelier must the other way round be; three standard deviations off, at least
RAREST = 0.005  # nobody at all among the others is no certainty
NAMED = 3

ASKED = (
    "In {columns} staan alleen cijfers. Zoals de vragenlijst ze telt, wijken de antwoorden heel ver af van die van "
    "andere leerlingen ({known}). Omgekeerd gelezen passen ze goed. Wat betekenen de cijfers in dit bestand?"
)
WAITS = (
    "De cijfers in {columns} lijken omgekeerd: zo gelezen wijken de antwoorden heel ver af van die van andere "
    "leerlingen. Deze vraag telt mee zodra u zegt wat de cijfers betekenen."
)
ASKED_BY_HAND = "U koppelde {columns}. Daar staan alleen cijfers. Wat betekenen die?"
UNTIL_THEN = "In {columns} staan alleen cijfers. Die zijn gelezen als {meaning}. Tenzij u anders kiest."
AS_REPLIED = "De cijfers in {columns} zijn omgekeerd gelezen, zoals u zei: {meaning}."
LEFT_OUT = "De cijfers in {columns} tellen niet mee: het is niet bekend wat ze betekenen."
AS_READ = (
    "Bij {number} staan alleen cijfers, zonder woorden. Die zijn gelezen zoals de vragenlijst ze telt. Bijvoorbeeld "
    "'{text}': {meaning}. Kijk of dat ook in uw bestand zo is."
)


@dataclass(frozen=True, slots=True)
class Bare:
    """A question of which the file gives nothing but codes: its column, and whether the user linked that."""

    question: Question
    heading: str
    scale: tuple[Answer, ...]
    rows: int
    by_hand: bool

    @property
    def meaning(self) -> str:
        """What the first and the last code are, as the questionnaire has it."""
        return _meaning(self.scale, self.scale)

    @property
    def other_meaning(self) -> str:
        """What they are the other way round."""
        return _meaning(self.scale, self.scale[::-1])


@dataclass(frozen=True, slots=True)
class Known:
    """The share of other pupils who have something (0-1), and how that is said."""

    share: float
    said: str


class Fit(Enum):
    """What other pupils tell about the direction of a scale."""

    UNKNOWN = 0
    AS_CODEBOOK = 1
    TURNED = 2


Fits = Mapping[tuple[str, ...], tuple[Fit, str]]
"""Of questions that are scored together: which way round they fit, and beside which figures."""


def bare_codes(table: RawTable, codebook: Codebook, links: Links) -> dict[str, Bare]:
    """Give the questions whose column holds codes only, and no label that says what one of them means.

    Numbers that are the answer themselves (days of the week, a mark) have no direction to be wrong about.
    """
    questions = {question.id: question for question in codebook.questions}
    found = {}
    for position, name in links.questions.items():
        column, scale = table.columns[position], _scale(questions[name], codebook)
        written = {fold(str(text)): int(times) for text, times in table.frame.iloc[:, position].value_counts().items()}
        ours = {answer.code for answer in scale}
        rows = sum(times for text, times in written.items() if whole_number(text) in ours)
        if rows and not _says_itself(scale, (*written, *map(fold, column.value_labels.values()))):
            found[name] = Bare(questions[name], column.heading, scale, rows, position in links.by_hand)
    return found


def known_shares(
    codebook: Codebook, national: Iterable[NationalFigure], region: Benchmark | None = None
) -> dict[str, Known]:
    """Give per subject the share among other pupils: of the region where it was asked alike, else the last published.

    That is enough to see which way round a scale runs, and for nothing else: a school is not compared here.
    """
    known, years = {}, dict[str, int]()
    labels = {indicator.id: indicator.label for indicator in codebook.indicators}
    for figure in national:
        name = figure.indicator_id
        is_total = figure.population == POPULATION and figure.breakdown.startswith(WHOLE)
        if name in labels and is_total and figure.year > years.get(name, 0):
            said = f"landelijk is '{labels[name]}' {round(figure.percentage)}%"
            known[name], years[name] = Known(figure.percentage / 100, said), figure.year
    return known | (_shares_of_region(codebook, region) if region else {})


def turn(answers: Answers, bare: Mapping[str, Bare], names: Iterable[str]) -> Answers:
    """Give the answers with the codes of these questions the other way round."""
    turned = {}
    for name in names:
        codes = [answer.code for answer in bare[name].scale]
        turned[name] = answers.frame[name].replace(dict(zip(codes, reversed(codes), strict=True)))
    return replace(answers, frame=answers.frame.assign(**turned))


def only(answers: Answers, names: Collection[str]) -> Answers:
    """Give the answers to these questions alone."""
    return replace(answers, frame=answers.frame[[name for name in answers.frame if name in names]])


def directions_of(
    straight: Scores, turned: Scores, used: Mapping[str, tuple[str, ...]], known: Mapping[str, Known]
) -> Fits:
    """Tell of questions that are scored together which way round their codes fit, and beside what was looked.

    ``straight`` and ``turned`` are scores of bare codes only, as the questionnaire has them and the other
    way round; ``used`` are the questions of each subject. A direction is told only where every subject
    of the questions finds it a hundred times likelier. A question that tells about itself is not judged
    by the others again.
    """
    pieces: dict[tuple[str, ...], list[tuple[float, str]]] = {}
    for name in straight.indicators:
        if name in known and name in used:
            counts = [(scores.frame[name].sum(), scores.frame[name].count()) for scores in (straight, turned)]
            ratio = likelier(known[name].share, *((int(cases), int(total)) for cases, total in counts))
            pieces.setdefault(tuple(sorted(used[name])), []).append((ratio, known[name].said))
    found: dict[tuple[str, ...], tuple[Fit, str]] = {}
    judged: set[str] = set()
    for questions in sorted(pieces, key=lambda names: (len(names), names)):
        fit, said = _fit(pieces[questions])
        if fit is not Fit.UNKNOWN and judged.isdisjoint(questions):
            found[questions] = fit, said
            judged.update(questions)
    return found


def likelier(share: float, straight: tuple[int, int], turned: tuple[int, int]) -> float:
    """Give how much likelier (in logarithm) the counts of the other way round are, where others have this share.

    Schools differ, so that their log odds lie around those of the others; a small school says less.

    >>> round(likelier(0.8, (4, 100), (82, 100)), 1), round(likelier(0.26, (70, 100), (30, 100)), 1)
    (11.5, 2.6)
    """
    return _log_chance(share, *turned) - _log_chance(share, *straight)


def settle_scales(
    answers: Answers,
    bare: Mapping[str, Bare],
    fits: Fits,
    replies: Mapping[str, str] = NOBODY,
) -> tuple[Answers, tuple[Problem, ...]]:
    """Read each scale as the user replied, or ask; a scale that seems turned does not count until then."""
    problems: list[Problem] = []
    asked: set[str] = set()
    for names, (fit, said) in fits.items():
        if fit is Fit.TURNED:
            asked.update(names)
            items = [bare[name] for name in names]
            reply = replies.get(question_id(Doubt.ORDER, items[0].heading))
            answers = _as_replied(answers, bare, names, reply or UNKNOWN)
            problems += _remarks(items, reply, _asked(items, said))
    told = {name for together in fits for name in together}
    for names in _linked_alike(bare, told):
        items = [bare[name] for name in names]
        asked.update(names)
        ask = _asked_by_hand(items)
        reply = replies.get(ask.id)
        answers = _as_replied(answers, bare, names, reply or AS_CODEBOOK)
        until = UNTIL_THEN.format(columns=_columns(items), meaning=items[0].meaning)
        problems += _remarks(items, reply, Problem(Severity.NOTE, until, rows=ask.rows, question=ask))
    return answers, (*problems, *_read_as_codebook([item for name, item in bare.items() if name not in asked]))


# --------------------------------------------------------------------------- scales


def _scale(question: Question, codebook: Codebook) -> tuple[Answer, ...]:
    """Give the answers that lie in one line, by code; nothing where a code is its own meaning."""
    rules = [rule for indicator in codebook.indicators for rule in indicator.rules if isinstance(rule, ShareRule)]
    aside = {code for rule in rules if rule.question == question.id for code in rule.left_out}
    aside |= {*question.not_applicable, *question.missing}
    line = sorted((answer for answer in question.answers if answer.code not in aside), key=lambda answer: answer.code)
    is_number = all(str(answer.code) in answer.label.split() for answer in line)
    return () if is_number or len(line) < 2 else tuple(line)


def _says_itself(scale: Sequence[Answer], texts: Collection[str]) -> bool:
    """Say whether the file has the words of an answer anywhere: in its cells or in its labels."""
    words = [text for text in texts if text and whole_number(text) is None]
    return any(fold(answer.label) in text for answer in scale for text in words)


def _meaning(codes: Sequence[Answer], labels: Sequence[Answer]) -> str:
    return f"{codes[0].code} = {labels[0].label}, {codes[-1].code} = {labels[-1].label}"


def _shares_of_region(codebook: Codebook, region: Benchmark) -> dict[str, Known]:
    """Give the shares of the whole region, of subjects in the same wording."""
    known = {}
    wholes = [cell for place, cell in region.cells.items() if place.breakdown is Breakdown.TOTAL]
    for indicator in codebook.indicators:
        name = IndicatorId(indicator.id)
        counts = [cell.figures[name] for cell in wholes if name in cell.figures]
        total = sum(count.total for count in counts)
        is_same = region.instrument == codebook.instrument and region.versions.get(name) == indicator.version
        if total and is_same:
            share = sum(count.cases for count in counts) / total
            known[indicator.id] = Known(share, f"de cijfers van {region.region} over '{indicator.label}'")
    return known


# --------------------------------------------------------------------------- likelihood


def _log_chance(share: float, cases: int, total: int) -> float:
    """Give the logarithm of the chance of these cases (up to a constant), by the log odds of a school."""
    if not total:
        return 0.0
    with_it, without = cases + 0.5, total - cases + 0.5
    variance = SPREAD**2 + 1 / with_it + 1 / without
    certain = min(max(share, RAREST), 1 - RAREST)
    middle = math.log(certain / (1 - certain))
    return -((math.log(with_it / without) - middle) ** 2) / (2 * variance) - math.log(variance) / 2


def _fit(pieces: Sequence[tuple[float, str]]) -> tuple[Fit, str]:
    ratio, said = min(pieces)
    if ratio > MUCH_BETTER:
        return Fit.TURNED, said
    return (Fit.AS_CODEBOOK, said) if max(pieces)[0] < -MUCH_BETTER else (Fit.UNKNOWN, said)


# --------------------------------------------------------------------------- replies and remarks


def _as_replied(answers: Answers, bare: Mapping[str, Bare], names: Sequence[str], reply: str) -> Answers:
    if reply == TURNED:
        return turn(answers, bare, names)
    return replace(answers, frame=answers.frame.drop(columns=[*names])) if reply == UNKNOWN else answers


def _remarks(items: Sequence[Bare], reply: str | None, asked: Problem) -> Iterator[Problem]:
    """Ask, or tell what was done with a reply that is not what the questionnaire says."""
    sentence = {None: "", TURNED: AS_REPLIED, UNKNOWN: LEFT_OUT}.get(reply)
    if reply is None:
        yield asked
    elif sentence:
        told = sentence.format(columns=_columns(items), meaning=items[0].other_meaning)
        yield Problem(Severity.NOTE, told, heading=items[0].heading, rows=items[0].rows)


def _asked(items: Sequence[Bare], said: str) -> Problem:
    first, columns, rows = items[0], _columns(items), max(item.rows for item in items)
    text = ASKED.format(columns=columns, known=said)
    ask = Ambiguity(Doubt.ORDER, first.heading, text, _options(first), rows)
    return Problem(Severity.CHECK, WAITS.format(columns=columns), heading=first.heading, rows=rows, question=ask)


def _asked_by_hand(items: Sequence[Bare]) -> Ambiguity:
    text, rows = ASKED_BY_HAND.format(columns=_columns(items)), max(item.rows for item in items)
    return Ambiguity(Doubt.ORDER, "", text, _options(items[0]), rows, about=items[0].meaning)


def _options(item: Bare) -> tuple[tuple[str, str], ...]:
    return (
        (AS_CODEBOOK, item.meaning),
        (TURNED, f"Omgekeerd: {item.other_meaning}"),
        (UNKNOWN, "Dat weet ik niet: laat de cijfers weg"),
    )


def _linked_alike(bare: Mapping[str, Bare], judged: Collection[str]) -> list[tuple[str, ...]]:
    """Give the questions that the user linked, of which nothing tells the direction, by what their codes mean."""
    alike: dict[str, tuple[str, ...]] = {}
    for name, item in bare.items():
        if item.by_hand and name not in judged:
            alike[item.meaning] = (*alike.get(item.meaning, ()), name)
    return list(alike.values())


def _read_as_codebook(items: Sequence[Bare]) -> Iterator[Problem]:
    """Tell that codes were taken to mean what the questionnaire says, where nothing in the file says so."""
    if items:
        number = "1 vraag" if len(items) == 1 else f"{len(items)} vragen"
        sentence = AS_READ.format(number=number, text=items[0].heading, meaning=items[0].meaning)
        yield Problem(Severity.NOTE, sentence)


def _columns(items: Sequence[Bare]) -> str:
    named = ", ".join(f"'{item.heading}'" for item in items[:NAMED])
    more = f" en nog {len(items) - NAMED}" if len(items) > NAMED else ""
    return f"kolom {named}" if len(items) == 1 else f"de kolommen {named}{more}"
