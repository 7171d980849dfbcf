"""Small ledgers for the store's own tests, and publishing them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import polars as pl

from data import contract
from data.manifest import Version
from data.publish import Source, publish
from data.rollback import roll_back
from data.snapshots import SnapshotStore

DAY = date(2026, 11, 22)
MOMENT = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)


def ledger(name: str, **columns: list[Any]) -> pl.DataFrame:
    """A frame of the ledger's schema with these columns filled."""
    item = contract.ledger(name)
    height = len(next(iter(columns.values())))
    return pl.DataFrame(
        {key: pl.Series(columns.get(key, [None] * height), dtype=dtype) for key, dtype in item.schema.items()}
    )


def city(projects: int, mark: str = "") -> dict[str, pl.DataFrame]:
    """Projects and two nodes each; `mark` is in every name, so that two cities can be told apart."""
    ids = [f"P{i:04}" for i in range(projects)]
    names = [f"{mark}项目{i}" for i in range(projects)]
    return {
        "projects": ledger(
            "projects", project_id=ids, project_name=names, leaders=[["领导01", "领导02"]] * projects
        ),
        "nodes": ledger("nodes", project_id=ids * 2, node=["立项"] * projects + ["能评"] * projects),
    }


def scheduled(ledgers: Mapping[str, pl.DataFrame]) -> Any:
    """A schedule's shape around the ledgers' own ids."""
    return SimpleNamespace(
        nodes=ledgers["nodes"].select("project_id", "node", float_workdays=pl.lit(3, pl.Int32)),
        projects=ledgers["projects"].select("project_id", late_workdays=pl.lit(None, pl.Int32)),
        faults=(),
    )


def put(
    store: SnapshotStore,
    projects: int = 3,
    day: date = DAY,
    mark: str = "",
    demo: bool = False,
    file: Path | None = None,
    published_at: datetime = MOMENT,
) -> Version:
    """Publish a small city; of `file` a copy is kept."""
    ledgers = city(projects, mark)
    source = Source(f"{mark or '台账'}.xlsx", f"{projects:064}", file)
    return publish(store, ledgers, scheduled(ledgers), day, source, published_at=published_at, demo=demo)


def bring_back(
    store: SnapshotStore, version: Version, reason: str = "误报", who: str | None = None
) -> Version:
    """Roll back to this version."""
    return roll_back(store, version, reason, who=who, published_at=MOMENT)


def days_before(count: int) -> date:
    """The day this many days before DAY."""
    return DAY - timedelta(days=count)
