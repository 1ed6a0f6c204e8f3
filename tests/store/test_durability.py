"""Nothing that was acknowledged is lost: not by a kill, not by a full disk. No pupil is in the file."""

import random
import subprocess
import sys
from dataclasses import replace

import pytest
from openpyxl import load_workbook
from sqlalchemy import event

from benchmarks.kill_store import SCHOOL, YEAR, kill_once, notes
from tests.store.samples import CONVERSATION, NOW
from wellbeing import pipeline
from wellbeing.store.backups import back_up
from wellbeing.store.database import open_store
from wellbeing.store.failures import StoreError

DEMO = pipeline.DATA / "demo" / "de-werf-2025-2026.xlsx"
TIMES = 20
BIG = 400_000
HEADINGS_ROW = 4
CANARIES = {
    "Naam leerling": "Zeemeermin Kwartel{row}",
    "E-mail": "kanarie{row}@vogel.example",
    "Opmerkingen": "papegaai nummer {row}",
}


@pytest.mark.slow
def test_after_each_of_twenty_kills_every_acknowledged_save_is_there(path):
    chance = random.Random(5)
    outcomes = [kill_once(path, chance) for _ in range(TIMES)]
    assert [outcome for outcome in outcomes if outcome.is_lost] == []
    assert len({outcome.acknowledged for outcome in outcomes}) == TIMES  # each kill hit a program that was saving


def test_on_a_full_disk_the_save_is_refused_in_a_sentence_and_the_rest_is_there(store):
    kept = store.save_conversation(CONVERSATION)

    @event.listens_for(store.engine, "connect")
    def _no_room(connection, _):
        (pages,) = connection.execute("PRAGMA page_count").fetchone()
        connection.execute(f"PRAGMA max_page_count={pages}")

    with pytest.raises(StoreError, match="de schijf is vol"):
        store.save_conversation(replace(kept, notes="x" * BIG))
    assert store.conversation(kept.school, kept.year) == kept
    smaller = store.save_conversation(replace(kept, notes="past nog"))
    assert store.conversation(kept.school, kept.year) == smaller


def test_where_the_file_may_not_grow_the_program_says_so_and_loses_nothing(path):
    resource = pytest.importorskip("resource", reason="limits on files are a matter of POSIX")
    open_store(str(path))
    size = path.stat().st_size + 8_192  # less than one long note
    command = [sys.executable, "-m", "benchmarks.kill_store", "--save", str(path)]
    done = subprocess.run(
        command,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size)),
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    *revisions, sentence = done.stdout.splitlines()
    assert "Wat eerder is opgeslagen, is er nog." in sentence
    record = open_store(str(path)).conversation(SCHOOL, YEAR)
    assert record.revision == max(map(int, revisions), default=1)
    assert record.notes in {"", notes(record.revision)}
    open_store(str(path)).check()


def test_nothing_of_a_pupil_is_in_the_file_or_its_backup(store, path, tmp_path):
    counted = _count(_with_canaries(tmp_path / "export.xlsx"))
    store.save_measurements(counted)
    assert store.measurements() == tuple(sorted(counted, key=lambda item: (item.school, item.year, item.bouw)))
    back_up(tmp_path / "kopie.sqlite", str(path))
    for file in (*path.parent.iterdir(), tmp_path / "kopie.sqlite"):
        text = file.read_bytes().lower()
        assert b"de werf" in text
        for canary in (b"zeemeermin", b"kwartel", b"kanarie", b"vogel.example", b"papegaai", b"naam leerling"):
            assert canary not in text


def _with_canaries(target):
    book = load_workbook(DEMO)
    sheet = book.active
    headings = [cell.value for cell in sheet[HEADINGS_ROW]]
    for heading, value in CANARIES.items():
        column = headings.index(heading) + 1 if heading in headings else sheet.max_column + 1
        sheet.cell(HEADINGS_ROW, column, heading)
        for row in range(HEADINGS_ROW + 1, sheet.max_row + 1):
            sheet.cell(row, column, value.format(row=row))
    book.save(target)
    return target


def _count(export):
    reference = pipeline.load_reference()
    table = pipeline.read_table(export.read_bytes(), export.name, reference)
    codebook, *_ = pipeline.matching_codebooks(table, reference)
    return pipeline.measure(pipeline.open_survey(table, reference, codebook, year=str(NOW.year)))
