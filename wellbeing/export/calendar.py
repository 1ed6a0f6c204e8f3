"""The calendar of a school year as an iCalendar file (RFC 5545), for Outlook, Google and others."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from icalendar import Calendar, Event

from wellbeing import __version__

NEXT_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Day:
    """Something that takes whole days, from the first to the last; ``about`` is what a calendar shows below it."""

    first: dt.date
    last: dt.date
    what: str
    about: str = ""


def write_calendar(name: str, days: Iterable[Day], on: dt.date) -> bytes:
    """Give the file with all these days.

    The same day has the same identity in every file, so that a calendar replaces it and does not double it.
    """
    calendar = Calendar()
    calendar.add("prodid", f"-//Welbevinden op school//{__version__}//NL")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", name)
    for day in days:
        calendar.add_component(_event(name, day, on))
    return bytes(calendar.to_ical())


def _event(name: str, day: Day, on: dt.date) -> Event:
    event = Event()
    event.add("uid", f"{_identity(name, day)}@welbevinden-op-school")
    event.add("dtstamp", dt.datetime.combine(on, dt.time(), tzinfo=dt.UTC))
    event.add("summary", day.what)
    event.add("dtstart", day.first)
    event.add("dtend", day.last + NEXT_DAY)  # the first day after it
    event.add("transp", "TRANSPARENT")  # nobody is busy all day
    if day.about:
        event.add("description", day.about)
    return event


def _identity(name: str, day: Day) -> str:
    return hashlib.sha256(f"{name}|{day.what}|{day.first.isoformat()}".encode()).hexdigest()[:24]
