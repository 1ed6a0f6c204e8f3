"""A database of every earlier version comes forward with everything in it."""

import sqlite3
from contextlib import closing
from dataclasses import replace

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from tests.store import samples
from wellbeing.store import migrations, tables
from wellbeing.store.database import open_store
from wellbeing.store.failures import StoreError
from wellbeing.store.log import Event

LATEST = len(migrations.VERSIONS)


def bring_back(version, path):
    path.parent.mkdir()
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript((samples.VERSIONS_FOLDER / f"{version}.sql").read_text(encoding="utf-8"))


def version_in(path):
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute("SELECT number FROM schema_version").fetchall()


@pytest.mark.parametrize("version", range(1, LATEST + 1))
def test_a_database_of_each_version_comes_forward_with_its_data(version, path):
    bring_back(version, path)
    store = open_store(str(path))
    assert version_in(path) == [(LATEST,)]
    assert store.measurements() == (samples.TOGETHER, samples.MEASUREMENT, samples.WEIGHTED)
    assert [store.benchmark(key) for key in store.benchmarks()] == [samples.BENCHMARK]
    assert store.conversations() == (replace(samples.CONVERSATION, revision=1),)
    assert store.recall_links("gmj", "abc") == samples.HEADINGS
    assert store.responsibility("gmj") == samples.ANSWERS
    assert store.retention() == 36
    assert len(store.log()) == (6 if version < 3 else 9)
    assert store.offers() == ((samples.OFFER,) if version >= 2 else ())
    assert store.working() == ((("De Werf", "2026-2027"),) if version >= 3 else ())
    assert store.content() == ((samples.CHANGED_ROW,) if version >= 4 else ())
    assert [line.by for line in store.content_log()] == ([samples.EDITOR] if version >= 4 else [])
    store.check()


@pytest.mark.parametrize("version", range(1, LATEST + 1))
def test_the_tables_are_those_that_the_program_asks_for(version, path):
    bring_back(version, path)
    with open_store(str(path)).engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), tables.metadata) == []


def test_every_event_fits_its_column_on_a_server_too():
    assert max(len(event) for event in Event) <= tables.log.c.event.type.length


def test_an_empty_place_becomes_the_newest_version(store, path):
    assert store.log() == ()
    assert version_in(path) == [(LATEST,)]


def test_opening_again_changes_nothing(store, path):
    samples.fill(store)
    before = path.read_bytes()
    open_store(str(path)).check()
    assert path.read_bytes() == before


def test_a_step_that_fails_leaves_the_version_of_before(path, monkeypatch):
    bring_back(1, path)
    before = path.read_bytes()
    monkeypatch.setattr(migrations, "VERSIONS", (migrations.VERSIONS[0], _failing(migrations.VERSIONS[1])))
    with pytest.raises(RuntimeError):
        open_store(str(path))
    assert path.read_bytes() == before


def test_a_newer_version_is_refused_and_left_alone(store, path):
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(f"UPDATE schema_version SET number = {LATEST + 1}")
    before = path.read_bytes()
    with pytest.raises(StoreError, match="nieuwere versie van het dashboard"):
        open_store(str(path))
    assert path.read_bytes() == before


def test_a_database_of_another_program_is_refused_and_left_alone(path):
    path.parent.mkdir()
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("CREATE TABLE klanten (naam TEXT)")
    before = path.read_bytes()
    with pytest.raises(StoreError, match="geen opslag van het dashboard"):
        open_store(str(path))
    assert path.read_bytes() == before


def _failing(step):
    def fails(operations):
        step(operations)
        message = "half way"
        raise RuntimeError(message)

    return fails
