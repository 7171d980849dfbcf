"""The demo city is the same every time, tells one coherent story, and keeps its shape at any size."""

from __future__ import annotations

from datetime import date
from functools import cache
from itertools import pairwise
from pathlib import Path

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from data import contract
from data.demo import build, ledgers, snapshot_days, story
from data.demo.history import as_told
from data.demo.people import ORDER, STAGES
from data.settings import Settings
from data.snapshots import SnapshotStore
from data.workdays import calendar

TODAY = date(2026, 11, 22)
FIRST = snapshot_days(TODAY, 45)[0]
DAYS = [TODAY, date(2026, 1, 5), date(2026, 3, 2), date(2026, 7, 15), date(2028, 2, 29)]


def both(ledger: str, *key: str) -> pl.DataFrame:
    """Rows on the last day beside what the first snapshot said of them."""
    before, now = ledgers(354, TODAY, FIRST)[ledger], ledgers(354, TODAY)[ledger]
    return now.join(before, on=key, suffix="_before")


@cache
def whole() -> dict[str, pl.DataFrame]:
    return story(354, TODAY)


def ledgers_of(day: date) -> dict[str, pl.DataFrame]:
    """As `ledgers`, the story told once for many days."""
    return as_told(whole(), day, TODAY)


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
    projects = both("projects", "project_id")
    moved = projects["planned_start"].ne_missing(projects["planned_start_before"])
    assert 3 <= moved.sum() <= 30


def test_promises_were_put_off() -> None:
    nodes = both("nodes", "project_id", "node")
    promised, planned = (
        nodes.filter(pl.col(name) > pl.col(f"{name}_before"))
        for name in ("promised_finish", "planned_finish")
    )
    assert promised.height + planned.height >= 40
    assert planned.filter(pl.col("status") == "running").height >= 10
    for name in ("promised_finish", "planned_finish"):
        assert nodes.filter(pl.col(name) < pl.col(f"{name}_before")).is_empty()


def test_promises_move_by_days_and_some_of_them_twice() -> None:
    steps: dict[tuple[str, str], list[date]] = {}
    for day in snapshot_days(TODAY, 45):
        open_ones = ledgers_of(day)["nodes"].filter(pl.col("status") == "running")
        for project, node, promised in open_ones.select("project_id", "node", "promised_finish").iter_rows():
            told = steps.setdefault((project, node), [])
            if promised and (not told or told[-1] != promised):
                told.append(promised)
    moved = [told for told in steps.values() if len(told) > 1]
    assert len(moved) >= 100
    assert 10 <= sum(len(told) == 3 for told in moved) < len(moved) / 2
    assert max(map(len, moved)) == 3
    assert all(told == sorted(told) for told in moved)
    frame = calendar().frame().sort("day")
    at = dict(frame.select("day", pl.col("is_workday").cum_sum().alias("at")).iter_rows())
    late = [at[then] - at[before] for told in moved for before, then in pairwise(told)]
    assert min(late) >= 3 and max(late) <= 15


def test_every_width_of_target_is_there_for_city_regions_and_leaders() -> None:
    targets = ledgers(354, TODAY)["targets"]
    now = {"2026", "2026下半年", "2026Q4", "2026-11"}
    for scope in ("全市", "建昌县", "高新区", "领导01"):
        assert set(targets.filter(scope=scope, indicator="开复工率")["period"]) >= now
    city = targets.filter(scope="全市")
    assert set(city["period"]) == now | {"2026上半年", "2026Q3", "2026-10", "2026-12"}
    rates = city.filter(indicator="开复工率")
    assert dict(rates.select("period", "target_value").iter_rows())["2026"] == rates["target_value"].max()
    assert city.filter(indicator="新开工项目数")["target_value"].min() > 2


@pytest.mark.parametrize("today", DAYS)
def test_today_has_a_target_in_every_region(today: date) -> None:
    targets = ledgers(354, today)["targets"].filter(period=f"{today.year}-{today.month:02d}")
    assert targets.filter(indicator="开复工率")["scope"].n_unique() == 1 + 10 + 4


def test_leads_went_through_their_stages() -> None:
    leads = both("leads", "lead_id")
    assert leads.filter(pl.col("stage") != pl.col("stage_before")).height >= 8
    assert ledgers(354, TODAY)["leads"].height > leads.height
    order = {stage: place for place, stage in enumerate(ORDER)}
    reached: dict[str, int] = {}
    for day in snapshot_days(TODAY, 45)[::4]:
        for lead, stage, signed in (
            ledgers_of(day)["leads"].select("lead_id", "stage", "signed_date").iter_rows()
        ):
            assert order[stage] >= reached.get(lead, 0)
            assert (order[stage] >= order["签约"]) == (signed is not None)
            reached[lead] = order[stage]
    funnel = dict(ledgers(354, TODAY)["leads"]["stage"].value_counts().iter_rows())
    assert funnel == {stage: count for stage, count, _ in STAGES}


@pytest.mark.parametrize("today", DAYS)
def test_projects_came_on_the_list_and_left_it(today: date) -> None:
    before = ledgers(354, today, snapshot_days(today, 45)[0])
    now = ledgers(354, today)
    first, last = set(before["projects"]["project_id"]), set(now["projects"]["project_id"])
    assert len(last) == 354
    assert 3 <= len(last - first) <= 8
    assert len(first - last) == 2
    for name in ("nodes", "monthly", "visits", "problems", "needs"):
        assert set(before[name]["project_id"]) <= first, name
        assert set(now[name]["project_id"]) <= last, name


def test_starts_come_week_by_week() -> None:
    started = ledgers(354, TODAY)["projects"].filter(
        (pl.col("kind") == "新建") & (pl.col("actual_start") >= FIRST)
    )
    weeks = started.group_by(pl.col("actual_start").dt.truncate("1w")).len()
    assert weeks.height >= 6
    assert weeks["len"].max() <= started.height / 3


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
