"""The stages in their order. The only module that knows it; read it from top to bottom.

Rows of pupils exist between ``read_table`` and ``measure``/``build_benchmark``, and nowhere else.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from wellbeing import __version__
from wellbeing.export.benchmarks import benchmark_workbook
from wellbeing.export.docx import write_docx
from wellbeing.export.pdf import write_pdf
from wellbeing.export.pptx import write_pptx
from wellbeing.export.tables import figure_row
from wellbeing.export.xlsx import write_xlsx
from wellbeing.intake.datasets import keep, open_dataset, refusing
from wellbeing.intake.editions import is_doubtful, possible_codebooks
from wellbeing.intake.matching import fitting_codebooks, known_headings, link_columns, link_problems
from wellbeing.intake.reading import read_export, read_workbook
from wellbeing.intake.reading import read_figure_tables as _figure_tables
from wellbeing.intake.subjects import best_codebooks, match_subjects
from wellbeing.model.benchmark import Benchmark
from wellbeing.model.catalogue import Catalogue, CatalogueRow
from wellbeing.model.imports import ImportReport, LinkedColumn, Problem, Severity, split_replies
from wellbeing.model.reference import Bouw, Codebook, IndicatorId, NationalFigure, Policy, Role, Sensitivity
from wellbeing.model.report import Format, Report, Variant
from wellbeing.model.results import (
    Analysis,
    ComparatorKind,
    Comparison,
    Course,
    Dimension,
    Measurement,
    Package,
    Proportion,
    PublishedAnswers,
    PublishedMeasurement,
    Spread,
    Stated,
    Wishes,
)
from wellbeing.model.stated import FiguresOnly, StatedChoice, StatedTable, SubjectMatch
from wellbeing.model.survey import Answers, Dataset, Headed, Links, RawTable, Scores, Survey
from wellbeing.presentation.reasons import evidence, stated_evidence
from wellbeing.reference.benchmarks import parse_benchmark
from wellbeing.reference.codebooks import load_codebooks
from wellbeing.reference.editions import changed_subjects, edition_of, readable_subjects
from wellbeing.reference.interventions import load_catalogue
from wellbeing.reference.national import load_national
from wellbeing.reference.notations import school_year
from wellbeing.reference.policy import load_policy
from wellbeing.reference.spellings import Spellings, load_spellings
from wellbeing.stages.compare import Setting, compare, detectable, directions
from wellbeing.stages.compose import Material
from wellbeing.stages.compose import compose_report as compose
from wellbeing.stages.correlate import correlate
from wellbeing.stages.count import count_measurements, count_region, count_whole
from wellbeing.stages.distribute import beside_shown, distribute, told_by_answers
from wellbeing.stages.follow import follow
from wellbeing.stages.highlight import highlight
from wellbeing.stages.minutes import Meeting
from wellbeing.stages.minutes import compose_minutes as minutes
from wellbeing.stages.minutes import compose_preparation as preparation
from wellbeing.stages.pool import CannotPoolError, pool
from wellbeing.stages.protect import (
    protect,
    protect_benchmark,
    small_groups_last,
    unprotect,
    without_small_groups,
)
from wellbeing.stages.recode import recode_answers, recode_dataset
from wellbeing.stages.relate import relate
from wellbeing.stages.schools import check_levels, check_regions, settle_schools
from wellbeing.stages.score import absent_indicators, score_indicators
from wellbeing.stages.search import Query, search
from wellbeing.stages.spread import spread_schools
from wellbeing.stages.stated import (
    add_hidden,
    common_subjects,
    compare_stated,
    hidden_rows,
    hide_doubtful,
    main_kind,
    measure_stated,
    side_by_side,
    unfitting,
    variants,
)
from wellbeing.stages.suggest import (
    HOW_CHOSEN,
    RULES,
    IndicatorEvidence,
    Judging,
    SchoolContext,
    ThemeEvidence,
    explain,
    gather_evidence,
    suggest,
)
from wellbeing.stages.themes import compare_themes
from wellbeing.stages.withhold import withhold_answers, withhold_scores

__all__ = ["CannotPoolError", "Meeting", "Query"]

OTHER_EDITION = (
    "De leerlingen van {year} kregen een andere vragenlijst ({other}). Deze onderwerpen zijn daarin anders gevraagd of "
    "staan er niet in; voor {year} tellen ze niet mee: {names}."
)

DATA = Path(__file__).resolve().parent.parent / "data"


# --------------------------------------------------------------------------- what people decided


@dataclass(frozen=True, slots=True)
class Reference:
    """Everything from ``data/`` that the stages go by."""

    codebooks: tuple[Codebook, ...]
    catalogue: Catalogue
    policy: Policy
    spellings: Spellings
    national: tuple[NationalFigure, ...]

    def codebook(self, codebook_id: str) -> Codebook:
        """Give the codebook with this id.

        Raises:
            KeyError: if there is none.
        """
        return {codebook.id: codebook for codebook in self.codebooks}[codebook_id]


def load_reference(root: Path = DATA, *own: Path) -> Reference:
    """Read and check all reference data; ``own`` are further folders with codebooks, made by users.

    Raises:
        ReferenceDataError: with every problem of the file that cannot be used, in Dutch.
    """
    return Reference(
        codebooks=load_codebooks(root / "codebooks", *own),
        catalogue=load_catalogue(root / "interventions"),
        policy=load_policy(root / "policy.toml"),
        spellings=load_spellings(root / "codebooks" / "schrijfwijzen.csv"),
        national=load_national(root / "benchmarks"),
    )


# --------------------------------------------------------------------------- from file to scores


def read_table(
    data: bytes, file_name: str, reference: Reference, *, extra_headings: Iterable[str] = (), pick: str = ""
) -> RawTable:
    """Open an export in the limited process. Identifying columns never come out of it.

    ``extra_headings`` are columns that the user names as, say, the school; ``pick`` is a sheet.

    Raises:
        Refused: with a Dutch sentence saying what to do.
    """
    return read_export(data, file_name, {*known_headings(reference.codebooks), *extra_headings}, pick=pick)


def read_dataset(
    path: str, engine: str, reference: Reference, *, cluster: str = "", extra_headings: Iterable[str] = ()
) -> AbstractContextManager[Dataset]:
    """Open Parquet on an engine, as far as the codebooks know its columns; for use with ``with``.

    Raises:
        Refused: with a Dutch sentence saying what to do.
    """
    return open_dataset(path, engine, {*known_headings(reference.codebooks), *extra_headings}, cluster=cluster)


def matching_codebooks(table: Headed, reference: Reference) -> tuple[str, ...]:
    """Give the ids of the codebooks that fit an export, best first, without editions that it cannot be."""
    fitting = [codebook for codebook, _ in fitting_codebooks(table, reference.codebooks)]
    return tuple(codebook.id for codebook in possible_codebooks(table, fitting))


def must_choose(matching: Sequence[str], reference: Reference) -> bool:
    """Say whether an export fits several editions of one questionnaire alike, so that a person must tell which."""
    return is_doubtful([reference.codebook(ident) for ident in matching])


def open_survey(
    table: RawTable, reference: Reference, codebook_id: str, *, by_hand: Mapping[str, str] | None = None, year: str = ""
) -> Survey:
    """Recode and score an export, and tell what was found.

    ``by_hand`` is what the user told: of a heading the question id that it is, or a role as
    ``role:school``; of a question of an earlier report (``ImportReport.questions``), by its id, the
    key of the chosen option. ``year`` is used where the export itself has no year.
    """
    codebook = reference.codebook(codebook_id)
    by_hand, replies = split_replies(by_hand or {})
    links = link_columns(table, codebook, by_hand, replies)
    remarks = link_problems(table, codebook, by_hand, replies)
    answers, problems = recode_answers(table, codebook, links, reference.spellings, replies)
    answers, doubts = settle_schools(answers, replies)
    problems += (*doubts, *check_regions(table, answers), *check_levels(answers))
    scores = _with_year(score_indicators(answers, reference.policy.upper_from), year)
    years = scores.frame[Role.YEAR].dropna().unique()
    changed, notes = _changed_since(table, codebook, reference, by_hand, years)
    if changed:
        scores = withhold_scores(scores, changed)
        answers = withhold_answers(answers, scores, changed)
    return Survey(scores, _report(table, links, answers, scores, (*remarks, *problems, *notes)), answers)


@dataclass(frozen=True, slots=True)
class ScoredDataset:
    """A dataset after scoring, still on its engine; its years, and what was not understood."""

    engine: str
    scores: Scores[Any]
    years: tuple[str, ...]
    problems: tuple[Problem, ...]


def score_dataset(
    dataset: Dataset,
    reference: Reference,
    codebook_id: str,
    *,
    by_hand: Mapping[str, str] | None = None,
    year: str = "",
) -> ScoredDataset:
    """Recode and score a dataset. ``by_hand`` and ``year`` as in ``open_survey``.

    Raises:
        Refused: if the engine fails.
    """
    codebook = reference.codebook(codebook_id)
    links = link_columns(dataset, codebook, by_hand or {})
    remarks = link_problems(dataset, codebook, by_hand or {})
    with refusing(dataset.engine):
        answers, problems = recode_dataset(dataset, codebook, links, reference.spellings, year)
        scores = score_indicators(answers, reference.policy.upper_from)
        years = tuple(answers.labels.get(Role.YEAR, ()))
        changed, notes = _changed_since(dataset, codebook, reference, by_hand or {}, years)
        scores = withhold_scores(scores, changed)
        scores = replace(scores, frame=keep(dataset.engine, scores.frame))
    return ScoredDataset(dataset.engine, scores, years, (*remarks, *problems, *notes))


def _changed_since(
    table: Headed, codebook: Codebook, reference: Reference, by_hand: Mapping[str, str], years: Iterable[str]
) -> tuple[Mapping[str, frozenset[str]], list[Problem]]:
    """Give per year of another edition the subjects that it asked or coded otherwise, and say so."""
    present = set(link_columns(table, codebook, by_hand).questions.values())
    labels = {indicator.id: indicator.label for indicator in codebook.indicators}
    changed, notes = {}, []
    for year in sorted(years):
        other = edition_of(year, codebook, reference.codebooks)
        if other is None:
            continue
        there = set(link_columns(table, other, by_hand).questions.values())
        changed[year] = changed_subjects(codebook, present, other, there)
        named = [labels[ident] for ident in labels if ident in changed[year] & readable_subjects(codebook, present)]
        if named:
            notes.append(
                Problem(Severity.NOTE, OTHER_EDITION.format(year=year, other=other.title, names="; ".join(named)))
            )
    return changed, notes


def _with_year(scores: Scores, year: str) -> Scores:
    if not year or scores.frame[Role.YEAR].notna().any():
        return scores
    return replace(scores, frame=scores.frame.assign(**{Role.YEAR.value: school_year(year) or year}))


def _report(
    table: RawTable, links: Links, answers: Answers, scores: Scores, problems: tuple[Problem, ...]
) -> ImportReport:
    codebook = answers.codebook
    texts = {question.id: question.text for question in codebook.questions}
    linked = {position: (name, texts[name]) for position, name in links.questions.items()}
    linked |= {position: (field.role.value, field.role.value) for position, field in links.fields.items()}
    headings = {table.columns[position].heading for position in linked}
    counts = {role: _tally(scores, role) for role in (Role.SCHOOL, Role.YEAR, Role.LEVEL, Role.LEERJAAR, Role.GENDER)}
    return ImportReport(
        file_name=table.file_name,
        kind=table.kind,
        sheet=table.sheet,
        header_row=table.header_row,
        rows=len(table.frame),
        codebook=codebook.id,
        recognised=tuple(
            LinkedColumn(table.columns[position].heading, target, text, position in links.by_hand)
            for position, (target, text) in sorted(linked.items())
        ),
        dropped=table.dropped,
        unknown=tuple(column for column in table.unknown if column.heading not in headings),
        problems=problems,
        schools=counts[Role.SCHOOL],
        years=counts[Role.YEAR],
        levels=counts[Role.LEVEL],
        leerjaren=counts[Role.LEERJAAR],
        genders=counts[Role.GENDER],
        indicators_present=scores.indicators,
        indicators_absent=absent_indicators(codebook, scores),
    )


def _tally(scores: Scores, role: Role) -> Mapping[str, int]:
    labels = scores.labels.get(role, {})
    counts = scores.frame[role].value_counts()
    return {labels.get(str(key), str(key)): int(times) for key, times in sorted(counts.items())}


# --------------------------------------------------------------------------- from scores to counts


def measure(
    survey: Survey, bouwen: Iterable[Bouw] = (Bouw.UPPER, Bouw.LOWER), *, weighted: bool = False
) -> tuple[Measurement, ...]:
    """Count every school and year of a survey over the fixed menu, per population. Pupils end here.

    ``weighted`` adds the weighted sums, where the export has weights.
    """
    return count_measurements(survey.scores, bouwen, answers=survey.answers, weighted=weighted)


def measure_whole(survey: Survey, bouw: Bouw, *, weighted: bool = False) -> tuple[Measurement, ...]:
    """Count the whole file of each year as if it were one school."""
    return count_whole(survey.scores, bouw, weighted=weighted)


def build_benchmark(survey: Survey, year: str, region: str) -> Benchmark:
    """Add up one year of a regional export to comparison figures (confidential). Pupils end here."""
    return _benchmark(survey.scores, year, region)


def build_dataset_benchmark(scored: ScoredDataset, year: str, region: str) -> Benchmark:
    """Add up one year of a dataset to comparison figures (confidential), on its engine. Pupils end here.

    Raises:
        Refused: if the engine fails.
    """
    with refusing(scored.engine):
        return _benchmark(scored.scores, year, region)


def _benchmark(scores: Scores[Any], year: str, region: str) -> Benchmark:
    codebook = scores.codebook
    cells, schools = count_region(scores, year)
    versions = {IndicatorId(name): codebook.indicator(name).version for name in scores.indicators}
    return Benchmark(
        region=region,
        codebook=codebook.id,
        instrument=codebook.instrument,
        year=year,
        versions=versions,
        schools=schools,
        shareable=False,
        cells=cells,
        correlations=correlate(scores, year),
    )


def shareable_benchmark(benchmark: Benchmark, reference: Reference) -> Benchmark:
    """Give the variant of a benchmark that may go to a school."""
    codebook = reference.codebook(benchmark.codebook)
    return protect_benchmark(benchmark, _sensitivities(codebook), reference.policy, relate(codebook))


def write_benchmark(benchmark: Benchmark, reference: Reference) -> bytes:
    """Give the workbook of a benchmark."""
    return benchmark_workbook(benchmark, reference.codebook(benchmark.codebook))


def read_benchmark(data: bytes, file_name: str) -> Benchmark:
    """Read a workbook of comparison figures back.

    Raises:
        Refused: if the file cannot be opened safely.
        ReferenceDataError: if it is not a workbook of comparison figures.
    """
    return parse_benchmark(read_workbook(data, file_name))


# --------------------------------------------------------------------------- from a table of figures to counts


def read_figure_tables(data: bytes, file_name: str, reference: Reference) -> tuple[StatedTable, ...]:
    """Read the tables of figures in a file; none where its rows are pupils, or where it cannot be read."""
    questions = {
        heading for codebook in reference.codebooks for item in codebook.questions for heading in item.headings
    }
    return _figure_tables(data, file_name, questions)


def likely_codebooks(table: StatedTable, reference: Reference) -> tuple[str, ...]:
    """Give the ids of all codebooks, the one first that knows most subjects of a table of figures."""
    return best_codebooks(table, reference.codebooks)


def match_rows(table: StatedTable, reference: Reference, codebook_id: str) -> tuple[tuple[SubjectMatch, ...], ...]:
    """Give per row of a table of figures the subjects it may be about, best first."""
    return match_subjects(table, reference.codebook(codebook_id))


def measure_table(table: StatedTable, choice: StatedChoice) -> tuple[Measurement, ...]:
    """Rebuild the counts of a school from its table of figures: the chosen year first, then earlier ones."""
    return measure_stated(table, choice)


def unfitting_rows(table: StatedTable, choice: StatedChoice) -> tuple[str, ...]:
    """Give the subjects whose percentage no number of pupils can give."""
    return unfitting(table, choice)


def lay_side_by_side(table: StatedTable, choice: StatedChoice, reference: Reference) -> FiguresOnly:
    """Lay the figures of a school beside the others of its table, without any certainty."""
    return side_by_side(table, choice, reference.codebook(choice.codebook))


def advise_without_numbers(
    figures: FiguresOnly, wishes: Wishes, reference: Reference, on: dt.date
) -> tuple[Package, ...]:
    """Give packages for a school without a number of pupils: what is common, and what people bring to the table."""
    codebook, limits = reference.codebook(figures.codebook), reference.policy.talking_points
    pieces: dict[str, tuple[IndicatorEvidence, ...]] = {}
    for ident, percentage in common_subjects(figures, codebook, reference.policy):
        indicator = codebook.indicator(ident)
        piece = IndicatorEvidence(ident, stated_evidence(percentage, indicator))
        for theme in indicator.catalogue_themes:
            pieces[theme] = (*pieces.get(theme, ()), piece)
    most = [ThemeEvidence(theme, common=pieces[theme]) for theme in list(pieces)[: limits.most]]
    judging = Judging(on, reference.policy.recognition_years, reference.policy.suggestions_per_pillar)
    return suggest(SchoolContext(frozenset(), frozenset()), tuple(most), wishes, reference.catalogue, judging)


# --------------------------------------------------------------------------- from counts to advice


def analyse(
    measurement: Measurement,
    benchmark: Benchmark | None,
    reference: Reference,
    *,
    main: ComparatorKind = ComparatorKind.OWN_LEVEL,
) -> Analysis:
    """Work out everything the pages and the files may show of one measurement."""
    if measurement.stated is not None:
        return _analyse_stated(measurement, measurement.stated, benchmark, reference, main)
    codebook, policy = reference.codebook(measurement.codebook), reference.policy
    measurement = small_groups_last(measurement, policy)
    published, answers = _published(measurement, reference)
    region = benchmark or _nothing(codebook)
    comparisons = compare(published, Setting(measurement, region, codebook, policy, weighted=_is_weighted(measurement)))
    themes = compare_themes(comparisons, codebook, region, measurement.bouw, policy.verdict)
    return Analysis(
        published=published,
        comparisons=comparisons,
        findings=highlight(comparisons, codebook, policy, main, themes[main]),
        detectable=detectable(published, comparisons, policy),
        directions=directions(codebook),
        answers=answers,
    )


def _analyse_stated(
    measurement: Measurement, stated: Stated, benchmark: Benchmark | None, reference: Reference, main: ComparatorKind
) -> Analysis:
    """Work out a measurement rebuilt from a table of figures: beside what the table states, or else the benchmark."""
    codebook, policy = reference.codebook(measurement.codebook), reference.policy
    published, _ = _published(measurement, reference)
    comparisons: tuple[Comparison, ...]
    if stated.beside:
        comparisons, least = compare_stated(published, stated, codebook, policy), None
    else:
        comparisons = compare(published, Setting(measurement, benchmark or _nothing(codebook), codebook, policy))
        least = detectable(published, comparisons, policy)
    comparisons = (*comparisons, *hidden_rows(comparisons, stated.hidden))
    return Analysis(
        published=add_hidden(published, stated.hidden),
        comparisons=comparisons,
        findings=highlight(comparisons, codebook, policy, main_kind(measurement, main)),
        detectable=least,
        directions=directions(codebook),
    )


def take_together(measurements: Sequence[Measurement], reference: Reference) -> Measurement:
    """Add measurements of one school over the subjects whose question stayed the same.

    Raises:
        CannotPoolError: if they do not belong together, in Dutch.
    """
    codebooks = [reference.codebook(item.codebook) for item in measurements]
    versions = [
        {indicator.id: f"{codebook.instrument}: {indicator.version}" for indicator in codebook.indicators}
        for codebook in codebooks
    ]
    equal = [ident for ident, version in versions[0].items() if all(other.get(ident) == version for other in versions)]
    return pool(measurements, [IndicatorId(ident) for ident in equal])


def follow_years(measurements: Iterable[Measurement], reference: Reference) -> tuple[Course, ...]:
    """Follow the subjects of one school and population over its measurements."""
    published = []
    for measurement in measurements:
        shown, _ = _published(measurement, reference)
        published.append((shown, reference.codebook(measurement.codebook)))
    return follow(published, reference.policy)


def spread(measurements: Iterable[Measurement], reference: Reference) -> tuple[Spread, ...]:
    """Lay the schools of one year and population beside each other. For the GGD."""
    items = list(measurements)
    codebook = reference.codebook(items[0].codebook)
    published = [_published(item, reference)[0] for item in items]
    return spread_schools(published, codebook, reference.policy)


def compare_exactly(measurement: Measurement, benchmark: Benchmark, reference: Reference) -> tuple[Comparison, ...]:
    """Compare without protection, in the same order as ``analyse``. For the GGD's own epidemiologist only."""
    codebook = reference.codebook(measurement.codebook)
    measurement, weighted = small_groups_last(measurement, reference.policy), _is_weighted(measurement)
    setting = Setting(measurement, benchmark, codebook, reference.policy, unprotected=True, weighted=weighted)
    return compare(without_small_groups(unprotect(measurement), measurement, reference.policy), setting)


