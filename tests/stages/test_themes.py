"""The subjects of a theme together: which take part, which way they point, and when there is no test."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pytest

from tests.builders import TOTAL, benchmark, cell, codebook, indicator, measurement, place, policy, question
from wellbeing.estimation.differences import benjamini_hochberg
from wellbeing.estimation.themes import mean_difference_p
from wellbeing.model.benchmark import Benchmark
from wellbeing.model.reference import Bouw, Codebook, Direction, Indicator, IndicatorId, Sensitivity
from wellbeing.model.results import Certainty, ComparatorKind, Sense, ThemeFinding
from wellbeing.stages.compare import Setting, compare
from wellbeing.stages.protect import protect
from wellbeing.stages.themes import compare_themes

REGION = ComparatorKind.REGION
THIRTY = (1200, 4000)
UNFAVOURABLE, FAVOURABLE, NEUTRAL = Direction.UNFAVOURABLE, Direction.FAVOURABLE, Direction.NEUTRAL


def book(*subjects: Indicator) -> Codebook:
    return codebook(subjects, [question(item.id) for item in subjects])


def unrelated(names: Sequence[str], phi: float = 0.0) -> dict[Bouw, dict[tuple[IndicatorId, IndicatorId], float]]:
    pairs = [(IndicatorId(a), IndicatorId(b)) for at, a in enumerate(names) for b in names[:at]]
    return {Bouw.UPPER: dict.fromkeys(pairs, phi)}


def themes(
    made: Codebook,
    school: Mapping[str, tuple[int, int]],
    correlations: object = None,
    *,
    could: int | None = None,
    **region: tuple[int, int],
) -> tuple[ThemeFinding, ...]:
    """Compare a school with a region where 30% of 4,000 have everything, unless told otherwise."""
    figures = dict.fromkeys(school, THIRTY) | region
    beside: Benchmark = benchmark(
        {place(): cell(figures)}, correlations=unrelated(list(school)) if correlations is None else correlations
    )
    counted = measurement({TOTAL: dict(school)}, could_have_answered=could)
    sensitivities = {IndicatorId(item.id): item.sensitivity for item in made.indicators}
    rows = compare(protect(counted, sensitivities, policy()), Setting(counted, beside, made, policy()))
    return compare_themes(rows, made, beside, Bouw.UPPER, policy().verdict)[REGION]


def test_a_theme_by_hand() -> None:
    """Twice 40% beside 30%, 100 pupils, unrelated: z = 0.1 / sqrt(2 x 0.21 (1/100 + 1/4000) / 4)."""
    made = book(indicator("a"), indicator("b"))
    (found,) = themes(made, {"a": (40, 100), "b": (40, 100)})
    assert (found.theme, found.subjects, found.points) == ("welbevinden", 2, 10)
    assert found.p_value == pytest.approx(0.0023, abs=5e-5)
    assert str(found.verdict) == "duidelijk ongunstiger"


def test_a_favourable_subject_is_turned_round() -> None:
    made = book(indicator("a"), indicator("b", higher_is=FAVOURABLE))
    (same,) = themes(made, {"a": (40, 100), "b": (20, 100)})
    assert (same.points, same.verdict and same.verdict.sense) == (10, Sense.UNFAVOURABLE)
    (opposite,) = themes(made, {"a": (40, 100), "b": (40, 100)})
    assert (opposite.points, opposite.p_value) == (0, pytest.approx(1.0))
    (better,) = themes(made, {"a": (20, 100), "b": (40, 100)})
    assert (better.points, better.verdict and better.verdict.sense) == (-10, Sense.FAVOURABLE)


def test_the_correlation_is_turned_with_the_subject() -> None:
    """Complaints and no-complaints that exclude each other say one thing twice: phi -0.9 counts as +0.9."""
    made = book(indicator("a"), indicator("b", higher_is=FAVOURABLE))
    (found,) = themes(made, {"a": (40, 100), "b": (20, 100)}, unrelated("ab", -0.9))
    expected = mean_difference_p([0.1, 0.1], [0.3, 0.3], [(100.0, 4000.0)] * 2, np.array([[1.0, 0.9], [0.9, 1.0]]))
    assert found.p_value == pytest.approx(expected)


def test_neutral_and_hidden_subjects_take_no_part() -> None:
    made = book(
        indicator("a"),
        indicator("b"),
        indicator("neutral", higher_is=NEUTRAL),
        indicator("hidden"),
        indicator("secret", sensitivity=Sensitivity.REGION_ONLY),
        indicator("elsewhere", version="2019"),
    )
    counts = {"a": (40, 100), "b": (40, 100)}
    others = {"neutral": (90, 100), "hidden": (2, 100), "secret": (90, 100)}
    (found,) = themes(made, counts | others)
    assert found == themes(book(indicator("a"), indicator("b")), counts)[0]


def test_a_pair_of_which_nothing_is_known_gives_no_test() -> None:
    made = book(*(indicator(name) for name in "abc"))
    counts = dict.fromkeys("abc", (40, 100))
    known = unrelated("abc")[Bouw.UPPER]
    assert themes(made, counts, {Bouw.UPPER: known})
    for pair in known:
        rest = {other: phi for other, phi in known.items() if other != pair}
        assert themes(made, counts, {Bouw.UPPER: rest}) == ()
    assert themes(made, counts, {}) == ()
    assert themes(made, counts, {Bouw.LOWER: known}) == ()


def test_a_pair_may_be_written_the_other_way_round() -> None:
    made = book(indicator("a"), indicator("b"))
    counts = dict.fromkeys("ab", (40, 100))
    there, back = ({Bouw.UPPER: {pair: 0.4}} for pair in (("a", "b"), ("b", "a")))
    assert themes(made, counts, there) == themes(made, counts, back) != ()


def test_one_subject_is_no_theme() -> None:
    made = book(indicator("a"), indicator("b", theme="school"))
    assert themes(made, dict.fromkeys("ab", (60, 100))) == ()


def test_themes_are_one_family() -> None:
    subjects = [indicator(f"{theme}{at}", theme=theme) for theme in ("welbevinden", "school", "thuis") for at in (1, 2)]
    counts = {item.id: (30 + 4 * (item.theme == "school") + 10 * (item.theme == "thuis"), 100) for item in subjects}
    found = themes(book(*subjects), counts)
    assert [item.theme for item in found] == ["welbevinden", "school", "thuis"]
    adjusted = benjamini_hochberg([item.p_value for item in found]).tolist()
    assert [item.p_adjusted for item in found] == adjusted
    assert [item.verdict and item.verdict.certainty for item in found][::2] == [Certainty.NONE, Certainty.CLEAR]


def test_a_rare_theme_needs_the_full_size_too() -> None:
    """4 points are enough for one subject below 10%, never for a theme."""
    made = book(indicator("a"), indicator("b"))
    (found,) = themes(made, dict.fromkeys("ab", (90, 1000)), a=(200, 4000), b=(200, 4000))
    assert found.points == 4
    assert found.p_adjusted < 0.001
    assert found.verdict is not None
    assert found.verdict.certainty is Certainty.NONE


def test_a_low_response_takes_the_labels_away() -> None:
    made = book(indicator("a"), indicator("b"))
    (found,) = themes(made, dict.fromkeys("ab", (40, 100)), could=300)
    assert found.points == 10
    assert found.verdict is None


@pytest.mark.parametrize(("cases", "points"), [((35, 36), 6), ((25, 24), -6), ((30, 31), 1), ((30, 29), -1)])
def test_the_mean_of_points_is_rounded_away_from_nothing(cases: tuple[int, int], points: int) -> None:
    (found,) = themes(book(indicator("a"), indicator("b")), {"a": (cases[0], 100), "b": (cases[1], 100)})
    assert found.points == points
