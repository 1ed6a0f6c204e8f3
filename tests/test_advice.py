"""From counts to advice, over generated schools: a claim needs a shown difference, and what is hidden says nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from functools import cache

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.builders import TOTAL, benchmark, cell, codebook, indicator, measurement, place, policy, question
from wellbeing import pipeline
from wellbeing.model.reference import Direction, Sensitivity
from wellbeing.model.results import (
    Analysis,
    Cause,
    Certainty,
    ComparatorKind,
    Comparison,
    Difference,
    Package,
    Proportion,
    Sense,
    Suppressed,
    Wishes,
)
from wellbeing.presentation import offers

DAY = dt.date(2026, 11, 22)
THEMES = ("pesten", "slaap", "alcohol", "bewegen", "voeding", "mentale_gezondheid")
REGION = dict(zip(THEMES, ((100, 1000), (300, 1000), (500, 1000), (700, 1000), (60, 1000), (250, 1000)), strict=True))
CLAIMS = ("gunstiger", "procentpunt", "hoger dan", "lager dan", "anders dan")
"""Words that say that a school differs; "ongunstiger" is among them."""

figures = st.integers(5, 400).flatmap(lambda total: st.tuples(st.integers(0, total), st.just(total)))
schools = st.fixed_dictionaries(dict.fromkeys(THEMES, figures))


@cache
def reference() -> pipeline.Reference:
    """Give six subjects, each of its own theme: one favourable, one that is shown for the region only."""
    changes = {
        "bewegen": {"higher_is": Direction.FAVOURABLE},
        "mentale_gezondheid": {"sensitivity": Sensitivity.REGION_ONLY},
    }
    subjects = [replace(indicator(name, catalogue_themes=(name,)), **changes.get(name, {})) for name in THEMES]
    book = codebook(subjects, [question(name) for name in THEMES])
    return replace(pipeline.load_reference(), codebooks=(book,), policy=policy())


def analysed(school: Mapping[str, tuple[int, int]]) -> Analysis:
    beside = benchmark({place(): cell(REGION)})
    return pipeline.analyse(measurement({TOTAL: school}), beside, reference(), main=ComparatorKind.REGION)


def advised(analysis: Analysis, wishes: Wishes | None = None) -> tuple[Package, ...]:
    return pipeline.advise(analysis, wishes or Wishes(), reference(), DAY)


def rows_of(analysis: Analysis) -> dict[str, Comparison]:
    rows = [row for row in analysis.comparisons if row.comparator.kind is ComparatorKind.REGION]
    return {str(row.indicator): row for row in rows}


@settings(max_examples=60, deadline=None)
@given(schools)
def test_every_claim_of_a_difference_stems_from_a_shown_label(school: dict[str, tuple[int, int]]) -> None:
    analysis = analysed(school)
    rows = rows_of(analysis)
    for package in advised(analysis):
        for reason in package.reasons:
            assert reason.indicators
            for name in reason.indicators:
                assert isinstance(rows[name].school, Proportion)
            if reason.cause is Cause.DIFFERS or any(words in reason.sentence for words in CLAIMS):
                for name in reason.indicators:
                    difference = rows[name].difference
                    assert isinstance(difference, Difference)
                    assert difference.verdict is not None
                    assert difference.verdict.certainty in {Certainty.CLEAR, Certainty.POSSIBLE}
                    assert difference.verdict.sense is Sense.UNFAVOURABLE


@settings(max_examples=60, deadline=None)
@given(schools, st.data())
def test_nothing_follows_from_a_hidden_figure(school: dict[str, tuple[int, int]], data: st.DataObject) -> None:
    """Another count behind the same hidden figures gives the same advice."""
    analysis = analysed(school)
    hidden = [name for name, row in rows_of(analysis).items() if isinstance(row.school, Suppressed)]
    other = school | {name: (data.draw(st.integers(0, school[name][1])), school[name][1]) for name in hidden}
    again = analysed(other)
    if {name for name, row in rows_of(again).items() if isinstance(row.school, Suppressed)} == set(hidden):
        assert advised(again) == advised(analysis)
    assert not {package.theme for package in advised(analysis)} & set(hidden)


@settings(max_examples=30, deadline=None)
@given(schools, st.frozensets(st.sampled_from(THEMES), min_size=1))
def test_every_suggestion_says_on_what_it_rests(school: dict[str, tuple[int, int]], needs: frozenset[str]) -> None:
    catalogue = reference().catalogue
    found = advised(analysed(school), Wishes(needs=needs))
    assert needs <= {package.theme for package in found}
    for package in found:
        assert all(reason.sentence for reason in package.reasons)
        for part in package.parts:
            for suggestion in part.suggestions:
                row = catalogue.row(suggestion.row)
                assert part.pillar in row.pillars
                assert "erkenning" in offers.recognition(row)
                assert offers.layers(row)
                assert offers.checked(row).startswith("gecontroleerd op ")
                assert row.source


def test_a_school_like_its_region_differs_in_nothing_and_still_gets_a_package_by_choosing() -> None:
    same = {name: (cases // 5, total // 5) for name, (cases, total) in REGION.items()}
    found = advised(analysed(same), Wishes(needs=frozenset({"pesten"})))
    assert Cause.DIFFERS not in {reason.cause for package in found for reason in package.reasons}
    (package,) = (package for package in found if package.theme == "pesten")
    assert [reason.sentence for reason in package.reasons] == ["Gekozen door de school."]
    assert all(part.suggestions for part in package.parts)
