"""A codebook is read strictly: what is wrong is refused with file, key and a Dutch sentence."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests import builders
from wellbeing.model.reference import Codebook, Direction, Role, Sensitivity, ShareRule
from wellbeing.reference.codebooks import codebook_problems, load_codebook, load_codebooks, rule_questions
from wellbeing.reference.schema import ReferenceDataError

HEAD = """
id = "proef"
title = "Proeflijst"
instrument = "Proef"
edition = "1"
anonymous = true
is_example = true
notice = ""

[owned]
source = "bron"
owner = "Epidemiologie GGD"
reviewed_on = 2026-11-22
next_review = 2027-11-22

[[themes]]
id = "school"
label = "School"

[[fields]]
role = "niveau"
headings = ["NIVEAU"]
missing = ["9"]
values = [{ key = "havo", label = "Havo", written = ["1", "Havo"] }]
"""

QUESTIONS = """id;headings;text;answers;missing;not_applicable
leuk;LEUK|Hoe is school?;Hoe vind je school?;1=Leuk|2=Gaat wel|3=Niet leuk;9;8
cijfer;CIJFER;Welk cijfer geef je school?;1..10;99;
"""

INDICATORS = """
[[indicators]]
id = "school_leuk"
theme = "school"
label = "Vindt school leuk"
sentence = "{leerlingen} vindt school leuk."
rules = [{ kind = "share", question = "leuk", cases = [1] }]
higher_is = "gunstig"
version = "1"
source = "bron"
owner = "Epidemiologie GGD"
reviewed_on = 2026-11-22
next_review = 2027-11-22
"""

SCALE = 'kind = "scale", questions = ["leuk"], first_code = 1, highest = 2'
RULE = '{ kind = "share", question = "leuk", cases = [1] }'
FILES = {"codebook.toml": HEAD, "questions.csv": QUESTIONS, "indicators.toml": INDICATORS}
Change = Callable[[str, str, str], None]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "codeboeken" / "proef"
    folder.mkdir(parents=True)
    for name, text in FILES.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def change(folder: Path) -> Change:
    """Replace a text in one of the files; it must be there, exactly once."""

    def replace(name: str, old: str, new: str) -> None:
        text = (folder / name).read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {name}"
        (folder / name).write_text(text.replace(old, new), encoding="utf-8")

    return replace


def problems(folder: Path) -> tuple[str, ...]:
    with pytest.raises(ReferenceDataError) as error:
        load_codebook(folder)
    return error.value.problems


def test_a_good_codebook_is_read_whole(folder):
    codebook = load_codebook(folder)
    assert isinstance(codebook, Codebook)
    leuk, cijfer = codebook.questions
    assert leuk.headings == ("LEUK", "Hoe is school?")
    assert [(answer.code, answer.label) for answer in leuk.answers] == [(1, "Leuk"), (2, "Gaat wel"), (3, "Niet leuk")]
    assert (leuk.missing, leuk.not_applicable) == ((9,), (8,))
    assert [answer.code for answer in cijfer.answers] == list(range(1, 11))
    assert cijfer.missing == (99,)
    assert codebook.fields[0].role is Role.LEVEL
    indicator = codebook.indicator("school_leuk")
    assert indicator.rules == (ShareRule(kind="share", question="leuk", cases=(1,)),)
    assert (indicator.higher_is, indicator.sensitivity) == (Direction.FAVOURABLE, Sensitivity.NORMAL)


def test_an_indicator_that_is_not_there_is_a_key_error(folder):
    with pytest.raises(KeyError):
        load_codebook(folder).indicator("anders")


def test_the_questions_of_each_kind_of_rule_are_known(folder, change):
    change(
        "indicators.toml",
        f"rules = [{RULE}]",
        f"""rules = [
    {RULE},
    {{ kind = "count", questions = ["leuk", "cijfer"], cases = [1], at_least = 1 }},
    {{ kind = "scale", questions = ["cijfer"], first_code = 1, highest = 9, scale = "mean", above = 5 }},
]""",
    )
    rules = load_codebook(folder).indicators[0].rules
    assert [rule_questions(rule) for rule in rules] == [("leuk",), ("leuk", "cijfer"), ("cijfer",)]


# --------------------------------------------------------------------------- form


@pytest.mark.parametrize(
    ("edit", "sentence"),
    [
        (
            ("indicators.toml", 'label = "V', 'vraag = "x"\nlabel = "V'),
            "indicators.toml, school_leuk: vraag: deze sleutel is onbekend.",
        ),
        (
            ("indicators.toml", 'higher_is = "gunstig"\n', ""),
            "indicators.toml, school_leuk: higher_is: deze sleutel ontbreekt.",
        ),
        (("codebook.toml", 'edition = "1"\n', ""), "codebook.toml: edition: deze sleutel ontbreekt."),
        (
            ("codebook.toml", 'role = "niveau"', 'role = "postcode"'),
            "codebook.toml: fields > nummer 1 > role: 'postcode' mag hier niet; "
            "kies uit 'school', 'jaar', 'niveau', 'leerjaar', 'geslacht' of 'gewicht'.",
        ),
        (
            ("codebook.toml", 'id = "proef"', 'id = "proef"\nquestions = []'),
            "codebook.toml: questions: dit hoort in een eigen bestand.",
        ),
        (
            ("indicators.toml", "[[indicators]]", "[[onderwerpen]]"),
            "indicators.toml: dit bestand mag alleen blokken bevatten die beginnen met [[indicators]].",
        ),
        (
            ("questions.csv", "1..10", "1..x"),
            "questions.csv, vraag cijfer: 'x' is geen code; schrijf antwoorden als 1=Ja|2=Nee of 1..10.",
        ),
        (
            ("questions.csv", "1..10", "10..1"),
            "questions.csv, vraag cijfer: answers: '10..1' moet oplopen en hoogstens 100 antwoorden geven.",
        ),
        (
            ("questions.csv", "1..10", "1..1000000000"),
            "questions.csv, vraag cijfer: answers: '1..1000000000' moet oplopen en hoogstens 100 antwoorden geven.",
        ),
        (
            ("questions.csv", "1..10", "Ja|Nee"),
            "questions.csv, vraag cijfer: answers: bij 'Ja' ontbreekt de tekst; schrijf code=tekst.",
        ),
        (
            ("questions.csv", "1..10", "1=|2=Nee"),
            "questions.csv, vraag cijfer: answers > nummer 1 > label: dit mag niet leeg zijn.",
        ),
        (
            ("questions.csv", ";99;", ";onbekend;"),
            "questions.csv, vraag cijfer: 'onbekend' is geen code; schrijf antwoorden als 1=Ja|2=Nee of 1..10.",
        ),
    ],
)
def test_a_wrong_form_is_refused(folder, change, edit, sentence):
    change(*edit)
    assert problems(folder) == (sentence,)


def test_an_indicator_without_a_name_is_told_by_its_number(folder, change):
    change("indicators.toml", 'id = "school_leuk"\n', "")
    assert problems(folder) == ("indicators.toml, nummer 1: id: deze sleutel ontbreekt.",)


def test_a_dotted_label_is_not_a_row_of_numbers(folder, change):
    change("questions.csv", "1..10", "1=Nou..|2=Ja")
    assert load_codebook(folder).questions[1].answers[0].label == "Nou.."


def test_the_problems_of_all_three_files_are_said_at_once(folder, change):
    change("codebook.toml", 'edition = "1"', "uitgave = 1")
    change("questions.csv", "1..10", "een")
    change("indicators.toml", 'higher_is = "gunstig"', 'higher_is = "goed"')
    assert [text.partition(",")[0].partition(":")[0] for text in problems(folder)] == [
        "codebook.toml", "codebook.toml", "questions.csv", "indicators.toml",
    ]  # fmt: skip


def test_a_missing_file_or_folder_is_said(folder):
    (folder / "questions.csv").unlink()
    assert problems(folder) == ("questions.csv: dit bestand ontbreekt in de map proef.",)
    assert problems(folder.parent / "geen") == ("De map geen bestaat niet.",)


# --------------------------------------------------------------------------- references and meaning


@pytest.mark.parametrize(
    ("edit", "sentence"),
    [
        (
            ("indicators.toml", "cases = [1]", "cases = [1, 4]"),
            "indicators.toml, school_leuk: rules: de vraag 'leuk' heeft geen antwoord 4.",
        ),
        (
            ("indicators.toml", "cases = [1]", "cases = [9]"),
            "indicators.toml, school_leuk: rules: de vraag 'leuk' heeft geen antwoord 9.",
        ),
        (
            ("indicators.toml", 'question = "leuk"', 'question = "weg"'),
            "indicators.toml, school_leuk: rules: de vraag 'weg' staat niet in questions.csv.",
        ),
        (
            ("indicators.toml", 'theme = "school"', 'theme = "thuis"'),
            "indicators.toml, school_leuk: theme: het thema 'thuis' staat niet in codebook.toml.",
        ),
        (
            ("indicators.toml", "{leerlingen} vindt", "Wie vindt"),
            "indicators.toml, school_leuk: sentence: "
            "zet {leerlingen} op de plaats waar 'Bijna de helft van de leerlingen' komt.",
        ),
        (
            ("indicators.toml", "next_review = 2027-11-22", "next_review = 2026-11-22"),
            "indicators.toml, school_leuk: next_review: deze datum moet na reviewed_on liggen.",
        ),
        (("indicators.toml", f"[{RULE}]", "[]"), "indicators.toml, school_leuk: rules: geef minstens één regel."),
        (
            ("indicators.toml", "cases = [1]", "cases = []"),
            "indicators.toml, school_leuk: rules: cases: geef minstens één antwoord dat meetelt.",
        ),
        (
            ("indicators.toml", "cases = [1]", "cases = [1], left_out = [1]"),
            "indicators.toml, school_leuk: rules: "
            "antwoord 1 kan niet meetellen (cases) én weggelaten worden (left_out).",
        ),
        (("questions.csv", ";9;8", ";3;8"), "questions.csv, vraag leuk: code 3 is een antwoord én ontbrekend."),
        (("questions.csv", ";9;8", ";8;8"), "questions.csv, vraag leuk: code 8 is een antwoord én ontbrekend."),
        (("questions.csv", "2=Gaat wel", "1=Gaat wel"), "questions.csv, vraag leuk: code 1 staat er twee keer in."),
        (("questions.csv", "2=Gaat wel", "2=leuk"), "questions.csv, vraag leuk: het antwoord 'leuk' heeft twee codes."),
        (("questions.csv", "1..10", ""), "questions.csv, vraag cijfer: answers: geef minstens één antwoord."),
        (("questions.csv", ";CIJFER;", ";;"), "questions.csv, vraag cijfer: headings: geef minstens één kolomkop."),
        (("questions.csv", "cijfer;CIJFER", "leuk;CIJFER"), "questions.csv: de vraag 'leuk' staat er twee keer in."),
        (("questions.csv", ";CIJFER;", ";LEUK;"), "questions.csv: de kolomkop 'LEUK' staat er twee keer in."),
        (
            ("questions.csv", ";CIJFER;", ";NIVEAU;"),
            "questions.csv, vraag cijfer: de kolomkop 'NIVEAU' staat ook in codebook.toml.",
        ),
        (
            ("codebook.toml", 'id = "proef"', 'id = "anders"'),
            "codebook.toml: id: 'anders' moet gelijk zijn aan de naam van de map, 'proef'.",
        ),
        (
            ("codebook.toml", 'key = "havo"', 'key = "hbo"'),
            "codebook.toml: fields, NIVEAU: values: 'hbo' mag hier niet; "
            "kies uit praktijkonderwijs, vmbo-bk, vmbo-gt, vmbo, havo, havo-vwo, vwo, gemengd, vso.",
        ),
        (
            ("codebook.toml", 'missing = ["9"]', 'missing = ["havo"]'),
            "codebook.toml: fields, NIVEAU: 'havo' is een waarde én ontbrekend.",
        ),
        (
            ("codebook.toml", 'headings = ["NIVEAU"]', "headings = []"),
            "codebook.toml: fields, niveau: geef minstens één kolomkop.",
        ),
        (
            (
                "codebook.toml",
                'written = ["1", "Havo"] }',
                'written = ["1"] }, { key = "vwo", label = "Vwo", written = ["1"] }',
            ),
            "codebook.toml: fields, NIVEAU: values: '1' staat bij twee waarden.",
        ),
    ],
)
def test_what_cannot_be_meant_is_refused(folder, change, edit, sentence):
    change(*edit)
    assert problems(folder) == (sentence,)


def test_codes_of_pupils_who_did_not_get_the_question_may_be_used_in_a_rule(folder, change):
    change("indicators.toml", "cases = [1]", "cases = [1], left_out = [8]")
    assert load_codebook(folder).indicators[0].rules[0].left_out == (8,)


def test_spellings_of_one_value_may_differ_in_capitals_only(folder, change):
    change("codebook.toml", 'written = ["1", "Havo"]', 'written = ["1", "Havo", "HAVO"]')
    assert load_codebook(folder).fields[0].values[0].written == ("1", "Havo", "HAVO")


def test_double_indicators_and_themes_are_refused(folder):
    (folder / "indicators.toml").write_text(INDICATORS * 2, encoding="utf-8")
    theme = '[[themes]]\nid = "school"\nlabel = "School"\n'
    (folder / "codebook.toml").write_text(HEAD.replace(theme, theme * 2), encoding="utf-8")
    assert problems(folder) == (
        "codebook.toml: het thema 'school' staat er twee keer in.",
        "indicators.toml: het onderwerp 'school_leuk' staat er twee keer in.",
    )


@pytest.mark.parametrize(
    ("rule", "sentence"),
    [
        (
            'kind = "count", questions = ["leuk"], cases = [], at_least = 1',
            "cases: geef minstens één antwoord dat meetelt.",
        ),
        (
            'kind = "count", questions = ["leuk"], cases = [1], at_least = 2',
            "at_least: kies een getal van 1 tot en met 1, het aantal vragen.",
        ),
        (
            'kind = "count", questions = ["leuk", "leuk"], cases = [1], at_least = 1',
            "de vraag 'leuk' staat er twee keer in.",
        ),
        (
            'kind = "count", questions = ["leuk", "cijfer"], cases = [7], at_least = 1',
            "de vraag 'leuk' heeft geen antwoord 7.",
        ),
        (f'{SCALE}, scale = "sum"', "geef precies één grens: at_most, below, at_least of above."),
        (f'{SCALE}, scale = "sum", below = 2, above = 1', "geef precies één grens: at_most, below, at_least of above."),
        (
            f'{SCALE}, scale = "sum", below = 2, reversed_questions = ["cijfer"]',
            "reversed_questions: noem alleen vragen van deze schaal.",
        ),
        (
            f'{SCALE}, scale = "sum", below = 2, missing_allowed = 1',
            "missing_allowed: dit moet kleiner zijn dan het aantal vragen.",
        ),
        (
            'kind = "scale", questions = ["leuk"], first_code = 1, highest = 1, scale = "sum", below = 2',
            "antwoord 3 van de vraag 'leuk' past niet bij first_code en highest.",
        ),
        (
            'kind = "scale", questions = ["leuk"], highest = 2, scale = "sum", below = 2',
            "antwoord 3 van de vraag 'leuk' past niet bij first_code en highest.",
        ),
    ],
)
def test_a_rule_that_cannot_work_is_refused(folder, change, rule, sentence):
    change("indicators.toml", RULE, f"{{ {rule} }}")
    assert problems(folder) == (f"indicators.toml, school_leuk: rules: {sentence}",)


# --------------------------------------------------------------------------- several codebooks


def test_codebooks_are_read_in_order_and_files_beside_them_are_left_alone(folder):
    other = folder.parent / "ander"
    other.mkdir()
    for name, text in FILES.items():
        (other / name).write_text(text.replace('id = "proef"', 'id = "ander"'), encoding="utf-8")
    (folder.parent / "README.md").write_text("uitleg", encoding="utf-8")
    (folder.parent / ".tijdelijk").mkdir()
    assert [codebook.id for codebook in load_codebooks(folder.parent)] == ["ander", "proef"]


def test_problems_of_several_codebooks_are_said_together_with_their_folder(folder):
    (folder.parent / "leeg").mkdir()
    (folder / "codebook.toml").unlink()
    with pytest.raises(ReferenceDataError) as error:
        load_codebooks(folder.parent)
    assert error.value.problems == (
        "leeg, codebook.toml: dit bestand ontbreekt in de map leeg.",
        "leeg, questions.csv: dit bestand ontbreekt in de map leeg.",
        "leeg, indicators.toml: dit bestand ontbreekt in de map leeg.",
        "proef, codebook.toml: dit bestand ontbreekt in de map proef.",
    )


def test_codebooks_of_ones_own_come_after_those_of_the_dashboard(folder, tmp_path):
    own = tmp_path / "eigen"
    copied(folder, own / "ander", 'id = "proef"', 'id = "ander"')
    shown = [codebook.id for codebook in load_codebooks(folder.parent, own, tmp_path / "nog niet gemaakt")]
    assert shown == ["proef", "ander"]


def test_two_codebooks_with_one_name_are_refused(folder, tmp_path):
    copied(folder, tmp_path / "eigen" / "proef")
    with pytest.raises(ReferenceDataError) as error:
        load_codebooks(folder.parent, tmp_path / "eigen")
    assert error.value.problems == (
        "Er zijn twee codeboeken met de naam 'proef'; geef een van de twee een andere naam (map en id).",
    )


def test_a_formula_sign_is_read_without_the_quote_that_guards_it(folder, change):
    change("questions.csv", ";CIJFER;", ";'=CIJFER;")
    assert load_codebook(folder).questions[1].headings == ("=CIJFER",)


@pytest.mark.parametrize("name", ["school", "jaar", "niveau", "leerjaar", "geslacht", "gewicht", "bouw"])
def test_a_question_is_not_named_after_a_column_about_the_pupil(folder, change, name):
    change("questions.csv", "cijfer;CIJFER", f"{name};CIJFER")
    assert problems(folder) == (
        f"questions.csv: de vraag mag niet '{name}' heten; kies een andere id, zoals '{name}_vraag'.",
    )


def test_a_subject_is_not_named_after_a_column_about_the_pupil(folder, change):
    change("indicators.toml", 'id = "school_leuk"', 'id = "school"')
    sentence = "indicators.toml: het onderwerp mag niet 'school' heten; kies een andere id, zoals 'school_vraag'."
    assert problems(folder) == (sentence,)


def test_braces_stand_in_a_sentence_once(folder, change):
    change("indicators.toml", "{leerlingen} vindt", "{leerlingen} {vindt}")
    sentence = "indicators.toml, school_leuk: sentence: gebruik { en } alleen in {leerlingen}, en dat één keer."
    assert problems(folder) == (sentence,)


def test_a_heading_is_not_of_this_questionnaire_and_of_another_edition(folder, change):
    change("codebook.toml", 'edition = "1"', 'edition = "1"\nforeign_headings = ["CIJFER", "WEG"]')
    sentence = "codebook.toml: foreign_headings: 'CIJFER' is ook een kolom van deze vragenlijst."
    assert problems(folder) == (sentence,)


def copied(folder: Path, to: Path, old: str = "", new: str = "") -> Path:
    """Copy a codebook, with one text replaced in its first file."""
    shutil.copytree(folder, to)
    path = to / "codebook.toml"
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    return to


def test_more_subjects_of_one_question_than_can_be_guarded_are_refused() -> None:
    """Six of seven answers as subjects: the seventh follows from the others."""
    answers = "|".join(f"{code}=Antwoord {code}" for code in range(1, 8))
    asked = builders.question("v", answers)

    def problems(number: int) -> list[str]:
        items = [
            builders.indicator(f"o{code}", ShareRule(kind="share", question="v", cases=(code,)))
            for code in range(1, number + 1)
        ]
        return [problem for problem in codebook_problems(builders.codebook(items, [asked])) if "hoogstens" in problem]

    assert problems(5) == []
    assert len(problems(6)) == 1
