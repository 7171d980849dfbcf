"""What if: one project's reverse schedule with another target day or other durations. Nothing is saved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any, Final

import polars as pl

from data import contract
from data.migrate import migrated
from data.plan import target_column
from data.schedule import Schedule, schedule
from data.settings import Settings
from data.snapshots import SnapshotStore, Version

Record = Mapping[str, Any]

# what a node may be tried with, in workdays
MOST_WORKDAYS: Final = 999


@dataclass(frozen=True)
class Wish:
    """What is tried: another target day, null for the ledger's own; node → the workdays it would take."""

    target: date | None = None
    workdays: Mapping[str, int] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return self.target is not None or bool(self.workdays)


@dataclass(frozen=True)
class Tried:
    """A project under a wish: its row of the schedule's projects, and node → its row of the nodes."""

    project: Record
    nodes: Mapping[str, Record]


def tried(settings: Settings, project_id: str, as_of: date, wish: Wish) -> Tried | None:
    """The project under this wish; null where the day's snapshot does not have it."""
    store = SnapshotStore(settings.snapshots_dir)
    version = store.at(as_of)
    if version is None:
        return None
    stored = {name: _rows(store, version, name, project_id) for name in ("projects", "nodes")}
    ledgers = migrated(stored, store.manifest(version).contract_version)
    projects, nodes = ledgers["projects"], ledgers["nodes"]
    if projects.is_empty():
        return None
    found = scheduled(projects, nodes, as_of, wish, settings)
    rows = {row["node"]: row for row in found.nodes.iter_rows(named=True)}
    return Tried(found.projects.row(0, named=True), rows)


def scheduled(
    projects: pl.DataFrame, nodes: pl.DataFrame, as_of: date, wish: Wish, settings: Settings
) -> Schedule:
    """The schedule of one project's ledger rows under this wish."""
    solve = partial(
        schedule,
        as_of=as_of,
        settings_default_type=settings.default_project_type,
        winter_break=settings.winter_break,
        tried=wish.workdays,
    )
    found = solve(projects, nodes)
    if wish.target is None:
        return found
    column = target_column(found.projects["target_basis"][0], found.projects["phase"][0])
    return solve(projects.with_columns(pl.lit(wish.target, pl.Date).alias(column)), nodes)


def _rows(store: SnapshotStore, version: Version, name: str, project_id: str) -> pl.DataFrame:
    """A stored ledger's rows of one project; of a hundred thousand projects no others are read."""
    path = store.path(version) / f"{name}.parquet"
    if not path.exists():
        return contract.empty(contract.ledger(name))
    return pl.scan_parquet(path).filter(pl.col("project_id") == project_id).collect()
