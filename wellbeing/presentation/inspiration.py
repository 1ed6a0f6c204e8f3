"""Rows of the Inspiratiekaart as short cards: inspiration stands apart from what was judged."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from wellbeing.model.catalogue import EVERY_THEME, Catalogue, CatalogueRow, Kind
from wellbeing.model.reference import Pillar
from wellbeing.presentation import formats, markup, offers, packages
from wellbeing.presentation.palette import Tone

SOURCE = "Inspiratiekaart"
ELSEWHERE = "Zo doen andere scholen het"
NO_PROOF = "voorbeeld, geen bewijs"
KICK_OFF = "aftrap, geen aanpak"


def card_rows(catalogue: Catalogue) -> tuple[CatalogueRow, ...]:
    """Give the rows that come from the Inspiratiekaart, in its order."""
    return tuple(row for row in catalogue.rows if row.source.startswith(SOURCE))


def of_pillar(rows: Iterable[CatalogueRow], pillar: Pillar, theme: str | None = None) -> tuple[CatalogueRow, ...]:
    """Give the rows of one pillar; with a theme those of that theme, and those that fit every theme."""
    wanted = {theme, EVERY_THEME}
    return tuple(row for row in rows if pillar in row.pillars and (theme is None or wanted & set(row.themes)))


def examples(rows: Iterable[CatalogueRow], pillar: Pillar, themes: Iterable[str]) -> tuple[CatalogueRow, ...]:
    """Give what other schools did on one pillar for one of these themes."""
    wanted = set(themes)
    return tuple(row for row in rows if row.is_inspiration and pillar in row.pillars and wanted & set(row.themes))


def of_package(rows: Iterable[CatalogueRow], theme: str) -> tuple[CatalogueRow, ...]:
    """Give what other schools did for a theme, on every pillar."""
    return tuple(row for row in rows if row.is_inspiration and theme in row.themes)


def folded_cards(rows: Sequence[CatalogueRow], catalogue: Catalogue) -> str:
    """Write what other schools did as cards, closed until someone asks; empty where there is nothing."""
    if not rows:
        return ""
    return f"<details><summary>{ELSEWHERE} ({len(rows)})</summary>{cards(rows, catalogue)}</details>"


def cards(rows: Sequence[CatalogueRow], catalogue: Catalogue) -> str:
    """Write rows as short cards beside each other."""
    return f'<div class="wb-pillars">{"".join(_card(row, catalogue) for row in rows)}</div>'


def _card(row: CatalogueRow, catalogue: Catalogue) -> str:
    themes = [theme.label for theme in catalogue.themes if theme.id in row.themes] or ["Elk thema"]
    facts = [escape(offers.layers(row)), escape(row.source)]
    if row.possible_link:
        facts.append(f"{packages.link(row.possible_link, 'mogelijk adres')} (niet nagekeken)")
    facts.append(escape(offers.checked(row)))
    remark = f'<p class="wb-remark">{escape(row.remark)}</p>' if row.remark else ""
    return (
        f'<section class="wb-pillar"><h4>{escape(row.title)}</h4><p>{_mark(row)}</p><p>{escape(row.description)}</p>'
        f'<p class="wb-facts">{escape(formats.listing(themes))}</p>'
        f'<p class="wb-facts">{" · ".join(facts)}</p>{remark}</section>'
    )


def _mark(row: CatalogueRow) -> str:
    """Say what sort of thing it is, and what it is not."""
    labels = [markup.badge(row.type.value, Tone.NEUTRAL)]
    if row.is_inspiration:
        labels.append(markup.badge(NO_PROOF, Tone.NEUTRAL))
    elif row.type is Kind.THEME_WEEK:
        labels.append(markup.badge(KICK_OFF, Tone.NEUTRAL))
    return " ".join(labels)
