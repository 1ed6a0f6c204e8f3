"""The steps of Adviesgesprek: prepare it, hold it, write down what was agreed."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from wellbeing.model.results import Analysis
from wellbeing.presentation import agenda, figures, markup, wording
from wellbeing.stages.count import WHOLE_FILE
from wellbeing.store.database import Store
from wellbeing.ui import components, concluding, holding, my_schools, preparing, recording, session

STEPS = {my_schools.FIRST_STEP: preparing.show, "Voeren": holding.show, "Afspraken en verslag": concluding.show}
SAVED = "Elke wijziging wordt meteen bewaard."
NAMELESS = "Dit bestand noemt geen school. Hoe heet de school? Dan kunnen we het gespreksverslag terugvinden."


def title(analysis: Analysis) -> None:
    """Name the school, the pupils and the year, who answered, and what the figures stand beside."""
    shown, main = analysis.published, figures.main_comparator(analysis)
    st.title(f"Adviesgesprek {shown.school}, {wording.population(shown.bouw)} {shown.year}", anchor=False)
    parts = [wording.response(shown)]
    if main is not None and main.year:
        parts.append(f"Vergeleken met {wording.comparator_name(main)}.")
    if session.state().is_demo:
        parts.append(agenda.INVENTED)
    st.html(markup.quiet(" ".join(parts)))


def show(analysis: Analysis, store: Store) -> None:
    """Show the step that was chosen of the conversation about this measurement."""
    if analysis.published.school == WHOLE_FILE:
        _ask_name()
        return
    sheet = recording.current(store, analysis)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.session_state.setdefault(my_schools.STEP, my_schools.FIRST_STEP)
        step = st.segmented_control(
            "Stap",
            list(STEPS),
            required=True,
            key=my_schools.STEP,
            label_visibility="collapsed",
            persist_state="session",
        )
        components.choose_population()
        _choose_year(store, sheet)
    st.html(markup.quiet(SAVED))
    recording.trouble(sheet)
    STEPS[step or my_schools.FIRST_STEP](analysis, store, sheet)


def _choose_year(store: Store, sheet: recording.Sheet) -> None:
    """Let people go to the conversation about another measurement of the school, where there is one."""
    school, year = sheet.record.school, sheet.record.year
    years = [when for name, when in store.measured() if name == school]
    if len(years) < 2 or year not in years:
        return
    name = f"conversation-year-{year}"

    def go() -> None:
        my_schools.open_school(store, school, st.session_state[name])

    st.segmented_control(
        "Meting", years, default=year, required=True, key=name, on_change=go, label_visibility="collapsed"
    )


def _ask_name() -> None:
    st.write(NAMELESS)
    name = st.text_input("Naam van de school").strip()
    if st.button("Verder", type="primary") and name:
        chosen = session.state()
        named = tuple(replace(item, school=name) for item in chosen.measurements)
        session.use_measurements(named, {item.bouw: item.could_have_answered for item in named})
        st.rerun()
