"""A report as slides: charts that can be edited, a conclusion as each title, prompts in the notes."""

from __future__ import annotations

import copy
import datetime as dt
import io
from collections.abc import Iterator, Sequence
from typing import Any

import pptx
from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_LEGEND_POSITION, XL_MARKER_STYLE
from pptx.enum.lang import MSO_LANGUAGE_ID
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.enum.text import MSO_AUTO_SIZE
from pptx.oxml import parse_xml
from pptx.util import Emu, Inches, Pt

from wellbeing.export.dates import dated
from wellbeing.model.report import (
    LANGUAGE,
    BulletList,
    Callout,
    Card,
    Cards,
    FigureRow,
    FigureTable,
    Kind,
    Paragraph,
    PillarOffers,
    Pillars,
    Report,
    Section,
    Template,
)
from wellbeing.presentation import emphasis, formats
from wellbeing.presentation.palette import LIGHT, Tone

SUBJECTS_PER_SLIDE = 6
OFFERS_PER_PILLAR = 2
_LONG_TITLE = 100
_PILLAR_ROWS, _PILLAR_LETTERS = 21, 30
_WIDTH, _HEIGHT = Inches(13.333), Inches(7.5)
_EDGE, _TOP, _FOOT = Inches(0.6), Inches(1.75), Inches(0.45)
_CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_PERCENT = '0"%"'
_CHART_15 = "http://schemas.microsoft.com/office/drawing/2012/chart"
_NO_LEADER_LINES = (  # from a number that was lifted to its column: they would cross the marks
    f'<c:extLst xmlns:c="{_CHART}"><c:ext uri="{{CE6537A1-D6FC-4f65-9D91-7224C49458BB}}" xmlns:c15="{_CHART_15}">'
    '<c15:showLeaderLines val="0"/></c:ext></c:extLst>'
)
_TOP_OF_AXIS = 112  # above 100 there is room for the number of a high column
_PLOT = 0.62  # about which part of a chart's height its axis takes
_MARK, _NUMBER = 3, 9  # about how high half a mark and a number are, in points of the axis
_TELLTALES = ("/thumbnail", "/extended-properties", "/custom-properties")  # a picture and the titles of old slides
_MARKERS = {
    "regio": (XL_MARKER_STYLE.DASH, 24),  # wider than the others, so that it is seen behind them
    "eigen niveau": (XL_MARKER_STYLE.SQUARE, 9),
    "verwacht": (XL_MARKER_STYLE.TRIANGLE, 9),
}
_TITLES = {PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE}
_BODIES = {PP_PLACEHOLDER.OBJECT, PP_PLACEHOLDER.BODY}
_FURNITURE = {PP_PLACEHOLDER.DATE, PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER}
_LAYOUTS = {
    "cover": ("een titel en een ondertitel", {PP_PLACEHOLDER.SUBTITLE: 1}),
    "text": ("een titel en één vak voor tekst", {PP_PLACEHOLDER.OBJECT: 1}),
    "open": ("alleen een titel", {}),
}


class WrongTemplateError(ValueError):
    """A template that slides cannot be made with; the text is the Dutch sentence to show."""


def check_layouts(template: Template) -> None:
    """See to it that slides can be made with a template.

    Raises:
        WrongTemplateError: if it cannot be opened or misses a layout, with a Dutch sentence.
    """
    slides = _open(template)
    for name in _LAYOUTS:
        _layout(slides, name)


def write_pptx(report: Report, template: Template | None = None) -> bytes:
    """Give the slides of a report, in the house style of a template where there is one.

    Raises:
        WrongTemplateError: if the template cannot be opened or misses a layout.
    """
    deck = _Deck(report, template)
    deck.cover()
    for section in report.sections:
        _section(deck, section)
    out = io.BytesIO()
    deck.slides.save(out)
    return dated(out.getvalue(), report.made_on)


# --------------------------------------------------------------------------- the deck and its layouts


