"""Preparing a conversation: at most five points, what goes well first, the agenda, and last time's agreements."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Callable, Sequence
from dataclasses import replace

import streamlit as st

from wellbeing import pipeline
from wellbeing.model.conversation import BEFORE_PREPARING, Agreement, Conversation, DiscussionPoint, Status
from wellbeing.model.reference import Bouw, IndicatorId
from wellbeing.model.report import Format
from wellbeing.model.results import Analysis, Course, Point, PointKind
from wellbeing.presentation import agenda, figures, formats, markup
from wellbeing.presentation.palette import Tone
from wellbeing.store.database import Store
from wellbeing.ui import cache, components, navigation, recording, session, suggesting

MOST = 5
MOST_STRENGTHS = 2
NO_POINTS = "Er zijn nog geen punten gekozen. Dit stellen de cijfers voor; u past het daarna aan."
FULL = f"Meer dan {MOST} punten past niet in een uur. Haal er een weg om een ander te kiezen."
NO_OFFER = "Geen onderwerp springt eruit. Laat de school een thema kiezen."
NO_AGREEMENTS = "Van deze school zijn geen eerdere afspraken bewaard."


def show(analysis: Analysis, store: Store, sheet: recording.Sheet) -> None:
    """Show what is needed before the meeting, the points first and the A4 beside them."""
    left, right = st.columns([2, 1], gap="large")
    with left:
        _points(analysis, store, sheet)
    with right:
        _on_paper(analysis, store, sheet)
        _planned(store, sheet)
    st.header("Vorige keer afgesproken", anchor=False)
    last_time(analysis, store, sheet.record)
    _agenda(analysis, sheet)
    _offer(analysis)


# --------------------------------------------------------------------------- points


def proposal(analysis: Analysis) -> tuple[DiscussionPoint, ...]:
    """Give the points that the figures bring up: what goes well, and what to discuss."""
    well = [_point(analysis, point, goes_well=True) for point in analysis.findings.strengths[:MOST_STRENGTHS]]
    return (*well, *(_point(analysis, point) for point in analysis.findings.to_discuss))[:MOST]


def up_to_date(analysis: Analysis, record: Conversation) -> Conversation:
    """Give the record with the figures as they are now; after the conversation they stay as they were."""
    if record.held_on is not None:
        return record
    return replace(record, points=tuple(_renewed(analysis, point) for point in record.points))


def _renewed(analysis: Analysis, point: DiscussionPoint) -> DiscussionPoint:
    found = analysis_of(analysis, point.bouw) if point.indicator else None
    subject = _subject(found, point.indicator) if found else None
    return replace(point, reason=agenda.reason(subject, point.kind)) if subject else point


def analysis_of(analysis: Analysis, bouw: Bouw | None) -> Analysis | None:
    """Give the same measurement of this population, worked out in the same way; absent where there is none."""
    if bouw in {None, analysis.published.bouw}:
        return analysis
    chosen = session.state()
    found = next((item for item in chosen.measurements if item.bouw is bouw), None)
    return cache.analysis(found, chosen.benchmark, chosen.main) if found else None


def _point(analysis: Analysis, point: Point, *, goes_well: bool = False) -> DiscussionPoint:
    return DiscussionPoint(
        kind=point.kind,
        theme=point.theme,
        indicator=point.indicator,
        bouw=analysis.published.bouw if point.indicator else None,
        goes_well=goes_well,
        reason=agenda.reason(_subject(analysis, point.indicator), point.kind),
    )


def _subject(analysis: Analysis, indicator: str | None) -> figures.Subject | None:
    rows = figures.subjects(analysis, cache.codebook(analysis)) if indicator else ()
    return next((row for row in rows if row.indicator.id == indicator), None)


def _points(analysis: Analysis, store: Store, sheet: recording.Sheet) -> None:
    st.header("Waar gaan we het over hebben?", anchor=False)
    points = up_to_date(analysis, sheet.record).points
    if not points:
        _propose(analysis, store)
    for at in range(len(points)):
        _one_point(analysis, store, points, at)
    if len(points) < MOST:
        _add_point(analysis, store, sheet)
    else:
        st.html(markup.quiet(FULL))


def _propose(analysis: Analysis, store: Store) -> None:
    found, codebook = proposal(analysis), cache.codebook(analysis)
    st.html(markup.quiet(NO_POINTS))
    st.html(
        markup.remarks([f"**{agenda.title(point, codebook)}** ({agenda.kind(point, codebook)})" for point in found])
    )
    st.button("Neem dit voorstel over", type="primary", on_click=_keep_points, args=(store, found))


def _keep_points(store: Store, points: Sequence[DiscussionPoint]) -> None:
    recording.change(store, lambda record: _prepared(record.with_points(points)))


def _prepared(record: Conversation) -> Conversation:
    return replace(record, reached=Status.PREPARED) if record.reached in BEFORE_PREPARING else record


def _one_point(analysis: Analysis, store: Store, points: Sequence[DiscussionPoint], at: int) -> None:
    point, codebook = points[at], cache.codebook(analysis)
    badge = markup.badge(agenda.kind(point, codebook), Tone.FAVOURABLE if point.goes_well else Tone.NEUTRAL)
    heading = markup.text(f"**{at + 1}. {agenda.title(point, codebook)}**")
    with st.container(border=True, gap="xsmall", key=f"point-{at}"):
        st.html(f'<p class="wb-line">{heading} {badge}<br>{markup.text(point.reason)}</p>')
        with st.container(horizontal=True):
            _move_button(store, points, at, at - 1)
            _move_button(store, points, at, at + 1)
            _small("Haal weg", f"away-{at}", ":material/close:", _remove, (store, at))


def _move_button(store: Store, points: Sequence[DiscussionPoint], at: int, to: int) -> None:
    """Offer to swap two points; what goes well stays before the others."""
    if not 0 <= to < len(points) or points[at].goes_well is not points[to].goes_well:
        return
    words, icon = ("Eerder", ":material/arrow_upward:") if to < at else ("Later", ":material/arrow_downward:")
    _small(words, f"move-{at}-{to}", icon, _swap, (store, at, to))


def _small(words: str, name: str, icon: str, act: Callable[..., None], args: tuple[object, ...]) -> None:
    st.button(words, key=name, type="tertiary", icon=icon, on_click=act, args=args)


def _swap(store: Store, at: int, to: int) -> None:
    def made(record: Conversation) -> Conversation:
        points = list(record.points)
        points[at], points[to] = points[to], points[at]
        return record.with_points(points)

    recording.change(store, made)


def _remove(store: Store, at: int) -> None:
    recording.change(store, lambda record: replace(record, points=(*record.points[:at], *record.points[at + 1 :])))


def _add_point(analysis: Analysis, store: Store, sheet: recording.Sheet) -> None:
    """Let people choose any shown subject, or a theme without a figure."""
    options = _options(analysis, sheet.record)
    name = recording.key(f"add-point-{sheet.record.revision}")

    def add() -> None:
        picked = st.session_state[name]
        if picked:
            recording.change(
                store, lambda record: _prepared(record.with_points((*record.points, options[picked]))), picked
            )

    st.selectbox(
        "Voeg een punt toe",
        list(options),
        index=None,
        key=name,
        on_change=add,
        placeholder="Kies een onderwerp of thema",
    )


def _options(analysis: Analysis, record: Conversation) -> dict[str, DiscussionPoint]:
    """Give by its words every point that is not chosen yet: subjects with a figure, then themes."""
    codebook, bouw = cache.codebook(analysis), analysis.published.bouw
    chosen = {(point.indicator, point.bouw) for point in record.points}
    themes = {point.theme for point in record.points if point.indicator is None}
    subjects = {
        f"{row.indicator.label} · {row.label}": DiscussionPoint(
            kind=_kind(row),
            theme=row.indicator.theme,
            indicator=IndicatorId(row.indicator.id),
            bouw=bouw,
            goes_well=row.tone is Tone.FAVOURABLE,
            reason=agenda.reason(row, _kind(row)),
        )
        for row in figures.subjects(analysis, codebook)
        if row.school and (row.indicator.id, bouw) not in chosen
    }
    without = {
        f"Thema: {theme.label}": DiscussionPoint(
            PointKind.CONVERSATION, theme.id, reason=agenda.reason(None, PointKind.CONVERSATION)
        )
        for theme in codebook.themes
        if theme.id not in themes
    }
    return subjects | without


def _kind(row: figures.Subject) -> PointKind:
    """Say why a subject that somebody chose is on the table; without a difference it is a question."""
    if row.verdict is not None and row.verdict.sense is not None:
        return PointKind(row.verdict.certainty.value)
    return PointKind.CONVERSATION


# --------------------------------------------------------------------------- the rest


def _planned(store: Store, sheet: recording.Sheet) -> None:
    name = recording.key("planned")

    def keep() -> None:
        day: dt.date | None = st.session_state[name]

        def made(record: Conversation) -> Conversation:
            first = day and record.reached in {Status.NOT_YET, Status.OFFERED}
            return replace(record, planned_on=day, reached=Status.PLANNED if first else record.reached)

        recording.change(store, made)

    st.date_input("Wanneer is het gesprek?", sheet.record.planned_on, key=name, on_change=keep, format="DD-MM-YYYY")


def _agenda(analysis: Analysis, sheet: recording.Sheet) -> None:
    st.header("Agenda", anchor=False)
    prompts = {point.theme: components.theme_prompt(analysis, point.theme) for point in sheet.record.points}
    labels = components.theme_labels(analysis)
    st.html(markup.remarks([f"**{question}** {why}" for question, why in agenda.QUESTIONS]))
    if prompts:
        st.html(markup.quiet("Vragen bij de gekozen punten:"))
        st.html(markup.remarks([f"**{labels.get(theme, theme)}**: {prompt}" for theme, prompt in prompts.items()]))


def before(store: Store, record: Conversation) -> Conversation | None:
    """Give the last record of this school with agreements, from before this measurement."""
    earlier = [item for item in store.conversations() if item.school == record.school and item.year < record.year]
    return next((item for item in reversed(earlier) if item.agreements), None)


def last_time(analysis: Analysis, store: Store, record: Conversation) -> None:
    """Show the agreements of the conversation before, each beside the label of its figure now."""
    found = before(store, record)
    if found is None:
        st.html(markup.quiet(NO_AGREEMENTS))
        return
    rows = [
        [item.what, agenda.who_and_when(item), item.progress.value, figure_since(analysis, item, found.year)]
        for item in found.agreements
    ]
    headings = ["Afspraak", "Wie en wanneer", "Stand", "Hoe ging het cijfer?"]
    st.html(markup.table(f"Afspraken bij de meting van {found.year}", headings, rows))
    st.html(markup.quiet(agenda.OTHER_PUPILS))


def figure_now(analysis: Analysis, agreement: Agreement) -> str:
    """Say the figure that an agreement named, of the population it was about, with its label as on the profile."""
    if agreement.indicator is None:
        return agenda.NO_FIGURE_NAMED
    found = analysis_of(analysis, agreement.bouw)
    subject = _subject(found, agreement.indicator) if found else None
    names = {item.id: item.label for item in cache.codebook(analysis).indicators}
    return f"{names.get(agreement.indicator, 'Het gekozen cijfer')}: {agenda.figure_now(subject)}"


def figure_since(analysis: Analysis, agreement: Agreement, since: str) -> str:
    """Say the figure of an agreement as it is now, and how it went since the measurement of that year."""
    bouw = agreement.bouw or analysis.published.bouw
    course = next((item for item in _courses(analysis, bouw) if item.indicator == agreement.indicator), None)
    return ". ".join(filter(None, [figure_now(analysis, agreement), agenda.went(course, since)]))


def _courses(analysis: Analysis, bouw: Bouw) -> tuple[Course, ...]:
    """Follow the figures of a population up to the measurement on screen; two taken together have no course."""
    if session.is_pooled(analysis) or analysis_of(analysis, bouw) is None:
        return ()
    years = tuple(item for item in session.years(bouw) if item.year <= analysis.published.year)
    return agenda.up_to(cache.courses(years), analysis.published.year) if len(years) > 1 else ()


def _offer(analysis: Analysis) -> None:
    st.header("Passend aanbod", anchor=False)
    catalogue = cache.reference().catalogue
    most = cache.reference().policy.talking_points.most
    lines = [
        f"**{catalogue.theme(package.theme).label}**: "
        + formats.listing([f"{part.pillar.value.lower()} ({len(part.suggestions)})" for part in package.parts])
        for package in suggesting.found(analysis)[:most]
    ]
    st.html(markup.remarks(lines) if lines else markup.quiet(NO_OFFER))
    st.page_link(navigation.SUGGESTIONS.file, label="Wat kan de school doen?", icon=":material/lightbulb:")


def meeting(analysis: Analysis, store: Store, record: Conversation) -> pipeline.Meeting:
    """Put together all that is known of this conversation, for on paper."""
    others = (analysis_of(analysis, item.bouw) for item in session.state().measurements)
    return pipeline.Meeting(
        analysis=analysis,
        record=up_to_date(analysis, record),
        packages=suggesting.found(analysis),
        before=before(store, record),
        codebook=cache.codebook(analysis),
        catalogue=cache.reference().catalogue,
        others=tuple(item for item in others if item is not None and item is not analysis),
        courses={bouw: _courses(analysis, bouw) for bouw in Bouw},
    )


def _on_paper(analysis: Analysis, store: Store, sheet: recording.Sheet) -> None:
    """Give the preparation as one A4, written when it is asked for."""
    st.header("Op papier", anchor=False)
    report = pipeline.compose_preparation(meeting(analysis, store, sheet.record), dt.date.today())
    st.html(markup.quiet("De punten, de vragen, de afspraken van vorige keer en passend aanbod op één A4."))
    st.download_button(
        "Download het A4 (pdf)",
        functools.partial(pipeline.write_report, report, Format.PDF),
        f"voorbereiding-{components.file_name(analysis)}.{Format.PDF.value}",
        mime=Format.PDF.media_type,
        type="primary" if sheet.record.points else "secondary",
        on_click="ignore",
        icon=":material/description:",
    )
