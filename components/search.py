"""搜索: what the box of assets/search.js shows: pages, projects, leaders, firms and regions found."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

import polars as pl
from dash import html
from dash.development.base_component import Component
from fastapi import APIRouter, Request, Response

from components import filters, formats, links, markup
from components.attributes import aria, data
from components.light import light_badge
from components.pages import Pages
from data.errors import GuatuError
from data.initials import INSIDE, Texts, spans
from data.lists import LISTS
from data.search import Found, search

Row = Mapping[str, Any]

PATH: Final = "/api/search"
# what fits into the box without scrolling far
SHOWN: Final = 8
FEW: Final = 5
LONGEST: Final = 60
_WORDS: Final = {"project": "项目", "leader": "领导", "firm": "企业", "region": "县区/园区"}
_warming: set[asyncio.Task[Any]] = set()


def button() -> Component:
    """What opens the box, in the header bar."""
    return html.Button(
        [html.Span("搜索", className="search-word"), html.Kbd("Ctrl K", **aria(hidden="true"))],
        type="button",
        className="switch search-open",
        title="查找项目、领导、企业、页面(Ctrl K)",
        **aria(haspopup="dialog"),
        **data(source=PATH),
    )


def router(pages: Pages) -> APIRouter:
    """GET /api/search?text=…: what was found as one piece of HTML; filters of the address go into links."""
    routes = APIRouter()

    @routes.get(PATH, include_in_schema=False)
    async def found(request: Request) -> Response:
        typed = request.query_params.get("text", "").strip()[:LONGEST]
        kept = filters.only(str(request.url.query))
        if not typed:
            # the box was opened: what is asked next is made ready meanwhile
            task = asyncio.create_task(asyncio.to_thread(_ready, kept))
            _warming.add(task)
            task.add_done_callback(_warming.discard)
            return _html(page_group(pages, "", kept))
        return _html(await asyncio.to_thread(answer, pages, typed, kept))

    return routes


def _html(parts: Sequence[Component]) -> Response:
    return Response(markup.html_of(parts), media_type="text/html")


def _day(kept: str) -> str | None:
    return filters.parse(kept)["as_of"]


def _ready(kept: str) -> None:
    try:
        search().entries(_day(kept))
    except GuatuError:
        # told at the first key press, when somebody wants to know
        return


def answer(pages: Pages, typed: str, kept: str) -> list[Component]:
    """Groups of what was found; one sentence where there is nothing."""
    try:
        found = search().find(typed, SHOWN, _day(kept))
    except GuatuError as fault:
        return [html.P(str(fault), className="empty")]
    groups = [_group(one, typed, kept) for one in found] + page_group(pages, typed, kept)
    nothing = f"没有找到“{typed}”。可输入名称中的几个字、编号,或拼音首字母,如“lsq”。"
    return groups or [html.P(nothing, className="empty")]


def page_group(pages: Pages, typed: str, kept: str) -> list[Component]:
    """The pages and lists whose name was typed, all of them for nothing typed; [] where there is none."""
    places = [(page.navigation, page.path, page.filters) for page in pages.all if page.navigation]
    places += [(f"{item.title}清单", links.lists(item.name), True) for item in LISTS]
    if typed:
        ranks = Texts(pl.Series([name for name, _, _ in places])).find(typed)
        places = [place for place, rank in zip(places, ranks, strict=True) if rank >= INSIDE][:FEW]
    options = [
        _option(path + (kept if filtered else ""), _marked(name, typed), "", None)
        for name, path, filtered in places
    ]
    return [_section("页面", None, options)] if options else []


def _group(found: Found, typed: str, kept: str) -> Component:
    rows = found.rows.head(SHOWN if found.kind == "project" else FEW)
    options = [_ENTRIES[found.kind](row, typed, kept) for row in rows.iter_rows(named=True)]
    return _section(_WORDS[found.kind], found.total, options)


def _section(title: str, total: int | None, options: list[Component]) -> Component:
    shown = len(options)
    note = (
        "" if total is None else f"{formats.count(total)} 个" + (f",列出 {shown} 个" if total > shown else "")
    )
    return html.Div(
        [html.Div([title, html.Small(note)], className="found-head"), *options],
        role="group",
        className="found-group",
        **aria(label=title),
    )


def _option(href: str, name: Any, told: str, light: str | None) -> Component:
    return html.A(
        [
            html.Span(name, className="found-name"),
            html.Span(told, className="found-told"),
            light_badge(light) if light else None,
        ],
        href=href,
        role="option",
        tabIndex=-1,
        className="found",
        **aria(selected="false"),
    )


def _project(row: Row, typed: str, kept: str) -> Component:
    parts = (row["region"], row["leader"], row["project_id"])
    told = " · ".join(part for part in parts if part)
    return _option(links.project(row["project_id"], kept), _marked(row["name"], typed), told, row["light"])


def _leader(row: Row, typed: str, kept: str) -> Component:
    return _option(links.leader(row["name"], kept), _marked(row["name"], typed), _many(row), row["light"])


def _firm(row: Row, typed: str, kept: str) -> Component:
    """To its only project, else to its projects on the list."""
    found = links.lists("projects", links.with_params(kept, find=row["name"]))
    href = links.project(row["project_id"], kept) if row["project_id"] else found
    return _option(href, _marked(row["name"], typed), _many(row), row["light"])


def _region(row: Row, typed: str, kept: str) -> Component:
    href = links.overview(links.with_params(kept, region=row["name"]))
    return _option(href, _marked(row["name"], typed), _many(row, named=False), row["light"])


def _many(row: Row, named: bool = True) -> str:
    number = f"{formats.count(row['projects'])} 个项目"
    return f"{number} · {row['region']}" if named and row["region"] else number


_ENTRIES: Final[Mapping[str, Callable[[Row, str, str], Component]]] = {
    "project": _project, "leader": _leader, "firm": _firm, "region": _region,
}  # fmt: skip


def _marked(text: str, typed: str) -> list[Any]:
    """The text with the places found marked."""
    parts: list[Any] = []
    done = 0
    for start, end in spans(text, typed):
        if start >= done:
            parts += [text[done:start], html.Mark(text[start:end])]
            done = end
    return [*parts, text[done:]]
