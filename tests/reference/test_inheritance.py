"""An edition takes over what it does not say itself, and never a break in a trend."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from wellbeing.model.reference import Codebook, Direction, ShareRule
from wellbeing.reference.codebooks import load_codebook, load_codebooks
from wellbeing.reference.schema import ReferenceDataError

BASE_HEAD = """id = "oud"
title = "Oude lijst"
instrument = "Lijst"
edition = "2023"
anonymous = true
is_example = false
notice = "Oud"
owned = { source = "bron", owner = "GGD", reviewed_on = 2026-01-01, next_review = 2027-01-01 }
themes = [{ id = "school", label = "School" }, { id = "thuis", label = "Thuis" }]
fields = [{ role = "niveau", headings = ["NIVEAU"] }]
"""
BASE_QUESTIONS = """id;headings;text;answers;missing;not_applicable
leuk;LEUK;Hoe is school?;1=Leuk|2=Niet leuk;9;
thuis;THUIS;Hoe is het thuis?;1=Fijn|2=Niet fijn;9;
"""
BASE_INDICATORS = """[[indicators]]
id = "school_leuk"
theme = "school"
label = "Vindt school leuk"
sentence = "{leerlingen} vindt school leuk."
rules = [{ kind = "share", question = "leuk", cases = [1] }]
higher_is = "gunstig"
version = "lijst-2019"
source = "bron"
owner = "GGD"
reviewed_on = 2026-01-01
next_review = 2027-01-01

