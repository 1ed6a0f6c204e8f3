"""The route to help: on one A4, in roles, with what to do at once on top."""

import datetime as dt
import io

import pikepdf

from wellbeing import pipeline
from wellbeing.model.report import BulletList, Callout, Format, Paragraph
from wellbeing.model.school_work import Helper, Route, RoutePart, RouteStep, SchoolWork
from wellbeing.stages.route import compose_route

ON = dt.date(2026, 11, 22)
LONG = "Bespreek het binnen een week in het ondersteuningsteam en spreek af wie het gezin belt. " * 6


def report(**route):
    return compose_route(SchoolWork("De Werf", "2026-2027", Route(**route)), ON)


def test_roles_and_how_stand_at_their_question():
    steps = {RoutePart.SEES: RouteStep((Helper.MENTOR, Helper.TEACHER), "in het mentoruur\n\nmet de leerling")}
    sections = {section.title: section.blocks for section in report(steps=steps).sections}
    assert sections["1. Wie ziet dat het niet goed gaat?"] == (
        BulletList(("**Mentor en docent**", "in het mentoruur", "met de leerling")),
    )
    assert sections["4. Wie helpt?"] == (Paragraph("Nog niet afgesproken.", is_quiet=True),)


def test_what_to_do_at_once_stands_on_top_with_its_numbers():
    (first,) = report().sections[0].blocks
    assert isinstance(first, Callout)
    assert "112" in first.text
    assert "0800-0113" in first.text


def test_the_day_people_looked_at_it_is_told():
    last = report(evaluated_on=dt.date(2027, 5, 3)).sections[-1]
    assert Paragraph("Samen bekeken op 3 mei 2027.") in last.blocks
    assert not any("bekeken" in block.text for block in report().sections[-1].blocks)


def test_a_full_route_fits_one_a4():
    steps = {part: RouteStep(tuple(Helper)[:8], LONG) for part in RoutePart}
    data = pipeline.write_report(report(steps=steps, evaluated_on=ON), Format.PDF)
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert len(pdf.pages) == 1
        assert [round(float(side) / 72 * 25.4) for side in pdf.pages[0].mediabox[2:]] == [210, 297]
