"""A note that tells who somebody is gets a warning; ordinary notes, schools and programmes do not."""

import pytest

from wellbeing.intake.notes import A_NAME, personal_data_in
from wellbeing.pipeline import load_reference

# Invented people; the numbers pass the test of a BSN and belong to nobody.
TELLING = [
    ("BSN 111222333 staat in het systeem", "burgerservicenummer"),
    ("bel 06 12 34 56 78", "telefoonnummer"),
    ("bel 071-5163333 voor meer", "telefoonnummer"),
    ("mail s.jansen@school.example", "e-mailadres"),
    ("woont op 2334 CR", "postcode"),
    ("geboren 12-03-2011", "geboortedatum"),
    ("Sanne slaapt slecht", A_NAME),
    ("het ging over Mohammed", A_NAME),
    ("Lisa de Vries was er ook", A_NAME),
    ("gesprek met Jayvano de Vries", A_NAME),
    ("gesprek met Wietske van der Meulen", A_NAME),
    ("gesprek met Soufyan El Amrani", A_NAME),
    ("leerling Jayvano is vaak ziek", A_NAME),
    ("Meisje Wietske uit leerjaar 2", A_NAME),
    ("de moeder van Soufyan belde", A_NAME),
    ("mentor Kuipers let erop", A_NAME),
    ("mevrouw Yildiz pakt dit op", A_NAME),
    ("overleg met J. Kuipers", A_NAME),
    ("overleg met A.B. van den Berg", A_NAME),
    ("Zeynep-Nur komt niet meer", A_NAME),
    ("Een leerling heet Kjeld.", A_NAME),
]

ORDINARY = [
    "",
    "klas 3",
    "vwo 5",
    "In klas 3 en vwo 5 slapen leerlingen korter.",
    "GGD Hollands Midden",
    "Afspraak met de GGD Hollands Midden en gemeente Den Haag.",
    "Rots en Water",
    "We kiezen Lang Leve de Liefde in leerjaar 2.",
    "De Gezonde School-coördinator doet de Week van de Lentekriebels.",
    "Met de Gezonde School verder; volgens de Monitor klopt het.",
    "leerling Nederlands leren lezen",
    "Het Anne Frank College en het Johan de Witt Lyceum doen mee.",
    "Op het Willem van Oranje College was dit ook zo.",
    "Schooljaar 2025-2026: 34% tegen 28%, 120 van de 355 leerlingen.",
    "In 2025 VO-raad gevraagd, in 2026 VO verder.",
    "Terugkijken op 1 februari 2027, daarna op 12-04-2027.",
    "om 08.45 uur, 3 x 45 minuten, 10.000 euro",
    "Leerlingen van Het Baken en De Werf herkennen dit.",
    "De teamleider en de zorgcoördinator bespreken dit in de MR.",
    "Is er een leerling? Nee, nog niemand.",
    "Bel 113 of kijk op www.113.nl.",
    "dat waren 100200300 stappen",
]


@pytest.mark.parametrize(("note", "reason"), TELLING)
def test_a_note_that_tells_who_somebody_is(note, reason):
    assert reason in personal_data_in(note)


@pytest.mark.parametrize("note", ORDINARY)
def test_an_ordinary_note(note):
    assert personal_data_in(note) == ()


def test_each_kind_is_told_once_in_the_order_of_the_note():
    note = "Sanne en Lisa. Mail: a@b.example\nBel 06-12345678! Ook 06-87654321."
    assert personal_data_in(note) == (A_NAME, "e-mailadres", "telefoonnummer")


def test_a_name_that_is_known_as_no_person_may_be_there():
    assert personal_data_in("We gaan naar Marieke") == (A_NAME,)
    assert personal_data_in("We gaan naar Marieke", ["Marieke"]) == ()
    assert personal_data_in("We gaan naar Mariekes", ["Marieke"]) == ()


def test_programmes_questions_and_themes_give_no_warning():
    reference = load_reference()
    titles = [row.title for row in reference.catalogue.rows]
    texts = [f"We kiezen {title} voor leerjaar 2." for title in titles]
    texts += [action.action for action in reference.catalogue.packages]
    texts += [text for theme in reference.catalogue.themes for text in (theme.label, theme.question, theme.caution)]
    texts += [question.text for codebook in reference.codebooks for question in codebook.questions]
    assert len(texts) > 500
    assert [text for text in texts if personal_data_in(text, titles)] == []


def test_most_programmes_are_let_through_even_where_nobody_says_which_there_are():
    titles = [row.title for row in load_reference().catalogue.rows]
    warned = {title for title in titles if personal_data_in(title)}
    with_a_person = {title for title in titles if title.startswith(("Interview Laura Stroo", "Video Steven Pont"))}
    assert with_a_person <= warned
    assert len(warned - with_a_person) <= 2
