"""Put together what people prepared and agreed: one A4 before the meeting, the minutes (*verslag*) after it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from wellbeing.model.catalogue import Catalogue
from wellbeing.model.conversation import Agreement, Conversation, Decision, Need
from wellbeing.model.reference import Bouw, Codebook
from wellbeing.model.report import Block, BulletList, Callout, Kind, Paragraph, Report, Section, Variant
from wellbeing.model.results import Analysis, Course, Package
from wellbeing.presentation import agenda, figures, formats, offers, wording

NOTHING = "Niets opgeschreven."
NO_AGREEMENTS_BEFORE = "Van deze school zijn geen eerdere afspraken bewaard."
MOST_PACKAGES = 3
MOST_AGREEMENTS = 3  # what fits on the one A4 beside the rest
NO_PUPILS = "Dit verslag gaat over groepen leerlingen, nooit over één leerling."


@dataclass(frozen=True, slots=True)
class Meeting:
    """All that is known of one conversation: the figures, the record, the offer that fits, and the record of before.

    ``others`` are the same measurement of other populations; ``courses`` say per population how every figure
    went up to this measurement.
    """

    analysis: Analysis
    record: Conversation
    packages: tuple[Package, ...]
    before: Conversation | None
    codebook: Codebook
    catalogue: Catalogue
    others: tuple[Analysis, ...] = ()
    courses: Mapping[Bouw, tuple[Course, ...]] = field(default_factory=dict)


def compose_preparation(meeting: Meeting, on: dt.date) -> Report:
    """Make the one A4 for the meeting: points, questions, last time's agreements and fitting offer."""
    sections = (
        _section("De punten", _points(meeting, with_notes=False)),
        _section("De vragen aan tafel", _questions(meeting)),
        _section("Vorige keer afgesproken", _last_time(meeting, MOST_AGREEMENTS)),
        _section("Passend aanbod", _offer(meeting)),
    )
    return _report(meeting, Variant.PREPARATION, "Voorbereiding", sections, on)


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
    example = meeting.codebook.notice if meeting.codebook.is_example else ""
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
        notice=agenda.INVENTED if meeting.record.is_invented else example,
        sections=tuple(sections),
    )


def _section(title: str, blocks: Sequence[Block]) -> Section:
    return Section(Kind.CONVERSATION, title, "", tuple(blocks))


def _points(meeting: Meeting, *, with_notes: bool) -> list[Block]:
    lines = []
    for point in meeting.record.points:
        lines.append(f"**{agenda.title(point, meeting.codebook)}.** {point.reason}")
        if with_notes and point.note:
            lines.append(f"Besproken bij {agenda.title(point, meeting.codebook).lower()}: {point.note}")
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


def _last_time(meeting: Meeting, most: int | None = None) -> list[Block]:
    if meeting.before is None or not meeting.before.agreements:
        return [Paragraph(NO_AGREEMENTS_BEFORE)]
    agreed = _agreements(meeting, meeting.before.agreements[:most], since=meeting.before.year)
    left = len(meeting.before.agreements) - len(meeting.before.agreements[:most])
    more = [Paragraph(f"En nog {left}; zie het verslag van toen.")] if left else []
    begin = Paragraph(f"Bij de meting van {meeting.before.year}:")
    return [begin, *agreed, *more, Paragraph(agenda.OTHER_PUPILS, is_quiet=True)]


def _offer(meeting: Meeting) -> list[Block]:
    lines = [
        f"**{agenda.theme_name(package.theme, meeting.catalogue)}.** {_first_of_each_pillar(package, meeting)}"
        for package in meeting.packages[:MOST_PACKAGES]
    ]
    return [BulletList(tuple(lines)) if lines else Paragraph("De school kiest zelf een thema.")]


def _first_of_each_pillar(package: Package, meeting: Meeting) -> str:
    """Name the first suggestion of every pillar, or say that the school does something there already."""
    parts = [
        f"{part.pillar.value}: {agenda.offer_name(part.suggestions[0].row, meeting.catalogue)}"
        for part in package.parts
        if part.suggestions and not part.already_done
    ]
    done = [part.pillar.value for part in package.parts if part.already_done]
    return "; ".join([*parts, *([f"doet de school al: {formats.listing(done)}"] if done else [])])


