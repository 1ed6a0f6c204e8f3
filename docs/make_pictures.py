"""Make the pictures of the documents: start the dashboard, click the demo, and write docs/pictures/*.png.

python docs/make_pictures.py            all pictures
python docs/make_pictures.py start …    only these

It drives the Chromium of this machine, and skips a page that is not in the navigation.
"""

from __future__ import annotations

import io
import logging
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

LOG = logging.getLogger("pictures")
ROOT = Path(__file__).resolve().parents[1]
PICTURES = ROOT / "docs" / "pictures"
DEMO_EXPORT = ROOT / "data" / "demo" / "zilverduin-college-2025-2026.xlsx"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "msedge")
FLAGS = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run")
PATIENCE = 90  # seconds for the dashboard to answer
MOST_BYTES = 250_000
DESKTOP = (1280, 1100)
PHONE = (390, 844)
COLOURS = 128

FOLLOW = """to => {
    const link = [...document.querySelectorAll("a")].find(link => link.pathname === "/" + to);
    link?.click();
    return Boolean(link);
}"""

Step = Callable[[Page], None]


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture: the page it shows (its address), and how it is made."""

    name: str
    address: str
    size: tuple[int, int] = DESKTOP
    scheme: str = "light"
    prepare: Step = lambda page: None


def _add_export(page: Page) -> None:
    page.locator("input[type=file]").first.set_input_files(DEMO_EXPORT)
    page.get_by_role("heading", name="Klopt dit?").wait_for(timeout=60_000)
    page.get_by_text("Kolommen:").first.click()
    page.wait_for_timeout(600)


def _describe_question(page: Page) -> None:
    """Choose a file that no codebook knows, and decide about its one question."""
    answers = ["Leuk"] * 30 + ["Gaat wel"] * 20 + ["Niet leuk"] * 10 + ["Weet ik niet"] * 5
    lines = ["Locatie;Leerjaar;Hoe vind je het op school?", *(f"Oost;4;{answer}" for answer in answers)]
    export = {"name": "welzijnslijst.csv", "mimeType": "text/csv", "buffer": "\n".join(lines).encode()}
    page.locator("input[type=file]").set_input_files([export])  # type: ignore[list-item]
    page.get_by_label("Hoe heet de vragenlijst?").fill("Welzijnslijst")
    page.get_by_role("combobox", name="Welke vragen").click()
    page.get_by_role("option").first.click()
    page.keyboard.press("Escape")
    page.get_by_label("Hoe noemt u dit onderwerp?").fill("Vindt school leuk")
    page.get_by_label("Hoe noemt u dit onderwerp?").press("Enter")
    page.get_by_role("button", name="Leuk (30)").first.click()
    page.wait_for_timeout(600)


ALL = (
    Picture("start", "", size=(1280, 800)),
    Picture("schoolprofiel", "schoolprofiel"),
    Picture("schoolprofiel-donker", "schoolprofiel", scheme="dark"),
    Picture("schoolprofiel-telefoon", "schoolprofiel", size=PHONE),
    Picture("vergelijken", "vergelijken"),
    Picture("wat-kan-de-school-doen", "wat-kan-de-school-doen", size=(1280, 1300)),
    Picture("uitsplitsingen", "uitsplitsingen"),
    Picture("scholen-in-de-regio", "scholen-in-de-regio"),
    Picture("gegevens-toevoegen", "gegevens-toevoegen", size=(1280, 1300), prepare=_add_export),
    Picture("eigen-vragenlijst", "eigen-vragenlijst", size=(1280, 1400), prepare=_describe_question),
    Picture("vergelijkingscijfers", "vergelijkingscijfers"),
    Picture("verantwoording", "verantwoording"),
)


def main(names: list[str]) -> int:
    """Make the pictures with these names, or all of them; gives 1 when one came out too large."""
    PICTURES.mkdir(exist_ok=True)
    wanted = [picture for picture in ALL if not names or picture.name in names]
    sizes = {}
    with _dashboard() as address, _browser() as browser:
        for picture in wanted:
            data = _take(picture, browser, address)
            if data is None:
                LOG.info("%s: this page is not in the navigation, skipped", picture.name)
                continue
            (PICTURES / f"{picture.name}.png").write_bytes(data)
            sizes[picture.name] = len(data)
            LOG.info("%s: %d kB", picture.name, len(data) // 1000)
    return int(any(size > MOST_BYTES for size in sizes.values()))


def _take(picture: Picture, browser: Browser, address: str) -> bytes | None:
    width, height = picture.size
    context = browser.new_context(
        locale="nl-NL",
        timezone_id="Europe/Amsterdam",
        viewport={"width": width, "height": height},
        color_scheme="dark" if picture.scheme == "dark" else "light",
    )
    try:
        page = context.new_page()
        page.goto(address)
        _calm(page)
        if picture.address and not _open(page, picture.address):
            return None
        picture.prepare(page)
        _calm(page)
        page.evaluate("window.scrollTo(0, 0); document.querySelector('.stMain')?.scrollTo(0, 0)")
        return _small(page.screenshot())
    finally:
        context.close()


def _open(page: Page, address: str) -> bool:
    """Click the demo and follow the navigation, also where a small screen hides it."""
    page.get_by_role("button", name="Bekijk de demo").click(timeout=60_000)
    page.wait_for_url("**/schoolprofiel", timeout=90_000)
    page.get_by_role("heading", name="bovenbouw").first.wait_for(timeout=60_000)
    _calm(page)
    sections = iter(page.locator("[data-testid=stTopNavSection]").all())
    found = page.evaluate(FOLLOW, address)
    while not found and (section := next(sections, None)):  # a closed section has no links yet
        section.click()
        page.wait_for_timeout(300)
        found = page.evaluate(FOLLOW, address)
    if found:
        page.wait_for_url(f"**/{address}*", timeout=60_000)
        page.wait_for_timeout(800)
        _calm(page)
    return bool(found)


def _calm(page: Page) -> None:
    """Wait until the page has its title and nothing is running."""
    page.locator("h1").first.wait_for(timeout=60_000)
    page.locator("[data-testid=stStatusWidget]").wait_for(state="detached", timeout=60_000)
    page.wait_for_timeout(600)


def _small(screenshot: bytes) -> bytes:
    """Give the same picture in few colours, which is all that a screen with text and signs has."""
    image = Image.open(io.BytesIO(screenshot)).convert("RGB")
    out = io.BytesIO()
    image.quantize(COLOURS, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
    return out.getvalue()


@contextmanager
def _browser() -> Iterator[Browser]:
    program = next(filter(None, map(shutil.which, BROWSERS)), None)
    if program is None:
        sys.exit("There is no Chromium or Chrome on this machine.")
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=program, args=list(FLAGS))
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def _dashboard() -> Iterator[str]:
    """Run the dashboard on a free port of this computer, and give its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "streamlit", "run", "app.py", f"--server.port={port}", "--server.headless=true"]
    quiet: dict[str, Any] = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(command, cwd=ROOT, **quiet) as server:
        try:
            _wait_for(f"{address}/_stcore/health", server)
            yield address
        finally:
            server.kill()


def _wait_for(address: str, server: subprocess.Popen[bytes]) -> None:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    deadline = time.monotonic() + PATIENCE
    while server.poll() is None and time.monotonic() < deadline:
        try:
            with opener.open(address, timeout=2):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    sys.exit("The dashboard does not answer.")


if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    sys.exit(main(sys.argv[1:]))
