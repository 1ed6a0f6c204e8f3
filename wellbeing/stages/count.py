"""Adding up. The last place where pupils exist; after it there are only counts.

The table of pupils is grouped once, over everything the fixed menu needs, in the subset of narwhals
that gives the same answer on every engine: columns are made first, and only summed and counted per
group. The sums of all larger groups are made from that.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, NamedTuple, TypeVar

import narwhals as nw
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from wellbeing.model.benchmark import BenchmarkCell, Breakdown, CellId
from wellbeing.model.reference import Bouw, IndicatorId, Question, Role
from wellbeing.model.results import AnswerCounts, Count, Dimension, Group, GroupCounts, Measurement, Weighted
from wellbeing.model.survey import Answers, Scores

T = TypeVar("T")

AT_ONCE = 100_000
WHOLE_FILE = "Totaal"
DIMENSIONS = {Dimension.LEVEL: Role.LEVEL, Dimension.LEERJAAR: Role.LEERJAAR, Dimension.GENDER: Role.GENDER}
LEVEL_ORDER = ("praktijkonderwijs", "vmbo", "vmbo-bk", "vmbo-gt", "havo", "havo-vwo", "vwo", "gemengd", "vso")
ANSWERED = ("total",)
PLAIN = ("cases", "total")
WITH_WEIGHTS = ("weights", "case_weights", "squares", "case_squares")


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
    """The finest groups: their keys, their pupils, and the sums (atom x indicator x kind of sum)."""

    indicators: tuple[IndicatorId, ...]
    keys: Sequence[Key]
    pupils: NDArray[np.int64]
    sums: NDArray[np.float64]


def count_measurements(
    scores: Scores, bouwen: Iterable[Bouw], *, answers: Answers | None = None, weighted: bool = False
) -> tuple[Measurement, ...]:
    """Count every school and year of an export, over the whole fixed menu, per population.

    Pupils without a school or year are in no school's figures, except where the export has no
    column for it: then the whole file is one school, ``Totaal``. Populations without pupils are
    left out. With ``answers`` each measurement has the distribution of answers; ``weighted`` adds
    the weighted sums, in which a pupil without a weight counts for nothing.
    """
    atoms = _atoms(scores, Key._fields, _kinds(scores, weighted=weighted))
    given = _Given(scores, answers) if answers else None
    asked = tuple(bouwen)
    places = _partition(_known(atoms, "school", "jaar"), attrgetter("jaar", "school"), atoms)
    return tuple(
        _measurement(scores, atoms, inside, (year, school, bouw), given)
        for (year, school), members in sorted(places.items())
        for bouw in asked
        if (inside := [at for at in members if _is_inside(atoms.keys[at], bouw)])
    )


def count_whole(scores: Scores, bouw: Bouw, *, weighted: bool = False) -> tuple[Measurement, ...]:
    """Count the whole file of each year as one, for groups over all schools together."""
    atoms = _atoms(scores, Key._fields, _kinds(scores, weighted=weighted))
    years = _partition(_known(atoms, "jaar"), attrgetter("jaar"), atoms)
    return tuple(
        _measurement(
            scores, atoms, [at for at in members if _is_inside(atoms.keys[at], bouw)], (year, WHOLE_FILE, bouw), None
        )
        for year, members in sorted(years.items())
    )


def count_region(scores: Scores[Any], year: str) -> tuple[Mapping[CellId, BenchmarkCell], tuple[str, ...]]:
    """Count the whole region of one year: the sums a benchmark holds, and the schools inside it.

    The scores may be a table on any engine; only sums and names of schools come from there.
    """
    atoms = _atoms(scores, Key._fields[1:], _kinds(scores, weighted=True))
    every = _atoms(scores, Key._fields, ANSWERED)
    asked = _schools_asked(every, year)
    members: dict[CellId, list[int]] = {}
    for at, key in enumerate(atoms.keys):
        if key.jaar == year:
            for cell in _cells_of(key):
                members.setdefault(cell, []).append(at)
    has_schools, nobody = any(key.school for key in every.keys), np.zeros(len(atoms.indicators), int)
    cells = {
        cell: _region_cell(scores, atoms, cell, inside, asked.get(cell, nobody) if has_schools else None)
        for cell, inside in sorted(members.items(), key=_in_order)
    }
    return cells, tuple(sorted({key.school for key in every.keys if key.jaar == year and key.school}))


# --------------------------------------------------------------------------- one pass over the pupils


def _kinds(scores: Scores[Any], *, weighted: bool) -> tuple[str, ...]:
    """Give the kinds of sums to make: the weighted ones where they are asked for and there are weights."""
    weights = weighted and Role.WEIGHT in nw.from_native(scores.frame).collect_schema().names()
    return PLAIN + WITH_WEIGHTS if weights else PLAIN


def _atoms(scores: Scores[Any], names: Sequence[str], kinds: Sequence[str]) -> _Atoms:
    """Group the pupils over these keys, and give the sums of these kinds per group as arrays."""
    size = len(scores.indicators)
    columns = [nw.col(name).cast(nw.Float64).alias(f"{place}") for place, name in enumerate(scores.indicators)]
    plain = nw.col(*(f"{place}" for place in range(size)))
    sums = [plain.count().name.prefix("total_")]
    if "cases" in kinds:
        sums.append(plain.sum().name.prefix("cases_"))
    if set(WITH_WEIGHTS) <= set(kinds):
        columns += [made for place, name in enumerate(scores.indicators) for made in _weighted(nw.col(name), place)]
        sums.append(nw.col(*(f"{kind}_{place}" for place in range(size) for kind in WITH_WEIGHTS)).sum())
    grouped = _grouped(scores, names, columns, sums)
    keys = _keys(grouped, names)
    wide = grouped[[f"{kind}_{place}" for place in range(size) for kind in kinds]].to_numpy(float)
    indicators = tuple(map(IndicatorId, scores.indicators))
    return _Atoms(indicators, keys, grouped["pupils"].to_numpy(int), wide.reshape(len(keys), size, len(kinds)))


def _grouped(scores: Scores[Any], names: Sequence[str], columns: list[nw.Expr], sums: list[nw.Expr]) -> Any:
    """Group on the engine. Sums and counts only in ``agg``, of columns made before: every engine can do that."""
    keys = [nw.col(name).cast(nw.String).fill_null("") for name in names]
    found = []
    for part in _parts(scores.frame):
        pupils = nw.from_native(_together(nw.from_native(part).select(*keys, *columns).to_native())).lazy()
        found.append(pupils.group_by(*names).agg(nw.len().alias("pupils"), *sums).collect("pandas").to_native())
    return found[0].sort_values(list(names)) if len(found) == 1 else _added(found, names)


def _added(found: Sequence[pd.DataFrame], names: Sequence[str]) -> pd.DataFrame:
    """Add the groups of all pieces together, in the order of their keys."""
    return pd.concat(found).groupby(list(names), as_index=False).sum()


def _parts(frame: Any) -> Iterator[Any]:
    """Give a long table of pandas in pieces: what is made of them for the sums then stays small."""
    if not isinstance(frame, pd.DataFrame):
        yield frame
        return
    for start in range(0, max(len(frame), 1), AT_ONCE):
        yield frame.iloc[start : start + AT_ONCE]


def _together(frame: Any) -> Any:
    """Lay the columns of a table of pandas side by side in memory: it then adds them all up in one go."""
    return frame.copy() if isinstance(frame, pd.DataFrame) else frame


def _keys(grouped: Any, names: Sequence[str]) -> list[Key]:
    """Give the keys of the groups; keys that were not asked for are empty."""
    columns = [grouped[name].tolist() if name in names else [""] * len(grouped) for name in Key._fields]
    return [Key(*values) for values in zip(*columns, strict=True)]


def _weighted(score: nw.Expr, place: int) -> list[nw.Expr]:
    """Give what is summed with weights; without an answer nothing, which no sum counts."""
    weight, answered = nw.col(Role.WEIGHT.value).fill_null(0.0), nw.when(~score.is_null())
    squared, has_it = weight * weight, score.cast(nw.Float64)
    values = (answered.then(weight), has_it * weight, answered.then(squared), has_it * squared)
    return [value.alias(f"{kind}_{place}") for kind, value in zip(WITH_WEIGHTS, values, strict=True)]


# --------------------------------------------------------------------------- a school


def _measurement(
    scores: Scores, atoms: _Atoms, members: list[int], place: tuple[str, str, Bouw], given: _Given | None
) -> Measurement:
    year, school, bouw = place
    groups = [_group_counts(atoms, Group(Dimension.TOTAL, Dimension.TOTAL.value, WHOLE_FILE), members)]
    for dimension, role in DIMENSIONS.items():
        labels, parts = scores.labels.get(role, {}), _partition(members, attrgetter(role.value), atoms)
        groups += [
            _group_counts(atoms, Group(dimension, name, labels.get(name, name)), parts[name])
            for name in sorted(parts, key=_menu_order)
            if name
        ]
    strata = _partition(members, _KEY_OF[Breakdown.CROSSED], atoms)
    return Measurement(
        school=school or WHOLE_FILE,
        year=year,
        bouw=bouw,
        codebook=scores.codebook.id,
        groups=tuple(groups),
        strata={key: _totals(atoms, inside) for key, inside in strata.items()},
        answers=given.counts(year, school, bouw) if given else (),
    )


def _group_counts(atoms: _Atoms, group: Group, members: list[int]) -> GroupCounts:
    sums = atoms.sums[members].sum(axis=0)
    return GroupCounts(group, int(atoms.pupils[members].sum()), _counts(atoms, sums), _weighted_counts(atoms, sums))


def _counts(atoms: _Atoms, sums: NDArray[np.float64]) -> dict[IndicatorId, Count]:
    pairs = np.rint(sums[:, : len(PLAIN)]).astype(int).tolist()
    return {ident: Count(cases, total) for ident, (cases, total) in zip(atoms.indicators, pairs, strict=True)}


def _weighted_counts(atoms: _Atoms, sums: NDArray[np.float64]) -> dict[IndicatorId, Weighted]:
    if sums.shape[1] == len(PLAIN):
        return {}
    rows = sums[:, len(PLAIN) :].tolist()
    return {ident: Weighted(*row) for ident, row in zip(atoms.indicators, rows, strict=True)}


def _totals(atoms: _Atoms, members: list[int]) -> dict[IndicatorId, int]:
    totals = np.rint(atoms.sums[members, :, PLAIN.index("total")].sum(axis=0)).astype(int)
    return dict(zip(atoms.indicators, totals.tolist(), strict=True))


class _Given:
    """How often each answer was given (place x answer of any question), per place and population of an export."""

    def __init__(self, scores: Scores, answers: Answers) -> None:
        keys = scores.frame[[Role.YEAR.value, Role.SCHOOL.value, "bouw"]].fillna("").astype(str)
        grouped = keys.groupby(list(keys.columns))
        place_of, self.places = grouped.ngroup().to_numpy(np.int64), grouped.size().index.tolist()
        self.questions = [question for question in answers.codebook.questions if question.id in answers.frame]
        tables = [self._table(question, answers, place_of) for question in self.questions]
        self.given = np.concatenate([np.empty((len(self.places), 0), np.int64), *tables], axis=1)

    def _table(self, question: Question, answers: Answers, place_of: NDArray[Any]) -> NDArray[np.int64]:
        """Give the pupils per place and answer."""
        codes = answers.frame[question.id].to_numpy("float64", na_value=np.nan)
        return np.stack(
            [np.bincount(place_of[codes == answer.code], minlength=len(self.places)) for answer in question.answers], 1
        )

    def counts(self, year: str, school: str, bouw: Bouw) -> tuple[AnswerCounts, ...]:
        """Give the distribution of one population of one school."""
        inside = [
            at
            for at, place in enumerate(self.places)
            if place[:2] == (year, school) and bouw.value in {Bouw.ALL.value, place[2]}
        ]
        times = iter(self.given[inside].sum(axis=0).tolist())
        return tuple(
            AnswerCounts(
                question.id,
                question.text,
                tuple((answer.code, answer.label, next(times)) for answer in question.answers),
            )
            for question in self.questions
        )


# --------------------------------------------------------------------------- a region


_KEY_OF: dict[Breakdown, Callable[[Key], str]] = {
    Breakdown.TOTAL: lambda key: Breakdown.TOTAL.value,
    Breakdown.LEVEL: lambda key: key.niveau,
    Breakdown.LEERJAAR: lambda key: key.leerjaar,
    Breakdown.GENDER: lambda key: key.geslacht,
    Breakdown.CROSSED: lambda key: "|".join((key.niveau, key.leerjaar, key.geslacht)),
}


def _cells_of(key: Key) -> Iterator[CellId]:
    """Give every cell of a benchmark in which these pupils count."""
    for bouw in Bouw:
        if _is_inside(key, bouw):
            for breakdown, key_of in _KEY_OF.items():
                yield CellId(bouw, breakdown, key_of(key))


def _schools_asked(every: _Atoms, year: str) -> dict[CellId, NDArray[np.int64]]:
    """Give per cell and subject the number of schools of which any pupil answered."""
    schools = np.array([key.school for key in every.keys])
    of_year = [at for at, key in enumerate(every.keys) if key.jaar == year and key.school]
    alike = _partition(of_year, lambda key: key[1:], every)
    members: dict[CellId, list[NDArray[np.int64]]] = {}
    for inside in alike.values():
        for cell in _cells_of(every.keys[inside[0]]):
            members.setdefault(cell, []).append(np.array(inside))
    answered = every.sums[:, :, ANSWERED.index("total")] > 0
    return {
        cell: _number_of_schools(schools, answered, np.sort(np.concatenate(inside))) for cell, inside in members.items()
    }


def _number_of_schools(
    schools: NDArray[np.str_], answered: NDArray[np.bool_], members: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Count per subject the schools with an answer. The atoms of one school lie together, in their order."""
    own = schools[members]
    starts = np.flatnonzero(np.concatenate([[True], own[1:] != own[:-1]]))
    numbers: NDArray[np.int64] = np.logical_or.reduceat(answered[members], starts, axis=0).sum(axis=0)
    return numbers


