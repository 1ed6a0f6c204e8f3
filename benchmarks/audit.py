"""The attacker over schools as they are shown: nothing hidden may follow from the figures file and the page.

Run it from the root of the project with ``python -m benchmarks.audit``. Schools of 12 to 600 pupils
are invented with fixed seeds and go through the real stages, from answers to what is written and
shown. The attacker (``tests/oracles/attacker.py``) then sees the figures file with its margins, the
distributions of answers, and the number of pupils of every group; half of the time it also knows
which leerjaren a level has. It looks for a hidden count that follows, exactly or too narrowly, from
one subject or from subjects of the same questions together: one inside another, and one that is
either of two others.
"""

from __future__ import annotations

import csv
import io
import math
import random
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import cache
from itertools import combinations, permutations, product

import numpy as np
import pandas as pd
from statsmodels.stats.proportion import proportion_confint

from tests.builders import codebook, indicator, question
from tests.oracles.attacker import (
    Atom,
    Family,
    Figure,
    Page,
    Way,
    atoms,
    count_range,
    extremes,
    family_findings,
    findings,
    is_known_too_well,
)
from tests.oracles.schools import DIMENSIONS, FIRST_YEAR, LAST_YEAR, Pupil, invent_school
from tests.oracles.slow_count import score
from wellbeing import pipeline
from wellbeing.export.tables import FIGURE_COLUMNS, csv_bytes, figure_row
from wellbeing.model.benchmark import Benchmark
from wellbeing.model.reference import (
    Bouw,
    Codebook,
    CountRule,
    Indicator,
    Role,
    ScaleRule,
    Sensitivity,
    ShareRule,
)
from wellbeing.model.results import Analysis, Measurement, PublishedAnswers, Suppressed
from wellbeing.model.survey import Answers
from wellbeing.pipeline import Reference, ScoredDataset
from wellbeing.stages.count import count_measurements
from wellbeing.stages.score import score_indicators

SCHOOLS = 200
SEED = 7000
SIZES = (12, 25, 35, 45, 60, 80, 120, 150, 250, 350, 450, 600)
SUBJECTS = ("o0", "o1", "o2")
OFTEN, EITHER = "o0-vaak", "o0-of-o1"
LABELS = ("Vaak", "Soms", "Zelden", "Nooit")
CASES, OTHERS = (1, 2), (3, 4)
YEAR, EARLIER = "2025-2026", "2024-2025"

Row = Mapping[str, str]
NO_ROW: Row = {"percentage": ""}
GroupKey = tuple[str, str]


@dataclass(frozen=True)
class Shown:
    """What a school is shown: the rows of its figures file and the distributions on its page."""

    rows: Sequence[Row]
    answers: Sequence[PublishedAnswers]


@dataclass(frozen=True)
class School:
    """One invented school: its counts, its region, and what goes with them."""

    measurement: Measurement
    region: Benchmark
    reference: Reference


# --------------------------------------------------------------------------- invented schools


@cache
def five_subjects() -> Reference:
    """Give the reference data with three questions of four answers, one of them sensitive, and two families."""
    answers = "|".join(f"{code}={label}" for code, label in enumerate(LABELS, 1))
    made = [
        indicator(
            name,
            ShareRule("share", name, CASES),
            sensitivity=Sensitivity.STRICTER if name == SUBJECTS[-1] else Sensitivity.NORMAL,
        )
        for name in SUBJECTS
    ]
    made.append(indicator(OFTEN, ShareRule("share", SUBJECTS[0], CASES[:1])))
    made.append(indicator(EITHER, CountRule("count", SUBJECTS[:2], CASES, 1)))
    questions = [question(name, answers, not_applicable=()) for name in SUBJECTS]
    return replace(pipeline.load_reference(), codebooks=(codebook(made, questions),))


