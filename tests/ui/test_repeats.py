"""A second file of nearly the same pupils is stopped, and nothing else."""

from dataclasses import replace

import pytest

from tests import builders
from wellbeing import pipeline
from wellbeing.model.reference import Bouw, ShareRule
from wellbeing.ui.repeats import codings_of, codings_together, counted_otherwise, nearly_the_same, part_beside_whole

FEWEST = 5


def measured(pupils, **changes):
    return builders.measurement({builders.TOTAL: {"klachten": (10, pupils)}}, **changes)


SEEN = {(builders.SCHOOL, builders.YEAR, Bouw.UPPER): {100}}


@pytest.mark.parametrize(
    ("pupils", "is_stopped"),
    [(100, False), (101, True), (96, True), (104, True), (105, False), (95, False), (300, False)],
)
def test_one_to_four_pupils_more_or_less_are_stopped(pupils, is_stopped):
    one = measured(pupils)
    assert nearly_the_same([one], SEEN, FEWEST) == ((one,) if is_stopped else ())


@pytest.mark.parametrize("other", [{"school": "De Boei"}, {"year": "2024-2025"}, {"bouw": Bouw.LOWER}])
def test_another_school_year_or_population_is_another_measurement(other):
    assert nearly_the_same([measured(101, **other)], SEEN, FEWEST) == ()


def test_every_earlier_file_counts_not_only_the_last():
    seen = {(builders.SCHOOL, builders.YEAR, Bouw.UPPER): {100, 200}}
    assert nearly_the_same([measured(102)], seen, FEWEST)
    assert nearly_the_same([measured(198)], seen, FEWEST)
    assert not nearly_the_same([measured(150)], seen, FEWEST)


def test_a_part_beside_all_pupils_is_stopped_either_way():
    """Of all 100 pupils 60 are in the bovenbouw: both pages together tell the other 40."""
    part, whole = measured(60), measured(100, bouw=Bouw.ALL)
    everybody = {(builders.SCHOOL, builders.YEAR, Bouw.ALL): {100}}
    assert part_beside_whole([whole], SEEN) == (whole,)
    assert part_beside_whole([part], everybody) == (part,)
    assert part_beside_whole([whole], everybody) == ()
    assert part_beside_whole([measured(40, bouw=Bouw.LOWER)], SEEN) == ()
    assert part_beside_whole([measured(100, bouw=Bouw.ALL, year="2024-2025")], SEEN) == ()


# --------------------------------------------------------------------------- the same questions counted otherwise

VAPING = builders.question("vapen", "1=Nooit|2=Soms|3=Elke week")
EVER = builders.indicator("ooit", ShareRule("share", "vapen", (2, 3)))
WEEKLY = builders.indicator("wekelijks", ShareRule("share", "vapen", (3,)))
MOOD = builders.question("somber")
SAD = builders.indicator("somber")


def book(ident, *subjects, instrument="Klein"):
    made = builders.codebook(subjects, [VAPING, MOOD])
    return replace(made, id=ident, instrument=instrument)


def counted(ident, pupils=100, **cases):
    """Count a school; without pupils who answered where there are no cases."""
    figures = {name: (number, pupils if number else 0) for name, number in cases.items()}
    return replace(builders.measurement({builders.TOTAL: figures}), codebook=ident)


def second_look(first, second, *books):
    return bool(counted_otherwise([second], codings_of([second], books), codings_of([first], books)))


def test_the_same_question_under_two_questionnaires_is_stopped():
    """Of 100 pupils 9 vaped at some time, says one page, and 7 do so every week, says the other: 2 less often."""
    monitor, own = book("monitor", EVER), book("eigen", WEEKLY, instrument="Eigen")
    assert second_look(counted("monitor", ooit=9), counted("eigen", 120, wekelijks=7), monitor, own)
    assert not second_look(counted("monitor", ooit=9), counted("monitor", ooit=9), monitor, own)


def test_fewer_subjects_of_one_question_are_another_look():
    """Together one of the two is hidden; with one column less the other page shows what was hidden."""
    monitor = book("monitor", EVER, WEEKLY)
    assert second_look(counted("monitor", ooit=9, wekelijks=7), counted("monitor", ooit=9, wekelijks=0), monitor)


def test_another_limit_in_the_same_questionnaire_is_another_look():
    before, after = book("eigen", EVER), book("eigen", replace(EVER, rules=WEEKLY.rules))
    now = counted("eigen", ooit=9)
    assert counted_otherwise([now], codings_of([now], [after]), codings_of([now], [before])) == (now,)


def test_other_questions_of_other_pupils_go_on_and_of_as_many_pupils_do_not():
    """With columns linked by hand the headings say nothing: as many pupils are then the same pupils."""
    monitor, own = book("monitor", EVER), book("eigen", SAD, instrument="Eigen")
    assert not second_look(counted("monitor", ooit=9), counted("eigen", 120, somber=20), monitor, own)
    assert second_look(counted("monitor", ooit=9), counted("eigen", 100, somber=20), monitor, own)


def test_other_counts_of_the_same_pupils_are_another_look():
    """Codes read the other way round: of 100 pupils 40 are sad, says one page, 57 says the other, and 3 are between."""
    monitor = book("monitor", SAD, EVER)
    before = counted("monitor", somber=40, ooit=9)
    assert second_look(before, counted("monitor", somber=57, ooit=9), monitor)
    assert not second_look(before, counted("monitor", somber=40, ooit=9), monitor)
    assert not second_look(before, counted("monitor", 120, somber=57, ooit=9), monitor)


def test_an_earlier_year_read_with_a_later_edition_goes_on_where_the_subject_is_the_same():
    known = pipeline.load_reference()
    editions = [known.codebook(ident) for ident in ("gmj-2021", "gmj-2023")]
    before, now = counted("gmj-2021", stress_thuis=20, eenzaam_vaak=30), counted("gmj-2023", stress_thuis=20)
    assert not second_look(before, now, *editions)


def test_every_earlier_look_counts():
    monitor = book("monitor", EVER, WEEKLY, SAD)
    looks = [codings_of([counted("monitor", **{name: 9})], [monitor]) for name in ("ooit", "somber")]
    now = counted("monitor", wekelijks=7)
    assert counted_otherwise([now], codings_of([now], [monitor]), codings_together(*looks)) == (now,)


def test_a_questionnaire_that_is_gone_says_nothing():
    assert codings_of([counted("weg", ooit=9)], [book("monitor", EVER)]) == {}
