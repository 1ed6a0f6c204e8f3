"""Search in everything there is to offer, whether it fits the school or not."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import get_args

from wellbeing.model.catalogue import EVERY_LEVEL, EVERY_THEME, Catalogue, CatalogueLevel, CatalogueRow
from wellbeing.model.reference import Pillar

LEVELS: tuple[CatalogueLevel, ...] = tuple(level for level in get_args(CatalogueLevel) if level != EVERY_LEVEL)
"""The school levels one can look for."""


@dataclass(frozen=True, slots=True)
class Query:
    """What somebody looks for; what is empty or absent does not narrow the search.

    ``words`` must all be found, each as a part of a word, in the title, description, kind, owner,
    audience or themes of a row; capitals and accents do not count. ``theme`` is of the catalogue.
    """

    words: str = ""
    pillar: Pillar | None = None
    theme: str = ""
    level: CatalogueLevel | None = None
    leerjaar: int | None = None
    audience: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing was asked."""
        return self == Query(words=self.words) and not self.words.strip()


def search(query: Query, catalogue: Catalogue) -> tuple[CatalogueRow, ...]:
    """Give all rows that answer the query; those with the words in their title first, then as in the catalogue.

    What is meant for every theme, level or leerjaar is found by each of them.
    """
    words = plain(query.words).split()
    found = [row for row in catalogue.rows if _answers(row, query) and _has(words, _text(row, catalogue))]
    return tuple(sorted(found, key=lambda row: not _has(words, plain(row.title))))


def plain(text: str) -> str:
    """Give a text without capitals and accents.

    >>> plain("Één Zorgcoördinator")
    'een zorgcoordinator'
    """
    split = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in split if not unicodedata.combining(letter))


def _answers(row: CatalogueRow, query: Query) -> bool:
    return (
        (query.pillar is None or query.pillar in row.pillars)
        and (not query.theme or bool({query.theme, EVERY_THEME} & set(row.themes)))
        and (query.level is None or bool({query.level, EVERY_LEVEL} & set(row.levels)))
        and (query.leerjaar is None or _is_for(row, query.leerjaar))
        and (not query.audience or query.audience in row.audience)
    )


def _is_for(row: CatalogueRow, leerjaar: int) -> bool:
    return (row.leerjaar_from or leerjaar) <= leerjaar <= (row.leerjaar_to or leerjaar)


def _text(row: CatalogueRow, catalogue: Catalogue) -> str:
    themes = [theme.label for theme in catalogue.themes if theme.id in row.themes]
    description = "" if row.name_only else row.description
    return plain(" ".join([row.title, description, row.type.value, row.owner, *row.audience, *themes]))


def _has(words: list[str], text: str) -> bool:
    return all(word in text for word in words)
