"""The parts of Verantwoording: how it is worked out, with the limits as they are set, and who answers for what."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import streamlit as st

from wellbeing.model.reference import Owned
from wellbeing.presentation import formats, markup
from wellbeing.ui import cache, keeping

LABELS = """
- **Duidelijk gunstiger of ongunstiger**: minstens {points} procentpunt verschil (waar het vergelijkingscijfer onder
  {rare}% ligt: {points_for_rare}), en te groot voor toeval. Ook als we bedenken dat we veel onderwerpen tegelijk
  bekijken.
- **Lijkt gunstiger of ongunstiger, kan toeval zijn**: even groot, maar minder zeker. Herkent u dit op school?
- **Geen aantoonbaar verschil**: bij dit aantal leerlingen zien we geen verschil. Dat betekent niet: hetzelfde.
- **Hoger of lager**: bij onderwerpen die niet goed of slecht zijn, maar vertellen hoe de leerlingen leven.

Een cijfer zegt niet waarom. Het is het begin van een gesprek, geen oordeel over de school.
"""
HIDDEN = """
We laten een cijfer zien vanaf **{pupils} leerlingen**, als minstens **{cases}** van hen iets wel en minstens
**{cases}** van hen iets niet hebben. Bij gevoelige onderwerpen zijn dat er {strict_pupils} en {strict_cases}. Ook 0% en
100% laten we daarom niet zien: dan weet je het van iedereen. Over gedachten aan
zelfdoding tonen we alleen het cijfer van de regio. Alle cijfers zijn hele
procenten; een verschil is het ene afgeronde cijfer min het andere.

Ook een cijfer waaruit zo'n klein aantal te berekenen is, laten we niet zien. Bijvoorbeeld een groep die overblijft
naast de andere, of een onderwerp dat bijna gelijk is aan een ander (elke week vapen, en ooit). Groepen van minder dan
{cases} leerlingen noemen we niet.

Deze grenzen{preset} gelden voor alle scholen en schermen van deze installatie. Uw GGD legt ze vast in
`data/policy.toml`. Op het scherm kunt u ze niet wijzigen: cijfers met andere grenzen naast elkaar vertellen te veel.
"""
COMPARED = """
- **Regio, vorige meting**: alle leerlingen van de regio in het genoemde schooljaar. Dat zijn andere leerlingen.
- **Zelfde schoolniveau**: leerlingen in de regio met hetzelfde niveau. Heeft een school meer niveaus, dan tellen die
  mee in dezelfde verhouding als op de school.
- **Verwacht**: wat u op deze school mag verwachten met deze niveaus, leerjaren en deze verdeling van jongens en
  meisjes. Een verschil daarmee gaat dus niet over de samenstelling van de school.
- Is er alleen een regiocijfer van hetzelfde jaar, dan vergelijken we met de regio **zonder** deze school, en alleen met
  minstens {other_schools} andere scholen en {pupils} leerlingen.
- Was de vraag anders gesteld, dan vergelijken we niet en zeggen we dat.

We vergelijken bovenbouw met bovenbouw en onderbouw met onderbouw.
"""
RESPONSE = """
Vulde minder dan **{warn}%** van de leerlingen de vragenlijst in, dan waarschuwen we. Onder **{no_labels}%** noemen we
geen verschillen meer. De streep bij een cijfer is de marge: met andere leerlingen of op een andere dag kan het cijfer
daarbinnen uitkomen (95%-interval volgens Wilson; verschillen volgens Newcombe; correctie voor veel onderwerpen volgens
Benjamini en Hochberg).
"""
MORE = """
- **Thema's samen**: voor elk thema is er één toets over alle onderwerpen die we mogen laten zien. Zo valt ook bij een
  kleine school iets op als veel onderwerpen dezelfde kant op wijzen.
- **Jaren naast elkaar**: het zijn grotendeels andere leerlingen. Pas na drie metingen spreken we van een richting.
  Veranderde de vraag, dan begint de lijn opnieuw.
- **Twee metingen samen**: bij een school met minder dan {small} leerlingen kunt u twee metingen bij elkaar nemen, voor
  onderwerpen met dezelfde vraag.
- **Wegen**: standaard telt elke leerling even zwaar. Staan er gewichten in het bestand, dan kunt u kiezen om te wegen.
  Wat we laten zien, gaat altijd over echte aantallen leerlingen.
- **Scholen naast elkaar**: alleen voor de GGD, met minstens {schools} scholen, en nooit als ranglijst.
- **Een tweede bestand** van dezelfde school dat 1 tot {few} leerlingen verschilt, houden we tegen: uit het verschil
  tussen twee schermen zou je de antwoorden van die leerlingen kunnen halen.
