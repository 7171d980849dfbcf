"""The windows of rows that follow the first one while one scrolls on; assets/wall_more.js asks for them."""

from __future__ import annotations

from typing import Any, Final

from dash import ClientsideFunction, Input, Output, State, callback, clientside_callback, dcc, html, no_update
from dash.development.base_component import Component

from components import ids, links, wall_data, wall_picture
from components.shared_work import shared
from components.timeline_board import Room

ROOM: Final = ids.new("wall", "room")  # dcc.Store; px the plot and a name are wide, set by assets/timeline.js
ASKED: Final = ids.new("wall", "asked")  # dcc.Store; {"search", "offset"}, written by assets/wall_more.js
GIVEN: Final = ids.new("wall", "given")  # dcc.Store; {"search", "offset", "count", "rows", "plot"}
TAKEN: Final = ids.new("wall", "taken")  # how many windows came; written by assets/wall_more.js


def stores() -> list[Component]:
    """What asks and what answers."""
    return [dcc.Store(ASKED), dcc.Store(GIVEN), html.Div(id=TAKEN, hidden=True)]


@callback(Output(GIVEN, "data"), Input(ASKED, "data"), State(ROOM, "data"))
async def draw_more(asked: dict[str, Any] | None, room: dict[str, float] | None) -> Any:
    """The window that was asked for."""
    return await following(asked["search"], room, asked["offset"]) if asked and room else no_update


clientside_callback(ClientsideFunction("wallMore", "take"), Output(TAKEN, "children"), Input(GIVEN, "data"))


@shared
async def following(search: str, room: dict[str, float], offset: int) -> dict[str, Any]:
    """The window after `offset` rows as HTML; `count` 0 when there is none."""
    given = {"search": search, "offset": offset}
    asked = links.with_params(search, **{"from": offset + 1})
    found = await wall_data.found(asked)
    if found.rows.is_empty() or found.rows["row_number"][0] != offset + 1:
        return given | {"count": 0, "rows": "", "plot": ""}
    picture = wall_picture.drawn(found, search, Room(**room), chunk=True)
    return given | {"count": len(found.rows), "rows": picture.rows, "plot": picture.plot}
