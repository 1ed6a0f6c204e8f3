"""Put together what people prepared and agreed: one A4 before the meeting, the minutes (*verslag*) after it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from wellbeing.model.catalogue import Catalogue
from wellbeing.model.conversation import Agreement, Conversation, Decision, Need
from wellbeing.model.reference import Codebook
from wellbeing.model.report import Block, BulletList, Callout, Kind, Paragraph, Report, Section, Variant
from wellbeing.model.results import Analysis, Dimension, Package
from wellbeing.presentation import agenda, figures, formats, offers, wording

NOTHING = "Niets opgeschreven."
OTHER_PUPILS = "Het cijfer staat ernaast, maar zegt niet of het door de afspraak komt. Er vulden andere leerlingen in."
NO_PUPILS = "Dit verslag gaat over groepen leerlingen, nooit over één leerling."


@dataclass(frozen=True, slots=True)
class Meeting:
    """All that is known of one conversation: the figures, the record, the offer that fits, and records of before."""

    analysis: Analysis
    record: Conversation
    packages: tuple[Package, ...]
    earlier: tuple[Conversation, ...]
    codebook: Codebook
    catalogue: Catalogue


def compose_preparation(meeting: Meeting, on: dt.date) -> Report:
    """Make the one A4 for the meeting: points, questions, last time's agreements and fitting offer."""
    sections = (
        _section("De punten", _points(meeting, with_notes=False)),
        _section("De vragen aan tafel", _questions(meeting)),
        _section("Vorige keer afgesproken", _last_time(meeting)),
        _section("Passend aanbod", _offer(meeting)),
    )
    return _report(meeting, Variant.PREPARATION, "Voorbereiding van het adviesgesprek", sections, on)


def compose_minutes(meeting: Meeting, on: dt.date) -> Report:
    """Make the minutes: what was discussed, needed, chosen and agreed, and last time's agreements."""
    record = meeting.record
    sections = (
        _section("Over het gesprek", _about(record)),
        _section("Wat we bespraken", _points(meeting, with_notes=True)),
        _section("Waar behoefte aan is", _needs(meeting, record.needs)),
        _section("Signalen over groepen leerlingen", _needs(meeting, record.signals)),
        _section("Wat de school kiest", _choices(meeting)),
        _section("Afspraken", _agreements(meeting, record.agreements)),
        _section("Behoefte zonder aanbod", _unmet(meeting)),
        _section("Vorige keer afgesproken", _last_time(meeting)),
    )
    return _report(meeting, Variant.MINUTES, "Verslag van het adviesgesprek", sections, on)


def _report(meeting: Meeting, variant: Variant, name: str, sections: Sequence[Section], on: dt.date) -> Report:
    shown = meeting.analysis.published
    main = figures.main_comparator(meeting.analysis)
    population = wording.population(shown.bouw)
    return Report(
        variant=variant,
        title=f"{name}: {shown.school}, {population} {shown.year}",
        school=shown.school,
        population=population,
        year=shown.year,
        identity=f"{shown.school}, {population} {shown.year}, {wording.response(shown).rstrip('.')}",
        compared=f"vergeleken met {wording.comparator_name(main)}" if main else "",
        made_on=on,
        date=formats.date(on),
        notice=meeting.codebook.notice if meeting.codebook.is_example else "",
        sections=tuple(sections),
    )


def _section(title: str, blocks: Sequence[Block]) -> Section:
    return Section(Kind.CONVERSATION, title, "", tuple(blocks))


def _points(meeting: Meeting, *, with_notes: bool) -> list[Block]:
    lines = []
    for point in meeting.record.points:
        lines.append(f"**{agenda.title(point, meeting.codebook)}.** {point.reason}")
        if with_notes and point.note:
            lines.append(f"Besproken: {point.note}")
    return [BulletList(tuple(lines)) if lines else Paragraph("Er zijn geen punten gekozen.")]


def _questions(meeting: Meeting) -> list[Block]:
    themes = dict.fromkeys(point.theme for point in meeting.record.points)
    labels = {theme.id: theme.label for theme in meeting.codebook.themes}
    asked = [f"**{question}** {why}" for question, why in agenda.QUESTIONS]
    prompts = [
        f"{labels.get(theme, theme)}: {offers.table_question(meeting.codebook, meeting.catalogue, theme)}"
        for theme in themes
    ]
    return [BulletList(tuple(asked)), *([BulletList(tuple(prompts))] if prompts else [])]


