"""Every load there ever was: who, when, which file, what it made of the wall; and the way back.

What was published tells itself: its manifest has who and when, its directory the file as received. A
file that made no snapshot (refused, or on the wall already) is one file of history/, with its findings:

history/20261122-093000-1a2b3c.json
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Final
from uuid import uuid4

import polars as pl
from pydantic import TypeAdapter

from data import contract, disk
from data.compare import changes
from data.errors import Finding, SnapshotError, Weight
from data.manifest import Manifest, Version, Via
from data.rollback import roll_back
from data.settings import Settings
from data.snapshots import FINDINGS_TABLE, SnapshotStore

_PUBLISHED_ID: Final = re.compile(r"(\d{4}-\d{2}-\d{2})-(\d+)")
_OTHER_ID: Final = re.compile(r"\d{8}-\d{6}-[0-9a-f]{6}")
_WEIGHTS: Final[tuple[Weight, ...]] = ("error", "warning", "note")


@dataclass(frozen=True)
class Load:
    """One file that was loaded or sent back, or one rollback.

    `via` tells where it came from. `kept_file` is the file as received, null when there is none (a
    rollback, the demo city) or somebody has removed it; `marked_file` the marked copy of a refused one,
    else null. `counts` are rows a ledger, `findings` how many of each weight, `held_back` the rows left
    out for their errors. `version` is null for a refused file. `reason` and `rolled_back_to` are a
    rollback's.
    """

    id: str
    at: datetime
    who: str | None
    via: Via
    file_name: str
    sha256: str
    accepted: bool
    version: Version | None
    message: str
    counts: dict[str, int] = field(default_factory=dict)
    findings: dict[Weight, int] = field(default_factory=dict)
    held_back: int = 0
    kept_file: Path | None = None
    marked_file: Path | None = None
    rolled_back_to: Version | None = None
    reason: str | None = None


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
        if load.version and not load.kept_file:
            return replace(load, kept_file=self._store.kept_file(load.version))
        return replace(load, kept_file=self._there(load.kept_file), marked_file=self._there(load.marked_file))

    def _there(self, path: Path | None) -> Path | None:
        whole = self.settings.data_dir / path if path else None
        return whole if whole and whole.is_file() else None


def load_id(version: Version) -> str:
    """The id of the load that a version was published by."""
    return f"{version.day.isoformat()}-{version.revision}"


def fresh_id(at: datetime) -> str:
    """An id nobody has yet; ids sort by their moment."""
    return f"{at:%Y%m%d-%H%M%S}-{uuid4().hex[:6]}"


def tally(findings: tuple[Finding, ...]) -> dict[Weight, int]:
    """How many findings of each weight."""
    return {weight: sum(finding.weight == weight for finding in findings) for weight in _WEIGHTS}


def sentence(told: Manifest) -> str:
    """What staff are told of a snapshot: its rows, what was carried over and held back, the warnings."""
    if told.rolled_back_to:
        return f"挂图退回到 {told.rolled_back_to}:{told.reason}"
    held_back, warnings = sum(told.held_back.values()), told.findings["warning"]
    return f"已发布 {told.version}:" + rows_sentence(told.counts, told.carried_over, held_back, warnings)


def rows_sentence(
    counts: Mapping[str, int], carried_over: Collection[str], held_back: int, warnings: int
) -> str:
    """What a file brings: rows a ledger, what is carried over, what is held back, how many warnings."""
    rows = "、".join(
        f"{item.sheet} {counts[item.name]:,} 行"
        for item in contract.LEDGERS
        if counts.get(item.name) and item.name not in carried_over
    )
    parts = [rows]
    if carried_over:
        parts.append("沿用上一版:" + "、".join(contract.ledger(name).sheet for name in carried_over))
    if held_back:
        parts.append(f"有错误未采用 {held_back} 行")
    if warnings:
        parts.append(f"提醒 {warnings} 条")
    return ";".join(parts)


# a snapshot never changes once it is published: a year of manifests is read once
@lru_cache(maxsize=8192)
def _published(directory: Path, version: Version) -> Load:
    told = SnapshotStore(directory).manifest(version)
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
        findings={weight: told.findings.get(weight, 0) for weight in _WEIGHTS},
        held_back=sum(told.held_back.values()),
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
