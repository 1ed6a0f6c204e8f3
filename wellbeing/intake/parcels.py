"""A parcel (*schoolpakket*) read back from its workbook, as strictly as it was written."""

from __future__ import annotations

import io
import json
import zipfile
import zlib
from collections.abc import Collection, Mapping, Sequence

from pydantic import TypeAdapter, ValidationError

from wellbeing.intake.guard import Refused
from wellbeing.model.parcel import Parcel
from wellbeing.model.reference import Codebook

LARGEST = 5 * 1024 * 1024
MOST_ROWS = 50_000
LONGEST = 32_767  # letters in a cell of Excel
NEWER = (
    "Dit schoolpakket is gemaakt met een andere versie van het dashboard. Vraag de GGD om een nieuw pakket, of werk "
    "het dashboard bij."
)
CHANGED = (
    "Dit schoolpakket is veranderd of niet compleet. Vraag de GGD om het bestand opnieuw te sturen, en open het zonder "
    "het eerst in Excel op te slaan."
)
OTHER_QUESTIONS = (
    "Dit schoolpakket hoort bij een vragenlijst of een versie daarvan die dit dashboard niet kent. Werk het dashboard "
    "bij, of vraag de GGD welke versie u nodig hebt."
)
_PARCEL = TypeAdapter(Parcel)
_SINGLE = "about"


def has_sheet(data: bytes, name: str) -> bool:
    """Whether a file says that it is a workbook with a sheet of this name; nothing else of it is looked at."""
    if len(data) > LARGEST:
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive, archive.open("xl/workbook.xml") as part:
            return f'name="{name}"'.encode() in part.read(LONGEST)
    except (zipfile.BadZipFile, KeyError, EOFError, OSError, NotImplementedError, RuntimeError, ValueError, zlib.error):
        return False  # whatever it is, others say what is wrong with it


def parse_parcel(rows: Sequence[Sequence[str]], expected: str, seal: str) -> Parcel:
    """Make a parcel of its rows; ``expected`` is the format that is understood, ``seal`` what the rows must give.

    Raises:
        Refused: with a Dutch sentence that says what to do.
    """
    head = {row[0]: row[1] for row in rows[:4] if len(row) > 1}
    if "formaat" in head and head["formaat"] != expected:
        raise Refused(NEWER)
    if head.get("zegel") != seal or len(rows) > MOST_ROWS:
        raise Refused(CHANGED)
    try:
        return _PARCEL.validate_python(_fields(content(rows)))
    except (ValidationError, ValueError, RecursionError):
        raise Refused(CHANGED) from None


def content(rows: Sequence[Sequence[str]]) -> list[tuple[str, str]]:
    """Give the rows that hold the parcel, without its head and without empty cells."""
    return [(row[0], row[1]) for row in rows[4:] if len(row) > 1 and len(row[1]) <= LONGEST]


def check_questions(parcel: Parcel, codebooks: Mapping[str, Codebook], offered: Collection[str]) -> None:
    """Refuse a parcel with subjects or themes that the questionnaire here has not, or has in another wording.

    ``offered`` are the themes of the catalogue.

    Raises:
        Refused: with a Dutch sentence that says what to do.
    """
    codebook = codebooks.get(parcel.about.codebook)
    if codebook is None:
        raise Refused(OTHER_QUESTIONS)
    known = {item.id: item.version for item in codebook.indicators}
    themes = {theme.id for theme in codebook.themes}
    used = {figure.indicator for figure in parcel.figures} | {row.indicator for row in parcel.rows}
    named = {item.theme for found in parcel.findings for item in (*found.strengths, *found.to_discuss)}
    named |= {item.theme for found in parcel.findings for item in found.tallies}
    named |= {item.theme for found in parcel.findings for item in found.themes}
    asked, about = dict(parcel.versions), parcel.about
    wished = {*about.needs, *about.signals, *about.focus, *(theme for theme, _ in about.already_done)}
    if not wished <= set(offered):
        raise Refused(OTHER_QUESTIONS)
    if not (used <= set(asked) and named <= themes and all(known.get(name) == asked[name] for name in asked)):
        raise Refused(OTHER_QUESTIONS)


def _fields(rows: Sequence[tuple[str, str]]) -> dict[str, object]:
    found: dict[str, object] = {}
    for name, text in rows:
        value = json.loads(text)
        if name == _SINGLE:
            found[name] = value
        else:
            kept = found.setdefault(name, [])
            assert isinstance(kept, list)
            kept.append(value)
    return found
