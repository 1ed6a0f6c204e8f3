"""Wat kan de school doen?: packages with a reason, also for a school that differs in nothing."""

PAGE = "pages/suggestions.py"


def test_without_a_school_the_page_says_kindly_what_to_do(visitor):
    assert "Nog geen school gekozen" in visitor().go(PAGE).words


def test_the_most_pressing_theme_says_why_and_what(visitor, demo_state):
    page = visitor(demo_state).go(PAGE)
    assert page.went_well
    assert page.app.expander[0].label.startswith("**Stress en prestatiedruk** · verschilt duidelijk ongunstig")
    for part in ("Waarom dit?", "Beleid", "Schoolomgeving", "Educatie", "Signaleren", "gecontroleerd op"):
        assert part in page.words


def test_a_school_of_25_pupils_gets_a_package_by_choosing_one(visitor, small_state):
    page = visitor(small_state).go(PAGE)
    assert page.went_well
    assert not page.app.expander
    page.app.multiselect(key="wishes-needs").select("pesten").run()
    assert page.went_well
    assert [box.label for box in page.app.expander] == ["**Pesten (ook online)** · gekozen door de school"]
    assert "%" not in page.words


def test_mental_health_puts_the_safety_net_first(visitor, small_state):
    page = visitor(small_state).go(PAGE)
    page.app.multiselect(key="wishes-needs").select("mentale_gezondheid").run()
    signalling = page.html[page.html.index("<h4>Signaleren") :]
    assert signalling.index("Altijd eerst: jeugdarts, zorgcoördinator en 113") < signalling.index("</li>")


def test_what_the_school_already_does_is_kept(visitor, small_state):
    page = visitor(small_state).go(PAGE)
    page.app.multiselect(key="wishes-signals").select("pesten").run()
    page.app.get("button_group")[0].set_value(["Beleid"]).run()
    assert page.went_well
    assert "doet de school al" in page.words
    assert "maar nog niet bij" in page.words
