"""Choosing: the five questions for one candidate, the decision with its reason, and what lies on the list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from wellbeing.model.conversation import Choice, Conversation, Decision
from wellbeing.model.reference import Pillar
from wellbeing.model.results import Package
from wellbeing.presentation import agenda, markup, offers
from wellbeing.ui import cache, recording
from wellbeing.ui.desk import Desk

Place = tuple[str, Pillar, str]
ONLY_CARE = "Dit is hulp voor leerlingen met klachten. De school kiest dit niet: het gaat via de jeugdgezondheidszorg."
NOBODY_CHOSE = "Er is nog niets gekozen. Open een pakket en kies een voorstel om te bespreken."


def show(desk: Desk, package: Package) -> None:
    """Let the school take one candidate of a package at a time, and show its worksheet."""
    places = [(package.theme, part.pillar, item.row) for part in package.parts for item in part.suggestions]
    if not places:
        return
    name = f"worksheet-{package.theme}"
    place = st.selectbox(
        "Welk voorstel bespreken we?",
        places,
        index=None,
        format_func=_name,
        key=name,
        placeholder="Kies een voorstel",
        help="Loop samen de vijf keuzevragen na, en leg vast of de school dit kiest.",
    )
    if place is not None:
        with st.container(border=True, key=f"{name}-open"):
            _worksheet(desk, place)


def _worksheet(desk: Desk, place: Place) -> None:
    _, pillar, row_id = place
    if cache.reference().catalogue.row(row_id).name_only:
        st.html(markup.quiet(ONLY_CARE))
        return
    made = _made(desk.record, place)
    for at, question in enumerate(offers.CHOICE_QUESTIONS):
        _question(desk, place, at, question)
    _decision(desk, place)
    if made is not None and made.decision is not Decision.OPEN:
        title = _title(row_id)
        label = f"Waarom {made.decision.value}? ({title}, {pillar.value})"
        recording.text(desk.store, label, made.reason, lambda record, typed: with_choice(record, place, reason=typed))


def _question(desk: Desk, place: Place, at: int, question: str) -> None:
    made = _made(desk.record, place)
    name = recording.key(f"answer {place} {at}")

    def keep() -> None:
        answer = st.session_state[name] or offers.NO_ANSWER
        desk.change(lambda record: with_answer(record, place, at, answer))

    st.segmented_control(
        f"{at + 1}. {question}",
        offers.ANSWERS,
        default=(made.answers[at] or None) if made and made.answers else None,
        key=name,
        on_change=keep,
    )


def _decision(desk: Desk, place: Place) -> None:
    made = _made(desk.record, place)
    name = recording.key(f"decision {place}")

    def keep() -> None:
        decision = st.session_state[name] or Decision.OPEN
        desk.change(lambda record: with_choice(record, place, decision=Decision(decision)))

    st.segmented_control(
        "Wat doet de school hiermee?",
        [Decision.CHOSEN, Decision.DROPPED],
        default=made.decision if made and made.decision is not Decision.OPEN else None,
        format_func=lambda item: "Kiezen" if item is Decision.CHOSEN else "Laten afvallen",
        key=name,
        on_change=keep,
    )


# --------------------------------------------------------------------------- changing the record


def with_answer(record: Conversation, place: Place, at: int, answer: str) -> Conversation:
    """Give the record with one choice question answered."""
    made = _made(record, place)
    answers = list(made.answers if made and made.answers else [offers.NO_ANSWER] * len(offers.CHOICE_QUESTIONS))
    answers[at] = answer
    return with_choice(record, place, answers=tuple(answers))


def with_choice(
    record: Conversation,
    place: Place,
    *,
    decision: Decision | None = None,
    reason: str | None = None,
    answers: tuple[str, ...] | None = None,
) -> Conversation:
    """Give the record with something said about a candidate; one of which nothing is left goes out."""
    before = _made(record, place) or Choice(*place, Decision.OPEN)
    after = replace(
        before,
        decision=before.decision if decision is None else decision,
        reason=before.reason if reason is None else reason,
        answers=before.answers if answers is None else answers,
    )
    others = tuple(item for item in record.choices if (item.theme, item.pillar, item.row) != place)
    is_empty = after.decision is Decision.OPEN and not any(after.answers)
    return replace(record, choices=others if is_empty else (*others, after))


def _made(record: Conversation, place: Place) -> Choice | None:
    return next((item for item in record.choices if (item.theme, item.pillar, item.row) == place), None)


# --------------------------------------------------------------------------- the list


def chosen(desk: Desk) -> None:
    """Show what the school chose, dropped or still thinks about."""
    st.header("Wat de school kiest", anchor=False)
    if not desk.record.choices:
        st.html(markup.quiet(NOBODY_CHOSE))
        return
    st.html(
        markup.table(
            "Dit staat straks ook in het verslag.",
            ["Voorstel", "Thema", "Pijler", "Keuze"],
            [_line(choice) for choice in desk.record.choices],
        )
    )


def _line(choice: Choice) -> Sequence[str]:
    theme, how = cache.reference().catalogue.theme(choice.theme).label, agenda.HOW_CHOSEN[choice.decision]
    return _title(choice.row), theme, choice.pillar.value, f"{how}: {choice.reason}" if choice.reason else how


def _name(place: Place) -> str:
    _, pillar, row = place
    return f"{Pillar(pillar).value}: {_title(row)}"


def _title(row: str) -> str:
    return agenda.offer_name(row, cache.reference().catalogue)
