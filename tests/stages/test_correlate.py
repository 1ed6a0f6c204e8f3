"""How subjects go together, beside numpy on pupils who answered both."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

from tests.builders import codebook, indicator, question
from wellbeing.model.reference import Bouw
from wellbeing.model.survey import Scores
from wellbeing.stages.correlate import FEWEST, correlate

SUBJECTS = ("a", "b", "c", "d")
BOOK = codebook(
    [indicator("a"), indicator("b"), indicator("c"), indicator("d", theme="school")], [question(n) for n in SUBJECTS]
)
YEAR = "2024-2025"


def pupils(seed: int = 1, size: int = 900) -> pd.DataFrame:
    """Pupils whose answers go together, with gaps; some of unknown bouw, some of another year."""
    chance = np.random.default_rng(seed)
    tendency = chance.normal(size=(size, 1)) * [0.8, 0.6, -0.5, 0.4] + chance.normal(size=(size, 4))
    answers = np.where(chance.random((size, 4)) < 0.1, np.nan, (tendency > [0.0, 0.8, 0.2, -0.4]).astype(float))
    fields = {
        "school": "De Werf",
        "jaar": chance.choice([YEAR, YEAR, "2020-2021"], size),
        "bouw": chance.choice(np.array(["bovenbouw", "onderbouw", None], object), size, p=[0.5, 0.4, 0.1]),
    }
    return pd.concat([pd.DataFrame(fields), pd.DataFrame(answers, columns=list(SUBJECTS))], axis=1)


def scores(frame: Any) -> Scores:
    return Scores(BOOK, frame, SUBJECTS, {})


@pytest.mark.parametrize("bouw", Bouw)
def test_it_is_the_correlation_of_numpy_over_complete_pairs(bouw: Bouw) -> None:
    frame = pupils()
    found = correlate(scores(frame), YEAR)[bouw]
    inside = frame[(frame["jaar"] == YEAR) & ((frame["bouw"] == bouw.value) | (bouw is Bouw.ALL))]
    assert set(found) == {("a", "b"), ("a", "c"), ("b", "c")}, "only pairs within a theme"
    for (one, other), phi in found.items():
        both = inside[[one, other]].dropna()
        assert phi == pytest.approx(np.corrcoef(both[one], both[other])[0, 1], abs=5.1e-5)
    assert found["a", "b"] > 0.1 > -0.05 > found["a", "c"]


def test_another_engine_gives_the_same() -> None:
    polars = pytest.importorskip("polars")
    frame = pupils(2)
    columns = {name: [None if pd.isna(value) else value for value in frame[name]] for name in frame.columns}
    assert correlate(scores(polars.DataFrame(columns)), YEAR) == correlate(scores(frame), YEAR)


@pytest.mark.parametrize(("both", "known"), [(FEWEST, True), (FEWEST - 1, False)])
def test_few_pupils_with_both_answers_tell_nothing(both: int, known: bool) -> None:
    frame = pupils(3, 4000)
    frame["jaar"], frame["bouw"] = YEAR, "bovenbouw"
    complete = frame.dropna(subset=["a", "b"]).iloc[:both]
    only_one = frame.dropna(subset=["a"]).iloc[:500].assign(b=np.nan)
    found = correlate(scores(pd.concat([complete, only_one])), YEAR)[Bouw.UPPER]
    assert (("a", "b") in found) is known


def test_a_subject_that_everybody_has_goes_with_nothing() -> None:
    frame = pupils(4).assign(a=1.0)
    assert set(correlate(scores(frame), YEAR)[Bouw.ALL]) == {("b", "c")}


def test_a_year_without_pupils_gives_nothing() -> None:
    assert not any(correlate(scores(pupils()), "1999-2000").values())
