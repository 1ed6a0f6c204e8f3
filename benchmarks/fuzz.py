"""Broken files in any number through the guard and the readers: nothing may crash, hang or be left behind.

Run it from the root of the project with ``python -m benchmarks.fuzz --minutes 10``. Good files of
every kind are damaged at random: bytes of the file itself, of one part inside a container (so that
its checksums are right again), or of its markup and its text. Each sample follows from its number
alone. Whatever happens in ``read_export`` must end in a table or in a sentence (``Refused``), within
10 seconds, and leave no file in the folder for temporary files. The script prints how many samples
ended how, and the number of each sample that did not; ``--sample NUMBER`` runs that one again.
"""

from __future__ import annotations

import argparse
import csv
import io
import multiprocessing
import random
import sys
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pandas as pd
import pyreadstat

from tests.intake import exports
from wellbeing.intake import child
from wellbeing.intake.guard import Refused
from wellbeing.intake.reading import read_export

SEED = 20261122
LONGEST = 10.0  # seconds
WORKERS = 2
INTERESTING = (b"", b"\0", b"\xff" * 4, b"\xff\xff\xff\x7f", b"\r", b'"', b"<", b"&a;", b"<!DOCTYPE x>", b"99999999")
TOKENS = (
    b'"1"',
    b'"0"',
    b'"-1"',
    b'"99999999"',
    b'"XFD1048576"',
    b'"A1"',
    b'"s"',
    b'"e"',
    b'"x"',
    b"]]>",
    b"<![CDATA[",
)

