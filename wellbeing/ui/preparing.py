"""Preparing a conversation: at most five points, what goes well first, the agenda, and last time's agreements."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from wellbeing.model.conversation import Conversation, DiscussionPoint, Status
from wellbeing.model.reference import IndicatorId
from wellbeing.model.report import Format
from wellbeing.model.results import Analysis, Point, PointKind
from wellbeing.presentation import agenda, figures, formats, markup
from wellbeing.presentation.palette import Tone
from wellbeing.store.database import Store
from wellbeing.ui import cache, components, navigation, recording, suggesting

MOST = 5
NO_POINTS = "Er zijn nog geen punten gekozen."


def show(analysis: Analysis, store: Store, sheet: recording.Sheet) -> None:
    """Show what is needed before the meeting, the points first."""
    _planned(store, sheet)
    _points(analysis, store, sheet)
    _agenda(analysis, sheet)
    last_time(analysis, store)
    _offer(analysis)
    _on_paper(analysis, store, sheet)


# --------------------------------------------------------------------------- points


def proposal(analysis: Analysis) -> tuple[DiscussionPoint, ...]:
    """Give the points that the figures bring up: two that go well, and what to discuss."""
    well = [_point(analysis, point, goes_well=True) for point in analysis.findings.strengths[:2]]
    return (*well, *(_point(analysis, point) for point in analysis.findings.to_discuss))[:MOST]


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
    if indicator is None:
        return None
    return next(
        (row for row in figures.subjects(analysis, cache.codebook(analysis)) if row.indicator.id == indicator), None
    )


def _points(analysis: Analysis, store: Store, sheet: recording.Sheet) -> None:
    st.header("Waar gaan we het over hebben?", anchor=False)
    points = sheet.record.points
    if not points:
        st.html(markup.quiet(f"{NO_POINTS} Dit stellen de cijfers voor; u past het daarna aan."))
        found = proposal(analysis)
        st.html(
            markup.remarks([f"**{agenda.title(point, cache.codebook(analysis))}**: {point.reason}" for point in found])
        )

        def take() -> None:
            recording.change(store, lambda record: _prepared(replace(record, points=found)))

        st.button("Neem dit voorstel over", type="primary", on_click=take)
    for at, point in enumerate(points):
        _one_point(analysis, store, at, point)
    if len(points) < MOST:
        _add_point(analysis, store, sheet)
    else:
        st.html(markup.quiet(f"Meer dan {MOST} punten past niet in een uur. Haal er een weg om een ander te kiezen."))


def _prepared(record: Conversation) -> Conversation:
    before = record.reached in {Status.OFFERED, Status.PLANNED}
    return replace(record, reached=Status.PREPARED) if before else record


def _one_point(analysis: Analysis, store: Store, at: int, point: DiscussionPoint) -> None:
    with st.container(border=True, horizontal=True, vertical_alignment="center", key=f"point-{at}"):
        heading = agenda.title(point, cache.codebook(analysis))
        kind = "Gaat goed" if point.goes_well else formats.capital(point.kind.value)
        st.html(
            f"<p>{markup.text(f'**{at + 1}. {heading}** · {kind}')}<br>{markup.text(point.reason)}</p>", width="stretch"
        )
        st.button(
            "Naar voren",
            key=f"up-{at}",
            disabled=not at,
            on_click=_move,
            args=(store, at),
            icon=":material/arrow_upward:",
        )
        st.button("Weghalen", key=f"away-{at}", on_click=_remove, args=(store, at), icon=":material/close:")


def _move(store: Store, at: int) -> None:
    def made(record: Conversation) -> Conversation:
        points = list(record.points)
        points[at - 1], points[at] = points[at], points[at - 1]
        return replace(record, points=tuple(points))

    recording.change(store, made)


def _remove(store: Store, at: int) -> None:
    recording.change(store, lambda record: replace(record, points=(*record.points[:at], *record.points[at + 1 :])))


def _add_point(analysis: Analysis, store: Store, sheet: recording.Sheet) -> None:
    """Let people choose any shown subject, or a theme without a figure."""
    chosen = {point.indicator or point.theme for point in sheet.record.points}
    codebook = cache.codebook(analysis)
    subjects = [row for row in figures.subjects(analysis, codebook) if row.school and row.indicator.id not in chosen]
    options: dict[str, DiscussionPoint] = {
        f"{row.indicator.label} · {row.label}": DiscussionPoint(
            kind=_kind(row),
            theme=row.indicator.theme,
            indicator=IndicatorId(row.indicator.id),
            bouw=analysis.published.bouw,
            goes_well=row.tone is Tone.FAVOURABLE,
            reason=agenda.reason(row, _kind(row)),
        )
        for row in subjects
    }
    options |= {
        f"Thema: {theme.label}": DiscussionPoint(
            PointKind.CONVERSATION, theme.id, reason=agenda.reason(None, PointKind.CONVERSATION)
        )
        for theme in codebook.themes
        if theme.id not in chosen
    }
    key = f"add-point-{sheet.record.revision}"

    def add() -> None:
        picked = st.session_state[key]
        if picked:
            recording.change(store, lambda record: _prepared(replace(record, points=(*record.points, options[picked]))))

    st.selectbox(
        "Voeg een punt toe",
        list(options),
        index=None,
        key=key,
        on_change=add,
        placeholder="Kies een onderwerp of thema",
    )


def _kind(row: figures.Subject) -> PointKind:
    if row.verdict is not None and row.verdict.sense is not None:
        return PointKind(row.verdict.certainty.value)
    return PointKind.COMMON if row.tone is Tone.NEUTRAL and row.school else PointKind.CONVERSATION


# --------------------------------------------------------------------------- the rest


def _planned(store: Store, sheet: recording.Sheet) -> None:
    key = f"planned-{sheet.edition}"

    def keep() -> None:
        day: dt.date | None = st.session_state[key]

        def made(record: Conversation) -> Conversation:
            first = day and record.reached is Status.OFFERED
            return replace(record, planned_on=day, reached=Status.PLANNED if first else record.reached)

        recording.change(store, made)

    st.date_input(
        "Wanneer is het gesprek?", sheet.record.planned_on, key=key, on_change=keep, format="DD-MM-YYYY", width=260
    )


def _agenda(analysis: Analysis, sheet: recording.Sheet) -> None:
    st.header("Agenda", anchor=False)
    prompts = {point.theme: components.theme_prompt(analysis, point.theme) for point in sheet.record.points}
    labels = components.theme_labels(analysis)
    st.html(markup.remarks([f"**{question}** {why}" for question, why in agenda.QUESTIONS]))
    if prompts:
        st.html(markup.quiet("Vragen bij de gekozen punten:"))
        st.html(markup.remarks([f"**{labels.get(theme, theme)}**: {prompt}" for theme, prompt in prompts.items()]))


def last_time(analysis: Analysis, store: Store) -> None:
    """Show the agreements of the conversation before, each beside the label of its figure now."""
    shown = analysis.published
    earlier = [item for item in store.conversations() if item.school == shown.school and item.year < shown.year]
    agreements = earlier[-1].agreements if earlier else ()
    st.header("Vorige keer afgesproken", anchor=False)
    if not agreements:
        st.html(markup.quiet("Van deze school zijn geen eerdere afspraken bewaard."))
        return
    rows = [
        [item.what, item.who.value if item.who else "", item.progress.value, figure_now(analysis, item.indicator)]
        for item in agreements
    ]
    st.html(markup.table(f"Afspraken van {earlier[-1].year}", ["Afspraak", "Wie", "Stand", "Het cijfer nu"], rows))
    st.html(
        markup.quiet(
            "Het cijfer staat ernaast, maar zegt niet of het door de afspraak komt. Er vulden andere leerlingen in."
        )
    )


def figure_now(analysis: Analysis, indicator: str | None) -> str:
    """Say the figure of a subject and its label as on the profile."""
    row = _subject(analysis, indicator)
    if row is None:
        return "geen cijfer gekozen"
    if row.school is None:
        return f"{row.indicator.label}: {row.hidden}"
    return f"{row.indicator.label}: {formats.percentage(row.school.percentage)}, {row.label}"


def _offer(analysis: Analysis) -> None:
    st.header("Passend aanbod", anchor=False)
    found = suggesting.found(analysis)
    catalogue = cache.reference().catalogue
    lines = [
        f"**{catalogue.theme(package.theme).label}**: "
        + formats.listing([f"{part.pillar.value.lower()} ({len(part.suggestions)})" for part in package.parts])
        for package in found[: cache.reference().policy.talking_points.most]
    ]
    st.html(
        markup.remarks(lines)
        if lines
        else markup.quiet("Geen onderwerp springt eruit. Laat de school een thema kiezen.")
    )
    st.page_link(navigation.SUGGESTIONS.file, label="Wat kan de school doen?", icon=":material/lightbulb:")


def _on_paper(analysis: Analysis, store: Store, sheet: recording.Sheet) -> None:
    """Give the preparation as one A4, made when it is asked for."""
    st.header("Op papier", anchor=False)
    with st.container(horizontal=True):
        if st.button("Maak het A4 voor dit gesprek", icon=":material/description:"):
            st.session_state["preparation"] = cache.preparation(
                analysis, sheet.record, suggesting.found(analysis), _earlier(analysis, store), dt.date.today()
            )
        made = st.session_state.get("preparation")
        if made is not None:
            name = f"voorbereiding-{components.file_name(analysis)}.{Format.PDF.value}"
            st.download_button(
                "Download het A4 (pdf)", made, name, mime="application/pdf", type="primary", on_click="ignore"
            )


def _earlier(analysis: Analysis, store: Store) -> Sequence[Conversation]:
    shown = analysis.published
    return [item for item in store.conversations() if item.school == shown.school and item.year < shown.year]
