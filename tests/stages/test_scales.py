"""Which way round a scale runs: bare codes held against published figures, asked about and never turned unasked."""

from __future__ import annotations

import csv
import math
import random
from collections.abc import Mapping, Sequence

import pandas as pd
import pytest

from tests.builders import DATA, benchmark, cell, codebook, indicator, links, place, question, raw_table
from wellbeing.model.imports import Doubt, Problem, Severity, question_id
from wellbeing.model.reference import Bouw, Codebook, CountRule, NationalFigure, ShareRule
from wellbeing.model.survey import Answers, Links, RawTable
from wellbeing.reference.codebooks import load_codebooks, rule_questions
from wellbeing.stages.scales import (
    MUCH_BETTER,
    Fit,
    Fits,
    Known,
    bare_codes,
    directions_of,
    known_shares,
    likelier,
    only,
    settle_scales,
    turn,
)
from wellbeing.stages.score import score_indicators

FIVE = "1=Heel goed|2=Goed|3=Gaat wel|4=Niet goed|5=Slecht"
UPPER_FROM = {"havo": 4}
FIGURES = (DATA / "benchmarks" / "landelijk.csv").read_text(encoding="utf-8-sig")
PUBLISHED = list(csv.DictReader(FIGURES.splitlines(), delimiter=";"))


def book(*, moods: int = 1) -> Codebook:
    """Give a questionnaire: how healthy, twice scored; yes or no; and a block of moods."""
    names = [f"m{at}" for at in range(moods)]
    return codebook(
        [
            indicator("gezond", ShareRule("share", "gezond", (1, 2))),
            indicator("ongezond", ShareRule("share", "gezond", (4, 5))),
            indicator("wiet", ShareRule("share", "wiet", (1,))),
            indicator("somber", CountRule("count", tuple(names), (4, 5), moods)),
        ],
        [question("gezond", f"{FIVE}|6=Weet ik niet", missing=(6,)), question("wiet"), question("dagen", "0=0|1=1|2=2")]
        + [question(name, "1=Nooit|2=Zelden|3=Soms|4=Vaak|5=Altijd") for name in names],
    )


def opened(columns: Mapping[str, Sequence[object]], made: Codebook | None = None) -> tuple[RawTable, Codebook, Links]:
    """Give an export with these columns."""
    made = made or book()
    rows = [list(map(str, row)) for row in zip(*columns.values(), strict=True)]
    table = raw_table(list(columns), rows)
    return table, made, links(table, made)


def settled(
    columns: Mapping[str, Sequence[int]],
    known: Mapping[str, Known],
    replies: Mapping[str, str] | None = None,
    *,
    by_hand: bool = False,
    made: Codebook | None = None,
) -> tuple[Answers, tuple[Problem, ...]]:
    """Read codes as the pipeline does, without anything but this stage and the scoring."""
    table, made, linked = opened(columns, made)
    linked = Links(linked.questions, linked.fields, frozenset(linked.questions if by_hand else ()))
    answers = Answers(made, pd.DataFrame(dict(columns), dtype="Int64"), {})
    bare = bare_codes(table, made, linked)
    return settle_scales(answers, bare, fits(answers, bare, known), replies or {})


def fits(answers: Answers, bare: Mapping[str, object], known: Mapping[str, Known]) -> Fits:
    own = only(answers, bare)
    used = {item.id: rule_questions(item.rules[0]) for item in answers.codebook.indicators}
    turned = turn(own, bare, own.frame.columns)  # type: ignore[arg-type]
    return directions_of(score_indicators(own, UPPER_FROM), score_indicators(turned, UPPER_FROM), used, known)


def share(number: float) -> Known:
    return Known(number, "landelijk is het zo")


WELL = [1, 2] * 25 + [3] * 6 + [5] * 4
UNWELL = [6 - code for code in WELL]
GEZOND = {"gezond": share(0.8), "ongezond": share(0.05)}


# --------------------------------------------------------------------------- which questions have bare codes


