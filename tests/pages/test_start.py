"""Start: the demo in one click."""


def test_one_click_opens_the_demo(visitor):
    page = visitor()
    assert page.went_well
    page.app.button(key="demo").click().run()
    assert page.went_well
    assert page.state.measurement.school == "Het Baken"
    assert page.state.benchmark.year == "2024-2025"
    assert page.state.is_demo


def test_the_first_page_says_what_happens_with_pupils_data(visitor):
    words = visitor().words
    assert "Alles gebeurt op deze computer" in words
    assert "Ik heb een schoolbestand" in words
    assert "Ik heb een regiobestand" in words
