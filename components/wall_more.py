"""The windows of rows that follow the first one while one scrolls on; assets/wall_more.js asks for them."""

from __future__ import annotations

from typing import Any, Final

from fastapi import APIRouter

from components import links, wall_data, wall_picture
from components.shared_work import shared
from components.timeline_board import Room

PATH: Final = "/api/wall/rows"


def router() -> APIRouter:
    """The route; it takes the wall's query string, the rows before the window, and px of bars and names."""
    routes = APIRouter()

    @routes.get(PATH, summary="倒排工期接下来的若干行")
    async def rows(search: str, offset: int, plot: float, name: float) -> dict[str, Any]:
        return await following(search, Room(plot, name), offset)

    return routes


@shared
async def following(search: str, room: Room, offset: int) -> dict[str, Any]:
    """The window after `offset` rows as HTML; `count` 0 when there is none."""
    given = {"search": search, "offset": offset}
    asked = links.with_params(search, **{"from": offset + 1})
    found = await wall_data.found(asked)
    if found.rows.is_empty() or found.rows["row_number"][0] != offset + 1:
        return given | {"count": 0, "rows": "", "plot": ""}
    picture = wall_picture.drawn(found, search, room, chunk=True)
    return given | {"count": len(found.rows), "rows": picture.rows, "plot": picture.plot}
