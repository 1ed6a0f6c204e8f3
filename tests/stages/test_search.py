"""Search over everything: by words, place, level, leerjaar and audience; what is hidden of care is not searched."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wellbeing.model.reference import Pillar
from wellbeing.reference.interventions import load_catalogue
from wellbeing.stages.search import LEVELS, Query, search

CATALOGUE = load_catalogue(Path(__file__).parents[2] / "data" / "interventions")


def ids(query: Query) -> list[str]:
    return [row.id for row in search(query, CATALOGUE)]


def test_nothing_asked_gives_everything() -> None:
    assert Query(words="  ").is_empty
    assert not Query(words="slaap").is_empty
    assert not Query(leerjaar=1).is_empty
    assert len(ids(Query())) == len(CATALOGUE.rows)


@pytest.mark.parametrize("words", ["kanjer", "KANJERTRAINING", "  Kanjér  ", "training kanjer"])
def test_words_are_found_without_capitals_accents_or_order(words: str) -> None:
    assert "i-kanjertraining" in ids(Query(words=words))


def test_a_word_in_the_title_comes_first() -> None:
    titles = ["pesten" in row.title.casefold() for row in search(Query(words="pesten"), CATALOGUE)]
    assert titles == sorted(titles, reverse=True)
    assert titles[0]
    assert not titles[-1]  # a theme or description says it too


def test_all_words_must_be_there() -> None:
    assert ids(Query(words="slaap kanjertraining")) == []


def test_a_programme_that_was_refused_is_found() -> None:
    assert ids(Query(words="rots en water")) == ["i-rots-en-water"]


def test_of_care_the_description_is_not_searched() -> None:
    care = next(row for row in CATALOGUE.rows if row.name_only)
    assert care.id in ids(Query(words=care.title))
    assert care.id not in ids(Query(words=care.description))


@given(
    st.sampled_from([None, *Pillar]),
    st.sampled_from(["", *(theme.id for theme in CATALOGUE.themes)]),
    st.sampled_from([None, *LEVELS]),
    st.sampled_from([None, *range(1, 7)]),
    st.sampled_from(["", "mentor", "ouder", "GGD"]),
)
def test_every_choice_narrows(
    pillar: Pillar | None, theme: str, level: str | None, leerjaar: int | None, audience: str
) -> None:
    found = search(Query("", pillar, theme, level, leerjaar, audience), CATALOGUE)  # type: ignore[arg-type]
    for row in found:
        assert pillar is None or pillar in row.pillars
        assert not theme or {theme, "alle"} & set(row.themes)
        assert level is None or {level, "alle"} & set(row.levels)
        assert leerjaar is None or leerjaar in range(row.leerjaar_from or 1, (row.leerjaar_to or 6) + 1)
        assert not audience or audience in row.audience
    left_out = set(CATALOGUE.rows) - set(found)
    for row in left_out:
        at_level = level is None or {level, "alle"} & set(row.levels)
        at_leerjaar = leerjaar is None or leerjaar in range(row.leerjaar_from or 1, (row.leerjaar_to or 6) + 1)
        at_theme = not theme or {theme, "alle"} & set(row.themes)
        at_place = (pillar is None or pillar in row.pillars) and (not audience or audience in row.audience)
        assert not (at_level and at_leerjaar and at_theme and at_place)
