"""Rapporten: a file is made when asked for; all schools in one zip; what may not go out stays in."""

from __future__ import annotations

import io
import re
from dataclasses import replace

import pptx
import pytest
from pptx.util import Inches

from wellbeing import pipeline
from wellbeing.batch import Archive, Order
from wellbeing.model.conversation import Agreement
from wellbeing.model.reference import Bouw
from wellbeing.model.report import Format, Variant
from wellbeing.model.results import ComparatorKind
from wellbeing.ui import batching, house_style, parcels, reporting
from wellbeing.ui.session import State

PAGE, SUGGESTIONS, PROFILE = "pages/reports.py", "pages/suggestions.py", "pages/profile.py"
SHARED, PARCEL = "Deelversie", "Schoolpakket voor dit dashboard (Excel)"


def choose(page, name):
    page.app.radio(key="report-kind").set_value(name).run()
    return page


def labels(page):
    return [button.proto.label for button in page.app.get("download_button")]


@pytest.fixture
def one_school(demo_state):
    return replace(demo_state, region=())


def test_without_a_school_the_page_says_kindly_what_to_do(visitor):
    assert "Nog geen school gekozen" in visitor().go(PAGE).words


@pytest.mark.parametrize("name", [choice.name for choice in reporting._choices()])
def test_a_file_is_made_when_it_is_asked_for(visitor, one_school, name):
    page = choose(visitor(one_school).go(PAGE), name)
    assert labels(page) == []
    page.app.button(key="report-make").click().run()
    assert page.went_well
    assert labels(page) == [f"Download: {name}"]


def test_another_choice_asks_again(visitor, one_school):
    page = visitor(one_school).go(PAGE)
    page.app.button(key="report-make").click().run()
    assert labels(choose(page, "In het kort (PDF)")) == []


def test_a_name_in_the_explanation_stops_the_version_to_share(visitor, one_school):
    page = choose(visitor(one_school).go(PAGE), SHARED)
    page.app.text_area(key="report-explanation").set_value("Wij praten hierover met Lisa de Vries.").run()
    assert "naam van een persoon" in page.words
    assert not [button for button in page.app.button if button.key == "report-make"]
    page.app.text_area(key="report-explanation").set_value("Wij praten hierover met de leerlingenraad.").run()
    assert page.app.button(key="report-make")


def test_a_school_of_25_pupils_has_nothing_to_share(visitor, small_state):
    page = choose(visitor(small_state).go(PAGE), SHARED)
    page.app.button(key="report-make").click().run()
    assert page.went_well
    assert "minstens 50 leerlingen" in page.words
    assert labels(page) == []


@pytest.mark.parametrize(("kind", "start"), [(Format.SLIDES, b"PK"), (Format.DOCUMENT, b"PK"), (Format.PDF, b"%PDF")])
def test_the_version_to_share_comes_as_slides_and_document_too(visitor, one_school, kind, start):
    page = choose(visitor(one_school).go(PAGE), SHARED)
    page.app.segmented_control(key="report-shared-format").set_value(kind).run()
    page.app.button(key="report-make").click().run()
    assert page.went_well
    (button,) = page.app.get("download_button")
    assert button.proto.url.endswith(f".{kind.value}")


# --------------------------------------------------------------------------- a house style for the slides


def house(width=12, layouts=None):
    deck = pptx.Presentation()
    deck.slide_width = Inches(width)
    for layout in list(deck.slide_layouts)[layouts:] if layouts else ():
        deck.slide_layouts.remove(layout)
    out = io.BytesIO()
    deck.save(out)
    return out.getvalue()


def upload(page, data):
    page.app.file_uploader(key="house-style-file").upload("huisstijl.pptx", data, "application/octet-stream").run()
    return page


def test_slides_get_the_house_style_that_was_chosen_until_it_is_put_away(visitor, one_school):
    data = house()
    page = upload(visitor(one_school).go(PAGE), data)
    assert "huisstijl" in page.words
    assert page.app.session_state[house_style.KEY].content == data
    choose(page, "Dia's (PowerPoint)").app.button(key="report-make").click().run()
    assert page.went_well
    assert labels(page)
    page.app.button(key="house-style-away").click().run()
    assert house_style.KEY not in page.app.session_state


