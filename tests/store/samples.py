"""One of everything the store keeps, and the databases of every version that the migrations are tried on.

After adding a version to ``wellbeing/store/migrations.py``: ``python -m tests.store.samples`` writes a database of
that version to ``versions/``. A file that is there already is never written again.
"""

import datetime as dt
import sqlite3
import tempfile
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from sqlalchemy import URL

from tests.builders import TOTAL, benchmark, cell, havo, measurement, place
from wellbeing.model.benchmark import Breakdown
from wellbeing.model.content import CellEdit, RowChange, RowEdit
from wellbeing.model.conversation import (
    Agreement,
    Attendee,
    Choice,
    Conversation,
    Decision,
    DiscussionPoint,
    Need,
    OwnOffer,
    Progress,
    Status,
    UnmetNeed,
)
from wellbeing.model.reference import Bouw, Pillar
from wellbeing.model.results import AnswerCounts, Count, Dimension, Group, GroupCounts, PointKind, Weighted
from wellbeing.model.school_work import (
    Checklist,
    Filling,
    Helper,
    Moment,
    MomentKind,
    Route,
    RoutePart,
    RouteStep,
    SchoolWork,
    State,
    YearPlan,
)
from wellbeing.store.connections import connect, for_writing
from wellbeing.store.database import Store
from wellbeing.store.migrations import VERSIONS, upgrade

VERSIONS_FOLDER = Path(__file__).with_name("versions")
NOW = dt.datetime(2026, 11, 22, 9, 30, tzinfo=dt.UTC)
TODAY = NOW.date()

BEFORE = measurement({TOTAL: {"klachten": (20, 80)}}, year="2023-2024")
MEASUREMENT = measurement(
    {TOTAL: {"klachten": (31, 120), "eens": (0, 0)}, havo(): {"klachten": (3, 7)}},
    could_have_answered=150,
    strata={"havo|4|meisje": {"klachten": 12}, "|4|": {"klachten": 1}},
    answers=(AnswerCounts("klachten", "Heb je klachten?", ((1, "Ja", 31), (2, "Nee, «nooit»", 89))),),
)
WEIGHTED = replace(
    MEASUREMENT,
    school="Het Baken",
    bouw=Bouw.ALL,
    groups=(
        GroupCounts(
            Group(Dimension.TOTAL, "totaal", "Hele school"),
            3,
            {"klachten": Count(1, 3)},
            {"klachten": Weighted(2.9999999999999996, 0.1, 1e-17, 123456789.123456789)},
        ),
    ),
)
TOGETHER = measurement({TOTAL: {"klachten": (51, 200)}}, year="2023-2024 en 2025-2026", parts=(BEFORE, MEASUREMENT))

BENCHMARK = benchmark(
    {
        place(): cell({"klachten": (300, 1200)}, label="Alle leerlingen"),
        place(Breakdown.CROSSED, "havo|4|meisje"): cell({"klachten": (1, 2)}, schools=None),
    },
    schools=("De Werf", "Het Baken"),
    correlations={Bouw.UPPER: {("eens", "klachten"): -0.1234}, Bouw.LOWER: {}},
)

