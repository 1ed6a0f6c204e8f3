"""Reading an export of 20,000 pupils and 150 columns, side by side with pandas' own Excel reader.

Run it from the root of the project with ``python -m benchmarks.read_export``. The workbook is made
with a fixed seed. Each reader gets a process of its own, so that neither profits from what the other
loaded. Timed is the reading, from bytes to a table; for ours that includes the guard, starting the
limited process, finding the headings and dropping the columns that could name a pupil.
"""

from __future__ import annotations

import io
import json
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import xlsxwriter

from wellbeing.intake.reading import read_export

if sys.platform != "win32":
    import resource

PUPILS, COLUMNS = 20_000, 150
RUNS = 3  # the middle one counts
ANSWERS: tuple[tuple[str | int, ...], ...] = (
    ("Ja", "Nee", "Weet ik niet"),
    ("Nooit", "Soms", "Vaak", "Heel vaak"),
    (1, 2, 3, 4, 5),
    (0, 1),
)
HEADINGS = ["School", "Schooljaar", "Leerjaar", *(f"Vraag {number}" for number in range(1, COLUMNS - 2))]


def make_workbook() -> bytes:
    """Make the export: three columns about the pupil and 147 closed questions, as text and as numbers."""
    chance = random.Random(20261122)
    memory = io.BytesIO()
    with xlsxwriter.Workbook(memory, {"in_memory": True}) as workbook:
        sheet = workbook.add_worksheet("Antwoorden")
        sheet.write_row(0, 0, HEADINGS)
        for row in range(1, PUPILS + 1):
            answers = [chance.choice(ANSWERS[place % len(ANSWERS)]) for place in range(COLUMNS - 3)]
            sheet.write_row(row, 0, [f"School {row % 24 + 1}", 2026, chance.choice((2, 4)), *answers])
    return memory.getvalue()


READERS: dict[str, Callable[[bytes], pd.DataFrame]] = {
    "this program": lambda data: read_export(data, "export.xlsx", HEADINGS).frame,
    "pandas with openpyxl": lambda data: pd.read_excel(io.BytesIO(data), engine="openpyxl"),
}


def measure(reader: str, path: Path) -> None:
    """Read the workbook once in this process, and print as JSON what that took."""
    data = path.read_bytes()
    before, _ = peaks()
    started = time.perf_counter()
    rows, columns = READERS[reader](data).shape
    seconds = time.perf_counter() - started
    after, child = peaks()
    print(json.dumps([seconds, rows, columns, before, after, child]))


def peaks() -> tuple[float, float]:
    """Give the peak memory so far of this process and of its largest child, in MiB (0 on Windows)."""
    if sys.platform == "win32":
        return 0.0, 0.0
    unit = 2**20 if sys.platform == "darwin" else 2**10
    whose = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    own, child = (resource.getrusage(who).ru_maxrss / unit for who in whose)
    return own, child


def run(task: str, path: Path) -> str:
    """Do one task in a fresh process and give what it printed."""
    command = [sys.executable, "-m", "benchmarks.read_export", task, str(path)]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def main() -> None:
    """Make the workbook, let both readers read it, and print the table."""
    taken = []
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "export.xlsx"
        run("make", path)  # in a process of its own: a child is said to have used what its parent used
        print(f"{PUPILS} x {COLUMNS}, {path.stat().st_size / 2**20:.1f} MiB")
        for reader in READERS:
            runs = sorted(json.loads(run(reader, path)) for _ in range(RUNS))
            seconds, rows, columns, before, after, child = runs[RUNS // 2]
            taken.append(seconds)
            print(
                f"{reader:22} {seconds:6.2f} s   {rows} x {columns}   "
                f"app process {before:.0f} -> {after:.0f} MiB, reading process {child:.0f} MiB"
            )
    print(f"{taken[1] / taken[0]:.1f} times faster")


if __name__ == "__main__":
    if sys.argv[1:2] == ["make"]:
        Path(sys.argv[2]).write_bytes(make_workbook())
    elif sys.argv[1:]:
        measure(sys.argv[1], Path(sys.argv[2]))
    else:
        main()