def test_all_slides_of_a_region_get_the_house_style(visitor, region):
    page = upload(visitor(replace(region, region=region.region[:1])).go(PAGE), house())
    page.app.get("button_group")[-1].set_value([Format.SLIDES]).run()
    page.app.button(key="batch-start").click().run()
    (data,) = page.app.session_state[batching.KEY].archive.files.values()
    assert pptx.Presentation(io.BytesIO(data)).slide_width == Inches(12)


@pytest.mark.parametrize(
    ("data", "said"),
    [(house(layouts=3), "In de sjabloon staat geen indeling met alleen een titel"), (b"PK", "geen PowerPoint-bestand")],
)
def test_a_house_style_that_cannot_be_used_says_why(visitor, one_school, data, said):
    page = upload(visitor(one_school).go(PAGE), data)
    assert page.went_well
    assert said in page.words
    assert house_style.KEY not in page.app.session_state


# --------------------------------------------------------------------------- all schools


def test_the_version_to_share_of_all_schools(visitor, region):
    page = visitor(replace(region, region=region.region[:2])).go(PAGE)
    page.app.selectbox(key="batch-variant").set_value(Variant.SHARED).run()
    page.app.button(key="batch-start").click().run()
    assert page.went_well
    assert all(name.startswith("deelversie-") for name in page.app.session_state[batching.KEY].archive.files)


@pytest.fixture
def region(demo_state):
    """Four populations of the demo region, one of which cannot be worked out."""
    good = demo_state.region[:3]
    return replace(demo_state, region=(*good[:2], replace(good[2], school="Kapot", codebook="bestaat niet")))


def test_all_schools_come_in_one_zip_and_a_bad_one_is_named(visitor, region):
    page = visitor(region).go(PAGE)
    page.app.button(key="batch-start").click().run()
    assert page.went_well
    assert "Klaar: 2 rapporten van de 3." in page.words
    assert "Kapot" in page.words
    assert "Download alles (zip)" in labels(page)
    job = page.app.session_state[batching.KEY]
    assert len(job.archive.files) == 2
    assert all(data.startswith(b"%PDF") for data in job.archive.files.values())


def test_what_was_stopped_can_be_downloaded_and_goes_on_where_it_was(visitor, region):
    """A click on Stop breaks off between two schools; here after the first."""
    page = visitor(region).go(PAGE)
    archive = Archive(reporting._on())
    job = batching.Job(region.region[:2], Order(archive, (Format.PDF,), archive.on), archive)
    made = batching.make_reports(job.measurements, region.benchmark, pipeline.load_reference(), job.order)
    job.outcomes.append(next(made))
    batching._stop(job)
    page.app.session_state[batching.KEY] = job
    page.app.run()
    assert "U hebt gestopt." in page.words
    assert "Download alles (zip)" in labels(page)
    (first,) = job.archive.files.values()
    page.app.button(key="batch-again").click().run()
    assert "Klaar: 2 rapporten van de 2." in page.words
    assert next(iter(page.app.session_state[batching.KEY].archive.files.values())) is first


def test_work_on_another_region_is_let_go(visitor, region, demo_state):
    page = visitor(replace(demo_state, region=demo_state.region[5:7])).go(PAGE)
    archive = Archive(reporting._on())
    page.app.session_state[batching.KEY] = batching.Job(
        region.region, Order(archive, (Format.PDF,), archive.on), archive, is_running=False
    )
    page.app.run()
    assert page.app.button(key="batch-start")


# --------------------------------------------------------------------------- a parcel, from GGD to school


@pytest.fixture(scope="session")
def parcel(demo_state):
    """What the GGD packs of the demo, beside every main comparison, with one agreement."""
    reference = pipeline.load_reference()
    kinds = (ComparatorKind.OWN_LEVEL, ComparatorKind.REGION, ComparatorKind.EXPECTED)
    now = demo_state.measurement
    analyses = [pipeline.analyse(now, demo_state.benchmark, reference, main=kind) for kind in kinds]
    packing = pipeline.Packing(reporting._on(), "0.1", agreements=(Agreement("Pauzes zonder telefoon"),))
    packed = pipeline.pack_parcel(analyses, packing, reference)
    (read,) = pipeline.read_parcels(pipeline.write_parcels([packed], reference), "schoolpakket.xlsx", reference)
    assert read == packed
    return read


