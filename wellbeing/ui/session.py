"""What this visitor chose, in one typed object. Results are not kept here: they come from the cache.

Rows of pupils are here only between choosing a file and confirming it. What stays are counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

import streamlit as st

from wellbeing import pipeline
from wellbeing.model.benchmark import Benchmark
from wellbeing.model.imports import Ambiguity, ImportReport, Response, UnknownColumn
from wellbeing.model.parcel import Parcel
from wellbeing.model.reference import Bouw
from wellbeing.model.results import Analysis, ComparatorKind, Measurement, Wishes
from wellbeing.model.stated import FiguresOnly, StatedTable
from wellbeing.model.survey import RawTable, Survey
from wellbeing.presentation import formats
from wellbeing.stages.count import WHOLE_FILE
from wellbeing.store.links import LinkChoices
from wellbeing.ui import cache, navigation, progress
from wellbeing.ui.repeats import Codings, Place, Sizes, codings_of, codings_together, weights_of

KEY = cache.VISITOR
DEMO_COULD_HAVE_ANSWERED = 380


@dataclass(frozen=True, slots=True)
class Told:
    """What the user said about an export.

    ``by_hand`` links headings to questions, and holds the replies to questions by their id; ``year``
    and ``bouw`` are those of an export that does not tell them.
    """

    codebook: str
    by_hand: Mapping[str, str] = field(default_factory=dict)
    year: str = ""
    bouw: Bouw | None = None
    without_hidden: bool = False


@dataclass(slots=True)
class Pending:
    """An export that waits for "klopt dit?": the only place where rows of pupils are kept, and only so long.

    ``unknown`` are its columns that no codebook knows, and ``extra`` those of them that the user
    named after all, for which it was read again. ``asked`` are the questions to the user so far, by id;
    ``counted`` are its populations, without and with weights.
    """

    name: str
    table: RawTable
    fitting: tuple[str, ...]
    unknown: tuple[UnknownColumn, ...] = ()
    extra: frozenset[str] = frozenset()
    asked: dict[str, Ambiguity] = field(default_factory=dict)
    told: Told | None = None
    survey: Survey | None = None
    counted: dict[bool, tuple[Measurement, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Account:
    """What an import found, to keep beside the results: no rows, and numbers that are rounded when shown."""

    report: ImportReport
    responses: tuple[Response, ...]


@dataclass(slots=True)
class State:
    """Everything this visitor chose.

    ``measurements`` are the populations of one school and year; ``shown`` is the one on screen,
    ``history`` holds other years of the same school, ``region`` all schools of a regional export.
    ``links`` and ``responsibility`` are what was told about a source where nothing is kept, ``accounts``
    per purpose the import report of the last confirmed file, with how many pupils answered.
    ``together`` says that two years are shown as one. ``seen`` gives how many pupils each school, year
    and population had in the files confirmed so far, ``weighed`` whether its figures were weighted,
    ``codings`` how its answers were counted, ``sources`` the name of the file of a school and year.
    ``figures_only`` is a table of figures without a number of pupils, ``parcels`` are those in a file that
    the GGD made for its school, and ``parcel`` the one on screen; ``tables`` are those that wait for their
    user. ``rounds`` counts confirmed files per purpose, so that the upload field is empty after each.
    """

    measurements: tuple[Measurement, ...] = ()
    history: tuple[Measurement, ...] = ()
    region: tuple[Measurement, ...] = ()
    together: bool = False
    seen: Sizes = field(default_factory=dict)
    weighed: dict[Place, bool] = field(default_factory=dict)
    codings: Codings = field(default_factory=dict)
    sources: dict[tuple[str, str], str] = field(default_factory=dict)
    shown: Bouw = Bouw.UPPER
    benchmark: Benchmark | None = None
    main: ComparatorKind = ComparatorKind.OWN_LEVEL
    wishes: Wishes = field(default_factory=Wishes)
    pending: dict[str, Pending] = field(default_factory=dict)
    rounds: dict[str, int] = field(default_factory=dict)
    is_demo: bool = False
    figures_only: FiguresOnly | None = None
    parcel: Parcel | None = None
    parcels: tuple[Parcel, ...] = ()
    tables: dict[str, tuple[str, tuple[StatedTable, ...]]] = field(default_factory=dict)
    links: dict[tuple[str, str], LinkChoices] = field(default_factory=dict)
    responsibility: dict[str, dict[str, str]] = field(default_factory=dict)
    accounts: dict[str, Account] = field(default_factory=dict)

    @property
    def measurement(self) -> Measurement | None:
        """The population on screen: the chosen one, or else the first there is."""
        chosen = (item for item in self.measurements if item.bouw is self.shown)
        return next(chosen, self.measurements[0] if self.measurements else None)

    @property
    def other_years(self) -> tuple[Measurement, ...]:
        """The population on screen in other years, oldest first; weighted or not, as it is itself.

        A file that names no school has none: it may be another school.
        """
        now = self.measurement
        if now is None or now.school == WHOLE_FILE:
            return ()
        found = {item.year: item for item in (*self.region, *self.history) if _is_other_year(item, now)}
        return tuple(found[year] for year in sorted(found))


def _is_other_year(item: Measurement, now: Measurement) -> bool:
    same = (item.school, item.bouw, bool(item.total.weighted)) == (now.school, now.bouw, bool(now.total.weighted))
    return same and item.year != now.year


def state() -> State:
    """Give what this visitor chose so far."""
    if KEY not in st.session_state:
        st.session_state[KEY] = State()
    kept: State = st.session_state[KEY]
    return kept


def require_analysis() -> Analysis:
    """Give the analysis of the chosen school, or say kindly how to get one and stop the page."""
    chosen = state()
    if chosen.parcel is not None:
        return cache.unpacked(chosen.parcel, chosen.main)
    if chosen.measurement is None and chosen.figures_only is not None:
        _needs_pupils()
    if chosen.measurement is None:
        st.title("Nog geen school gekozen", anchor=False)
        st.write("Voeg eerst het bestand van een school toe, of bekijk de demo. Dan staan hier de cijfers.")
        with st.container(horizontal=True):
            st.page_link(navigation.ADD_DATA.file, label="Gegevens toevoegen", icon=":material/upload_file:")
            st.page_link(navigation.START.file, label="Naar de demo", icon=":material/play_circle:")
        st.stop()
    return beside(chosen.main)


def beside(main: ComparatorKind) -> Analysis:
    """Give the analysis of the chosen school beside this comparison.

    Raises:
        LookupError: if no school was chosen.
    """
    chosen = state()
    taken = take_together() if chosen.together and may_take_together() else chosen.measurement
    shown = taken if isinstance(taken, Measurement) else chosen.measurement
    if shown is None:
        raise LookupError(main)
    return cache.analysis(shown, chosen.benchmark, main)


def _needs_pupils() -> None:
    """Say that a page needs more than a table of figures without a number of pupils, and stop it."""
    st.title("Daarvoor is meer nodig", anchor=False)
    st.write("De tabel met cijfers zegt niet hoeveel leerlingen meededen. Deze cijfers kunt u wel naast elkaar zien.")
    st.page_link(navigation.COMPARE.file, label="Alle cijfers naast elkaar", icon=":material/bar_chart:")
    st.stop()


def populations() -> tuple[list[Bouw], Bouw | None]:
    """Give the populations of the school that can be shown, and the one on screen."""
    chosen = state()
    if chosen.parcel is not None:
        return [item.about.bouw for item in chosen.parcels], chosen.parcel.about.bouw
    return [item.bouw for item in chosen.measurements], chosen.measurement.bouw if chosen.measurement else None


def show(bouw: Bouw | None) -> None:
    """Show this population from now on; where none is named, the same one as before."""
    chosen = state()
    chosen.shown = bouw or chosen.shown
    if chosen.parcel is not None:
        chosen.parcel = next((item for item in chosen.parcels if item.about.bouw is bouw), chosen.parcel)


def is_stated() -> bool:
    """Whether the population on screen was rebuilt from a table of figures."""
    now, parcel = state().measurement, state().parcel
    if parcel is not None:
        return parcel.about.is_stated
    return now is not None and now.stated is not None


def stated_kinds() -> tuple[ComparatorKind, ...]:
    """Give the comparisons that came with a table of figures or a parcel; none where the benchmark decides."""
    now, parcel = state().measurement, state().parcel
    if parcel is not None:
        return tuple(kind for kind in ComparatorKind if kind in {item.main for item in parcel.findings})
    return tuple(item.comparator.kind for item in now.stated.beside) if now and now.stated else ()


def may_take_together() -> bool:
    """Whether the population on screen is small, and there is another year to take it together with."""
    now, limits = state().measurement, cache.reference().policy.talking_points
    return (
        now is not None and now.stated is None and bool(state().other_years) and now.total.pupils < limits.small_school
    )


def take_together() -> Measurement | str:
    """Give the last two years of the population on screen as one, or the sentence that says why not."""
    chosen = state()
    if chosen.measurement is None or not chosen.other_years:
        return "Er is maar één meting van deze school."
    try:
        return cache.together((chosen.other_years[-1], chosen.measurement))
    except pipeline.CannotPoolError as error:
        return str(error)


def is_pooled(analysis: Analysis) -> bool:
    """Whether these are two years taken together."""
    now, parcel = state().measurement, state().parcel
    if parcel is not None:
        return parcel.about.is_pooled
    return now is not None and analysis.published.year != now.year


def years(bouw: Bouw | None = None) -> tuple[Measurement, ...]:
    """Give all years there are of a population, oldest first; of the one on screen where none is named."""
    chosen = replace(state(), shown=bouw) if bouw else state()
    found = (*chosen.other_years, *((chosen.measurement,) if chosen.measurement else ()))
    return tuple(sorted(found, key=lambda item: item.year))


def source(measurement: Measurement) -> str:
    """Give the name of the file that a measurement came from."""
    return state().sources.get((measurement.school, measurement.year), "")


# --------------------------------------------------------------------------- files on their way in


def read_export(purpose: str, data: bytes, file_name: str, pick: tuple[str, ...] = ()) -> Pending:
    """Read an export, or give it when it was read before; it waits for its user to confirm it.

    ``pick`` are the worksheets that the user chose, where a workbook has several.

    Raises:
        Refused: with a Dutch sentence saying what to do.
    """
    name, waiting = cache.fingerprint(data, *pick), state().pending
    if purpose not in waiting or waiting[purpose].name != name:
        waiting.pop(purpose, None)
        reference = cache.reference()
        table = progress.run(
            f"Stap 1: het bestand lezen ({_size(data)})",
            lambda: pipeline.read_table(data, file_name, reference, pick=pick),
            lambda: forget(purpose),
        )
        waiting[purpose] = Pending(name, table, pipeline.matching_codebooks(table, reference), table.unknown)
    return waiting[purpose]


def read_more(purpose: str, data: bytes, pick: tuple[str, ...], headings: Iterable[str]) -> Pending:
    """Read an export again with columns that the user named, where they were left out the first time.

    Raises:
        Refused: with a Dutch sentence saying what to do.
    """
    pending, reference = state().pending[purpose], cache.reference()
    open_columns = {column.heading for column in pending.unknown if not column.answers}
    extra = frozenset(headings) & open_columns
    if extra != pending.extra:
        file_name = pending.table.file_name
        pending.table = progress.run(
            f"Stap 1: het bestand opnieuw lezen ({_size(data)})",
            lambda: pipeline.read_table(data, file_name, reference, extra_headings=extra, pick=pick),
            lambda: forget(purpose),
        )
        pending.extra, pending.told = extra, None
    return pending


def open_survey(purpose: str, told: Told) -> Survey:
    """Recode and score an export with what the user said, or give what was made of the same before."""
    pending, reference = state().pending[purpose], replace(cache.reference(), region=state().benchmark)
    if pending.survey is None or pending.told != told:
        rows = formats.number(len(pending.table.frame))
        pending.survey = progress.run(
            f"Stap 2: de antwoorden herkennen ({rows} rijen)",
            lambda: _survey(pending.table, told, reference),
            lambda: forget(purpose),
        )
        pending.told, pending.counted = told, {}
    return pending.survey


def _survey(raw: RawTable, told: Told, reference: pipeline.Reference) -> Survey:
    table = pipeline.without_hidden(raw) if told.without_hidden else raw
    survey = pipeline.open_survey(table, reference, told.codebook, by_hand=told.by_hand, year=told.year)
    return survey if told.bouw is None else pipeline.with_bouw(survey, told.bouw)


def measure(purpose: str, survey: Survey, *, weighted: bool = False) -> tuple[Measurement, ...]:
    """Count the schools, years and populations of an export that waits."""
    counted = state().pending[purpose].counted
    if weighted not in counted:
        counted[weighted] = progress.run(
            f"Stap 3: tellen ({formats.number(survey.report.rows)} rijen)",
            lambda: pipeline.measure(survey, weighted=weighted),
            lambda: forget(purpose),
        )
    return counted[weighted]


def keep_account(purpose: str, survey: Survey) -> None:
    """Keep what an import found when it is confirmed: its rows go, its report stays for this session."""
    state().accounts[purpose] = Account(survey.report, pipeline.response(survey))


def _size(data: bytes) -> str:
    """Say how large a file is.

    >>> _size(b"a" * 700_000), _size(b"a")
    ('0,7 MB', '0,1 MB')
    """
    return f"{max(len(data) / 1e6, 0.1):.1f} MB".replace(".", ",")


def read_figure_tables(purpose: str, data: bytes, file_name: str) -> tuple[str, tuple[StatedTable, ...]]:
    """Give the fingerprint of a file and its tables of figures; none where it has pupils."""
    name, waiting = cache.fingerprint(data), state().tables
    if purpose not in waiting or waiting[purpose][0] != name:
        reference = cache.reference()
        found = progress.run(
            f"Stap 1: het bestand openen ({_size(data)})",
            lambda: pipeline.read_figure_tables(data, file_name, reference),
            lambda: forget(purpose),
        )
        waiting[purpose] = name, found
    return waiting[purpose]


def forget(purpose: str) -> None:
    """Let go of an export: its rows, and (through a new upload field) its bytes."""
    chosen = state()
    chosen.pending.pop(purpose, None)
    chosen.tables.pop(purpose, None)
    chosen.rounds[purpose] = chosen.rounds.get(purpose, 0) + 1


def use_measurements(
    measurements: tuple[Measurement, ...],
    could: dict[Bouw, int | None],
    others: tuple[Measurement, ...] = (),
    file_name: str = "",
) -> None:
    """Show these populations of one school from now on, with how many pupils could have answered.

    Other years of the same school stay: those confirmed before, and ``others`` from the same file.
    """
    chosen = state()
    kept = (*chosen.history, *chosen.measurements, *others)
    chosen.measurements = tuple(replace(item, could_have_answered=could.get(item.bouw)) for item in measurements)
    school, year = measurements[0].school, measurements[0].year
    chosen.history = tuple(item for item in kept if item.school == school and item.year != year)
    chosen.shown, chosen.wishes, chosen.together, chosen.is_demo = Bouw.UPPER, Wishes(), False, False
    chosen.figures_only = chosen.parcel = None
    chosen.weighed |= weights_of((*measurements, *others))
    remember((*measurements, *others), file_name)


def use_figures_only(figures: FiguresOnly) -> None:
    """Show a table of figures without a number of pupils from now on."""
    chosen = state()
    chosen.measurements, chosen.history, chosen.figures_only, chosen.parcel = (), (), figures, None
    chosen.wishes, chosen.together, chosen.is_demo = Wishes(), False, False


def use_parcels(parcels: tuple[Parcel, ...]) -> None:
    """Show what the GGD packed for a school from now on, beside the comparison that the GGD chose."""
    chosen, parcel = state(), parcels[0]
    chosen.measurements, chosen.history, chosen.figures_only = (), (), None
    chosen.parcel, chosen.parcels = parcel, parcels
    chosen.wishes, chosen.main = pipeline.parcel_wishes(parcel), parcel.findings[0].main
    chosen.together, chosen.is_demo = False, False


def use_benchmark(benchmark: Benchmark, region: tuple[Measurement, ...] = (), file_name: str = "") -> None:
    """Compare with these figures from now on; ``region`` are the schools they were made of, where known."""
    chosen = state()
    chosen.benchmark, chosen.region, chosen.is_demo = benchmark, region, False
    remember(region, file_name)


def remember(measurements: tuple[Measurement, ...], file_name: str) -> None:
    """Keep the sizes and the file name of what was confirmed; a file that was never shown is forgotten."""
    chosen, fewest = state(), cache.reference().policy.limits.cases
    chosen.codings = codings_together(chosen.codings, codings_of(measurements, cache.reference().codebooks))
    for item in measurements:
        place, pupils = (item.school, item.year, item.bouw), item.total.pupils
        others = {size for size in chosen.seen.get(place, ()) if abs(size - pupils) >= fewest}
        chosen.seen[place] = {pupils, *others}
        chosen.sources[item.school, item.year] = file_name


def open_demo() -> None:
    """Put the fictitious school beside its fictitious region."""
    demo = cache.demo()
    use_benchmark(demo.benchmark, demo.region, cache.DEMO_REGION)
    use_measurements(demo.school, {Bouw.UPPER: DEMO_COULD_HAVE_ANSWERED}, file_name=cache.DEMO_SCHOOL)
    state().is_demo = True
