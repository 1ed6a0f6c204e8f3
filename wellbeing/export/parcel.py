"""A parcel (*schoolpakket*) as a workbook: sheets for people, and one that the dashboard reads back."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence

from pydantic import TypeAdapter

from wellbeing.export.xlsx import write_xlsx
from wellbeing.model.parcel import Parcel
from wellbeing.model.report import BulletList, Kind, Paragraph, Pillars, Report, Section
from wellbeing.presentation import emphasis

SHEET, SUGGESTIONS, AGREEMENTS = "Schoolpakket", "Wat kan de school doen", "Afspraken"
FORMAT = "1"
HEADINGS = ("soort", "inhoud")
EXPLANATION = (
    "Open dit bestand in het dashboard, bij Gegevens toevoegen. Verander niets op dit blad: dan gaat het niet meer "
    "open. Er staat niets op wat niet ook op de schermen van de GGD te zien is."
)
_PARCEL = TypeAdapter(Parcel)


def write_parcel(parcel: Parcel, report: Report) -> bytes:
    """Give the workbook: the sheets of the report, what the school can do, the agreements, and the parcel itself."""
    texts = {
        SUGGESTIONS: list(_suggestions(report.of(Kind.PACKAGE))),
        AGREEMENTS: list(_agreements(report.of(Kind.CONVERSATION))),
    }
    sheets = {name: rows for name, rows in texts.items() if len(rows) > 1}
    return write_xlsx(report, {**sheets, SHEET: parcel_rows(parcel)})


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


def _suggestions(sections: Iterable[Section]) -> Iterator[tuple[str, ...]]:
    yield ("Thema en pijler", "Wat kan de school doen")
    for section in sections:
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


def _agreements(sections: Iterable[Section]) -> Iterator[tuple[str, ...]]:
    yield ("Afspraken", "")
    for section in sections:
        for block in section.blocks:
            if isinstance(block, BulletList):
                yield from (("", emphasis.plain(item)) for item in block.items)
