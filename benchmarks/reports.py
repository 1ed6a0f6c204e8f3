"""What goes to the meeting, timed: each format of one demo school, and all schools of the demo region.

Run it from the root of the project with ``python -m benchmarks.reports``. Times are CPU seconds of one
process; of one school the first file of a format (with its imports and templates) stands apart from the
middle one of ten. Of the region every school is analysed and written anew, and the peak memory after the
first ten and after all tells whether it grows.
"""

from __future__ import annotations

import datetime as dt
import statistics
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.read_export import peaks
from wellbeing import pipeline
from wellbeing.batch import Folder, Order, make_reports
from wellbeing.model.benchmark import Benchmark
from wellbeing.model.report import Format
from wellbeing.model.results import Measurement, Wishes
from wellbeing.pipeline import Reference

DEMO = Path(__file__).parents[1] / "data" / "demo"
DAY = dt.date(2026, 3, 9)
RUNS = 10


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
        for _ in range(RUNS + 1):
            started = time.process_time()
            size = len(pipeline.write_report(report, kind))
            times.append(time.process_time() - started)
        print(f"{kind.value}: first {times[0]:.3f} s, then {statistics.median(times[1:]):.3f} s, {size / 1000:.0f} kB")


def every_school(measurements: tuple[Measurement, ...], region: Benchmark, reference: Reference) -> None:
    """Time the reports of a whole region."""
    with tempfile.TemporaryDirectory() as folder:
        order = Order(Folder(Path(folder)), (Format.PDF, Format.SLIDES, Format.WORKBOOK), DAY)
        started, early = time.process_time(), 0.0
        for number, _ in enumerate(make_reports(measurements, region, reference, order), start=1):
            if number == RUNS:
                early, _ = peaks()
        late, _ = peaks()
    seconds = time.process_time() - started
    print(
        f"{len(measurements)} measurements in three formats: {seconds:.1f} s ({seconds / len(measurements):.2f} s each)"
    )
    print(f"peak memory after {RUNS}: {early:.0f} MiB, after all: {late:.0f} MiB")


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