[[indicators]]
id = "thuis_fijn"
theme = "thuis"
label = "Vindt het thuis fijn"
sentence = "{leerlingen} vindt het thuis fijn."
rules = [{ kind = "share", question = "thuis", cases = [1] }]
higher_is = "gunstig"
version = "lijst-2019"
source = "bron"
owner = "GGD"
reviewed_on = 2026-01-01
next_review = 2027-01-01
"""
HEAD = """id = "nieuw"
based_on = "oud"
title = "Nieuwe lijst"
edition = "2025"
notice = "Nieuw"
owned = { source = "andere bron", owner = "GGD", reviewed_on = 2026-01-01, next_review = 2027-01-01 }
"""
NO_QUESTIONS = "id;headings;text;answers;missing;not_applicable\n"
SAME = '[[indicators]]\nid = "school_leuk"\n'
OTHER_ANSWERS = NO_QUESTIONS + "leuk;LEUK;Hoe is school?;1=Leuk|2=Gaat wel|3=Niet leuk;9;\n"


def made(root: Path, name: str, head: str, questions: str, indicators: str) -> Path:
    folder = root / name
    folder.mkdir(parents=True)
    for file, text in (("codebook.toml", head), ("questions.csv", questions), ("indicators.toml", indicators)):
        (folder / file).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def root(tmp_path: Path) -> Path:
    made(tmp_path / "codeboeken", "oud", BASE_HEAD, BASE_QUESTIONS, BASE_INDICATORS)
    return tmp_path / "codeboeken"


def edition(root: Path, indicators: str = SAME, questions: str = NO_QUESTIONS, head: str = HEAD) -> Codebook:
    return load_codebook(made(root, "nieuw", head, questions, indicators))


def refusal(root: Path, indicators: str = SAME, questions: str = NO_QUESTIONS, head: str = HEAD) -> tuple[str, ...]:
    with pytest.raises(ReferenceDataError) as error:
        edition(root, indicators, questions, head)
    return error.value.problems


def test_a_block_with_only_an_id_is_the_subject_of_the_base(root: Path) -> None:
    base, new = load_codebook(root / "oud"), edition(root)
    assert new.indicators == base.indicators[:1]
    assert new.questions == base.questions[:1]
    assert (new.instrument, new.anonymous, new.fields) == (base.instrument, base.anonymous, base.fields)
    assert (new.title, new.notice, new.owned.source) == ("Nieuwe lijst", "Nieuw", "andere bron")


def test_a_subject_without_a_block_is_not_there_nor_its_theme_and_question(root: Path) -> None:
    new = edition(root)
    assert [theme.id for theme in new.themes] == ["school"]
    assert {question.id for question in new.questions} == {"leuk"}


def test_what_a_block_says_holds_instead_of_the_base(root: Path) -> None:
    new = edition(root, SAME + 'higher_is = "neutraal"\ncaution = "Let op."\n').indicator("school_leuk")
    assert (new.higher_is, new.caution, new.label) == (Direction.NEUTRAL, "Let op.", "Vindt school leuk")


def test_a_new_subject_says_everything_itself(root: Path) -> None:
    problems = refusal(root, '[[indicators]]\nid = "veilig"\nversion = "lijst-2025"\n')
    assert "indicators.toml, veilig: higher_is: deze sleutel ontbreekt." in problems


@pytest.mark.parametrize(
    ("indicators", "questions"),
    [
        (SAME, OTHER_ANSWERS),
        (SAME + 'rules = [{ kind = "share", question = "leuk", cases = [2] }]\n', NO_QUESTIONS),
    ],
    ids=["another question", "another rule"],
)
def test_a_subject_that_is_asked_or_counted_otherwise_must_name_its_version(
    root: Path, indicators: str, questions: str
) -> None:
    assert refusal(root, indicators, questions) == (
        "indicators.toml, school_leuk: version: de vraag of de regel is anders dan in oud. Schrijf er een version bij: "
        "dezelfde als de cijfers te vergelijken zijn, anders een nieuwe.",
    )


def test_with_its_version_named_a_changed_subject_is_read(root: Path) -> None:
    new = edition(root, SAME + 'version = "lijst-2025"\n', OTHER_ANSWERS)
    assert new.indicator("school_leuk").version == "lijst-2025"
    assert [answer.label for answer in new.questions[0].answers] == ["Leuk", "Gaat wel", "Niet leuk"]
    assert new.indicator("school_leuk").rules == (ShareRule(kind="share", question="leuk", cases=(1,)),)


def test_every_other_check_holds_for_the_edition_too(root: Path) -> None:
    rules = 'rules = [{ kind = "share", question = "leuk", cases = [4] }]\nversion = "x"\n'
    assert refusal(root, SAME + rules) == (
        "indicators.toml, school_leuk: rules: de vraag 'leuk' heeft geen antwoord 4.",
    )


@pytest.mark.parametrize("name", ["weg", "../codeboeken/oud", "..", ""])
def test_a_base_that_is_not_there_is_told(root: Path, name: str) -> None:
    head = HEAD.replace('"oud"', f'"{name}"')
    assert refusal(root, head=head) == (f"codebook.toml: based_on: het codeboek '{name}' is er niet.",)


def test_a_base_stands_on_its_own(root: Path) -> None:
    edition(root)
    head = HEAD.replace('"oud"', '"nieuw"').replace('id = "nieuw"', 'id = "nieuwst"')
    with pytest.raises(ReferenceDataError, match="'nieuw' is zelf afgeleid"):
        load_codebook(made(root, "nieuwst", head, NO_QUESTIONS, SAME))


def test_problems_of_the_base_are_told_with_its_name(root: Path) -> None:
    path = root / "oud" / "codebook.toml"
    path.write_text(re.sub("edition.*", "", path.read_text(encoding="utf-8")), encoding="utf-8")
    assert refusal(root) == ("oud, codebook.toml: edition: deze sleutel ontbreekt.",)


def test_an_edition_of_ones_own_may_be_based_on_one_of_the_dashboard(root: Path, tmp_path: Path) -> None:
    made(tmp_path / "eigen", "nieuw", HEAD, NO_QUESTIONS, SAME)
    assert [codebook.id for codebook in load_codebooks(root, tmp_path / "eigen")] == ["oud", "nieuw"]
    assert load_codebook(tmp_path / "eigen" / "nieuw", root).instrument == "Lijst"
