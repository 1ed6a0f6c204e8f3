"""A way to stop reading: whoever waits for a file can end the process that reads it, from another thread."""

from __future__ import annotations

import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

Process = subprocess.Popen[bytes]


class Stop:
    """Ends the reading processes that were started under it, and those that would still be started."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._asked = False
        self._running: list[Process] = []

    def now(self) -> None:
        """End what is being read. May be called from any thread, and more than once."""
        with self._lock:
            self._asked = True
            for process in self._running:
                process.kill()

    def follow(self, process: Process) -> None:
        """Take a process that has just been started under this stop."""
        with self._lock:
            self._running.append(process)
            if self._asked:
                process.kill()


_CURRENT: ContextVar[Stop | None] = ContextVar("stop", default=None)


@contextmanager
def stoppable(stop: Stop) -> Iterator[None]:
    """Put the reading processes that this context starts under a stop."""
    before = _CURRENT.set(stop)
    try:
        yield
    finally:
        _CURRENT.reset(before)


def enrol(process: Process) -> None:
    """Put a process under the stop of this context, where there is one."""
    stop = _CURRENT.get()
    if stop is not None:
        stop.follow(process)
