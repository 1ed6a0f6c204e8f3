"""Connections to the store: every call its own, and what is committed lies on the disk."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, NullPool, create_engine, event
from sqlalchemy.exc import NoSuchModuleError

from wellbeing.store.failures import NOT_WRITABLE, StoreError
from wellbeing.store.places import is_file

PATIENCE = 5_000  # milliseconds to wait for somebody else who is saving
WAL_IS_SOUND = (3, 52, 0)  # before this version a write-ahead log could damage the file in a rare case
ONLY_OWNER, OWNER_FOLDER = 0o600, 0o700


def connect(url: URL) -> Engine:
    """Give the engine for an address. Values never stand in its messages.

    Raises:
        StoreError: if the driver of a database server is not installed.
    """
    if is_file(url):
        engine = create_engine(url, poolclass=NullPool, hide_parameters=True)
        event.listen(engine, "connect", _prepare)
        event.listen(engine, "begin", _begin)
        return engine
    try:
        return create_engine(url, pool_pre_ping=True, hide_parameters=True)
    except (ImportError, NoSuchModuleError):
        message = "Voor deze database is een stuurprogramma nodig dat nog niet is geïnstalleerd. Vraag uw beheerder."
        raise StoreError(message) from None


def for_writing(engine: Engine) -> Engine:
    """Give the engine whose transactions are meant to write: of two at once the second waits at its start."""
    return engine.execution_options(writes=True)


def make_private(path: Path) -> None:
    """Make the file and its folder, readable for their owner only, before anything is in them.

    Raises:
        StoreError: if that is not allowed here.
    """
    try:
        path.parent.mkdir(mode=OWNER_FOLDER, parents=True, exist_ok=True)
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, ONLY_OWNER))
        with contextlib.suppress(PermissionError):  # somebody else's file, which we may use
            path.chmod(ONLY_OWNER)
    except OSError:
        raise StoreError(NOT_WRITABLE) from None


def _prepare(connection: sqlite3.Connection, _: Any) -> None:
    # The driver must not open and close transactions by itself: changes of tables would fall outside them.
    connection.isolation_level = None
    journal = "WAL" if sqlite3.sqlite_version_info >= WAL_IS_SOUND else "DELETE"
    for pragma in (
        f"busy_timeout={PATIENCE}",
        f"journal_mode={journal}",
        "synchronous=EXTRA",  # also the folder is written to disk, so a power cut takes no commit back
        "foreign_keys=ON",
        "secure_delete=ON",  # what is deleted is overwritten
        "trusted_schema=OFF",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
