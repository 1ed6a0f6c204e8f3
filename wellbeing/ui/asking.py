"""What only the user can know about a file: which worksheet, hidden rows, what is ambiguous, what is missing."""

from __future__ import annotations

import streamlit as st

from wellbeing.model.imports import Ambiguity, ImportReport
from wellbeing.model.reference import Bouw
from wellbeing.presentation import formats
from wellbeing.reference.notations import bare_year, school_year
from wellbeing.ui import cache
from wellbeing.ui.session import Pending

COUNT, LEAVE_OUT = "Tel deze rijen mee", "Laat deze rijen weg"
SHEETS = "Op welk werkblad staan de leerlingen?"
STACKED = "Kies er één. Kiest u er meer, dan zetten we ze onder elkaar; ze moeten dezelfde kolommen hebben."
BOUWEN = (Bouw.UPPER, Bouw.LOWER)


def plain(text: str) -> str:
    """Keep what stands in a file from being read as layout. Brackets make a link only after square ones."""
    return "".join(f"\\{letter}" if letter in "\\`*_{}[]#+!|~$:<>" else letter for letter in text)


# --------------------------------------------------------------------------- worksheets


def sheets_key(purpose: str, data: bytes) -> str:
    """Give the name under which the worksheets of a file are chosen."""
    return f"sheets-{purpose}-{cache.fingerprint(data)[:8]}"


def chosen_sheets(key: str) -> tuple[str, ...]:
    """Give the worksheets that the user chose so far."""
    return tuple(st.session_state.get(key, ()))


def ask_sheets(key: str, names: tuple[str, ...], *, must: bool) -> None:
    """Let the user choose worksheets; out of the way where the file could be read without."""
    if len(names) < 2:
        return
    if must or chosen_sheets(key):
        st.multiselect(SHEETS, names, key=key, placeholder="Kies een werkblad", help=STACKED, select_all=False)
        return
    with st.expander("Staan de leerlingen op een ander werkblad?", icon=":material/tab:"):
        st.multiselect(SHEETS, names, key=key, placeholder="Kies een werkblad", help=STACKED, select_all=False)


# --------------------------------------------------------------------------- rows


def leave_out_hidden(purpose: str, pending: Pending) -> bool | None:
    """Tell whether hidden rows must go; nothing while the user has not said so, no where there are none."""
    number = len(pending.table.hidden_rows)
    if not number:
        return False
    reply = st.radio(
        f"In het bestand {'is' if number == 1 else 'zijn'} {formats.counted(number, 'rij', 'rijen')} verborgen, "
        "bijvoorbeeld door een filter. Wat doen we daarmee?",
        (COUNT, LEAVE_OUT),
        index=None,
        key=f"hidden-{purpose}-{pending.name[:8]}",
    )
    return None if reply is None else reply == LEAVE_OUT


# --------------------------------------------------------------------------- what is ambiguous


def replies(purpose: str, pending: Pending) -> dict[str, str]:
    """Give what the user replied so far, by the id of the question."""
    given = {name: st.session_state.get(_reply_key(purpose, pending, name)) for name in pending.asked}
    return {name: reply for name, reply in given.items() if reply is not None}


def ask(purpose: str, pending: Pending, report: ImportReport) -> None:
    """Put every question about the file, those that were replied to as well: a reply can be changed."""
    now = {question.id: question for question in report.questions}
    replied = replies(purpose, pending)
    pending.asked = {name: item for name, item in pending.asked.items() if name in replied or name in now} | now
    for question in pending.asked.values():
        _ask(question, _reply_key(purpose, pending, question.id))


def _ask(question: Ambiguity, key: str) -> None:
    labels = dict(question.options)
    rows = f" ({formats.counted(question.rows, 'rij', 'rijen')})" if question.rows else ""
    where = f"Kolom “{question.heading}”: " if question.heading and question.heading not in question.text else ""
    st.radio(
        plain(where + question.text) + rows,
        list(labels),
        index=None,
        format_func=lambda name: plain(labels[name]),
        key=key,
    )


def _reply_key(purpose: str, pending: Pending, name: str) -> str:
    return f"reply-{purpose}-{pending.name[:8]}-{cache.fingerprint(name)[:8]}"


# --------------------------------------------------------------------------- what the file does not tell


def year(purpose: str) -> str:
    """Give the school year that the user filled in; nothing where it is none."""
    text = _typed_year(purpose)
    return school_year(text) or bare_year(text) or ""


def _typed_year(purpose: str) -> str:
    return str(st.session_state.get(f"year-{purpose}", "")).strip()


def bouw(purpose: str) -> Bouw | None:
    """Give the population that the user chose."""
    return st.session_state.get(f"bouw-{purpose}")


def fill_in(purpose: str, report: ImportReport) -> None:
    """Ask for the school year and the population, where the file does not tell them."""
    if not report.years or _typed_year(purpose):
        st.text_input("Welk schooljaar is dit? Bijvoorbeeld 2025-2026.", key=f"year-{purpose}")
    if not report.leerjaren:
        st.radio(
            "In het bestand staat geen leerjaar. Welke leerlingen zijn dit?",
            BOUWEN,
            index=None,
            format_func=lambda item: formats.capital(item.value),
            key=f"bouw-{purpose}",
            horizontal=True,
            help="Staat het leerjaar er wel in? Koppel dan hieronder de goede kolom.",
        )
