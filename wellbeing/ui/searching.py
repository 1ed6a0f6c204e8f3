"""Search over everything there is to offer, and why something is suggested to this school or not."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

import streamlit as st

from wellbeing import pipeline
from wellbeing.model.catalogue import Catalogue
from wellbeing.model.reference import Pillar
from wellbeing.model.results import Analysis, Package
from wellbeing.presentation import formats, markup, packages
from wellbeing.stages.search import LEVELS
from wellbeing.ui import cache

MOST = 12
Item = TypeVar("Item")
BEGIN = "Typ een woord of kies iets. Ook wat niet bij deze school past staat erbij, met de reden."


def show(analysis: Analysis | None, found: Sequence[Package]) -> None:
    """Ask what somebody looks for, and show it; without an analysis the school's level is not known."""
    catalogue = cache.reference().catalogue
    query = _ask(catalogue)
    if query.is_empty:
        st.html(markup.quiet(f"{BEGIN} Er zijn {len(catalogue.rows)} voorstellen."))
        return
    results = pipeline.search_offer(query, analysis, found, catalogue)
    st.html(f'<p role="status">{formats.counted(len(results), "voorstel", "voorstellen")} gevonden.</p>')
    st.html(packages.results(results[:MOST], catalogue))
    if results[MOST:]:
        st.html(markup.quiet(f"Nog {len(results) - MOST}. Zoek preciezer om die te zien."))


def _ask(catalogue: Catalogue) -> pipeline.Query:
    labels = {theme.id: theme.label for theme in catalogue.themes}
    audiences = sorted({name for row in catalogue.rows for name in row.audience})
    words = st.text_input("Zoek in alle voorstellen", key="search-words", placeholder="Bijvoorbeeld: mentor, slapen")
    first, second, third = st.columns(3)
    with first:
        theme = _pick("Thema", list(labels), labels.__getitem__)
        level = _pick("Schoolniveau", LEVELS)
    with second:
        pillar = _pick("Pijler", list(Pillar), lambda item: Pillar(item).value)
        leerjaar = _pick("Leerjaar", range(1, 7))
    with third:
        audience = _pick("Voor wie", audiences)
    return pipeline.Query(words, pillar, theme or "", level, leerjaar, audience or "")


def _pick(label: str, options: Sequence[Item], name: Callable[[Item], str] = str) -> Item | None:
    return st.selectbox(label, options, index=None, format_func=name, key=f"search-{label}", placeholder="Alles")
