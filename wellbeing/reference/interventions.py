"""The catalogue of what a school can do: four tables that health promoters edit in Excel."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
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
from wellbeing.model.reference import Pillar
from wellbeing.reference.schema import ReferenceDataError, build, collect, duplicates, read_table, split

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
    "checked_on",
    "proposable",
    "not_proposed_because",
)
PACKAGE_COLUMNS = ("theme", "pillar", "action", "rows")
THEME_COLUMNS = ("id", "label", "question", "caution", "safety_net", "lesson_remark")

Cells = dict[str, str]


def load_catalogue(folder: Path) -> Catalogue:
    """Read and check the catalogue: form first, then references, then meaning.

    The folder holds ``inspiratiekaart.csv``, ``programmes.csv``, ``packages.csv`` and ``themes.csv``.

    Raises:
        ReferenceDataError: with all problems, each naming file, row and what is wrong.
    """
    if not folder.is_dir():
        raise ReferenceDataError([f"De map {folder.name} bestaat niet."])
    steps: list[Callable[[], tuple[Any, ...]]] = [
        lambda: _read(folder / ROW_FILES[0], ROW_COLUMNS, _row),
        lambda: _read(folder / ROW_FILES[1], ROW_COLUMNS, _row),
        lambda: _read(folder / "themes.csv", THEME_COLUMNS, _theme),
        lambda: _read(folder / "packages.csv", PACKAGE_COLUMNS, _package),
    ]
    card, programmes, themes, packages = collect(steps)
    catalogue = Catalogue(card + programmes, themes, packages)
    problems = [*_double_names(catalogue), *_row_problems(card, programmes, themes), *_package_problems(catalogue)]
    problems += _theme_problems(catalogue)
    if problems:
        raise ReferenceDataError(problems)
    return catalogue


def _read(path: Path, columns: tuple[str, ...], make: Callable[[Cells, str], Any]) -> tuple[Any, ...]:
    table = read_table(path, columns)
    named = [(cells, f"{path.name}, {cells[columns[0]] or 'regel zonder naam'}") for cells in table]
    return tuple(collect([lambda cells=cells, where=where: make(cells, where) for cells, where in named]))  # type: ignore[misc]


def _row(cells: Cells, where: str) -> CatalogueRow:
    data: dict[str, Any] = dict(cells)
    for name in ("pillars", "themes", "audience", "levels", "layer"):
        data[name] = split(cells[name])
    for name in ("leerjaar_from", "leerjaar_to"):
        data[name] = cells[name] or None
    for name in ("recognition_date", "checked_on"):
        data[name] = _date(cells[name], where, name)
    data["proposable"] = _yes_or_no(cells["proposable"], where)
    return build(CatalogueRow, data, where)


def _theme(cells: Cells, where: str) -> CatalogueTheme:
    return build(CatalogueTheme, cells, where)


def _package(cells: Cells, where: str) -> PackageAction:
    place = f"{where} / {cells['pillar']}"
    return build(PackageAction, {**cells, "rows": split(cells["rows"])}, place)


def _date(text: str, where: str, name: str) -> str:
    """Give a date as year-month-day, also where Excel turned it round; a year alone stays a year."""
    if not text or (name == "recognition_date" and len(text) == 4 and text.isdigit()):
        return text
    for form in ("%Y-%m-%d", "%d-%m-%Y"):
        try:
            return dt.datetime.strptime(text, form).date().isoformat()
        except ValueError:
            continue
    raise ReferenceDataError([f"{where}: {name}: '{text}' is geen datum; schrijf bijvoorbeeld 2026-11-22."])


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
