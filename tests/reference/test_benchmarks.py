"""A workbook of comparison figures that is not ours, or that someone changed."""

from __future__ import annotations

import copy
from collections.abc import Callable

import pytest

from wellbeing.model.benchmark import Breakdown, CellId
from wellbeing.model.reference import Bouw
from wellbeing.model.results import Count, Weighted
from wellbeing.reference.benchmarks import CHANGED, NOT_OURS, parse_benchmark
from wellbeing.reference.schema import ReferenceDataError

Sheets = dict[str, list[list[str]]]

HEAD = ["bouw", "uitsplitsing", "groep", "naam", "leerlingen", "scholen", "onderwerp", "aantal", "totaal"]
SHEETS: Sheets = {
    "Lees mij": [["Vergelijkingscijfers"]],
    "Meting": [
        ["wat", "waarde"],
        ["regio", "Duinrand"],
        ["jaar", "2024-2025"],
        ["vragenlijst", "Klein"],
        ["codeboek", "klein"],
        ["deelbaar", "nee"],
    ],
    "Onderwerpen": [["onderwerp", "versie van de vraag", "naam"], ["a", "2025", "Onderwerp a"], [""]],
    "Scholen": [["school"], ["De Werf"], [""], []],
    "Cijfers": [
        HEAD,
        ["bovenbouw", "totaal", "totaal", "Totaal", "100", "4", "a", "30", "98", "98.5", "30.25", "99", "31"],
        ["bovenbouw", "niveau", "havo", "Havo", "60", "", "a", "20", "60", "", "", "", ""],
        ["bovenbouw", "niveau", "vwo", "Vwo", "40", "2", "a", "10", "38"],
    ],
    "Samenhang": [["bouw", "onderwerp", "ander onderwerp", "samenhang"], ["bovenbouw", "a", "b", "0.25"]],
}


def changed(change: Callable[[Sheets], object]) -> Sheets:
    sheets = copy.deepcopy(SHEETS)
    change(sheets)
    return sheets


def test_a_workbook_is_read_cell_by_cell() -> None:
    found = parse_benchmark(SHEETS)
    assert (found.region, found.year, found.instrument, found.codebook) == ("Duinrand", "2024-2025", "Klein", "klein")
    assert (found.schools, found.shareable, found.versions) == (("De Werf",), False, {"a": "2025"})
    whole = found.cells[CellId(Bouw.UPPER, Breakdown.TOTAL, "totaal")]
    assert (whole.label, whole.pupils, whole.schools) == ("Totaal", 100, {"a": 4})
    assert whole.figures == {"a": Count(30, 98)}
    assert whole.weighted == {"a": Weighted(98.5, 30.25, 99.0, 31.0)}
    havo = found.cells[CellId(Bouw.UPPER, Breakdown.LEVEL, "havo")]
    assert (havo.schools, havo.weighted) == (None, {})
    assert found.cells[CellId(Bouw.UPPER, Breakdown.LEVEL, "vwo")].weighted == {}
    assert found.correlations == {Bouw.UPPER: {("a", "b"): 0.25}}


def test_it_may_leave_the_ggd_only_when_it_says_so() -> None:
    assert parse_benchmark(changed(lambda sheets: sheets["Meting"][5].__setitem__(1, "ja"))).shareable


@pytest.mark.parametrize("name", ["Meting", "Onderwerpen", "Scholen", "Cijfers"])
def test_another_workbook_is_refused(name: str) -> None:
    with pytest.raises(ReferenceDataError) as error:
        parse_benchmark(changed(lambda sheets: sheets.pop(name)))
    assert error.value.problems == [NOT_OURS] or tuple(error.value.problems) == (NOT_OURS,)


@pytest.mark.parametrize(
    ("change", "where"),
    [
        (lambda sheets: sheets["Meting"].pop(1), "blad Meting: regio ontbreekt"),
        (lambda sheets: sheets["Meting"].pop(5), "blad Meting: deelbaar ontbreekt"),
        (lambda sheets: sheets["Cijfers"][2].__setitem__(7, "61"), "blad Cijfers, regel 3"),
        (lambda sheets: sheets["Cijfers"][1].__setitem__(7, "-1"), "blad Cijfers, regel 2"),
        (lambda sheets: sheets["Cijfers"][1].__setitem__(8, "veel"), "blad Cijfers, regel 2"),
        (lambda sheets: sheets["Cijfers"][1].__setitem__(0, "hele school"), "blad Cijfers, regel 2"),
        (lambda sheets: sheets["Cijfers"][1].__setitem__(1, "wijk"), "blad Cijfers, regel 2"),
        (lambda sheets: sheets["Cijfers"][1].__setitem__(10, "?"), "blad Cijfers, regel 2"),
        (lambda sheets: sheets["Cijfers"].insert(3, []), "blad Cijfers, regel 4"),
        (lambda sheets: sheets["Cijfers"].append(sheets["Cijfers"][1]), "dubbele of lege regels"),
        (lambda sheets: sheets["Cijfers"].__setitem__(slice(1, None), []), "dubbele of lege regels"),
        (lambda sheets: sheets["Samenhang"][1].__setitem__(3, "sterk"), "blad Samenhang, regel 2"),
        (lambda sheets: sheets["Cijfers"][3].__setitem__(slice(7, 9), ["11", "38"]), "bij 'a' passen de groepen niet"),
        (lambda sheets: sheets["Cijfers"][3].__setitem__(slice(7, 9), ["10", "39"]), "bij 'a' passen de groepen niet"),
        (lambda sheets: sheets["Cijfers"][1].__setitem__(slice(7, 9), ["5", "5"]), "bij 'a' passen de groepen niet"),
    ],
)
def test_a_changed_workbook_is_refused_with_the_place(change: Callable[[Sheets], object], where: str) -> None:
    with pytest.raises(ReferenceDataError) as error:
        parse_benchmark(changed(change))
    (problem,) = error.value.problems
    assert problem.startswith(CHANGED)
    assert where in problem


def test_groups_without_a_figure_for_the_whole_are_read() -> None:
    assert len(parse_benchmark(changed(lambda sheets: sheets["Cijfers"].pop(1))).cells) == 2


@pytest.mark.parametrize("weight", ["inf", "nan"])
def test_a_weight_that_is_no_number_is_refused(weight: str) -> None:
    with pytest.raises(ReferenceDataError):
        parse_benchmark(changed(lambda sheets: sheets["Cijfers"][1].__setitem__(9, weight)))


def test_a_correlation_beyond_one_is_refused() -> None:
    with pytest.raises(ReferenceDataError):
        parse_benchmark(changed(lambda sheets: sheets["Samenhang"][1].__setitem__(3, "12")))
