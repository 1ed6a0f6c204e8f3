"""The parts of "Wat kan de school doen?": what people bring to the table, the packages, and choosing from them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import streamlit as st

from wellbeing.model.conversation import Conversation, UnmetNeed
from wellbeing.model.reference import Pillar
from wellbeing.model.results import Analysis, Package
from wellbeing.presentation import inspiration, markup, packages
from wellbeing.stages.suggest import HOW_CHOSEN, RULES
from wellbeing.ui import cache, matrix, offers, recording, searching, worksheet
from wellbeing.ui import desk as desks
from wellbeing.ui.asking import plain
from wellbeing.ui.desk import Desk

NEEDS = ("Waar wil de school aan werken?", "De school kiest zelf; daar is geen cijfer voor nodig.")
SIGNALS = ("Welke signalen zijn er?", "Alleen signalen over meer leerlingen samen, nooit over één leerling.")
FOCUS = ("Speerpunten van de GGD", "Thema's waar de regio dit jaar aandacht voor vraagt.")
TABS = ("Pakketten", "Zoeken in alles", "Aanbod in de regio")
NOTHING_YET = (
    "Geen onderwerp springt eruit. Kies hierboven waar de school aan wil werken; dan staat hier meteen een pakket."
)
NO_OFFER = "{pillar}: geen passend aanbod. Meld dit als behoefte zonder aanbod"


def found(analysis: Analysis) -> tuple[Package, ...]:
    """Give the packages that fit this school today."""
    return cache.packages(analysis, desks.opened(analysis).wishes, dt.date.today())


def show(analysis: Analysis) -> None:
    """Show everything the page has for a school with figures."""
    present(desks.opened(analysis), lambda: found(analysis), analysis)


def present(desk: Desk, find: Callable[[], tuple[Package, ...]], analysis: Analysis | None = None) -> None:
    """Ask what people bring to the table, and show what follows from it (``find``); without an analysis no figures."""
    recording.trouble(desk.sheet)
    _wishes(desk)
    items = find()
    on_table, search, region = st.tabs(TABS)
    with on_table:
        _packages(desk, items)
    with search:
        searching.show(analysis, items)
    with region:
        offers.show()


# --------------------------------------------------------------------------- what people bring


def _wishes(desk: Desk) -> None:
    """Ask what people bring to the table besides the figures."""
    now = desk.wishes
    first, second, third = st.columns(3)
    with first:
        _themes(NEEDS, now.needs, lambda chosen: desk.change(_with("needs", chosen)))
    with second:
        _themes(SIGNALS, now.signals, lambda chosen: desk.change(_with("signals", chosen)))
    with third:
        _themes(FOCUS, now.focus, desk.focus)


def _themes(words: tuple[str, str], value: frozenset[str], keep: Callable[[frozenset[str]], None]) -> None:
    question, help_text = words
    labels = recording.theme_names()
    name = recording.key(question)
    st.multiselect(
        question,
        list(labels),
        default=[theme for theme in labels if theme in value],
        format_func=labels.__getitem__,
        key=name,
        help=help_text,
        placeholder="Kies een thema",
        on_change=lambda: keep(frozenset(st.session_state[name])),
    )


def _with(name: str, themes: frozenset[str]) -> recording.Change:
    changes: dict[str, Any] = {name: themes}
    return lambda record: record.with_wishes(replace(record.wishes, **changes))


# --------------------------------------------------------------------------- packages


def _packages(desk: Desk, items: tuple[Package, ...]) -> None:
    """Show the packages, the most pressing one open; a school works on one to three themes at a time."""
    most = cache.reference().policy.talking_points.most
    if not items:
        st.info(NOTHING_YET)
    else:
        st.header("Op tafel", anchor=False)
        st.html(markup.quiet("Kies samen één tot hoogstens drie thema's. Het meest dringende staat bovenaan."))
    matrix.show(desk, items, most)
    for position, package in enumerate(items[:most]):
        _closed_package(desk, package, is_open=position == 0)
    if items[most:]:
        st.header("Ook mogelijk", anchor=False)
    for package in items[most:]:
        _closed_package(desk, package, is_open=False)
    worksheet.chosen(desk)


def _closed_package(desk: Desk, package: Package, *, is_open: bool) -> None:
    label = plain(cache.reference().catalogue.theme(package.theme).label)
    reason = packages.cause_in_words(package.reasons[0].cause)
    with st.expander(f"**{label}** · {reason}", expanded=is_open, key=f"pakket-{package.theme}"):
        _package(desk, package)


def _package(desk: Desk, package: Package) -> None:
    catalogue = cache.reference().catalogue
    theme = catalogue.theme(package.theme)
    several = packages.reasons(package) if len(package.reasons) > 1 else ""
    st.html(several + packages.why(package, RULES, HOW_CHOSEN))
    st.html(
        f"<p>{markup.text(f'**Vraag aan tafel:** {theme.question}')}</p>"
        f"<p>{markup.text(f'**Let op:** {theme.caution}')}</p>"
    )
    st.html(packages.pillars(package, catalogue, desk.record.choices))
    examples = inspiration.of_package(inspiration.card_rows(catalogue), package.theme)
    if examples:
        st.html(inspiration.folded_cards(examples, catalogue))
    for part in package.parts:
        if not part.suggestions and not part.already_done:
            _without_offer(desk, package.theme, part.pillar)
    worksheet.show(desk, package)


# --------------------------------------------------------------------------- need without offer


def _without_offer(desk: Desk, theme: str, pillar: Pillar) -> None:
    """Let people say that something is missing here, so that the GGD sees what to develop."""
    made = next((item for item in desk.record.unmet if (item.theme, item.pillar) == (theme, pillar)), None)
    name = recording.key(f"unmet {theme} {pillar}")

    def keep() -> None:
        ticked = bool(st.session_state[name])
        desk.change(lambda record: with_unmet(record, UnmetNeed(theme, "", pillar), ticked=ticked))

    st.checkbox(NO_OFFER.format(pillar=pillar.value), made is not None, key=name, on_change=keep)
    if made is not None:
        label = f"Wat is er nodig? ({recording.theme_names()[theme]}, {pillar.value})"
        recording.text(
            desk.store,
            label,
            made.note,
            lambda record, typed: with_unmet(record, replace(made, note=typed), ticked=True),
            height=70,
        )


def with_unmet(record: Conversation, need: UnmetNeed, *, ticked: bool) -> Conversation:
    """Give the record with this need without offer, or without it; there is one per theme and pillar."""
    others = tuple(item for item in record.unmet if (item.theme, item.pillar) != (need.theme, need.pillar))
    return replace(record, unmet=(*others, need) if ticked else others)