@pytest.mark.parametrize(
    ("cells", "is_bare"),
    [
        (["1", "2", "5"], True),
        (["1", "", "2,0"], True),
        (["1", "2", "?"], True),  # what is not understood says nothing about the codes
        (["1", "2", "Goed"], False),
        (["1 = heel goed", "2 = Goed", ""], False),
        (["Heel goed", "Slecht", ""], False),
        (["", "", ""], False),
        (["6", "6", "6"], False),  # nothing but a missing code
    ],
)
def test_codes_are_bare_where_the_column_has_no_word_of_an_answer(cells: list[str], is_bare: bool) -> None:
    assert ("gezond" in bare_codes(*opened({"gezond": cells}))) is is_bare


def test_labels_of_an_spss_file_say_what_codes_mean_unless_they_are_others() -> None:
    made = book()
    for labels, is_bare in (({"1": "Heel goed"}, False), ({"1": "Toppie"}, True)):
        table = raw_table(["gezond"], [["1"], ["5"]], gezond=labels)
        assert ("gezond" in bare_codes(table, made, links(table, made))) is is_bare


def test_a_number_that_is_its_own_answer_has_no_direction() -> None:
    assert bare_codes(*opened({"dagen": [0, 1, 2]})) == {}


def test_what_does_not_count_is_no_part_of_the_scale() -> None:
    answer_aside = indicator("gezond", ShareRule("share", "gezond", (1, 2), (5,)))
    made = codebook([answer_aside], [question("gezond", FIVE, missing=(), not_applicable=(4,))])
    (item,) = bare_codes(*opened({"gezond": [1, 2, 3]}, made)).values()
    assert [answer.code for answer in item.scale] == [1, 2, 3]
    assert (item.meaning, item.other_meaning) == ("1 = Heel goed, 3 = Gaat wel", "1 = Gaat wel, 3 = Heel goed")


# --------------------------------------------------------------------------- what is known of others


def figure(name: str, year: int, percentage: float, **changes: str) -> NationalFigure:
    about = {"population": "Nederland, GMJ klas 2+4", "breakdown": "totaal", "source": "x"} | changes
    return NationalFigure(indicator_id=name, year=year, percentage=percentage, **about)


def test_the_last_figure_about_all_pupils_of_the_country_counts() -> None:
    national = [
        figure("gezond", 2019, 85),
        figure("gezond", 2023, 80),
        figure("gezond", 2021, 83),
        figure("gezond", 2025, 10, breakdown="klas=2"),
        figure("gezond", 2025, 10, population="GGD-regio Duinrand, GMJ klas 2+4"),
        figure("wiet", 2023, 9.1, breakdown="totaal (ruim)"),
        figure("iets_anders", 2023, 50),
    ]
    found = known_shares(book(), national)
    assert {name: known.share for name, known in found.items()} == {"gezond": 0.8, "wiet": pytest.approx(0.091)}
    assert found["gezond"].said == "landelijk is 'Onderwerp gezond' 80%"


def test_the_region_goes_first_where_it_was_asked_in_the_same_words() -> None:
    region = benchmark(
        {
            place(): cell({"gezond": (300, 400), "wiet": (10, 100)}),
            place(bouw=Bouw.LOWER): cell({"gezond": (300, 600)}),
        }
    )
    national = [figure("gezond", 2023, 80), figure("wiet", 2023, 9)]
    found = known_shares(book(), national, region)
    assert (found["gezond"].share, found["wiet"].share) == (0.6, 0.1)
    assert "Duinrand" in found["gezond"].said
    other = benchmark(region.cells, versions={"gezond": "2019"})
    assert known_shares(book(), national, other)["gezond"].share == 0.8
    assert known_shares(book(), national, benchmark(region.cells, instrument="Ander"))["gezond"].share == 0.8


# --------------------------------------------------------------------------- how sure


def by_integration(known: float, cases: int, total: int) -> float:
    """The same chance by adding up over schools: a binomial whose log odds are normal around the known share."""
    middle, step, found = math.log(known / (1 - known)), 0.005, 0.0
    for at in range(-1200, 1201):
        odds = middle + 0.8 * (at * step)
        p = 1 / (1 + math.exp(-odds))
        log = math.lgamma(total + 1) - math.lgamma(cases + 1) - math.lgamma(total - cases + 1)
        log += cases * math.log(p) + (total - cases) * math.log1p(-p)
        found += math.exp(log - (at * step) ** 2 / 2) * step
    # In log odds instead of in cases, as the chance of a school is told per unit of log odds.
    return math.log(found * (cases + 0.5) * (total - cases + 0.5) / (total + 1))


