"""Sentences never say something else than their figures."""

import re
from dataclasses import replace

import pytest

from wellbeing.model.reference import Bouw, Direction, ResponseLimits, TalkingPoints
from wellbeing.model.results import (
    Certainty,
    Change,
    Comparator,
    ComparatorKind,
    Course,
    Detectable,
    Interval,
    LongRun,
    NotComparable,
    PublishedMeasurement,
    Reason,
    Sense,
    Suppressed,
    ThemeFinding,
    Verdict,
)
from wellbeing.presentation import wording

LEVEL = Comparator(ComparatorKind.OWN_LEVEL, "Demoregio", "2024-2025", without_school=False)
REGION = Comparator(ComparatorKind.REGION, "Demoregio", "2024-2025", without_school=False)
SAME_YEAR = Comparator(ComparatorKind.REGION, "Demoregio", "2025-2026", without_school=True)

FRACTIONS = {"een kwart": 25, "een derde": 100 / 3, "de helft": 50, "twee derde": 200 / 3, "driekwart": 75}


def said(phrase: str) -> float:
    """The percentage that a phrase names, worked out from its words alone."""
    if "geen" in phrase or "elke" in phrase:
        return 0 if "geen" in phrase else 100
    parts = re.search(r"(\d+) op de (\d+)", phrase)
    if parts:
        return 100 * int(parts[1]) / int(parts[2])
    return next(value for words, value in FRACTIONS.items() if words in phrase)


@pytest.mark.parametrize("percentage", range(101))
def test_words_lie_on_the_right_side_of_their_percentage_and_close_to_it(percentage):
    phrase = wording.frequency(percentage)
    distance = percentage - said(phrase)
    assert abs(distance) <= 5
    if phrase.startswith("ruim"):
        assert distance > 0
    elif phrase.startswith("bijna") and percentage not in {0, 100}:
        assert distance < 0
    else:
        assert abs(distance) < 0.5


def test_words_never_go_down_when_the_figure_goes_up():
    order = [said(wording.frequency(p)) for p in range(101)]
    assert order == sorted(order)


@pytest.mark.parametrize(
    ("percentage", "words"),
    [
        (47, "Bijna de helft van de leerlingen"),
        (33, "1 op de 3 leerlingen"),
        (68, "Ruim twee derde van de leerlingen"),
        (90, "9 op de 10 leerlingen"),
    ],
)
def test_a_finding_is_an_ordinary_sentence(percentage, words):
    assert wording.finding("{leerlingen} heeft vaak stress.", percentage) == f"{words} heeft vaak stress."


@pytest.mark.parametrize(
    ("label", "words"),
    [
        (Verdict(Certainty.CLEAR, Sense.UNFAVOURABLE), "duidelijk ongunstiger"),
        (Verdict(Certainty.POSSIBLE, Sense.UNFAVOURABLE), "lijkt ongunstiger, kan toeval zijn"),
        (Verdict(Certainty.CLEAR, Sense.HIGHER), "duidelijk hoger"),
        (Verdict(Certainty.NONE, None), "geen aantoonbaar verschil"),
        (None, "geen label"),
    ],
)
def test_labels_in_words(label, words):
    assert wording.verdict(label) == words


@pytest.mark.parametrize(
    ("comparator", "name"),
    [
        (REGION, "regio, vorige meting 2024-2025"),
        (LEVEL, "zelfde schoolniveau in de regio, 2024-2025"),
        (SAME_YEAR, "regio zonder deze school, 2025-2026"),
    ],
)
def test_a_comparator_is_named_with_its_year(comparator, name):
    assert wording.comparator_name(comparator) == name


def test_the_headline_counts_every_subject_once():
    outcomes = {
        "duidelijk gunstiger": 2,
        "duidelijk ongunstiger": 3,
        "mogelijk ongunstiger": 4,
        "geen aantoonbaar verschil": 26,
        Reason.NOT_SHOWN.value: 6,
        "niet vergelijkbaar": 1,
    }
    sentences = wording.headline(outcomes, LEVEL)
    assert sentences[0] == (
        "Van de 42 onderwerpen zijn er **2 duidelijk gunstiger** en **3 duidelijk ongunstiger** "
        "dan bij leerlingen van hetzelfde schoolniveau in de regio."
    )
    numbers = [int(n) for n in re.findall(r"\d+", " ".join(sentences))]
    assert numbers[0] == sum(numbers[1:]) == 42


def test_the_headline_of_a_school_where_nothing_stands_out():
    sentences = wording.headline({"geen aantoonbaar verschil": 12}, REGION)
    assert sentences == (
        "Van de 12 onderwerpen verschilt er geen duidelijk van de regio.",
        "Bij 12 is er geen aantoonbaar verschil.",
    )


def test_without_any_label_the_headline_claims_nothing():
    first, *others = wording.headline({"zonder label": 10, "niet getoond": 2}, LEVEL)
    assert first == "We bekeken 12 onderwerpen. Verschillen kunnen we niet noemen."
    assert others == [
        "Bij 10 noemen we geen verschil, omdat te weinig leerlingen meededen.",
        "Bij 2 laten we geen cijfer zien.",
    ]


