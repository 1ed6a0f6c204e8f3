"""Put together what goes to the meeting: sections and blocks, in the words of the screen."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from wellbeing.model.catalogue import Catalogue
from wellbeing.model.reference import Codebook, Policy, Sensitivity
from wellbeing.model.report import (
    Block,
    BulletList,
    Callout,
    Card,
    Cards,
    Column,
    Edition,
    FigureRow,
    FigureTable,
    Kind,
    Offer,
    Paragraph,
    PillarOffers,
    Pillars,
    Report,
    Section,
    Variant,
)
from wellbeing.model.results import (
    Analysis,
    BenchmarkFigure,
    Cause,
    Comparator,
    ComparatorKind,
    Dimension,
    Package,
    PillarPart,
    Point,
    PointKind,
    Suggestion,
    Suppressed,
    ThemeTally,
)
from wellbeing.presentation import emphasis, figures, formats, offers, packages, wording
from wellbeing.presentation.figures import Subject
from wellbeing.presentation.palette import Tone

_SHORT: Mapping[ComparatorKind, str] = {
    ComparatorKind.REGION: "Regio",
    ComparatorKind.OWN_LEVEL: "Niveau",
    ComparatorKind.EXPECTED: "Verwacht",
}
_MOST_POINTS_PER_SIDE = 2
_FEWEST_POINTS = 3
NO_STRENGTHS = "Geen onderwerp is aantoonbaar gunstiger. Vraag aan tafel: waar zijn jullie trots op?"
NOTHING_HIDDEN_TELLS = "Hierover laten we geen cijfer zien. Herkent u dit op school?"
NO_BREAK = "\u00a0"
NO_COMPARISON = "zonder vergelijkingscijfers"
HOW_TO_READ = (
    "De stip is deze school, de streep de marge. Blauw is gunstig voor leerlingen, bruin ongunstig, grijs geen van "
    "beide; ▲ is hoger en ▼ is lager dan de vergelijking."
)
NO_REASON = "Een cijfer zegt niet waarom. Het is het begin van een gesprek, geen oordeel over de school."
FEWER = (
    "Gevoelige onderwerpen, groepen binnen de school en cijfers over weinig leerlingen staan hier niet in. De school "
    "heeft een uitgebreider rapport."
)
CHOOSE = "Kies samen één tot hoogstens drie thema's. Het meest dringende staat bovenaan."


@dataclass(frozen=True, slots=True)
class Material:
    """All that a report is made of.

    ``rules`` say for each reason why it brings a theme to the table, and ``how_chosen`` in which
    order the offers stand. ``records`` are the rows of the figures file; ``version`` is that of the dashboard.
    """

    analysis: Analysis
    packages: tuple[Package, ...]
    codebook: Codebook
    catalogue: Catalogue
    policy: Policy
    rules: Mapping[Cause, str]
    how_chosen: str
    records: tuple[Mapping[str, str | int | float], ...]
    version: str
    edition: Edition = field(default_factory=Edition)


def compose_report(material: Material, on: dt.date) -> Report:
    """Make a report of one measurement, dated ``on``."""
    shown, main, variant = material.analysis.published, _main(material), material.edition.variant
    name, sections = _VARIANTS[variant]
    return Report(
        variant=variant,
        title=f"{name}: {shown.school}, {shown.bouw.value} {shown.year}",
        school=shown.school,
        population=shown.bouw.value,
        year=shown.year,
        identity=f"{shown.school}, {shown.bouw.value} {shown.year}, {_pupils(material.analysis)}",
        compared=f"vergeleken met {wording.comparator_name(main)}" if main else NO_COMPARISON,
        made_on=on,
        date=formats.date(on),
        notice=material.codebook.notice if material.codebook.is_example else "",
        sections=tuple(sections(material)),
        records=material.records,
    )


def _full(material: Material) -> Iterator[Section]:
    yield _summary(material)
    yield _response(material)
    yield _findings(material)
    yield from (_theme(material, theme) for theme in _themes(material))
    yield from _packages(material)
    yield from _agreements(material)
    yield _method(material)


def _one_pager(material: Material) -> Iterator[Section]:
    yield _summary(material)
    yield Section(Kind.FINDINGS, "Per thema", "", (_tallies(material),))
    yield _to_begin_with(material)
    yield Section(Kind.METHOD, "Hoe leest u dit?", "", (Paragraph(" ".join(_reading(material))),))


def _shared(material: Material) -> Iterator[Section]:
    """Say what pupils, parents and the school council get: first the school's own words, then figures."""
    explanation = material.edition.explanation
    if explanation:
        yield Section(Kind.SUMMARY, "Wat de school hierover zegt", "", tuple(map(Paragraph, explanation)))
    yield _summary(material)
    yield _response(material)
    yield from (_theme(material, theme) for theme in _themes(material))
    reading = (BulletList((HOW_TO_READ, *_reading(material), FEWER)),)
    yield Section(Kind.METHOD, "Hoe leest u dit?", "", reading)


