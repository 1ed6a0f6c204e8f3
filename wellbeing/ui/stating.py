"""A table of figures on its way in: what was read, which column is what, which row is which subject, "klopt dit?"."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

import streamlit as st

from wellbeing import pipeline
from wellbeing.model.reference import Bouw, Codebook, IndicatorId
from wellbeing.model.results import ComparatorKind, Measurement
from wellbeing.model.stated import ChosenComparator, ColumnKind, StatedChoice, StatedTable, SubjectMatch
from wellbeing.presentation import formats, markup, wording
from wellbeing.ui import cache, keeping, navigation, session
from wellbeing.ui.second_looks import may_go_on

RECOGNISED = (
    "Dit is een tabel met cijfers (een cijfertabel), geen lijst van leerlingen. We lezen hem als tabel: elke rij is "
    "een onderwerp."
)
NOT_HERE = (
    "Dit is een tabel met cijfers, geen export met één rij per leerling. Voeg hem toe op de pagina Gegevens toevoegen."
)
PUPILS = "Hoeveel leerlingen van de school vulden de vragenlijst in?"
PUPILS_HELP = (
    "Met dit aantal kunnen we zeggen hoe zeker een verschil is, en verbergen we te kleine groepen. Weet u het niet? "
    "Dan zetten we de cijfers alleen naast elkaar."
)
WITHOUT = (
    "Zonder aantal leerlingen zetten we de cijfers alleen naast elkaar. Of een verschil meer is dan toeval, kunnen we "
    "dan niet zeggen. Vraag het aantal op bij wie de tabel maakte."
)
WITH = (
    "We rekenen met dit aantal leerlingen bij elk onderwerp. Sloegen leerlingen een vraag over, dan is de marge in het "
    "echt iets ruimer."
)
NOT_FITTING = (
    "Bij {names} kan het percentage niet bij dit aantal leerlingen horen. Klopt het aantal? Of zijn de cijfers "
    "gewogen? We nemen het aantal dat er het dichtst bij ligt."
)
TWICE = "Twee rijen wijzen naar hetzelfde onderwerp: {names}. Kies bij één van de twee een ander, of geen."
NATIONAL = "Landelijke cijfers zijn achtergrond bij het gesprek. We zetten de school er niet naast."
SAME_QUESTIONS = "De vragen waren in alle jaren hetzelfde: neem ook {years} mee"
LEVELS = ("praktijkonderwijs", "vmbo-bk", "vmbo-gt", "vmbo", "havo", "vwo", "vso")
POPULATIONS = (Bouw.UPPER, Bouw.LOWER, Bouw.ALL)

_EXTRA = re.compile(r"\(?\s*n\s*=\s*[\d.]+\s*\)?|\b20\d\d(?:\s*[-/–]\s*(?:20)?\d\d)?\b|[%()]")


@dataclass(frozen=True, slots=True)
class _Columns:
    """Which columns the user chose; ``comparators`` still without a year that was not stated."""

    school: int | None
    pupils: int | None
    comparators: tuple[ChosenComparator, ...]
    earlier: tuple[int, ...]


def confirm(purpose: str, tables: tuple[StatedTable, ...], name: str) -> None:
    """Let the user settle and confirm a table of figures; ``name`` is the fingerprint of its file."""
    if purpose != "school":
        st.error(NOT_HERE)
        return
    key = f"stated-{name[:8]}"
    table = tables[0]
    if len(tables) > 1:
        table = st.selectbox("Welk werkblad?", tables, format_func=lambda item: item.sheet, key=f"{key}-sheet")
    st.info(RECOGNISED, icon=":material/table_chart:")
    _report(table)
    columns = _choose_columns(table, key)
    st.subheader("Over de school", anchor=False)
    choice = _about(table, columns, key)
    codebook, links = _choose_subjects(table, key)
    if choice is None:
        st.warning("Kies eerst welke kolom van de school is.")
        return
    _settle(purpose, table, _with_links(choice, codebook, links), links)


def _report(table: StatedTable) -> None:
    st.subheader("Dit vonden we in het bestand", anchor=False)
    place = f"{table.file_name}, blad {table.sheet}" if table.sheet else table.file_name
    rows = [["Bestand", place], ["Onderwerpen", formats.number(len(table.rows))]]
    if table.pupils:
        rows.append(["Aantal leerlingen", f"{formats.number(table.pupils)}, uit de titel"])
    for at, column in enumerate(table.columns):
        cells = [row.cells[at] for row in table.rows]
        read = sum(cell.percentage is not None or cell.pupils is not None for cell in cells)
        hidden = sum(cell.hidden for cell in cells)
        words = f"{formats.counted(read, 'cijfer', 'cijfers')} gelezen"
        words += f"; {hidden} niet getoond in de tabel" if hidden else ""
        words += f"; {formats.counted(column.pupils, 'leerling', 'leerlingen')}" if column.pupils else ""
        rows.append([f"Kolom {column.letter}: {column.heading or 'zonder kop'}", words])
    st.html(markup.table("Wat we lazen", ["Wat", "Gevonden"], rows, stacked=False))
    for note in table.notes:
        st.html(markup.quiet(note))


# --------------------------------------------------------------------------- columns


def _choose_columns(table: StatedTable, key: str) -> _Columns:
    st.subheader("Welke kolom is wat?", anchor=False)
    shares = [at for at, column in enumerate(table.columns) if column.kind is not ColumnKind.PUPILS]
    left, middle, right = st.columns(3)
    with left:
        own = _newest(table, table.of_kind(ColumnKind.SCHOOL))
        school = _pick(table, "De school", shares, own, f"{key}-school")
    others = [at for at in shares if at != school and table.columns[at].kind is not ColumnKind.NATIONAL]
    year = table.columns[school].year if school is not None else ""
    with middle:
        region = _same_year(table, table.of_kind(ColumnKind.REGION), year)
        region = _pick(table, "De regio", others, region, f"{key}-region-{school}")
    with right:
        level = _same_year(table, table.of_kind(ColumnKind.LEVEL), year)
        level = _pick(table, "Hetzelfde schoolniveau", others, level, f"{key}-level-{school}")
    if table.of_kind(ColumnKind.NATIONAL):
        st.html(markup.quiet(NATIONAL))
    chosen = ((ComparatorKind.REGION, region), (ComparatorKind.OWN_LEVEL, level))
    comparators = tuple(_named(table, kind, at, key) for kind, at in chosen if at is not None)
    return _Columns(school, _pupils_column(table, school, key), comparators, _earlier(table, school, key))


def _pick(table: StatedTable, label: str, places: list[int], default: int | None, key: str) -> int | None:
    return st.selectbox(
        label,
        places,
        index=places.index(default) if default in places else None,
        format_func=lambda at: f"{table.columns[at].letter}: {table.columns[at].heading or 'zonder kop'}",
        key=key,
        placeholder="Geen",
    )


def _newest(table: StatedTable, places: tuple[int, ...]) -> int | None:
    """Give the one column, or that of the last year; nothing where that would be a guess."""
    years = [table.columns[at].year for at in places]
    if len(places) > 1 and len(set(years)) < len(places):
        return None
    return max(places, key=lambda at: table.columns[at].year, default=None)


def _same_year(table: StatedTable, places: tuple[int, ...], year: str) -> int | None:
    same = tuple(at for at in places if table.columns[at].year == year)
    found = same or places
    return found[0] if len(found) == 1 else None


def _named(table: StatedTable, kind: ComparatorKind, at: int, key: str) -> ChosenComparator:
    """Give a comparator its name from the heading, and its year; asked where the heading has none."""
    column = table.columns[at]
    label = " ".join(_EXTRA.sub(" ", column.heading).split()) or kind.value
    label = label if label[:2].isupper() else label[:1].lower() + label[1:]
    year = column.year or st.text_input(
        f"Uit welk jaar zijn de cijfers van “{_plain(column.heading)}”?",
        key=f"{key}-year-{at}",
        placeholder="Bijvoorbeeld 2024-2025",
    )
    return ChosenComparator(kind, at, label, year.strip())


def _pupils_column(table: StatedTable, school: int | None, key: str) -> int | None:
    """Ask which column says how many pupils of the school answered, where there is one."""
    places = list(table.of_kind(ColumnKind.PUPILS))
    if not places or school is None:
        return None
    default = places[0] if len(places) == 1 else next((at for at in places if at == school + 1), None)
    return _pick(table, "Het aantal leerlingen van de school", places, default, f"{key}-pupils-{school}")


def _earlier(table: StatedTable, school: int | None, key: str) -> tuple[int, ...]:
    """Ask whether other years of the school had the same questions: nothing else tells."""
    if school is None:
        return ()
    own = [at for at in table.of_kind(ColumnKind.SCHOOL) if at != school and table.columns[at].year]
    years = formats.listing([table.columns[at].year for at in own])
    if not own or not st.checkbox(SAME_QUESTIONS.format(years=years), key=f"{key}-earlier"):
        return ()
    return tuple(own)


# --------------------------------------------------------------------------- the school


def _about(table: StatedTable, columns: _Columns, key: str) -> StatedChoice | None:
    """Ask what the table does not say about the school: name, year, pupils and how many they are."""
    if columns.school is None:
        return None
    column = table.columns[columns.school]
    stated = column.pupils or table.pupils
    named = column.heading if column.kind is ColumnKind.NAME else ""
    name, year, bouw = st.columns(3)
    school = name.text_input("Naam van de school", named, key=f"{key}-name", placeholder="Mag leeg blijven")
    when = year.text_input("Schooljaar of jaar", column.year or table.year, key=f"{key}-when")
    who = bouw.selectbox("Welke leerlingen?", POPULATIONS, index=2, format_func=_population, key=f"{key}-bouw")
    pupils, level = st.columns(2)
    number = pupils.number_input(
        PUPILS, min_value=1, value=stated, step=1, key=f"{key}-n-{columns.school}", help=PUPILS_HELP
    )
    one = level.selectbox(
        "Schoolniveau, als het er één is",
        LEVELS,
        index=None,
        format_func=formats.capital,
        key=f"{key}-one-level",
        placeholder="Meer niveaus, of niet bekend",
    )
    known = number or stated
    st.html(markup.quiet(WITH if known or columns.pupils is not None else WITHOUT))
    return StatedChoice(
        codebook="",
        school=school.strip() or "Deze school",
        year=when.strip(),
        bouw=who,
        column=columns.school,
        pupils=known,
        links={},
        pupils_column=columns.pupils,
        level=(one, formats.capital(one)) if one else None,
        comparators=columns.comparators,
        earlier=columns.earlier,
    )


def _population(bouw: Bouw) -> str:
    return formats.capital(wording.population(bouw))


# --------------------------------------------------------------------------- subjects


def _choose_subjects(table: StatedTable, key: str) -> tuple[Codebook, dict[int, IndicatorId]]:
    """Let the user say which row is which subject; what is sure is filled in and shown, the rest is not."""
    st.subheader("Welk onderwerp is welke rij?", anchor=False)
    reference = cache.reference()
    name = st.selectbox(
        "Van welke vragenlijst zijn deze cijfers?",
        cache.likely_codebooks(table),
        format_func=lambda item: reference.codebook(item).title,
        key=f"{key}-codebook",
    )
    codebook, found = reference.codebook(name), cache.matched_rows(table, name)
    sure = [at for at, matches in enumerate(found) if matches and matches[0].sure]
    unsure = [at for at in range(len(found)) if at not in sure]
    links: dict[int, IndicatorId | None] = {}
    if unsure:
        st.write(
            f"Bij {formats.counted(len(unsure), 'rij', 'rijen')} weten we het niet zeker. Kies zelf, of laat leeg."
        )
        for at in unsure:
            links[at] = _ask_subject(table, codebook, (at, found[at]), key)
    label = f"{formats.counted(len(sure), 'onderwerp', 'onderwerpen')} zeker herkend"
    with st.expander(label, icon=":material/done_all:"):
        for at in sure:
            links[at] = _ask_subject(table, codebook, (at, found[at]), key)
    return codebook, {at: ident for at, ident in sorted(links.items()) if ident is not None}


def _ask_subject(
    table: StatedTable, codebook: Codebook, row: tuple[int, tuple[SubjectMatch, ...]], key: str
) -> IndicatorId | None:
    at, matches = row
    certain = {match.indicator: match.certainty for match in matches}
    rest = [IndicatorId(item.id) for item in codebook.indicators if item.id not in certain]
    return st.selectbox(
        _plain(f"Rij {table.rows[at].row}: {table.rows[at].subject}{_likeness(codebook, matches)}"),
        [*certain, *rest],
        index=0 if matches and matches[0].sure else None,
        format_func=lambda ident: _subject(codebook, ident, certain),
        key=f"{key}-{codebook.id}-row-{at}",
        placeholder="Niet gebruiken",
    )


def _likeness(codebook: Codebook, matches: tuple[SubjectMatch, ...]) -> str:
    """Say what an unsure row looks like most, and how much; that does not choose it."""
    if not matches or matches[0].sure:
        return ""
    return f" · lijkt {matches[0].certainty}% op “{codebook.indicator(matches[0].indicator).label}”"


def _plain(text: str) -> str:
    """Keep what stands in a file from being read as layout."""
    return "".join(f"\\{letter}" if letter in "\\`*_{}[]()#+!|~$:<>" else letter for letter in text)


def _subject(codebook: Codebook, ident: IndicatorId, certain: dict[IndicatorId, int]) -> str:
    label = codebook.indicator(ident).label
    return f"{label} (lijkt {certain[ident]}%)" if ident in certain else label


# --------------------------------------------------------------------------- "klopt dit?"


def _with_links(choice: StatedChoice, codebook: Codebook, links: dict[int, IndicatorId]) -> StatedChoice:
    return StatedChoice(
        **{name: getattr(choice, name) for name in StatedChoice.__slots__} | {"codebook": codebook.id, "links": links}
    )


def _settle(purpose: str, table: StatedTable, choice: StatedChoice, links: dict[int, IndicatorId]) -> None:
    """Say what is still missing, and use the table once its user confirms it."""
    st.subheader("Klopt dit?", anchor=False)
    codebook = cache.reference().codebook(choice.codebook)
    double = [codebook.indicator(ident).label for ident, times in Counter(links.values()).items() if times > 1]
    missing = [item.label for item in choice.comparators if not item.year]
    if double:
        st.error(TWICE.format(names=formats.listing(double)))
    if missing or not choice.year:
        which = formats.listing([*missing, *([] if choice.year else ["de school"])])
        st.warning(f"Vul hierboven nog een jaar in. Dat ontbreekt bij: {_plain(which)}.")
    counted = bool(choice.pupils or choice.pupils_column is not None)
    odd = pipeline.unfitting_rows(table, choice) if counted and not double else ()
    if odd:
        st.warning(NOT_FITTING.format(names=formats.listing([f"“{_plain(name)}”" for name in odd[:5]])))
    left_out = len(table.rows) - len(links)
    if left_out and counted:
        st.html(markup.quiet(f"{formats.counted(left_out, 'rij', 'rijen')} zonder onderwerp gebruiken we niet."))
    is_ready = bool(links) and not double and not missing and bool(choice.year)
    measurements = pipeline.measure_table(table, choice) if counted and is_ready else ()
    if measurements and not may_go_on(measurements, "stated"):
        return
    if st.button("Ja, dit klopt", type="primary", key="confirm", icon=":material/check:", disabled=not is_ready):
        _use(table, choice, measurements)
        session.forget(purpose)
        st.switch_page(navigation.PROFILE.file)


def _use(table: StatedTable, choice: StatedChoice, measurements: tuple[Measurement, ...]) -> None:
    if measurements and measurements[0].total.figures:
        session.use_measurements(measurements[:1], {}, measurements[1:], table.file_name)
        keeping.keep_measurements(measurements)
    else:
        session.use_figures_only(pipeline.lay_side_by_side(table, choice, cache.reference()))
