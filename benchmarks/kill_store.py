"""Kill a program in the middle of its saves, again and again, and look whether an acknowledged save is gone.

``python -m benchmarks.kill_store [--times 300]``. Each time a program of its own saves one record over and over
and says which revision was kept; it is killed at a moment of chance, without a chance to tidy up.
"""

from __future__ import annotations

import argparse
import random
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

from wellbeing.model.conversation import Conversation
from wellbeing.store.database import open_store
from wellbeing.store.failures import StoreError

SCHOOL, YEAR = "De Werf", "2025-2026"
SEED = 20261122
LONGEST = 0.05  # seconds between an acknowledged save and the kill: several saves long


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one kill did: the last revision that was acknowledged and kept, and what the database says of itself."""

    acknowledged: int
    kept: int
    notes_match: bool
    integrity: str

    @property
    def is_lost(self) -> bool:
        """Whether something that was acknowledged is not there, or not whole."""
        return self.kept < self.acknowledged or not self.notes_match or self.integrity != "ok"


def save_on(path: Path) -> None:
    """Save until somebody ends the program, or until saving fails: then the sentence is the last line."""
    store = open_store(str(path))
    record = store.conversation(SCHOOL, YEAR) or store.save_conversation(Conversation(SCHOOL, YEAR))
    while True:
        try:
            record = store.save_conversation(replace(record, notes=notes(record.revision + 1)))
        except StoreError as error:
            print(error, flush=True)
            return
        print(record.revision, flush=True)


def notes(revision: int) -> str:
    """Give notes that tell of which revision they are; of differing length, so that pages come and go."""
    return f"{revision} " + "tekst " * (revision * 37 % 3_000)


def kill_once(path: Path, chance: random.Random) -> Outcome:
    """Let a program save, kill it, and look what is left."""
    command = [sys.executable, "-m", "benchmarks.kill_store", "--save", str(path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as program:
        assert program.stdout is not None
        lines = [program.stdout.readline() for _ in range(chance.randint(1, 20))]
        time.sleep(chance.uniform(0, LONGEST))
        program.kill()
        lines += program.stdout.readlines()
    # A line without its end was never acknowledged.
    acknowledged = max((int(line) for line in lines if line.endswith("\n")), default=0)
    return _outcome(path, acknowledged)


def _outcome(path: Path, acknowledged: int) -> Outcome:
    record = open_store(str(path)).conversation(SCHOOL, YEAR)
    with closing(sqlite3.connect(path)) as connection:
        (integrity,) = connection.execute("PRAGMA integrity_check").fetchone()
    if record is None:
        return Outcome(acknowledged, 0, notes_match=acknowledged == 0, integrity=integrity)
    whole = record.revision == 1 or record.notes == notes(record.revision)
    return Outcome(acknowledged, record.revision, notes_match=whole, integrity=integrity)


def main() -> None:
    """Kill so many times, and print what was lost."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=300)
    parser.add_argument("--save", type=Path, help="be the program that saves")
    options = parser.parse_args()
    if options.save:
        save_on(options.save)
        return
    chance, started = random.Random(SEED), time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "store.sqlite"
        outcomes = [kill_once(path, chance) for _ in range(options.times)]
    lost = sum(outcome.is_lost for outcome in outcomes)
    ahead = sum(outcome.kept > outcome.acknowledged for outcome in outcomes)
    print(f"SQLite {sqlite3.sqlite_version}: {len(outcomes)} kills in {time.monotonic() - started:.0f} s")
    print(
        f"{outcomes[-1].kept} saves kept, {lost} times something lost; {ahead} times killed between commit and answer"
    )


if __name__ == "__main__":
    main()
