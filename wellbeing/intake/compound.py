"""The container of old Office files: a small file system in one file, with sectors and chains.

Only its directory and one stream are read; document properties and everything else stay untouched.
Every place in it is checked: whatever does not add up is a ``ValueError``.
"""

from __future__ import annotations

import struct
import sys
from array import array
from collections.abc import Iterator
from dataclasses import dataclass

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
HEADER = 512
ENTRY = 128
IN_HEADER = 109  # sectors of the allocation table that the header itself names
LAST = 0xFFFFFFFA  # from here on a sector number is a sign, not a place

_STORAGE, _STREAM, _ROOT = 1, 2, 5


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the directory: a stream, a storage (a folder) or the root."""

    name: str
    type: int
    start: int
    size: int


class CompoundFile:
    """An opened container; ``names`` are those of its streams and storages."""

    def __init__(self, data: bytes) -> None:
        """Read the allocation table and the directory.

        Raises:
            ValueError: if the container is damaged.
        """
        if not data.startswith(SIGNATURE) or len(data) < HEADER:
            raise ValueError(HEADER)
        self._data = data
        shift, mini_shift = struct.unpack_from("<HH", data, 30)
        if shift not in (9, 12) or mini_shift != 6:
            raise ValueError(shift)
        self._sector_size = 1 << shift
        first_directory, _, self._cutoff, self._first_mini = struct.unpack_from("<4I", data, 48)
        self._table = self._numbers(list(self._table_sectors()))
        self._entries = list(self._directory(first_directory))

    @property
    def names(self) -> frozenset[str]:
        """The names in the directory."""
        return frozenset(entry.name for entry in self._entries)

    def stream(self, name: str) -> bytes:
        """Give the bytes of a stream.

        Raises:
            ValueError: if there is no such stream, or its chain is damaged.
        """
        entry = next((entry for entry in self._entries if entry.name == name and entry.type == _STREAM), None)
        if entry is None:
            raise ValueError(_STREAM)
        content = self._chained(entry.start) if entry.size >= self._cutoff else self._small(entry)
        if len(content) < entry.size:
            raise ValueError(entry.size)
        return content[: entry.size]

    def _table_sectors(self) -> Iterator[int]:
        yield from (place for place in struct.unpack_from(f"<{IN_HEADER}I", self._data, 76) if place < LAST)
        following, steps = struct.unpack_from("<I", self._data, 68)[0], 0
        while following < LAST:
            *places, following = self._numbers([following])
            yield from (place for place in places if place < LAST)
            steps += 1
            if steps > len(self._data) // self._sector_size:
                raise ValueError(steps)

    def _numbers(self, sectors: list[int]) -> array[int]:
        numbers = array("I", b"".join(map(self._sector, sectors)))
        if sys.byteorder == "big":
            numbers.byteswap()
        return numbers

    def _sector(self, place: int) -> bytes:
        start = (place + 1) * self._sector_size
        content = self._data[start : start + self._sector_size]
        if not content:
            raise ValueError(place)
        return content.ljust(self._sector_size, b"\0")  # the last sector may be cut off

    def _chained(self, start: int) -> bytes:
        return b"".join(map(self._sector, _chain(self._table, start)))

    def _directory(self, start: int) -> Iterator[Entry]:
        content = self._chained(start)
        for at in range(0, len(content), ENTRY):
            length, kind = struct.unpack_from("<HB", content, at + 64)
            if kind in (_STORAGE, _STREAM, _ROOT):
                name = content[at : at + max(0, min(length, 64) - 2)].decode("utf-16-le", "replace")
                yield Entry(name, kind, *struct.unpack_from("<II", content, at + 116))

    def _small(self, entry: Entry) -> bytes:
        """Give a stream that is kept, in sectors of 64 bytes, inside the stream of the root."""
        root = next((entry for entry in self._entries if entry.type == _ROOT), None)
        if root is None:
            raise ValueError(_ROOT)
        room = self._chained(root.start)
        table = self._numbers(list(_chain(self._table, self._first_mini)))
        return b"".join(room[64 * place : 64 * (place + 1)] for place in _chain(table, entry.start))


def _chain(table: array[int], start: int) -> Iterator[int]:
    steps = 0
    while start < LAST:
        if start >= len(table) or steps > len(table):
            raise ValueError(start)
        yield start
        start, steps = table[start], steps + 1
