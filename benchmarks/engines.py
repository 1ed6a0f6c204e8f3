"""The same Parquet made into a benchmark on every engine, side by side: seconds, memory, and whether they agree.

Run it from the root of the project with ``python -m benchmarks.engines [PUPILS] [ENGINE ...]``, after
``pip install -r requirements-engines.txt``. Every engine gets a process of its own. Timed is all of
the work of ``python -m wellbeing benchmark``: opening, reading the codes, scoring, counting over the
whole menu with the schools behind each figure, and the correlations; starting the program and the
engine (the import of packages, Java for Spark) stands in a column of its own.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from dataclasses import astuple
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path

from benchmarks.pupils import INDICATORS, YEAR, reference, write_parquet
from wellbeing import pipeline
from wellbeing.intake.datasets import ENGINES, PACKAGES
from wellbeing.model.benchmark import Benchmark

if sys.platform != "win32":
    import resource

PUPILS = 100_000
ROUND = 6  # the order of adding differs between engines, and with it the last digits of weighted sums


def measure(engine: str, path: str) -> None:
    """Make the benchmark twice in this process; print what the second took, and what starting took besides."""
    known, seconds = reference(INDICATORS), []
    for _ in range(2):
        started = time.perf_counter()
        with pipeline.read_dataset(path, engine, known) as dataset:
            scored = pipeline.score_dataset(dataset, known, known.codebooks[0].id)
            made = pipeline.build_dataset_benchmark(scored, YEAR, "Regio")
        seconds.append(time.perf_counter() - started)
    print(json.dumps([seconds[1], max(seconds[0] - seconds[1], 0), peak(), fingerprint(made)]))


def peak() -> float:
    """Give the peak memory of this process so far, in MiB (0 on Windows; Java is a process beside it)."""
    if sys.platform == "win32":
        return 0.0
    return float(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10))


def fingerprint(made: Benchmark) -> str:
    """Give a short text that is the same for the same figures."""
    cells = [
        (
            place,
            cell.pupils,
            dict(cell.schools or {}),
            [astuple(count) for count in cell.figures.values()],
            [[round(value, ROUND) for value in astuple(sums)] for sums in cell.weighted.values()],
        )
        for place, cell in made.cells.items()
    ]
    return sha256(repr((made.schools, cells, made.correlations)).encode()).hexdigest()[:8]


def run(engine: str, path: Path) -> tuple[float, float, float, str]:
    """Measure an engine in a fresh process: seconds, seconds of starting, peak MiB, fingerprint."""
    command = [sys.executable, "-m", "benchmarks.engines", "measure", engine, str(path)]
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    seconds, start, memory, figures = json.loads(told.splitlines()[-1])
    return seconds, start, memory, figures


def main(pupils: int, engines: list[str]) -> None:
    """Make the pupils, let every engine count them, and print the table."""
    agreed = set()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "leerlingen.parquet"
        write_parquet(path, reference(INDICATORS).codebooks[0], pupils)
        print(f"{pupils} pupils x {INDICATORS} indicators, {path.stat().st_size / 2**20:.1f} MiB of Parquet")
        for engine in engines:
            if find_spec(PACKAGES[engine]) is None:
                print(f"{engine:8} not installed")
                continue
            seconds, start, memory, figures = run(engine, path)
            agreed.add(figures)
            print(f"{engine:8} {seconds:7.2f} s   start {start:6.2f} s   peak {memory:6.0f} MiB   figures {figures}")
    print("all figures are equal" if len(agreed) == 1 else "THE FIGURES DIFFER")


if __name__ == "__main__":
    if sys.argv[1:2] == ["measure"]:
        measure(sys.argv[2], sys.argv[3])
    else:
        main(int(sys.argv[1]) if sys.argv[1:] else PUPILS, sys.argv[2:] or list(ENGINES))
