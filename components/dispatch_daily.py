"""What the daily meeting asks: due, overdue, changed, to be started, done, and holes in the ledger."""

from __future__ import annotations

import asyncio

import polars as pl
from dash import dcc, html
from dash.development.base_component import Component

from components import deferred, formats, links
from components.dispatch_asked import MOST, NO_BEFORE, ask_for, changes, since
from components.dispatch_link import Shown
from components.dispatch_table import Row, due, leader, node, project
from components.dispatch_told import Told
from components.light import light_badge
from components.stacked import stacked


async def newly_overdue(shown: Shown) -> Told:
    """Nodes that turned red since the last meeting."""
    nodes = await changes("change_nodes", shown)
    if nodes is None:
        return Told("新增逾期", since(shown), (), (), NO_BEFORE)
    found = nodes.filter("newly_overdue")
    rows = [
        [
            project(row, shown.away),
            node(row),
            formats.short_day(row["due_date"]),
            leader(row["accountable_leader"], shown.away),
        ]
        for row in found.head(MOST).iter_rows(named=True)
    ]
    heads = ("项目", "节点、部门", "应办结", "包保")
    note, empty = f"{found.height} 项 · {since(shown)}", "上次会议以来没有新增逾期。"
    return Told("新增逾期", note, heads, rows, empty, found.height)


async def due_soon(shown: Shown) -> Told:
    """What falls due today and within three working days."""
    found, counts = await asyncio.gather(
        ask_for("list_nodes", shown, which="due"), ask_for("today_counts", shown)
    )
    promised = deferred.counted(counts.row(0, named=True), shown.away)
    today = found.filter(pl.col("workdays_left") == 0).height
    rows = [
        [due(row), project(row, shown.away), node(row), leader(row["accountable_leader"], shown.away)]
        for row in found.sort("workdays_left", maintain_order=True).head(MOST).iter_rows(named=True)
    ]
    heads = ("应办结", "项目", "节点、部门", "包保")
    empty = "三个工作日内没有到期未办结的节点。"
    note = f"{found.height} 项,其中今天 {today} 项"
    return Told("今天和三个工作日内到期", note, heads, rows, empty, found.height, above=promised)


async def changed(shown: Shown) -> Told:
    """Lights that changed, from which to which, and by which cell."""
    nodes = await changes("change_nodes", shown)
    if nodes is None:
        return Told("灯色变化", since(shown), (), (), NO_BEFORE)
    found = nodes.filter(pl.col("light").ne_missing(pl.col("light_before")) & (pl.col("kind") != "removed"))
    found = found.filter(pl.col("light_before").is_not_null() & (pl.col("kind") != "done"))
    rows = [
        [project(row, shown.away), html.B(row["node"]), _turned(row), formats.text(row["because"])]
        for row in found.head(MOST).iter_rows(named=True)
    ]
    heads = ("项目", "节点", "灯", "因为")
    note, empty = f"{found.height} 项,不含办结 · {since(shown)}", "上次会议以来没有变灯的节点(办结的另列)。"
    return Told("灯色变化", note, heads, rows, empty, found.height)


def _turned(row: Row) -> Component:
    return html.Div(
        [light_badge(row["light_before"]), html.Span("→"), light_badge(row["light"])],
        className="dispatch-turn",
    )


async def must_start(shown: Shown) -> Told:
    """What must start today."""
    found = await ask_for("must_start_today", shown)
    rows = [
        [
            project(row, shown.away),
            stacked(html.B(formats.text(row["node"])), formats.text(row["department"])),
            formats.short_day(row["latest_start"]),
            leader(row["accountable_leader"], shown.away),
        ]
        for row in found.head(MOST).iter_rows(named=True)
    ]
    heads = ("项目", "节点、部门", "最迟开始", "包保")
    note, empty = f"{found.height} 项,晚一天即误期", "没有今天必须启动的节点。"
    return Told("今天必须启动", note, heads, rows, empty, found.height)


async def done(shown: Shown) -> Told:
    """What was done since the last meeting."""
    nodes = await changes("change_nodes", shown)
    if nodes is None:
        return Told("办结", since(shown), (), (), NO_BEFORE)
    found = nodes.filter(pl.col("kind") == "done").sort("actual_finish", descending=True, nulls_last=True)
    rows = [
        [project(row, shown.away), node(row), formats.short_day(row["actual_finish"])]
        for row in found.head(MOST).iter_rows(named=True)
    ]
    heads = ("项目", "节点、部门", "办结")
    note, empty = f"{found.height} 项 · {since(shown)}", "上次会议以来没有办结的节点。"
    return Told("办结", note, heads, rows, empty, found.height)


async def holes(shown: Shown) -> Told:
    """Where the ledger has holes, one line a kind."""
    found = await ask_for("dispatch_holes", shown)
    rows = [
        [
            row["hole"],
            f"{formats.count(row['found'])} / {formats.count(row['base'])} {row['unit']}",
            dcc.Link(row["project_name"], href=links.project(row["project_id"], shown.away)),
        ]
        for row in found.iter_rows(named=True)
    ]
    heads = ("缺什么", "#几个 / 共几个", "例如")
    return Told("台账空缺", f"{found.height} 类", heads, rows, "台账没有空缺。", lines=1)
