"""The stages recode, score and count beside the slow count, on invented exports for every codebook."""

from __future__ import annotations

import random
from collections.abc import Sequence
from functools import cache

import pytest

from tests.builders import DATA, codebook, links, policy, raw_table
from tests.oracles.slow_count import Counts, columns_of, read_spellings, slow_count
from wellbeing.model.reference import Bouw, Codebook, Question, RespondentField, Role
from wellbeing.model.survey import Scores
from wellbeing.reference.codebooks import load_codebooks
from wellbeing.reference.spellings import load_spellings
from wellbeing.stages.count import count_measurements, count_region
from wellbeing.stages.recode import recode_answers
from wellbeing.stages.score import score_indicators

TABLE = DATA / "codebooks" / "schrijfwijzen.csv"
UPPER_FROM = policy().upper_from
BOOKS = [codebook(), *load_codebooks(DATA / "codebooks")]
SPELLINGS, SLOW_SPELLINGS = load_spellings(TABLE), read_spellings(TABLE)


def cell(random_: random.Random, column: Question | RespondentField) -> str:
    if isinstance(column, Question):
        return answer_cell(random_, column)
    if column.role is Role.SCHOOL:
        return random_.choice(["De Werf", "Het Baken", "=1+1", *column.missing, ""])
    if column.role is Role.YEAR:
        return random_.choice(["2024-2025", "2025-2026", "2025-2026", "2025-2026"])
    if column.role is Role.WEIGHT:
        return random_.choice(["1", "0,5", "2.25", ""])
    known = [text for value in column.values for text in value.written] + list(column.missing)
    common = [text for role, text in SLOW_SPELLINGS if role == column.role.value]
    return random_.choice([random_.choice(known or common), random_.choice(common), random_.choice(["", "tweetalig"])])


def answer_cell(random_: random.Random, question: Question) -> str:
    answer = random_.choice(question.answers)
    return random_.choice(
        [
            str(answer.code),
            str(answer.code),
            f"{answer.code}.0",
            answer.label,
            f"  {answer.label.upper()} ",
            f"{answer.code} = {answer.label}",
            *map(str, question.missing),
            *map(str, question.not_applicable),
            "",
            "geen idee",
        ]
    )


def invent_export(random_: random.Random, book: Codebook, size: int) -> tuple[list[str], list[list[str]]]:
    columns = [pair for pair in columns_of(book) if isinstance(pair[1], RespondentField) or random_.random() < 0.9]
    random_.shuffle(columns)
    return [heading for heading, _ in columns], [[cell(random_, column) for _, column in columns] for _ in range(size)]


def scores_of(book: Codebook, headings: Sequence[str], rows: Sequence[Sequence[str]]) -> Scores:
    table = raw_table(headings, rows)
    answers, _ = recode_answers(table, book, links(table, book), SPELLINGS)
    return score_indicators(answers, UPPER_FROM)


def fast_schools(scores: Scores) -> Counts:
    return {
        (made.school, made.year, made.bouw.value, counts.group.dimension.value, counts.group.key): {
            name: [count.cases, count.total] for name, count in counts.figures.items()
        }
        | {"pupils": [counts.pupils, counts.pupils]}
        for made in count_measurements(scores, (Bouw.UPPER, Bouw.LOWER))
        for counts in made.groups
    }


def fast_region(scores: Scores, years: Sequence[str]) -> Counts:
    return {
        (year, place.bouw.value, place.breakdown.value, place.key): {name: [0, 0] for name in scores.indicators}
        | {name: [count.cases, count.total] for name, count in made.figures.items()}
        | {"pupils": [made.pupils, made.pupils]}
        for year in years
        for place, made in count_region(scores, year)[0].items()
    }


@cache
def export(book_id: str, seed: int) -> tuple[list[str], list[list[str]]]:
    return invent_export(random.Random(seed), {book.id: book for book in BOOKS}[book_id], 150)


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("book", BOOKS, ids=[book.id for book in BOOKS])
def test_the_stages_count_what_the_slow_count_counts(book: Codebook, seed: int) -> None:
    headings, rows = export(book.id, seed)
    scores = scores_of(book, headings, rows)
    schools, region = slow_count(
        [dict(zip(headings, row, strict=True)) for row in rows], book, SLOW_SPELLINGS, UPPER_FROM
    )
    assert len(schools) > 4
    assert fast_schools(scores) == schools
    assert fast_region(scores, sorted({place[0] for place in region})) == region


@pytest.mark.parametrize("book", BOOKS, ids=[book.id for book in BOOKS])
def test_the_order_of_rows_and_columns_does_not_matter(book: Codebook) -> None:
    headings, rows = export(book.id, 0)
    order = random.Random(7).sample(range(len(headings)), len(headings))
    shuffled = random.Random(8).sample(rows, len(rows))
    turned = scores_of(book, [headings[at] for at in order], [[row[at] for at in order] for row in shuffled])
    assert count_measurements(turned, Bouw) == count_measurements(scores_of(book, headings, rows), Bouw)


@pytest.mark.parametrize("book", BOOKS, ids=[book.id for book in BOOKS])
def test_one_more_pupil_never_lowers_a_count(book: Codebook) -> None:
    headings, rows = export(book.id, 1)
    before, after = fast_schools(scores_of(book, headings, rows[:-1])), fast_schools(scores_of(book, headings, rows))
    for place, figures in before.items():
        for name, (cases, total) in figures.items():
            assert 0 <= after[place][name][0] - cases <= after[place][name][1] - total <= 1


@pytest.mark.parametrize("book", BOOKS, ids=[book.id for book in BOOKS])
def test_groups_and_populations_add_up(book: Codebook) -> None:
    scores = scores_of(book, *export(book.id, 2))
    for made in count_measurements(scores, Bouw):
        for dimension in ("niveau", "klas", "geslacht"):
            groups = [counts for counts in made.groups if counts.group.dimension.value == dimension]
            for name, count in made.total.figures.items():
                assert sum(group.figures[name].total for group in groups) <= count.total
                assert sum(group.figures[name].cases for group in groups) <= count.cases
    sizes = {(made.school, made.year, made.bouw): made.total.pupils for made in count_measurements(scores, Bouw)}
    for (school, year, bouw), pupils in sizes.items():
        if bouw is Bouw.ALL:
            parts = sizes.get((school, year, Bouw.UPPER), 0) + sizes.get((school, year, Bouw.LOWER), 0)
            assert parts <= pupils
