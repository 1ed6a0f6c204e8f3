"""How long counting, protecting and comparing take, beside the bare sums of numpy and beside what we aim at.

Run it from the root of the project with ``python -m benchmarks.counting [PUPILS ...]``, after
``pip install -r requirements-engines.txt``. Four tables, of invented pupils with fixed seeds:

- *A region*: 20,000 pupils in 40 schools, 60 subjects. From the scores of the whole file: every school
  and population over the whole fixed menu (total, level, leerjaar, gender), protected, and beside three
  comparators (region, own level, expected) of a year earlier. Beside it the same counts with nothing
  but ``numpy.bincount``, which must be equal; and the file as one school per population.
- *A school*: what one school costs, from the loaded survey to its comparisons, in CPU seconds.
- *Protection*: one school, of invented subjects and of the demo with its own questionnaire.
- *A nation*: Parquet of PUPILS (20,000 and 1,000,000) made into a benchmark on one machine, with weights
  and the schools behind each figure, on each engine that needs no cluster; its peak memory; and how the
  time grows, where 1.0 is as fast as the number of pupils.

Reading a file, recoding and scoring are in the last table only. Each number is the median of a few runs.
Other work on the machine makes seconds longer, so its load stands above the tables.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median
from typing import TypeVar

import numpy as np
import pandas as pd

from benchmarks import engines
from benchmarks.pupils import EARLIER, INDICATORS, YEAR, invent_answers, reference, write_parquet
from wellbeing import pipeline
from wellbeing.model.benchmark import Benchmark
from wellbeing.model.reference import Bouw, IndicatorId, Role
from wellbeing.model.results import Comparison, Dimension, Measurement, PublishedMeasurement
from wellbeing.model.survey import Answers, Scores
from wellbeing.pipeline import Reference, ScoredDataset
from wellbeing.stages.compare import Setting, compare
from wellbeing.stages.count import DIMENSIONS, count_measurements, count_whole
from wellbeing.stages.protect import protect
from wellbeing.stages.relate import relate
from wellbeing.stages.score import score_indicators

T = TypeVar("T")
Place = tuple[str, str, str, str]
"""A school, a population, a dimension of the menu and a group."""

REGION, NATION = 20_000, 1_000_000
SCHOOL, SCHOOL_INDICATORS, SCHOOL_LEVELS, SCHOOL_LEERJAREN = 500, 40, ("vmbo-gt", "havo", "vwo"), ("1", "2")
POPULATIONS = (Bouw.UPPER, Bouw.LOWER)
RUNS = 5
ON_ONE_MACHINE = ("polars", "pandas", "duckdb")
DEMO = pipeline.DATA / "demo" / "het-baken-2025-2026.xlsx"


@dataclass(frozen=True)
class Work:
    """What every measurement of one benchmark needs besides its counts."""

    known: Reference
    benchmark: Benchmark

    def protect(self, measurement: Measurement) -> PublishedMeasurement:
        """Hide what may not be shown of a measurement."""
        codebook = self.known.codebook(measurement.codebook)
        sensitivities = {IndicatorId(indicator.id): indicator.sensitivity for indicator in codebook.indicators}
        return protect(measurement, sensitivities, self.known.policy, related=relate(codebook))

    def compare(self, measurement: Measurement, published: PublishedMeasurement) -> tuple[Comparison, ...]:
        """Set what is shown of a measurement beside the region, its own level and the expected figure."""
        codebook = self.known.codebook(measurement.codebook)
        return compare(published, Setting(measurement, self.benchmark, codebook, self.known.policy))

    def all(self, measurements: Sequence[Measurement]) -> list[tuple[Comparison, ...]]:
        """Protect and compare."""
        return [self.compare(one, self.protect(one)) for one in measurements]


def invent_scores(known: Reference, pupils: int, year: str) -> Scores:
    """Give the scores of so many invented pupils."""
    return score_indicators(invent_answers(known.codebooks[0], pupils, year=year), known.policy.upper_from)


def region_before(known: Reference) -> Benchmark:
    """Give the comparison figures of a region of the year before."""
    scored = ScoredDataset("pandas", invent_scores(known, REGION, EARLIER), (EARLIER,), ())
    return pipeline.build_dataset_benchmark(scored, EARLIER, "Regio")


# --------------------------------------------------------------------------- measuring


def seconds(work: Callable[[], T], clock: Callable[[], float] = time.perf_counter) -> tuple[float, T]:
    """Give how long a piece of work takes (the median), and what it gave; a run that loads things goes before."""
    made, taken = work(), []
    for _ in range(RUNS):
        started = clock()
        made = work()
        taken.append(clock() - started)
    return median(taken), made


def show(what: str, taken: float, goal: float | None = None, remark: str = "") -> None:
    """Print one row of a table, with the goal where there is one."""
    beside = "" if goal is None else f"goal {goal:g} s, {taken / goal:5.2f} x the goal"
    print(f"  {what:58} {taken:9.4f} s   {beside:30} {remark}".rstrip())


def show_load() -> None:
    """Print how busy the machine is; above the number of processors everything waits."""
    if hasattr(os, "getloadavg"):
        print(f"load of the machine {os.getloadavg()[0]:.2f} on {os.cpu_count()} processors")


# --------------------------------------------------------------------------- a region


def bare_counts(scores: Scores) -> dict[Place, np.ndarray]:
    """Count every group of the menu with nothing but ``bincount``: per group cases and total (2 x subject)."""
    frame = scores.frame
    school, schools = pd.factorize(frame[Role.SCHOOL])
    bouw, bouwen = pd.factorize(frame["bouw"])
    place = np.where((school < 0) | (bouw < 0), -1, school * len(bouwen) + bouw)
    values = frame[list(scores.indicators)].to_numpy()
    keys = {dimension: pd.factorize(frame[role]) for dimension, role in DIMENSIONS.items()}
    keys[Dimension.TOTAL] = (np.zeros(len(frame), np.int64), np.array([Dimension.TOTAL.value]))
    found: dict[Place, np.ndarray] = {}
    for dimension, (codes, names) in keys.items():
        inside = (place >= 0) & (codes >= 0)
        group = (place * len(names) + codes)[inside]
        counts = _bincounts(group, values[inside], len(schools) * len(bouwen) * len(names))
        for at in np.unique(group):
            (where, name), (at_school, at_bouw) = divmod(at, len(names)), divmod(at // len(names), len(bouwen))
            assert where == at_school * len(bouwen) + at_bouw
            found[schools[at_school], bouwen[at_bouw], dimension.value, names[name]] = counts[at]
    return found


def _bincounts(group: np.ndarray, values: np.ndarray, groups: int) -> np.ndarray:
    """Give cases and total per group and subject (group x 2 x subject)."""
    counts = np.empty((groups, 2, values.shape[1]), np.int64)
    for at, score in enumerate(values.T):
        valid = ~np.isnan(score)
        counts[:, 0, at] = np.bincount(group[score == 1], minlength=groups)
        counts[:, 1, at] = np.bincount(group[valid], minlength=groups)
    return counts


def our_counts(measurements: Iterable[Measurement]) -> dict[Place, np.ndarray]:
    """Lay the counts of measurements down as the bare counts lie."""
    return {
        (one.school, one.bouw.value, counts.group.dimension.value, counts.group.key): np.array(
            [[count.cases for count in counts.figures.values()], [count.total for count in counts.figures.values()]]
        )
        for one in measurements
        for counts in one.groups
    }


def are_equal(ours: dict[Place, np.ndarray], bare: dict[Place, np.ndarray]) -> bool:
    """Tell whether both have the same groups with the same counts."""
    return ours.keys() == bare.keys() and all(np.array_equal(counts, bare[place]) for place, counts in ours.items())


def show_region(work: Work, scores: Scores) -> None:
    """Print what a whole region costs, step by step, beside the bare counts."""
    bare, found = seconds(lambda: bare_counts(scores))
    counting, schools = seconds(lambda: count_measurements(scores, POPULATIONS))
    protecting, published = seconds(lambda: [work.protect(one) for one in schools])
    pairs = list(zip(schools, published, strict=True))
    comparing, rows = seconds(lambda: [work.compare(*pair) for pair in pairs])
    print(f"A region: {REGION} pupils x {INDICATORS} subjects, {len(schools)} schools and populations")
    equal = "equal counts" if are_equal(our_counts(schools), found) else "THE COUNTS DIFFER"
    show("bare numpy.bincount of the same counts", bare, remark=f"{len(found)} groups")
    show("count", counting, remark=f"{counting / bare:.1f} x bincount, {equal}")
    show("protect every school", protecting, remark=f"{protecting / bare:.1f} x bincount")
    show("compare every school", comparing, remark=f"{sum(map(len, rows))} rows, {comparing / bare:.1f} x bincount")
    every = counting + protecting + comparing
    show("count, protect and compare every school", every, 1, f"{every / bare:.1f} x bincount")
    taken, rows = seconds(lambda: work.all([one for bouw in POPULATIONS for one in count_whole(scores, bouw)]))
    remark = f"{sum(map(len, rows))} rows, {taken / bare:.1f} x bincount"
    show("count, protect and compare the file as one school", taken, 1, remark)


# --------------------------------------------------------------------------- a school


def invent_school(known: Reference) -> tuple[Scores, Answers]:
    """Give 500 pupils of one school with three levels, two leerjaren and two genders: eight groups with the total."""
    answers = invent_answers(known.codebooks[0], SCHOOL * 6, schools=1)
    frame = answers.frame
    inside = frame[Role.LEVEL].isin(SCHOOL_LEVELS) & frame[Role.LEERJAAR].isin(SCHOOL_LEERJAREN)
    answers = replace(answers, frame=frame[inside].head(SCHOOL).reset_index(drop=True))
    return score_indicators(answers, known.policy.upper_from), answers


def show_school() -> None:
    """Print the CPU seconds of one school: from its own survey, and as one of the schools of a region."""
    known = reference(SCHOOL_INDICATORS)
    work = Work(known, region_before(known))
    scores, answers = invent_school(known)
    (one,) = count_measurements(scores, POPULATIONS)
    print(f"A school: {SCHOOL} pupils x {SCHOOL_INDICATORS} subjects x {len(one.groups)} groups, in CPU seconds")
    taken, _ = seconds(lambda: work.all(count_measurements(scores, POPULATIONS)), time.process_time)
    show("count, protect and compare, from its own survey", taken, 0.1)
    taken, _ = seconds(
        lambda: [
            pipeline.analyse(each, work.benchmark, known)
            for each in count_measurements(scores, POPULATIONS, answers=answers)
        ],
        time.process_time,
    )
    show("the same with distributions of answers, themes, findings", taken)
    region = invent_scores(known, REGION, YEAR)
    taken, schools = seconds(lambda: work.all(count_measurements(region, POPULATIONS)), time.process_time)
    places = REGION // SCHOOL
    remark = f"11 groups x {len(schools) // places} populations, all {places} schools divided by {places}"
    show("per school of a region", taken / places, 0.1, remark)


def show_protection(work: Work, scores: Scores) -> None:
    """Print what it takes to protect one school."""
    print("Protection of one school")
    (invented, *_) = count_measurements(scores, POPULATIONS)
    for name, one, used in [("invented", invented, work), ("demo", *_demo(work.benchmark))]:
        taken, _ = seconds(lambda one=one, used=used: used.protect(one))
        what = f"{name}: {one.total.pupils} pupils x {len(one.total.figures)} subjects x {len(one.groups)} groups"
        show(what, taken, 0.05)


def _demo(benchmark: Benchmark) -> tuple[Measurement, Work]:
    """Give the largest population of the demo's school, with its own questionnaire."""
    known = pipeline.load_reference()
    table = pipeline.read_table(DEMO.read_bytes(), DEMO.name, known)
    survey = pipeline.open_survey(table, known, pipeline.matching_codebooks(table, known)[0])
    return max(pipeline.measure(survey), key=lambda one: one.total.pupils), Work(known, benchmark)