def advise(analysis: Analysis, wishes: Wishes, reference: Reference, on: dt.date) -> tuple[Package, ...]:
    """Give a package over the four pillars for every theme with a named reason.

    ``on`` is the day on which recognitions are judged.
    """
    codebook = reference.codebook(analysis.published.codebook)
    main = [
        row
        for row in analysis.comparisons
        if row.comparator.kind is analysis.findings.main and row.group.dimension is Dimension.TOTAL
    ]
    sentences = {
        row.indicator: evidence(row, codebook.indicator(row.indicator))
        for row in main
        if isinstance(row.school, Proportion)
    }
    pieces = gather_evidence(main, codebook.indicators, sentences, reference.policy.talking_points)
    return suggest(
        _context(analysis),
        pieces,
        wishes,
        reference.catalogue,
        Judging(on, reference.policy.recognition_years, reference.policy.suggestions_per_pillar),
    )


def search_offer(
    query: Query, analysis: Analysis | None, packages: Sequence[Package], catalogue: Catalogue
) -> tuple[tuple[CatalogueRow, tuple[str, ...]], ...]:
    """Search in everything there is, and say of each row why it is suggested to this school or not.

    Without an analysis the level and leerjaren of the school are not known.
    """
    school = _context(analysis) if analysis else SchoolContext(frozenset(), frozenset())
    return tuple((row, explain(row, school, packages, catalogue)) for row in search(query, catalogue))


