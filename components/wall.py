"""The wall (倒排工期): a window of 40 projects, a bar a node, and the chosen project beside them.

The address says what is shown; choosing a project redraws the panel only.
"""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Any, Final

from dash import dcc, html
from dash.development.base_component import Component

from components import (
    filters,
    ids,
    links,
    markup,
    wall_data,
    wall_head,
    wall_legend,
    wall_link,
    wall_picture,
    wall_rows,
    wall_side,
    wall_tools,
)  # fmt: skip
from components.attributes import aria
from components.light import words
from components.pages import Asked, Page, Parts
from components.shared_work import shared
from components.timeline_board import Room
from components.wall_chosen import project_on
from components.wall_data import Found
from data.query import queries

TOOLS: Final = ids.new("wall", "tools")
HEAD: Final = ids.new("wall", "head")
ROWS: Final = wall_rows.PLACE
PLOT: Final = ids.new("wall", "plot")
SIDE: Final = ids.new("wall", "side")
LEGEND: Final = ids.new("wall", "legend")


def layout() -> Component:
    """The empty wall; `parts` fills it as soon as the page knows how wide it is."""
    corner = html.Div([html.Span("项目"), html.Span("时差(工作日)")], className="wall-left wall-corner")
    months = html.Div(markup.part(HEAD), className="wall-time")
    head = [markup.part(TOOLS, "wall-tools"), html.Div([corner, months], className="wall-axis")]
    board = [markup.part(ROWS, "wall-rows"), markup.part(PLOT, "wall-plot")]
    main = html.Section(
        [
            html.Div(head, className="wall-head"),
            html.Div(html.Div(board, className="wall-chunk"), className="wall-board"),
        ],
        className="card wall-main",
    )
    side = html.Aside(
        [
            html.Section(markup.part(SIDE), className="card wall-panel", **aria(live="polite")),
            markup.part(LEGEND, "wall-legend"),
        ],
        className="wall-side",
    )
    return markup.whole(html.Main([main, side], className="wall"))


async def parts(asked: Asked) -> Parts:
    """The window of rows this address asks for with the project beside it; the latter alone if it changed."""
    if queries().version() is None:
        return dict.fromkeys((TOOLS, HEAD, ROWS, PLOT, SIDE, LEGEND), "")
    search = links.unchosen(asked.search)
    # the panel is the same whatever stretch of time is shown
    side = side_part(wall_link.timeless(search), wall_link.view(asked.search).chosen)
    if asked.room is None or asked.before is not None:
        return {SIDE: await side}
    drawn_parts, panel = await asyncio.gather(wall_parts(search, Room(*asked.room)), side)
    return drawn_parts | {SIDE: panel}


@shared
async def wall_parts(search: str, room: Room) -> Parts:
    """The HTML of the wall itself."""
    found = await wall_data.found(search)
    return {place: markup.html_of(part) for place, part in drawn(found, search, room).items()}


@shared
async def side_part(search: str, chosen: str | None) -> str:
    """The HTML of the panel: the chosen project, else the first of the wall."""
    project = chosen or await wall_data.first_project(search)
    return markup.html_of(wall_side.nothing_chosen() if project is None else await side_of(project, search))


def drawn(found: Found, search: str, room: Room) -> dict[str, Any]:
    """Toolbar, time head, rows and picture of a window, each under its place; pure but for today's date."""
    view = wall_link.view(search)
    legend = wall_legend.legend(search, found.groups)
    if found.rows.is_empty():
        tools = wall_tools.toolbar(view, search, 0, 0, found.since)
        return {TOOLS: tools, HEAD: None, ROWS: nothing(search), PLOT: None, LEGEND: legend}
    picture = wall_picture.drawn(found, search, room)
    total, first = found.rows["total_rows"][0], found.rows["row_number"][0] - 1
    at = wall_link.at(view, first)
    return {
        TOOLS: wall_tools.toolbar(at, search, total, len(found.rows), found.since),
        HEAD: wall_head.time_head(picture.shown, picture.closed, room.plot),
        ROWS: picture.rows,
        PLOT: picture.plot,
        LEGEND: legend,
    }


def nothing(search: str | None) -> Component:
    """What the wall says when the filters leave no project."""
    given = filters.parse(search) | {"as_of": None}
    chosen = [words()[value] if name == "light" else value for name, value in given.items() if value]
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
    as_of = wall_link.status_date(search)
    chosen, then = await asyncio.gather(
        project_on(project_id, as_of), wall_data.nodes_then(project_id, search)
    )
    if chosen is None:
        return wall_side.unknown(project_id)
    return wall_side.panel(replace(chosen, then=then), search)


PAGES: Final = (Page("/timeline", "倒排工期", layout, navigation="倒排工期", parts=parts, board=True),)
