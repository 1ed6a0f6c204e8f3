"""The log of the store: what happened, added to and never changed."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum


class Event(StrEnum):
    """What is written in the log."""

    MEASUREMENT_SAVED = "meting bewaard"
    BENCHMARK_SAVED = "vergelijkingscijfers bewaard"
    CONVERSATION_STARTED = "gespreksverslag begonnen"
    STATUS_CHANGED = "stand van het gesprek veranderd"
    RETENTION_SET = "bewaartermijn gekozen"
    LINKS_IMPORTED = "koppelingen van een collega toegevoegd"
    MEASUREMENT_EXPIRED = "meting verwijderd na de bewaartermijn"
    BENCHMARK_EXPIRED = "vergelijkingscijfers verwijderd na de bewaartermijn"
    CONVERSATION_EXPIRED = "gespreksverslag verwijderd na de bewaartermijn"
    WORK_STARTED = "werk van de school begonnen"
    WORK_EXPIRED = "werk van de school verwijderd na de bewaartermijn"
    EXPIRED = "bewaartermijn toegepast"
    BACKED_UP = "reservekopie gemaakt"
    RESTORED = "reservekopie teruggezet"


@dataclass(frozen=True, slots=True)
class LogEntry:
    """One line of the log: when (UTC), what, and of which school or region and year. No person stands in it.

    ``number`` is how many it concerns; for a retention term its months.
    """

    at: dt.datetime
    event: Event
    school: str
    year: str
    number: int
