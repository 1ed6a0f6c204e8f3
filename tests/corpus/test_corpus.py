"""Every file of the corpus ends as its item says, and the eight things that hold for every file hold for it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.corpus import everything, table
from tests.corpus.judging import check_all, check_outcome, check_process, known_to, look
from tests.corpus.recipes import ITEMS, File, Recipe, Way
from wellbeing.pipeline import Reference, load_reference

GROUPS = {"A": 31, "B": 30, "C": 26, "D": 27, "E": 16, "F": 10, "G": 10, "H": 8}
QUICK_PROCESSES = {"A01", "A05", "B09"}


def _is_quick(recipe: Recipe, file: File) -> bool:
    """Say whether this is the first file of an item that needs no process of its own."""
    return file is recipe.files[0] and (file.way is Way.HERE or recipe.item in QUICK_PROCESSES)


def _cases() -> list[object]:
    cases = []
    for recipe in everything.RECIPES:
        for number, file in enumerate(recipe.files):
            is_quick = _is_quick(recipe, file)
            marks = [] if is_quick else [pytest.mark.slow]
            if recipe.failing:
                marks.append(pytest.mark.xfail(strict=True, reason=recipe.failing))
            cases.append(pytest.param(recipe, file, id=f"{recipe.item}-{number}", marks=marks))
    return cases


@pytest.fixture(scope="module")
def reference() -> Reference:
    return load_reference()


@pytest.fixture(scope="module")
def known(reference: Reference) -> frozenset[str]:
    return known_to(reference)


@pytest.mark.parametrize(("recipe", "file"), _cases())
def test_file(recipe: Recipe, file: File, reference: Reference, known: frozenset[str], tmp_path: Path) -> None:
    data = file.make()
    if file.way is Way.CHILD:
        seen = check_process(file, data, reference, known, tmp_path)
    else:
        seen = look(file, data, reference, known)
        assert _is_quick(recipe, file) or look(file, data, reference, known).digest() == seen.digest()
    check_all(file, seen)
    check_outcome(file, seen)


@pytest.mark.slow
def test_a_second_run_of_the_quick_files_gives_the_same(reference: Reference, known: frozenset[str]) -> None:
    quick = [recipe.files[0] for recipe in everything.RECIPES if recipe.files and _is_quick(recipe, recipe.files[0])]
    for file in quick:
        data = file.make()
        first, second = (look(file, data, reference, known).digest() for _ in range(2))
        assert first == second, file.name


def test_every_item_of_the_corpus_has_its_recipe() -> None:
    numbers = [f"{group}{number:02}" for group, count in GROUPS.items() for number in range(1, count + 1)]
    assert sorted(ITEMS) == numbers
    assert len(numbers) == 158


def test_there_are_enough_files_and_every_item_has_some() -> None:
    assert sum(len(recipe.files) for recipe in everything.RECIPES) >= 600
    assert [recipe.item for recipe in everything.RECIPES if not recipe.files and not recipe.not_applicable] == [
        recipe.item for recipe in everything.RECIPES if recipe.shown_by
    ]


def test_recipes_give_the_same_files_again() -> None:
    for recipe in everything.RECIPES:
        again = tuple(recipe.make())
        assert [file.expected for file in again] == [file.expected for file in recipe.files]


def test_tests_named_for_an_item_exist() -> None:
    root = Path(__file__).parents[2]
    for recipe in everything.RECIPES:
        for path, name in re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", recipe.shown_by):
            assert f"def {name}(" in (root / path).read_text(encoding="utf-8"), recipe.item


def test_the_table_in_the_docs_is_up_to_date() -> None:
    assert table.PATH.read_text(encoding="utf-8") == table.text(), "python -m tests.corpus.table"
