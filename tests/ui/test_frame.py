"""When something goes wrong: one calm sentence on screen, and nothing from a file in the log."""

import pytest
from streamlit.testing.v1 import AppTest

from wellbeing.reference.schema import ReferenceDataError
from wellbeing.ui import frame


class Page:
    """A page that fails."""

    def __init__(self, error: Exception) -> None:
        self.error = error

    def run(self) -> None:
        raise self.error


def run_with(monkeypatch, error: Exception) -> AppTest:
    monkeypatch.setattr(frame.navigation, "current", lambda **_: Page(error))
    return AppTest.from_string("from wellbeing.ui import frame\nframe.run()").run()


def test_an_error_shows_and_logs_no_value(monkeypatch, caplog):
    app = run_with(monkeypatch, ValueError("Jan de Vries, 999990019"))
    assert not app.exception
    (error,) = app.error
    assert error.value.startswith("Er ging iets mis op deze pagina.")
    assert "ValueError" in error.value
    assert "Vries" not in error.value + caplog.text
    assert "ValueError in test_frame.py" in caplog.text


def test_broken_reference_data_shows_all_its_problems(monkeypatch):
    app = run_with(
        monkeypatch, ReferenceDataError(["policy.toml: limits: dit klopt niet.", "indicators.toml: dat ook niet."])
    )
    (error,) = app.error
    assert "policy.toml" in error.value
    assert "indicators.toml" in error.value


@pytest.mark.parametrize("name", ["name.svg", "sign.svg", "page.css", "page.js"])
def test_nothing_of_the_page_comes_from_elsewhere(name):
    text = (frame.shell.ASSETS / name).read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")
    assert "http" not in text
    assert "@import" not in text
