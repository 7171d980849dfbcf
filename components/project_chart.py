"""节点图表: a row a node, its facts on the left and its bar on the right, on one px grid."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, Final

import polars as pl
from dash import html
from dash.development.base_component import Component

from components import deferred, formats, ids, timeline, timeline_board, wall_head
from components.light import light_badge
from components.timeline_board import Room
from components.timeline_window import Window
from components.wall_rows import float_class, float_words
from components.wall_side import Record
from data.closures import closures
from data.settings import settings

NODES: Final = ids.new("project", "nodes")
_MARGIN_DAYS: Final = 12
_LEAST_DAYS: Final = 90
_WORDS: Final = {
    "done": "已办",
    "running": "在办",
    "waiting": "待办",
    "not_applicable": "不涉及",
    "unreported": "台账未报",
}


def body(nodes: Sequence[Record], schedule: Record | None, room: Room, as_of: date) -> list[Component]:
    """The chart with its table, and a sentence where there is nothing to draw."""
    if not nodes:
        return [html.Section(html.P(_no_nodes(schedule), className="empty"), className="card")]
    target = schedule["target_date"] if schedule else None
    shown = window(nodes, target, as_of)
    closed = closures(shown.first, shown.last, settings().winter_break)
    rows, bars = frames(nodes, target)
    board = timeline_board.board(rows, bars, shown, room, "table")
    return [
        html.Section(
            [
                html.Div(
                    [
                        left_head(),
                        html.Div(wall_head.time_head(shown, closed, room.plot), className="node-time"),
                    ],
                    className="node-axis",
                ),
                html.Div(
                    [
                        html.Div(
                            [node_row(node, row.height) for node, row in zip(nodes, board.rows, strict=True)],
                            id=NODES,
                        ),
                        html.Div([timeline.picture(board, closed, NODES)], className="node-plot"),
                    ],
                    className="wall-board",
                ),
                html.P(summary(nodes, as_of), className="base node-summary"),
            ],
            className="card node-chart",
        )
    ]


def _no_nodes(schedule: Record | None) -> str:
    reason = schedule["unscheduled_reason"] if schedule else None
    return f"没有节点可画:{reason}" if reason else "台账里没有这个项目的节点,流程模板也没有给出节点。"


def window(nodes: Sequence[Record], target: date | None, as_of: date) -> Window:
    """From the first to the last day of any node, today and the target included, with a margin."""
    names = ("accepted_date", "earliest_start", "earliest_finish", "latest_finish", "actual_finish")
    days = [
        node[name]
        for node in nodes
        if node["state"] != "not_applicable"
        for name in names
        if node[name] is not None
    ]
    days += [as_of] + ([target] if target else [])
    first, last = min(days) - timedelta(_MARGIN_DAYS), max(days) + timedelta(_MARGIN_DAYS)
    last = max(last, first + timedelta(_LEAST_DAYS))
    return Window(as_of, first, last, "quarter")


def frames(nodes: Sequence[Record], target: date | None) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Rows and bars as the wall's board takes them, one node a row; the flag stands on the last one."""
    rows: list[dict[str, Any]] = [
        {
            "project_id": node["node"],
            "project_name": node["node"],
            "float_workdays": None,
            "target_date": None,
        }
        for node in nodes
    ]
    rows[-1]["target_date"] = target
    bars = [
        {
            "project_id": node["node"],
            "start_date": node["accepted_date"] or node["earliest_start"],
            "finish_date": node["actual_finish"] or node["earliest_finish"],
            **{name: node[name] for name in _KEPT},
        }
        for node in nodes
    ]
    row_schema = {
        "project_id": pl.String,
        "project_name": pl.String,
        "float_workdays": pl.Int32,
        "target_date": pl.Date,
    }
    return pl.DataFrame(rows, schema=row_schema), pl.DataFrame(bars, infer_schema_length=None)


_KEPT: Final = (
    "node", "light", "latest_finish", "due_date", "due_basis", "workdays_left", "float_workdays", "critical",
    "reported", "state", "done_late_days",
)  # fmt: skip


def left_head() -> Component:
    """Titles over the facts."""
    words = (
        ("节点 · 责任部门", "node-name"),
        ("亮灯", "node-light"),
        ("应办结(依据)", "node-due"),
        ("时差", "node-float"),
    )
    return html.Div(
        [html.Span(word, className=name) for word, name in words], className="node-left node-titles"
    )


def node_row(node: Record, height: int) -> Component:
    """One node: name and department, light in words, due day with its basis, float."""
    name = html.Div(
        [html.B(node["node"]), html.Small(node["department"] or "部门未填")],
        className="node-name critical" if node["critical"] else "node-name",
    )
    cells = [
        name,
        html.Div(
            [light_badge(node["light"], state_words(node)), *deferred.badge(node)], className="node-light"
        ),
        html.Span(due_words(node), className="node-due"),
        html.Span(
            float_words(node["float_workdays"]), className=f"node-float {float_class(node['float_workdays'])}"
        ),
    ]
    return html.Div(
        html.Div(cells, className="node-left"), className="wall-row", style={"height": f"{height}px"}
    )


def state_words(node: Record) -> str:
    """ "办结 11月6日", "超期办结 3 天", "在办 剩 2 天", "台账未报"."""
    state, late = node["state"], node["done_late_days"] or 0
    if state == "done":
        day = f" {formats.short_day(node['actual_finish'])}" if node["actual_finish"] else ""
        return f"超期办结 {late} 天" if late > 0 else f"办结{day}"
    left = node["workdays_left"]
    if state in ("running", "waiting") and left is not None and node["light"] != "grey":
        return f"{_WORDS[state]} {formats.workdays_left(left)}"
    return str(_WORDS.get(state, state))


def due_words(node: Record) -> list[Component | str]:
    """The due day and what kind of due it is; promised and statutory days below where they differ."""
    if node["state"] == "not_applicable" or node["due_date"] is None:
        return [formats.NONE]
    others = [
        f"{word} {formats.short_day(node[name])}"
        for word, name in (
            ("承诺", "promised_finish"),
            ("法定", "statutory_finish"),
            ("倒排", "latest_finish"),
        )
        if node[name] is not None and node[name] != node["due_date"] and word != node["due_basis"]
    ]
    due = f"{formats.short_day(node['due_date'])}({node['due_basis']})"
    return [due, html.Small(" · ".join(others[:2]))] if others else [due]


def summary(nodes: Sequence[Record], as_of: date) -> str:
    """Counts under the chart, each with its base."""
    due = [node for node in nodes if node["state"] != "not_applicable"]
    done = sum(node["state"] == "done" for node in due)
    unreported = sum(node["state"] == "unreported" for node in due)
    told = f",其中 {unreported} 项台账未报(虚线,按流程模板推算)" if unreported else ""
    ratio, day = formats.percent(done, len(due)), formats.day(as_of, with_year=True)
    return f"应办 {len(due)} 项,办结 {done} 项({ratio}){told}。截至 {day}。"
