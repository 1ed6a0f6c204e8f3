"""A parcel gives a school the pages of the GGD to the last digit, and nothing that these do not show."""

from __future__ import annotations

import datetime as dt
import io
import json
import re
from collections.abc import Callable
from dataclasses import replace

import openpyxl
import pytest

from tests.builders import TOTAL, benchmark, cell, codebook, havo, indicator, measurement, place, question
from tests.export.conftest import DAY, LEVEL, SECRETS, SHOWN, Made
from tests.export.reading import everything
from wellbeing import pipeline
from wellbeing.export.parcel import AGREEMENTS, SECOND, SHEET, SUGGESTIONS, parcel_rows, seal
from wellbeing.intake.guard import Refused
from wellbeing.model.content import RowChange
from wellbeing.model.conversation import Agreement, Attendee, OwnOffer
from wellbeing.model.parcel import Parcel
from wellbeing.model.reference import Bouw, IndicatorId, Pillar, Sensitivity
from wellbeing.model.results import Analysis, ComparatorKind, Proportion, Wishes
from wellbeing.presentation import figures

WISHES = Wishes(
    needs=frozenset({"pesten"}),
    signals=frozenset({"bewegen"}),
    already_done=frozenset({("pesten", Pillar.POLICY)}),
    matrix_filled=True,
)
AGREED = Agreement("Het pestprotocol vernieuwen", Attendee.CARE_COORDINATOR, dt.date(2026, 10, 1))
BREAK_OFF = "Vraag de GGD om het bestand opnieuw te sturen"


@pytest.fixture(scope="session")
def reference() -> pipeline.Reference:
    return pipeline.load_reference()


def packed(analysis: Analysis, reference: pipeline.Reference, **more: object) -> bytes:
    packing = replace(pipeline.Packing(DAY, "0.1", WISHES, (AGREED,)), **more)
    return pipeline.write_parcels([pipeline.pack_parcel((analysis,), packing, reference)], reference)


@pytest.fixture(scope="session")
def file(demo: Made, reference: pipeline.Reference) -> bytes:
    return packed(demo.analysis, reference)


@pytest.fixture(scope="session")
def opened(file: bytes, reference: pipeline.Reference) -> Analysis:
    """What the school gets, through guard and reading process."""
    (parcel,) = pipeline.read_parcels(file, "schoolpakket.xlsx", reference)
    return pipeline.unpack_parcel(parcel, reference)


# --------------------------------------------------------------------------- equal to the last digit


def test_every_figure_sentence_and_label_is_that_of_the_ggd(
    demo: Made, opened: Analysis, reference: pipeline.Reference
) -> None:
    book = reference.codebook(demo.analysis.published.codebook)
    assert len(figures.subjects(opened, book)) == 45
    assert figures.subjects(opened, book) == figures.subjects(demo.analysis, book)
    for theme in book.themes:
        assert figures.level_subjects(opened, book, theme.id) == figures.level_subjects(demo.analysis, book, theme.id)
    for item in book.indicators:
        assert figures.group_subjects(opened, item) == figures.group_subjects(demo.analysis, item)


def test_what_the_school_can_do_and_the_report_are_those_of_the_ggd(
    demo: Made, opened: Analysis, reference: pipeline.Reference
) -> None:
    offered = pipeline.advise(opened, WISHES, reference, DAY)
    assert offered == pipeline.advise(demo.analysis, WISHES, reference, DAY)
    assert offered
    assert pipeline.compose_report(opened, demo.packages, reference, DAY) == demo.report


def test_the_answers_are_those_of_the_ggd(demo: Made, opened: Analysis) -> None:
    assert opened.answers == demo.analysis.answers


def test_every_main_comparison_comes_along(demo: Made, reference: pipeline.Reference) -> None:
    others = [replace(demo.analysis, findings=replace(demo.analysis.findings, main=ComparatorKind.REGION))]
    parcel = pipeline.pack_parcel((demo.analysis, *others), pipeline.Packing(DAY, "0.1"), reference)
    mains = [pipeline.unpack_parcel(parcel, reference, kind).findings.main for kind in ComparatorKind]
    assert mains == [ComparatorKind.REGION, ComparatorKind.OWN_LEVEL, ComparatorKind.OWN_LEVEL]


