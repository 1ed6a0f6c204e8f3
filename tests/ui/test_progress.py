"""Work that is stopped leaves no process behind, and gives no result."""

import os
import threading
import time

import psutil
import pytest

from wellbeing.intake import child
from wellbeing.intake.guard import Refused
from wellbeing.intake.stopping import Stop, stoppable
from wellbeing.ui import progress

ENDED = "gestopt"


class StoppedError(BaseException):
    """What ends a script, as Streamlit does it: at the next sign of life of the page."""


def readers() -> set[int]:
    """Give the processes of this program that live."""
    own = psutil.Process(os.getpid()).children()
    return {item.pid for item in own if item.is_running() and item.status() != psutil.STATUS_ZOMBIE}


def read_forever():
    """Start a reading process that never gets its file, and wait for it."""
    with child.start() as process:
        process.wait()
    raise Refused(ENDED)


def wait_until(condition) -> None:
    deadline = time.monotonic() + 20
    while not condition() and time.monotonic() < deadline:
        time.sleep(0.02)
    assert condition()


def test_a_script_that_is_ended_kills_the_process_that_reads(monkeypatch):
    before = readers()

    def ended(*_):
        wait_until(lambda: readers() - before)
        raise StoppedError

    monkeypatch.setattr(progress, "PATIENCE", 0.01)
    monkeypatch.setattr(progress, "_show", ended)
    with pytest.raises(StoppedError):
        progress.run("Lezen", read_forever, lambda: None)
    wait_until(lambda: readers() <= before)


def test_what_starts_after_the_stop_is_ended_too():
    before, stop = readers(), Stop()
    stop.now()
    with stoppable(stop), pytest.raises(Refused):
        read_forever()
    assert readers() <= before


def test_a_read_of_somebody_else_goes_on():
    stop, other = Stop(), Stop()
    with stoppable(other), child.start() as process:
        stop.now()
        assert process.poll() is None
        other.now()
        assert process.wait(10)


def test_work_that_is_done_gives_what_it_made_or_why_not():
    assert progress.run("Tellen", lambda: 3, lambda: None) == 3
    with pytest.raises(Refused, match=ENDED):
        progress.run("Lezen", lambda: (_ for _ in ()).throw(Refused(ENDED)), lambda: None)
    assert threading.active_count() < 20
