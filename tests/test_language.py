"""What people read stays easy Dutch: short sentences, short words, nothing on the list of words we never use."""

from __future__ import annotations

import csv
import doctest
from pathlib import Path

import pytest

from tools import language
from tools.language import Sentence

ROOT = Path(__file__).parents[1]
SOURCES = language.everything(ROOT)
MOST_WORDS, MOST_ON_AVERAGE, USUAL = 25, 12, 12
EASY = 75  # of Flesch-Douma as counted here, about 70 by hand: from there a text is called fairly easy
MOST_PASSIVE, MOST_LONG_WORDS = 0.1, 0.02

BY_HAND = {  # syllables as they are spoken, counted by hand: words of the pages themselves
    "leerlingen": 3, "school": 1, "schooljaar": 2, "vragenlijst": 3, "meting": 2, "onderwerp": 3, "ongunstiger": 4,
    "duidelijk": 3, "vergelijkingscijfers": 6, "welbevinden": 4, "gesprek": 2, "afspraken": 3, "verkenning": 3,
    "jaarplan": 2, "themaweek": 3, "zorgcoördinator": 6, "jeugdverpleegkundige": 6, "mentor": 2, "ouders": 2,
    "pesten": 2, "stress": 1, "huiswerk": 2, "niveau": 2, "regio": 3, "cijfer": 2, "marge": 2, "toeval": 2,
    "aantoonbaar": 3, "verschil": 2, "samen": 2, "bekijken": 3, "open": 2, "over": 2, "elke": 2, "eigen": 2,
    "informatie": 4, "signaleren": 4, "educatie": 4, "schoolomgeving": 4, "beleid": 2,
}  # fmt: skip


# --------------------------------------------------------------------------- the texts themselves


@pytest.mark.parametrize("source", SOURCES)
def test_sentences_are_short_and_read_easily(source):
    found = language.measure(SOURCES[source])
    assert found.sentences > 100  # the source was found, and read
    assert found.mean <= MOST_ON_AVERAGE
    assert found.median <= USUAL
    assert found.ease >= EASY
    assert found.passive <= MOST_PASSIVE
    assert found.long_words <= MOST_LONG_WORDS


@pytest.mark.parametrize("source", SOURCES)
def test_no_sentence_is_too_long(source):
    assert [(item.where, item.words) for item in SOURCES[source] if item.length > MOST_WORDS] == []


@pytest.mark.parametrize("source", SOURCES)
def test_words_that_we_never_use_stand_nowhere(source):
    found = [(language.never_used(item.words), item.where, item.words) for item in SOURCES[source]]
    assert [item for item in found if item[0]] == []


def test_labels_hold_no_words_that_we_never_use():
    found = [(words, where, text) for text, where in language.labels(ROOT) if (words := language.never_used(text))]
    assert found == []


# --------------------------------------------------------------------------- the measure


def test_the_examples_in_the_tool_are_true():
    assert doctest.testmod(language).failed == 0


def test_flesch_douma_follows_its_formula():
    """Five words, one syllable each: 206.84 - 0.93 * 5 - 77 * 1 = 125.19; a long word of six pulls that down."""
    assert language.ease(["De bus is er al."]) == pytest.approx(125.19)
    assert language.ease(["De gezondheidsmonitor"]) == pytest.approx(206.84 - 0.93 * 2 - 77 * 7 / 2)


def test_syllables_are_nearly_those_of_a_count_by_hand():
    """Breaking places are a little fewer than spoken syllables: at 1.5 a word that flatters at most six points."""
    counted = sum(map(language.syllables, BY_HAND))
    by_hand = sum(BY_HAND.values())
    assert 0.95 <= counted / by_hand <= 1
    assert max(abs(language.syllables(word) - number) for word, number in BY_HAND.items()) == 1


def test_a_sentence_ends_at_its_full_stop_and_not_in_a_number_or_a_short_form():
    text = "Er zijn 1.200 leerlingen, bijv. in leerjaar 2. **Dat is veel**: zo veel was het nooit!"
    found = [item.words for item in language.sentences_of(text, "hier")]
    assert found == ["Er zijn 1.200 leerlingen, bijv in leerjaar 2.", "Dat is veel: zo veel was het nooit!"]


def test_what_is_filled_in_later_counts_as_one_word():
    (found,) = language.sentences_of("Bij {number} van de {total} leerlingen.", "hier")
    assert found.length == 6


def test_a_difficult_text_does_not_pass():
    hard = "Teneinde significante verschillen inzichtelijk te maken dienen indicatoren gestandaardiseerd te worden."
    found = language.measure([Sentence(hard, "hier")])
    assert found.ease < EASY
    assert found.passive == 1
    assert set(language.never_used(hard)) == {"significante", "Teneinde", "indicatoren"}


def test_every_column_that_is_read_is_there():
    for name, columns in language.COLUMNS.items():
        with (ROOT / "data" / "interventions" / name).open(encoding="utf-8-sig", newline="") as file:
            assert set(columns) <= set(next(csv.reader(file, delimiter=";"))), name


def test_notes_for_programmers_and_english_are_no_texts_for_people(tmp_path):
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "page.py").write_text(
        '"""Een uitleg voor wie dit bouwt, in het Nederlands."""\nraise ValueError("this must not be read here.")\n'
        'st.write(f"Er zijn {number} leerlingen op deze school.")\nst.caption("Dit is een **gewone** zin.")\n',
        encoding="utf-8",
    )
    (tmp_path / "wellbeing").mkdir()
    found = [item.words for item in language.of_code(tmp_path)]
    assert found == ["Er zijn 7 leerlingen op deze school.", "Dit is een gewone zin."]
