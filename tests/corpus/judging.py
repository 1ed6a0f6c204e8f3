"""What became of a file, and the eight things that hold for every file, checked by code that is not the program's.

1 the program lives on and its memory comes back, 2 within ten CPU seconds, 3 in plain Dutch without
errors, paths or values, 4 nothing goes without a count, 5 no file is left or even opened for writing, 6 no value in
any log, 7 the same answer where the system sets no limits (Windows), 8 the same answer again.
"""

from __future__ import annotations

import json
import logging
import os
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil
import pytest

from tests.corpus.recipes import BOOK, CANARY, File, Outcome, Way
from wellbeing.intake import child
from wellbeing.intake.guard import Refused
from wellbeing.intake.matching import known_headings
from wellbeing.intake.reading import read_export, read_figure_tables
from wellbeing.model.imports import ImportReport, Severity
from wellbeing.model.survey import RawTable, Survey
from wellbeing.pipeline import Reference, matching_codebooks, open_survey

SECONDS = 10.0
MOST_MEMORY = 150 * 2**20

_APART = re.compile(r"^(?:Testrijen|Rijen met een totaal of gemiddelde|Losse regels onder de tabel): (\d+)")
_EMPTY = re.compile(r"^Lege rijen tussen de leerlingen: (\d+)")
_UNDER = re.compile(r"nog een rij met koppen \(rij ([\d, ]+)\)")
_NOT_DUTCH = re.compile(
    r"Traceback|Exception|\w+Error\b|\bNone\b|\bnan\b|0x[0-9a-f]{4}|/tmp|/home|/usr|[A-Z]:\\|\.py\b"
    r"|\b(?:invalid|failed|unexpected|not found|could not|unable|is not|the file)\b"
)


@dataclass
class Seen:
    """What became of a file: refused, or a table with what is told and asked about it."""

    refused: str = ""
    sheets: tuple[str, ...] = ()
    table: RawTable | None = None
    survey: Survey | None = None
    figures: int = 0
    log: str = ""
    opened: list[str] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def report(self) -> ImportReport:
        """The import report."""
        assert self.survey, self.refused or "no questionnaire was recognised"
        return self.survey.report

    @property
    def sentences(self) -> list[str]:
        """Every sentence that the user reads."""
        problems = [problem.message for problem in self.report.problems] if self.survey else []
        return [*([self.refused] if self.refused else []), *problems, *self.asked]

    @property
    def told(self) -> list[str]:
        """What is told: sentences, and columns left out with the reason."""
        dropped = [f"{column.heading}: {column.reason}" for column in self.table.dropped] if self.table else []
        return [*self.sentences, *dropped, *self.unknown]

    @property
    def unknown(self) -> list[str]:
        """Columns that are named as unknown."""
        return [f"onbekend: {column.heading}" for column in self.table.unknown] if self.table else []

    @property
    def asked(self) -> list[str]:
        """What is asked: questions of the report, things to put right first, and which sheet to read."""
        if self.sheets:
            return [self.refused]
        if self.survey is None:
            return []
        stops = [problem.message for problem in self.report.problems if problem.severity is Severity.STOP]
        checks = [problem.message for problem in self.report.problems if problem.severity is Severity.CHECK]
        return [*(question.text for question in self.report.questions), *stops, *checks]

    def column(self, heading: str) -> list[str]:
        """Give the cells of one column that was read."""
        assert self.table, self.refused
        at = [column.heading for column in self.table.columns].index(heading)
        return [str(cell) for cell in self.table.frame.iloc[:, at]]

    def answers(self, name: str) -> list[Any]:
        """Give the answers to one question, or the keys of one role."""
        assert self.survey, self.refused
        assert self.survey.answers
        assert name in self.survey.answers.frame, f"{name} was not read: {self.sentences}"
        series = self.survey.answers.frame[name]
        return list(series.astype("object").where(series.notna(), None))

    def digest(self) -> str:
        """Give everything that was found, to hold against another run."""
        table = self.table
        cells = [] if table is None else [table.frame.to_dict("list"), table.columns, table.row_numbers, table.dropped]
        return repr((self.refused, self.sheets, self.sentences, self.told, cells, self.figures))


# --------------------------------------------------------------------------- reading