_VARIANTS: Mapping[Variant, tuple[str, Callable[[Material], Iterator[Section]]]] = {
    Variant.FULL: ("Schoolrapport", _full),
    Variant.ONE_PAGER: ("Het schoolrapport in het kort", _one_pager),
    Variant.SHARED: ("Zo gaat het met onze leerlingen", _shared),
}


# --------------------------------------------------------------------------- what the sections share


def _main(material: Material) -> Comparator | None:
    """Give the comparator that decides the labels, where there are comparison figures at all."""
    found = figures.main_comparator(material.analysis)
    return found if found is not None and found.year else None


def _pupils(analysis: Analysis) -> str:
    pupils = analysis.published.respondents
    if isinstance(pupils, Suppressed):
        return "aantal leerlingen niet getoond"
    return formats.counted(pupils, "leerling", "leerlingen")


def _themes(material: Material) -> Mapping[str, str]:
    """Give the themes of which this export has subjects, by id, in the order of the questionnaire."""
    found = {item.indicator for item in material.analysis.comparisons if item.group.dimension is Dimension.TOTAL}
    used = {item.theme for item in material.codebook.indicators if item.id in found}
    return {theme.id: theme.label for theme in material.codebook.themes if theme.id in used}


def _subjects(material: Material, theme: str | None = None) -> tuple[Subject, ...]:
    return figures.subjects(material.analysis, material.codebook, theme)


def _subject(material: Material, point: Point) -> Subject | None:
    return next((row for row in _subjects(material) if row.indicator.id == point.indicator), None)


def _label(subject: Subject, *, common: bool) -> str:
    """Give the label of a card: that of the screen, with arrow and points."""
    if common:
        return wording.common(subject.indicator)
    # The arrow and the number never stand alone at the end of a line.
    words = NO_BREAK.join(part for part in (subject.arrow, subject.label) if part)
    if subject.points is not None and subject.verdict is not None and subject.verdict.sense:
        words += f" ({formats.points(subject.points)}{NO_BREAK}procentpunt)"
    return words


# --------------------------------------------------------------------------- summary


def _summary(material: Material) -> Section:
    first, *others = _headline(material)
    lines = list(_lines(material))
    blocks: list[Block] = [Paragraph(" ".join(others))] if others else []
    blocks.append(BulletList(tuple(lines)) if lines else Paragraph(NO_STRENGTHS))
    warning = wording.response_warning(material.analysis.published, material.policy.response)
    if warning:
        blocks.append(Callout(warning))
    prompts = ("Wat herkent u, en wat verrast u?", "Waar bent u trots op?", *_questions(material))
    return Section(Kind.SUMMARY, "Samenvatting", emphasis.plain(first), tuple(blocks), prompts)


def _headline(material: Material) -> Sequence[str]:
    analysis, main = material.analysis, _main(material)
    small = wording.small_school(analysis.published, material.policy.talking_points)
    if small:
        return [small]
    if main is None:
        return ["Er zijn nog geen vergelijkingscijfers. U ziet alleen de cijfers van de school zelf."]
    return wording.headline(analysis.findings.outcomes, main)


