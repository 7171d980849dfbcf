"""Pages with bars: the wall in big type, and the nodes of one project.

Both use the wall's own board and picture, drawn in its px and enlarged as a whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

import polars as pl
from dash import html
from dash.development.base_component import Component

from components import (
    project_chart,
    timeline,
    timeline_board,
    timeline_window,
    wall_head,
    wall_link,
    wall_rows,
)
from components.markup import Drawing
from components.projection_stage import ROW_PX, TYPE, Stage, units
from components.timeline_board import Board, Room
from components.timeline_window import Window
from components.wall_side import Record
from data.closures import Closure, closures
from data.settings import settings

# names are laid out by CSS, in two lines of a row: the board needn't make room for them
_NAMES_FIT: Final = 1e9
# px of the time head's type, drawn as TYPE
_HEAD_PX: Final = 16.5
# one row of a project's nodes, at least and at most
LEAST_ROW: Final = 3.05
MOST_ROW: Final = 5.2


def left_width(stage: Stage) -> float:
    """How much of the wall the names take, in u."""
    return 70 if stage.narrow else 130 if stage.wide else 94


def wall(rows: pl.DataFrame, bars: pl.DataFrame, search: str | None, stage: Stage) -> Component:
    """One page of the wall: light, name, where it is stuck, float, and the bars of its nodes."""
    if rows.is_empty():
        return html.Div("这个范围内没有项目", className="empty")
    as_of = wall_link.status_date(search)
    shown = timeline_window.window(as_of, wall_link.view(search).zoom)
    height, plot = stage.wall_row, stage.width - left_width(stage)
    board = timeline_board.board(rows, bars, shown, _room(plot, height), "compact")
    return chart(
        board,
        wall_rows.rows(board, search, narrow=stage.narrow),
        ("项目", "卡在" if stage.narrow else "属地、包保、卡在哪里", "时差"),
        (left_width(stage), plot, height),
    )


def nodes(
    records: Sequence[Record], schedule: Record | None, as_of_window: Window, size: tuple[float, float, float]
) -> Component:
    """The nodes of one project, one a row; `size` is names, plot and a row's height, in u."""
    _, plot, height = size
    rows, bars = project_chart.frames(records, schedule["target_date"] if schedule else None)
    board = timeline_board.board(rows, bars, as_of_window, _room(plot, height), "compact")
    left = html.Div([project_chart.node_row(node, int(ROW_PX)) for node in records])
    return chart(board, left, ("节点", "", "时差"), size)


def _room(plot: float, height: float) -> Room:
    return Room(plot * ROW_PX / height, _NAMES_FIT)


def chart(
    board: Board, left: Component | Drawing, titles: Iterable[str], size: tuple[float, float, float]
) -> Component:
    """Names at the left, months above, bars beside: `size` is names, plot and a row's height, in u."""
    names, plot, height = size
    shown = board.shown
    closed = closures(shown.first, shown.last, settings().winter_break)
    head = html.Div(
        [
            html.Div([html.Span(word) for word in titles], className="pj-corner"),
            html.Div(wall_head.time_head(shown, closed, plot * _HEAD_PX / TYPE), className="pj-time"),
        ],
        className="pj-axis",
    )
    body = html.Div(
        [html.Div(left, className="pj-names"), enlarged(board, closed, plot, height)], className="pj-rows"
    )
    style = {"--left": units(names), "--row": units(height)}
    return html.Div([head, body], className="pj-chart", style=style)


def enlarged(board: Board, closed: Sequence[Closure], plot: float, height: float) -> Drawing:
    """The board's picture, so large that a row of it is `height` u high."""
    view = f"0 0 {board.width:g} {board.height}"
    size = f"width:{units(plot)};height:{units(board.height * height / ROW_PX)}"
    return Drawing(
        f'<svg class="pj-bars" viewBox="{view}" style="{size}">{timeline.picture(board, closed)}</svg>'
    )
