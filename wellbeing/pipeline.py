"""The stages in their order. The only module that knows it; read it from top to bottom.

Rows of pupils exist between ``read_table`` and ``measure``/``build_benchmark``, and nowhere else.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from wellbeing import __version__
from wellbeing.export.benchmarks import benchmark_workbook
from wellbeing.export.docx import write_docx
from wellbeing.export.imports import import_text, import_workbook
from wellbeing.export.parcel import FORMAT, SECOND, SHEET, parcel_rows, seal
from wellbeing.export.parcel import write_parcels as parcel_workbook
from wellbeing.export.pdf import write_pdf
from wellbeing.export.pptx import check_layouts, write_pptx
from wellbeing.export.tables import figure_row
from wellbeing.export.xlsx import write_xlsx
from wellbeing.intake.closed import closed_columns as _closed_columns
from wellbeing.intake.datasets import keep, open_dataset, refusing
from wellbeing.intake.doubtful import settle_rows
from wellbeing.intake.editions import is_doubtful, possible_codebooks
from wellbeing.intake.guard import Refused
from wellbeing.intake.hidden import leave_out_hidden
from wellbeing.intake.matching import fitting_codebooks, known_headings, link_columns, link_problems
from wellbeing.intake.parcels import CHANGED, check_questions, has_sheet, parse_parcel
from wellbeing.intake.parcels import content as parcel_content
from wellbeing.intake.parsing import Pick
from wellbeing.intake.proposals import Proposal, propose
from wellbeing.intake.reading import read_export, read_workbook
from wellbeing.intake.reading import read_figure_tables as _figure_tables
from wellbeing.intake.subjects import best_codebooks, match_subjects
from wellbeing.intake.templates import check_template
from wellbeing.model.benchmark import Benchmark
from wellbeing.model.catalogue import Catalogue, CatalogueRow
from wellbeing.model.content import RowChange
from wellbeing.model.imports import (
    ImportReport,
    LinkedColumn,
    Problem,
    Response,
    Severity,
    UnknownColumn,
    split_replies,
)
from wellbeing.model.parcel import Parcel
from wellbeing.model.reference import Bouw, Codebook, IndicatorId, NationalFigure, Policy, Role, Sensitivity
from wellbeing.model.report import Edition, Format, Report, Template, Variant
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
from wellbeing.model.school_work import SchoolLists
from wellbeing.model.stated import FiguresOnly, StatedChoice, StatedTable, SubjectMatch
from wellbeing.model.survey import Answers, Dataset, Headed, Links, RawTable, Scores, Survey
from wellbeing.presentation.agreements import in_words
from wellbeing.presentation.reasons import evidence, stated_evidence
from wellbeing.reference.benchmarks import parse_benchmark
from wellbeing.reference.codebooks import load_codebooks, rule_questions
from wellbeing.reference.content import Content, check, load_content, overlay
from wellbeing.reference.editions import changed_subjects, edition_of, readable_subjects
from wellbeing.reference.edits import Incoming, read_back
from wellbeing.reference.national import load_national
from wellbeing.reference.notations import school_year
from wellbeing.reference.own import OwnCodebooks, load_own
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
from wellbeing.stages.parcel import Packing, WrongParcelError, pack, unpack
from wellbeing.stages.parcel import wishes as parcel_wishes
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
from wellbeing.stages.response import count_response, unread_cells
from wellbeing.stages.scales import Bare, Fits, bare_codes, directions_of, known_shares, only, settle_scales, turn
from wellbeing.stages.schools import check_levels, check_regions, settle_schools
from wellbeing.stages.score import BOUW, absent_indicators, score_indicators, usable_rule
from wellbeing.stages.search import Query, search
from wellbeing.stages.share import is_enough, share
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

__all__ = ["CannotPoolError", "Meeting", "Packing", "Query", "parcel_wishes"]

OTHER_EDITION = (
    "De leerlingen van {year} kregen een andere vragenlijst ({other}). Deze onderwerpen zijn daarin anders gevraagd of "
    "staan er niet in; voor {year} tellen ze niet mee: {names}."
)

DATA = Path(__file__).resolve().parent.parent / "data"
WHOLE_REPORT = Edition()


# --------------------------------------------------------------------------- what people decided


@dataclass(frozen=True, slots=True)
class Reference:
    """Everything from ``data/`` that the stages go by.

    ``region`` are the comparison figures that the user has open: with the published ones they tell
    which way round the codes of a scale run, where no word in an export does.
    """

    codebooks: tuple[Codebook, ...]
    catalogue: Catalogue
    policy: Policy
    spellings: Spellings
    national: tuple[NationalFigure, ...]
    lists: SchoolLists = field(default_factory=SchoolLists)
    region: Benchmark | None = None
    content: Content = field(default_factory=Content)

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
    content = load_content(root / "interventions")
    catalogue, lists = check(content.tables)
    return Reference(
        codebooks=load_codebooks(root / "codebooks", *own),
        catalogue=catalogue,
        policy=load_policy(root / "policy.toml"),
        spellings=load_spellings(root / "codebooks" / "schrijfwijzen.csv"),
        national=load_national(root / "benchmarks"),
        lists=lists,
        content=content,
    )


def with_content(reference: Reference, changes: Sequence[RowChange]) -> Reference:
    """Give the reference data with what an organisation changed over the tables as they were delivered.

    What does not fit (any more) is left out; ``content.left_out`` says why. Own offers and what can be had
    come afterwards.
    """
    content = overlay(reference.content.base, changes)
    catalogue, lists = check(content.tables)
    return replace(reference, catalogue=catalogue, lists=lists, content=content)


def read_content(data: bytes, file_name: str, content: Content) -> Incoming:
    """Say what a workbook with rows of the catalogue would change.

    Raises:
        Refused: if the file cannot be opened safely.
        ReferenceDataError: if it is another workbook.
    """
    return read_back(read_workbook(data, file_name), content)


def own_codebooks(folder: Path, reference: Reference) -> OwnCodebooks:
    """Read the codebooks that users made; one that is not in order does not stop the others."""
    return load_own(folder, DATA / "codebooks", {codebook.id for codebook in reference.codebooks})


# --------------------------------------------------------------------------- from file to scores


def read_table(
    data: bytes, file_name: str, reference: Reference, *, extra_headings: Iterable[str] = (), pick: Pick = ""
) -> RawTable:
    """Open an export in the limited process. Identifying columns never come out of it.

    ``extra_headings`` are columns that the user names as, say, the school; ``pick`` is a sheet, or several.

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


