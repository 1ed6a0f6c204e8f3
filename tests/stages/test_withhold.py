"""What another edition cannot tell does not count for its pupils; everything else stays."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from tests import builders
from wellbeing.model.survey import Answers, Scores
from wellbeing.stages.withhold import withhold_answers, withhold_scores

COLUMNS = {
    "jaar": ["2021", "2021", "2023", None],
    "klachten": [1.0, 0.0, 1.0, 1.0],
    "eens": [0.0, None, 1.0, 0.0],
}
BOOK = builders.codebook()
ANSWERS = Answers(BOOK, pd.DataFrame({"klachten": [1, 2, 1, 1], "mening": [1, 2, 3, 1]}).astype("Int64"), {})


def scores(frame: Any) -> Scores[Any]:
    return Scores(BOOK, frame, ("klachten", "eens"), {})


def frames() -> list[Any]:
    made: list[Any] = [pytest.param(pd.DataFrame(COLUMNS), id="pandas")]
    polars = pytest.importorskip("polars")
    return [*made, pytest.param(polars.DataFrame(COLUMNS), id="polars")]


@pytest.mark.parametrize("frame", frames())
def test_only_that_subject_in_that_year_is_left_out(frame: Any) -> None:
    left = withhold_scores(scores(frame), {"2021": {"klachten"}}).frame
    kept = {name: [None if pd.isna(value) else value for value in left[name]] for name in ("klachten", "eens")}
    assert kept == {"klachten": [None, None, 1.0, 1.0], "eens": [0.0, None, 1.0, 0.0]}


def test_without_a_change_the_scores_are_the_same_object() -> None:
    made = scores(pd.DataFrame(COLUMNS))
    assert withhold_scores(made, {}) is made
    assert withhold_scores(made, {"2021": {"onbekend"}}) is made


def test_the_answers_behind_it_go_and_those_that_another_subject_needs_stay() -> None:
    """Behind `klachten` stand other subjects too; behind `eens` alone stands the question `mening`."""
    changed = {"2021": {"klachten", "eens"}}
    left = withhold_answers(ANSWERS, scores(pd.DataFrame(COLUMNS)), changed).frame
    assert left["klachten"].tolist() == [1, 2, 1, 1]
    assert [None if pd.isna(code) else code for code in left["mening"]] == [None, None, 3, 1]
    assert ANSWERS.frame["mening"].tolist() == [1, 2, 3, 1]
