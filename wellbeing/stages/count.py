"""Adding up. The last place where pupils exist; after it there are only counts.

The table of pupils is grouped once, over everything the fixed menu needs, in the subset of narwhals
that gives the same answer on every engine; the sums of all larger groups are made from that.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, NamedTuple

import narwhals as nw
import numpy as np
from numpy.typing import NDArray

from wellbeing.model.benchmark import BenchmarkCell, Breakdown, CellId
from wellbeing.model.reference import Bouw, IndicatorId, Role
from wellbeing.model.results import Count, Dimension, Group, GroupCounts, Measurement, Weighted
from wellbeing.model.survey import Scores

WHOLE_FILE = "Totaal"
DIMENSIONS = {Dimension.LEVEL: Role.LEVEL, Dimension.LEERJAAR: Role.LEERJAAR, Dimension.GENDER: Role.GENDER}
LEVEL_ORDER = ("praktijkonderwijs", "vmbo", "vmbo-bk", "vmbo-gt", "havo", "havo-vwo", "vwo", "gemengd", "vso")
SUMS = ("cases", "total", "weights", "case_weights", "squares", "case_squares")


class Key(NamedTuple):
    """What pupils of one atom have in common; "" where it is not known."""

    school: str
    jaar: str
    bouw: str
    niveau: str
    leerjaar: str
    geslacht: str


@dataclass(frozen=True, slots=True)
class _Atoms:
    """The finest groups: a key, the pupils, and per indicator the sums (indicator x sum)."""

    indicators: tuple[str, ...]
    pupils: Mapping[Key, int]
    sums: Mapping[Key, NDArray[np.float64]]


def count_measurements(scores: Scores, bouwen: Iterable[Bouw]) -> tuple[Measurement, ...]:
    """Count every school and year of an export, over the whole fixed menu, per population.

    Pupils without a school or year are in no school's figures, except where the export has no
    column for it: then the whole file is one school, ``Totaal``. Populations without pupils are
    left out.
    """
    atoms = _atoms(scores)
    places = sorted({(key.jaar, key.school) for key in atoms.pupils if _known(atoms, key, "school", "jaar")})
    return tuple(
        _measurement(scores, atoms, [key for key in atoms.pupils if (key.jaar, key.school) == place], bouw)
        for place in places
        for bouw in bouwen
        if any((key.jaar, key.school) == place and _inside(key, bouw) for key in atoms.pupils)
    )


def count_whole(scores: Scores, bouw: Bouw) -> tuple[Measurement, ...]:
    """Count the whole file of each year as one, for groups over all schools together."""
    atoms = _atoms(scores)
    years = sorted({key.jaar for key in atoms.pupils if _known(atoms, key, "jaar")})
    return tuple(
        _measurement(scores, atoms, [key for key in atoms.pupils if key.jaar == year], bouw, WHOLE_FILE)
        for year in years
    )


def count_region(scores: Scores, year: str) -> tuple[Mapping[CellId, BenchmarkCell], tuple[str, ...]]:
    """Count the whole region of one year: the sums a benchmark holds, and the schools inside it."""
    atoms = _atoms(scores)
    keys = [key for key in atoms.pupils if key.jaar == year]
    cells: dict[CellId, BenchmarkCell] = {}
    for bouw in Bouw:
        inside = [key for key in keys if _inside(key, bouw)]
        for breakdown, key_of in _BREAKDOWNS.items():
            for name, members in _partition(inside, key_of).items():
                cells[CellId(bouw, breakdown, name)] = _region_cell(scores, atoms, breakdown, name, members)
    return cells, tuple(sorted({key.school for key in keys if key.school}))


_BREAKDOWNS: dict[Breakdown, Callable[[Key], str]] = {
    Breakdown.TOTAL: lambda key: Breakdown.TOTAL.value,
    Breakdown.LEVEL: lambda key: key.niveau,
    Breakdown.LEERJAAR: lambda key: key.leerjaar,
    Breakdown.GENDER: lambda key: key.geslacht,
    Breakdown.CROSSED: lambda key: "|".join((key.niveau, key.leerjaar, key.geslacht)),
}


def _atoms(scores: Scores) -> _Atoms:
    """Group the pupils once. Sums only inside the aggregation: that runs the same on every engine."""
    frame, names = nw.from_native(scores.frame), scores.indicators
    has_weight = Role.WEIGHT in frame.columns
    keys = [nw.col(name).cast(nw.String).fill_null("") for name in Key._fields]
    made, sums = [], [nw.len().alias("pupils")]
    for place, name in enumerate(names):
        column = nw.col(name)
        sums += [column.sum().alias(f"cases_{place}"), column.count().alias(f"total_{place}")]
        if has_weight:
            weight = nw.col(Role.WEIGHT.value).fill_null(0.0)
            valid = nw.when(column.is_null()).then(nw.lit(0.0)).otherwise(weight)
            has_it = column.fill_null(0.0)
            made += [
                valid.alias(f"weights_{place}"),
                (has_it * weight).alias(f"case_weights_{place}"),
                (valid * weight).alias(f"squares_{place}"),
                (has_it * weight * weight).alias(f"case_squares_{place}"),
            ]
            sums += [nw.col(f"{kind}_{place}").sum() for kind in SUMS[2:]]
    grouped = frame.lazy().with_columns(*keys, *made).group_by(*Key._fields).agg(*sums).collect("pandas")
    rows = grouped.to_native().to_dict("records")
    return _Atoms(names, *_as_arrays(rows, len(names), SUMS if has_weight else SUMS[:2]))


def _as_arrays(
    rows: list[dict[str, Any]], size: int, kinds: tuple[str, ...]
) -> tuple[dict[Key, int], dict[Key, NDArray[np.float64]]]:
    pupils, sums = {}, {}
    for row in rows:
        key = Key(*(row[name] for name in Key._fields))
        pupils[key] = int(row["pupils"])
        sums[key] = np.array([[row[f"{kind}_{place}"] for kind in kinds] for place in range(size)], float)
    return pupils, sums


def _measurement(scores: Scores, atoms: _Atoms, keys: list[Key], bouw: Bouw, school: str | None = None) -> Measurement:
    inside = [key for key in keys if _inside(key, bouw)]
    groups = [_group_counts(atoms, Group(Dimension.TOTAL, Dimension.TOTAL.value, WHOLE_FILE), inside)]
    for dimension, role in DIMENSIONS.items():
        parts = _partition(inside, attrgetter(role.value))
        labels = scores.labels.get(role, {})
        groups += [
            _group_counts(atoms, Group(dimension, name, labels.get(name, name)), parts[name])
            for name in sorted(parts, key=_menu_order)
            if name
        ]
    first = keys[0]
    name = school if school is not None else first.school or WHOLE_FILE
    strata = {
        key: {ident: count.total for ident, count in _group_counts(atoms, groups[0].group, members).figures.items()}
        for key, members in _partition(inside, _BREAKDOWNS[Breakdown.CROSSED]).items()
    }
    return Measurement(name, first.jaar, bouw, scores.codebook.id, tuple(groups), strata=strata)


def _group_counts(atoms: _Atoms, group: Group, keys: list[Key]) -> GroupCounts:
    sums = _add_up(atoms, keys)
    figures = {
        IndicatorId(name): Count(round(sums[at, 0]), round(sums[at, 1])) for at, name in enumerate(atoms.indicators)
    }
    return GroupCounts(group, sum(atoms.pupils[key] for key in keys), figures)


def _region_cell(scores: Scores, atoms: _Atoms, breakdown: Breakdown, name: str, keys: list[Key]) -> BenchmarkCell:
    sums = _add_up(atoms, keys)
    figures = {
        IndicatorId(ident): Count(round(sums[at, 0]), round(sums[at, 1])) for at, ident in enumerate(atoms.indicators)
    }
    weighted = {}
    if sums.shape[1] == len(SUMS):
        weighted = {IndicatorId(ident): Weighted(*sums[at, 2:].tolist()) for at, ident in enumerate(atoms.indicators)}
    schools = len({key.school for key in keys if key.school}) if _has(atoms, "school") else None
    label = _label(scores, breakdown, name)
    return BenchmarkCell(label, sum(atoms.pupils[key] for key in keys), schools, figures, weighted)


def _label(scores: Scores, breakdown: Breakdown, name: str) -> str:
    roles = {Breakdown.LEVEL: Role.LEVEL, Breakdown.LEERJAAR: Role.LEERJAAR, Breakdown.GENDER: Role.GENDER}
    if breakdown in roles:
        return scores.labels.get(roles[breakdown], {}).get(name, name)
    return name


def _add_up(atoms: _Atoms, keys: list[Key]) -> NDArray[np.float64]:
    if not keys:
        return np.zeros((len(atoms.indicators), 2))
    total: NDArray[np.float64] = np.sum([atoms.sums[key] for key in keys], axis=0)
    return total


def _partition(keys: list[Key], key_of: Callable[[Key], str]) -> dict[str, list[Key]]:
    parts: dict[str, list[Key]] = {}
    for key in keys:
        parts.setdefault(key_of(key), []).append(key)
    return parts


def _inside(key: Key, bouw: Bouw) -> bool:
    return bouw is Bouw.ALL or key.bouw == bouw.value


def _known(atoms: _Atoms, key: Key, *names: str) -> bool:
    """Tell whether a pupil has these values, as far as the export has them at all."""
    return all(getattr(key, name) or not _has(atoms, name) for name in names)


def _has(atoms: _Atoms, name: str) -> bool:
    return any(getattr(key, name) for key in atoms.pupils)


def _menu_order(name: str) -> tuple[int, str]:
    return (LEVEL_ORDER.index(name) if name in LEVEL_ORDER else len(LEVEL_ORDER), name)
