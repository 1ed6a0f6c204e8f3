"""The store as the pages see it: open or not, and a calm sentence when something was not kept."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from wellbeing.model.conversation import Conversation
from wellbeing.model.results import Measurement
from wellbeing.store.database import Store, open_store
from wellbeing.store.failures import ConflictError, StoreError
from wellbeing.store.places import default_address

TERMS = {12: "1 jaar", 24: "2 jaar", 36: "3 jaar", 60: "5 jaar"}
USUAL_TERM = 36


def store() -> Store:
    """Give the store of this installation; opened once.

    Raises:
        StoreError: with a Dutch sentence, if it cannot be opened.
    """
    return _opened(default_address())


def require_store() -> Store:
    """Give the store, after asking how long things may be kept; or say what is wrong and stop the page."""
    try:
        found = store()
        if found.retention() is None:
            _ask_term(found)
            st.stop()
        _clear_out(default_address(), dt.date.today())
    except StoreError as error:
        st.error(str(error))
        st.stop()
    return found


@contextmanager
def telling() -> Iterator[None]:
    """Show the sentence of whatever was not kept, and go on with the page."""
    try:
        yield
    except ConflictError as error:
        st.session_state["conflict"] = error.newest
        st.warning(str(error), icon=":material/sync_problem:")
    except StoreError as error:
        st.error(str(error))


def is_kept() -> bool:
    """Whether counts of schools may be kept: somebody chose for how long."""
    try:
        return store().retention() is not None
    except StoreError:
        return False


def keep_measurements(measurements: tuple[Measurement, ...]) -> bool:
    """Keep the counts of a school for next time, where keeping was chosen; tell whether it was done."""
    if not is_kept():
        return False
    with telling():
        store().save_measurements(measurements)
        return True
    return False


def record(school: str, year: str) -> Conversation:
    """Give the record of this school and measurement, or an empty one."""
    return store().conversation(school, year) or Conversation(school, year)


def _ask_term(found: Store) -> None:
    st.subheader("Hoe lang mogen we dit bewaren?", anchor=False)
    st.write(
        "Hier bewaart het dashboard aantallen per groep, gespreksverslagen en afspraken. Nooit antwoorden van "
        f"leerlingen. Alles staat op deze computer: {found.place}. Wat zo lang niet is gewijzigd, wordt verwijderd."
    )
    months = st.selectbox(
        "Bewaartermijn", list(TERMS), index=list(TERMS).index(USUAL_TERM), format_func=TERMS.__getitem__
    )
    if st.button("Zo bewaren", type="primary"):
        with telling():
            found.set_retention(months)
            st.rerun()


@st.cache_resource(show_spinner="De opslag openen …")
def _opened(address: str) -> Store:
    return open_store(address)


@st.cache_resource(show_spinner=False)
def _clear_out(address: str, on: dt.date) -> int:
    """Delete what is past its term, once a day."""
    return _opened(address).expire(on)
