"""Adviesgesprek: prepared, held, written down; two visitors; and the next measurement."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from html import unescape

from tests.pages.fields import click
from wellbeing.model.conversation import Agreement, Attendee, Conversation, Need, Status
from wellbeing.model.reference import Bouw
from wellbeing.ui import my_schools

PAGE = "pages/conversation.py"
PLACE = ("Het Baken", "2025-2026")
HOLD, CONCLUDE = "Voeren", "Afspraken en verslag"


def step(page, name):
    page.app.session_state[my_schools.STEP] = name
    page.app.run()
    assert page.went_well
    return page


def area(page, words):
    return next(field for field in page.app.text_area if words in field.label)


def box(page, words):
    return next(field for field in page.app.multiselect if words in field.label)


def prepared(page):
    return click(page.go(PAGE), "Neem dit voorstel over")


# --------------------------------------------------------------------------- preparing


def test_the_page_names_school_pupils_year_and_comparison(visitor, demo_state, store):
    page = visitor(demo_state).go(PAGE)
    assert page.app.title[0].value == "Adviesgesprek Het Baken, bovenbouw 2025-2026"
    for part in ("leerlingen vulden de vragenlijst in", "schoolniveau in de regio, 2024-2025", "verzonnen"):
        assert part in page.words


def test_the_proposal_has_at_most_five_points_and_begins_with_what_goes_well(visitor, demo_state, store):
    prepared(visitor(demo_state))
    record = store.conversation(*PLACE)
    assert record.status is Status.PREPARED
    assert [point.goes_well for point in record.points] == [True, True, False, False, False]
    assert all("%" in point.reason for point in record.points)


def test_points_change_places_within_their_kind_and_can_be_taken_away(visitor, demo_state, store):
    page = prepared(visitor(demo_state))
    first, second, third, *rest = (point.indicator for point in store.conversation(*PLACE).points)
    click(page, "Later")
    assert [point.indicator for point in store.conversation(*PLACE).points] == [second, first, third, *rest]
    assert not [button for button in page.app.button if button.key == "move-1-2"]  # what goes well stays first
    click(page, "Haal weg")
    assert [point.indicator for point in store.conversation(*PLACE).points] == [first, third, *rest]


def test_a_theme_without_a_figure_can_be_a_point(visitor, small_state, store):
    page = visitor(small_state).go(PAGE)
    add = next(field for field in page.app.selectbox if field.label == "Voeg een punt toe")
    theme = next(option for option in add.options if option.startswith("Thema: "))
    add.select(theme).run()
    assert page.went_well
    (point,) = store.conversations()[0].points
    assert point.indicator is None
    assert "%" not in page.words


# --------------------------------------------------------------------------- holding


def test_one_point_at_a_time_with_its_figure_its_marks_and_a_note(visitor, demo_state, store):
    page = step(prepared(visitor(demo_state)), HOLD)
    assert "Punt 1 van 5: gaat goed" in page.words
    for mark in ("deze school, met marge", "regio, vorige meting 2024-2025", "verwacht voor deze leerlingen"):
        assert mark in page.words
    click(page, "Volgende")
    area(page, "Aantekening bij punt 2").set_value("De brugklas herkent dit.").run()
    assert [point.note for point in store.conversation(*PLACE).points][:2] == ["", "De brugklas herkent dit."]


def test_who_was_there_what_is_needed_and_why(visitor, demo_state, store):
    page = step(prepared(visitor(demo_state)), HOLD)
    box(page, "Wie zijn erbij?").select(Attendee.NURSE).run()
    box(page, "behoefte").select("slaap").run()
    area(page, "Toelichting bij slaap").set_value("minder toetsen").run()
    record = store.conversation(*PLACE)
    assert record.present == {Attendee.NURSE}
    assert record.needs == (Need("slaap", "minder toetsen"),)
    page.go("pages/suggestions.py")
    assert page.went_well
    assert "Slaap" in " ".join(expander.label for expander in page.app.expander)  # one truth on both pages


def test_the_day_of_the_conversation_can_be_put_right_and_the_figures_stay(visitor, demo_state, store):
    page = click(step(prepared(visitor(demo_state)), HOLD), "Het gesprek is gevoerd")
    assert store.conversation(*PLACE).status is Status.HELD
    day = next(field for field in page.app.date_input if field.label.startswith("Op welke dag"))
    day.set_value(dt.date(2026, 3, 9)).run()
    assert store.conversation(*PLACE).held_on == dt.date(2026, 3, 9)
    assert "Gevoerd op 9 maart 2026" in page.words


def agree(page, what):
    area(page, "Wat spreken we af?").set_value(what)
    next(field for field in page.app.selectbox if "pakt dit op" in field.label).select(Attendee.TEAM_LEADER)
    next(field for field in page.app.selectbox if "volgende keer" in field.label).select_index(0)
    click(page, "Leg vast")


def test_an_agreement_is_made_changed_and_taken_away(visitor, demo_state, store):
    page = step(prepared(visitor(demo_state)), HOLD)
    agree(page, "Toetsrooster bekijken")
    (agreement,) = store.conversation(*PLACE).agreements
    assert (agreement.what, agreement.who, agreement.bouw) == (
        "Toetsrooster bekijken",
        Attendee.TEAM_LEADER,
        Bouw.UPPER,
    )
    click(page, "Wijzig")
    area(page, "Wat spreken we af?").set_value("Toetsrooster spreiden")
    click(page, "Bewaar de wijziging")
    (changed,) = store.conversation(*PLACE).agreements
    assert changed == replace(agreement, what="Toetsrooster spreiden")
    click(page, "Haal weg")
    assert store.conversation(*PLACE).agreements == ()


def test_an_agreement_with_a_name_is_kept_only_after_a_second_look(visitor, demo_state, store):
    page = step(prepared(visitor(demo_state)), HOLD)
    agree(page, "Bel de moeder van Lisa de Vries op 06-12345678")
    assert "Nog niet bewaard" in page.words
    assert store.conversation(*PLACE).agreements == ()


# --------------------------------------------------------------------------- concluding


def test_progress_outcome_and_what_is_missing_are_kept(visitor, demo_state, store):
    page = step(prepared(visitor(demo_state)), HOLD)
    agree(page, "Toetsrooster spreiden")
    step(page, CONCLUDE)
    box(page, "passend aanbod").select("slaap").run()
    area(page, "wat zou passen").set_value("iets voor leerjaar 1").run()
    assert [(item.theme, item.note) for item in store.conversation(*PLACE).unmet] == [("slaap", "iets voor leerjaar 1")]
    assert page.app.get("download_button")[0].proto.label == "Download het verslag (Word)"


def test_the_agreements_of_last_time_stand_beside_the_label_of_their_figure(visitor, demo_state, store):
    first = prepared(visitor(demo_state))
    clear = store.conversation(*PLACE).points[2]
    agreement = Agreement("Toetsrooster spreiden", Attendee.TEAM_LEADER, None, clear.indicator, Bouw.UPPER)
    store.save_conversation(Conversation(PLACE[0], "2024-2025", agreements=(agreement,)))
    first.app.run()
    assert "Afspraken bij de meting van 2024-2025" in first.words
    assert "duidelijk ongunstiger" in first.html[first.html.index("Toetsrooster spreiden") :]
    assert "zegt niet of het door de afspraak komt" in first.words
    row = unescape(first.html[first.html.index("Toetsrooster spreiden") :])
    before = next(item for item in demo_state.region if (item.school, item.bouw) == (PLACE[0], Bouw.UPPER))
    cell = before.total.figures[clear.indicator]
    assert f"In 2024-2025 was het {int(100 * cell.cases / cell.total + 0.5)}%. " in row


# --------------------------------------------------------------------------- two visitors, one record


def test_two_people_see_the_conflict_and_nothing_is_overwritten(visitor, demo_state, store):
    mine = step(prepared(visitor(demo_state)), HOLD)
    theirs = step(visitor(demo_state).go(PAGE), HOLD)
    area(theirs, "Andere aantekeningen").set_value("Van mijn collega.").run()
    area(mine, "Andere aantekeningen").set_value("Van mij.").run()
    assert mine.went_well
    assert store.conversation(*PLACE).notes == "Van mijn collega."
    assert "Iemand anders heeft dit gespreksverslag intussen veranderd" in mine.words
    assert "Van mij." in [block.value for block in mine.app.code]
    assert area(mine, "Andere aantekeningen").value == "Van mijn collega."
    area(mine, "Andere aantekeningen").set_value("Van mijn collega. Van mij.").run()
    assert store.conversation(*PLACE).notes == "Van mijn collega. Van mij."
    assert "Iemand anders" not in mine.words


def test_after_a_reload_everything_that_was_committed_is_there(visitor, demo_state, store):
    page = step(prepared(visitor(demo_state)), HOLD)
    area(page, "Andere aantekeningen").set_value("Volgend jaar weer.").run()
    again = step(visitor(demo_state).go(PAGE), HOLD)
    assert area(again, "Andere aantekeningen").value == "Volgend jaar weer."
