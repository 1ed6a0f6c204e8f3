"""What the GGD itself offers, and what can be had in its region: kept by the adviser, for every school."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from uuid import uuid4

import streamlit as st

from wellbeing.model.conversation import OwnOffer
from wellbeing.model.reference import Pillar
from wellbeing.presentation import formats, markup
from wellbeing.store.database import Store
from wellbeing.ui import cache, keeping, navigation
from wellbeing.ui.asking import plain

OWN_INTRO = "Staat bij elke school in het pakket, met de woorden: eigen aanbod van de GGD, niet beoordeeld."
REGION_INTRO = "Wat hier niet te krijgen is, staat onderaan in een pakket, met die opmerking."
NOT_KEPT = "Eigen aanbod wordt bewaard op deze computer. Kies eerst bij Mijn scholen hoe lang dat mag."
HERE, AWAY, UNKNOWN = "te krijgen", "niet te krijgen", "onbekend"


def show() -> None:
    """Show what the adviser keeps, or where to choose to keep it."""
    store = keeping.kept()
    if store is None:
        st.info(NOT_KEPT)
        st.page_link(navigation.MY_SCHOOLS.file, label="Mijn scholen", icon=":material/home_work:")
        return
    with keeping.telling():
        _own(store)
        _availability(store)


# --------------------------------------------------------------------------- own offers


def _own(store: Store) -> None:
    st.subheader("Eigen aanbod van de GGD", anchor=False)
    st.html(markup.quiet(OWN_INTRO))
    for offer in store.offers():
        with st.expander(plain(offer.title), key=f"own-{offer.id}"):
            _form(store, offer)
    with st.expander("Eigen aanbod toevoegen", icon=":material/add:", key="own-new"):
        _form(store, None)


def _form(store: Store, offer: OwnOffer | None) -> None:
    """Ask for an offer; a new form comes after each that was added."""
    count = st.session_state.get("own-added", 0)
    themes = {theme.id: theme.label for theme in cache.reference().catalogue.themes}
    now = offer or OwnOffer("", "", (), ())
    with st.form(f"own-form-{now.id or count}", border=False):
        title = st.text_input("Naam", now.title, max_chars=120).strip()
        chosen = st.multiselect("Thema's", list(themes), now.themes, format_func=themes.__getitem__, placeholder="Kies")
        pillars = st.multiselect("Pijlers", list(Pillar), now.pillars, format_func=_pillar, placeholder="Kies")
        about = st.text_area("Wat is het?", now.description, height=90, max_chars=600).strip()
        buttons = st.container(horizontal=True)
        keep = buttons.form_submit_button("Bewaar", type="primary")
        drop = offer is not None and buttons.form_submit_button("Verwijder")
    if drop:
        _change(lambda: store.delete_offer(now.id))
    elif keep and title and chosen and pillars:
        ident = now.id or f"eigen-{uuid4().hex[:12]}"
        made = OwnOffer(ident, title, tuple(chosen), tuple(Pillar(item) for item in pillars), about, dt.date.today())
        st.session_state["own-added"] = count + (offer is None)
        _change(lambda: store.save_offer(made))
    elif keep:
        st.warning("Vul een naam in, en kies minstens één thema en één pijler.")


def _change(made: Callable[[], None]) -> None:
    """Change what is kept, and show it on every page from now on."""
    made()
    cache.forget_region()
    st.rerun()


def _pillar(pillar: Pillar) -> str:
    return Pillar(pillar).value


# --------------------------------------------------------------------------- what can be had


def _availability(store: Store) -> None:
    st.subheader("Wat is er te krijgen in de regio?", anchor=False)
    st.html(markup.quiet(REGION_INTRO))
    titles = {row.id: row.title for row in cache.reference().catalogue.rows if not row.is_own}
    known = store.availability()
    left, right = st.columns(2, vertical_alignment="bottom")
    row = left.selectbox(
        "Voorstel", list(titles), index=None, format_func=titles.__getitem__, key="region-row", placeholder="Kies"
    )
    if row is not None:
        with right:
            _one(store, row, known)
    for is_here, words in ((False, AWAY), (True, HERE)):
        names = sorted(titles[name] for name, here in known.items() if here is is_here and name in titles)
        if names:
            st.html(f"<p>{markup.text(f'**{formats.capital(words)}:** {formats.listing(names)}.')}</p>")


def _one(store: Store, row: str, known: Mapping[str, bool]) -> None:
    """Ask of one row whether it can be had."""
    name = f"region-{row}"

    def keep() -> None:
        chosen = st.session_state[name]
        with keeping.telling():
            if chosen == UNKNOWN:
                store.forget_availability(row)
            else:
                store.save_availability(row, available=chosen == HERE)
            cache.forget_region()

    st.segmented_control(
        "In onze regio",
        (HERE, AWAY, UNKNOWN),
        default={True: HERE, False: AWAY, None: UNKNOWN}[known.get(row)],
        key=name,
        on_change=keep,
        required=True,
    )
