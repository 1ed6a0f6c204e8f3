"""A second copy of the store, and the way back. Only for a store that is one file.

Copies are made by SQLite itself while others may be saving, looked through before they count, and put
in their place in one move.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from wellbeing.store.connections import ONLY_OWNER, PATIENCE, make_private
from wellbeing.store.database import open_store
from wellbeing.store.failures import DAMAGED, NOT_WRITABLE, StoreError, sentence
from wellbeing.store.log import Event
from wellbeing.store.migrations import NEWER, VERSIONS
from wellbeing.store.places import check_place, default_address, is_file, kept_before, parse_address

NOT_A_BACKUP = "Dit bestand is geen reservekopie van het dashboard. Kies een ander bestand. Er is niets veranderd."
DAMAGED_BACKUP = "Deze reservekopie is beschadigd. Kies een oudere. Er is niets veranderd."
NO_FILE_HERE = (
    "Van deze opslag maakt de beheerder van de databaseserver reservekopieën; dat kan niet met deze opdracht."
)
NOT_WRITTEN = "De reservekopie is niet te schrijven. Controleer de map en of er ruimte is."
JOURNALS = ("-journal", "-wal", "-shm")


def back_up(out: Path, address: str | None = None) -> Path:
    """Make a copy of the store, and give the path of the store. It is as confidential as the store.

    Raises:
        StoreError: if there is no store, it is damaged, or the copy cannot be written.
    """
    path = _file(address)
    if out.resolve() == path:
        message = "Kies voor de reservekopie een andere naam dan die van de opslag zelf."
        raise StoreError(message)
    if not path.exists():
        message = f"Er is nog geen opslag: {path} bestaat niet."
        raise StoreError(message)
    store = open_store(str(path))
    store.write_log(Event.BACKED_UP)
    with _beside(out, NOT_WRITTEN) as part:
        _copy(_open(path), part)
        _check(_open(part), DAMAGED)
        part.replace(out)
        _sync_folder(out.parent)
    return path


def restore(backup: Path, address: str | None = None) -> Path:
    """Put a copy back as the store, and give the path at which the store of before is kept, if there was one.

    The copy is looked through and brought forward first; the store stays as it is until that is done.

    Raises:
        StoreError: if the copy is damaged, of a newer version or something else; nothing has changed then.
    """
    path = _file(address)
    check_place(path)
    if not backup.is_file():
        message = f"Het bestand {backup.name} is niet te openen. Controleer de naam en de map."
        raise StoreError(message)
    existed = path.exists()
    make_private(path)
    kept = kept_before(path)
    with _beside(path, NOT_WRITABLE) as part:
        _look_through(backup)
        _copy(_open_backup(backup), part)
        store = open_store(str(part))
        store.check()
        store.skip_revisions()
        if existed:
            _keep_before(path, kept)
        _copy(_open(part), path)
    open_store(str(path)).write_log(Event.RESTORED)
    return kept


def _file(address: str | None) -> Path:
    url = parse_address(address or default_address())
    if not is_file(url):
        raise StoreError(NO_FILE_HERE)
    return Path(str(url.database))


@contextlib.contextmanager
def _beside(target: Path, complaint: str) -> Iterator[Path]:
    """Give a private file beside the place where it must come; what is left of it is taken away."""
    try:
        number, name = tempfile.mkstemp(dir=target.parent, prefix=".welbevinden-")
        os.close(number)
    except OSError:
        raise StoreError(complaint) from None
    part = Path(name)
    try:
        yield part
    except OSError:
        raise StoreError(complaint) from None
    finally:
        for ending in ("", *JOURNALS):
            part.with_name(part.name + ending).unlink(missing_ok=True)


def _copy(opened: sqlite3.Connection, target: Path) -> None:
    """Copy a database in one transaction, also over one that is in use."""
    try:
        with closing(opened) as origin, closing(_open(target)) as copy:
            copy.execute("PRAGMA synchronous=EXTRA")
            origin.backup(copy)
    except sqlite3.Error as error:
        raise StoreError(sentence(error)) from None


def _open(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.resolve().as_uri()}?mode=rw", uri=True, timeout=PATIENCE / 1000)


def _open_backup(path: Path) -> sqlite3.Connection:
    # Also from a disk that cannot be written: nobody changes a backup.
    return sqlite3.connect(f"{path.resolve().as_uri()}?immutable=1", uri=True)


def _check(opened: sqlite3.Connection, complaint: str) -> None:
    try:
        with closing(opened) as connection:
            whole = connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    except sqlite3.DatabaseError:
        whole = False
    if not whole:
        raise StoreError(complaint)


def _look_through(backup: Path) -> None:
    """Refuse a copy that is no copy, is damaged, or is of a version that this program does not know."""
    with backup.open("rb") as file:
        if not file.read(16).startswith(b"SQLite format 3"):
            raise StoreError(NOT_A_BACKUP)
    _check(_open_backup(backup), DAMAGED_BACKUP)
    with closing(_open_backup(backup)) as connection:
        try:
            (version,) = connection.execute("SELECT number FROM schema_version").fetchone() or (0,)
        except sqlite3.OperationalError:
            raise StoreError(NOT_A_BACKUP) from None
    if version > len(VERSIONS):
        raise StoreError(NEWER)


def _keep_before(path: Path, kept: Path) -> None:
    """Keep the store of before. One that cannot be read any more is moved aside as it is."""
    kept.unlink(missing_ok=True)
    os.close(os.open(kept, os.O_RDWR | os.O_CREAT, ONLY_OWNER))
    try:
        _check(_open(path), DAMAGED)
    except StoreError:
        path.replace(kept)
        for ending in JOURNALS:
            with contextlib.suppress(FileNotFoundError):
                path.with_name(path.name + ending).replace(kept.with_name(kept.name + ending))
        make_private(path)
    else:
        _copy(_open(path), kept)


def _sync_folder(folder: Path) -> None:
    """Write down on the disk that a file has got its name; Windows does so by itself."""
    if os.name == "posix":
        number = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(number)
        finally:
            os.close(number)
