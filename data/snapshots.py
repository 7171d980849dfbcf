"""Snapshots: the immutable Parquet directories the wall is drawn from, and the pointer that names them.

snapshots/
├── current.json                  the pointer: replaced atomically, names every published version
├── .publish.lock                 held while somebody publishes
└── 2026-11-22/2/                 one version: day and revision
    ├── projects.parquet …        the ledgers, the schedule, the findings
    ├── received/台账.xlsx        the file as received
    └── manifest.json

Only what the pointer names exists for readers; a directory it doesn't name is a leftover of a
program that was killed before its last step.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Final

import polars as pl

from data import contract, disk
from data.errors import SnapshotError
from data.lock import BusyError, ProgramLock
from data.manifest import Manifest, Version
from data.migrate import migrated
from data.pointer import Catalogue

__all__ = ["Catalogue", "Manifest", "SnapshotStore", "Version"]

POINTER: Final = "current.json"
MANIFEST: Final = "manifest.json"
UNFINISHED: Final = ".new-"
SCHEDULE_TABLES: Final = ("schedule_nodes", "schedule_projects")
FINDINGS_TABLE: Final = "findings"
LOCK_WAIT_SECONDS: Final = 180.0

_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
_LOCKS: Final[dict[Path, ProgramLock]] = {}


class SnapshotStore:
    """The snapshots under one directory. Cheap to make; reads the pointer at every question."""

    def __init__(self, snapshots_dir: Path) -> None:
        self.dir = snapshots_dir
        self.pointer = snapshots_dir / POINTER

    def catalogue(self) -> Catalogue:
        """What is published now; empty in an empty store. SnapshotError for a damaged pointer."""
        try:
            return Catalogue.from_json(disk.read_text(self.pointer))
        except FileNotFoundError:
            return Catalogue()
        except (ValueError, KeyError, TypeError) as fault:
            raise SnapshotError(
                f"快照指针文件 {self.pointer} 已损坏,应为 JSON;请重新启动程序,启动时会按完整快照重建"
            ) from fault

    def current(self) -> Version | None:
        """The version on the wall; null in an empty store."""
        return self.catalogue().current

    def versions(self, withdrawn: bool = False) -> list[Version]:
        """Published versions, oldest first; with `withdrawn` also those set aside by a rollback."""
        catalogue = self.catalogue()
        return list(catalogue.published if withdrawn else catalogue.shown)

    def at(self, as_of: date, real_only: bool = False) -> Version | None:
        """The newest revision of the newest day on or before `as_of`; null when there is none.

        With `real_only` demo snapshots don't count.
        """
        catalogue = self.catalogue()
        left_out = catalogue.demo if real_only else frozenset()
        return max((v for v in catalogue.shown if v.day <= as_of and v not in left_out), default=None)

    def path(self, version: Version) -> Path:
        """The directory of one version, whether or not it is there."""
        return self.dir / version.day.isoformat() / str(version.revision)

    def manifest(self, version: Version) -> Manifest:
        """What is written about one version. SnapshotError: missing, damaged, or a newer contract."""
        path = self.path(version) / MANIFEST
        try:
            manifest = Manifest.from_json(disk.read_text(path))
        except FileNotFoundError as fault:
            raise SnapshotError(f"没有快照 {version};请用 guatu snapshots 查看现有版本") from fault
        except (ValueError, KeyError, TypeError) as fault:
            raise SnapshotError(
                f"快照 {version} 的 {MANIFEST} 已损坏;请用 guatu rollback 退回上一版本,或重新报送当日台账"
            ) from fault
        if manifest.contract_version > contract.CONTRACT_VERSION:
            raise SnapshotError(
                f"快照 {version} 由更新的程序写成(数据约定第 {manifest.contract_version} 版),"
                f"本程序只认识到第 {contract.CONTRACT_VERSION} 版;请升级本程序后再打开"
            )
        return manifest

    def ledgers(self, version: Version) -> dict[str, pl.DataFrame]:
        """All ledgers of one version in today's schema, migrated where they are older."""
        written_as = self.manifest(version).contract_version
        stored = {item.name: self._read(version, item.name) for item in contract.LEDGERS}
        return migrated({k: v for k, v in stored.items() if v is not None}, written_as)

    def table(self, version: Version, name: str) -> pl.DataFrame:
        """One stored table as it was written: schedule_nodes, schedule_projects or findings."""
        self.manifest(version)
        frame = self._read(version, name)
        if frame is None:
            raise SnapshotError(f"快照 {version} 中缺少 {name}.parquet;请重新报送当日台账,或退回上一版本")
        return frame

    def kept_file(self, version: Version) -> Path | None:
        """The file this version was made from, as received; null where none was kept."""
        kept = self.manifest(version).kept_file
        path = self.path(version) / kept if kept else None
        return path if path and path.is_file() else None

    @contextmanager
    def publishing(self, wait_seconds: float = LOCK_WAIT_SECONDS) -> Iterator[None]:
        """Hold the one right to publish, across programs; SnapshotError when it isn't free in time."""
        try:
            disk.make_dir(self.dir)
        except OSError as fault:
            raise SnapshotError(f"快照目录 {self.dir} 建不起来({fault});请检查路径和写入权限") from fault
        lock = _LOCKS.setdefault(self.dir.resolve(), ProgramLock(self.dir.resolve() / ".publish.lock"))
        try:
            with lock.held(wait_seconds):
                yield
        except BusyError as fault:
            raise SnapshotError(
                f"另一个程序正在发布快照,等了 {wait_seconds:.0f} 秒仍未结束;请稍后再试"
            ) from fault

    def clean_leftovers(self) -> tuple[Path, ...]:
        """Remove what killed programs left; called at start. The removed paths.

        A lost or damaged pointer is rebuilt from the complete snapshots on disk, so nothing complete
        is ever thrown away for want of a pointer.
        """
        if not self.dir.is_dir():
            return ()
        try:
            with self.publishing(wait_seconds=0):
                self._mend_pointer()
                leftovers = tuple(self._leftovers())
                for path in leftovers:
                    _remove(path)
                return leftovers
        except SnapshotError:
            return ()  # somebody is publishing: what looks left over is theirs

    def _read(self, version: Version, name: str) -> pl.DataFrame | None:
        path = self.path(version) / f"{name}.parquet"
        if not path.exists():
            return None
        try:
            return pl.read_parquet(path)
        except (pl.exceptions.PolarsError, OSError) as fault:
            raise SnapshotError(
                f"快照 {version} 的 {name}.parquet 已损坏,无法读取;请用 guatu rollback 退回上一版本"
            ) from fault

    def _mend_pointer(self) -> None:
        try:
            if self.pointer.exists():
                self.catalogue()
                return
        except SnapshotError:
            pass
        complete = [v for v in self._on_disk() if (self.path(v) / MANIFEST).exists()]
        if complete or self.pointer.exists():
            told = {v: self._readable(v) for v in complete}
            catalogue = _replayed(manifest for manifest in told.values() if manifest)
            damaged = (v for v, manifest in told.items() if manifest is None)
            disk.replace_text(self.pointer, catalogue.with_damaged(damaged).to_json())

    def _readable(self, version: Version) -> Manifest | None:
        try:
            return self.manifest(version)
        except SnapshotError:
            return None

    def _leftovers(self) -> Iterator[Path]:
        published = set(self.catalogue().published)
        yield from self.dir.glob(f"{UNFINISHED}*")
        yield from self.dir.glob(f".{POINTER}.*")
        yield from (self.path(v) for v in self._on_disk() if v not in published)
        yield from (day for day in self._days() if not any(v.day == _day(day) for v in published))

    def _on_disk(self) -> Iterable[Version]:
        for day in self._days():
            for revision in day.iterdir():
                if revision.name.isdecimal():
                    yield Version(_day(day), int(revision.name))

    def _days(self) -> list[Path]:
        return [path for path in sorted(self.dir.iterdir()) if _DAY.fullmatch(path.name) and path.is_dir()]


def _replayed(manifests: Iterable[Manifest]) -> Catalogue:
    """What the pointer said after these were published one after another."""
    catalogue = Catalogue()
    for told in sorted(manifests, key=_published_order):
        if told.rolled_back_to:
            catalogue = catalogue.rolled_back(told.rolled_back_to, told.version)
        else:
            catalogue = catalogue.with_version(told.version, told.demo)
    return catalogue


def _published_order(told: Manifest) -> tuple[datetime, bool, Version]:
    return datetime.fromisoformat(told.published_at), told.rolled_back_to is not None, told.version


def _day(path: Path) -> date:
    return date.fromisoformat(path.name)


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)
