"""The file with linked columns for a colleague: read back as it was, and strict about everything else."""

import json

import pytest

from tests.store.samples import HEADINGS
from wellbeing.store.failures import StoreError
from wellbeing.store.links import LinkChoices, fingerprint, read_file, write_file

CHOICES = (LinkChoices("gmj", "abc", HEADINGS), LinkChoices("emovo", "def", {}))


def changed(**values):
    return json.dumps(json.loads(write_file(CHOICES)) | values).encode()


def with_target(target):
    return changed(choices=[{"source": "gmj", "fingerprint": "abc", "targets": {"Kop": target}}])


def test_the_file_reads_back_as_it_was():
    assert read_file(write_file(CHOICES)) == CHOICES


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{}",
        b"[]",
        b"\xff\xfe",
        changed(kind="iets anders"),
        changed(version=2),
        changed(extra=1),
        changed(choices=[{"source": "gmj", "fingerprint": "abc"}]),
        changed(choices=[{"source": "", "fingerprint": "abc", "targets": {}}]),
        changed(choices=[{"source": "gmj", "fingerprint": "abc", "targets": {}, "rows": [1]}]),
        with_target("Sanne de Wit"),
        with_target("3"),
        with_target(7),
        with_target("role:school\n"),
        with_target("<b>"),
        with_target("x" * 201),
    ],
)
def test_anything_else_is_refused_in_a_sentence(data):
    with pytest.raises(StoreError, match="geen bestand met gekoppelde kolommen"):
        read_file(data)


def test_another_heading_is_another_version_of_the_source():
    assert fingerprint(["Klas", "School"]) != fingerprint(["Klas", "School", "Vraag 3"])
    assert fingerprint(["Klas", "School"]) != fingerprint(["KlasSchool"])