def compose_report(
    analysis: Analysis,
    packages: Sequence[Package],
    reference: Reference,
    on: dt.date,
    variant: Variant = Variant.FULL,
) -> Report:
    """Put together what goes to the meeting, dated ``on``; every format is written from it."""
    codebook = reference.codebook(analysis.published.codebook)
    records = tuple(figure_row(item, codebook, analysis.published.school) for item in analysis.comparisons)
    material = Material(
        analysis=analysis,
        packages=tuple(packages),
        codebook=codebook,
        catalogue=reference.catalogue,
        policy=reference.policy,
        rules=RULES,
        how_chosen=HOW_CHOSEN,
        records=records,
        version=__version__,
    )
    return compose(material, variant, on)


def compose_preparation(meeting: Meeting, on: dt.date) -> Report:
    """Put together the one A4 for a conversation."""
    return preparation(meeting, on)


def compose_minutes(meeting: Meeting, on: dt.date) -> Report:
    """Put together what was discussed, chosen and agreed."""
    return minutes(meeting, on)


def write_report(report: Report, kind: Format, template: Path | None = None) -> bytes:
    """Write a report as a file. ``template`` is the house style for slides or a Word document.

    Raises:
        WrongTemplateError: if slides cannot be made with the template, with a Dutch sentence.
    """
    match kind:
        case Format.PDF:
            return write_pdf(report, DATA / "templates")
        case Format.SLIDES:
            return write_pptx(report, template)
        case Format.WORKBOOK:
            return write_xlsx(report)
        case Format.DOCUMENT:
            return write_docx(report, template)


