"""The filter line: every choice is a link to this page with one parameter changed.

What is on is a chip with a cross, and at the right stands how many projects that leaves.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import polars as pl
from dash.development.base_component import Component

from components import filter_menu, filters, formats, ids, links, markup, scope_line, shell, snapshot_days
from components.elements import dcc, html
from components.filter_menu import Address
from components.pages import Parts
from components.snapshot_days import Day
from data.query import queries

Row = dict[str, Any]

# levels and campaigns that are chips of their own on wide screens; the menu always holds all of them
SCOPE_CHIPS: Final = 4
MENUS: Final = ("region", "district", "leader", "kind", "industry", "department")


async def parts(pathname: str, search: str) -> Parts:
    """The filter line at its place."""
    return {ids.FILTERS: await text(pathname, search)}


async def text(pathname: str, search: str) -> str:
    """The line for this page; empty where filters don't apply or nothing is published yet."""
    project_id = links.project_at(pathname)
    if project_id and queries().version() is not None:
        return markup.html_of(await scope_line.show(project_id, pathname, search))
    if not shell.filters_apply(pathname) or queries().version() is None:
        return ""
    params = filters.parse(search)
    options, scope, (days, since) = await asyncio.gather(
        queries().ask("filter_options", as_of=params["as_of"]),
        queries().ask("timeline_groups", **(params | {"light": None})),
        asyncio.to_thread(lambda: (snapshot_days.days(), snapshot_days.since(search))),
    )
    return markup.html_of(line(Choices(options, lights_of(scope), days, since), pathname, search))


@dataclass(frozen=True)
class Choices:
    """What can be chosen: rows of `filter_options`, projects by light in the scope without the light chosen,
    the days with a snapshot (newest first) and the one compared with, null for none."""

    options: pl.DataFrame
    lights: Mapping[str, int]
    days: Sequence[Day]
    since: date | None


def lights_of(scope: pl.DataFrame) -> dict[str, int]:
    """Projects in all and by light, from `timeline_groups` of one group; zeros where none is in scope."""
    counts = scope.drop("group").sum().fill_null(0).row(0, named=True)
    return {name: int(number) for name, number in counts.items()}


def line(choices: Choices, pathname: str, search: str | None) -> list[Component]:
    """The filter line of the page at this address."""
    by_kind: dict[str, list[Row]] = {}
    for row in choices.options.iter_rows(named=True):
        by_kind.setdefault(row["kind_of"], []).append(row)
    at = Address(pathname, search)
    menus = [
        filter_menu.menu(filter_menu.WORDS[name], [(name, row) for row in by_kind.get(name, [])], at, (name,))
        for name in MENUS
        if by_kind.get(name) or at.chosen[name]
    ]
    return [
        filter_menu.opener(at, "筛选"),
        html.Div([*_scope(by_kind, at), *menus, filter_menu.lights(choices.lights, at)], className="choices"),
        html.Div(_base(choices.lights, at), className="filters-base", role="status"),
        html.Div(
            [*_compared(choices, at, pathname), filter_menu.snapshots(choices.days, at)],
            className="choices days",
        ),
    ]


def _compared(choices: Choices, at: Address, pathname: str) -> list[Component]:
    """The day compared with; the wall compares with none until one is chosen, by its own menu."""
    if pathname == links.timeline() and at.compared is None:
        return []
    return [filter_menu.comparison(choices.days, at, choices.since)]


def _base(lights: Mapping[str, int], at: Address) -> list[Component | str]:
    """How many projects what is on leaves, and the way back to all."""
    number = lights[at.chosen["light"] or "projects"]
    said: list[Component | str] = [html.B(formats.count(number)), " 个项目"]
    if any(at.chosen[name] for name in filters.NAMES if name != "as_of"):
        said.append(dcc.Link("清除筛选", href=at.cleared(), className="clear"))
    return said


def _scope(by_kind: Mapping[str, list[Row]], at: Address) -> list[Component]:
    """全口径, then levels and campaigns: whichever is chosen is always named."""
    chosen = at.chosen["level"] or at.chosen["campaign"]
    scopes = [(name, row) for name in ("campaign", "level") for row in by_kind.get(name, [])]
    chips = [_chip("全口径", None, at.to(level=None, campaign=None), chosen is None)]
    chips += [
        _chip(
            row["label"], row["projects"], at.to(**{"level": None, "campaign": None, name: row["value"]}),
            on=at.chosen[name] == row["value"],
        )
        for name, row in scopes[:SCOPE_CHIPS]
    ]  # fmt: skip
    shown = [row["value"] for _, row in scopes[:SCOPE_CHIPS]]
    menu = filter_menu.menu("范围", scopes, at, ("level", "campaign"))
    needed = len(scopes) > len(shown) or (chosen and chosen not in shown)
    return [
        html.Span(chips, className="scopes"),
        *([html.Span(menu, className="scope-menu" if needed else "scope-menu narrow")] if scopes else []),
    ]


def _chip(text: str, number: int | None, href: str, on: bool) -> Component:
    words: Any = [text] if number is None else [text, html.Small(formats.count(number))]
    return dcc.Link(words, href=href, className=f"chip{' on' if on else ''}")
