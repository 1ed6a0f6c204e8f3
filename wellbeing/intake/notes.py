"""What people type: a warning where a note seems to tell who somebody is.

A help, no guarantee: a name without a capital, or one that is also a word, is not seen.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from wellbeing.intake.identifiers import identifying_reason

A_NAME = "naam van een persoon"


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Names that many young people and their parents have; those that are also a common word are left out.
_FIRST_NAMES = _words(
    """
    Aaliyah Abdul Abdullah Abel Achmed Adam Adriaan Ahmad Ahmed Aisha Alex Alexander Ali Alice Amber Amel Amin Amina
    Amira Amy Anas Andries Angela Anika Anja Anna Anneke Annelies Annemarie Anouk Antoinette Anton Arie Arjan Arjen
    Arthur Astrid Aya Ayden Aylin Ayoub Ayse Bart Bas Bastiaan Beatrijs Benjamin Bente Bert Bianca Bilal Björn Boaz
    Boris Bram Brent Brian Britt Bruno Camiel Carla Carlijn Carlo Carmen Casper Catharina Cees Celine Charlotte Chloé
    Chris Christiaan Christina Claudia Colin Cor Corrie Daan Damian Dani Daniel Daniël Daphne David Denise Dennis Dewi
    Dex Diana Dick Diederik Dirk Dominique Dylan Ebru Elif Elin Eline Elisa Elise Elizabeth Ella Elly Els Emil Emily
    Emir Emma Emre Eric Erik Esmee Esmée Esther Eva Evelien Evert Evi Fabian Farah Fatih Fatima Fatma Feline Femke Femm
    Fenna Fien Fleur Floortje Floris Frank Fred Frederik Freek Gerard Gerda Gerrit Gert Gijs Giovanni Greetje Guus Hamza
    Hana Hanae Hanna Hannah Hanneke Hans Hasan Hatice Helen Helena Hendrik Henk Herman Hidde Hugo Huub Ibrahim Ies Ilias
    Ilse Ilyas Imane Imran Ina Inge Ingrid Irene Iris Isa Isabel Isabella Isabelle Ivo Ivy Jaap Jacob Jacqueline Jade
    James Jan Janna Janne Janneke Jannes Jasmijn Jason Jasper Jayden Jayla Jelle Jenny Jens Jeroen Jesse Jessica Jet
    Jette Jill Jim Jip Job Joep Johan Johanna Johannes John Jolien Jonas Jonathan Jool Joost Jop Jordy Joris Josephine
    Joshua José Joyce Juan Judith Julia Julian Juliana Julie Juliette Jurre Justin Karel Karim Karin Kasper Kees Keesje
    Kevin Khadija Kiara Kim Kirsten Klaas Koen Krzysztof Kyan Lana Lara Lars Laura Lauren Laurens Leah Lena Lenn Leon
    Leonie Levi Lewis Liam Lieke Lieve Lily Lina Linda Lisa Lisanne Liselotte Liv Liz Liza Lizzy Loek Lois Lotte Louis
    Louise Luca Lucas Luciano Luna Luuk Lux Lynn Maaike Maarten Mandy Manon Marcel Margriet Maria Mariam Marieke Marije
    Marijke Marja Marjan Marjolein Mark Marleen Marloes Mart Martijn Martin Maryam Mathijs Mats Matthijs Maud Maurits
    Mauro Max Maxim Mees Mehmed Mehmet Melissa Melvin Merel Merijn Merve Michael Michelle Mick Micky Miep Mike Mila
    Milan Milou Mohamed Mohammed Moos Morris Mounir Muhammad Mustafa Nadia Naomi Natasha Nathan Nick Nicky Nicole Niels
    Nienke Nikki Nina Noa Noah Noor Noortje Nora Norah Nour Nynke Olaf Oliver Olivia Olivier Omar Osman Otis Oumaima
    Oussama Owen Pascal Patricia Patrick Paul Paula Pauline Peter Petra Philip Pia Pien Pieter Piotr Puck Quinn Quinten
    Rachel Rachid Raf Ralph Ramon Rana Rayan Rayen Rebecca Remco Renske René Richard Rick Rik Rinske Rob Robbert Robert
    Robin Roel Roland Romy Romée Ronald Rosa Rosalie Rosanne Rowan Ruben Rutger Ruud Ryan Saar Sabine Said Salma Sam
    Sami Samira Samuel Sander Sandra Sanne Sara Sarah Saskia Savannah Sebastiaan Sem Senna Sepp Serkan Siem Sienna Silke
    Silvia Simon Sjoerd Sofia Sofie Sophia Sophie Stan Stef Stefan Steven Stijn Suus Suzanne Sven Sybren Tamara Tess
    Tessa Teun Thijmen Thijs Thomas Tibbe Tijmen Tijn Tijs Tim Timo Tobias Tom Ton Tuur Tygo Valentijn Veerle Vera
    Victor Victoria Vince Vincent Walter Wesley Wessel Wibe Wiebe Willem Willemijn Wim Wouter Xavi Yara Yasin Yasmin
    Yasmina Yasmine Yassin Youri Youssef Yusuf Yvonne Zakaria Zara Zayn Zeynep Zoey Zoë
    """
)
_WORD = r"[A-ZÀ-ÖØ-Þ][a-zà-öø-ÿ]+(?:['’-]?[A-ZÀ-ÖØ-Þ]?[a-zà-öø-ÿ]+)*"
_PARTICLE = r"(?:de|den|der|[Vv]an|von|ten|ter|te|[Ee]l|[Aa]l|[Bb]en|[Bb]in|da|dos|du|la|le|['’]t)"
_CAPITALISED = re.compile(rf"(?<![\w-])({_WORD})")
_AFTER_A_ROLE = re.compile(
    r"(?i:\b(?:leerlinge?|scholiere?|meisje|jongen|kind|zoon|dochter|broer(?:tje)?|zus(?:je)?|(?:vader|moeder|ouders?)"
    r" van|mentor|docente?|juf|meester|mevrouw|meneer|mevr\.|dhr\.|mw\.|heet|genaamd|naam is|voornaam|achternaam)"
    rf":? )({_WORD})"
)
_INITIALS = re.compile(rf"(?<![\w.])[A-Z]\.(?: ?[A-Z]\.)* ?(?:{_PARTICLE} )*{_WORD}")
_WITH_PARTICLE = re.compile(rf"(?<=[a-zà-ÿ,] )({_WORD}) (?:{_PARTICLE} )+{_WORD}")
# What follows a first name in the name of a building or a body: "Anne Frank College".
_INSTITUTION = re.compile(
    rf"(?: (?:{_PARTICLE}|{_WORD}|\w\.)){{0,4}}[ -]?(?i:college|lyceum|school|gymnasium|mavo|havo|scholengemeenschap"
    r"|stichting|instituut|fonds|huis|centrum|universiteit|ziekenhuis|straat|laan|plein)\b"
)
_NO_NAMES = _words(
    """
    Alle Arabisch Bestuur Bovenbouw Brugklas Centrum Dag De Deze Dit Duits Duitse Een Engels Engelse Frans Franse Gezond
    Gezonde Grieks Havo Het Huis Inspectie Jaar Lang Latijn Leve Maand Marokkaans Marokkaanse Mavo Ministerie Monitor
    Nacht Nederlands Nederlandse Niet Onderbouw Praktijkonderwijs Raad School Spaans Spaanse Stichting Team Turks Turkse
    Veel Vereniging Vmbo Vwo Week
    """
)
_SENTENCES = re.compile(r"(?<=[^A-Z][.!?;])\s+|\n+")  # not after an initial
_NO_POSTCODE = re.compile(r"(?<=\b\d{4} )(?:VO|PO|MR|OR|MT|IB|BO|SO)\b")


def personal_data_in(text: str, known: Collection[str] = ()) -> tuple[str, ...]:
    """Say what in a note could tell who somebody is, each kind once, in the order of the note.

    ``known`` are names that may be there: of schools, programmes and organisations.

    >>> personal_data_in("Bel 06-12345678 over Lisa de Vries")
    ('telefoonnummer', 'naam van een persoon')
    >>> personal_data_in("In klas 3 van vwo 5 slapen leerlingen korter, zegt GGD Hollands Midden.")
    ()
    """
    for name in sorted(known, key=len, reverse=True):
        text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", "…", text)
    reasons: list[str] = []
    for sentence in _SENTENCES.split(text):
        reason = identifying_reason(_NO_POSTCODE.sub("…", sentence.strip()))
        reasons += [reason] if reason else []
        reasons += [A_NAME] if _has_name(sentence) else []
    return tuple(dict.fromkeys(reasons))


def _has_name(sentence: str) -> bool:
    known = [match for match in _CAPITALISED.finditer(sentence) if match[1].partition("-")[0] in _FIRST_NAMES]
    marked = [
        match
        for pattern in (_AFTER_A_ROLE, _WITH_PARTICLE)
        for match in pattern.finditer(sentence)
        if match[1] not in _NO_NAMES
    ]
    people = [match for match in (*known, *marked) if not _INSTITUTION.match(sentence, match.end())]
    return bool(people or _INITIALS.search(sentence))
