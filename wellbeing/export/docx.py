"""A report as a Word document that people go on working in."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence
from typing import Any

import docx
from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from wellbeing.export.dates import dated
from wellbeing.model.report import (
    LANGUAGE,
    Block,
    BulletList,
    Callout,
    Cards,
    FigureRow,
    FigureTable,
    Offer,
    Paragraph,
    PillarOffers,
    Pillars,
    Report,
    Section,
    Template,
)
from wellbeing.presentation import emphasis, formats
from wellbeing.presentation.palette import LIGHT, Tone

_BULLET, _TABLE = "List Bullet", "Table Grid"
_DASH = "–"
_LETTER = "Calibri"
_WIDTH, _NUMBER = 17, 1.9  # of the page between its margins and of a column with a number, in centimetres


def write_docx(report: Report, template: Template | None = None) -> bytes:
    """Give the Word document of a report, in the house style of a template where there is one."""
    document = docx.Document(io.BytesIO(template.content) if template else None)
    _set_up(document, report)
    if template is None:
        _dress(document)
    document.add_heading(report.title, level=0)
    _paragraph(document, report.footer, is_quiet=True)
    if report.notice:
        _paragraph(document, report.notice, is_quiet=True)
    for section in report.sections:
        _section(document, section)
    out = io.BytesIO()
    document.save(out)
    return dated(out.getvalue(), report.made_on)


def _set_up(document: Document, report: Report) -> None:
    """Write who, when and in which language; and on every page what the report names everywhere."""
    about = document.core_properties
    about.title, about.author, about.subject, about.language = report.title, "GGD", report.identity, LANGUAGE
    about.created = about.modified = dt.datetime.combine(report.made_on, dt.time())
    about.comments = ""
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), LANGUAGE)
    page = document.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = Cm(2)
    line = page.footer.paragraphs[0]
    line.style.font.size = Pt(8)
    line.add_run(report.footer + " · pagina ")
    _page_number(line.add_run())


def _dress(document: Document) -> None:
    """Give a document without a house style one letter throughout, and rows some air."""
    look = document.styles["Normal"]
    look.font.name, look.font.size = _LETTER, Pt(10.5)
    look.element.rPr.rFonts.set(qn("w:eastAsia"), _LETTER)


def _page_number(run: Any) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    run._element.addnext(field)


def _section(document: Document, section: Section) -> None:
    document.add_heading(section.title, level=1)
    if section.conclusion and section.conclusion != section.title:
        _paragraph(document, f"**{section.conclusion}**")
    for block in section.blocks:
        _block(document, block)


def _block(document: Document, block: Block) -> None:
    match block:
        case Paragraph(text, is_quiet):
            _paragraph(document, text, is_quiet=is_quiet)
        case Callout(text):
            _paragraph(document, f"**Let op.** {text}")
        case BulletList(items):
            for item in items:
                _paragraph(document, item, style=_BULLET)
        case Cards():
            _cards(document, block)
        case FigureTable():
            _figures(document, block)
        case Pillars(parts):
            for part in parts:
                _pillar(document, part)


def _paragraph(document: Document, text: str, *, style: str | None = None, is_quiet: bool = False) -> Any:
    line = document.add_paragraph(style=style)
    for words, is_bold in emphasis.parts(text):
        run = line.add_run(words)
        run.bold = is_bold or None
        if is_quiet:
            run.font.color.rgb = _colour(LIGHT.quiet)
    return line


def _cards(document: Document, block: Cards) -> None:
    document.add_heading(block.heading, level=2)
    if not block.cards:
        _paragraph(document, block.empty)
    for card in block.cards:
        figure = f" {card.figure}" if card.figure else ""
        _paragraph(document, f"**{card.title}:{figure} {card.label}.** {card.text}", style=_BULLET)


def _figures(document: Document, block: FigureTable) -> None:
    heads = ("Onderwerp", "School", *(column.short for column in block.columns), "Verschil", "Label")
    table = document.add_table(rows=1, cols=len(heads), style=_TABLE)
    _heading_row(table, heads)
    for row in block.rows:
        _figure_row(table.add_row(), row)
    table.autofit = False
    for column, width in zip(table.columns, _widths(len(heads)), strict=True):
        column.width = Cm(width)
        for cell in column.cells:
            cell.width = Cm(width)
    names = "; ".join(f"{column.short}: {column.name}" for column in block.columns)
    _paragraph(document, names, is_quiet=True).paragraph_format.space_before = Pt(4)


def _widths(columns: int) -> Sequence[float]:
    """Share the width of the page: texts get what the numbers leave."""
    numbers = [_NUMBER] * (columns - 2)
    words = _WIDTH - sum(numbers)
    return [words * 0.68, *numbers, words * 0.32]


def _heading_row(table: Any, heads: Sequence[str]) -> None:
    """Mark the first row as headings, so that a reading voice names them and a next page repeats them."""
    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    table.rows[0]._tr.get_or_add_trPr().append(mark)
    for cell, head in zip(table.rows[0].cells, heads, strict=True):
        cell.paragraphs[0].add_run(head).bold = True


def _figure_row(made: Any, row: FigureRow) -> None:
    whole = OxmlElement("w:cantSplit")  # a row never breaks off at the end of a page
    made._tr.get_or_add_trPr().append(whole)
    numbers = [_DASH if value is None else formats.percentage(value) for value in (row.percentage, *row.beside)]
    points = "" if row.points is None else formats.points(row.points)
    texts = (row.subject, *numbers, points, f"{row.arrow} {row.label}".strip())
    for cell, text in zip(made.cells, texts, strict=True):
        cell.paragraphs[0].add_run(text).font.size = Pt(9.5)
        cell.paragraphs[0].paragraph_format.space_after = Pt(2)
    if row.sentence:
        below = made.cells[0].add_paragraph()
        below.add_run(row.sentence).font.size = Pt(8.5)
        below.paragraph_format.space_after = Pt(2)
    run = made.cells[-1].paragraphs[0].runs[0]
    run.font.color.rgb = _colour(LIGHT.of(Tone(row.tone)))


def _pillar(document: Document, part: PillarOffers) -> None:
    done = " (doet de school al)" if part.already_done else ""
    document.add_heading(f"{part.pillar}{done}", level=2)
    _paragraph(document, part.action)
    if part.empty:
        _paragraph(document, part.empty, is_quiet=True)
    for offer in part.offers:
        _paragraph(document, _offer(offer), style=_BULLET)


def _offer(item: Offer) -> str:
    description = f" {item.description}" if item.description else ""
    link = f" · bron: {item.link}" if item.link else ""
    return f"**{item.title}.**{description} {item.facts}{link}. {' '.join(item.remarks)}".strip()


def _colour(written: str) -> RGBColor:
    return RGBColor.from_string(written.removeprefix("#"))
