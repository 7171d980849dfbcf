"""Trying another target or other durations: the chain and the forecast follow, the snapshot stays."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data import demo
from data.schedule import Schedule
from data.settings import Settings
from data.snapshots import SnapshotStore
from data.what_if import Wish, scheduled, tried
from tests.schedule.frames import node, nodes, own, projects

MONDAY = date(2026, 11, 16)
CHAIN = nodes(own("S", "甲", 3), own("S", "乙", 4, "甲"), own("S", "丁", 1, "乙"))
OFFICE = Settings(today=MONDAY)


def wished(wish: Wish, target: date | None = date(2026, 11, 19)) -> Schedule:
    return scheduled(projects({"project_id": "S", "planned_start": target}), CHAIN, MONDAY, wish, OFFICE)


def test_a_shorter_node_brings_the_forecast_forward_by_what_it_gives() -> None:
    now, then = wished(Wish()).projects, wished(Wish(workdays={"乙": 1})).projects
    assert (now["forecast_finish"][0], now["late_workdays"][0]) == (date(2026, 11, 26), 5)
    assert (then["forecast_finish"][0], then["late_workdays"][0]) == (date(2026, 11, 23), 2)
    assert then["target_date"][0] == date(2026, 11, 19)


def test_a_later_target_gives_float_and_moves_no_forecast() -> None:
    then = wished(Wish(target=date(2026, 11, 30)))
    assert then.projects["forecast_finish"][0] == date(2026, 11, 26)
    assert (then.projects["float_workdays"][0], then.projects["late_workdays"][0]) == (2, None)
    assert then.nodes["latest_finish"].to_list()[-1] == date(2026, 11, 30)


def test_a_project_without_a_target_can_be_given_one() -> None:
    then = wished(Wish(target=date(2026, 11, 25)), target=None).projects
    assert (then["target_basis"][0], then["late_workdays"][0]) == ("计划开工", 1)


def test_a_node_of_the_template_that_nobody_reported_can_be_shortened() -> None:
    ledger = projects({"project_id": "S", "project_type": "备案", "planned_start": date(2027, 6, 1)})
    reported = nodes(node("S", "备案", status="done", actual_finish=MONDAY))
    now, then = (
        scheduled(ledger, reported, MONDAY, wish, OFFICE) for wish in (Wish(), Wish(workdays={"方案": 1}))
    )
    assert then.nodes.filter(node="方案")["duration_workdays"].item() == 1
    assert then.nodes["reported"].equals(now.nodes["reported"])
    assert then.projects["forecast_finish"][0] < now.projects["forecast_finish"][0]


def test_a_node_nobody_knows_changes_nothing() -> None:
    assert wished(Wish(workdays={"没有这个": 9})).nodes.equals(wished(Wish()).nodes)


@settings(deadline=None, max_examples=30)
@given(st.integers(1, 20), st.integers(1, 20))
def test_more_days_never_end_earlier(fewer: int, more: int) -> None:
    low, high = sorted((fewer, more))
    early, late = (wished(Wish(workdays={"乙": days})).projects["forecast_finish"][0] for days in (low, high))
    assert early <= late


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    made = Settings(data_dir=tmp_path_factory.mktemp("city"), today=date(2026, 11, 22))
    demo.build(made, projects=40, days=1)
    return made


def test_nothing_tried_is_what_stands_on_the_wall_and_the_snapshot_stays(office: Settings) -> None:
    store = SnapshotStore(office.snapshots_dir)
    version = store.current()
    assert version is not None
    before = _bytes(store.path(version))
    wall = store.table(version, "schedule_projects")
    late = wall.filter(pl.col("late_workdays") > 0)["project_id"][0]
    found = tried(office, late, office.as_of(), Wish())
    assert found is not None and found.project == wall.row(
        by_predicate=pl.col("project_id") == late, named=True
    )
    reached = found.project["reachable_date"]
    kept = tried(office, late, office.as_of(), Wish(target=reached))
    assert kept is not None and kept.project["late_workdays"] is None
    ways = {way["node"]: way["to_workdays"] for way in found.project["shrinks"]}
    shorter = tried(office, late, office.as_of(), Wish(workdays=ways))
    assert not ways or (shorter is not None and shorter.project["late_workdays"] is None)
    assert _bytes(store.path(version)) == before


def test_a_project_or_a_day_without_snapshot_is_nothing(office: Settings) -> None:
    assert tried(office, "没有", office.as_of(), Wish()) is None
    assert tried(office, "XM0001", office.as_of() - timedelta(900), Wish()) is None


def _bytes(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.glob("*.parquet")}
