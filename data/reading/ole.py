"""The storage around an .xls: streams in chains of sectors ([MS-CFB])."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import Final

FREE: Final = 0xFFFFFFFA  # from here on a sector number is a mark: free, end of chain, table
ENTRY_BYTES: Final = 128
STREAM: Final = 2
ROOT: Final = 5


@dataclass(frozen=True)
class Entry:
    """One entry of the directory: a stream, a storage (folder), or the root."""

    name: str
    kind: int
    start: int
    size: int


class Storage:
    """The file's bytes read as sectors; damaged chains raise struct.error, ValueError or IndexError."""

    def __init__(self, raw: bytes) -> None:
        self.raw = raw
        self.shift, self.mini_shift = struct.unpack_from("<HH", raw, 0x1E)
        if self.shift not in (9, 12) or self.mini_shift != 6:
            raise ValueError("sector size")
        directory, self.cutoff = struct.unpack_from("<I4xI", raw, 0x30)
        mini_table, first, count = struct.unpack_from("<I4xII", raw, 0x3C)
        self.table = self._numbers(b"".join(map(self._sector, self._table_sectors(first, count))))
        self.entries = self._directory(self._chain(directory))
        self.mini_table = self._numbers(self._chain(mini_table)) if mini_table < FREE else ()

    def stream(self, name: str) -> bytes | None:
        """The bytes of the stream of this name (in any folder); null when there is none."""
        found = next((e for e in self.entries if e.kind == STREAM and e.name == name), None)
        if found is None:
            return None
        if found.size >= self.cutoff:
            return self._chain(found.start)[: found.size]
        root = next(e for e in self.entries if e.kind == ROOT)
        mini = self._chain(root.start)
        size = 1 << self.mini_shift
        return b"".join(mini[n * size :][:size] for n in follow(found.start, self.mini_table))[: found.size]

    def _table_sectors(self, first: int, count: int) -> list[int]:
        """Sectors that hold the table of chains: 109 named in the header, more in sectors of their own."""
        numbers = list(struct.unpack_from("<109I", self.raw, 0x4C))
        for _ in range(min(count, len(self.raw) >> self.shift)):
            *more, first = self._numbers(self._sector(first))
            numbers += more
        return [number for number in numbers if number < FREE]

    def _sector(self, number: int) -> bytes:
        at = (number + 1) << self.shift
        if at >= len(self.raw):
            raise ValueError("sector beyond the end")
        return self.raw[at : at + (1 << self.shift)]

    def _chain(self, start: int) -> bytes:
        return b"".join(map(self._sector, follow(start, self.table)))

    def _directory(self, raw: bytes) -> list[Entry]:
        entries = []
        for at in range(0, len(raw) - ENTRY_BYTES + 1, ENTRY_BYTES):
            length, kind = struct.unpack_from("<HB", raw, at + 64)
            start, size = struct.unpack_from("<II", raw, at + 116)
            name = raw[at : at + max(0, min(length, 64) - 2)].decode("utf-16-le", "replace")
            entries.append(Entry(name, kind, start, size))
        return entries

    @staticmethod
    def _numbers(raw: bytes) -> tuple[int, ...]:
        return struct.unpack(f"<{len(raw) // 4}I", raw[: len(raw) // 4 * 4])


def follow(start: int, table: tuple[int, ...]) -> list[int]:
    """Sector numbers of a chain in order; a chain longer than the table runs in a circle."""
    found = []
    while start < FREE:
        found.append(start)
        if len(found) > len(table):
            raise ValueError("circular chain")
        start = table[start]
    return found
