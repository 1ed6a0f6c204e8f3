"""One calendar of a school year: what was agreed, what is looked at together, and theme weeks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from wellbeing.model.conversation import SETTLED, Agreement, Conversation
from wellbeing.model.school_work import Moment, MomentKind, YearPlan

AGREEMENT = "afspraak"
FIRST_MONTH = 8


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the calendar, from its first to its last day; ``who`` is a role, ``row`` a theme week."""

    first: dt.date
    last: dt.date
    what: str
    kind: str
    who: str = ""
    row: str = ""
    is_settled: bool = False

    @property
    def is_kick_off(self) -> bool:
        """Whether it is a theme week: a kick-off, never a package."""
        return self.kind == MomentKind.THEME_WEEK


def school_year_of(year: str) -> tuple[dt.date, dt.date]:
    """Give the first and the last day of a school year.

    >>> school_year_of("2026-2027")
    (datetime.date(2026, 8, 1), datetime.date(2027, 7, 31))
    """
    first = int(year[:4])
    return dt.date(first, FIRST_MONTH, 1), dt.date(first + 1, FIRST_MONTH - 1, 31)


def calendar(plan: YearPlan, records: Iterable[Conversation], year: str) -> tuple[Entry, ...]:
    """Give everything of this school year in the order of the days; agreements of every conversation count."""
    begin, end = school_year_of(year)
    agreed = [_agreement(item, item.due) for item in _agreements(records) if item.due and begin <= item.due <= end]
    entries = [*agreed, *map(_moment, plan.moments)]
    return tuple(sorted(entries, key=lambda entry: (entry.first, entry.last, entry.what)))


def without_day(records: Iterable[Conversation]) -> tuple[Agreement, ...]:
    """Give the agreements that are not settled and have no day."""
    return tuple(item for item in _agreements(records) if item.due is None and item.progress not in SETTLED)


def with_moment(plan: YearPlan, moment: Moment) -> YearPlan:
    """Add a moment to the calendar."""
    return YearPlan((*plan.moments, moment))


def without_moment(plan: YearPlan, moment: Moment) -> YearPlan:
    """Take one moment off the calendar."""
    at = plan.moments.index(moment)
    return YearPlan((*plan.moments[:at], *plan.moments[at + 1 :]))


def _agreements(records: Iterable[Conversation]) -> Sequence[Agreement]:
    return [item for record in records for item in record.agreements]


def _agreement(item: Agreement, due: dt.date) -> Entry:
    who = item.who.value if item.who else ""
    return Entry(due, due, item.what, AGREEMENT, who, is_settled=item.progress in SETTLED)


def _moment(item: Moment) -> Entry:
    return Entry(item.first, item.last, item.what, item.kind.value, row=item.row)
