"""The same pipeline without a screen: ``python -m wellbeing``. For epidemiologists, and for batches."""

from __future__ import annotations

import argparse
import datetime as dt
import os
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NoReturn, TypeAlias

from wellbeing import batch, pipeline
from wellbeing.export.pptx import WrongTemplateError
from wellbeing.export.tables import (
    EXACT_COLUMNS,
    FIGURE_COLUMNS,
    SUGGESTION_COLUMNS,
    TREND_COLUMNS,
    Row,
    csv_bytes,
    exact_row,
    figure_row,
    suggestion_rows,
    trend_rows,
)
from wellbeing.intake.datasets import ENGINES, is_dataset
from wellbeing.intake.guard import Refused
from wellbeing.intake.matching import normalise_heading
from wellbeing.model.benchmark import Benchmark
from wellbeing.model.content import Due
from wellbeing.model.imports import ImportReport, Problem, Severity
from wellbeing.model.reference import Bouw
from wellbeing.model.report import Format, Template, Variant
from wellbeing.model.results import Dimension, Measurement, Wishes
from wellbeing.model.survey import Headed, Survey
from wellbeing.pipeline import Reference
from wellbeing.presentation.formats import counted, listing
from wellbeing.presentation.importing import per_column
from wellbeing.reference.codebooks import load_codebook
from wellbeing.reference.content import check, kept_rows, load_content, overlay
from wellbeing.reference.schema import ReferenceDataError
from wellbeing.stages.count import WHOLE_FILE
from wellbeing.store.backups import back_up
from wellbeing.store.backups import restore as put_back
from wellbeing.store.failures import StoreError

WRONG_INPUT = 2
VARIANTS = {"volledig": Variant.FULL, "een-a4": Variant.ONE_PAGER, "delen": Variant.SHARED}
BY = {
    "school": Dimension.TOTAL,
    "niveau": Dimension.LEVEL,
    "klas": Dimension.LEERJAAR,
    "geslacht": Dimension.GENDER,
}


class WrongInputError(Exception):
    """What the user gave cannot be used; the text is the Dutch sentence to show."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command. Gives 0, or 2 with one Dutch sentence on standard error."""
    try:
        options = _parser().parse_args(arguments)
        command: Callable[[argparse.Namespace], None] = options.command
        command(options)
    except (WrongInputError, WrongTemplateError, Refused, ReferenceDataError, StoreError) as error:
        print(error, file=sys.stderr)
        return WRONG_INPUT
    return 0


# --------------------------------------------------------------------------- the commands


def benchmark(options: argparse.Namespace) -> None:
    """Make comparison figures from a regional export."""
    reference = _reference(options.codebook)
    region = options.region or Path(options.export).stem
    if options.engine or is_dataset(options.export):
        made = _on_engine(options, reference, region)
    else:
        survey = _open(options, reference)
        made = pipeline.build_benchmark(survey, _year(options.year, survey.report.years), region)
    if options.shareable:
        made = pipeline.shareable_benchmark(made, reference)
        if not made.cells:
            message = (
                "Geen enkel cijfer mag naar een school: daarvoor zijn 100 leerlingen van drie scholen of meer "
                "nodig. Geef met --school-column aan in welke kolom de school staat."
            )
            raise WrongInputError(message)
    _write(options.out, pipeline.write_benchmark(made, reference), reads=(options.export,))


def compare(options: argparse.Namespace) -> None:
    """Set each school, or each group, beside the comparison figures."""
    out = Path(options.out)
    if options.unprotected and "vertrouwelijk" not in out.name.casefold():
        message = (
            "Met --unprotected staan er cijfers van kleine groepen in het bestand. "
            "Zet daarom 'vertrouwelijk' in de naam bij --out."
        )
        raise WrongInputError(message)
    reference = _limited(options)
    survey, region = _open(options, reference), _read_benchmark(options.benchmark, options.bouw)
    measurements = [_of_enough_schools(options, item, survey, reference) for item in _measurements(options, survey)]
    rows = [
        row
        for measurement, groups in measurements
        for row in _figures(measurement, region, reference, BY[options.by], exact=options.unprotected)
        if row["group"] in groups
    ]
    columns = FIGURE_COLUMNS + EXACT_COLUMNS if options.unprotected else FIGURE_COLUMNS
    _write(options.out, csv_bytes(columns, rows), reads=(options.export, options.benchmark))


