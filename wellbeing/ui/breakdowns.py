"""The parts of Uitsplitsingen: one subject for the fixed groups, its answers, and the years."""

from __future__ import annotations

import streamlit as st

from wellbeing.model.reference import CountRule, Indicator, ScaleRule
from wellbeing.model.results import (
    Analysis,
    AnswerShare,
    Change,
    Proportion,
    PublishedAnswers,
    Suppressed,
    YearFigure,
)
from wellbeing.presentation import figures, formats, markup, pictures, wording
from wellbeing.ui import cache, comparing, components, navigation, parcels, session

NO_ANSWERS = "Dit onderwerp is opgebouwd uit meer vragen. Daarvan tonen we geen losse antwoorden."
NO_ANSWERS_TOGETHER = "Van twee metingen samen tonen we geen losse antwoorden. Bekijk daarvoor één meting."
OTHER_ANSWERS = "Zonder losse antwoorden telt in dit onderwerp ook mee:"
ROUNDED = "Percentages zijn afgerond op hele procenten; daardoor tellen ze niet altijd op tot 100%."
ONE_YEAR = (
    "Er is nog één meting van deze school. Voeg de export van een ander jaar toe; dan staan ze hier naast elkaar."
)


def choose_subject(analysis: Analysis) -> Indicator:
    """Let the user choose a theme and one of its subjects; both stand in the address."""
    left, right = st.columns(2)
    with left:
        theme = comparing.choose_theme(analysis)
    rows = figures.subjects(analysis, cache.codebook(analysis), theme)
    by_label = {row.indicator.label: row.indicator for row in rows}
    chosen = right.selectbox("Onderwerp", list(by_label), key="onderwerp", bind="query-params")
    return by_label.get(chosen or "", rows[0].indicator)


def title(analysis: Analysis, indicator: Indicator) -> None:
    """Say the subject as a sentence, where it may be said, and name the school."""
    whole = _whole(analysis, indicator)
    st.title(whole.sentence or indicator.label, anchor=False)
    shown = analysis.published
    parts = [f"{shown.school}, {shown.bouw.value} {shown.year}", indicator.label]
    if figures.is_weighted(analysis):
        parts.append("gewogen cijfers")
    st.html(markup.quiet(" · ".join(parts)))


def groups(analysis: Analysis, indicator: Indicator) -> None:
    """Show the school and each of its fixed groups beside the same group in the region."""
    rows = figures.group_subjects(analysis, indicator)
    st.html(markup.group_table("De hele school en de vaste groepen", rows, components.workings(analysis, rows)))
    st.html(markup.quiet(wording.EXPLORE))


def answers(analysis: Analysis, indicator: Indicator) -> None:
    """Show how the answers are distributed, of the school as a whole."""
    st.header("Hoe de antwoorden verdeeld zijn", anchor=False)
    asked = _questions(indicator)
    found = [item for item in analysis.answers if item.question in asked]
    for item in found:
        _distribution(item)
    if found and len(found) < len(asked):
        left = len(asked) - len(found)
        st.html(markup.quiet(f"{OTHER_ANSWERS} {formats.counted(left, 'vraag', 'vragen')}."))
    if not found:
        st.html(markup.quiet(NO_ANSWERS_TOGETHER if session.is_pooled(analysis) else NO_ANSWERS))


def years(analysis: Analysis, indicator: Indicator) -> None:
    """Show the subject over the measurements that the user loaded."""
    st.header("Door de jaren heen", anchor=False)
    if parcels.is_open():
        parcels.needs_counts()
        return
    measurements = session.years()
    courses = cache.courses(measurements)
    course = next((item for item in courses if item.indicator == indicator.id), None)
    if course is None or len(measurements) < 2:
        st.html(markup.quiet(ONE_YEAR))
        st.page_link(navigation.ADD_DATA.file, label="Gegevens toevoegen", icon=":material/upload_file:")
        return
    st.html(f"<p>{markup.text(f'**{wording.change(course)}** {wording.long_run(course)}')}</p>")
    left, right = st.columns(2, gap="medium", vertical_alignment="center")
    left.html(markup.picture(pictures.year_line(course), pictures.years_in_words(course), pictures.YEARS_HEIGHT))
    headings = ["Schooljaar", "School", "Marge", "Leerlingen"]
    right.html(markup.table("De metingen", headings, [_year(item) for item in course.figures], stacked=False))
    working = components.course_working(analysis, course, sum(isinstance(item.change, Change) for item in courses))
    if working:
        st.html(working)
    st.html(markup.quiet(wording.OTHER_PUPILS))


def _whole(analysis: Analysis, indicator: Indicator) -> figures.Subject:
    rows = figures.subjects(analysis, cache.codebook(analysis), indicator.theme)
    return next(row for row in rows if row.indicator.id == indicator.id)


def _questions(indicator: Indicator) -> set[str]:
    found: set[str] = set()
    for rule in indicator.rules:
        found |= set(rule.questions if isinstance(rule, CountRule | ScaleRule) else (rule.question,))
    return found


def _distribution(item: PublishedAnswers) -> None:
    if isinstance(item.shares, Suppressed):
        st.html(markup.quiet(f"{item.text} {formats.capital(wording.REASONS[item.shares.reason])}."))
        return
    words = pictures.answers_in_words(item.shares)
    pupils = formats.counted(item.total or 0, "leerling", "leerlingen")
    st.html(f"<p>{markup.text(f'**{item.text}** {pupils} met een antwoord.')}</p>")
    st.html(markup.picture(pictures.answer_bar(item.shares), words, pictures.BAR_HEIGHT))
    rows = [_answer(share, at, len(item.shares)) for at, share in enumerate(item.shares)]
    st.html(markup.table_of_html("De antwoorden", ["Antwoord", "Leerlingen"], rows, stacked=False))
    st.html(markup.quiet(ROUNDED))


def _answer(share: AnswerShare, at: int, count: int) -> list[str]:
    return [markup.swatch(pictures.step(at, count)[0], pictures.answer_label(share)), f"{share.percentage}%"]


def _year(item: YearFigure) -> list[str]:
    name = f"{item.year} (de vraag is veranderd)" if item.broken else item.year
    if not isinstance(item.figure, Proportion):
        return [name, wording.REASONS[item.figure.reason], "–", "–"]
    lower, upper = formats.whole(item.figure.interval.lower * 100), formats.whole(item.figure.interval.upper * 100)
    pupils = formats.number(item.figure.count.total)
    return [name, formats.percentage(item.figure.percentage), f"{lower}% tot {upper}%", pupils]