def _lines(material: Material) -> Iterator[str]:
    """Say three to five points: what goes well, then what stands out, then what occurs most."""
    told = [] if _is_small(material) else list(_standing_out(material))
    yield from (_line(subject, common=False) for subject in told)
    themes = [line for line in _theme_lines(material) if _is_small(material)][:_MOST_POINTS_PER_SIDE]
    yield from themes
    said = {subject.indicator.id for subject in told}
    common = figures.most_common(material.analysis, material.codebook, material.policy.talking_points)
    left = [row for row in common if row.indicator.id not in said]
    for subject in left[: max(1, _FEWEST_POINTS - len(told) - len(themes))]:
        yield _line(subject, common=True)


def _is_small(material: Material) -> bool:
    return figures.is_small(material.analysis.published, material.policy.talking_points)


def _standing_out(material: Material) -> Iterator[Subject]:
    """Give the strongest points of both sides, those that go well first."""
    found = material.analysis.findings
    differing = [item for item in found.to_discuss if item.kind in {PointKind.CLEAR, PointKind.POSSIBLE}]
    for point in (*found.strengths[:_MOST_POINTS_PER_SIDE], *differing[:_MOST_POINTS_PER_SIDE]):
        subject = _subject(material, point)
        if subject is not None and subject.school is not None:
            yield subject


def _theme_lines(material: Material) -> Iterator[str]:
    """Say which themes as a whole differ, for a school too small for single subjects."""
    for item in figures.themes_in_order(material.analysis.findings.themes):
        if item.verdict is not None and item.verdict.sense is not None:
            theme, label = _theme_label(material, item.theme), wording.verdict(item.verdict)
            yield f"**{theme}**: {label} ({wording.theme_mean(item)})."


def _line(subject: Subject, *, common: bool) -> str:
    assert subject.school is not None
    number = formats.percentage(subject.school.percentage)
    label = formats.capital(_label(subject, common=common))
    return f"**{subject.indicator.label}: {number}.** {subject.sentence} {label}."


def _questions(material: Material) -> Iterator[str]:
    for point in material.analysis.findings.to_discuss:
        yield offers.table_question(material.codebook, material.catalogue, point.theme)


# --------------------------------------------------------------------------- who answered


def _response(material: Material) -> Section:
    shown = material.analysis.published
    blocks: list[Block] = []
    if shown.levels:
        levels = formats.listing([level.label.lower() for level in shown.levels])
        blocks.append(Paragraph(f"Schoolniveau: {levels}. Deze cijfers gaan over de {shown.bouw.value}."))
    else:
        blocks.append(Paragraph(f"Deze cijfers gaan over de {shown.bouw.value}."))
    if figures.is_weighted(material.analysis):
        blocks.append(Paragraph(wording.WEIGHTED))
    warning = wording.response_warning(shown, material.policy.response)
    if warning:
        blocks.append(Callout(warning))
    blocks.append(Paragraph(wording.detectable(shown, material.analysis.detectable)))
    return Section(
        Kind.RESPONSE,
        "Wie deden mee?",
        wording.response(shown),
        tuple(blocks),
        ("Welke leerlingen missen we, en wat zouden zij gezegd hebben?",),
    )


# --------------------------------------------------------------------------- findings


def _findings(material: Material) -> Section:
    blocks = list(_small_findings(material) or _cards(material))
    blocks.append(_tallies(material))
    return Section(
        Kind.FINDINGS,
        "Wat opvalt",
        _found(material),
        tuple(blocks),
        tuple(_questions(material)),
    )


