"""What an organisation changed in the rows that come with the dashboard: kept whole or not at all, and logged."""

import datetime as dt
from dataclasses import replace

import pytest

from tests.store import samples
from wellbeing.model.content import CellEdit, LogLine, RowChange
from wellbeing.store.database import Store
from wellbeing.store.failures import ContentConflictError

TABLE, ROW = samples.CHANGED_ROW.table, samples.CHANGED_ROW.row
AGAIN = replace(
    samples.ROW_EDIT,
    before=samples.CHANGED_ROW,
    after=RowChange(TABLE, ROW, {"remark": "Anders."}),
    cells=(CellEdit("remark", samples.ROW_EDIT.cells[0].new, "Anders."),),
)
BACK = replace(AGAIN, before=AGAIN.after, after=None, cells=(CellEdit("remark", "Anders.", ""),))


def test_what_was_changed_is_there_and_the_log_says_who_and_when(store):
    store.save_content([samples.ROW_EDIT], samples.EDITOR)
    assert store.content() == (samples.CHANGED_ROW,)
    assert store.content_log() == (
        LogLine(
            dt.datetime(2026, 11, 22, 9, 30),
            "gezondheidsbevorderaar",
            "programmes.csv",
            "i-leefstijl",
            "remark",
            "",
            "Nu ook voor leerjaar 1 – ‘gratis’.",
        ),
    )


def test_the_log_only_grows_also_when_a_row_becomes_as_it_was(store):
    seen = []
    for edit in (samples.ROW_EDIT, AGAIN, BACK):
        store.save_content([edit], "jeugdarts")
        log = store.content_log()
        assert log[: len(seen)] == tuple(seen)
        seen = list(log)
    assert store.content() == ()
    assert [(line.old, line.new) for line in seen] == [
        (cell.old, cell.new) for edit in (samples.ROW_EDIT, AGAIN, BACK) for cell in edit.cells
    ]


def test_nothing_in_the_store_can_take_a_line_out_of_the_log(store):
    store.save_content([samples.ROW_EDIT], samples.EDITOR)
    store.set_retention(1)
    store.expire(dt.date(2100, 1, 1))
    assert len(store.content_log()) == 1
    names = [name for name in dir(Store) if "content" in name and not name.startswith("_")]
    assert names == ["content", "content_log", "save_content"]


def test_who_started_from_an_older_row_overwrites_nothing(store):
    store.save_content([samples.ROW_EDIT], samples.EDITOR)
    other = replace(samples.ROW_EDIT, after=RowChange(TABLE, ROW, {"remark": "Van een collega."}))
    with pytest.raises(ContentConflictError, match="Iemand anders heeft deze inhoud intussen veranderd"):
        store.save_content([other], "collega")
    assert store.content() == (samples.CHANGED_ROW,)
    assert [line.by for line in store.content_log()] == [samples.EDITOR]


def test_several_rows_are_kept_all_or_none(store):
    store.save_content([samples.ROW_EDIT], samples.EDITOR)
    fine = replace(samples.ROW_EDIT, row="i-swpbs", after=RowChange(TABLE, "i-swpbs", {"remark": "Goed."}))
    with pytest.raises(ContentConflictError):
        store.save_content([fine, samples.ROW_EDIT], "collega")
    assert [change.row for change in store.content()] == [ROW]
    assert len(store.content_log()) == 1
