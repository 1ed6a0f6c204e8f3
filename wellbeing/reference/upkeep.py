"""Who keeps a row up to date: four columns that every table of ``data/interventions`` has."""

from __future__ import annotations

import datetime as dt
import re

from wellbeing.model.content import Cells, Upkeep
from wellbeing.reference.schema import ReferenceDataError, build

CHECKED = ("checked_by", "checked_on", "next_review")
UPKEEP = ("kept_by", *CHECKED)
DATES = ("checked_on", "next_review")
WEB = ("https://", "http://")
NO_SOURCE = "schrijf een adres dat begint met https://, of een bron in woorden."
NOT_A_DATE = "'{text}' is geen datum; schrijf bijvoorbeeld 2026-11-22"

_ADDRESS = re.compile(r"\s*[a-z][a-z0-9+.\-]*:(?!\s)", re.IGNORECASE)


def is_source(text: str) -> bool:
    """Whether a source is a web address or words; another kind of address could do something when it is opened.

    >>> is_source("Handboek: tweede druk"), is_source("https://voorbeeld.nl"), is_source("javascript:alert(1)")
    (True, True, False)
    """
    return text.startswith(WEB) or not _ADDRESS.match(text)


def take_upkeep(cells: Cells, where: str) -> tuple[Upkeep, dict[str, str]]:
    """Give who keeps a row up to date, and the cells of the row itself.

    Raises:
        ReferenceDataError: with a Dutch sentence per cell that is wrong.
    """
    told = {name: written_date(cells[name], where, name) if name in DATES else cells[name] for name in UPKEEP}
    upkeep = build(Upkeep, told, where)
    if upkeep.next_review <= upkeep.checked_on:
        raise ReferenceDataError([f"{where}: next_review: deze datum moet na checked_on liggen."])
    return upkeep, {name: cell for name, cell in cells.items() if name not in UPKEEP}


def written_date(text: str, where: str, name: str) -> str:
    """Give a date as year-month-day, also where Excel turned it round; an empty cell stays empty.

    Raises:
        ReferenceDataError: if it is no date.
    """
    for form in ("%Y-%m-%d", "%d-%m-%Y"):
        try:
            return dt.datetime.strptime(text, form).date().isoformat()
        except ValueError:
            continue
    if text:
        raise ReferenceDataError([f"{where}: {name}: {NOT_A_DATE.format(text=text)}."])
    return text
