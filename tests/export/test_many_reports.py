"""Fifty schools that were drawn by lot: every PDF can be read aloud, in order, in Dutch."""

from __future__ import annotations

import io
import random
from dataclasses import replace

import pikepdf
import pytest

from tests.builders import TOTAL, benchmark, cell, codebook, havo, indicator, measurement, place, question
from tests.export.conftest import DAY
from tests.export.reading import drawn as drawn_on
from tests.export.reading import elements, fonts, placed, tree, walk
from wellbeing import pipeline
from wellbeing.model.reference import Direction, Sensitivity
from wellbeing.model.report import Edition, FigureTable, Format, Report, Variant
from wellbeing.model.results import ComparatorKind, Wishes

SCHOOLS = 50
VARIANTS = (Variant.FULL, Variant.ONE_PAGER, Variant.SHARED)


def drawn(seed: int) -> tuple[Report, bytes]:
    """Give the report of a school whose size, subjects, figures and wishes are drawn by lot."""
    lot = random.Random(seed)
    names = [f"v{number}" for number in range(lot.randint(1, 14))]
    book = codebook(
        [
            replace(
                indicator(name, theme=lot.choice(["welbevinden", "school", "thuis"]), catalogue_themes=("bewegen",)),
                sensitivity=lot.choice([Sensitivity.NORMAL] * 4 + list(Sensitivity)),
                higher_is=lot.choice(list(Direction)),
                caution=lot.choice(["", "Let op: 1 < 2 & *sterretjes*."]),
            )
            for name in names
        ],
        [question(name) for name in names],
    )
    reference = replace(pipeline.load_reference(), codebooks=(book,))
    pupils = lot.choice([12, 40, 80, 300, 900])
    figures = {name: (lot.randint(0, pupils), pupils) for name in names}
    level = {name: (cases // 2, pupils // 2) for name, (cases, _) in figures.items()}
    counted = measurement(
        {TOTAL: figures, havo(): level}, school=lot.choice(["De Werf", "“Ons” #1 <Noord> & Zuid", "'t Zand_*_"])
    )
    region = benchmark({place(): cell({name: (lot.randint(100, 900), 1000) for name in names})})
    analysis = pipeline.analyse(counted, lot.choice([region, region, None]), reference, main=ComparatorKind.REGION)
    wishes = Wishes(needs=frozenset(lot.sample(["pesten", "bewegen"], lot.randint(0, 2))))
    packages = pipeline.advise(analysis, wishes, reference, DAY)
    report = pipeline.compose_shared(analysis, ("Hallo.",), reference, DAY) if seed % 3 == 2 else None
    report = report or pipeline.compose_report(analysis, packages, reference, DAY, Edition(VARIANTS[seed % 2]))
    return report, pipeline.write_report(report, Format.PDF)


def assert_well_made(pdf: pikepdf.Pdf, report: Report) -> None:
    """What a checker of PDF/UA-1 looks at, beside the words themselves."""
    assert "<pdfuaid:part>1</pdfuaid:part>" in pdf.Root.Metadata.read_bytes().decode()
    with pdf.open_outline() as outline:
        assert [str(item.title) for item in outline.root] == [section.title for section in report.sections]
    in_order, (shown, loose) = placed(pdf), drawn_on(pdf)
    assert loose == 0  # everything is content with a place, or marked as decoration
    assert in_order == sorted(shown)  # each piece has one place, and is read as it stands on the page
    assert all(font.get("/FontFile2") or font.get("/FontFile3") for font in fonts(pdf))
    for head in elements(pdf, "TH"):
        (look,) = head.A
        assert look.Scope == "/Column"
    for page in pdf.pages:
        assert page.get("/Tabs", "/S") == "/S"
        assert all(str(note.Contents) and "/StructParent" in note for note in page.get("/Annots", []))
    assert all(str(item.get("/Alt", "")) for item in elements(pdf, "Figure"))


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(SCHOOLS))
def test_every_drawn_report_can_be_read_aloud(seed: int) -> None:
    report, data = drawn(seed)
    tables = [block for item in report.sections for block in item.blocks if isinstance(block, FigureTable)]
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert str(pdf.Root.Lang) == "nl-NL"
        assert bool(pdf.Root.MarkInfo.Marked)
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
        assert str(pdf.docinfo.Title) == report.title
        found = list(walk(tree(pdf)))
        assert_well_made(pdf, report)
    headings = [item.text for item in found if item.kind == "H1"]
    assert headings == [" ".join(section.title.split()) for section in report.sections]
    rows = [row for table in tables for row in table.rows]
    assert [item.alt for item in found if item.kind == "Figure" and item.alt] == [row.description for row in rows]
    heads = [item for item in found if item.kind == "THead"]
    assert len(heads) == len(tables)
    for head, table in zip(heads, tables, strict=True):
        cells = [item for item in walk(head) if item.kind == "TH"]
        assert len(cells) == len(table.columns) + 4
