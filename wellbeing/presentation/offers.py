"""What a school can do, in words: the reasons of a package, and the facts that stand with every row."""

from __future__ import annotations

import datetime as dt

from wellbeing.model.catalogue import Catalogue, CatalogueRow
from wellbeing.model.reference import Codebook
from wellbeing.presentation import formats

OPEN_QUESTION = "Wat ziet u hiervan op school, en wat vinden leerlingen zelf?"


def facts(row: CatalogueRow) -> str:
    """Say what a row is: its kind, its recognition with date, and when it was checked."""
    found = [row.type.value]
    if row.is_judged or row.recognition_date:
        found.append(f"erkenning: {_with_dutch_date(row.recognition_in_words, row.recognition_date)}")
    found.append(f"gecontroleerd op {formats.date(row.checked_on)}")
    return " · ".join(found)


def table_question(codebook: Codebook, catalogue: Catalogue, theme: str) -> str:
    """Give the adviser's question for the first catalogue theme that a theme of the questionnaire leads to."""
    leads = [name for item in codebook.indicators if item.theme == theme for name in item.catalogue_themes]
    return formats.capital(catalogue.theme(leads[0]).question) if leads else OPEN_QUESTION


def _with_dutch_date(words: str, date: str) -> str:
    return words.replace(date, formats.date(dt.date.fromisoformat(date))) if "-" in date else words