# --------------------------------------------------------------------------- a nation


def show_nation(sizes: Sequence[int]) -> None:
    """Print what Parquet of these sizes costs on every engine, whether all agree, and how the time grows."""
    print(f"A nation: Parquet to a benchmark with weights, {INDICATORS} subjects; goal 10 s for {NATION} pupils")
    rows = list(_nation(sizes))
    for size in sizes:
        figures = {row[-1] for row in rows if row[1] == size}
        print(f"  {size} pupils: " + ("all figures are equal" if len(figures) == 1 else "THE FIGURES DIFFER"))
    for engine in ON_ONE_MACHINE:
        taken = {size: seconds for name, size, seconds, _ in rows if name == engine}
        (small, fast), (large, slow) = min(taken.items()), max(taken.items())
        print(f"  {engine:8} from {small} to {large} pupils: {slow / fast / (large / small):.2f} x linear")


def _nation(sizes: Sequence[int]) -> Iterator[tuple[str, int, float, str]]:
    """Give engine, size, seconds and fingerprint; every run has a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        for size in sizes:
            path = Path(folder) / f"{size}.parquet"
            write_parquet(path, reference(INDICATORS).codebooks[0], size)
            for engine in ON_ONE_MACHINE:
                runs = sorted(engines.run(engine, path) for _ in range(RUNS if size < NATION else 3))
                taken, _, memory, figures = runs[len(runs) // 2]
                goal = 10 if size == NATION else None
                show(f"{engine}, {size} pupils", taken, goal, f"peak {memory:.0f} MiB, figures {figures}")
                yield engine, size, taken, figures


def main(sizes: Sequence[int]) -> None:
    """Print all tables."""
    show_load()
    known = reference(INDICATORS)
    work, scores = Work(known, region_before(known)), invent_scores(known, REGION, YEAR)
    show_region(work, scores)
    show_school()
    show_protection(work, scores)
    show_nation(sizes)
    show_load()


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or (REGION, NATION))