WORSE, BETTER = (Verdict(Certainty.CLEAR, sense) for sense in (Sense.UNFAVOURABLE, Sense.FAVOURABLE))
SEEMS_WORSE = Verdict(Certainty.POSSIBLE, Sense.UNFAVOURABLE)
SAME = Verdict(Certainty.NONE, None)


@pytest.mark.parametrize(
    ("labels", "comparator", "title"),
    [
        (
            [WORSE, BETTER, WORSE, SAME],
            LEVEL,
            "2 onderwerpen duidelijk ongunstiger en 1 gunstiger dan hetzelfde schoolniveau",
        ),
        ([BETTER, SEEMS_WORSE], REGION, "1 onderwerp duidelijk gunstiger dan de regio"),
        ([SEEMS_WORSE, SAME], REGION, "1 onderwerp lijkt ongunstiger dan de regio"),
        ([SAME, Verdict(Certainty.CLEAR, Sense.HIGHER)], REGION, "geen aantoonbare verschillen"),
    ],
)
def test_a_theme_says_its_conclusion(labels, comparator, title):
    assert wording.theme_title("Pesten", labels, comparator) == f"Pesten: {title}"


def measurement(respondents, could=None):
    return PublishedMeasurement("Het Baken", "2025-2026", Bouw.UPPER, "x", respondents, could, (), ())


def test_response_is_said_with_its_share():
    assert wording.response(measurement(412, 540)) == "412 van de 540 leerlingen vulden de vragenlijst in (76%)."
    assert "niet ingevuld" in wording.response(measurement(412))
    assert "te weinig" in wording.response(measurement(Suppressed(Reason.TOO_FEW_PUPILS), 30))


def test_response_warns_below_sixty_and_takes_labels_away_below_forty():
    limits = ResponseLimits(warn_below=0.6, no_labels_below=0.4)
    assert wording.response_warning(measurement(60, 100), limits) == ""
    assert "kunnen afwijken" in wording.response_warning(measurement(59, 100), limits)
    assert "kunnen afwijken" in wording.response_warning(measurement(40, 100), limits)
    assert "geen verschillen" in wording.response_warning(measurement(39, 100), limits)


def test_the_least_difference_stands_with_the_warning_that_it_is_not_sameness():
    line = wording.detectable(measurement(412), Detectable(possible=5, clear=7))
    assert line == (
        "Met 412 leerlingen zien we verschillen vanaf ongeveer 5 procentpunt (lijkt) en 7 procentpunt (duidelijk). "
        "Geen aantoonbaar verschil betekent niet: hetzelfde."
    )


def test_a_small_school_is_told_what_to_look_at():
    limits = TalkingPoints(most=3, common_from=20, small_school=150)
    assert wording.small_school(measurement(150), limits) == ""
    assert "hele thema's" in wording.small_school(measurement(149), limits)
    assert "gespreksvragen" in wording.small_school(measurement(Suppressed(Reason.TOO_FEW_PUPILS)), limits)


def test_expected_years_and_breakdowns_have_their_sentences():
    assert "niet over de samenstelling van de school" in wording.EXPECTED
    assert "vragen te stellen, niet om conclusies te trekken" in wording.EXPLORE
    assert "Pas na drie metingen" in wording.OTHER_PUPILS


def test_a_change_says_its_label_and_its_points():
    def course(change, long_run=None):
        return Course("stress", "mentaal", Direction.UNFAVOURABLE, (), change, long_run)

    def change(points, label):
        return Change("2024-2025", points, Interval(-0.1, 0.1), 0.0123, 0.0234, label)

    none = change(3, Verdict(Certainty.NONE, None))
    assert wording.change(course(none)) == "Geen aantoonbaar verschil met 2024-2025 (+3 procentpunt)."
    clear = change(-9, Verdict(Certainty.CLEAR, Sense.FAVOURABLE))
    assert wording.change(course(clear)) == "Duidelijk gunstiger dan in 2024-2025 (−9 procentpunt)."
    possible = change(6, Verdict(Certainty.POSSIBLE, Sense.UNFAVOURABLE))
    assert (
        wording.change(course(possible)) == "Lijkt ongunstiger dan in 2024-2025 (+6 procentpunt), maar kan toeval zijn."
    )
    assert wording.change(course(NotComparable("De vraag is veranderd."))) == "De vraag is veranderd."


def test_a_direction_is_said_from_three_measurements_on():
    def course(run):
        return Course("stress", "mentaal", Direction.UNFAVOURABLE, (), NotComparable("Eerste meting."), run)

    assert wording.long_run(course(None)) == ""
    flat = LongRun(3, 0.4, 0.4, 0.5, Verdict(Certainty.NONE, None))
    assert wording.long_run(course(flat)) == "Over 3 metingen zien we geen duidelijke richting."
    down = LongRun(4, -2.1, 0.001, 0.01, Verdict(Certainty.CLEAR, Sense.FAVOURABLE))
    assert wording.long_run(course(down)) == "Over 4 metingen gaat het omlaag, gunstiger voor leerlingen."


def test_a_theme_says_which_way_it_leans():
    finding = ThemeFinding("mentaal", 8, 6, 0.01, 0.02, None)
    assert wording.theme_mean(finding) == "8 onderwerpen, gemiddeld 6 procentpunt naar de ongunstige kant"
    assert wording.theme_mean(replace(finding, points=0)) == "8 onderwerpen, gemiddeld 0 procentpunt"
