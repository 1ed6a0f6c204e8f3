"""A second look at the same pupils, or nearly: two pages beside each other would tell what some of them answered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from wellbeing.intake.matching import normalise_heading
from wellbeing.model.reference import Bouw, Codebook, IndicatorId
from wellbeing.model.results import Measurement
from wellbeing.reference.codebooks import rule_questions

Place = tuple[str, str, Bouw]
Sizes = dict[Place, set[int]]
Codings = dict[Place, dict[str, frozenset[str]]]
"""Per school, year and population how each column is counted, and what came of it among how many pupils."""


def nearly_the_same(
    measurements: Iterable[Measurement], seen: Mapping[Place, set[int]], fewest: int
) -> tuple[Measurement, ...]:
    """Give the measurements that differ by so few pupils from an earlier file that it must be stopped.

    Of one school, year and population, a difference of 1 up to ``fewest`` - 1 pupils lets a reader
    of both pages take one from the other. Equal numbers are the same file again.
    """
    return tuple(
        item
        for item in measurements
        if any(0 < abs(item.total.pupils - size) < fewest for size in seen.get(_place(item), ()))
    )


def part_beside_whole(measurements: Iterable[Measurement], seen: Mapping[Place, set[int]]) -> tuple[Measurement, ...]:
    """Give the measurements of all pupils beside which a part was used before, or the other way round.

    The pupils of the other part follow from the two.
    """
    found = []
    for item in measurements:
        others = {bouw for school, year, bouw in seen if (school, year) == (item.school, item.year)} - {item.bouw}
        if others and Bouw.ALL in {item.bouw, *others}:
            found.append(item)
    return tuple(found)


def weighed_otherwise(measurements: Iterable[Measurement], *earlier: Mapping[Place, bool]) -> tuple[Measurement, ...]:
    """Give the measurements that were used weighted before and are not now, or the other way round.

    Whoever knows the weights has two sums of the same answers: small groups often follow from them.
    """
    return tuple(
        item
        for item in measurements
        if any(looks.get(_place(item), is_weighted(item)) is not is_weighted(item) for looks in earlier)
    )


def counted_otherwise(
    measurements: Iterable[Measurement], codings: Codings, earlier: Codings
) -> tuple[Measurement, ...]:
    """Give the measurements of which a column was counted in another way before, or for other subjects.

    Subjects of one questionnaire are protected together, those of two looks are not: who vapes every
    week, taken from who ever vaped, is a number of pupils.
    """
    found = []
    for item in measurements:
        now, before = codings.get(_place(item), {}), earlier.get(_place(item), {})
        if any(now[column] != before[column] for column in now.keys() & before.keys()):
            found.append(item)
    return tuple(found)


def codings_of(measurements: Iterable[Measurement], codebooks: Iterable[Codebook]) -> Codings:
    """Give how the answers behind these measurements are counted, as far as their questionnaires are still there."""
    known = {codebook.id: codebook for codebook in codebooks}
    found = Codings()
    for item in measurements:
        if item.codebook in known:
            found.setdefault(_place(item), {}).update(_coding(item, known[item.codebook]))
    return found


def _coding(item: Measurement, codebook: Codebook) -> dict[str, frozenset[str]]:
    columns = {question.id: [normalise_heading(name) for name in question.headings] for question in codebook.questions}
    rules: dict[str, set[str]] = {}
    for subject in codebook.indicators:
        count = item.total.figures.get(IndicatorId(subject.id))
        for rule in subject.rules if count is not None and count.total else ():
            for column in (column for name in rule_questions(rule) for column in columns[name]):
                rules.setdefault(column, set()).add(repr(rule))
    # Columns that were linked by hand have other names: as many pupils in another questionnaire are the same pupils.
    same = f"{item.total.pupils} leerlingen"
    rules[same] = {codebook.instrument}
    # Other counts of as many pupils: cells were read otherwise, or a scale was turned round.
    for ident, count in item.total.figures.items():
        if count.total:
            rules[f"{same}, {ident}"] = {f"{count.cases} van {count.total}"}
    return {column: frozenset(named) for column, named in rules.items()}


def codings_together(one: Codings, other: Codings) -> Codings:
    """Give the codings of both; of a column in both the last."""
    return {place: one.get(place, {}) | other.get(place, {}) for place in (*one, *other)}


def sizes_of(measurements: Iterable[Measurement]) -> Sizes:
    """Give per school, year and population how many pupils these measurements have."""
    found = Sizes()
    for item in measurements:
        found.setdefault(_place(item), set()).add(item.total.pupils)
    return found


def weights_of(measurements: Iterable[Measurement]) -> dict[Place, bool]:
    """Give per school, year and population whether the figures are weighted."""
    return {_place(item): is_weighted(item) for item in measurements}


def is_weighted(item: Measurement) -> bool:
    """Whether the figures of a measurement are weighted."""
    return bool(item.total.weighted)


def taken_together(one: Mapping[Place, set[int]], other: Mapping[Place, set[int]]) -> Sizes:
    """Give the sizes of both: those of this visit, and those that were kept before."""
    return {place: one.get(place, set()) | other.get(place, set()) for place in (*one, *other)}


def _place(item: Measurement) -> Place:
    return item.school, item.year, item.bouw