def _about(record: Conversation) -> list[Block]:
    present = sorted(attendee.value for attendee in record.present)
    held = formats.date(record.held_on) if record.held_on else "nog niet ingevuld"
    lines = [f"Datum: {held}", f"Aan tafel: {formats.listing(present) if present else 'nog niet ingevuld'}"]
    blocks: list[Block] = [BulletList(tuple(lines)), Callout(NO_PUPILS)]
    return [*blocks, Paragraph(record.notes)] if record.notes else blocks


def _needs(meeting: Meeting, needs: Sequence[Need]) -> list[Block]:
    lines = [
        f"**{agenda.theme_name(need.theme, meeting.catalogue)}**" + (f": {need.note}" if need.note else "")
        for need in needs
    ]
    return [BulletList(tuple(lines)) if lines else Paragraph(NOTHING)]


def _choices(meeting: Meeting) -> list[Block]:
    """Say which themes and rows the school chose or dropped, with the worksheets of the choice questions."""
    lines = [_chosen_theme(need.theme, meeting) for need in meeting.record.needs]
    lines += [agenda.choice(made, meeting.catalogue) for made in meeting.record.choices]
    blocks: list[Block] = [BulletList(tuple(lines)) if lines else Paragraph(NOTHING)]
    for made in meeting.record.choices:
        answers = [f"{question} {answer}" for question, answer in offers.answered(made.answers)]
        if answers:
            name = agenda.offer_name(made.row, meeting.catalogue)
            blocks += [Paragraph(f"De vijf keuzevragen bij **{name}** ({made.pillar.value.lower()}):")]
            blocks += [BulletList(tuple(answers))]
    return blocks


def _chosen_theme(theme: str, meeting: Meeting) -> str:
    """Say that the school chose a theme, with the package that came to the table."""
    words = f"**{agenda.theme_name(theme, meeting.catalogue)}**, {agenda.HOW_CHOSEN[Decision.CHOSEN]}"
    package = next((item for item in meeting.packages if item.theme == theme), None)
    return f"{words}. Op tafel: {_first_of_each_pillar(package, meeting)}" if package else words


def _agreements(meeting: Meeting, agreements: Sequence[Agreement], *, since: str = "") -> list[Block]:
    """List agreements; with the year they were made at (``since``), each with its figure as it is now."""
    return [
        BulletList(tuple(_agreement(meeting, item, since) for item in agreements)) if agreements else Paragraph(NOTHING)
    ]


def _agreement(meeting: Meeting, item: Agreement, since: str) -> str:
    parts = [f"**{item.what}**"]
    parts += [agenda.who_and_when(item)] if agenda.who_and_when(item) else []
    parts += [f"stand: {item.progress.value}"] + ([item.outcome] if item.outcome else [])
    if item.indicator:
        parts.append(_with_figure(meeting, item, since))
    return "; ".join(parts)


def _with_figure(meeting: Meeting, item: Agreement, since: str) -> str:
    """Name the figure of an agreement: as it is now and how it went since, or as what will be looked at next time."""
    names = {indicator.id: indicator.label for indicator in meeting.codebook.indicators}
    name = names.get(item.indicator or "", "het gekozen cijfer")
    who = f" ({wording.population(item.bouw)})" if item.bouw else ""
    if not since:
        return f"volgende keer kijken we naar: {name}{who}"
    bouw = item.bouw or meeting.analysis.published.bouw
    course = next((course for course in meeting.courses.get(bouw, ()) if course.indicator == item.indicator), None)
    parts = [f"{name}{who}: {agenda.figure_now(_subject(meeting, item))}", agenda.went(course, since)]
    return ". ".join(filter(None, parts))


def _subject(meeting: Meeting, item: Agreement) -> figures.Subject | None:
    """Find the figure of an agreement in the population it was about."""
    everything = (meeting.analysis, *meeting.others)
    about = [found for found in everything if item.bouw in {None, found.published.bouw}]
    rows = figures.subjects(about[0], meeting.codebook) if about else ()
    return next((row for row in rows if row.indicator.id == item.indicator), None)


def _unmet(meeting: Meeting) -> list[Block]:
    lines = [
        f"**{agenda.theme_name(item.theme, meeting.catalogue)}**"
        + (f" ({item.pillar.value})" if item.pillar else "")
        + (f": {item.note}" if item.note else "")
        for item in meeting.record.unmet
    ]
    return [BulletList(tuple(lines)) if lines else Paragraph(NOTHING)]
