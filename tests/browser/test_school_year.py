"""A care coordinator's school year, with the keyboard alone: from the checklist to the comparison of next year.

Every page on the way is looked at in light and dark with the accessibility rules, and on a phone for its width.
The school is one that no other journey uses: they share one store.
"""

from __future__ import annotations

import datetime as dt
import io
import re
from pathlib import Path

import docx
import pytest
from icalendar import Calendar

from tests.browser.looking import serious, width
from wellbeing.ui import navigation
from wellbeing.ui.my_schools import school_year

pytestmark = pytest.mark.browser

DEMO = Path(__file__).parents[2] / "data" / "demo"
SCHOOL, LAST_YEAR, THIS_YEAR = "De Werf", "2024-2025", "2025-2026"
LAW, BULLYING = "Hebben jullie beleid voor sociale", "Is er een vast aanspreekpunt voor pesten"
GOAL = "Minder stress door school"
HEARD = "De toetsweken zijn te vol."


@pytest.fixture
def calendar_year():
    """The school year of today, in which a page opens: its two years."""
    first = int(school_year(dt.date.today())[:4])
    return first, first + 1


@pytest.fixture
def look(keyboard):
    """Look at the page as it is now: in light, in dark and as narrow as a phone."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    page = keyboard.page

    def look_at():
        colours = set()
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            page.wait_for_timeout(300)
            colours.add(page.locator(".stApp").evaluate("element => getComputedStyle(element).backgroundColor"))
            assert serious(axe, page) == [], (page.url, scheme)
        assert len(colours) == 2  # the page did follow the scheme
        page.emulate_media(color_scheme="light")
        page.set_viewport_size({"width": 390, "height": 844})
        page.wait_for_timeout(400)
        assert width(page) <= 390, page.url
        page.set_viewport_size({"width": 1280, "height": 1000})
        keyboard.calm()

    return look_at


# --------------------------------------------------------------------------- the steps of the year


def add_measurement(keyboard, file_name, school=""):
    keyboard.open(navigation.ADD_DATA)
    keyboard.hand_in("Bestand kiezen", DEMO / file_name)
    keyboard.page.get_by_role("heading", name="Klopt dit?").wait_for(timeout=90_000)
    keyboard.calm()
    if school:
        keyboard.pick("Welke school?", school)
    keyboard.press("Ja, dit klopt")
    keyboard.page.wait_for_url("**/schoolprofiel", timeout=90_000)
    keyboard.calm()


def keep(keyboard):
    """Choose how long things are kept, where nobody chose that yet."""
    keyboard.open(navigation.MY_SCHOOLS)
    if keyboard.page.get_by_role("button", name="Zo bewaren").is_visible():
        keyboard.press("Zo bewaren")


def fill_checklist(keyboard):
    keyboard.open(navigation.CHECKLIST)
    keyboard.answer(LAW, "goed")
    keyboard.answer(BULLYING, "nog niet")
    keyboard.press("Zet op tafel: Pesten")
    keyboard.press("Neem over")
    keyboard.read("De tabel klopt al met deze lijst.")


def explore(keyboard, by):
    keyboard.open(navigation.EXPLORING)
    keyboard.write("Waar gaat het over?", "Stress in leerjaar 4")
    keyboard.press("Begin")
    keyboard.answer("Bij wie ziet u dit?", "een groep leerlingen")
    keyboard.pick("Bij welk thema hoort het?", "Stress en")
    keyboard.write("Wat ziet u?", "Veel toetsen in een week.")
    keyboard.write("Wat zit erachter?", "Alles komt tegelijk.")
    keyboard.write("Wat is er anders als het gelukt is?", GOAL)
    keyboard.pick("Naar welk cijfer kijken we", "vaak stress door school")
    keyboard.date("Wanneer willen we daar zijn?", by)
    keyboard.press("Zet het doel bij de afspraken")
    keyboard.press("Zet het thema op tafel")


def choose_package(keyboard):
    """Take the first policy proposal of the first package, and read what other schools did."""
    keyboard.open(navigation.SUGGESTIONS)
    for theme in ("Stress en prestatiedruk", "Pesten (ook online)"):
        keyboard.read(f"{theme} · gekozen door de school")
    keyboard.press("Zo doen andere scholen het")
    keyboard.page.get_by_text("voorbeeld, geen bewijs").locator("visible=true").first.wait_for()
    keyboard.pick("Welk voorstel bespreken we?", "Beleid")
    keyboard.answer("Wat doet de school hiermee?", "Kiezen")


def plan_year(keyboard, first, last, goal_by):
    keyboard.open(navigation.YEAR_PLAN)
    keyboard.press("Een themaweek")
    keyboard.pick("Welke week of dag?", "Week Tegen Pesten")
    keyboard.read("Meestal: vierde week van september.")
    keyboard.date("Eerste dag", first)
    keyboard.date("Laatste dag", last)
    keyboard.press("Zet op de kalender")
    agenda = Calendar.from_ical(keyboard.save("Download voor uw agenda"))
    days = {str(event["summary"]): event.decoded("dtstart") for event in agenda.walk("VEVENT")}
    assert days == {"Week Tegen Pesten": first, GOAL: goal_by}


def bring_back_what_pupils_said(keyboard):
    keyboard.open(navigation.CONVERSATION)
    keyboard.press("Neem dit voorstel over")
    keyboard.open(navigation.PUPILS)
    keyboard.answer("Met wie praat u?", "klankbordgroep")
    keyboard.write("Wat zeiden leerlingen?", HEARD)
    keyboard.press("Zet bij het gesprek")


def write_minutes(keyboard):
    keyboard.open(navigation.CONVERSATION)
    keyboard.answer("Stap", "Afspraken en verslag")
    minutes = docx.Document(io.BytesIO(keyboard.save("Download het verslag")))
    return "\n".join(paragraph.text for paragraph in minutes.paragraphs)


# --------------------------------------------------------------------------- the year


def test_a_school_year_with_the_keyboard_alone(keyboard, app_url, look, calendar_year):
    first, last = calendar_year
    goal_by = dt.date(last, 6, 1)
    page = keyboard.page
    page.set_viewport_size({"width": 1280, "height": 1000})
    page.goto(app_url)
    keyboard.calm()
    keep(keyboard)
    add_measurement(keyboard, "regio-2024-2025.xlsx", SCHOOL)

    fill_checklist(keyboard)
    look()
    explore(keyboard, goal_by)
    look()
    choose_package(keyboard)
    look()
    plan_year(keyboard, dt.date(first, 9, 21), dt.date(first, 9, 25), goal_by)
    look()
    bring_back_what_pupils_said(keyboard)
    look()
    minutes = write_minutes(keyboard)
    assert GOAL in minutes
    assert f"Leerlingen zeggen: {HEARD}" in minutes
    look()

    add_measurement(keyboard, "de-werf-2025-2026.xlsx")
    keyboard.open(navigation.CONVERSATION)
    keyboard.answer("Stap", "Voorbereiden")
    page.get_by_role("heading", name=f"Adviesgesprek {SCHOOL}, bovenbouw {THIS_YEAR}").wait_for()
    row = page.get_by_role("row").filter(has_text=GOAL).inner_text()
    assert re.search(rf"stress door school of huiswerk: \d+%.* In {LAST_YEAR} was het \d+%\. .*{LAST_YEAR}", row)
    look()
    keyboard.open(navigation.CHECKLIST)
    keyboard.pick("Schooljaar", f"{last}-{last + 1}")
    keyboard.answer(BULLYING, "goed")
    row = page.get_by_role("row").filter(has_text=BULLYING).inner_text().split("\t")
    assert row[1:] == ["nog niet", "goed", "▲ beter"]
    look()


def test_every_room_of_the_school_is_in_order_for_a_new_visitor(keyboard, app_url, look):
    keyboard.page.goto(app_url)
    keyboard.calm()
    keep(keyboard)
    add_measurement(keyboard, "de-werf-2025-2026.xlsx")
    for entry in (navigation.STEP_PLAN, navigation.ROUTE, navigation.INSPIRATION):
        keyboard.open(entry)
        look()
