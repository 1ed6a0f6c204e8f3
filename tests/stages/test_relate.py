"""Families of subjects: what follows from the rules, beside every way to answer tried out by the slow count."""

from __future__ import annotations

from itertools import combinations, permutations, product

import pytest

from tests.builders import codebook, indicator, question
from tests.oracles.slow_count import score
from wellbeing import pipeline
from wellbeing.estimation.families import Combination
from wellbeing.model.reference import Codebook, CountRule, Indicator, ScaleRule, ShareRule
from wellbeing.stages.relate import relate

FIVE = "1=Nooit|2=Soms|3=Vaak|4=Heel vaak|5=Altijd"
SCALE = ("s1", "s2", "s3")
QUESTIONS = [
    question("roken", FIVE, not_applicable=(8,)),
    question("vapen", FIVE, not_applicable=(8,)),
    question("mening", "1=Eens|2=Neutraal|3=Oneens", not_applicable=()),
    *(question(name, "1=Nooit|2=Soms|3=Vaak", not_applicable=()) for name in SCALE),
]


def share(name: str, asked: str, *cases: int, left_out: tuple[int, ...] = ()) -> Indicator:
    return indicator(name, ShareRule("share", asked, cases, left_out))


def count(name: str, asked: tuple[str, ...], cases: tuple[int, ...], at_least: int) -> Indicator:
    return indicator(name, CountRule("count", asked, cases, at_least))


def scale(name: str, **cut: float) -> Indicator:
    return indicator(name, ScaleRule("scale", SCALE, 2, "sum", 1, 5, **cut))  # type: ignore[arg-type]


def related(*indicators: Indicator) -> set[Combination]:
    return set(relate(codebook(indicators, QUESTIONS)))


def one_from_other(narrow: str, wide: str) -> Combination:
    """The pupils with the wide subject without the narrow one, the wide one least important."""
    return Combination(((narrow, -1), (wide, 1)))


# --------------------------------------------------------------------------- by hand


def test_a_narrower_answer_lies_inside_a_wider_one() -> None:
    found = related(share("ooit", "roken", 2, 3, 4, 5), share("vaak", "roken", 4, 5))
    assert found == {Combination((("ooit", 1), ("vaak", -1)))}


def test_two_answers_of_one_question_are_a_group_and_so_are_the_others() -> None:
    found = related(share("eens", "mening", 1), share("oneens", "mening", 3))
    assert found == {Combination((("eens", 1), ("oneens", 1)))}


def test_a_subject_and_its_opposite_leave_nobody() -> None:
    (found,) = related(share("wel", "mening", 1), share("niet", "mening", 2, 3))
    assert (found.empty, dict(found.parts)["wel"], dict(found.parts)["niet"]) == (True, 1, 1)


def test_an_answer_that_both_leave_out_is_nobody() -> None:
    (found,) = related(share("wel", "mening", 1, left_out=(2,)), share("niet", "mening", 3, left_out=(2,)))
    assert found.empty


def test_every_answer_a_subject() -> None:
    found = related(*(share(f"a{code}", "roken", code) for code in (1, 2, 3, 4, 5)))
    assert {len(each.parts) for each in found} == {2, 3, 4, 5}
    assert [each.empty for each in found if len(each.parts) == 5] == [False]  # code 8: the question was not put


def test_either_of_two_subjects() -> None:
    found = related(
        share("roken_vaak", "roken", 4, 5),
        share("vapen_vaak", "vapen", 4, 5),
        count("een_van_beide", ("roken", "vapen"), (4, 5), 1),
    )
    assert found == {
        one_from_other("roken_vaak", "een_van_beide"),
        one_from_other("vapen_vaak", "een_van_beide"),
        Combination((("roken_vaak", 1), ("vapen_vaak", 1), ("een_van_beide", -1))),
    }


def test_two_cut_offs_of_a_scale() -> None:
    assert related(scale("laag", at_most=20), scale("heel_laag", at_most=10)) == {
        Combination((("laag", 1), ("heel_laag", -1)))
    }
    (found,) = related(scale("laag", at_most=20), scale("hoog", above=20))
    assert found.empty
    (found,) = related(scale("laag", below=20), scale("hoog", above=20))
    assert found == Combination((("laag", 1), ("hoog", 1)))


def test_two_numbers_of_the_same_questions() -> None:
    found = related(count("een", SCALE, (3,), 1), count("twee", SCALE, (3,), 2))
    assert found == {Combination((("een", 1), ("twee", -1)))}


def test_many_questions_are_no_way_out() -> None:
    """A hundred and twenty questions have more ways to answer than can be laid out one by one."""
    names = tuple(f"q{number}" for number in range(120))
    asked = [question(name, FIVE, not_applicable=()) for name in names]
    wide = count("een", names, (4, 5), 1)
    narrow = count("heel_vaak", names[:20], (5,), 2)
    assert set(relate(codebook([wide, narrow], asked))) == {Combination((("heel_vaak", -1), ("een", 1)))}


def test_another_question_is_no_family() -> None:
    assert related(share("a", "roken", 4, 5), share("b", "vapen", 4, 5), scale("c", at_most=10)) == set()


