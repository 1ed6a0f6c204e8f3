"""What goes to the meeting, timed: each format of one demo school, and all schools of the demo region.

Run it from the root of the project with ``python -m benchmarks.reports``. Times are CPU seconds of one
process; of one school the first file of a format (with its imports and templates) stands apart from the
middle one of ten, each with another name on it, so that nothing of an earlier file can be used again. Then
64 schools are analysed and written anew: with the wall time, the CPU time and the load of the machine, and
with the memory in use after every eighth, which tells whether it grows.
"""

from __future__ import annotations

import datetime as dt
import itertools
import statistics
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

import psutil

from wellbeing import pipeline
from wellbeing.batch import Folder, Order, State, make_reports
from wellbeing.model.benchmark import Benchmark
from wellbeing.model.report import Format
from wellbeing.model.results import Measurement, Wishes
from wellbeing.pipeline import Reference

DEMO = Path(__file__).parents[1] / "data" / "demo"
DAY = dt.date(2026, 3, 9)
RUNS = 10
SCHOOLS, EVERY = 64, 8


def counted(name: str, reference: Reference) -> tuple[tuple[Measurement, ...], Benchmark]:
    """Count a demo file, and add it up to comparison figures."""
    table = pipeline.read_table((DEMO / name).read_bytes(), name, reference)
    survey = pipeline.open_survey(table, reference, pipeline.matching_codebooks(table, reference)[0])
    year = next(iter(survey.report.years))
    return pipeline.measure(survey), pipeline.build_benchmark(survey, year, "Zandkust")


def one_school(measurement: Measurement, region: Benchmark, reference: Reference) -> None:
    """Time each step and each format of one school."""
    started = time.process_time()
    analysis = pipeline.analyse(measurement, region, reference)
    packages = pipeline.advise(analysis, Wishes(), reference, DAY)
    print(f"analysis and advice: {time.process_time() - started:.2f} s")
    started = time.process_time()
    report = pipeline.compose_report(analysis, packages, reference, DAY)
    print(f"composing: {time.process_time() - started:.3f} s")
    for kind in Format:
        times = []
        for number in range(RUNS + 1):
            another = replace(report, school=f"School {number}", identity=f"School {number}, {report.identity}")
            started = time.process_time()
            size = len(pipeline.write_report(another, kind))
            times.append(time.process_time() - started)
        print(f"{kind.value}: first {times[0]:.3f} s, then {statistics.median(times[1:]):.3f} s, {size / 1000:.0f} kB")


def every_school(measurements: tuple[Measurement, ...], region: Benchmark, reference: Reference) -> None:
    """Time the reports of many schools: those of the region, as often as needed, each time under other names."""
    many = [
        replace(item, school=f"{item.school} {number // len(measurements) + 1}")
        for number, item in zip(range(SCHOOLS), itertools.cycle(measurements), strict=False)
    ]
    memory, used = psutil.Process(), []
    with tempfile.TemporaryDirectory() as folder:
        order = Order(Folder(Path(folder)), (Format.PDF, Format.SLIDES, Format.WORKBOOK), DAY)
        started, wall = time.process_time(), time.perf_counter()
        for number, outcome in enumerate(make_reports(many, region, reference, order), start=1):
            assert outcome.state is State.MADE, outcome
            if number % EVERY == 0:
                used.append(f"{number}: {memory.memory_info().rss / 2**20:.0f}")
        seconds, wall = time.process_time() - started, time.perf_counter() - wall
    load = ", ".join(f"{part:.1f}" for part in psutil.getloadavg())
    print(
        f"{SCHOOLS} schools in three formats: {wall:.1f} s wall, {seconds:.1f} s CPU ({seconds / SCHOOLS:.2f} s each)"
    )
    print(f"load of this machine with {psutil.cpu_count()} cores over 1, 5 and 15 minutes: {load}")
    print(f"memory after so many schools, in MiB: {'; '.join(used)}")


def main() -> int:
    """Print the times."""
    reference = pipeline.load_reference()
    (school, *_), _ = counted("het-baken-2025-2026.xlsx", reference)
    schools, region = counted("regio-2025-2026.xlsx", reference)
    one_school(school, region, reference)
    every_school(schools, region, reference)
    return 0


if __name__ == "__main__":
    sys.exit(main())
