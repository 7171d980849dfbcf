"""The figures of change and trend: 5,500 projects against an earlier snapshot, and a year of daily ones."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, Final

import numpy as np
import polars as pl

from data.catalog import catalog
from data.database import Database, Tables
from data.manifest import Version
from data.parameters import bind
from data.standing import Standing, standing_in
from data.standing_frames import compared_with
from data.standing_history import History
from tests.bench.bench_queries import AS_OF
from tests.bench.figures import tell
from tests.bench.part_queries import built

PROJECTS: Final = 5_500
RUNS: Final = 7
DAYS: Final = 250
SINCE: Final = AS_OF - timedelta(days=7)
CHANGE_MS, TREND_MS = 100.0, 150.0
# of a hundred projects so many say something new from one day to the next
CHANGED_SHARE: Final = 0.05


def main() -> None:
    """Tell what change and trend cost, every scope filter of the latter included."""
    base, _ = built(PROJECTS)
    standing = standing_in(base)
    tell_change(base, changed(standing, np.random.default_rng(11)))
    tell_trend(base, standing)


def tell_change(base: Database, earlier: Standing) -> None:
    """The three questions of change, the comparison itself apart and with the first of them."""
    spent, beside = least(lambda: compared_with(base, earlier, SINCE))
    tell(f"change, {PROJECTS:,} projects: comparing", spent, CHANGE_MS, "ms", "once a pair of snapshots")
    for name in ("change_projects", "change_nodes", "change_groups"):
        given: dict[str, object] = {"since": SINCE} | ({"by": "region"} if name == "change_groups" else {})
        spent, rows = asked(base, name, beside, given)
        tell(f"change, {PROJECTS:,} projects: {name}", spent, CHANGE_MS, "ms", f"{rows:,} rows")


def tell_trend(base: Database, standing: Standing) -> None:
    """A year of daily snapshots: continuing it by a day, and the slowest of any scope filter."""
    history, seconds = year(standing)
    rows = f"{history.lit_shares.changes.height:,} changes"
    tell(f"past of {DAYS} days, {PROJECTS:,} projects: one more day", seconds / DAYS * 1000, None, "ms", rows)
    first = AS_OF - timedelta(days=400)
    filters: tuple[dict[str, Any], ...] = (
        {},
        {"by": "region"},
        {"by": "leader", "indicator": "开复工率"},
        {"region": "县区03", "by": "leader"},
        {"leader": "领导07"},
        {"department": "部门3"},
        {"light": "red", "by": "region"},
        {"indicator": "投资完成率"},
    )
    spent = [
        (asked(base, "trend", history.tables(chosen.get("light")), chosen | {"first": first}), chosen)
        for chosen in filters
    ]
    (slowest, found), chosen = max(spent, key=lambda item: item[0][0])
    note = f"slowest of {len(filters)} filters: {chosen or 'none'}, {found:,} rows"
    tell(f"trend of {DAYS} days, {PROJECTS:,} projects", slowest, TREND_MS, "ms", note)


def asked(base: Database, name: str, beside: Tables, given: Mapping[str, object]) -> tuple[float, int]:
    """The least milliseconds of one question asked cold, and the rows of its answer."""
    spec = catalog()[name]
    bound = {key: value for key, value in bind(spec, given, AS_OF).items() if key in spec.bound}
    spent, answer = least(lambda: base.ask(spec.sql, bound, beside=beside))
    return spent, answer.height


def least(work: Callable[[], Any]) -> tuple[float, Any]:
    """The least milliseconds of several runs, and what the last one gave."""
    spent, answer = [], None
    for _ in range(RUNS):
        began = time.perf_counter()
        answer = work()
        spent.append((time.perf_counter() - began) * 1000)
    return min(spent), answer


def year(standing: Standing) -> tuple[History, float]:
    """A past of DAYS days, from day to day as much changed as in an office; and the seconds it took."""
    random = np.random.default_rng(7)
    history, seconds = History(), 0.0
    for back in range(DAYS, 0, -1):
        day = AS_OF - timedelta(days=back)
        began = time.perf_counter()
        history = history.followed_by(Version(day, 1), standing)
        seconds += time.perf_counter() - began
        standing = changed(standing, random, day)
    return history, seconds


def changed(standing: Standing, random: np.random.Generator, day: date | None = None) -> Standing:
    """A standing in which some projects have another light, some parts and nodes another number or day."""
    projects, parts, nodes = standing.projects, standing.parts, standing.nodes
    chosen = pl.Series(random.random(projects.height) < CHANGED_SHARE)
    lights = pl.Series(random.choice(["red", "yellow", "blue", "green"], projects.height))
    # at the end of a month staff write down the money of every project
    share = 1.0 if day is not None and (day + timedelta(days=1)).day == 1 else CHANGED_SHARE / 10
    moved = pl.Series(random.random(parts.height) < share) & (parts["denominator"] > 1)
    slipped = pl.Series(random.random(nodes.height) < CHANGED_SHARE / 10)
    return replace(
        standing,
        projects=projects.with_columns(
            light=pl.when(chosen).then(lights).otherwise("light"),
            mark=pl.when(chosen).then(pl.col("mark") ^ 1).otherwise("mark"),
        ),
        parts=parts.with_columns(numerator=pl.col("numerator") + moved.cast(pl.Int64)),
        nodes=nodes.with_columns(
            committed_date=pl.when(slipped)
            .then(pl.col("committed_date").dt.offset_by("-7d"))
            .otherwise("committed_date"),
            light=pl.when(slipped).then(pl.lit("blue")).otherwise("light"),
        ),
    )


if __name__ == "__main__":
    main()
