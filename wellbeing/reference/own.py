"""Codebooks that users made: those in order are used, of the others it is told what is wrong."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from wellbeing.model.reference import Codebook
from wellbeing.reference.codebooks import load_codebook
from wellbeing.reference.schema import ReferenceDataError

TAKEN = "Er is al een vragenlijst met deze naam. Geef de map en de id een andere naam."


@dataclass(frozen=True, slots=True)
class OwnCodebooks:
    """The codebooks of a folder; ``problems`` gives per folder that cannot be used why not."""

    codebooks: tuple[Codebook, ...] = ()
    problems: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def load_own(root: Path, standard: Path, taken: Collection[str]) -> OwnCodebooks:
    """Read every codebook in a folder; one that is not in order does not stop the others.

    ``standard`` is the folder of codebooks on which they may be based, ``taken`` are the names of those.
    """
    found: list[Codebook] = []
    problems: dict[str, tuple[str, ...]] = {}
    folders = sorted(root.iterdir()) if root.is_dir() else []
    for folder in folders:
        if not folder.is_dir() or folder.name.startswith("."):
            continue
        try:
            codebook = load_codebook(folder, standard)
        except ReferenceDataError as error:
            problems[folder.name] = tuple(error.problems)
            continue
        if codebook.id in taken:
            problems[folder.name] = (TAKEN,)
        else:
            found.append(codebook)
    return OwnCodebooks(tuple(found), problems)
