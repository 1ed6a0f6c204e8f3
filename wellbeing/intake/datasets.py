"""Tables of pupils too large for one upload: Parquet, on the engine of the user's choice.

Only for the command line. The rows stay on the engine; only columns that a codebook knows are read.
This is the one place that knows engines: what follows is written once, in narwhals.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Collection, Iterator
from contextlib import ExitStack, contextmanager
from importlib import import_module
from importlib.util import find_spec
from logging import CRITICAL, getLogger
from operator import methodcaller
from pathlib import Path
from typing import Any

import narwhals as nw

from wellbeing.intake.guard import Refused
from wellbeing.intake.headers import find_known, normalise_heading
from wellbeing.model.survey import Column, Dataset

PACKAGES = {"pandas": "pandas", "polars": "polars", "duckdb": "duckdb", "dask": "distributed", "spark": "pyspark"}
ENGINES = tuple(PACKAGES)
ON_CLUSTER = ("dask", "spark")
LOCAL_SPARK = {
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.sql.shuffle.partitions": "4",
}
QUIET_SPARK = {
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.sql.execution.arrow.pyspark.enabled": "true",
    "spark.log.level": "ERROR",
}

NOT_PARQUET = "Met --engine leest dit programma alleen Parquet: een bestand met de naam .parquet, of een map daarmee."
NOTHING_THERE = "In deze map staat geen Parquet-bestand. Controleer de naam van de map."
NO_CLUSTER = "Met --cluster kan alleen --engine dask of --engine spark."


def is_dataset(path: str) -> bool:
    """Tell whether this is Parquet: a file, a folder of files, or an address that an engine can read."""
    return "://" in path or Path(path).is_dir() or Path(path).suffix.casefold() == ".parquet"


@contextmanager
def open_dataset(path: str, engine: str, known_headings: Collection[str], *, cluster: str = "") -> Iterator[Dataset]:
    """Open Parquet on an engine; what was started for it is stopped at the end.

    ``known_headings`` are those of the codebooks (see ``matching.known_headings``): other columns
    are never read. ``cluster`` is the address of a running Dask scheduler or Spark master.

    Raises:
        Refused: with a Dutch sentence that says what to do.
    """
    _check(path, engine, cluster)
    known = {normalise_heading(heading) for heading in known_headings}
    with ExitStack() as started:
        with refusing(engine):
            frame = _OPENERS[engine](path, known, cluster, started)
            names = nw.from_native(frame).collect_schema().names()
        yield Dataset(engine, tuple(Column(name, "") for name in names), frame)


@contextmanager
def refusing(engine: str) -> Iterator[None]:
    """Turn whatever an engine raises into a refusal: its own words may hold cells of pupils.

    Raises:
        Refused: with the kind of error, and what to look at.
    """
    try:
        yield
    except Refused:
        raise
    except Exception as error:
        sentence = (
            f"Rekenen met {engine} is niet gelukt ({type(error).__name__}). "
            "Controleer of het Parquet-bestand heel is en of de rekenmotor of het cluster werkt."
        )
        raise Refused(sentence) from None


def keep(engine: str, frame: Any) -> Any:
    """Let an engine remember a table that is asked for more than once, where it would work it out each time."""
    return _KEEPERS[engine](frame) if engine in _KEEPERS else frame


def _check(path: str, engine: str, cluster: str) -> None:
    if not is_dataset(path):
        raise Refused(NOT_PARQUET)
    if "://" not in path and not Path(path).exists():
        sentence = f"Het bestand {Path(path).name} is niet te openen. Controleer de naam en de map."
        raise Refused(sentence)
    if Path(path).is_dir() and next(Path(path).rglob("*.parquet"), None) is None:
        raise Refused(NOTHING_THERE)
    if cluster and engine not in ON_CLUSTER:
        raise Refused(NO_CLUSTER)
    if find_spec(PACKAGES[engine]) is None:
        sentence = f"De rekenmotor {engine} is niet geïnstalleerd. Dat kan met: pip install -r requirements-engines.txt"
        raise Refused(sentence)


def _files(path: str) -> str:
    """Give a pattern for the files of a folder, also where they lie in folders of their own."""
    return str(Path(path, "**", "*.parquet")) if Path(path).is_dir() else path


def _known(names: Collection[str], known: Collection[str]) -> list[str]:
    """Give the columns that a codebook knows."""
    return [name for name in names if find_known(name, known)]


# --------------------------------------------------------------------------- the engines


def _silence(started: ExitStack) -> None:
    """Keep to ourselves what an engine has to say: it is for programmers, and may hold cells of pupils."""
    getLogger("distributed").setLevel(CRITICAL)
    started.enter_context(warnings.catch_warnings())
    warnings.simplefilter("ignore")


def _pandas(path: str, known: Collection[str], cluster: str, started: ExitStack) -> Any:
    del cluster, started
    parquet, pandas = import_module("pyarrow.dataset"), import_module("pandas")
    names = parquet.dataset(path, format="parquet", partitioning="hive").schema.names
    return pandas.read_parquet(path, columns=_known(names, known))


def _polars(path: str, known: Collection[str], cluster: str, started: ExitStack) -> Any:
    del cluster, started
    frame = import_module("polars").scan_parquet(_files(path))
    return frame.select(_known(frame.collect_schema().names(), known))


def _duckdb(path: str, known: Collection[str], cluster: str, started: ExitStack) -> Any:
    del cluster
    connection = started.enter_context(import_module("duckdb").connect())
    # Else every list of answers becomes a join of its own.
    connection.execute("SET disabled_optimizers = 'in_clause'")
    table = connection.read_parquet(_files(path))
    return table.select(*(_quoted(name) for name in _known(table.columns, known)))


def _as_table(frame: Any) -> Any:
    frame.create("kept")
    return frame.query("worked_out", "SELECT * FROM kept")


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _dask(path: str, known: Collection[str], cluster: str, started: ExitStack) -> Any:
    client = import_module("distributed").Client
    _silence(started)
    # One process: on one machine its threads share what they read.
    started.enter_context(client(cluster) if cluster else client(processes=False, dashboard_address=None))
    frame = import_module("dask.dataframe").read_parquet(path, split_row_groups=True)
    return frame[_known(frame.columns, known)]


def _spark(path: str, known: Collection[str], cluster: str, started: ExitStack) -> Any:
    session_of = import_module("pyspark.sql").SparkSession
    running = session_of.getActiveSession()
    _silence(started)
    session = running or _start_spark(session_of, cluster or "local[*]")
    if running is None:
        started.callback(session.stop)
    frame = session.read.parquet(path)
    return frame.select(*(f"`{name.replace('`', '``')}`" for name in _known(frame.columns, known)))


def _start_spark(session_of: Any, master: str) -> Any:
    builder = session_of.builder.appName("wellbeing").master(master)
    for setting, value in (QUIET_SPARK | LOCAL_SPARK if master.startswith("local") else QUIET_SPARK).items():
        builder = builder.config(setting, value)
    return builder.getOrCreate()


_OPENERS: dict[str, Callable[[str, Collection[str], str, ExitStack], Any]] = {
    "pandas": _pandas,
    "polars": _polars,
    "duckdb": _duckdb,
    "dask": _dask,
    "spark": _spark,
}
_KEEPERS: dict[str, Callable[[Any], Any]] = {
    "duckdb": _as_table,
    "dask": methodcaller("persist"),
    "spark": methodcaller("cache"),
}
