"""The school's own route to help as one A4."""

from __future__ import annotations

import datetime as dt

from wellbeing.model.report import Block, BulletList, Callout, Kind, Paragraph, Report, Section, Variant
from wellbeing.model.school_work import Route, RoutePart, SchoolWork
from wellbeing.presentation import formats

IN_NEED = (
    "**Is er gevaar? Bel 112.** Denkt iemand aan zelfdoding? Laat die persoon niet alleen. Bel 113 of gratis "
    "0800-0113, dag en nacht, en betrek de jeugdarts."
)
TOGETHER = "Praat met de leerling en de ouders, niet over hen. Zij houden zo veel mogelijk zelf de regie."
ROLES_ONLY = "Op dit blad staan functies, geen namen van leerlingen."
EMPTY = "Nog niet afgesproken."
MAY_SHARE = "Deel informatie over een leerling alleen als dat mag en nodig is, en vertel de leerling wat u deelt."


def compose_route(work: SchoolWork[Route], on: dt.date) -> Report:
    """Put the route together: four questions with roles, what to do at once, and when it was looked at."""
    route = work.content
    steps = [
        Section(Kind.CONVERSATION, f"{number}. {part.value}", "", _blocks(route, part))
        for number, part in enumerate(RoutePart, start=1)
    ]
    first = Section(Kind.CONVERSATION, "Meteen doen", "", (Callout(IN_NEED),))
    last = Section(Kind.CONVERSATION, "Goed om te weten", "", tuple(map(Paragraph, _good_to_know(route))))
    return Report(
        variant=Variant.ROUTE,
        title=f"Ondersteuningsroute: {work.school}",
        school=work.school,
        population="",
        year=work.year,
        identity=f"Ondersteuningsroute {work.school}, schooljaar {work.year}",
        compared="",
        made_on=on,
        date=formats.date(on),
        notice="",
        sections=(first, *steps, last),
    )


def _blocks(route: Route, part: RoutePart) -> tuple[Block, ...]:
    step = route.step(part)
    lines = [f"**{formats.capital(formats.listing([role.value for role in step.roles]))}**"] if step.roles else []
    lines += [line.strip() for line in step.how.splitlines() if line.strip()]
    return (BulletList(tuple(lines)),) if lines else (Paragraph(EMPTY, is_quiet=True),)


def _good_to_know(route: Route) -> tuple[str, ...]:
    looked = f"Samen bekeken op {formats.date(route.evaluated_on)}." if route.evaluated_on else ""
    return tuple(line for line in (TOGETHER, MAY_SHARE, ROLES_ONLY, looked) if line)
