"""The wall (倒排工期): a window of 40 projects, a bar a node, and the chosen project beside them.

The address says what is shown. The part of it that moves the picture and the chosen project are two
stores, so that choosing a project does not draw the wall again; one callback draws each.
"""

from __future__ import annotations

import asyncio
from datetime import date
from functools import partial
from typing import Any, Final, cast

import polars as pl
from dash import ClientsideFunction, Input, Output, State, callback, clientside_callback, dcc, html, no_update
from dash.development.base_component import Component

from components import (
    filters,
    ids,
    markup,
    shell,
    theme,
    timeline,
    timeline_board,
    timeline_window,
    wall_head,
    wall_link,
    wall_rows,
    wall_side,
)  # fmt: skip
from components.attributes import aria, data
from components.pages import Page
from components.shared_work import shared
from components.timeline_board import Room
from components.wall_link import ROWS_A_WINDOW
from data.closures import closures
from data.query import queries
from data.settings import settings

VIEW: Final = ids.new("wall", "view")  # dcc.Store; the query string without the chosen project
CHOSEN: Final = ids.new("wall", "chosen")  # dcc.Store; the chosen project's id, null for the first row's
ROOM: Final = ids.new("wall", "room")  # dcc.Store; px the plot and a name are wide, set by assets/timeline.js
GRAPH: Final = ids.new("wall", "graph")
# parts put in place as HTML: each a place and the store with its text
TOOLS, TOOLS_TEXT = ids.new("wall", "tools"), ids.new("wall", "tools-text")
HEAD, HEAD_TEXT = ids.new("wall", "head"), ids.new("wall", "head-text")
ROWS, ROWS_TEXT = ids.new("wall", "rows"), ids.new("wall", "rows-text")
SIDE, SIDE_TEXT = ids.new("wall", "side"), ids.new("wall", "side-text")
LEGEND, LEGEND_TEXT = ids.new("wall", "legend"), ids.new("wall", "legend-text")
NARROW_NAME_PX: Final = 120
MARKED: Final = ids.new("wall", "marked")  # the row that is marked; written by assets/timeline.js


def layout() -> Component:
    """The empty wall; callbacks fill it as soon as the page knows how wide it is."""
    board = html.Section(
        [
            html.Div(
                [
                    markup.slot(TOOLS, TOOLS_TEXT, "wall-tools"),
                    html.Div(
                        [
                            html.Div(
                                [html.Span("项目"), html.Span("时差(工作日)")],
                                className="wall-left wall-corner",
                            ),
                            html.Div(
                                markup.slot(HEAD, HEAD_TEXT), className="wall-time", **data(room_store=ROOM)
                            ),
                        ],
                        className="wall-axis",
                    ),
                ],
                className="wall-head",
            ),
            html.Div(
                [
                    markup.slot(ROWS, ROWS_TEXT, "wall-rows"),
                    html.Div(
                        dcc.Graph(id=GRAPH, config=cast(Any, theme.GRAPH_CONFIG), figure=_blank()),
                        className="wall-plot",
                    ),
                ],
                className="wall-board",
            ),
        ],
        className="card wall-main",
    )
    side = html.Aside(
        [
            html.Section(markup.slot(SIDE, SIDE_TEXT), className="card wall-panel", **aria(live="polite")),
            markup.slot(LEGEND, LEGEND_TEXT, "wall-legend"),
        ],
        className="wall-side",
    )
    stores = [dcc.Store(VIEW), dcc.Store(CHOSEN), dcc.Store(ROOM), html.Div(id=MARKED, hidden=True)]
    return html.Main([board, side, *stores], className="wall")


def _blank() -> dict[str, Any]:
    bare = {"visible": False, "fixedrange": True}
    none = "rgba(0,0,0,0)"
    layout = {
        "height": 1,
        "margin": {"l": 0, "r": 0, "t": 0, "b": 0},
        "paper_bgcolor": none,
        "plot_bgcolor": none,
    }
    return {"data": [], "layout": layout | {"xaxis": bare, "yaxis": bare}}


clientside_callback(
    ClientsideFunction("timeline", "split"),
    Output(VIEW, "data"),
    Output(CHOSEN, "data"),
    Input(ids.LOCATION, "search"),
    State(VIEW, "data"),
    State(CHOSEN, "data"),
)
clientside_callback(
    ClientsideFunction("timeline", "measure"), Output(ROOM, "data"), Input(VIEW, "data"), State(ROOM, "data")
)
clientside_callback(
    ClientsideFunction("timeline", "mark"),
    Output(MARKED, "children"),
    Input(CHOSEN, "data"),
    Input(ROWS, "data-shown"),
)
for place, text in (
    (TOOLS, TOOLS_TEXT),
    (HEAD, HEAD_TEXT),
    (ROWS, ROWS_TEXT),
    (SIDE, SIDE_TEXT),
    (LEGEND, LEGEND_TEXT),
):
    markup.connect(place, text)


