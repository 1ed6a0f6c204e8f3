"""One set of pupils, counted on every engine, beside the slow count and sums made by hand."""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from tests.builders import DATA, codebook, policy
from tests.oracles.slow_count import read_spellings, scores_of, slow_count
from wellbeing import pipeline
from wellbeing.intake.datasets import ENGINES, PACKAGES
from wellbeing.model.benchmark import Benchmark, Breakdown, CellId
from wellbeing.model.imports import Problem
from wellbeing.model.reference import Bouw
from wellbeing.pipeline import Reference

pytestmark = pytest.mark.slow

PUPILS, PARTS, YEAR = 3_000, 3, "2025"
BOOK = codebook()
WHOLE = CellId(Bouw.ALL, Breakdown.TOTAL, "totaal")
NUMBERS = ("i1", "i2", "i3", "k1", "k2", "s1", "s2")
LABELS = ("klachten", "zorgen", "mening", "k3", "s3", "s4")


def invent_pupil(chance: random.Random) -> dict[str, str]:
    """Give the cells of one pupil as texts; "onzin" and 7 are no answers of these questions."""
    questions = {question.id: question for question in BOOK.questions}
    cells = {
        "School": chance.choice(["De Werf", "Het Baken", "De Kreek", "onbekend", ""]),
        "Jaar": chance.choice(["2024", "2025", "2025", "2025"]),
        "Niveau": chance.choice(["havo", "VWO", " Vmbo-t ", "tweetalig", ""]),
        "Leerjaar": chance.choice(["1", "2", "3", "4", "0", ""]),
        "Geslacht": chance.choice(["Jongen", "meisje", "Een meisje", ""]),
        "Gewicht": chance.choice(["0.5", "1.25", "2.0", ""]),
        "Voornaam": chance.choice(["Sem", "Noor"]),
    }
    for name in (*NUMBERS, *LABELS):
        answer = chance.choice(questions[name].answers)
        codes = [str(answer.code)] * 5 + ["8", "9", ""]
        texts = [answer.label, f" {answer.label.upper()}", f"{answer.code} = {answer.label}", "onzin"]
        cells[name] = chance.choice(codes + (["7"] if name in NUMBERS else texts))
    return cells


@pytest.fixture(scope="module")
def pupils() -> list[dict[str, str]]:
    chance = random.Random(20261122)
    return [invent_pupil(chance) for _ in range(PUPILS)]


