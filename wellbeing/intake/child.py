"""The process with limits in which parsing happens.

Parsers of file formats can be made to crash, to hang or to ask for all memory. So they run in a
process of their own that may die: it gets the file through a pipe, an empty environment, and limits
on memory, processor time, clock time and output. It answers with JSON and with numbers, which the
program checks as it reads them; nothing that it sends is ever run. While it parses, the program
looks inside the file itself, and believes no answer before that is done.
"""

from __future__ import annotations

import contextlib
import gc
import json
import os
import struct
import subprocess
import sys
import threading
from array import array
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from importlib import import_module
from pathlib import Path
from typing import Any, BinaryIO

from wellbeing.intake import stopping, strays
from wellbeing.intake.guard import Refused
from wellbeing.intake.marks import AskMarks, Marks
from wellbeing.intake.parsing import READERS, Parsed, load_reader, parse_export
from wellbeing.model.imports import FileKind

if sys.platform != "win32":
    import resource

HAS_LIMITS = sys.platform != "win32"
MEMORY = 2 * 1024**3
PROCESSOR_SECONDS = 30
CLOCK_SECONDS = 40.0
MAX_OUTPUT = 200 * 1024 * 1024
CHUNK = 1024 * 1024

BROKEN_OFF = (
    "Dit bestand kon niet worden gelezen: het is te groot, te ingewikkeld of beschadigd. "
    "Kopieer de tabel naar een nieuw Excel-bestand (plakken als waarden) en voeg dat toe."
)

_ROOT = Path(__file__).parents[2]
_START = "import sys; sys.path.insert(0, sys.argv[1]); from wellbeing.intake.child import main; main()"
_LENGTH = struct.Struct("<Q")
_ENVIRONMENT = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}

Process = subprocess.Popen[bytes]


@contextlib.contextmanager
def start() -> Iterator[Process]:
    """Start a reading process, and end it afterwards whatever happens.

    It loads its parsers before it gets a byte of the file.
    """
    command = [sys.executable, "-I", "-c", _START, str(_ROOT)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=_environment()
    ) as process:
        try:
            stopping.enrol(process)
            yield process
        finally:
            process.kill()
            assert process.stdin
            with contextlib.suppress(OSError):  # it ended with words for it on their way
                process.stdin.close()


def ask(
    process: Process,
    job: Mapping[str, object],
    data: bytes,
    inspect: AskMarks = dict,
    *,
    seconds: float = CLOCK_SECONDS,
) -> tuple[dict[str, Any], memoryview]:
    """Let a reading process do its one job with a file; give its answer and the bytes of its table.

    Raises:
        Refused: if the process refuses the file, dies, takes too long or says too much, or if
            ``inspect`` refuses it.
    """
    feeder = threading.Thread(target=_send, args=(process, json.dumps(job).encode(), data), daemon=True)
    with _watched(process, seconds):
        feeder.start()
        try:
            marks = {name: found.as_json() for name, found in inspect().items()}
            feeder.join()
            _send(process, json.dumps(marks).encode())
            answer = _listen(process)
        finally:
            process.kill()
            feeder.join()
    return _unpack(answer)


@contextlib.contextmanager
def _watched(process: Process, seconds: float) -> Iterator[None]:
    """End the process when its time is over, and, where the system sets no limits, when it takes too much memory."""
    alarm = threading.Timer(seconds, process.kill)
    alarm.start()
    try:
        if HAS_LIMITS:
            yield
        else:
            with import_module("wellbeing.intake.watch").memory(process, MEMORY):
                yield
    finally:
        alarm.cancel()


def _environment() -> dict[str, str]:
    # Windows starts no program without this one.
    system = {name: os.environ[name] for name in ("SYSTEMROOT",) if name in os.environ}
    return system | _ENVIRONMENT


def _send(process: Process, *messages: bytes) -> None:
    assert process.stdin
    with contextlib.suppress(OSError):  # a process that died reads no further
        for message in messages:
            process.stdin.write(_LENGTH.pack(len(message)))
            process.stdin.write(message)
        process.stdin.flush()


