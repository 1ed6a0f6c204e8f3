"""A visitor who has no mouse: reaches, chooses, types and presses with the keyboard alone."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from wellbeing.ui import navigation
from wellbeing.ui.navigation import Entry

SLOW = 90_000
MOST_TABS = 260

FOCUSED = """() => {
    const clean = words => (words || '').replace(/\\s+/g, ' ').trim();
    const worded = ids => (ids || '').split(' ').map(id => document.getElementById(id)?.innerText || '').join(' ');
    const given = (element, name) => element.getAttribute(name);
    const named = element => clean(given(element, 'aria-label') || worded(given(element, 'aria-labelledby')));
    const element = document.activeElement;
    const lines = element.matches('main, body') ? [''] : (element.innerText || '').trim().split('\\n');
    const labels = [...(element.labels || [])].map(label => label.innerText).join(' ');
    const group = element.closest('[role=radiogroup]');
    return {
        name: named(element) || clean(labels) || clean(lines[lines.length - 1]),
        role: element.getAttribute('role') || element.tagName.toLowerCase(),
        group: group ? named(group) : '',
    };
}"""


class Keyboard:
    """One visitor with a keyboard; every step waits until the page is calm again."""

    def __init__(self, page: Any) -> None:
        self.page = page

    def focused(self) -> dict[str, str]:
        """Give the name and the role of what has focus, and the question it answers."""
        return dict(self.page.evaluate(FOCUSED))

    def calm(self) -> None:
        """Wait until the page has its title and nothing is running, twice in a row."""
        self.page.locator("h1").first.wait_for(timeout=SLOW)
        for _ in range(2):
            self.page.wait_for_timeout(350)
            self.page.locator("[data-testid=stStatusWidget]").wait_for(state="detached", timeout=SLOW)

    def reach(self, name: str, *, group: str = "") -> None:
        """Press Tab until what has focus begins with this name, or answers this question."""
        for _ in range(MOST_TABS):
            self.page.keyboard.press("Tab")
            found = self.focused()
            if found["group"].startswith(group) if group else found["name"].startswith(name):
                return
        pytest.fail(f"the keyboard does not reach '{group or name}'")

    def read(self, words: str) -> None:
        """Wait until these words stand on the page."""
        self.page.wait_for_function(
            "words => document.querySelector('.stMain').innerText.replace(/\\s+/g, ' ').includes(words)",
            arg=words,
            timeout=SLOW // 3,
        )

    def press(self, name: str) -> None:
        """Go to a button, a link or what unfolds, and press it."""
        self.reach(name)
        self.page.keyboard.press("Enter")
        self.calm()

    def answer(self, question: str, option: str) -> None:
        """Choose one of the options that lie beside each other."""
        self.reach("", group=question)
        for _ in range(12):
            if self.focused()["name"] == option:
                break
            self.page.keyboard.press("ArrowRight")
        assert self.focused()["name"] == option
        self.page.keyboard.press("Enter")
        self.calm()

    def pick(self, question: str, words: str) -> None:
        """Choose from a list by typing a part of the option."""
        self.reach(question)
        self.page.keyboard.type(words)
        self.page.get_by_role("option").first.wait_for(timeout=SLOW)
        self.page.keyboard.press("Enter")
        self.calm()

    def write(self, question: str, words: str) -> None:
        """Fill a field and leave it."""
        self.reach(question)
        self.page.keyboard.press("Control+A")
        self.page.keyboard.type(words)
        self.page.keyboard.press("Tab")
        self.calm()

    def date(self, question: str, day: dt.date) -> None:
        """Type a day, month and year."""
        self.reach(f"dag, {question}")
        self.page.keyboard.type(f"{day:%d%m%Y}")
        self.page.keyboard.press("Tab")
        self.calm()

    def open(self, entry: Entry) -> None:
        """Follow the menu at the top to a page."""
        section = next(name for name, entries in navigation.SECTIONS.items() if entry in entries)
        self.reach(section)
        self.page.keyboard.press("Enter")
        self.page.get_by_role("menuitem", name=entry.title).wait_for(timeout=SLOW)
        for _ in range(12):
            if self.focused()["name"] == entry.title:
                break
            self.page.keyboard.press("ArrowDown")
        self.page.keyboard.press("Enter")
        self.page.wait_for_url(f"**/{entry.address}", timeout=SLOW)
        self.page.get_by_role("heading", level=1).first.wait_for(timeout=SLOW)
        self.calm()

    def hand_in(self, button: str, file: Path) -> None:
        """Give a file through the chooser of the system."""
        self.reach(button)
        with self.page.expect_file_chooser(timeout=SLOW) as waiting:
            self.page.keyboard.press("Space")
        waiting.value.set_files(file)
        self.calm()

    def save(self, button: str) -> bytes:
        """Press what gives a file, and read that file."""
        self.reach(button)
        with self.page.expect_download(timeout=SLOW) as waiting:
            self.page.keyboard.press("Enter")
        return Path(waiting.value.path()).read_bytes()


@pytest.fixture
def keyboard(browser_page: Any) -> Keyboard:
    """A visitor of a fresh page who has no mouse."""
    return Keyboard(browser_page)
