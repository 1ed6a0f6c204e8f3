"""One description per figure: whole numbers, and nothing of what is hidden."""

from dataclasses import replace

from wellbeing.model.reference import TalkingPoints
from wellbeing.presentation import figures
from wellbeing.presentation.palette import Tone


def described(analysis, codebook):
    return {row.indicator.id: row for row in figures.subjects(analysis, codebook)}


def test_a_shown_subject_has_whole_percentages_and_both_marks(analysis, codebook):
    stress = described(analysis, codebook)["stress"]
    assert (stress.school.percentage, stress.school.lower, stress.school.upper) == (47, 42, 52)
    assert [mark.percentage for mark in stress.marks] == [35, 33]
    assert (stress.tone, stress.arrow, stress.points) == (Tone.UNFAVOURABLE, "▲", 14)
    assert stress.sentence == "Bijna de helft van de leerlingen heeft stress."


def test_no_demonstrable_difference_is_grey_and_has_no_arrow(analysis, codebook):
    safe = described(analysis, codebook)["veilig"]
    assert (safe.tone, safe.arrow, safe.label) == (Tone.NEUTRAL, "", "geen aantoonbaar verschil")


def test_what_cannot_be_compared_says_why(analysis, codebook):
    region, level = described(analysis, codebook)["veilig"].marks
    assert (region.percentage, region.note) == (None, "De vraag was anders.")
    assert level.percentage == 81


def test_a_hidden_subject_has_no_number_anywhere(analysis, codebook):
    secret = described(analysis, codebook)["geheim"]
    assert secret.school is None
    assert secret.points is None
    assert secret.verdict is None
    assert [mark.percentage for mark in secret.marks] == [None, None]
    assert not any(letter.isdigit() for letter in secret.description + secret.label + secret.sentence)


def test_a_subject_for_the_region_only_shows_the_region(analysis, codebook):
    marks = described(analysis, codebook)["zelfdoding"].marks
    assert [mark.percentage for mark in marks] == [5, None]


def test_what_asks_for_attention_comes_first_and_what_is_hidden_last(analysis, codebook):
    order = [row.indicator.id for row in figures.subjects(analysis, codebook)]
    assert order == ["stress", "veilig", "zelfdoding", "geheim"]


def test_each_level_has_its_own_row(analysis, codebook, with_level_row):
    assert figures.level_subjects(analysis, codebook, "mentaal") == ()
    (row,) = figures.level_subjects(with_level_row(analysis), codebook, "mentaal")
    assert (row.group.label, row.school.percentage, row.arrow, row.tone) == ("Vwo", 26, "▼", Tone.FAVOURABLE)
    assert len(figures.subjects(with_level_row(analysis), codebook)) == 4


def test_a_group_stands_beside_the_same_group_and_the_school_beside_the_main_comparison(
    analysis, codebook, with_level_row
):
    rows = figures.group_subjects(with_level_row(analysis), codebook.indicator("stress"))
    assert [(row.group.label, row.beside.percentage) for row in rows] == [("Hele school", 33), ("Vwo", 33)]
    assert [row.working.pupils for row in rows] == [412, 120]


def test_the_size_of_a_group_is_rounded_to_five(analysis, codebook, with_level_row):
    assert [figures.to_five(pupils) for pupils in (30, 32, 33, 37, 38)] == [30, 30, 35, 35, 40]


def test_what_occurs_most_counts_pupils_who_are_worse_off(analysis, codebook):
    limits = TalkingPoints(most=3, common_from=20, small_school=150)
    # stress 47%; feels safe 79%, so 21% does not
    assert [row.indicator.id for row in figures.most_common(analysis, codebook, limits)] == ["stress", "veilig"]
    few = replace(limits, common_from=22)
    assert [row.indicator.id for row in figures.most_common(analysis, codebook, few)] == ["stress"]
