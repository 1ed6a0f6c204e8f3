"""A text of the content, of a colleague or in a parcel, is never read as layout: no link, and no picture that tells."""

from __future__ import annotations

import pytest

from tests.pages.test_content import lay
from wellbeing.model.content import RowChange
from wellbeing.model.conversation import Conversation, OwnOffer
from wellbeing.model.reference import Pillar
from wellbeing.ui import cache

PICTURE = "![x](https://voorbeeld.nl/wie-leest-dit.png)"
CHANGES = (
    RowChange("steps.csv", "w-1", {"title": PICTURE}),
    RowChange("checklist.csv", "c-schoolplan", {"question": PICTURE}),
    RowChange("themes.csv", "mentale_gezondheid", {"label": PICTURE}),
    RowChange("inspiratiekaart.csv", "s-visietool", {"title": PICTURE, "next_review": "2026-11-23"}),
)


@pytest.fixture
def filled(store):
    """A store in which somebody wrote layout wherever a text may stand."""
    lay(store, *CHANGES)
    store.save_offer(OwnOffer("eigen-1", PICTURE, ("slaap",), (Pillar.EDUCATION,)))
    store.save_conversation(Conversation("De Werf", "2025-2026"))
    cache.forget_region()
    return store


def read_as_layout(block):
    """Give the texts that Streamlit reads as Markdown: bodies, labels and what is told beside a button."""
    for element in block:
        if element.type != "html" and element.proto is not None:
            proto = getattr(element.proto, "expandable", element.proto)
            yield from (getattr(proto, name, "") for name in ("body", "label", "help"))


@pytest.mark.parametrize(
    "page", ["step_plan", "school_checklist", "suggestions", "content", "year_plan", "equal_chances"]
)
def test_what_people_wrote_is_shown_as_they_wrote_it(visitor, demo_state, filled, page):
    opened = visitor(demo_state).go(f"pages/{page}.py")
    assert opened.went_well
    assert not [text for text in read_as_layout(opened.app.main) if PICTURE in text]
