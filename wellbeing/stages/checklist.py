"""What the checklist of a school says: how it stands, what changed, and which cells of the table it fills."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from wellbeing.model.conversation import Conversation
from wellbeing.model.reference import Pillar
from wellbeing.model.school_work import Checklist, ChecklistItem, State

Cell = tuple[str, Pillar]
_ORDER = (State.NOT_YET, State.BETTER, State.GOOD)


@dataclass(frozen=True, slots=True)
class Course:
    """How one item went from last year to now; a state is absent where it was not answered."""

    item: ChecklistItem
    before: State | None
    now: State | None

    @property
    def step(self) -> int:
        """Above 0 for better than last year, below 0 for less good; 0 where it cannot be said."""
        if self.before is None or self.now is None:
            return 0
        return _ORDER.index(self.now) - _ORDER.index(self.before)


def follow(now: Checklist, before: Checklist, items: Sequence[ChecklistItem]) -> tuple[Course, ...]:
    """Lay the answers of two years beside each other, in the order of the checklist."""
    return tuple(Course(item, before.answers.get(item.id), now.answers.get(item.id)) for item in items)


def tally(answers: Checklist, items: Sequence[ChecklistItem]) -> Mapping[State, int]:
    """Count the items per state; items without an answer count nowhere."""
    found = [answers.answers.get(item.id) for item in items]
    return {state: found.count(state) for state in State}


def open_items(answers: Checklist, items: Sequence[ChecklistItem]) -> tuple[ChecklistItem, ...]:
    """Give what is not there yet, then what can be better; what the law asks for first."""
    found = [item for item in items if answers.answers.get(item.id) in {State.NOT_YET, State.BETTER}]
    return tuple(sorted(found, key=lambda item: (not item.is_obliged, _ORDER.index(answers.answers[item.id]))))


def filled_cells(answers: Checklist, items: Sequence[ChecklistItem]) -> frozenset[Cell]:
    """Give the cells of theme and pillar of which every item is good."""
    cells = _cells(items)
    return frozenset(cell for cell, of in cells.items() if all(answers.answers.get(i) is State.GOOD for i in of))


def empty_cells(answers: Checklist, items: Sequence[ChecklistItem]) -> frozenset[Cell]:
    """Give the cells of theme and pillar of which an item is not there yet or can be better."""
    lacking = {State.NOT_YET, State.BETTER}
    return frozenset(cell for cell, of in _cells(items).items() if any(answers.answers.get(i) in lacking for i in of))


def take_over(record: Conversation, answers: Checklist, items: Sequence[ChecklistItem]) -> Conversation:
    """Fill the table of themes and pillars of a record: good is a tick, the rest an empty place.

    Cells of which the checklist says nothing stay as people left them.
    """
    done = (record.already_done | filled_cells(answers, items)) - empty_cells(answers, items)
    return replace(record, already_done=done, matrix_filled=bool(done))


def _cells(items: Sequence[ChecklistItem]) -> Mapping[Cell, Sequence[str]]:
    found: dict[Cell, list[str]] = {}
    for cell, name in _places(items):
        found.setdefault(cell, []).append(name)
    return found


def _places(items: Sequence[ChecklistItem]) -> Iterator[tuple[Cell, str]]:
    for item in items:
        yield from (((theme, item.pillar), item.id) for theme in item.themes)
