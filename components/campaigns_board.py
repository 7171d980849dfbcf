"""Scoreboards of a campaign and the countdown of its projects."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import polars as pl
from dash import dcc, html
from dash.development.base_component import Component

from components import filters, formats, links
from components.empty import empty
from components.light import light_badge
from data.named import NOBODY

Row = Mapping[str, Any]

# a board longer than this shows both ends: those to praise and those to press
LEADERS_SHOWN: Final = 12
COUNTDOWN_SHOWN: Final = 15


def regions(rows: pl.DataFrame, search: str) -> Component:
    """Counties and parks, ranked apart, with the places they won or lost."""
    if rows.is_empty():
        return _nothing()
    bodies = []
    for kind in rows["region_kind"].unique(maintain_order=True):
        own = rows.filter(pl.col("region_kind").eq_missing(kind) & (pl.col("projects") > 0))
        head = html.Tr(html.Th(kind or "其他", colSpan=7, scope="rowgroup", className="group"))
        bodies.append(html.Tbody([head, *(_row(row, "region", search) for row in own.iter_rows(named=True))]))
    return html.Div(
        html.Table([_head("县区/园区"), *bodies], className="table board-table"), className="scroll"
    )


def leaders(rows: pl.DataFrame, search: str) -> Component:
    """The first and the last leaders; all when they are few."""
    there = rows.filter((pl.col("projects") > 0) & (pl.col("group") != NOBODY))
    if there.is_empty():
        return _nothing()
    listed = list(there.iter_rows(named=True))
    half = LEADERS_SHOWN // 2
    body = [_row(row, "leader", search) for row in listed]
    if len(listed) > LEADERS_SHOWN:
        between = html.Tr(html.Td(f"中间 {len(listed) - 2 * half} 位略", colSpan=7, className="base"))
        body = [*body[:half], between, *body[-half:]]
    return html.Div(
        html.Table([_head("领导"), html.Tbody(body)], className="table board-table"), className="scroll"
    )


def countdown(rows: pl.DataFrame, search: str) -> Component:
    """Projects not started, by the working days left to their day."""
    if rows.is_empty():
        return html.Div(light_badge("green", "全部开复工"), className="empty")
    head = _titles("项目", "离目标日", "卡在", "手续", "时差")
    body = [_waiting(row, search) for row in rows.head(COUNTDOWN_SHOWN).iter_rows(named=True)]
    left = rows.height - COUNTDOWN_SHOWN
    if left > 0:
        body.append(html.Tr(html.Td(f"另有 {left} 个,见“清单 · 开工时序”", colSpan=5, className="base")))
    return html.Div(html.Table([head, html.Tbody(body)], className="table countdown"), className="scroll")


def _row(row: Row, name: str, search: str) -> Component:
    group = row["group"]
    href = links.campaigns(filters.toggled(search, **{name: group}))
    return html.Tr(
        [
            html.Td(formats.text(row["rank"]), className="n"),
            _moved(row),
            html.Td(dcc.Link(group, href=href)),
            html.Td(f"{row['started_numerator']}/{row['projects']}", className="n"),
            html.Td(html.B(formats.ratio(row["ratio"])), className="n"),
            html.Td(formats.count(row["done_nodes"]) if row["done_nodes"] else "·", className="n"),
            html.Td(
                formats.count(row["red"]) if row["red"] else "·",
                className=f"n{' ink-red' if row['red'] else ''}",
            ),
        ]
    )


def _moved(row: Row) -> Component:
    """Places won ▲ or lost ▼; nothing where it had none before."""
    if row["moved"] is None:
        return html.Td("新", className="n base")
    if not row["moved"]:
        return html.Td("–", className="n base", title=f"原第 {row['rank_before']} 名")
    up = row["moved"] > 0
    text = f"{'▲' if up else '▼'}{abs(row['moved'])}"
    return html.Td(
        html.B(text, className="ahead" if up else "behind"),
        className="n",
        title=f"原第 {row['rank_before']} 名",
    )


def _waiting(row: Row, search: str) -> Component:
    who = "、".join(text for text in (row["region"], row["accountable_leader"]) if text)
    name = [html.Span(row["project_name"], className="clip"), html.Span(who, className="base")]
    late = row["float_workdays"] is not None and row["float_workdays"] < 0
    return html.Tr(
        [
            html.Td(
                dcc.Link(
                    name,
                    href=links.project(row["project_id"], search),
                    className="stacked",
                    title=row["project_name"],
                )
            ),
            html.Td([html.Div(days_to(row)), html.Div(light_badge(row["light"]), className="base")]),
            html.Td(
                [
                    html.Div(formats.text(row["current_node"])),
                    html.Div(formats.text(row["current_department"]), className="base clip"),
                ]
            ),
            html.Td(f"{row['procedures_done']}/{row['procedures_due']}", className="n"),
            html.Td(formats.signed_days(row["float_workdays"]), className=f"n{' behind' if late else ''}"),
        ]
    )


def days_to(row: Row) -> list[Component | str]:
    """距3月15日开工还有 n 个工作日, or how many it has gone by."""
    left = row["workdays_left"]
    if left is None:
        return [html.Span("没有填开工日期", className="base")]
    day = formats.short_day(row["stated_start"])
    if left < 0:
        return [f"{day}开工已过 ", html.B(f"{-left}", className="behind"), " 个工作日"]
    if left == 0:
        return [f"{day}开工,", html.B("就是今天")]
    return [f"距{day}开工还有 ", html.B(str(left)), " 个工作日"]


def _head(group: str) -> Component:
    return _titles("名次", "升降", group, "开复工", "%", "办结", "红灯", numbers=(0, 1, 3, 4, 5, 6))


def _titles(*words: str, numbers: Sequence[int] = (3, 4)) -> Component:
    return html.Thead(
        html.Tr(
            [
                html.Th(word, scope="col", className="n" if at in numbers else None)
                for at, word in enumerate(words)
            ]
        )
    )


def _nothing() -> Component:
    return empty("当前筛选下没有这项行动的项目")
