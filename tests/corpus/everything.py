"""All recipes, in the order of their numbers."""

from __future__ import annotations

from tests.corpus import (
    recipes_attack,
    recipes_container,
    recipes_identity,
    recipes_other,
    recipes_scope,
    recipes_shape,
    recipes_text,
    recipes_values,
)
from tests.corpus.recipes import ITEMS

GROUPS = {
    "A": ("Container and file type", recipes_container),
    "B": ("Attack on the parser", recipes_attack),
    "C": ("Shape of the table", recipes_shape),
    "D": ("Values", recipes_values),
    "E": ("Identity and privacy", recipes_identity),
    "F": ("Scope", recipes_scope),
    "G": ("Text files", recipes_text),
    "H": ("Not a file, but input all the same", recipes_other),
}
RECIPES = tuple(ITEMS[item] for item in sorted(ITEMS))
