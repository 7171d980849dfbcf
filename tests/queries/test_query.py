"""The door to the data, over real snapshots: versions, status dates, parameters, caching, threads."""

from __future__ import annotations

import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from typing import Any

import duckdb
import polars as pl
import pytest

from data.database import BrokenDatabaseError, Database, plan_of
from data.errors import BadParameter, SnapshotError, UnknownQuery
from data.publish import Source, publish
from data.query import Queries
from data.schedule import schedule
from data.settings import Settings
from data.snapshots import SnapshotStore, Version
from data.tables import assembled, status_date
from tests.queries.support import ask, ledger

DAY = date(2026, 11, 20)


def put(store: SnapshotStore, day: date, names: list[str]) -> Version:
    """Publish projects of these names, each with one node promised for 2026-11-24."""
    projects = ledger(
        "projects", [{"project_id": name, "project_name": name, "region": "连山区"} for name in names]
    )
    node = {
        "node": "环评",
        "status": "running",
        "accepted_date": "2026-11-02",
        "promised_finish": "2026-11-24",
    }
    nodes = ledger("nodes", [{"project_id": name} | node for name in names])
    ledgers = {"projects": projects, "nodes": nodes}
    moment = datetime(2026, 11, 20, 8, tzinfo=UTC)
    return publish(
        store,
        ledgers,
        schedule(projects, nodes, day),
        day,
        Source("台账.xlsx", "0" * 64),
        published_at=moment,
    )


@pytest.fixture
def door(office: Settings, store: SnapshotStore) -> Queries:
    put(store, DAY, ["甲", "乙"])
    return Queries(office, store)


def test_no_snapshot_is_said_in_a_sentence(office: Settings, store: SnapshotStore) -> None:
    with pytest.raises(SnapshotError, match="还没有任何快照"):
        Queries(office, store).run("freshness")


def test_the_status_date_is_the_settings_one(door: Queries) -> None:
    row = door.run("freshness").row(0, named=True)
    assert (row["as_of"], row["snapshot_date"], row["days_behind"]) == (date(2026, 11, 22), DAY, 2)
    assert (row["version"], row["projects"], row["nodes"]) == ("2026-11-20/1", 2, 2)


def test_a_light_changes_at_midnight_without_a_new_file(door: Queries) -> None:
    lights = {
        day: door.run("lights", as_of=date(2026, 11, day), project="甲").filter(node="环评")["light"].item()
        for day in (20, 24, 25)
    }
    assert lights == {20: "yellow", 24: "yellow", 25: "red"}


@pytest.mark.parametrize("name", ["rates", "procedure_rates", "region_table"])
def test_figures_are_cut_off_where_the_file_ends(door: Queries, name: str) -> None:
    later = door.run(name, as_of=date(2026, 12, 31))
    assert set(later["cutoff"]) == {DAY}
    if name == "rates":
        assert later["pace_ratio"].drop_nulls().unique().to_list() == [10 / 12]


@pytest.mark.parametrize("days", [999_999_999, 800_000])
def test_any_number_of_days_may_be_looked_back(door: Queries, days: int) -> None:
    assert door.run("stalled", days=days).is_empty()
    assert not door.run("stalled", days=0).is_empty()


def test_float_is_that_of_the_status_date(office: Settings, store: SnapshotStore) -> None:
    projects = ledger("projects", [{"project_id": "甲", "planned_start": "2026-12-31"}])
    nodes = ledger(
        "nodes",
        [
            {"project_id": "甲", "node": "一", "duration_workdays": 3, "predecessors": ["零"]},
            {"project_id": "甲", "node": "零", "duration_workdays": 2},
        ],
    )
    plan = schedule(projects, nodes, DAY)
    source, moment = Source("a.xlsx", "0" * 64), datetime(2026, 11, 20, 8, tzinfo=UTC)
    publish(store, {"projects": projects, "nodes": nodes}, plan, DAY, source, published_at=moment)
    door = Queries(office, store)
    first, later = (
        door.run("schedule", as_of=day)["float_workdays"].min() for day in (DAY, date(2026, 11, 27))
    )
    assert first - later == 5


def test_any_snapshot_day_can_be_asked_for(door: Queries, store: SnapshotStore) -> None:
    put(store, date(2026, 11, 22), ["甲", "乙", "丙"])
    assert door.run("timeline")["project_id"].sort().to_list() == sorted(["甲", "乙", "丙"])
    assert door.run("timeline", as_of="2026-11-21").height == 2
    assert door.version() == Version(date(2026, 11, 22), 1)
    assert door.snapshot_days()["version"].to_list() == ["2026-11-22/1", "2026-11-20/1"]
    with pytest.raises(BadParameter, match="早于第一份快照 2026-11-20"):
        door.run("timeline", as_of=date(2026, 11, 19))


def test_a_new_revision_replaces_what_was_cached(door: Queries, store: SnapshotStore) -> None:
    assert door.run("timeline").height == 2
    put(store, DAY, ["甲"])
    assert door.run("timeline").height == 1


def test_unknown_query_names_the_known_ones(door: Queries) -> None:
    with pytest.raises(UnknownQuery, match=r"没有名为“../rates”的查询.*procedure_rates"):
        door.run("../rates")


