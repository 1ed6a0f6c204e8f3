"""Columns that could name a pupil: recognised by name and by content, dropped, reported.

Runs inside the reading process; what is dropped here never leaves it. A column that a codebook
knows is never dropped for its name, only for what stands in it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from wellbeing.intake.choices import divide_answers
from wellbeing.intake.coarser import MONTH, is_classes, is_moments, months, without_class_letters
from wellbeing.intake.doubles import repeated_rows
from wellbeing.intake.guard import Refused
from wellbeing.intake.headers import NO_HEADINGS, is_known, normalise_heading
from wellbeing.intake.layouts import Layout, is_own, recognise
from wellbeing.intake.tables import Cells, Heading, Table
from wellbeing.model.imports import DroppedColumn, UnknownColumn

# A closed question, whose values may be shown although no codebook knows it.
MOST_ANSWERS = 12
TIMES_EACH = 5
LONGEST_ANSWER = 200
# An open question, or a value of each pupil's own.
OWN_FROM, OWN_SHARE = 8, 0.8
OPEN_FROM, OPEN_SHARE = 20, 0.3
LONG_TEXT = 25
OWN_NUMBER_DIGITS = 4

SHORTEST = 6  # an e-mail address or postcode has at least so many signs
DROP_SHARE = 0.10  # identifying cells from which the whole column goes; fewer are made empty
FEW_DATES = 5
FEW_CODES = 3
BORN_BEFORE = 2021  # a date of birth; of later dates a few are more often answers that Excel changed ("1-2")
SHORT_HEADING = 4  # words: in a longer question "telefoon" is what it is about, not what it asks for

NAME = "naam"
BSN = "burgerservicenummer"
BIRTH = "geboortedatum"
POSTCODE = "postcode"
EMAIL = "e-mailadres"
PHONE = "telefoonnummer"
ADDRESS = "adres of woonplaats"
COMPUTER = "computer of plaats van invullen"
LOGIN = "inloggegevens"
NUMBER = "nummer van een leerling"
MOMENT = "datum of tijdstip"
ADULT = "naam van een medewerker of ouder"
BANK = "rekeningnummer"
OPEN = "open antwoord: daarin kan staan wie de leerling is"
NO_HEADING = "er staat geen kop boven deze kolom"
MONTH_ONLY = "datum of tijdstip; alleen de maand is gelezen"
OF_PROGRAM = "gegeven van {program}, geen antwoord van een leerling"

# Headings without spaces and signs, as a whole.
_EXACT: tuple[tuple[str, str], ...] = (
    ("naam|name|leerling|student|tussenvoegsel|voorletters|initialen|initials|jenaam|mijnnaam", NAME),
    ("bsn|pgn|sofinummer|persoonsgebondennummer", BSN),
    ("geboortejaar|geboortemaand|geboortedag|verjaardag|dob|birthday|birthdate|dateofbirth", BIRTH),
    ("pc4|pc6|zipcode|zip|mbgik401", POSTCODE),
    ("telefoon|tel|mobiel|mobieltje|gsm|phone|phonenumber|06|telnr|mobielnr", PHONE),
    ("adres|woonadres|address|straat|straatnaam|huisnummer|huisnr|woonplaats|city|street", ADDRESS),
    ("ip|locatiebreedtegraad|breedtegraad|lengtegraad|useragent|browser", COMPUTER),
    ("login|inlog|gebruiker|user|userid|account|username|password|token|pincode|code", LOGIN),
    (
        "id|nr|nummer|volgnummer|uuid|guid|responseid|responsid|antwoordid|sessionid|sessieid|"
        "externalreference|externaldatareference|recordid|clientid|eckid|cookieid|stamnummer|stamnr|"
        "deelnemer|deelnemerid|participantid|studentid|studentnummer|pupilid|panelid|respondent|key|"
        "casenummer",
        NUMBER,
    ),
    (
        "begintijd|eindtijd|starttijd|starttime|endtime|startdate|enddate|completiontime|"
        "tijdvanvoltooien|tijdstip|tijdvanlaatstewijziging|lastmodifiedtime|recordeddate|tijdstempel|"
        "timestamp|datum|date|submitdate|datestamp|invuldatum|datumingevuld|ingevuldop|datuminvullen|"
        "datumvaninvullen",
        MOMENT,
    ),
    (
        "mentor|mentornaam|naammentor|docent|docentnaam|naamdocent|docentcode|leerkracht|leraar|"
        "teacher|ouder|verzorger|contactpersoon",
        ADULT,
    ),
)
_WHOLE = tuple((re.compile(names), reason) for names, reason in _EXACT)
# Parts of a short heading, or of a question that asks for something ("Wat is je ...").
_PARTS: tuple[tuple[str, str], ...] = (
    ("voornaam|achternaam|roepnaam|lastname|firstname|surname|fullname|naamleerling|leerlingnaam|jenaam", NAME),
    ("naamvan(de|je)?(leerling|kind)|naamkind|kindnaam|jevolledigenaam|hoeheetje", NAME),
    ("burgerservice|sofinummer|^bsn|bsn$|bsnnummer", BSN),
    ("geboortedat|gebdat|geborenop|geborengeboren|benjegeboren|benjejarig", BIRTH),
    ("postcode|postalcode", POSTCODE),
    ("email|mailadres", EMAIL),
    ("telefoonn|mobielnummer|mobielenummer|06nummer|telnummer", PHONE),
    ("woonadres|huisadres|jeadres|waarwoonje|straatnaam|huisnummer", ADDRESS),
    ("ipad+res|latitude|longitude|breedtegraad|lengtegraad", COMPUTER),
    ("inlogcode|inlognaam|logincode|gebruikersnaam|username|wachtwoord|toegangscode|activatiecode", LOGIN),
    ("(leerling|respondent|deelnemer|student|response|client|kind|dossier)[a-z]{0,3}(nummer|nr|id|code)$", NUMBER),
    ("(nummer|nr|code)(van(de|het)?)?(leerling|respondent|kind)", NUMBER),
    ("iban|bankrekening|rekeningnummer", BANK),
)
_SHORT_PARTS = tuple((re.compile(pattern), reason) for pattern, reason in _PARTS)
_ASKS = re.compile(r"(wat (is|zijn)|hoe heet|vul|noteer|geef|schrijf|wanneer ben|waar woon)\b")
_NAME_WORD = re.compile(r"\b(naam|name)\b")
_NOT_A_PERSON = re.compile(r"school|gemeente|vestiging|regio|klas|groep|opleiding|locatie|product|file|programma")
_READY = re.compile(r"eind|end|voltooien|completion|submi|ingediend|ingezonden|verzonden|recorded|ingevuld")
_CLASS_HEADING = re.compile(r"klas|leerjaar|jaarlaag|\bgroep|\bclass|grade")
_OPEN_HEADING = re.compile(
    r"\b(namelijk|toelichting|toelichten|opmerking(en)?|open antwoord|open vraag|open feedback"
    r"|open.ended response|vrije tekst|notities"
    r"|comments?|please specify|licht (je antwoord |dit )?toe|nog iets (kwijt|zeggen|vertellen))\b"
)

_SIGNS = re.compile(r"[\W_]+")
_PLAIN_NUMBER = re.compile(r"[-+]?\d+[.,]\d+(?:e[-+]?\d+)?|\d{1,7}")
_FOUR_DIGITS = re.compile(r"(?!19|20)[1-9]\d{3}")
_WHOLE_AS_DECIMAL = re.compile(r"(\d{6,})[.,]0+")
_WHOLE_AS_POWER = re.compile(r"[1-9](?:[.,]\d+)?e\+?0?[5-9]", re.IGNORECASE)
_HANDLE_IN = re.compile(r"(?<![\w.])@[a-z][\w.]{2,}", re.IGNORECASE)
_KEY_IN = re.compile(r"(?<!\w)(?:R_[A-Za-z0-9]{11,}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b)", re.IGNORECASE)
_EMAIL_IN = re.compile(r"[^\s@,;:<>]+@[^\s@,;:<>]+\.[a-z]{2,}", re.IGNORECASE)
_POSTCODE_IN = re.compile(r"(?<!\d)[1-9]\d{3} ?(?!SA|SD|SS)[A-Z]{2}(?![A-Za-z])")
_POSTCODE_WHOLE = re.compile(r"[1-9]\d{3} ?(?!sa|sd|ss|ml|km|cm|kg|mg|gr|kc)[a-z]{2}", re.IGNORECASE)
_PHONE_IN = re.compile(r"(?<![\d.,])(?:(?:\+|00)[1-9]\d{8,13}|0[1-9]\d{8}|6[1-9]\d{7})(?!\d)")
_BETWEEN_DIGITS = re.compile(r"(?<=\d)[ .\-/()]+(?=\d)")
_BSN_IN = re.compile(r"(?<![\d.,])(?:\d{8,9}|\d{4}([. -])\d{2}\1\d{3}|\d{3}([. -])\d{3}\2\d{3})(?!\d)")
_IP_IN = re.compile(r"(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?![\d.])|\b(?:[0-9a-f]{1,4}:){3,7}(?::|[0-9a-f]{1,4})", re.I)
_IBAN_IN = re.compile(r"\b[A-Z]{2}\d{2} ?[A-Z]{4}(?: ?\d){10}\b", re.IGNORECASE)
_DATE_IN = re.compile(
    r"(?<!\d)(?:((?:19|20)\d{2})[-/.]\d{1,2}[-/.]\d{1,2}"  # 2010-03-12
    r"|\d{1,2}[-/. ](?:\d{1,2}|[a-z]{3,9})[-/. ]((?:19|20)\d{2})"  # 12-3-2010, 12 maart 2010
    r"|(?:0?[1-9]|[12]\d|3[01])[-/](?:0?[1-9]|1[0-2])[-/](\d{2}))(?!\d)",  # 12-3-10
    re.IGNORECASE,
)


@dataclass(slots=True)
class Screened:
    """What may leave the reading process: the columns that stay, and a report on the others."""

    headings: list[Heading] = field(default_factory=list)
    columns: list[Cells] = field(default_factory=list)
    dropped: list[DroppedColumn] = field(default_factory=list)
    unknown: list[UnknownColumn] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    double_rows: tuple[int, ...] = ()

    def keep(self, heading: Heading, cells: Cells) -> None:
        """Let a column through."""
        self.headings.append(heading)
        self.columns.append(cells)


def screen(table: Table, known: Collection[str]) -> Screened:
    """Drop what could name a pupil, and of unknown columns let through only closed questions.

    Raises:
        Refused: if a heading is itself something of a pupil, so that the real headings are missing.
    """
    result = Screened()
    layout = recognise(heading.text for heading in table.headings)
    _note_doubles(result, table, known)
    divide_answers(table, known)
    filled_in = _filled_in(table, known, layout)
    for heading, cells in zip(table.headings, table.columns, strict=True):
        if is_known(heading, known):
            _screen_known(result, heading, cells)
        elif heading is filled_in:
            result.dropped.append(DroppedColumn(heading.text, MONTH_ONLY))
            result.keep(replace(heading, text=heading.text + MONTH, label=""), months(cells))
        else:
            _screen_unknown(result, heading, cells, layout)
    if not any(is_known(heading, known) for heading in table.headings):
        result.notes.append(
            "Geen enkele kolom is herkend. Kies een ander codeboek, of koppel zelf welke kolom bij welke vraag hoort."
        )
    return result


def _filled_in(table: Table, known: Collection[str], layout: Layout | None) -> Heading | None:
    """Give the one column that tells best when pupils filled in the questionnaire: when they were ready."""
    found = [
        heading
        for heading, cells in zip(table.headings, table.columns, strict=True)
        if (name_reason(heading.text) == MOMENT or is_own(layout, heading.text))
        and not is_known(heading, known)
        and is_moments(cells)
    ]
    ready = [heading for heading in found if _READY.search(_SIGNS.sub("", heading.text.casefold()))]
    return next(iter([*ready, *found]), None)


def _note_doubles(result: Screened, table: Table, known: Collection[str]) -> None:
    """Tell how many pupils have the same number as an earlier one; the numbers themselves stay behind.

    Without numbers, rows tell it that are the same in every column.
    """
    for heading, cells in zip(table.headings, table.columns, strict=True):
        if is_known(heading, known) or name_reason(heading.text) != NUMBER:
            continue
        if not _mostly_own(cells.counts()):
            continue
        first = {text: row for row in reversed(range(len(cells.codes))) if (text := cells.at(row))}
        doubles = [row for row in range(len(cells.codes)) if first.get(cells.at(row), row) != row]
        _tell_doubles(result, table, doubles, f"zelfde nummer in kolom '{heading.text}'")
        return
    _tell_doubles(result, table, repeated_rows(table.columns), "zelfde antwoorden in elke kolom")


def _tell_doubles(result: Screened, table: Table, rows: Sequence[int], how: str) -> None:
    result.double_rows = tuple(table.row_numbers[row] for row in rows)
    if rows:
        result.notes.append(
            f"Leerlingen die er vaker in staan: {len(rows)} ({how}). Zij tellen nu vaker mee. "
            "Haal de dubbele rijen weg als dat niet klopt."
        )


def _screen_known(result: Screened, heading: Heading, cells: Cells) -> None:
    if _CLASS_HEADING.search(f"{heading.text} {heading.label}".casefold()) and is_classes(cells):
        cells = without_class_letters(cells)
    counts = cells.counts()
    hits = identifying_texts(counts)
    reason = _main_reason(counts, hits) or own_value_reason(counts)
    if reason == MOMENT and is_moments(cells):
        result.notes.append(f"Van kolom '{heading.text}' is alleen de maand gelezen.")
        result.keep(heading, months(cells))
        return
    if reason:
        result.dropped.append(DroppedColumn(heading.text, reason))
        return
    if hits:
        times = sum(counts[text] for text in hits)
        result.notes.append(
            f"In kolom '{heading.text}' zijn {times} cellen leeggemaakt: "
            "er stond iets in dat naar een leerling kan wijzen."
        )
    result.keep(heading, cells.without(hits))


def _screen_unknown(result: Screened, heading: Heading, cells: Cells, layout: Layout | None) -> None:
    if is_classes(cells):
        cells = without_class_letters(cells)
    counts = cells.counts()
    if not heading.text:
        if counts:
            result.dropped.append(DroppedColumn(f"kolom {heading.letter}", NO_HEADING))
        return
    if len(heading.text.split()) < SHORT_HEADING and identifying_reason(heading.text):
        raise Refused(NO_HEADINGS)
    hits = identifying_texts(counts)
    reason = name_reason(heading.text) or name_reason(heading.label)
    if not reason and layout and is_own(layout, heading.text):
        reason = OF_PROGRAM.format(program=layout.name)
    reason = reason or _main_reason(counts, hits) or _short_postcodes(counts) or own_value_reason(counts)
    if reason:
        result.dropped.append(DroppedColumn(heading.text, reason))
        return
    if hits or not _is_closed(counts):
        result.unknown.append(UnknownColumn(heading.text, ()))
        return
    answers = sorted(counts.items(), key=lambda answer: (-answer[1], answer[0]))
    result.unknown.append(UnknownColumn(heading.text, tuple(answers)))
    labels = {value: label for value, label in heading.value_labels.items() if value in counts}
    result.keep(replace(heading, value_labels=labels), cells)


def _is_closed(counts: Mapping[str, int]) -> bool:
    return (
        0 < len(counts) <= MOST_ANSWERS
        and min(counts.values()) >= TIMES_EACH
        and max(map(len, counts)) <= LONGEST_ANSWER
    )


# --------------------------------------------------------------------------- by name


def name_reason(heading: str) -> str | None:
    """Say what a heading asks of a pupil that could name them, if it does.

    >>> name_reason("Geb. datum"), name_reason("Wat is je e-mailadres?"), name_reason("Opmerkingen")[:13]
    ('geboortedatum', 'e-mailadres', 'open antwoord')
    >>> name_reason("Hoeveel uur per dag zit je op je telefoon?"), name_reason("Naam van de school")
    (None, None)
    """
    text = normalise_heading(heading)
    squashed = _SIGNS.sub("", text)
    if _OPEN_HEADING.search(text):
        return OPEN
    for names, reason in _WHOLE:
        if names.fullmatch(squashed):
            return reason
    if len(text.split()) > SHORT_HEADING and not _ASKS.match(text):
        return None
    for pattern, reason in _SHORT_PARTS:
        if pattern.search(squashed):
            return reason
    return NAME if _NAME_WORD.search(text) and not _NOT_A_PERSON.search(text) else None


# --------------------------------------------------------------------------- by content


def identifying_texts(counts: Mapping[str, int]) -> dict[str, str]:
    """Give the texts of a column that could name a pupil, each with what it looks like."""
    hits = {text: reason for text in counts if (reason := identifying_reason(text))}
    later_dates = [text for text in counts if text not in hits and _is_date(text)]
    if len(later_dates) > FEW_DATES:
        hits |= dict.fromkeys(later_dates, MOMENT)
    return hits


def identifying_reason(text: str) -> str | None:
    """Say what a text looks like, if it could name a pupil.

    >>> identifying_reason("06-1234 5678"), identifying_reason("1234 AB"), identifying_reason("2024-2025")
    ('telefoonnummer', 'postcode', None)
    """
    text = _whole(text)
    if len(text) < SHORTEST or _PLAIN_NUMBER.fullmatch(text):
        return None
    return next((reason for reason, looks_like_it in _LOOKS if looks_like_it(text)), None)


def _whole(text: str) -> str:
    """Give a whole number as its digits, where a spreadsheet made a decimal number of it.

    >>> _whole("111222333.0"), _whole("1,11222333E+08"), _whole("0.5")
    ('111222333', '111222333', '0.5')
    """
    if not text[:1].isdigit():
        return text
    if match := _WHOLE_AS_DECIMAL.fullmatch(text):
        return match[1]
    if _WHOLE_AS_POWER.fullmatch(text):
        value = float(text.replace(",", "."))
        return str(int(value)) if value.is_integer() else text
    return text


def _born(text: str) -> bool:
    return any(_year(match) < BORN_BEFORE for match in _DATE_IN.finditer(text))


def _is_date(text: str) -> bool:
    return len(text) >= SHORTEST and bool(_DATE_IN.search(text))


def _year(match: re.Match[str]) -> int:
    return int(match[1] or match[2] or f"20{match[3]}")


def _passes_eleven_test(text: str) -> bool:
    """Say whether a number can be a BSN; one of eight digits has lost its first zero."""
    digits = [int(sign) for sign in text if sign.isdigit()]
    if len(digits) == 8:
        first, last = int(text[:4]) if text[:4].isdigit() else 0, text[-4:]
        if last.isdigit() and int(last) == first + 1:
            return False  # a school year: 20242025
        digits = [0, *digits]
    weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    return any(digits) and sum(digit * weight for digit, weight in zip(digits, weights, strict=True)) % 11 == 0


def _has_bsn(text: str) -> bool:
    return any(_passes_eleven_test(match[0]) for match in _BSN_IN.finditer(text))


def _has_phone(text: str) -> bool:
    return bool(_PHONE_IN.search(_BETWEEN_DIGITS.sub("", text)))


def _has_postcode(text: str) -> bool:
    return bool(_POSTCODE_WHOLE.fullmatch(text) or _POSTCODE_IN.search(text))


def _has_handle(text: str) -> bool:
    return "@" in text and bool(_HANDLE_IN.search(text))


_LOOKS: tuple[tuple[str, Callable[[str], object]], ...] = (
    (EMAIL, _EMAIL_IN.search),
    (BIRTH, _born),
    (COMPUTER, _IP_IN.search),
    (BSN, _has_bsn),
    (PHONE, _has_phone),
    (POSTCODE, _has_postcode),
    (BANK, _IBAN_IN.search),
    (LOGIN, _has_handle),
    (NUMBER, _KEY_IN.search),
)


def _main_reason(counts: Mapping[str, int], hits: Mapping[str, str]) -> str | None:
    """Give the commonest reason among identifying cells, if there are enough to drop the column."""
    times: Counter[str] = Counter()
    for text, reason in hits.items():
        times[reason] += counts[text]
    if not hits or times.total() < DROP_SHARE * sum(counts.values()):
        return None
    return times.most_common(1)[0][0]


def _short_postcodes(counts: Mapping[str, int]) -> str | None:
    """Say whether a column that nobody knows holds postcodes of four digits; years are none."""
    codes = [text for text in counts if _FOUR_DIGITS.fullmatch(text)]
    return POSTCODE if len(codes) >= FEW_CODES and len(codes) >= OWN_SHARE * len(counts) else None


def own_value_reason(counts: Mapping[str, int]) -> str | None:
    """Say whether most pupils have a value of their own here: a number, a name or an open answer."""
    words = {text: times for text, times in counts.items() if not _is_number(text)}
    numbers = {text: times for text, times in counts.items() if text.isdigit() and len(text) >= OWN_NUMBER_DIGITS}
    if _mostly_own(numbers):
        return NUMBER
    filled = sum(words.values())
    many = len(words) > OPEN_FROM and len(words) >= OPEN_SHARE * filled
    long = len(words) > MOST_ANSWERS and sum(map(len, words)) >= LONG_TEXT * len(words)
    return OPEN if _mostly_own(words) or many or (long and len(words) >= OPEN_SHARE * filled) else None


def _mostly_own(counts: Mapping[str, int]) -> bool:
    filled = sum(counts.values())
    return filled >= OWN_FROM and len(counts) >= OWN_SHARE * filled


def _is_number(text: str) -> bool:
    return bool(re.fullmatch(r"[-+]?\d+(?:[.,]\d+)?(?:e[-+]?\d+)?", text))
