"""Small makers of the things many tests need; every number in them is readable here."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pandas as pd

from wellbeing.model.benchmark import Benchmark, BenchmarkCell, Breakdown, CellId
from wellbeing.model.imports import FileKind
from wellbeing.model.reference import (
    Answer,
    Bouw,
    Codebook,
    CountRule,
    Direction,
    FieldValue,
    Indicator,
    IndicatorId,
    Owned,
    Policy,
    Question,
    RespondentField,
    Role,
    ScaleRule,
    Sensitivity,
    ShareRule,
    Theme,
)
from wellbeing.model.results import Count, Dimension, Group, GroupCounts, Measurement
from wellbeing.model.survey import Column, Links, RawTable
from wellbeing.reference.policy import load_policy

REVIEWED, NEXT = dt.date(2026, 1, 1), dt.date(2027, 1, 1)
DATA = Path(__file__).parents[1] / "data"
OWNED = Owned("een bron", "een eigenaar", REVIEWED, NEXT)
YEAR, SCHOOL = "2025-2026", "De Werf"

Rule = ShareRule | CountRule | ScaleRule


# --------------------------------------------------------------------------- reference data


def policy(**changes: object) -> Policy:
    """Give the policy with the thresholds the project started with, so that a test does not follow a later choice."""
    real = load_policy(DATA / "policy.toml")
    thresholds = {
        "limits": replace(real.limits, pupils=30, cases=5),
        "stricter_limits": replace(real.stricter_limits, pupils=50, cases=10),
        "protection_interval": 4,
        "verdict": replace(
            real.verdict, points=5, points_for_rare=3, rare_below=10, alpha=0.05, false_discovery_rate=0.05
        ),
        "response": replace(real.response, warn_below=0.6, no_labels_below=0.4),
        "benchmark": replace(
            real.benchmark,
            other_schools=3,
            pupils=100,
            shared_pupils=100,
            shared_schools=3,
            shared_cases=5,
            stratum_pupils=30,
        ),
        "talking_points": replace(real.talking_points, most=3, common_from=20, small_school=150),
        "upper_from": {"vmbo": 3, "vmbo-bk": 3, "vmbo-gt": 3, "havo": 4, "vwo": 4},
    }
    return replace(real, **(thresholds | changes))


def question(
    name: str, answers: str = "1=Ja|2=Nee", *, missing: tuple[int, ...] = (9,), not_applicable: tuple[int, ...] = (8,)
) -> Question:
    """Give a closed question; ``answers`` as in a codebook ("1=Ja|2=Nee")."""
    pairs = (part.partition("=") for part in answers.split("|"))
    return Question(
        id=name,
        headings=(name,),
        text=f"Vraag {name}?",
        answers=tuple(Answer(int(code), label) for code, _, label in pairs),
        missing=missing,
        not_applicable=not_applicable,
    )


def indicator(
    name: str,
    *rules: Rule,
    theme: str = "welbevinden",
    higher_is: Direction = Direction.UNFAVOURABLE,
    sensitivity: Sensitivity = Sensitivity.NORMAL,
    version: str = "2025",
    catalogue_themes: tuple[str, ...] = ("thema",),
) -> Indicator:
    """Give a subject; without rules it is the share that answered 1 to the question of that name."""
    return Indicator(
        id=name,
        theme=theme,
        label=f"Onderwerp {name}",
        sentence=f"{{leerlingen}} heeft {name}.",
        rules=rules or (ShareRule("share", name, (1,)),),
        higher_is=higher_is,
        version=version,
        source="een bron",
        owner="een eigenaar",
        reviewed_on=REVIEWED,
        next_review=NEXT,
        catalogue_themes=catalogue_themes,
        sensitivity=sensitivity,
    )


FIELDS = (
    RespondentField(Role.SCHOOL, ("School",), missing=("onbekend",)),
    RespondentField(Role.YEAR, ("Jaar",)),
    RespondentField(
        Role.LEVEL,
        ("Niveau fijn",),
        values=(FieldValue("vmbo-bk", "Vmbo-bk", ("1", "bk")), FieldValue("havo", "Havo", ("2", "havo"))),
        missing=("9",),
    ),
    RespondentField(Role.LEVEL, ("Niveau",)),
    RespondentField(Role.LEERJAAR, ("Leerjaar",), missing=("0",)),
    RespondentField(Role.GENDER, ("Geslacht",)),
    RespondentField(Role.WEIGHT, ("Gewicht",)),
)
THEMES = (Theme("welbevinden", "Welbevinden"), Theme("school", "School"), Theme("thuis", "Thuis"))


def codebook(indicators: Sequence[Indicator] | None = None, questions: Sequence[Question] | None = None) -> Codebook:
    """Give a questionnaire. Without arguments: one subject per kind of rule and of sensitivity."""
    items, others = ("i1", "i2", "i3"), ("k1", "k2", "k3")
    scale = ("s1", "s2", "s3", "s4")
    return Codebook(
        id="klein",
        title="Kleine vragenlijst",
        instrument="Klein",
        edition="1",
        anonymous=True,
        is_example=True,
        notice="",
        owned=OWNED,
        themes=THEMES,
        fields=FIELDS,
        questions=tuple(questions)
        if questions is not None
        else (
            question("klachten"),
            question("zorgen"),
            question("mening", "1=Eens|2=Oneens|3=Weet ik niet"),
            *(question(name) for name in (*items, *others)),
            *(question(name, "1=Nooit|2=Soms|3=Vaak|4=Altijd") for name in scale),
        ),
        indicators=tuple(indicators)
        if indicators is not None
        else (
            indicator("klachten"),
            indicator("zorgen_van_wie_kon", ShareRule("share", "zorgen", (1,), (), "ontbreekt")),
            indicator("eens", ShareRule("share", "mening", (1,), (3,)), theme="school", higher_is=Direction.FAVOURABLE),
            indicator("twee_van_drie", CountRule("count", items, (1,), 2), theme="thuis", higher_is=Direction.NEUTRAL),
            indicator("twee_van_wie_kon", CountRule("count", others, (1,), 2, "ontbreekt"), theme="thuis"),
            indicator("laag", ScaleRule("scale", scale, 3, "sum", 1, 5, ("s4",), 1, at_most=30.0)),
            indicator("laag_streng", ScaleRule("scale", scale, 3, "sum", 1, 5, ("s4",), 1, below=30.0)),
            indicator("hoog", ScaleRule("scale", scale, 3, "mean", 1, at_least=1.5)),
            indicator(
                "hoog_streng",
                ScaleRule("scale", scale, 3, "mean", 1, above=1.5),
                sensitivity=Sensitivity.STRICTER,
            ),
            indicator("geheim", ShareRule("share", "klachten", (2,)), sensitivity=Sensitivity.REGION_ONLY),
        ),
    )


# --------------------------------------------------------------------------- exports


def raw_table(headings: Sequence[str], rows: Sequence[Sequence[str]], **labels: Mapping[str, str]) -> RawTable:
    """Give an export with these cells; ``labels`` are SPSS value labels per heading. Data start in row 2."""
    columns = tuple(
        Column(heading, chr(ord("A") + at), value_labels=labels.get(heading, {})) for at, heading in enumerate(headings)
    )
    cells = {f"c{at}": [row[at] for row in rows] for at in range(len(headings))}
    return RawTable(
        file_name="export.xlsx",
        kind=FileKind.XLSX,
        sheet="Blad1",
        header_row=1,
        row_numbers=tuple(range(2, len(rows) + 2)),
        columns=columns,
        frame=pd.DataFrame(cells, dtype="str"),
    )


def links(table: RawTable, book: Codebook) -> Links:
    """Link every column by its exact heading."""
    questions = {heading: question.id for question in book.questions for heading in question.headings}
    fields = {heading: field for field in book.fields for heading in field.headings}
    headings = [column.heading for column in table.columns]
    return Links(
        {at: questions[heading] for at, heading in enumerate(headings) if heading in questions},
        {at: fields[heading] for at, heading in enumerate(headings) if heading in fields},
    )


# --------------------------------------------------------------------------- counts

Figures = Mapping[str, tuple[int, int]]
Place = tuple[Dimension, str]
TOTAL: Place = (Dimension.TOTAL, "totaal")


def havo(level: str = "havo") -> Place:
    """Give the place of a level; short, since most tests need one."""
    return (Dimension.LEVEL, level)


def counts(place: Place, figures: Figures, pupils: int | None = None) -> GroupCounts:
    """Give one group with figures written as (cases, total)."""
    dimension, key = place
    made = {IndicatorId(name): Count(*pair) for name, pair in figures.items()}
    return GroupCounts(
        Group(dimension, key, key.capitalize()),
        pupils if pupils is not None else max((count.total for count in made.values()), default=0),
        made,
    )


def measurement(groups: Mapping[Place, Figures], **changes: object) -> Measurement:
    """Give a measurement of the bovenbouw of one school."""
    made = tuple(counts(place, figures) for place, figures in groups.items())
    return replace(Measurement(SCHOOL, YEAR, Bouw.UPPER, "klein", made), **changes)


def place(breakdown: Breakdown = Breakdown.TOTAL, key: str = "totaal", bouw: Bouw = Bouw.UPPER) -> CellId:
    """Give the place of a group in a benchmark."""
    return CellId(bouw, breakdown, key)


def cell(figures: Figures, *, pupils: int | None = None, schools: int | None = 10, label: str = "") -> BenchmarkCell:
    """Give one group of a benchmark with figures written as (cases, total)."""
    made = {IndicatorId(name): Count(*pair) for name, pair in figures.items()}
    most = max((count.total for count in made.values()), default=0)
    behind = None if schools is None else dict.fromkeys(made, schools)
    return BenchmarkCell(label, most if pupils is None else pupils, behind, made, {})


def benchmark(cells: Mapping[CellId, BenchmarkCell], **changes: object) -> Benchmark:
    """Give a benchmark of the year before; every subject in it has version 2025."""
    subjects = {name: "2025" for made in cells.values() for name in made.figures}
    base = Benchmark(
        region="Duinrand",
        codebook="klein",
        instrument="Klein",
        year="2024-2025",
        versions=subjects,
        schools=(),
        shareable=False,
        cells=cells,
    )
    return replace(base, **changes)
