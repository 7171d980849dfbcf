"""The demo city is the same every time, tells one coherent story, and keeps its shape at any size."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from data import contract
from data.demo import build, ledgers, snapshot_days
from data.settings import Settings
from data.snapshots import SnapshotStore

TODAY = date(2026, 11, 22)
DAYS = [TODAY, date(2026, 1, 5), date(2026, 3, 2), date(2026, 7, 15), date(2028, 2, 29)]


def test_the_same_day_gives_the_same_ledgers() -> None:
    first, second = ledgers(354, TODAY), ledgers(354, TODAY)
    for name, frame in first.items():
        assert_frame_equal(frame, second[name])


def test_ledgers_have_the_contract_s_columns() -> None:
    told = ledgers(60, TODAY)
    for item in contract.LEDGERS:
        assert dict(told[item.name].schema) == item.schema
        assert told[item.name].height, item.name
        assert not told[item.name].select(item.key).is_duplicated().any(), item.name


@pytest.mark.parametrize("today", DAYS)
def test_published_numbers_hold_on_any_day(today: date) -> None:
    told = ledgers(354, today)
    projects, nodes = told["projects"], told["nodes"]
    assert projects.group_by("kind").len().sort("len").rows() == [("续建", 117), ("新建", 237)]
    assert projects.filter(kind="新建")["actual_start"].count() == 64
    assert projects.filter(pl.col("status").is_in(["停工", "未复工"])).height == 47
    done = nodes.filter(pl.col("status") == "done").group_by("node").len()
    assert dict(done.iter_rows())["立项"] == 114
    assert dict(done.iter_rows())["能评"] == 61


@pytest.mark.parametrize("today", DAYS)
def test_no_event_lies_in_the_future_or_before_its_cause(today: date) -> None:
    told = ledgers(354, today)
    nodes, projects = told["nodes"], told["projects"]
    assert (nodes["actual_finish"].drop_nulls() <= today).all()
    assert (nodes["accepted_date"].drop_nulls() <= today).all()
    both = nodes.drop_nulls(["accepted_date", "actual_finish"])
    assert (both["accepted_date"] <= both["actual_finish"]).all()
    for name in ("actual_start", "resumed_date", "actual_finish", "listed_date", "stopped_from"):
        assert (projects[name].drop_nulls() <= today).all(), name
    stopped = projects.drop_nulls("stopped_from")
    assert (stopped["actual_start"] < stopped["stopped_from"]).all()
    finished = projects.drop_nulls("actual_finish")
    assert (finished["actual_start"] < finished["actual_finish"]).all()


def test_days_move_forward() -> None:
    days = snapshot_days(TODAY, 45)
    assert days[-1] == TODAY
    assert len(days) >= 25
    started, done, spent = [], [], []
    for day in days[:: len(days) // 6]:
        told = ledgers(354, TODAY, day)
        begun = pl.col("status").is_in(["已开工", "已复工", "已竣工", "已投产"])
        started.append(told["projects"].filter(begun).height)
        done.append(told["nodes"].filter(pl.col("status") == "done").height)
        spent.append(told["projects"]["invested_this_year_yuan"].sum())
    assert started == sorted(started) and started[0] < 134
    assert done == sorted(done) and done[0] < done[-1] - 200
    assert spent == sorted(spent) and spent[0] < spent[-1]


def test_some_targets_were_moved() -> None:
    earlier = ledgers(354, TODAY, TODAY - timedelta(days=44))["projects"]
    moved = earlier["planned_start"].ne_missing(ledgers(354, TODAY)["projects"]["planned_start"])
    assert 3 <= moved.sum() <= 30


@pytest.mark.parametrize("projects", [1, 7, 550, 2000])
def test_any_size_keeps_the_proportions(projects: int) -> None:
    told = ledgers(projects, TODAY)["projects"]
    assert told.height == projects
    assert told["project_name"].n_unique() == projects
    if projects >= 550:
        assert told.filter(kind="新建").height / projects == pytest.approx(237 / 354, abs=0.01)
        assert told["campaign"].count() / projects == pytest.approx(150 / 354, abs=0.01)


def test_snapshots_are_marked_as_demo(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    settings = Settings(data_dir=tmp_path, today=TODAY)
    version = build(settings, projects=20, days=5, today=TODAY, progress=lambda k, n: told.append((k, n)))
    store = SnapshotStore(settings.snapshots_dir)
    assert store.current() == version
    assert [v.day for v in store.versions()] == snapshot_days(TODAY, 5)
    assert all(store.manifest(v).demo for v in store.versions())
    assert told == [(k + 1, len(told)) for k in range(len(told))]
