"""What protection costs: one school, sixty subjects, the whole menu, families included.

Run it from the root of the project with ``python -m benchmarks.protection``. The processor time is that
of the best of five runs; the target is 50 milliseconds.
"""

from __future__ import annotations

import random
import time
from collections.abc import Sequence

from tests.oracles.schools import Pupil, add_up, invent_school
from wellbeing import pipeline
from wellbeing.estimation.families import Combination
from wellbeing.model.reference import Codebook, CountRule, Sensitivity
from wellbeing.model.results import Measurement, Proportion
from wellbeing.stages.protect import protect
from wellbeing.stages.relate import relate

SUBJECTS, RUNS = 60, 5
SIZES, SEEDS = (60, 120, 250, 600), (3, 4, 5)


def invent(size: int, seed: int, book: Codebook) -> Measurement:
    """Invent a school that answers a questionnaire; subjects that add up others do add them up."""
    names = [subject.id for subject in book.indicators]
    names += [f"extra{at}" for at in range(SUBJECTS - len(names))]
    sums = {subject.id: _parts(subject.id, book) for subject in book.indicators}
    pupils = []
    for pupil in invent_school(random.Random(seed), size, SUBJECTS, real_years=True):
        given = dict(zip(names, pupil.answers.values(), strict=True))
        added = {name: _either([given[part] for part in parts]) for name, parts in sums.items() if parts}
        pupils.append(Pupil(pupil.groups, given | added))
    return add_up(pupils)


def _parts(name: str, book: Codebook) -> list[str]:
    """Give the subjects that a subject adds up: those that with it make a combination of two."""
    if not any(isinstance(rule, CountRule) and rule.at_least == 1 for rule in book.indicator(name).rules):
        return []
    pairs = [dict(each.parts) for each in relate(book) if len(each.parts) == 2]
    return [part for pair in pairs if pair.get(name) == 1 for part in pair if part != name and pair[part] == -1]


def _either(answers: Sequence[int | None]) -> int | None:
    if 1 in answers:
        return 1
    return None if None in answers else 0


def cost(measurement: Measurement, related: Sequence[Combination]) -> tuple[float, int]:
    """Give the milliseconds of the fastest run, and the number of figures shown."""
    policy = pipeline.load_reference().policy
    sensitivities = dict.fromkeys(measurement.total.figures, Sensitivity.NORMAL)
    best = float("inf")
    for _ in range(RUNS):
        started = time.process_time()
        published = protect(measurement, sensitivities, policy, related=related)
        best = min(best, time.process_time() - started)
    shown = sum(isinstance(figure, Proportion) for group in published.groups for figure in group.figures.values())
    return 1000 * best, shown


def main() -> None:
    """Print per size of school what protection costs, one by one and with families."""
    book = pipeline.load_reference().codebook("gmj-2023")
    print(f"{'pupils':>8} {'groups':>8} {'one by one':>16} {'with families':>16}   milliseconds (figures shown)")
    for size in SIZES:
        for seed in SEEDS:
            made = invent(size, seed, book)
            alone, together = cost(made, ()), cost(made, relate(book))
            columns = " ".join(f"{f'{spent:.1f} ({shown})':>16}" for spent, shown in (alone, together))
            print(f"{size:>8} {len(made.groups):>8} {columns}")


if __name__ == "__main__":
    main()
