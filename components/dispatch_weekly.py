"""What the weekly meeting asks: exceptions by leader, ranking, stalls, problems that wait for a decision."""

from __future__ import annotations

import asyncio

import polars as pl
from dash import html
from dash.development.base_component import Component

from components import formats, links, red_list, region_table
from components.dispatch_asked import FEW, SHOWN, ask_for, changes, since
from components.dispatch_link import Shown
from components.dispatch_table import Row, card, due, leader, moved, project, table
from components.light import light_badge, words


async def leaders(shown: Shown) -> Component:
    """Exceptions by leader: who has red lights, how many are new, what they had done."""
    return card("按包保领导", f"红灯多的在前 · {since(shown)}", await _groups(shown, "leader", "包保领导"))


async def _groups(shown: Shown, by: str, word: str) -> Component:
    found = await ask_for("change_groups", shown, since=shown.meeting.since, by=by)
    pressing = found.filter((pl.col("red") > 0) | (pl.col("newly_overdue") > 0))
    rows = [
        [
            leader(row["group"], shown.away),
            formats.count(row["projects"]),
            _lit(row, "red"),
            _lit(row, "yellow"),
            formats.count(row["newly_overdue"]),
            formats.count(row["slipped_nodes"]),
            formats.count(row["done_nodes"]),
        ]
        for row in pressing.sort("red", "newly_overdue", "yellow", descending=True)
        .head(SHOWN)
        .iter_rows(named=True)
    ]
    heads = (word, "#项目", f"#{words()['red']}", f"#{words()['yellow']}", "#新增逾期", "#推迟", "#办结")
    return table(heads, rows, "没有红灯和新增逾期。")


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


async def stalled(shown: Shown) -> Component:
    """不走道 and 进展慢, by how long and how much."""
    days = shown.meeting.rhythm.days_still
    found = await ask_for("stalled", shown, days=days)
    still, slow = (found.filter(pl.col("kind") == kind) for kind in ("standing", "slow"))
    lines = [
        [
            project(row, shown.away),
            light_badge(row["light"], row["light_node"]),
            f"{row['unchanged_days']} 天没有变化",
            leader(row["accountable_leader"], shown.away),
        ]
        for row in still.head(FEW).iter_rows(named=True)
    ]
    lines += [
        [
            project(row, shown.away),
            light_badge(row["light"], row["light_node"]),
            f"时差又少 {-row['float_change_workdays']} 天,现 {formats.signed_days(row['float_workdays'])}",
            leader(row["accountable_leader"], shown.away),
        ]
        for row in slow.sort("float_change_workdays").head(FEW).iter_rows(named=True)
    ]
    note = (
        f"不走道 {still.height} 个({days} 天台账没有变化),进展慢 {slow.height} 个(时差变少);各列前 {FEW} 个"
    )
    return card("不走道、进展慢", note, table(("项目", "卡在", "怎么慢", "包保"), lines, "没有。"))


async def decisions(shown: Shown) -> Component:
    """Problems that wait for a decision: overdue, or handed up."""
    found = await ask_for("list_problems", shown)
    waiting = found.filter(
        ~pl.col("closed") & ((pl.col("workdays_left") < 0) | pl.col("escalated_to").is_not_null())
    )
    rows = [
        [
            html.Div(
                [html.B(row["problem"]), html.Span(_measure(row), className="base")], className="stacked"
            ),
            _project_of(row, shown),
            formats.text(row["responsible_unit"]),
            due({**row, "due_date": row["promised_date"]}),
        ]
        for row in waiting.head(SHOWN).iter_rows(named=True)
    ]
    body = table(("问题、措施", "项目", "责任单位", "承诺解决"), rows, "没有逾期未销号或已提级的问题。")
    opened = found.filter(~pl.col("closed")).height
    return card("等待决策的问题", f"{waiting.height} 个逾期或提级,未销号共 {opened} 个", body)


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
