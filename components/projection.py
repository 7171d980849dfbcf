"""投屏: the screens page by page in big type, without anything around them, run by keys or a clicker.

assets/projection.js asks for the list of pages of its address and shape until it has it, then for the
pages one by one, the next one while the present one is shown.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from typing import Any, Final

import polars as pl
from dash import html
from dash.development.base_component import Component
from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse

from components import (
    dispatch_projection,
    filters,
    ids,
    leader_panel,
    leaders,
    links,
    markup,
    projection_help,
    shell,
    wall_link,
)
from components.attributes import aria, data
from components.dispatch_link import shown
from components.light import words
from components.pages import Page
from components.projection_deck import SETS, WORDS, Item, Stock, items, left_to, set_of, shown_in
from components.projection_pictures import picture
from components.projection_stage import stage
from components.shared_work import shared
from data.errors import GuatuError
from data.query import queries

DECK_PATH: Final = "/api/projection/deck"
PICTURE_PATH: Final = "/api/projection/picture"
# nodes read to find the projects of the red list in its order
_RED_NODES: Final = 3000


def layout() -> Component:
    """The dark room: a head, the stage, a foot; assets/projection.js fills them."""
    return html.Main(
        [
            html.Header(
                [
                    html.B(className="pj-set"),
                    html.Span(className="pj-title"),
                    html.Span(className="pj-place", **aria(live="polite")),
                    html.Span(className="pj-scope"),
                    html.Span(className="pj-fresh"),
                ],
                className="pj-head",
            ),
            html.Div(className="pj-stage", **data(theme_switch=ids.THEME_SWITCH)),
            html.Footer(
                [
                    html.Span(className="pj-base"),
                    html.Span(className="pj-pace"),
                    html.Span(className="pj-next"),
                ],
                className="pj-foot",
            ),
            html.Div([html.I(className="pj-done"), html.I(className="pj-wait")], className="pj-progress"),
            html.Div(className="pj-digits", role="status"),
            html.Div(className="pj-blank", **aria(label="黑屏")),
            projection_help.overlay(),
        ],
        className="projection",
    )


@shared
async def deck(search: str, aspect: float) -> dict[str, Any]:
    """Everything the browser needs to run through the pages.

    `items` have an `id` that stays the same from one snapshot to the next, an `address` that does not, and
    a `title` for what comes next; `fresh` says as HTML what the figures stand for, `scope` whose they are.
    """
    name = set_of(search)
    params = filters.parse(search)
    listed = shown_in(search)
    there, told, names = await asyncio.gather(
        stock(search, aspect),
        queries().ask("freshness", as_of=params["as_of"]),
        named(listed, params["as_of"]),
    )
    held = shown(links.params(search).get("meeting", ""), search)
    first = [] if held is None else await dispatch_projection.opening(held, there, stage(aspect))
    titles = dict(first)
    pages = [*titles, *listed] if held else listed or items(SETS[name], there)
    row = told.row(0, named=True)
    kept = filters.only(search)
    asked = {
        "days": days_back(name, search),
        "aspect": f"{aspect:g}",
        "v": f"{row['version']} {row['as_of']}",
    }
    return {
        "set": "议程" if held or listed else SETS[name].word,
        "scope": scope(params),
        "fresh": markup.html_of(shell.freshness(row, params["as_of"]) + demo(row)),
        "leave": left_to(search, kept),
        "sets": projection_help.sets(name, search),
        "items": [
            {
                "id": item.text,
                "title": titles.get(item) or title(item, {**there.projects, **names}),
                "address": _address(item, kept, asked),
            }
            for item in pages
        ],
    }


async def named(listed: Sequence[Item], as_of: str | None) -> dict[str, str]:
    """Number → name of the projects that an address lists."""
    numbers = [item.key for item in listed if item.kind == "project"]
    if not numbers:
        return {}
    found = await queries().ask("dispatch_projects", also=numbers, as_of=as_of)
    return dict(found.select("project_id", "project_name").iter_rows())


def days_back(name: str, search: str) -> int:
    """How many days before the status date a project is compared with: as asked for, else as the set says."""
    compared = wall_link.view(search).compare
    return SETS[name].days if compared is None else (wall_link.status_date(search) - compared).days


def _address(item: Item, kept: str, asked: dict[str, Any]) -> str:
    return PICTURE_PATH + links.with_params(kept, item=item.text, **asked)


def demo(row: dict[str, Any]) -> list[Component]:
    """The word that these figures are a demo city's."""
    return [html.B("演示数据", className="pj-demo")] if row["demo"] else []


