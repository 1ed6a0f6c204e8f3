"""Protection: the rule at its edges, and an attacker who sees what is rendered."""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Callable, Iterator, Sequence
from itertools import product

import pytest
from statsmodels.stats.proportion import proportion_confint

from tests.builders import TOTAL, benchmark, cell, codebook, havo, indicator, measurement, place, policy, question
from tests.oracles.attacker import Atom, Figure, Page, atoms, count_range, extremes, findings, is_known_too_well
from tests.oracles.schools import DIMENSIONS, FIRST_YEAR, LAST_YEAR, Pupil, add_up, invent_school
from wellbeing.estimation import protection
from wellbeing.estimation.families import Combination
from wellbeing.estimation.protection import Bounds, Cell, Rules, Sheet, protect_cells
from wellbeing.export.tables import FIGURE_COLUMNS, csv_bytes, figure_row
from wellbeing.model.benchmark import Benchmark, BenchmarkCell, Breakdown, CellId
from wellbeing.model.reference import Bouw, IndicatorId, Limits, Sensitivity
from wellbeing.model.results import Count, Dimension, Interval, Measurement, Proportion, Reason, Suppressed
from wellbeing.stages import protect as protect_stage
from wellbeing.stages.compare import Setting, compare
from wellbeing.stages.pool import pool
from wellbeing.stages.protect import (
    ImpossibleCountsError,
    may_be_shown,
    protect,
    protect_benchmark,
    small_groups_last,
    unprotect,
    without_small_groups,
)

NORMAL, STRICTER, REGION_ONLY = Sensitivity.NORMAL, Sensitivity.STRICTER, Sensitivity.REGION_ONLY
SIZES = (12, 35, 60, 90, 120, 200, 350, 600)
SUBJECT = IndicatorId("a")


def figure_of(cases: int, total: int, sensitivity: Sensitivity = NORMAL) -> Proportion | Suppressed:
    made = measurement({TOTAL: {"a": (cases, total)}})
    return protect(made, {SUBJECT: sensitivity}, policy()).total.figures[SUBJECT]


# --------------------------------------------------------------------------- counts that cannot be


@pytest.mark.parametrize("groups", [[(30, 60), (20, 40)], [(30, 60), (20, 39)], [(20, 60)], []])
def test_groups_that_fit_in_their_school_are_protected(groups: list[tuple[int, int]]) -> None:
    made = measurement({TOTAL: {"a": (50, 100)}, **{havo(str(at)): {"a": one} for at, one in enumerate(groups)}})
    assert protect(made, {SUBJECT: NORMAL}, policy()).respondents == 100


@pytest.mark.parametrize(
    "groups",
    [
        [(60, 120), (10, 20)],  # one group has more pupils than the school
        [(25, 60), (20, 40), (1, 2)],  # all groups have
        [(31, 60), (20, 40)],  # more pupils who have it
        [(5, 50), (10, 50)],  # more pupils who have it not
    ],
)
def test_groups_that_do_not_fit_are_refused_instead_of_narrowed_for_ever(groups: list[tuple[int, int]]) -> None:
    made = measurement({TOTAL: {"a": (50, 100)}, **{havo(str(at)): {"a": one} for at, one in enumerate(groups)}})
    with pytest.raises(ImpossibleCountsError):
        protect(made, {SUBJECT: NORMAL}, policy())


def test_a_region_whose_groups_do_not_fit_is_refused_too() -> None:
    cells = {
        place(Breakdown.TOTAL): cell({"a": (50, 100)}),
        place(Breakdown.LEVEL, "havo"): cell({"a": (60, 120)}),
    }
    with pytest.raises(ImpossibleCountsError):
        protect_benchmark(benchmark(cells), {SUBJECT: NORMAL}, policy())


# --------------------------------------------------------------------------- the rule at its edges


@pytest.mark.parametrize(
    ("cases", "total", "reason"),
    [
        (10, 29, Reason.TOO_FEW_PUPILS),
        (10, 30, None),
        (4, 30, Reason.NOT_SHOWN),
        (5, 30, None),
        (25, 30, None),
        (26, 30, Reason.NOT_SHOWN),
        (0, 200, Reason.NOT_SHOWN),
        (200, 200, Reason.NOT_SHOWN),
        (0, 0, Reason.TOO_FEW_PUPILS),
    ],
)
def test_a_figure_needs_pupils_with_and_pupils_without(cases: int, total: int, reason: Reason | None) -> None:
    found = figure_of(cases, total)
    assert isinstance(found, Proportion) if reason is None else found == Suppressed(reason)


@pytest.mark.parametrize(
    ("cases", "total", "reason"),
    [
        (20, 49, Reason.TOO_FEW_PUPILS),
        (20, 50, None),
        (9, 50, Reason.NOT_SHOWN),
        (10, 50, None),
        (40, 50, None),
        (41, 50, Reason.NOT_SHOWN),
    ],
)
def test_a_sensitive_subject_needs_more(cases: int, total: int, reason: Reason | None) -> None:
    found = figure_of(cases, total, STRICTER)
    assert isinstance(found, Proportion) if reason is None else found == Suppressed(reason)


