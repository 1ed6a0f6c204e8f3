from pathlib import Path

import pytest

from wellbeing.model.reference import Role
from wellbeing.reference.schema import ReferenceDataError
from wellbeing.reference.spellings import Spellings, load_spellings

TABLE = Path(__file__).parents[2] / "data" / "codebooks" / "schrijfwijzen.csv"


@pytest.fixture(scope="module")
def spellings() -> Spellings:
    return load_spellings(TABLE)


def key(spellings: Spellings, role: Role, text: str) -> str | None:
    value = spellings.read(role, text)
    return value.key if value else None


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("VMBO BL/KL", "vmbo-bk"),
        ("vmbo bb / kb", "vmbo-bk"),
        ("VMBO basis-/kaderberoepsgericht", "vmbo-bk"),
        ("vmbo-b/k", "vmbo-bk"),
        ("Kader", "vmbo-bk"),
        ("VMBO GL/TL", "vmbo-gt"),
        ("VMBO gemengd/theoretisch", "vmbo-gt"),
        ("vmbo–tl", "vmbo-gt"),
        ("Mavo", "vmbo-gt"),
        ("Havo ", "havo"),
        ("havo\u00a0", "havo"),
        ("Gymnasium", "vwo"),
        ("vwo+", "vwo"),
        ("PrO", "praktijkonderwijs"),
        ("Havo / Vwo", "gemengd"),
        ("m/h", "gemengd"),
        ("TL/havo", "gemengd"),
        ("VMBO", "vmbo"),
        ("VSO", "vso"),
        ("havo 4", "havo"),
        ("basis-kader", "vmbo-bk"),
        ("VMBO (g)t", "vmbo-gt"),
        ("havo/vwo brugklas", "gemengd"),
        ("tweetalig VWO", "vwo"),
        ("klas 3 vmbo-t", "vmbo-gt"),
        ("havo/vwo 2", "gemengd"),
    ],
)
def test_a_level_is_read_however_people_write_it(spellings: Spellings, text: str, level: str) -> None:
    assert key(spellings, Role.LEVEL, text) == level


@pytest.mark.parametrize("text", ["", "weet niet", "technasium", "brugklas", "lwoo", "3kb2", "H4b", "ander onderwijs"])
def test_a_level_that_is_not_certain_is_not_guessed(spellings: Spellings, text: str) -> None:
    assert spellings.read(Role.LEVEL, text) is None


@pytest.mark.parametrize(
    ("text", "leerjaar"),
    [
        ("3", "3"),
        ("3e", "3"),
        ("Klas 3", "3"),
        ("LEERJAAR 3", "3"),
        ("derde klas", "3"),
        ("3kb2", "3"),
        ("H4b", "4"),
        ("1A", "1"),
        ("TL3", "3"),
        ("4 havo", "4"),
        ("2h/v", "2"),
        ("v6", "6"),
        ("brugklas", "1"),
        ("leerjaar twee", "2"),
        ("lj4", "4"),
        ("klas 3 vmbo-t", "3"),
        ("havo/vwo 2", "2"),
        ("2e klas B", "2"),
        ("3kgt", "3"),
        ("V4b", "4"),
    ],
)
def test_a_leerjaar_is_read_from_words_and_class_codes(spellings: Spellings, text: str, leerjaar: str) -> None:
    assert key(spellings, Role.LEERJAAR, text) == leerjaar


@pytest.mark.parametrize(
    "text", ["", "groep 8", "7", "15 jaar", "v12", "gr3", "34", "2024-2025", "x3", "3.5", "weet niet"]
)
def test_a_leerjaar_that_is_not_certain_is_not_guessed(spellings: Spellings, text: str) -> None:
    assert spellings.read(Role.LEERJAAR, text) is None


def test_gender_is_read_and_the_letter_that_means_two_things_is_not(spellings: Spellings) -> None:
    assert key(spellings, Role.GENDER, "een MEISJE") == "meisje"
    assert key(spellings, Role.GENDER, "man") == "jongen"
    assert key(spellings, Role.GENDER, "Non-binair") == "anders"
    assert spellings.read(Role.GENDER, "m") is None  # m/v: man; j/m: meisje


def test_unicode_forms_are_the_same(spellings: Spellings, tmp_path: Path) -> None:
    path = tmp_path / "schrijfwijzen.csv"
    path.write_text("role;key;label;written\nniveau;a;A;caf\u00e9\n", encoding="utf-8")
    assert key(load_spellings(path), Role.LEVEL, "CAFE\u0301") == "a"


def test_other_roles_have_no_spellings(spellings: Spellings) -> None:
    assert spellings.read(Role.SCHOOL, "havo") is None


def test_labels_are_what_people_read(spellings: Spellings) -> None:
    value = spellings.read(Role.LEVEL, "bb/kb")
    assert value is not None
    assert value.label == "Vmbo-bk"


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ("niveau;a;A;x\nniveau;b;B;X ", "'x' staat bij 'a' en bij 'b'"),
        ("school;a;A;x", "role: 'school' mag hier niet"),
        ("niveau;a;A;", "written: geef minstens één schrijfwijze"),
        ("niveau;a;;x", "rij 1: label: dit mag niet leeg zijn"),
    ],
)
def test_a_wrong_table_is_refused_with_a_dutch_sentence(tmp_path: Path, rows: str, words: str) -> None:
    path = tmp_path / "schrijfwijzen.csv"
    path.write_text(f"role;key;label;written\n{rows}\n", encoding="utf-8")
    with pytest.raises(ReferenceDataError) as error:
        load_spellings(path)
    assert words in str(error.value)


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("3kgt", "gemengd"),
        ("3kb2", "vmbo-bk"),
        ("H4b", "havo"),
        ("v 6", "vwo"),
        ("tl 3", "vmbo-gt"),
        ("2b", None),
        ("3", None),
    ],
)
def test_level_in_a_class_is_only_for_asking(spellings: Spellings, text: str, level: str | None) -> None:
    found = spellings.level_of_class(text)
    assert (found.key if found else None) == level
