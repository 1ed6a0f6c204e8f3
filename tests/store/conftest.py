"""A store in a folder of the test, with a clock that stands still."""

from pathlib import Path

import pytest

from tests.store.samples import NOW
from wellbeing.store.database import Store, open_store


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the store of this test is; its folder is not there yet."""
    return tmp_path / "opslag" / "welbevinden.sqlite"


@pytest.fixture
def store(path: Path) -> Store:
    """An empty store."""
    return open_store(str(path), now=lambda: NOW)
