"""Agreements: what will be done, which role takes it up, before when, and which figure is looked at next time."""

from __future__ import annotations

from dataclasses import dataclass, replace

import streamlit as st

from wellbeing.model.conversation import Agreement, Attendee, Conversation
from wellbeing.model.reference import Bouw, IndicatorId
from wellbeing.model.results import Analysis
from wellbeing.presentation import agenda, markup, wording
from wellbeing.store.database import Store
from wellbeing.ui import cache, recording, session

NONE_YET = "Er zijn nog geen afspraken."
WARNED = "agreement-warned"
AGAIN = "Klik nog eens op dezelfde knop als het niet over een persoon gaat."


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure to look at next time: a subject, of one population."""

    indicator: IndicatorId
    bouw: Bouw


def show(store: Store, sheet: recording.Sheet, *, empty: str = NONE_YET) -> None:
    """List what was agreed, each with the way to change it."""
    if not sheet.record.agreements:
        st.html(markup.quiet(empty))
    for at, item in enumerate(sheet.record.agreements):
        st.html(described(item))
        with st.container(horizontal=True):
            st.button(
                "Wijzig", key=f"change-{at}", type="tertiary", icon=":material/edit:", on_click=_open, args=(sheet, at)
            )
            st.button(
                "Haal weg",
                key=f"drop-{at}",
                type="tertiary",
                icon=":material/close:",
                on_click=_drop,
                args=(store, sheet, at),
            )


def described(item: Agreement) -> str:
    """Write an agreement with its role and day."""
    more = agenda.who_and_when(item)
    return f'<p class="wb-line">{markup.text(f"**{item.what}**")}{f"<br>{markup.text(more)}" if more else ""}</p>'


def ask(analysis: Analysis, store: Store, sheet: recording.Sheet) -> None:
    """Ask for a new agreement, or for what changes in the one that is open."""
    at, agreements = sheet.changing, sheet.record.agreements
    changing = at is not None and at < len(agreements)
    old = agreements[at] if changing and at is not None else Agreement("")
    with st.form(recording.key(f"agreement-{at if changing else f'new-{len(agreements)}'}"), enter_to_submit=False):
        new = _fields(analysis, old)
        label = "Bewaar de wijziging" if changing else "Leg vast"
        if st.form_submit_button(label, type="primary") and new.what:
            _keep(store, sheet, new)
    if changing:
        st.button("Laat zoals het was", type="tertiary", on_click=_open, args=(sheet, None))


def _fields(analysis: Analysis, old: Agreement) -> Agreement:
    figures = _figures(analysis)
    named = Figure(old.indicator, old.bouw) if old.indicator and old.bouw else None
    choices = list(figures)
    what = st.text_area("Wat spreken we af?", old.what, height=80, help=recording.ABOUT_PUPILS)
    who = st.selectbox(
        "Wie pakt dit op? (functie, geen naam)",
        list(Attendee),
        index=list(Attendee).index(old.who) if old.who else None,
        format_func=lambda item: Attendee(item).value,
        placeholder="Kies",
    )
    due = st.date_input("Wanneer is het klaar?", old.due, format="DD-MM-YYYY")
    figure = st.selectbox(
        "Naar welk cijfer kijken we volgende keer?",
        choices,
        index=choices.index(named) if named in figures else None,
        format_func=figures.__getitem__,
        placeholder="Kies",
    )
    new = replace(old, what=what.strip(), who=who, due=due)
    return replace(new, indicator=figure.indicator, bouw=figure.bouw) if figure else _without(new, named in figures)


def _without(new: Agreement, could_choose: bool) -> Agreement:
    """Take the figure away; one that this list does not have stays as it was."""
    return replace(new, indicator=None, bouw=None) if could_choose else new


def _figures(analysis: Analysis) -> dict[Figure, str]:
    """Give every subject of the questionnaire by name, per population where there are several."""
    populations = [item.bouw for item in session.state().measurements] or [analysis.published.bouw]
    populations.sort(key=lambda bouw: bouw is not analysis.published.bouw)
    several = len(populations) > 1
    return {
        Figure(IndicatorId(item.id), bouw): f"{item.label} ({wording.population(bouw)})" if several else item.label
        for bouw in populations
        for item in cache.codebook(analysis).indicators
    }


def _keep(store: Store, sheet: recording.Sheet, new: Agreement) -> None:
    found = recording.may_name_somebody(new.what, sheet.record.school)
    if found and st.session_state.get(WARNED) != new.what:
        st.session_state[WARNED] = new.what
        st.warning(f"Nog niet bewaard: {found} {AGAIN}", icon=":material/privacy_tip:")
        return
    at = sheet.changing

    def made(record: Conversation) -> Conversation:
        if at is None:
            return replace(record, agreements=(*record.agreements, new))
        changes = {"what": new.what, "who": new.who, "due": new.due, "indicator": new.indicator, "bouw": new.bouw}
        return replace(record, agreements=recording.with_item(record.agreements, at, **changes))

    if recording.change(store, made, f"{new.what}\n{agenda.who_and_when(new)}".strip()):
        sheet.changing = None
    st.rerun()


def _open(sheet: recording.Sheet, at: int | None) -> None:
    sheet.changing = at


def _drop(store: Store, sheet: recording.Sheet, at: int) -> None:
    sheet.changing = None
    recording.change(
        store,
        lambda record: replace(record, agreements=(*record.agreements[:at], *record.agreements[at + 1 :])),
    )