class _Deck:
    """The slides made so far. Every slide gets its title, its footer and its notes here."""

    def __init__(self, report: Report, template: Template | None) -> None:
        self.report = report
        self.slides = _open(template)
        self.layouts = {name: _layout(self.slides, name) for name in _LAYOUTS}
        about = self.slides.core_properties
        about.title, about.author, about.subject, about.language = report.title, "GGD", report.identity, LANGUAGE
        about.created = about.modified = dt.datetime.combine(report.made_on, dt.time())
        about.last_modified_by = "GGD"
        about.comments = about.keywords = about.category = ""

    def cover(self) -> None:
        """Add the first slide."""
        slide = self.add("cover", self.report.title, ())
        lines = [self.report.identity, self.report.compared, self.report.date]
        below = next(item for item in slide.placeholders if item.placeholder_format.type is PP_PLACEHOLDER.SUBTITLE)
        _fill(below.text_frame, [*lines, self.report.notice] if self.report.notice else lines, 16)

    def add(self, layout: str, title: str, prompts: Sequence[str]) -> Any:
        """Add a slide with its title, the footer that names everything, and questions for the talk."""
        slide = self.slides.slides.add_slide(self.layouts[layout])
        size = 24 if len(title) > _LONG_TITLE else 28
        _fill(slide.shapes.title.text_frame, [title], 36 if layout == "cover" else size)
        if layout != "cover":
            _text(slide, [self.report.footer], _footer_place(self.slides), 11, LIGHT.quiet)
        notes = ["Vragen voor het gesprek:", *prompts] if prompts else []
        slide.notes_slide.notes_text_frame.text = "\n".join([*notes, self.report.footer])
        return slide


def _open(template: Template | None) -> Any:
    try:
        slides = pptx.Presentation(io.BytesIO(template.content) if template else None)
        left = _emptied(slides)
    except Exception:  # a file of a user may be broken in any way
        assert template
        message = f"De sjabloon {template.name} is niet te openen. Sla hem in PowerPoint op als .pptx."
        raise WrongTemplateError(message) from None
    if left:
        message = "Een indeling in de sjabloon verwijst naar een dia. Haal die dia's weg en sla de sjabloon opnieuw op."
        raise WrongTemplateError(message)
    return slides if template else _widened(slides)


def _emptied(slides: Any) -> list[Any]:
    """Take out what a template tells of other slides: they are an example, or of another school; give what stays."""
    presentation, package = slides.part, slides.part.package
    for listed in presentation._element.xpath("p:custShowLst | p:extLst/p:ext[.//*[local-name() = 'sectionLst']]"):
        listed.getparent().remove(listed)
    for item in list(slides.slides._sldIdLst):
        presentation.drop_rel(item.rId)
        slides.slides._sldIdLst.remove(item)
    for name, relation in list(package._rels.items()):
        if relation.reltype.endswith(_TELLTALES):
            package._rels.pop(name)
    return [part for part in package.iter_parts() if str(part.partname).startswith("/ppt/slides/")]


def _widened(slides: Any) -> Any:
    """Make the plain template as wide as screens are now, with a title on the left."""
    factor = _WIDTH / slides.slide_width
    slides.slide_width = _WIDTH
    for style in slides.slide_master._element.xpath("p:txStyles/p:titleStyle/a:lvl1pPr"):
        style.set("algn", "l")
    for holder in (slides.slide_master, *slides.slide_layouts):
        for shape in holder.placeholders:
            if not shape._element.xpath("p:spPr/a:xfrm"):
                continue  # it lies where the master has it
            shape.left, shape.width = Emu(int(shape.left * factor)), Emu(int(shape.width * factor))
            if shape.placeholder_format.type is PP_PLACEHOLDER.TITLE:
                shape.left, shape.top, shape.width, shape.height = _EDGE, Inches(0.35), _WIDTH - 2 * _EDGE, Inches(1.25)
            elif shape.placeholder_format.type in _BODIES:
                shape.top, shape.height = _TOP, _HEIGHT - _TOP - Inches(0.75)
    return slides


def _layout(slides: Any, name: str) -> Any:
    """Find the layout by what is on it, not by its name: every house style names them in its own way."""
    words, wanted = _LAYOUTS[name]
    for layout in slides.slide_layouts:
        kinds = [shape.placeholder_format.type for shape in layout.placeholders]
        others = [_as_wanted(kind) for kind in kinds if kind not in _TITLES | _FURNITURE]
        if any(kind in _TITLES for kind in kinds) and others == list(wanted):
            return layout
    message = (
        f"In de sjabloon staat geen indeling met {words}. Voeg die toe in PowerPoint bij Beeld, Diamodel, of gebruik "
        "de gewone sjabloon."
    )
    raise WrongTemplateError(message)


