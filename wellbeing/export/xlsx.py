"""A report as a workbook: a sheet to read, with charts, and a sheet for analysis."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

import xlsxwriter

from wellbeing.export.tables import FIGURE_COLUMNS
from wellbeing.export.workbooks import TEXTS_STAY_TEXTS
from wellbeing.model.report import LANGUAGE, FigureRow, FigureTable, Kind, Report
from wellbeing.presentation import emphasis
from wellbeing.presentation.palette import LIGHT, Tone

_WHOLE, _POINTS, _PERCENT = "#,##0", "+0;\u22120;0", "0%"
# As on the slides: the wide one is seen behind the others.
_MARKERS = {"regio": ("long_dash", 16), "eigen niveau": ("square", 8), "verwacht": ("triangle", 8)}
_WIDE, _NARROW, _POINTS_WIDE, _LABEL = 52, 11, 16, 34
_ROWS_OF_CHART = 17
_ROWS_FOR_PEOPLE = 3
_PAGE, _LINE, _HIGHEST, _HEAD = 110, 16, 400, 32
Sheets = Mapping[str, Sequence[Sequence[str]]]
_NO_SHEETS: Sheets = MappingProxyType({})
READING, ANALYSIS, ABOUT = "Cijfers", "Gegevens", "Lees mij"


@dataclass(frozen=True, slots=True)
class Part:
    """The sheets of one report; ``suffix`` follows their names where a workbook has more reports.

    ``texts`` are further sheets with rows of words, by their names.
    """

    report: Report
    suffix: str = ""
    texts: Sheets = field(default_factory=dict)

    def name(self, sheet: str) -> str:
        """Name a sheet of this report."""
        return f"{sheet} {self.suffix}".strip()


def write_xlsx(report: Report) -> bytes:
    """Give the workbook of a report."""
    return write_parts([Part(report)])


def write_parts(parts: Sequence[Part], words: Sheets = _NO_SHEETS, machines: Sheets = _NO_SHEETS) -> bytes:
    """Give the workbook of one report or more, and of other sheets by their names.

    ``words`` are for people, of all reports together; ``machines`` are read back by a program.
    """
    out, report = io.BytesIO(), parts[0].report
    options = {"in_memory": True, "default_date_format": "dd-mm-yyyy", **TEXTS_STAY_TEXTS}
    with xlsxwriter.Workbook(out, options) as book:
        made = dt.datetime.combine(report.made_on, dt.time())
        book.set_properties({"title": report.title, "subject": report.footer, "author": "GGD", "created": made})
        book.set_custom_property("Language", LANGUAGE)
        formats = _formats(book)
        for part in parts:
            _about(book, part, formats)
            _reading(book, part, formats)
            _analysis(book, part, formats)
            for name, rows in part.texts.items():
                _texts(_sheet(book, part.name(name), part.report), rows, formats)
        for name, rows in words.items():
            _texts(_sheet(book, name, report), rows, formats)
        for name, lines in machines.items():
            _machine(_sheet(book, name, report), lines, formats)
    return out.getvalue()


def _formats(book: xlsxwriter.Workbook) -> Mapping[str, Any]:
    """Make the looks of cells once; a number keeps its kind, so that Excel writes it the Dutch way."""
    base: dict[str, Any] = {"font_color": LIGHT.text, "valign": "vcenter"}
    made: dict[str, dict[str, Any]] = {
        "title": base | {"bold": True, "font_size": 16},
        "theme": base | {"bold": True, "font_size": 13, "font_color": LIGHT.text},
        "head": base | {"bold": True, "bottom": 2, "text_wrap": True},
        "text": base | {"text_wrap": True, "bottom": 1, "bottom_color": LIGHT.line},
        "quiet": base | {"font_color": LIGHT.quiet},
        "number": base | {"bold": True, "bottom": 2, "text_wrap": True, "align": "right"},
        "plain": base | {"text_wrap": True},
        "percent": base | {"num_format": _PERCENT, "bottom": 1, "bottom_color": LIGHT.line},
        "points": base | {"num_format": _POINTS, "bottom": 1, "bottom_color": LIGHT.line},
        "whole": {"num_format": _WHOLE},
        "cut": base,
    }
    for tone in Tone:
        made[tone.value] = made["text"] | {"indent": 1, "font_color": LIGHT.of(tone), "bold": tone is not Tone.NEUTRAL}
    return {name: book.add_format(look) for name, look in made.items()}


# --------------------------------------------------------------------------- about


def _about(book: xlsxwriter.Workbook, part: Part, formats: Mapping[str, Any]) -> None:
    sheet = _sheet(book, part.name(ABOUT), part.report)
    sheet.set_column(0, 0, _PAGE)
    sheet.write_string(0, 0, part.report.title, formats["title"])
    for at, line in enumerate(_lines(part), start=1):
        sheet.set_row(at, _height(line, _PAGE))
        sheet.write_string(at, 0, line, formats["plain"])


def _lines(part: Part) -> Iterator[str]:
    report = part.report
    yield report.footer
    if report.notice:
        yield report.notice
    yield ""
    yield f"Blad {part.name(READING)}: alle onderwerpen per thema, om te lezen."
    same = "dezelfde cijfers en die van groepen, een regel per vergelijking, om mee te rekenen"
    yield f"Blad {part.name(ANALYSIS)}: {same}."
    yield ""
    for section in (*report.of(Kind.SUMMARY), *report.of(Kind.RESPONSE), *report.of(Kind.METHOD)):
        yield section.title
        yield section.conclusion
        for block in section.blocks:
            yield from map(emphasis.plain, getattr(block, "items", (getattr(block, "text", ""),)))
        yield ""


# --------------------------------------------------------------------------- to read


def _reading(book: xlsxwriter.Workbook, part: Part, formats: Mapping[str, Any]) -> None:
    report = part.report
    sheet = _sheet(book, part.name(READING), report)
    sheet.set_column(0, 0, _WIDE)
    sheet.write_string(0, 0, report.title, formats["title"])
    sheet.write_string(1, 0, report.footer, formats["quiet"])
    at = 3
    for section in report.of(Kind.THEME):
        for table in section.blocks:
            if isinstance(table, FigureTable):
                sheet.write_string(at, 0, section.title, formats["theme"])
                _table(sheet, at + 1, table, formats)
                _chart(book, sheet, at + 1, table)
                at += max(len(table.rows) + 4, _ROWS_OF_CHART + 2)
                sheet.print_area(0, 0, at, len(table.columns) + 3)  # the charts beside it are for the screen


def _table(sheet: Any, top: int, table: FigureTable, formats: Mapping[str, Any]) -> None:
    label = len(table.columns) + 3
    sheet.set_column(1, label - 2, _NARROW)
    sheet.set_column(label - 1, label - 1, _POINTS_WIDE)
    sheet.set_column(label, label, _LABEL)
    heads = ("Onderwerp", "School", *(column.short for column in table.columns), "Verschil (procentpunt)", "Label")
    sheet.set_row(top, _HEAD)
    for at, head in enumerate(heads):
        sheet.write_string(top, at, head, formats["number" if 0 < at < label else "head"])
    for down, row in enumerate(table.rows, start=top + 1):
        sheet.write_string(down, 0, row.subject, formats["text"])
        for at, value in enumerate((row.percentage, *row.beside), start=1):
            _percent(sheet, down, at, value, formats)
        _points(sheet, down, label - 1, row, formats)
        sheet.write_string(down, label, f"{row.arrow} {row.label}".strip(), formats[row.tone])


def _percent(sheet: Any, down: int, at: int, value: int | None, formats: Mapping[str, Any]) -> None:
    """Write a whole percentage; an empty cell where there is none, since a chart draws a text as nought."""
    if value is None:
        sheet.write_blank(down, at, None, formats["percent"])
    else:
        sheet.write_number(down, at, value / 100, formats["percent"])


def _points(sheet: Any, down: int, at: int, row: FigureRow, formats: Mapping[str, Any]) -> None:
    if row.points is None:
        sheet.write_blank(down, at, None, formats["points"])
    else:
        sheet.write_number(down, at, row.points, formats["points"])


def _chart(book: xlsxwriter.Workbook, sheet: Any, top: int, table: FigureTable) -> None:
    """Draw the table beside it: columns for the school, marks for what it stands beside."""
    first, last, name = top + 1, top + len(table.rows), sheet.get_name()
    chart = book.add_chart({"type": "column"})
    chart.add_series(
        {
            "name": "Deze school",
            "categories": [name, first, 0, last, 0],
            "values": [name, first, 1, last, 1],
            "fill": {"color": LIGHT.neutral, "transparency": 60},
            "border": {"color": LIGHT.neutral},
            "data_labels": {"value": True},
            "gap": 80,
        }
    )
    if table.columns:
        chart.combine(_marks(book, table, name, (first, last)))
    chart.set_y_axis(
        {
            "min": 0,
            "max": 1,
            "num_format": _PERCENT,
            "major_gridlines": {"visible": True, "line": {"color": LIGHT.line}},
        }
    )
    chart.set_x_axis({"num_font": {"size": 8}})
    chart.set_title({"name": table.caption, "overlay": False})
    chart.set_legend({"position": "bottom"})
    chart.set_size({"width": 130 * max(len(table.rows), 4), "height": 20 * _ROWS_OF_CHART})
    sheet.insert_chart(top, len(table.columns) + 5, chart, {"description": table.alternative})


def _marks(book: xlsxwriter.Workbook, table: FigureTable, name: str, rows: tuple[int, int]) -> Any:
    lines, (first, last) = book.add_chart({"type": "line"}), rows
    for at, column in enumerate(table.columns, start=2):
        lines.add_series(
            {
                "name": column.name,
                "categories": [name, first, 0, last, 0],
                "values": [name, first, at, last, at],
                "line": {"none": True},
                "marker": {
                    "type": _MARKERS[column.kind][0],
                    "size": _MARKERS[column.kind][1],
                    "fill": {"color": LIGHT.text},
                    "border": {"color": LIGHT.surface, "width": 1},
                },
            }
        )
    return lines


# --------------------------------------------------------------------------- for analysis


def _analysis(book: xlsxwriter.Workbook, part: Part, formats: Mapping[str, Any]) -> None:
    """Write the rows of the figures file as a table: whole numbers and texts, one row per comparison."""
    report = part.report
    sheet = _sheet(book, part.name(ANALYSIS), report)
    for down, record in enumerate(report.records, start=1):
        for at, name in enumerate(FIGURE_COLUMNS):
            value = record.get(name)
            if isinstance(value, str):
                sheet.write_string(down, at, value)
            elif value is not None:
                sheet.write_number(down, at, value, formats["whole"])
    sheet.add_table(
        0,
        0,
        max(len(report.records), 1),
        len(FIGURE_COLUMNS) - 1,
        {
            "name": part.name(ANALYSIS).replace(" ", "_").lower(),
            "style": "Table Style Light 1",
            "columns": [{"header": name} for name in FIGURE_COLUMNS],
        },
    )
    sheet.set_column(0, 0, 30)
    sheet.set_column(1, len(FIGURE_COLUMNS) - 1, 16)
    sheet.freeze_panes(1, 1)
    sheet.repeat_rows(0)


def _height(text: str, width: int) -> int:
    """Give a row the height that its words need: not every program works that out itself."""
    return min(_LINE * (1 + len(text) // width), _HIGHEST)


def _texts(sheet: Any, rows: Iterable[Sequence[str]], formats: Mapping[str, Any]) -> None:
    sheet.set_column(0, 0, _LABEL)
    sheet.set_column(1, 1, _PAGE)
    for down, row in enumerate(rows):
        sheet.set_row(down, max(_height(text, width) for text, width in zip(row, (_LABEL, _PAGE), strict=True)))
        for at, text in enumerate(row):
            sheet.write_string(down, at, text, formats["head" if down == 0 else "plain"])


def _machine(sheet: Any, rows: Sequence[Sequence[str]], formats: Mapping[str, Any]) -> None:
    """Write rows that a program reads back; of these only the first are for people, and for paper."""
    sheet.set_column(0, 0, _LABEL)
    sheet.set_column(1, 1, _PAGE)
    for down, row in enumerate(rows):
        for at, text in enumerate(row):
            sheet.write_string(down, at, text, formats["head" if down == 0 else "cut"])
    sheet.print_area(0, 0, _ROWS_FOR_PEOPLE, 1)


def _sheet(book: xlsxwriter.Workbook, name: str, report: Report) -> Any:
    """Add a sheet that prints on A4 with what every page must name. ``&`` is a code in a footer."""
    sheet = book.add_worksheet(name)
    sheet.set_paper(9)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.hide_gridlines(2)
    sheet.set_footer("&L" + report.footer.replace("&", "&&")[:220] + "&R&P / &N")
    return sheet