def _region_cell(
    scores: Scores[Any],
    atoms: _Atoms,
    place: CellId,
    members: list[int],
    asked: NDArray[np.int64] | None,
) -> BenchmarkCell:
    sums = atoms.sums[members].sum(axis=0)
    figures = {ident: count for ident, count in _counts(atoms, sums).items() if count.total}
    weighted = {ident: sums for ident, sums in _weighted_counts(atoms, sums).items() if ident in figures}
    schools = None
    if asked is not None:
        schools = {
            ident: int(number) for ident, number in zip(atoms.indicators, asked, strict=True) if ident in figures
        }
    roles = {Breakdown.LEVEL: Role.LEVEL, Breakdown.LEERJAAR: Role.LEERJAAR, Breakdown.GENDER: Role.GENDER}
    labels = scores.labels.get(roles[place.breakdown], {}) if place.breakdown in roles else {}
    return BenchmarkCell(
        label=labels.get(place.key, place.key),
        pupils=int(atoms.pupils[members].sum()),
        schools=schools,
        figures=figures,
        weighted=weighted,
    )


def _in_order(entry: tuple[CellId, list[int]]) -> tuple[int, int, tuple[int, str]]:
    place, _ = entry
    return list(Bouw).index(place.bouw), list(Breakdown).index(place.breakdown), _menu_order(place.key)


# --------------------------------------------------------------------------- keys


def _partition(members: Iterable[int], value_of: Callable[[Key], T], atoms: _Atoms) -> dict[T, list[int]]:
    parts: dict[T, list[int]] = {}
    for at in members:
        parts.setdefault(value_of(atoms.keys[at]), []).append(at)
    return parts


def _is_inside(key: Key, bouw: Bouw) -> bool:
    return bouw is Bouw.ALL or key.bouw == bouw.value


def _known(atoms: _Atoms, *names: str) -> list[int]:
    """Give the atoms that have these values, as far as the export has them at all."""
    needed = [name for name in names if any(getattr(key, name) for key in atoms.keys)]
    return [at for at, key in enumerate(atoms.keys) if all(getattr(key, name) for name in needed)]


def _menu_order(name: str) -> tuple[int, str]:
    return (LEVEL_ORDER.index(name) if name in LEVEL_ORDER else len(LEVEL_ORDER), name)
