"""The wall (倒排工期): a window of 40 projects, a bar a node, and the chosen project beside them.

The address says what is shown. The part of it that moves the picture and the chosen project are two
stores: one callback answers both, and choosing a project redraws the panel only.
"""

from __future__ import annotations

import asyncio
from functools import partial
from typing import Any, Final

import polars as pl
from dash import (
    ClientsideFunction,
    Input,
    Output,
    State,
    callback,
    clientside_callback,
    ctx,
    dcc,
    html,
    no_update,
)
from dash.development.base_component import Component

from components import (
    filters,
    ids,
    markup,
    shell,
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
MARKED: Final = ids.new("wall", "marked")  # the row that is marked; written by assets/timeline.js
PARTS: Final = ids.new("wall", "parts")  # the HTML of the parts below
TOOLS: Final = ids.new("wall", "tools")
HEAD: Final = ids.new("wall", "head")
ROWS: Final = ids.new("wall", "rows")
PLOT: Final = ids.new("wall", "plot")
SIDE: Final = ids.new("wall", "side")
NARROW_NAME_PX: Final = 120

Parts = dict[str, str]


def layout() -> Component:
    """The empty wall; callbacks fill it as soon as the page knows how wide it is."""
    corner = html.Div([html.Span("项目"), html.Span("时差(工作日)")], className="wall-left wall-corner")
    months = html.Div(markup.part(HEAD), className="wall-time", **data(room_store=ROOM))
    head = [markup.part(TOOLS, "wall-tools"), html.Div([corner, months], className="wall-axis")]
    board = [markup.part(ROWS, "wall-rows"), markup.part(PLOT, "wall-plot")]
    main = html.Section(
        [html.Div(head, className="wall-head"), html.Div(board, className="wall-board")],
        className="card wall-main",
    )
    side = html.Aside(
        [
            html.Section(markup.part(SIDE), className="card wall-panel", **aria(live="polite")),
            html.Div(wall_side.legend(), className="wall-legend"),
        ],
        className="wall-side",
    )
    stores = [dcc.Store(VIEW), dcc.Store(CHOSEN), dcc.Store(ROOM), html.Div(id=MARKED, hidden=True)]
    return html.Main([main, side, markup.parts(PARTS), *stores], className="wall")


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
    Input(markup.shown_by(PARTS), "data-shown"),
)
markup.connect_parts(PARTS)


@callback(
    Output(PARTS, "data"),
    Input(VIEW, "data"),
    Input(CHOSEN, "data"),
    Input(ROOM, "data"),
    Input(ids.VERSION, "data"),
)
async def draw_wall(
    search: str | None, chosen: str | None, room: dict[str, float] | None, _version: object
) -> Any:
    """The window of rows this address asks for with the project beside it; the latter alone if it changed."""
    if search is None or not room:
        return no_update
    if queries().version() is None:
        return dict.fromkeys((TOOLS, HEAD, PLOT, SIDE), "") | {ROWS: markup.html_of(shell.no_snapshot())}
    if list(ctx.triggered_prop_ids) == [f"{CHOSEN}.data"]:
        return {SIDE: await side_part(search, chosen)}
    parts, side = await asyncio.gather(wall_parts(search, room), side_part(search, chosen))
    return parts | {SIDE: side}


@shared
async def wall_parts(search: str, room: dict[str, float]) -> Parts:
    """The HTML of the wall itself."""
    rows, bars = await window_of_rows(search)
    return {place: markup.html_of(part) for place, part in drawn(rows, bars, search, Room(**room)).items()}


@shared
async def side_part(search: str, chosen: str | None) -> str:
    """The HTML of the panel: the chosen project, else the first of the wall."""
    project = chosen or await first_project(search)
    return markup.html_of(wall_side.nothing_chosen() if project is None else await side_of(project, search))


async def window_of_rows(search: str | None) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Rows and bars of the window."""
    rows = await rows_of(search)
    as_of = filters.parse(search)["as_of"]
    return rows, await queries().ask("timeline_bars", projects=rows["project_id"].to_list(), as_of=as_of)


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


def drawn(rows: pl.DataFrame, bars: pl.DataFrame, search: str | None, room: Room) -> dict[str, Any]:
    """Toolbar, time head, rows and picture of a window, each under its place; pure but for today's date."""
    view, as_of = wall_link.view(search), wall_link.status_date(search)
    shown = timeline_window.window(as_of, view.zoom, view.shift)
    if rows.is_empty():
        return {
            TOOLS: wall_head.toolbar(view, search, 0, 0),
            HEAD: None,
            ROWS: nothing(search),
            PLOT: None,
        }
    closed = closures(shown.first, shown.last, settings().winter_break)
    caption = partial(wall_rows.caption, narrow=narrow(room))
    board = timeline_board.board(rows, bars, shown, room, view.density, caption)
    total, first = rows["total_rows"][0], rows["row_number"][0] - 1
    return {
        TOOLS: wall_head.toolbar(wall_link.at(view, first), search, total, len(rows)),
        HEAD: wall_head.time_head(shown, closed, room.plot),
        ROWS: wall_rows.rows(board, search, narrow(room)),
        PLOT: timeline.picture(board, closed),
    }


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
        as_of=wall_link.status_date(search),
    )
    return wall_side.panel(chosen, search)


PAGES: Final = (Page("/timeline", "倒排工期", layout, navigation="倒排工期"),)
