"""How a figure was worked out: the figures as shown, the rule that was followed, and nothing of what is hidden."""

import re
from dataclasses import replace

import pytest

from tests.builders import policy
from wellbeing.model.reference import Direction, IndicatorId
from wellbeing.model.results import (
    Certainty,
    Change,
    Count,
    Course,
    Dimension,
    Group,
    Interval,
    LongRun,
    NotComparable,
    Proportion,
    Sense,
    Verdict,
    YearFigure,
)
from wellbeing.presentation import figures, workings

LIMITS = policy().verdict
ORIGIN = workings.Origin("Het Baken", "2025-2026", "bovenbouw", "baken.xlsx", "Proef", "0.1.0")


@pytest.fixture
def rows(analysis, codebook):
    return {row.indicator.id: row for row in figures.subjects(analysis, codebook)}


def told(row, origin=ORIGIN):
    return dict(workings.steps(row, origin, LIMITS))


def test_the_steps_hold_the_figures_as_shown(rows):
    steps = told(rows["stress"])
    assert steps["Cijfer"] == "47% van 412 leerlingen met een antwoord, afgerond op een heel procent."
    assert steps["Marge"] == "42% tot 52% (95%-interval volgens Wilson)."
    assert steps["Verschil"].startswith("47% − 33% = +14 procentpunt")
    assert "Marge: +1 tot +20" in steps["Verschil"]
    assert steps["Bron"] == "Het Baken, 2025-2026; bestand baken.xlsx; vragenlijst Proef; dashboard versie 0.1.0."
    assert "--unprotected" in steps["Narekenen"]


def test_each_comparator_is_named_with_its_year_and_pupils(rows):
    beside = [words for name, words in workings.steps(rows["stress"], ORIGIN, LIMITS) if name == "Ernaast"]
    assert beside == [
        "Regio, vorige meting 2024-2025: 35% van 3.012 leerlingen.",
        "Zelfde schoolniveau in de regio, 2024-2025: 33% van 3.012 leerlingen.",
    ]


def test_the_label_names_its_limits_and_the_size_of_the_correction(rows):
    label = told(rows["stress"])["Label"]
    assert "vanaf 5 procentpunt" in label
    assert "correctie voor 2 onderwerpen tegelijk (Benjamini-Hochberg, grens 5%)" in label
    assert label.endswith("duidelijk ongunstiger.")


def test_a_rare_subject_has_its_own_limit(rows):
    row = rows["stress"]
    rare = replace(row, marks=tuple(replace(mark, percentage=9) for mark in row.marks))
    assert "vanaf 3 procentpunt, omdat het cijfer ernaast onder 10% ligt" in told(rare)["Label"]


@pytest.mark.parametrize(
    ("points", "verdict", "words"),
    [
        (8, Verdict(Certainty.POSSIBLE, Sense.UNFAVOURABLE), "maar niet na correctie"),
        (2, Verdict(Certainty.NONE, None), "Dit verschil is kleiner"),
        (8, Verdict(Certainty.NONE, None), "Groot genoeg, maar het kan toeval zijn"),
        (8, None, "te weinig leerlingen mee voor een label"),
    ],
)
def test_every_label_says_why(rows, points, verdict, words):
    assert words in told(replace(rows["stress"], points=points, verdict=verdict))["Label"]


def test_a_hidden_figure_has_no_steps(rows):
    assert workings.steps(rows["geheim"], ORIGIN, LIMITS) == ()
    assert workings.steps(rows["zelfdoding"], ORIGIN, LIMITS) == ()


def test_what_cannot_be_compared_has_no_difference(rows):
    row = replace(rows["stress"], points=None, verdict=None)
    assert {"Verschil", "Label"}.isdisjoint(told(row))


def test_a_group_has_its_size_to_five_and_the_same_group_beside_it(rows):
    row = rows["stress"]
    group = Group(Dimension.GENDER, "meisje", "Meisje")
    steps = told(replace(row, group=group, working=replace(row.working, pupils=210)))
    assert steps["Cijfer"].startswith("47% van ongeveer 210 leerlingen")
    assert steps["Ernaast"].startswith("Meisje in de regio, 2024-2025: ")
    assert "--by geslacht" in steps["Narekenen"]


def test_no_step_has_more_digits_than_the_page(rows):
    words = " ".join(words for _, words in workings.steps(rows["stress"], ORIGIN, LIMITS))
    assert not re.search(r"\d,\d|\d\.\d%", words)
    assert "193" not in words  # the number of cases


def test_weights_and_two_years_are_said(rows):
    row = rows["stress"]
    steps = told(replace(row, working=replace(row.working, is_weighted=True)), replace(ORIGIN, is_pooled=True))
    assert "Gewogen" in steps["Cijfer"]
    assert "--weight KOLOM" in steps["Narekenen"]
    assert steps["Narekenen"].endswith("Dat gaat per meting; tel daarna de aantallen op.")


def course(change, long_run=None):
    figures_ = [
        YearFigure(year, Proportion(Count(cases, 100), Interval(0, 1)), broken=False)
        for year, cases in (("2023-2024", 28), ("2025-2026", 40))
    ]
    return Course(IndicatorId("stress"), "mentaal", Direction.UNFAVOURABLE, tuple(figures_), change, long_run)


def test_a_change_over_the_years_holds_its_two_figures():
    worse = Verdict(Certainty.POSSIBLE, Sense.UNFAVOURABLE)
    change = Change("2023-2024", 12, Interval(-0.013, 0.243), 0.07, 0.2, worse)
    run = LongRun(3, -1.25, 0.01, 0.02, Verdict(Certainty.CLEAR, Sense.FAVOURABLE))
    steps = dict(workings.course_steps(course(change, run), 31, ORIGIN, LIMITS))
    assert steps["Verschil"].startswith("40% − 28% = +12 procentpunt")
    assert "Marge: −1 tot +24" in steps["Verschil"]
    assert "vanaf 5 procentpunt" in steps["Label"]
    assert "correctie voor 31 onderwerpen" in steps["Label"]
    assert "−1,2 procentpunt per jaar" in steps["Richting"]
    assert "--unprotected" in steps["Narekenen"]
    assert "regel `stress`" in steps["Narekenen"]


def test_without_a_change_there_is_nothing_to_work_out():
    assert workings.course_steps(course(NotComparable("De vraag is veranderd.")), 31, ORIGIN, LIMITS) == ()