def test_a_subject_for_the_region_only_is_never_shown() -> None:
    assert figure_of(300, 600, REGION_ONLY) == Suppressed(Reason.SENSITIVE)


def test_a_shown_figure_has_its_count_and_the_interval_of_its_whole_percentage() -> None:
    """81 of 263 is printed as 31%; the interval is that of 31%, so that it tells nothing more."""
    found = figure_of(81, 263)
    assert isinstance(found, Proportion)
    assert found.count == Count(81, 263)
    expected = proportion_confint(0.31 * 263, 263, method="wilson")
    assert (found.interval.lower, found.interval.upper) == pytest.approx(expected)
    assert isinstance(found.interval, Interval)


@pytest.mark.parametrize(("pupils", "told"), [(30, 30), (29, Suppressed(Reason.TOO_FEW_PUPILS))])
def test_the_number_of_respondents_is_a_figure_too(pupils: int, told: object) -> None:
    assert protect(measurement({TOTAL: {"a": (5, pupils)}}), {SUBJECT: NORMAL}, policy()).respondents == told


def test_a_hidden_group_takes_its_neighbour_with_it() -> None:
    made = measurement({TOTAL: {"a": (30, 100)}, havo("vmbo"): {"a": (28, 80)}, havo(): {"a": (2, 20)}})
    groups = protect(made, {SUBJECT: NORMAL}, policy()).groups
    assert isinstance(groups[0].figures[SUBJECT], Proportion)
    assert groups[1].figures[SUBJECT] == Suppressed(Reason.NOT_SHOWN)
    assert groups[2].figures[SUBJECT] == Suppressed(Reason.TOO_FEW_PUPILS)


def test_a_page_keeps_its_names_and_levels() -> None:
    made = measurement({TOTAL: {"a": (30, 100)}, havo(): {"a": (30, 100)}}, could_have_answered=140)
    found = protect(made, {SUBJECT: NORMAL}, policy())
    assert (found.school, found.year, found.bouw, found.codebook) == (made.school, made.year, made.bouw, made.codebook)
    assert found.could_have_answered == 140
    assert [group.key for group in found.levels] == ["havo"]
    assert found.total is found.groups[0]


def test_the_epidemiologist_sees_everything_but_a_figure_of_nobody() -> None:
    made = measurement({TOTAL: {"a": (0, 3)}, havo(): {"a": (0, 0)}}, could_have_answered=4)
    found = unprotect(made)
    assert found.respondents == 3
    assert found.total.figures[SUBJECT].count == Count(0, 3)  # type: ignore[union-attr]
    assert found.groups[1].figures[SUBJECT] == Suppressed(Reason.TOO_FEW_PUPILS)
    assert [group.key for group in found.levels] == ["havo"]


def test_the_simple_rule_by_itself() -> None:
    assert may_be_shown(Count(5, 30), Limits(30, 5))
    assert not any(may_be_shown(count, Limits(30, 5)) for count in (Count(5, 29), Count(4, 30), Count(26, 30)))


# --------------------------------------------------------------------------- a handful of pupils


def test_that_there_are_a_few_pupils_of_a_group_is_told_nowhere() -> None:
    """Four pupils who are neither boy nor girl count in the whole, and have no row; five have one."""
    gender = {(Dimension.GENDER, "jongen"): {"a": (40, 96)}, (Dimension.GENDER, "anders"): {"a": (1, 4)}}
    made = measurement({TOTAL: {"a": (60, 200)}, havo("vwo"): {"a": (1, 3)}, havo(): {"a": (40, 100)}, **gender})
    found = without_small_groups(protect(made, {SUBJECT: NORMAL}, policy()), made, policy())
    assert [item.group.key for item in found.groups] == ["totaal", "havo", "jongen"]
    assert [group.key for group in found.levels] == ["havo"]
    ordered = small_groups_last(made, policy())
    assert [counts.group.key for counts in ordered.groups] == ["totaal", "havo", "jongen", "vwo", "anders"]
    five = measurement({TOTAL: {"a": (60, 200)}, (Dimension.GENDER, "anders"): {"a": (1, 5)}})
    assert len(without_small_groups(protect(five, {SUBJECT: NORMAL}, policy()), five, policy()).groups) == 2


# --------------------------------------------------------------------------- other limits


def with_preset(made: Measurement, name: str) -> list[bool]:
    """Give for each group whether it is shown with the limits of a preset."""
    found = protect(made, {SUBJECT: NORMAL}, policy().with_preset(name))
    return [isinstance(item.figures[SUBJECT], Proportion) for item in found.groups]


@pytest.mark.parametrize(("name", "shown"), [("30/5", 3), ("10/5", 3), ("50/10", 2), ("100/10", 1)])
def test_a_preset_decides_what_is_shown(name: str, shown: int) -> None:
    groups = {klas: (20, total) for klas, total in (("3", 45), ("4", 90))}
    made = measurement(
        {TOTAL: {"a": (60, 200)}} | {(Dimension.LEERJAAR, key): {"a": pair} for key, pair in groups.items()}
    )
    assert sum(with_preset(made, name)) == shown