@pytest.fixture(scope="module")
def folder(pupils: list[dict[str, str]], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of Parquet in which some columns are numbers and others texts."""
    frame = pd.DataFrame(pupils).replace("", None)
    whole = {name: frame[name].astype("Int8") for name in ("i1", "i2", "Leerjaar")}
    floats = {name: frame[name].astype("float64") for name in ("i3", "s1", "s2", "Gewicht")}
    frame = frame.assign(**whole, **floats, Jaar=frame["Jaar"].astype("Int32"), s4=frame["s4"].astype("category"))
    made = tmp_path_factory.mktemp("parquet")
    for part in range(PARTS):
        frame.iloc[part::PARTS].to_parquet(made / f"deel-{part}.parquet", index=False)
    return made


@dataclass(frozen=True)
class Counted:
    """What one engine made of the folder."""

    columns: tuple[str, ...]
    problems: tuple[Problem, ...]
    benchmark: Benchmark


@pytest.fixture(scope="module")
def reference() -> Reference:
    return replace(pipeline.load_reference(), codebooks=(BOOK,), policy=policy())


@pytest.fixture(scope="module", params=ENGINES)
def counted(request: pytest.FixtureRequest, folder: Path, reference: Reference) -> Iterator[Counted]:
    needs_engine(request.param)
    cluster = "local[2]" if request.param == "spark" else ""
    with pipeline.read_dataset(str(folder), request.param, reference, cluster=cluster) as dataset:
        scored = pipeline.score_dataset(dataset, reference, BOOK.id)
        made = pipeline.build_dataset_benchmark(scored, YEAR, "Duinrand")
        yield Counted(tuple(column.heading for column in dataset.columns), scored.problems, made)


def needs_engine(engine: str) -> None:
    if engine == "spark" and shutil.which("java") is None:
        pytest.skip("Spark needs Java, which is not on this machine")
    if find_spec(PACKAGES[engine]) is None:
        reason = f"{engine} is not installed (requirements-engines.txt)"
        if os.environ.get("WELLBEING_REQUIRE_ENGINES"):
            pytest.fail(reason)
        pytest.skip(reason)


def test_every_cell_has_the_counts_of_the_slow_count(counted: Counted, pupils: list[dict[str, str]]) -> None:
    spellings = read_spellings(DATA / "codebooks" / "schrijfwijzen.csv")
    _, region = slow_count(pupils, BOOK, spellings, policy().upper_from)
    assert len(region) > 100
    assert {
        (YEAR, place.bouw.value, place.breakdown.value, place.key): {
            name: [count.cases, count.total] for name, count in cell.figures.items()
        }
        | {"pupils": [cell.pupils, cell.pupils]}
        for place, cell in counted.benchmark.cells.items()
    } == {
        place: {name: pair for name, pair in figures.items() if pair[1]}  # nobody asked: no figure
        for place, figures in region.items()
        if place[0] == YEAR
    }


def test_weighted_sums_leave_pupils_without_a_weight_out(counted: Counted, pupils: list[dict[str, str]]) -> None:
    of_year = [pupil for pupil in pupils if pupil["Jaar"] == YEAR]
    weighted = counted.benchmark.cells[WHOLE].weighted
    assert len(weighted) == len(BOOK.indicators)
    for name, sums in weighted.items():
        pairs = [(float(pupil["Gewicht"] or 0), scores_of(pupil, BOOK)[name]) for pupil in of_year]
        # The order of adding differs between engines, and with it the last digit.
        assert sums.weights == pytest.approx(sum(w for w, score in pairs if score is not None), rel=1e-12)
        assert sums.case_weights == pytest.approx(sum(w for w, score in pairs if score), rel=1e-12)
        assert sums.squares == pytest.approx(sum(w * w for w, score in pairs if score is not None), rel=1e-12)
        assert sums.case_squares == pytest.approx(sum(w * w for w, score in pairs if score), rel=1e-12)


def test_schools_are_counted_and_named(counted: Counted) -> None:
    assert counted.benchmark.schools == ("De Kreek", "De Werf", "Het Baken")
    assert set(counted.benchmark.cells[WHOLE].schools.values()) == {3}


def test_subjects_of_a_theme_have_their_correlation(counted: Counted, pupils: list[dict[str, str]]) -> None:
    scores = [scores_of(pupil, BOOK) for pupil in pupils if pupil["Jaar"] == YEAR]
    found = counted.benchmark.correlations[Bouw.ALL]
    assert ("twee_van_drie", "twee_van_wie_kon") in found
    for (one, other), phi in found.items():
        both = [(pupil[one], pupil[other]) for pupil in scores if None not in (pupil[one], pupil[other])]
        assert phi == pytest.approx(np.corrcoef(np.array(both, float).T)[0, 1], abs=5.1e-5)


def test_cells_that_are_no_answer_are_told_by_their_number_only(counted: Counted, pupils: list[dict[str, str]]) -> None:
    nonsense = ("7", "onzin", "tweetalig")
    planted = {name: sum(pupil[name] in nonsense for pupil in pupils) for name in pupils[0]}
    told = {problem.heading: problem.rows for problem in counted.problems}
    assert told == {name: times for name, times in planted.items() if times}
    assert not any(value in problem.message for problem in counted.problems for value in nonsense)


def test_columns_of_no_codebook_are_not_there(counted: Counted) -> None:
    assert "School" in counted.columns
    assert "Voornaam" not in counted.columns


def test_a_running_dask_scheduler_is_used_by_its_address(folder: Path, reference: Reference) -> None:
    needs_engine("dask")
    distributed = pytest.importorskip("distributed")
    with (
        distributed.LocalCluster(
            n_workers=1, processes=False, host="127.0.0.1", protocol="tcp", dashboard_address=None
        ) as cluster,
        pipeline.read_dataset(str(folder), "dask", reference, cluster=cluster.scheduler_address) as dataset,
    ):
        scored = pipeline.score_dataset(dataset, reference, BOOK.id)
        assert pipeline.build_dataset_benchmark(scored, YEAR, "Duinrand").cells[WHOLE].pupils > PUPILS / 2
