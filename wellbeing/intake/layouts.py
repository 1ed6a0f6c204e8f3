"""How the programs with which people make questionnaires lay out their exports: rules as data.

A layout is recognised by the columns that its program adds of its own accord. Those are no answers:
they say who filled in the questionnaire, when, where and how far.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

ENOUGH_SIGNS = 3


@dataclass(frozen=True, slots=True)
class Layout:
    """The export of one program.

    Headings are without capitals, spaces and signs. ``own`` are all columns that the program adds;
    as many as ``signs`` of them tell that it is this program. ``tests`` gives per column the values
    of an answer that was only a try-out, ``unfinished`` those of a pupil who stopped halfway.
    ``codes`` are the program's own codes for answers, which say nothing by themselves; ``again`` says
    which export does.
    """

    name: str
    own: frozenset[str]
    signs: int = ENOUGH_SIGNS
    tests: tuple[tuple[str, frozenset[str]], ...] = ()
    unfinished: tuple[tuple[str, frozenset[str]], ...] = ()
    codes: re.Pattern[str] | None = None
    again: str = ""


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


_QUALTRICS_TESTS = frozenset(
    [
        *("1", "2", "9", "17", "survey preview", "survey test", "survey preview spam", "offline survey preview"),
        *("enquêtevoorbeeld", "voorbeeld van enquête", "enquêtetest"),
    ]
)

LAYOUTS = (
    Layout(
        "Qualtrics",
        _names(
            "startdate enddate status ipaddress progress durationinseconds finished recordeddate responseid "
            "recipientlastname recipientfirstname recipientemail externalreference externaldatareference "
            "locationlatitude locationlongitude distributionchannel userlanguage responsetype "
            "startdatum einddatum antwoordtype reactietype ipadres voortgang duurinseconden voltooid "
            "geregistreerdedatum opgenomendatum antwoordid reactieid achternaamvandeontvanger achternaamontvanger "
            "voornaamvandeontvanger voornaamontvanger emailvandeontvanger emailontvanger externegegevensreferentie "
            "breedtegraadvanlocatie lengtegraadvanlocatie distributiekanaal gebruikerstaal"
        ),
        signs=5,
        tests=(
            ("status", _QUALTRICS_TESTS),
            ("responsetype", _QUALTRICS_TESTS),
            ("antwoordtype", _QUALTRICS_TESTS),
            ("reactietype", _QUALTRICS_TESTS),
        ),
        unfinished=(
            ("finished", frozenset({"0", "false", "onwaar"})),
            ("voltooid", frozenset({"0", "false", "onwaar"})),
        ),
    ),
    Layout(
        "Microsoft Forms",
        _names(
            "id starttime completiontime email name lastmodifiedtime language totalpoints quizfeedback gradepostedtime "
            "begintijd tijdvanvoltooien naam tijdvanlaatstewijziging taal totaalaantalpunten quizfeedback"
        ),
    ),
    Layout(
        "SurveyMonkey",
        _names(
            "respondentid collectorid startdate enddate datecreated datemodified ipaddress emailaddress firstname "
            "lastname customdata1 customdata collectornummer respondentnummer begindatum einddatum ipadres emailadres "
            "voornaam achternaam aangepastegegevens1"
        ),
        signs=4,
    ),
    Layout(
        "LimeSurvey",
        _names(
            "id responseid antwoordid responsid submitdate datesubmitted datumingediend datumingezonden datumverzonden "
            "lastpage laatstepagina startlanguage starttaal begintaal seed token toegangscode startdate datestarted "
            "datumgestart datumbegonnen datestamp datelastaction datumlaatsteactie ipaddr ipaddress ipadres refurl "
            "referrerurl verwijzendeurl interviewtime totaltime totaletijd"
        ),
        unfinished=(
            ("submitdate", frozenset({""})),
            ("datesubmitted", frozenset({""})),
            ("datumingediend", frozenset({""})),
            ("datumingezonden", frozenset({""})),
            ("datumverzonden", frozenset({""})),
        ),
        codes=re.compile(r"AO?\d{1,3}|[YN]"),
        again="Maak de export opnieuw en kies daarbij 'Volledige antwoorden' in plaats van 'Antwoordcodes'.",
    ),
    Layout(
        "Google Forms",
        _names("tijdstempel timestamp emailadres emailaddress gebruikersnaam username score"),
        signs=1,
    ),
)

_SIGNS = re.compile(r"[\W_]+")
_POINTS = re.compile(r"(?:points|punten|feedback)\s*[-–:]\s*\S.*", re.IGNORECASE)


def squash(heading: str) -> str:
    """Give a heading without capitals, spaces and signs.

    >>> squash("Duration (in seconds)")
    'durationinseconds'
    """
    return _SIGNS.sub("", heading.casefold())


def recognise(headings: Iterable[str]) -> Layout | None:
    """Give the layout whose own columns stand in this export, if any does for certain.

    >>> found = recognise(["ID", "Begintijd", "Tijd van voltooien", "E-mail", "Naam", "Rook je?"])
    >>> found.name if found else ""
    'Microsoft Forms'
    """
    names = [squash(heading) for heading in headings]
    found = [(len(layout.own.intersection(names)), layout) for layout in LAYOUTS]
    fitting = [(hits / layout.signs, layout) for hits, layout in found if hits >= layout.signs]
    sure = [(part, layout) for part, layout in fitting if layout.signs > 1 or names[0] in layout.own]
    return max(sure, key=lambda entry: entry[0])[1] if sure else None


def is_own(layout: Layout | None, heading: str) -> bool:
    """Say whether a column is one that the program added; Forms adds points per question.

    >>> is_own(recognise(["Tijdstempel", "Rook je?"]), "Score"), is_own(None, "Score")
    (True, False)
    """
    return layout is not None and (squash(heading) in layout.own or bool(_POINTS.fullmatch(heading.strip())))