def _as_wanted(kind: Any) -> Any:
    return PP_PLACEHOLDER.OBJECT if kind in _BODIES else kind


def _footer_place(slides: Any) -> tuple[int, int, int, int]:
    top = slides.slide_height - _FOOT - Inches(0.1)
    return _EDGE, top, slides.slide_width - 2 * _EDGE, _FOOT


# --------------------------------------------------------------------------- texts on a slide


def _fill(frame: Any, lines: Sequence[str], size: float, colour: str = LIGHT.text) -> None:
    frame.word_wrap = True
    frame.auto_size = MSO_AUTO_SIZE.NONE
    for at, line in enumerate(lines):
        paragraph = frame.paragraphs[0] if at == 0 else frame.add_paragraph()
        for words, is_bold in emphasis.parts(line):
            run = paragraph.add_run()
            run.text = words
            run.font.size, run.font.bold = Pt(size), is_bold or None
            run.font.color.rgb = _colour(colour)
            run.font.language_id = MSO_LANGUAGE_ID.DUTCH


def _text(slide: Any, lines: Sequence[str], place: tuple[int, int, int, int], size: float, colour: str) -> Any:
    box = slide.shapes.add_textbox(*map(Emu, map(int, place)))
    _fill(box.text_frame, lines, size, colour)
    return box


def _colour(written: str) -> Any:
    make: Any = RGBColor
    return make(*bytes.fromhex(written.removeprefix("#")))


def _lighter(written: str) -> str:
    """Mix a colour with white, so that dark marks stand out on it.

    >>> _lighter("#000000")
    '#999999'
    """
    return "#" + "".join(f"{round(255 - 0.4 * (255 - part)):02x}" for part in bytes.fromhex(written[1:]))


# --------------------------------------------------------------------------- one section, one or more slides


def _section(deck: _Deck, section: Section) -> None:
    match section.kind:
        case Kind.THEME:
            for block in section.blocks:
                if isinstance(block, FigureTable):
                    _theme(deck, section, block)
        case Kind.FINDINGS if any(isinstance(block, Cards) for block in section.blocks):
            _cards(deck, section)
        case Kind.PACKAGE if any(isinstance(block, Pillars) for block in section.blocks):
            _package(deck, section)
        case _:
            _words(deck, section)


def _words(deck: _Deck, section: Section) -> None:
    lines = list(_lines(section))
    parts = _in_parts(lines, 10)
    for number, part in enumerate(parts, start=1):
        slide = deck.add("text", _numbered(section.conclusion or section.title, number, len(parts)), section.prompts)
        size = 18 if sum(map(len, part)) < 700 else 14
        _fill(_body(slide).text_frame, part, size)


def _body(slide: Any) -> Any:
    return next(item for item in slide.placeholders if item.placeholder_format.type in _BODIES)


def _lines(section: Section) -> Iterator[str]:
    for block in section.blocks:
        match block:
            case Paragraph(text) | Callout(text):
                yield text
            case BulletList(items):
                yield from items
            case _:
                continue


def _numbered(title: str, number: int, total: int) -> str:
    """Give every slide a title of its own, also where one conclusion takes more slides.

    >>> _numbered("Thuis", 2, 3), _numbered("Thuis", 1, 1)
    ('Thuis (2 van 3)', 'Thuis')
    """
    return f"{title} ({number} van {total})" if total > 1 else title


