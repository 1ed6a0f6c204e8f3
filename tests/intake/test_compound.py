"""The container of old Office files."""

from __future__ import annotations

import struct

import pytest

from tests.intake import exports
from wellbeing.intake.compound import CompoundFile

DATA = exports.old_workbook(exports.table(5000))


def test_directory_and_stream() -> None:
    container = CompoundFile(DATA)
    assert container.names == {"Root Entry", "Workbook"}
    stream = container.stream("Workbook")
    assert stream.startswith(b"\x09\x08\x10\x00\x00\x06")
    assert b"De Werf" in stream
    assert len(stream) > 300_000  # over many sectors


def test_stream_that_is_not_there() -> None:
    with pytest.raises(ValueError, match="2"):
        CompoundFile(DATA).stream("Anders")


def test_short_stream_is_kept_in_the_stream_of_the_root() -> None:
    assert CompoundFile(_short(b"kort" * 20)).stream("Kort") == b"kort" * 20


def test_chain_that_bites_its_tail_is_damaged() -> None:
    data = bytearray(_short(b"kort" * 20))
    struct.pack_into("<I", data, 512 + 4 * 1, 1)  # the directory follows itself
    with pytest.raises(ValueError, match="1"):
        CompoundFile(bytes(data))


@pytest.mark.parametrize("size", [0, 7, 511, 600, 1100, 1600])
def test_cut_off_is_damaged(size: int) -> None:
    with pytest.raises((ValueError, struct.error)):
        CompoundFile(DATA[:size]).stream("Workbook")


def _short(content: bytes) -> bytes:
    """Give a container with one stream of less than a sector, laid out by hand.

    Sector 0 is the allocation table, 1 the directory, 2 the table of short sectors, 3 their room.
    """
    end, free = 0xFFFFFFFE, 0xFFFFFFFF
    header = bytearray(512)
    header[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    struct.pack_into("<HHHHH", header, 24, 0x3E, 3, 0xFFFE, 9, 6)
    struct.pack_into("<I", header, 44, 1)
    struct.pack_into("<IIIIIII", header, 48, 1, 0, 4096, 2, 1, end, 0)
    struct.pack_into("<109I", header, 76, 0, *[free] * 108)
    table = struct.pack("<128I", 0xFFFFFFFD, end, end, end, *[free] * 124)
    entries = _entry("Root Entry", 5, 3, 512) + _entry("Kort", 2, 0, len(content)) + bytes(256)
    steps = -(-len(content) // 64)
    short = struct.pack("<128I", *range(1, steps), end, *[free] * (128 - steps))
    return bytes(header) + table + entries + short + content.ljust(512, b"\0")


def _entry(name: str, kind: int, start: int, size: int) -> bytes:
    entry = bytearray(128)
    entry[: 2 * len(name)] = name.encode("utf-16-le")
    struct.pack_into("<HB", entry, 64, 2 * len(name) + 2, kind)
    struct.pack_into("<II", entry, 116, start, size)
    return bytes(entry)
