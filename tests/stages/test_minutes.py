"""The A4 and the minutes: what people chose and agreed, beside figures as they may be shown."""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import replace

import docx
import pikepdf
import pytest

from tests.builders import TOTAL, benchmark, cell, codebook, indicator, measurement, place, policy, question
from wellbeing import pipeline
from wellbeing.model.conversation import (
    Agreement,
    Attendee,
    Choice,
    Conversation,
    Decision,
    DiscussionPoint,
    Need,
    Progress,
    Status,
    UnmetNeed,
)
from wellbeing.model.reference import Bouw, Direction, Pillar
from wellbeing.model.report import BulletList, Callout, Format, Paragraph, Report, Variant
from wellbeing.model.results import ComparatorKind, PointKind, Wishes
from wellbeing.ui import cache, preparing

DAY = dt.date(2026, 3, 9)
NAMES = ("goed", "slecht", "verborgen")
SCHOOL = {"goed": (160, 200), "slecht": (120, 200), "verborgen": (3, 200)}
REGION = {"goed": (600, 1000), "slecht": (300, 1000), "verborgen": (30, 1000)}
AGREED = Agreement("Toetsen spreiden", Attendee.TEAM_LEADER, dt.date(2026, 9, 1), "slecht", Bouw.UPPER)
BEFORE = Conversation("De Werf", "2023-2024", agreements=(AGREED, Agreement("Ouderavond", indicator="verborgen")))
RECORD = Conversation(
    "De Werf",
    "2025-2026",
    reached=Status.HELD,
    held_on=dt.date(2026, 3, 2),
    present=frozenset({Attendee.TEAM_LEADER, Attendee.NURSE}),
    points=(
        DiscussionPoint(PointKind.CLEAR, "welbevinden", "goed", Bouw.UPPER, goes_well=True, reason="80%. Duidelijk."),
        DiscussionPoint(PointKind.CONVERSATION, "welbevinden", reason="Een thema.", note="Herkend."),
    ),
    needs=(Need("slaap", "minder toetsen"),),
    signals=(Need("pesten"),),
    choices=(Choice("slaap", Pillar.POLICY, "m-rooster-en-slaap", Decision.CHOSEN, "past erbij"),),
    agreements=(replace(AGREED, progress=Progress.BUSY),),
    unmet=(UnmetNeed("slaap", "iets voor leerjaar 1", Pillar.EDUCATION),),
    notes="Volgend jaar weer.",
)


def reference() -> pipeline.Reference:
    changes = {"goed": {"higher_is": Direction.FAVOURABLE}}
    subjects = [replace(indicator(name, catalogue_themes=("slaap",)), **changes.get(name, {})) for name in NAMES]
    book = codebook(subjects, [question(name) for name in NAMES])
    return replace(pipeline.load_reference(), codebooks=(book,), policy=policy())


def meeting(record: Conversation = RECORD, before: Conversation | None = BEFORE) -> pipeline.Meeting:
    known = reference()
    beside = benchmark({place(): cell(REGION)})
    found = pipeline.analyse(
        measurement({TOTAL: SCHOOL}, could_have_answered=250), beside, known, main=ComparatorKind.REGION
    )
    offer = pipeline.advise(found, Wishes(), known, DAY)
    return pipeline.Meeting(found, record, offer, before, known.codebooks[0], known.catalogue)


def lines(report: Report, title: str) -> list[str]:
    """Everything that stands in one section, in order."""
    found: list[str] = []
    for block in next(section for section in report.sections if section.title == title).blocks:
        match block:
            case BulletList(items):
                found += items
            case Paragraph(text) | Callout(text):
                found.append(text)
    return found


def test_both_name_school_population_year_number_comparison_and_day():
    for report in (pipeline.compose_preparation(meeting(), DAY), pipeline.compose_minutes(meeting(), DAY)):
        for part in ("De Werf", "bovenbouw", "2025-2026", "200 van de 250 leerlingen", "2024-2025", "9 maart 2026"):
            assert part in report.footer
    assert report.variant is Variant.MINUTES


def test_the_a4_has_points_questions_last_time_and_offer():
    report = pipeline.compose_preparation(meeting(), DAY)
    assert [section.title for section in report.sections] == [
        "De punten",
        "De vragen aan tafel",
        "Vorige keer afgesproken",
        "Passend aanbod",
    ]
    assert lines(report, "De punten") == ["**Onderwerp goed.** 80%. Duidelijk.", "**Welbevinden.** Een thema."]


def test_an_agreement_stands_beside_the_label_of_its_figure_now_and_a_hidden_figure_stays_hidden():
    """120 of 200 is 60%, beside 300 of 1000 in the region: clearly less favourable. 3 of 200 is too few to show."""
    found = lines(pipeline.compose_preparation(meeting(), DAY), "Vorige keer afgesproken")
    assert found[0] == "Bij de meting van 2023-2024:"
    assert found[1] == (
        "**Toetsen spreiden**; teamleider, voor 1 september 2026; stand: open; "
        "Onderwerp slecht (bovenbouw): 60%, duidelijk ongunstiger"
    )
    assert "%" not in found[2]
    assert found[-1].startswith("Het cijfer staat ernaast, maar zegt niet of het door de afspraak komt.")


