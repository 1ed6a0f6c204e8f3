"""Work that may last: after a second its step, its size and a way to stop; stopped work leaves no process behind."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from typing import TypeVar

import streamlit as st

from wellbeing.intake.stopping import Stop, stoppable

PATIENCE = 1.0  # seconds before anything is said
GLANCE = 0.2  # seconds between two looks at the work, and at whether its user wants to stop
Made = TypeVar("Made")


def run(step: str, work: Callable[[], Made], on_stop: Callable[[], None]) -> Made:
    """Give what the work makes, and meanwhile say what is being done.

    The work may not use Streamlit. Where the script ends in the meantime (another choice, a closed
    tab, the button), a reading process that the work started ends with it.
    """
    stop = Stop()

    def stoppably() -> Made:
        with stoppable(stop):
            return work()

    workers = ThreadPoolExecutor(max_workers=1)
    try:
        made = workers.submit(stoppably)
        if not _is_ready(made, PATIENCE):
            _show(step, made, on_stop)
        return made.result()
    finally:
        stop.now()
        workers.shutdown(wait=False, cancel_futures=True)


def _show(step: str, made: Future[Made], on_stop: Callable[[], None]) -> None:
    """Show the step until the work is done. Every look is a moment at which Streamlit can end the script."""
    began, place = time.monotonic() - PATIENCE, st.empty()
    with place.container(), st.status(step, expanded=True):
        since = st.empty()
        st.button("Stoppen", key=f"stop-{step}", icon=":material/stop_circle:", on_click=on_stop)
        while not _is_ready(made, GLANCE):
            since.caption(f"Bezig, {time.monotonic() - began:.0f} seconden")
    place.empty()


def _is_ready(made: Future[Made], seconds: float) -> bool:
    return bool(wait([made], timeout=seconds).done)