@pytest.fixture
def at_school(parcel):
    return State(parcel=parcel, main=parcel.findings[0].main)


def without_origin(html):
    """Leave out which file the figures came from, and that the demo is one."""
    html = re.sub(r"bestand [^;<]*; ", "", html)
    return html.replace(" Voorbeeld met verzonnen cijfers.", "")


@pytest.mark.parametrize("file", [PROFILE, "pages/compare.py", SUGGESTIONS])
def test_the_school_sees_what_the_ggd_sees(visitor, one_school, at_school, file):
    ggd, school = (without_origin(visitor(state).go(file).html) for state in (one_school, at_school))
    agreed = school.find("Pauzes zonder telefoon")
    if file == SUGGESTIONS:
        assert agreed > 0
        school = "\n".join(part for part in school.split("\n") if "Pauzes zonder telefoon" not in part)
    assert len(ggd) > 1000
    assert school == ggd


def test_another_main_comparison_is_the_same_too(visitor, one_school, at_school):
    pages = []
    for state in (one_school, at_school):
        page = visitor(replace(state, main=ComparatorKind.REGION)).go("pages/compare.py")
        assert page.went_well
        pages.append(without_origin(page.html))
    assert pages[0] == pages[1]
    assert "vergeleken met regio" in pages[1]


def test_pages_that_need_counts_say_so_kindly(visitor, at_school):
    page = visitor(at_school).go("pages/breakdowns.py")
    assert page.went_well
    assert parcels.NEEDS_COUNTS in page.words


def test_a_school_makes_its_own_reports_but_no_new_parcel(visitor, at_school):
    page = visitor(at_school).go(PAGE)
    page.app.button(key="report-make").click().run()
    assert page.went_well
    assert labels(page) == ["Download: Schoolrapport (PDF)"]
    assert reporting.PARCEL_IS_OPEN in choose(page, PARCEL).words


def test_a_parcel_of_both_populations_lets_the_school_choose(visitor, one_school, reference):
    """What the page packs is what the school opens; each population reads as it does at the GGD."""
    assert len(one_school.measurements) == 2
    page = choose(visitor(one_school).go(PAGE), PARCEL)
    page.app.button(key="report-make").click().run()
    assert page.went_well
    (button,) = page.app.get("download_button")
    assert "bovenbouw" not in button.proto.url
    kinds = tuple(ComparatorKind)
    packed = []
    for item in one_school.measurements:
        main = pipeline.analyse(item, one_school.benchmark, reference, main=one_school.main)
        rest = [kind for kind in kinds if kind is not main.findings.main]
        beside = [pipeline.analyse(item, one_school.benchmark, reference, main=kind) for kind in rest]
        packed.append(pipeline.pack_parcel((main, *beside), pipeline.Packing(reporting._on(), "0.1"), reference))
    data = pipeline.write_parcels(packed, reference)
    school = visitor().go("pages/add_data.py")
    school.app.file_uploader(key="school-0").upload("schoolpakket.xlsx", data, "application/octet-stream").run()
    assert "bovenbouw en onderbouw" in school.words
    school.app.button(key="open-parcel").click().run()
    school.go(PROFILE)
    for bouw in (Bouw.LOWER, Bouw.UPPER):
        school.app.segmented_control(key="population").set_value(bouw).run()
        assert school.went_well
        assert school.state.parcel.about.bouw is bouw
        ggd = visitor(replace(one_school, shown=bouw)).go(PROFILE)
        assert without_origin(school.html) == without_origin(ggd.html)


def test_a_parcel_is_recognised_and_opened_where_data_are_added(visitor, parcel):
    page = visitor().go("pages/add_data.py")
    data = pipeline.write_parcels([parcel], pipeline.load_reference())
    page.app.file_uploader(key="school-0").upload("schoolpakket.xlsx", data, "application/octet-stream").run()
    assert "Dit is een schoolpakket van de GGD" in page.words
    page.app.button(key="open-parcel").click().run()
    assert page.went_well
    assert page.state.parcel == parcel
    assert "Het Baken" in page.words
