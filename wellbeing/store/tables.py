"""The tables as they are now. How a database of before comes to this: ``migrations``.

What has a shape of its own lies in one document (JSON text, see ``documents``) beside the columns by
which it is found. There is no table for pupils, and no column that could hold one.
"""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Date, DateTime, Integer, MetaData, String, Table, Text

metadata = MetaData()


def _key(name: str) -> Column[str]:
    return Column(name, String(200), primary_key=True)


schema_version = Table("schema_version", metadata, Column("number", Integer, primary_key=True, autoincrement=False))

measurements = Table(
    "measurements",
    metadata,
    _key("school"),
    _key("year"),
    _key("bouw"),
    _key("codebook"),
    Column("saved_on", Date, nullable=False),
    Column("document", Text, nullable=False),
)

benchmarks = Table(
    "benchmarks",
    metadata,
    _key("region"),
    _key("codebook"),
    _key("year"),
    Column("shareable", Boolean, primary_key=True),
    Column("saved_on", Date, nullable=False),
    Column("document", Text, nullable=False),
)

conversations = Table(
    "conversations",
    metadata,
    _key("school"),
    _key("year"),
    Column("revision", Integer, nullable=False),
    Column("saved_on", Date, nullable=False),
    Column("document", Text, nullable=False),
)

links = Table(
    "links",
    metadata,
    _key("source"),
    _key("fingerprint"),
    Column("saved_on", Date, nullable=False),
    Column("document", Text, nullable=False),
)

responsibilities = Table(
    "responsibilities",
    metadata,
    _key("source"),
    Column("saved_on", Date, nullable=False),
    Column("document", Text, nullable=False),
)

settings = Table("settings", metadata, _key("name"), Column("value", Text, nullable=False))

log = Table(
    "log",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", DateTime, nullable=False),  # UTC
    Column("event", String(200), nullable=False),
    Column("school", String(200), nullable=False),
    Column("year", String(200), nullable=False),
    Column("number", Integer, nullable=False),
)

offers = Table(
    "offers",
    metadata,
    _key("id"),
    Column("saved_on", Date, nullable=False),
    Column("document", Text, nullable=False),
)

school_work = Table(
    "school_work",
    metadata,
    _key("school"),
    _key("year"),
    _key("kind"),
    Column("revision", Integer, nullable=False),
    Column("saved_on", Date, nullable=False),
    Column("document", Text, nullable=False),
)

availability = Table(
    "availability",
    metadata,
    _key("row"),
    Column("available", Boolean, nullable=False),
    Column("saved_on", Date, nullable=False),
)

content = Table(
    "content",
    metadata,
    _key("table_name"),
    _key("row"),
    Column("saved_on", Date, nullable=False),
    Column("document", Text, nullable=False),
)

content_log = Table(
    "content_log",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", DateTime, nullable=False),  # UTC
    Column("by_whom", String(200), nullable=False),
    Column("table_name", String(200), nullable=False),
    Column("row", String(200), nullable=False),
    Column("field", String(200), nullable=False),
    Column("old", Text, nullable=False),
    Column("new", Text, nullable=False),
)
