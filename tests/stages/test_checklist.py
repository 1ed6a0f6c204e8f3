"""The checklist beside last year, and what it says in the table of themes and pillars."""

import datetime as dt

import pytest

from wellbeing.model.conversation import Conversation
from wellbeing.model.reference import Owned, Pillar
from wellbeing.model.school_work import Checklist, ChecklistItem, State
from wellbeing.stages import checklist

GOOD, BETTER, NOT_YET = State.GOOD, State.BETTER, State.NOT_YET
OWNED = Owned("bron", "GGD", dt.date(2026, 1, 1), dt.date(2027, 1, 1))


def item(name, pillar, *themes, is_obliged=False):
    return ChecklistItem(name, pillar, f"Vraag {name}?", "zelf gemaakt", is_obliged, themes, OWNED)


ITEMS = (
    item("a", Pillar.POLICY, "pesten"),
    item("b", Pillar.POLICY, "pesten", "slaap"),
    item("c", Pillar.SIGNALLING, "slaap", is_obliged=True),
)


def test_items_without_an_answer_count_nowhere():
    assert checklist.tally(Checklist({"a": GOOD, "b": GOOD, "onbekend": GOOD}), ITEMS) == {
        GOOD: 2,
        BETTER: 0,
        NOT_YET: 0,
    }


@pytest.mark.parametrize(
    ("before", "now", "step"),
    [(NOT_YET, GOOD, 2), (NOT_YET, BETTER, 1), (GOOD, BETTER, -1), (GOOD, GOOD, 0), (None, GOOD, 0), (GOOD, None, 0)],
)
def test_a_step_is_told_only_where_both_years_have_an_answer(before, now, step):
    years = [Checklist({"a": state} if state else {}) for state in (now, before)]
    assert checklist.follow(*years, ITEMS)[0].step == step


def test_what_the_law_asks_for_comes_first_then_what_is_not_there():
    answers = Checklist({"a": BETTER, "b": NOT_YET, "c": BETTER})
    assert [found.id for found in checklist.open_items(answers, ITEMS)] == ["c", "b", "a"]


def test_a_cell_is_filled_only_when_all_its_items_are_good():
    half, whole = Checklist({"a": GOOD}), Checklist({"a": GOOD, "b": GOOD})
    assert checklist.filled_cells(half, ITEMS) == frozenset()
    assert checklist.filled_cells(whole, ITEMS) == {("pesten", Pillar.POLICY), ("slaap", Pillar.POLICY)}


def test_taking_over_ticks_what_is_good_empties_what_is_not_and_leaves_the_rest():
    record = Conversation(
        "De Werf", "2025-2026", already_done=frozenset({("slaap", Pillar.SIGNALLING), ("alcohol", Pillar.EDUCATION)})
    )
    after = checklist.take_over(record, Checklist({"a": GOOD, "b": GOOD, "c": NOT_YET}), ITEMS)
    assert after.already_done == {("alcohol", Pillar.EDUCATION), ("pesten", Pillar.POLICY), ("slaap", Pillar.POLICY)}
    assert after.matrix_filled


def test_an_empty_list_changes_nothing():
    record = Conversation(
        "De Werf", "2025-2026", already_done=frozenset({("slaap", Pillar.POLICY)}), matrix_filled=True
    )
    assert checklist.take_over(record, Checklist(), ITEMS) == record