TWO_PRESETS = measurement(
    {
        TOTAL: {"a": (94, 300)},
        (Dimension.LEERJAAR, "3"): {"a": (26, 80)},
        (Dimension.LEERJAAR, "4"): {"a": (66, 200)},
        (Dimension.LEERJAAR, "5"): {"a": (2, 20)},
    }
)


def seen_with(*names: str) -> Page:
    """Give the page of a school as someone sees it who has the pages of these presets beside each other."""
    made = TWO_PRESETS
    shown = [any(marks) for marks in zip(*(with_preset(made, name) for name in names), strict=True)]
    figures = [
        Figure(counts.figures[SUBJECT].total, whole_percentage(counts.figures[SUBJECT]) if seen else None)
        for counts, seen in zip(made.groups, shown, strict=True)
    ]
    keys = [counts.group.key for counts in made.groups]
    return Page(figures[0], {"klas": dict(zip(keys[1:], figures[1:], strict=True))})


def whole_percentage(count: Count) -> int:
    return int(100 * count.cases / count.total + 0.5)


def test_two_presets_beside_each_other_tell_what_each_hides() -> None:
    """Why the limits are chosen once for an installation: 94 - 26 - 66 leaves 2 of 20 pupils.

    The usual limits show klas 3 and hide klas 4 with klas 5; the strict ones hide klas 3 and show klas 4.
    """
    assert findings(seen_with("30/5")) == []
    assert findings(seen_with("100/10")) == []
    assert findings(seen_with("30/5", "100/10"))


def test_all_pupils_beside_a_part_tell_the_other_part() -> None:
    """Why the command line refuses it: two pages without a leak, and 70 - 67 leaves 3 of the onderbouw."""
    whole, upper = Count(70, 250), Count(67, 210)
    pages_ = [measurement({TOTAL: {"a": (count.cases, count.total)}}) for count in (whole, upper)]
    assert all(
        isinstance(protect(made, {SUBJECT: NORMAL}, policy()).total.figures[SUBJECT], Proportion) for made in pages_
    )
    tables = {"bouw": {"bovenbouw": Figure(210, whole_percentage(upper)), "onderbouw": Figure(40)}}
    assert findings(Page(Figure(250, whole_percentage(whole)), tables))


# --------------------------------------------------------------------------- subjects of the same questions

EVER, WEEKLY = IndicatorId("ooit"), IndicatorId("wekelijks")
INSIDE = (Combination((("ooit", 1), ("wekelijks", -1))),)


def family(ever: tuple[int, int], weekly: tuple[int, int], year: str = "2025") -> Measurement:
    return measurement({TOTAL: {"ooit": ever, "wekelijks": weekly}}, year=year)


@pytest.mark.parametrize(("weekly", "reason"), [((15, 100), None), ((17, 100), Reason.NOT_SHOWN)])
def test_a_subject_inside_another_leaves_enough_pupils_or_goes(weekly: tuple[int, int], reason: Reason | None) -> None:
    found = protect(family((20, 100), weekly), {EVER: NORMAL, WEEKLY: NORMAL}, policy(), related=INSIDE).total
    assert isinstance(found.figures[EVER], Proportion)
    assert (
        isinstance(found.figures[WEEKLY], Proportion) if reason is None else found.figures[WEEKLY] == Suppressed(reason)
    )


def test_a_subject_for_the_region_only_tells_nothing_through_another() -> None:
    found = protect(family((20, 100), (17, 100)), {EVER: NORMAL, WEEKLY: REGION_ONLY}, policy(), related=INSIDE).total
    assert isinstance(found.figures[EVER], Proportion)
    assert found.figures[WEEKLY] == Suppressed(Reason.SENSITIVE)


def test_measurements_together_keep_to_the_families_of_each() -> None:
    """In 2024 weekly is hidden beside ever: then the sum of both years is too, or 2024 would follow."""
    parts = [family((20, 100), (17, 100), "2024"), family((40, 100), (20, 100), "2025")]
    both = protect(pool(parts, [EVER, WEEKLY]), {EVER: NORMAL, WEEKLY: NORMAL}, policy(), related=INSIDE).total
    assert isinstance(both.figures[EVER], Proportion)
    assert both.figures[WEEKLY] == Suppressed(Reason.NOT_SHOWN)


def test_what_leaves_the_ggd_keeps_to_families_too() -> None:
    made = benchmark({place(): cell({"ooit": (200, 1000), "wekelijks": (197, 1000)})})
    sensitivities = {EVER: NORMAL, WEEKLY: NORMAL}
    assert set(protect_benchmark(made, sensitivities, policy()).cells[place()].figures) == {EVER, WEEKLY}
    assert set(protect_benchmark(made, sensitivities, policy(), INSIDE).cells[place()].figures) == {EVER}


