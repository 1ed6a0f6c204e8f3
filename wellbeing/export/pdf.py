"""A report as an accessible PDF (PDF/UA-1), made by typst: no browser, no font of the machine."""

from __future__ import annotations

import datetime as dt
import functools
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
_ONE_AT_A_TIME = threading.Lock()


def write_pdf(report: Report, templates: Path) -> bytes:
    """Give the PDF of a report. ``templates`` holds ``report.typ`` and the folder ``fonts``."""
    midnight = dt.datetime.combine(report.made_on, dt.time(), tzinfo=dt.UTC)
    with _ONE_AT_A_TIME:
        return bytes(
            _compiler(templates).compile(
                format="pdf",
                sys_inputs={"report": json.dumps(_document(report), ensure_ascii=False)},
                pdf_standards=[STANDARD],
                timestamp=int(midnight.timestamp()),
            )
        )


@functools.lru_cache(maxsize=4)
def _compiler(templates: Path) -> Any:
    """Keep the compiler: reading template and fonts takes longer than writing a report."""
    return typst.Compiler(
        str(templates / "report.typ"),
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
            _section(section, starts_page=_starts_page(section) and not is_short) for section in report.sections
        ],
    }


def _starts_page(section: Section) -> bool:
    return section.kind in {Kind.RESPONSE, Kind.PACKAGE}


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
