"""Files broken at random end in a table or in a sentence; the long run is ``python -m benchmarks.fuzz``."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest

from benchmarks import fuzz
from tests.intake import exports
from wellbeing.intake import child
from wellbeing.intake.reading import read_export

SAMPLES = 24


@pytest.mark.parametrize("kind", fuzz.good_files())
def test_files_are_good_before_they_are_broken(kind: str) -> None:
    assert len(read_export(fuzz.good_files()[kind], f"x.{kind}", exports.KNOWN).frame) == 30


def test_broken_files_end_in_a_table_or_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setitem(child._ENVIRONMENT, "TMPDIR", str(tmp_path))
    outcomes = [fuzz.run(number) for number in range(SAMPLES)]
    assert [outcome for outcome in outcomes if outcome.is_wrong] == []
    assert {outcome.result for outcome in outcomes} == {"table", "refused"}
    assert list(tmp_path.iterdir()) == []


def test_sample_follows_from_its_number() -> None:
    assert fuzz.make_sample(7) == fuzz.make_sample(7)
    assert fuzz.make_sample(7) != fuzz.make_sample(8)


def test_what_goes_wrong_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    def fall(*_: object) -> None:
        raise KeyError

    monkeypatch.setattr(fuzz, "read_export", fall)
    outcome = fuzz.run(3)
    assert outcome.is_wrong
    assert fuzz.report([outcome], []) == 1
    assert fuzz.report([], ["achtergebleven"]) == 1
    assert fuzz.report([], []) == 0
