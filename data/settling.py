"""When a dropped file may be read: its copying is over and it is whole.

A copy over a network stalls, sets the full size before the content, or is dropped again half way; so
a file must stand still for a moment, and one whose end is still missing gets more time.
"""

from __future__ import annotations

import zipfile
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

# Excel's and WPS's lock files, hidden ones, and what browsers and copy programs call an unfinished file
IGNORED_PREFIXES: Final = ("~$", ".~", ".")
IGNORED_SUFFIXES: Final = (".tmp", ".temp", ".part", ".partial", ".crdownload", ".download", ".swp")

# kinds whose last bytes prove that all of it is there need stand still only for this share of the time
PROVABLE_SUFFIXES: Final = (".xlsx", ".xlsm", ".parquet")
PROVEN_SHARE: Final = 1 / 3
# a copy that set the full size first begins with zeros, which no workbook does
WORKBOOK_SUFFIXES: Final = (".xlsx", ".xlsm", ".xls", ".et")

OLE_MAGIC: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
OLE_HEADER_BYTES: Final = 512
ROOT_ENTRY: Final = "Root Entry".encode("utf-16-le")

PATIENCE_FACTOR: Final = 20.0
PATIENCE_LEAST_SECONDS: Final = 3.0
LOOK_AGAIN_SECONDS: Final = 0.05


@dataclass(frozen=True)
class Look:
    """A file as it was seen: size and modification time; two equal looks mean it stood still."""

    size_bytes: int
    modified_ns: int


@dataclass
class _Seen:
    look: Look
    since_seconds: float


class Settling:
    """Which files of a folder stand still; asked again and again with a monotonic clock's seconds."""

    def __init__(self, settle_seconds: float) -> None:
        self.settle_seconds = settle_seconds
        self.patience_seconds = max(PATIENCE_LEAST_SECONDS, PATIENCE_FACTOR * settle_seconds)
        self._seen: dict[Path, _Seen] = {}

    def ready(self, folder: Path, now_seconds: float) -> list[Path]:
        """Files that may be read now, the longest waiting first."""
        looks = {path: look for path in dropped_files(folder) if (look := look_at(path))}
        self._seen = {path: self._after(path, look, now_seconds) for path, look in looks.items()}
        still = [path for path, seen in self._seen.items() if self._is_ready(path, seen, now_seconds)]
        return sorted(still, key=lambda path: self._seen[path].since_seconds)

    def next_look_seconds(self, idle: Collection[Path], now_seconds: float) -> float | None:
        """How long until a file may be ready; null when none but `idle` ones are there."""
        waits = [
            wait - (now_seconds - seen.since_seconds)
            for path, seen in self._seen.items()
            for wait in (self.settle_seconds * PROVEN_SHARE, self.settle_seconds)
            if path not in idle
        ]
        # one that stands still but isn't whole is looked at again and again until patience ends
        again = max(self.settle_seconds / 2, LOOK_AGAIN_SECONDS)
        return min((wait for wait in waits if wait > 0), default=again if waits else None)

    def forget(self, path: Path) -> None:
        """Let the file's time of standing still begin anew."""
        self._seen.pop(path, None)

    def _after(self, path: Path, look: Look, now_seconds: float) -> _Seen:
        before = self._seen.get(path)
        return before if before and before.look == look else _Seen(look, now_seconds)

    def _is_ready(self, path: Path, seen: _Seen, now_seconds: float) -> bool:
        still_seconds = now_seconds - seen.since_seconds
        if path.suffix.lower() in PROVABLE_SUFFIXES:
            enough = still_seconds >= self.settle_seconds * PROVEN_SHARE and is_whole(path)
        else:
            enough = still_seconds >= self.settle_seconds and is_whole(path)
        return enough or still_seconds >= self.patience_seconds


def dropped_files(folder: Path) -> list[Path]:
    """Files staff dropped, lock files and unfinished downloads left out."""
    try:
        return [path for path in sorted(folder.iterdir()) if is_dropped(path.name) and path.is_file()]
    except FileNotFoundError:
        return []


def is_dropped(name: str) -> bool:
    """Whether a file of this name is meant for us."""
    return not name.startswith(IGNORED_PREFIXES) and not name.lower().endswith(IGNORED_SUFFIXES)


def look_at(path: Path) -> Look | None:
    """The file as it is now; null when it is gone."""
    try:
        status = path.stat()
    except OSError:
        return None
    return Look(status.st_size, status.st_mtime_ns)


def is_whole(path: Path) -> bool:
    """Whether the file's end is there, as far as its kind lets us tell; false while it can't be opened."""
    try:
        with path.open("rb") as file:
            head = file.read(OLE_HEADER_BYTES)
            if path.suffix.lower() == ".parquet":
                file.seek(-4, 2)
                return file.read() == b"PAR1"
            # an .et is often an .xlsx inside; an .xlsx may be an old or encrypted workbook
            if head.startswith(b"PK"):
                return zipfile.is_zipfile(file)
            if head.startswith(OLE_MAGIC):
                return _has_directory(file, head)
            return any(head) if path.suffix.lower() in WORKBOOK_SUFFIXES else bool(head)
    except OSError:
        return False


def _has_directory(file: BinaryIO, header: bytes) -> bool:
    """Whether an old workbook's directory is where its header says; programs write it near the end."""
    if len(header) < OLE_HEADER_BYTES:
        return False
    sector, shift = int.from_bytes(header[0x30:0x34], "little"), int.from_bytes(header[0x1E:0x20], "little")
    file.seek((sector + 1) << min(shift, 12))
    return file.read(len(ROOT_ENTRY)) == ROOT_ENTRY


def is_open_elsewhere(path: Path) -> bool:
    """Whether Excel or WPS has the file open: their lock file lies beside it."""
    name = path.name
    # Excel drops the first two letters of longer names
    locks = (f"~${name}", f"~${name[2:]}", f".~{name}", f".~lock.{name}#")
    return any(look_at(path.parent / lock) for lock in locks)