@pytest.mark.parametrize("total", [12, 30, 60, 250])
def test_whoever_is_asked_has_a_turned_scale_that_is_far_likelier_by_adding_up_over_schools_too(total: int) -> None:
    chance, asked, clear = random.Random(total), 0, 0
    for _ in range(150):
        known = chance.choice([0.05, 0.1, 0.2, 0.35, 0.5, 0.8, 0.9])
        one, other = (round(total * chance.random()) for _ in range(2))
        exact = by_integration(known, other, total) - by_integration(known, one, total)
        ours = likelier(known, (one, total), (other, total))
        asked += ours > MUCH_BETTER
        clear += exact > 2 * MUCH_BETTER
        assert ours <= MUCH_BETTER or exact > math.log(50)
        assert exact <= 2 * MUCH_BETTER or ours > 0
    assert asked > (5 if total > 12 else 0) or not clear


def test_no_published_group_or_region_would_be_taken_for_a_turned_scale() -> None:
    """Of yes and no, which turn into each other: the groups that differ most from the country as a whole."""
    known = known_shares(
        next(item for item in load_codebooks(DATA / "codebooks") if item.id == "gmj-2023"), published()
    )
    looked_at = 0
    for row in PUBLISHED:
        if row["indicator_id"] in known:
            for pupils in (30, 250, 2500):
                cases = round(float(row["percentage"]) * pupils / 100)
                ratio = likelier(known[row["indicator_id"]].share, (cases, pupils), (pupils - cases, pupils))
                assert ratio < MUCH_BETTER, row
                looked_at += 1
    assert looked_at > 300


def published() -> list[NationalFigure]:
    names = ("indicator_id", "population", "breakdown", "source")
    return [
        NationalFigure(
            year=int(row["year"]), percentage=float(row["percentage"]), **{name: row[name] for name in names}
        )
        for row in PUBLISHED
    ]


def test_a_school_far_from_the_country_is_just_that_school() -> None:
    drinkers = [1] * 70 + [2] * 30  # 70%, where the country has 26%
    answers, problems = settled({"wiet": drinkers}, {"wiet": share(0.26)})
    assert list(answers.frame["wiet"]) == drinkers
    assert [problem.question for problem in problems] == [None]


def test_a_few_pupils_say_too_little() -> None:
    answers, problems = settled({"gezond": UNWELL[::8]}, GEZOND)
    assert list(answers.frame["gezond"]) == UNWELL[::8]
    assert [problem.question for problem in problems] == [None]


def test_where_others_all_have_it_nothing_is_certain() -> None:
    assert math.isfinite(likelier(1.0, (0, 100), (100, 100)))
    assert math.isfinite(likelier(0.0, (0, 100), (100, 100)))
    assert likelier(0.5, (0, 0), (0, 0)) == 0


def test_two_subjects_of_one_question_must_agree() -> None:
    columns = {"gezond": UNWELL}
    assert "gezond" not in settled(columns, GEZOND)[0].frame
    assert "gezond" in settled(columns, {**GEZOND, "ongezond": share(0.85)})[0].frame


# --------------------------------------------------------------------------- what the user is told and asked


def test_codes_that_fit_are_read_and_that_is_told_once() -> None:
    answers, problems = settled({"gezond": WELL, "wiet": [2] * 60}, {**GEZOND, "wiet": share(0.09)})
    assert list(answers.frame["gezond"]) == WELL
    (problem,) = problems
    assert "Bij 2 vragen staan alleen cijfers" in problem.message
    assert problem.question is None


def test_codes_of_which_nothing_is_known_are_read_and_that_is_told() -> None:
    answers, (problem,) = settled({"gezond": UNWELL, "wiet": [2] * 60}, {})
    assert list(answers.frame["gezond"]) == UNWELL
    assert (problem.severity, problem.question) == (Severity.NOTE, None)
    assert "Bij 2 vragen staan alleen cijfers" in problem.message
    assert "1 = Heel goed, 5 = Slecht" in problem.message


