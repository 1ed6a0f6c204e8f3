"""A file tells the day on the report and no other moment."""

from __future__ import annotations

import io
import re
import zipfile

import pytest

from tests.export.conftest import Made
from tests.export.reading import parts
from wellbeing import pipeline
from wellbeing.model.report import Format

OFFICE = [Format.SLIDES, Format.DOCUMENT, Format.WORKBOOK]


@pytest.mark.parametrize("kind", OFFICE)
def test_no_part_of_a_file_tells_another_moment(demo: Made, kind: Format) -> None:
    moments = {
        moment
        for name, content in parts(demo.files[kind])
        if name.endswith("docProps/core.xml")
        for moment in re.findall(rb"\d{4}-\d\d-\d\dT[\d:]+", content)
    }
    assert moments == {b"2026-03-09T00:00:00"}


@pytest.mark.parametrize("kind", OFFICE)
def test_the_same_report_gives_the_same_bytes(demo: Made, kind: Format, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("time.time", lambda: 2_000_000_000.0)
    assert pipeline.write_report(demo.report, kind) == demo.files[kind]


def test_the_workbooks_inside_slides_open(demo: Made) -> None:
    with zipfile.ZipFile(io.BytesIO(demo.files[Format.SLIDES])) as archive:
        assert archive.testzip() is None
        inside = [archive.read(name) for name in archive.namelist() if name.endswith(".xlsx")]
    assert len(inside) > 5
    for data in inside:
        with zipfile.ZipFile(io.BytesIO(data)) as book:
            assert {item.date_time[:3] for item in book.infolist()} == {(2026, 3, 9)}
