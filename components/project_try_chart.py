"""The nodes of a 试算: what each takes now and would take, and its bar with today's plan as a ghost."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from html import escape
from typing import Any, Final

from dash import html
from dash.development.base_component import Component

from components import formats, ids, project_chart, timeline, timeline_board, wall_head
from components.markup import Drawing
from components.timeline_bars import Past
from components.timeline_board import Extra, Room
from components.wall_rows import float_class, float_words
from data.closures import closures
from data.settings import settings

Record = Mapping[str, Any]
NODES: Final = ids.new("try", "nodes")
# what the schedule says of a node
_SCHEDULED = (
    "duration_workdays", "earliest_start", "earliest_finish", "latest_start", "latest_finish",
    "float_workdays", "critical",
)  # fmt: skip


def chart(
    nodes: Sequence[Record],
    then: Mapping[str, Record],
    now: Record,
    wished: Record | None,
    room: Room,
    as_of: date,
) -> list[Component]:
    """Open nodes, one a row; `then` is node → its row under the wish, `wished` the project's."""
    moved = [merged(node, then.get(node["node"])) for node in nodes]
    target = (wished or now)["target_date"]
    shown = project_chart.window([*nodes, *moved], target, as_of)
    closed = closures(shown.first, shown.last, settings().winter_break)
    rows, bars = project_chart.frames(moved, target)
    board = timeline_board.board(rows, bars, shown, room, "table", extra=Extra(past=past(nodes)))
    months = html.Div(wall_head.time_head(shown, closed, room.plot), className="node-time")
    left = [
        row(node, after, placed.height) for node, after, placed in zip(nodes, moved, board.rows, strict=True)
    ]
    return [
        html.Div([titles(), months], className="node-axis"),
        html.Div(
            [
                html.Div(left, id=NODES),
                html.Div([timeline.picture(board, closed, NODES)], className="node-plot"),
            ],
            className="wall-board",
        ),
    ]


def merged(node: Record, then: Record | None) -> Record:
    """A row of `project_nodes` with the schedule under the wish."""
    return node if then is None else {**node, **{name: then[name] for name in _SCHEDULED}}


def past(nodes: Sequence[Record]) -> Past:
    """The days of each node as things stand."""
    return {
        (node["node"], node["node"]): (
            node["accepted_date"] or node["earliest_start"],
            node["earliest_finish"],
        )
        for node in nodes
        if node["earliest_start"] is not None and node["earliest_finish"] is not None
    }


def titles() -> Component:
    """Titles over the facts."""
    words = (
        ("节点 · 责任部门", "node-name"),
        ("试算工期(现)", "try-workdays"),
        ("预计完成(现)", "try-finish"),
        ("时差", "node-float"),
    )
    return html.Div(
        [html.Span(word, className=name) for word, name in words], className="node-left node-titles"
    )


def row(node: Record, then: Record, height: int) -> Component:
    """One node: its duration to be changed, its finish and float under the wish, today's behind them."""
    name = html.Div(
        [html.B(node["node"]), html.Small(node["department"] or "部门未填")],
        className="node-name critical" if then["critical"] else "node-name",
    )
    old, new = node["earliest_finish"], then["earliest_finish"]
    finish = (
        [html.B(formats.short_day(new)), html.S(formats.short_day(old))]
        if old != new
        else [formats.short_day(new)]
    )
    cells = [
        name,
        html.Span([stepper(node, then["duration_workdays"])], className="try-workdays"),
        html.Span(finish, className="try-finish"),
        html.Span(
            float_words(then["float_workdays"]), className=f"node-float {float_class(then['float_workdays'])}"
        ),
    ]
    return html.Div(
        html.Div(cells, className="node-left"), className="wall-row", style={"height": f"{height}px"}
    )


def stepper(node: Record, workdays: int | None) -> Drawing:
    """A box to type the workdays into, with − and + beside it and what it takes now; none for a milestone."""
    now, named = node["duration_workdays"], escape(node["node"])
    if now == 0:
        return Drawing("<small>里程碑</small>")
    known = "" if now is None else str(now)
    value = "" if workdays is None else str(workdays)
    changed = "" if value == known else " changed"
    return Drawing(
        f'<span class="try-stepper{changed}">'
        f'<button type="button" data-step="-1" aria-label="{named}减一天" tabindex="-1">−</button>'
        f'<input class="try-days" inputmode="numeric" maxlength="3" autocomplete="off" data-node="{named}"'
        f' data-now="{known}" value="{value}" aria-label="{named}试算工期,工作日">'
        f'<button type="button" data-step="1" aria-label="{named}加一天" tabindex="-1">+</button></span>'
        f"<small>{f'{known} 天' if known else formats.NONE}</small>"
    )