# --------------------------------------------------------------------------- properties


def random_cells(random_: random.Random) -> tuple[Cell, list[list[Cell]]]:
    pupils = [
        (random_.choice("abc"), random_.choice(["x", "y", "y", "y", ""]), random_.random() < random_.choice([0.1, 0.5]))
        for _ in range(random_.randint(20, 400))
    ]

    def of(at: int, key: str) -> Cell:
        inside = [pupil for pupil in pupils if pupil[at] == key]
        return Cell(len(inside), sum(pupil[2] for pupil in inside))

    tables = [[of(0, key) for key in "abc"], [of(1, key) for key in "xy"]]
    return Cell(len(pupils), sum(pupil[2] for pupil in pupils)), tables


@pytest.mark.parametrize("seed", range(60))
def test_the_same_page_whatever_the_order_of_the_tables(seed: int) -> None:
    whole, tables = random_cells(random.Random(seed))
    rules = Rules(30, 5, 4)
    shown, rows = protect_cells(whole, tables, rules)
    assert (shown, rows) == protect_cells(whole, tables, rules)
    again, turned = protect_cells(whole, tables[::-1], rules)
    assert (again, turned[::-1]) == (shown, rows)
    allowed = [[c.total >= 30 and 5 <= c.cases <= c.total - 5 for c in table] for table in tables]
    assert all(
        may or not seen for row, mays in zip(rows, allowed, strict=True) for seen, may in zip(row, mays, strict=True)
    )


@pytest.mark.parametrize("seed", range(30))
def test_pupils_with_and_without_are_protected_alike(seed: int) -> None:
    """A subject turned round ("heeft geen klachten") shows and hides the same groups at exact counts."""
    whole, tables = random_cells(random.Random(seed))
    turned = [[Cell(c.total, c.total - c.cases) for c in table] for table in tables]
    rules = Rules(30, 5, 4, exact=True)
    assert protect_cells(whole, tables, rules) == protect_cells(
        Cell(whole.total, whole.total - whole.cases), turned, rules
    )


def test_nothing_to_hide_is_left_alone() -> None:
    assert protect_cells(Cell(0, 0), [[]], Rules(30, 5, 4)) == (False, [[]])
    assert protect_cells(Cell(400, 200), [], Rules(30, 5, 4)) == (True, [])


def test_the_whole_goes_when_hiding_groups_is_not_enough() -> None:
    """With a rule of one pupil the whole (2 of 100) tells of every hidden group that it is 0, 1 or 2."""
    assert protect_cells(Cell(100, 2), [[Cell(50, 0), Cell(50, 2)]], Rules(30, 1, 4)) == (False, [[False, False]])


# --------------------------------------------------------------------------- an attacker


def school(seed: int, *, real_years: bool = False) -> list[Pupil]:
    random_ = random.Random(seed)
    return invent_school(random_, SIZES[seed % len(SIZES)], 3, real_years=real_years)


def render(made: Measurement) -> dict[tuple[str, str, str], dict[str, str]]:
    """Give the figures file of a school, read as a stranger would."""
    names = list(made.total.figures)
    book = codebook([indicator(name) for name in names], [question(name) for name in names])
    published = protect(made, dict.fromkeys(names, NORMAL), policy())
    rows = compare(published, Setting(made, benchmark({}), book, policy()))
    data = csv_bytes(FIGURE_COLUMNS, [figure_row(row, book, made.school) for row in rows])
    read = csv.DictReader(io.StringIO(data.decode("utf-8")))
    return {(row["indicator"], row["group_by"], row["group"].casefold()): row for row in read}


def pages(
    made: Measurement, seen: Callable[[int, dict[str, str]], Figure], empty: Sequence[Atom] = ()
) -> Iterator[Page]:
    """Give the page of each subject as the attacker sees it: rendered figures, and known numbers of pupils."""
    rows = render(made)
    for name, whole in made.total.figures.items():
        tables: dict[str, dict[str, Figure]] = {dimension.value: {} for dimension in DIMENSIONS}
        for counts in made.groups[1:]:
            row = rows[name, counts.group.dimension.value, counts.group.key]
            tables[counts.group.dimension.value][counts.group.key] = seen(counts.figures[name].total, row)
        yield Page(seen(whole.total, rows[name, "school", made.school.casefold()]), tables, empty=empty)


def percentages(total: int, row: dict[str, str]) -> Figure:
    return Figure(total, int(row["percentage"]) if row["percentage"] else None)


def margins_too(total: int, row: dict[str, str]) -> Figure:
    """Use the limits of the margin as well, knowing that they are worked out from the whole percentage."""
    if not row["percentage"]:
        return Figure(total)

    def printed(cases: int) -> tuple[int, ...]:
        percentage = int(cases / total * 100 + 0.5)
        limits = proportion_confint(percentage / 100 * total, total, method="wilson")
        return percentage, *(int(limit * 100 + 0.5) for limit in limits)

    told = (int(row["percentage"]), int(row["lower"]), int(row["upper"]))
    fits = [cases for cases in range(total + 1) if printed(cases) == told]
    return Figure(total, possible=range(fits[0], fits[-1] + 1))


