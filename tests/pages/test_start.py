"""Start: the demo in one click."""

from wellbeing.store.database import open_store


def test_one_click_opens_the_demo(visitor):
    page = visitor()
    assert page.went_well
    page.app.button(key="demo").click().run()
    assert page.went_well
    assert page.state.measurement.school == "Het Baken"
    assert page.state.benchmark.year == "2024-2025"
    assert page.state.is_demo


def test_who_keeps_schools_goes_on_there(visitor, tmp_path, monkeypatch):
    monkeypatch.setenv("WELLBEING_STORE", str(tmp_path / "w.sqlite"))
    assert "Verder met mijn scholen" not in labels(visitor())
    open_store().set_retention(36)
    assert "Verder met mijn scholen" in labels(visitor())


def labels(page):
    return [link.proto.label for link in page.app.get("page_link")]


def test_the_first_page_says_what_happens_with_pupils_data(visitor):
    words = visitor().words
    assert "Alles gebeurt op deze computer" in words
    assert "Ik heb een schoolbestand" in words
    assert "Ik heb een regiobestand" in words