def _found(material: Material) -> str:
    """Say in one sentence how much goes well and how much there is to talk about."""
    found = material.analysis.findings
    well, to_discuss = len(found.strengths), len(found.to_discuss)
    if _is_small(material) or not (well or to_discuss):
        return "Wat goed gaat, en wat we willen bespreken"
    first = f"{formats.counted(well, 'onderwerp gaat', 'onderwerpen gaan')} goed" if well else ""
    second = f"{formats.number(to_discuss)} willen we bespreken" if to_discuss else ""
    if not well:
        return f"Geen onderwerp is aantoonbaar gunstiger, {second}"
    return ", ".join(filter(None, (first, second)))


def _cards(material: Material) -> Iterator[Block]:
    found = material.analysis.findings
    yield Cards("Wat goed gaat", tuple(_card(material, point) for point in found.strengths), NO_STRENGTHS)
    yield Cards("Om te bespreken", tuple(_card(material, point) for point in found.to_discuss))


def _small_findings(material: Material) -> list[Block]:
    """Say of a small school whole themes and what occurs most; nothing for other schools."""
    limits, main = material.policy.talking_points, _main(material)
    if not _is_small(material):
        return []
    blocks: list[Block] = []
    found = material.analysis.findings.themes
    if found and main is not None:
        labels = _themes(material)
        lines = [
            f"**{labels[item.theme]}**: {wording.verdict(item.verdict)} ({wording.theme_mean(item)})"
            for item in figures.themes_in_order(found)
        ]
        words = f"Alle onderwerpen van een thema bij elkaar, vergeleken met {wording.comparator_name(main)}."
        blocks += [Paragraph(words), BulletList(tuple(lines))]
    common = figures.most_common(material.analysis, material.codebook, limits)
    cards = tuple(_subject_card(row, common=True) for row in common)
    return [*blocks, Cards("Wat veel voorkomt", cards)] if cards else [*blocks, *_cards(material)]


def _card(material: Material, point: Point) -> Card:
    subject = _subject(material, point)
    if subject is None:
        question = offers.table_question(material.codebook, material.catalogue, point.theme)
        return Card(_theme_label(material, point.theme), "", "gespreksvraag", question, Tone.NEUTRAL)
    return _subject_card(subject, common=point.kind is PointKind.COMMON)


def _subject_card(subject: Subject, *, common: bool) -> Card:
    if subject.school is None:
        return Card(subject.indicator.label, "", "gespreksvraag", NOTHING_HIDDEN_TELLS, Tone.NEUTRAL)
    tone = Tone.NEUTRAL if common else subject.tone
    number = formats.percentage(subject.school.percentage)
    return Card(subject.indicator.label, number, _label(subject, common=common), subject.sentence, tone)


def _theme_label(material: Material, theme_id: str) -> str:
    return next(theme.label for theme in material.codebook.themes if theme.id == theme_id)


def _tallies(material: Material) -> BulletList:
    return BulletList(tuple(_tally(material, tally) for tally in material.analysis.findings.tallies))


def _tally(material: Material, tally: ThemeTally) -> str:
    outcomes = (
        (tally.unfavourable, "ongunstiger"),
        (tally.favourable, "gunstiger"),
        (tally.neutral, "hoger of lager"),
        (tally.no_difference, "zonder aantoonbaar verschil"),
        (tally.without_label, "zonder label"),
        (tally.hidden, "niet getoond of niet te vergelijken"),
    )
    words = ", ".join(f"{formats.number(count)} {outcome}" for count, outcome in outcomes if count)
    return f"**{_theme_label(material, tally.theme)}**: {words}."


# --------------------------------------------------------------------------- themes


def _theme(material: Material, theme: str) -> Section:
    label, main, rows = _theme_label(material, theme), _main(material), _subjects(material, theme)
    verdicts = [row.verdict for row in rows if row.verdict is not None]
    # Where nothing was compared, "no differences" would say too much.
    title = wording.theme_title(label, verdicts, main) if verdicts and main is not None else label
    question = offers.table_question(material.codebook, material.catalogue, theme)
    blocks: list[Block] = [_figure_table(material, label, rows), *_cautions(material, rows)]
    if any(row.indicator.sensitivity is Sensitivity.REGION_ONLY for row in rows):
        blocks.append(Callout(wording.SAFETY_NET))
    prompts = (question, "Herkent u dit? Wat zouden leerlingen er zelf over zeggen?")
    return Section(Kind.THEME, title, title, tuple(blocks), prompts)


