"""E. Identity and privacy: columns that could name a pupil, under honest and misleading headings."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from tests.corpus.recipes import File, Outcome, recipe, samples, without_files
from tests.corpus.recipes_shape import several
from tests.intake import exports

Draw = Callable[[random.Random], str]


def bsn(chance: random.Random) -> str:
    """Give a number of nine digits that passes the 11-test."""
    while True:
        digits = [chance.randrange(1, 4), *(chance.randrange(10) for _ in range(7))]
        last = sum(weight * digit for weight, digit in zip(range(9, 1, -1), digits, strict=True)) % 11
        if last < 10:
            return "".join(map(str, [*digits, last]))


def with_identity(
    item: str, headings: Sequence[str], draw: Draw, saying: str = "", written: Callable[[str], object] = str
) -> Iterator[File]:
    """Give files with one more column, of which no value may come out; the columns are told as left out."""
    for (sample, name, write), heading in zip(several(item, len(headings), 40), headings, strict=True):
        values = [draw(sample.chance) for _ in range(sample.count)]
        rows = [[*row, heading if not at else written(values[at - 1])] for at, row in enumerate(sample.rows())]
        planted = tuple({value for value in values if len(value) > 4})
        yield sample.file(write, rows, Outcome.TOLD, f"{re.escape(heading)}: {saying}", name=name, planted=planted)


@recipe("E01", "BSN, burgerservicenr, PGN; nine digits under another name", "left out, told")
def numbers() -> Iterator[File]:
    yield from with_identity(
        "E01", ["BSN", "burgerservicenr", "PGN", "nummer", "Kenmerk", "Antwoordcode"], bsn, "burgerservice|nummer"
    )


@recipe("E02", "BSN with dots, as 8 digits without its zero, as a decimal", "left out, told")
def spelled() -> Iterator[File]:
    forms: dict[str, Callable[[str], object]] = {
        "Code A": lambda text: f"{text[:4]}.{text[4:6]}.{text[6:]}",
        "Code B": lambda text: f"{text[:3]} {text[3:6]} {text[6:]}",
        "Code C": float,
        "Code D": lambda text: f"{text}.0",
    }
    for heading, form in forms.items():
        yield from with_identity(f"E02/{heading}", [heading], bsn, "", form)

    def short(chance: random.Random) -> str:
        while True:
            digits = [chance.randrange(1, 10), *(chance.randrange(10) for _ in range(6))]
            last = sum(weight * digit for weight, digit in zip(range(8, 1, -1), digits, strict=True)) % 11
            if last < 10:
                return "".join(map(str, [*digits, last]))

    yield from with_identity("E02/kort", ["Code E", "Aantal"], short)


@recipe("E03", "leerlingnummer, stamnummer, ECK iD, respondent id, cookie id", "left out, told")
def ids() -> Iterator[File]:
    headings = ["Leerlingnummer", "Stamnr", "ECK iD", "Respondent ID", "Cookie-id", "Volgnummer"]
    yield from with_identity("E03", headings, lambda chance: f"{chance.randrange(10**5, 10**6)}", "nummer")


FIRST, LAST = ("Noorq", "Semq", "Yaraq", "Bramq", "Ayaq"), ("de Vriesq", "Jansenq", "Kayaq", "Bakkerq")


def person(chance: random.Random) -> str:
    """Give the name of nobody."""
    return f"{chance.choice(FIRST)} {chance.choice(LAST)}"


@recipe("E04", "voornaam, achternaam, naam leerling, roepnaam, initials", "left out, told")
def people() -> Iterator[File]:
    yield from with_identity(
        "E04", ["Voornaam", "Achternaam", "Naam van de leerling", "Roepnaam", "Initialen"], person, "naam"
    )


@recipe("E05", 'names in a column called "opmerking"', "left out, told")
def misnamed() -> Iterator[File]:
    yield from with_identity(
        "E05", ["Opmerking", "Toelichting", "Licht toe", "Anders, namelijk"], person, "open antwoord"
    )
    yield from with_identity(
        "E05/anders", ["Vraag 99", "Kleur"], lambda chance: f"{person(chance)} {chance.randrange(999)}", "open antwoord"
    )


@recipe("E06", "date of birth", "left out, told")
def births() -> Iterator[File]:
    def born(chance: random.Random) -> str:
        return f"{chance.randrange(1, 29):02}-{chance.randrange(1, 13):02}-{chance.randrange(2007, 2014)}"

    yield from with_identity(
        "E06", ["Geboortedatum", "Geb. datum", "Dag", "Wanneer ben je geboren?"], born, "geboortedatum"
    )


@recipe("E07", "postcode of 6 or 4 signs", "left out, told")
def postcodes() -> Iterator[File]:
    def long(chance: random.Random) -> str:
        return f"{chance.randrange(2000, 9000)} {chance.choice('BGHKLMNPRT')}{chance.choice('BGHKLMNPRT')}"

    yield from with_identity("E07", ["Postcode", "Wat is je postcode?", "Gebied"], long, "postcode")
    yield from with_identity(
        "E07/4", ["PC4", "Postcode (cijfers)", "Wijk"], lambda chance: str(chance.randrange(2001, 8999)), ""
    )


@recipe("E08", "e-mail, phone, address, IP address, latitude", "left out, told")
def contact() -> Iterator[File]:
    draws: dict[str, Draw] = {
        "E-mailadres": lambda chance: f"{person(chance).replace(' ', '.')}@voorbeeld.nl",
        "Bericht naar": lambda chance: f"{person(chance).replace(' ', '.')}@voorbeeld.nl",
        "Telefoonnummer": lambda chance: f"06{chance.randrange(10**7, 10**8)}",
        "Bereikbaar op": lambda chance: f"06-{chance.randrange(10**7, 10**8)}",
        "Adres": lambda chance: f"Dorpsqstraat {chance.randrange(999)}",
        "IP Address": lambda chance: f"10.{chance.randrange(256)}.{chance.randrange(256)}.7",
        "Latitude": lambda chance: f"52.{chance.randrange(10**5, 10**6)}",
    }
    for heading, draw in draws.items():
        yield from with_identity(f"E08/{heading}", [heading], draw)


@recipe("E09", "open answers with names and with a cry for help", "left out, told; never shown or logged")
def open_answers() -> Iterator[File]:
    texts = (
        "Mohammedq uit 2B pest mij elke dag",
        "ik wil niet meer leven zegt Saraq",
        "het gaat goed met mijq",
        "nikswq",
    )
    yield from with_identity(
        "E09",
        ["Wil je nog iets vertellen?", "Wat zou je willen veranderen op school?", "Namelijk", "Open vraag"],
        lambda chance: f"{chance.choice(texts)} {chance.randrange(9999)}",
        "open antwoord",
    )


@recipe("E10", "start and end to the second", "only the month, told")
def moments() -> Iterator[File]:
    for sample, name, write in several("E10", 5, 40):
        moments = [f"2025-11-{1 + at % 28:02} 08:{at % 60:02}:{at * 7 % 60:02}" for at in range(40)]
        rows = [
            [*row, *(("Begintijd", "Eindtijd") if not at else (moments[at - 1],) * 2)]
            for at, row in enumerate(sample.rows())
        ]
        yield sample.file(
            write, rows, Outcome.TOLD, "alleen de maand", name=name, planted=tuple(f"{one[8:]}" for one in moments)
        )


without_files(
    "E11",
    "class of 7; one pupil of a gender; one in a level",
    "hidden, and not to be derived from what is shown",
    shown_by="`tests/test_audit.py::test_nothing_hidden_follows_in_an_invented_school`",
)


@recipe("E12", "name of the mentor, code of a teacher", "left out, told")
def teachers() -> Iterator[File]:
    yield from with_identity("E12", ["Mentor", "Naam mentor", "Docent", "Docentcode", "Leerkracht"], person, "")


@recipe("E13", "country of birth, religion, sexual orientation", "named as unknown; not used unless linked by the GGD")
def special() -> Iterator[File]:
    for (sample, name, write), heading in zip(
        several("E13", 4, 60), ("Geboorteland", "Geloof", "Op wie val je?", "Land van herkomst ouders"), strict=True
    ):
        rows = [[*row, heading if not at else ("een", "twee", "drie")[at % 3]] for at, row in enumerate(sample.rows())]

        def unused(seen: Any, heading: str = heading) -> None:
            assert heading not in {column.heading for column in seen.report.recognised}

        yield sample.file(write, rows, Outcome.TOLD, "onbekend: ", name=name, check=unused)


@recipe("E14", "document properties: author, company, path; comments", "never read")
def properties() -> Iterator[File]:
    core = b"<cp:coreProperties xmlns:cp='a' xmlns:dc='b'><dc:creator>Juf Kanariepiet</dc:creator></cp:coreProperties>"
    for sample, part in zip(
        samples("E14", 3), ("docProps/core.xml", "docProps/app.xml", "xl/comments1.xml"), strict=True
    ):

        def write(rows: Any, part: str = part) -> bytes:
            data = exports.workbook(rows)
            known = part in ("docProps/core.xml", "docProps/app.xml")
            return exports.changed(data, replace={part: core} if known else None, add=[] if known else [(part, core)])

        yield sample.file(write, planted=("Kanariepiet",))


@recipe("E15", "hidden sheet and pivot cache with names", "never read")
def hidden() -> Iterator[File]:
    for sample in samples("E15", 3):
        names: list[list[object]] = [["Leerling"], *([f"Kanariepiet {at}"] for at in range(9))]
        yield sample.file(
            lambda rows, names=names: exports.changed(
                exports.workbook_with_hidden_sheet(rows, names),
                add=[("xl/pivotCache/pivotCacheRecords1.xml", b"<r v='Kanariepiet'/>")],
            ),
            outcome=Outcome.TOLD,
            saying="Verborgen werkbladen",
            planted=("Kanariepiet",),
        )


without_files(
    "E16",
    "file of the youth health care in the hands of a school",
    "refused in server mode; on a laptop a notice of who may use it",
    not_applicable="There are no roles: the program runs on one laptop. The notice is in the codebook and is "
    "shown with every such file.",
)
