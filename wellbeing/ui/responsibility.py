"""Whose questionnaire this is, and who may use its answers for what: asked once per source."""

from __future__ import annotations

import streamlit as st

from wellbeing.model.reference import Codebook
from wellbeing.ui import remembering

SCHOOL, MONITOR, YOUTH_HEALTH_CARE = "school", "monitor", "jgz"
KINDS = {
    SCHOOL: "Een vragenlijst van de school zelf",
    MONITOR: "De Gezondheidsmonitor Jeugd",
    YOUTH_HEALTH_CARE: "Een vragenlijst van de jeugdgezondheidszorg, zoals “Gezond leven? Check 't even!”",
}
RULES = {
    SCHOOL: (
        "De school is verantwoordelijk voor deze antwoorden. Gebruik ze alleen voor het doel dat de school aan "
        "leerlingen en ouders vertelde. De GGD mag meekijken als de school dat wil."
    ),
    MONITOR: (
        "De GGD is verantwoordelijk voor deze antwoorden. Alleen de GGD leest het bestand in. De school krijgt de "
        "cijfers van haar eigen leerlingen."
    ),
    YOUTH_HEALTH_CARE: (
        "Deze antwoorden zijn van de jeugdgezondheidszorg en horen bij de zorg voor de leerling. Het bestand is "
        "alleen voor de GGD. Werkt u op een school? Vraag de GGD dan om de cijfers van uw school."
    ),
}
BY_INSTRUMENT = {"GLCE": YOUTH_HEALTH_CARE, "Gezondheidsmonitor Jeugd": MONITOR}
WITHIN_GGD = "Ik werk bij de GGD of de jeugdgezondheidszorg en mag dit bestand gebruiken."
AGAIN = "Klopt dit niet? Kies opnieuw van wie de vragenlijst is"
ICON = ":material/edit:"
KIND, ALLOWED = "soort", "mag"


def settle(codebook: Codebook, key: str) -> bool:
    """Say who may use an export for what, and tell whether its user may go on; asks only what is not known."""
    if codebook.is_example:
        return True
    source = codebook.instrument
    told = dict(remembering.responsibility(source) or {})
    kind = BY_INSTRUMENT.get(source) or told.get(KIND) or _ask_kind(key)
    if kind is None:
        return False
    allowed = kind != YOUTH_HEALTH_CARE or told.get(ALLOWED) == "ja" or _ask_allowed(key)
    if not allowed:
        return False
    if told.get(KIND) != kind or ALLOWED not in told:
        remembering.keep_responsibility(source, {KIND: kind, ALLOWED: "ja"})
    _remind(source, kind, key)
    return True


def _remind(source: str, kind: str, key: str) -> None:
    """Say what was told about a source and what follows from it; what a person chose can be chosen again."""
    st.caption(f"{KINDS[kind]}. {RULES[kind]}")
    if BY_INSTRUMENT.get(source) != MONITOR:
        st.button(AGAIN, key=f"whose-again-{key}", type="tertiary", icon=ICON, on_click=_forget, args=(source, key))


def _forget(source: str, key: str) -> None:
    """Take back what was told about a source: it is asked again."""
    remembering.keep_responsibility(source, {})
    for name in (f"whose-{key}", f"allowed-{key}"):
        st.session_state.pop(name, None)


def _ask_kind(key: str) -> str | None:
    return st.radio(
        "Van wie is deze vragenlijst?", list(KINDS), index=None, format_func=KINDS.__getitem__, key=f"whose-{key}"
    )


def _ask_allowed(key: str) -> bool:
    st.warning(RULES[YOUTH_HEALTH_CARE], icon=":material/health_and_safety:")
    return st.checkbox(WITHIN_GGD, key=f"allowed-{key}")
