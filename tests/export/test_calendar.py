"""The calendar file, read by hand as RFC 5545 writes it down."""

import datetime as dt

from wellbeing.export.calendar import Day, write_calendar

ON = dt.date(2026, 11, 22)
WEEK = Day(
    dt.date(2026, 9, 21), dt.date(2026, 9, 25), "Week Tegen Pesten; aftrap, geen aanpak", "Eén regel\nen nog één."
)


def events(*days, on=ON):
    """The lines of each event: name and value; long lines are unfolded (RFC 5545, 3.1)."""
    text = write_calendar("Jaarplan De Werf", days, on).decode().replace("\r\n ", "")
    assert text.startswith("BEGIN:VCALENDAR\r\n")
    assert text.endswith("END:VCALENDAR\r\n")
    parts = text.split("BEGIN:VEVENT\r\n")[1:]
    return [dict(line.split(":", 1) for line in part.split("END:VEVENT")[0].splitlines()) for part in parts]


def test_days_are_whole_and_the_end_is_the_first_day_after():
    (event,) = events(WEEK)
    assert (event["DTSTART;VALUE=DATE"], event["DTEND;VALUE=DATE"]) == ("20260921", "20260926")
    assert event["DTSTAMP"] == "20261122T000000Z"


def test_signs_with_a_meaning_are_escaped():
    (event,) = events(WEEK)
    assert event["SUMMARY"] == r"Week Tegen Pesten\; aftrap\, geen aanpak"
    assert event["DESCRIPTION"] == r"Eén regel\nen nog één."


def test_a_day_that_is_downloaded_again_replaces_itself():
    (first,), (again,) = events(WEEK), events(WEEK, on=dt.date(2027, 1, 1))
    (other,) = events(Day(WEEK.first, WEEK.last, "Iets anders"))
    assert first["UID"] == again["UID"] != other["UID"]


def test_nobody_is_busy_all_day():
    assert events(WEEK)[0]["TRANSP"] == "TRANSPARENT"


def test_an_empty_calendar_has_no_events():
    assert events() == []
