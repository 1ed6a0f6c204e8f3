"""Gelijke kansen: groups in words, the way to the conversation, and nothing of a hidden group."""

from __future__ import annotations

import io
import re
from dataclasses import replace

import openpyxl
import pytest

from tests.pages.fields import click, labels
from wellbeing import pipeline
from wellbeing.model.conversation import Conversation, DiscussionPoint
from wellbeing.model.reference import Bouw
from wellbeing.model.results import BenchmarkFigure, PointKind, Proportion
from wellbeing.presentation import chances
from wellbeing.ui import cache, equal_chances, preparing
from wellbeing.ui.session import State

PAGE = "pages/equal_chances.py"
PERCENTAGE = re.compile(r"(\d+)%")
SCHOOL, YEAR, STRESS = "Het Baken", "2025-2026", "stress_school"
GENDER, ABOUT_STRESS = "Ik ben een", "Hoe vaak heb je stress door school of huiswerk?"


@pytest.fixture(scope="module")
def unequal(reference):
    """The school of the demo with two genders only, of whom nearly all girls have stress by school."""
    book = openpyxl.load_workbook(cache.DEMO / cache.DEMO_SCHOOL)
    answers = next(sheet for sheet in book if any(GENDER in row for row in sheet.iter_rows(values_only=True)))
    rows = list(answers.iter_rows())
    headings = next(row for row in rows if GENDER in [cell.value for cell in row])
    gender, stress = ([cell.value for cell in headings].index(name) for name in (GENDER, ABOUT_STRESS))
    for at, row in enumerate(rows[headings[0].row :]):
        if row[gender].value == "Anders":
            row[gender].value = "Jongen"
        if row[gender].value == "Meisje":
            row[stress].value = "Soms" if at % 6 == 0 else "Heel vaak"
    made = io.BytesIO()
    book.save(made)
    table = pipeline.read_table(made.getvalue(), "school.xlsx", reference)
    codebook, *_ = pipeline.matching_codebooks(table, reference)
    return pipeline.measure(pipeline.open_survey(table, reference, codebook))


@pytest.fixture
def unequal_state(demo_state, unequal):
    return replace(demo_state, measurements=unequal)


def sentences(page):
    """What can be read, with single spaces."""
    return re.sub(r"\s+([.:])", r"\1", " ".join(page.words.split()))


# --------------------------------------------------------------------------- nothing open, or nothing to compare


def test_without_a_school_the_page_still_says_what_a_school_can_do(visitor):
    page = visitor().go(PAGE)
    assert page.went_well
    assert equal_chances.NO_FIGURES in page.words
    assert all(name in page.words for name in chances.LEVERS.values())
    assert equal_chances.TO_TABLE not in labels(page)


def test_a_school_of_25_pupils_shows_no_figure_and_leads_to_a_talk(visitor, small_state):
    page = visitor(small_state).go(PAGE)
    assert page.went_well
    assert chances.NOTHING_TO_COMPARE in page.words
    assert "Van leerlingen van vmbo-bk, leerlingen in leerjaar 3, jongens en meisjes laten we geen" in sentences(page)
    assert not PERCENTAGE.search(page.html)
    assert equal_chances.TALK in page.words


def test_a_table_without_numbers_of_pupils_is_not_compared(visitor):
    page = visitor(State(figures_only=object())).go(PAGE)
    assert page.went_well
    assert equal_chances.NO_NUMBERS in page.words


def test_two_measurements_together_can_be_taken_apart_here(visitor, demo_state, measured):
    state = replace(demo_state, measurements=measured("duinrand-lyceum-2025-2026.xlsx"), together=True)
    page = visitor(state).go(PAGE)
    assert equal_chances.TOGETHER in page.words
    page.app.toggle(key="together").set_value(False).run()
    assert page.went_well
    assert "lijkt een verschil, kan toeval zijn" in page.words


def test_a_store_that_is_damaged_does_not_stop_the_page(visitor, unequal_state, monkeypatch, tmp_path):
    broken = tmp_path / "kapot.sqlite"
    broken.write_bytes(b"dit is geen opslag" * 100)
    monkeypatch.setenv("WELLBEING_STORE", str(broken))
    page = visitor(unequal_state).go(PAGE)
    assert page.went_well
    assert "Meer meisjes dan jongens vertellen dit." in page.words


# --------------------------------------------------------------------------- hidden groups


def test_of_girls_who_are_hidden_nothing_is_told(visitor, demo_state):
    page = visitor(demo_state).go(PAGE)
    assert page.went_well
    words = sentences(page)
    assert "We vergeleken schoolniveaus en leerjaren. Niet te vergelijken: jongens en meisjes." in words
    assert "en meisjes laten we geen cijfers zien." in words
    assert not re.search(r"\d+%[^.]*(meisje|jongen)|(meisje|jongen)[^.]*\d+%", words)


def test_groups_with_the_same_figures_are_named_once(visitor, demo_state):
    words = sentences(visitor(demo_state).go(PAGE))
    assert "Leerlingen van vmbo-gt en leerlingen in leerjaar 3 hebben hier dezelfde cijfers." in words


@pytest.mark.parametrize("name", ["het-baken", "de-werf", "duinrand-lyceum", "zilverduin-college"])
@pytest.mark.parametrize("bouw", [Bouw.UPPER, Bouw.LOWER])
def test_every_percentage_on_the_page_stands_on_another_page_too(visitor, demo_state, measured, name, bouw):
    state = replace(demo_state, measurements=measured(f"{name}-2025-2026.xlsx"), shown=bouw)
    page = visitor(state).go(PAGE)
    assert page.went_well
    analysis = pipeline.analyse(state.measurement, state.benchmark, cache.reference())
    shown = {
        figure.percentage
        for group in analysis.published.groups
        for figure in group.figures.values()
        if isinstance(figure, Proportion)
    }
    beside = {
        row.benchmark.percentage
        for row in analysis.comparisons
        if isinstance(row.school, Proportion) and isinstance(row.benchmark, BenchmarkFigure)
    }
    told = {int(found) for found in PERCENTAGE.findall(page.html)}
    assert told <= shown | beside


