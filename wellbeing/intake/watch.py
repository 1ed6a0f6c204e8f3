"""Watching the memory of the reading process from outside, where the system sets no limit (Windows)."""

from __future__ import annotations

import contextlib
import subprocess
import threading
from collections.abc import Iterator

import psutil

INTERVAL = 0.05  # seconds


@contextlib.contextmanager
def memory(process: subprocess.Popen[bytes], limit: int) -> Iterator[None]:
    """Look many times a second, and end the process when it has taken more than ``limit`` bytes."""
    is_over = threading.Event()
    watcher = threading.Thread(target=_watch, args=(process, limit, is_over), daemon=True)
    watcher.start()
    try:
        yield
    finally:
        is_over.set()
        watcher.join()


def _watch(process: subprocess.Popen[bytes], limit: int, is_over: threading.Event) -> None:
    with contextlib.suppress(psutil.Error):  # it has ended already
        watched = psutil.Process(process.pid)
        while not is_over.wait(INTERVAL):
            if _taken(watched) > limit:
                process.kill()
                return


def _taken(watched: psutil.Process) -> int:
    """Give the bytes that a process has taken; on Windows also those that it asked for and does not use yet."""
    info = watched.memory_info()
    return int(max(info.rss, getattr(info, "private", 0)))
