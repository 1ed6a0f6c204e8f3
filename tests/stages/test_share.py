"""What goes to pupils and parents: fewer of the same figures, and nothing that tells more beside the report."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace

import pytest

from tests.builders import TOTAL, benchmark, cell, codebook, havo, indicator, measurement, place, policy, question
from wellbeing import pipeline
from wellbeing.model.reference import Sensitivity
from wellbeing.model.report import FigureTable, Kind, Report, Variant
from wellbeing.model.results import Analysis, ComparatorKind, Wishes

DAY = dt.date(2026, 3, 9)
REGION = {"vaak": (300, 1000), "weinig": (60, 1000), "gevoelig": (200, 1000), "geheim": (100, 1000)}
SCHOOL = {"vaak": (60, 120), "weinig": (8, 120), "gevoelig": (40, 120), "geheim": (20, 120)}
KINDS = {"gevoelig": Sensitivity.STRICTER, "geheim": Sensitivity.REGION_ONLY}


def reference() -> pipeline.Reference:
    book = codebook(
        [
            replace(indicator(name, catalogue_themes=("bewegen",)), sensitivity=KINDS.get(name, Sensitivity.NORMAL))
            for name in REGION
        ],
        [question(name) for name in REGION],
    )
    return replace(pipeline.load_reference(), codebooks=(book,), policy=policy(sharing="50/10"))


def analysed(school: Mapping[str, tuple[int, int]] = SCHOOL) -> Analysis:
    level = {name: (cases // 2, total // 2) for name, (cases, total) in school.items()}
    counted = measurement({TOTAL: school, havo(): level})
    return pipeline.analyse(counted, benchmark({place(): cell(REGION)}), reference(), main=ComparatorKind.REGION)


def shared(school: Mapping[str, tuple[int, int]] = SCHOOL, *explanation: str) -> Report | None:
    return pipeline.compose_shared(analysed(school), explanation, reference(), DAY)


def rows(report: Report | None) -> dict[str, tuple[int | None, str]]:
    assert report is not None
    tables = [block for item in report.of(Kind.THEME) for block in item.blocks if isinstance(block, FigureTable)]
    return {row.subject: (row.percentage, row.label) for table in tables for row in table.rows}


def test_sensitive_subjects_are_out_and_small_figures_are_hidden() -> None:
    """50% of 120 is 60 pupils; 7% of 120 reads as 8, fewer than 10."""
    assert rows(shared()) == {
        "Onderwerp vaak": (50, "duidelijk ongunstiger"),
        "Onderwerp weinig": (None, "niet getoond"),
    }


def test_no_sensitive_subject_and_no_group_is_named_anywhere() -> None:
    text = repr(shared())
    assert "Onderwerp vaak" in text
    for word in ("gevoelig", "geheim", "Havo"):
        assert f"Onderwerp {word}" not in text
        assert f"'{word}'" not in text


def test_every_figure_that_stays_is_the_one_in_the_report() -> None:
    full = pipeline.compose_report(
        analysed(), pipeline.advise(analysed(), Wishes(), reference(), DAY), reference(), DAY
    )
    ordinary = rows(full)
    assert {name: row for name, row in rows(shared()).items() if row[0] is not None}.items() <= ordinary.items()


@pytest.mark.parametrize(("pupils", "percentage"), [(190, 5), (185, None)])
def test_what_is_hidden_tells_no_more_than_the_percentage_does(pupils: int, percentage: int | None) -> None:
    """9 and 10 pupils both read as 5%. 5% of 190 reads as 10, and 5% of 185 as 9: nobody learns which it was."""
    school = {name: (part, pupils) for name, (part, _) in SCHOOL.items()}
    nine, ten = (rows(shared({**school, "weinig": (count, pupils)})) for count in (9, 10))
    assert nine == ten
    assert nine["Onderwerp weinig"][0] == percentage


def test_a_school_of_forty_has_nothing_to_share() -> None:
    assert shared(dict.fromkeys(SCHOOL, (15, 40))) is None


def test_the_school_speaks_first() -> None:
    report = shared(SCHOOL, "Wij begonnen met rustige pauzes.", "Praat mee!")
    assert report is not None
    assert report.variant is Variant.SHARED
    assert report.title == "Zo gaat het met onze leerlingen: De Werf, bovenbouw 2025-2026"
    first = report.sections[0]
    assert (first.title, [block.text for block in first.blocks]) == (  # type: ignore[union-attr]
        "Wat de school hierover zegt",
        ["Wij begonnen met rustige pauzes.", "Praat mee!"],
    )
    assert not report.of(Kind.PACKAGE)