def _figure_table(material: Material, caption: str, rows: Iterable[Subject]) -> FigureTable:
    columns = tuple(
        Column(item.kind.value, _SHORT[item.kind], formats.capital(wording.comparator_name(item)))
        for item in _comparators(material)
    )
    return FigureTable(caption, columns, tuple(_row(row, columns) for row in rows))


def _comparators(material: Material) -> list[Comparator]:
    """Give what any subject of the school as a whole stands beside, region first; an empty column tells nothing."""
    compared = {
        item.comparator
        for item in material.analysis.comparisons
        if item.group.dimension is Dimension.TOTAL and isinstance(item.benchmark, BenchmarkFigure)
    }
    found = (figures.main_comparator(material.analysis, kind) for kind in ComparatorKind)
    return [item for item in found if item in compared]


def _row(subject: Subject, columns: Sequence[Column]) -> FigureRow:
    beside = {mark.comparator.kind.value: mark.percentage for mark in subject.marks}
    return FigureRow(
        subject=subject.indicator.label,
        sentence=subject.sentence,
        percentage=subject.school.percentage if subject.school else None,
        lower=subject.school.lower if subject.school else None,
        upper=subject.school.upper if subject.school else None,
        beside=tuple(beside.get(column.kind) for column in columns),
        points=subject.points,
        arrow=subject.arrow,
        label=subject.label,
        tone=subject.tone,
        description=subject.description,
    )


def _cautions(material: Material, rows: Sequence[Subject]) -> list[Block]:
    """Say what to keep in mind, as the screen does: cautions of subjects, and why something was not compared."""
    compared = _comparators(material)
    notes = [f"**{row.indicator.label}**: {row.indicator.caution}" for row in rows if row.indicator.caution]
    reasons = {
        mark.note
        for row in rows
        for mark in row.marks
        if row.school and mark.comparator in compared and mark.note and mark.note != "niet getoond"
    }
    return [BulletList((*notes, *sorted(reasons)))] if notes or reasons else []


# --------------------------------------------------------------------------- what the school can do


def _packages(material: Material) -> Iterator[Section]:
    most = material.policy.talking_points.most
    yield from (_package(material, package) for package in material.packages[:most])
    others = material.packages[most:]
    if others:
        lines = tuple(f"**{_package_name(material, item)}**: {_causes(item)}" for item in others)
        themes = formats.counted(len(others), "ander thema is", "andere thema's zijn")
        title = f"Ook {themes} een gesprek waard"
        yield Section(Kind.PACKAGE, "Wat kan de school nog meer doen?", title, (BulletList(lines),))


def _package(material: Material, package: Package) -> Section:
    theme, name = material.catalogue.theme(package.theme), _package_name(material, package)
    because = tuple(
        f"**{formats.capital(packages.cause_in_words(item.cause))}.** {item.sentence} "
        f"Regel: {material.rules[item.cause]}"
        for item in package.reasons
    )
    blocks = (
        BulletList(because),
        Paragraph(f"**Vraag aan tafel:** {theme.question}"),
        Paragraph(f"**Let op:** {theme.caution}"),
        Pillars(tuple(_pillar(material, part) for part in package.parts)),
        Paragraph(f"Volgorde: {material.how_chosen}", is_quiet=True),
    )
    conclusion = f"{name}: {_causes(package)}"
    return Section(Kind.PACKAGE, f"Wat kan de school doen? {name}", conclusion, blocks, (theme.question, CHOOSE))


def _package_name(material: Material, package: Package) -> str:
    return material.catalogue.theme(package.theme).label


def _causes(package: Package) -> str:
    return formats.listing(list(dict.fromkeys(packages.cause_in_words(item.cause) for item in package.reasons)))


