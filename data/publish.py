"""Publish: write a complete snapshot beside the others, then let the pointer name it.

A version becomes visible by one atomic replacement of the pointer, after every file and directory
it names is on the disk. Killed before it, nothing has changed for readers; what was written is
removed at the next start.
"""

from __future__ import annotations

import os
import shutil
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Final
from uuid import uuid4

import polars as pl

from data import contract, disk
from data.errors import Finding, SnapshotError
from data.manifest import Manifest, Version
from data.migrate import fitted
from data.snapshots import FINDINGS_TABLE, MANIFEST, SCHEDULE_TABLES, UNFINISHED, SnapshotStore

if TYPE_CHECKING:
    from data.schedule import Schedule

FINDING_SCHEMA: Final = {
    name: pl.String() for name in ("rule", "weight", "message", "sheet", "cell", "found", "expected")
}


@dataclass(frozen=True)
class Source:
    """Where a snapshot came from: the file as staff named it, and its sha256 (hex)."""

    name: str
    sha256: str


def publish(
    store: SnapshotStore,
    ledgers: Mapping[str, pl.DataFrame],
    schedule: Schedule,
    day: date,
    source: Source,
    *,
    published_at: datetime,
    findings: Iterable[Finding] = (),
    carried_over: Iterable[str] = (),
    demo: bool = False,
) -> Version:
    """The version the ledgers were published as: the day's next revision.

    `ledgers` has every ledger to be shown (absent ones are stored empty); `carried_over` names those
    that didn't come from the file. SnapshotError when they can't be written (disk full, no right to
    write); nothing has changed for readers then.
    """
    told = tuple(findings)
    tables = _tables(ledgers, schedule, told)
    with store.publishing(), _told_in_chinese(store), _workplace(store) as place:
        catalogue = store.catalogue()
        revision = max((v.revision for v in catalogue.published if v.day == day), default=0) + 1
        version = Version(day, revision)
        manifest = Manifest(
            version=version,
            snapshot_date=day,
            as_of=day,
            source_name=source.name,
            source_sha256=source.sha256,
            counts={item.name: tables[item.name].height for item in contract.LEDGERS},
            findings={w: sum(f.weight == w for f in told) for w in ("error", "warning", "note")},
            published_at=published_at.isoformat(timespec="seconds"),
            software_version=software_version(),
            contract_version=contract.CONTRACT_VERSION,
            carried_over=sorted(carried_over),
            demo=demo,
        )
        _write(place, tables, manifest)
        _place(place, store.path(version))
        disk.replace_text(store.pointer, catalogue.with_version(version, demo).to_json())
    return version


def carry_over(
    ledgers: Mapping[str, pl.DataFrame], previous: Mapping[str, pl.DataFrame]
) -> tuple[dict[str, pl.DataFrame], tuple[str, ...]]:
    """All eight ledgers, those the file left out from the snapshot before; and the latter's names."""
    carried = tuple(k for k, frame in previous.items() if k not in ledgers and frame.height)
    whole = {
        item.name: ledgers.get(item.name, previous.get(item.name, contract.empty(item)))
        for item in contract.LEDGERS
    }
    return whole, carried


@cache
def software_version() -> str:
    """The program's version as installed, or as its pyproject says when it runs from the source."""
    project = Path(__file__).resolve().parent.parent / "pyproject.toml"
    if project.exists():
        return str(tomllib.loads(project.read_text(encoding="utf-8"))["project"]["version"])
    return metadata.version("guatu")


def finding_frame(findings: Iterable[Finding]) -> pl.DataFrame:
    """One row a finding, in the order they were found."""
    rows = [{name: getattr(f, name) for name in FINDING_SCHEMA} for f in findings]
    return pl.DataFrame(rows, schema=FINDING_SCHEMA)


def _tables(
    ledgers: Mapping[str, pl.DataFrame], schedule: Schedule, findings: tuple[Finding, ...]
) -> dict[str, pl.DataFrame]:
    stored = {item.name: fitted(ledgers.get(item.name), item) for item in contract.LEDGERS}
    scheduled = dict(zip(SCHEDULE_TABLES, (schedule.nodes, schedule.projects), strict=True))
    return stored | scheduled | {FINDINGS_TABLE: finding_frame(findings)}


def _write(place: Path, tables: Mapping[str, pl.DataFrame], manifest: Manifest) -> None:
    for name, frame in tables.items():
        path = place / f"{name}.parquet"
        frame.write_parquet(path, compression="zstd", compression_level=1)
        disk.sync_file(path)
    disk.write_text(place / MANIFEST, manifest.to_json())
    disk.sync_dir(place)


def _place(written: Path, target: Path) -> None:
    """Move a complete directory to its version's name."""
    disk.make_dir(target.parent)
    # a program killed before its pointer left a directory of this name: no reader can know it
    shutil.rmtree(target, ignore_errors=True)
    disk.rename(written, target)


@contextmanager
def _workplace(store: SnapshotStore) -> Iterator[Path]:
    """A fresh directory on the same disk, gone afterwards whatever happened."""
    place = store.dir / f"{UNFINISHED}{os.getpid()}-{uuid4().hex[:8]}"
    place.mkdir()
    try:
        yield place
    finally:
        shutil.rmtree(place, ignore_errors=True)


@contextmanager
def _told_in_chinese(store: SnapshotStore) -> Iterator[None]:
    try:
        yield
    except (OSError, pl.exceptions.PolarsError) as fault:
        raise SnapshotError(
            f"快照写不进 {store.dir}({fault});挂图未变,请检查磁盘空间和写入权限后重新报送"
        ) from fault
