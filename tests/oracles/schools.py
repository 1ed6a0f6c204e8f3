"""Invented schools, pupil by pupil, and their counts added up in plain loops."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tests.builders import TOTAL, Place, measurement
from wellbeing.model.results import Dimension, Measurement

DIMENSIONS = (Dimension.LEVEL, Dimension.LEERJAAR, Dimension.GENDER)
FIRST_YEAR = {"vmbo-bk": 3, "vmbo-gt": 3, "havo": 4, "vwo": 4}
LAST_YEAR = {"vmbo-bk": 4, "vmbo-gt": 4, "havo": 5, "vwo": 6}


@dataclass(frozen=True)
class Pupil:
    """A pupil: level, leerjaar and gender ("" where unknown) and per subject 1, 0 or nothing."""

    groups: tuple[str, str, str]
    answers: Mapping[str, int | None]


def invent_school(random_: random.Random, size: int, subjects: int = 6, *, real_years: bool = False) -> list[Pupil]:
    """Give pupils whose answers depend on their groups; some groups are tiny, some answers rare.

    With ``real_years`` a level has only its own years of the bovenbouw, as in a real school.
    """
    levels = random_.sample(sorted(FIRST_YEAR), random_.randint(1, 4))
    weights = [random_.choice([1, 3, 10]) for _ in levels]
    chances = {f"o{at}": random_.choice([0.02, 0.05, 0.1, 0.3, 0.5, 0.8, 0.95]) for at in range(subjects)}
    shift = {name: random_.choice([0.5, 1.0, 1.5]) for name in (*levels, "jongen", "meisje", "anders", "")}
    unknown, missing = random_.choice([0.0, 0.01, 0.05]), random_.choice([0.0, 0.05, 0.15])
    pupils = []
    for _ in range(size):
        level = random_.choices(levels, weights)[0]
        years = range(FIRST_YEAR[level], LAST_YEAR[level] + 1) if real_years else range(3, 6)
        leerjaar, gender = str(random_.choice(years)), random_.choices(("jongen", "meisje", "anders"), (48, 48, 4))[0]
        answers = {
            name: None
            if random_.random() < missing
            else int(random_.random() < min(0.99, chance * shift[level] * shift[gender]))
            for name, chance in chances.items()
        }
        groups = tuple("" if random_.random() < unknown else key for key in (level, leerjaar, gender))
        pupils.append(Pupil(groups, answers))  # type: ignore[arg-type]
    return pupils


def add_up(pupils: Sequence[Pupil]) -> Measurement:
    """Count pupils over the menu, one by one."""
    subjects = list(pupils[0].answers)
    places: dict[Place, dict[str, tuple[int, int]]] = {TOTAL: {}}
    for at, dimension in enumerate(DIMENSIONS):
        for key in sorted({pupil.groups[at] for pupil in pupils} - {""}):
            places[(dimension, key)] = {}
    for (dimension, key), figures in places.items():
        for subject in subjects:
            cases = total = 0
            for pupil in pupils:
                if dimension is not Dimension.TOTAL and pupil.groups[DIMENSIONS.index(dimension)] != key:
                    continue
                answer = pupil.answers[subject]
                if answer is not None:
                    total += 1
                    cases += answer
            figures[subject] = (cases, total)
    kinds = {"|".join(pupil.groups) for pupil in pupils}
    strata = {
        kind: {
            subject: sum("|".join(pupil.groups) == kind and pupil.answers[subject] is not None for pupil in pupils)
            for subject in subjects
        }
        for kind in sorted(kinds)
    }
    return measurement(places, strata=strata)
