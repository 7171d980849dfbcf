"""Durable file operations: what they return from is on the disk, whatever happens next.

Windows has no way to sync a directory and refuses to rename what somebody is just reading (another
reader, a virus scanner), so both are handled here and nowhere else.
"""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final, TypeVar

WINDOWS: Final = os.name == "nt"
STALE_SECONDS: Final = 3600.0
BUSY_SECONDS: Final = 5.0
BUSY_STEP_SECONDS: Final = 0.02

Result = TypeVar("Result")


def patiently(action: Callable[[], Result], busy_seconds: float | None = None) -> Result:
    """The action's result; on Windows it is repeated while another program holds the file."""
    limit = (BUSY_SECONDS if WINDOWS else 0.0) if busy_seconds is None else busy_seconds
    deadline = time.monotonic() + limit
    while True:
        try:
            return action()
        except PermissionError:
            if time.monotonic() >= deadline:
                raise
            time.sleep(BUSY_STEP_SECONDS)


def sync_file(path: Path) -> None:
    """Bring a written file's content to the disk."""
    # Windows flushes only handles that may write
    handle = os.open(path, os.O_RDWR | getattr(os, "O_BINARY", 0))
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sync_dir(path: Path) -> None:
    """Bring a directory's names to the disk; nothing to do on Windows."""
    if WINDOWS:
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def make_dir(path: Path) -> None:
    """Make a directory and bring its name to the disk; nothing to do when it is there."""
    if not path.is_dir():
        path.mkdir(parents=True, exist_ok=True)
        sync_dir(path.parent)


def write_text(path: Path, text: str) -> None:
    """Write a small file and bring its content to the disk."""
    path.write_text(text, encoding="utf-8", newline="\n")
    sync_file(path)


def read_text(path: Path) -> str:
    """The text of a small file; FileNotFoundError where there is none."""
    return patiently(lambda: path.read_text(encoding="utf-8"))


def rename(source: Path, target: Path) -> None:
    """Give a file or a directory its final name, durably."""
    patiently(lambda: source.rename(target))
    sync_dir(target.parent)


def remove_stale(paths: Iterable[Path]) -> None:
    """Remove files and directories that a killed program left; what was touched of late may be in use."""
    for path in paths:
        with suppress(OSError):  # gone already, or held by somebody
            if time.time() - path.stat().st_mtime < STALE_SECONDS:
                continue
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink()


def replace_text(path: Path, text: str) -> None:
    """Exchange a small file's content: readers see the old text or the new, never a part."""
    with _whole(path) as fresh:
        write_text(fresh, text)


def copy(source: Path, target: Path) -> None:
    """A durable copy of a file, there whole or not at all."""
    with _whole(target) as fresh:
        shutil.copyfile(source, fresh)
        sync_file(fresh)


@contextmanager
def _whole(path: Path) -> Iterator[Path]:
    """A file beside this one to write to, which takes its name and place afterwards; gone after a fault."""
    fresh = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        yield fresh
        patiently(lambda: fresh.replace(path))
    except BaseException:
        fresh.unlink(missing_ok=True)
        raise
    sync_dir(path.parent)