def scope(params: dict[str, str | None]) -> str:
    """Whose figures these are: the filters that are on, 全口径 when none narrows the list."""
    names = ("level", "campaign", "region", "district", "leader", "kind", "industry", "department")
    chosen = [value for name in names if (value := params[name])]
    lit = [f"{words()[light]}灯项目"] if (light := params["light"]) else []
    whole = [] if params["level"] or params["campaign"] else ["全口径"]
    return " · ".join([*whole, *chosen, *lit])


def title(item: Item, projects: Mapping[str, str]) -> str:
    """What a page is called before it is drawn; `projects` are the names of those of the red list."""
    if item.kind == "project":
        return projects.get(item.key, f"{WORDS['project']} {item.key}")
    named = f"{WORDS['leader']} {item.key}" if item.kind == "leader" else WORDS[item.kind]
    return f"{item.region} · {named}" if item.region else named


async def stock(search: str, aspect: float) -> Stock:
    """What there is to project in the filters' scope."""
    params = filters.parse(search)
    ask = queries().ask
    regions, counts, first, panels, red = await asyncio.gather(
        ask("region_table", **params),
        ask("today_counts", **params),
        ask("timeline", limit=1, **params),
        ask("leader_panel", role=leaders.role_of(search), **params),
        ask("red_list", limit=_RED_NODES, **params),
    )
    return Stock(
        rows={
            "regions": regions.height,
            "red": counts["overdue"][0] or 0,
            "wall": first["total_rows"][0] if first.height else 0,
        },
        per_page=stage(aspect).per_page,
        regions=[name for name in regions.sort("region_kind", "rank", nulls_last=True)["region"] if name],
        leaders=_leaders(panels, params["leader"]),
        projects=dict(red.select("project_id", "project_name").iter_rows()),
    )


def _leaders(panels: pl.DataFrame, chosen: str | None) -> list[str]:
    """Who is needed most comes first; the chosen one alone when the filters name one."""
    names = leader_panel.by_need(panels)["leader"].to_list()
    return [name for name in names if chosen in (None, name)]


def router() -> APIRouter:
    """The routes of the list, 204 while nothing is published, and of one page of it: its title, HTML and
    base as JSON; 404 for a page there isn't."""
    routes = APIRouter()

    @routes.get(DECK_PATH, include_in_schema=False)
    async def whole(search: str = "", aspect: float | None = None) -> Response:
        if queries().version() is None:
            return Response(status_code=204)
        try:
            return JSONResponse(await deck(search, stage(aspect).aspect))
        except GuatuError as fault:
            return JSONResponse({"message": str(fault)}, status_code=503)

    @routes.get(PICTURE_PATH, include_in_schema=False)
    async def one(request: Request, item: str, days: int = 7, aspect: float | None = None) -> Response:
        search = filters.only(f"?{request.url.query}")
        try:
            drawn = await picture(item, search, min(max(days, 0), 366), stage(aspect).aspect)
        except GuatuError as fault:
            return JSONResponse({"message": str(fault)}, status_code=503)
        return JSONResponse(drawn or {"message": "没有这一页。"}, status_code=200 if drawn else 404)

    return routes


PAGES: Final = (Page("/projection", "投屏", layout, navigation="投屏", look="projection"),)