class _Opened:
    """Hears of every file that this process opens for writing, as long as somebody listens."""

    def __init__(self) -> None:
        self.names: list[str] = []
        self.listening = False
        sys.addaudithook(self.hear)

    def hear(self, event: str, arguments: tuple[Any, ...]) -> None:
        is_file = event == "open" and not isinstance(arguments[0], int)  # the end of a pipe is no file
        if self.listening and is_file and set(str(arguments[1] or "")) & set("wax+"):
            self.names.append(str(arguments[0]))


class _Log(logging.Handler):
    """Keeps every line that anything logs."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(f"{record.name} {record.getMessage()} {record.exc_info} {record.args}")


OPENED = _Opened()


@contextmanager
def _watched(seen: Seen) -> Iterator[None]:
    """Note which files are opened for writing, what is logged, and how long the processors work on it."""
    log, root = _Log(), logging.getLogger()
    level = root.level
    root.addHandler(log)
    root.setLevel(logging.DEBUG)
    OPENED.names, OPENED.listening = [], True
    start = _worked()
    try:
        yield
    finally:
        seen.seconds = _worked() - start
        OPENED.listening = False
        root.removeHandler(log)
        root.setLevel(level)
        seen.opened, seen.log = list(OPENED.names), "\n".join(log.lines)


def _worked() -> float:
    """Give the CPU seconds of this process and of those it waited for: other work on the machine does not count."""
    return sum(os.times()[:4])


def _ask_here(_: object, job: dict[str, Any], data: bytes, inspect: Any = dict, **__: Any) -> tuple[Any, memoryview]:
    """Do in this process what the reading process does; only for files that cannot hurt it."""
    marks = inspect()
    told, numbers = child._do(job, data, lambda: marks)
    return json.loads(json.dumps(told)), memoryview(numbers)


def _start_here() -> AbstractContextManager[None]:
    return nullcontext()


def look(file: File, data: bytes, reference: Reference, known: frozenset[str]) -> Seen:
    """Read a file as the page does, and give what became of it."""
    seen = Seen()
    with pytest.MonkeyPatch.context() as patch, _watched(seen):
        if file.way is Way.HERE:
            patch.setattr(child, "start", _start_here)
            patch.setattr(child, "ask", _ask_here)
        if file.is_figures:
            seen.figures = len(read_figure_tables(data, file.name, known))
        try:
            seen.table = read_export(data, file.name, known, pick=file.pick)
        except Refused as refused:
            seen.refused, seen.sheets = refused.sentence, refused.sheets
            return seen
        fitting = matching_codebooks(seen.table, reference)
        book = BOOK.id if BOOK.id in fitting else next(iter(fitting), BOOK.id)
        seen.survey = open_survey(seen.table, reference, book, by_hand=file.told)
    return seen


# --------------------------------------------------------------------------- the stated outcome


def check_outcome(file: File, seen: Seen) -> None:
    """Hold what became of a file against its recipe."""
    if seen.refused and file.may_refuse:
        return
    if file.outcome is Outcome.REFUSED:
        assert seen.refused, "it was read"
        said = [seen.refused]
    else:
        assert not seen.refused or (file.outcome is Outcome.ASKED and seen.sheets), seen.refused
        said = {Outcome.OK: seen.told, Outcome.TOLD: seen.told, Outcome.ASKED: seen.asked}[file.outcome]
    if file.saying:
        assert any(re.search(file.saying, sentence) for sentence in said), said
    elif file.outcome is not Outcome.OK:
        assert said
    if not seen.refused:
        for name, expected in file.expected.items():
            assert seen.answers(name) == list(expected), name
    if file.check:
        file.check(seen)


# --------------------------------------------------------------------------- what holds for every file


def check_all(file: File, seen: Seen) -> None:
    """Check what one run of a file shows: invariants 2 to 6."""
    assert seen.seconds <= SECONDS
    assert seen.opened == []
    check_sentences(seen)
    check_secrets(file, seen)
    if seen.table is not None:
        check_rows(file, seen.table)
        check_columns(file, seen.table)
    if seen.survey is not None:
        check_answers(seen)


def check_sentences(seen: Seen) -> None:
    """Every sentence is one, in Dutch, without what a program says to programmers."""
    for sentence in seen.sentences:
        assert sentence[:1].isupper() or sentence[:1] in "\"'‘", sentence
        assert sentence.rstrip("'\")")[-1:] in ".?", sentence
        assert not _NOT_DUTCH.search(_without_quotes(sentence)), sentence


def _without_quotes(sentence: str) -> str:
    return re.sub(r"'[^']*'", "''", sentence)


def check_secrets(file: File, seen: Seen) -> None:
    """Nothing that could name a pupil is in what came out of reading, in the report or in the log."""
    table = seen.table
    everything = [*seen.told, *seen.asked, seen.log]
    if table is not None:
        everything += [
            repr(table),
            repr(table.unknown),
            *(str(text) for name in table.frame for text in table.frame[name]),
        ]
    if seen.survey is not None:
        everything += [repr(seen.survey.report), repr(seen.survey.answers and seen.survey.answers.labels)]
    text = "\n".join(everything)
    for secret in (CANARY, *file.planted):
        assert secret.casefold() not in text.casefold(), f"{secret[:3]}… came out"


def check_rows(file: File, table: RawTable) -> None:
    """Every row of the sheet is the heading or above it, a pupil, or told as set apart."""
    assert len(table.frame) == len(table.row_numbers) == len(set(table.row_numbers))
    if file.lines is None:
        return
    apart = sum(
        int(match[1]) for note in table.notes for pattern in (_APART, _EMPTY) if (match := pattern.search(note))
    )
    under = sum(len(match[1].split(",")) for note in table.notes if (match := _UNDER.search(note)))
    assert table.header_row + under + len(table.frame) + apart == file.lines, table.notes


def check_columns(file: File, table: RawTable) -> None:
    """Every heading of the file is read, or told as left out or unknown."""
    named = {_bare(column.heading) for column in (*table.columns, *table.dropped, *table.unknown)}
    named |= {_bare(column.label) for column in table.columns}
    gone = [heading for heading in file.headings if _bare(heading) and _bare(heading) not in named]
    assert [heading for heading in gone if not any(_bare(heading) in name for name in named)] == []


def _bare(heading: object) -> str:
    return re.sub(r"[\W_]+", "", str(heading)).casefold().removesuffix("maand")


def check_answers(seen: Seen) -> None:
    """Of every question that was read, each filled cell is an answer or is counted in a remark."""
    report, table, answers = seen.report, seen.table, seen.survey and seen.survey.answers
    assert table
    assert answers
    if len(table.frame) != len(answers.frame):
        return  # the user left rows out
    told = Counter[str]()
    for problem in report.problems:
        told[problem.heading] += problem.rows
    codebook = answers.codebook
    missing = {question.id: question.missing for question in codebook.questions}
    for column in report.recognised:
        name, heading = column.target, column.heading
        if name not in missing or name not in answers.frame:
            continue
        if name in changed(seen):
            continue
        cells = seen.column(heading)
        lost = [cell for cell, value in zip(cells, answers.frame[name].isna(), strict=True) if cell and value]
        lost = [cell for cell in lost if cell not in set(map(str, missing[name]))]
        assert len(lost) <= told[heading], f"{name}: {len(lost)} answers went without a remark"


def changed(seen: Seen) -> set[str]:
    """Give the questions that were asked otherwise in another round, which the report names by subject."""
    assert seen.survey
    assert seen.survey.answers
    return set() if seen.report.codebook == BOOK.id else set(seen.survey.answers.frame)


# --------------------------------------------------------------------------- the process and its files


def check_process(file: File, data: bytes, reference: Reference, known: frozenset[str], folder: Path) -> Seen:
    """Read a file in the real reading process: 1 memory, 5 temp folder and 7 the way of Windows."""
    process = psutil.Process()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tempfile, "tempdir", str(folder))
        patch.setitem(child._ENVIRONMENT, "TMPDIR", str(folder))
        before = process.memory_info().rss
        seen = look(file, data, reference, known)
        assert process.memory_info().rss - before < MOST_MEMORY
        patch.setattr(child, "HAS_LIMITS", False)
        assert look(file, data, reference, known).digest() == seen.digest()
    assert list(folder.iterdir()) == []
    assert [one for one in process.children() if one.status() != psutil.STATUS_ZOMBIE] == []
    return seen


def known_to(reference: Reference) -> frozenset[str]:
    """Give the headings that the questionnaires know."""
    return known_headings(reference.codebooks)
