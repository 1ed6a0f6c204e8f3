"""What a school can do, in words: the facts that stand with every row, and the questions for choosing one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from wellbeing.model.catalogue import Catalogue, CatalogueRow, Layer, Recognition
from wellbeing.model.reference import Codebook
from wellbeing.presentation import formats

OPEN_QUESTION = "Wat ziet u hiervan op school, en wat vinden leerlingen zelf?"
CHOICE_QUESTIONS = (
    "Past dit bij onze school en onze leerlingen?",
    "Kiezen we hier bewust voor, als deel van een groter geheel?",
    "Bereiken we hiermee de leerlingen die het nodig hebben?",
    "Kan elke leerling meedoen, ook met weinig taal of na een heftige gebeurtenis?",
    "Heeft het team er zin in en tijd voor?",
)
ANSWERS = ("ja", "deels", "nee", "nog uitzoeken")
NO_ANSWER = ""
NOT_CHECKED = "nog niet gecontroleerd"
LEVELS: Mapping[Recognition, str] = {
    Recognition.WELL_DESCRIBED: "duidelijk opgeschreven en uitvoerbaar",
    Recognition.WELL_FOUNDED: "aannemelijk dat het werkt, nog geen bewijs",
    Recognition.FIRST_SIGNS: "enig onderzoek laat effect zien",
    Recognition.GOOD_SIGNS: "goed onderzoek laat effect zien",
    Recognition.STRONG_SIGNS: "sterk onderzoek laat effect zien",
}
"""What each recognition means, for who does not know the data bases."""

NO_PROGRAMME = "geen programma, dus geen erkenning"
FOR_ALL = "voor alle leerlingen"
FOR_SOME = "voor een kleinere groep"
FOR_COMPLAINTS = "voor leerlingen met klachten"
FOR_SCHOOL = "hulpmiddel voor de school"


def facts(row: CatalogueRow) -> str:
    """Say what a row is: its kind, for whom, its recognition with date, and when it was checked."""
    return " · ".join([row.type.value, layers(row), recognition(row), checked(row)])


def recognition(row: CatalogueRow) -> str:
    """Say the recognition with its date and what it means."""
    if row.recognition is Recognition.NOT_APPLICABLE:
        return NO_PROGRAMME
    words = f"erkenning: {_with_dutch_date(row.recognition_in_words, row.recognition_date)}"
    return f"{words}: {LEVELS[row.recognition]}" if row.recognition in LEVELS else words


def layers(row: CatalogueRow) -> str:
    """Say for which pupils a row is."""
    words = {
        Layer.UNIVERSAL: FOR_ALL,
        Layer.SELECTIVE: FOR_SOME,
        Layer.INDICATED: FOR_COMPLAINTS,
        Layer.TOOL: FOR_SCHOOL,
    }
    return formats.listing([words[layer] for layer in Layer if layer in row.layer])


def checked(row: CatalogueRow) -> str:
    """Say when somebody last looked at the facts of a row, and who, where that was told."""
    if not row.checked_on:
        return NOT_CHECKED
    by = f" door {row.checked_by}" if row.checked_by else ""
    return f"gecontroleerd op {formats.date(row.checked_on)}{by}"


def answered(answers: Sequence[str]) -> list[tuple[str, str]]:
    """Give the choice questions that were answered, each with its answer."""
    pairs = zip(CHOICE_QUESTIONS, answers, strict=False)
    return [(question, answer) for question, answer in pairs if answer != NO_ANSWER]


def table_question(codebook: Codebook, catalogue: Catalogue, theme: str) -> str:
    """Give the adviser's question for the first catalogue theme that a theme of the questionnaire leads to."""
    leads = [name for item in codebook.indicators if item.theme == theme for name in item.catalogue_themes]
    return formats.capital(catalogue.theme(leads[0]).question) if leads else OPEN_QUESTION


def _with_dutch_date(words: str, date: str) -> str:
    return words.replace(date, formats.date(dt.date.fromisoformat(date))) if "-" in date else words
