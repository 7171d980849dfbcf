"""What the wall is drawn from: its rows, their bars, their groups, and an earlier day's plan."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any, Final

import polars as pl

from components import filters, snapshot_days, wall_link
from components.timeline_bars import Past
from components.wall_link import ROWS_A_WINDOW
from data.query import queries

Record = Mapping[str, Any]

# orders that put projects of one kind together, with the column that names the kind
GROUPED: Final = {"region": "region", "leader": "accountable_leader"}


@dataclass(frozen=True)
class Found:
    """Frames of the queries `timeline`, `timeline_bars` and `timeline_groups` for one window of rows.

    `before` and `past` tell of the day compared with, if the address names it: project id → its row of
    `timeline_before`, and the days of each node then; else null and empty. `since` is the day that would
    be compared with, null where no snapshot is so old.
    """

    rows: pl.DataFrame
    bars: pl.DataFrame
    groups: pl.DataFrame
    before: Mapping[str, Record] | None = None
    past: Past = field(default_factory=dict)
    since: date | None = None


async def found(search: str) -> Found:
    """Everything one window of the wall shows."""
    view, since = wall_link.view(search), await asyncio.to_thread(snapshot_days.since, search)
    rows, groups = await asyncio.gather(rows_of(search), _groups(search, view.order))
    wanted = rows["project_id"].to_list()
    bars = queries().ask("timeline_bars", projects=wanted, as_of=filters.parse(search)["as_of"])
    if not (view.compare and since):
        return Found(rows, await bars, groups, since=since)
    then = {"projects": wanted, "as_of": since}
    today, old, before = await asyncio.gather(
        bars, queries().ask("timeline_bars", **then), queries().ask("timeline_before", **then)
    )
    projects = {record["project_id"]: record for record in before.to_dicts()}
    return Found(rows, today, groups, projects, _past(old), since)


def _past(bars: pl.DataFrame) -> Past:
    """(project, node) → its days, for nodes that apply and have both dates."""
    known = bars.filter(
        pl.col("start_date").is_not_null()
        & pl.col("finish_date").is_not_null()
        & (pl.col("state") != "not_applicable")
    ).select("project_id", "node", "start_date", "finish_date")
    return {(project, node): (start, finish) for project, node, start, finish in known.iter_rows()}


async def _groups(search: str, order: str) -> pl.DataFrame:
    """The groups of an order, one for the whole scope where it makes none; a chosen light hides none."""
    by = order if order in GROUPED else "all"
    return await queries().ask("timeline_groups", by=by, **(filters.parse(search) | {"light": None}))


async def rows_of(search: str | None) -> pl.DataFrame:
    """Rows of the window; one beyond the end (filters changed) gives way to the first."""
    view, params = wall_link.view(search), filters.parse(search)
    ask = partial(queries().ask, "timeline", order=view.order, limit=ROWS_A_WINDOW, **params)
    rows = await ask(offset=view.offset)
    return await ask(offset=0) if rows.is_empty() and view.offset else rows


async def first_project(search: str | None) -> str | None:
    """The project in the first row of the window, null when there is none."""
    rows = await rows_of(search)
    return None if rows.is_empty() else str(rows["project_id"][0])


async def nodes_then(project_id: str, search: str | None) -> Mapping[str, Record] | None:
    """Node → its row of `project_nodes` on the day compared with; null where nothing is compared."""
    since = await asyncio.to_thread(snapshot_days.since, search) if wall_link.view(search).compare else None
    if since is None:
        return None
    nodes = await queries().ask("project_nodes", project=project_id, as_of=since)
    return {record["node"]: record for record in nodes.to_dicts()}
