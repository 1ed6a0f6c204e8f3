"""What several pages show: the school's title, conclusions, tables, the legend and the safety net."""

from __future__ import annotations

import re
from collections.abc import Sequence

import streamlit as st

from wellbeing import __version__
from wellbeing.model.reference import Bouw, Codebook, Sensitivity
from wellbeing.model.results import Analysis, Comparator, ComparatorKind, Course, Dimension, Point, PublishedMeasurement
from wellbeing.presentation import figures, formats, markup, offers, wording
from wellbeing.presentation import workings as work
from wellbeing.presentation.figures import Subject
from wellbeing.ui import cache, navigation, session

STATED = (
    "De aantallen zijn teruggerekend uit een tabel met afgeronde percentages. Zit de school zelf in het cijfer van de "
    "regio, dan is een verschil in het echt iets groter."
)
INVENTED = "Voorbeeld met verzonnen cijfers."


def school_title(analysis: Analysis) -> None:
    """Name the school, population and year, and say who answered."""
    shown = analysis.published
    st.title(f"{shown.school}, {wording.population(shown.bouw)} {shown.year}", anchor=False)
    parts = [wording.response(shown)]
    if shown.levels:
        parts.append(f"Schoolniveau: {formats.listing([level.label.lower() for level in shown.levels])}.")
    if figures.is_weighted(analysis):
        parts.append(wording.WEIGHTED)
    if session.is_stated():
        parts.append(STATED)
    if session.state().is_demo:
        parts.append(INVENTED)
    st.html(markup.quiet(" ".join(parts)))
    choose_population()
    warn_of_response(shown)
    if not has_benchmark(analysis):
        no_benchmark()


def warn_of_response(shown: PublishedMeasurement) -> None:
    """Warn where too few pupils answered to speak for the school."""
    warning = wording.response_warning(shown, cache.reference().policy.response)
    if warning:
        st.warning(warning)


def choose_population() -> None:
    """Let the user choose between bovenbouw and onderbouw, where the school has both."""
    found, shown = session.populations()
    if len(found) < 2:
        return

    def keep() -> None:
        session.show(st.session_state["population"])

    st.segmented_control(
        "Welke leerlingen?",
        found,
        default=shown,
        format_func=lambda bouw: formats.capital(Bouw(bouw).value),
        key="population",
        on_change=keep,
        label_visibility="collapsed",
    )


def choose_together() -> None:
    """Offer a small school to take its last two measurements together, and say what that is."""
    chosen = session.state()
    if not session.may_take_together():
        return

    def keep() -> None:
        chosen.together = bool(st.session_state["together"])

    st.toggle("Twee metingen samen", value=chosen.together, key="together", on_change=keep)
    if not chosen.together:
        return
    taken = session.take_together()
    if isinstance(taken, str):
        st.warning(taken)
    else:
        st.html(markup.quiet(wording.together([part.year for part in taken.parts])))


def has_benchmark(analysis: Analysis) -> bool:
    """Whether there are comparison figures at all."""
    return any(item.comparator.year for item in analysis.comparisons)


def no_benchmark() -> None:
    """Say that there is nothing to compare with, and where to get it."""
    st.info("Er zijn nog geen vergelijkingscijfers. U ziet nu alleen de cijfers van de school zelf.")
    st.page_link(navigation.BENCHMARKS.file, label="Vergelijkingscijfers toevoegen", icon=":material/compare_arrows:")


def comparators(analysis: Analysis) -> list[Comparator]:
    """Give what the school as a whole is set beside, region first."""
    found = (figures.main_comparator(analysis, kind) for kind in ComparatorKind)
    return [item for item in found if item is not None and item.year]


def legend(analysis: Analysis) -> None:
    """Explain marks, arrows and colours."""
    found = comparators(analysis)
    st.html(markup.legend(found))
    if any(item.kind is ComparatorKind.EXPECTED for item in found):
        st.html(markup.quiet(wording.EXPECTED))


def limits(analysis: Analysis) -> None:
    """Say how large a difference these numbers can show, and where the method stands."""
    st.html(markup.quiet(wording.detectable(analysis.published, analysis.detectable)))
    st.page_link(navigation.METHOD.file, label="Lees hoe we rekenen", icon=":material/help:")


def workings(analysis: Analysis, rows: Sequence[Subject]) -> list[str]:
    """Give for each row how its figure was worked out, folded away."""
    origin, limits = _origin(analysis), cache.reference().policy.verdict
    return [markup.working(work.steps(row, origin, limits)) for row in rows]


def course_working(analysis: Analysis, course: Course, tested: int) -> str:
    """Give how the change over the years was worked out, folded away."""
    return markup.working(work.course_steps(course, tested, _origin(analysis), cache.reference().policy.verdict))


def _origin(analysis: Analysis) -> work.Origin:
    shown = analysis.published
    parcel = session.state().parcel
    names = [session.source(item) for item in session.years() if item.year in shown.year]
    return work.Origin(
        school=shown.school,
        year=shown.year,
        bouw=shown.bouw.value,
        file_name="schoolpakket van de GGD" if parcel else formats.listing([name for name in names if name]),
        codebook=cache.codebook(analysis).title,
        version=__version__,
        is_pooled=session.is_pooled(analysis),
        is_stated=session.is_stated(),
    )


def safety_net(codebook: Codebook, theme: str | None = None) -> None:
    """Show 113 wherever a subject stands that is shown for the region only."""
    subjects = [item for item in codebook.indicators if theme is None or item.theme == theme]
    if any(item.sensitivity is Sensitivity.REGION_ONLY for item in subjects):
        st.info(wording.SAFETY_NET, icon=":material/favorite:")


def theme_prompt(analysis: Analysis, theme: str) -> str:
    """Give the adviser's question for a theme of the questionnaire."""
    return offers.table_question(cache.codebook(analysis), cache.reference().catalogue, theme)


def point_card(analysis: Analysis, point: Point) -> str:
    """Draw a talking point as a card: its figure, or the question of its theme."""
    codebook = cache.codebook(analysis)
    if point.comparison is None or point.indicator is None:
        label = next(theme.label for theme in codebook.themes if theme.id == point.theme)
        return markup.conversation_card(label, theme_prompt(analysis, point.theme))
    rows = [
        item
        for item in analysis.comparisons
        if item.indicator == point.indicator and item.group.dimension is Dimension.TOTAL
    ]
    subject = figures.subject(rows, codebook.indicator(point.indicator), analysis.findings.main)
    return markup.card(subject, point.kind)


def file_name(analysis: Analysis) -> str:
    """Give a name for files about this school: letters, digits and dashes only."""
    shown = analysis.published
    words = re.sub(r"[^a-z0-9]+", "-", f"{shown.school} {shown.bouw.value} {shown.year}".lower())
    return words.strip("-")


def theme_labels(analysis: Analysis) -> dict[str, str]:
    """Give the themes of which this export has subjects, by id, in the order of the questionnaire."""
    codebook = cache.codebook(analysis)
    found = {item.indicator for item in analysis.comparisons if item.group.dimension is Dimension.TOTAL}
    used = {item.theme for item in codebook.indicators if item.id in found}
    return {theme.id: theme.label for theme in codebook.themes if theme.id in used}