def invent(seed: int) -> School:
    """Invent a school and a region of a year earlier. In odd schools a level has only its own leerjaren."""
    chance = random.Random(SEED + seed)
    real_years = bool(seed % 2)
    pupils = invent_school(chance, SIZES[seed % len(SIZES)], len(SUBJECTS), real_years=real_years)
    others = [
        (f"School {at}", pupil)
        for at in range(6)
        for pupil in invent_school(chance, 150, len(SUBJECTS), real_years=real_years)
    ]
    answers = _answers([("De Werf", pupil) for pupil in pupils], YEAR, chance)
    known = five_subjects()
    scores = score_indicators(answers, known.policy.upper_from)
    region = score_indicators(_answers(others, EARLIER, chance), known.policy.upper_from)
    (measurement,) = count_measurements(scores, (Bouw.ALL,), answers=answers)
    made = pipeline.build_dataset_benchmark(ScoredDataset("pandas", region, (EARLIER,), ()), EARLIER, "regio")
    return School(measurement, made, known)


def _answers(pupils: Sequence[tuple[str, Pupil]], year: str, chance: random.Random) -> Answers:
    """Give every pupil an answer that fits "has it" or "has it not"."""
    (book,) = five_subjects().codebooks
    levels, leerjaren, genders = zip(*(pupil.groups for _, pupil in pupils), strict=True)
    frame: dict[str, object] = {
        Role.SCHOOL.value: np.array([name for name, _ in pupils], object),
        Role.YEAR.value: np.full(len(pupils), year, object),
    }
    for role, keys in ((Role.LEVEL, levels), (Role.LEERJAAR, leerjaren), (Role.GENDER, genders)):
        frame[role.value] = np.array([key or None for key in keys], object)
    for name in SUBJECTS:
        codes = [_code(pupil.answers[name], chance) for _, pupil in pupils]
        frame[name] = pd.array(codes, dtype="Int64")
    return Answers(book, pd.DataFrame(frame), {})


def _code(has_it: int | None, chance: random.Random) -> int | None:
    return None if has_it is None else chance.choices(CASES if has_it else OTHERS, (1, 4))[0]


# --------------------------------------------------------------------------- what is shown


def show(school: School) -> Shown:
    """Work out what the school is shown, and write it as the command line does."""
    analysis = pipeline.analyse(school.measurement, school.region, school.reference)
    book = school.reference.codebook(school.measurement.codebook)
    return Shown(read_figures(written(analysis, book)), analysis.answers)


def written(analysis: Analysis, book: Codebook) -> bytes:
    """Give the figures file over the whole menu."""
    rows = [figure_row(row, book, analysis.published.school) for row in analysis.comparisons]
    return csv_bytes(FIGURE_COLUMNS, rows)


def read_figures(data: bytes) -> list[Row]:
    """Read a figures file as a stranger would."""
    return list(csv.DictReader(io.StringIO(data.decode("utf-8"))))


# --------------------------------------------------------------------------- what follows from it


def leaks(shown: Shown, measurement: Measurement, reference: Reference, *, real_years: bool) -> list[str]:
    """Name every hidden count that follows, every figure under the limits, and every margin that tells more.

    Of ``measurement`` only the numbers of pupils are known to the attacker.
    """
    book = reference.codebook(measurement.codebook)
    found = [f"{row['indicator']}: margins tell more" for row in shown.rows if not _margins_follow(row, measurement)]
    empty = impossible(measurement) if real_years else ()
    pages = {
        str(ident): replace(page_of(book.indicator(ident), shown, measurement, reference), empty=empty)
        for ident in measurement.total.figures
    }
    for name, page in pages.items():
        if _shows_something(page):
            found += [f"{name} {finding}" for finding in (*findings(page), *what_is_left(page))]
    for names in families(book):
        members = {name: pages[name] for name in names if name in pages}
        if len(members) > 1 and any(map(_shows_something, members.values())):
            found += family_findings(Family(members, ways_to_score(book, tuple(members))))
    return found


def _shows_something(page: Page) -> bool:
    return any(not figure.hidden for figure in (page.whole, *_groups(page)))


# --------------------------------------------------------------------------- subjects of the same questions


