"""The parts of Gelijke kansen: groups of the school, levels, the three levers, and who is reached less."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from wellbeing.model.chances import Chances, GroupDifference
from wellbeing.model.conversation import Conversation, DiscussionPoint, Need
from wellbeing.model.results import Analysis, Certainty, PointKind
from wellbeing.model.school_work import point_key
from wellbeing.presentation import agenda, chances, figures, formats, markup, wording
from wellbeing.stages.chances import compare_groups, standing_out
from wellbeing.ui import cache, components, desk, navigation, preparing, recording, session
from wellbeing.ui.desk import Desk

INTRO = (
    "Krijgen alle leerlingen op deze school dezelfde kansen? Hier ziet u waar groepen iets anders vertellen, en wat de "
    "school kan doen."
)
HOW_TO_READ = "Een verschil zegt niets over wie deze leerlingen zijn. De vraag is: wat kan de school doen, en voor wie?"
NO_FIGURES = "Er zijn nog geen cijfers open. Wat de school kan doen, staat hieronder. Daar is geen cijfer voor nodig."
NO_NUMBERS = "Deze tabel zegt niet hoeveel leerlingen meededen. Daarom kunnen we groepen niet naast elkaar zetten."
WEIGHTED = "Dit zijn gewogen cijfers. Groepen binnen de school vergelijken we alleen met gewone, ongewogen cijfers."
TOGETHER = "Van twee metingen samen laten we geen groepen zien. Bekijk daarvoor één meting."
OTHER_REASONS = (
    "Groepen verschillen ook in andere dingen, zoals leeftijd. Een verschil tussen schoolniveaus kan dus ook door het "
    "leerjaar komen."
)
TALK = "Zijn de groepen te klein, of wilt u weten wat erachter zit? Vraag het de leerlingen zelf, in een open gesprek."
ALL = "Alle verschillen tussen groepen"
WHAT_CAN_BE_SEEN = "Wat deze aantallen kunnen laten zien"
TO_CONVERSATION, TO_TABLE = "Zet bij het gesprek", "Zet gelijke kansen op tafel"
ON_TABLE = "Gelijke kansen ligt op tafel. Kies wat past bij Wat kan de school doen?"
BETWEEN_GROUPS = "Tussen groepen: {sentence}"
IN_CONVERSATION = "Staat bij dit punt in het Adviesgesprek."
CHOOSING = "Dit zijn voorbeelden. Kiezen doet u bij Wat kan de school doen?, waar ook staat hoe iets is beoordeeld."
ASK = (
    "Vraag bij alles wat u kiest: **bereiken we hiermee de leerlingen die het nodig hebben**? En **kan elke leerling "
    "meedoen**, ook met weinig taal of na een heftige gebeurtenis?"
)


# --------------------------------------------------------------------------- figures


def groups() -> None:
    """Show what groups of the school on screen tell, or say how to get figures."""
    chosen = session.state()
    if chosen.measurement is None and chosen.parcel is None:
        st.info(NO_FIGURES if chosen.figures_only is None else NO_NUMBERS)
        with st.container(horizontal=True):
            st.page_link(navigation.ADD_DATA.file, label="Gegevens toevoegen", icon=":material/upload_file:")
            st.page_link(navigation.START.file, label="Naar de demo", icon=":material/play_circle:")
        return
    analysis = session.require_analysis()
    _whose(analysis)
    codebook = cache.codebook(analysis)
    if session.is_pooled(analysis) or figures.is_weighted(analysis):
        st.info(TOGETHER if session.is_pooled(analysis) else WEIGHTED)
        return
    found = compare_groups(analysis, codebook, cache.reference().policy)
    st.html(markup.conclusion(chances.conclusion(found)))
    _points(analysis, found)
    _all_differences(analysis, found)
    _what_can_be_seen(analysis, found)
    _talk()
    _levels(analysis, found)


def _whose(analysis: Analysis) -> None:
    shown = analysis.published
    parts = [f"{shown.school}, {wording.population(shown.bouw)} {shown.year}. {wording.response(shown)}"]
    if session.state().is_demo:
        parts.append(components.INVENTED)
    st.html(markup.quiet(" ".join(parts)))
    components.choose_population()
    components.choose_together()
    components.warn_of_response(shown)


def _points(analysis: Analysis, found: Chances) -> None:
    """Show at most three differences to begin with, each with the way to the conversation."""
    codebook, most = cache.codebook(analysis), cache.reference().policy.talking_points.most
    rows = standing_out(found.differences, codebook, most)
    if not rows:
        return
    st.html(markup.quiet(HOW_TO_READ))
    table = desk.opened(analysis)
    recording.trouble(table.sheet)
    for row, column in zip(rows, st.columns(len(rows), gap="medium"), strict=True):
        indicator = codebook.indicator(row.indicator)
        with column:
            question = components.theme_prompt(analysis, indicator.theme)
            st.html(chances.card(row, indicator, chances.in_region(row, analysis.comparisons), question))
            _to_conversation(analysis, table, row)


def _all_differences(analysis: Analysis, found: Chances) -> None:
    rows = [row for row in found.differences if row.certainty in {Certainty.CLEAR, Certainty.POSSIBLE}]
    if not rows:
        return
    with st.expander(ALL, icon=":material/list:", key="all-differences"):
        st.html(chances.table(rows, cache.codebook(analysis)))
        others = formats.counted(len(found.differences) - len(rows), "vergelijking", "vergelijkingen")
        st.html(markup.quiet(f"Bij {others} is geen verschil aantoonbaar. {wording.EXPLORE}"))
        st.page_link(navigation.BREAKDOWNS.file, label=navigation.BREAKDOWNS.title, icon=":material/bar_chart:")


def _what_can_be_seen(analysis: Analysis, found: Chances) -> None:
    missing = chances.not_shown(found, analysis.published)
    with st.expander(WHAT_CAN_BE_SEEN, icon=":material/visibility:", expanded=not found.differences, key="reach"):
        st.html(markup.remarks([*chances.reaches(found.reaches), *missing, OTHER_REASONS]))
        st.page_link(navigation.METHOD.file, label="Lees hoe we rekenen", icon=":material/help:")


def _talk() -> None:
    st.html(markup.quiet(TALK))
    with st.container(horizontal=True):
        for entry in (navigation.PUPILS, navigation.EXPLORING):
            st.page_link(entry.file, label=entry.title, icon=":material/arrow_forward:")


def _levels(analysis: Analysis, found: Chances) -> None:
    """Warn that a level may look as usual while its pupils have a harder time than the region."""
    st.header("Geen verschil met het eigen niveau?", anchor=False)
    codebook, most = cache.codebook(analysis), cache.reference().policy.talking_points.most
    st.html(f"<p>{markup.text(f'{chances.LEVEL_WARNING} {chances.LEVEL_WHY}')}</p>")
    lines = [chances.level_gap(gap, codebook.indicator(gap.indicator)) for gap in found.level_gaps]
    if not lines:
        words = chances.NO_GAPS if chances.has_levels(analysis.comparisons) else chances.NO_REGION
        st.html(markup.quiet(words))
        return
    st.html(markup.remarks(lines[:most]))
    if lines[most:]:
        with st.expander("Meer onderwerpen", key="more-levels"):
            st.html(markup.remarks(lines[most:]))


# --------------------------------------------------------------------------- to the conversation


def _to_conversation(analysis: Analysis, table: Desk, row: GroupDifference) -> None:
    point = _point(analysis, row)
    standing = next((item for item in table.record.points if point_key(item) == point_key(point)), None)
    if standing is not None and point.note in standing.note:
        st.success(IN_CONVERSATION, icon=":material/check:")
    elif standing is None and len(table.record.points) >= preparing.MOST:
        st.html(markup.quiet(preparing.FULL))
    else:
        st.button(
            TO_CONVERSATION,
            key=f"bring-{row.indicator}",
            icon=":material/forum:",
            on_click=lambda: table.change(lambda record: with_point(record, point)),
        )


def _point(analysis: Analysis, row: GroupDifference) -> DiscussionPoint:
    """Make a point of a difference: the figure of the school as a whole, with the groups in the note."""
    codebook = cache.codebook(analysis)
    indicator = codebook.indicator(row.indicator)
    whole = next(
        (item for item in figures.subjects(analysis, codebook, indicator.theme) if item.indicator == indicator), None
    )
    return DiscussionPoint(
        kind=PointKind.CONVERSATION,
        theme=indicator.theme,
        indicator=row.indicator,
        bouw=analysis.published.bouw,
        reason=agenda.reason(whole, PointKind.CONVERSATION),
        note=BETWEEN_GROUPS.format(sentence=chances.sentence(row, indicator)),
    )


def with_point(record: Conversation, point: DiscussionPoint) -> Conversation:
    """Add a point, or its note where the point is on the table already; what others wrote there stays."""
    if all(point_key(item) != point_key(point) for item in record.points):
        return record.with_points((*record.points, point))
    points = [
        replace(item, note="\n".join(part for part in (item.note, point.note) if part))
        if point_key(item) == point_key(point)
        else item
        for item in record.points
    ]
    return replace(record, points=tuple(points))


# --------------------------------------------------------------------------- what the school can do


def levers() -> None:
    """Show the three levers with what fits them, and lead to the one place where a school chooses."""
    st.header("Drie hefbomen voor gelijke kansen", anchor=False)
    st.html(chances.levers(cache.reference().catalogue))
    st.html(markup.quiet(CHOOSING))
    _on_table()
    with st.container(horizontal=True):
        for entry in (navigation.SUGGESTIONS, navigation.INSPIRATION):
            st.page_link(entry.file, label=entry.title, icon=":material/arrow_forward:")


def _on_table() -> None:
    """Put the theme on the table of the school on screen, so that its package stands where people choose."""
    chosen = session.state()
    if chosen.measurement is None and chosen.parcel is None:
        return
    table = desk.opened(session.require_analysis())
    if any(need.theme == chances.THEME for need in table.record.needs):
        st.success(ON_TABLE, icon=":material/check:")
        return
    st.button(TO_TABLE, key="lever-need", icon=":material/lightbulb:", on_click=lambda: table.change(with_need))


def with_need(record: Conversation) -> Conversation:
    """Add equal chances to what the school wants to work on."""
    return replace(record, needs=(*record.needs, Need(chances.THEME)))


def reached_less() -> None:
    """Say whom a school easily reaches less, and what helps; on request."""
    known = cache.reference()
    st.header("Wie bereikt de school minder?", anchor=False)
    st.html(f"<p>{markup.text(ASK)}</p>")
    items = known.lists.reached_less
    with st.expander(f"Wie, en wat helpt ({len(items)})", icon=":material/group_search:", key="reached-less"):
        st.html(chances.reached_less(items, known.catalogue))
