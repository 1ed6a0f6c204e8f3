"""A backup holds everything; putting one back never costs the store of before."""

import os
import sqlite3
import stat
from contextlib import closing
from dataclasses import replace

import pytest

from tests.store import samples
from tests.store.samples import CONVERSATION, NOW, TODAY
from wellbeing.__main__ import main
from wellbeing.store.backups import back_up, restore
from wellbeing.store.database import open_store
from wellbeing.store.failures import ConflictError, StoreError
from wellbeing.store.log import Event
from wellbeing.store.places import kept_before

KEY = ("De Werf", "2025-2026")


@pytest.fixture
def copy(tmp_path, store, path):
    """A backup of a store with one of everything in it."""
    samples.fill(store)
    back_up(tmp_path / "kopie.sqlite", str(path))
    return tmp_path / "kopie.sqlite"


def everything(store):
    """All that is kept, apart from revisions and the log."""
    return (
        store.measurements(),
        [store.benchmark(key) for key in store.benchmarks()],
        [replace(record, revision=0) for record in store.conversations()],
        store.links(),
        store.responsibility("gmj"),
        store.offers(),
        store.availability(),
        store.retention(),
    )


def test_a_backup_that_is_put_back_elsewhere_holds_everything(store, copy, tmp_path):
    restore(copy, str(tmp_path / "elders" / "store.sqlite"))
    assert everything(open_store(str(tmp_path / "elders" / "store.sqlite"))) == everything(store)


def test_putting_back_undoes_what_came_later_and_keeps_it_aside(store, copy, path):
    later = store.save_conversation(replace(store.conversation(*KEY), notes="later"))
    kept = restore(copy, str(path))
    assert store.conversation(*KEY).notes == CONVERSATION.notes
    assert open_store(str(kept)).conversation(*KEY) == later
    assert store.log()[-1].event is Event.RESTORED
    assert sorted(file.name for file in path.parent.iterdir()) == sorted([path.name, kept.name])


def test_who_still_has_a_later_version_meets_a_conflict_after_a_restore(store, copy, path):
    later = store.save_conversation(replace(store.conversation(*KEY), notes="later"))
    restore(copy, str(path))
    store.save_conversation(replace(store.conversation(*KEY), notes="verder na terugzetten"))
    with pytest.raises(ConflictError):
        store.save_conversation(later)


def test_the_store_kept_aside_goes_after_a_month(store, copy, path):
    kept = restore(copy, str(path))
    for days, there in ((29, True), (31, False)):
        os.utime(kept, (NOW.timestamp() - days * 86_400,) * 2)
        store.expire(TODAY)
        assert kept.exists() is there


@pytest.mark.skipif(os.name != "posix", reason="modes of files are a matter of POSIX")
def test_a_backup_is_for_its_owner_only(copy):
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600


def test_a_backup_of_an_earlier_version_comes_forward(path, tmp_path):
    with closing(sqlite3.connect(tmp_path / "oud.sqlite")) as connection:
        connection.executescript((samples.VERSIONS_FOLDER / "1.sql").read_text(encoding="utf-8"))
    restore(tmp_path / "oud.sqlite", str(path))
    assert open_store(str(path)).measurements("Het Baken") == (samples.WEIGHTED,)


# --------------------------------------------------------------------------- what is refused


def newer(copy):
    with closing(sqlite3.connect(copy)) as connection, connection:
        connection.execute("UPDATE schema_version SET number = 99")


def cut_off(copy):
    os.truncate(copy, copy.stat().st_size // 2)


def overwritten(copy):
    data = bytearray(copy.read_bytes())
    data[4096 : 3 * 4096] = os.urandom(2 * 4096)
    copy.write_bytes(data)


def unreadable(copy):
    with closing(sqlite3.connect(copy)) as connection, connection:
        connection.execute("UPDATE measurements SET document = replace(document, 'cases', 'gevallen')")


def another_program(copy):
    copy.unlink()
    with closing(sqlite3.connect(copy)) as connection, connection:
        connection.execute("CREATE TABLE klanten (naam TEXT)")


def a_letter(copy):
    copy.write_bytes(b"beste ouders, " * 100)


def empty(copy):
    copy.write_bytes(b"")


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (newer, "nieuwere versie van het dashboard"),
        (cut_off, "beschadigd"),
        (overwritten, "beschadigd"),
        (unreadable, "beschadigd"),
        (another_program, "geen reservekopie van het dashboard"),
        (a_letter, "geen reservekopie van het dashboard"),
        (empty, "geen reservekopie van het dashboard"),
        (lambda copy: copy.unlink(), "niet te openen"),
    ],
)
def test_a_copy_that_cannot_be_used_leaves_the_store_as_it_is(copy, path, spoil, words):
    spoil(copy)
    before = path.read_bytes()
    with pytest.raises(StoreError, match=words):
        restore(copy, str(path))
    assert path.read_bytes() == before
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_a_damaged_store_is_moved_aside_when_a_backup_comes_back(copy, path):
    path.write_bytes(b"stuk" * 3_000)
    kept = restore(copy, str(path))
    assert open_store(str(path)).measurements("Het Baken") == (samples.WEIGHTED,)
    assert kept.read_bytes() == b"stuk" * 3_000


def test_no_backup_is_made_of_a_damaged_store_and_an_earlier_one_stays(copy, path):
    before = copy.read_bytes()
    path.write_bytes(b"stuk" * 3_000)
    with pytest.raises(StoreError, match="beschadigd"):
        back_up(copy, str(path))
    assert copy.read_bytes() == before


def test_a_backup_needs_a_store_another_name_and_a_folder(store, path, tmp_path):
    with pytest.raises(StoreError, match="andere naam"):
        back_up(path, str(path))
    with pytest.raises(StoreError, match="nog geen opslag"):
        back_up(tmp_path / "kopie.sqlite", str(tmp_path / "weg.sqlite"))
    with pytest.raises(StoreError, match="niet te schrijven"):
        back_up(tmp_path / "geen" / "map" / "kopie.sqlite", str(path))
    assert list(tmp_path.iterdir()) == [path.parent]


def test_of_a_database_server_the_administrator_makes_backups(tmp_path):
    with pytest.raises(StoreError, match="beheerder van de databaseserver"):
        back_up(tmp_path / "kopie.sqlite", "postgresql://db.ggd.example/welbevinden")


# --------------------------------------------------------------------------- the command line


def test_backup_and_restore_on_the_command_line(store, path, tmp_path, capsys):
    samples.fill(store)
    copy = tmp_path / "kopie.sqlite"
    assert main(["backup", "--out", str(copy), "--store", str(path)]) == 0
    assert "vertrouwelijke aantallen" in capsys.readouterr().out
    path.unlink()
    assert main(["restore", str(copy), "--store", str(path)]) == 0
    assert everything(store)[0] == (samples.TOGETHER, samples.MEASUREMENT, samples.WEIGHTED)
    assert not kept_before(path).exists()


def test_the_command_line_says_in_a_sentence_what_is_wrong(path, tmp_path, capsys):
    assert main(["backup", "--out", str(tmp_path / "kopie.sqlite"), "--store", str(path)]) == 2
    assert "nog geen opslag" in capsys.readouterr().err
