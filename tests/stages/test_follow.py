"""A school over the years: where the line breaks, what is a change, and what is a direction."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.builders import TOTAL, codebook, indicator, measurement, policy, question
from wellbeing.estimation.differences import benjamini_hochberg, difference_interval, two_sample_p
from wellbeing.estimation.proportions import wilson_interval
from wellbeing.estimation.trends import cochran_armitage
from wellbeing.model.reference import Codebook, Direction, IndicatorId, Sensitivity
from wellbeing.model.results import Certainty, Change, Course, NotComparable, PublishedMeasurement, Sense
from wellbeing.stages.follow import FIRST_TIME, HIDDEN, OTHER_QUESTION, follow
from wellbeing.stages.protect import protect

YEARS = ("2021-2022", "2022-2023", "2023-2024", "2025-2026")
Year = tuple[PublishedMeasurement, Codebook]
HIDE = (2, 100)


def book(names: str = "a", *, version: str = "2025", higher_is: Direction = Direction.UNFAVOURABLE) -> Codebook:
    made = [indicator(name, version=version, higher_is=higher_is) for name in names]
    return codebook(made, [question(name) for name in names])


def year(at: int, made: Codebook, **figures: tuple[int, int]) -> Year:
    counted = measurement({TOTAL: figures}, year=YEARS[at])
    return protect(counted, dict.fromkeys(map(IndicatorId, figures), Sensitivity.NORMAL), policy()), made


def one(*years: Year) -> Course:
    (course,) = follow(years, policy())
    return course


def test_a_change_by_hand() -> None:
    """28 of 100 was 40 of 100: newcombe on the printed shares, the test on the counts."""
    found = one(year(0, book(), a=(28, 100)), year(1, book(), a=(40, 100)))
    change = found.change
    assert isinstance(change, Change)
    lower, upper = difference_interval(0.40, wilson_interval(40, 100), 0.28, wilson_interval(28, 100))
    assert (change.since, change.points) == (YEARS[0], 12)
    assert (change.interval.lower, change.interval.upper) == pytest.approx((lower, upper))
    assert change.p_value == pytest.approx(float(two_sample_p(40, 100, 28, 100)))
    assert found.long_run is None


def test_the_years_are_put_in_order() -> None:
    found = one(year(2, book(), a=(40, 100)), year(0, book(), a=(10, 100)), year(1, book(), a=(28, 100)))
    assert [figure.year for figure in found.figures] == list(YEARS[:3])
    assert isinstance(found.change, Change)
    assert found.change.since == YEARS[1]


def test_a_first_measurement_has_no_change() -> None:
    assert one(year(0, book(), a=(28, 100))).change == FIRST_TIME


@pytest.mark.parametrize("later", [book(version="2027"), replace(book(), instrument="Ander")])
def test_another_wording_or_questionnaire_breaks_the_line(later: Codebook) -> None:
    found = one(year(0, book(), a=(28, 100)), year(1, later, a=(60, 100)))
    assert [figure.broken for figure in found.figures] == [False, True]
    assert found.change == OTHER_QUESTION


def test_after_a_break_the_line_goes_on() -> None:
    new = book(version="2027")
    found = one(year(0, book(), a=(10, 100)), year(1, new, a=(28, 100)), year(2, new, a=(40, 100)))
    assert [figure.broken for figure in found.figures] == [False, True, False]
    assert isinstance(found.change, Change)
    assert found.long_run is None, "only two years have the new question"


def test_a_year_without_the_subject_is_passed_over() -> None:
    found = follow(
        [
            year(0, book("ab"), a=(20, 100), b=(20, 100)),
            year(1, book("b"), b=(25, 100)),
            year(2, book("ab"), a=(40, 100), b=(30, 100)),
        ],
        policy(),
    )
    course = next(course for course in found if course.indicator == "a")
    assert [figure.year for figure in course.figures] == [YEARS[0], YEARS[2]]
    assert isinstance(course.change, Change)
    assert course.change.since == YEARS[0]


@pytest.mark.parametrize("figures", [(HIDE, (40, 100)), ((40, 100), HIDE), (HIDE, HIDE)])
def test_a_hidden_year_has_no_change(figures: tuple[tuple[int, int], tuple[int, int]]) -> None:
    found = one(*(year(at, book(), a=pair) for at, pair in enumerate(figures)))
    assert found.change == HIDDEN
    assert isinstance(found.change, NotComparable)


def test_changes_are_one_family_of_those_that_may_be_shown() -> None:
    names = "abcdef"
    now = {"a": (48, 100), "b": (44, 100), "c": (41, 100), "d": (31, 100), "e": HIDE, "f": (29, 100)}
    found = follow([year(0, book(names), **dict.fromkeys(names, (30, 100))), year(1, book(names), **now)], policy())
    changes = [course.change for course in found if isinstance(course.change, Change)]
    assert len(changes) == 5
    assert [c.p_adjusted for c in changes] == benjamini_hochberg([c.p_value for c in changes]).tolist()
    labels = [c.verdict and c.verdict.certainty for c in changes]
    assert labels == [Certainty.CLEAR, Certainty.POSSIBLE, Certainty.NONE, Certainty.NONE, Certainty.NONE]


@pytest.mark.parametrize(
    ("direction", "sense"),
    [
        (Direction.UNFAVOURABLE, Sense.UNFAVOURABLE),
        (Direction.FAVOURABLE, Sense.FAVOURABLE),
        (Direction.NEUTRAL, Sense.HIGHER),
    ],
)
def test_which_way_follows_what_is_good_for_pupils(direction: Direction, sense: Sense) -> None:
    made = book(higher_is=direction)
    found = one(*(year(at, made, a=(20 + 15 * at, 100)) for at in range(3)))
    assert isinstance(found.change, Change)
    assert found.change.verdict is not None
    assert found.change.verdict.sense is sense
    assert found.long_run is not None
    assert found.long_run.verdict is not None
    assert found.long_run.verdict.sense is sense


# --------------------------------------------------------------------------- direction


def test_a_direction_by_hand_with_the_real_years() -> None:
    """2023-2024 to 2025-2026 is two years: the last step counts for half."""
    counts = ((20, 100), (28, 100), (33, 100), (45, 100))
    found = one(*(year(at, book(), a=pair) for at, pair in enumerate(counts))).long_run
    assert found is not None
    trend = cochran_armitage([2021, 2022, 2023, 2025], [20, 28, 33, 45], [100] * 4)
    assert (found.measurements, found.points_per_year) == (4, round(100 * trend.slope, 1))
    assert found.p_value == pytest.approx(trend.p_value)
    assert found.verdict is not None
    assert found.verdict.certainty is Certainty.CLEAR


@pytest.mark.parametrize(("years", "known"), [(2, False), (3, True)])
def test_a_direction_needs_three_measurements(years: int, known: bool) -> None:
    found = one(*(year(at, book(), a=(20 + 10 * at, 100)) for at in range(years)))
    assert (found.long_run is not None) is known


def test_hidden_years_do_not_count_towards_three() -> None:
    found = one(*(year(at, book(), a=pair) for at, pair in enumerate([(20, 100), HIDE, (40, 100)])))
    assert found.long_run is None
    found = one(*(year(at, book(), a=pair) for at, pair in enumerate([(20, 100), HIDE, (40, 100), (50, 100)])))
    assert found.long_run is not None
    assert found.long_run.measurements == 3


def test_a_level_line_is_no_direction() -> None:
    found = one(*(year(at, book(), a=(30 + at % 2, 100)) for at in range(3))).long_run
    assert found is not None
    assert found.verdict is not None
    assert found.verdict.certainty is Certainty.NONE


def test_directions_are_a_family_of_their_own() -> None:
    names = "abc"
    rise = {"a": 9, "b": 5, "c": 0}
    years = [year(at, book(names), **{n: (30 + rise[n] * at, 100) for n in names}) for at in range(3)]
    runs = [course.long_run for course in follow(years, policy())]
    plain = [run.p_value for run in runs if run]
    assert [run.p_adjusted for run in runs if run] == benjamini_hochberg(plain).tolist()
    assert len(plain) == 3
