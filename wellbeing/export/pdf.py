"""A report as an accessible PDF (PDF/UA-1), made by typst: no browser, no font of the machine."""

from __future__ import annotations

import datetime as dt
import functools
import itertools
import json
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import typst

from wellbeing.model.report import (
    Block,
    BulletList,
    Callout,
    Cards,
    FigureRow,
    FigureTable,
    Kind,
    Offer,
    Paragraph,
    PillarOffers,
    Pillars,
    Report,
    Section,
    Variant,
)
from wellbeing.presentation import emphasis, formats
from wellbeing.presentation.palette import LIGHT

STANDARD = "ua-1"
REMEMBERED = 10  # documents for which typst keeps what it worked out
_ONE_AT_A_TIME = threading.Lock()


def write_pdf(report: Report, templates: Path) -> bytes:
    """Give the PDF of a report. ``templates`` holds ``report.typ``, ``empty.typ`` and the folder ``fonts``."""
    midnight = dt.datetime.combine(report.made_on, dt.time(), tzinfo=dt.UTC)
    with _ONE_AT_A_TIME:
        try:
            return bytes(
                _compiler(templates, "report.typ").compile(
                    format="pdf",
                    sys_inputs={"report": json.dumps(_document(report), ensure_ascii=False)},
                    pdf_standards=[STANDARD],
                    timestamp=int(midnight.timestamp()),
                )
            )
        finally:
            _forget(templates)


def _forget(templates: Path) -> None:
    """Let typst forget the report: so many empty documents later it has let go of all that it kept.

    The next report is of another school, and would only need more memory.
    """
    for _ in range(REMEMBERED + 1):
        _compiler(templates, "empty.typ").compile(format="svg")


@functools.lru_cache(maxsize=8)
def _compiler(templates: Path, name: str) -> Any:
    """Keep the compiler: reading template and fonts takes longer than writing a report."""
    return typst.Compiler(
        str(templates / name),
        root=str(templates),
        font_paths=[str(templates / "fonts")],
        ignore_system_fonts=True,
    )


def _document(report: Report) -> Mapping[str, Any]:
    is_short = report.variant not in {Variant.FULL, Variant.SHARED}
    return {
        "title": report.title,
        "footer": report.footer,
        "notice": report.notice,
        "made_on": [report.made_on.year, report.made_on.month, report.made_on.day],
        "is_short": is_short,
        "colours": {name: getattr(LIGHT, name) for name in LIGHT.__slots__},
        "sections": [
            _section(section, starts_page=not is_short and _starts_page(before, section))
            for before, section in itertools.pairwise((None, *report.sections))
            if section
        ],
    }


def _starts_page(before: Section | None, section: Section) -> bool:
    """Whether a section is the first of a part with pages of its own."""
    return section.kind in {Kind.RESPONSE, Kind.PACKAGE} and before is not None and before.kind is not section.kind


def _section(section: Section, *, starts_page: bool) -> Mapping[str, Any]:
    return {
        "title": section.title,
        "conclusion": section.conclusion,
        "starts_page": starts_page,
        "blocks": [_block(block) for block in section.blocks],
    }


def _block(block: Block) -> Mapping[str, Any]:
    match block:
        case Paragraph(text, is_quiet):
            return {"kind": "paragraph", "text": emphasis.parts(text), "is_quiet": is_quiet}
        case Callout(text):
            return {"kind": "callout", "text": emphasis.parts(text)}
        case BulletList(items):
            return {"kind": "bullets", "items": [emphasis.parts(item) for item in items]}
        case Cards():
            return {"kind": "cards"} | _cards(block)
        case FigureTable():
            return {"kind": "figures"} | _figures(block)
        case Pillars(parts):
            return {"kind": "pillars", "parts": [_part(part) for part in parts]}


def _cards(block: Cards) -> dict[str, Any]:
    names = ("title", "figure", "label", "text", "tone")
    cards = [{name: getattr(card, name) for name in names} for card in block.cards]
    return {"heading": block.heading, "empty": block.empty, "cards": cards}


def _figures(block: FigureTable) -> dict[str, Any]:
    columns = [{"kind": item.kind, "short": item.short, "name": item.name} for item in block.columns]
    return {"columns": columns, "rows": [_row(row) for row in block.rows]}


def _row(row: FigureRow) -> Mapping[str, Any]:
    return {
        "subject": row.subject,
        "sentence": row.sentence,
        "percentage": row.percentage,
        "lower": row.lower,
        "upper": row.upper,
        "beside": row.beside,
        "verdict": f"{row.arrow} {row.label}".strip(),
        "points": "" if row.points is None else f"{formats.points(row.points)} procentpunt",
        "tone": row.tone,
        "description": row.description,
    }


def _part(part: PillarOffers) -> Mapping[str, Any]:
    return {
        "pillar": part.pillar,
        "action": part.action,
        "already_done": part.already_done,
        "empty": part.empty,
        "offers": [_offer(item) for item in part.offers],
    }


def _offer(item: Offer) -> Mapping[str, Any]:
    names = ("title", "description", "facts", "link", "remarks")
    return {name: getattr(item, name) for name in names}