def attack(seeds: range, *, real_years: bool = False, seen: Callable[..., Figure] = percentages) -> list[str]:
    found = []
    for seed in seeds:
        pupils = school(seed, real_years=real_years)
        if pupils:
            for page in pages(add_up(pupils), seen, impossible() if real_years else ()):
                found += findings(page)
    return found


MENU = (sorted(FIRST_YEAR), "3456", ("jongen", "meisje", "anders"))


def impossible() -> list[Atom]:
    """Combinations of level and leerjaar that everybody knows not to exist in the bovenbouw."""
    return [
        (level, year, gender)
        for level, year, gender in product(FIRST_YEAR, "3456", ("jongen", "meisje", "anders", ""))
        if not FIRST_YEAR[level] <= int(year) <= LAST_YEAR[level]
    ]


def test_no_hidden_count_follows_from_the_figures_file() -> None:
    assert attack(range(16)) == []


def test_nor_for_who_knows_which_leerjaren_a_level_has() -> None:
    assert attack(range(100, 108), real_years=True) == []


@pytest.mark.slow
@pytest.mark.parametrize("part", range(10))
def test_no_hidden_count_follows_in_two_hundred_schools(part: int) -> None:
    assert attack(range(1000 + 20 * part, 1020 + 20 * part), real_years=bool(part % 2)) == []


def test_no_hidden_count_follows_from_the_margins() -> None:
    assert attack(range(4, 8), seen=margins_too) == []


def test_no_small_group_follows_from_groups_inside_each_other() -> None:
    """Every pupil of klas 6 is in vwo. 10 of 287 and 6 of 83 leave 2 to 4 of the other 204."""
    made = measurement(
        {
            TOTAL: {"a": (60, 440)},
            havo(): {"a": (50, 153)},
            havo("vwo"): {"a": (10, 287)},
            (Dimension.LEERJAAR, "4"): {"a": (30, 190)},
            (Dimension.LEERJAAR, "5"): {"a": (24, 167)},
            (Dimension.LEERJAAR, "6"): {"a": (6, 83)},
        },
        strata={
            "havo|4|": {"a": 83},
            "havo|5|": {"a": 70},
            "vwo|4|": {"a": 107},
            "vwo|5|": {"a": 97},
            "vwo|6|": {"a": 83},
        },
    )
    rows = render(made)
    vwo = count_range(percentages(287, rows["a", "niveau", "vwo"]), 5)  # everything, where it is hidden
    six = count_range(percentages(83, rows["a", "klas", "6"]), 5)
    low, high = max(0, vwo[0] - six[1]), min(204, vwo[1] - six[0])
    assert not is_known_too_well(low, high, 204, Page(Figure(440), {}))


def attack_remainders(seeds: range) -> list[str]:
    """Look at what is left of a level without one of its leerjaren, in schools where all is known of everybody."""
    found = []
    for seed in seeds:
        pupils = [pupil for pupil in school(seed, real_years=True) if all(pupil.groups)]
        made = add_up(pupils)
        kinds = {pupil.groups for pupil in pupils}
        for page in pages(made, percentages, [atom for atom in product(*MENU) if atom not in kinds]):
            for level, year in product(page.tables["niveau"], page.tables["klas"]):
                if {kind[0] for kind in kinds if kind[1] == year} != {level}:
                    continue
                rest = [atom for atom in atoms(page) if atom[0] == level and atom[1] != year]
                total = page.tables["niveau"][level].total - page.tables["klas"][year].total
                if rest and total and is_known_too_well(*extremes(page, rest), total, page):
                    found.append(f"{level} without {year} (n={total}): {extremes(page, rest)}")
    return found


def test_nothing_small_is_left_when_a_leerjaar_is_taken_from_its_level() -> None:
    assert attack_remainders(range(2004, 2012)) == []


@pytest.mark.slow
def test_nothing_small_is_left_in_a_hundred_schools() -> None:
    assert attack_remainders(range(2000, 2100)) == []


def printed_rows(total: int, beside: tuple[int, int]) -> dict[str, list[dict[str, object]]]:
    """Give, per percentage, the row of the figures file of every school that has it."""
    book = codebook([indicator("a")], [question("a")])
    found: dict[str, list[dict[str, object]]] = {}
    for cases in range(5, total - 4):
        made = measurement({TOTAL: {"a": (cases, total)}})
        shown = protect(made, {SUBJECT: NORMAL}, policy())
        rows = compare(shown, Setting(made, benchmark({place(): cell({"a": beside})}), book, policy()))
        row = dict(figure_row(rows[0], book, made.school))
        found.setdefault(str(row["percentage"]), []).append(row)
    return found


TOTALS, BESIDE = (118, 249, 349), ((1200, 4000), (33, 110))


