"""The process with limits in which parsing happens.

Parsers of file formats can be made to crash, to hang or to ask for all memory. So they run in a
process of their own that may die: it gets the file through a pipe, an empty environment, and limits
on memory, processor time, clock time and output. It answers with JSON and an Arrow table, which the
program checks as it reads them; nothing that it sends is ever run.
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
from importlib import import_module
from itertools import accumulate
from pathlib import Path
from typing import Any

import pyarrow as pa

from wellbeing.intake.guard import Refused
from wellbeing.intake.parsing import READERS, Parsed, load_reader, parse_export
from wellbeing.model.imports import FileKind

if sys.platform != "win32":
    import resource

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
# Arrow's own memory pool reserves more than the limit allows, before anything is read.
_ENVIRONMENT = {"ARROW_DEFAULT_MEMORY_POOL": "system", "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}


Process = subprocess.Popen[bytes]


@contextlib.contextmanager
def start() -> Iterator[Process]:
    """Start a reading process, and end it afterwards whatever happens.

    It loads its parsers while the guard still looks at the file, of which it has no byte yet.
    """
    command = [sys.executable, "-I", "-c", _START, str(_ROOT)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=_environment()
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def ask(
    process: Process, job: Mapping[str, object], data: bytes, *, seconds: float = CLOCK_SECONDS
) -> tuple[dict[str, Any], memoryview]:
    """Let a reading process do its one job with a file; give its answer and the bytes of its table.

    Raises:
        Refused: if the process refuses the file, dies, takes too long or says too much.
    """
    alarm = threading.Timer(seconds, process.kill)
    feeder = threading.Thread(target=_feed, args=(process, job, data), daemon=True)
    alarm.start()
    feeder.start()
    try:
        answer = _listen(process)
    finally:
        alarm.cancel()
        process.kill()
        feeder.join()
    return _unpack(answer)


def _environment() -> dict[str, str]:
    # Windows starts no program without this one.
    system = {name: os.environ[name] for name in ("SYSTEMROOT",) if name in os.environ}
    return system | _ENVIRONMENT


def _feed(process: Process, job: Mapping[str, object], data: bytes) -> None:
    head = json.dumps(job).encode()
    assert process.stdin
    with contextlib.suppress(OSError), process.stdin as pipe:  # a process that died reads no further
        pipe.write(_LENGTH.pack(len(head)) + head)
        pipe.write(data)


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
    except (struct.error, ValueError):
        raise Refused(BROKEN_OFF) from None
    if "refused" in told:
        raise Refused(str(told["refused"]))
    return told, memoryview(answer)[start + length :]


# --------------------------------------------------------------------------- inside the process


def main() -> None:
    """Do one job: read it and the file from standard input, answer on standard output."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a parser prints is not an answer
    (length,) = _LENGTH.unpack(sys.stdin.buffer.read(_LENGTH.size))
    job = json.loads(sys.stdin.buffer.read(length))
    load_reader(FileKind(job["kind"]))  # before the limits begin, while no byte of the file has been read
    gc.disable()  # it lives for one file, and millions of cells are no garbage
    _limit()
    try:
        told, table = _do(job, sys.stdin.buffer.read())
    except Refused as refusal:
        told, table = {"refused": refusal.sentence}, b""
    head = json.dumps(told).encode()
    with answers:
        answers.write(_LENGTH.pack(len(head)) + head)
        answers.write(table)
    os._exit(0)  # nothing to clean up: no file was opened


def _limit() -> None:
    if sys.platform == "win32":  # no such limits there: the guard and the clock remain
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (PROCESSOR_SECONDS, PROCESSOR_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))  # it writes no file


def _do(job: Mapping[str, Any], data: bytes) -> tuple[dict[str, Any], bytes]:
    kind = FileKind(job["kind"])
    if job["what"] == "texts":
        workbooks = import_module(READERS[kind])
        return {"sheets": workbooks.read_texts(data)}, b""
    parsed = parse_export(data, kind, frozenset(job["known"]), job["pick"])
    told = {
        "sheet": parsed.sheet,
        "header_row": parsed.header_row,
        "columns": [
            [heading.text, heading.letter, heading.label, dict(heading.value_labels)]
            for heading in parsed.screened.headings
        ],
        "dropped": [[column.heading, column.reason] for column in parsed.screened.dropped],
        "unknown": [[column.heading, column.answers] for column in parsed.screened.unknown],
        "notes": parsed.notes,
    }
    return told, _arrow(parsed)


def _arrow(parsed: Parsed) -> bytes:
    """Give the table as an Arrow stream: row numbers, and columns that hold each distinct text once."""
    columns = {"row": _number_array(array("i", parsed.row_numbers))}
    for place, cells in enumerate(parsed.screened.columns):
        columns[f"c{place}"] = pa.DictionaryArray.from_arrays(_number_array(cells.codes), _text_array(cells.texts))
    table = pa.table(columns)
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table)
    return bytes(sink.getvalue())


# Both are made from buffers: pyarrow's own conversion of lists loads all of pandas.


def _number_array(values: array[int]) -> pa.Array:
    return pa.Array.from_buffers(pa.int32(), len(values), [None, pa.py_buffer(values)])


def _text_array(values: list[str]) -> pa.Array:
    encoded = [value.encode() for value in values]
    ends = array("i", accumulate(map(len, encoded), initial=0))
    return pa.Array.from_buffers(pa.string(), len(values), [None, pa.py_buffer(ends), pa.py_buffer(b"".join(encoded))])
