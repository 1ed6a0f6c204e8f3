"""The parts of Inhoud bijhouden: what must be looked at again, one click for what still holds, and the log."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from wellbeing.export.content import LOG_HEADINGS, log_row
from wellbeing.model.content import KeptRow, LeftOut, LogLine, RowEdit
from wellbeing.presentation import formats, markup
from wellbeing.presentation import upkeep as words
from wellbeing.reference.content import Content, kept_rows, overlay
from wellbeing.reference.edits import change_row, judge, look_again, months_later, take_back
from wellbeing.reference.sheets import (
    CARD,
    CHECKLIST,
    PACKAGES,
    PROGRAMMES,
    REACHED,
    SHEETS,
    STEPS,
    THEMES,
    WEEKS,
    in_words,
)
from wellbeing.store.database import Store
from wellbeing.ui import asking, cache, keeping, navigation

INTRO = (
    "Alles wat het dashboard een school aanraadt of vraagt, staat in rijen. Kijk elke rij op tijd na, verander wat "
    "niet meer klopt en zet erbij wat u mist."
)
NOT_KEPT = "Wijzigen kan pas als u kiest hoe lang het dashboard iets mag bewaren."
WHO = "Uw naam of functie"
WHO_WHY = "Komt in het logboek en bij de rij te staan, ook voor scholen. Uw functie is genoeg."
NEEDED = "Vul bovenaan eerst uw naam of functie in."
LEFT_OUT = "Deze wijzigingen passen niet meer en tellen niet mee. Verander ze, of haal ze weg."
AGREED = "Wat al met een school is afgesproken, blijft staan zoals het is afgesproken."
NOTHING = "Geen rij past hierbij."
MOST, MOST_LOG = 20, 200
EDITING, BY = "content-editing", "content-by"
LIST, NEW, FILES, LOG = "Nakijken", "Nieuwe rij", "Excel en doorgeven", "Logboek"
USED_IN = {
    CARD: (navigation.INSPIRATION, navigation.SUGGESTIONS),
    PROGRAMMES: (navigation.SUGGESTIONS,),
    THEMES: (navigation.SUGGESTIONS, navigation.CONVERSATION),
    PACKAGES: (navigation.SUGGESTIONS,),
    CHECKLIST: (navigation.CHECKLIST,),
    WEEKS: (navigation.YEAR_PLAN,),
    STEPS: (navigation.STEP_PLAN,),
    REACHED: (navigation.EQUAL_CHANCES,),
}


@dataclass(frozen=True, slots=True)
class Bench:
    """What lies on the bench: the rows as they are kept now, who is at work and on which day.

    Without a store the rows are as they were delivered, and nothing can be changed.
    """

    store: Store | None
    content: Content
    by: str
    on: dt.date

    def keep(self, edits: Sequence[RowEdit]) -> bool:
        """Make all these edits or none, and show them on every page; tell whether it was done."""
        if self.store is None or not self.by:
            st.warning(NEEDED)
            return False
        problems = judge(self.content, edits)
        if problems:
            st.html(markup.remarks(problems))
            return False
        with keeping.telling():
            self.store.save_content(edits, self.by)
            cache.forget_region()
            return True
        return False

    def log(self) -> tuple[LogLine, ...]:
        """Give who changed what, oldest first."""
        if self.store is not None:
            with keeping.telling():
                return self.store.content_log()
        return ()


def today() -> dt.date:
    """Give the day on which rows are judged."""
    return dt.date.today()


def bench() -> Bench:
    """Give the rows of this installation; those in an opened parcel are of somebody else."""
    store, base = keeping.kept(), cache.reference().content.base
    content = Content(base, (), base)
    if store is not None:
        with keeping.telling():
            content = overlay(base, store.content())
    by = str(st.session_state.get(BY, "")).strip()
    return Bench(store, content, by, today())


def show_state(now: Bench) -> None:
    """Say how it stands, and what does not fit any more."""
    st.html(markup.conclusion(words.conclusion(kept_rows(now.content), now.on)))
    if now.store is None:
        st.info(NOT_KEPT)
        st.page_link(navigation.MY_SCHOOLS.file, label="Mijn scholen", icon=":material/home_work:")
        return
    st.text_input(WHO, key=BY, max_chars=80, help=WHO_WHY, persist_state="session")
    if now.content.left_out:
        st.warning(LEFT_OUT)
        for at, item in enumerate(now.content.left_out):
            _left_out(now, item, at)


def _left_out(now: Bench, item: LeftOut, at: int) -> None:
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        st.html(markup.remarks([in_words(problem) for problem in item.problems]), width="stretch")
        if st.button("Haal deze wijziging weg", key=f"left-out-{at}") and now.keep(
            [take_back(now.content, item.change)]
        ):
            st.rerun()


# --------------------------------------------------------------------------- the list


def show_list(now: Bench) -> None:
    """Show the rows that were asked for, first those that must be looked at first."""
    found = kept_rows(now.content)
    chosen = _chosen(found, now)
    for row in chosen[:MOST]:
        _line(row, now)
    if not chosen:
        st.html(markup.quiet(NOTHING))
    elif len(chosen) > MOST:
        st.html(markup.quiet(f"Er zijn er nog {formats.number(len(chosen) - MOST)}. Zoek of kies om ze te zien."))
    _own_offers(now)


def _chosen(found: Sequence[KeptRow], now: Bench) -> list[KeptRow]:
    """Let the user search, and choose by table and state."""
    tally = Counter(state for row in found for state in words.states(row, now.on))
    left, right = st.columns(2)
    wanted = left.text_input("Zoek een rij", key="content-search").strip().casefold()
    table = right.selectbox(
        "Lijst", list(SHEETS), index=None, format_func=_title, placeholder="Alle lijsten", key="content-table"
    )
    states = st.pills(
        "Toon alleen",
        list(tally),
        selection_mode="multi",
        format_func=lambda state: f"{state} ({formats.number(tally[state])})",
        key="content-states",
    )
    rows = [row for row in found if wanted in f"{row.name} {row.row}".casefold() and table in (None, row.table)]
    return [row for row in rows if not states or set(states) & set(words.states(row, now.on))]


def _title(file: str) -> str:
    return SHEETS[file].title


def _line(row: KeptRow, now: Bench) -> None:
    key = cache.fingerprint(row.table, row.row)[:10]
    with st.container(border=True, horizontal=True, vertical_alignment="center", key=f"content-{key}"):
        used = formats.listing([entry.title for entry in USED_IN[row.table]])
        st.html(words.line(row, f"{_title(row.table)}, gebruikt bij {used}", now.on), width="stretch")
        if now.store is None:
            return
        name = asking.plain(row.name)
        if st.button("Klopt nog", key=f"holds-{key}", help=f"Klopt nog: {name}") and _holds(row, now):
            st.rerun()
        if st.button("Wijzigen", key=f"edit-{key}", help=f"Wijzigen: {name}"):
            st.session_state[EDITING] = (row.table, row.row)
            st.rerun()


def _holds(row: KeptRow, now: Bench) -> bool:
    """Write down that somebody looked at a row and that it still holds."""
    months = cache.reference().policy.review_months
    seen = change_row(now.content, row.table, row.row, look_again(now.by, now.on, months))
    if seen is not None and not now.keep([seen]):
        return False
    st.toast(f"Nagekeken. Opnieuw op {formats.date(months_later(now.on, months))}.")
    return True


def _own_offers(now: Bench) -> None:
    """Say how many own offers of the GGD must be looked at; they are changed where they are kept."""
    if now.store is None:
        return
    months, late = cache.reference().policy.review_months, 0
    with keeping.telling():
        late = sum(
            offer.checked_on is None or months_later(offer.checked_on, months) < now.on for offer in now.store.offers()
        )
    if late:
        number = formats.counted(late, "eigen aanbod van de GGD is", "keer eigen aanbod van de GGD is")
        st.html(markup.quiet(f"Ook {number} te laat. Dat past u aan bij Wat kan de school doen?"))
        st.page_link(navigation.SUGGESTIONS.file, label=navigation.SUGGESTIONS.title)


# --------------------------------------------------------------------------- the log


def show_log(now: Bench) -> None:
    """Show who changed what, last first."""
    log = now.log()
    if not log:
        st.html(markup.quiet("Er is nog niets veranderd."))
        return
    st.html(markup.quiet(AGREED))
    rows = [log_row(item) for item in reversed(log[-MOST_LOG:])]
    st.html(markup.table("Wie veranderde wat", LOG_HEADINGS, rows))
