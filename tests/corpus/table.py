"""Writes docs/corpus.md from the recipes: ``python -m tests.corpus.table``."""

from __future__ import annotations

from pathlib import Path

from tests.corpus.everything import GROUPS, RECIPES
from tests.corpus.recipes import Recipe, Way

PATH = Path(__file__).parents[2] / "docs" / "corpus.md"
INTRODUCTION = """# The corpus

What the import does with awkward and hostile input: {items} items, {files} files, made from seeds by the recipes in
`tests/corpus/` and never stored. Of these, {children} go through the real reading process, the others through the same
functions without it. This page is written by `python -m tests.corpus.table`; a test fails when it is not up to date.
An item that is *not met* is a test that must fail, so that it cannot be mended unseen.

Every file is also held against eight rules, by code that is not the program's:

1. the program lives on, and its memory comes back (real reading process only)
2. an answer comes within ten CPU seconds
3. what the user reads is a Dutch sentence, without an error text, a path or a value of one pupil
4. nothing goes without a count: every row, every column and every filled cell is read, or told as left out
5. no file is left, or even opened for writing
6. no value stands in any log: two columns of every file hold a word that may come out nowhere
7. the answer is the same where the system sets no limits, as on Windows (real reading process only; run on Linux)
8. a second run gives the same answer

For every file that is read, the right answers of all pupils are known from how it was made, and compared cell by cell.
"""


def text() -> str:
    """Give the page."""
    files = [file for recipe in RECIPES for file in recipe.files]
    children = sum(file.way is Way.CHILD for file in files)
    parts = [INTRODUCTION.format(items=len(RECIPES), files=len(files), children=children), _summary()]
    for group, (title, _) in GROUPS.items():
        recipes = [recipe for recipe in RECIPES if recipe.item.startswith(group)]
        lines = [
            f"## {group}. {title}",
            "",
            "| Item | Input | Outcome | Files | Result |",
            "| --- | --- | --- | --: | --- |",
        ]
        parts.append("\n".join([*lines, *map(_line, recipes)]) + "\n")
    return "\n".join(parts)


def _summary() -> str:
    lines = ["| Group | Items | Files | Met | Not met | Not applicable |", "| --- | --: | --: | --: | --: | --: |"]
    for group, (title, _) in GROUPS.items():
        recipes = [recipe for recipe in RECIPES if recipe.item.startswith(group)]
        lines.append(f"| {group}. {title} | {_numbers(recipes)} |")
    return "\n".join([*lines, f"| All | {_numbers(RECIPES)} |"]) + "\n"


def _numbers(recipes: tuple[Recipe, ...] | list[Recipe]) -> str:
    failing = sum(bool(recipe.failing) for recipe in recipes)
    absent = sum(bool(recipe.not_applicable) for recipe in recipes)
    files = sum(len(recipe.files) for recipe in recipes)
    return " | ".join(map(str, (len(recipes), files, len(recipes) - failing - absent, failing, absent)))


def _line(recipe: Recipe) -> str:
    cells = (recipe.item, recipe.what, recipe.stated, str(len(recipe.files) or "–"), _result(recipe))
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _result(recipe: Recipe) -> str:
    if recipe.not_applicable:
        return f"not applicable: {recipe.not_applicable}"
    if recipe.failing:
        return f"**not met**: {recipe.failing}"
    return f"met, see {recipe.shown_by}" if recipe.shown_by else "met"


if __name__ == "__main__":
    PATH.write_text(text(), encoding="utf-8")
