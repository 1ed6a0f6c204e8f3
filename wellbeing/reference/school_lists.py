"""The lists that a school goes through by itself: tables that health promoters edit in Excel."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from wellbeing.model.catalogue import Catalogue
from wellbeing.model.content import Cells, Tables
from wellbeing.model.reference import Pillar
from wellbeing.model.school_work import ChecklistItem, PlanName, PlanStep, ReachedLess, SchoolLists, ThemeWeek
from wellbeing.reference.interventions import build_rows, read_tables
from wellbeing.reference.schema import ReferenceDataError, build, collect, duplicates, split
from wellbeing.reference.upkeep import NO_SOURCE, UPKEEP, is_source, take_upkeep

OWNED_COLUMNS = ("source", *UPKEEP)
CHECKLIST, CHECKLIST_COLUMNS = (
    "checklist.csv",
    ("id", "pillar", "question", "origin", "is_obliged", "themes", *OWNED_COLUMNS),
)
WEEKS, WEEK_COLUMNS = "theme_weeks.csv", ("row", "usually", "seen", *OWNED_COLUMNS)
STEPS, STEP_COLUMNS = "steps.csv", ("id", "plan", "title", "what", "pages", "remark", *OWNED_COLUMNS)
REACHED, REACHED_COLUMNS = "reached_less.csv", ("id", "who", "helps", "rows", *OWNED_COLUMNS)
COLUMNS = {CHECKLIST: CHECKLIST_COLUMNS, WEEKS: WEEK_COLUMNS, STEPS: STEP_COLUMNS, REACHED: REACHED_COLUMNS}
YES_OR_NO = {"ja": True, "nee": False}


def load_school_lists(folder: Path, catalogue: Catalogue) -> SchoolLists:
    """Read and check the tables of ``COLUMNS`` beside the catalogue they refer to.

    Raises:
        ReferenceDataError: with all problems, each naming file, row and what is wrong.
    """
    return build_lists(read_tables(folder, COLUMNS), catalogue)


def build_lists(tables: Tables, catalogue: Catalogue) -> SchoolLists:
    """Make the lists of their tables, beside the catalogue they refer to.

    Raises:
        ReferenceDataError: with all problems, each naming file, row and what is wrong.
    """
    steps: list[Callable[[], tuple[Any, ...]]] = [
        lambda: build_rows(CHECKLIST, tables, _item),
        lambda: build_rows(WEEKS, tables, _week),
        lambda: build_rows(STEPS, tables, _step),
        lambda: build_rows(REACHED, tables, _reached),
    ]
    lists = SchoolLists(*collect(steps))
    problems = [
        *_item_problems(lists, catalogue),
        *_week_problems(lists, catalogue),
        *_step_problems(lists),
        *_reached_problems(lists, catalogue),
    ]
    if problems:
        raise ReferenceDataError(problems)
    return lists


def _item(cells: Cells, where: str) -> ChecklistItem:
    if cells["is_obliged"] not in YES_OR_NO:
        raise ReferenceDataError([f"{where}: is_obliged: hier staat '{cells['is_obliged']}'; kies uit ja of nee."])
    data = {**_owned(cells, where), "themes": split(cells["themes"]), "is_obliged": YES_OR_NO[cells["is_obliged"]]}
    return build(ChecklistItem, data, where)


def _week(cells: Cells, where: str) -> ThemeWeek:
    return build(ThemeWeek, _owned(cells, where), where)


def _step(cells: Cells, where: str) -> PlanStep:
    return build(PlanStep, {**_owned(cells, where), "pages": split(cells["pages"])}, where)


def _reached(cells: Cells, where: str) -> ReachedLess:
    return build(ReachedLess, {**_owned(cells, where), "rows": split(cells["rows"])}, where)


def _owned(cells: Cells, where: str) -> dict[str, Any]:
    """Put who answers for a row in a part of its own."""
    upkeep, own = take_upkeep(cells, where)
    if not is_source(cells["source"]):
        raise ReferenceDataError([f"{where}: source: {NO_SOURCE}"])
    owned = {
        "source": own.pop("source"),
        "owner": upkeep.kept_by,
        "reviewed_on": upkeep.checked_on,
        "next_review": upkeep.next_review,
    }
    return {**own, "owned": owned}


def _item_problems(lists: SchoolLists, catalogue: Catalogue) -> Iterator[str]:
    names = [item.id for item in lists.checklist]
    yield from (f"{CHECKLIST}: de vraag '{name}' staat er twee keer in." for name in duplicates(names))
    known = {theme.id for theme in catalogue.themes}
    for item in lists.checklist:
        unknown = (theme for theme in item.themes if theme not in known)
        yield from (f"{CHECKLIST}, {item.id}: themes: het thema '{theme}' is onbekend." for theme in unknown)
    missing = (pillar for pillar in Pillar if pillar not in {item.pillar for item in lists.checklist})
    yield from (f"{CHECKLIST}: bij de pijler {pillar} staat geen vraag." for pillar in missing)


def _week_problems(lists: SchoolLists, catalogue: Catalogue) -> Iterator[str]:
    names = [week.row for week in lists.weeks]
    yield from (f"{WEEKS}: de week '{name}' staat er twee keer in." for name in duplicates(names))
    known = {row.id for row in catalogue.rows}
    unknown = (name for name in names if name not in known)
    yield from (f"{WEEKS}, {name}: deze regel staat niet in het aanbod." for name in unknown)


def _step_problems(lists: SchoolLists) -> Iterator[str]:
    names = [step.id for step in lists.steps]
    yield from (f"{STEPS}: de stap '{name}' staat er twee keer in." for name in duplicates(names))
    missing = (plan for plan in PlanName if plan not in {step.plan for step in lists.steps})
    yield from (f"{STEPS}: van het plan {plan} staat er geen stap." for plan in missing)


def _reached_problems(lists: SchoolLists, catalogue: Catalogue) -> Iterator[str]:
    names = [item.id for item in lists.reached_less]
    yield from (f"{REACHED}: '{name}' staat er twee keer in." for name in duplicates(names))
    known = {row.id for row in catalogue.rows}
    for item in lists.reached_less:
        unknown = (name for name in item.rows if name not in known)
        yield from (f"{REACHED}, {item.id}: rows: '{name}' staat niet in het aanbod." for name in unknown)
