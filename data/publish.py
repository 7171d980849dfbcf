"""Publish: write a complete snapshot beside the others, then let the pointer name it.

A version becomes visible by one atomic replacement of the pointer, after every file and directory
it names is on the disk. Killed before it, nothing has changed for readers; what was written is
removed at the next start.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Final

import polars as pl

from data import contract, disk
from data.errors import Finding
from data.manifest import Manifest, Version, Via
from data.migrate import fitted
from data.placing import give_name, keep, told_in_chinese, workplace
from data.snapshots import FINDINGS_TABLE, MANIFEST, SCHEDULE_TABLES, SnapshotStore

if TYPE_CHECKING:
    from data.schedule import Schedule
    from data.standing import Standing

RECEIVED: Final = "received"

FINDING_SCHEMA: Final = {
    name: pl.String() for name in ("rule", "weight", "message", "sheet", "cell", "found", "expected")
}


@dataclass(frozen=True)
class Source:
    """Where a snapshot came from: the file as staff named it, and its sha256 (hex).

    `path` is the file itself, of which a copy is kept with the snapshot; null for none. `who` is null
    where nobody gave a name. `decisions` is a mark of what staff had decided about such files.
    """

    name: str
    sha256: str
    path: Path | None = None
    who: str | None = None
    via: Via = "folder"
    decisions: str = ""


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
    held_back: Mapping[str, int] | None = None,
    standing: Standing | None = None,
    demo: bool = False,
) -> Version:
    """The version the ledgers were published as: the day's next revision.

    `ledgers` has every ledger to be shown (absent ones are stored empty); `carried_over` names those
    that didn't come from the file, `held_back` how many rows were left out for their errors. `standing`
    is stored with them where it is known already.
    SnapshotError when they can't be written (disk full, no right to write); nothing has changed for
    readers then.
    """
    told = tuple(findings)
    tables = _tables(ledgers, schedule, told) | (standing.tables() if standing else {})
    with store.publishing(), told_in_chinese(store), workplace(store) as place:
        catalogue = store.catalogue()
        version = catalogue.next_revision(day)
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
            who=source.who,
            via="demo" if demo else source.via,
            kept_file=f"{RECEIVED}/{source.path.name}" if source.path else None,
            held_back=dict(held_back or {}),
            decisions=source.decisions,
        )
        if source.path:
            keep(source.path, place / RECEIVED)
        _write(place, tables, manifest)
        give_name(place, store.path(version))
        disk.replace_text(store.pointer, catalogue.with_version(version, demo).to_json())
    return version


def carry_over(
    ledgers: Mapping[str, pl.DataFrame], previous: Mapping[str, pl.DataFrame]
) -> tuple[dict[str, pl.DataFrame], tuple[str, ...]]:
    """All ledgers, those the file left out from the snapshot before; and the latter's names."""
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
