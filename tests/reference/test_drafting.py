"""A draft of a codebook holds what a person chose, says what is still missing, and works on the file it was made of."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from tests import builders
from wellbeing import pipeline
from wellbeing.export.codebooks import write_codebook
from wellbeing.model.imports import UnknownColumn
from wellbeing.model.reference import Codebook, Direction, RespondentField, Role, Sensitivity
from wellbeing.reference.codebooks import load_codebook
from wellbeing.reference.drafting import DraftHead, QuestionChoice, draft_codebook
from wellbeing.reference.schema import ReferenceDataError

HEAD = DraftHead("Eigen welzijnslijst", "2025-2026", "Zorgcoördinator", dt.date(2026, 3, 1), anonymous=True)
ROLES = {Role.LEVEL: "Niveau", Role.LEERJAAR: "Leerjaar", Role.SCHOOL: "Locatie"}
FIELDS = tuple(RespondentField(role, (heading,)) for role, heading in ROLES.items())
FUN = UnknownColumn("Hoe vind je het op school?", (("Leuk", 40), ("Gaat wel", 30), ("Niet leuk", 12), ("Weet niet", 5)))
SAFE = UnknownColumn("Veilig", (("1", 60), ("2", 20), ("9", 6)))
LIKES = QuestionChoice(("Leuk",), ("Weet niet",), Direction.FAVOURABLE, "School", "Vindt school leuk")
FEELS = QuestionChoice(("1",), ("9",), Direction.FAVOURABLE, "School", "Voelt zich veilig op school")


def draft(**changes: object) -> Codebook:
    return draft_codebook(HEAD, FIELDS, [(FUN, replace(LIKES, **changes))])


def problems(head: DraftHead = HEAD, fields: Sequence[RespondentField] = FIELDS, **changes: object) -> Sequence[str]:
    with pytest.raises(ReferenceDataError) as error:
        draft_codebook(head, fields, [(FUN, replace(LIKES, **changes))])
    return error.value.problems


# --------------------------------------------------------------------------- what it holds


def test_the_draft_says_what_it_is_and_who_looks_after_it() -> None:
    made = draft()
    assert (made.id, made.title) == ("eigen_welzijnslijst_2025_2026", "Eigen welzijnslijst 2025-2026")
    assert (made.instrument, made.edition, made.anonymous) == ("Eigen welzijnslijst", "2025-2026", True)
    assert (made.owned.owner, made.owned.reviewed_on) == ("Zorgcoördinator", dt.date(2026, 3, 1))
    assert made.owned.next_review == dt.date(2027, 3, 1)
    assert made.fields == FIELDS


def test_a_question_in_words_gets_codes_in_the_order_of_its_answers() -> None:
    (question,) = draft().questions
    assert (question.headings, question.text) == ((FUN.heading,), FUN.heading)
    shown = [(answer.code, answer.label) for answer in question.answers]
    assert shown == [(1, "Leuk"), (2, "Gaat wel"), (3, "Niet leuk"), (4, "Weet niet")]


def test_the_answers_that_count_and_those_that_do_not_are_the_rule() -> None:
    (rule,) = draft().indicators[0].rules
    assert (rule.cases, rule.left_out) == ((1,), (4,))


def test_codes_of_the_file_stay_and_a_missing_code_is_no_answer() -> None:
    made = draft_codebook(HEAD, FIELDS, [(SAFE, FEELS)])
    (question,) = made.questions
    assert ([answer.code for answer in question.answers], question.missing) == ([1, 2], (9,))
    assert (made.indicators[0].rules[0].cases, made.indicators[0].rules[0].left_out) == ((1,), ())


def test_answers_with_a_code_and_a_text_keep_both() -> None:
    column = UnknownColumn("Pest", (("0 = nooit", 50), ("1 = soms", 20), ("9 = onbekend", 7)))
    choice = replace(LIKES, counting=("1 = soms",), missing=("9 = onbekend",))
    (question,) = draft_codebook(HEAD, FIELDS, [(column, choice)]).questions
    assert [(answer.code, answer.label) for answer in question.answers] == [(0, "nooit"), (1, "soms")]
    assert question.missing == (9,)


def test_the_subject_is_said_in_a_sentence() -> None:
    assert draft().indicators[0].sentence == "{leerlingen} vindt school leuk."
    assert draft(sentence="{leerlingen} gaat graag naar school.").indicators[0].sentence.endswith("naar school.")


def test_theme_direction_and_care_are_those_that_were_chosen() -> None:
    (indicator,) = (made := draft(theme="Thuis & geld", sensitivity=Sensitivity.STRICTER)).indicators
    assert [(theme.id, theme.label) for theme in made.themes] == [("thuis_geld", "Thuis & geld")]
    assert (indicator.theme, indicator.sensitivity) == ("thuis_geld", Sensitivity.STRICTER)
    assert indicator.higher_is is Direction.FAVOURABLE
    assert indicator.version == made.id


def test_names_that_look_alike_stay_apart() -> None:
    other = replace(SAFE, heading="Hoe vind je het op school")
    made = draft_codebook(HEAD, FIELDS, [(FUN, LIKES), (other, replace(FEELS, label="Vindt school leuk!"))])
    assert [question.id for question in made.questions] == [
        "hoe_vind_je_het_op_school",
        "hoe_vind_je_het_op_school_2",
    ]
    assert [indicator.id for indicator in made.indicators] == ["vindt_school_leuk", "vindt_school_leuk_2"]
    assert len(made.themes) == 1


def test_a_question_named_after_a_column_about_the_pupil_gets_another_name() -> None:
    made = draft_codebook(HEAD, FIELDS, [(replace(SAFE, heading="School"), replace(FEELS, label="Niveau"))])
    assert (made.questions[0].id, made.indicators[0].id) == ("school_2", "niveau_2")


# --------------------------------------------------------------------------- what is still missing


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"counting": ()}, "kies minstens één antwoord dat meetelt."),
        (
            {"counting": ("Leuk", "Gaat wel", "Niet leuk")},
            "elk antwoord telt mee of ontbreekt; dan is het cijfer altijd 100%.",
        ),
        ({"counting": ("Geweldig",)}, "het antwoord 'Geweldig' staat niet in het bestand."),
        ({"missing": ("Leuk",)}, "het antwoord 'Leuk' kan niet meetellen en ontbreken."),
        ({"theme": " "}, "kies een thema."),
        ({"label": ""}, "schrijf op wat het onderwerp is, bijvoorbeeld 'Vindt school leuk'."),
    ],
)
def test_what_is_missing_in_a_choice_is_told_with_its_question(changes: dict[str, object], sentence: str) -> None:
    assert problems(**changes) == (f"Bij de vraag '{FUN.heading}': {sentence}",)


@pytest.mark.parametrize(
    ("head", "sentence"),
    [
        (replace(HEAD, instrument="??"), "Geef de vragenlijst een naam."),
        (replace(HEAD, year="vorig jaar"), "Geef het jaar van de vragenlijst, bijvoorbeeld 2025-2026."),
        (replace(HEAD, owner=""), "Vul in wie dit codeboek bijhoudt."),
    ],
)
def test_what_is_missing_in_the_head_is_told(head: DraftHead, sentence: str) -> None:
    assert problems(head=head) == (sentence,)


def test_the_checks_of_every_codebook_hold_for_a_draft() -> None:
    assert problems(fields=[RespondentField(Role.GENDER, (FUN.heading,))])[0].endswith("staat ook in codebook.toml.")


def test_a_file_that_says_nothing_about_its_pupils_is_fine() -> None:
    assert draft_codebook(HEAD, (), [(FUN, LIKES)]).fields == ()


def test_codes_get_the_meaning_that_was_filled_in() -> None:
    choice = replace(FEELS, labels={"1": "ja, altijd", "9": "niet ingevuld"}, wording="Voel je je veilig?")
    (question,) = draft_codebook(HEAD, FIELDS, [(SAFE, choice)]).questions
    assert [(answer.code, answer.label) for answer in question.answers] == [(1, "ja, altijd"), (2, "2")]
    assert question.text == "Voel je je veilig?"


def test_a_meaning_with_the_sign_that_divides_cells_is_told() -> None:
    with pytest.raises(ReferenceDataError, match=r"gebruik het teken \| niet in wat de codes betekenen"):
        draft_codebook(HEAD, FIELDS, [(SAFE, replace(FEELS, labels={"1": "ja | altijd"}))])


def test_a_draft_without_questions_is_none() -> None:
    with pytest.raises(ReferenceDataError, match="Kies minstens één vraag"):
        draft_codebook(HEAD, FIELDS, [])


def test_a_sign_that_divides_cells_is_told() -> None:
    column = replace(FUN, heading="School | leuk?")
    with pytest.raises(ReferenceDataError, match=r"haal in het bestand het teken \| uit"):
        draft_codebook(HEAD, FIELDS, [(column, LIKES)])


# --------------------------------------------------------------------------- at work


def test_a_draft_is_saved_loaded_and_reads_the_file_it_was_made_of(tmp_path: Path) -> None:
    """Counted by hand: of 4 pupils with an answer that counts, 2 like school; of 4, 3 feel safe."""
    made = draft_codebook(HEAD, FIELDS, [(FUN, LIKES), (SAFE, FEELS)])
    write_codebook(made, tmp_path / made.id)
    assert load_codebook(tmp_path / made.id) == made
    rows = [
        ("Havo", "4", "De Werf", "Leuk", "1"),
        ("Havo", "4", "De Werf", "leuk", "1"),
        ("Havo", "4", "De Werf", "Gaat wel", "1"),
        ("Havo", "4", "De Werf", "Niet  leuk", "2"),
        ("Havo", "4", "De Werf", "Weet niet", "9"),
    ]
    table = builders.raw_table(["Niveau", "Leerjaar", "Locatie", "Hoe vind je het op school?", "Veilig"], rows)
    reference = replace(pipeline.load_reference(), codebooks=(load_codebook(tmp_path / made.id),))
    survey = pipeline.open_survey(table, reference, made.id, year="2025-2026")
    (measured,) = pipeline.measure(survey)
    counted = {name: (count.cases, count.total) for name, count in measured.total.figures.items()}
    assert counted == {"vindt_school_leuk": (2, 4), "voelt_zich_veilig_op_school": (3, 4)}
    assert survey.report.problems == ()
