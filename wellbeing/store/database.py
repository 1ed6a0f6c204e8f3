"""The store: what is kept between sessions, and how it is found back. Open one with ``open_store``.

It gives measurements as they were counted, exact and confidential: whoever shows one puts it through
``protect`` first (the pipeline does).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, Table, and_, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from wellbeing.model.benchmark import Benchmark
from wellbeing.model.content import LogLine, RowChange, RowEdit
from wellbeing.model.conversation import Conversation, OwnOffer
from wellbeing.model.results import Measurement
from wellbeing.model.school_work import SchoolWork, WorkContent
from wellbeing.store import documents, tables
from wellbeing.store.connections import connect, for_writing, make_private
from wellbeing.store.failures import ConflictError, ContentConflictError, StoreError, WorkConflictError, telling
from wellbeing.store.links import LinkChoices, choose, read_file, write_file
from wellbeing.store.log import Event, LogEntry
from wellbeing.store.migrations import upgrade
from wellbeing.store.places import check_place, default_address, is_file, kept_before, parse_address, shown

RETENTION = "retention_months"
MOST_MONTHS = 240
SKIPPED = 1_000_000
Found = TypeVar("Found")
Clock = Callable[[], dt.datetime]


@dataclass(frozen=True, slots=True)
class BenchmarkKey:
    """By what comparison figures are found, without reading their counts."""

    region: str
    codebook: str
    year: str
    shareable: bool


def open_store(address: str | None = None, *, now: Clock | None = None) -> Store:
    """Open the store, make it where there is none, and bring an older one forward.

    Raises:
        StoreError: if it may not be in this place, cannot be opened or is of a newer version.
    """
    url = parse_address(address or default_address())
    if is_file(url):
        path = Path(str(url.database))
        check_place(path)
        make_private(path)
    engine = connect(url)
    with telling(), for_writing(engine).begin() as connection:
        upgrade(connection)
    return Store(engine, now or _now)


class Store:
    """Everything that is kept. Every method is one transaction and may be called from any thread.

    Every method raises ``StoreError`` with a Dutch sentence where the database cannot do it; then
    nothing of that call was kept.
    """

    def __init__(self, engine: Engine, now: Clock) -> None:
        """Keep the engine; ``now`` tells the time in UTC."""
        self.engine = engine
        self._now = now

    @property
    def place(self) -> str:
        """Where everything lies: a file, or a server without its password."""
        return shown(self.engine.url)

    # ----------------------------------------------------------------------- counts

    def save_measurements(self, measurements: Iterable[Measurement]) -> None:
        """Keep counts of the fixed menu (confidential); of the same school, year and population the last stays."""
        with self._writing() as connection:
            for item in measurements:
                found_by = {
                    "school": item.school,
                    "year": item.year,
                    "bouw": item.bouw.value,
                    "codebook": item.codebook,
                }
                self._put(connection, tables.measurements, found_by, documents.write(item))
                self._log(connection, Event.MEASUREMENT_SAVED, item.school, item.year)

    def measurements(self, school: str | None = None) -> tuple[Measurement, ...]:
        """Give the counts of one school or of all, by school and year. Confidential: put them through ``protect``."""
        table = tables.measurements
        query = select(table.c.document).order_by(table.c.school, table.c.year, table.c.bouw, table.c.codebook)
        if school is not None:
            query = query.where(table.c.school == school)
        with self._reading() as connection:
            return tuple(documents.read(Measurement, document) for document in connection.scalars(query))

    def measured(self) -> tuple[tuple[str, str], ...]:
        """Give the schools and years of which there are counts, without reading them."""
        found = tables.measurements.c
        query = select(found.school, found.year).distinct().order_by(found.school, found.year)
        with self._reading() as connection:
            return tuple((row.school, row.year) for row in connection.execute(query))

    def save_benchmark(self, benchmark: Benchmark) -> None:
        """Keep comparison figures of a region; of the same measurement the last stays."""
        found_by = _values(_key(benchmark))
        with self._writing() as connection:
            self._put(connection, tables.benchmarks, found_by, documents.write_benchmark(benchmark))
            self._log(connection, Event.BENCHMARK_SAVED, benchmark.region, benchmark.year)

    def benchmarks(self) -> tuple[BenchmarkKey, ...]:
        """Give which comparison figures there are, newest year first."""
        found = tables.benchmarks.c
        query = select(found.region, found.codebook, found.year, found.shareable).order_by(
            found.year.desc(), found.region, found.codebook, found.shareable
        )
        with self._reading() as connection:
            return tuple(BenchmarkKey(*row) for row in connection.execute(query))

    def benchmark(self, key: BenchmarkKey) -> Benchmark | None:
        """Give comparison figures, if they are there."""
        return self._find(tables.benchmarks, _values(key), documents.read_benchmark)

    # ----------------------------------------------------------------------- conversations

    def conversations(self) -> tuple[Conversation, ...]:
        """Give every record, by school and year."""
        table = tables.conversations
        query = select(table.c.document, table.c.revision).order_by(table.c.school, table.c.year)
        with self._reading() as connection:
            return tuple(_conversation(*row) for row in connection.execute(query))

    def conversation(self, school: str, year: str) -> Conversation | None:
        """Give the record about one measurement of a school, if there is one."""
        table = tables.conversations
        query = select(table.c.document, table.c.revision).where(table.c.school == school, table.c.year == year)
        with self._reading() as connection:
            row = connection.execute(query).one_or_none()
            return None if row is None else _conversation(*row)

    def save_conversation(self, conversation: Conversation) -> Conversation:
        """Keep a record as it is now, and give it back with its new revision.

        Meant for every field that was committed: change the record that this method gave, and save.

        Raises:
            ConflictError: if somebody else saved it in the meantime; nothing is overwritten.
        """
        saved = replace(conversation, revision=conversation.revision + 1)
        try:
            with self._writing() as connection:
                done = self._begin(connection, saved) if saved.revision == 1 else self._go_on(connection, saved)
        except _TakenError:
            done = False
        if not done:
            raise ConflictError(self.conversation(conversation.school, conversation.year))
        return saved

    def skip_revisions(self) -> None:
        """Count on from far ahead, so that who still has a later version of before a restore meets a conflict."""
        with self._writing() as connection:
            for table in (tables.conversations, tables.school_work):
                connection.execute(update(table).values(revision=table.c.revision + SKIPPED))

    def _begin(self, connection: Connection, saved: Conversation) -> bool:
        row = {"school": saved.school, "year": saved.year, "revision": saved.revision}
        try:
            connection.execute(insert(tables.conversations).values(**row, **self._stamped(saved)))
        except IntegrityError:
            raise _TakenError from None
        self._log(connection, Event.CONVERSATION_STARTED, saved.school, saved.year)
        return True

    def _go_on(self, connection: Connection, saved: Conversation) -> bool:
        table = tables.conversations
        same = and_(table.c.school == saved.school, table.c.year == saved.year, table.c.revision == saved.revision - 1)
        before = connection.scalar(select(table.c.document).where(same))
        changed = connection.execute(update(table).where(same).values(revision=saved.revision, **self._stamped(saved)))
        if before is None or changed.rowcount != 1:
            return False
        if documents.read(Conversation, before).status is not saved.status:
            self._log(connection, Event.STATUS_CHANGED, saved.school, saved.year)
        return True

    def _stamped(self, conversation: Conversation) -> dict[str, object]:
        return {"saved_on": self._now().date(), "document": documents.write(conversation)}

    # ----------------------------------------------------------------------- work of a school

    def work(self, kind: type[WorkContent], school: str, year: str) -> SchoolWork[WorkContent] | None:
        """Give what a school works on in one school year, if it began with it."""
        return next((item for item in self.works(kind, school) if item.year == year), None)

    def works(self, kind: type[WorkContent], school: str) -> tuple[SchoolWork[WorkContent], ...]:
        """Give this kind of work of a school in all its years, oldest first."""
        found = tables.school_work.c
        query = select(found.year, found.document, found.revision).order_by(found.year)
        query = query.where(found.school == school, found.kind == documents.kind_of_work(kind))
        with self._reading() as connection:
            return tuple(
                SchoolWork(school, row.year, documents.read(kind, row.document), row.revision)
                for row in connection.execute(query)
            )

    def working(self) -> tuple[tuple[str, str], ...]:
        """Give the schools and years of which there is work."""
        found = tables.school_work.c
        query = select(found.school, found.year).distinct().order_by(found.school, found.year)
        with self._reading() as connection:
            return tuple((row.school, row.year) for row in connection.execute(query))

    def save_work(self, work: SchoolWork[WorkContent]) -> SchoolWork[WorkContent]:
        """Keep what a school works on as it is now, and give it back with its new revision.

        Raises:
            WorkConflictError: if somebody else saved it in the meantime; nothing is overwritten.
        """
        saved = replace(work, revision=work.revision + 1)
        try:
            with self._writing() as connection:
                done = self._put_work(connection, saved)
        except _TakenError:
            done = False
        if not done:
            raise WorkConflictError(self.work(type(work.content), work.school, work.year))
        return saved

    def _put_work(self, connection: Connection, saved: SchoolWork[WorkContent]) -> bool:
        table = tables.school_work
        kind = documents.kind_of_work(type(saved.content))
        found_by = {"school": saved.school, "year": saved.year, "kind": kind}
        stamped = {"document": documents.write(saved.content), "saved_on": self._now().date()}
        if saved.revision > 1:
            same = and_(_same(table, found_by), table.c.revision == saved.revision - 1)
            changed = connection.execute(update(table).where(same).values(revision=saved.revision, **stamped))
            return changed.rowcount == 1
        try:
            connection.execute(insert(table).values(**found_by, revision=1, **stamped))
        except IntegrityError:
            raise _TakenError from None
        self._log(connection, Event.WORK_STARTED, saved.school, saved.year)
        return True

    def _check_works(self) -> None:
        found = tables.school_work.c
        with self._reading() as connection:
            for kind, document in connection.execute(select(found.kind, found.document)):
                documents.check_work(kind, document)

    # ----------------------------------------------------------------------- columns and sources

    def remember_links(self, source: str, fingerprint: str, targets: Mapping[str, str]) -> None:
        """Keep which heading is which question, for this version of a source (see ``LinkChoices``)."""
        choices = choose(source, fingerprint, targets)
        with self._writing() as connection:
            self._put_links(connection, choices)

    def recall_links(self, source: str, fingerprint: str) -> Mapping[str, str] | None:
        """Give the links of exactly this version of a source; absent where it was never linked."""
        return self._find(tables.links, {"source": source, "fingerprint": fingerprint}, documents.read_pairs)

    def links(self, source: str | None = None) -> tuple[LinkChoices, ...]:
        """Give the links of every version of one source or of all, last saved first."""
        found = tables.links.c
        query = select(found.source, found.fingerprint, found.document).order_by(
            found.source, found.saved_on.desc(), found.fingerprint
        )
        if source is not None:
            query = query.where(found.source == source)
        with self._reading() as connection:
            return tuple(
                LinkChoices(name, version, documents.read_pairs(document))
                for name, version, document in connection.execute(query)
            )

    def export_links(self) -> bytes:
        """Give all links as a file for a colleague (JSON)."""
        return write_file(self.links())

    def import_links(self, data: bytes) -> int:
        """Add the links of a colleague, and tell how many were new. What was linked here already stays."""
        incoming = read_file(data)
        known = {(item.source, item.fingerprint) for item in self.links()}
        new = [item for item in incoming if (item.source, item.fingerprint) not in known]
        with self._writing() as connection:
            for item in new:
                self._put_links(connection, item)
            self._log(connection, Event.LINKS_IMPORTED, number=len(new))
        return len(new)

    def _put_links(self, connection: Connection, choices: LinkChoices) -> None:
        found_by = {"source": choices.source, "fingerprint": choices.fingerprint}
        self._put(connection, tables.links, found_by, documents.write_pairs(choices.targets))

    def save_responsibility(self, source: str, answers: Mapping[str, str]) -> None:
        """Keep what was answered about a source: whose it is, and who may use it for what."""
        with self._writing() as connection:
            self._put(connection, tables.responsibilities, {"source": source}, documents.write_pairs(answers))

    def responsibility(self, source: str) -> Mapping[str, str] | None:
        """Give what was answered about a source, if it was asked."""
        return self._find(tables.responsibilities, {"source": source}, documents.read_pairs)

    # ----------------------------------------------------------------------- what the GGD offers

    def save_offer(self, offer: OwnOffer) -> None:
        """Keep something the GGD itself offers; of the same id the last stays."""
        with self._writing() as connection:
            self._put(connection, tables.offers, {"id": offer.id}, documents.write(offer))

    def delete_offer(self, offer_id: str) -> None:
        """Take an offer of the GGD away."""
        with self._writing() as connection:
            connection.execute(delete(tables.offers).where(tables.offers.c.id == offer_id))

    def offers(self) -> tuple[OwnOffer, ...]:
        """Give what the GGD itself offers, by id."""
        query = select(tables.offers.c.document).order_by(tables.offers.c.id)
        with self._reading() as connection:
            return tuple(documents.read(OwnOffer, document) for document in connection.scalars(query))

    def save_availability(self, row: str, *, available: bool) -> None:
        """Keep whether a row of the catalogue can be had in the region."""
        with self._writing() as connection:
            self._replace(connection, tables.availability, {"row": row}, {"available": available})

    def forget_availability(self, row: str) -> None:
        """Take back what was said about a row of the catalogue: nobody knows whether it can be had."""
        with self._writing() as connection:
            connection.execute(delete(tables.availability).where(tables.availability.c.row == row))

    def availability(self) -> Mapping[str, bool]:
        """Give per row of the catalogue whether it can be had; absent where nobody said."""
        query = select(tables.availability.c.row, tables.availability.c.available)
        with self._reading() as connection:
            return {item.row: item.available for item in connection.execute(query)}

    # ----------------------------------------------------------------------- the content that was changed

    def content(self) -> tuple[RowChange, ...]:
        """Give what lies over the rows that come with the dashboard, by table and row."""
        found = tables.content.c
        query = select(found.table_name, found.row, found.document).order_by(found.table_name, found.row)
        with self._reading() as connection:
            return tuple(
                RowChange(item.table_name, item.row, documents.read_pairs(item.document))
                for item in connection.execute(query)
            )

    def save_content(self, edits: Iterable[RowEdit], by: str) -> None:
        """Make all these edits or none, and write each cell in the log with who did it, as they called themselves.

        Raises:
            ContentConflictError: if somebody else changed one of the rows in the meantime; nothing is overwritten.
        """
        with self._writing() as connection:
            for edit in edits:
                self._edit(connection, edit, by)

    def _edit(self, connection: Connection, edit: RowEdit, by: str) -> None:
        table, found_by = tables.content, {"table_name": edit.table, "row": edit.row}
        there = connection.scalar(select(table.c.document).where(_same(table, found_by)))
        before = {} if edit.before is None else edit.before.cells
        if (documents.read_pairs(there) if there else {}) != before:
            raise ContentConflictError
        if edit.after is None:
            connection.execute(delete(table).where(_same(table, found_by)))
        else:
            self._put(connection, table, found_by, documents.write_pairs(edit.after.cells))
        line = {"at": self._now().replace(tzinfo=None), "by_whom": by, **found_by}
        for cell in edit.cells:
            written = {**line, "field": cell.column, "old": cell.old, "new": cell.new}
            connection.execute(insert(tables.content_log).values(**written))

    def content_log(self) -> tuple[LogLine, ...]:
        """Give every cell that was ever changed, oldest first; nothing is ever taken out of it."""
        found = tables.content_log.c
        query = select(
            found.at, found.by_whom, found.table_name, found.row, found.field, found.old, found.new
        ).order_by(found.id)
        with self._reading() as connection:
            return tuple(LogLine(*row) for row in connection.execute(query))

    # ----------------------------------------------------------------------- retention and log

    def retention(self) -> int | None:
        """Give after how many months without a change something is deleted; absent where nobody chose yet."""
        query = select(tables.settings.c.value).where(tables.settings.c.name == RETENTION)
        with self._reading() as connection:
            value = connection.scalar(query)
        return None if value is None else int(value)

    def set_retention(self, months: int) -> None:
        """Choose the term, in whole months.

        Raises:
            StoreError: if it is not between one month and twenty years.
        """
        if not 1 <= months <= MOST_MONTHS:
            message = f"Kies een bewaartermijn van 1 tot en met {MOST_MONTHS} maanden."
            raise StoreError(message)
        with self._writing() as connection:
            connection.execute(delete(tables.settings).where(tables.settings.c.name == RETENTION))
            connection.execute(insert(tables.settings).values(name=RETENTION, value=str(months)))
            self._log(connection, Event.RETENTION_SET, number=months)

    def expire(self, on: dt.date) -> int:
        """Delete what nobody saved within the term before this day, write it in the log, and tell how many.

        A store kept aside when a backup was put back goes too, after a month.
        Does nothing as long as no term was chosen.
        """
        months = self.retention()
        if months is None:
            return 0
        if is_file(self.engine.url):
            _forget(kept_before(Path(self.place)), on)
        first = months_before(on, months)
        with self._writing() as connection:
            number = sum(self._expire(connection, *which, first) for which in _EXPIRING)
            if number:  # the log of a day on which nothing went says nothing
                self._log(connection, Event.EXPIRED, number=number)
        return number

    def _expire(self, connection: Connection, table: Table, name: str, event: Event, first: dt.date) -> int:
        old = table.c.saved_on < first
        gone = connection.execute(select(table.c[name], table.c.year).where(old)).all()
        connection.execute(delete(table).where(old))
        for school, year in gone:
            self._log(connection, event, school, year)
        return len(gone)

    def log(self) -> tuple[LogEntry, ...]:
        """Give the log, oldest first."""
        found = tables.log.c
        query = select(found.at, found.event, found.school, found.year, found.number).order_by(found.id)
        with self._reading() as connection:
            return tuple(
                LogEntry(at, Event(event), school, year, number)
                for at, event, school, year, number in connection.execute(query)
            )

    def write_log(self, event: Event) -> None:
        """Add a line about the store as a whole."""
        with self._writing() as connection:
            self._log(connection, event)

    def check(self) -> None:
        """Read everything once.

        Raises:
            StoreError: if something cannot be read.
        """
        for read in (self.measurements, self.conversations, self.links, self.offers, self.availability, self.log):
            read()
        self.content()
        self.content_log()
        for key in self.benchmarks():
            self.benchmark(key)
        self._check_works()

    # ----------------------------------------------------------------------- what the methods share

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with telling(), self.engine.begin() as connection:
            yield connection

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        with telling(), for_writing(self.engine).begin() as connection:
            yield connection

    def _find(self, table: Table, found_by: Mapping[str, Any], read: Callable[[str], Found]) -> Found | None:
        with self._reading() as connection:
            document = connection.scalar(select(table.c.document).where(_same(table, found_by)))
            return None if document is None else read(document)

    def _put(self, connection: Connection, table: Table, found_by: Mapping[str, Any], document: str) -> None:
        self._replace(connection, table, found_by, {"document": document})

    def _replace(
        self, connection: Connection, table: Table, found_by: Mapping[str, Any], values: Mapping[str, Any]
    ) -> None:
        connection.execute(delete(table).where(_same(table, found_by)))
        connection.execute(insert(table).values(**found_by, **values, saved_on=self._now().date()))

    def _log(self, connection: Connection, event: Event, school: str = "", year: str = "", *, number: int = 1) -> None:
        at = self._now().replace(tzinfo=None)
        row = {"at": at, "event": event.value, "school": school, "year": year, "number": number}
        connection.execute(insert(tables.log).values(**row))


class _TakenError(Exception):
    """A record of this school and year is there already."""


_EXPIRING = (
    (tables.measurements, "school", Event.MEASUREMENT_EXPIRED),
    (tables.benchmarks, "region", Event.BENCHMARK_EXPIRED),
    (tables.conversations, "school", Event.CONVERSATION_EXPIRED),
    (tables.school_work, "school", Event.WORK_EXPIRED),
)


def months_before(day: dt.date, months: int) -> dt.date:
    """Give the day so many months earlier; the last of the month where that day is not there.

    >>> months_before(dt.date(2026, 3, 31), 1), months_before(dt.date(2026, 3, 31), 36)
    (datetime.date(2026, 2, 28), datetime.date(2023, 3, 31))
    """
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    for number in range(day.day, 0, -1):
        try:
            return dt.date(year, month + 1, number)
        except ValueError:
            continue
    raise AssertionError


def _forget(kept: Path, on: dt.date) -> None:
    if kept.exists() and dt.date.fromtimestamp(kept.stat().st_mtime) <= months_before(on, 1):
        kept.unlink()


def _same(table: Table, found_by: Mapping[str, Any]) -> Any:
    return and_(*(table.c[name] == value for name, value in found_by.items()))


def _key(benchmark: Benchmark) -> BenchmarkKey:
    return BenchmarkKey(benchmark.region, benchmark.codebook, benchmark.year, benchmark.shareable)


def _values(key: BenchmarkKey) -> dict[str, object]:
    return {"region": key.region, "codebook": key.codebook, "year": key.year, "shareable": key.shareable}


def _conversation(document: str, revision: int) -> Conversation:
    return replace(documents.read(Conversation, document), revision=revision)


def _now() -> dt.datetime:
    return dt.datetime.now(tz=dt.UTC)
