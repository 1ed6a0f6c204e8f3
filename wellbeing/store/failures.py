"""What can go wrong while keeping, each as one Dutch sentence that says what to do."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from pydantic import ValidationError
from sqlalchemy.exc import SQLAlchemyError

from wellbeing.model.conversation import Conversation
from wellbeing.model.school_work import SchoolWork

FULL = (
    "Niet opgeslagen: de schijf is vol. Maak ruimte vrij en probeer het opnieuw. Wat eerder is opgeslagen, is er nog."
)
BUSY = "Niet opgeslagen: iemand anders slaat net iets op. Wacht even en probeer het opnieuw."
DAMAGED = (
    "De opslag is beschadigd. Zet de laatste reservekopie terug met: python -m wellbeing restore, "
    "met daarachter de naam van de reservekopie."
)
NOT_WRITABLE = (
    "Niet opgeslagen: het dashboard mag in deze map niet schrijven. Controleer de rechten van de map, "
    "of kies een andere map met WELLBEING_STORE."
)
FAILED = (
    "De opslag doet het niet: lezen of schrijven lukt niet. Wat eerder is opgeslagen, is er nog. "
    "Controleer de schijf of de databaseserver en probeer het opnieuw."
)
_SENTENCES = (
    ("SQLITE_FULL", FULL),
    ("SQLITE_BUSY", BUSY),
    ("SQLITE_LOCKED", BUSY),
    ("SQLITE_CORRUPT", DAMAGED),
    ("SQLITE_NOTADB", DAMAGED),
    ("SQLITE_READONLY", NOT_WRITABLE),
    ("SQLITE_PERM", NOT_WRITABLE),
    ("SQLITE_CANTOPEN", NOT_WRITABLE),
)


class StoreError(Exception):
    """Something was not kept, or could not be read back; the text is the Dutch sentence to show."""


class ConflictError(StoreError):
    """Somebody else changed the record in the meantime; nothing was overwritten.

    ``newest`` is the record as it now is; absent where it was deleted.
    """

    def __init__(self, newest: Conversation | None) -> None:
        """Keep the newest record beside the sentence."""
        super().__init__(
            "Iemand anders heeft dit gespreksverslag intussen veranderd. Uw laatste wijziging is niet opgeslagen. "
            "Bekijk de nieuwe versie en voeg uw wijziging daarin toe."
        )
        self.newest = newest


class WorkConflictError(StoreError):
    """Somebody else changed this work of the school in the meantime; nothing was overwritten.

    ``newest`` is the work as it now is; absent where it was deleted.
    """

    def __init__(self, newest: SchoolWork[Any] | None) -> None:
        """Keep the newest work beside the sentence."""
        super().__init__(
            "Iemand anders heeft dit intussen veranderd. Uw laatste wijziging is niet opgeslagen. "
            "Bekijk de nieuwe versie en voeg uw wijziging daarin toe."
        )
        self.newest = newest


class ContentConflictError(StoreError):
    """Somebody else changed one of these rows in the meantime; nothing was overwritten."""

    def __init__(self) -> None:
        """Say so."""
        super().__init__(
            "Iemand anders heeft deze inhoud intussen veranderd. Uw wijziging is niet opgeslagen. "
            "Bekijk wat er nu staat en probeer het opnieuw."
        )


@contextmanager
def telling() -> Iterator[None]:
    """Turn errors of the database into a sentence; what was being kept goes into no message.

    Raises:
        StoreError: for every error of the database and every document that cannot be read.
    """
    try:
        yield
    except SQLAlchemyError as error:
        raise StoreError(sentence(getattr(error, "orig", None))) from None
    except ValidationError:
        raise StoreError(DAMAGED) from None


def sentence(error: object) -> str:
    """Give the sentence for an error of a database driver."""
    name = str(getattr(error, "sqlite_errorname", ""))
    return next((found for start, found in _SENTENCES if name.startswith(start)), FAILED)
