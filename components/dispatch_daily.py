"""What the daily meeting asks: due, overdue, changed, to be started, done, and holes in the ledger."""

from __future__ import annotations

import polars as pl
from dash import html
from dash.development.base_component import Component

from components import formats
from components.dispatch_asked import NO_BEFORE, SHOWN, ask_for, changes, since
from components.dispatch_link import Shown
from components.dispatch_table import Row, card, due, leader, node, project, table
from components.light import light_badge


async def newly_overdue(shown: Shown) -> Component:
    """Nodes that turned red since the last meeting."""
    nodes = await changes("change_nodes", shown)
    if nodes is None:
        return card("新增逾期", since(shown), html.P(NO_BEFORE, className="empty"))
    # as change_groups counts them: a step that is new in the ledger has not turned
    found = nodes.filter((pl.col("light") == "red") & (pl.col("light_before") != "red"))
    rows = [
        [
            project(row, shown.away),
            node(row),
            formats.short_day(row["due_date"]),
            leader(row["accountable_leader"], shown.away),
        ]
        for row in found.head(SHOWN).iter_rows(named=True)
    ]
    body = table(("项目", "节点、部门", "应办结", "包保"), rows, "上次会议以来没有新增逾期。")
    return card("新增逾期", f"{found.height} 项 · {since(shown)}", body)


async def due_soon(shown: Shown) -> Component:
    """What falls due today and within three working days."""
    found = await ask_for("list_nodes", shown, which="due")
    today = found.filter(pl.col("workdays_left") == 0).height
    rows = [
        [due(row), project(row, shown.away), node(row), leader(row["accountable_leader"], shown.away)]
        for row in found.sort("workdays_left", maintain_order=True).head(SHOWN).iter_rows(named=True)
    ]
    body = table(("应办结", "项目", "节点、部门", "包保"), rows, "三个工作日内没有到期未办结的节点。")
    return card("今天和三个工作日内到期", f"{found.height} 项,其中今天 {today} 项", body)


async def changed(shown: Shown) -> Component:
    """Lights that changed, from which to which, and by which cell."""
    nodes = await changes("change_nodes", shown)
    if nodes is None:
        return card("灯色变化", since(shown), html.P(NO_BEFORE, className="empty"))
    found = nodes.filter(pl.col("light").ne_missing(pl.col("light_before")) & (pl.col("kind") != "removed"))
    found = found.filter(pl.col("light_before").is_not_null() & (pl.col("kind") != "done"))
    rows = [
        [project(row, shown.away), html.B(row["node"]), _turned(row), formats.text(row["because"])]
        for row in found.head(SHOWN).iter_rows(named=True)
    ]
    body = table(("项目", "节点", "灯", "因为"), rows, "上次会议以来没有变灯的节点(办结的另列)。")
    return card("灯色变化", f"{found.height} 项,不含办结 · {since(shown)}", body)


def _turned(row: Row) -> Component:
    return html.Div(
        [light_badge(row["light_before"]), html.Span("→"), light_badge(row["light"])],
        className="dispatch-turn",
    )


async def must_start(shown: Shown) -> Component:
    """What must start today."""
    found = await ask_for("must_start_today", shown)
    rows = [
        [
            project(row, shown.away),
            _stacked(row["node"], row["department"]),
            formats.short_day(row["latest_start"]),
            leader(row["accountable_leader"], shown.away),
        ]
        for row in found.head(SHOWN).iter_rows(named=True)
    ]
    body = table(("项目", "节点、部门", "最迟开始", "包保"), rows, "没有今天必须启动的节点。")
    return card("今天必须启动", f"{found.height} 项,晚一天即误期", body)


def _stacked(first: str | None, second: str | None) -> Component:
    return html.Div(
        [html.B(formats.text(first)), html.Span(formats.text(second), className="base")], className="stacked"
    )


async def done(shown: Shown) -> Component:
    """What was done since the last meeting."""
    nodes = await changes("change_nodes", shown)
    if nodes is None:
        return card("办结", since(shown), html.P(NO_BEFORE, className="empty"))
    found = nodes.filter(pl.col("kind") == "done").sort("actual_finish", descending=True, nulls_last=True)
    rows = [
        [project(row, shown.away), node(row), formats.short_day(row["actual_finish"])]
        for row in found.head(SHOWN).iter_rows(named=True)
    ]
    body = table(("项目", "节点、部门", "办结"), rows, "上次会议以来没有办结的节点。")
    return card("办结", f"{found.height} 项 · {since(shown)}", body)


async def holes(shown: Shown) -> Component:
    """Where the ledger has holes, one line a kind."""
    found = await ask_for("dispatch_holes", shown)
    rows = [
        [
            row["hole"],
            f"{formats.count(row['found'])} / {formats.count(row['base'])} {row['unit']}",
            project({**row, "region": ""}, shown.away),
        ]
        for row in found.iter_rows(named=True)
    ]
    return card(
        "台账空缺", f"{found.height} 类", table(("缺什么", "#几个 / 共几个", "例如"), rows, "台账没有空缺。")
    )