def without_hidden(table: RawTable) -> RawTable:
    """Give an export without the rows that a filter or a person hid."""
    return leave_out_hidden(table)


def closed_columns(table: RawTable) -> tuple[UnknownColumn, ...]:
    """Give every column of an export, with its answers where it is a closed question."""
    return _closed_columns(table)


def propose_links(columns: Iterable[UnknownColumn], reference: Reference, codebook_id: str) -> Mapping[str, Proposal]:
    """Give per heading what a column that no codebook knows may be; only to ask about."""
    return propose(columns, reference.codebook(codebook_id), reference.spellings)


def must_choose(matching: Sequence[str], reference: Reference) -> bool:
    """Say whether an export fits several editions of one questionnaire alike, so that a person must tell which."""
    return is_doubtful([reference.codebook(ident) for ident in matching])


def open_survey(
    table: RawTable,
    reference: Reference,
    codebook_id: str,
    *,
    by_hand: Mapping[str, str] | None = None,
    year: str = "",
) -> Survey:
    """Recode and score an export, and tell what was found.

    ``by_hand`` is what the user told: of a heading the question id that it is, or a role as
    ``role:school``; of a question of an earlier report (``ImportReport.questions``), by its id, the
    key of the chosen option. ``year`` is used where the export itself has no year.
    """
    codebook = reference.codebook(codebook_id)
    by_hand, replies = split_replies(by_hand or {})
    table, remarks = settle_rows(table, replies)
    told = [Problem(Severity.NOTE, note) for note in table.notes]
    links = link_columns(table, codebook, by_hand, replies)
    remarks += link_problems(table, codebook, by_hand, replies)
    answers, problems = recode_answers(table, codebook, links, reference.spellings, replies)
    bare = {name: item for name, item in bare_codes(table, codebook, links).items() if name in answers.frame}
    answers, turned = settle_scales(answers, bare, _directions(answers, bare, reference), replies)
    problems += turned
    answers, doubts = settle_schools(answers, replies)
    problems += (*doubts, *check_regions(table, answers), *check_levels(answers))
    scores = _with_year(score_indicators(answers, reference.policy.upper_from), year)
    years = scores.frame[Role.YEAR].dropna().unique()
    changed, notes = _changed_since(table, codebook, reference, by_hand, years)
    if changed:
        scores = withhold_scores(scores, changed)
        answers = withhold_answers(answers, scores, changed)
    return Survey(scores, _report(table, links, answers, scores, (*told, *remarks, *problems, *notes)), answers)