def _listen(process: Process) -> bytes:
    assert process.stdout
    pieces, size = [], 0
    while piece := process.stdout.read(CHUNK):
        pieces.append(piece)
        size += len(piece)
        if size > MAX_OUTPUT:
            process.kill()
            raise Refused(BROKEN_OFF)
    if process.wait():
        raise Refused(BROKEN_OFF)
    return b"".join(pieces)


def _unpack(answer: bytes) -> tuple[dict[str, Any], memoryview]:
    try:
        (length,) = _LENGTH.unpack_from(answer)
        start = _LENGTH.size
        told = json.loads(answer[start : start + length])
        refusal = Refused(str(told["refused"]), map(str, told["sheets"])) if "refused" in told else None
    except (struct.error, KeyError, TypeError, ValueError):
        raise Refused(BROKEN_OFF) from None
    if refusal:
        raise refusal
    return told, memoryview(answer)[start + length :]


# --------------------------------------------------------------------------- inside the process


def main() -> None:
    """Do one job: read it, the file and what was seen inside it from standard input, answer on standard output."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a parser prints is not an answer
    questions = sys.stdin.buffer
    job = json.loads(_receive(questions))
    load_reader(FileKind(job["kind"]))  # before the limits begin, while no byte of the file has been read
    gc.disable()  # it lives for one file, and millions of cells are no garbage
    _limit()
    try:
        told, table = _do(job, _receive(questions), lambda: _receive_marks(questions))
    except Refused as refusal:
        told, table = {"refused": refusal.sentence, "sheets": refusal.sheets}, b""
    head = json.dumps(told).encode()
    with answers:
        answers.write(_LENGTH.pack(len(head)) + head)
        answers.write(table)
    os._exit(0)  # nothing to clean up: no file was opened


def _receive(questions: BinaryIO) -> bytes:
    (length,) = _LENGTH.unpack(questions.read(_LENGTH.size))
    return questions.read(length)


def _receive_marks(questions: BinaryIO) -> dict[str, Marks]:
    return {name: Marks.from_json(told) for name, told in json.loads(_receive(questions)).items()}


def _limit() -> None:
    if sys.platform == "win32":  # no such limits there: the parent watches
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (PROCESSOR_SECONDS, PROCESSOR_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))  # it writes no file


def _do(job: Mapping[str, Any], data: bytes, marks: AskMarks) -> tuple[dict[str, Any], bytes]:
    kind = FileKind(job["kind"])
    if job["what"] == "texts":
        workbooks = import_module(READERS[kind])
        return {"sheets": workbooks.read_texts(data)}, b""
    if job["what"] == "figures":
        tables = import_module("wellbeing.intake.figure_tables").read(data, kind, READERS, frozenset(job["known"]))
        return {"tables": [asdict(table) for table in tables]}, b""
    if job["strays"]:
        data = strays.leave_out(data, job["strays"])
    parsed = parse_export(data, kind, frozenset(job["known"]), job["pick"], marks)
    told = {
        "sheet": parsed.sheet,
        "sheet_names": parsed.sheet_names,
        "hidden_rows": parsed.hidden_rows,
        "doubtful_rows": parsed.doubtful_rows,
        "rows": len(parsed.row_numbers),
        "header_row": parsed.header_row,
        "columns": [
            [heading.text, heading.letter, heading.label, dict(heading.value_labels)]
            for heading in parsed.screened.headings
        ],
        "dropped": [[column.heading, column.reason] for column in parsed.screened.dropped],
        "unknown": [[column.heading, column.answers] for column in parsed.screened.unknown],
        "texts": [cells.texts for cells in parsed.screened.columns],
        "notes": parsed.notes,
    }
    return told, _numbers(parsed)


def _numbers(parsed: Parsed) -> bytes:
    """Give the table as numbers: those of the rows, then per column which of its texts stands in each row."""
    return b"".join(
        (array("i", parsed.row_numbers).tobytes(), *(cells.codes.tobytes() for cells in parsed.screened.columns))
    )
