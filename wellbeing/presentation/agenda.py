"""The words of the advice conversation: its questions, the points on its agenda, and what was chosen and agreed."""

from __future__ import annotations

from collections.abc import Iterable

from wellbeing.model.catalogue import Catalogue
from wellbeing.model.conversation import Agreement, Choice, Decision, DiscussionPoint
from wellbeing.model.reference import Codebook
from wellbeing.model.results import Change, Course, PointKind, Proportion
from wellbeing.presentation import formats, wording
from wellbeing.presentation.figures import Subject

QUESTIONS = (
    ("Is dit herkenbaar?", "Herkent u de cijfers en de signalen? Wat ziet u zelf op school?"),
    (
        "Waar is behoefte aan?",
        "Welk onderwerp vraagt om iets voor de hele school of een hele groep? Dat kan ook als geen cijfer verschilt.",
    ),
    ("Wat kan de school doen?", "Wat doet u al, wat past erbij, en wat kan de GGD zelf ontwikkelen of aanbieden?"),
)
WITHOUT_FIGURE = "Een thema om over te praten, zonder cijfer."
HIDDEN = "Hierover laten we geen cijfer zien. Herkent u dit op school?"
NO_FIGURE_NAMED = "geen cijfer gekozen"
NOT_MEASURED = "staat niet in deze meting"
OTHER_PUPILS = "Het cijfer staat ernaast, maar zegt niet of het door de afspraak komt. Er vulden andere leerlingen in."
INVENTED = "Voorbeeld met verzonnen cijfers. Deze school bestaat niet."
HOW_CHOSEN = {
    Decision.OPEN: Decision.OPEN.value,
    Decision.CHOSEN: "gekozen door de school",
    Decision.DROPPED: Decision.DROPPED.value,
}


def title(point: DiscussionPoint, codebook: Codebook) -> str:
    """Name a point: its subject, or its theme where it has no figure."""
    names = {indicator.id: indicator.label for indicator in codebook.indicators}
    themes = {theme.id: theme.label for theme in codebook.themes}
    return names.get(point.indicator or "") or themes.get(point.theme, point.theme)


def kind(point: DiscussionPoint, codebook: Codebook) -> str:
    """Say in a few words why a point is on the table; how sure a difference is, stands in its reason."""
    if point.goes_well:
        return "gaat goed"
    if point.kind is PointKind.COMMON:
        subject = next((item for item in codebook.indicators if item.id == point.indicator), None)
        return wording.common(subject) if subject else point.kind.value
    return point.kind.value if point.kind is PointKind.CONVERSATION else "om te bespreken"


def reason(subject: Subject | None, kind: PointKind) -> str:
    """Say why a point is on the agenda: the sentence with its figure, and the label."""
    if subject is None:
        return WITHOUT_FIGURE
    if subject.school is None:
        return HIDDEN
    label = wording.common(subject.indicator) if kind is PointKind.COMMON else subject.label
    return f"{formats.percentage(subject.school.percentage)}. {subject.sentence} {formats.capital(label.rstrip('.'))}."


def figure_now(subject: Subject | None) -> str:
    """Say a figure and its label as on the profile, or why there is none."""
    if subject is None:
        return NOT_MEASURED
    if subject.school is None:
        return subject.hidden
    mark = "." if subject.label[:1].isupper() else ","  # a label may be a sentence of its own
    return f"{formats.percentage(subject.school.percentage)}{mark} {subject.label.rstrip('.')}"


def up_to(courses: Iterable[Course], year: str) -> tuple[Course, ...]:
    """Keep the courses that end at the measurement of this year; the change of another subject is an older one."""
    return tuple(course for course in courses if course.figures[-1].year == year)


def went(course: Course | None, since: str) -> str:
    """Say how a figure went since the measurement at which something was agreed; empty where that is not known.

    ``course`` ends at the measurement of now; the one before it must be that of ``since``, a school year.
    """
    if course is None or len(course.figures) < 2 or course.figures[-2].year != since:
        return ""
    before = course.figures[-2].figure
    if not isinstance(course.change, Change) or not isinstance(before, Proportion):
        return wording.change(course)
    return f"In {since} was het {formats.percentage(before.percentage)}. {wording.change(course)}"


def who_and_when(agreement: Agreement) -> str:
    """Say which role takes an agreement up, and before when."""
    parts = [agreement.who.value] if agreement.who else []
    return ", ".join([*parts, f"voor {formats.date(agreement.due)}"] if agreement.due else parts)


def theme_name(theme: str, catalogue: Catalogue) -> str:
    """Name a theme; one that the catalogue has no longer keeps the name it was kept by."""
    return next((item.label for item in catalogue.themes if item.id == theme), theme)


def offer_name(row: str, catalogue: Catalogue) -> str:
    """Name something a school can do; an own offer of the GGD may have been taken away since."""
    titles = {item.id: item.title for item in catalogue.rows}
    return titles.get(row, "aanbod dat er niet meer is")


def choice(made: Choice, catalogue: Catalogue) -> str:
    """Say what became of something that was on the table, and why."""
    where = f"{theme_name(made.theme, catalogue)}, {made.pillar.value.lower()}"
    why = f": {made.reason}" if made.reason else ""
    return f"**{offer_name(made.row, catalogue)}** ({where}), {HOW_CHOSEN[made.decision]}{why}"