def suggest(options: argparse.Namespace) -> None:
    """Give the suggestions that follow from the figures of one school."""
    reference = _limited(options)
    survey, region = _open(options, reference), _read_benchmark(options.benchmark, options.bouw)
    (measurement,) = _measurements(options, survey)
    analysis = pipeline.analyse(measurement, region, reference)
    packages = pipeline.advise(analysis, Wishes(), reference, dt.datetime.now(tz=dt.UTC).date())
    rows = suggestion_rows(packages, reference.catalogue)
    _write(options.out, csv_bytes(SUGGESTION_COLUMNS, rows), reads=(options.export, options.benchmark))


def report(options: argparse.Namespace) -> None:
    """Make the files for the meeting, of one school or of all; one bad school does not stop the rest."""
    reference, order = _limited(options), _order(options)
    survey, region = _open(options, reference), _read_benchmark(options.benchmark, options.bouw)
    outcomes = []
    for outcome in batch.make_reports(_populations(options, survey), region, reference, order):
        print(" ".join(filter(None, (f"{outcome.school}, {outcome.population}: {outcome.state}.", outcome.why))))
        outcomes.append(outcome)
    failed = [f"{item.school} ({item.population})" for item in outcomes if item.state is batch.State.FAILED]
    if failed:
        message = f"Niet gelukt bij {listing(failed)}. Wat wel lukte, staat er."
        raise WrongInputError(message)


def trend(options: argparse.Namespace) -> None:
    """Follow one school over its measurements."""
    reference = _limited(options)
    bouw = Bouw(options.bouw) if options.bouw else Bouw.ALL
    counted: dict[str, Measurement] = {}
    for export in options.exports:
        survey = _open(argparse.Namespace(**{**vars(options), "export": export}), reference)
        for item in pipeline.measure(survey, (bouw,), weighted=bool(options.weight)):
            if item.school.casefold() != options.school.casefold():
                continue
            if item.year in counted:
                message = f"Het jaar {item.year} van {item.school} staat in twee bestanden. Geef elk jaar een keer."
                raise WrongInputError(message)
            counted[item.year] = item
            _check_population(options, survey, [item])
    if not counted:
        message = f"De school '{options.school}' staat in geen van deze bestanden."
        raise WrongInputError(message)
    latest = reference.codebook(counted[max(counted)].codebook)
    rows = trend_rows(pipeline.follow_years(counted.values(), reference), latest)
    _write(options.out, csv_bytes(TREND_COLUMNS, rows), reads=options.exports)


def backup(options: argparse.Namespace) -> None:
    """Make a copy of the store."""
    path = back_up(Path(options.out), options.store)
    print(f"Reservekopie gemaakt van {path}. Er staan vertrouwelijke aantallen in: bewaar hem versleuteld.")


def restore(options: argparse.Namespace) -> None:
    """Put a copy back as the store."""
    kept = put_back(Path(options.backup), options.store)
    print(f"De reservekopie is teruggezet. De opslag van daarvoor, als die er was, heet nu {kept}.")


def check_codebook(options: argparse.Namespace) -> None:
    """Check a folder with a codebook, and say what is in it."""
    codebook = load_codebook(Path(options.folder), pipeline.DATA / "codebooks")
    print(f"{codebook.title}: {len(codebook.questions)} vragen en {len(codebook.indicators)} onderwerpen, geen fouten.")
    late = [item.id for item in codebook.indicators if item.next_review < dt.datetime.now(tz=dt.UTC).date()]
    if late:
        print(f"Opnieuw nakijken (de datum is voorbij): {listing(late)}.")


def check_catalogue(options: argparse.Namespace) -> None:
    """Check the rows of the catalogue in a folder, or what a workbook would change, and say what is overdue."""
    path = Path(options.what) if options.what else pipeline.DATA / "interventions"
    content = load_content(path if path.is_dir() else pipeline.DATA / "interventions")
    check(content.tables)
    if not path.is_dir():
        found = pipeline.read_content(_bytes(path), path.name, content)
        if found.problems:
            raise ReferenceDataError(found.problems)
        print(f"{path.name}: {counted(len(found.edits), 'rij verandert', 'rijen veranderen')}, geen fouten.")
        content = overlay(content.base, [edit.after for edit in found.edits if edit.after is not None])
    rows, on = kept_rows(content), _day(options.date)
    late = [row for row in rows if row.upkeep.due(on) is Due.OVERDUE]
    print(f"{counted(len(rows), 'rij', 'rijen')}, {len(late)} te laat.")
    for row in late:
        print(f"{row.table}, {row.row}: opnieuw nakijken sinds {row.upkeep.next_review} ({row.upkeep.kept_by}).")


