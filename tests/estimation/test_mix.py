"""The expected share of a mix of levels beside plain arithmetic."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.proportion import proportion_confint

from wellbeing.estimation.mix import Stratum, expected_share
from wellbeing.estimation.proportions import wilson_interval

strata = st.builds(
    lambda pupils, total, part: Stratum(pupils, round(part * total), total),
    st.integers(0, 300),
    st.integers(1, 5000),
    st.floats(0, 1),
)
mixes = st.lists(strata, min_size=1, max_size=6).filter(lambda made: any(stratum.pupils for stratum in made))


@given(strata.filter(lambda stratum: stratum.pupils > 0))
def test_one_level_is_that_level_itself(stratum: Stratum) -> None:
    found = expected_share([stratum])
    assert found.share == pytest.approx(stratum.cases / stratum.total, abs=1e-12)
    assert found.effective == pytest.approx(stratum.total)
    limits = wilson_interval(found.share * found.effective, found.effective)
    assert limits == pytest.approx(proportion_confint(stratum.cases, stratum.total, method="wilson"), abs=1e-9)


@given(mixes)
def test_several_levels_are_added_by_hand(made: list[Stratum]) -> None:
    pupils = sum(stratum.pupils for stratum in made)
    share = sum(s.pupils * s.cases / s.total for s in made) / pupils
    found = expected_share(made)
    assert found.share == pytest.approx(share, abs=1e-12)
    assert found.effective > 0
    assert 0 <= found.share <= 1


def test_the_margin_is_that_of_the_effective_number() -> None:
    """Two equal halves at 20% and 40% of 100 pupils each: variance (0.16 + 0.24) / 4 / 100, so n = 210."""
    found = expected_share([Stratum(60, 20, 100), Stratum(60, 40, 100)])
    assert found.share == pytest.approx(0.30)
    assert found.effective == pytest.approx(210)


def test_a_level_without_pupils_weighs_nothing() -> None:
    assert expected_share([Stratum(60, 20, 100), Stratum(0, 0, 0)]) == expected_share([Stratum(60, 20, 100)])


def test_a_mix_of_nobody_and_everybody_keeps_a_margin() -> None:
    found = expected_share([Stratum(50, 0, 80), Stratum(50, 0, 20)])
    assert (found.share, found.effective) == (0.0, 100.0)
    assert expected_share([Stratum(70, 3, 3), Stratum(30, 7, 7), Stratum(7, 11, 11)]).share == pytest.approx(1.0)


@pytest.mark.parametrize("made", [[], [Stratum(0, 1, 10)], [Stratum(10, 0, 0), Stratum(10, 3, 10)]])
def test_a_mix_without_pupils_or_region_is_refused(made: list[Stratum]) -> None:
    with pytest.raises(ValueError, match="needs pupils"):
        expected_share(made)
