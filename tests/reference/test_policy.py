"""The thresholds in ``data/policy.toml``: read, checked, and safe for the protection."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.builders import DATA
from wellbeing.model.reference import Sensitivity
from wellbeing.reference.policy import load_policy
from wellbeing.reference.schema import ReferenceDataError

TEXT = (DATA / "policy.toml").read_text(encoding="utf-8")


def load(tmp_path: Path, text: str) -> object:
    path = tmp_path / "policy.toml"
    path.write_text(text, encoding="utf-8")
    return load_policy(path)


def test_the_rule_of_the_dutch_school_reports() -> None:
    policy = load_policy(DATA / "policy.toml")
    assert (policy.limits.pupils, policy.limits.cases) == (30, 5)
    assert policy.stricter_limits.pupils >= policy.limits.pupils
    assert policy.stricter_limits.cases >= policy.limits.cases


def test_the_protection_can_always_hide_enough() -> None:
    """A shown whole leaves each hidden count as many values as the cases of the rule: at least the width."""
    policy = load_policy(DATA / "policy.toml")
    assert policy.protection_interval < policy.limits.cases
    assert policy.protection_interval < policy.stricter_limits.cases
    assert policy.protection_interval < policy.benchmark.shared_cases


PRESETS = {"30/5": (30, 5), "10/5": (10, 5), "50/10": (50, 10), "100/10": (100, 10)}


def test_the_presets_are_called_what_they_are() -> None:
    policy = load_policy(DATA / "policy.toml")
    assert {name: (item.limits.pupils, item.limits.cases) for name, item in policy.presets.items()} == PRESETS
    assert (policy.limits, policy.stricter_limits) == (
        policy.presets["30/5"].limits,
        policy.presets["30/5"].stricter_limits,
    )


@pytest.mark.parametrize(("name", "limits"), PRESETS.items())
def test_a_preset_is_chosen_in_the_file_or_afterwards(tmp_path: Path, name: str, limits: tuple[int, int]) -> None:
    path = tmp_path / "policy.toml"
    path.write_text(TEXT.replace('# preset = "100/10"', f'preset = "{name}"'), encoding="utf-8")
    chosen = load_policy(path)
    assert chosen == load_policy(DATA / "policy.toml").with_preset(name)
    assert (chosen.limits.pupils, chosen.limits.cases) == limits
    assert chosen.preset == name
    assert chosen.limits_of(Sensitivity.NORMAL) == chosen.limits
    assert chosen.limits_of(Sensitivity.STRICTER) == chosen.limits_of(Sensitivity.REGION_ONLY) == chosen.stricter_limits


def test_percentages_are_whole_since_the_protection_counts_on_it() -> None:
    assert load_policy(DATA / "policy.toml").rounding_step == 1


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("pupils = 30", "pupils = 9", "10 of meer"),
        ("cases = 5", "cases = 4", "5 of meer"),
        ("pupils = 30", 'pupils = "veel"', "limits > pupils"),
        ("[limits]", "[grenzen]", "limits"),
        ('[presets."30/5"]', '[presets."30/4"]\nlimits = { pupils = 30, cases = 4 }\n[presets."30/5"]', "5 of meer"),
        ('[presets."30/5"]', '[presets."9/5"]\nlimits = { pupils = 9, cases = 5 }\n[presets."30/5"]', "10 of meer"),
        ("limits = { pupils = 50, cases = 10 }", "limits = { pupils = 50 }", "cases"),
        ("rounding_step = 1", "rounding_stap = 1", "rounding_stap: deze sleutel is onbekend"),
    ],
)
def test_an_impossible_threshold_is_refused_in_dutch(tmp_path: Path, old: str, new: str, words: str) -> None:
    assert old in TEXT
    with pytest.raises(ReferenceDataError) as error:
        load(tmp_path, TEXT.replace(old, new, 1))
    assert any(problem.startswith("policy.toml") and words in problem for problem in error.value.problems)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("cases = 5", "cases = 2"),
        ("protection_interval = 4", "protection_interval = -4"),
        ("protection_interval = 4", "protection_interval = 5"),
        ("pupils = 50\ncases = 10", "pupils = 29\ncases = 10"),
        ("stricter_limits = { pupils = 100, cases = 10 }", "stricter_limits = { pupils = 40, cases = 10 }"),
        ('# preset = "100/10"', 'preset = "20/5"'),
    ],
)
def test_a_policy_that_undoes_the_protection_is_refused(tmp_path: Path, old: str, new: str) -> None:
    with pytest.raises(ReferenceDataError):
        load(tmp_path, TEXT.replace(old, new, 1))