def _pillar(material: Material, part: PillarPart) -> PillarOffers:
    rows = tuple(_offer(material, item) for item in part.suggestions)
    return PillarOffers(part.pillar.value, part.action, part.already_done, rows, "" if rows else packages.NOTHING_FITS)


def _offer(material: Material, item: Suggestion) -> Offer:
    row = material.catalogue.row(item.row)
    is_link = row.source.startswith(("https://", "http://"))
    return Offer(
        title=row.title,
        description="" if row.name_only else row.description,
        facts=offers.facts(row) if is_link else f"{offers.facts(row)} · bron: {row.source}",
        link=row.source if is_link else "",
        remarks=item.remarks,
    )


def _to_begin_with(material: Material) -> Section:
    most = material.policy.talking_points.most
    lines = [
        f"**{_package_name(material, item)}** ({_causes(item)}). {material.catalogue.theme(item.theme).question}"
        for item in material.packages[:most]
    ]
    lines = lines or [offers.OPEN_QUESTION]
    return Section(Kind.PACKAGE, "Om over te praten", CHOOSE, (BulletList(tuple(lines)),), tuple(_questions(material)))


def _agreements(material: Material) -> Iterator[Section]:
    agreed = material.edition.agreements
    if agreed:
        yield Section(Kind.CONVERSATION, "Wat we hebben afgesproken", "", (BulletList(agreed),))


# --------------------------------------------------------------------------- how it was made


def _reading(material: Material) -> Iterator[str]:
    shown = material.analysis.published
    yield NO_REASON
    yield wording.detectable(shown, material.analysis.detectable)
    if figures.is_weighted(material.analysis):
        yield wording.WEIGHTED


def _method(material: Material) -> Section:
    codebook = material.codebook
    blocks: list[Block] = [BulletList(tuple(_rules(material)))]
    if any(item.kind is ComparatorKind.EXPECTED for item in _comparators(material)):
        blocks.append(Paragraph(wording.EXPECTED))
    blocks.append(Paragraph("**Bronnen**"))
    sources = [f"Vragenlijst: {codebook.title} ({codebook.owned.source})."]
    sources += [f"Vergelijking: {wording.comparator_name(item)} ({item.region})." for item in _comparators(material)]
    sources.append(f"Grenzen: {material.policy.owned.source}.")
    sources.append(f"Dashboard versie {material.version}.")
    blocks.append(BulletList(tuple(sources)))
    if codebook.notice:
        blocks.append(Paragraph(codebook.notice, is_quiet=True))
    return Section(Kind.METHOD, "Hoe we rekenen", "Hoe we rekenen, en waar de cijfers vandaan komen", tuple(blocks))


def _rules(material: Material) -> Iterator[str]:
    verdict, limits, strict = material.policy.verdict, material.policy.limits, material.policy.stricter_limits
    yield HOW_TO_READ
    yield (
        f"**Duidelijk** gunstiger of ongunstiger: minstens {verdict.points} procentpunt verschil, en te groot voor "
        f"toeval. We rekenen mee dat we veel onderwerpen tegelijk bekijken. Ligt het cijfer ernaast onder "
        f"{verdict.rare_below}%, dan is {verdict.points_for_rare} procentpunt genoeg."
    )
    yield "**Lijkt** gunstiger of ongunstiger, kan toeval zijn: even groot, maar minder zeker."
    yield f"**Geen aantoonbaar verschil**: bij dit aantal leerlingen zien we geen verschil. {wording.NOT_THE_SAME}"
    yield (
        f"Een cijfer laten we zien vanaf {limits.pupils} leerlingen, als minstens {limits.cases} van hen iets wel en "
        f"minstens {limits.cases} van hen iets niet hebben. Bij gevoelige onderwerpen zijn dat er {strict.pupils} en "
        f"{strict.cases}. Soms verbergen we een cijfer, omdat een ander verborgen cijfer er anders uit te berekenen is."
    )
    yield "Alle cijfers zijn hele procenten. Een verschil is het ene afgeronde cijfer min het andere."
    yield NO_REASON
