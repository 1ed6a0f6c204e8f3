"""The report says what the screen says, in the order of the conversation; no figure is made here."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace

from tests.builders import TOTAL, benchmark, cell, codebook, indicator, measurement, place, policy, question
from wellbeing import pipeline
from wellbeing.model.reference import Direction, Sensitivity
from wellbeing.model.report import BulletList, Callout, Cards, Edition, FigureTable, Kind, Pillars, Report, Variant
from wellbeing.model.results import Analysis, ComparatorKind, Wishes
from wellbeing.presentation import figures, wording

DAY = dt.date(2026, 3, 9)
NAMES = ("goed", "slecht", "gewoon", "verborgen", "geheim")
SCHOOL = {"goed": (160, 200), "slecht": (120, 200), "gewoon": (60, 200), "verborgen": (3, 200), "geheim": (20, 200)}
REGION = {"goed": (600, 1000), "slecht": (300, 1000), "gewoon": (300, 1000), "verborgen": (30, 1000)}


def reference() -> pipeline.Reference:
    changes = {"goed": {"higher_is": Direction.FAVOURABLE}, "geheim": {"sensitivity": Sensitivity.REGION_ONLY}}
    subjects = [replace(indicator(name, catalogue_themes=("bewegen",)), **changes.get(name, {})) for name in NAMES]
    book = codebook(subjects, [question(name) for name in NAMES])
    return replace(pipeline.load_reference(), codebooks=(book,), policy=policy())


def analysed(
    school: Mapping[str, tuple[int, int]] = SCHOOL, region: Mapping[str, tuple[int, int]] = REGION
) -> Analysis:
    beside = benchmark({place(): cell(region)} if region else {})
    counted = measurement({TOTAL: school})
    return pipeline.analyse(counted, beside if region else None, reference(), main=ComparatorKind.REGION)


def composed(analysis: Analysis | None = None, variant: Variant = Variant.FULL) -> Report:
    made = analysis or analysed()
    packages = pipeline.advise(made, Wishes(), reference(), DAY)
    return pipeline.compose_report(made, packages, reference(), DAY, Edition(variant))


def bullets(report: Report, kind: Kind) -> tuple[str, ...]:
    blocks = [block for section in report.of(kind) for block in section.blocks]
    return next(block.items for block in blocks if isinstance(block, BulletList))


def test_the_order_is_that_of_the_conversation() -> None:
    kinds = list(dict.fromkeys(section.kind for section in composed().sections))
    assert kinds == [Kind.SUMMARY, Kind.RESPONSE, Kind.FINDINGS, Kind.THEME, Kind.PACKAGE, Kind.METHOD]


def test_what_goes_well_comes_first_then_what_stands_out_then_what_occurs_most() -> None:
    """160 of 200 is 80% beside 60%; 120 of 200 is 60% beside 30%; 60 of 200 is 30%, as in the region."""
    assert bullets(composed(), Kind.SUMMARY) == (
        "**Onderwerp goed: 80%.** 8 op de 10 leerlingen heeft goed. ▲\u00a0duidelijk gunstiger (+20\u00a0procentpunt).",
        "**Onderwerp slecht: 60%.** 6 op de 10 leerlingen heeft slecht. "
        "▲\u00a0duidelijk ongunstiger (+30\u00a0procentpunt).",
        "**Onderwerp gewoon: 30%.** 3 op de 10 leerlingen heeft gewoon. Komt veel voor.",
    )


def test_every_page_can_name_school_pupils_comparison_and_date() -> None:
    assert composed().footer == (
        "De Werf, bovenbouw 2025-2026, 200 leerlingen · vergeleken met regio, vorige meting 2024-2025 · 9 maart 2026"
    )


def test_the_figures_are_those_of_the_screen() -> None:
    analysis = analysed()
    (section,) = composed(analysis).of(Kind.THEME)
    (table,) = [block for block in section.blocks if isinstance(block, FigureTable)]
    on_screen = figures.subjects(analysis, reference().codebooks[0], "welbevinden")
    assert [(row.subject, row.sentence, row.label, row.description, row.points) for row in table.rows] == [
        (row.indicator.label, row.sentence, row.label, row.description, row.points) for row in on_screen
    ]
    labels = [row.verdict for row in on_screen if row.verdict]
    assert section.title == wording.theme_title("Welbevinden", labels, figures.main_comparator(analysis))


def test_a_hidden_figure_has_its_reason_and_no_number() -> None:
    (section,) = composed().of(Kind.THEME)
    (table,) = [block for block in section.blocks if isinstance(block, FigureTable)]
    hidden = {row.subject: row for row in table.rows if row.percentage is None}
    assert set(hidden) == {"Onderwerp verborgen", "Onderwerp geheim"}
    row = hidden["Onderwerp verborgen"]
    assert (row.lower, row.upper, row.beside, row.points, row.sentence) == (None, None, (None,), None, "")
    assert (row.label, row.description) == ("niet getoond", "Niet getoond.")


def test_where_a_subject_is_shown_for_the_region_only_help_stands_beside_it() -> None:
    (section,) = composed().of(Kind.THEME)
    assert Callout(wording.SAFETY_NET) in section.blocks


def test_a_comparison_that_no_subject_has_gets_no_column() -> None:
    (section,) = composed().of(Kind.THEME)
    (table,) = [block for block in section.blocks if isinstance(block, FigureTable)]
    assert [column.short for column in table.columns] == ["Regio"]


def test_a_package_has_its_reason_all_pillars_and_where_each_offer_comes_from() -> None:
    section = composed().of(Kind.PACKAGE)[0]
    assert section.conclusion == "Bewegen: verschilt duidelijk ongunstig"
    (pillars,) = [block for block in section.blocks if isinstance(block, Pillars)]
    assert [part.pillar for part in pillars.parts] == ["Beleid", "Schoolomgeving", "Educatie", "Signaleren"]
    offers = [offer for part in pillars.parts for offer in part.offers]
    assert offers
    assert all("gecontroleerd op" in offer.facts and (offer.link or "bron: " in offer.facts) for offer in offers)


def test_without_comparison_figures_the_school_keeps_its_own() -> None:
    report = composed(analysed(region={}))
    assert "zonder vergelijkingscijfers" in report.footer
    (section,) = report.of(Kind.THEME)
    (table,) = [block for block in section.blocks if isinstance(block, FigureTable)]
    assert section.title == "Welbevinden"
    assert table.columns == ()
    assert {row.percentage for row in table.rows} == {80, 60, 30, None}


def test_of_a_small_school_themes_come_first_and_no_single_subject_stands_out() -> None:
    few = {name: (cases * 60 // 200, 60) for name, (cases, _) in SCHOOL.items()}
    (section,) = composed(analysed(few)).of(Kind.FINDINGS)
    assert [block.heading for block in section.blocks if isinstance(block, Cards)] == ["Wat veel voorkomt"]
    assert "**Welbevinden**: " in bullets(composed(analysed(few)), Kind.FINDINGS)[0]


def test_the_summary_of_a_small_school_names_no_single_difference() -> None:
    few = {name: (cases * 60 // 200, 60) for name, (cases, _) in SCHOOL.items()}
    lines = bullets(composed(analysed(few)), Kind.SUMMARY)
    assert 1 <= len(lines) <= 5
    assert not any("gunstiger (" in line and "procentpunt)." in line and "onderwerpen" not in line for line in lines)


def test_a_theme_without_any_figure_does_not_say_that_nothing_differs() -> None:
    (section,) = composed(analysed(dict.fromkeys(NAMES, (4, 12)))).of(Kind.THEME)
    assert section.title == "Welbevinden"


def test_of_too_few_pupils_no_number_is_said() -> None:
    report = composed(analysed(dict.fromkeys(NAMES, (4, 12))))
    assert "aantal leerlingen niet getoond" in report.footer
    summary, response = report.of(Kind.SUMMARY)[0], report.of(Kind.RESPONSE)[0]
    assert "12" not in f"{summary}{response}"
    assert all(row.get("percentage") is None for row in report.records)


def test_one_page_has_the_summary_the_themes_and_what_to_talk_about() -> None:
    report = composed(variant=Variant.ONE_PAGER)
    assert [section.kind for section in report.sections] == [Kind.SUMMARY, Kind.FINDINGS, Kind.PACKAGE, Kind.METHOD]
    assert bullets(report, Kind.SUMMARY) == bullets(composed(), Kind.SUMMARY)
