"""A school beside its region: labels, refusals, mixes of levels, and nothing of what is hidden."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from scipy.stats import chi2, hypergeom
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import proportion_confint

from tests.builders import (
    SCHOOL,
    TOTAL,
    YEAR,
    Figures,
    Place,
    benchmark,
    cell,
    codebook,
    havo,
    indicator,
    measurement,
    place,
    policy,
    question,
)
from wellbeing.estimation.differences import two_sample_p
from wellbeing.model.benchmark import Benchmark, Breakdown
from wellbeing.model.reference import Bouw, Direction, IndicatorId, Policy, Sensitivity
from wellbeing.model.results import (
    BenchmarkFigure,
    Certainty,
    ComparatorKind,
    Comparison,
    Count,
    Difference,
    Dimension,
    Measurement,
    NotComparable,
    Proportion,
    Reason,
    Sense,
    Suppressed,
    Verdict,
    Weighted,
    whole_percentage,
)
from wellbeing.stages.compare import Setting, compare, detectable, directions
from wellbeing.stages.protect import protect, unprotect

REGION, OWN, EXPECTED = ComparatorKind.REGION, ComparatorKind.OWN_LEVEL, ComparatorKind.EXPECTED
FAVOURABLE, UNFAVOURABLE, NEUTRAL = Direction.FAVOURABLE, Direction.UNFAVOURABLE, Direction.NEUTRAL
HAVO, VMBO, VWO = place(Breakdown.LEVEL, "havo"), place(Breakdown.LEVEL, "vmbo-bk"), place(Breakdown.LEVEL, "vwo")
RULES = policy()
NONE = Verdict(Certainty.NONE, None)

Rows = dict[tuple[ComparatorKind, Dimension, str, str], Comparison]


def compared(
    made: Measurement,
    region: Benchmark,
    *,
    rules: Policy = RULES,
    sensitivity: Sensitivity = Sensitivity.NORMAL,
    unprotected: bool = False,
    **versions: str,
) -> Rows:
    """Compare with a codebook that has exactly the subjects of the measurement."""
    names = list(made.total.figures)
    book = codebook(
        [indicator(name, sensitivity=sensitivity, version=versions.get(name, "2025")) for name in names],
        [question(name) for name in names],
    )
    published = unprotect(made) if unprotected else protect(made, dict.fromkeys(names, sensitivity), rules)
    rows = compare(published, Setting(made, region, book, rules, unprotected=unprotected))
    return {(row.comparator.kind, row.group.dimension, row.group.key, row.indicator): row for row in rows}


def one(made: Measurement, region: Benchmark, kind: ComparatorKind = REGION, **changes: object) -> Comparison:
    return compared(made, region, **changes)[kind, Dimension.TOTAL, "totaal", "a"]  # type: ignore[arg-type]


def school(cases: int = 40, total: int = 120, **changes: object) -> Measurement:
    return measurement({TOTAL: {"a": (cases, total)}, havo(): {"a": (cases, total)}}, **changes)


def region(figures: Figures | None = None, **changes: object) -> Benchmark:
    numbers = figures or {"a": (1200, 4000)}
    return benchmark({place(): cell(numbers), HAVO: cell(numbers)}, **changes)


def reason(row: Comparison) -> str:
    assert isinstance(row.difference, NotComparable)
    assert row.benchmark == row.difference
    assert not re.search(r"\d", row.difference.reason)
    return row.difference.reason


def mid_p(k1: int, n1: int, k2: int, n2: int) -> float:
    """Fisher's test with SciPy's tables; this very table counts for half."""
    tables = hypergeom(n1 + n2, k1 + k2, n1)
    half = tables.pmf(k1) / 2
    return float(min(1.0, 2 * min(tables.cdf(k1) - half, tables.sf(k1) + half)))


# --------------------------------------------------------------------------- labels


@pytest.mark.parametrize("cases", [30, 60, 66, 72, 78, 90, 150, 240])
def test_the_label_mirrors_when_school_and_region_swap(cases: int) -> None:
    opposite = {Sense.FAVOURABLE: Sense.UNFAVOURABLE, Sense.UNFAVOURABLE: Sense.FAVOURABLE, None: None}
    there = one(school(cases, 300), region({"a": (72, 300)})).difference
    back = one(school(72, 300), region({"a": (cases, 300)})).difference
    assert isinstance(there, Difference)
    assert isinstance(back, Difference)
    assert there.points == -back.points
    assert there.p_value == pytest.approx(back.p_value, rel=0.25), (
        "each time it is the school that is tested as printed"
    )
    assert (there.interval.lower, there.interval.upper) == pytest.approx((-back.interval.upper, -back.interval.lower))
    assert there.verdict is not None
    assert back.verdict is not None
    assert back.verdict == Verdict(there.verdict.certainty, opposite[there.verdict.sense])


def test_a_difference_by_hand() -> None:
    """54 of 120 beside 1200 of 4000: 45% and 30%."""
    row = one(school(54, 120), region())
    assert isinstance(row.benchmark, BenchmarkFigure)
    assert (row.benchmark.percentage, row.benchmark.total, row.benchmark.count) == (30, 4000, Count(1200, 4000))
    expected = proportion_confint(1200, 4000, method="wilson")
    assert (row.benchmark.interval.lower, row.benchmark.interval.upper) == pytest.approx(expected)
    difference = row.difference
    assert isinstance(difference, Difference)
    assert difference.points == 15
    assert difference.p_value == pytest.approx(mid_p(54, 120, 1200, 4000), rel=1e-9)
    assert difference.p_adjusted == difference.p_value
    assert difference.verdict == Verdict(Certainty.CLEAR, Sense.UNFAVOURABLE)
    assert row.comparator.year == "2024-2025"
    assert not row.comparator.without_school


def test_points_are_of_the_figures_as_printed() -> None:
    """34.5% is printed 35, 30.4% is printed 30: five points, though the shares differ by 4.1."""
    difference = one(school(69, 200), region({"a": (1216, 4000)})).difference
    assert isinstance(difference, Difference)
    assert difference.points == 5


def test_a_rare_subject_is_tested_with_whole_pupils() -> None:
    """The test must get the seven pupils there are; a share times a total may fall just short of it."""
    wrong = [(k, n) for n in range(60, 200) for k in range(5, 15) if int(k / n * n) != k]
    k, n = wrong[0]
    difference = one(school(k, n), region({"a": (5, 20000)})).difference
    assert isinstance(difference, Difference)
    assert difference.p_value == pytest.approx(float(two_sample_p(k, n, 5, 20000)), rel=1e-6, abs=0)


@pytest.mark.parametrize(("could", "labelled"), [(None, True), (0, True), (300, True), (301, False), (5000, False)])
def test_under_forty_percent_response_there_are_no_labels(could: int | None, labelled: bool) -> None:
    difference = one(school(54, 120, could_have_answered=could), region()).difference
    assert isinstance(difference, Difference)
    assert difference.points == 15
    assert (difference.verdict is not None) is labelled


def test_the_correction_is_over_the_shown_rows_of_one_group_and_comparator() -> None:
    shown: dict[str, tuple[int, int]] = {f"o{at}": (30 + 3 * at, 120) for at in range(8)}
    hidden: dict[str, tuple[int, int]] = {f"h{at}": (at % 5, 120) for at in range(20)}
    other = dict.fromkeys((*shown, *hidden), (1200, 4000))

    def q_values(figures: dict[str, tuple[int, int]]) -> dict[str, float]:
        rows = compared(measurement({TOTAL: figures, havo(): figures}), region(other))
        return {
            row.indicator: row.difference.p_adjusted
            for (kind, dimension, _, _), row in rows.items()
            if kind is REGION and dimension is Dimension.TOTAL and isinstance(row.difference, Difference)
        }

    found = q_values(shown)
    alike = [[k for k in range(121) if whole_percentage(k, 120) == whole_percentage(*own)] for own in shown.values()]
    plain = [mid_p(min(counts, key=lambda k: abs(k - 36)), 120, 1200, 4000) for counts in alike]
    assert list(found.values()) == pytest.approx(multipletests(plain, method="fdr_bh")[1].tolist())
    assert q_values(shown | hidden) == found, "hidden subjects are in no family"


# --------------------------------------------------------------------------- refusals


def test_another_questionnaire_is_refused() -> None:
    assert "andere vragenlijst" in reason(one(school(), region(instrument="Anders")))


def test_another_wording_is_refused() -> None:
    assert "anders gesteld" in reason(one(school(), region(), a="2026"))


def test_a_subject_that_the_region_does_not_have_is_refused() -> None:
    assert "staat niet in" in reason(one(school(), region({"b": (1200, 4000)})))
    assert "geen vergelijkingscijfers" in reason(one(school(), benchmark({}, versions={"a": "2025"})))
    assert "geen vergelijkingscijfers" in reason(one(school(), benchmark({HAVO: cell({"a": (1200, 4000)})})))


def test_the_same_year_without_names_of_schools_is_refused() -> None:
    assert "welke scholen" in reason(one(school(), region(year=YEAR)))


def test_the_same_year_is_compared_without_the_school() -> None:
    row = one(school(54, 120), region({"a": (1254, 4120)}, year=YEAR, schools=(SCHOOL, "B", "C", "D")))
    assert row.comparator.without_school
    assert isinstance(row.benchmark, BenchmarkFigure)
    assert row.benchmark.count == Count(1200, 4000)
    other = one(school(54, 120), region())
    assert row.difference == other.difference


def test_a_school_that_is_not_in_the_region_is_compared_with_all_of_it() -> None:
    row = one(school(), region(year=YEAR, schools=("B", "C", "D")))
    assert not row.comparator.without_school
    assert isinstance(row.benchmark, BenchmarkFigure)
    assert row.benchmark.count == Count(1200, 4000)


@pytest.mark.parametrize(
    ("figures", "schools", "words"),
    [
        ((70, 220), 4, None),
        ((70, 219), 4, "te weinig andere leerlingen"),
        ((70, 220), 3, "te weinig andere scholen"),
        ((39, 220), 4, "ander bestand"),
        ((70, 119), 4, "ander bestand"),
        ((130, 200), 4, "ander bestand"),
    ],
)
def test_the_same_year_needs_three_other_schools_and_a_hundred_pupils(
    figures: tuple[int, int], schools: int, words: str | None
) -> None:
    """The school has 40 of 120."""
    cells = {place(): cell({"a": figures}, schools=schools)}
    row = one(school(), benchmark(cells, year=YEAR, schools=(SCHOOL, "B", "C", "D")))
    if words is None:
        assert isinstance(row.difference, Difference)
    else:
        assert words in reason(row)


@pytest.mark.parametrize(
    ("figures", "schools", "expected"),
    [
        ((10, 30), 3, None),
        ((10, 30), None, None),
        ((10, 29), 3, Suppressed(Reason.TOO_FEW_PUPILS)),
        ((4, 100), 3, Suppressed(Reason.NOT_SHOWN)),
        ((96, 100), 3, Suppressed(Reason.NOT_SHOWN)),
        ((10, 30), 2, NotComparable("Er zijn te weinig andere scholen om mee te vergelijken.")),
    ],
)
def test_a_region_is_shown_by_the_same_rule_as_a_school(
    figures: tuple[int, int], schools: int | None, expected: object
) -> None:
    row = one(school(), benchmark({place(): cell({"a": figures}, schools=schools)}))
    if expected is None:
        assert isinstance(row.difference, Difference)
    else:
        assert row.difference == row.benchmark == expected


def test_another_population_is_no_comparison() -> None:
    assert "geen vergelijkingscijfers" in reason(one(school(bouw=Bouw.LOWER), region()))


# --------------------------------------------------------------------------- nothing of what is hidden


def test_hidden_rows_hold_no_number() -> None:
    figures: dict[str, tuple[int, int]] = {"a": (777, 7777), "b": (3, 7777)}
    groups: dict[Place, Figures] = {
        TOTAL: figures,
        havo(): {"a": (776, 7751), "b": (3, 7751)},
        havo("vwo"): {"a": (1, 26), "b": (0, 26)},
    }
    cells = {ident: cell({"a": (8888, 88888), "b": (8888, 88888)}) for ident in (place(), HAVO, VWO)}
    for year in ("2024-2025", YEAR):
        made = measurement(groups)
        rows = compared(made, benchmark(cells, year=year, schools=(SCHOOL, "B")))
        hidden = [row for row in rows.values() if isinstance(row.school, Suppressed)]
        assert len(hidden) > 4
        for row in hidden:
            assert row.difference == row.school
            told = repr(row.difference) + repr(row.school)
            is_mix = row.group.dimension is Dimension.TOTAL and row.comparator.kind is not REGION
            if row.comparator.without_school or is_mix:
                told += repr(row.benchmark)  # made with this school's own pupils
            assert not re.search(r"\d", told), row


def test_a_subject_for_the_region_only_is_shown_of_the_region_as_a_whole() -> None:
    rows = compared(school(), region(), sensitivity=Sensitivity.REGION_ONLY)
    sensitive = Suppressed(Reason.SENSITIVE)
    assert {row.school for row in rows.values()} == {sensitive}
    assert {row.difference for row in rows.values()} == {sensitive}
    assert isinstance(rows[REGION, Dimension.TOTAL, "totaal", "a"].benchmark, BenchmarkFigure)
    assert rows[OWN, Dimension.TOTAL, "totaal", "a"].benchmark == sensitive
    assert rows[OWN, Dimension.LEVEL, "havo", "a"].benchmark == sensitive
    inside = compared(school(), region(year=YEAR, schools=(SCHOOL, "B", "C", "D")), sensitivity=Sensitivity.REGION_ONLY)
    assert {row.benchmark for row in inside.values()} == {sensitive}


def test_the_epidemiologist_gets_what_is_hidden() -> None:
    tiny = measurement({TOTAL: {"a": (1, 12)}, havo(): {"a": (1, 12)}})
    row = one(tiny, benchmark({place(): cell({"a": (2, 20)})}), unprotected=True)
    assert isinstance(row.difference, Difference)
    assert isinstance(row.school, Proportion)
    nobody = measurement({TOTAL: {"a": (0, 0)}})
    assert one(nobody, region(), unprotected=True).difference == Suppressed(Reason.TOO_FEW_PUPILS)
    empty = benchmark({place(): cell({"a": (0, 0)})})
    assert one(tiny, empty, unprotected=True).difference == Suppressed(Reason.TOO_FEW_PUPILS)


# --------------------------------------------------------------------------- groups and levels


def test_every_group_has_its_own_part_of_the_region() -> None:
    girls: Place = (Dimension.GENDER, "meisje")
    fourth: Place = (Dimension.LEERJAAR, "4")
    made = measurement({p: {"a": (100, 300)} for p in (TOTAL, havo(), girls, fourth)})
    cells = {
        place(): cell({"a": (1000, 4000)}),
        HAVO: cell({"a": (300, 1000)}),
        place(Breakdown.GENDER, "meisje"): cell({"a": (700, 2000)}),
        place(Breakdown.LEERJAAR, "4"): cell({"a": (200, 500)}),
    }
    rows = compared(made, benchmark(cells))
    found = {
        (kind, dimension): row.benchmark.percentage
        for (kind, dimension, _, _), row in rows.items()
        if isinstance(row.benchmark, BenchmarkFigure)
    }
    assert (
        found
        == {
            (REGION, Dimension.TOTAL): 25,
            (OWN, Dimension.TOTAL): 30,
            (EXPECTED, Dimension.TOTAL): 0,
            (REGION, Dimension.LEVEL): 25,
            (OWN, Dimension.LEVEL): 30,
            (REGION, Dimension.GENDER): 35,
            (REGION, Dimension.LEERJAAR): 40,
        }
        or (EXPECTED, Dimension.TOTAL) not in found
    )


MIXED: dict[Place, Figures] = {TOTAL: {"a": (70, 200)}, havo("vmbo-bk"): {"a": (45, 120)}, havo(): {"a": (25, 80)}}
LEVELS = {place(): cell({"a": (900, 3000)}), VMBO: cell({"a": (360, 900)}), HAVO: cell({"a": (180, 900)})}


def test_a_mix_of_levels_is_plain_arithmetic() -> None:
    """120 of vmbo at 40% and 80 of havo at 20%: 32% is to be expected."""
    row = one(measurement(MIXED), benchmark(LEVELS), OWN)
    assert isinstance(row.benchmark, BenchmarkFigure)
    assert row.benchmark.share == pytest.approx(0.6 * 0.4 + 0.4 * 0.2)
    assert (row.benchmark.percentage, row.benchmark.total, row.benchmark.count) == (32, 1800, None)
    own = 0.6**2 * 0.24 / 900 + 0.4**2 * 0.16 / 900
    effective = 0.32 * 0.68 / own
    limits = proportion_confint(0.32 * effective, effective, method="wilson")
    assert (row.benchmark.interval.lower, row.benchmark.interval.upper) == pytest.approx(limits)
    assert isinstance(row.difference, Difference)
    assert row.difference.points == 3
    assert effective == pytest.approx(1748.6, abs=0.1)
    assert row.difference.p_value == pytest.approx(mid_p(69, 200, 560, 1749), rel=0.01), "69 and 70 print as 35%"


def test_a_small_level_goes_by_the_region_and_pupils_without_level_too() -> None:
    """150 of vmbo at 40%, 40 of vso (29 in the region) and 10 without level at 30%."""
    groups: dict[Place, Figures] = {
        TOTAL: {"a": (70, 200)},
        havo("vmbo-bk"): {"a": (50, 150)},
        havo("vso"): {"a": (15, 40)},
    }
    cells = LEVELS | {place(Breakdown.LEVEL, "vso"): cell({"a": (15, 29)})}
    row = one(measurement(groups), benchmark(cells), OWN)
    assert isinstance(row.benchmark, BenchmarkFigure)
    assert row.benchmark.share == pytest.approx((150 * 0.4 + 50 * 0.3) / 200)
    assert row.benchmark.total == 3900, "no pupil of the region counts twice"


def test_when_half_of_the_pupils_have_no_level_of_their_own_there_is_no_mix() -> None:
    groups: dict[Place, Figures] = {TOTAL: {"a": (70, 200)}, havo(): {"a": (35, 100)}, havo("vwo"): {"a": (35, 100)}}
    row = one(measurement(groups), benchmark(LEVELS), OWN)
    assert "te weinig cijfers in de regio" in reason(row)
    groups[havo()] = {"a": (36, 101)}
    groups[havo("vwo")] = {"a": (34, 99)}
    assert isinstance(one(measurement(groups), benchmark(LEVELS), OWN).difference, Difference)


def test_a_mix_without_a_region_is_the_reason_of_the_region() -> None:
    few = benchmark(LEVELS | {place(): cell({"a": (3, 3000)})})
    assert one(measurement(MIXED), few, OWN).difference == Suppressed(Reason.NOT_SHOWN)
    nobody = measurement({TOTAL: {"a": (0, 0)}, havo(): {"a": (0, 0)}})
    assert one(nobody, benchmark(LEVELS), OWN).benchmark == Suppressed(Reason.TOO_FEW_PUPILS)


def test_the_example_of_simpson() -> None:
    """In each level the school does better than the region, yet its total looks worse: its mix explains that."""
    groups: dict[Place, Figures] = {
        TOTAL: {"a": (176, 500)},
        havo("vmbo-bk"): {"a": (168, 400)},
        havo(): {"a": (8, 100)},
    }
    cells = {place(): cell({"a": (900, 4000)}), VMBO: cell({"a": (500, 1000)}), HAVO: cell({"a": (400, 3000)})}
    rows = compared(measurement(groups), benchmark(cells))
    verdicts = {
        (kind, key): row.difference.verdict
        for (kind, _, key, _), row in rows.items()
        if isinstance(row.difference, Difference)
    }
    worse, better = Verdict(Certainty.CLEAR, Sense.UNFAVOURABLE), Verdict(Certainty.CLEAR, Sense.FAVOURABLE)
    assert verdicts[REGION, "totaal"] == worse
    assert verdicts[OWN, "vmbo-bk"] == better
    assert verdicts[OWN, "totaal"] == better


def test_the_same_year_takes_the_school_out_of_every_level() -> None:
    cells = {
        place(): cell({"a": (970, 3200)}),
        VMBO: cell({"a": (360 + 45, 900 + 120)}),
        HAVO: cell({"a": (180 + 25, 900 + 80)}),
    }
    made = measurement(MIXED)
    around = benchmark(cells, year=YEAR, schools=(SCHOOL, "B", "C", "D"))
    inside, outside = one(made, around, OWN, unprotected=True), one(made, benchmark(LEVELS), OWN, unprotected=True)
    assert isinstance(inside.benchmark, BenchmarkFigure)
    assert inside.benchmark.share == pytest.approx(0.32)
    assert inside.difference == outside.difference
    printed = one(made, around, OWN)
    assert isinstance(printed.benchmark, BenchmarkFigure)
    assert printed.benchmark.share == pytest.approx(0.32, abs=0.001), "the school goes out as it is printed"


def test_the_region_without_the_school_tells_no_more_of_it_than_its_percentage() -> None:
    """Of the whole region 140 of 499 have it: 31% of the other 150 would leave 93 or 94, where 27% leaves three."""

    def page(cases: int) -> list[object]:
        rows = compared(school(cases, 349), region({"a": (140, 499)}, year=YEAR, schools=(SCHOOL, "B", "C", "D")))
        return [(row.benchmark, row.difference) for row in rows.values()]

    alike = [cases for cases in range(60, 140) if whole_percentage(cases, 349) == 27]
    assert len(alike) == 3
    assert page(alike[0]) == page(alike[1]) == page(alike[2])
    assert page(alike[0]) != page(alike[-1] + 1)


def test_a_level_that_is_hidden_goes_out_of_its_mix_as_the_region_is() -> None:
    """Beside the counts of the whole region the mix would tell a hidden level; its number of pupils does go out."""
    cells = {
        place(): cell({"a": (400, 1000)}),
        VMBO: cell({"a": (120, 400)}),
        HAVO: cell({"a": (280, 600)}),
    }

    def mixed(vmbo: int) -> Comparison:
        figures = {TOTAL: {"a": (80, 200)}, havo("vmbo-bk"): {"a": (vmbo, 40)}, havo(): {"a": (80 - vmbo, 160)}}
        return one(measurement(figures), benchmark(cells, year=YEAR, schools=(SCHOOL, "B", "C", "D")), OWN)

    few, fewer = mixed(3), mixed(1)
    assert isinstance(few.benchmark, BenchmarkFigure)
    assert few.benchmark == fewer.benchmark
    assert few.benchmark.total == 800
    assert few.benchmark.share == pytest.approx((40 * 120 / 400 + 160 * 280 / 600) / 200, abs=0.001)


# --------------------------------------------------------------------------- expected: level, leerjaar and gender


def strata(numbers: dict[str, int]) -> dict[str, dict[IndicatorId, int]]:
    return {key: {IndicatorId("a"): number} for key, number in numbers.items()}


def crossed(key: str) -> object:
    return place(Breakdown.CROSSED, key)


def test_the_expected_share_uses_level_leerjaar_and_gender() -> None:
    made = replace(measurement(MIXED), strata=strata({"vmbo-bk|3|meisje": 120, "havo|4|jongen": 80}))
    cells = LEVELS | {
        crossed("vmbo-bk|3|meisje"): cell({"a": (50, 100)}),
        crossed("havo|4|jongen"): cell({"a": (10, 100)}),
    }
    row = one(made, benchmark(cells), EXPECTED)  # type: ignore[arg-type]
    assert isinstance(row.benchmark, BenchmarkFigure)
    assert row.benchmark.share == pytest.approx(0.6 * 0.5 + 0.4 * 0.1)


def test_a_small_kind_of_pupil_goes_by_the_next_larger_group() -> None:
    """Too few girls of havo 4: all of havo 4 (40 of 100). Without gender: the same. Without leerjaar: havo."""
    made = replace(
        measurement({TOTAL: {"a": (70, 200)}, havo(): {"a": (70, 200)}}),
        strata=strata({"havo|4|meisje": 100, "havo|4|": 50, "havo||": 30, "||": 20}),
    )
    cells = LEVELS | {
        crossed("havo|4|meisje"): cell({"a": (8, 29)}),
        crossed("havo|4|jongen"): cell({"a": (32, 71)}),
    }
    row = one(made, benchmark(cells), EXPECTED)  # type: ignore[arg-type]
    assert isinstance(row.benchmark, BenchmarkFigure)
    assert row.benchmark.share == pytest.approx((150 * 0.4 + 30 * 0.2 + 20 * 0.3) / 200)


def test_no_pupil_of_the_region_counts_twice_in_the_expected_share() -> None:
    made = replace(
        measurement({TOTAL: {"a": (70, 200)}, havo(): {"a": (70, 200)}}),
        strata=strata({"havo|4|meisje": 100, "havo|4|": 60, "||": 40}),
    )
    cells = LEVELS | {
        crossed("havo|4|meisje"): cell({"a": (8, 29)}),
        crossed("havo|4|jongen"): cell({"a": (32, 71)}),
    }
    row = one(made, benchmark(cells), EXPECTED)  # type: ignore[arg-type]
    assert isinstance(row.benchmark, BenchmarkFigure)
    assert row.benchmark.total == 3100


def test_the_expected_share_needs_an_earlier_measurement_and_the_own_file() -> None:
    made = replace(measurement(MIXED), strata=strata({"vmbo-bk|3|meisje": 200}))
    cells = {place(): cell({"a": (970, 3200)}), HAVO: cell({"a": (205, 980)})}
    inside = benchmark(cells, year=YEAR, schools=(SCHOOL, "B", "C", "D"))
    assert "eerdere meting" in reason(one(made, inside, EXPECTED))
    assert "eigen bestand" in reason(one(made, benchmark(LEVELS, shareable=True), EXPECTED))
    assert "te weinig cijfers" in reason(one(made, benchmark({place(): cell({"a": (900, 3000)})}), EXPECTED))


# --------------------------------------------------------------------------- the rest


def test_what_numbers_can_show() -> None:
    figures: dict[str, tuple[int, int]] = {f"o{at}": (36, 120) for at in range(10)}
    made = measurement({TOTAL: figures, havo(): figures})
    numbers = dict.fromkeys(figures, (1200, 4000))
    names = list(figures)
    book = codebook([indicator(name) for name in names], [question(name) for name in names])
    published = protect(made, dict.fromkeys(names, Sensitivity.NORMAL), RULES)
    rows = compare(published, Setting(made, region(numbers), book, RULES))
    found = detectable(published, rows, RULES)
    assert found is not None
    assert (found.possible, found.clear) == (9, 13)
    assert detectable(published, (), RULES) is None
    hidden = replace(published, respondents=Suppressed(Reason.TOO_FEW_PUPILS))
    assert detectable(hidden, rows, RULES) is None


def test_the_direction_of_every_subject() -> None:
    book = codebook([indicator("a", higher_is=FAVOURABLE), indicator("b")], [question("a"), question("b")])
    assert directions(book) == {"a": FAVOURABLE, "b": UNFAVOURABLE}


# --------------------------------------------------------------------------- weights


def test_weighted_shares_are_compared_with_weighted_shares() -> None:
    """The school counts 45 of 120 but weighs 40%; the region counts 30% but weighs 35%."""
    own = Weighted(weights=240.0, case_weights=96.0, squares=600.0, case_squares=220.0)
    theirs = Weighted(weights=8000.0, case_weights=2800.0, squares=20000.0, case_squares=7000.0)
    made = school(45, 120)
    made = replace(made, groups=tuple(replace(counts, weighted={IndicatorId("a"): own}) for counts in made.groups))
    cells = {place(): replace(cell({"a": (1200, 4000)}), weighted={IndicatorId("a"): theirs})}
    book = codebook([indicator("a")], [question("a")])
    published = protect(made, {IndicatorId("a"): Sensitivity.NORMAL}, RULES)
    setting = Setting(made, benchmark(cells), book, RULES, weighted=True)
    row = compare(published, setting)[0]
    assert isinstance(row.school, Proportion)
    assert isinstance(row.benchmark, BenchmarkFigure)
    assert (row.school.percentage, row.benchmark.percentage, row.benchmark.total) == (40, 35, 4000)
    assert isinstance(row.difference, Difference)
    assert row.difference.points == 5
    school_n, region_n = (
        row.school.precision,
        0.35 * 0.65 / (4000 / 3999 * (7000 * 0.65**2 + 13000 * 0.35**2) / 8000**2),
    )
    pooled = (0.395 * school_n + 0.35 * region_n) / (school_n + region_n)
    statistic = 0.045**2 / (pooled * (1 - pooled) * (1 / school_n + 1 / region_n))
    statistic *= (school_n + region_n - 1) / (school_n + region_n)
    assert row.difference.p_value == pytest.approx(chi2.sf(statistic, 1), rel=0.03)


def test_a_region_without_weights_is_no_weighted_comparison() -> None:
    made, book = school(), codebook([indicator("a")], [question("a")])
    published = protect(made, {IndicatorId("a"): Sensitivity.NORMAL}, RULES)
    row = compare(published, Setting(made, region(), book, RULES, weighted=True))[0]
    assert "niet gewogen" in reason(row)