def families(book: Codebook) -> list[tuple[str, ...]]:
    """Give every two or three subjects that ask the same question, as far as one adds up others or is inside one."""
    asked = {item.id: set(_asked(item)) for item in book.indicators}
    pairs = [pair for pair in combinations(asked, 2) if asked[pair[0]] & asked[pair[1]]]
    threes = [
        (one, other, both)
        for one, other in combinations(asked, 2)
        for both in asked
        if both not in {one, other} and asked[both] == asked[one] | asked[other] and not asked[one] & asked[other]
    ]
    inside = {frozenset(pair) for three in threes for pair in combinations(three, 2)}
    return [*(pair for pair in pairs if frozenset(pair) not in inside), *threes]


def _asked(subject: Indicator) -> tuple[str, ...]:
    """Give the questions of the widest rule: there the others are in it too."""
    return max(((rule.question,) if isinstance(rule, ShareRule) else rule.questions for rule in subject.rules), key=len)


@cache
def ways_to_score(book: Codebook, names: tuple[str, ...]) -> tuple[Way, ...]:
    """Try every way to answer the questions of these subjects, and give how a pupil can score on them."""
    questions = {question.id: question for question in book.questions}
    rules = [
        next(rule for rule in book.indicator(name).rules if {*_questions_of(rule)} == {*_asked(book.indicator(name))})
        for name in names
    ]
    asked = sorted({name for rule in rules for name in _questions_of(rule)})
    options = [
        [None, *(answer.code for answer in questions[name].answers), *questions[name].not_applicable] for name in asked
    ]
    answered = (dict(zip(asked, codes, strict=True)) for codes in product(*options))
    ways = {tuple(score(rule, codes, questions) for rule in rules) for codes in answered}
    return tuple(sorted(ways - {(None,) * len(names)}, key=str))


def _questions_of(rule: ShareRule | CountRule | ScaleRule) -> tuple[str, ...]:
    return (rule.question,) if isinstance(rule, ShareRule) else rule.questions


def what_is_left(page: Page) -> list[str]:
    """Name every shown group that lies inside another one, where the other pupils of that one follow."""
    groups = [
        (f"{name} {key}", {atom for atom in atoms(page) if atom[at] == key}, figure)
        for at, (name, table) in enumerate(page.tables.items())
        for key, figure in table.items()
        if not figure.hidden
    ]
    found = []
    for (outer, around, whole), (inner, within, part) in permutations(groups, 2):
        if within < around and whole.total > part.total:
            low, high = extremes(page, around - within)
            if is_known_too_well(low, high, whole.total - part.total, page):
                found.append(f"{outer} without {inner} (n={whole.total - part.total}): {low}-{high}")
    return found


def page_of(subject: Indicator, shown: Shown, measurement: Measurement, reference: Reference) -> Page:
    """Give one subject as the attacker sees it."""
    strict = subject.sensitivity is Sensitivity.STRICTER
    limits = reference.policy.stricter_limits if strict else reference.policy.limits
    rows = {_place(row): row for row in shown.rows if row["indicator"] == subject.id}
    ident = next(name for name in measurement.total.figures if name == subject.id)
    tables: dict[str, dict[str, Figure]] = {dimension.value: {} for dimension in DIMENSIONS}
    for counts in measurement.groups[1:]:
        # A handful of pupils has no row at all; everybody at school knows that they are there.
        row = rows.get((counts.group.dimension.value, counts.group.label), NO_ROW)
        tables[counts.group.dimension.value][counts.group.key] = _figure(counts.figures[ident].total, row)
    total = measurement.total.figures[ident].total
    whole = _figure(total, rows["school", ""])
    told = told_by_distribution(subject, reference.codebook(measurement.codebook), shown.answers, total)
    if told is not None:
        low, high = count_range(whole, limits.cases)
        whole = Figure(total, possible=range(max(low, told[0]), min(high, told[1]) + 1))
    return Page(whole, tables, rule=limits.cases, width=reference.policy.protection_interval)


def _groups(page: Page) -> Iterator[Figure]:
    for table in page.tables.values():
        yield from table.values()


def _place(row: Row) -> GroupKey:
    return (row["group_by"], "" if row["group_by"] == "school" else row["group"])


def _figure(total: int, row: Row) -> Figure:
    return Figure(total, int(row["percentage"]) if row["percentage"] else None)


