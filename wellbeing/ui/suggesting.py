"""The parts of "Wat kan de school doen?": the school's own wishes, and the packages."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import streamlit as st

from wellbeing.model.reference import Pillar
from wellbeing.model.results import Analysis, Package
from wellbeing.presentation import markup, packages
from wellbeing.stages.suggest import HOW_CHOSEN, RULES
from wellbeing.ui import cache, session

FIELDS = {
    "needs": ("Waar wil de school aan werken?", "De school kiest zelf; daar is geen cijfer voor nodig."),
    "signals": ("Welke signalen zijn er?", "Alleen signalen over meer leerlingen samen, nooit over één leerling."),
    "focus": ("Speerpunten van de GGD", "Thema's waar de regio dit jaar aandacht voor vraagt."),
}
NO_OFFER = ("Eigen aanbod GGD (niet beoordeeld)", "Behoefte zonder aanbod")
NOTHING_YET = (
    "Geen onderwerp springt eruit. Kies hierboven waar de school aan wil werken; dan staat hier meteen een pakket."
)


def wishes() -> None:
    """Ask what people bring to the table besides the figures."""
    labels = {theme.id: theme.label for theme in cache.reference().catalogue.themes}
    for name, column in zip(FIELDS, st.columns(len(FIELDS)), strict=True):
        question, help_text = FIELDS[name]
        column.multiselect(
            question,
            list(labels),
            default=sorted(getattr(session.state().wishes, name)),
            format_func=labels.__getitem__,
            key=f"wishes-{name}",
            help=help_text,
            placeholder="Kies een thema",
            on_change=_keep,
            args=(name,),
        )


def found(analysis: Analysis) -> tuple[Package, ...]:
    """Give the packages that fit this school today."""
    return cache.packages(analysis, session.state().wishes, dt.date.today())


def show(analysis: Analysis) -> None:
    """Show the packages, the most pressing one open; a school works on one to three themes at a time."""
    present(found(analysis))


def present(items: tuple[Package, ...]) -> None:
    """Show these packages, or say how to get one."""
    if not items:
        st.info(NOTHING_YET)
        return
    most = cache.reference().policy.talking_points.most
    st.header("Op tafel", anchor=False)
    st.html(markup.quiet("Kies samen één tot hoogstens drie thema's. Het meest dringende staat bovenaan."))
    for position, package in enumerate(items[:most]):
        _closed_package(package, is_open=position == 0)
    if items[most:]:
        st.header("Ook mogelijk", anchor=False)
    for package in items[most:]:
        _closed_package(package, is_open=False)


def _closed_package(package: Package, is_open: bool) -> None:
    label = cache.reference().catalogue.theme(package.theme).label
    reason = packages.cause_in_words(package.reasons[0].cause)
    with st.expander(f"**{label}** · {reason}", expanded=is_open, key=f"pakket-{package.theme}"):
        _package(package)


def _package(package: Package) -> None:
    catalogue = cache.reference().catalogue
    theme = catalogue.theme(package.theme)
    several = packages.reasons(package) if len(package.reasons) > 1 else ""
    st.html(several + packages.why(package, RULES, HOW_CHOSEN))
    st.html(
        f"<p>{markup.text(f'**Vraag aan tafel:** {theme.question}')}</p>"
        f"<p>{markup.text(f'**Let op:** {theme.caution}')}</p>"
    )
    _already_done(package)
    st.html(packages.pillars(package, catalogue))
    for part in package.parts:
        if not part.suggestions:
            _without_offer(package.theme, part.pillar)


def _already_done(package: Package) -> None:
    key = f"done-{package.theme}"
    st.pills(
        "Wat doet de school hier al?",
        list(Pillar),
        selection_mode="multi",
        default=[part.pillar for part in package.parts if part.already_done],
        format_func=lambda pillar: Pillar(pillar).value,
        key=key,
        on_change=_keep_done,
        args=(package.theme, key),
    )


def _without_offer(theme: str, pillar: Pillar) -> None:
    st.segmented_control(
        f"{pillar.value}: geen passend aanbod gevonden. Hoe nu verder?",
        NO_OFFER,
        key=f"offer-{theme}-{pillar.value}",
        persist_state="session",
    )


def _keep(name: str) -> None:
    chosen = session.state()
    picked: frozenset[str] = frozenset(st.session_state[f"wishes-{name}"])
    match name:
        case "needs":
            chosen.wishes = replace(chosen.wishes, needs=picked)
        case "signals":
            chosen.wishes = replace(chosen.wishes, signals=picked)
        case _:
            chosen.wishes = replace(chosen.wishes, focus=picked)


def _keep_done(theme: str, key: str) -> None:
    chosen = session.state()
    others = {item for item in chosen.wishes.already_done if item[0] != theme}
    done = frozenset(others | {(theme, Pillar(pillar)) for pillar in st.session_state[key]})
    chosen.wishes = replace(chosen.wishes, already_done=done, matrix_filled=bool(done))