# --------------------------------------------------------------------------- what they share


def _reference(codebook: str | None) -> Reference:
    """Read the reference data, with a codebook from another folder where one is named."""
    reference = pipeline.load_reference()
    if codebook is None or codebook in {item.id for item in reference.codebooks}:
        return reference
    if not Path(codebook).is_dir():
        known = listing([item.id for item in reference.codebooks])
        message = f"Het codeboek '{codebook}' bestaat niet. Kies uit {known}, of geef de map van een eigen codeboek."
        raise WrongInputError(message)
    own = load_codebook(Path(codebook), pipeline.DATA / "codebooks")
    others = tuple(item for item in reference.codebooks if item.id != own.id)
    return replace(reference, codebooks=(own, *others))


def _limited(options: argparse.Namespace) -> Reference:
    """Read the reference data, with the limits that the user chose for this file."""
    reference = _reference(options.codebook)
    if not options.drempels:
        return reference
    presets = reference.policy.presets
    if options.drempels not in presets:
        message = f"De grenzen '{options.drempels}' bestaan niet. Kies bij --drempels uit {listing(list(presets))}."
        raise WrongInputError(message)
    return replace(reference, policy=reference.policy.with_preset(options.drempels))


def _open(options: argparse.Namespace, reference: Reference) -> Survey:
    export = Path(options.export)
    table = pipeline.read_table(_bytes(export), export.name, reference, extra_headings=_named(options).values())
    by_hand = _by_hand(options, table) | _replies(options)
    codebook = _codebook(options.codebook, pipeline.matching_codebooks(table, reference), reference)
    survey = pipeline.open_survey(table, reference, codebook, by_hand=by_hand, year=_written_year(options.year or ""))
    _tell(survey.report)
    _check_scored(options, survey.scores.indicators, codebook)
    return survey


def _replies(options: argparse.Namespace) -> dict[str, str]:
    """Give what the user replied to questions of an earlier run, by their id."""
    pairs = [reply.rpartition("=") for reply in options.reply]
    return {ident: reply for ident, _, reply in pairs}


def _tell(report: ImportReport) -> None:
    """Say on the side what was set apart, not understood, or is still a question; figures follow all the same.

    Raises:
        WrongInputError: with what must be put right first.
    """
    stops = [problem for problem in report.problems if problem.severity is Severity.STOP]
    if stops:
        raise WrongInputError("\n".join(map(_said, stops)))
    for problem in per_column(report.problems):
        print(_said(problem), file=sys.stderr)


def _said(problem: Problem) -> str:
    where = f"{problem.heading}: " if problem.heading else ""
    rows = f" ({problem.rows} keer)" if problem.rows and problem.severity is Severity.CHECK else ""
    ask = problem.question
    if ask is None:
        return f"{where}{problem.message}{rows}"
    options = "".join(f"\n    --reply '{ask.id}={key}'  {label}" for key, label in ask.options)
    return f"{where}{problem.message}{rows}\n  {ask.text}{options}"


def _check_scored(options: argparse.Namespace, indicators: Sequence[str], codebook: str) -> None:
    if not indicators:
        message = (
            f"In {Path(options.export).name} staat geen enkele vraag van het codeboek {codebook}. "
            "Kies met --codebook een ander codeboek, of kijk of het bestand de goede export is."
        )
        raise WrongInputError(message)


def _named(options: argparse.Namespace) -> dict[str, str]:
    """Give the columns that the user named, per role."""
    named = {"role:school": options.school_column, "role:gewicht": options.weight}
    return {role: heading for role, heading in named.items() if heading}


def _by_hand(options: argparse.Namespace, table: Headed) -> dict[str, str]:
    """Give the role of each column that the user named, by its heading as the file writes it."""
    headings = [column.heading for column in table.columns]
    found = {}
    for role, wanted in _named(options).items():
        same = [item for item in headings if normalise_heading(item) == normalise_heading(wanted)]
        if not same:
            name = Path(options.export).name
            message = f"De kolom '{wanted}' staat niet in {name}. Er staat wel: {listing(headings)}."
            raise WrongInputError(message)
        found[same[0]] = role
    return found