"""
PRIVACY = """
- Alles gebeurt op deze computer. Het dashboard stuurt niets naar buiten en staat niet open voor andere computers.
- Een bestand wordt gelezen in een apart, begrensd proces. Kolommen die een leerling kunnen noemen (naam, geboortedatum,
  BSN, postcode, e-mail, telefoon, inlognaam, open antwoorden) gaan er daar al uit.
- Tot u op “Ja, dit klopt” drukt, staan de antwoorden in het geheugen. Daarna zijn er alleen aantallen: zolang deze
  pagina open is, of zolang de bewaartermijn duurt die u op Mijn scholen kiest.
- Er zijn vaste groepen. U kunt niet zelf groepen combineren: zo kan niemand één leerling terugrekenen.
- Signalen over één leerling horen bij de jeugdverpleegkundige, niet in dit dashboard.
"""
KEPT = """
- Alleen als u een bewaartermijn koos: aantallen per groep, vergelijkingscijfers, gespreksverslagen met functies in
  plaats van namen, wat de school invult onder School, gekoppelde kolommen, antwoorden over bronnen, eigen aanbod en
  een logboek.
- Nooit: rijen van leerlingen of open antwoorden.
- Na de bewaartermijn worden metingen, vergelijkingscijfers en verslagen verwijderd; dat staat in het logboek.

Het bestand staat hier en is alleen leesbaar voor de eigenaar. Zet het niet in een cloudmap of op een netwerkschijf:
"""


def method() -> None:
    """Explain labels, hidden figures, comparisons and response, with the limits of ``policy.toml``."""
    policy = cache.reference().policy
    verdict, limits, strict = policy.verdict, policy.limits, policy.stricter_limits
    _section(
        "Wat de woorden betekenen",
        LABELS.format(points=verdict.points, points_for_rare=verdict.points_for_rare, rare=verdict.rare_below),
    )
    _section(
        "Wat we niet laten zien",
        HIDDEN.format(
            pupils=limits.pupils,
            cases=limits.cases,
            strict_pupils=strict.pupils,
            strict_cases=strict.cases,
            preset=f" ({policy.preset})" if policy.preset else "",
        ),
    )
    _section(
        "Waarmee we vergelijken",
        COMPARED.format(other_schools=policy.benchmark.other_schools, pupils=policy.benchmark.pupils),
    )
    _section(
        "Thema's, jaren en scholen",
        MORE.format(
            small=policy.talking_points.small_school, schools=policy.benchmark.funnel_schools, few=limits.cases - 1
        ),
    )
    response = policy.response
    _section(
        "Hoeveel leerlingen meededen",
        RESPONSE.format(
            warn=formats.whole(response.warn_below * 100), no_labels=formats.whole(response.no_labels_below * 100)
        ),
    )
    _section("Gegevens van leerlingen", PRIVACY)
    _section("Wat we bewaren", KEPT)
    st.code(keeping.place(), language=None, wrap_lines=True)


def sources() -> None:
    """Show where questionnaires, limits and offers come from, and who owns them."""
    st.header("Bronnen", anchor=False)
    rows = [
        [name, owned.source, owned.owner, formats.short_date(owned.reviewed_on), formats.short_date(owned.next_review)]
        for name, owned in _owned()
    ]
    headings = ["Wat", "Bron", "Eigenaar", "Bekeken op", "Opnieuw bekijken"]
    st.html(markup.table("Wie waarvoor instaat", headings, rows))


def overdue() -> None:
    """Say which reviews are late."""
    today = dt.date.today()
    late = [
        f"{name} (sinds {formats.date(owned.next_review)})" for name, owned in _owned() if owned.next_review < today
    ]
    books = cache.reference().codebooks
    subjects = [item.label for book in books for item in book.indicators if item.next_review < today]
    if subjects:
        late.append(formats.counted(len(subjects), "onderwerp", "onderwerpen"))
    if late:
        st.warning(f"Opnieuw te bekijken: {formats.listing(late)}.")
    else:
        st.success("Alles is op tijd bekeken.")


def _section(title: str, text: str) -> None:
    st.header(title, anchor=False)
    st.markdown(text)


def _owned() -> Iterator[tuple[str, Owned]]:
    reference = cache.reference()
    yield from ((f"Vragenlijst: {book.title}", book.owned) for book in reference.codebooks)
    yield "Grenzen en drempels", reference.policy.owned
