"""Invented pupils in any number, the same every time: what the benchmarks of counting work on."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.random import Generator, default_rng
from numpy.typing import NDArray

from wellbeing import pipeline
from wellbeing.model.reference import (
    Answer,
    Codebook,
    CountRule,
    Direction,
    Indicator,
    Question,
    Role,
    ScaleRule,
    ShareRule,
    Theme,
)
from wellbeing.model.survey import Answers
from wellbeing.pipeline import Reference

YEAR, EARLIER = "2025-2026", "2024-2025"
LEVELS = {"vmbo-bk": (1, 2, 3, 4), "vmbo-gt": (1, 2, 3, 4), "havo": (1, 2, 3, 4, 5), "vwo": (1, 2, 3, 4, 5, 6)}
INDICATORS = 60
PUPILS_PER_SCHOOL = 500
AT_ONCE = 100_000
PER_THEME = 6
CODES = (1, 2, 3, 4)
HEADINGS = {
    Role.SCHOOL: "SchoolNaam",
    Role.YEAR: "Onderzoeksjaar",
    Role.LEVEL: "MBOKK3S33",
    Role.LEERJAAR: "MBOKK331",
    Role.GENDER: "GENDER",
    Role.WEIGHT: "weegfactor_regio",
}


def reference(indicators: int) -> Reference:
    """Give the reference data with one codebook: so many indicators, one in six a count and one a scale."""
    known = pipeline.load_reference()
    return replace(known, codebooks=(_codebook(known.codebook("gmj-2023"), indicators),))


def _codebook(like: Codebook, size: int) -> Codebook:
    """Keep the respondent fields of a codebook, and give it other questions: a few per indicator."""
    rules = [_rule(number) for number in range(size)]
    names = dict.fromkeys(name for rule in rules for name in _questions_of(rule))
    answers = tuple(Answer(code, f"Antwoord {code}") for code in CODES)
    questions = tuple(Question(name, (name,), f"Vraag {name}?", answers, (9,), (8,)) for name in names)
    themes = tuple(Theme(f"thema{number}", f"Thema {number}") for number in range(-(-size // PER_THEME)))
    indicators = tuple(
        _indicator(f"onderwerp{number}", themes[number // PER_THEME].id, rule) for number, rule in enumerate(rules)
    )
    return replace(like, themes=themes, questions=questions, indicators=indicators)


def _rule(number: int) -> ShareRule | CountRule | ScaleRule:
    items = tuple(f"v{number}_{item}" for item in range(4))
    match number % 6:
        case 4:
            return CountRule("count", items, (1,), 2)
        case 5:
            return ScaleRule("scale", items, 3, "sum", 1, 5, items[3:], 1, at_most=25.0)
        case _:
            return ShareRule("share", items[0], (1,), (), "ontbreekt" if number % 2 else "nee")


def _questions_of(rule: ShareRule | CountRule | ScaleRule) -> tuple[str, ...]:
    return (rule.question,) if isinstance(rule, ShareRule) else rule.questions


def _indicator(name: str, theme: str, rule: ShareRule | CountRule | ScaleRule) -> Indicator:
    day = dt.date(2026, 1, 1)
    return Indicator(
        id=name,
        theme=theme,
        label=name,
        sentence="{leerlingen} heeft dit.",
        rules=(rule,),
        higher_is=Direction.UNFAVOURABLE,
        version="1",
        source="bedacht",
        owner="niemand",
        reviewed_on=day,
        next_review=dt.date(2027, 1, 1),
    )


def invent_answers(codebook: Codebook, pupils: int, *, year: str = YEAR, schools: int | None = None) -> Answers:
    """Give the answers of so many pupils, spread over schools of 500 unless the number of schools is given."""
    chance = default_rng([20261122, pupils])
    frame = _fields(chance, range(pupils), schools or max(1, pupils // PUPILS_PER_SCHOOL), year)
    for question in codebook.questions:
        codes = _codes(chance, pupils)
        frame[question.id] = pd.arrays.IntegerArray(codes.astype("int64"), codes == 0)
    return Answers(codebook, pd.DataFrame(frame), {})


def write_parquet(path: Path, codebook: Codebook, pupils: int) -> None:
    """Write so many pupils with their weights as one file of Parquet, a part at a time."""
    chance, schools, writer = default_rng([20261122, pupils]), max(1, pupils // PUPILS_PER_SCHOOL), None
    for start in range(0, pupils, AT_ONCE):
        part = range(start, min(start + AT_ONCE, pupils))
        columns = {HEADINGS[Role(role)]: values for role, values in _fields(chance, part, schools, YEAR).items()}
        columns[HEADINGS[Role.WEIGHT]] = chance.uniform(0.5, 2.0, len(part)).round(3)
        for question in codebook.questions:
            codes = _codes(chance, len(part))
            columns[question.id] = pa.array(codes, mask=codes == 0)
        table = pa.table(columns)
        writer = writer or pq.ParquetWriter(path, table.schema)
        writer.write_table(table)
    if writer:
        writer.close()


def _codes(chance: Generator, size: int) -> NDArray[np.int8]:
    """Give answers; 0 stands for no answer, 8 for not applicable."""
    return chance.choice(np.array([*CODES, 8, 0], np.int8), size, p=[0.2, 0.3, 0.25, 0.15, 0.05, 0.05])


def _fields(chance: Generator, pupils: range, schools: int, year: str) -> dict[str, Any]:
    classes = [(level, str(leerjaar)) for level, leerjaren in LEVELS.items() for leerjaar in leerjaren]
    of_class = chance.integers(0, len(classes), len(pupils))
    levels, leerjaren = (np.array(values, object)[of_class] for values in zip(*classes, strict=True))
    names = np.array([f"School {number + 1}" for number in range(schools)], object)
    genders = chance.choice(3, len(pupils), p=[0.49, 0.49, 0.02])
    return {
        Role.SCHOOL.value: names[np.array(pupils) % schools],
        Role.YEAR.value: np.full(len(pupils), year, object),
        Role.LEVEL.value: levels,
        Role.LEERJAAR.value: leerjaren,
        Role.GENDER.value: np.array(["jongen", "meisje", None], object)[genders],
    }
