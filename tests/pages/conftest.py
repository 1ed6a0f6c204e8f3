"""Pages as a visitor gets them, through app.py, with Streamlit's own test runner."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from wellbeing import pipeline
from wellbeing.model.results import Measurement
from wellbeing.pipeline import Reference
from wellbeing.store.database import Store, open_store
from wellbeing.ui import cache, rooms
from wellbeing.ui.session import KEY, State

ROOT = Path(__file__).parents[2]
DEMO = ROOT / "data" / "demo"
CALM = "Er ging iets mis op deze pagina"


class Visitor:
    """One visitor: opens pages and reads what stands on them."""

    def __init__(self, state: State | None) -> None:
        self.app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=90)
        if state is not None:
            self.app.session_state[KEY] = state
        self.app.run()

    def go(self, file: str) -> Visitor:
        """Open a page of the navigation."""
        self.app.switch_page(file).run()
        return self

    @property
    def state(self) -> State:
        """What the visitor chose so far."""
        kept: State = self.app.session_state[KEY]
        return kept

    @property
    def words(self) -> str:
        """Everything that can be read on the page, without layout."""
        kinds = ("title", "header", "subheader", "markdown", "caption", "info", "warning", "error", "success")
        texts = [element.value for kind in kinds for element in getattr(self.app, kind)]
        texts += [element.proto.body for element in self.app.get("html")]
        return " ".join(unescape(re.sub(r"<[^>]+>", " ", text)) for text in texts)

    @property
    def html(self) -> str:
        """The HTML that our own pieces sent to the browser."""
        return "\n".join(element.proto.body for element in self.app.get("html"))

    @property
    def went_well(self) -> bool:
        """Whether no programming error came up."""
        return not self.app.exception and CALM not in self.words


@pytest.fixture(scope="session")
def reference() -> Reference:
    return pipeline.load_reference()


@pytest.fixture(scope="session")
def measured(reference: Reference) -> Callable[[str], tuple[Measurement, ...]]:
    """Give the populations of a school of the demo, by the name of its file."""

    def measure(file_name: str) -> tuple[Measurement, ...]:
        table = pipeline.read_table((DEMO / file_name).read_bytes(), file_name, reference)
        return pipeline.measure(
            pipeline.open_survey(table, reference, pipeline.matching_codebooks(table, reference)[0])
        )

    return measure


@pytest.fixture(scope="session")
def demo_state() -> State:
    """Het Baken beside its region."""
    demo = cache.demo()
    counted = tuple(replace(item, could_have_answered=item.total.pupils + 50) for item in demo.school)
    return State(measurements=counted, benchmark=demo.benchmark, region=demo.region, is_demo=True)


@pytest.fixture
def new_store(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Store:
    """A store of this test only, as the pages find it; nobody chose yet how long things are kept."""
    address = str(tmp_path / "welbevinden.sqlite")
    monkeypatch.setenv("WELLBEING_STORE", address)
    return open_store(address)


@pytest.fixture
def store(new_store: Store) -> Store:
    """A store of this test only, in which somebody chose to keep things."""
    new_store.set_retention(36)
    return new_store


@pytest.fixture
def now() -> str:
    """The school year of today, which every room opens with."""
    return rooms.this_year()


@pytest.fixture
def visitor() -> Callable[[State | None], Visitor]:
    return lambda state=None: Visitor(replace(state) if state is not None else None)


@pytest.fixture(scope="session")
def small_state(demo_state: State, measured: Callable[[str], tuple[Measurement, ...]]) -> State:
    """A school of 25 pupils: nothing may be shown."""
    return State(measurements=measured("de-kleine-kreek-2025-2026.xlsx"), benchmark=demo_state.benchmark)
