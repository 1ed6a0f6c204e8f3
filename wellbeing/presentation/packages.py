"""A package on screen: why a theme came to the table, and what fits on each of the four pillars."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from wellbeing.model.catalogue import Catalogue, CatalogueRow
from wellbeing.model.conversation import Choice, Decision
from wellbeing.model.reference import Pillar
from wellbeing.model.results import Cause, Package, PillarPart, Suggestion
from wellbeing.presentation import agenda, formats, markup, offers
from wellbeing.presentation.palette import Tone

Decided = Mapping[tuple[Pillar, str], Choice]
FIRST_SHOWN = 2
NOTHING_FITS = "Geen passend aanbod gevonden."
DONE = "Kijk eerst of dat goed loopt; iets erbij kan altijd nog."
_TONES = {Cause.DIFFERS: Tone.UNFAVOURABLE, Cause.NEED: Tone.FAVOURABLE}
_WORDS = {Cause.COMMON: "speelt bij veel leerlingen", Cause.NEED: agenda.HOW_CHOSEN[Decision.CHOSEN]}


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
        f"<li><p><strong>{escape(formats.capital(cause_in_words(item.cause)))}.</strong> {escape(item.sentence)}</p>"
        f'<p class="wb-facts">Regel: {escape(rules[item.cause])}</p></li>'
        for item in package.reasons
    ]
    order = f'<li><p class="wb-facts">Volgorde: {escape(how_chosen)}</p></li>'
    body = f'<ol class="wb-steps">{"".join(steps)}{order}</ol>'
    return f"<details><summary>Waarom dit?</summary>{body}</details>"


# --------------------------------------------------------------------------- the four pillars


def pillars(package: Package, catalogue: Catalogue, choices: Sequence[Choice] = ()) -> str:
    """Write the four pillars beside each other; ``choices`` are what the school took or dropped."""
    starts = any(part.already_done for part in package.parts)
    decided = {(item.pillar, item.row): item for item in choices if item.theme == package.theme}
    made = [_pillar(part, catalogue, decided, is_gap=starts and not part.already_done) for part in package.parts]
    return f'<div class="wb-pillars">{"".join(made)}</div>'


def _pillar(part: PillarPart, catalogue: Catalogue, decided: Decided, *, is_gap: bool) -> str:
    state = markup.badge("nog leeg", Tone.NEUTRAL) if is_gap else ""
    if part.already_done:
        state = markup.badge("doet de school al", Tone.FAVOURABLE)
    return (
        f'<section class="wb-pillar"><h4>{escape(part.pillar.value)} {state}</h4>'
        f"<p>{escape(part.action)}</p>{_suggestions(part, catalogue, decided)}</section>"
    )


def _suggestions(part: PillarPart, catalogue: Catalogue, decided: Decided) -> str:
    """Write what fits: first what counts here, the rest folded away; all of it where the school is at work already."""
    open_first = [_is_open(at, item, part, catalogue, decided) for at, item in enumerate(part.suggestions)]
    items = [_suggestion(item, catalogue, decided.get((part.pillar, item.row))) for item in part.suggestions]
    first = [item for item, is_open in zip(items, open_first, strict=True) if is_open]
    more = [item for item, is_open in zip(items, open_first, strict=True) if not is_open]
    body = f"<ul>{''.join(first)}</ul>" if first else ""
    if part.already_done:
        body = f'<p class="wb-quiet">{DONE}</p>{body}'
    elif not items:
        body = f'<p class="wb-quiet">{NOTHING_FITS}</p>'
    if more:
        body += f"<details><summary>Nog {len(more)} om uit te kiezen</summary><ul>{''.join(more)}</ul></details>"
    return body


def _is_open(
    at: int,
    item: Suggestion,
    part: PillarPart,
    catalogue: Catalogue,
    decided: Decided,
) -> bool:
    """Whether a suggestion is seen at once: the safety net and what was chosen always, what was dropped never."""
    made = decided.get((part.pillar, item.row))
    if any(theme.safety_net == item.row for theme in catalogue.themes):
        return True
    if made is not None and made.decision is not Decision.OPEN:
        return made.decision is Decision.CHOSEN
    return not part.already_done and (at < FIRST_SHOWN or catalogue.row(item.row).is_own)


def _suggestion(item: Suggestion, catalogue: Catalogue, made: Choice | None) -> str:
    row = catalogue.row(item.row)
    tone = Tone.FAVOURABLE if made and made.decision is Decision.CHOSEN else Tone.NEUTRAL
    mark = f" {markup.badge(agenda.HOW_CHOSEN[made.decision], tone)}" if made else ""
    remarks = "".join(f'<p class="wb-remark">{escape(remark)}</p>' for remark in item.remarks)
    return f'<li><p class="wb-name">{escape(row.title)}{mark}</p>{_about(row, catalogue)}{remarks}</li>'


def _about(row: CatalogueRow, catalogue: Catalogue) -> str:
    description = "" if row.name_only else f"<p>{escape(row.description)}</p>"
    return f'{description}<p class="wb-facts">{" · ".join(_facts(row, catalogue))}</p>'


def _facts(row: CatalogueRow, catalogue: Catalogue) -> Sequence[str]:
    facts = [escape(row.type.value), escape(offers.layers(row)), escape(offers.recognition(row)), link(row.source)]
    if row.possible_link:
        facts.append(f"{link(row.possible_link, 'mogelijk adres')} (niet nagekeken)")
    facts.append(escape(offers.checked(row)))
    if row.id in catalogue.available:
        facts.append("te krijgen in deze regio")
    return facts


def link(source: str, words: str = "bron") -> str:
    """Link to a source; what is no web address stays text."""
    if not source.startswith(("https://", "http://")):
        return escape(f"bron: {source}")
    return f'<a href="{escape(source)}" target="_blank" rel="noopener noreferrer">{escape(words)}</a>'


def _tone(cause: Cause) -> Tone:
    return _TONES.get(cause, Tone.NEUTRAL)


# --------------------------------------------------------------------------- what a search found


def results(found: Sequence[tuple[CatalogueRow, Sequence[str]]], catalogue: Catalogue) -> str:
    """Write what a search found as compact cards, each with why it is suggested or not."""
    return f'<div class="wb-pillars">{"".join(_result(row, why_not, catalogue) for row, why_not in found)}</div>'


def _result(row: CatalogueRow, sentences: Sequence[str], catalogue: Catalogue) -> str:
    themes = [theme.label for theme in catalogue.themes if theme.id in row.themes] or ["Elk thema"]
    places = f"{formats.listing([pillar.value for pillar in row.pillars])} · {', '.join(themes)}"
    notes = [*sentences, row.remark] if row.remark else sentences
    said = "".join(f'<p class="wb-facts">{escape(sentence)}</p>' for sentence in notes)
    return (
        f'<section class="wb-pillar"><h4>{escape(row.title)}</h4><p class="wb-facts">{escape(places)}</p>'
        f"{_about(row, catalogue)}{said}</section>"
    )
