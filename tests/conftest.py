"""What many tests need: files of others, a browser, and the dashboard at an address."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "msedge")
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PATIENCE = 90  # seconds for the dashboard to answer


@pytest.fixture(autouse=True, scope="session")
def own_store(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Keep every test away from the store of whoever runs them."""
    os.environ["WELLBEING_STORE"] = str(tmp_path_factory.mktemp("store") / "welbevinden.sqlite")


@pytest.fixture(scope="session")
def realdata() -> Path:
    """The folder with exports that others made."""
    return _folder("WELLBEING_REALDATA", "exports of others")


@pytest.fixture(scope="session")
def oracles() -> Path:
    """The folder with published expected numbers."""
    return _folder("WELLBEING_ORACLES", "published expected numbers")


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Headless Chromium of the system, driven by Playwright.

    Per module: Playwright holds an event loop that tests elsewhere must not find running.
    """
    program = next(filter(None, map(shutil.which, BROWSERS)), None)
    if program is None:
        _absent("no Chromium or Chrome on this machine")
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with playwright.sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=program, args=list(FLAGS))
        yield chromium
        chromium.close()


@pytest.fixture
def browser_page(browser: Any) -> Iterator[Any]:
    """A fresh page of a Dutch visitor; nothing of an earlier test is left in it."""
    context = browser.new_context(
        locale="nl-NL", timezone_id="Europe/Amsterdam", viewport={"width": 1280, "height": 900}
    )
    yield context.new_page()
    context.close()


@pytest.fixture(scope="session")
def app_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a dashboard that runs for the length of the tests."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    log = tmp_path_factory.mktemp("dashboard") / "log.txt"
    command = [sys.executable, "-m", "streamlit", "run", "app.py", f"--server.port={port}"]
    with log.open("wb") as output, subprocess.Popen(command, cwd=ROOT, stdout=output, stderr=output) as server:
        try:
            _wait_for(f"{address}/_stcore/health", server, log)
            yield address
        finally:
            server.kill()


def _folder(variable: str, what: str) -> Path:
    if variable not in os.environ:
        pytest.skip(f"{variable} is not set: the folder with {what} is not here")
    folder = Path(os.environ[variable])
    assert folder.is_dir(), f"{variable} names a folder that does not exist: {folder}"
    return folder


def _absent(reason: str) -> None:
    if os.environ.get("WELLBEING_REQUIRE_BROWSER"):
        pytest.fail(reason)
    pytest.skip(reason)


def _wait_for(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    deadline = time.monotonic() + PATIENCE
    while server.poll() is None and time.monotonic() < deadline:
        try:
            with opener.open(address, timeout=2):
                return
        except OSError:
            time.sleep(0.2)
    pytest.fail(f"the dashboard does not answer:\n{log.read_text(errors='replace')[-2000:]}")
