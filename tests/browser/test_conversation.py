"""The advice conversation in a real browser: two measurements, two people, the keyboard, a phone, both schemes."""

from __future__ import annotations

import io
import re
from pathlib import Path

import docx
import pikepdf
import pytest

from tests.browser.looking import serious, width
from wellbeing.ui import navigation

pytestmark = pytest.mark.browser

SLOW = 90_000
STEPS = ("Voorbereiden", "Voeren", "Afspraken en verslag")


def calm(page):
    page.locator("h1").first.wait_for(timeout=SLOW)
    page.wait_for_timeout(300)
    page.locator("[data-testid=stStatusWidget]").wait_for(state="detached", timeout=SLOW)


def go(page, entry):
    """Follow the navigation: open its section, then the page; on a phone the menu comes first."""
    section = next(name for name, entries in navigation.SECTIONS.items() if entry in entries)
    link = page.locator(f"a[href$='/{entry.address}']").first
    if page.viewport_size["width"] < 700:
        page.locator("[data-testid=stExpandSidebarButton]").click()
    elif section:
        page.locator("header").get_by_text(section, exact=True).click()
    link.click(timeout=SLOW)
    page.wait_for_url(f"**/{entry.address}", timeout=SLOW)
    close = page.locator("[data-testid=stSidebarCollapseButton] button")
    if page.viewport_size["width"] < 700 and close.is_visible():
        close.click()
    calm(page)


class Hand:
    """Presses buttons and counts how often."""

    def __init__(self, page):
        self.page, self.clicks = page, 0

    def press(self, name):
        self.page.get_by_role("button", name=name, exact=True).first.click(timeout=SLOW)
        self.clicks += 1
        calm(self.page)

    def step(self, name):
        self.page.get_by_role("radio", name=name, exact=True).or_(
            self.page.get_by_role("button", name=name, exact=True)
        ).first.click(timeout=SLOW)
        self.clicks += 1
        calm(self.page)

    def save(self, name):
        with self.page.expect_download(timeout=SLOW) as waiting:
            self.page.get_by_role("button", name=re.compile(name)).click(timeout=SLOW)
        self.clicks += 1
        return Path(waiting.value.path()).read_bytes()

    def write(self, label, words):
        field = self.page.get_by_label(re.compile(f"^{re.escape(label)}")).first
        field.fill(words)
        field.blur()
        calm(self.page)


def keep_demo(page, app_url):
    """Open the demo, and keep it where that was not done yet."""
    page.goto(app_url)
    page.get_by_role("button", name="Bekijk de demo").click(timeout=SLOW)
    page.wait_for_url("**/schoolprofiel", timeout=SLOW)
    calm(page)
    go(page, navigation.MY_SCHOOLS)
    press_until(page, ("Zo bewaren", "Bewaar deze school"), "Voorbereiden")
    return Hand(page)


def press_until(page, on_the_way, last):
    """Press whichever of these buttons there is, until the last one is there."""
    end = page.get_by_role("button", name=last).first
    for name in on_the_way:
        button = page.get_by_role("button", name=name)
        button.or_(end).first.wait_for(timeout=SLOW)
        if button.is_visible():
            button.click()
            button.wait_for(state="detached", timeout=SLOW)
    end.wait_for(timeout=SLOW)
    calm(page)


def open_conversation(hand):
    hand.press("Voorbereiden")
    hand.page.wait_for_url("**/adviesgesprek", timeout=SLOW)
    calm(hand.page)


def take_proposal(hand):
    press_until(hand.page, ("Neem dit voorstel over",), "Haal weg")
    hand.clicks += 1


def agree(hand, words, figure=""):
    hand.write("Wat spreken we af?", words)
    if figure:
        box = hand.page.get_by_label(re.compile("^Naar welk cijfer|volgende keer")).first
        box.click()
        box.fill(figure)
        hand.page.keyboard.press("Enter")
    hand.press("Leg vast")
    hand.page.get_by_text(words).first.wait_for(timeout=SLOW)


def test_a_whole_conversation_over_two_measurements(browser_page, app_url):
    page = browser_page
    page.set_viewport_size({"width": 1280, "height": 1400})
    hand = keep_demo(page, app_url)
    open_conversation(hand)
    hand.step("2024-2025")
    page.get_by_role("heading", name="Adviesgesprek Het Baken, bovenbouw 2024-2025").wait_for(timeout=SLOW)
    hand.step("Voeren")
    agree(hand, "Toetsen spreiden over het jaar", "vaak stress door school of huiswerk")

    go(page, navigation.MY_SCHOOLS)
    hand.clicks = 0
    open_conversation(hand)
    page.get_by_role("heading", name="Adviesgesprek Het Baken, bovenbouw 2025-2026").wait_for(timeout=SLOW)
    row = page.get_by_role("row").filter(has_text="Toetsen spreiden over het jaar")
    assert "duidelijk ongunstiger" in row.first.inner_text()
    take_proposal(hand)
    a4 = hand.save("Download het A4")
    assert len(pikepdf.open(io.BytesIO(a4)).pages) == 1
    assert hand.clicks <= 6
    hand.step("Voeren")
    page.get_by_text("Punt 1 van 5: gaat goed").wait_for(timeout=SLOW)
    assert page.locator(".st-key-wb-large .wb-legend").get_by_text("regio, vorige meting 2024-2025").is_visible()
    agree(hand, "Ouderavond over stress")
    hand.press("Het gesprek is gevoerd")
    page.get_by_text("Gevoerd op").first.wait_for(timeout=SLOW)
    hand.step("Afspraken en verslag")
    minutes = docx.Document(io.BytesIO(hand.save("Download het verslag")))
    words = "\n".join(paragraph.text for paragraph in minutes.paragraphs)
    assert hand.clicks <= 10
    assert "Ouderavond over stress" in words
    assert "Toetsen spreiden over het jaar" in words
    page.reload()
    calm(page)
    assert "Nog geen school gekozen" in page.inner_text("body")  # a new visit: the record is in the store
    go(page, navigation.MY_SCHOOLS)
    page.get_by_role("button", name="Cijfers").first.wait_for(timeout=SLOW)
    calm(page)
    assert "afspraken open" in page.locator("[class*=st-key-school-]").inner_text()