def _last_time(meeting: Meeting) -> list[Block]:
    if not meeting.earlier or not meeting.earlier[-1].agreements:
        return [Paragraph("Van deze school zijn geen eerdere afspraken bewaard.")]
    before = meeting.earlier[-1]
    return [*_agreements(meeting, before.agreements, now=True), Paragraph(OTHER_PUPILS, is_quiet=True)]


def _offer(meeting: Meeting) -> list[Block]:
    lines = []
    for package in meeting.packages[:3]:
        titles = {
            part.pillar.value: meeting.catalogue.row(part.suggestions[0].row).title
            for part in package.parts
            if part.suggestions
        }
        named = "; ".join(f"{pillar}: {title}" for pillar, title in titles.items())
        lines.append(f"**{meeting.catalogue.theme(package.theme).label}.** {named}")
    return [BulletList(tuple(lines)) if lines else Paragraph("De school kiest zelf een thema.")]


def _about(record: Conversation) -> list[Block]:
    present = sorted(attendee.value for attendee in record.present)
    held = formats.date(record.held_on) if record.held_on else "nog niet ingevuld"
    lines = [f"Datum: {held}", f"Aan tafel: {formats.listing(present) if present else 'nog niet ingevuld'}"]
    blocks: list[Block] = [BulletList(tuple(lines)), Callout(NO_PUPILS)]
    return [*blocks, Paragraph(record.notes)] if record.notes else blocks


def _needs(meeting: Meeting, needs: Sequence[Need]) -> list[Block]:
    lines = [
        f"**{meeting.catalogue.theme(need.theme).label}**" + (f": {need.note}" if need.note else "") for need in needs
    ]
    return [BulletList(tuple(lines)) if lines else Paragraph(NOTHING)]


def _choices(meeting: Meeting) -> list[Block]:
    lines = []
    for choice in meeting.record.choices:
        theme, row = meeting.catalogue.theme(choice.theme).label, meeting.catalogue.row(choice.row).title
        how = "gekozen door de school" if choice.decision is Decision.CHOSEN else choice.decision.value
        lines.append(
            f"**{row}** ({theme}, {choice.pillar.value}): {how}" + (f", {choice.reason}" if choice.reason else "")
        )
    return [BulletList(tuple(lines)) if lines else Paragraph(NOTHING)]


def _agreements(meeting: Meeting, agreements: Sequence[Agreement], *, now: bool = False) -> list[Block]:
    return [
        BulletList(tuple(_agreement(meeting, item, now=now) for item in agreements))
        if agreements
        else Paragraph(NOTHING)
    ]


def _agreement(meeting: Meeting, item: Agreement, *, now: bool) -> str:
    parts = [f"**{item.what}**"]
    parts += [f"wie: {item.who.value}"] if item.who else []
    parts += [f"voor {formats.date(item.due)}"] if item.due else []
    parts += [f"stand: {item.progress.value}"] + ([item.outcome] if item.outcome else [])
    names = {indicator.id: indicator.label for indicator in meeting.codebook.indicators}
    if item.indicator in names:
        figure = _figure(meeting, str(item.indicator)) if now else "kijken we volgende keer naar"
        parts.append(f"{names[item.indicator]}: {figure}")
    return "; ".join(parts)


def _figure(meeting: Meeting, indicator: str) -> str:
    for row in figures.subjects(meeting.analysis, meeting.codebook):
        if row.indicator.id == indicator and row.group.dimension is Dimension.TOTAL:
            return f"{formats.percentage(row.school.percentage)}, {row.label}" if row.school else row.hidden
    return "staat niet in deze meting"


def _unmet(meeting: Meeting) -> list[Block]:
    lines = [
        f"**{meeting.catalogue.theme(item.theme).label}**"
        + (f" ({item.pillar.value})" if item.pillar else "")
        + (f": {item.note}" if item.note else "")
        for item in meeting.record.unmet
    ]
    return [BulletList(tuple(lines)) if lines else Paragraph(NOTHING)]
