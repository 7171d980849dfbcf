"""The filter line: every choice is a link to this page with one parameter changed."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any, Final

import polars as pl
from dash import Input, Output, callback, dcc, html
from dash.development.base_component import Component

from components import filters, formats, ids, links, markup, shell
from components.shared_work import shared
from data.query import queries

Row = dict[str, Any]

# chips beside the menu on wide screens; the menu always holds all of them
REGION_CHIPS: Final = 5
SCOPE_CHIPS: Final = 4
# a menu longer than this gets a box to search it
SEARCHABLE: Final = 12


markup.connect(ids.FILTERS, ids.FILTERS_TEXT)


@callback(
    Output(ids.FILTERS_TEXT, "data"),
    Input(ids.LOCATION, "pathname"),
    Input(ids.LOCATION, "search"),
    Input(ids.VERSION, "data"),
)
@shared
async def show_filters(pathname: str, search: str, _version: object) -> str:
    """The line for this page; empty where filters don't apply or nothing is published yet."""
    if not shell.filters_apply(pathname) or queries().version() is None:
        return ""
    options = await queries().ask("filter_options", as_of=filters.parse(search)["as_of"])
    days = await asyncio.to_thread(queries().snapshot_days)
    return markup.html_of(line(options, days, pathname, search))


def line(options: pl.DataFrame, days: pl.DataFrame, pathname: str, search: str | None) -> list[Component]:
    """The filter line from `filter_options` and the snapshot days."""
    by_kind: dict[str, list[Row]] = {}
    for row in options.iter_rows(named=True):
        by_kind.setdefault(row["kind_of"], []).append(row)
    at = _Address(pathname, search)
    parts = [*_scope(by_kind, at), *_regions(by_kind.get("region", []), at)]
    for name, word in (("district", "片区"), ("leader", "包保领导"), ("kind", "建设性质")):
        if by_kind.get(name):
            parts += [html.Span(word, className="name"), _menu(by_kind[name], name, at)]
    parts += [html.Span("快照", className="name push"), _days(days, at)]
    return parts


class _Address:
    """This page's address and what it would be with one filter changed."""

    def __init__(self, pathname: str, search: str | None) -> None:
        self._pathname = pathname
        self._search = search
        self.chosen = filters.parse(search)

    def to(self, **changes: str | None) -> str:
        # a changed scope starts at the first page of a long wall again
        return self._pathname + links.with_params(self._search, **{"from": None}, **changes)


def _chip(text: str, number: int | None, href: str, on: bool, wide: bool = False) -> Component:
    words: Any = [text] if number is None else [text, html.Small(formats.count(number))]
    return dcc.Link(words, href=href, className=f"chip{' on' if on else ''}{' wide' if wide else ''}")


def _scope(by_kind: dict[str, list[Row]], at: _Address) -> list[Component]:
    """全口径, then levels and campaigns: whichever is chosen is always named."""
    chosen = at.chosen["level"] or at.chosen["campaign"]
    scopes = [(name, row) for name in ("campaign", "level") for row in by_kind.get(name, [])]
    shown = [item for item in scopes[:SCOPE_CHIPS] if item[1]["value"]]
    shown += [item for item in scopes[SCOPE_CHIPS:] if item[1]["value"] == chosen]
    chips = [
        _chip(
            row["label"],
            row["projects"],
            at.to(**{"level": None, "campaign": None, name: row["value"]}),
            at.chosen[name] == row["value"],
            wide=at.chosen[name] != row["value"],
        )
        for name, row in shown
    ]
    menu = [_menu_of("更多", scopes, at, ("level", "campaign"), narrow=len(scopes) <= len(shown))]
    return [
        html.Span("范围", className="name"),
        _chip("全口径", None, at.to(level=None, campaign=None), chosen is None),
        *chips,
        *(menu if scopes else []),
    ]


def _regions(rows: Sequence[Row], at: _Address) -> list[Component]:
    if not rows:
        return []
    chosen = at.chosen["region"]
    chips = [
        _chip(row["label"], None, at.to(region=row["value"]), chosen == row["value"], wide=True)
        for row in rows[:REGION_CHIPS]
    ]
    return [html.Span("县区/园区", className="name"), *chips, _menu(rows, "region", at)]


def _menu(rows: Sequence[Row], name: str, at: _Address) -> Component:
    return _menu_of("全部", [(name, row) for row in rows], at, (name,))


def _menu_of(
    word: str, items: Sequence[tuple[str, Row]], at: _Address, names: tuple[str, ...], narrow: bool = False
) -> Component:
    """A menu of links, grouped where the rows name a group; `names` are the parameters it sets."""
    chosen = next((row["label"] for name, row in items if at.chosen[name] == row["value"]), None)
    unknown = next((at.chosen[name] for name in names if at.chosen[name] and chosen is None), None)
    panel: list[Component] = []
    if len(items) > SEARCHABLE:
        panel.append(dcc.Input(placeholder="输入名称查找", className="find", type="text"))
    cleared = at.to(**dict.fromkeys(names))
    panel.append(dcc.Link("全部", href=cleared, className=f"option{'' if chosen or unknown else ' on'}"))
    group = None
    for name, row in items:
        if row["group"] and row["group"] != group:
            group = row["group"]
            panel.append(html.Div(group, className="group"))
        panel.append(_option(row, name, at, names))
    on = " on" if chosen or unknown else ""
    label = chosen or (f"{unknown}(本快照没有)" if unknown else word)
    return html.Details(
        [html.Summary(label, className=f"chip{on}"), html.Div(panel, className="panel")],
        className=f"menu{' narrow' if narrow else ''}",
    )


def _option(row: Row, name: str, at: _Address, names: tuple[str, ...]) -> Component:
    href = at.to(**{**dict.fromkeys(names), name: row["value"]})
    on = " on" if at.chosen[name] == row["value"] else ""
    return dcc.Link(
        [html.Span(row["label"]), html.Small(f"{formats.count(row['projects'])} 个")],
        href=href,
        className=f"option{on}",
    )


def _days(days: pl.DataFrame, at: _Address) -> Component:
    """Every snapshot day, newest first; the newest needs no parameter."""
    chosen = at.chosen["as_of"]
    panel: list[Component] = [
        dcc.Link("最新", href=at.to(as_of=None), className=f"option{'' if chosen else ' on'}")
    ]
    for row in days.unique("day", keep="first", maintain_order=True).iter_rows(named=True):
        value = row["day"].isoformat()
        panel.append(
            dcc.Link(
                [html.Span(formats.day(row["day"], with_year=True)), html.Small(f"第{row['revision']}版")],
                href=at.to(as_of=value),
                className=f"option{' on' if chosen == value else ''}",
            )
        )
    return html.Details(
        [
            html.Summary(chosen or "最新", className=f"chip{' on' if chosen else ''}"),
            html.Div(panel, className="panel"),
        ],
        className="menu right",
    )
