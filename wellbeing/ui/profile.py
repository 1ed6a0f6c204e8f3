"""The parts of Schoolprofiel: the conclusion, what goes well and what to discuss, and the themes."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from wellbeing.model.results import Analysis, ThemeTally
from wellbeing.presentation import figures, markup, wording
from wellbeing.presentation.palette import Tone
from wellbeing.ui import cache, components, navigation

NO_STRENGTHS = "Geen onderwerp is aantoonbaar gunstiger. Vraag aan tafel: waar zijn jullie trots op?"


def conclusion(analysis: Analysis) -> None:
    """Say the whole profile in a few sentences."""
    comparator = figures.main_comparator(analysis)
    small = wording.small_school(analysis.published, cache.reference().policy.talking_points)
    if small:
        st.html(markup.conclusion([small]))
    elif comparator is not None and components.has_benchmark(analysis):
        st.html(markup.conclusion(wording.headline(analysis.findings.outcomes, comparator)))


def opening(analysis: Analysis) -> None:
    """Show what to talk about: of a small school themes first and then what occurs most, of others single subjects."""
    limits = cache.reference().policy.talking_points
    if not figures.is_small(analysis.published, limits):
        points(analysis)
        components.legend(analysis)
        return
    whole_themes(analysis)
    common = figures.most_common(analysis, cache.codebook(analysis), limits)
    if common:
        st.subheader("Wat veel voorkomt", anchor=False)
        cards = "".join(map(markup.common_card, common))
        st.html(f'<div class="wb-cards wb-beside">{cards}</div>')
    else:
        points(analysis)
        components.legend(analysis)


def whole_themes(analysis: Analysis) -> None:
    """Say of each theme what its subjects show together, what stands out first."""
    found = analysis.findings.themes
    comparator = figures.main_comparator(analysis)
    if not found or comparator is None:
        return
    labels = components.theme_labels(analysis)
    st.subheader("Thema's samen getest", anchor=False)
    st.html(
        markup.quiet(
            f"Alle onderwerpen van een thema bij elkaar, vergeleken met {wording.comparator_name(comparator)}. "
            "Zo kan ook bij weinig leerlingen iets opvallen."
        )
    )
    lines = [
        markup.theme_line(
            labels[item.theme], wording.verdict(item.verdict), figures.theme_tone(item), wording.theme_mean(item)
        )
        for item in figures.themes_in_order(found)
    ]
    st.html(f'<div class="wb-lines">{"".join(lines)}</div>')


def points(analysis: Analysis) -> None:
    """Show at most three things that go well, and three to discuss."""
    left, right = st.columns(2, gap="medium")
    with left:
        st.subheader("Wat goed gaat", anchor=False)
        cards = [components.point_card(analysis, point) for point in analysis.findings.strengths]
        st.html(f'<div class="wb-cards">{"".join(cards) or markup.quiet(NO_STRENGTHS)}</div>')
    with right:
        st.subheader("Om te bespreken", anchor=False)
        cards = [components.point_card(analysis, point) for point in analysis.findings.to_discuss]
        st.html(f'<div class="wb-cards">{"".join(cards)}</div>')


def themes(analysis: Analysis) -> None:
    """Show per theme how its subjects fall out, with the way to its figures and to what can be done."""
    labels = components.theme_labels(analysis)
    st.html(markup.quiet("Gunstiger en ongunstiger: duidelijke verschillen en wat toeval kan zijn bij elkaar geteld."))
    for tally in analysis.findings.tallies:
        with st.container(horizontal=True, vertical_alignment="center", key=f"thema-{tally.theme}"):
            st.html(markup.tally_line(labels[tally.theme], _parts(tally)), width="stretch")
            st.page_link(
                navigation.COMPARE.file,
                label="Vergelijken",
                icon=":material/bar_chart:",
                query_params={"thema": labels[tally.theme]},
            )


def _parts(tally: ThemeTally) -> Sequence[tuple[int, str, Tone]]:
    return (
        (tally.unfavourable, "ongunstiger", Tone.UNFAVOURABLE),
        (tally.favourable, "gunstiger", Tone.FAVOURABLE),
        (tally.neutral, "hoger of lager", Tone.NEUTRAL),
        (tally.no_difference, "zonder aantoonbaar verschil", Tone.NEUTRAL),
        (tally.hidden, "niet getoond of niet te vergelijken", Tone.NEUTRAL),
    )
