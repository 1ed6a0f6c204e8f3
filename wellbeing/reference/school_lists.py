"""The lists that a school goes through by itself: tables that health promoters edit in Excel."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from wellbeing.model.catalogue import Catalogue
from wellbeing.model.reference import Pillar
from wellbeing.model.school_work import ChecklistItem, PlanName, PlanStep, SchoolLists, ThemeWeek
from wellbeing.reference.schema import ReferenceDataError, build, collect, duplicates, read_table, split

OWNED_COLUMNS = ("source", "owner", "reviewed_on", "next_review")
CHECKLIST, CHECKLIST_COLUMNS = (
    "checklist.csv",
    ("id", "pillar", "question", "origin", "is_obliged", "themes", *OWNED_COLUMNS),
)
WEEKS, WEEK_COLUMNS = "theme_weeks.csv", ("row", "usually", "seen", *OWNED_COLUMNS)
STEPS, STEP_COLUMNS = "steps.csv", ("id", "plan", "title", "what", "pages", "remark", *OWNED_COLUMNS)
YES_OR_NO = {"ja": True, "nee": False}

Cells = dict[str, str]


def load_school_lists(folder: Path, catalogue: Catalogue) -> SchoolLists:
    """Read and check ``checklist.csv``, ``theme_weeks.csv`` and ``steps.csv`` beside the catalogue they refer to.

    Raises:
        ReferenceDataError: with all problems, each naming file, row and what is wrong.
    """
    steps: list[Callable[[], tuple[Any, ...]]] = [
        lambda: _read(folder / CHECKLIST, CHECKLIST_COLUMNS, _item),
        lambda: _read(folder / WEEKS, WEEK_COLUMNS, _week),
        lambda: _read(folder / STEPS, STEP_COLUMNS, _step),
    ]
    checklist, weeks, plan = collect(steps)
    lists = SchoolLists(checklist, weeks, plan)
    problems = [*_item_problems(lists, catalogue), *_week_problems(lists, catalogue), *_step_problems(lists)]
    if problems:
        raise ReferenceDataError(problems)
    return lists


def _read(path: Path, columns: tuple[str, ...], make: Callable[[Cells, str], Any]) -> tuple[Any, ...]:
    table = read_table(path, columns)
    named = [(cells, f"{path.name}, {cells[columns[0]] or 'regel zonder naam'}") for cells in table]
    return tuple(collect([lambda cells=cells, where=where: make(cells, where) for cells, where in named]))  # type: ignore[misc]


def _item(cells: Cells, where: str) -> ChecklistItem:
    if cells["is_obliged"] not in YES_OR_NO:
        raise ReferenceDataError([f"{where}: is_obliged: hier staat '{cells['is_obliged']}'; kies uit ja of nee."])
    data = {**_owned(cells), "themes": split(cells["themes"]), "is_obliged": YES_OR_NO[cells["is_obliged"]]}
    return build(ChecklistItem, data, where)


def _week(cells: Cells, where: str) -> ThemeWeek:
    return build(ThemeWeek, _owned(cells), where)


def _step(cells: Cells, where: str) -> PlanStep:
    return build(PlanStep, {**_owned(cells), "pages": split(cells["pages"])}, where)


def _owned(cells: Cells) -> dict[str, Any]:
    """Put who answers for a row in a part of its own."""
    owned = {name: cells[name] for name in OWNED_COLUMNS}
    return {**{name: cell for name, cell in cells.items() if name not in owned}, "owned": owned}


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
