"""Reading an export of 20,000 pupils and 150 columns, side by side with the floor and with pandas' own Excel reader.

Run it from the root of the project with ``python -m benchmarks.read_export``. The workbooks are made
with a fixed seed. Each reading gets a process of its own, so that none profits from what another
loaded, and the readers take turns, so that each has its share of a busy machine; the middle one of
five counts. Timed is the reading, from bytes to a table: for ours that includes the guard, starting
the limited process, finding the headings and dropping the columns that could name a pupil. The
floor is what no reader of .xlsx files can do without: unpacking, and going along the markup (expat,
without looking at anything). A second table shows how time grows with the size, up to the largest
export that is read, with the text file of the same pupils beside it.
"""

from __future__ import annotations

import csv
import io
import json
import os
import random
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.parsers import expat

import pandas as pd
import xlsxwriter

from wellbeing.intake.reading import read_export

if sys.platform != "win32":
    import resource

PUPILS, COLUMNS = 20_000, 150
SIZES = (1_000, 5_000, 10_000, 20_000, 39_900)  # the last: almost 6 million cells
RUNS = 5  # the middle one counts
ANSWERS: tuple[tuple[str | int, ...], ...] = (
    ("Ja", "Nee", "Weet ik niet"),
    ("Nooit", "Soms", "Vaak", "Heel vaak"),
    (1, 2, 3, 4, 5),
    (0, 1),
)
HEADINGS = ["School", "Schooljaar", "Leerjaar", *(f"Vraag {number}" for number in range(1, COLUMNS - 2))]
FLOOR, OURS, PANDAS = "floor: unzip and expat", "this program", "pandas with openpyxl"


@dataclass(frozen=True, slots=True)
class Reading:
    """What reading a file once took: time, size of the table, and memory in MiB.

    ``table`` is what the table takes, ``grown`` how much the app's own process grew, ``child`` what
    the reading process took.
    """

    seconds: float
    rows: int
    columns: int
    table: float
    grown: float
    child: float


def make_rows(pupils: int) -> Iterator[list[str | int]]:
    """Make the export: three columns about the pupil and 147 closed questions, as text and as numbers."""
    chance = random.Random(20261122)
    yield list(HEADINGS)
    for row in range(1, pupils + 1):
        answers = [chance.choice(ANSWERS[place % len(ANSWERS)]) for place in range(COLUMNS - 3)]
        yield [f"School {row % 24 + 1}", 2026, chance.choice((2, 4)), *answers]


def make_workbook(path: Path, pupils: int) -> None:
    """Write the export as a workbook."""
    with xlsxwriter.Workbook(path, {"in_memory": True}) as workbook:
        sheet = workbook.add_worksheet("Antwoorden")
        for place, row in enumerate(make_rows(pupils)):
            sheet.write_row(place, 0, row)


def make_text(path: Path, pupils: int) -> None:
    """Write the export as a text file."""
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=";").writerows(make_rows(pupils))


def go_along(data: bytes) -> pd.DataFrame:
    """Unpack a workbook and go along its markup, without looking at anything."""
    with zipfile.ZipFile(io.BytesIO(data)) as container:
        for member in container.infolist():
            with container.open(member) as stream:
                expat.ParserCreate().ParseFile(stream)
    return pd.DataFrame()


READERS: dict[str, Callable[[bytes], pd.DataFrame]] = {
    FLOOR: go_along,
    OURS: lambda data: read_export(data, "export", HEADINGS).frame,
    PANDAS: lambda data: pd.read_excel(io.BytesIO(data), engine="openpyxl"),
}


def measure(reader: str, path: Path) -> None:
    """Read a file once in this process, and print as JSON what that took."""
    data = path.read_bytes()
    before, _ = peaks()
    started = time.perf_counter()
    frame = READERS[reader](data)
    seconds = time.perf_counter() - started
    after, child = peaks()
    table = float(frame.memory_usage(deep=True).sum() / 2**20)
    print(json.dumps([seconds, *frame.shape, table, after - before, child]))


def peaks() -> tuple[float, float]:
    """Give the peak memory so far of this process and of its largest child, in MiB (0 on Windows)."""
    if sys.platform == "win32":
        return 0.0, 0.0
    unit = 2**20 if sys.platform == "darwin" else 2**10
    whose = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    own, child = (resource.getrusage(who).ru_maxrss / unit for who in whose)
    return own, child


def run(task: str, path: Path, *more: str) -> str:
    """Do one task in a fresh process and give what it printed."""
    command = [sys.executable, "-m", "benchmarks.read_export", task, str(path), *more]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def read(reader: str, path: Path) -> Reading:
    """Read a file once in a fresh process."""
    return Reading(*json.loads(run(reader, path)))


def middle(readings: list[Reading]) -> Reading:
    """Give the reading that took the middle time."""
    return sorted(readings, key=lambda reading: reading.seconds)[len(readings) // 2]


def compare(path: Path) -> None:
    """Let the readers take turns at one workbook, and print the table."""
    print(f"{PUPILS} x {COLUMNS} as .xlsx, {path.stat().st_size / 2**20:.1f} MiB; load {_load()}")
    rounds = [{reader: read(reader, path) for reader in READERS} for _ in range(RUNS)]
    took = {reader: middle([done[reader] for done in rounds]) for reader in READERS}
    for reader, reading in took.items():
        print(f"{reader:22} {reading.seconds:6.2f} s   {_memory(reading)}")
    floor, ours, pandas = (took[reader].seconds for reader in (FLOOR, OURS, PANDAS))
    print(f"{ours / floor:.1f} times the floor, {pandas / ours:.1f} times faster than pandas; load {_load()}")


def grow(folder: Path) -> None:
    """Print how long exports of several sizes take."""
    for pupils in SIZES:
        paths = {kind: folder / f"{pupils}.{kind}" for kind in ("xlsx", "csv")}
        for path in paths.values():
            run("make", path, str(pupils))
        runs = [{kind: read(OURS, path) for kind, path in paths.items()} for _ in range(RUNS)]
        for kind in paths:
            took = middle([done[kind] for done in runs])
            each = took.seconds / (pupils * COLUMNS / 1e6)
            print(f"{pupils:6} x {COLUMNS} .{kind:5}{took.seconds:6.2f} s   {each:5.2f} s a million   {_memory(took)}")


def _memory(reading: Reading) -> str:
    if not reading.rows:
        return ""
    grown = f"app grew {reading.grown:.0f} MiB ({reading.grown / reading.table:.1f} x the table)"
    return f"{reading.rows} x {reading.columns}   {grown}, reading process {reading.child:.0f} MiB"


def _load() -> str:
    return " ".join(f"{value:.1f}" for value in os.getloadavg()) if hasattr(os, "getloadavg") else "unknown"


def main() -> None:
    """Make the workbooks, let the readers read them, and print both tables."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = folder / "export.xlsx"
        run("make", path, str(PUPILS))  # in a process of its own: a child is said to have used what its parent used
        compare(path)
        grow(folder)


if __name__ == "__main__":
    if sys.argv[1:2] == ["make"]:
        target = Path(sys.argv[2])
        (make_workbook if target.suffix == ".xlsx" else make_text)(target, int(sys.argv[3]))
    elif sys.argv[1:]:
        measure(sys.argv[1], Path(sys.argv[2]))
    else:
        main()