def _on_engine(options: argparse.Namespace, reference: Reference, region: str) -> Benchmark:
    """Make comparison figures of Parquet, on the engine of the user's choice."""
    engine, cluster, named = options.engine or "pandas", options.cluster or "", _named(options).values()
    with pipeline.read_dataset(options.export, engine, reference, cluster=cluster, extra_headings=named) as dataset:
        by_hand = _by_hand(options, dataset)
        codebook = _codebook(options.codebook, pipeline.matching_codebooks(dataset, reference), reference)
        scored = pipeline.score_dataset(
            dataset, reference, codebook, by_hand=by_hand, year=_written_year(options.year or "")
        )
        _check_scored(options, scored.scores.indicators, codebook)
        _tell_unread(scored.problems)
        return pipeline.build_dataset_benchmark(scored, _year(options.year, scored.years), region)


def _tell_unread(problems: Sequence[Problem]) -> None:
    """Say in one line how many cells were not understood, and in which columns; never what stands there."""
    unread = [problem for problem in problems if problem.rows]
    if unread:
        cells, headings = sum(problem.rows for problem in unread), listing([problem.heading for problem in unread])
        print(f"{cells} waarden horen niet bij het codeboek en tellen als niet ingevuld: {headings}.", file=sys.stderr)
    for problem in problems:
        if not problem.rows:
            print(f"{problem.heading}: {problem.message}", file=sys.stderr)


def _codebook(named: str | None, fitting: Sequence[str], reference: Reference) -> str:
    if named:
        return named if named in {item.id for item in reference.codebooks} else Path(named).name
    if len(fitting) == 1:
        return fitting[0]
    if fitting:
        message = f"Meer codeboeken passen bij dit bestand: {listing(fitting)}. Kies er een met --codebook."
    else:
        known = listing([item.id for item in reference.codebooks])
        message = f"Geen codeboek past bij dit bestand. Kies er een met --codebook: {known}."
    raise WrongInputError(message)


def _year(wanted: str | None, found: Iterable[str]) -> str:
    """Give the year as the file writes it."""
    years = list(found)
    if not wanted and len(years) == 1:
        return years[0]
    if not years:
        message = (
            "In dit bestand staat geen jaar. Geef het schooljaar van de meting met --year, bijvoorbeeld 2025-2026."
        )
        raise WrongInputError(message)
    if not wanted:
        message = f"In dit bestand staan meer jaren: {listing(years)}. Kies er een met --year."
        raise WrongInputError(message)
    found = [year for year in years if _written_year(year) == _written_year(wanted)]
    if not found:
        message = f"Het jaar {wanted} staat niet in dit bestand. Er staat wel: {listing(years)}."
        raise WrongInputError(message)
    return found[0]


def _written_year(year: str) -> str:
    """Write a school year in one way: "2023/2024" and "2023 - 2024" are "2023-2024"."""
    return year.replace("/", "-").replace(" ", "")


def _measurements(options: argparse.Namespace, survey: Survey) -> Iterable[Measurement]:
    """Give what must be compared: every school, one school, or the whole file as one."""
    bouw = Bouw(options.bouw) if options.bouw else Bouw.ALL
    year = _year(options.year, survey.report.years)
    whole_file = options.by != "school" and not options.school
    weighted = bool(options.weight)
    if whole_file:
        counted = pipeline.measure_whole(survey, bouw, weighted=weighted)
    else:
        counted = pipeline.measure(survey, (bouw,), weighted=weighted)
    counted = tuple(item for item in counted if item.year == year)
    if not counted:
        message = f"In {Path(options.export).name} staan geen leerlingen van {year} ({bouw.value})."
        raise WrongInputError(message)
    chosen = [item for item in counted if not options.school or item.school.casefold() == options.school.casefold()]
    if not chosen:
        schools = listing([item.school for item in counted])
        message = f"De school '{options.school}' staat niet in dit bestand. Er staat wel: {schools}."
        raise WrongInputError(message)
    _check_population(options, survey, chosen)
    return chosen


