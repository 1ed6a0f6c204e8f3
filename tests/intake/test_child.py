"""The reading process may die, hang or talk too much: the program goes on and says so."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import pytest

from tests.intake import exports
from wellbeing.intake import child
from wellbeing.intake.guard import DAMAGED, Refused
from wellbeing.intake.marks import Marks

JOB: dict[str, object] = {"what": "export", "kind": "csv", "known": [], "pick": "", "strays": []}
ROOT = Path(child.__file__).parents[2]


def _ask(
    job: dict[str, object], data: bytes, seconds: float = child.CLOCK_SECONDS
) -> tuple[dict[str, Any], memoryview]:
    with child.start() as process:
        return child.ask(process, job, data, seconds=seconds)


def _instead(monkeypatch: pytest.MonkeyPatch, program: str) -> None:
    monkeypatch.setattr(child, "_START", program)


@pytest.mark.parametrize(
    "program",
    [
        "import os; os.abort()",
        "raise SystemExit(3)",
        "import os, signal; os.kill(os.getpid(), signal.SIGKILL)",
        "print('geen antwoord')",
        "import sys; sys.stdout.write('x' * 40)",
        *(
            f"import sys; sys.stdout.buffer.write(({len(told)}).to_bytes(8, 'little') + {told!r})"
            for told in (b"7", b'{"refused": "x"}', b'{"refused": "x", "sheets": 7}')
        ),
        "pass",
    ],
)
def test_process_that_dies_or_babbles_is_refused(monkeypatch: pytest.MonkeyPatch, program: str) -> None:
    _instead(monkeypatch, program)
    with pytest.raises(Refused, match="kon niet worden gelezen"):
        _ask(JOB, b"x" * 1_000_000)


def test_process_that_hangs_is_stopped_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    _instead(monkeypatch, "import time; time.sleep(60)")
    started = time.monotonic()
    with pytest.raises(Refused):
        _ask(JOB, b"x" * 1_000_000, seconds=0.5)
    assert time.monotonic() - started < 10


def test_process_that_says_too_much_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(child, "MAX_OUTPUT", 5_000_000)
    _instead(monkeypatch, "import sys\nwhile True: sys.stdout.write('x' * 1000000)")
    with pytest.raises(Refused):
        _ask(JOB, b"")


def test_process_gets_nothing_of_our_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GEHEIM", "wachtwoord")
    program = (
        "import os, sys, json; told = json.dumps({'names': sorted(os.environ)}).encode();"
        "sys.stdout.buffer.write(len(told).to_bytes(8, 'little') + told)"
    )
    _instead(monkeypatch, program)
    told, _ = _ask(JOB, b"")
    assert "GEHEIM" not in told["names"]
    assert "PATH" not in told["names"]


GREEDY = (
    "import sys, time\n"
    "taken = []\n"
    "for _ in range(200): taken.append(b'x' * 5_000_000); time.sleep(0.005)\n"
    "sys.stdout.buffer.write(bytes([2, 0, 0, 0, 0, 0, 0, 0]) + b'{}')\n"
)


def test_without_limits_of_the_system_the_program_watches_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(child, "HAS_LIMITS", False)
    _instead(monkeypatch, GREEDY)
    others = set(threading.enumerate())  # of tests that ran before
    assert _ask(JOB, b"x") == ({}, b"")  # a gigabyte is within the limit
    monkeypatch.setattr(child, "MEMORY", 300 * 2**20)
    started = time.monotonic()
    with pytest.raises(Refused, match="kon niet worden gelezen"):
        _ask(JOB, b"x")
    assert time.monotonic() - started < 10
    for thread in set(threading.enumerate()) - others:
        thread.join(5)  # one that was told to stop needs a moment
        assert not thread.is_alive()


def test_without_limits_of_the_system_files_are_read_as_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(child, "HAS_LIMITS", False)
    told, numbers = _ask(JOB | {"known": ["school"]}, exports.text(exports.table()))
    assert told["rows"] == 24
    assert len(numbers) == 4 * 24 * (1 + len(told["columns"]))


def test_without_limits_of_the_system_a_process_that_hangs_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(child, "HAS_LIMITS", False)
    _instead(monkeypatch, "import time; time.sleep(60)")
    with pytest.raises(Refused):
        _ask(JOB, b"x", seconds=0.5)


def test_what_is_refused_meanwhile_ends_the_process() -> None:
    def refuse() -> dict[str, Marks]:
        raise Refused(DAMAGED)

    with child.start() as process:
        with pytest.raises(Refused, match="beschadigd"):
            child.ask(process, JOB, b"x" * 20_000_000, refuse)
        assert process.wait(5)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limits")
def test_limits_hold_inside_the_process(tmp_path: Path) -> None:
    target = tmp_path / "geschreven"
    program = (
        "import sys; sys.path.insert(0, sys.argv[1])\n"
        "from wellbeing.intake import child\n"
        "child.MEMORY = 2**30\n"
        "child._limit()\n"
        "try: bytearray(2**31)\n"
        "except MemoryError: print('geen geheugen')\n"
        f"try: open({str(target)!r}, 'wb', buffering=0).write(b'x')\n"
        "except OSError: print('geen bestand')\n"
    )
    told = subprocess.run([sys.executable, "-I", "-c", program, str(ROOT)], capture_output=True, text=True, check=False)
    assert told.stdout.splitlines() == ["geen geheugen", "geen bestand"]


def test_far_cell_that_passes_the_guard_kills_only_the_reading_process() -> None:
    # The far cell is not the last of its row, so that the scan of the guard does not meet it.
    data = exports.with_sheet('<row r="1"><c r="XFD1048576"><v>1</v></c><c r="A1"><v>1</v></c></row>')
    with pytest.raises(Refused):
        _ask(JOB | {"kind": "xlsx"}, data)
    assert os.getpid()


def test_process_loads_no_pandas_and_no_streamlit() -> None:
    program = (
        "import sys; sys.path.insert(0, sys.argv[1])\n"
        "from wellbeing.intake import child, parsing\n"
        "from wellbeing.model.imports import FileKind\n"
        "parsing.load_reader(FileKind.XLSX)\n"
        f"parsed = parsing.parse_export({exports.workbook(exports.table())!r}, FileKind.XLSX, frozenset(['school']))\n"
        "child._numbers(parsed)\n"
        "heavy = {'pandas', 'numpy', 'pyarrow', 'streamlit', 'pydantic', 'pyreadstat', 'psutil'}\n"
        "print(sorted(heavy & set(sys.modules)))\n"
    )
    told = subprocess.run([sys.executable, "-I", "-c", program, str(ROOT)], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "[]"