def _directions(answers: Answers, bare: Mapping[str, Bare], reference: Reference) -> Fits:
    """Tell which way round questions of which the export gives codes only fit the figures of other pupils."""
    own, upper_from = only(answers, bare), reference.policy.upper_from
    rules = {item.id: usable_rule(item, own.frame.columns) for item in answers.codebook.indicators}
    used = {name: rule_questions(rule) for name, rule in rules.items() if rule is not None}
    straight = score_indicators(own, upper_from)
    turned = score_indicators(turn(own, bare, own.frame.columns), upper_from)
    return directions_of(straight, turned, used, known_shares(answers.codebook, reference.national, reference.region))


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


def with_bouw(survey: Survey, bouw: Bouw) -> Survey:
    """Say of an export without a leerjaar which population it is; one with a leerjaar tells that itself."""
    frame = survey.scores.frame
    if frame[Role.LEERJAAR].notna().any():
        return survey
    return replace(survey, scores=replace(survey.scores, frame=frame.assign(**{BOUW: bouw.value})))


def response(survey: Survey) -> tuple[Response, ...]:
    """Give for every subject how many pupils of an export count, and why others do not (confidential)."""
    if survey.answers is None:
        return ()
    codebook, frame = survey.scores.codebook, survey.answers.frame
    rules = {item.id: usable_rule(item, frame.columns) for item in codebook.indicators}
    unread = unread_cells(survey.report.recognised, survey.report.problems)
    known = {name: rule for name, rule in rules.items() if rule is not None}
    return count_response(survey.answers, survey.scores, known, unread)


def write_import_text(report: ImportReport, responses: Sequence[Response], reference: Reference) -> bytes:
    """Give the import report as plain text, with rounded numbers."""
    return import_text(report, responses, reference.codebook(report.codebook))


def write_import_workbook(report: ImportReport, responses: Sequence[Response], reference: Reference) -> bytes:
    """Give the import report as a workbook, with rounded numbers."""
    return import_workbook(report, responses, reference.codebook(report.codebook))


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
    edition: Edition = WHOLE_REPORT,
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
        edition=edition,
    )
    return compose(material, on)


def compose_shared(analysis: Analysis, explanation: Sequence[str], reference: Reference, on: dt.date) -> Report | None:
    """Put together what may go to pupils and parents; nothing where no figure is left.

    ``explanation`` is what the school itself says, in paragraphs.
    """
    codebook = reference.codebook(analysis.published.codebook)
    read = unpack(pack(analysis, (), codebook, Packing(on, __version__)), analysis.directions)
    limits = reference.policy.presets[reference.policy.sharing].limits
    main = analysis.findings.main
    fewer = share(read, codebook, limits, lambda rows: highlight(rows, codebook, reference.policy, main))
    edition = Edition(Variant.SHARED, explanation=tuple(explanation))
    return compose_report(fewer, (), reference, on, edition) if is_enough(fewer) else None


