"""What every page has: settings, navigation, and one calm sentence when something goes wrong."""

from __future__ import annotations

import logging
import traceback
from pathlib import Path

import streamlit as st

from wellbeing.reference.schema import ReferenceDataError
from wellbeing.ui import navigation, session, shell

LOG = logging.getLogger("wellbeing")
BROKEN_DATA = "Het dashboard kan niet verder: in de map data staat iets wat niet klopt. Herstel dit en start opnieuw."
CALM = (
    "Er ging iets mis op deze pagina. Uw gegevens zijn niet verstuurd of opgeslagen. "
    "Laad de pagina opnieuw; gebeurt het weer, geef dan dit door aan de beheerder: {place}."
)


def run() -> None:
    """Run the page that was asked for, inside the frame."""
    st.set_page_config(page_title=navigation.TITLE, page_icon=str(shell.ASSETS / "sign.svg"), layout="wide")
    st.logo(str(shell.ASSETS / "name.svg"), size="large")
    page = navigation.current(with_region=bool(session.state().region))
    try:
        page.run()
    except ReferenceDataError as error:
        st.error(f"{BROKEN_DATA}\n\n" + "\n".join(f"- {problem}" for problem in error.problems))
    except Exception as error:
        place = _place(error)
        # Never the message itself: it may hold what stood in a file.
        LOG.error("%s in %s", type(error).__name__, place)
        st.error(CALM.format(place=f"{type(error).__name__}, {place}"))


def _place(error: Exception) -> str:
    last = traceback.extract_tb(error.__traceback__)[-1]
    return f"{Path(last.filename).name}, regel {last.lineno}"
