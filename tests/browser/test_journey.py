"""The dashboard in a real browser: the whole way with the demo, accessibility, a phone, and nothing from elsewhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.browser.looking import serious, width
from wellbeing.ui import navigation

pytestmark = pytest.mark.browser

DEMO = Path(__file__).parents[2] / "data" / "demo"
ENGLISH = (
    "Browse files", "Drag and drop", "Limit ", "per file", "Choose an option", "Choose options", "Running...", "Upload",
    "Deploy", "Made with", "View fewer", "Select all", "No results",
)  # fmt: skip


@pytest.fixture
def elsewhere(browser_page, app_url):
    """Every address outside this computer that the page asked for."""
    asked = []
    own = (app_url, app_url.replace("http", "ws", 1), "data:", "blob:")
    browser_page.on("request", lambda request: None if request.url.startswith(own) else asked.append(request.url))
    return asked


def calm(page):
    """Wait until the page has its title and nothing is running."""
    page.locator("h1").first.wait_for(timeout=60_000)
    page.locator("[data-testid=stStatusWidget]").wait_for(state="detached", timeout=60_000)
    page.wait_for_timeout(400)


def open_demo(page, app_url):
    page.goto(app_url)
    page.get_by_role("button", name="Bekijk de demo").click(timeout=60_000)
    page.wait_for_url("**/schoolprofiel", timeout=90_000)
    page.get_by_role("heading", name="Het Baken, bovenbouw 2025-2026").wait_for(timeout=60_000)
    calm(page)


def go(page, entry):
    """Follow the navigation: open its section, then the page; on a phone the menu comes first."""
    section = next(name for name, entries in navigation.SECTIONS.items() if entry in entries)
    address = "/" if entry is navigation.START else f"/{entry.address}"
    if page.viewport_size["width"] < 700:
        page.locator("[data-testid=stExpandSidebarButton]").click()
    elif section:
        page.locator("header").get_by_text(section, exact=True).click()
    page.locator(f"a[href$='{address}']").first.click()
    page.wait_for_url(f"**{address}")
    close = page.locator("[data-testid=stSidebarCollapseButton] button")
    if page.viewport_size["width"] < 700 and close.is_visible():
        close.click()
    calm(page)


def test_from_start_to_what_the_school_can_do(browser_page, app_url, elsewhere):
    page = browser_page
    open_demo(page, app_url)
    assert "2 duidelijk gunstiger" in page.inner_text("body")
    page.locator("[class*=st-key-thema-]", has_text="School en schoolbeleving").get_by_role("link").click()
    page.wait_for_url("**/vergelijken?thema=School+en+schoolbeleving")
    page.get_by_role("heading", name=re.compile("School en schoolbeleving: ")).wait_for()
    drawing = page.locator("tr", has_text="veilig op school").first.get_by_role("img")
    assert drawing.get_attribute("alt").startswith("School 9")
    assert drawing.bounding_box()["width"] > 150
    go(page, navigation.SUGGESTIONS)
    page.get_by_role("heading", name="Op tafel").wait_for()
    page.get_by_text("Waarom dit?").first.click()
    page.get_by_text("Regel: Een cijfer dat duidelijk ongunstiger is").first.wait_for()
    assert elsewhere == []


def test_an_address_of_a_page_can_be_opened_at_once(browser_page, app_url):
    browser_page.goto(f"{app_url}/verantwoording")
    calm(browser_page)
    assert browser_page.locator("h1").inner_text() == "Verantwoording"
    assert browser_page.get_by_role("dialog").count() == 0


def test_a_school_file_is_confirmed_and_then_shown(browser_page, app_url):
    page = browser_page
    page.goto(f"{app_url}/gegevens-toevoegen")
    calm(page)
    page.locator("input[type=file]").first.set_input_files(DEMO / "zilverduin-college-2025-2026.xlsx")
    page.get_by_role("heading", name="Klopt dit?").wait_for(timeout=60_000)
    page.get_by_role("button", name="Ja, dit klopt").click()
    page.get_by_role("heading", name="Zilverduin College, bovenbouw 2025-2026").wait_for(timeout=60_000)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious_on_any_page(browser_page, app_url, scheme):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    browser_page.emulate_media(color_scheme=scheme)
    open_demo(browser_page, app_url)
    for entry in (navigation.PROFILE, *(item for item in navigation.ENTRIES if item is not navigation.PROFILE)):
        go(browser_page, entry)
        assert serious(axe, browser_page) == [], entry.title


def test_every_page_is_dutch_and_fits_a_phone(browser_page, app_url):
    page = browser_page
    page.set_viewport_size({"width": 390, "height": 844})
    open_demo(page, app_url)
    assert page.locator("html").get_attribute("lang") == "nl"
    for entry in navigation.ENTRIES:
        go(page, entry)
        assert width(page) <= 390, entry.title
        assert [word for word in ENGLISH if word in page.inner_text("body")] == [], entry.title


def test_the_large_figure_has_a_text_alternative(browser_page, app_url):
    page = browser_page
    open_demo(page, app_url)
    go(page, navigation.COMPARE)
    page.get_by_text("Grote figuur, voor op een scherm").click()
    page.locator(".js-plotly-plot").wait_for(timeout=60_000)
    figure = page.locator("[aria-label*='School 47%']")
    assert figure.count() >= 1
    page.mouse.move(400, 400)
    assert page.locator(".hovertext").count() == 0


def test_a_subject_is_followed_to_its_groups_answers_and_years(browser_page, app_url, elsewhere):
    page = browser_page
    open_demo(page, app_url)
    go(page, navigation.BREAKDOWNS)
    for heading in ("Per groep", "Hoe de antwoorden verdeeld zijn", "Door de jaren heen"):
        page.get_by_role("heading", name=heading).wait_for()
    page.get_by_text("Hoe is dit berekend?").nth(1).click()
    page.get_by_text("het ene afgeronde cijfer min het andere").locator("visible=true").wait_for()
    for picture in page.locator(".wb-picture").all():
        assert picture.bounding_box()["width"] > 300
        assert picture.get_attribute("alt")
    assert elsewhere == []


def test_a_small_school_takes_two_measurements_together(browser_page, app_url):
    page = browser_page
    open_demo(page, app_url)
    go(page, navigation.ADD_DATA)
    page.locator("input[type=file]").first.set_input_files(DEMO / "duinrand-lyceum-2025-2026.xlsx")
    page.get_by_role("heading", name="Klopt dit?").wait_for(timeout=60_000)
    page.get_by_role("button", name="Ja, dit klopt").click()
    page.get_by_role("heading", name="Thema's samen getest").wait_for(timeout=60_000)
    page.get_by_text("Twee metingen samen").first.click()
    page.get_by_role("heading", name="Duinrand Lyceum, bovenbouw 2024-2025 en 2025-2026").wait_for()


def test_the_funnel_has_a_text_alternative_and_no_names(browser_page, app_url):
    page = browser_page
    open_demo(page, app_url)
    go(page, navigation.SCHOOLS)
    page.locator(".js-plotly-plot").wait_for(timeout=60_000)
    assert page.locator("[aria-label*='22 scholen, samen']").count() >= 1
    drawn = page.locator(".js-plotly-plot").inner_text()
    assert "Het Baken" in drawn
    assert "Zandkust Lyceum" not in drawn


def test_figures_are_saved_as_they_are_shown(browser_page, app_url):
    page = browser_page
    open_demo(page, app_url)
    go(page, navigation.COMPARE)
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Cijfers opslaan (CSV)").click()
    saved = Path(waiting.value.path()).read_text(encoding="utf-8")
    assert saved.startswith("indicator,theme,group_by,group")
    assert re.search(r"stress_school.*,47,", saved)


def test_the_keyboard_reaches_the_content_first(browser_page, app_url):
    browser_page.goto(app_url)
    calm(browser_page)
    browser_page.keyboard.press("Tab")
    assert browser_page.evaluate("document.activeElement.innerText.trim()") == "Naar de inhoud"