def test_two_people_see_a_conflict_and_nothing_is_overwritten(browser, app_url):
    contexts = [browser.new_context(locale="nl-NL", viewport={"width": 1280, "height": 1400}) for _ in range(2)]
    try:
        mine, theirs = (keep_demo(context.new_page(), app_url) for context in contexts)
        for hand in (mine, theirs):
            open_conversation(hand)
            hand.step("Voeren")
        theirs.write("Andere aantekeningen", "Van mijn collega.")
        mine.write("Andere aantekeningen", "Van mij.")
        mine.page.get_by_text("Iemand anders heeft dit gespreksverslag intussen veranderd").first.wait_for(timeout=SLOW)
        mine.page.locator("[data-testid=stCode]", has_text="Van mij.").wait_for(timeout=SLOW)
        assert mine.page.get_by_label(re.compile("^Andere aantekeningen")).first.input_value() == "Van mijn collega."
    finally:
        for context in contexts:
            context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious_in_any_step(browser_page, app_url, scheme):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    browser_page.emulate_media(color_scheme=scheme)
    hand = keep_demo(browser_page, app_url)
    assert serious(axe, browser_page) == []
    open_conversation(hand)
    take_proposal(hand)
    for step in STEPS:
        hand.step(step)
        assert serious(axe, browser_page) == [], step


def test_on_a_phone_nothing_is_wider_than_the_screen(browser_page, app_url):
    page = browser_page
    page.set_viewport_size({"width": 390, "height": 844})
    hand = keep_demo(page, app_url)
    assert width(page) <= 390
    open_conversation(hand)
    take_proposal(hand)
    for step in STEPS:
        hand.step(step)
        assert width(page) <= 390, step


# --------------------------------------------------------------------------- the keyboard alone


def tab_to(page, words, most=80):
    """Press Tab until what has focus bears these words."""
    for _ in range(most):
        page.keyboard.press("Tab")
        found = page.evaluate(
            "(() => { const e = document.activeElement;"
            " return (e.getAttribute('aria-label') || e.innerText || '').trim(); })()"
        )
        if found.splitlines()[-1:] and found.splitlines()[-1].startswith(words):  # an icon comes before the words
            return
    pytest.fail(f"the keyboard does not reach '{words}'")


def enter(page):
    page.keyboard.press("Enter")
    calm(page)


def test_the_whole_journey_with_the_keyboard_alone(browser_page, app_url):
    page = browser_page
    keep_demo(page, app_url)
    page.locator("h1").first.evaluate("element => { element.tabIndex = -1; element.focus(); }")
    tab_to(page, "Voorbereiden")
    enter(page)
    page.wait_for_url("**/adviesgesprek", timeout=SLOW)
    calm(page)
    proposal = page.get_by_role("button", name="Neem dit voorstel over")
    proposal.or_(page.get_by_role("button", name="Haal weg").first).first.wait_for(timeout=SLOW)
    if proposal.is_visible():
        tab_to(page, "Neem dit voorstel over")
        enter(page)
    page.locator("h1").first.evaluate("element => { element.tabIndex = -1; element.focus(); }")
    tab_to(page, "Voorbereiden")
    page.keyboard.press("ArrowRight")
    enter(page)
    tab_to(page, "Volgende")
    enter(page)
    page.get_by_text("Punt 2 van 5").wait_for(timeout=SLOW)
    tab_to(page, "Aantekening bij punt 2")
    page.keyboard.type("Herkend aan tafel.")
    tab_to(page, "Wat spreken we af?")
    page.keyboard.type("Met de sectie overleggen")
    tab_to(page, "Leg vast")
    enter(page)
    page.get_by_text("Met de sectie overleggen").first.wait_for(timeout=SLOW)
    page.locator("h1").first.evaluate("element => { element.tabIndex = -1; element.focus(); }")
    tab_to(page, "Voeren")
    page.keyboard.press("ArrowRight")
    enter(page)
    tab_to(page, "Download het verslag")
    with page.expect_download(timeout=SLOW) as waiting:
        page.keyboard.press("Enter")
    words = "\n".join(paragraph.text for paragraph in docx.Document(waiting.value.path()).paragraphs)
    assert "Herkend aan tafel." in words
    assert "Met de sectie overleggen" in words
