"""What a recipe is: files made from a seed, each with the outcome that it must have.

Every file of pupils holds two columns that could name them, filled with the word ``CANARY``; no
text that leaves the reading process may hold it. The codes of the answers are drawn first and then
written, so that for every file that is read the right answers are known without reading it.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Any

from tests.builders import DATA
from wellbeing.reference.codebooks import load_codebooks

CANARY = "kanarie"
BOOK = next(book for book in load_codebooks(DATA / "codebooks") if book.id == "glce-voorbeeld")
QUESTIONS = {question.id: question for question in BOOK.questions}
ASKED = ("gezondheid", "geluk", "wiet", "toekomst", "ontbijt", "roken")
ROLES = ("school", "jaar", "niveau", "leerjaar", "geslacht")
ROLE_HEADINGS = ("School", "Schooljaar", "Niveau", "Leerjaar", "Geslacht")
NAMES = ("De Werf", "Het Baken", "Duinrand Lyceum", "Polderhof", "De Vaart", "Zandkust College")
LEVELS = {"vmbo-bk": "Vmbo-bk", "vmbo-gt": "Vmbo-gt", "havo": "Havo", "vwo": "Vwo"}
GENDERS = {"jongen": "Jongen", "meisje": "Meisje"}
IDENTIFYING = ("Naam leerling", "Opmerkingen")


class Outcome(StrEnum):
    """How a file may end."""

    OK = "read"
    TOLD = "read and told"
    ASKED = "asked"
    REFUSED = "refused"


class Way(StrEnum):
    """Which way a file takes: the functions in this process, or the real reading process."""

    HERE = "here"
    CHILD = "child"


@dataclass(frozen=True)
class File:
    """One file of the corpus and what must become of it.

    ``saying`` must be found in what is told, asked or refused. ``expected`` gives per question or
    role the right answer of every pupil; ``lines`` how many rows the sheet has from its first one,
    ``headings`` what stands above its columns. ``planted`` may come out nowhere. ``told`` is what
    the user has already replied, and ``pick`` the sheet. ``is_figures`` says that tables of figures are
    looked for first, as the page does; ``may_refuse`` that refusing is as good. ``check`` looks at the rest.
    """

    make: Callable[[], bytes]
    outcome: Outcome
    saying: str = ""
    name: str = "export.xlsx"
    expected: Mapping[str, Sequence[object]] = field(default_factory=dict)
    lines: int | None = None
    headings: Sequence[str] = ()
    planted: tuple[str, ...] = ()
    told: Mapping[str, str] = field(default_factory=dict)
    pick: str | tuple[str, ...] = ""
    way: Way = Way.HERE
    is_figures: bool = False
    may_refuse: bool = False
    check: Callable[[Any], None] | None = None


Maker = Callable[[], Iterable[File]]


@dataclass(frozen=True)
class Recipe:
    """One numbered item of the corpus.

    ``failing`` says why the stated outcome is not met, ``not_applicable`` why the item is not about
    this product; ``shown_by`` names the tests that show it where it is not about one file.
    """

    item: str
    what: str
    stated: str
    make: Maker
    failing: str = ""
    not_applicable: str = ""
    shown_by: str = ""

    @cached_property
    def files(self) -> tuple[File, ...]:
        """The files of this item, made from its own number as a seed."""
        return tuple(self.make())


ITEMS: dict[str, Recipe] = {}


def recipe(item: str, what: str, stated: str, *, failing: str = "") -> Callable[[Maker], Maker]:
    """Enter a function that gives files as the recipe of an item."""

    def enter(make: Maker) -> Maker:
        assert item not in ITEMS, item
        ITEMS[item] = Recipe(item, what, stated, make, failing)
        return make

    return enter


def without_files(item: str, what: str, stated: str, *, not_applicable: str = "", shown_by: str = "") -> None:
    """Enter an item that no file can show: it is about what this product has not, or other tests show it."""
    assert item not in ITEMS, item
    assert bool(not_applicable) != bool(shown_by)
    ITEMS[item] = Recipe(item, what, stated, tuple, not_applicable=not_applicable, shown_by=shown_by)


# --------------------------------------------------------------------------- pupils


class Sample:
    """Pupils of an invented school, drawn from a seed: the right answers, and how an export writes them."""

    def __init__(self, seed: str, count: int | None = None) -> None:
        """Draw the answers; about one in twenty is left empty."""
        self.chance = random.Random(seed)
        self.seed = seed
        self.count = count or self.chance.randrange(24, 60)
        self.school = self.chance.choice(NAMES)
        self.expected: dict[str, list[Any]] = {
            "school": [self.school] * self.count,
            "jaar": ["2025-2026"] * self.count,
            "niveau": self.draw(sorted(LEVELS)),
            "leerjaar": self.draw("1234"),
            "geslacht": self.draw(sorted(GENDERS)),
        }
        for name in ASKED:
            codes: list[int | None] = [answer.code for answer in QUESTIONS[name].answers]
            self.expected[name] = [code if self.chance.random() > 0.05 else None for code in self.draw(codes)]

    def draw(self, options: Sequence[Any]) -> list[Any]:
        """Give one of these for every pupil, each option at least a few times."""
        return [options[place % len(options)] for place in self.chance.sample(range(self.count), self.count)]

    def label(self, name: str, code: int | None) -> str:
        """Give the words for an answer."""
        return next((answer.label for answer in QUESTIONS[name].answers if answer.code == code), "")

    @property
    def headings(self) -> list[str]:
        """What stands above the columns."""
        return [*ROLE_HEADINGS, *(QUESTIONS[name].headings[0] for name in ASKED), *IDENTIFYING]

    def rows(self, **written: Sequence[object]) -> list[list[object]]:
        """Give headings and pupils; ``written`` are the cells of a question or role in another spelling."""
        columns: list[Sequence[object]] = []
        for name in (*ROLES, *ASKED):
            columns.append(written.get(name, self.usual(name)))
        columns.append([f"{CANARY.capitalize()} Zwaluw{at:03}" for at in range(self.count)])
        columns.append(
            [f"Ik heet {CANARY} nummer {at} en dit is van mij" if at % 3 else "" for at in range(self.count)]
        )
        return [list(self.headings), *map(list, zip(*columns, strict=True))]

    def usual(self, name: str) -> list[object]:
        """Give the cells of a column as most exports write them."""
        if name in ASKED:
            if name in {"toekomst", "ontbijt"}:
                return ["" if code is None else code for code in self.expected[name]]
            return [self.label(name, code) for code in self.expected[name]]
        labels = {"niveau": LEVELS, "geslacht": GENDERS}.get(name, {})
        if name == "leerjaar":
            return [int(key) for key in self.expected[name]]
        return [labels.get(key, key) for key in self.expected[name]]

    def without(self, *names: str) -> dict[str, Sequence[object]]:
        """Give the right answers but for these questions."""
        return {name: keys for name, keys in self.expected.items() if name not in names}

    def file(
        self,
        write: Callable[[Any], bytes],
        rows: Sequence[Sequence[object]] | None = None,
        outcome: Outcome = Outcome.OK,
        saying: str = "",
        **more: Any,
    ) -> File:
        """Give a file of these pupils, read in full."""
        rows = self.rows() if rows is None else rows
        more = {"expected": self.expected, "lines": len(rows), "headings": self.headings} | more
        return File(lambda: write(rows), outcome, saying, **more)


def samples(item: str, count: int, size: int | None = None) -> Iterator[Sample]:
    """Give so many different samples for an item."""
    for number in range(count):
        yield Sample(f"{item}/{number}", size)