def _context(analysis: Analysis) -> SchoolContext:
    groups = [published.group for published in analysis.published.groups]
    return SchoolContext(
        levels=frozenset(group.key for group in groups if group.dimension is Dimension.LEVEL),
        leerjaren=frozenset(int(group.key) for group in groups if group.dimension is Dimension.LEERJAAR),
    )


def _published(
    measurement: Measurement, reference: Reference
) -> tuple[PublishedMeasurement, tuple[PublishedAnswers, ...]]:
    """Give what may be shown of a measurement: the same figures wherever it is shown."""
    codebook, policy = reference.codebook(measurement.codebook), reference.policy
    if measurement.stated is not None:
        shown = [
            protect(item, _sensitivities(codebook), policy, related=relate(codebook)) for item in variants(measurement)
        ]
        return hide_doubtful(shown), ()
    answers = distribute(measurement, codebook, policy)
    told = told_by_answers(answers, measurement, codebook)
    published = protect(measurement, _sensitivities(codebook), policy, told, relate(codebook))
    published = without_small_groups(published, measurement, policy)
    return published, beside_shown(answers, published, codebook)


def _sensitivities(codebook: Codebook) -> Mapping[IndicatorId, Sensitivity]:
    return {IndicatorId(indicator.id): indicator.sensitivity for indicator in codebook.indicators}


def _is_weighted(measurement: Measurement) -> bool:
    return bool(measurement.total.weighted)


def _nothing(codebook: Codebook) -> Benchmark:
    """A benchmark without figures: every comparison then says that there is none."""
    return Benchmark("", codebook.id, codebook.instrument, "", {}, (), shareable=False, cells={})