def test_the_same_in_other_questions_counts_too() -> None:
    """A ready-made column of which nobody can see what is inside; its second rule says so."""
    both = indicator("beide", ShareRule("share", "mening", (1,)), CountRule("count", ("roken", "vapen"), (4, 5), 1))
    assert related(both, share("roken_vaak", "roken", 4, 5)) == {one_from_other("roken_vaak", "beide")}


# --------------------------------------------------------------------------- every way to answer


MANY = (
    share("a", "roken", 2, 3, 4, 5),
    share("b", "roken", 4, 5),
    share("c", "roken", 1, 8),
    indicator("d", ShareRule("share", "roken", (1, 2), (), "ontbreekt")),
    count("e", ("roken", "vapen"), (4, 5), 1),
    count("f", ("roken", "vapen"), (4, 5), 2),
    count("g", ("roken", "vapen"), (2, 3, 4, 5), 2),
    share("h", "vapen", 5),
    scale("i", at_most=20),
    scale("j", above=20),
    scale("k", at_least=15),
    count("l", SCALE, (3,), 2),
)


def scored(book: Codebook, names: list[str]) -> list[tuple[int, ...]]:
    """Score every way to answer all questions of these subjects; a pupil who does not count has it not."""
    questions = {item.id: item for item in book.questions}
    rules = [book.indicator(name).rules[0] for name in names]
    asked = sorted(
        {item for rule in rules for item in ([rule.question] if isinstance(rule, ShareRule) else rule.questions)}
    )
    codes = [[*(answer.code for answer in questions[item].answers), *questions[item].not_applicable] for item in asked]
    answered = [dict(zip(asked, given, strict=True)) for given in product(*codes)]
    return [tuple(score(rule, given, questions) or 0 for rule in rules) for given in answered]


def test_every_combination_is_a_group_of_answers() -> None:
    book = codebook(MANY, QUESTIONS)
    for each in relate(book):
        rows = scored(book, [name for name, _ in each.parts])
        signs = [sign for _, sign in each.parts]
        values = {each.wholes + sum(s * v for s, v in zip(signs, row, strict=True)) for row in rows}
        assert values == ({0} if each.empty else {0, 1}), each


def test_no_pair_is_missed() -> None:
    """A subject inside another, apart from it, or beside it over everybody: that always is a combination."""
    book = codebook(MANY, QUESTIONS)
    found = {frozenset(name for name, _ in each.parts) for each in relate(book)}
    scales = {"i", "j", "k"}
    for one, other in combinations([item.id for item in MANY], 2):
        if len(scales & {one, other}) == 1:
            continue  # a scale beside one of its items is not looked at
        pairs = set(scored(book, [one, other]))
        if len(pairs) < 4:
            assert frozenset((one, other)) in found, (one, other)
        else:
            assert frozenset((one, other)) not in found, (one, other)


# --------------------------------------------------------------------------- the codebooks


@pytest.mark.parametrize("ident", ["glce-voorbeeld", "gmj-2023"])
def test_the_families_of_the_questionnaires(ident: str) -> None:
    book = pipeline.load_reference().codebook(ident)
    names = {frozenset(name for name, _ in each.parts) for each in relate(book)}
    parts = {
        "stress_een_of_meer": ["stress_school", "stress_thuis", "stress_mening_anderen", "stress_alles_moeten"],
        "roken_vapen_wekelijks": ["roken_wekelijks", "vape_wekelijks"],
    }
    if ident == "gmj-2023":
        parts["gepest_school_of_online"] = ["gepest_school", "gepest_online"]
        parts["prestatiedruk_totaal"] = ["prestatiedruk_zelf", "prestatiedruk_anderen"]
    for whole, inside in parts.items():
        assert {frozenset((part, whole)) for part in inside} <= names
    assert frozenset(("roken_wekelijks", "vape_wekelijks", "roken_vapen_wekelijks")) in names


@pytest.mark.parametrize("ident", ["glce-voorbeeld", "gmj-2021", "gmj-2023", "gmj-2025"])
def test_who_drank_five_glasses_drank_and_who_used_cannabis_lately_used_it_ever(ident: str) -> None:
    """Separate questions; the codebook says that the one lies inside the other, and the narrow one goes first."""
    book = pipeline.load_reference().codebook(ident)
    found = {each.parts for each in relate(book)}
    assert (("alcohol_4wk", 1), ("binge_4wk", -1)) in found
    if ident != "glce-voorbeeld":
        assert (("wiet_ooit", 1), ("wiet_4wk", -1)) in found


def test_in_a_sum_the_subject_that_adds_up_others_is_hidden_first() -> None:
    for book in pipeline.load_reference().codebooks:
        for each in relate(book):
            names = [name for name, _ in each.parts]
            assert not {"stress_een_of_meer", "gepest_school_of_online"} & set(names[:-1])


def test_no_order_of_the_codebook_changes_what_hangs_together() -> None:
    some = MANY[:5]
    wanted = {frozenset(name for name, _ in each.parts) for each in relate(codebook(some, QUESTIONS))}
    for turned in list(permutations(some))[::17]:
        assert {frozenset(name for name, _ in each.parts) for each in relate(codebook(turned, QUESTIONS))} == wanted
