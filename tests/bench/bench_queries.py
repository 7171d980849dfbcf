"""How long each query takes on a large city: `python -m tests.bench.bench_queries --projects 5500`.

Every query is asked cold (result cache bypassed) RUNS times over the whole city; printed are the build
time of the database and median and 95th percentile per query, in milliseconds.
"""

from __future__ import annotations

import argparse
import time
from datetime import date
from typing import Any

import numpy as np
import polars as pl

from data import contract
from data.catalog import QuerySpec, catalog
from data.database import Database
from data.parameters import bind
from data.schedule import schedule
from data.standing_frames import looks_back
from data.tables import assembled, status_date

AS_OF = date(2026, 11, 22)
RUNS = 15
LIMITS_MS = {5_500: 30.0, 100_000: 150.0}
NODES = (
    "立项",
    "用地预审",
    "稳评",
    "能评",
    "环评",
    "安评",
    "水保",
    "供地",
    "用地规划",
    "不动产权",
    "工程规划",
    "图审",
    "消防",
    "施工许可",
)
SAMPLES: dict[str, object] = {
    "project": "P000007", "text": "项目7", "leader": "领导07", "first": date(2026, 9, 15),
    "last": date(2026, 12, 23),
}  # fmt: skip


def days(offsets: np.ndarray[Any, Any], known: np.ndarray[Any, Any]) -> pl.Series:
    """AS_OF plus offsets as dates, null where not known."""
    series = pl.Series(np.datetime64(AS_OF, "D") + offsets)
    return pl.select(pl.when(pl.Series(known)).then(series)).to_series()


def city(projects: int) -> dict[str, pl.DataFrame]:
    """A made-up city of that many projects with 14 reported nodes each; the same every time."""
    random = np.random.default_rng(7)
    number = np.arange(projects)
    started = random.random(projects) < 0.5
    columns: dict[str, Any] = {
        "project_id": [f"P{i:06}" for i in number],
        "project_name": [f"项目{i}" for i in number],
        "region": [f"县区{i % 18:02}" for i in number],
        "region_kind": np.where(number % 18 < 12, "县区", "园区"),
        "district": [f"片区{i % 5}" for i in number],
        "level": np.where(number % 7 == 0, "省百大", "市重点"),
        "kind": np.where(number % 3 == 0, "续建", "新建"),
        "project_type": np.where(number % 4 == 0, "审批", "备案"),
        "accountable_leader": [f"领导{i % 40:02}" for i in number],
        "chief_officer": [f"服务员{i % 60:02}" for i in number],
        "total_investment_yuan": random.integers(1_000_000, 10**9, projects),
        "annual_plan_yuan": random.integers(1_000_000, 10**8, projects),
        "invested_this_year_yuan": random.integers(0, 10**8, projects),
        "planned_start": days(random.integers(-200, 200, projects), np.ones(projects, bool)),
        "actual_start": days(-random.integers(1, 300, projects), started),
        "planned_finish": days(random.integers(-30, 600, projects), np.ones(projects, bool)),
    }
    return {"projects": fitted(contract.PROJECTS, columns), "nodes": nodes(projects, random)}


def nodes(projects: int, random: np.random.Generator) -> pl.DataFrame:
    """Fourteen procedures a project, the earlier ones more often done."""
    count = projects * len(NODES)
    step = np.tile(np.arange(len(NODES)), projects)
    reached = np.repeat(random.integers(0, len(NODES) + 1, projects), len(NODES))
    state = np.where(step < reached, "done", np.where(step == reached, "running", "waiting"))
    state = np.where(random.random(count) < 0.1, "not_applicable", state)
    promised = random.integers(-200, 200, count)
    columns: dict[str, Any] = {
        "project_id": np.repeat(np.array([f"P{i:06}" for i in range(projects)]), len(NODES)),
        "node": np.tile(np.array(NODES), projects),
        "status": state,
        "applicable": state != "not_applicable",
        "department": np.tile(np.array([f"部门{i % 6}" for i in range(len(NODES))]), projects),
        "accepted_date": days(promised - 20, (state == "running") | (state == "done")),
        "promised_finish": days(promised, random.random(count) < 0.6),
        "actual_finish": days(-random.integers(0, 300, count), state == "done"),
    }
    return fitted(contract.NODES, columns)


def fitted(item: contract.Ledger, columns: dict[str, Any]) -> pl.DataFrame:
    """A frame of the ledger's schema with these columns filled."""
    frame = pl.DataFrame({name: pl.Series(name, values) for name, values in columns.items()})
    return frame.select(
        (pl.col(name).cast(dtype) if name in frame.columns else pl.lit(None, dtype)).alias(name)
        for name, dtype in item.schema.items()
    )


def questions() -> dict[str, QuerySpec]:
    """The questions one day's database answers; those that look back are measured in part_change."""
    return {name: spec for name, spec in catalog().items() if not looks_back(spec)}


def parameters(spec: QuerySpec, wall: list[str]) -> dict[str, Any]:
    """Parameters of the widest question, bound."""
    given = {
        p.name: (wall if p.name == "projects" else SAMPLES[p.name]) for p in spec.parameters if p.required
    }
    values = bind(spec, given, AS_OF)
    return {name: value for name, value in values.items() if name in spec.bound}


def measured(base: Database, spec: QuerySpec, wall: list[str]) -> tuple[float, float, int]:
    """Median and 95th percentile in milliseconds, and the rows of the answer."""
    bound = parameters(spec, wall)
    spent, rows = [], 0
    for _ in range(RUNS):
        began = time.perf_counter()
        rows = base.ask(spec.sql, bound, long=spec.long).height
        spent.append((time.perf_counter() - began) * 1000)
    return float(np.median(spent)), float(np.percentile(spent, 95)), rows


def main() -> None:
    """Print the table for one city size."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--projects", type=int, default=5_500)
    size: int = asked.parse_args().projects
    ledgers = city(size)
    began = time.perf_counter()
    found = schedule(ledgers["projects"], ledgers["nodes"], AS_OF)
    scheduled = time.perf_counter()
    tables = assembled(
        ledgers, found.nodes, found.projects, status_date(AS_OF).with_columns(demo=pl.lit(True))
    )
    base = Database(tables)
    built = time.perf_counter()
    print(f"{size:,} 个项目,{ledgers['nodes'].height:,} 个节点")
    print(f"排期 {scheduled - began:.2f} s,建库 {built - scheduled:.2f} s")
    wall = [f"P{i:06}" for i in range(40)]
    for name, spec in questions().items():
        median, p95, rows = measured(base, spec, wall)
        over = " 超限" if p95 > LIMITS_MS.get(size, float("inf")) else ""
        print(f"{name:24} {rows:>9,} 行  中位 {median:7.1f} ms  p95 {p95:7.1f} ms{over}")


if __name__ == "__main__":
    main()