def _check_population(options: argparse.Namespace, survey: Survey, chosen: Iterable[Measurement]) -> None:
    """See to it that figures of all pupils never come beside those of a part: the other part would follow."""
    if options.bouw or getattr(options, "unprotected", False):
        return
    bouwen = (Bouw.UPPER, Bouw.LOWER)
    parts = [
        *pipeline.measure(survey, bouwen),
        *(each for bouw in bouwen for each in pipeline.measure_whole(survey, bouw)),
    ]
    for whole in chosen:
        inside = [part for part in parts if (part.school, part.year) == (whole.school, whole.year)]
        if any(0 < part.total.pupils < whole.total.pupils for part in inside):
            message = (
                f"In {survey.report.file_name} staan leerlingen van de onderbouw en de bovenbouw, of van wie we dat "
                "niet weten. Kies met --bouw: uit cijfers van alle leerlingen en van een deel volgen die van de "
                "anderen."
            )
            raise WrongInputError(message)


def _of_enough_schools(
    options: argparse.Namespace, measurement: Measurement, survey: Survey, reference: Reference
) -> tuple[Measurement, set[str]]:
    """Give the groups that may be in the file: of several schools together only with enough other schools in each.

    The whole beside the figures of one of two schools tells those of the other.
    """
    groups = {counts.group.label: counts.group for counts in measurement.groups}
    if options.unprotected or measurement.school != WHOLE_FILE:
        return measurement, {*groups, measurement.school}
    named = [item for item in pipeline.measure(survey, (measurement.bouw,)) if item.year == measurement.year]
    if len(named) < 2:
        return measurement, {*groups}
    schools = Counter(counts.group for item in named for counts in item.groups if counts.pupils)
    enough = {label for label, group in groups.items() if schools[group] > reference.policy.benchmark.other_schools}
    wanted = [label for label, group in groups.items() if group.dimension is BY[options.by]]
    if not enough.intersection(wanted):
        message = (
            f"In {survey.report.file_name} zijn te weinig scholen om samen te nemen: uit het geheel en de cijfers van "
            "een van hen volgen die van de andere. Kies een school met --school."
        )
        raise WrongInputError(message)
    left_out = [label for label in wanted if label not in enough]
    if left_out:
        print(f"Van te weinig scholen, en daarom niet in het bestand: {listing(left_out)}.", file=sys.stderr)
    return measurement, enough


def _populations(options: argparse.Namespace, survey: Survey) -> Sequence[Measurement]:
    """Give the bovenbouw and onderbouw of one school or of all, in the year of the reports."""
    year = _year(options.year, survey.report.years)
    bouwen = (Bouw(options.bouw),) if options.bouw else (Bouw.UPPER, Bouw.LOWER)
    found = [item for item in pipeline.measure(survey, bouwen, weighted=bool(options.weight)) if item.year == year]
    if options.school:
        wanted = options.school.casefold()
        schools = listing(sorted({item.school for item in found}))
        found = [item for item in found if item.school.casefold() == wanted]
        if not found:
            message = f"De school '{options.school}' staat niet in dit bestand. Er staat wel: {schools}."
            raise WrongInputError(message)
    if not found:
        message = f"In {Path(options.export).name} staan geen leerlingen van {year} in de bovenbouw of onderbouw."
        raise WrongInputError(message)
    return found


def _order(options: argparse.Namespace) -> batch.Order:
    """Read what must be made and where; the folder is made where it is not there yet."""
    known = {kind.value: kind for kind in Format}
    names = [name.strip().lower() for name in options.format.split(",") if name.strip()]
    if not names or not set(names) <= set(known):
        message = f"Kies bij --format uit {listing(list(known))}, met komma's ertussen."
        raise WrongInputError(message)
    folder = Path(options.out)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        message = f"De map {folder.name} is niet te maken. Controleer de map bij --out."
        raise WrongInputError(message) from None
    return batch.Order(
        place=batch.Folder(folder),
        formats=tuple(dict.fromkeys(known[name] for name in names)),
        on=_day(options.date),
        variant=VARIANTS[options.variant],
        templates={Format.SLIDES: _template(Path(options.template))} if options.template else {},
        overwrite=options.overwrite,
    )


def _template(path: Path) -> Template:
    return pipeline.open_template(_bytes(path), path.name)


def _day(written: str | None) -> dt.date:
    if not written:
        return dt.datetime.now(tz=dt.UTC).date()
    try:
        return dt.date.fromisoformat(written)
    except ValueError:
        message = "Schrijf de datum bij --date als 2026-03-09."
        raise WrongInputError(message) from None