# --------------------------------------------------------------------------- groups that differ


def test_a_difference_is_said_about_what_pupils_tell(visitor, unequal_state):
    page = visitor(unequal_state).go(PAGE)
    words = sentences(page)
    assert "Meer meisjes dan jongens vertellen dit." in words
    assert re.search(
        r"8\d% van de meisjes heeft vaak of heel vaak stress door school of huiswerk. Van de jongens is dat \d\d%.",
        words,
    )
    assert re.search(r"In de regio: meisjes \d\d% en jongens \d\d%.", words)
    assert "duidelijk verschil" in words
    assert not re.search("ongunstig|slechter|beter dan|significant|p-waarde", words)


def test_at_most_three_points_stand_on_the_first_screen(visitor, unequal_state):
    page = visitor(unequal_state).go(PAGE)
    assert 1 <= page.html.count("vertellen dit.") <= 3


def test_a_point_goes_to_the_conversation_once(visitor, unequal_state, store):
    page = visitor(unequal_state).go(PAGE)
    click(page, equal_chances.TO_CONVERSATION)
    assert equal_chances.IN_CONVERSATION in [element.value for element in page.app.success]
    (point,) = store.conversation(SCHOOL, YEAR).points
    assert (point.indicator, point.bouw, point.kind) == (STRESS, Bouw.UPPER, PointKind.CONVERSATION)
    assert re.match(r"Tussen groepen: 8\d% van de meisjes heeft", point.note)
    page.go("pages/conversation.py")
    assert page.went_well
    assert "(Heel) vaak stress door school of huiswerk" in page.words


def test_a_point_that_is_there_keeps_its_note(visitor, unequal_state, store):
    kept = DiscussionPoint(PointKind.CLEAR, "mentaal_welbevinden", STRESS, Bouw.UPPER, note="Mentoren zien dit ook.")
    store.save_conversation(Conversation(SCHOOL, YEAR, points=(kept,)))
    click(visitor(unequal_state).go(PAGE), equal_chances.TO_CONVERSATION)
    (point,) = store.conversation(SCHOOL, YEAR).points
    assert point.kind is PointKind.CLEAR
    assert re.match(r"Mentoren zien dit ook.\nTussen groepen: 8\d%", point.note)


def test_a_full_table_says_so(visitor, unequal_state, store):
    points = tuple(DiscussionPoint(PointKind.CONVERSATION, f"thema{at}") for at in range(preparing.MOST))
    store.save_conversation(Conversation(SCHOOL, YEAR, points=points))
    page = visitor(unequal_state).go(PAGE)
    assert preparing.FULL in page.words
    assert equal_chances.TO_CONVERSATION not in labels(page)


# --------------------------------------------------------------------------- the level


def test_a_level_far_from_the_region_is_said_beside_its_own_level(visitor, demo_state, measured):
    page = visitor(replace(demo_state, measurements=measured("de-werf-2025-2026.xlsx"))).go(PAGE)
    words = sentences(page)
    assert "Geen verschil met het eigen niveau betekent niet dat alles goed gaat." in words
    assert re.search(
        r"\(Vmbo-bk\): op deze school 65%, zelfde niveau in de regio 62%: geen aantoonbaar verschil. "
        r"Maar in de hele regio is het 71%. Vmbo-bk ligt daar dus 9 procentpunt lager.",
        words,
    )


def test_without_comparison_figures_the_warning_stays(visitor, demo_state):
    page = visitor(replace(demo_state, benchmark=None)).go(PAGE)
    assert page.went_well
    assert "betekent niet dat alles goed gaat." in page.words
    assert chances.NO_REGION in page.words


# --------------------------------------------------------------------------- what the school can do


def test_every_lever_has_the_pillars_of_its_package(visitor):
    catalogue = cache.reference().catalogue
    page = visitor().go(PAGE)
    for lever in chances.LEVERS:
        for pillar in catalogue.row(lever).pillars:
            action = catalogue.action(chances.THEME, pillar)
            assert action.action in page.words
            assert all(catalogue.row(row).title in page.words for row in action.rows if row not in chances.LEVERS)


def test_choosing_happens_where_a_school_always_chooses(visitor, demo_state, store):
    page = click(visitor(demo_state).go(PAGE), equal_chances.TO_TABLE)
    assert equal_chances.ON_TABLE in [element.value for element in page.app.success]
    assert [need.theme for need in store.conversation(SCHOOL, YEAR).needs] == [chances.THEME]
    page.go("pages/suggestions.py")
    assert "**Armoede en gelijke kansen** · gekozen door de school" in [box.label for box in page.app.expander]


def test_who_is_reached_less_stands_with_what_helps_and_how_it_was_judged(visitor):
    page = visitor().go(PAGE)
    known = cache.reference()
    assert len(known.lists.reached_less) == 9
    for item in known.lists.reached_less:
        assert item.who in page.words
        assert item.helps in page.words
    programme = page.html[page.html.index("M@ZL op het vo") :]
    assert programme.index("erkenning: Eerste aanwijzingen (29 maart 2017)") < programme.index(">bron</a>")
    assert "voorbeeld, geen bewijs" in page.words
    assert "aftrap, geen aanpak" in page.words