@pytest.mark.parametrize(
    ("name", "params", "sentence"),
    [
        ("rates", {"county": "连山区"}, "没有参数“county”;可用的参数有:as_of、region"),
        ("rates", {"by": "town"}, "“by”的值“town”不在可选范围内;可选:all、region"),
        ("rates", {"as_of": "昨天"}, "“as_of”的值“昨天”不是日期;请写成 2026-11-22"),
        ("rates", {"as_of": "2099-01-01"}, "2099-01-01 超出工作日历"),
        ("timeline", {"limit": "-1"}, "“limit”的值“-1”不是非负整数"),
        ("timeline", {"limit": "1.5"}, "“limit”的值“1.5”不是非负整数"),
        ("project_card", {}, r"缺少参数“project”\(项目编号\)"),
        ("project_card", {"project": "  "}, "缺少参数“project”"),
        ("timeline_bars", {"projects": 3}, "“projects”的值“3”不是文字列表"),
    ],
)
def test_a_wrong_parameter_is_told_in_a_sentence(
    door: Queries, name: str, params: dict[str, object], sentence: str
) -> None:
    with pytest.raises(BadParameter, match=sentence):
        door.run(name, **params)


def test_a_parameter_is_data_never_sql(door: Queries) -> None:
    assert door.run("timeline", region="x' or true --").height == 0
    assert door.run("project_search", text="%").height == 0
    assert door.run("timeline_bars", projects="甲,乙")["project_id"].n_unique() == 2


def test_an_empty_parameter_means_all(door: Queries) -> None:
    assert door.run("timeline", region="", level=None).height == 2


def test_results_are_cached_by_version_name_and_parameters(
    door: Queries, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    ask = Database.ask

    def counted(self: Database, sql: str, parameters: dict[str, object], **more: Any) -> pl.DataFrame:
        asked.append(sql)
        return ask(self, sql, parameters, **more)

    monkeypatch.setattr(Database, "ask", counted)
    first = door.run("rates")
    assert door.run("rates", by="all").equals(first)
    assert len(asked) == 1
    door.run("rates", by="region")
    door.run("rates", as_of=date(2026, 11, 21))
    assert len(asked) == 3


def test_fifty_threads_ask_one_question_once(door: Queries, monkeypatch: pytest.MonkeyPatch) -> None:
    built: list[int] = []
    start = Database.__init__

    def counted(self: Database, *args: object) -> None:
        built.append(threading.get_ident())
        start(self, *args)  # type: ignore[arg-type]

    monkeypatch.setattr(Database, "__init__", counted)
    with ThreadPoolExecutor(16) as pool:
        answers = list(pool.map(lambda i: door.run(("rates", "timeline", "lights")[i % 3]), range(48)))
    assert len(built) == 1
    assert {answer.height for answer in answers[1::3]} == {2}


def test_a_broken_database_is_built_again(door: Queries, monkeypatch: pytest.MonkeyPatch) -> None:
    ask = Database.ask
    broken: list[Database] = []

    def once(self: Database, sql: str, parameters: dict[str, object], **more: Any) -> pl.DataFrame:
        if not broken:
            broken.append(self)
            raise BrokenDatabaseError("INTERNAL Error")
        assert self is not broken[0]
        return ask(self, sql, parameters, **more)

    monkeypatch.setattr(Database, "ask", once)
    assert door.run("timeline").height == 2


def test_an_internal_error_marks_the_database_broken(monkeypatch: pytest.MonkeyPatch) -> None:
    database = Database({"t": pl.DataFrame({"a": [1]})}, plan_of({}))

    class Failing:
        def execute(self, *_args: object, **_named: object) -> None:
            raise duckdb.InternalException("INTERNAL Error: boom")

        def close(self) -> None:
            """Nothing to close."""

    monkeypatch.setattr(database, "_root", type("Root", (), {"cursor": lambda self: Failing()})())
    with pytest.raises(BrokenDatabaseError, match="boom"):
        database.ask("select a from t", {})


def test_a_database_reaches_no_file(tmp_path: object) -> None:
    database = Database({"t": pl.DataFrame({"a": [1]})}, plan_of({}))
    with pytest.raises(duckdb.PermissionException):
        database.ask(f"select content from read_text('{tmp_path}/x.txt')", {})


def test_a_failed_build_is_told_and_tried_again(door: Queries, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr("data.query.snapshot_tables", lambda *_: (_ for _ in ()).throw(SnapshotError("坏了")))
        with pytest.raises(SnapshotError, match="坏了"):
            door.run("timeline")
    assert door.run("timeline").height == 2


def test_ask_runs_off_the_event_loop(door: Queries) -> None:
    async def both() -> tuple[pl.DataFrame, pl.DataFrame]:
        return await asyncio.gather(door.ask("timeline"), door.ask("rates", by="region"))  # type: ignore[return-value]

    timeline, rates = asyncio.run(both())
    assert timeline.height == 2
    assert rates["group"].unique().to_list() == ["连山区"]


def test_warm_builds_before_anybody_asks(door: Queries, monkeypatch: pytest.MonkeyPatch) -> None:
    door.warm()
    monkeypatch.setattr("data.query.snapshot_tables", lambda *_: pytest.fail("built again"))
    assert door.run("timeline").height == 2


def test_outdoor_nodes_stand_still_in_the_winter_break() -> None:
    day = date(2026, 11, 23)
    projects = ledger("projects", [{"project_id": "甲", "region": "连山区", "kind": "续建"}])
    nodes = ledger(
        "nodes",
        [
            {"project_id": "甲", "node": node, "status": "running", "promised_finish": "2026-11-10"}
            for node in ("基础", "设备安装", "环评")
        ],
    )
    plan = schedule(projects, nodes, day, winter_break="辽宁")
    ledgers = {"projects": projects, "nodes": nodes}
    tables = assembled(ledgers, plan.nodes, plan.projects, status_date(day), winter_break="辽宁")
    lights = ask(Database(tables), "lights", day).filter(pl.col("due_basis") == "承诺")
    assert dict(lights.select("node", "light").iter_rows()) == {
        "基础": "stopped",
        "设备安装": "red",
        "环评": "red",
    }