def test_next_year_says_how_the_figure_of_an_agreement_went():
    """120 of 200 is 60% now; 100 of 200 was 50% then, of the same pupils' school year and population."""
    then = measurement({TOTAL: {**SCHOOL, "slecht": (100, 200)}}, year="2023-2024")
    courses = pipeline.follow_years([then, measurement({TOTAL: SCHOOL})], reference())
    report = pipeline.compose_minutes(replace(meeting(), courses={Bouw.UPPER: courses}), DAY)
    found = lines(report, "Vorige keer afgesproken")
    assert "slecht (bovenbouw): 60%, duidelijk ongunstiger. In 2023-2024 was het 50%. " in found[1]
    assert found[1].endswith("(+10 procentpunt).")
    assert "%" not in found[2]


def test_a_figure_of_other_pupils_is_not_passed_off_as_that_of_these():
    lower = replace(AGREED, bouw=Bouw.LOWER)
    report = pipeline.compose_preparation(meeting(before=replace(BEFORE, agreements=(lower,))), DAY)
    found = lines(report, "Vorige keer afgesproken")[1]
    assert "Onderwerp slecht (onderbouw): staat niet in deze meting" in found
    assert "%" not in found


def test_the_minutes_hold_all_that_was_written_down():
    report = pipeline.compose_minutes(meeting(), DAY)
    assert "Datum: 2 maart 2026" in lines(report, "Over het gesprek")
    assert "Aan tafel: jeugdverpleegkundige en teamleider" in lines(report, "Over het gesprek")
    assert "Volgend jaar weer." in lines(report, "Over het gesprek")
    assert "Besproken bij welbevinden: Herkend." in lines(report, "Wat we bespraken")
    assert lines(report, "Waar behoefte aan is") == ["**Slaap**: minder toetsen"]
    assert any("gekozen door de school: past erbij" in line for line in lines(report, "Wat de school kiest"))
    assert lines(report, "Afspraken") == [
        "**Toetsen spreiden**; teamleider, voor 1 september 2026; stand: bezig; "
        "volgende keer kijken we naar: Onderwerp slecht (bovenbouw)"
    ]
    assert lines(report, "Behoefte zonder aanbod") == ["**Slaap** (Educatie): iets voor leerjaar 1"]


def test_nothing_written_down_is_said_so_and_a_first_conversation_has_no_last_time():
    empty = meeting(Conversation("De Werf", "2025-2026"), None)
    report = pipeline.compose_minutes(empty, DAY)
    assert lines(report, "Afspraken") == ["Niets opgeschreven."]
    assert lines(report, "Vorige keer afgesproken") == ["Van deze school zijn geen eerdere afspraken bewaard."]


def test_an_invented_school_says_so_on_paper():
    report = pipeline.compose_minutes(meeting(replace(RECORD, is_invented=True)), DAY)
    assert report.notice.startswith("Voorbeeld met verzonnen cijfers.")


def test_a_theme_that_the_catalogue_no_longer_has_keeps_its_name():
    report = pipeline.compose_minutes(meeting(replace(RECORD, needs=(Need("weg", "iets"),))), DAY)
    assert lines(report, "Waar behoefte aan is") == ["**weg**: iets"]


# --------------------------------------------------------------------------- as files


@pytest.mark.parametrize("agreements", [0, 12])
def test_the_preparation_of_the_demo_is_exactly_one_page(agreements):
    known, demo = pipeline.load_reference(), cache.demo()
    what = "Toetsrooster en huiswerk spreiden over het jaar, samen met de leerlingenraad en alle secties"
    agreed = tuple(
        Agreement(what, Attendee.HEALTHY_SCHOOL_COORDINATOR, DAY, "stress_school", item.bouw)
        for item in demo.school[:1] * agreements
    )
    before = Conversation("Het Baken", "2024-2025", agreements=agreed)
    for item in demo.school:
        found = pipeline.analyse(item, demo.benchmark, known, main=ComparatorKind.OWN_LEVEL)
        record = Conversation(item.school, item.year, is_invented=True).with_points(preparing.proposal(found))
        offer = pipeline.advise(found, Wishes(), known, DAY)
        full = pipeline.Meeting(found, record, offer, before, known.codebook(item.codebook), known.catalogue)
        data = pipeline.write_report(pipeline.compose_preparation(full, DAY), Format.PDF)
        assert len(pikepdf.open(io.BytesIO(data)).pages) == 1


def test_the_minutes_are_a_word_document_with_the_agreements_in_it():
    data = pipeline.write_report(pipeline.compose_minutes(meeting(), DAY), Format.DOCUMENT)
    words = "\n".join(paragraph.text for paragraph in docx.Document(io.BytesIO(data)).paragraphs)
    assert "Verslag van het adviesgesprek: De Werf, bovenbouw 2025-2026" in words
    assert "Toetsen spreiden; teamleider, voor 1 september 2026; stand: bezig" in words