@pytest.mark.parametrize("total", TOTALS)
@pytest.mark.parametrize("beside", BESIDE)
def test_numbers_tell_no_more_than_the_whole_percentage(total: int, beside: tuple[int, int]) -> None:
    """Two schools with the same percentage have the same numbers, margins of the difference included."""
    for rows in printed_rows(total, beside).values():
        assert len({tuple(str(value) for name, value in row.items() if name != "verdict") for row in rows}) == 1


def test_labels_tell_no_more_than_the_whole_percentage() -> None:
    told = [
        {row["verdict"] for row in rows}
        for total in TOTALS
        for beside in BESIDE
        for rows in printed_rows(total, beside).values()
    ]
    assert [labels for labels in told if len(labels) > 1] == []


# mutations: without each part of the protection the attacker finds something


def forget_the_rest(sheet: Sheet, table: Sequence[int], bounds: Sequence[Bounds]) -> bool:
    """The last group is that of the pupils of no group: take it as if it needed no care."""
    shown = [*sheet.shown]
    sheet.shown[table[-1]] = True
    told = not all(shown[at] for at in table[:-1]) and real_leaks(sheet, table, bounds)
    sheet.shown = shown
    return told


real_leaks = Sheet.leaks


def test_without_the_pupils_of_no_group_something_leaks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Sheet, "leaks", forget_the_rest)
    assert attack(range(8, 12))


def test_without_looking_at_all_hidden_groups_together_something_leaks(monkeypatch: pytest.MonkeyPatch) -> None:
    def one_by_one(sheet: Sheet, table: Sequence[int], bounds: Sequence[Bounds]) -> bool:
        return any(sheet.is_open(at, bounds) for at in table if not sheet.shown[at])

    monkeypatch.setattr(Sheet, "leaks", one_by_one)
    assert attack(range(8))


def test_without_knowing_that_the_rule_is_known_something_leaks(monkeypatch: pytest.MonkeyPatch) -> None:
    """5 of 600 ("1%") may be 3 to 8, but the rule makes it 5 to 8: that leaves 0 to 3 of the other 40."""
    told = protection._told
    made = measurement({TOTAL: {"a": (5, 600)}, havo("vmbo"): {"a": (5, 560)}, havo(): {"a": (0, 40)}})
    assert [findings(page) for page in pages(made, percentages)] == [[]]
    monkeypatch.setattr(
        protection,
        "_told",
        lambda cell, shown, rules: told(cell, shown, Rules(rules.pupils, 0, rules.width, rules.exact)),
    )
    assert [findings(page) for page in pages(made, percentages)] == [["niveau havo (n=40): 0-3"]]


def test_without_looking_at_groups_inside_groups_something_leaks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(protect_stage, "nested_groups", lambda *_: ())
    assert attack_remainders(range(2007, 2008))


def test_without_hiding_a_second_group_much_leaks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Sheet, "leaks", lambda *known: False)
    assert len(attack(range(4, 8))) > 3


# --------------------------------------------------------------------------- what leaves the GGD


def region(seed: int, schools: int = 5) -> tuple[Benchmark, dict[CellId, BenchmarkCell]]:
    """Give a benchmark of invented schools of about a hundred pupils, added up in plain loops."""
    random_ = random.Random(seed)
    made = [invent_school(random_, random_.randint(40, 200), 3) for _ in range(schools)]
    whole = add_up([pupil for pupils in made for pupil in pupils])
    cells = {}
    for counts in whole.groups:
        dimension, key = counts.group.dimension, counts.group.key
        at = DIMENSIONS.index(dimension) if dimension in DIMENSIONS else -1
        inside = sum(any(at < 0 or pupil.groups[at] == key for pupil in pupils) for pupils in made)
        ident = CellId(Bouw.UPPER, Breakdown(dimension.value), key)
        cells[ident] = BenchmarkCell(key, counts.pupils, dict.fromkeys(counts.figures, inside), counts.figures, {})
    return benchmark(cells, schools=("A", "B")), cells


def shared_pages(found: Benchmark, cells: dict[CellId, BenchmarkCell]) -> Iterator[Page]:
    for name in cells[place()].figures:

        def seen(ident: CellId, name: IndicatorId = name) -> Figure:
            kept = found.cells.get(ident)
            count = kept.figures.get(name) if kept else None
            return Figure(cells[ident].figures[name].total, count=count.cases if count else None)

        tables = {
            breakdown.value: {ident.key: seen(ident) for ident in cells if ident.breakdown is breakdown}
            for breakdown in (Breakdown.LEVEL, Breakdown.LEERJAAR, Breakdown.GENDER)
        }
        yield Page(seen(place()), tables)


def attack_regions(seeds: range) -> list[str]:
    found = []
    for seed in seeds:
        made, cells = region(seed)
        shared = protect_benchmark(made, dict.fromkeys(cells[place()].figures, NORMAL), policy())
        for page in shared_pages(shared, cells):
            found += findings(page)
    return found


def test_no_hidden_count_follows_from_shared_benchmarks() -> None:
    assert attack_regions(range(12)) == []