def _in_parts(items: Sequence[Any], most: int) -> list[Sequence[Any]]:
    """Cut a list in equal parts of at most so many.

    >>> _in_parts("abcdefg", 6)
    ['abcd', 'efg']
    """
    count = max(1, -(-len(items) // most))
    size = -(-len(items) // count)
    return [items[at : at + size] for at in range(0, len(items), size)]


def _cards(deck: _Deck, section: Section) -> None:
    """Lay the cards of each heading in a column of their own."""
    slide = deck.add("open", section.conclusion, section.prompts)
    blocks = [block for block in section.blocks if isinstance(block, Cards)]
    gap = Inches(0.4)
    width = (deck.slides.slide_width - 2 * _EDGE - gap * (len(blocks) - 1)) // len(blocks)
    for at, block in enumerate(blocks):
        left = _EDGE + at * (width + gap)
        _text(slide, [f"**{block.heading}**"], (left, _TOP, width, Inches(0.45)), 18, LIGHT.text)
        if not block.cards:
            _text(slide, [block.empty], (left, _TOP + Inches(0.55), width, Inches(1)), 16, LIGHT.text)
        for down, card in enumerate(block.cards):
            _card(slide, card, (left, _TOP + Inches(0.55) + down * Inches(1.45), width, Inches(1.35)))


def _card(slide: Any, card: Card, place: tuple[int, int, int, int]) -> None:
    colour = LIGHT.of(Tone(card.tone))
    box = _text(slide, [f"**{card.title}**"], place, 16, LIGHT.text)
    box.line.color.rgb = _colour(LIGHT.line)
    for line, size, ink in ((f"**{card.figure} {card.label}**", 16, colour), (card.text, 13, LIGHT.text)):
        paragraph = box.text_frame.add_paragraph()
        for words, is_bold in emphasis.parts(line):
            run = paragraph.add_run()
            run.text, run.font.size, run.font.bold = words.strip(), Pt(size), is_bold or None
            run.font.color.rgb, run.font.language_id = _colour(ink), MSO_LANGUAGE_ID.DUTCH


def _package(deck: _Deck, section: Section) -> None:
    """Lay the four pillars beside each other, with the first offers; the report has all of them."""
    (pillars,) = [block for block in section.blocks if isinstance(block, Pillars)]
    slide = deck.add("open", section.conclusion, (*section.prompts, *_lines(section)))
    gap, count = Inches(0.25), len(pillars.parts)
    width = (deck.slides.slide_width - 2 * _EDGE - gap * (count - 1)) // count
    height = deck.slides.slide_height - _TOP - Inches(0.8)
    for at, part in enumerate(pillars.parts):
        box = _text(slide, _pillar(part), (_EDGE + at * (width + gap), _TOP, width, height), 12, LIGHT.text)
        box.line.color.rgb = _colour(LIGHT.line)


def _pillar(part: PillarOffers) -> Sequence[str]:
    """Give the lines of one pillar with the first offers that fit, each with all that must stand beside it."""
    done = " (doet de school al)" if part.already_done else ""
    lines = [f"**{part.pillar}{done}**", part.action, *([part.empty] if part.empty else [])]
    shown = 0
    for offer in part.offers[:OFFERS_PER_PILLAR]:
        more = ["", f"**{offer.title}**", offer.facts, *offer.remarks]
        if shown and _rows([*lines, *more]) > _PILLAR_ROWS:
            break
        lines, shown = [*lines, *more], shown + 1
    left = len(part.offers) - shown
    return [*lines, "", f"Nog {left} in het rapport."] if left else lines


def _rows(lines: Sequence[str]) -> int:
    """Estimate how many rows lines take in a pillar."""
    return sum(1 + len(line) // _PILLAR_LETTERS for line in lines)


# --------------------------------------------------------------------------- a theme as a chart


def _theme(deck: _Deck, section: Section, table: FigureTable) -> None:
    parts = _in_parts(table.rows, SUBJECTS_PER_SLIDE)
    for number, rows in enumerate(parts, start=1):
        slide = deck.add("open", _numbered(section.conclusion, number, len(parts)), section.prompts)
        part = FigureTable(table.caption, table.columns, tuple(rows))
        size = (deck.slides.slide_width - 2 * _EDGE, deck.slides.slide_height - _TOP - Inches(0.7))
        frame = slide.shapes.add_chart(XL_CHART_TYPE.COLUMN_CLUSTERED, _EDGE, _TOP, *size, _data(part))
        about = frame._element.nvGraphicFramePr.cNvPr
        about.set("name", f"Grafiek {table.caption}")
        about.set("descr", part.alternative)
        _dress(frame.chart, part)


def _data(table: FigureTable) -> Any:
    """Give the data sheet of a chart: whole percentages, and nothing at all where a figure is hidden."""
    make: Any = CategoryChartData
    data = make(number_format=_PERCENT)
    data.categories = [_category(row) for row in table.rows]
    data.add_series("Deze school", [row.percentage for row in table.rows])
    for at, column in enumerate(table.columns):
        data.add_series(column.name, [row.beside[at] for row in table.rows])
    return data


def _category(row: FigureRow) -> str:
    points = "" if row.points is None or not row.arrow else f" ({formats.points(row.points)})"
    return f"{row.subject}\n{row.arrow} {row.label}{points}".replace("\n ", "\n")


def _dress(chart: Any, table: FigureTable) -> None:
    chart.has_title = False
    chart.has_legend = True
    chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.TOP, False
    chart.font.size, chart.font.color.rgb = Pt(12), _colour(LIGHT.text)
    axis = chart.value_axis
    axis.minimum_scale, axis.maximum_scale, axis.major_unit = 0, _TOP_OF_AXIS, 25
    axis.major_gridlines.format.line.color.rgb = _colour(LIGHT.line)
    axis.format.line.fill.background()
    axis.tick_labels.number_format, axis.tick_labels.number_format_is_linked = _PERCENT, False
    plot = chart.plots[0]
    plot.gap_width = 90
    own = plot.series[0]
    own.format.fill.solid()
    own.format.fill.fore_color.rgb = _colour(_lighter(LIGHT.neutral))
    own.format.line.color.rgb = _colour(LIGHT.neutral)
    for at, row in enumerate(table.rows):
        point, colour = own.points[at].format, LIGHT.of(Tone(row.tone))
        point.fill.solid()
        point.fill.fore_color.rgb = _colour(_lighter(colour))
        point.line.color.rgb, point.line.width = _colour(colour), Pt(2)
    labels = own.data_labels
    labels.show_value, labels.font.size, labels.font.bold = True, Pt(16), True
    labels.number_format, labels.number_format_is_linked = _PERCENT, False
    labels.position = XL_LABEL_POSITION.OUTSIDE_END
    for at, row in enumerate(table.rows):
        _lift(own.points[at].data_label, row)
    labels._element.append(parse_xml(_NO_LEADER_LINES))
    if table.columns:
        _markers(chart, table)


def _lift(label: Any, row: FigureRow) -> None:
    """Lift the number of a column above a mark that would stand on it. python-pptx cannot move a number."""
    if row.percentage is None:
        return
    top = row.percentage
    for mark in sorted(value for value in row.beside if value is not None):
        if top - _MARK <= mark <= top + _NUMBER + _MARK:
            top = mark + _MARK
    if top == row.percentage:
        return
    label.font.size, label.font.bold = Pt(16), True
    label.position = XL_LABEL_POSITION.OUTSIDE_END
    element = label._get_or_add_dLbl()
    layout, look = (element.makeelement(f"{{{_CHART}}}{name}") for name in ("layout", "numFmt"))
    moved = layout.makeelement(f"{{{_CHART}}}manualLayout")
    layout.append(moved)
    _child(moved, "x", "0")
    _child(moved, "y", f"{-(top - row.percentage) / _TOP_OF_AXIS * _PLOT:.3f}")
    look.set("formatCode", _PERCENT)
    look.set("sourceLinked", "0")
    element.find(f"{{{_CHART}}}idx").addnext(layout)
    layout.addnext(look)


def _markers(chart: Any, table: FigureTable) -> None:
    """Turn the comparisons into marks: a line chart without lines, on the axes of the columns.

    python-pptx cannot combine two kinds of chart, so their series move in the XML.
    """
    bars = chart._chartSpace.chart.plotArea.find(f"{{{_CHART}}}barChart")
    lines = bars.makeelement(f"{{{_CHART}}}lineChart")
    _child(lines, "grouping", "standard")
    _child(lines, "varyColors", "0")
    for series in bars.findall(f"{{{_CHART}}}ser")[1:]:
        for unfit in series.findall(f"{{{_CHART}}}invertIfNegative"):
            series.remove(unfit)
        lines.append(series)
    _child(lines, "marker", "1")
    for axis in bars.findall(f"{{{_CHART}}}axId"):
        lines.append(copy.deepcopy(axis))
    bars.addnext(lines)
    for series, column in zip(chart.plots[1].series, table.columns, strict=True):
        series.format.line.fill.background()
        series.smooth = False
        series.marker.style, series.marker.size = _MARKERS[column.kind]
        series.marker.format.fill.solid()
        # Dark on a light column and on paper: not every program draws the border of a mark.
        series.marker.format.fill.fore_color.rgb = _colour(LIGHT.text)
        series.marker.format.line.color.rgb = _colour(LIGHT.surface)
        series.marker.format.line.width = Pt(1)


def _child(parent: Any, name: str, value: str) -> None:
    child = parent.makeelement(f"{{{_CHART}}}{name}")
    child.set("val", value)
    parent.append(child)