def told_by_distribution(
    subject: Indicator, book: Codebook, answers: Sequence[PublishedAnswers], total: int
) -> tuple[int, int] | None:
    """Give the fewest and the most cases that the shown distribution leaves open, or nothing without one."""
    rule = subject.rules[0]
    given = next((item for item in answers if isinstance(rule, ShareRule) and item.question == rule.question), None)
    if not isinstance(rule, ShareRule) or given is None or isinstance(given.shares, Suppressed):
        return None
    (asked,) = [item for item in book.questions if item.id == rule.question]
    labels = {answer.label for answer in asked.answers if answer.code in rule.cases}
    sides: dict[bool, list[tuple[int, int]]] = {True: [(0, 0)], False: [(0, 0)]}
    for share in given.shares:
        fits = [k for k in range(total + 1) if math.floor(100 * k / total + 0.5) == share.percentage]
        sides[share.labels[0] in labels].append((fits[0], fits[-1]))
    (low, high), (other_low, other_high) = (
        (sum(least for least, _ in sides[side]), sum(most for _, most in sides[side])) for side in (True, False)
    )
    return max(low, total - other_high), min(high, total - other_low)


def _margins_follow(row: Row, measurement: Measurement) -> bool:
    """Tell whether the printed margin is no more than what percentage and number of pupils give."""
    if not row["percentage"]:
        return not any(row[name] for name in ("total", "lower", "upper", "difference", "comparator_percentage"))
    ident = next(name for name in measurement.total.figures if name == row["indicator"])
    places = {("school", ""): measurement.total} | {
        (counts.group.dimension.value, counts.group.label): counts for counts in measurement.groups[1:]
    }
    total = places[_place(row)].figures[ident].total
    limits = proportion_confint(int(row["percentage"]) / 100 * total, total, method="wilson")
    if row["difference"] and int(row["difference"]) != int(row["percentage"]) - int(row["comparator_percentage"]):
        return False
    return [int(row["lower"]), int(row["upper"])] == [int(limit * 100 + 0.5) for limit in limits]


def impossible(measurement: Measurement) -> list[Atom]:
    """Give the combinations of level and leerjaar that everybody knows not to exist in the bovenbouw."""
    genders = [counts.group.key for counts in measurement.groups if counts.group.dimension is DIMENSIONS[2]]
    return [
        (level, year, gender)
        for level, year, gender in product(FIRST_YEAR, "3456", (*genders, ""))
        if not FIRST_YEAR[level] <= int(year) <= LAST_YEAR[level]
    ]


# --------------------------------------------------------------------------- the table


def audit(seed: int) -> tuple[int, int, list[str]]:
    """Give the figures that a school is shown, those that it is not, and what leaks."""
    school = invent(seed)
    shown = show(school)
    rows = [row for row in shown.rows if row["comparator"] == "regio"]
    visible = sum(bool(row["percentage"]) for row in rows)
    found = leaks(shown, school.measurement, school.reference, real_years=bool(seed % 2))
    return visible, len(rows) - visible, found


def main() -> None:
    """Print per size of school what is shown, what is hidden, and what leaks."""
    started = time.perf_counter()
    with ProcessPoolExecutor() as workers:
        results = list(workers.map(audit, range(SCHOOLS), chunksize=4))
    print(f"{'pupils':>8} {'schools':>8} {'shown':>7} {'hidden':>7} {'leaks':>6}")
    shown, hidden, leaking = Counter[int](), Counter[int](), Counter[int]()
    for seed, (visible, rest, found) in enumerate(results):
        size = SIZES[seed % len(SIZES)]
        shown[size] += visible
        hidden[size] += rest
        leaking[size] += len(found)
        for name in found:
            print(f"    school {seed}: {name}")
    for at, size in enumerate(SIZES):
        schools = len(range(at, SCHOOLS, len(SIZES)))
        print(f"{size:>8} {schools:>8} {shown[size]:>7} {hidden[size]:>7} {leaking[size]:>6}")
    print(f"{SCHOOLS} schools, {leaking.total()} leaks, {time.perf_counter() - started:.0f} seconds")


if __name__ == "__main__":
    main()