def pack_parcel(analyses: Sequence[Analysis], packing: Packing, reference: Reference) -> Parcel:
    """Pack a measurement for a school: the analysis beside the chosen comparison, and those beside the others."""
    first, *others = analyses
    codebook = reference.codebook(first.published.codebook)
    return pack(first, [item.findings for item in others], codebook, packing)


def write_parcels(parcels: Iterable[Parcel], reference: Reference) -> bytes:
    """Give the workbook of the parcels of one school, one per population, with sheets for people."""
    return parcel_workbook([(item, _parcel_report(item, reference)) for item in parcels])


def _parcel_report(parcel: Parcel, reference: Reference) -> Report:
    reference = parcel_reference(parcel, reference)
    analysis, on = unpack_parcel(parcel, reference), parcel.about.made_on
    codebook = reference.codebook(parcel.about.codebook)
    agreed = tuple(in_words(item, codebook) for item in parcel.agreements)
    offered = advise(analysis, parcel_wishes(parcel), reference, on)
    return compose_report(analysis, offered, reference, on, Edition(agreements=agreed))


def read_parcels(data: bytes, file_name: str, reference: Reference) -> tuple[Parcel, ...]:
    """Read the parcels of the populations of one school; none where the file is something else.

    Raises:
        Refused: if it is a parcel that cannot be used, with a Dutch sentence that says what to do.
    """
    if not has_sheet(data, SHEET):
        return ()
    sheets = read_workbook(data, file_name)
    found = [_parcel(sheets.get(name, []), reference) for name in (SHEET, SECOND) if name == SHEET or name in sheets]
    whose = {(item.about.school, item.about.year) for item in found}
    if len(whose) > 1 or len({item.about.bouw for item in found}) < len(found):
        raise Refused(CHANGED)
    return tuple(found)


def _parcel(rows: Sequence[Sequence[str]], reference: Reference) -> Parcel:
    """Read one parcel of the rows of its sheet, as strictly as it was written."""
    found = parcel_content(rows)
    parcel = parse_parcel(rows, FORMAT, seal(found))
    themes = {theme.id for theme in reference.catalogue.themes}
    check_questions(parcel, {item.id: item for item in reference.codebooks}, themes)
    if parcel_content(parcel_rows(parcel)) != found:
        raise Refused(CHANGED)
    try:
        unpack_parcel(parcel, reference)
    except WrongParcelError:
        raise Refused(CHANGED) from None
    return parcel


def unpack_parcel(parcel: Parcel, reference: Reference, main: ComparatorKind | None = None) -> Analysis:
    """Give the analysis in a parcel, beside the ``main`` comparison where it has that."""
    return unpack(parcel, directions(reference.codebook(parcel.about.codebook)), main)


def parcel_reference(parcel: Parcel, reference: Reference) -> Reference:
    """Give the reference data with the catalogue as it is in the region of the GGD that made a parcel."""
    reference = with_content(reference, parcel.content)
    catalogue = reference.catalogue
    known = {row.id for row in catalogue.rows} | {item.id for item in parcel.offers}
    available = {row: is_here for row, is_here in parcel.availability if row in known}
    return replace(reference, catalogue=catalogue.with_region(parcel.offers, available))


def compose_preparation(meeting: Meeting, on: dt.date) -> Report:
    """Put together the one A4 for a conversation."""
    return preparation(meeting, on)


def compose_minutes(meeting: Meeting, on: dt.date) -> Report:
    """Put together what was discussed, chosen and agreed."""
    return minutes(meeting, on)


def open_template(data: bytes, file_name: str) -> Template:
    """Check a house style for slides, and give it.

    Raises:
        Refused: if it could harm, with a Dutch sentence.
        WrongTemplateError: if slides cannot be made with it, with a Dutch sentence.
    """
    template = check_template(data, file_name)
    check_layouts(template)
    return template


def write_report(report: Report, kind: Format, template: Template | None = None) -> bytes:
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
