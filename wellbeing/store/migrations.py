"""How a database of an earlier version becomes one of today: forward only, all steps in one transaction.

A step is never changed once it was in a release. A new version is a function at the end of
``VERSIONS``, the new shape in ``tables``, and a database of that version in ``tests/store/versions``.
"""

from __future__ import annotations

from collections.abc import Callable

from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import Boolean, Column, Connection, Date, DateTime, Integer, String, Text, inspect, select

from wellbeing.store.failures import StoreError
from wellbeing.store.tables import schema_version

NEWER = (
    "Deze opslag is gemaakt met een nieuwere versie van het dashboard. "
    "Werk het dashboard bij en probeer het dan opnieuw. Er is niets veranderd."
)


def _found_by(*names: str) -> list[Column[str]]:
    return [Column(name, String(200), primary_key=True) for name in names]


def _document() -> list[Column[object]]:
    return [Column("saved_on", Date, nullable=False), Column("document", Text, nullable=False)]


def _version_1(op: Operations) -> None:
    """Counts, comparison figures, conversations, choices of columns, answers, settings and the log."""
    op.create_table("schema_version", Column("number", Integer, primary_key=True, autoincrement=False))
    op.create_table("measurements", *_found_by("school", "year", "bouw", "codebook"), *_document())
    shareable = Column("shareable", Boolean, primary_key=True)
    op.create_table("benchmarks", *_found_by("region", "codebook", "year"), shareable, *_document())
    revision = Column("revision", Integer, nullable=False)
    op.create_table("conversations", *_found_by("school", "year"), revision, *_document())
    op.create_table("links", *_found_by("source", "fingerprint"), *_document())
    op.create_table("responsibilities", *_found_by("source"), *_document())
    op.create_table("settings", *_found_by("name"), Column("value", Text, nullable=False))
    op.create_table(
        "log",
        Column("id", Integer, primary_key=True),
        Column("at", DateTime, nullable=False),
        Column("event", String(200), nullable=False),
        Column("school", String(200), nullable=False),
        Column("year", String(200), nullable=False),
        Column("number", Integer, nullable=False),
    )


def _version_2(op: Operations) -> None:
    """What the GGD itself offers, and which programmes can be had in the region."""
    op.create_table("offers", *_found_by("id"), *_document())
    available = Column("available", Boolean, nullable=False)
    op.create_table("availability", *_found_by("row"), available, Column("saved_on", Date, nullable=False))


def _version_3(op: Operations) -> None:
    """What a school works on between two conversations."""
    revision = Column("revision", Integer, nullable=False)
    op.create_table("school_work", *_found_by("school", "year", "kind"), revision, *_document())


def _version_4(op: Operations) -> None:
    """What the organisation changed in the rows that come with the dashboard, and the log of that."""
    op.create_table("content", *_found_by("table_name", "row"), *_document())
    words = [Column(name, String(200), nullable=False) for name in ("by_whom", "table_name", "row", "field")]
    op.create_table(
        "content_log",
        Column("id", Integer, primary_key=True),
        Column("at", DateTime, nullable=False),
        *words,
        *(Column(name, Text, nullable=False) for name in ("old", "new")),
    )


VERSIONS: tuple[Callable[[Operations], None], ...] = (_version_1, _version_2, _version_3, _version_4)


def version_of(connection: Connection) -> int:
    """Give the version of a database; 0 for an empty one.

    Raises:
        StoreError: if there is something else in it.
    """
    names = inspect(connection).get_table_names()
    if not names:
        return 0
    if schema_version.name not in names:
        message = (
            "Dit is geen opslag van het dashboard, maar iets anders. Kies een ander bestand of een andere database."
        )
        raise StoreError(message)
    return int(connection.scalar(select(schema_version.c.number)) or 0)


def upgrade(connection: Connection, to: int = len(VERSIONS)) -> None:
    """Bring a database forward, inside the transaction of the caller. ``to`` is for tests.

    Raises:
        StoreError: if it is of a newer version than this program knows.
    """
    found = version_of(connection)
    if found > len(VERSIONS):
        raise StoreError(NEWER)
    if found >= to:
        return
    operations = Operations(MigrationContext.configure(connection))
    for step in VERSIONS[found:to]:
        step(operations)
    connection.execute(schema_version.delete())
    connection.execute(schema_version.insert().values(number=to))
