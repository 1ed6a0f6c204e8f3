"""The only list of pages: file, Dutch title and address, per section in the order of the work."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st
from streamlit.navigation.page import StreamlitPage
from streamlit.runtime.pages_manager import PagesManager

TITLE = "Welbevinden op school"


@dataclass(frozen=True, slots=True)
class Entry:
    """One page: its file in ``pages/``, the title people read and its address."""

    file: str
    title: str
    address: str


START = Entry("pages/start.py", "Start", "start")
MY_SCHOOLS = Entry("pages/my_schools.py", "Mijn scholen", "mijn-scholen")
ADD_DATA = Entry("pages/add_data.py", "Gegevens toevoegen", "gegevens-toevoegen")
BENCHMARKS = Entry("pages/benchmarks.py", "Vergelijkingscijfers", "vergelijkingscijfers")
QUESTIONNAIRES = Entry("pages/questionnaires.py", "Eigen vragenlijst", "eigen-vragenlijst")
PROFILE = Entry("pages/profile.py", "Schoolprofiel", "schoolprofiel")
COMPARE = Entry("pages/compare.py", "Vergelijken", "vergelijken")
BREAKDOWNS = Entry("pages/breakdowns.py", "Uitsplitsingen", "uitsplitsingen")
SCHOOLS = Entry("pages/schools.py", "Scholen in de regio", "scholen-in-de-regio")
SUGGESTIONS = Entry("pages/suggestions.py", "Wat kan de school doen?", "wat-kan-de-school-doen")
CONVERSATION = Entry("pages/conversation.py", "Adviesgesprek", "adviesgesprek")
REPORTS = Entry("pages/reports.py", "Rapporten", "rapporten")
CHECKLIST = Entry("pages/school_checklist.py", "Checklist welbevinden", "checklist-welbevinden")
YEAR_PLAN = Entry("pages/year_plan.py", "Jaarplan", "jaarplan")
EXPLORING = Entry("pages/exploring.py", "Probleemverkenning", "probleemverkenning")
STEP_PLAN = Entry("pages/step_plan.py", "Stappenplan", "stappenplan")
PUPILS = Entry("pages/pupils.py", "Leerlingen vragen", "leerlingen-vragen")
EQUAL_CHANCES = Entry("pages/equal_chances.py", "Gelijke kansen", "gelijke-kansen")
ROUTE = Entry("pages/support_route.py", "Ondersteuningsroute", "ondersteuningsroute")
INSPIRATION = Entry("pages/inspiration.py", "Inspiratiekaart", "inspiratiekaart")
CONTENT = Entry("pages/content.py", "Inhoud bijhouden", "inhoud-bijhouden")
METHOD = Entry("pages/method.py", "Verantwoording", "verantwoording")
SCHOOL_ROOMS = (STEP_PLAN, CHECKLIST, EXPLORING, PUPILS, EQUAL_CHANCES, YEAR_PLAN, ROUTE)
SECTIONS = {
    "": (START,),
    "Gegevens": (MY_SCHOOLS, ADD_DATA, BENCHMARKS, QUESTIONNAIRES),
    "Cijfers": (PROFILE, COMPARE, BREAKDOWNS, SCHOOLS),
    "Gesprek": (SUGGESTIONS, CONVERSATION, REPORTS),
    "School": (*SCHOOL_ROOMS, INSPIRATION),
    "Uitleg": (METHOD, CONTENT),
}
ENTRIES = tuple(entry for entries in SECTIONS.values() for entry in entries)


def replace_folder_pages() -> None:
    """Keep Streamlit from taking ``pages/`` for its own list of pages.

    Otherwise the very first visitor with an address of one page is told that it does not exist.
    """
    PagesManager.uses_pages_directory = False


def current(*, with_region: bool) -> StreamlitPage:
    """Show the navigation and give the page that was asked for.

    The page over all schools is on the list only where a regional export is open.
    """
    pages = {section: [_page(entry, with_region) for entry in entries] for section, entries in SECTIONS.items()}
    return st.navigation(pages, position="top")


def _page(entry: Entry, with_region: bool) -> StreamlitPage:
    return st.Page(
        entry.file,
        title=entry.title,
        url_path=entry.address,
        default=entry is START,
        visibility="hidden" if entry is SCHOOLS and not with_region else "visible",
    )