CONVERSATION = Conversation(
    school="De Werf",
    year="2025-2026",
    reached=Status.HELD,
    planned_on=dt.date(2026, 10, 1),
    held_on=dt.date(2026, 10, 8),
    present=frozenset({Attendee.TEAM_LEADER, Attendee.NURSE}),
    points=(
        DiscussionPoint(PointKind.CLEAR, "school", "eens", Bouw.UPPER, goes_well=True, reason="Meer dan in de regio."),
        DiscussionPoint(PointKind.CONVERSATION, "thuis", note="Herkend; ‘ze zijn moe’ 😴"),
    ),
    needs=(Need("slaap", "meer rust in de toetsweken"),),
    signals=(Need("vapen"),),
    choices=(
        Choice(
            "slaap", Pillar.POLICY, "m-rooster-en-slaap", Decision.CHOSEN, "past bij het rooster", ("ja", "", "nee")
        ),
        Choice("slaap", Pillar.EDUCATION, "i-leefstijl", Decision.DROPPED, "geen tijd dit jaar"),
    ),
    agreements=(
        Agreement("rooster bekijken", Attendee.TEAM_LEADER, dt.date(2027, 2, 1), "klachten", Bouw.UPPER),
        Agreement("ouderavond", progress=Progress.DONE, outcome="80 ouders"),
    ),
    unmet=(UnmetNeed("vapen", "iets voor leerjaar 1", Pillar.EDUCATION),),
    already_done=frozenset({("slaap", Pillar.POLICY), ("pesten", Pillar.SIGNALLING)}),
    matrix_filled=True,
    notes="Volgend jaar weer.",
)
CHECKLIST = SchoolWork(
    "De Werf",
    "2026-2027",
    Checklist(
        {"c-welkom": State.GOOD, "c-netwerk": State.NOT_YET}, {Pillar.POLICY: "‘goed’ geregeld"}, Filling.TOGETHER
    ),
)
YEAR_PLAN = SchoolWork(
    "De Werf",
    "2026-2027",
    YearPlan(
        (
            Moment(
                MomentKind.THEME_WEEK,
                "Week Tegen Pesten",
                dt.date(2026, 9, 21),
                dt.date(2026, 9, 25),
                "s-week-tegen-pesten",
            ),
        )
    ),
)
ROUTE = SchoolWork(
    "De Werf",
    "2026-2027",
    Route({RoutePart.SEES: RouteStep((Helper.MENTOR,), "in het mentoruur")}, dt.date(2027, 5, 1), "snel contact", ""),
)
OFFER = OwnOffer("eigen-ouderavond", "Ouderavond over slaap", ("slaap",), (Pillar.ENVIRONMENT,), "Twee uur, op school.")
CHANGED_ROW = RowChange("programmes.csv", "i-leefstijl", {"remark": "Nu ook voor leerjaar 1 – ‘gratis’."})
ROW_EDIT = RowEdit(
    CHANGED_ROW.table,
    CHANGED_ROW.row,
    None,
    CHANGED_ROW,
    (CellEdit("remark", "", "Nu ook voor leerjaar 1 – ‘gratis’."),),
)
EDITOR = "gezondheidsbevorderaar"
HEADINGS = {"Hoe voel je je?": "klachten", "Afdeling": "role:niveau", "Versie": ""}
ANSWERS = {"soort": "gmj", "gebruik": "ggd"}


def fill(store: Store, version: int = len(VERSIONS)) -> None:
    """Keep one of everything that a database of this version can hold."""
    store.save_measurements([MEASUREMENT, WEIGHTED, TOGETHER])
    store.save_benchmark(BENCHMARK)
    store.save_conversation(CONVERSATION)
    store.remember_links("gmj", "abc", HEADINGS)
    store.save_responsibility("gmj", ANSWERS)
    store.set_retention(36)
    if version >= 2:
        store.save_offer(OFFER)
        store.save_availability("i-leefstijl", available=False)
    if version >= 3:
        for work in (CHECKLIST, YEAR_PLAN, ROUTE):
            store.save_work(work)
    if version >= 4:
        store.save_content([ROW_EDIT], EDITOR)


def write_versions(folder: Path = VERSIONS_FOLDER) -> None:
    """Write a filled database of each version that has none yet, as SQL."""
    folder.mkdir(exist_ok=True)
    for version in range(1, len(VERSIONS) + 1):
        target = folder / f"{version}.sql"
        if not target.exists():
            target.write_text(_dump(version), encoding="utf-8")


def _dump(version: int) -> str:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "store.sqlite"
        engine = connect(URL.create("sqlite", database=str(path)))
        with for_writing(engine).begin() as connection:
            upgrade(connection, version)
        fill(Store(engine, lambda: NOW), version)
        with closing(sqlite3.connect(path)) as connection:
            return "\n".join(connection.iterdump()) + "\n"


if __name__ == "__main__":
    write_versions()
