"""The database the health checks ran in answers every question as one built from the snapshot does."""

from __future__ import annotations

import gc
import weakref
from datetime import UTC, date, datetime

import polars as pl
import pytest

from data.catalog import catalog
from data.database import Database
from data.errors import Finding
from data.health import findings_in
from data.publish import Source, publish
from data.query import Queries
from data.schedule import schedule
from data.settings import Settings
from data.snapshots import SnapshotStore, Version
from data.tables import assembled, status_date
from tests.bench.bench_queries import city

DAY = date(2026, 11, 22)
SAMPLES: dict[str, object] = {
    "projects": ["P000001"],
    "project": "P000001",
    "text": "项目",
    "leader": "领导01",
    "since": DAY,
}


@pytest.fixture
def proven(store: SnapshotStore) -> tuple[Version, Database]:
    return published(store)


def published(store: SnapshotStore) -> tuple[Version, Database]:
    """A version just published, and the database it was proven in."""
    ledgers = city(30)
    found = schedule(ledgers["projects"], ledgers["nodes"], DAY)
    base = Database(assembled(ledgers, found.nodes, found.projects, status_date(DAY)))
    assert findings_in(base) == ()
    warning = Finding("late", "warning", "项目 P000001 的日期可疑")
    moment = datetime(2026, 11, 22, 8, tzinfo=UTC)
    source = Source("台账.xlsx", "0" * 64)
    version = publish(store, ledgers, found, DAY, source, published_at=moment, findings=[warning])
    return version, base


def test_every_answer_is_that_of_a_database_built_from_the_snapshot(
    office: Settings, store: SnapshotStore, proven: tuple[Version, Database]
) -> None:
    adopting, building = Queries(office, store), Queries(office, store)
    adopting.adopt(*proven)
    for name, spec in catalog().items():
        given = {p.name: SAMPLES[p.name] for p in spec.parameters if p.required}
        answer, expected = (door.run(name, as_of=DAY, **given) for door in (adopting, building))
        assert answer.equals(expected), name
        assert answer.schema.names() == expected.schema.names()
    assert adopting.run("freshness", as_of=DAY)["version"].item() == "2026-11-22/1"
    told = adopting.run("project_findings", as_of=DAY, project="P000001")
    assert told.select(pl.col("message")).item() == "项目 P000001 的日期可疑"


def test_an_adopted_database_is_the_one_that_answers(
    office: Settings, store: SnapshotStore, proven: tuple[Version, Database], monkeypatch: pytest.MonkeyPatch
) -> None:
    door = Queries(office, store)
    door.adopt(*proven)
    monkeypatch.setattr("data.query.snapshot_tables", None)
    assert door.run("rates", as_of=DAY).height > 0


def test_the_database_of_a_superseded_revision_is_let_go(office: Settings, store: SnapshotStore) -> None:
    door = Queries(office, store)
    version, base = published(store)
    door.adopt(version, base)
    kept = weakref.ref(base)
    del base
    gc.collect()
    assert kept() is not None
    door.adopt(*published(store))
    gc.collect()
    assert kept() is None
    assert door.run("freshness", as_of=DAY)["version"].item() == "2026-11-22/2"
