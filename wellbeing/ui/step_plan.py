"""The parts of Stappenplan: the steps of the core team with their state, and a short exercise towards a vision."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from html import escape

import streamlit as st

from wellbeing.model.conversation import Attendee
from wellbeing.model.school_work import PlanName, PlanStep, StepPlan, StepProgress, StepState, VisionQuestion
from wellbeing.presentation import formats, markup, packages
from wellbeing.store.database import Store
from wellbeing.ui import cache, navigation, rooms
from wellbeing.ui.asking import plain
from wellbeing.ui.rooms import Place, Room

INTRO = (
    "Werken aan welbevinden gaat het best met een klein, vast team: een kernteam. "
    "Kies één plan en zet de stappen. U hoeft niet bij stap 1 te beginnen als die al klaar is. "
    "Onderaan staat een oefening: samen naar een visie."
)
VISION = (
    "Neem met het team een half uur. Schrijf eerst alleen, praat dan samen. Zoek waar mensen warm van worden; "
    "het hoeft nog niet mooi te zijn."
)
NEXT = "**{done} van {all} stappen klaar.** Nu aan de beurt: {step}."
FINISHED = "**Alle stappen zijn klaar.** Begin volgend schooljaar opnieuw met een eerlijk beeld."


def show(store: Store, place: Place) -> None:
    """Show the steps of this school and year, and the exercise."""
    room = rooms.enter(store, StepPlan(), place)
    st.html(markup.quiet(rooms.SAVED))
    rooms.trouble(room)
    _choose_plan(room)
    steps = [step for step in cache.reference().lists.steps if step.plan is room.content.plan]
    _where(room.content, steps)
    for number, step in enumerate(steps, start=1):
        _step(room, number, step)
    _vision(room)


def _choose_plan(room: Room[StepPlan]) -> None:
    name = room.key("plan")

    def keep() -> None:
        chosen = PlanName(st.session_state[name])
        room.change(lambda content: replace(content, plan=chosen))

    st.segmented_control(
        "Welk plan volgt u?", list(PlanName), default=room.content.plan, required=True, key=name, on_change=keep
    )


def _where(content: StepPlan, steps: Sequence[PlanStep]) -> None:
    """Say how far the team is, and which step comes now."""
    todo = [step for step in steps if content.step(step.id).state is not StepState.DONE]
    if not todo:
        st.html(markup.conclusion([FINISHED]))
        return
    done = formats.number(len(steps) - len(todo))
    st.html(markup.conclusion([NEXT.format(done=done, all=formats.number(len(steps)), step=todo[0].title.lower())]))


def _step(room: Room[StepPlan], number: int, step: PlanStep) -> None:
    found = room.content.step(step.id)
    st.subheader(f"{number}. {plain(step.title)}", anchor=False)
    remark = f"{escape(step.remark)} " if step.remark else ""
    st.html(
        f'<p class="wb-line">{escape(step.what)}<br>'
        f'<span class="wb-facts">{remark}{packages.link(step.owned.source, f"bron: {step.plan.value}")}</span></p>'
    )
    left, right = st.columns(2)
    with left:
        rooms.pick(room, f"Hoe ver is stap {number}?", list(StepState), found.state, _with_state(step.id))
    with right:
        _who(room, number, step)
    with st.container(horizontal=True):
        for entry in navigation.ENTRIES:
            if entry.address in step.pages:
                st.page_link(entry.file, label=entry.title, icon=":material/arrow_forward:")


def _who(room: Room[StepPlan], number: int, step: PlanStep) -> None:
    found, name, roles = room.content.step(step.id), room.key(f"who {step.id}"), list(Attendee)

    def keep() -> None:
        chosen = st.session_state[name]
        room.change(lambda content: _with(content, step.id, replace(content.step(step.id), who=chosen)))

    st.selectbox(
        f"Wie pakt stap {number} op? (functie, geen naam)",
        roles,
        index=roles.index(found.who) if found.who else None,
        format_func=lambda item: Attendee(item).value,
        key=name,
        on_change=keep,
        placeholder="Kies",
    )


def _vision(room: Room[StepPlan]) -> None:
    st.header("Samen naar een visie", anchor=False)
    st.html(markup.quiet(VISION))
    for question in VisionQuestion:
        rooms.text(room, question.value, room.content.vision.get(question, ""), _with_vision(question))


# --------------------------------------------------------------------------- changes


def _with_state(name: str) -> rooms.Setting[StepPlan, StepState]:
    def made(content: StepPlan, chosen: StepState | None) -> StepPlan:
        return _with(content, name, replace(content.step(name), state=chosen))

    return made


def _with_vision(question: VisionQuestion) -> rooms.Writing[StepPlan]:
    def made(content: StepPlan, typed: str) -> StepPlan:
        return replace(content, vision={**content.vision, question: typed})

    return made


def _with(content: StepPlan, name: str, progress: StepProgress) -> StepPlan:
    return replace(content, steps={**content.steps, name: progress})