def _figures(
    measurement: Measurement, region: Benchmark, reference: Reference, dimension: Dimension, *, exact: bool
) -> Iterable[Row]:
    codebook = reference.codebook(measurement.codebook)
    protected = pipeline.analyse(measurement, region, reference).comparisons
    if not exact:
        return [figure_row(row, codebook, measurement.school) for row in protected if row.group.dimension is dimension]
    every = zip(protected, pipeline.compare_exactly(measurement, region, reference), strict=True)
    return [
        exact_row(row, open_row, codebook, measurement.school)
        for row, open_row in every
        if row.group.dimension is dimension
    ]


def _read_benchmark(path: str, bouw: str | None) -> Benchmark:
    region = pipeline.read_benchmark(_bytes(Path(path)), Path(path).name)
    wanted, there = Bouw(bouw or Bouw.ALL), {place.bouw for place in region.cells}
    if wanted not in there:
        message = (
            f"In {Path(path).name} staan alleen cijfers van {listing(sorted(item.value for item in there))}. "
            "Kies die met --bouw."
        )
        raise WrongInputError(message)
    return region


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        message = f"Het bestand {path.name} is niet te openen. Controleer de naam en de map."
        raise WrongInputError(message) from None


def _write(out: str, data: bytes, *, reads: Sequence[str]) -> None:
    """Write the whole file or nothing: beside the place where it must come, then in one move."""
    path = Path(out)
    if any(Path(name).resolve() == path.resolve() for name in reads):
        message = "Kies bij --out een andere naam: anders gaat het bestand verloren dat u leest."
        raise WrongInputError(message)
    try:
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".wellbeing-", delete=False) as part:
            part.write(data)
            part.flush()
            os.fsync(part.fileno())
        Path(part.name).replace(path)
    except OSError:
        message = f"Het bestand {path.name} is niet te schrijven. Controleer de map bij --out."
        raise WrongInputError(message) from None


# --------------------------------------------------------------------------- the words of the command line


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        """Say in Dutch that the command is not right, and where to look."""
        del message  # argparse says it in English
        message = f"Deze opdracht is niet compleet of klopt niet. Bekijk de uitleg met: {self.prog} --help"
        raise WrongInputError(message)


Commands: TypeAlias = "argparse._SubParsersAction[_Parser]"


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="python -m wellbeing", description="Schoolcijfers vergelijken zonder scherm.")
    commands = parser.add_subparsers(required=True, metavar="opdracht")
    _benchmark_command(commands)
    for made in (
        _compare_command(commands),
        _suggest_command(commands),
        _report_command(commands),
        _trend_command(commands),
    ):
        made.add_argument(
            "--drempels", metavar="GRENZEN", help="andere grenzen voor wat getoond wordt: 30/5, 10/5, 50/10 of 100/10"
        )
    _store_commands(commands)
    _check_commands(commands)
    return parser


def _benchmark_command(commands: Commands) -> None:
    made = _command(commands, "benchmark", benchmark, "vergelijkingscijfers maken uit een export van de regio")
    made.add_argument("--shareable", action="store_true", help="de versie die naar een school mag")
    made.add_argument("--engine", choices=ENGINES, help="rekenmotor voor Parquet (standaard: pandas)")
    made.add_argument("--cluster", help="adres van een Dask- of Spark-cluster dat al draait")
    made.add_argument("--region", help="naam van de regio (standaard: de naam van het bestand)")


def _compare_command(commands: Commands) -> argparse.ArgumentParser:
    compared = _command(commands, "compare", compare, "scholen of groepen naast de vergelijkingscijfers zetten")
    _beside(compared)
    compared.add_argument("--school", help="alleen deze school")
    _population(compared)
    compared.add_argument("--by", choices=tuple(BY), default="school", help="per school of per groep")
    compared.add_argument("--unprotected", action="store_true", help="alles, ook kleine groepen (vertrouwelijk)")
    return compared


def _suggest_command(commands: Commands) -> argparse.ArgumentParser:
    advised = _command(commands, "suggest", suggest, "suggesties bij de cijfers van een school")
    _beside(advised)
    advised.add_argument("--school", required=True, help="naam van de school")
    _population(advised)
    advised.set_defaults(by="school")
    return advised