def test_a_turned_scale_waits_for_its_user() -> None:
    answers, (problem,) = settled({"gezond": UNWELL}, GEZOND)
    assert "gezond" not in answers.frame
    assert (problem.severity, problem.rows, problem.heading) == (Severity.CHECK, 60, "gezond")
    assert problem.question
    assert problem.question.id == question_id(Doubt.ORDER, "gezond")
    assert dict(problem.question.options) == {
        "codeboek": "1 = Heel goed, 5 = Slecht",
        "omgekeerd": "Omgekeerd: 1 = Slecht, 5 = Heel goed",
        "onbekend": "Dat weet ik niet: laat de cijfers weg",
    }


@pytest.mark.parametrize(
    ("reply", "codes", "said"),
    [("omgekeerd", WELL, "omgekeerd gelezen"), ("codeboek", UNWELL, ""), ("onbekend", None, "tellen niet mee")],
)
def test_the_reply_decides(reply: str, codes: list[int] | None, said: str) -> None:
    answers, problems = settled({"gezond": UNWELL}, GEZOND, {question_id(Doubt.ORDER, "gezond"): reply})
    assert (list(answers.frame["gezond"]) if "gezond" in answers.frame else None) == codes
    assert [problem.question for problem in problems] == [None] * bool(said)
    assert all(said in problem.message for problem in problems)


def test_a_block_of_questions_is_asked_about_as_one() -> None:
    made = book(moods=5)
    columns = {f"m{at}": [5, 4, 5, 5, 1] * 12 for at in range(5)}
    answers, (problem,) = settled(columns, {"somber": share(0.1)}, made=made)
    assert list(answers.frame) == []
    assert "'m0', 'm1', 'm2' en nog 2" in problem.message
    replies = {question_id(Doubt.ORDER, "m0"): "omgekeerd"}
    answers, _ = settled(columns, {"somber": share(0.1)}, replies, made=made)
    assert all(list(answers.frame[name]) == [1, 2, 1, 1, 5] * 12 for name in columns)


def test_columns_that_the_user_linked_are_asked_about_once_per_kind_of_answers() -> None:
    made = book(moods=3)
    columns = {f"m{at}": [1, 2, 3, 4, 5] * 12 for at in range(3)} | {"wiet": [1, 2] * 30}
    answers, problems = settled(columns, {}, by_hand=True, made=made)
    assert all(list(answers.frame[name]) == codes for name, codes in columns.items())
    asked = [problem.question for problem in problems if problem.question]
    assert sorted(item.about for item in asked) == ["1 = Ja, 2 = Nee", "1 = Nooit, 5 = Altijd"]
    replies = {question_id(Doubt.ORDER, "", "1 = Nooit, 5 = Altijd"): "omgekeerd"}
    answers, problems = settled(columns, {}, replies, by_hand=True, made=made)
    assert list(answers.frame["m1"]) == [5, 4, 3, 2, 1] * 12
    assert list(answers.frame["wiet"]) == columns["wiet"]
    assert sum(problem.question is not None for problem in problems) == 1


def test_what_a_user_linked_and_the_country_confirms_is_not_asked() -> None:
    _, problems = settled({"gezond": WELL}, GEZOND, by_hand=True)
    assert [problem.question for problem in problems] == [None]


def test_a_missing_answer_stays_missing_when_a_scale_is_turned() -> None:
    answers = Answers(book(), pd.DataFrame({"gezond": [1, None, 5]}, dtype="Int64"), {})
    bare = bare_codes(*opened({"gezond": [1, "", 5]}))
    turned = list(turn(answers, bare, ["gezond"]).frame["gezond"])
    assert (turned[0], turned[2]) == (5, 1)
    assert pd.isna(turned[1])


def test_fits_are_told_apart() -> None:
    answers = Answers(book(), pd.DataFrame({"gezond": WELL}, dtype="Int64"), {})
    bare = bare_codes(*opened({"gezond": WELL}))
    assert fits(answers, bare, GEZOND)[("gezond",)][0] is Fit.AS_CODEBOOK
    assert fits(answers, bare, {"gezond": share(0.5)}) == {}
