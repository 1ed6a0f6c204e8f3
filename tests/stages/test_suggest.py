"""Suggestions: only for a named reason, only what fits, and never what the catalogue forbids."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wellbeing.model.catalogue import Catalogue, CatalogueRow, Kind, Layer, Recognition
from wellbeing.model.conversation import OwnOffer
from wellbeing.model.reference import Direction, Indicator, IndicatorId, Pillar, ShareRule, TalkingPoints
from wellbeing.model.results import (
    BenchmarkFigure,
    Cause,
    Certainty,
    Comparator,
    ComparatorKind,
    Comparison,
    Count,
    Difference,
    Dimension,
    Group,
    Interval,
    NotComparable,
    Package,
    PillarPart,
    Proportion,
    Reason,
    Sense,
    Suggestion,
    Suppressed,
    Verdict,
    Wishes,
)
from wellbeing.reference.interventions import load_catalogue
from wellbeing.stages import suggest as stage
from wellbeing.stages.suggest import (
    IndicatorEvidence,
    Judging,
    SchoolContext,
    ThemeEvidence,
    explain,
    fits,
    gather_evidence,
    suggest,
)

CATALOGUE = load_catalogue(Path(__file__).parents[2] / "data" / "interventions")
EVERYTHING = TalkingPoints(most=99, common_from=20, small_school=150)
TODAY = Judging(dt.date(2026, 11, 22), years=5, most=99)
THEMES = tuple(theme.id for theme in CATALOGUE.themes)
LEVELS = ("praktijkonderwijs", "vmbo", "vmbo-bk", "vmbo-gt", "havo", "havo-vwo", "vwo", "vso", "gemengd")
# Which levels of the catalogue a level of a school holds; written out apart from the code under test.
HOLDS = {
    "vmbo": {"vmbo-bk", "vmbo-gt"},
    "havo-vwo": {"havo", "vwo"},
    "gemengd": {"vmbo-bk", "vmbo-gt", "havo", "vwo"},
}

schools = st.builds(
    SchoolContext,
    levels=st.frozensets(st.sampled_from(LEVELS), max_size=3),
    leerjaren=st.frozensets(st.integers(1, 6), max_size=6),
)
some_themes = st.frozensets(st.sampled_from(THEMES), max_size=4)
wishes_of_people = st.builds(
    Wishes,
    needs=some_themes,
    signals=some_themes,
    focus=some_themes,
    already_done=st.frozensets(st.tuples(st.sampled_from(THEMES), st.sampled_from(tuple(Pillar))), max_size=6),
    matrix_filled=st.booleans(),
)
subjects = st.builds(IndicatorEvidence, st.just(IndicatorId("x")), st.just("Een zin."), st.integers(5, 40))
evidence_of_figures = st.lists(
    st.builds(
        ThemeEvidence,
        st.sampled_from(THEMES),
        st.lists(subjects, max_size=2).map(tuple),
        st.lists(subjects, max_size=2).map(tuple),
    ),
    max_size=4,
    unique_by=lambda piece: piece.theme,
)


def school(levels: str = "vmbo havo vwo", leerjaren: Sequence[int] = (1, 2, 3, 4, 5, 6)) -> SchoolContext:
    return SchoolContext(frozenset(levels.split()), frozenset(leerjaren))


def packages_for(
    needs: str, context: SchoolContext | None = None, catalogue: Catalogue = CATALOGUE
) -> tuple[Package, ...]:
    return suggest(context or school(), (), Wishes(needs=frozenset(needs.split())), catalogue, TODAY)


def part_for(
    theme: str, pillar: Pillar, context: SchoolContext | None = None, catalogue: Catalogue = CATALOGUE
) -> PillarPart:
    (package,) = packages_for(theme, context, catalogue)
    return next(part for part in package.parts if part.pillar is pillar)


def ids(part: PillarPart) -> list[str]:
    return [suggestion.row for suggestion in part.suggestions]


def remarks_of(row: str, theme: str, pillar: Pillar, context: SchoolContext | None = None) -> tuple[str, ...]:
    part = part_for(theme, pillar, context)
    return next(suggestion.remarks for suggestion in part.suggestions if suggestion.row == row)


def everything(packages: Sequence[Package]) -> list[tuple[Package, PillarPart, Suggestion, CatalogueRow]]:
    return [
        (package, part, suggestion, CATALOGUE.row(suggestion.row))
        for package in packages
        for part in package.parts
        for suggestion in part.suggestions
    ]


def with_rows(changed: dict[str, CatalogueRow]) -> Catalogue:
    return replace(CATALOGUE, rows=tuple(changed.get(row.id, row) for row in CATALOGUE.rows))


# --------------------------------------------------------------------------- what always holds


@given(schools, evidence_of_figures, wishes_of_people)
def test_a_theme_comes_only_with_a_cause_and_never_twice(
    context: SchoolContext, evidence: list[ThemeEvidence], wishes: Wishes
) -> None:
    packages = suggest(context, evidence, wishes, CATALOGUE, TODAY)
    figures = {piece.theme for piece in evidence if piece.differs or piece.common}
    asked = wishes.needs | wishes.signals | wishes.focus
    found = [package.theme for package in packages]
    assert len(found) == len(set(found))
    assert figures | asked <= set(found)
    for package in packages:
        assert package.reasons
        if package.theme not in figures | asked:
            assert {reason.cause for reason in package.reasons} == {Cause.EMPTY}
            assert wishes.matrix_filled


@given(schools, evidence_of_figures, wishes_of_people)
def test_every_suggestion_can_be_traced_and_may_be_proposed(
    context: SchoolContext, evidence: list[ThemeEvidence], wishes: Wishes
) -> None:
    packages = suggest(context, evidence, wishes, CATALOGUE, TODAY)
    for package, part, suggestion, row in everything(packages):
        assert row.proposable
        assert row.recognition is not Recognition.REFUSED
        assert row.recognition_in_words
        assert row.source
        assert row.checked_on
        assert part.pillar in row.pillars
        named = CATALOGUE.action(package.theme, part.pillar).rows
        assert package.theme in row.themes or row.id in named
        assert all(remark.endswith((".", ")", "!")) for remark in suggestion.remarks)


@given(schools, evidence_of_figures, wishes_of_people)
def test_nothing_is_proposed_outside_the_levels_and_leerjaren_of_the_school(
    context: SchoolContext, evidence: list[ThemeEvidence], wishes: Wishes
) -> None:
    levels = {part for level in context.levels for part in HOLDS.get(level, {level})}
    for _, _, _, row in everything(suggest(context, evidence, wishes, CATALOGUE, TODAY)):
        assert row.levels == ("alle",) or levels & set(row.levels)
        if row.leerjaar_from or row.leerjaar_to:
            wanted = range(row.leerjaar_from or 1, (row.leerjaar_to or 6) + 1)
            assert context.leerjaren & set(wanted)


@given(schools, evidence_of_figures, wishes_of_people)
def test_every_package_has_the_four_pillars_and_is_more_than_a_lesson_or_a_theme_week(
    context: SchoolContext, evidence: list[ThemeEvidence], wishes: Wishes
) -> None:
    for package in suggest(context, evidence, wishes, CATALOGUE, TODAY):
        assert [part.pillar for part in package.parts] == list(Pillar)
        assert all(part.action for part in package.parts)
        filled = [part for part in package.parts if part.suggestions]
        assert [part for part in filled if part.pillar is not Pillar.EDUCATION]
        for part in filled:
            assert {CATALOGUE.row(row).type for row in ids(part)} != {Kind.THEME_WEEK}


@given(schools, evidence_of_figures, wishes_of_people)
def test_the_most_pressing_reason_decides_the_order(
    context: SchoolContext, evidence: list[ThemeEvidence], wishes: Wishes
) -> None:
    order = [Cause.DIFFERS, Cause.NEED, Cause.SIGNAL, Cause.FOCUS, Cause.COMMON, Cause.EMPTY]
    packages = suggest(context, evidence, wishes, CATALOGUE, TODAY)
    causes = [[order.index(reason.cause) for reason in package.reasons] for package in packages]
    assert all(own == sorted(own) for own in causes)
    assert [own[0] for own in causes] == sorted(own[0] for own in causes)


# --------------------------------------------------------------------------- reasons


def test_a_school_that_differs_in_nothing_gets_a_package_by_choosing() -> None:
    (package,) = packages_for("slaap")
    assert [(reason.cause, reason.sentence) for reason in package.reasons] == [(Cause.NEED, "Gekozen door de school.")]
    assert all(part.suggestions for part in package.parts)


def test_no_reason_no_package() -> None:
    assert suggest(school(), (ThemeEvidence("slaap"),), Wishes(), CATALOGUE, TODAY) == ()


@pytest.mark.parametrize(
    ("wishes", "cause"),
    [
        (Wishes(needs=frozenset({"slaap"})), Cause.NEED),
        (Wishes(signals=frozenset({"slaap"})), Cause.SIGNAL),
        (Wishes(focus=frozenset({"slaap"})), Cause.FOCUS),
    ],
)
def test_what_people_bring_to_the_table_is_a_reason_of_its_own(wishes: Wishes, cause: Cause) -> None:
    (package,) = suggest(school(), (), wishes, CATALOGUE, TODAY)
    assert (package.theme, [reason.cause for reason in package.reasons]) == ("slaap", [cause])


def test_the_larger_difference_comes_first_and_then_what_is_common() -> None:
    def piece(theme: str, points: int) -> ThemeEvidence:
        return ThemeEvidence(theme, differs=(IndicatorEvidence(IndicatorId(theme), f"Over {theme}.", points),))

    often = ThemeEvidence("voeding", common=(IndicatorEvidence(IndicatorId("ontbijt"), "Komt veel voor."),))
    evidence = (often, piece("slaap", 6), piece("pesten", 14), piece("alcohol", 9))
    packages = suggest(school(), evidence, Wishes(needs=frozenset({"bewegen"})), CATALOGUE, TODAY)
    assert [package.theme for package in packages] == ["pesten", "alcohol", "slaap", "bewegen", "voeding"]
    assert packages[0].reasons[0].indicators == ("pesten",)
    assert packages[0].reasons[0].sentence == "Over pesten."


def test_an_empty_place_counts_only_where_the_school_said_what_it_does() -> None:
    done = frozenset({("pesten", Pillar.POLICY), ("pesten", Pillar.SIGNALLING)})
    assert suggest(school(), (), Wishes(already_done=done), CATALOGUE, TODAY) == ()
    (package,) = suggest(school(), (), Wishes(already_done=done, matrix_filled=True), CATALOGUE, TODAY)
    assert package.theme == "pesten"
    assert package.reasons[0].cause is Cause.EMPTY
    assert "Schoolomgeving en Educatie" in package.reasons[0].sentence
    assert [part.already_done for part in package.parts] == [True, False, False, True]


def test_a_theme_that_is_done_on_every_pillar_has_no_empty_place() -> None:
    done = frozenset(("pesten", pillar) for pillar in Pillar)
    assert suggest(school(), (), Wishes(already_done=done, matrix_filled=True), CATALOGUE, TODAY) == ()


@pytest.mark.parametrize(
    ("evidence", "wishes"),
    [
        ((ThemeEvidence("dromen"),), Wishes()),
        ((), Wishes(signals=frozenset({"dromen"}))),
        ((), Wishes(already_done=frozenset({("dromen", Pillar.POLICY)}))),
    ],
)
def test_a_theme_that_does_not_exist_is_not_dropped_in_silence(
    evidence: tuple[ThemeEvidence, ...], wishes: Wishes
) -> None:
    with pytest.raises(KeyError, match="dromen"):
        suggest(school(), evidence, wishes, CATALOGUE, TODAY)


def test_every_reason_has_a_rule_to_show() -> None:
    assert set(stage.RULES) == set(Cause)


# --------------------------------------------------------------------------- from figures to reasons


def subject(
    name: str, higher_is: Direction = Direction.UNFAVOURABLE, themes: tuple[str, ...] = ("pesten",)
) -> Indicator:
    return Indicator(
        id=name,
        theme="school",
        label=name,
        sentence="{leerlingen} heeft dit",
        rules=(ShareRule(kind="share", question="Q", cases=(1,)),),
        higher_is=higher_is,
        version="1",
        source="bron",
        owner="GGD",
        reviewed_on=dt.date(2026, 1, 1),
        next_review=dt.date(2028, 1, 1),
        catalogue_themes=themes,
    )


def row_of(name: str, percentage: int, verdict: Verdict | None, points: int = 8) -> Comparison:
    """One subject of a school of 100 pupils beside the region."""
    margin = Interval(0.0, 1.0)
    return Comparison(
        indicator=IndicatorId(name),
        group=Group(Dimension.TOTAL, "totaal", "Totaal"),
        comparator=Comparator(ComparatorKind.REGION, "Regio", "2025", without_school=False),
        school=Proportion(Count(percentage, 100), margin),
        benchmark=BenchmarkFigure(0.1, 3000, margin, None),
        difference=Difference(points, margin, 0.01, 0.01, verdict),
    )


def themes_from(row: Comparison, indicator: Indicator) -> dict[str, tuple[bool, bool]]:
    found = gather_evidence([row], [indicator], {row.indicator: "Een zin."}, EVERYTHING)
    return {piece.theme: (bool(piece.differs), bool(piece.common)) for piece in found}


NO_DIFFERENCE = Verdict(Certainty.NONE, None)
CLEAR = Verdict(Certainty.CLEAR, Sense.UNFAVOURABLE)
DIFFERS, COMMON = (True, False), (False, True)


@pytest.mark.parametrize(
    ("percentage", "verdict", "expected"),
    [
        (12, CLEAR, DIFFERS),
        (60, CLEAR, DIFFERS),
        (60, Verdict(Certainty.POSSIBLE, Sense.UNFAVOURABLE), None),
        (60, Verdict(Certainty.POSSIBLE, Sense.FAVOURABLE), None),
        (60, Verdict(Certainty.CLEAR, Sense.FAVOURABLE), None),
        (20, NO_DIFFERENCE, COMMON),
        (19, NO_DIFFERENCE, None),
        (60, None, COMMON),  # response too low for labels: the figure itself still stands
    ],
)
def test_which_figure_speaks_for_a_theme(
    percentage: int, verdict: Verdict | None, expected: tuple[bool, bool] | None
) -> None:
    found = themes_from(row_of("gepest", percentage, verdict), subject("gepest"))
    assert found == ({"pesten": expected} if expected else {})


def test_of_a_favourable_subject_the_other_pupils_count() -> None:
    well = subject("voelt_zich_veilig", Direction.FAVOURABLE)
    assert themes_from(row_of("voelt_zich_veilig", 80, NO_DIFFERENCE), well) == {"pesten": COMMON}
    assert themes_from(row_of("voelt_zich_veilig", 81, NO_DIFFERENCE), well) == {}


def test_a_neutral_subject_never_speaks_for_a_theme() -> None:
    neutral = subject("mantelzorger", Direction.NEUTRAL)
    assert themes_from(row_of("mantelzorger", 60, Verdict(Certainty.CLEAR, Sense.HIGHER)), neutral) == {}
    assert themes_from(row_of("mantelzorger", 60, NO_DIFFERENCE), neutral) == {}


def test_a_hidden_figure_never_speaks_for_a_theme() -> None:
    hidden = Suppressed(Reason.TOO_FEW_PUPILS)
    row = replace(row_of("gepest", 60, CLEAR), school=hidden, difference=hidden)
    assert gather_evidence([row], [subject("gepest")], {}, EVERYTHING) == ()


def test_a_figure_of_one_leerjaar_never_speaks_for_a_theme() -> None:
    row = replace(row_of("gepest", 60, CLEAR), group=Group(Dimension.LEERJAAR, "2", "Leerjaar 2"))
    assert themes_from(row, subject("gepest")) == {}


def test_a_figure_without_comparison_can_be_common_but_never_differs() -> None:
    alone = NotComparable("Er is geen vergelijkingscijfer.")
    row = replace(row_of("gepest", 60, CLEAR), benchmark=alone, difference=alone)
    assert themes_from(row, subject("gepest")) == {"pesten": COMMON}


def test_a_subject_speaks_for_each_of_its_themes_with_its_points_and_the_most_common_comes_first() -> None:
    indicators = [
        subject("a", themes=("pesten", "slaap")),
        subject("b", themes=("voeding",)),
        subject("c", themes=("bewegen",)),
    ]
    rows = [row_of("b", 25, NO_DIFFERENCE), row_of("c", 50, NO_DIFFERENCE), row_of("a", 30, CLEAR, points=-11)]
    sentences = {IndicatorId(name): f"Zin over {name}." for name in "abc"}
    found = gather_evidence(rows, indicators, sentences, EVERYTHING)
    assert [piece.theme for piece in found] == ["pesten", "slaap", "bewegen", "voeding"]
    assert found[0].differs == (IndicatorEvidence(IndicatorId("a"), "Zin over a.", 11),)


# --------------------------------------------------------------------------- what fits


@pytest.mark.parametrize(
    ("row", "levels", "leerjaren", "fitting"),
    [
        ("i-krachtvoer", "vmbo", (1,), True),
        ("i-krachtvoer", "vmbo-bk", (2, 4), True),
        ("i-krachtvoer", "vmbo", (3, 4), False),
        ("i-krachtvoer", "havo vwo", (1, 2), False),
        ("i-krachtvoer", "gemengd", (1,), True),
        ("i-be-wise", "vmbo havo vwo", (1, 2, 3, 4), False),
        ("i-be-wise", "vso", (1,), True),
        ("i-girls-talk-plus", "vmbo-bk", (4,), False),
        ("i-lang-leve-de-liefde-bovenbouw", "havo-vwo", (4,), True),
        ("i-lang-leve-de-liefde-bovenbouw", "havo-vwo", (3,), False),
        ("i-grip-op-je-dip", "vwo", (5,), True),
        ("i-grip-op-je-dip", "vmbo", (1, 2, 3, 4), False),
        ("i-plezier-op-school", "vwo", (1,), True),
        ("m-veiligheidsbeleid", "", (), True),
        ("i-krachtvoer", "", (1, 2), False),
        ("i-krachtvoer", "vmbo", (), False),
    ],
)
def test_level_and_leerjaar_must_fit(row: str, levels: str, leerjaren: tuple[int, ...], fitting: bool) -> None:
    assert fits(CATALOGUE.row(row), school(levels, leerjaren)) is fitting


def test_where_nothing_fits_the_pillar_is_empty_and_keeps_its_action() -> None:
    part = part_for("zorgstructuur", Pillar.EDUCATION, school("vso", (1, 2)))
    assert part.suggestions == ()  # only a theme week would be left, and that is not an offer
    assert part.action


# --------------------------------------------------------------------------- the order on a pillar


def test_a_higher_recognition_comes_first_and_an_old_one_counts_a_step_lower() -> None:
    rows = ids(part_for("voeding", Pillar.EDUCATION, school("vmbo")))
    assert rows[:2] == ["i-krachtvoer", "i-doit"]  # good signs of 2021 before well founded of 2010

    now, then = "2026-01-01", "2019-01-01"
    doit = replace(CATALOGUE.row("i-doit"), recognition=Recognition.GOOD_SIGNS, recognition_date=now)
    krachtvoer = replace(CATALOGUE.row("i-krachtvoer"), recognition_date=then)
    changed = with_rows({"i-doit": doit, "i-krachtvoer": krachtvoer})
    assert ids(part_for("voeding", Pillar.EDUCATION, school("vmbo"), changed))[:2] == ["i-doit", "i-krachtvoer"]

    one_step = replace(doit, recognition=Recognition.FIRST_SIGNS)  # equal after the step: the package decides
    changed = with_rows({"i-doit": one_step, "i-krachtvoer": krachtvoer})
    assert ids(part_for("voeding", Pillar.EDUCATION, school("vmbo"), changed))[:2] == ["i-krachtvoer", "i-doit"]


def test_what_was_never_judged_stands_below_what_was() -> None:
    rows = ids(part_for("pesten", Pillar.POLICY))
    assert rows.index("i-swpbs") < rows.index("m-veiligheidsbeleid")
    rows = ids(part_for("mentale_gezondheid", Pillar.POLICY))
    assert rows.index("s-visietool") < rows.index("i-storm")  # a tool before a programme without recognition


def test_a_recognition_without_a_date_counts_a_step_lower_too() -> None:
    doit = replace(CATALOGUE.row("i-doit"), recognition=Recognition.GOOD_SIGNS, recognition_date="")
    krachtvoer = replace(CATALOGUE.row("i-krachtvoer"), recognition=Recognition.FIRST_SIGNS)
    krachtvoer = replace(krachtvoer, recognition_date="2026-01-01")
    changed = with_rows({"i-doit": doit, "i-krachtvoer": krachtvoer})
    assert ids(part_for("voeding", Pillar.EDUCATION, school("vmbo"), changed))[:2] == ["i-krachtvoer", "i-doit"]


@pytest.mark.parametrize(
    "change",
    [{"type": Kind.STEPS}, {"recognition": Recognition.NONE_FOUND}],
    ids=["a larger step", "looked for and not recognised"],
)
def test_a_larger_step_or_one_without_recognition_gives_way(change: dict[str, object]) -> None:
    first, *others = ids(part_for("slaap", Pillar.POLICY))
    changed = with_rows({first: replace(CATALOGUE.row(first), **change)})
    assert ids(part_for("slaap", Pillar.POLICY, school(), changed)) == [*others, first]


def test_with_equal_recognition_an_approach_for_all_comes_before_one_for_a_small_group() -> None:
    recognised = {"recognition": Recognition.WELL_FOUNDED, "recognition_date": "2025-01-01"}
    all_pupils = replace(CATALOGUE.row("i-frisse-start"), **recognised, layer=(Layer.UNIVERSAL,))
    few = replace(CATALOGUE.row("i-pas"), **recognised, layer=(Layer.SELECTIVE,))
    care = replace(CATALOGUE.row("i-helder-op-school"), **recognised, layer=(Layer.INDICATED,))
    changed = with_rows({row.id: row for row in (all_pupils, few, care)})
    rows = ids(part_for("alcohol", Pillar.EDUCATION, school(), changed))
    assert [row for row in rows if row in {"i-pas", "i-frisse-start", "i-helder-op-school"}] == [
        "i-frisse-start",
        "i-pas",
        "i-helder-op-school",
    ]


def test_the_smallest_step_comes_first_and_examples_and_theme_weeks_last() -> None:
    part = part_for("mentale_gezondheid", Pillar.ENVIRONMENT)
    kinds = [CATALOGUE.row(row).type for row in ids(part)]
    ends = [2 if kind is Kind.THEME_WEEK else 1 if kind is Kind.EXAMPLE else 0 for kind in kinds]
    assert ends == sorted(ends)
    assert set(ends) == {0, 1, 2}
    rows = ids(part_for("gelijke_kansen", Pillar.SIGNALLING))
    assert rows.index("s-handreiking-armoede") < rows.index("i-schools-cool")


def test_the_rows_of_the_package_come_before_the_others() -> None:
    rows = ids(part_for("mentale_gezondheid", Pillar.POLICY))
    assert rows[:3] == ["m-beleid-welbevinden-borgen", "s-visietool", "i-storm"]
    assert rows.index("i-mazl") > 2  # recognised, but not chosen for this place


# --------------------------------------------------------------------------- remarks


@pytest.mark.parametrize(
    ("row", "theme", "pillar", "remark"),
    [
        ("i-swpbs", "pesten", Pillar.POLICY, "De erkenning is ouder dan 5 jaar, kijk na of die nog geldt."),
        ("i-join-us", "eenzaamheid", Pillar.SIGNALLING, "Datum van de erkenning onbekend, kijk die na."),
        ("i-pas", "alcohol", Pillar.ENVIRONMENT, "Datum van de erkenning onbekend, kijk die na."),
        ("i-storm", "mentale_gezondheid", Pillar.POLICY, "Geen erkenning gevonden."),
        ("i-storm", "mentale_gezondheid", Pillar.POLICY, "Kan alleen als jullie regio meedoet."),
        ("i-mazl", "verzuim", Pillar.SIGNALLING, "Alleen met de zorgcoördinator."),
        ("i-vrienden", "mentale_gezondheid", Pillar.SIGNALLING, stage.SELECTIVE_AND_INDICATED),
        ("i-moti-4", "drugs", Pillar.SIGNALLING, stage.INDICATED),
        ("i-swpbs", "pesten", Pillar.POLICY, stage.FURTHER_LAYERS),
        ("s-stanislascollege", "schoolbinding", Pillar.ENVIRONMENT, "Voorbeeld, geen bewijs dat het werkt."),
        ("s-week-tegen-pesten", "pesten", Pillar.EDUCATION, stage.THEME_WEEK),
        ("i-leefstijl", "weerbaarheid", Pillar.EDUCATION, stage.PART_OF_A_WHOLE),
        ("m-vangnet-suicidaliteit", "zorgstructuur", Pillar.SIGNALLING, stage.SAFETY_NET),
    ],
)
def test_a_suggestion_carries_the_remarks_that_belong_to_it(row: str, theme: str, pillar: Pillar, remark: str) -> None:
    assert remark in remarks_of(row, theme, pillar)


@pytest.mark.parametrize(
    ("on", "warned"),
    [
        (dt.date(2026, 2, 11), False),  # to the day five years after 11 February 2021
        (dt.date(2026, 2, 12), True),
        (dt.date(2024, 2, 29), False),
    ],
)
def test_a_recognition_is_old_the_day_after_its_fifth_birthday(on: dt.date, warned: bool) -> None:
    assert Judging(on, years=5, most=99).is_old(CATALOGUE.row("i-gezonde-schoolkantine")) is warned


def test_a_tool_needs_no_warning() -> None:
    assert remarks_of("s-visietool", "mentale_gezondheid", Pillar.POLICY) == ()


# --------------------------------------------------------------------------- never


@given(schools, st.sampled_from(THEMES))
def test_never_a_refused_programme(context: SchoolContext, theme: str) -> None:
    proposed = {row.id for _, _, _, row in everything(packages_for(theme, context))}
    assert not proposed & {"i-rots-en-water", "i-sta-sterk"}


def test_never_a_lesson_as_the_whole_approach() -> None:
    lesson = CATALOGUE.row("i-charge-your-brainzzz")
    alone = replace(
        CATALOGUE,
        rows=tuple(row if row.id == lesson.id else replace(row, levels=("vso",)) for row in CATALOGUE.rows),
    )
    (package,) = packages_for("slaap", school("havo"), alone)
    assert [part.suggestions for part in package.parts] == [(), (), (), ()]


@given(schools, st.sampled_from(("roken_vapen", "alcohol", "drugs")))
def test_never_lessons_about_substances_without_rules_and_parents(context: SchoolContext, theme: str) -> None:
    (package,) = packages_for(theme, context)
    policy, environment, education, _ = package.parts
    assert policy.suggestions
    assert "m-ouders-en-middelen" in ids(environment)
    for suggestion in education.suggestions:
        if CATALOGUE.row(suggestion.row).type is Kind.PROGRAMME:
            assert any("schoolregels en ouders" in remark for remark in suggestion.remarks)


def test_never_a_theme_week_as_the_approach() -> None:
    assert all(
        stage.THEME_WEEK in suggestion.remarks
        for _, _, suggestion, row in everything(packages_for(" ".join(THEMES)))
        if row.type is Kind.THEME_WEEK
    )


@given(schools, wishes_of_people)
def test_never_mental_health_without_the_safety_net_first(context: SchoolContext, wishes: Wishes) -> None:
    asked = replace(wishes, needs=wishes.needs | {"mentale_gezondheid"})
    packages = suggest(context, (), asked, CATALOGUE, TODAY)
    (package,) = (package for package in packages if package.theme == "mentale_gezondheid")
    signalling = package.parts[3]
    assert ids(signalling)[0] == "m-vangnet-suicidaliteit"
    assert ids(signalling).count("m-vangnet-suicidaliteit") == 1
    assert "113" in signalling.suggestions[0].remarks[0]


@given(schools)
def test_never_a_lesson_as_first_answer_to_suicidal_thoughts(context: SchoolContext) -> None:
    education = part_for("mentale_gezondheid", Pillar.EDUCATION, context)
    for suggestion in education.suggestions:
        if CATALOGUE.row(suggestion.row).type is Kind.PROGRAMME:
            assert any("regel eerst het vangnet" in remark for remark in suggestion.remarks)


def test_never_an_example_as_proof() -> None:
    assert all(
        stage.EXAMPLE in suggestion.remarks
        for _, _, suggestion, row in everything(packages_for(" ".join(THEMES)))
        if row.is_inspiration
    )


def test_never_care_for_pupils_with_complaints_as_something_the_school_gives() -> None:
    care = [item for item in everything(packages_for(" ".join(THEMES))) if item[3].name_only]
    assert care
    assert all(stage.INDICATED in suggestion.remarks for _, _, suggestion, _ in care)


def test_common_themes_are_few_and_never_beside_a_clear_difference_of_the_same_theme() -> None:
    rows = [
        row_of("gepest", 30, CLEAR),
        *(row_of(name, share, NO_DIFFERENCE) for name, share in (("a", 60), ("b", 50))),
    ]
    rows.append(row_of("c", 40, NO_DIFFERENCE))
    indicators = [
        subject("gepest"),
        subject("a", themes=("pesten",)),
        subject("b", themes=("slaap",)),
        subject("c", themes=("voeding",)),
    ]
    found = gather_evidence(
        rows,
        indicators,
        dict.fromkeys(map(IndicatorId, ("gepest", "a", "b", "c")), "Een zin."),
        replace(EVERYTHING, most=1),
    )
    assert {piece.theme: (len(piece.differs), len(piece.common)) for piece in found} == {
        "pesten": (1, 0),
        "slaap": (0, 1),
    }


def test_a_pillar_holds_no_more_than_the_policy_says() -> None:
    (package,) = suggest(school(), (), Wishes(needs=frozenset({"pesten"})), CATALOGUE, replace(TODAY, most=2))
    assert max(len(part.suggestions) for part in package.parts) == 2


# --------------------------------------------------------------------------- what the region adds

OWN = OwnOffer("eigen-1", "Weerbaar in Zandkust", ("pesten",), (Pillar.EDUCATION,), "Zes lessen.", dt.date(2026, 9, 1))


def test_an_own_offer_comes_last_at_its_pillar_whatever_the_limit_and_is_never_called_judged() -> None:
    region = CATALOGUE.with_region([OWN], {})
    (package,) = suggest(school(), (), Wishes(needs=frozenset({"pesten"})), region, replace(TODAY, most=1))
    places = {part.pillar: ids(part) for part in package.parts}
    assert len(places[Pillar.EDUCATION]) == 2
    assert places[Pillar.EDUCATION][-1] == OWN.id
    assert all(OWN.id not in rows for pillar, rows in places.items() if pillar is not Pillar.EDUCATION)
    (own,) = (item for part in package.parts for item in part.suggestions if item.row == OWN.id)
    assert own.remarks == ("Eigen aanbod van de GGD: niet beoordeeld.",)
    assert not region.row(OWN.id).is_judged


def test_what_cannot_be_had_here_stands_below_with_a_remark_and_makes_room() -> None:
    before = ids(packages_for("pesten", catalogue=CATALOGUE)[0].parts[0])
    region = CATALOGUE.with_region([], {before[0]: False, before[1]: True})
    judging = replace(TODAY, most=2)
    (package,) = suggest(school(), (), Wishes(needs=frozenset({"pesten"})), region, judging)
    assert ids(package.parts[0]) == [before[1], before[2], before[0]]
    assert stage.UNAVAILABLE in package.parts[0].suggestions[2].remarks
    assert stage.UNAVAILABLE not in package.parts[0].suggestions[0].remarks


def test_the_safety_net_is_first_also_where_somebody_said_that_it_cannot_be_had() -> None:
    region = CATALOGUE.with_region([], {"m-vangnet-suicidaliteit": False})
    assert ids(part_for("mentale_gezondheid", Pillar.SIGNALLING, catalogue=region))[0] == "m-vangnet-suicidaliteit"


def test_a_theme_that_is_done_on_every_pillar_stands_below_the_others() -> None:
    done = frozenset(("pesten", pillar) for pillar in Pillar)
    differs = ThemeEvidence("pesten", differs=(IndicatorEvidence(IndicatorId("x"), "Een zin.", 20),))
    wishes = Wishes(needs=frozenset({"slaap"}), already_done=done, matrix_filled=True)
    assert [item.theme for item in suggest(school(), [differs], wishes, CATALOGUE, TODAY)] == ["slaap", "pesten"]
    fewer = replace(wishes, already_done=done - {("pesten", Pillar.POLICY)})
    assert [item.theme for item in suggest(school(), [differs], fewer, CATALOGUE, TODAY)] == ["pesten", "slaap"]


# --------------------------------------------------------------------------- why (not)


@pytest.mark.parametrize(
    ("row", "context", "words"),
    [
        ("i-rots-en-water", school(), "De commissie heeft dit programma niet erkend (27 oktober 2017)."),
        ("i-krachtvoer", school("vwo"), "Bedoeld voor vmbo-bk, vmbo-gt; deze school heeft dat niveau niet."),
        ("i-krachtvoer", SchoolContext(frozenset(), frozenset({1})), "het schoolniveau niet bekend"),
        ("i-kanjertraining", school("havo", [5]), "daarvan deden geen leerlingen mee"),
        ("i-swpbs", school(), "Dit thema ligt nu niet op tafel."),
        ("s-visietool", school(), "Past bij elk thema"),
    ],
)
def test_what_is_not_suggested_says_why(row: str, context: SchoolContext, words: str) -> None:
    sentences = explain(CATALOGUE.row(row), context, packages_for("voeding", context), CATALOGUE)
    assert any(words in sentence for sentence in sentences), sentences


def test_what_is_suggested_says_where() -> None:
    packages = packages_for("pesten slaap")
    (sentence,) = explain(CATALOGUE.row("m-veiligheidsbeleid"), school(), packages, CATALOGUE)
    assert sentence == "Staat in het pakket: Pesten (ook online)."


@given(schools, st.sampled_from(THEMES))
def test_every_row_has_an_explanation_and_only_those_in_a_package_say_so(context: SchoolContext, theme: str) -> None:
    packages = packages_for(theme, context)
    suggested = {item.row for _, _, item, _ in everything(packages)}
    for row in CATALOGUE.rows:
        sentences = explain(row, context, packages, CATALOGUE)
        assert sentences
        assert sentences[0].startswith("Staat in het pakket") is (row.id in suggested)