Chance = random.Random


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a sample ended: its kind of file, what came of it, and how long that took."""

    number: int
    kind: str
    result: str
    seconds: float

    @property
    def is_wrong(self) -> bool:
        """Whether this must not happen."""
        return self.result not in {"table", "refused"} or self.seconds > LONGEST


# --------------------------------------------------------------------------- samples


@cache
def good_files() -> dict[str, bytes]:
    """Give a good file of every kind and spelling."""
    rows = exports.with_column("Opmerking", ["geen", "", 3.5, True, 'é; "ja"'] * 6)
    return {
        "xlsx": exports.workbook(rows),
        "xlsx, hidden sheet": exports.workbook_with_hidden_sheet(rows, exports.table()),
        "xlsb": exports.binary_workbook(rows, [3]),
        "xls": exports.old_workbook(rows, [4]),
        "ods": exports.open_document(rows, [5]),
        "sav": _sav(),
        "csv": _quoted(rows),
        "csv, utf-16": exports.text(rows, "\t", "utf-16"),
    }


def _quoted(rows: exports.Rows) -> bytes:
    memory = io.StringIO(newline="")
    csv.writer(memory, delimiter=";").writerows(rows)
    return memory.getvalue().encode()


def _sav() -> bytes:
    answers = {"School": ["De Werf"] * 30, "EBEGK311": [1.0, 2.0, None] * 10, "V7": ["ja", "nee"] * 15}
    frame = pd.DataFrame(answers)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "x.sav"
        pyreadstat.write_sav(frame, path, variable_value_labels={"EBEGK311": {1: "Goed", 2: "Slecht"}})
        return path.read_bytes()


def make_sample(number: int) -> tuple[str, bytes]:
    """Give the kind and the bytes of a sample: a good file, damaged in one to eight places."""
    chance = random.Random(SEED + number)
    files = good_files()
    kind = chance.choice(list(files))
    data = files[kind]
    for _ in range(chance.choice((1, 1, 1, 2, 4, 8))):
        data = _damaged(data, chance)
    return kind, data


def _damaged(data: bytes, chance: Chance) -> bytes:
    if chance.random() < 0.7 and zipfile.is_zipfile(io.BytesIO(data)):
        try:
            return _with_damaged_part(data, chance)
        except Exception:  # it was damaged before
            return data
    return chance.choice(WAYS)(data, chance)


def _with_damaged_part(data: bytes, chance: Chance) -> bytes:
    memory = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(memory, "w", zipfile.ZIP_DEFLATED) as new:
        members = old.infolist()
        target = chance.choice(members)
        for member in members:
            content = old.read(member)
            if member is target:
                content = chance.choice((*WAYS, _other_token, _other_token))(content, chance)
            new.writestr(member.filename, content)
    return memory.getvalue()


def _flipped(data: bytes, chance: Chance) -> bytes:
    changed = bytearray(data)
    for _ in range(min(len(data), chance.choice((1, 1, 4, 32)))):
        changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def _cut(data: bytes, chance: Chance) -> bytes:
    start, end = _range(data, chance)
    return data[:start] + data[end:]


def _cut_off(data: bytes, chance: Chance) -> bytes:
    return data[: chance.randint(0, len(data))]


def _repeated(data: bytes, chance: Chance) -> bytes:
    start, end = _range(data, chance)
    return data[:end] + data[start:end] * chance.choice((1, 2, 100)) + data[end:]


def _replaced(data: bytes, chance: Chance) -> bytes:
    at = chance.randint(0, len(data))
    other = chance.choice(INTERESTING)
    return data[:at] + other + data[at + chance.choice((0, len(other))) :]


def _moved(data: bytes, chance: Chance) -> bytes:
    start, end = _range(data, chance)
    at = chance.randint(0, len(data))
    return data[:at] + data[start:end] + data[at:]


def _other_token(data: bytes, chance: Chance) -> bytes:
    """Give one attribute of the markup another value."""
    places = [at for at, sign in enumerate(data) if sign == ord('"')]
    if len(places) < 2:
        return _flipped(data, chance)
    at = chance.randrange(len(places) - 1)
    return data[: places[at]] + chance.choice(TOKENS) + data[places[at + 1] + 1 :]


def _range(data: bytes, chance: Chance) -> tuple[int, int]:
    start = chance.randint(0, len(data))
    return start, min(len(data), start + chance.choice((1, 2, 8, 64, 1000)))


WAYS: tuple[Callable[[bytes, Chance], bytes], ...] = (
    _flipped,
    _flipped,
    _flipped,
    _flipped,
    _cut,
    _cut_off,
    _repeated,
    _replaced,
    _moved,
)


# --------------------------------------------------------------------------- running them


def run(number: int) -> Outcome:
    """Read one sample as the dashboard would."""
    kind, data = make_sample(number)
    started = time.perf_counter()
    try:
        table = read_export(data, f"export.{kind[:4].strip(',')}", exports.KNOWN)
        result = "table" if len(table.frame) == len(table.row_numbers) else "table of another length"
    except Refused as refused:
        result = "refused" if refused.sentence.endswith(".") else f"refused without a sentence: {refused.sentence!r}"
    except Exception as error:
        result = f"{type(error).__name__}: {error}"
    return Outcome(number, kind, result, time.perf_counter() - started)


def run_for(seconds: float, first: int) -> Iterator[Outcome]:
    """Run samples on two cores until the time is over; a crash of one of ours is an outcome too."""
    end = time.monotonic() + seconds
    with ProcessPoolExecutor(
        WORKERS, multiprocessing.get_context("spawn"), _use_folder, (tempfile.gettempdir(),)
    ) as pool:
        numbers = iter(range(first, sys.maxsize))
        running: dict[Future[Outcome], int] = {}
        while running or time.monotonic() < end:
            while len(running) < 2 * WORKERS and time.monotonic() < end:
                number = next(numbers)
                running[pool.submit(run, number)] = number
            done, _ = wait(running, return_when=FIRST_COMPLETED)
            for job in done:
                number = running.pop(job)
                error = job.exception()
                yield Outcome(number, "?", f"crash: {error!r}", 0.0) if error else job.result()


def _use_folder(folder: str) -> None:
    """Let this process and the reading processes put temporary files, if any, where they are looked for."""
    tempfile.tempdir = folder
    child._ENVIRONMENT["TMPDIR"] = folder
    good_files()


def main() -> int:
    """Run samples and print what came of them; 1 if something went wrong."""
    options = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    options.add_argument("--minutes", type=float, default=10.0)
    options.add_argument("--first", type=int, default=0, help="number of the first sample")
    options.add_argument("--sample", type=int, help="run this one only")
    told = options.parse_args()
    if told.sample is not None:
        print(run(told.sample))
        return 0
    with tempfile.TemporaryDirectory() as folder:
        tempfile.tempdir = folder
        outcomes = list(run_for(60 * told.minutes, told.first))
        left = sorted(path.name for path in Path(folder).rglob("*"))
    return report(outcomes, left)


def report(outcomes: list[Outcome], left: list[str]) -> int:
    """Print the table; 1 if something went wrong."""
    wrong = [outcome for outcome in outcomes if outcome.is_wrong]
    times = Counter((outcome.kind, outcome.result) for outcome in outcomes if not outcome.is_wrong)
    for kind, result in sorted(times):
        print(f"{kind:20} {result:8} {times[kind, result]:7}")
    slowest = max((outcome.seconds for outcome in outcomes), default=0.0)
    print(f"{len(outcomes)} samples, the slowest took {slowest:.1f} s, {len(wrong)} went wrong, files left: {left}")
    for outcome in wrong:
        print(f"WRONG {outcome.number} {outcome.kind}: {outcome.result} after {outcome.seconds:.1f} s")
    return 1 if wrong or left else 0


if __name__ == "__main__":
    sys.exit(main())
