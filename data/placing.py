"""Writing a version's directory: beside the others first, then under its name, durable at every step."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import polars as pl

from data import disk
from data.errors import SnapshotError
from data.snapshots import UNFINISHED, SnapshotStore


def keep(file: Path, folder: Path) -> None:
    """A durable copy of one file, under its own name."""
    disk.make_dir(folder)
    copy = folder / file.name
    shutil.copyfile(file, copy)
    disk.sync_file(copy)
    disk.sync_dir(folder)


def give_name(written: Path, target: Path) -> None:
    """Move a complete directory to its version's name."""
    disk.make_dir(target.parent)
    # a program killed before its pointer left a directory of this name: no reader can know it
    shutil.rmtree(target, ignore_errors=True)
    disk.rename(written, target)


@contextmanager
def workplace(store: SnapshotStore) -> Iterator[Path]:
    """A fresh directory on the same disk, gone afterwards whatever happened."""
    place = store.dir / f"{UNFINISHED}{os.getpid()}-{uuid4().hex[:8]}"
    place.mkdir()
    try:
        yield place
    finally:
        shutil.rmtree(place, ignore_errors=True)


@contextmanager
def told_in_chinese(store: SnapshotStore) -> Iterator[None]:
    """A block whose faults of disk and rights become one SnapshotError that says so."""
    try:
        yield
    except (OSError, pl.exceptions.PolarsError) as fault:
        raise SnapshotError(
            f"快照写不进 {store.dir}({fault});挂图未变,请检查磁盘空间和写入权限后重新报送"
        ) from fault
