"""The catalogue of what a school can do: four tables that health promoters edit in Excel."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from wellbeing.model.catalogue import (
    EVERY_LEVEL,
    EVERY_THEME,
    Catalogue,
    CatalogueRow,
    CatalogueTheme,
    Kind,
    PackageAction,
    Recognition,
)
from wellbeing.model.content import Cells, Tables
from wellbeing.model.reference import Pillar
from wellbeing.reference.schema import ReferenceDataError, build, collect, duplicates, read_table, split
from wellbeing.reference.upkeep import NO_SOURCE, UPKEEP, WEB, is_source, take_upkeep, written_date

ROW_FILES = ("inspiratiekaart.csv", "programmes.csv")
ROW_COLUMNS = (
    "id",
    "title",
    "type",
    "pillars",
    "themes",
    "audience",
    "levels",
    "leerjaar_from",
    "leerjaar_to",
    "level_as_in_source",
    "layer",
    "recognition",
    "recognition_as_in_source",
    "recognition_date",
    "owner",
    "description",
    "source",
    "possible_link",
    "remark",
    "confidence",
    "proposable",
    "not_proposed_because",
    *UPKEEP,
)
THEMES, THEME_COLUMNS = "themes.csv", ("id", "label", "question", "caution", "safety_net", "lesson_remark", *UPKEEP)
PACKAGES, PACKAGE_COLUMNS = "packages.csv", ("theme", "pillar", "action", "rows", *UPKEEP)
COLUMNS = {
    ROW_FILES[0]: ROW_COLUMNS,
    ROW_FILES[1]: ROW_COLUMNS,
    THEMES: THEME_COLUMNS,
    PACKAGES: PACKAGE_COLUMNS,
}


def load_catalogue(folder: Path) -> Catalogue:
    """Read and check the catalogue: form first, then references, then meaning.

    The folder holds ``inspiratiekaart.csv``, ``programmes.csv``, ``packages.csv`` and ``themes.csv``.

    Raises:
        ReferenceDataError: with all problems, each naming file, row and what is wrong.
    """
    if not folder.is_dir():
        raise ReferenceDataError([f"De map {folder.name} bestaat niet."])
    return build_catalogue(read_tables(folder, COLUMNS))


def read_tables(folder: Path, columns: Mapping[str, tuple[str, ...]]) -> Tables:
    """Read tables as cells, by the name of their file; each has exactly these columns.

    Raises:
        ReferenceDataError: with what is wrong with every file that cannot be read.
    """
    found = collect([lambda name=name: read_table(folder / name, columns[name]) for name in columns])  # type: ignore[misc]
    return {name: tuple(table) for name, table in zip(columns, found, strict=True)}


def build_catalogue(tables: Tables) -> Catalogue:
    """Make the catalogue of its tables: form first, then references, then meaning.

    Raises:
        ReferenceDataError: with all problems, each naming file, row and what is wrong.
    """
    steps: list[Callable[[], tuple[Any, ...]]] = [
        lambda: build_rows(ROW_FILES[0], tables, _row),
        lambda: build_rows(ROW_FILES[1], tables, _row),
        lambda: build_rows(THEMES, tables, _theme),
        lambda: build_rows(PACKAGES, tables, _package),
    ]
    card, programmes, themes, packages = collect(steps)
    catalogue = Catalogue(card + programmes, themes, packages)
    problems = [*_double_names(catalogue), *_row_problems(card, programmes, themes), *_package_problems(catalogue)]
    problems += _theme_problems(catalogue)
    if problems:
        raise ReferenceDataError(problems)
    return catalogue


def build_rows(name: str, tables: Tables, make: Callable[[Cells, str], Any]) -> tuple[Any, ...]:
    """Make an object of every row of a table; the first cell says which row it is.

    Raises:
        ReferenceDataError: with the problems of every row.
    """
    named = [(cells, f"{name}, {next(iter(cells.values())) or 'regel zonder naam'}") for cells in tables[name]]
    return tuple(collect([lambda cells=cells, where=where: make(cells, where) for cells, where in named]))  # type: ignore[misc]


def _row(cells: Cells, where: str) -> CatalogueRow:
    upkeep, own = take_upkeep(cells, where)
    data: dict[str, Any] = {**own, "checked_on": upkeep.checked_on, "checked_by": upkeep.checked_by}
    for name in ("pillars", "themes", "audience", "levels", "layer"):
        data[name] = split(cells[name])
    for name in ("leerjaar_from", "leerjaar_to"):
        data[name] = cells[name] or None
    data["recognition_date"] = _date_or_year(cells["recognition_date"], where)
    data["proposable"] = _yes_or_no(cells["proposable"], where)
    return build(CatalogueRow, data, where)


def _theme(cells: Cells, where: str) -> CatalogueTheme:
    return build(CatalogueTheme, take_upkeep(cells, where)[1], where)


def _package(cells: Cells, where: str) -> PackageAction:
    place = f"{where} / {cells['pillar']}"
    own = take_upkeep(cells, place)[1]
    return build(PackageAction, {**own, "rows": split(cells["rows"])}, place)


def _date_or_year(text: str, where: str) -> str:
    """Give the date of a recognition; a year alone stays a year."""
    if len(text) == 4 and text.isdigit():
        return text
    return written_date(text, where, "recognition_date")


def _yes_or_no(text: str, where: str) -> bool:
    if text not in {"ja", "nee"}:
        raise ReferenceDataError([f"{where}: proposable: hier staat '{text}'; kies uit ja of nee."])
    return text == "ja"


def _double_names(catalogue: Catalogue) -> Iterator[str]:
    places = [f"{package.theme} / {package.pillar}" for package in catalogue.packages]
    for file, what, names in (
        (" en ".join(ROW_FILES), "de regel", [row.id for row in catalogue.rows]),
        ("themes.csv", "het thema", [theme.id for theme in catalogue.themes]),
        ("packages.csv", "het vak", places),
    ):
        yield from (f"{file}: {what} '{name}' staat er twee keer in." for name in duplicates(names))


def _row_problems(
    card: tuple[CatalogueRow, ...], programmes: tuple[CatalogueRow, ...], themes: tuple[CatalogueTheme, ...]
) -> Iterator[str]:
    known = {EVERY_THEME, *(theme.id for theme in themes)}
    for file, rows in zip(ROW_FILES, (card, programmes), strict=True):
        for row in rows:
            where = f"{file}, {row.id}"
            unknown = (theme for theme in row.themes if theme not in known)
            yield from (f"{where}: themes: het thema '{theme}' staat niet in themes.csv." for theme in unknown)
            yield from (f"{where}: {text}" for text in _contradictions(row))


def _contradictions(row: CatalogueRow) -> Iterator[str]:
    if EVERY_LEVEL in row.levels and len(row.levels) > 1:
        yield "levels: kies 'alle' of losse niveaus, niet allebei."
    if row.leerjaar_from and row.leerjaar_to and row.leerjaar_from > row.leerjaar_to:
        yield "leerjaar_from ligt na leerjaar_to."
    if row.proposable == bool(row.not_proposed_because):
        yield "not_proposed_because: geef een reden bij 'nee', en laat de cel leeg bij 'ja'."
    if row.possible_link and not row.possible_link.startswith(WEB):
        yield "possible_link: schrijf een adres dat begint met https://."
    if not is_source(row.source):
        yield f"source: {NO_SOURCE}"
    if row.proposable and row.recognition is Recognition.REFUSED:
        yield "proposable: een programma dat niet erkend is, stellen we niet voor; zet hier 'nee'."


def _package_problems(catalogue: Catalogue) -> Iterator[str]:
    themes = {theme.id for theme in catalogue.themes}
    rows = {row.id: row for row in catalogue.rows}
    for package in catalogue.packages:
        where = f"packages.csv, {package.theme} / {package.pillar}"
        if package.theme not in themes:
            yield f"{where}: theme: het thema '{package.theme}' staat niet in themes.csv."
        for name in package.rows:
            if name not in rows:
                yield f"{where}: rows: de regel '{name}' staat niet in {' of '.join(ROW_FILES)}."
            elif not rows[name].proposable:
                yield f"{where}: rows: '{name}' mag niet worden voorgesteld."
            elif package.pillar not in rows[name].pillars:
                yield f"{where}: rows: '{name}' hoort niet bij de pijler {package.pillar}."
        if all(name in rows and rows[name].type is Kind.THEME_WEEK for name in package.rows):
            yield f"{where}: rows: een themaweek mag niet de enige regel zijn; zet er iets blijvends bij."


def _theme_problems(catalogue: Catalogue) -> Iterator[str]:
    filled = {(package.theme, package.pillar) for package in catalogue.packages}
    rows = {row.id: row for row in catalogue.rows}
    for theme in catalogue.themes:
        missing = (pillar for pillar in Pillar if (theme.id, pillar) not in filled)
        yield from (f"packages.csv, {theme.id}: de pijler {pillar} ontbreekt." for pillar in missing)
        if theme.safety_net and not _always_fits(rows.get(theme.safety_net)):
            yield (
                f"themes.csv, {theme.id}: safety_net: '{theme.safety_net}' moet een regel onder Signaleren zijn "
                "die bij elk niveau en leerjaar past."
            )


def _always_fits(row: CatalogueRow | None) -> bool:
    if row is None:
        return False
    unlimited = row.levels == (EVERY_LEVEL,) and row.leerjaar_from is None and row.leerjaar_to is None
    return row.proposable and unlimited and Pillar.SIGNALLING in row.pillars