@callback(
    Output(TOOLS_TEXT, "data"),
    Output(HEAD_TEXT, "data"),
    Output(ROWS_TEXT, "data"),
    Output(LEGEND_TEXT, "data"),
    Output(GRAPH, "figure"),
    Input(VIEW, "data"),
    Input(ROOM, "data"),
    Input(ids.VERSION, "data"),
    Input(ids.THEME, "data"),
)
@shared
async def draw_wall(
    search: str | None, room: dict[str, float] | None, _version: object, theme_name: str
) -> Any:
    """The window of rows this address asks for."""
    if search is None or not room:
        return no_update
    if queries().version() is None:
        return "", "", markup.html_of(shell.no_snapshot()), "", _blank()
    rows, bars = await window_of_rows(search)
    *parts, figure = drawn(rows, bars, search, Room(**room), theme_name, status_date(search))
    return *(markup.html_of(part) for part in (*parts, wall_side.legend())), figure


async def window_of_rows(search: str | None) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Rows and bars of the window; a window beyond the end (filters changed) gives way to the first."""
    view, params = wall_link.view(search), filters.parse(search)
    ask = queries().ask
    rows = await ask("timeline", order=view.order, offset=view.offset, limit=ROWS_A_WINDOW, **params)
    if rows.is_empty() and view.offset:
        rows = await ask("timeline", order=view.order, offset=0, limit=ROWS_A_WINDOW, **params)
    bars = await ask("timeline_bars", projects=rows["project_id"].to_list(), as_of=params["as_of"])
    return rows, bars


def status_date(search: str | None) -> date:
    """The day the address asks for, else today."""
    asked = filters.parse(search)["as_of"]
    return date.fromisoformat(asked) if asked else settings().as_of()


def drawn(
    rows: pl.DataFrame, bars: pl.DataFrame, search: str | None, room: Room, theme_name: str, as_of: date
) -> tuple[Any, Any, Any, dict[str, Any]]:
    """Toolbar, time head, rows and figure of a window; pure."""
    view = wall_link.view(search)
    shown = timeline_window.window(as_of, view.zoom, view.shift)
    if rows.is_empty():
        return wall_head.toolbar(view, search, 0, 0), [], nothing(search), _blank()
    closed = closures(shown.first, shown.last, settings().winter_break)
    board = timeline_board.board(
        rows, bars, shown, room, view.density, partial(wall_rows.caption, narrow=narrow(room))
    )
    total, first = rows["total_rows"][0], rows["row_number"][0] - 1
    tools = wall_head.toolbar(wall_link.at(view, first), search, total, len(rows))
    figure = timeline.figure(board, closed, theme_name)
    return (
        tools,
        wall_head.time_head(shown, closed, room.plot),
        wall_rows.rows(board, search, narrow(room)),
        figure,
    )


def narrow(room: Room) -> bool:
    """Whether only the most important words fit beside the bars (a phone)."""
    return room.name < NARROW_NAME_PX


def nothing(search: str | None) -> Component:
    """What the wall says when the filters leave no project."""
    names = ("region", "district", "leader", "level", "kind", "campaign")
    chosen = [value for name, value in filters.parse(search).items() if name in names and value]
    scope = "、".join(chosen) if chosen else "当前范围"
    return html.Div(
        [
            html.H3("这个范围内没有项目"),
            html.P(f"“{scope}”之下没有项目。可以在上方去掉一个筛选,或者"),
            dcc.Link("查看全部项目", href="/timeline", className="chip on"),
        ],
        className="wall-empty",
    )


@callback(Output(SIDE_TEXT, "data"), Input(CHOSEN, "data"), Input(VIEW, "data"), Input(ids.VERSION, "data"))
async def draw_side(chosen: str | None, search: str | None, _version: object) -> Any:
    """The chosen project, else the first of the wall."""
    if search is None:
        return no_update
    if queries().version() is None:
        return ""
    if chosen:
        return markup.html_of(await side_of(chosen, search))
    rows, _ = await window_of_rows(search)
    if rows.is_empty():
        return markup.html_of(wall_side.nothing_chosen())
    return markup.html_of(await side_of(rows["project_id"][0], search))


async def side_of(project_id: str, search: str | None) -> list[Component]:
    """The panel of one project on the day of the address."""
    about = {"project": project_id, "as_of": filters.parse(search)["as_of"]}
    names = ("project_card", "project_schedule", "project_nodes", "project_problems", "project_visits")
    card, schedule, nodes, problems, visits = await asyncio.gather(
        *(queries().ask(name, **about) for name in names)
    )
    if card.is_empty():
        return wall_side.unknown(project_id)
    chosen = wall_side.Chosen(
        card=card.row(0, named=True),
        schedule=None if schedule.is_empty() else schedule.row(0, named=True),
        nodes=nodes.to_dicts(),
        problems=problems.to_dicts(),
        visits=visits.to_dicts(),
        as_of=status_date(search),
    )
    return wall_side.panel(chosen, search)


PAGES: Final = (Page("/timeline", "倒排工期", layout, navigation="倒排工期"),)
