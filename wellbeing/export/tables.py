"""Figures and suggestions as tables for machines: UTF-8, comma, decimal point."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence

from wellbeing.model.catalogue import DATE_UNKNOWN, Catalogue
from wellbeing.model.reference import Codebook
from wellbeing.model.results import (
    BenchmarkFigure,
    Change,
    Comparison,
    Course,
    Difference,
    Dimension,
    NotComparable,
    Package,
    Proportion,
    Suppressed,
)

FIGURE_COLUMNS = (
    "indicator",
    "theme",
    "group_by",
    "group",
    "total",
    "percentage",
    "lower",
    "upper",
    "comparator",
    "comparator_year",
    "comparator_total",
    "comparator_percentage",
    "difference",
    "difference_lower",
    "difference_upper",
    "verdict",
    "hidden_reason",
)
EXACT_COLUMNS = ("cases", "comparator_cases", "p_value", "p_adjusted")
SUGGESTION_COLUMNS = (
    "theme",
    "cause",
    "reason",
    "pillar",
    "action",
    "id",
    "title",
    "recognition",
    "recognition_date",
    "source",
    "checked_on",
    "remarks",
)

TREND_COLUMNS = (
    "indicator",
    "theme",
    "year",
    "total",
    "percentage",
    "lower",
    "upper",
    "change_since",
    "change",
    "change_lower",
    "change_upper",
    "change_verdict",
    "measurements",
    "points_per_year",
    "direction_verdict",
    "remark",
)

Row = Mapping[str, str | int | float]


def figure_row(comparison: Comparison, codebook: Codebook, school: str) -> Row:
    """Give one row of the figures file, exactly as protected.

    A hidden row has only names and the reason. Percentages are whole; the total is exact for a
    school and rounded to five for a group.
    """
    row = _names(comparison, codebook, school)
    if isinstance(comparison.school, Suppressed):
        return row | {"hidden_reason": comparison.school.reason.value}
    whole = comparison.group.dimension is Dimension.TOTAL
    row |= _shown(comparison.school)
    if not whole:
        row["total"] = 5 * ((2 * comparison.school.count.total + 5) // 10)
    if isinstance(comparison.benchmark, BenchmarkFigure):
        row |= {
            "comparator_total": comparison.benchmark.total,
            "comparator_percentage": comparison.benchmark.percentage,
        }
    if isinstance(comparison.difference, Difference):
        difference = comparison.difference
        return row | {
            "difference": difference.points,
            "difference_lower": _percent(difference.interval.lower),
            "difference_upper": _percent(difference.interval.upper),
            "verdict": str(difference.verdict) if difference.verdict else "",
        }
    return row | {"hidden_reason": _reason(comparison.difference)}


def exact_row(protected: Comparison, exact: Comparison, codebook: Codebook, school: str) -> Row:
    """Give one row for the GGD's own epidemiologist: nothing hidden, nothing rounded.

    ``exact`` is the comparison without protection; the label, the corrected p-value and the reason
    are those of the ``protected`` row.
    """
    row = dict(_names(protected, codebook, school))
    if isinstance(exact.school, Proportion):
        row |= {
            "total": exact.school.count.total,
            "percentage": 100 * exact.school.share,
            "lower": 100 * exact.school.interval.lower,
            "upper": 100 * exact.school.interval.upper,
            "cases": exact.school.count.cases,
        }
    if isinstance(exact.benchmark, BenchmarkFigure):
        row |= {
            "comparator_total": exact.benchmark.total,
            "comparator_percentage": 100 * exact.benchmark.share,
            "comparator_cases": exact.benchmark.count.cases if exact.benchmark.count else "",
        }
    if isinstance(exact.difference, Difference) and isinstance(exact.school, Proportion):
        assert isinstance(exact.benchmark, BenchmarkFigure)
        row |= {
            "difference": 100 * (exact.school.share - exact.benchmark.share),
            "difference_lower": 100 * exact.difference.interval.lower,
            "difference_upper": 100 * exact.difference.interval.upper,
            "p_value": exact.difference.p_value,
        }
    if isinstance(protected.difference, Difference):
        verdict = protected.difference.verdict
        return row | {"verdict": str(verdict) if verdict else "", "p_adjusted": protected.difference.p_adjusted}
    return row | {"hidden_reason": _reason(protected.difference)}


def trend_rows(courses: Iterable[Course], codebook: Codebook) -> Iterable[Row]:
    """Give one row per subject and year, exactly as protected; the change stands with the last year."""
    for course in courses:
        for place, figure in enumerate(course.figures, start=1):
            row: dict[str, str | int | float] = {
                "indicator": course.indicator,
                "theme": _theme(course.theme, codebook),
                "year": figure.year,
            }
            remarks = ["de vraag is veranderd"] if figure.broken else []
            if isinstance(figure.figure, Suppressed):
                remarks.append(figure.figure.reason.value)
            else:
                row |= _shown(figure.figure)
            if place == len(course.figures):
                row |= _last_year(course)
            yield row | {"remark": "; ".join(remarks)}


def _last_year(course: Course) -> Row:
    row: dict[str, str | int | float] = {}
    if isinstance(course.change, Change):
        row |= {
            "change_since": course.change.since,
            "change": course.change.points,
            "change_lower": _percent(course.change.interval.lower),
            "change_upper": _percent(course.change.interval.upper),
            "change_verdict": str(course.change.verdict),
        }
    if course.long_run:
        row |= {
            "measurements": course.long_run.measurements,
            "points_per_year": course.long_run.points_per_year,
            "direction_verdict": str(course.long_run.verdict),
        }
    return row


def _shown(figure: Proportion) -> dict[str, str | int | float]:
    return {
        "total": figure.count.total,
        "percentage": figure.percentage,
        "lower": _percent(figure.interval.lower),
        "upper": _percent(figure.interval.upper),
    }


def _theme(theme_id: str, codebook: Codebook) -> str:
    return next(theme.label for theme in codebook.themes if theme.id == theme_id)


def suggestion_rows(packages: Sequence[Package], catalogue: Catalogue) -> Iterable[Row]:
    """Give one row per suggestion, in order: theme, pillar, catalogue row, and why it is there."""
    for package in packages:
        named = {
            "theme": catalogue.theme(package.theme).label,
            "cause": "; ".join(dict.fromkeys(reason.cause.value for reason in package.reasons)),
            "reason": " ".join(reason.sentence for reason in package.reasons),
        }
        for part in package.parts:
            placed = named | {"pillar": part.pillar.value, "action": part.action}
            if not part.suggestions:
                yield placed | {"remarks": "geen passend aanbod gevonden"}
            for suggestion in part.suggestions:
                found = catalogue.row(suggestion.row)
                yield placed | {
                    "id": found.id,
                    "title": found.title,
                    "recognition": found.recognition.value,
                    "recognition_date": found.recognition_date or (DATE_UNKNOWN if found.is_judged else ""),
                    "source": found.source,
                    "checked_on": str(found.checked_on),
                    "remarks": "; ".join(suggestion.remarks),
                }


def csv_bytes(columns: Sequence[str], rows: Iterable[Row]) -> bytes:
    """Give a table as CSV. Texts that a spreadsheet would run as a formula get a quote in front."""
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, columns, lineterminator="\n", restval="")
    writer.writeheader()
    writer.writerows({key: _harmless(value) for key, value in row.items()} for row in rows)
    return out.getvalue().encode("utf-8")


def _names(comparison: Comparison, codebook: Codebook, school: str) -> dict[str, str | int | float]:
    indicator = codebook.indicator(comparison.indicator)
    whole = comparison.group.dimension is Dimension.TOTAL
    return {
        "indicator": indicator.id,
        "theme": _theme(indicator.theme, codebook),
        "group_by": "school" if whole else comparison.group.dimension.value,
        "group": school if whole else comparison.group.label,
        "comparator": comparison.comparator.kind.value,
        "comparator_year": comparison.comparator.year,
    }


def _reason(outcome: Suppressed | NotComparable) -> str:
    return outcome.reason.value if isinstance(outcome, Suppressed) else outcome.reason


def _percent(share: float) -> int:
    """Give a limit in whole percents, half up (away from the share it belongs to makes no difference)."""
    return int((share * 200 + 1) // 2)


def _harmless(value: str | int | float) -> str | int | float:
    if isinstance(value, str):
        value = " ".join(value.splitlines())
    return f"'{value}" if isinstance(value, str) and value[:1] in {"=", "+", "-", "@", "\t", "\r"} else value
