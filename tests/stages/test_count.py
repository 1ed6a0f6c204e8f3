"""Adding up: what a count is called, what has no school, and the weighted sums of a region."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from tests.builders import benchmark, codebook, indicator, policy, question
from wellbeing.model.benchmark import Breakdown, CellId
from wellbeing.model.reference import Bouw, Role, Sensitivity
from wellbeing.model.results import Count, Dimension, Weighted
from wellbeing.model.survey import Scores
from wellbeing.stages import count
from wellbeing.stages.count import count_measurements, count_region, count_whole
from wellbeing.stages.protect import protect_benchmark

BOOK = codebook([indicator("a"), indicator("b")], [question("a"), question("b")])
COLUMNS = ("school", "jaar", "niveau", "leerjaar", "geslacht", "bouw", "a", "b")
LABELS = {Role.LEVEL: {"havo": "Havo", "vmbo-bk": "Vmbo basis/kader"}, Role.GENDER: {"meisje": "Meisjes"}}
UPPER, LOWER = "bovenbouw", "onderbouw"

PUPILS = (
    ("De Werf", "2025", "havo", "4", "meisje", UPPER, 1.0, None),
    ("De Werf", "2025", "havo", "4", "jongen", UPPER, 0.0, None),
    ("De Werf", "2025", "vmbo-bk", "3", None, UPPER, None, None),
    ("De Werf", "2025", "havo", "2", "meisje", LOWER, 1.0, None),
    ("De Werf", "2024", "havo", "4", "meisje", UPPER, 1.0, None),
    ("Baken", "2025", None, "4", "meisje", UPPER, 1.0, 0.0),
    ("Baken", "2025", None, None, "meisje", None, 1.0, 1.0),
    (None, "2025", "havo", "5", "meisje", UPPER, 1.0, 1.0),
    ("Baken", None, "havo", "5", "meisje", UPPER, 1.0, 1.0),
)


def scores(*pupils: tuple[object, ...], **weights: list[float | None]) -> Scores:
    frame = pd.DataFrame(pupils or PUPILS, columns=COLUMNS)
    frame[list(COLUMNS[:6])] = frame[list(COLUMNS[:6])].astype("object")
    frame[["a", "b"]] = frame[["a", "b"]].astype("float64")
    return Scores(BOOK, frame.assign(**weights), ("a", "b"), LABELS)


def test_schools_years_and_populations_are_apart() -> None:
    found = count_measurements(scores(), (Bouw.UPPER, Bouw.LOWER))
    assert [(m.year, m.school, m.bouw, m.total.pupils) for m in found] == [
        ("2024", "De Werf", Bouw.UPPER, 1),
        ("2025", "Baken", Bouw.UPPER, 1),
        ("2025", "De Werf", Bouw.UPPER, 3),
        ("2025", "De Werf", Bouw.LOWER, 1),
    ]
    assert {m.codebook for m in found} == {"klein"}


def test_groups_in_the_order_of_the_menu_with_the_labels_of_the_export() -> None:
    found = count_measurements(scores(), (Bouw.UPPER,))[2]
    assert [(c.group.dimension, c.group.key, c.group.label, c.pupils) for c in found.groups] == [
        (Dimension.TOTAL, "totaal", "Totaal", 3),
        (Dimension.LEVEL, "vmbo-bk", "Vmbo basis/kader", 1),
        (Dimension.LEVEL, "havo", "Havo", 2),
        (Dimension.LEERJAAR, "3", "3", 1),
        (Dimension.LEERJAAR, "4", "4", 2),
        (Dimension.GENDER, "jongen", "jongen", 1),
        (Dimension.GENDER, "meisje", "Meisjes", 1),
    ]
    assert found.total.figures == {"a": Count(1, 2), "b": Count(0, 0)}
    assert found.strata == {
        "havo|4|meisje": {"a": 1, "b": 0},
        "havo|4|jongen": {"a": 1, "b": 0},
        "vmbo-bk|3|": {"a": 0, "b": 0},
    }


def test_a_file_without_schools_is_one_school() -> None:
    pupils = [(None, *pupil[1:]) for pupil in PUPILS[:3]]
    (found,) = count_measurements(scores(*pupils), (Bouw.UPPER,))
    assert (found.school, found.year, found.total.pupils) == ("Totaal", "2025", 3)


def test_the_whole_file_as_if_it_were_one_school() -> None:
    assert [(m.school, m.year, m.total.pupils) for m in count_whole(scores(), Bouw.ALL)] == [
        ("Totaal", "2024", 1),
        ("Totaal", "2025", 7),
    ]


def test_a_region_counts_every_pupil_of_the_year() -> None:
    cells, schools = count_region(scores(), "2025")
    assert schools == ("Baken", "De Werf")
    whole = cells[CellId(Bouw.UPPER, Breakdown.TOTAL, "totaal")]
    assert (whole.pupils, whole.schools, whole.figures) == (5, {"a": 2, "b": 1}, {"a": Count(3, 4), "b": Count(1, 2)})
    assert whole.weighted == {}
    assert cells[CellId(Bouw.ALL, Breakdown.TOTAL, "totaal")].pupils == 7
    assert cells[CellId(Bouw.UPPER, Breakdown.LEVEL, "")].pupils == 1
    assert cells[CellId(Bouw.UPPER, Breakdown.LEVEL, "havo")].label == "Havo"
    assert cells[CellId(Bouw.UPPER, Breakdown.CROSSED, "vmbo-bk|3|")].pupils == 1


def test_a_region_without_names_does_not_know_its_schools() -> None:
    cells, schools = count_region(scores(*[(None, *pupil[1:]) for pupil in PUPILS]), "2025")
    assert schools == ()
    assert {made.schools for made in cells.values()} == {None}


def test_weighted_sums_by_hand() -> None:
    """Weights 2, 3 and 0.5 (who did not answer), and one pupil without a weight."""
    pupils = [*PUPILS[:3], ("De Werf", "2025", "havo", "4", "meisje", UPPER, 1.0, 1.0)]
    cells, _ = count_region(scores(*pupils, gewicht=[2.0, 3.0, 0.5, None]), "2025")
    whole = cells[CellId(Bouw.UPPER, Breakdown.TOTAL, "totaal")]
    assert whole.weighted["a"] == Weighted(5.0, 2.0, 13.0, 4.0)
    assert whole.weighted["b"] == Weighted(0.0, 0.0, 0.0, 0.0)
    assert whole.figures["a"] == Count(2, 3)


def test_weighted_sums_of_very_many_subjects() -> None:
    """Sixty subjects make 240 weighted columns; pandas may not complain, and numpy gives the same sums."""
    names = [f"s{number}" for number in range(60)]
    chance = np.random.default_rng(20261122)
    values, weights = chance.choice([0.0, 1.0, np.nan], (300, 60)), chance.uniform(0.5, 2.0, 300)
    pupil = ("De Werf", "2025", "havo", "4", "meisje", UPPER)
    frame = pd.DataFrame([pupil] * 300, columns=COLUMNS[:6], dtype="object")
    frame = pd.concat([frame, pd.DataFrame(values, columns=names)], axis=1).assign(gewicht=weights)
    many = Scores(BOOK, frame, tuple(names), LABELS)
    (found,) = count_measurements(many, (Bouw.UPPER,), weighted=True)
    cells, _ = count_region(many, "2025")
    has_it, answered = values == 1, ~np.isnan(values)
    assert [count.cases for count in found.total.figures.values()] == has_it.sum(0).tolist()
    assert [count.total for count in found.total.figures.values()] == answered.sum(0).tolist()
    for sums in (found.total.weighted, cells[CellId(Bouw.UPPER, Breakdown.TOTAL, "totaal")].weighted):
        assert [one.weights for one in sums.values()] == pytest.approx(weights @ answered)
        assert [one.case_weights for one in sums.values()] == pytest.approx(weights @ has_it)
        assert [one.squares for one in sums.values()] == pytest.approx(weights**2 @ answered)
        assert [one.case_squares for one in sums.values()] == pytest.approx(weights**2 @ has_it)


def test_a_long_table_in_pieces_gives_the_same_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    weights = [2.0, 3.0, 0.5, None, 1.0, 1.0, 4.0, 1.0, 1.0]  # whole and half: no digit is lost in adding
    at_once = scores(gewicht=weights)
    measurements, region = count_measurements(at_once, Bouw, weighted=True), count_region(at_once, "2025")
    monkeypatch.setattr(count, "AT_ONCE", 2)
    assert count_measurements(at_once, Bouw, weighted=True) == measurements
    assert count_region(at_once, "2025") == region


def test_a_question_of_one_school_does_not_leave_the_ggd_as_the_region() -> None:
    """Three schools answered a, one of them alone was asked b: its 40 of 120 are not the region's."""
    pupils = [
        (school, "2025", "havo", "4", "meisje", UPPER, float(at < 40), float(at < 40) if school == "A" else None)
        for school in "ABC"
        for at in range(120)
    ]
    cells, schools = count_region(scores(*pupils), "2025")
    made = protect_benchmark(
        benchmark(cells, year="2025", schools=schools), dict.fromkeys(("a", "b"), Sensitivity.NORMAL), policy()
    )
    whole = made.cells[CellId(Bouw.UPPER, Breakdown.TOTAL, "totaal")]
    assert whole.figures == {"a": Count(120, 360)}
