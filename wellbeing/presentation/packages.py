"""A package on screen: why a theme came to the table, and what fits on each of the four pillars."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from html import escape

from wellbeing.model.catalogue import Catalogue, CatalogueRow
from wellbeing.model.results import Cause, Package, PillarPart, Suggestion
from wellbeing.presentation import formats, markup
from wellbeing.presentation.palette import Tone

FIRST_SHOWN = 2
NOTHING_FITS = "Geen passend aanbod gevonden."
_TONES = {Cause.DIFFERS: Tone.UNFAVOURABLE, Cause.NEED: Tone.FAVOURABLE}
_WORDS = {Cause.NEED: "gekozen door de school"}


def cause_in_words(cause: Cause) -> str:
    """Say a reason as the school reads it."""
    return _WORDS.get(cause, cause.value)


def reasons(package: Package) -> str:
    """Write the reasons of a package as labels."""
    labels = [markup.badge(cause_in_words(item.cause), _tone(item.cause)) for item in package.reasons]
    return f'<p class="wb-tally"><span>{"".join(labels)}</span></p>'


def why(package: Package, rules: Mapping[Cause, str], how_chosen: str) -> str:
    """Explain a package: reason, rule, suggestion. Closed until someone asks."""
    steps = [
        f"<li><p><strong>{escape(formats.capital(item.cause.value))}.</strong> {escape(item.sentence)}</p>"
        f'<p class="wb-facts">Regel: {escape(rules[item.cause])}</p></li>'
        for item in package.reasons
    ]
    order = f'<li><p class="wb-facts">Volgorde: {escape(how_chosen)}</p></li>'
    body = f'<ol class="wb-steps">{"".join(steps)}{order}</ol>'
    return f"<details><summary>Waarom dit?</summary>{body}</details>"


def pillars(package: Package, catalogue: Catalogue) -> str:
    """Write the four pillars beside each other."""
    return f'<div class="wb-pillars">{"".join(_pillar(part, catalogue) for part in package.parts)}</div>'


def _pillar(part: PillarPart, catalogue: Catalogue) -> str:
    done = markup.badge("doet de school al", Tone.FAVOURABLE) if part.already_done else ""
    items = [_suggestion(item, catalogue.row(item.row)) for item in part.suggestions]
    first, more = items[:FIRST_SHOWN], items[FIRST_SHOWN:]
    body = f"<ul>{''.join(first)}</ul>" if first else f'<p class="wb-quiet">{NOTHING_FITS}</p>'
    if more:
        body += f"<details><summary>Nog {len(more)} om uit te kiezen</summary><ul>{''.join(more)}</ul></details>"
    return (
        f'<section class="wb-pillar"><h4>{escape(part.pillar.value)} {done}</h4>'
        f"<p>{escape(part.action)}</p>{body}</section>"
    )


def _suggestion(item: Suggestion, row: CatalogueRow) -> str:
    description = "" if row.name_only else f"<p>{escape(row.description)}</p>"
    remarks = "".join(f'<p class="wb-remark">{escape(remark)}</p>' for remark in item.remarks)
    facts = " · ".join(_facts(row))
    return f'<li><p class="wb-name">{escape(row.title)}</p>{description}<p class="wb-facts">{facts}</p>{remarks}</li>'


def _facts(row: CatalogueRow) -> Sequence[str]:
    facts = [escape(row.type.value)]
    if row.is_judged or row.recognition_date:
        facts.append(escape(f"erkenning: {_with_dutch_date(row.recognition_in_words, row.recognition_date)}"))
    facts.append(link(row.source))
    if row.possible_link:
        facts.append(f"{link(row.possible_link, 'mogelijk adres')} (niet nagekeken)")
    facts.append(f"gecontroleerd op {formats.date(row.checked_on)}")
    return facts


def link(source: str, words: str = "bron") -> str:
    """Link to a source; what is no web address stays text."""
    if not source.startswith(("https://", "http://")):
        return escape(f"bron: {source}")
    return f'<a href="{escape(source)}" target="_blank" rel="noopener noreferrer">{escape(words)}</a>'


def _with_dutch_date(words: str, date: str) -> str:
    return words.replace(date, formats.date(dt.date.fromisoformat(date))) if "-" in date else words


def _tone(cause: Cause) -> Tone:
    return _TONES.get(cause, Tone.NEUTRAL)