@pytest.mark.parametrize("mutation", [forget_the_rest, lambda *known: False])
def test_without_protection_shared_benchmarks_leak(
    monkeypatch: pytest.MonkeyPatch, mutation: Callable[..., bool]
) -> None:
    monkeypatch.setattr(Sheet, "leaks", mutation)
    assert attack_regions(range(4))


def test_a_group_of_too_few_schools_stays_inside_and_takes_another_with_it() -> None:
    cells = {
        place(): cell({"a": (60, 400)}, schools=5),
        place(Breakdown.LEVEL, "havo"): cell({"a": (30, 200)}, schools=5),
        place(Breakdown.LEVEL, "vwo"): cell({"a": (27, 150)}, schools=4),
        place(Breakdown.LEVEL, "vso"): cell({"a": (3, 50)}, schools=2),
    }
    found = protect_benchmark(benchmark(cells), {SUBJECT: NORMAL}, policy()).cells
    assert set(found) == {place(), place(Breakdown.LEVEL, "havo")}
    assert found[place()].figures == {"a": Count(60, 400)}


def test_what_leaves_the_ggd_is_bare() -> None:
    cells = {
        ident: cell({"a": (40, 200), "geheim": (50, 200), "streng": (60, 200)}, schools=4)
        for ident in (
            place(),
            place(Breakdown.LEVEL, "havo"),
            place(Breakdown.LEVEL, ""),
            place(Breakdown.CROSSED, "havo|4|meisje"),
            place(bouw=Bouw.LOWER),
            place(bouw=Bouw.ALL),
        )
    }
    made = benchmark(cells, schools=("De Werf",))
    sensitivities = {SUBJECT: NORMAL, IndicatorId("geheim"): REGION_ONLY, IndicatorId("streng"): STRICTER}
    found = protect_benchmark(made, sensitivities, policy())
    assert found.shareable
    assert found.schools == ()
    assert set(found.cells) == {place(), place(Breakdown.LEVEL, "havo"), place(bouw=Bouw.LOWER)}
    assert set(found.cells[place()].figures) == {"a", "geheim", "streng"}
    assert set(found.cells[place(Breakdown.LEVEL, "havo")].figures) == {"a"}
    assert all(not made.weighted for made in found.cells.values())


@pytest.mark.parametrize(
    ("cases", "total", "schools", "sensitivity", "kept"),
    [
        (5, 100, 3, NORMAL, True),
        (5, 99, 3, NORMAL, False),
        (4, 100, 3, NORMAL, False),
        (96, 100, 3, NORMAL, False),
        (5, 100, 2, NORMAL, False),
        (5, 100, None, NORMAL, False),
        (5, 100, 3, REGION_ONLY, True),
        (4, 100, 3, STRICTER, False),
    ],
)
def test_the_edges_of_what_may_leave(
    cases: int, total: int, schools: int | None, sensitivity: Sensitivity, kept: bool
) -> None:
    made = benchmark({place(): cell({"a": (cases, total)}, schools=schools)})
    assert bool(protect_benchmark(made, {SUBJECT: sensitivity}, policy()).cells) is kept


def test_a_population_that_nobody_has_is_left_out() -> None:
    made = benchmark({place(bouw=Bouw.LOWER): cell({"a": (40, 200)})})
    assert set(protect_benchmark(made, {SUBJECT: NORMAL}, policy()).cells) == {place(bouw=Bouw.LOWER)}


def test_no_small_group_follows_from_shared_groups_inside_each_other() -> None:
    cells = {
        place(): cell({"a": (60, 900)}),
        place(Breakdown.LEVEL, "havo"): cell({"a": (50, 500)}),
        place(Breakdown.LEVEL, "vwo"): cell({"a": (10, 400)}),
        place(Breakdown.LEERJAAR, "4"): cell({"a": (27, 400)}),
        place(Breakdown.LEERJAAR, "5"): cell({"a": (25, 350)}),
        place(Breakdown.LEERJAAR, "6"): cell({"a": (8, 150)}),
        **{
            place(Breakdown.CROSSED, key): cell({"a": numbers})
            for key, numbers in {
                "havo|4|": (26, 270),
                "havo|5|": (24, 230),
                "vwo|4|": (1, 130),
                "vwo|5|": (1, 120),
                "vwo|6|": (8, 150),
            }.items()
        },
    }
    found = protect_benchmark(benchmark(cells), {SUBJECT: NORMAL}, policy()).cells
    both = (place(Breakdown.LEVEL, "vwo"), place(Breakdown.LEERJAAR, "6"))
    assert not all(ident in found for ident in both)


# --------------------------------------------------------------------------- tiny schools, every possibility


