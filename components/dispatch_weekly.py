"""What the weekly meeting asks: exceptions by leader, ranking, stalls, problems that wait for a decision."""

from __future__ import annotations

import asyncio
from typing import Any

import polars as pl
from dash import html
from dash.development.base_component import Component

from components import formats, links, red_list, region_table
from components.dispatch_asked import FEW, MOST, ask_for, changes, since
from components.dispatch_link import Shown
from components.dispatch_table import Row, card, due, leader, moved, project
from components.dispatch_told import Told
from components.light import light_badge, words
from components.stacked import stacked


async def leaders(shown: Shown) -> Told:
    """Exceptions by leader: who has red lights, how many are new, what they had done."""
    return await _groups(shown, "leader", "包保领导")


async def counties(shown: Shown) -> Told:
    """Exceptions by county and park."""
    return await _groups(shown, "region", "县区、园区")


async def _groups(shown: Shown, by: str, word: str) -> Told:
    found = await ask_for("change_groups", shown, since=shown.meeting.since, by=by)
    pressing = found.filter((pl.col("red") > 0) | (pl.col("newly_overdue") > 0))
    rows = [
        [
            leader(row["group"], shown.away) if by == "leader" else row["group"],
            formats.count(row["projects"]),
            _lit(row, "red"),
            _lit(row, "yellow"),
            formats.count(row["newly_overdue"]),
            formats.count(row["slipped_nodes"]),
            formats.count(row["done_nodes"]),
        ]
        for row in pressing.sort("red", "newly_overdue", "yellow", descending=True)
        .head(MOST)
        .iter_rows(named=True)
    ]
    heads = (word, "#项目", f"#{words()['red']}", f"#{words()['yellow']}", "#新增逾期", "#推迟", "#办结")
    note = f"红灯多的在前,共 {pressing.height} 个 · {since(shown)}"
    empty = "没有红灯和新增逾期。"
    return Told(f"按{word}", note, heads, rows, empty, pressing.height, lines=1)


def _lit(row: Row, code: str) -> Component:
    return moved(row[f"{code}_before"] if row["projects_before"] else None, row[code])


async def regions(shown: Shown) -> Component:
    """The ranking of counties and parks with its movement."""
    rows, moved_ = await asyncio.gather(
        ask_for("region_table", shown), changes("change_groups", shown, by="region")
    )
    moves = None if moved_ is None else region_table.moves(moved_)
    body = html.Div(region_table.table(rows, shown.away, moves), className="scroll")
    return card("县区与园区排名", f"按开复工率(年度清单),县区、园区分开排 · {since(shown)}", body)


async def stalled(shown: Shown) -> Told:
    """不走道 and 进展慢, by how long and how much."""
    days = shown.meeting.rhythm.days_still
    found = await ask_for("stalled", shown, days=days)
    still, slow = (found.filter(pl.col("kind") == kind) for kind in ("standing", "slow"))
    rows = [
        _slow(row, shown, f"{row['unchanged_days']} 天没有变化")
        for row in still.head(FEW).iter_rows(named=True)
    ]
    rows += [
        _slow(
            row,
            shown,
            f"时差又少 {-row['float_change_workdays']} 天,现 {formats.signed_days(row['float_workdays'])}",
        )
        for row in slow.sort("float_workdays", "float_change_workdays").head(FEW).iter_rows(named=True)
    ]
    counted = f"不走道 {still.height} 个({days} 天没有变化),进展慢 {slow.height} 个(时差变少,剩得少的在前)"
    heads = ("项目", "卡在", "怎么慢", "包保")
    return Told("不走道、进展慢", f"{counted};各列 {FEW} 个", heads, rows, "没有。")


def _slow(row: Row, shown: Shown, how: str) -> list[Any]:
    stuck = light_badge(row["light"], row["light_node"])
    return [project(row, shown.away), stuck, how, leader(row["accountable_leader"], shown.away)]


async def decisions(shown: Shown) -> Told:
    """Problems that wait for a decision: overdue, or handed up; how fast problems are closed at all."""
    found, pace = await asyncio.gather(ask_for("list_problems", shown), ask_for("problem_closing", shown))
    waiting = found.filter("pressing")
    rows = [
        [
            stacked(html.B(row["problem"]), _measure(row)),
            _project_of(row, shown),
            formats.text(row["responsible_unit"]),
            due({**row, "due_date": row["promised_date"]}),
        ]
        for row in waiting.head(MOST).iter_rows(named=True)
    ]
    heads = ("问题、措施", "项目", "责任单位", "承诺解决")
    note = f"逾期或提级 {waiting.height} 个;{closing(pace)}"
    return Told("等待决策的问题", note, heads, rows, "没有逾期未销号或已提级的问题。", waiting.height)


def closing(pace: pl.DataFrame) -> str:
    """How problems are closed, from `problem_closing`: "未销号 12/40 个,平均 9.5 天销号(按 28 个)"."""
    if pace.is_empty():
        return "没有提出过问题"
    row = pace.row(0, named=True)
    told = f"未销号 {formats.count(row['open'])}/{formats.count(row['raised'])} 个"
    days = row["mean_closing_days"]
    return told if days is None else f"{told},平均 {days:.1f} 天销号(按 {formats.count(row['counted'])} 个)"


def _measure(row: Row) -> str:
    up = f"提级到{row['escalated_to']};" if row["escalated_to"] else ""
    return f"{up}{row['measure'] or '台账没有写措施'}"


def _project_of(row: Row, shown: Shown) -> Component | str:
    return project(row, shown.away) if row["project_id"] else formats.text(row["project_name"])


async def red(shown: Shown) -> Component:
    """The red list."""
    found = await ask_for("red_list", shown, limit=FEW)
    rest = html.A("全部逾期节点 ›", href=links.lists("overdue", shown.away), className="base")
    body = html.Div([html.Div(red_list.table(found, shown.away), className="scroll"), rest])
    return card("红灯清单", f"逾期最久的 {found.height} 项", body)
