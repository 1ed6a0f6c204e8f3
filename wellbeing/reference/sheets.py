"""The tables of ``data/interventions`` as people know them: the names of sheets and columns, on screen and in Excel."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from wellbeing.model.content import Cells
from wellbeing.reference import interventions, school_lists

CARD, PROGRAMMES = interventions.ROW_FILES
THEMES, PACKAGES = interventions.THEMES, interventions.PACKAGES
CHECKLIST, WEEKS, STEPS = school_lists.CHECKLIST, school_lists.WEEKS, school_lists.STEPS
REACHED = school_lists.REACHED
COLUMNS: Mapping[str, tuple[str, ...]] = {**interventions.COLUMNS, **school_lists.COLUMNS}
ABOUT, LOG = "Lees mij", "Logboek"


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table: its name, the columns that together are the key of a row, and those that say what it is called.

    ``grows`` says whether rows may be added: a theme needs questions and packages elsewhere as well.
    """

    title: str
    keys: tuple[str, ...]
    named_by: tuple[str, ...]
    grows: bool = True

    def key(self, cells: Cells) -> str:
        """Give the key of a row, by which it is found in its table."""
        return " / ".join(cells[column] for column in self.keys)


SHEETS: Mapping[str, Sheet] = {
    CARD: Sheet("Inspiratiekaart", ("id",), ("title",)),
    PROGRAMMES: Sheet("Programma's", ("id",), ("title",)),
    THEMES: Sheet("Thema's", ("id",), ("label",), grows=False),
    PACKAGES: Sheet("Pakketten", ("theme", "pillar"), ("theme", "pillar"), grows=False),
    CHECKLIST: Sheet("Checklist", ("id",), ("question",)),
    WEEKS: Sheet("Themaweken", ("row",), ("row",)),
    STEPS: Sheet("Stappenplan", ("id",), ("title",)),
    REACHED: Sheet("Gelijke kansen", ("id",), ("who",)),
}
LABELS: Mapping[str, str] = {
    "id": "Kenmerk",
    "title": "Naam",
    "label": "Naam van het thema",
    "type": "Soort",
    "pillar": "Pijler",
    "pillars": "Pijlers",
    "theme": "Thema",
    "themes": "Thema's",
    "audience": "Voor wie",
    "levels": "Schoolniveaus",
    "leerjaar_from": "Vanaf leerjaar",
    "leerjaar_to": "Tot en met leerjaar",
    "level_as_in_source": "Niveau volgens de bron",
    "layer": "Voor welke leerlingen",
    "recognition": "Erkenning",
    "recognition_as_in_source": "Erkenning volgens de bron",
    "recognition_date": "Datum van de erkenning",
    "owner": "Maker of beheerder",
    "description": "Wat is het?",
    "source": "Bron",
    "possible_link": "Mogelijk adres",
    "remark": "Opmerking",
    "confidence": "Hoe zeker is dit?",
    "proposable": "Voorstellen aan scholen?",
    "not_proposed_because": "Waarom niet voorstellen?",
    "question": "Vraag",
    "caution": "Let op",
    "safety_net": "Altijd vooraan bij Signaleren",
    "lesson_remark": "Opmerking bij lessen",
    "action": "Wat kan de school doen?",
    "rows": "Wat hier het beste past",
    "origin": "Waar de vraag vandaan komt",
    "is_obliged": "Moet het van de wet?",
    "row": "Themaweek",
    "usually": "Wanneer meestal",
    "seen": "Wanneer gezien",
    "plan": "Plan",
    "what": "Wat doet u?",
    "who": "Welke leerlingen",
    "helps": "Wat helpt",
    "pages": "Pagina's die helpen",
    "kept_by": "Wie houdt dit bij?",
    "checked_by": "Nagekeken door",
    "checked_on": "Nagekeken op",
    "next_review": "Opnieuw nakijken op",
}
SEVERAL = ("pillars", "themes", "audience", "levels", "layer", "rows", "pages")
"""Columns of which a cell may hold several values."""

_PROBLEM = re.compile(r"([a-z_]+\.csv)(?:, ([^:]+))?: (?:(\w+): )?(.+)", re.DOTALL)


def in_words(problem: str, rows: Mapping[tuple[str, str], int] | None = None) -> str:
    """Say a problem of a file in the words of the screen; ``rows`` gives row numbers in Excel by file and key.

    >>> in_words("steps.csv, w-1: title: dit mag niet leeg zijn.", {("steps.csv", "w-1"): 2})
    'Blad Stappenplan, rij 2 (w-1), kolom Naam: dit mag niet leeg zijn.'
    """
    found = _PROBLEM.fullmatch(problem)
    if found is None or found[1] not in SHEETS:
        return problem
    file, row, column, text = found.groups()
    number = (rows or {}).get((file, row or ""))
    where = f"rij {number} ({row})" if number else row
    parts = [f"Blad {SHEETS[file].title}", where, f"kolom {LABELS[column]}" if column in LABELS else ""]
    for name, sheet in SHEETS.items():
        text = text.replace(name, f"blad {sheet.title}")
    said = f"{column}: {text}" if column and column not in LABELS else text
    return f"{', '.join(part for part in parts if part)}: {said}"
