"""Rows that people keep up to date, in words: what is due, and who looked last."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from html import escape

from wellbeing.model.content import Due, KeptRow
from wellbeing.presentation import formats, markup, packages
from wellbeing.presentation.palette import Tone

NOBODY = "nog door niemand nagekeken"
CHANGED, NEW = "door ons veranderd", "door ons toegevoegd"
MADE = "Bij het maken van het dashboard is de bron gelezen; dat is geen controle door uw organisatie."
TONES = {Due.OVERDUE: Tone.UNFAVOURABLE, Due.SOON: Tone.NEUTRAL}
WORDS = {Due.OVERDUE: "te laat", Due.SOON: "binnenkort aan de beurt"}


def conclusion(rows: Sequence[KeptRow], on: dt.date) -> list[str]:
    """Say how it stands on a day: too late, soon, and what nobody looked at yet."""
    late, soon = (sum(row.upkeep.due(on) is due for row in rows) for due in (Due.OVERDUE, Due.SOON))
    alone = sum(not row.upkeep.checked_by for row in rows)
    first = f"{formats.number(late)} van de {formats.number(len(rows))} rijen {_be(late)} te laat nagekeken."
    if not late:
        first = f"Geen van de {formats.number(len(rows))} rijen is te laat."
    sentences = [first, f"{_counted(soon)} in de komende twee maanden aan de beurt."]
    if alone:
        sentences.append(f"{_counted(alone)} nog door niemand van uw organisatie nagekeken. {MADE}")
    return sentences


def _counted(number: int) -> str:
    return f"{formats.counted(number, 'rij', 'rijen')} {_be(number)}" if number else "Geen enkele rij is"


def _be(number: int) -> str:
    return "is" if number == 1 else "zijn"


def states(row: KeptRow, on: dt.date) -> tuple[str, ...]:
    """Give in words what there is to say about a row; also to choose rows by."""
    found = [WORDS[due] for due in WORDS if row.upkeep.due(on) is due]
    if not row.upkeep.checked_by:
        found.append(NOBODY)
    if row.is_changed:
        found.append(NEW if row.is_new else CHANGED)
    return tuple(found)


def line(row: KeptRow, where: str, on: dt.date) -> str:
    """Write one row: its name, how it stands, where it is used, who answers for it and where it comes from."""
    kept, tone = row.upkeep, TONES.get(row.upkeep.due(on), Tone.NEUTRAL)
    late = WORDS[Due.OVERDUE]
    badges = " ".join(markup.badge(words, tone if words == late else Tone.NEUTRAL) for words in states(row, on))
    by = f" door {kept.checked_by}" if kept.checked_by else ""
    facts = [
        where,
        f"bijgehouden door {kept.kept_by}",
        f"{'nagekeken' if by else 'gemaakt'} op {formats.date(kept.checked_on)}{by}",
        f"opnieuw op {formats.date(kept.next_review)}",
    ]
    written = [escape(fact) for fact in facts] + ([packages.link(row.source)] if row.source else [])
    return (
        f'<p class="wb-line"><strong>{escape(row.name)}</strong> {badges}<br>'
        f'<span class="wb-facts">{" · ".join(written)}</span></p>'
    )
