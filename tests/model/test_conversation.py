"""The record of a conversation: where the school stands, what goes to the suggestions, what differs."""

from dataclasses import replace

import pytest

from wellbeing.model.conversation import (
    Agreement,
    Conversation,
    DiscussionPoint,
    Need,
    Progress,
    Status,
    changed_fields,
)
from wellbeing.model.reference import Pillar
from wellbeing.model.results import PointKind, Wishes

HELD = Conversation("De Werf", "2025-2026", reached=Status.HELD)


def agreed(*progress):
    return replace(HELD, agreements=tuple(Agreement("iets", progress=item) for item in progress))


@pytest.mark.parametrize(
    ("conversation", "status"),
    [
        (Conversation("De Werf", "2025-2026"), Status.NOT_YET),
        (HELD, Status.HELD),
        (agreed(Progress.DONE, Progress.BUSY), Status.OPEN),
        (agreed(Progress.DONE, Progress.DROPPED), Status.CLOSED),
        (replace(agreed(Progress.OPEN), reached=Status.PREPARED), Status.PREPARED),
    ],
)
def test_the_status_follows_the_agreements_once_the_conversation_was_held(conversation, status):
    assert conversation.status is status


@pytest.mark.parametrize("status", [Status.OPEN, Status.CLOSED])
def test_what_follows_from_agreements_cannot_be_set(status):
    with pytest.raises(ValueError, match="follows from the agreements"):
        Conversation("De Werf", "2025-2026", reached=status)


def test_the_wishes_are_themes_without_their_notes():
    ticks = frozenset({("slaap", Pillar.POLICY)})
    record = replace(HELD, needs=(Need("slaap", "x"),), signals=(Need("vapen"),), already_done=ticks)
    wishes = record.wishes
    assert (wishes.needs, wishes.signals, wishes.already_done) == ({"slaap"}, {"vapen"}, ticks)
    assert not wishes.matrix_filled


def test_wishes_from_another_page_come_in_without_losing_a_note():
    ticks = frozenset({("slaap", Pillar.POLICY)})
    record = replace(HELD, needs=(Need("slaap", "minder toetsen"), Need("vapen")))
    wanted = Wishes(needs=frozenset({"slaap", "pesten"}), already_done=ticks, matrix_filled=True)
    changed = record.with_wishes(wanted)
    assert changed.needs == (Need("slaap", "minder toetsen"), Need("pesten"))
    assert changed.wishes == wanted


def test_what_goes_well_stands_first_and_the_rest_keeps_its_order():
    stress, safe, sleep = (
        DiscussionPoint(PointKind.CLEAR, theme, goes_well=theme == "veilig") for theme in ("stress", "veilig", "slaap")
    )
    assert HELD.with_points([stress, safe, sleep]).points == (safe, stress, sleep)


def test_changed_fields_are_told_by_name_and_the_revision_is_none_of_them():
    assert changed_fields(HELD, replace(HELD, notes="x", matrix_filled=True, revision=4)) == ("matrix_filled", "notes")
    assert changed_fields(HELD, replace(HELD, revision=9)) == ()
