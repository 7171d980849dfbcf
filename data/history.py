"""Every load there ever was: who, when, which file, what it made of the wall; and the way back.

What was published tells itself: its manifest has who and when, its directory the file as received. A
file that made no snapshot (refused, or on the wall already) is one file of history/, with its findings:

history/20261122-093000-1a2b3c.json
"""

from __future__ import annotations

import json
import re
from dataclasses import asdict, replace
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Final

import polars as pl
from pydantic import TypeAdapter

from data import disk
from data.compare import changes
from data.errors import Finding, SnapshotError
from data.loads import WEIGHTS, Load, fresh_id, load_id, sentence, tally
from data.manifest import Version, Via
from data.rollback import roll_back
from data.settings import Settings
from data.snapshots import FINDINGS_TABLE, SnapshotStore

_PUBLISHED_ID: Final = re.compile(r"(\d{4}-\d{2}-\d{2})-(\d+)")
_OTHER_ID: Final = re.compile(r"\d{8}-\d{6}-[0-9a-f]{6}")


__all__ = ["History", "Load"]

_LOAD: Final = TypeAdapter(Load)


class History:
    """The loads of one office, and comparing and restoring its snapshots."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.dir = settings.history_dir
        self._store = SnapshotStore(settings.snapshots_dir)

    def loads(self, limit: int | None = None) -> list[Load]:
        """The last loads, newest first; null for all of them. A damaged entry is passed over."""
        published = (self._made(version) for version in self._store.catalogue().published)
        others = (_other(path) for path in self.dir.glob("*.json"))
        found = [load for load in (*published, *others) if load]
        newest = sorted(found, key=lambda load: (load.at, load.id), reverse=True)[:limit]
        return [self._with_files(load) for load in newest]

    def load(self, load_id: str) -> Load:
        """The load of this id; SnapshotError where there is none."""
        found = _other(self._path(load_id))
        if match := _PUBLISHED_ID.fullmatch(load_id):
            found = self._made(Version.parse(f"{match[1]}/{match[2]}"))
        if found is None:
            raise SnapshotError(f"没有编号为 {load_id} 的报送记录;请在报送历史中重新选择")
        return self._with_files(found)

    def findings(self, load_id: str) -> tuple[Finding, ...]:
        """Everything that was found in the file of this load; SnapshotError where there is no such load."""
        load = self.load(load_id)
        if _PUBLISHED_ID.fullmatch(load_id):
            assert load.version is not None
            frame = self._store.table(load.version, FINDINGS_TABLE)
            return tuple(Finding(**row) for row in frame.iter_rows(named=True))
        told = json.loads(disk.read_text(self._path(load_id)))
        return tuple(Finding(**finding) for finding in told["found"])

    def versions(self) -> list[Version]:
        """Every version that can be compared or restored, newest first, those set aside among them."""
        return self._store.versions(withdrawn=True)[::-1]

    def changes(self, before: Version, after: Version) -> pl.DataFrame:
        """What differs between two snapshots, one cell a row: columns as in data.compare.CHANGES."""
        return changes(self._store.ledgers(before), self._store.ledgers(after))

    def roll_back(self, version: Version, reason: str, who: str | None = None) -> Version:
        """The new revision that says again what `version` said; newer ones are set aside, none is erased.

        SnapshotError where there is no such version, or no reason is given.
        """
        return roll_back(self._store, version, reason, who=who, published_at=self.settings.now())

    def refused(
        self,
        via: Via,
        who: str | None,
        file_name: str,
        sha256: str,
        message: str,
        found: tuple[Finding, ...],
        *,
        kept_file: Path | None = None,
        marked_file: Path | None = None,
    ) -> Load:
        """Write down a file that was sent back."""
        now = self.settings.now()
        load = Load(
            id=fresh_id(now),
            at=now,
            who=who,
            via=via,
            file_name=file_name,
            sha256=sha256,
            accepted=False,
            version=None,
            message=message,
            kept_file=kept_file,
            marked_file=marked_file,
        )
        self.add(load, found)
        return load

    def add(self, load: Load, found: tuple[Finding, ...]) -> None:
        """Write down a load that made no snapshot; one of the same id is replaced."""
        disk.make_dir(self.dir)
        written = replace(
            load,
            findings=tally(found),
            kept_file=self._relative(load.kept_file),
            marked_file=self._relative(load.marked_file),
        )
        told = {
            "load": _LOAD.dump_python(written, mode="json"),
            "found": [asdict(finding) for finding in found],
        }
        disk.replace_text(self._path(load.id), json.dumps(told, ensure_ascii=False))

    def _path(self, load_id: str) -> Path:
        return self.dir / (f"{load_id}.json" if _OTHER_ID.fullmatch(load_id) else "none")

    def _relative(self, path: Path | None) -> Path | None:
        """The path as it is written down: an office may be moved to another disk."""
        return path.relative_to(self.settings.data_dir) if path else None

    def _made(self, version: Version) -> Load | None:
        try:
            return _published(self._store.dir, version)
        except SnapshotError:
            return None

    def _with_files(self, load: Load) -> Load:
        """The load with the files that are still there, their paths whole."""
        return replace(load, kept_file=self._there(load.kept_file), marked_file=self._there(load.marked_file))

    def _there(self, path: Path | None) -> Path | None:
        whole = self.settings.data_dir / path if path else None
        return whole if whole and whole.is_file() else None


# a snapshot never changes once it is published: a year of manifests is read once
@lru_cache(maxsize=8192)
def _published(directory: Path, version: Version) -> Load:
    store = SnapshotStore(directory)
    told = store.manifest(version)
    return Load(
        id=load_id(version),
        at=datetime.fromisoformat(told.published_at),
        who=told.who,
        via="demo" if told.demo and not told.rolled_back_to else told.via,
        file_name=told.source_name,
        sha256=told.source_sha256,
        accepted=True,
        version=version,
        message=sentence(told),
        counts=told.counts,
        findings={weight: told.findings.get(weight, 0) for weight in WEIGHTS},
        held_back=sum(told.held_back.values()),
        kept_file=store.path(version) / told.kept_file if told.kept_file else None,
        rolled_back_to=told.rolled_back_to,
        reason=told.reason,
    )


def _other(path: Path) -> Load | None:
    """The load written down in this file; null where there is none, or it is damaged."""
    try:
        return _read(path, path.stat().st_mtime_ns)
    except (OSError, ValueError, KeyError, TypeError, SnapshotError):
        return None


@lru_cache(maxsize=8192)
def _read(path: Path, _written: int) -> Load:
    return _LOAD.validate_python(json.loads(disk.read_text(path))["load"])
