"""Holding a conversation: one point at a time in large type, a note, and the agreements at the side."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import streamlit as st

from wellbeing.model.conversation import Agreement, Attendee, Conversation, Need, Status
from wellbeing.model.reference import IndicatorId
from wellbeing.model.results import Analysis, Point
from wellbeing.presentation import agenda, formats, markup
from wellbeing.store.database import Store
from wellbeing.ui import cache, components, recording

NO_POINTS = "Kies eerst de punten bij Voorbereiden. U kunt hier wel al aantekeningen en afspraken maken."


def show(analysis: Analysis, store: Store, sheet: recording.Sheet) -> None:
    """Show the point on the table, with the agreements at its side."""
    left, right = st.columns([2, 1], gap="large")
    with left:
        _point(analysis, store, sheet)
    with right:
        _agreements(analysis, store, sheet)
    _table(store, sheet)


def _point(analysis: Analysis, store: Store, sheet: recording.Sheet) -> None:
    points = sheet.record.points
    if not points:
        st.html(markup.quiet(NO_POINTS))
        return
    at = min(int(st.session_state.get("point-at", 0)), len(points) - 1)
    point = points[at]
    st.html(markup.quiet(f"Punt {at + 1} van {len(points)}"))
    with st.container(key="wb-large"):
        st.html(_card(analysis, at, sheet.record))
        st.html(f"<p>{markup.text(f'**Vraag aan tafel:** {components.theme_prompt(analysis, point.theme)}')}</p>")
    with st.container(horizontal=True):
        st.button("Vorige", disabled=not at, on_click=_go, args=(at - 1,), icon=":material/arrow_back:")
        st.button(
            "Volgende", disabled=at + 1 == len(points), on_click=_go, args=(at + 1,), icon=":material/arrow_forward:"
        )
    recording.text(
        store,
        f"Aantekening bij punt {at + 1}: {agenda.title(point, cache.codebook(analysis))}",
        point.note,
        lambda record, typed: recording.set_point(record, at, note=typed),
    )


def _go(at: int) -> None:
    st.session_state["point-at"] = at


def _card(analysis: Analysis, at: int, record: Conversation) -> str:
    """Draw the figure as on the profile; a point of the other population keeps its sentence."""
    point = record.points[at]
    rows = [row for row in analysis.comparisons if row.indicator == point.indicator]
    if point.indicator is None or point.bouw is not analysis.published.bouw or not rows:
        return markup.conversation_card(agenda.title(point, cache.codebook(analysis)), point.reason)
    main = next(
        (row for row in rows if row.comparator.kind is analysis.findings.main and row.group.key == "totaal"), rows[0]
    )
    return components.point_card(analysis, Point(point.kind, point.theme, point.indicator, main))


# --------------------------------------------------------------------------- agreements


def _agreements(analysis: Analysis, store: Store, sheet: recording.Sheet) -> None:
    st.subheader("Afspraken", anchor=False)
    for item in sheet.record.agreements:
        parts = [item.who.value if item.who else "", f"voor {formats.date(item.due)}" if item.due else ""]
        st.html(f"<p>{markup.text(f'**{item.what}**')}<br>{markup.text(', '.join(filter(None, parts)))}</p>")
    _add_agreement(analysis, store, sheet)


def _add_agreement(analysis: Analysis, store: Store, sheet: recording.Sheet) -> None:
    codebook = cache.codebook(analysis)
    names = {item.id: item.label for item in codebook.indicators}
    key = f"agreement-{sheet.record.school}-{len(sheet.record.agreements)}"
    with st.form(key, border=True, enter_to_submit=False):
        what = st.text_area("Wat spreken we af?", height=80, help=recording.ABOUT_PUPILS)
        who = st.selectbox(
            "Wie pakt dit op? (functie, geen naam)", list(Attendee), index=None, format_func=_role, placeholder="Kies"
        )
        due = st.date_input("Wanneer is het klaar?", None, format="DD-MM-YYYY")
        figure = st.selectbox(
            "Naar welk cijfer kijken we volgende keer?",
            list(names),
            index=None,
            format_func=names.__getitem__,
            placeholder="Kies",
        )
        if st.form_submit_button("Leg vast", type="primary") and what.strip():
            _keep_agreement(analysis, store, Agreement(what.strip(), who, due, IndicatorId(figure) if figure else None))


def _keep_agreement(analysis: Analysis, store: Store, made: Agreement) -> None:
    found = recording.may_name_somebody(made.what, analysis.published.school)
    if found and st.session_state.get("agreement-warned") != made.what:
        st.session_state["agreement-warned"] = made.what
        st.warning(f"Nog niet bewaard: {found} Klik nog eens op 'Leg vast' als het niet over een persoon gaat.")
        return
    agreement = replace(made, bouw=analysis.published.bouw if made.indicator else None)
    recording.change(store, lambda record: replace(record, agreements=(*record.agreements, agreement)), made.what)
    st.rerun()


def _role(attendee: Attendee) -> str:
    return Attendee(attendee).value


# --------------------------------------------------------------------------- around the table


def _table(store: Store, sheet: recording.Sheet) -> None:
    """Ask who are there, what the school needs and which signals there are; and whether it was held."""
    st.header("Aan tafel", anchor=False)
    record = sheet.record
    themes = {theme.id: theme.label for theme in cache.reference().catalogue.themes}
    recording.choose(
        store,
        "Wie zijn erbij? (functies, geen namen)",
        list(Attendee),
        record.present,
        lambda old, new: replace(old, present=frozenset(new)),
    )
    left, right = st.columns(2)
    with left:
        recording.choose_themes(store, "Waar heeft de school behoefte aan?", themes, record.needs, _with_needs)
    with right:
        recording.choose_themes(
            store, "Welke signalen over groepen leerlingen zijn er?", themes, record.signals, _with_signals
        )
    recording.text(store, "Andere aantekeningen", record.notes, lambda old, typed: replace(old, notes=typed))
    if record.held_on is None:
        st.button("Het gesprek is gevoerd", type="primary", on_click=_held, args=(store, dt.date.today()))
    else:
        st.html(markup.quiet(f"Gevoerd op {formats.date(record.held_on)}."))


def _with_needs(record: Conversation, needs: tuple[Need, ...]) -> Conversation:
    return replace(record, needs=needs)


def _with_signals(record: Conversation, signals: tuple[Need, ...]) -> Conversation:
    return replace(record, signals=signals)


def _held(store: Store, on: dt.date) -> None:
    recording.change(store, lambda record: replace(record, held_on=on, reached=Status.HELD))
