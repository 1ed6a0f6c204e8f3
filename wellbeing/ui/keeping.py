"""The store as the pages see it: open or not, and a calm sentence when something was not kept."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import streamlit as st

from wellbeing.model.benchmark import Benchmark
from wellbeing.model.results import Measurement
from wellbeing.stages.count import WHOLE_FILE
from wellbeing.store.database import Store, open_store
from wellbeing.store.failures import StoreError
from wellbeing.store.places import default_address

TERMS = {12: "1 jaar", 24: "2 jaar", 36: "3 jaar", 60: "5 jaar"}
USUAL_TERM = 36
WHAT = (
    "Hier bewaart het dashboard aantallen per groep, gespreksverslagen, afspraken en wat de school zelf invult. "
    "Nooit antwoorden van leerlingen. "
    "Wat zo lang niet is opgeslagen, wordt verwijderd. Alles staat in één bestand op deze computer:"
)
STAYS = (
    "Na uw akkoord gaan het bestand en de antwoorden per leerling weg. De aantallen blijven bewaard op deze "
    "computer; u vindt de school terug bij Mijn scholen."
)
GOES = (
    "Na uw akkoord gaan het bestand en de antwoorden per leerling weg. De aantallen blijven er zolang deze pagina "
    "open is. Wilt u ze bewaren? Kies dan bij Mijn scholen een bewaartermijn."
)


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
            ask_term(found)
            st.stop()
        _clear_out(default_address(), dt.date.today())
    except StoreError as error:
        st.error(str(error))
        st.stop()
    return found


def kept() -> Store | None:
    """Give the store where somebody chose how long things may be kept, and it can be read; for pages that go on."""
    try:
        found = store()
        return found if found.retention() is not None else None
    except StoreError:
        return None


def ask_term(found: Store) -> None:
    """Ask how long things may be kept, and go on from there."""
    st.subheader("Hoe lang mogen we dit bewaren?", anchor=False)
    st.write(WHAT)
    st.code(found.place, language=None, wrap_lines=True)
    months = st.selectbox(
        "Bewaartermijn", list(TERMS), index=list(TERMS).index(USUAL_TERM), format_func=TERMS.__getitem__
    )
    if st.button("Zo bewaren", type="primary"):
        with telling():
            found.set_retention(months)
            st.rerun()


@contextmanager
def telling() -> Iterator[None]:
    """Show the sentence of whatever was not kept, and go on with the page."""
    try:
        yield
    except StoreError as error:
        st.error(str(error))


def keep_measurements(measurements: Iterable[Measurement]) -> bool:
    """Keep the counts of schools for next time, where keeping was chosen; tell whether it was done.

    A file that names no school is not kept: nobody would know whose it is.
    """
    found, named = kept(), [item for item in measurements if item.school != WHOLE_FILE]
    if found is None or not named:
        return False
    with telling():
        found.save_measurements(named)
        return True
    return False


def kept_before(measurements: Iterable[Measurement]) -> tuple[Measurement, ...]:
    """Give what was kept of these schools, also in an earlier visit; nothing where nothing is kept."""
    found = kept()
    if found is None:
        return ()
    with telling():
        known = set(found.measured())
        schools = {item.school for item in measurements if (item.school, item.year) in known}
        return tuple(item for school in sorted(schools) for item in found.measurements(school))
    return ()


def keep_benchmark(benchmark: Benchmark) -> bool:
    """Keep comparison figures for next time, where keeping was chosen; tell whether it was done."""
    found = kept()
    if found is None:
        return False
    with telling():
        found.save_benchmark(benchmark)
        return True
    return False


def promise() -> str:
    """Say what becomes of a file that is confirmed now."""
    return GOES if kept() is None else STAYS


def place() -> str:
    """Say where everything is kept, for whom it must account for; or why it cannot be."""
    try:
        return store().place
    except StoreError as error:
        return str(error)


@functools.lru_cache(maxsize=4)
def _opened(address: str) -> Store:
    return open_store(address)


@functools.lru_cache(maxsize=4)
def _clear_out(address: str, on: dt.date) -> int:
    """Delete what is past its term, once a day."""
    return _opened(address).expire(on)