def _report_command(commands: Commands) -> argparse.ArgumentParser:
    reported = _command(commands, "report", report, "rapport, dia's, werkmap of Word-document maken voor het gesprek")
    _beside(reported)
    whose = reported.add_mutually_exclusive_group(required=True)
    whose.add_argument("--school", help="alleen deze school")
    whose.add_argument("--all", action="store_true", help="alle scholen in het bestand")
    _population(reported)
    reported.add_argument("--format", default="pdf", help="pdf, pptx, xlsx of docx, met komma's ertussen")
    reported.add_argument(
        "--variant",
        choices=tuple(VARIANTS),
        default="volledig",
        help="alles, één A4 voor de schoolleiding, of om te delen met leerlingen en ouders (standaard: volledig)",
    )
    reported.add_argument("--template", help="eigen sjabloon voor de dia's (.pptx)")
    reported.add_argument("--date", help="datum op het rapport (standaard: vandaag), zoals 2026-03-09")
    reported.add_argument("--overwrite", action="store_true", help="maak ook opnieuw wat er al staat")
    return reported


def _trend_command(commands: Commands) -> argparse.ArgumentParser:
    followed = commands.add_parser("trend", help="een school door de jaren", description="een school door de jaren")
    followed.add_argument("exports", metavar="EXPORT", nargs="+", help="exports van de metingen, elk jaar een keer")
    followed.add_argument("--school", required=True, help="naam van de school")
    _population(followed)
    _shared(followed, trend)
    return followed


def _store_commands(commands: Commands) -> None:
    saved = commands.add_parser("backup", help="een reservekopie van de opslag maken")
    saved.add_argument("--out", required=True, help="het bestand dat gemaakt wordt")
    _stored(saved, backup)
    returned = commands.add_parser("restore", help="een reservekopie terugzetten als opslag")
    returned.add_argument("backup", metavar="RESERVEKOPIE")
    _stored(returned, restore)


def _check_commands(commands: Commands) -> None:
    codebook = commands.add_parser("codebook", help="codeboeken").add_subparsers(required=True, metavar="opdracht")
    checked = codebook.add_parser("check", help="een map met een codeboek nakijken")
    checked.add_argument("folder", metavar="MAP")
    checked.set_defaults(command=check_codebook)
    catalogue = commands.add_parser("catalogue", help="het aanbod").add_subparsers(required=True, metavar="opdracht")
    checked = catalogue.add_parser("check", help="het aanbod nakijken, en wat te laat is")
    checked.add_argument("what", metavar="MAP_OF_BESTAND", nargs="?", help="een map met tabellen, of een Excel-bestand")
    checked.add_argument("--date", help="kijk wat er op deze dag te laat is (standaard: vandaag)")
    checked.set_defaults(command=check_catalogue)


def _beside(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--benchmark", required=True, help="bestand met vergelijkingscijfers (.xlsx)")


def _population(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--bouw", choices=(Bouw.LOWER.value, Bouw.UPPER.value), help="alleen deze leerjaren")


def _command(
    commands: Commands,
    name: str,
    command: Callable[[argparse.Namespace], None],
    words: str,
) -> argparse.ArgumentParser:
    parser = commands.add_parser(name, help=words, description=words)
    parser.add_argument(
        "export", metavar="EXPORT", help="export van de vragenlijst (.xlsx, .csv of .sav; voor benchmark ook Parquet)"
    )
    _shared(parser, command)
    return parser


def _stored(parser: argparse.ArgumentParser, command: Callable[[argparse.Namespace], None]) -> None:
    parser.add_argument("--store", metavar="BESTAND", help="de opslag (standaard: WELLBEING_STORE, of de eigen map)")
    parser.set_defaults(command=command)


def _shared(parser: argparse.ArgumentParser, command: Callable[[argparse.Namespace], None]) -> None:
    parser.add_argument("--out", required=True, help="het bestand dat gemaakt wordt")
    parser.add_argument("--codebook", help="naam of map van het codeboek")
    parser.add_argument("--year", help="schooljaar of jaar van de meting")
    parser.add_argument("--school-column", help="kolom waarin de school staat, als het bestand die niet zelf noemt")
    parser.add_argument("--weight", metavar="KOLOM", help="weeg de cijfers met deze kolom (standaard: niet gewogen)")
    parser.add_argument(
        "--reply", metavar="VRAAG=ANTWOORD", action="append", default=[], help="antwoord op een vraag over het bestand"
    )
    parser.set_defaults(command=command)


if __name__ == "__main__":
    sys.exit(main())