@pytest.mark.parametrize("seed", range(40))
def test_tiny_schools_by_trying_everything(seed: int) -> None:
    """Schools of 10 to 16 pupils with a milder rule (6 pupils, 3 with, 3 without, 2 other values)."""
    random_ = random.Random(seed)
    size = random_.randint(10, 16)
    pupils = [(random_.choice("aab"), random_.choice("cdd"), random_.random() < 0.5) for _ in range(size)]
    cells = [
        [Cell(sum(p[at] == key for p in pupils), sum(p[2] for p in pupils if p[at] == key)) for key in keys]
        for at, keys in enumerate(("ab", "cd"))
    ]
    whole = Cell(size, sum(pupil[2] for pupil in pupils))
    shown, rows = protect_cells(whole, cells, Rules(pupils=6, cases=3, width=2))
    ranges = [
        told(whole, shown),
        *(told(c, seen) for row, seens in zip(cells, rows, strict=True) for c, seen in zip(row, seens, strict=True)),
    ]
    hidden = [
        at
        for at, (c, seen) in enumerate(zip([whole, *cells[0], *cells[1]], [shown, *rows[0], *rows[1]], strict=True))
        if not seen and c.total
    ]
    reached: dict[int, set[int]] = {at: set() for at in hidden}
    for total in ranges[0]:
        for a, c in product(ranges[1], ranges[3]):
            numbers = [total, a, total - a, c, total - c]
            if all(number in known for number, known in zip(numbers, ranges, strict=True)):
                for at in hidden:
                    reached[at].add(numbers[at])
    for at in hidden:
        c = [whole, *cells[0], *cells[1]][at]
        values = reached[at]
        need = min(2, c.total, size - c.total if size > c.total else 2)
        small = min(values) < 3 or c.total - max(values) < 3
        assert not small or max(values) - min(values) >= need, (at, c, values)


def told(cell_: Cell, shown: bool) -> list[int]:
    """Give every count that fits what is shown of one group."""
    if not shown:
        return list(range(cell_.total + 1))
    percentage = int(100 * cell_.cases / cell_.total + 0.5)
    return [k for k in range(3, cell_.total - 2) if int(100 * k / cell_.total + 0.5) == percentage]


# correlations go along with a shared benchmark


def possible_counts(phi: float, everyone: int, other: int) -> set[int]:
    """Every number of cases under five that fits a correlation in four digits with a subject of known cases."""
    found = set()
    for cases in range(1, 5):
        for both in range(cases + 1):
            first, second = cases / everyone, other / everyone
            value = (both / everyone - first * second) / (first * (1 - first) * second * (1 - second)) ** 0.5
            if round(value, 4) == phi:
                found.add(cases)
    return found


def test_a_correlation_tells_a_hidden_count() -> None:
    """3 of 400 pupils, 2 of them with the other subject (120 of 400): the phi of 0.1215 fits nothing else."""
    first, second = 3 / 400, 120 / 400
    phi = round((2 / 400 - first * second) / (first * (1 - first) * second * (1 - second)) ** 0.5, 4)
    assert possible_counts(phi, 400, 120) == {3}


def test_no_correlation_of_a_hidden_subject_leaves_the_ggd() -> None:
    rare, secret = IndicatorId("zeldzaam"), IndicatorId("geheim")
    made = benchmark(
        {place(): cell({"a": (120, 400), "zeldzaam": (3, 400), "geheim": (2, 400)})},
        correlations={Bouw.UPPER: {(SUBJECT, rare): 0.1215, (SUBJECT, secret): 0.1}},
    )
    sensitivities = {SUBJECT: NORMAL, rare: NORMAL, secret: REGION_ONLY}
    found = protect_benchmark(made, sensitivities, policy())
    assert set(found.cells[place()].figures) == {"a"}
    assert not found.correlations.get(Bouw.UPPER)


def test_no_correlation_of_a_hidden_population_leaves_the_ggd() -> None:
    made = benchmark(
        {place(): cell({"a": (120, 400)}, schools=2)},
        correlations={Bouw.UPPER: {(SUBJECT, IndicatorId("b")): 0.5}},
    )
    found = protect_benchmark(made, {SUBJECT: NORMAL}, policy())
    assert found.cells == {}
    assert not found.correlations.get(Bouw.UPPER)


# --------------------------------------------------------------------------- two measurements together


@pytest.mark.parametrize(
    ("first", "second", "shown"),
    [
        ((12, 40), (10, 40), True),
        ((2, 40), (10, 40), False),  # 12 of 80 beside 10 of 40 would tell the 2
        ((4, 40), (4, 40), False),  # both under five: 8 together can only be 4 and 4
        ((6, 25), (7, 25), True),  # neither year shows anything
        ((6, 25), (10, 40), False),
    ],
)
def test_measurements_together_tell_nothing_about_one_of_them(
    first: tuple[int, int], second: tuple[int, int], shown: bool
) -> None:
    parts = [measurement({TOTAL: {"a": counts}}, year=year) for counts, year in ((first, "2024"), (second, "2025"))]
    both = protect(pool(parts, [SUBJECT]), {SUBJECT: NORMAL}, policy())
    assert isinstance(both.total.figures[SUBJECT], Proportion) is shown
    assert len(both.groups) == 1
