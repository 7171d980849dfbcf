"""Looking back over earlier snapshots: one a day, only real ones, only what is asked for."""

from __future__ import annotations

import polars as pl
import pytest

from data.past import Past
from data.publish import Source, publish
from data.snapshots import SnapshotStore
from tests.store.small import DAY, MOMENT, bring_back, city, days_before, ledger, put, scheduled

COLUMNS = ["project_id", "node", "planned_finish"]
KEYS = pl.DataFrame({"project_id": ["P1"], "node": ["能评"]})


def told(store: SnapshotStore, back: int, planned: int | None) -> None:
    """A snapshot of that many days ago whose 能评 is planned for so many days before today."""
    day = None if planned is None else days_before(planned)
    nodes = ledger(
        "nodes", project_id=["P1", "P2"], node=["能评", "能评"], planned_finish=[day, days_before(9)]
    )
    ledgers = city(2) | {"nodes": nodes}
    publish(store, ledgers, scheduled(ledgers), days_before(back), Source("a", "0"), published_at=MOMENT)


def test_one_day_a_snapshot_oldest_first_before_the_day(store: SnapshotStore) -> None:
    for back, planned in ((3, 1), (2, None), (1, 0), (1, 5), (0, 7)):
        told(store, back, planned)
    found = Past(store, DAY).earlier("nodes", COLUMNS, KEYS)
    assert found.columns == ["day", *COLUMNS]
    assert found.select("day", "planned_finish").rows() == [
        (days_before(3), days_before(1)),
        (days_before(2), None),
        (days_before(1), days_before(5)),
    ]


def test_demo_and_withdrawn_snapshots_are_not_looked_at(store: SnapshotStore) -> None:
    put(store, 2, days_before(5), demo=True)
    told(store, 4, 1)
    told(store, 2, 3)
    bring_back(store, store.versions()[0])
    found = Past(store, DAY).earlier("nodes", COLUMNS, KEYS)
    assert found["day"].to_list() == [days_before(4)]


def test_an_older_snapshot_may_lack_a_column_or_a_ledger(store: SnapshotStore) -> None:
    told(store, 2, 1)
    path = store.path(store.versions()[0]) / "nodes.parquet"
    pl.read_parquet(path).drop("planned_finish").write_parquet(path)
    told(store, 1, 0)
    (store.path(store.versions()[1]) / "monthly.parquet").unlink()
    past = Past(store, DAY)
    assert past.earlier("nodes", COLUMNS, KEYS)["planned_finish"].to_list() == [None, DAY]
    found = past.at(days_before(1), "monthly", ["project_id", "month_end"])
    assert found and found[0] == days_before(1) and found[1].is_empty()


@pytest.mark.parametrize(("back", "seen"), [(1, 1), (2, 3), (3, 3), (4, None)])
def test_the_newest_at_or_before_a_day(store: SnapshotStore, back: int, seen: int | None) -> None:
    told(store, 3, 0)
    told(store, 1, 0)
    found = Past(store, DAY).at(days_before(back), "nodes", ["node"])
    assert (found and found[0]) == (None if seen is None else days_before(seen))
    assert found is None or found[1].columns == ["node"]


def test_nothing_was_before_the_first_snapshot(store: SnapshotStore) -> None:
    found = Past(store, DAY).earlier("nodes", COLUMNS, KEYS)
    assert found.is_empty() and found.columns == ["day", *COLUMNS]