def test_wishes_and_agreements_and_own_offers_come_along(demo: Made, reference: pipeline.Reference) -> None:
    offer = OwnOffer("eigen-1", "Spreekuur op school", ("pesten",), (Pillar.SIGNALLING,))
    data = packed(demo.analysis, reference, offers=(offer,), availability={"bestaat-hier-niet": True})
    (parcel,) = pipeline.read_parcels(data, "p.xlsx", reference)
    assert pipeline.parcel_wishes(parcel) == WISHES
    assert parcel.agreements == (AGREED,)
    here = pipeline.parcel_reference(parcel, reference)
    assert here.catalogue.row("eigen-1").title == "Spreekuur op school"
    assert here.catalogue.available == frozenset()


def test_what_the_ggd_changed_in_the_catalogue_comes_along(demo: Made, reference: pipeline.Reference) -> None:
    changes = (RowChange("inspiratiekaart.csv", "s-visietool", {"title": "Visietool van de regio"}),)
    data = packed(demo.analysis, pipeline.with_content(reference, changes), content=changes)
    (parcel,) = pipeline.read_parcels(data, "p.xlsx", reference)
    assert parcel.content == changes
    here = pipeline.parcel_reference(parcel, reference)
    assert here.catalogue.row("s-visietool").title == "Visietool van de regio"
    assert here.content.left_out == ()


def test_a_change_in_a_parcel_that_does_not_fit_here_is_left_out(demo: Made, reference: pipeline.Reference) -> None:
    changes = (RowChange("inspiratiekaart.csv", "s-visietool", {"source": "javascript:alert(1)"}),)
    (parcel,) = pipeline.read_parcels(packed(demo.analysis, reference, content=changes), "p.xlsx", reference)
    here = pipeline.parcel_reference(parcel, reference)
    assert here.catalogue == reference.catalogue
    assert [item.change for item in here.content.left_out] == list(changes)


def test_people_can_read_the_sheets_too(file: bytes) -> None:
    book = openpyxl.load_workbook(io.BytesIO(file))
    assert book.sheetnames == ["Lees mij", "Cijfers", "Gegevens", SUGGESTIONS, AGREEMENTS, SHEET]
    words = [cell for row in book[AGREEMENTS].iter_rows(values_only=True) for cell in row if cell]
    assert words[1].startswith("Het pestprotocol vernieuwen; wie: zorgcoördinator; voor 1 oktober 2026")


# --------------------------------------------------------------------------- nothing that is not shown


def analysed(hidden: tuple[int, int], level: tuple[int, int]) -> tuple[Analysis, pipeline.Reference]:
    """Give a school with one hidden subject, whose level has one hidden figure, with these counts."""
    names = (*SHOWN, "verborgen", "geheim")
    book = codebook(
        [
            replace(indicator(name, catalogue_themes=("bewegen",)), sensitivity=sensitivity)
            for name, sensitivity in zip(names, (*[Sensitivity.NORMAL] * 3, Sensitivity.REGION_ONLY), strict=True)
        ],
        [question(name) for name in names],
    )
    reference = replace(pipeline.load_reference(), codebooks=(book,))
    whole = SHOWN | {"verborgen": hidden, "geheim": (4217, 7703)}
    counted = measurement({TOTAL: whole, havo(): LEVEL | {"verborgen": level, "geheim": (511, 1317)}})
    counted = replace(
        counted,
        groups=tuple(
            replace(item, figures={name: item.figures[IndicatorId(name)] for name in map(IndicatorId, whole)})
            for item in counted.groups
        ),
    )
    region = benchmark({place(): cell(dict.fromkeys(names, (7000, 20000)))})
    return pipeline.analyse(counted, region, reference, main=ComparatorKind.REGION), reference


def test_other_hidden_counts_give_the_same_parcel() -> None:
    """What cannot be told apart tells nothing: not by itself, and not beside a report that cannot either."""
    one, reference = analysed((7919, 7922), (1311, 1313))
    other, _ = analysed((7920, 7922), (1312, 1313))
    assert packed(one, reference) == packed(other, reference)


