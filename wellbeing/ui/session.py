"""What this visitor chose, in one typed object. Results are not kept here: they come from the cache.

Rows of pupils are here only between choosing a file and confirming it. What stays are counts.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import streamlit as st

from wellbeing import pipeline
from wellbeing.model.benchmark import Benchmark
from wellbeing.model.reference import Bouw
from wellbeing.model.results import Analysis, ComparatorKind, Measurement, Wishes
from wellbeing.model.survey import RawTable, Survey
from wellbeing.ui import cache, navigation

KEY = "welbevinden"
DEMO_COULD_HAVE_ANSWERED = 380


@dataclass(slots=True)
class Pending:
    """An export that waits for "klopt dit?": the only place where rows of pupils are kept, and only so long.

    ``by_hand`` links headings to questions, as the user said.
    """

    name: str
    table: RawTable
    fitting: tuple[str, ...]
    codebook: str = ""
    by_hand: dict[str, str] = field(default_factory=dict)
    year: str = ""
    survey: Survey | None = None


@dataclass(slots=True)
class State:
    """Everything this visitor chose.

    ``measurements`` are the populations of one school and year; ``shown`` is the one on screen.
    ``rounds`` counts confirmed files per purpose, so that the upload field is empty again after each.
    """

    measurements: tuple[Measurement, ...] = ()
    shown: Bouw = Bouw.UPPER
    benchmark: Benchmark | None = None
    main: ComparatorKind = ComparatorKind.OWN_LEVEL
    wishes: Wishes = field(default_factory=Wishes)
    pending: dict[str, Pending] = field(default_factory=dict)
    rounds: dict[str, int] = field(default_factory=dict)
    is_demo: bool = False

    @property
    def measurement(self) -> Measurement | None:
        """The population on screen: the chosen one, or else the first there is."""
        chosen = (item for item in self.measurements if item.bouw is self.shown)
        return next(chosen, self.measurements[0] if self.measurements else None)


def state() -> State:
    """Give what this visitor chose so far."""
    if KEY not in st.session_state:
        st.session_state[KEY] = State()
    kept: State = st.session_state[KEY]
    return kept


def require_analysis() -> Analysis:
    """Give the analysis of the chosen school, or say kindly how to get one and stop the page."""
    chosen = state()
    if chosen.measurement is None:
        st.title("Nog geen school gekozen", anchor=False)
        st.write("Voeg eerst het bestand van een school toe, of bekijk de demo. Dan staan hier de cijfers.")
        with st.container(horizontal=True):
            st.page_link(navigation.ADD_DATA.file, label="Gegevens toevoegen", icon=":material/upload_file:")
            st.page_link(navigation.START.file, label="Naar de demo", icon=":material/play_circle:")
        st.stop()
    return cache.analysis(chosen.measurement, chosen.benchmark, chosen.main)


# --------------------------------------------------------------------------- files on their way in


def read_export(purpose: str, data: bytes, file_name: str, sheet: str = "") -> Pending:
    """Read an export, or give it when it was read before; it waits for its user to confirm it.

    ``sheet`` is the worksheet the user named, where a workbook has several.

    Raises:
        Refused: with a Dutch sentence saying what to do.
    """
    name, waiting = cache.fingerprint(data, sheet), state().pending
    if purpose not in waiting or waiting[purpose].name != name:
        waiting.pop(purpose, None)
        reference = cache.reference()
        table = pipeline.read_table(data, file_name, reference, pick=sheet)
        waiting[purpose] = Pending(name, table, pipeline.matching_codebooks(table, reference))
    return waiting[purpose]


def open_survey(pending: Pending, codebook: str, by_hand: dict[str, str], year: str) -> Survey:
    """Recode and score an export with the user's choices, or give what was made with the same choices."""
    same = (pending.codebook, pending.by_hand, pending.year) == (codebook, by_hand, year)
    if pending.survey is None or not same:
        pending.codebook, pending.by_hand, pending.year = codebook, by_hand, year
        pending.survey = pipeline.open_survey(pending.table, cache.reference(), codebook, by_hand=by_hand, year=year)
    return pending.survey


def forget(purpose: str) -> None:
    """Let go of an export: its rows, and (through a new upload field) its bytes."""
    chosen = state()
    chosen.pending.pop(purpose, None)
    chosen.rounds[purpose] = chosen.rounds.get(purpose, 0) + 1


def use_measurements(measurements: tuple[Measurement, ...], could: dict[Bouw, int | None]) -> None:
    """Show these populations of one school from now on, with how many pupils could have answered."""
    chosen = state()
    chosen.measurements = tuple(replace(item, could_have_answered=could.get(item.bouw)) for item in measurements)
    chosen.shown, chosen.wishes, chosen.is_demo = Bouw.UPPER, Wishes(), False


def use_benchmark(benchmark: Benchmark) -> None:
    """Compare with these figures from now on."""
    chosen = state()
    chosen.benchmark, chosen.is_demo = benchmark, False


def open_demo() -> None:
    """Put the fictitious school beside its fictitious region."""
    measurements, benchmark = cache.demo()
    use_benchmark(benchmark)
    use_measurements(measurements, {Bouw.UPPER: DEMO_COULD_HAVE_ANSWERED})
    state().is_demo = True
