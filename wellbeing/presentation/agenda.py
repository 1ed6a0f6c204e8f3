"""The words of the advice conversation: its questions, and the points on its agenda."""

from __future__ import annotations

from wellbeing.model.conversation import DiscussionPoint
from wellbeing.model.reference import Codebook
from wellbeing.model.results import PointKind
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


def title(point: DiscussionPoint, codebook: Codebook) -> str:
    """Name a point: its subject, or its theme where it has no figure."""
    names = {indicator.id: indicator.label for indicator in codebook.indicators}
    themes = {theme.id: theme.label for theme in codebook.themes}
    return names.get(point.indicator or "") or themes.get(point.theme, point.theme)


def reason(subject: Subject | None, kind: PointKind) -> str:
    """Say why a point is on the agenda: the sentence with its figure, and the label."""
    if subject is None:
        return WITHOUT_FIGURE
    if subject.school is None:
        return HIDDEN
    label = kind.value if kind is PointKind.COMMON else subject.label
    return f"{subject.sentence} ({label})"