def test_other_counts_with_the_same_percentage_give_the_same_parcel(demo: Made, reference: pipeline.Reference) -> None:
    parcel = pipeline.pack_parcel((demo.analysis,), pipeline.Packing(DAY, "0.1"), reference)
    again = pipeline.unpack_parcel(parcel, reference)
    assert pipeline.pack_parcel((again,), pipeline.Packing(DAY, "0.1"), reference) == parcel
    exact = [f.count for f in demo.analysis.published.total.figures.values() if isinstance(f, Proportion)]
    told = [f.count for f in again.published.total.figures.values() if isinstance(f, Proportion)]
    assert [count.total for count in exact] == [count.total for count in told]
    assert exact != told


def test_no_hidden_number_is_anywhere_in_the_file(secretive: Made, secretive_reference: pipeline.Reference) -> None:
    parcel = pipeline.pack_parcel((secretive.analysis,), pipeline.Packing(DAY, "0.1"), secretive_reference)
    text = everything(pipeline.write_parcels([parcel], secretive_reference))
    assert "De Werf" in text
    for secret in (*SECRETS, "511", "401"):
        assert not re.search(rf"(?<![\d-]){re.escape(secret)}(?!\d)", text), secret
    assert not re.search(r"cases|p_value", text)


# --------------------------------------------------------------------------- a file that cannot be trusted


def rewritten(file: bytes, change: Callable[[list[list[str]]], None], *, resealed: bool = True) -> bytes:
    """Give the file with other rows, and a seal that fits them."""
    book = openpyxl.load_workbook(io.BytesIO(file))
    rows = [[str(value or "") for value in row] for row in book[SHEET].iter_rows(values_only=True)]
    change(rows)
    if resealed:
        rows[3][1] = seal((kind, text) for kind, text in rows[4:])
    del book[SHEET]
    sheet = book.create_sheet(SHEET)
    for row in rows:
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def put(kind: str, **values: object) -> Callable[[list[list[str]]], None]:
    """Change the first row of a kind."""

    def change(rows: list[list[str]]) -> None:
        row = next(row for row in rows[4:] if row[0] == kind)
        row[1] = json.dumps(json.loads(row[1]) | values, separators=(",", ":"))

    return change


def read(data: bytes, reference: pipeline.Reference) -> object:
    return pipeline.read_parcels(data, "schoolpakket.xlsx", reference)


def test_saving_it_in_another_program_changes_nothing(file: bytes, reference: pipeline.Reference) -> None:
    assert read(rewritten(file, lambda rows: None), reference) == read(file, reference)


@pytest.mark.parametrize(
    "change",
    [
        put("about", school=""),
        put("about", school="a\x00b"),
        put("about", school="x" * 600),
        put("about", extra=1),
        put("about", codebook=5),
        put("groups", dimension="niveau"),
        put("groups", extra="stil genegeerd"),
        put("figures", school={"percentage": 140, "lower": 1, "upper": 99, "pupils": 300, "weighted": False}),
        put("figures", school={"percentage": 1, "lower": 1, "upper": 9, "pupils": 30, "weighted": False}),
        put("figures", school={"percentage": float("nan"), "lower": 1, "upper": 9, "pupils": 30, "weighted": False}),
        put("figures", group=900),
        put("rows", comparator=7),
        put("rows", group=-1),
        put("findings", main="landelijk"),
        lambda rows: rows.append(next(row for row in rows if row[0] == "figures")),
        lambda rows: rows.append(["versions", "[" * 20_000]),
        lambda rows: rows.append(["versions", "geen json"]),
        lambda rows: rows.append(["nieuw", "{}"]),
        lambda rows: rows.__delitem__(slice(4, None)),
        lambda rows: rows.__delitem__(slice(1, None)),
    ],
)
def test_what_does_not_hold_together_is_refused(
    file: bytes, reference: pipeline.Reference, change: Callable[[list[list[str]]], None]
) -> None:
    def and_keep_four(rows: list[list[str]]) -> None:
        change(rows)
        rows += [["", ""]] * (4 - len(rows))

    with pytest.raises(Refused, match=BREAK_OFF):
        read(rewritten(file, and_keep_four), reference)


