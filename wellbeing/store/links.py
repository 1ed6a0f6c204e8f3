"""Which column is which question: what people chose once, for next year and for a colleague."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from typing import Annotated, Literal

from pydantic import Field, TypeAdapter, ValidationError
from pydantic.dataclasses import dataclass

from wellbeing.model.reference import STRICT
from wellbeing.store.failures import StoreError

MOST = 5_000
Short = Annotated[str, Field(min_length=1, max_length=200)]
Heading = Annotated[str, Field(min_length=1, max_length=1_000)]
Target = Annotated[str, Field(pattern=r"^((role:)?[A-Za-z][A-Za-z0-9_\-]*)?$", max_length=200)]

NOT_LINKS = (
    "Dit is geen bestand met gekoppelde kolommen van het dashboard, of het is veranderd. "
    "Vraag uw collega om het opnieuw te bewaren en te sturen."
)
NOT_A_TARGET = "Niet opgeslagen: een kolom kan alleen aan een vraag of aan een vast gegeven worden gekoppeld."


@dataclass(frozen=True, config=STRICT)
class LinkChoices:
    """The links of one version of a source.

    ``source`` names the supplier or questionnaire, ``fingerprint`` the set of its headings.
    ``targets`` give per heading a question id, a role ("role:school"), or "" for "not used"; a value
    of a pupil cannot be one.
    """

    source: Short
    fingerprint: Short
    targets: Annotated[dict[Heading, Target], Field(max_length=MOST)]


@dataclass(frozen=True, config=STRICT)
class _LinkFile:
    """A file for a colleague. No answers, no counts: headings and what they mean."""

    kind: Literal["welbevinden-koppelingen"]
    version: Literal[1]
    choices: Annotated[tuple[LinkChoices, ...], Field(max_length=MOST)]


_FILE = TypeAdapter(_LinkFile)


def fingerprint(headings: Iterable[str]) -> str:
    """Give a short name for a set of headings; their order, capitals and spaces at the ends do not matter.

    >>> fingerprint(["Klas", "School"]) == fingerprint([" school", "klas"])
    True
    """
    names = "\n".join(sorted(heading.strip().casefold() for heading in headings))
    return hashlib.sha256(names.encode()).hexdigest()[:32]


def choose(source: str, headings: str, targets: Mapping[str, str]) -> LinkChoices:
    """Give the links of a source; ``headings`` is its fingerprint.

    Raises:
        StoreError: if a target is neither a question nor a role.
    """
    try:
        return LinkChoices(source, headings, dict(targets))
    except ValidationError:
        raise StoreError(NOT_A_TARGET) from None


def write_file(choices: Iterable[LinkChoices]) -> bytes:
    """Give the file (JSON) for a colleague."""
    return _FILE.dump_json(_LinkFile("welbevinden-koppelingen", 1, tuple(choices)), indent=2)


def read_file(data: bytes) -> tuple[LinkChoices, ...]:
    """Read the file of a colleague.

    Raises:
        StoreError: if it is anything else, in any respect.
    """
    try:
        return _FILE.validate_json(data).choices
    except ValidationError:
        raise StoreError(NOT_LINKS) from None
