"""The line over a project's page: the scope its reader came from, the way through it, and the days.

What narrows the scope goes along in the address; here it can be taken back, but not chosen: another
county would leave the page with a project that isn't in it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from dash.development.base_component import Component

from components import filter_menu, filters, formats, links, project_try, snapshot_days, wall_link
from components.attributes import aria
from components.elements import dcc, html
from components.filter_menu import Address
from components.light import words
from components.snapshot_days import Day
from data.query import queries

Row = Mapping[str, Any]


async def show(project_id: str, pathname: str, search: str | None) -> list[Component]:
    """The line of this project's page; nothing on a day without a snapshot."""
    scope = filters.parse(search)
    if queries().version(snapshot_days.status_date(search)) is None:
        return []
    asked = {"project": project_id, "order": wall_link.view(search).order}
    placed, (days, since) = await asyncio.gather(
        queries().ask("project_neighbours", **scope, **asked),
        asyncio.to_thread(lambda: (snapshot_days.days(), snapshot_days.since(search))),
    )
    return line(placed.row(0, named=True), Address(pathname, search), search, days, since)


def line(
    placed: Row, at: Address, search: str | None, days: Sequence[Day], since: date | None
) -> list[Component]:
    """The line; `placed` is the project's row of `project_neighbours`, `since` the day compared with."""
    return [
        filter_menu.opener(at, "范围和日期"),
        html.Div(scope(at), className="choices"),
        html.Nav(way(placed, search), className="scope-way", **aria(label="范围内的项目")),
        html.Div(
            [filter_menu.comparison(days, at, since), filter_menu.snapshots(days, at)],
            className="choices days",
        ),
    ]


def scope(at: Address) -> list[Component]:
    """A chip with its cross for every filter that is on."""
    chosen = [(name, word, at.chosen[name]) for name, word in filter_menu.WORDS.items()]
    chips = [
        filter_menu.chosen_chip(word, words()[value] if name == "light" else value, at.to(**{name: None}))
        for name, word, value in chosen
        if value
    ]
    return chips or [html.Span("全部项目", className="scope-all")]


def way(placed: Row, search: str | None) -> list[Component]:
    """Which of how many this project is in the order of the wall, with the ones before and after it."""
    number, total = placed["place"], formats.count(placed["total"])
    told: list[Any] = [html.B(f"第 {formats.count(number)} 个"), f" / 共 {total} 个"]
    outside: list[Any] = ["不在这个范围", f"(共 {total} 个)"]
    return [
        _neighbour("‹ 上一个", placed["before_id"], placed["before_name"], search, "prev"),
        html.Span(outside if number is None else told, className="scope-place"),
        _neighbour(
            "第一个 ›" if number is None else "下一个 ›",
            placed["after_id"],
            placed["after_name"],
            search,
            "next",
        ),
    ]


def _neighbour(
    word: str, project_id: str | None, name: str | None, search: str | None, rel: str
) -> Component:
    """The way to a neighbour; what is tried with this project stays behind, the tab goes along."""
    if project_id is None:
        return html.Span(word, className="chip scope-end", **aria(hidden="true"))
    kept = links.with_params(search, **dict.fromkeys(project_try.NAMES))
    return dcc.Link(
        word, href=links.project(project_id, kept), className=f"chip scope-{rel}", title=name,
    )  # fmt: skip