def test_a_figure_changed_by_hand_is_noticed(file: bytes, reference: pipeline.Reference) -> None:
    change = put("figures", school={"percentage": 99, "lower": 1, "upper": 99, "pupils": 305, "weighted": False})
    with pytest.raises(Refused, match=BREAK_OFF):
        read(rewritten(file, change, resealed=False), reference)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda rows: rows[2].__setitem__(1, "2"), "een andere versie van het dashboard"),
        (put("about", codebook="onbekend"), "hoort bij een vragenlijst"),
        (put("about", needs=["bestaat-niet"]), "hoort bij een vragenlijst"),
    ],
)
def test_what_belongs_to_another_version_says_so(
    file: bytes, reference: pipeline.Reference, change: Callable[[list[list[str]]], None], said: str
) -> None:
    with pytest.raises(Refused, match=said):
        read(rewritten(file, change), reference)


def test_other_wording_of_a_question_is_refused(file: bytes, reference: pipeline.Reference) -> None:
    (book,) = [item for item in reference.codebooks if item.id == "glce-voorbeeld"]
    changed = replace(book, indicators=tuple(replace(item, version="anders") for item in book.indicators))
    with pytest.raises(Refused, match="hoort bij een vragenlijst"):
        read(file, replace(reference, codebooks=(changed,)))


def test_every_other_file_is_left_to_others(demo: Made, reference: pipeline.Reference) -> None:
    for data in (*demo.files.values(), b"", b"PK\x03\x04", b"a;b\n1;2"):
        assert read(data, reference) == ()


def populations(demo: Made, reference: pipeline.Reference) -> tuple[Parcel, Parcel]:
    """The parcel of the bovenbouw, and one like it of the onderbouw."""
    upper = pipeline.pack_parcel((demo.analysis,), pipeline.Packing(DAY, "0.1", WISHES, (AGREED,)), reference)
    return upper, replace(upper, about=replace(upper.about, bouw=Bouw.LOWER))


def test_both_populations_of_a_school_come_in_one_file(demo: Made, reference: pipeline.Reference) -> None:
    both = populations(demo, reference)
    data = pipeline.write_parcels(both, reference)
    assert pipeline.read_parcels(data, "schoolpakket.xlsx", reference) == both
    names = openpyxl.load_workbook(io.BytesIO(data)).sheetnames
    kinds = ("Lees mij", "Cijfers", "Gegevens", SUGGESTIONS)
    people = [f"{kind} {bouw}" for bouw in ("bovenbouw", "onderbouw") for kind in kinds]
    assert names == [*people, AGREEMENTS, SHEET, SECOND]


def test_together_they_tell_no_more_than_each_alone(demo: Made, reference: pipeline.Reference) -> None:
    """What is read back is row for row what the file of one population holds."""
    both = populations(demo, reference)
    book = openpyxl.load_workbook(io.BytesIO(pipeline.write_parcels(both, reference)))
    for sheet, parcel in zip((SHEET, SECOND), both, strict=True):
        alone = openpyxl.load_workbook(io.BytesIO(pipeline.write_parcels([parcel], reference)))[SHEET]
        assert list(book[sheet].values) == list(alone.values)


@pytest.mark.parametrize("changed", [{"school": "Een andere"}, {"year": "2023-2024"}])
def test_parcels_that_do_not_belong_together_are_refused(
    demo: Made, reference: pipeline.Reference, changed: dict[str, object]
) -> None:
    upper, lower = populations(demo, reference)
    other = replace(lower, about=replace(lower.about, **changed))
    with pytest.raises(Refused, match=BREAK_OFF):
        pipeline.read_parcels(pipeline.write_parcels([upper, other], reference), "schoolpakket.xlsx", reference)


def test_the_rows_are_the_same_every_time(demo: Made, reference: pipeline.Reference) -> None:
    packing = pipeline.Packing(DAY, "0.1", WISHES)
    one, other = (pipeline.pack_parcel((demo.analysis,), packing, reference) for _ in range(2))
    assert parcel_rows(one) == parcel_rows(other)


def test_a_population_that_stands_in_it_twice_is_refused(demo: Made, reference: pipeline.Reference) -> None:
    upper, lower = populations(demo, reference)
    book = openpyxl.load_workbook(io.BytesIO(pipeline.write_parcels([upper, lower], reference)))
    del book[SECOND]
    twice = book.create_sheet(SECOND)
    for row in parcel_rows(upper):
        twice.append(row)
    out = io.BytesIO()
    book.save(out)
    with pytest.raises(Refused, match=BREAK_OFF):
        read(out.getvalue(), reference)
