"""A file that a GGD made for a school (*schoolpakket*): opened, and what was agreed in it."""

from __future__ import annotations

import streamlit as st

from wellbeing import pipeline
from wellbeing.intake.guard import Refused
from wellbeing.model.parcel import Parcel
from wellbeing.presentation import agreements, formats, markup, wording
from wellbeing.ui import cache, navigation, progress, session

READ = "parcels-read"
ELSEWHERE = "Dit is een schoolpakket van de GGD. Voeg het toe op de pagina Gegevens toevoegen."
FROM_GGD = (
    "Dit zijn de cijfers zoals de GGD ze laat zien. Antwoorden van leerlingen en cijfers van kleine groepen staan er "
    "niet in."
)
NEEDS_COUNTS = (
    "Het schoolpakket heeft de cijfers van één meting. Om jaren naast elkaar te zetten zijn de bestanden van die "
    "jaren nodig. Vraag de GGD ernaar."
)


def opened(purpose: str, data: bytes, file_name: str) -> bool:
    """Whether a file is a parcel; then it is shown and can be confirmed, or it says what is wrong with it."""
    try:
        found = _read(purpose, data, file_name)
    except Refused as refused:
        st.error(refused.sentence)
        return True
    if not found:
        return False
    if purpose == "school":
        _confirm(purpose, found)
    else:
        st.error(ELSEWHERE)
    return True


def _read(purpose: str, data: bytes, file_name: str) -> tuple[Parcel, ...]:
    """Read the parcels in a file, or give what was read before; none where the file is something else."""
    name = cache.fingerprint(data)
    if st.session_state.get(READ, ("",))[0] != name:
        reference = cache.delivered()
        found = progress.run(
            "Stap 1: het bestand openen",
            lambda: pipeline.read_parcels(data, file_name, reference),
            lambda: session.forget(purpose),
        )
        st.session_state[READ] = name, found
    read: tuple[Parcel, ...] = st.session_state[READ][1]
    return read


def is_open() -> bool:
    """Whether the figures on screen came in a parcel."""
    return session.state().parcel is not None


def agreed() -> None:
    """Show the agreements in an opened parcel, where there are any."""
    parcel = session.state().parcel
    if parcel is None or not parcel.agreements:
        return
    codebook = cache.reference().codebook(parcel.about.codebook)
    st.header("Wat we hebben afgesproken", anchor=False)
    st.html(markup.remarks([agreements.in_words(item, codebook) for item in parcel.agreements]))


def needs_counts() -> None:
    """Say that a parcel is not enough for what stands here."""
    st.html(markup.quiet(NEEDS_COUNTS))


def _confirm(purpose: str, found: tuple[Parcel, ...]) -> None:
    parcel, about = found[0], found[0].about
    populations = formats.listing([wording.population(item.about.bouw) for item in found])
    st.subheader("Dit is een schoolpakket van de GGD", anchor=False)
    subjects = formats.counted(len({item.indicator for item in parcel.figures}), "onderwerp", "onderwerpen")
    rows = [
        ["School", about.school],
        ["Meting", f"{populations} {about.year}"],
        ["Onderwerpen", subjects],
        ["Afspraken", str(len(parcel.agreements)) if parcel.agreements else "geen"],
        ["Gemaakt op", formats.date(about.made_on)],
    ]
    st.html(markup.table("Wat erin staat", ["Wat", "Gevonden"], rows, stacked=False))
    st.html(markup.quiet(FROM_GGD))
    if st.button("Open het schoolpakket", type="primary", key="open-parcel", icon=":material/check:"):
        session.use_parcels(found)
        session.forget(purpose)
        st.switch_page(navigation.PROFILE.file)
