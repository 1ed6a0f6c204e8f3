"""A parcel (*schoolpakket*) as a workbook: sheets for people, and one that the dashboard reads back."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence

from pydantic import TypeAdapter

from wellbeing.export.xlsx import Part, write_parts
from wellbeing.model.parcel import Parcel
from wellbeing.model.report import BulletList, Kind, Paragraph, Pillars, Report
from wellbeing.presentation import emphasis

SHEET, SECOND, SUGGESTIONS, AGREEMENTS = "Schoolpakket", "Schoolpakket 2", "Ideeën", "Afspraken"
FORMAT = "1"
HEADINGS = ("soort", "inhoud")
EXPLANATION = (
    "Open dit bestand in het dashboard, bij Gegevens toevoegen. Verander niets op dit blad: dan gaat het niet meer "
    "open. Er staat niets op wat niet ook op de schermen van de GGD te zien is."
)
_PARCEL = TypeAdapter(Parcel)


def write_parcels(parcels: Sequence[tuple[Parcel, Report]]) -> bytes:
    """Give the workbook of the populations of one school, at most two.

    For each its report and what the school can do; then the agreements, and what is read back.
    """
    reports = [report for _, report in parcels]
    parts = [
        Part(report, report.population if len(reports) > 1 else "", _filled(SUGGESTIONS, _suggestions(report)))
        for report in reports
    ]
    read_back = {name: parcel_rows(parcel) for name, (parcel, _) in zip((SHEET, SECOND), parcels, strict=False)}
    return write_parts(parts, _filled(AGREEMENTS, _agreements(reports[0])), read_back)


def _filled(name: str, rows: Iterable[tuple[str, ...]]) -> dict[str, list[tuple[str, ...]]]:
    """Give a sheet by its name, or nothing where it would have a heading only."""
    found = list(rows)
    return {name: found} if len(found) > 1 else {}


def parcel_rows(parcel: Parcel) -> list[tuple[str, str]]:
    """Give the rows of the sheet that is read back: of what kind each is, and its content as JSON."""
    rows = []
    for name, value in _PARCEL.dump_python(parcel, mode="json").items():
        items = value if isinstance(value, list) else [value]
        rows += [(name, json.dumps(item, separators=(",", ":"))) for item in items]
    return [HEADINGS, ("uitleg", EXPLANATION), ("formaat", FORMAT), ("zegel", seal(rows)), *rows]


def seal(rows: Iterable[Sequence[str]]) -> str:
    """Give a short text that changes when a row changes, so that a change by accident does not go unseen."""
    return hashlib.sha256("\n".join("\t".join(row) for row in rows).encode()).hexdigest()


def _suggestions(report: Report) -> Iterator[tuple[str, ...]]:
    yield ("Thema en pijler", "Wat kan de school doen")
    for section in report.of(Kind.PACKAGE):
        yield (section.title, section.conclusion)
        for block in section.blocks:
            match block:
                case Paragraph(text):
                    yield ("", emphasis.plain(text))
                case BulletList(items):
                    yield from (("", emphasis.plain(item)) for item in items)
                case Pillars(parts):
                    for part in parts:
                        yield (part.pillar, f"{part.action} {part.empty}".strip())
                        yield from (("", f"{item.title}. {item.facts}. {item.link}") for item in part.offers)
                case _:
                    continue


def _agreements(report: Report) -> Iterator[tuple[str, ...]]:
    yield ("Afspraken", "")
    for section in report.of(Kind.CONVERSATION):
        for block in section.blocks:
            if isinstance(block, BulletList):
                yield from (("", emphasis.plain(item)) for item in block.items)
